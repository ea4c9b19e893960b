"""`unlisted letter`: one letter, nothing new told without a yes, and one clear line where something is wrong."""

from __future__ import annotations

import email
import email.policy
import io
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from unlisted.cli import letter as command
from unlisted.cli import main
from unlisted.demo.server import Reply, serve
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.tracker import Tracker
from unlisted.sources.fetch import Fetcher

ME = """country = "{country}"
[[fact]]
kind = "name"
label = "my name"
value = "Odile Varnholt"
[[fact]]
kind = "email"
label = "alias"
value = "reply-only@mail.example"
[[fact]]
kind = "phone"
label = "mobile"
value = "+1 207 555 0199"
secret = true
[[source]]
label = "the listing"
listing = "https://peekabook.example/4711"
[[source]]
label = "saved"
photos = "photos"
"""
SECRET = "0199"


class Terminal(io.TextIOWrapper):
    """A stream that says that a person sits there."""

    def __init__(self, typed: str = "") -> None:
        super().__init__(io.BytesIO(typed.encode()), encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        """Yes."""
        return True

    def shown(self) -> str:
        """What was written to it."""
        self.seek(0)
        return self.read()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a subject file; nobody sits at the terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    (tmp_path / "me.toml").write_text(ME.format(country="AT"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Terminal]:
    """Puts a person at the terminal who types these lines; gives what they are shown."""

    def sit(typed: str) -> Terminal:
        shown = Terminal()
        monkeypatch.setattr("sys.stdin", Terminal(typed))
        monkeypatch.setattr("sys.stderr", shown)
        return shown

    return sit


def letter(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[str, str]:
    """What `unlisted letter` prints: (the letter, what to know)."""
    assert main(["letter", *more]) == 0
    out, err = capsys.readouterr()
    return out, err


def failed(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """The one line of a command that ends with 2."""
    assert main(["letter", *more]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert SECRET not in err
    return err


ABOUT = ("--subject", "me.toml", "--record", "the listing")


def test_the_list_of_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind has a line with its title."""
    out, _ = letter(capsys, "list")
    assert [line.split()[0] for line in out.splitlines()] == list(KINDS)
    assert all(kind.title in out for kind in KINDS.values())


def test_a_letter_in_a_pipe_tells_nothing_new(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal nobody is asked: the letter has the record's address, and blanks for the rest."""
    out, err = letter(capsys, "erasure", *ABOUT)
    assert "https://peekabook.example/4711" in out
    assert "To: peekabook.example" in out
    assert [word for word in ("Odile", "reply-only", SECRET) if word in out + err] == []
    assert "tells them nothing" in err


def test_nothing_is_written_without_a_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The letter goes to standard output, and no file is left."""
    letter(capsys, "delisting", *ABOUT)
    assert [path.name for path in here.iterdir()] == ["me.toml"]


def test_the_law_that_fits_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A person in the EU gets the law of the EU; one in the US no law that does not carry; --law can name one."""
    assert "Article 17" in letter(capsys, "erasure", *ABOUT)[0]
    (here / "me.toml").write_text(ME.format(country="US"), encoding="utf-8")
    assert "Article 17" not in letter(capsys, "erasure", *ABOUT)[0]
    assert "Article 17" in letter(capsys, "erasure", *ABOUT, "--law", "eu-gdpr")[0]


def test_a_person_is_asked_on_a_terminal(says: Callable[[str], Terminal], capsys: pytest.CaptureFixture[str]) -> None:
    """Each fact that the letter may newly tell is asked for by its label; yes puts it in, Enter leaves a blank."""
    shown = says("y\n\n")
    assert main(["letter", "delisting", *ABOUT]) == 0
    out = capsys.readouterr().out
    assert ("Odile Varnholt" in out, "reply-only" in out) == (True, False)
    assert shown.shown().count("y, or Enter for a blank") == 2
    assert "New to them: “my name”." in shown.shown()
    assert [word for word in ("Odile", "reply-only", SECRET) if word in shown.shown()] == []
    assert "mobile" not in shown.shown()


def test_what_was_signed_off_is_not_asked_again(
    says: Callable[[str], Terminal], capsys: pytest.CaptureFixture[str]
) -> None:
    """A label given with --allow is told without a question."""
    shown = says("")
    assert main(["letter", "delisting", *ABOUT, "--allow", "my name", "--allow", "alias"]) == 0
    assert "reply-only@mail.example" in capsys.readouterr().out
    assert "y, or Enter" not in shown.shown()


def test_the_address_of_a_page_is_asked_for_where_it_is_new(
    says: Callable[[str], Terminal], capsys: pytest.CaptureFixture[str]
) -> None:
    """A search engine does not show the record: its address is new there, and is asked for like a fact."""
    shown = says("\n\ny\n")
    assert main(["letter", "search-delisting", *ABOUT, "--recipient", "A search engine"]) == 0
    assert "“the listing”" in shown.shown()
    assert "https://peekabook.example/4711" in capsys.readouterr().out


def test_all_forms_at_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, draft, PDF and the copy to read, each for its owner only; a second letter takes another name."""
    more = ("--out", "letters", "--eml", "--pdf", "a4", "--language", "de", "--email", "privacy@peekabook.example")
    letter(capsys, "erasure", *ABOUT, *more)
    files = sorted((here / "letters").iterdir())
    stem = "letter-erasure-site"
    assert [path.name for path in files] == [f"{stem}{end}" for end in ("-to-read.txt", ".eml", ".pdf", ".txt")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert "Guten Tag" in (here / "letters" / f"{stem}.txt").read_text(encoding="utf-8")
    assert "Hello" in (here / "letters" / f"{stem}-to-read.txt").read_text(encoding="utf-8")
    draft = email.message_from_bytes((here / "letters" / f"{stem}.eml").read_bytes(), policy=email.policy.default)
    assert draft["To"] == "privacy@peekabook.example"
    letter(capsys, "erasure", *ABOUT, *more)
    assert (here / "letters" / f"{stem}-2.txt").exists()


def test_a_known_directory(capsys: pytest.CaptureFixture[str]) -> None:
    """A directory is named by its id; what it shows itself it may be told."""
    out, _ = letter(capsys, "delisting", "--to", "192-com")
    assert "To: 192.com" in out


def test_post_lines_stand_under_the_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A recipient that we do not know can be given a post address."""
    out, _ = letter(capsys, "club", "--recipient", "Rowing club", "--post", "1 Quay", "--post", "Marrow Bay")
    assert "To: Rowing club\n    1 Quay\n    Marrow Bay\n" in out


def test_a_letter_that_follows_another(capsys: pytest.CaptureFixture[str]) -> None:
    """A reminder names the first letter's reference and day."""
    out, _ = letter(capsys, "reminder", *ABOUT, "--after", "ABCDE23456", "2026-11-01")
    assert "on 1 November 2026. The reference was ABCDE23456." in " ".join(out.split())


def test_a_complaint_goes_to_the_authority_of_the_country(capsys: pytest.CaptureFixture[str]) -> None:
    """The only authority of a country needs no naming."""
    out, _ = letter(capsys, "complaint", *ABOUT)
    assert "Datenschutzbehörde" in out
    assert "peekabook" not in out


def test_keeping_track(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --track the request is kept in that file, under the letter's reference and without any value."""
    out, err = letter(capsys, "erasure", *ABOUT, "--track", "asked.sqlite")
    with Tracker(here / "asked.sqlite") as tracker:
        (kept,) = tracker.requests()
    assert (kept.kind, kept.source, kept.law) == ("erasure", "the listing", "eu-gdpr")
    assert kept.reference in out
    assert kept.reference in err


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The listing's page on this machine."""
    page = b"""<html><body><div itemscope itemtype="https://schema.org/Person"><h1 itemprop="name">Odile M Varnholt</h1>
        <p>Phone: <span itemprop="telephone">207 555 0199</span></p></div></body></html>"""
    with serve({("peekabook.example", "/4711"): Reply(body=page)}) as dial:

        def near(*, typed: list[str]) -> Fetcher:
            return Fetcher(dial=dial, typed=typed, sleep=lambda _: None)

        monkeypatch.setattr(command, "Fetcher", near)
        yield


@pytest.mark.usefixtures("site")
def test_a_look_first(capsys: pytest.CaptureFixture[str]) -> None:
    """With --look the letter may use the name as the page has it; the secret number on it stays out."""
    out, err = letter(capsys, "erasure", *ABOUT, "--look")
    assert "Varnholt" in out
    assert "tells them nothing" in err
    assert SECRET not in out + err


def test_all_letters_in_a_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A letter for each record of the file, with reminders and a table; nobody is asked, and each request is kept."""
    letter(capsys, "all", "--subject", "me.toml", "--out", "all", "--pdf", "us-letter", "--track", "asked.sqlite")
    names = sorted(path.name for path in (here / "all").iterdir())
    stem = "letter-01-site"
    assert names == [f"{stem}.eml", f"{stem}.pdf", f"{stem}.txt", "letters.csv", "look-again.ics"]
    assert "Odile" not in (here / "all" / f"{stem}.txt").read_text(encoding="utf-8")
    with Tracker(here / "asked.sqlite") as tracker:
        assert [kept.source for kept in tracker.requests()] == ["the listing"]


def test_all_letters_in_one_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as one ZIP, with what was signed off."""
    letter(capsys, "all", "--subject", "me.toml", "--zip", "all.zip", "--allow", "my name")
    with zipfile.ZipFile(here / "all.zip") as archive:
        assert sorted(archive.namelist()) == [
            "letter-01-site.eml",
            "letter-01-site.txt",
            "letters.csv",
            "look-again.ics",
        ]
        assert "Odile Varnholt" in archive.read("letter-01-site.txt").decode()


@pytest.mark.usefixtures("site")
def test_all_letters_after_a_look(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --look each letter quotes the name as its page has it."""
    letter(capsys, "all", "--subject", "me.toml", "--out", "all", "--look")
    assert "Varnholt" in (here / "all" / "letter-01-site.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("all", "--subject", "me.toml"), "--out DIR or --zip FILE"),
        (("all", "--out", "x"), "lists no record"),
        (("all", "--subject", "me.toml", "--out", "x", "--allow", "mobile"), "no such fact to tell"),
        (("nonsense",), "there are: delisting"),
        (("erasure", "--subject", "nobody.toml"), "nobody.toml"),
        (("erasure", "--subject", "me.toml"), "--record"),
        (("erasure", "--subject", "me.toml", "--record", "saved"), "there are: the listing"),
        (("erasure", "--to", "peekabok"), "no directory has this id"),
        (("erasure", "--to", "spoke"), "do you mean: spoke"),
        (("complaint", "--authority", "nobody", "--subject", "me.toml"), "choose one with --authority"),
        (("erasure", *ABOUT, "--law", "no-law"), "there is no law entry"),
        (("erasure", *ABOUT, "--language", "xx"), "are written in: en, de"),
        (("reminder", *ABOUT, "--after", "ABCDE23456", "yesterday"), "a day is written like"),
        (("reminder", *ABOUT, "--after", "a b", "2026-11-01"), "a letter's reference is"),
        (("erasure", *ABOUT, "--pdf", "a4"), "--out DIR"),
        (("erasure", *ABOUT, "--allow", "mobile"), "no such fact to tell"),
        (("erasure", *ABOUT, "--email", "a@b.example, c@d.example"), "one plain e-mail address"),
        (("erasure", *ABOUT, "--out", "me.toml"), "this folder cannot be made"),
    ],
)
def test_mistakes_are_one_line(capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], words: str) -> None:
    """Each mistake is told in one line that says what is allowed."""
    assert words in failed(capsys, *argv)


def test_the_subject_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A subject that comes through a pipe is read from it, and nobody is asked."""
    stream = io.TextIOWrapper(io.BytesIO(ME.format(country="AT").encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    out, _ = letter(capsys, "erasure", "--subject", "-", "--record", "the listing")
    assert "https://peekabook.example/4711" in out
    assert "Odile" not in out


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind gives a letter to a recipient that was named."""
    out, err = letter(capsys, kind, *ABOUT, "--recipient", "Someone")
    assert out.startswith("Name")
    assert [note for note in KINDS[kind].notes if note not in err] == []
