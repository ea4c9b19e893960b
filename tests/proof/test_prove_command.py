"""`unlisted prove`, and the proof before an audit: only where somebody can answer, and the hosts are shown first."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from unlisted.cli import audit, main
from unlisted.cli.prove import NO_TERMINAL, REHEARSAL, Terminal, source_of
from unlisted.errors import BadInput
from unlisted.model import Source, SourceKind, Subject
from unlisted.sources import proof
from unlisted.sources.fetch import Fetcher

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TOOTS = "https://toots.example/@wren"
CODE = Source(label="my code", kind=SourceKind.ACCOUNT, address="https://github.com/wren", service="github", mine=True)
SUBJECT = Subject(
    sources=(
        CODE,
        Source(label="my toots", kind=SourceKind.ACCOUNT, address=TOOTS, service="mastodon", mine=True),
        Source(label="blog", kind=SourceKind.PAGE, address="https://blog.example/", mine=True),
        Source(label="saved", kind=SourceKind.FILE, address="https://saved.example/", path="saved.html"),
    )
)


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


Sit = Callable[..., Screen]


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Sits somebody at a terminal, who types this. Called in the test itself: before, the suite holds the streams."""

    def down(typed: str = "\n" * 50) -> Screen:
        screen = Screen()
        monkeypatch.setattr(sys, "stdin", Screen(typed))
        monkeypatch.setattr(sys, "stderr", screen)
        return screen

    return down


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Source]:
    """Every look at an account; the words are always there."""
    seen: list[Source] = []

    def look(source: Source, *, fetcher: Fetcher, now: datetime) -> list[str]:
        seen.append(source)
        return [" ".join(proof.plain_words()[:3])]

    monkeypatch.setattr(proof, "texts_of", look)
    monkeypatch.setattr(proof, "draw", lambda _rng: proof.plain_words()[:3])
    return seen


def test_rehearsal_shows_words_and_says_that_nothing_is_stored(sit: Sit, looks: list[Source]) -> None:
    """The command ends with 0 where the words were seen."""
    terminal = sit()
    assert main(["prove", TOOTS, "--service", "mastodon"]) == 0
    shown = terminal.getvalue()
    assert REHEARSAL in shown
    assert " ".join(proof.plain_words()[:3]) in shown
    assert proof.SEEN in shown
    assert looks[0].address == TOOTS
    assert looks[0].kind is SourceKind.ACCOUNT


def test_page_needs_no_service(sit: Sit, looks: list[Source]) -> None:
    """An address without a service is read as a page."""
    sit()
    assert main(["prove", "https://blog.example/"]) == 0
    assert looks[0].kind is SourceKind.PAGE


def test_rehearsal_that_is_left_ends_with_one(sit: Sit, looks: list[Source]) -> None:
    """Who types s is not looked at; the end of the input counts as that."""
    for typed in ("s\n", "SKIP\n", ""):
        sit(typed)
        assert main(["prove", TOOTS, "--service", "mastodon"]) == 1
    assert looks == []


@pytest.mark.parametrize(
    "argv",
    [
        ["prove", "not an address"],
        ["prove", "ftp://toots.example/@wren"],
        ["prove", TOOTS, "--service", "nonesuch"],
        ["prove", "https://github.com/wren/pots", "--service", "github"],
    ],
)
def test_wrong_address_is_one_line_without_it(
    argv: list[str], capsys: pytest.CaptureFixture[str], looks: list[Source]
) -> None:
    """What cannot be asked is told before anything is drawn, and the address is not repeated."""
    assert main(argv) == 2
    told = capsys.readouterr().err
    assert len(told.strip().splitlines()) == 1
    assert "wren" not in told
    assert looks == []


def test_without_a_terminal_nothing_is_asked(capsys: pytest.CaptureFixture[str], looks: list[Source]) -> None:
    """A script gets one clear line and exit code 2."""
    assert main(["prove", TOOTS, "--service", "mastodon"]) == 2
    assert NO_TERMINAL in capsys.readouterr().err
    assert looks == []


def test_source_of_an_address_is_the_persons_own() -> None:
    """The rehearsal looks at an address as if the person had listed it as theirs."""
    assert source_of(TOOTS, "mastodon").mine
    with pytest.raises(BadInput):
        source_of("https://user:pass@toots.example/", None)


def test_terminal_reads_enter_as_yes(sit: Sit) -> None:
    """Enter and any other word go on; s stops; nothing is written to standard output."""
    sit("\nyes\n s \n")
    person = Terminal()
    assert [person.ready() for _ in range(4)] == [True, True, False, False]


def with_proof(subject: Subject) -> Subject:
    return audit.with_proof(subject, Fetcher(), NOW)


def test_audit_on_a_terminal_proves_each_own_account(sit: Sit, looks: list[Source]) -> None:
    """Both accounts are proven, the page is not asked for, and the subject is otherwise the same."""
    terminal = sit()
    shown = with_proof(SUBJECT)
    assert [source.proven for source in shown.sources] == ["words", "words", None, None]
    assert [source.label for source in looks] == ["my code", "my toots"]
    assert "Accounts of your own in the list: 2." in terminal.getvalue()


def test_audit_goes_on_without_proof(sit: Sit, looks: list[Source]) -> None:
    """One word leaves the proof of all accounts."""
    sit("s\n")
    assert with_proof(SUBJECT) is SUBJECT
    assert looks == []


def test_audit_without_a_terminal_asks_nobody(looks: list[Source], capsys: pytest.CaptureFixture[str]) -> None:
    """In a script there is no prompt, and nothing is proven."""
    assert with_proof(SUBJECT) is SUBJECT
    assert capsys.readouterr().err == ""
    assert looks == []


def test_audit_without_own_accounts_asks_nothing(sit: Sit, looks: list[Source]) -> None:
    """Where there is nothing to prove, nobody is bothered."""
    terminal = sit()
    subject = Subject(sources=SUBJECT.sources[2:])
    assert with_proof(subject) is subject
    assert terminal.getvalue() == ""


def test_hosts_that_answer_for_accounts_are_shown_before_the_run(sit: Sit) -> None:
    """The table's hosts that nobody typed are named; typed ones and saved files are not repeated."""
    terminal = sit()
    audit.show_hosts(SUBJECT)
    told = terminal.getvalue()
    assert "Looking at 3 addresses that you listed" in told
    assert "These hosts answer for your accounts: api.github.com, toots.example." not in told
    assert "These hosts answer for your accounts: api.github.com, avatars.githubusercontent.com, " in told
    assert " files.toots.example," in told
    assert " toots.example" not in told


def test_hosts_are_not_shown_where_nobody_reads(capsys: pytest.CaptureFixture[Any]) -> None:
    """A script's standard error stays empty."""
    audit.show_hosts(SUBJECT)
    assert capsys.readouterr().err == ""
