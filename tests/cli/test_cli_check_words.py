"""How to check that a step worked: each card says where to look and what is to be seen there, and a command says just that."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.clean import made
from tests.photos import build

from unlisted import registry
from unlisted.audit.asked import ASK, NEW_COPY
from unlisted.cli import main
from unlisted.model import Card

CARDS = [check.card for check in registry.checks().values()]
TOLD = [*(card.fix.check for card in CARDS), ASK.check, NEW_COPY]
PLACES = ("page", "profiles", "record", "history", "tracks", "copy", "unlisted photos", "search for your name")


@pytest.mark.parametrize("told", sorted(set(TOLD)))
def test_how_to_check_says_where_and_what(told: str) -> None:
    """Two sentences: one names the place, the other what is to be seen there; "it lists nothing" is neither."""
    where, what = told.removesuffix(".").split(". ")
    assert any(place in where.casefold() for place in PLACES)
    assert len(what.split()) >= 4
    assert "lists nothing" not in told


@pytest.mark.parametrize("card", [card for card in CARDS if card.fix.do == "clean"], ids=lambda card: card.id)
def test_cleaned_copies_say_what_the_card_says(
    card: Card, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands of the card, typed as they stand there, end as it says."""
    monkeypatch.chdir(tmp_path)
    Path("FOLDER").mkdir()
    Path("FOLDER/a.jpg").write_bytes(made.jpeg(build.exif_segment(made.NOTES)))
    typed = card.fix.steps[0].partition(": unlisted ")[2]
    assert main(typed.split()) == 0
    where, what = card.fix.check.removesuffix(".").split(". ")
    capsys.readouterr()
    assert main(where.partition(": unlisted ")[2].split()) == 0
    line = capsys.readouterr().out.splitlines()[0]
    assert line.endswith(f": {what.partition(': ')[2]}")
