"""A letter to somebody who does not show the page: nothing of the record stands in it that nobody signed off."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from unlisted.cli import main
from unlisted.data.loader import directories
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy.directories import letters
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.languages import LANGUAGES
from unlisted.remedy.letters import Letter, write
from unlisted.remedy.recipient import Recipient

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PAGE = "https://peekabook.example/odile-varnholt/marrow-bay/4711"
NAME = Fact(kind="name", label="my name", value="Odile Varnholt")
SUBJECT = Subject(facts=(NAME,), sources=(Source(label="rec", kind=SourceKind.LISTING, address=PAGE),))
ME = f"""
[[fact]]
kind = "name"
label = "my name"
value = "Odile Varnholt"
[[source]]
label = "rec"
listing = "{PAGE}"
"""
TOLD = ("peekabook", "Odile", "Varnholt", "4711")


def record(host: str = "peekabook.example", directory: str | None = None) -> Listing:
    """A record that shows the name."""
    return Listing(
        source="rec",
        directory=directory,
        host=host,
        matched=(NAME,),
        fields=(Field(kind="name", value="Odile Varnholt"),),
    )


def letter(kind: str, to: Recipient, *, language: str = "en", allow: tuple[str, ...] = ()) -> Letter:
    """A letter about the record."""
    return write(
        kind,
        subject=SUBJECT,
        recipient=to,
        record=record(),
        language=language,
        now=NOW,
        reference="ABCDE23456",
        allow=allow,
        earlier=("ABCDE23456", date(2026, 1, 1)),
    )


def parts(made: Letter) -> Iterable[str]:
    """All that goes out."""
    return (made.text, made.subject_line, made.eml.decode("utf-8", "replace"), made.copy or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_alone_is_a_stranger(language: str) -> None:
    """To a recipient of which only a name is known, no kind of letter in any language tells of the record unsigned."""
    for kind in (each for each in KINDS if LANGUAGES[language].has(each)):
        made = letter(kind, Recipient(name="Acme Bank", email="a@acme.example"), language=language)
        assert [word for word in TOLD for text in parts(made) if word in text] == [], kind
        assert made.disclosed == ()


def test_what_was_signed_off_is_told_and_listed() -> None:
    """Where the record was signed off, the stranger is told of it, and the label stands in what the letter discloses."""
    made = letter("erasure", Recipient(name="Acme Bank"), allow=("rec",))
    assert PAGE in made.text
    assert made.disclosed == ("rec",)


@pytest.mark.parametrize(
    ("name", "mail", "theirs"),
    [
        ("peekabook.example", None, True),
        ("Peekabook", None, True),
        ("PEEKABOOK, Ltd.", None, True),
        ("Anybody", "privacy@mail.peekabook.example", True),
        ("Anybody", "peekabook.example@acme.example", False),
        ("Peekabook Bank", None, False),
        ("Peek", None, False),
        ("Ltd", None, False),
        ("", None, False),
        ("…", None, False),
    ],
)
def test_the_site_itself_is_known_by_its_name_or_mail_address(name: str, mail: str | None, theirs: bool) -> None:
    """A recipient that is the site by its name or its mail address gets the record quoted; one that is merely alike does not."""
    made = letter("erasure", Recipient(name=name, email=mail))
    assert (PAGE in made.text) is theirs
    assert made.disclosed == ()


def test_a_directory_is_known_by_its_name() -> None:
    """A record of a directory of the register is the directory's own, also where no site of the recipient was given."""
    entry = next(iter(directories()))
    page = f"https://{entry.domains[0]}/4711"
    known = Subject(sources=(Source(label="rec", kind=SourceKind.LISTING, address=page),))
    for to, theirs in ((Recipient.of(entry), True), (Recipient(name=entry.name), True), (Recipient(name="X"), False)):
        about = record(entry.domains[0], entry.id)
        made = write("optout", subject=known, recipient=to, record=about, now=NOW, reference="ABCDE23456")
        assert (page in made.text) is theirs


def test_a_machine_is_no_firm() -> None:
    """Of a site that is a bare address, no part alone names its owner."""
    subject = Subject(sources=(Source(label="rec", kind=SourceKind.LISTING, address="http://127.0.0.1/4711"),))
    for name, theirs in (("127.0.0.1", True), ("127", False)):
        about, to = record("127.0.0.1"), Recipient(name=name)
        made = write("delisting", subject=subject, recipient=to, record=about, now=NOW, reference="ABCDE23456")
        assert ("http://127.0.0.1/4711" in made.text) is theirs


def test_an_unknown_site_still_gets_its_polite_letter() -> None:
    """The letters of an audit quote the page of a directory that we do not know to that directory."""
    ((_, made),) = letters([record()], subject=SUBJECT, register=directories(), now=NOW, rng=Random(1))
    assert PAGE in made.text
    assert made.disclosed == ()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a subject file; nobody sits at the terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    (tmp_path / "me.toml").write_text(ME, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("to", "theirs"), [(("--recipient", "Acme Bank", "--email", "a@acme.example"), False), ((), True)]
)
@pytest.mark.usefixtures("here")
def test_the_command_tells_a_stranger_nothing(
    capsys: pytest.CaptureFixture[str], to: tuple[str, ...], theirs: bool
) -> None:
    """A recipient that was named is not told of the record; without one, the site that shows it is."""
    assert main(["letter", "erasure", "--subject", "me.toml", "--record", "rec", *to]) == 0
    assert (PAGE in capsys.readouterr().out) is theirs


@pytest.mark.usefixtures("here")
def test_the_command_lists_what_a_stranger_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """With the record signed off, the command says that it is new to them."""
    argv = [
        "letter",
        "erasure",
        "--subject",
        "me.toml",
        "--record",
        "rec",
        "--recipient",
        "Acme Bank",
        "--allow",
        "rec",
    ]
    assert main(argv) == 0
    out, err = capsys.readouterr()
    assert PAGE in out
    assert "New to them: “rec”." in err


@pytest.mark.usefixtures("here")
def test_a_reminder_to_another_directory_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A reminder to a directory that is not the owner of the site that shows the record is a stranger's letter, too."""
    first, other = [entry for entry in directories() if entry.parent is None][:2]
    page = f"https://{first.domains[0]}/4711"
    Path("me.toml").write_text(ME.replace(PAGE, page), encoding="utf-8")
    kept = ["track", "t.db", "add", "ABCDE23456", "--kind", "erasure", "--recipient", other.name, "--record", "rec"]
    assert main(kept) == 0
    capsys.readouterr()
    assert main(["track", "t.db", "remind", "ABCDE23456", "--subject", "me.toml"]) == 0
    assert page not in capsys.readouterr().out
