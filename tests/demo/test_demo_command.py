"""The command `unlisted demo`: its one option, and colour only where there is a terminal to show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from unlisted.cli import main
from unlisted.demo import play


class Calls:
    """Stands in for the demo and keeps what it was asked for."""

    def __init__(self) -> None:
        self.made: list[tuple[Path | None, bool]] = []

    def __call__(self, out: Path | None, *, colour: bool = False) -> int:
        self.made.append((out, colour))
        return 0


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The demo replaced by a list of calls."""
    made = Calls()
    monkeypatch.setattr(play, "run", made)
    return made


def test_folder_is_handed_on(calls: Calls) -> None:
    """`--out` names the folder; without it the demo chooses."""
    assert main(["demo", "--out", "there"]) == 0
    assert main(["demo"]) == 0
    assert [out for out, _ in calls.made] == [Path("there"), None]


@pytest.mark.parametrize(("terminal", "variable", "colour"), [(True, "", True), (True, "1", False), (False, "", False)])
def test_colour_needs_a_terminal_that_wants_it(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, terminal: bool, variable: str, colour: bool
) -> None:
    """Colour is used on a terminal only, and not where NO_COLOR is set."""
    monkeypatch.setenv("NO_COLOR", variable)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    main(["demo"])
    assert calls.made == [(None, colour)]


def test_folder_that_cannot_be_used_gives_code_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the way of the folder is one clear line on standard error and exit code 2."""
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    assert main(["demo", "--out", str(tmp_path / "taken")]) == 2
    told = capsys.readouterr().err
    assert "taken" in told
    assert len(told.strip().splitlines()) == 1
