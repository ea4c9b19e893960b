"""What `init` takes from a contact card and from answers, and what it says to do next."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from unlisted.cli import init, main
from unlisted.cli.answers import REFUSED, looks_wrong
from unlisted.model import SourceKind
from unlisted.sources.subject_file import load

Capture = pytest.CaptureFixture[str]
NAMED = "FN:Odile Varnholt"
PHONE = "TEL;TYPE=CELL:+44 7700 900123"
URL = "URL:https://odile.example/"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder; nobody sits at the terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path


def from_card(capsys: Capture, *lines: str, to: str = "v.toml") -> str:
    """What is said when a card of these lines is taken."""
    card = "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))
    Path("me.vcf").write_text(card, encoding="utf-8", newline="")
    assert main(["init", to, "--vcard", "me.vcf"]) == 0
    return capsys.readouterr().out


def asked(word: str, *lines: str) -> Callable[[str], str]:
    """Answers to the questions that hold a word, in their order; all others are left empty."""
    left = list(lines)
    return lambda question: left.pop(0) if word in question and left else ""


def test_the_pages_of_a_card_are_where_to_look(capsys: Capture) -> None:
    """What is said to run next does run: the file has a source, and it is the person's own."""
    told = from_card(capsys, NAMED, PHONE, URL)
    assert "Now run: unlisted audit v.toml" in told
    subject = load("v.toml")
    assert [(one.label, one.kind, one.address, one.mine) for one in subject.sources] == [
        ("page 1", SourceKind.PAGE, "https://odile.example/", True)
    ]
    assert subject.country == "GB"
    assert "first line" not in told


def test_a_label_that_holds_a_value_is_another_one(capsys: Capture) -> None:
    """A person who is called Page gets a source all the same."""
    from_card(capsys, "FN:Odile Page", PHONE, URL)
    (source,) = load("v.toml").sources
    assert source.address == "https://odile.example/"
    assert "page" not in source.label


def test_a_card_without_a_country_asks_for_a_look(capsys: Capture) -> None:
    """The file says one, and the person is told where."""
    assert "Look at the first line: is US your country?" in from_card(capsys, NAMED, URL)
    assert Path("v.toml").read_text(encoding="utf-8").startswith('country = "US"\n')


def test_a_file_without_a_source_says_what_to_add(capsys: Capture) -> None:
    """No command that would end with an error; the lines that are shown make the file whole."""
    told = from_card(capsys, NAMED, PHONE)
    assert "Now run" not in told
    assert "Now add where to look: open v.toml and add a [[source]]" in told
    assert "docs/subject-file.md" in told
    lines = "".join(line.strip() + "\n" for line in told.splitlines() if line.startswith("    "))
    whole = Path("v.toml").read_text(encoding="utf-8") + lines.replace("...", "odile.example")
    Path("v.toml").write_text(whole, encoding="utf-8")
    assert [source.label for source in load("v.toml").sources] == ["my page"]


def test_answers_that_are_all_empty_say_what_to_add(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where somebody pressed Enter only."""
    monkeypatch.setattr(init, "asking", lambda: True)
    monkeypatch.setattr(init, "ask_on_terminal", lambda _question: "")
    assert main(["init", "new.toml"]) == 0
    out = capsys.readouterr().out
    assert "add a [[source]]" in out
    assert "Now run" not in out
    assert "first line" not in out, "the country was asked for"


def test_standard_output_stays_a_subject_file(capsys: Capture) -> None:
    """What to do next goes to standard error there."""
    out = from_card(capsys, NAMED, to="-")
    assert "Look at" not in out
    Path("copy.toml").write_text(out, encoding="utf-8")
    assert load("copy.toml").facts


@pytest.mark.parametrize(
    "typed", ["foo", "odile@post.example", "https://", "https://a:b@odile.example", "27 Larch Row", "ftp://x.example"]
)
@pytest.mark.parametrize("question", ["a page of yours", "directory record"])
def test_what_is_no_web_address_is_asked_again(typed: str, question: str, capsys: Capture) -> None:
    """In words for an answer, and the next one counts."""
    subject = init.questions(asked(question, typed, "odile.example/me"))
    assert [source.address for source in subject.sources] == ["https://odile.example/me"]
    told = capsys.readouterr().err
    assert "  This is no web address; it begins with https://\n" in told
    assert "[[" not in told
    assert "key '" not in told


def test_a_site_on_this_computer_is_an_address() -> None:
    """A name without a dot is one where it was typed with its beginning."""
    (source,) = init.questions(asked("a page of yours", "http://localhost:8000/")).sources
    assert source.address == "http://localhost:8000/"


@pytest.mark.parametrize(
    ("question", "wrong", "right"),
    [
        ("Your home address", "odile@post.example", "27 Larch Row, Marrow Bay, ME 04000"),
        ("A user name", "27 Larch Row, Marrow Bay, ME 04000", "larchfan"),
        ("Your name", "+1 207 555 0199", "Odile Varnholt"),
        ("Your phone", "27 Larch Row, Marrow Bay, ME 04000", "+1 207 555 0199 extension 12"),
        ("Where you work", "https://bakery.example/", "Brine Bakery"),
    ],
)
def test_an_answer_to_another_question_is_asked_again(question: str, wrong: str, right: str, capsys: Capture) -> None:
    """The kind words do not repeat it, and the right answer is taken at once."""
    (fact,) = init.questions(asked(question, wrong, right)).facts
    assert fact.line == right
    told = capsys.readouterr().err
    assert "This looks like" in told
    assert wrong not in told


def test_an_odd_answer_can_be_kept() -> None:
    """A user name may be made like an address: typed twice, it is taken."""
    (fact,) = init.questions(asked("A user name", "Red Fox 12", "Red Fox 12")).facts
    assert fact.value == "Red Fox 12"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("name", "Odile Varnholt"), ("name", "Ødile van der Wren-Hollis III"), ("handle", "@odile@social.example"),
        ("handle", "odile_84"), ("handle", "1984"), ("address", "4 Larch Row"), ("address", "東京都千代田区1-1"),
        ("phone", "(207) 555-0199"), ("phone", "+49 30 23125 123"), ("email", "odile@post.example"), ("employer", "Studio 54"),
        ("school", "P.S. 118 Queens Larch"), ("relative", "Sorrel"), ("birth_date", "1991-04-17"), ("name", ""), ("name", "@"),
    ],
)  # fmt: skip
def test_what_may_be_right_is_not_doubted(kind: str, value: str) -> None:
    """Only what is plainly something else is asked for again."""
    assert looks_wrong(kind, value) is None


def test_every_kind_that_is_asked_for_has_its_words() -> None:
    """But for a day of birth, which is read as a date or refused."""
    assert {kind for kind, _, _ in init.FACTS} - {"birth_date"} == set(REFUSED)
