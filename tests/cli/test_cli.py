"""The command line: exit codes, one clear line, and what each command shows."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from unlisted import cli, registry, testing
from unlisted.cli import init, main
from unlisted.errors import BadInput
from unlisted.model import Fact, Subject
from unlisted.sources.subject_file import dumps, load

ME = """country = "US"
[[fact]]
kind = "phone"
label = "mobile"
value = "+1 207 555 0199"
[[source]]
label = "saved page"
file = "saved.html"
address = "https://page.example/"
mine = true
"""
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Odile Varnholt\r\nN:Varnholt;Odile;;;\r\nTEL;TYPE=CELL:+1 207 555 0199\r\nEND:VCARD\r\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a subject file and a saved page."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "me.toml").write_text(ME, encoding="utf-8")
    (tmp_path / "saved.html").write_text("<h1>Hi</h1><p>Call me at 207 555 0199.</p>", encoding="utf-8")
    return tmp_path


def failed(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """The one line of a command that ends with 2."""
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert err.startswith("unlisted: ")
    assert err.count("\n") == 1
    assert "Traceback" not in out + err
    return err


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """And the exit code is 0."""
    assert main([]) == 0
    assert "unlisted demo" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["demo", "init", "audit", "photos", "checks", "data"])
def test_every_command_has_a_help_text(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`unlisted COMMAND --help` explains each argument."""
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert len(capsys.readouterr().out) > 150


def test_an_audit_says_the_first_steps_and_where_the_report_is(capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal shows the top three and the file."""
    assert main(["audit", "me.toml", "--report", "out.html"]) == 0
    out = capsys.readouterr().out
    assert "Written: out.html" in out
    assert "Take your mobile off “saved page”" in out


def test_json_on_standard_output_is_nothing_but_json(capsys: pytest.CaptureFixture[str]) -> None:
    """A program can read it: the words go to standard error."""
    assert main(["audit", "me.toml", "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["findings"][0]["check"] == "profiles/phone"
    assert "saved page" in err


@pytest.mark.parametrize(("least", "code"), [("now", 0), ("soon", 1), ("later", 1)])
def test_fail_on_gives_one_when_something_is_that_pressing(least: str, code: int) -> None:
    """A phone number on a page is for soon."""
    assert main(["audit", "me.toml", "--report", "out.html", "--fail-on", least]) == code


def test_what_is_piped_in_leaves_no_file(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`audit -` without more prints the report as text and writes nothing."""
    before = set(here.iterdir())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ME.encode())))
    assert main(["audit", "-"]) == 0
    assert "Take your mobile off" in capsys.readouterr().out
    assert set(here.iterdir()) == before


def test_data_alone_writes_no_report(here: Path) -> None:
    """Only what was asked for."""
    assert main(["audit", "me.toml", "--json", "o.json"]) == 0
    assert [path.name for path in here.glob("notes*")] == []


def test_a_second_report_on_one_day_does_not_take_the_place_of_the_first(here: Path) -> None:
    """The next free name is taken."""
    assert [main(["audit", "me.toml"]) for _ in range(2)] == [0, 0]
    assert len(list(here.glob("notes-*.html"))) == 2


@pytest.mark.parametrize(
    "argv",
    [
        ["--report", "me.toml"],
        ["--report", "x", "--json", "x"],
        ["--report", "-"],
        ["--report", "no/such/r.html", "--json", "o.json"],
        ["--letters", "saved.html/letters"],
        ["--text", "."],
    ],
)
def test_outputs_that_cannot_be_are_told_before_anything_is_read(
    argv: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, the subject file is as it was, and nothing is half done."""
    before = {path: path.read_bytes() for path in here.iterdir() if path.is_file()}
    failed(capsys, "audit", "me.toml", *argv)
    assert {path: path.read_bytes() for path in here.iterdir() if path.is_file()} == before


def test_two_things_cannot_both_go_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """One clear line."""
    assert "standard output" in failed(capsys, "audit", "me.toml", "--json", "-", "--text", "-")


def test_a_missing_subject_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """It names the file."""
    assert "nobody.toml" in failed(capsys, "audit", "nobody.toml")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "phone"', 'kind = "fone"', ("[[fact]]", "1", "kind")),
        ("mine = true", "mien = true", ("[[source]]", "1", "mien")),
        ('label = "mobile"', 'label = "207 555 0199"', ("label",)),
        ('country = "US"', "country = US", ("line 1",)),
    ],
)
def test_a_mistake_in_the_file_names_table_position_and_key(
    here: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: tuple[str, ...]
) -> None:
    """And never the value."""
    (here / "me.toml").write_text(ME.replace(old, new), encoding="utf-8")
    message = failed(capsys, "audit", "me.toml")
    assert all(word in message for word in told), message
    assert "0199" not in message


def test_a_subject_without_sources_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to look at."""
    (here / "me.toml").write_text('country = "US"\n', encoding="utf-8")
    assert "[[source]]" in failed(capsys, "audit", "me.toml")


def test_stopping_with_ctrl_c_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """130, one word, no traceback."""

    def stop(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "import_module", stop)
    assert main(["data", "stats"]) == 130
    assert capsys.readouterr().err == "unlisted: stopped\n"


def test_photos_are_told_in_words_and_counts(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no photo is said to be not checked."""
    (here / "note.jpg").write_bytes(b"no photo")
    assert main(["photos", "note.jpg"]) == 0
    out = capsys.readouterr().out
    assert "note.jpg: not checked" in out
    assert "0 of 1 files read" in out
    assert "no such file" in failed(capsys, "photos", "nowhere.jpg")


def test_photos_as_data(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is JSON, or a file is written."""
    (here / "note.jpg").write_bytes(b"no photo")
    assert main(["photos", ".", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["photos"][0]["gives"] == []
    assert main(["photos", ".", "--json", "p.json"]) == 0
    assert (here / "p.json").is_file()


def test_checks_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line counts them."""
    assert main(["checks", "list"]) == 0
    cards = [file for package in registry.packages() for _, _, file in registry.cards_in(package)]
    assert capsys.readouterr().out.splitlines()[-1] == f"{len(cards)} checks"
    assert cards
    assert main(["checks", "show", "photos/position"]) == 0
    assert "Checked on" in capsys.readouterr().out
    assert "checks list" in failed(capsys, "checks", "show", "photos/nothing")


def test_every_card_passes_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """`checks test` runs all examples."""
    assert main(["checks", "test"]) == 0
    assert "0 wrong" in capsys.readouterr().out


@pytest.mark.parametrize("extra", [[], ["--python"]])
def test_a_new_check_works_at_once(here: Path, extra: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What `checks new` writes is found, passes its own examples, and is not written twice."""
    folder = here / "own_checks"
    folder.mkdir()
    (folder / "__init__.py").touch()
    assert main(["checks", "new", "photos/alt-text", "--in", "own_checks", *extra]) == 0
    monkeypatch.syspath_prepend(str(here))
    found = registry.gather(["own_checks"])
    testing.verify(found["photos/alt-text"])
    assert "Say here" in found["photos/alt-text"].card.learns
    assert (found["photos/alt-text"].card.rule is None) is bool(extra)
    assert main(["checks", "new", "photos/alt-text", "--in", "own_checks"]) == 2
    for name in [name for name in sys.modules if name.startswith("own_checks")]:
        del sys.modules[name]


@pytest.mark.parametrize("name", ["alt-text", "Photos/Alt", "../evil/x", "photos/../x", ""])
def test_the_name_of_a_new_check_is_plain(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Family and name, small letters: nothing that leaves the folder, and nothing is written."""
    before = sorted(Path().rglob("*"))
    assert "photos/alt-text" in failed(capsys, "checks", "new", name, "--in", ".")
    assert sorted(Path().rglob("*")) == before


def test_the_registers_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """`data check` finds no problem in what is shipped, and `data stats` counts."""
    assert main(["data", "check"]) == 0
    assert main(["data", "stats"]) == 0
    assert "directories" in capsys.readouterr().out
    failed(capsys, "data", "check", "no-such-folder")


def answers(*lines: str) -> Callable[[str], str]:
    """What a person types, and nothing after that."""
    typed = iter(lines)
    return lambda _question: next(typed, "")


def by_question(**lines: str) -> Callable[[str], str]:
    """Answers by a word of the question, each given once."""
    left = dict(lines)

    def ask(question: str) -> str:
        word = next((word for word in left if word in question.casefold()), None)
        return left.pop(word) if word else ""

    return ask


def test_init_asks_and_gives_a_subject() -> None:
    """Empty answers are skipped; a wrong one is said and asked again."""
    subject = init.questions(answers("Great Britain", "gb", "Odile Varnholt", "", "", "", "+44 7700 900123"))
    assert subject.country == "GB"
    assert [fact.kind for fact in subject.facts] == ["name", "phone"]


def test_a_wrong_answer_is_told_without_words_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A person who answers has never seen a table or a key, and their answer is not repeated."""
    init.questions(by_question(birth="some day", phone="ring me"))
    told = capsys.readouterr().err
    assert "1991-04-17" in told
    assert "[[fact]]" not in told
    assert "some day" not in told


@pytest.mark.parametrize(
    "lines",
    [
        {"your name": "Jimmy Page", "page of yours": "https://x.example/me"},
        {"home address": "12 Elm Street, Mobile, AL 36602", "phone": "+1 207 555 0199"},
        {"you work": "Work Inc", "your name": "Ann Home", "school that": "School Family"},
        {"phone": "+1 207 555 0199", "home address": "12 Elm Street, Mobile, AL 36602"},
    ],
)
def test_an_answer_that_holds_the_usual_label_gets_another_label(lines: dict[str, str], here: Path) -> None:
    """What init writes is always accepted by audit."""
    subject = init.questions(by_question(**lines))
    assert len(subject.facts) + len(subject.sources) == len(lines)
    (here / "new.toml").write_text(dumps(subject), encoding="utf-8")
    assert load("new.toml").facts == subject.facts


def test_an_address_without_its_beginning_is_completed() -> None:
    """People write social.example/ann."""
    (source,) = init.questions(by_question(**{"page of yours": "social.example/ann"})).sources
    assert source.address == "https://social.example/ann"


def test_a_folder_that_was_dragged_in_is_taken_without_quotes(here: Path) -> None:
    """And as a whole path, since the file may lie elsewhere."""
    (here / "My Photos").mkdir()
    (source,) = init.questions(by_question(folder="'My Photos'")).sources
    assert source.path == str(here / "My Photos")


def test_a_folder_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """At once, not in the audit."""
    assert init.questions(by_question(folder="nowhere")).sources == ()
    assert "not there" in capsys.readouterr().err


def test_init_does_not_ask_for_what_a_card_gave() -> None:
    """A vCard fills it."""
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return ""

    init.questions(ask, Subject(facts=(Fact(kind="name", label="name", value="Odile Varnholt"),)))
    assert not any("Your name" in question for question in asked)


def test_a_card_with_lines_that_cannot_be_found_keeps_the_others(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What could never be found is left out, and audit takes the file; a card with nothing is an error."""
    (here / "me.vcf").write_text(VCARD.replace("END:", "EMAIL:not-an-address@\r\nTEL:0100\r\nEND:"), encoding="utf-8")
    assert main(["init", "new.toml", "--vcard", "me.vcf"]) == 0
    assert {fact.kind for fact in load("new.toml").facts} == {"name", "phone"}
    (here / "empty.vcf").write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:0100\r\nEND:VCARD\r\n", encoding="utf-8")
    capsys.readouterr()
    assert "no name" in failed(capsys, "init", "other.toml", "--vcard", "empty.vcf")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_a_card_that_never_ends_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A FIFO or a device is no contact card."""
    os.mkfifo(here / "me.vcf")
    assert "no ordinary file" in failed(capsys, "init", "new.toml", "--vcard", "me.vcf")
    assert "no ordinary file" in failed(capsys, "init", "new.toml", "--vcard", "/dev/zero")


def test_init_reads_a_vcard_without_a_terminal(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file that it writes is one that audit reads."""
    (here / "me.vcf").write_text(VCARD, encoding="utf-8")
    assert main(["init", "new.toml", "--vcard", "me.vcf"]) == 0
    capsys.readouterr()
    kinds = {fact.kind for fact in load("new.toml").facts}
    assert {"name", "phone"} <= kinds
    assert "already" in failed(capsys, "init", "new.toml", "--vcard", "me.vcf")


def test_init_to_standard_output_leaves_no_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`init -` writes nothing to disk."""
    (here / "me.vcf").write_text(VCARD, encoding="utf-8")
    before = set(here.iterdir())
    assert main(["init", "-", "--vcard", "me.vcf"]) == 0
    assert "[[fact]]" in capsys.readouterr().out
    assert set(here.iterdir()) == before


def test_init_without_a_terminal_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    """No prompt where nobody can answer."""
    assert "terminal" in failed(capsys, "init", "other.toml")
    assert "cannot be read" in failed(capsys, "init", "other.toml", "--vcard", "nowhere.vcf")


def test_letters_are_written_only_where_asked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A directory record gives one letter, as text and as a draft; without --letters there is none."""
    record = "<h1>People</h1><div class=card><h2>Odile Varnholt</h2><p>Age: 35</p><p>Phone: 207 555 0199</p></div>"
    (here / "saved.html").write_text(record, encoding="utf-8")
    text = ME.replace('file = "saved.html"\naddress', 'listing = "saved.html"\naddress')
    assert "listing" in text
    facts = '[[fact]]\nkind = "name"\nlabel = "name"\nvalue = "Odile Varnholt"\n'
    host = 'address = "https://www.whitepages.com/name/x"\n'
    source = f'[[source]]\nlabel = "book"\nfile = "saved.html"\n{host}'
    phone = ME.partition("[[source]]")[0]
    (here / "me.toml").write_text(phone + facts + source, encoding="utf-8")
    assert main(["audit", "me.toml", "--report", "a.html"]) == 0
    assert not list(here.glob("letters/*"))
    assert main(["audit", "me.toml", "--report", "a.html", "--letters", "letters"]) == 0
    first = {path: path.read_bytes() for path in (here / "letters").iterdir()}
    assert main(["audit", "me.toml", "--report", "a.html", "--letters", "letters"]) == 0
    assert all(path.read_bytes() == data for path, data in first.items()), "a letter filled in by hand is kept"
    written = sorted(path.suffix for path in first)
    assert written == [".csv", ".eml", ".ics", ".txt"]
    assert "Written: letters" in capsys.readouterr().out
    letter = next((here / "letters").glob("*.txt")).read_text(encoding="utf-8")
    assert "0199" not in letter


def test_an_error_that_nobody_meant_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only errors that are meant to be told become one line."""

    def broken(_name: str) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(cli, "import_module", broken)
    with pytest.raises(RuntimeError):
        main(["data", "stats"])
    assert issubclass(BadInput, Exception)
