"""How letters and steps read: grade, length of sentences, words that are never used. Sentences of law are exempt."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from unlisted.data.loader import directories, laws, platforms
from unlisted.model import Subject
from unlisted.remedy.choice import choose
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.letters import write
from unlisted.remedy.platforms import settings_for
from unlisted.remedy.recipient import Recipient

NOW = datetime(2026, 11, 21, tzinfo=UTC)
THREATS = ("court", "lawyer", "sue", "fine", "police", "lawsuit", "legal action")


@pytest.fixture(scope="module")
def counter(root: Path) -> ModuleType:
    """The counter of words that the tests of the report use."""
    spec = importlib.util.spec_from_file_location(
        "plain_words_for_letters", root / "tests" / "report" / "plain_words.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def body(kind: str) -> str:
    """The sentences of a letter, without blanks, lists of lines to fill in, and what stands above and below."""
    text = write(kind, subject=Subject(), recipient=Recipient(name="A"), now=NOW, reference="ABCDE23456").text
    inner = text.split("Hello,", 1)[1].split("\n--\n", 1)[0]
    return re.sub(r"_+|\(fill in by hand[^)]*\)|ABCDE23456", "", inner)


def steps() -> Iterator[str]:
    """Every step that any directory can lead to."""
    for country in ("US", "DE"):
        for entry in directories():
            yield from (step for step in choose(entry, Subject(country=country)).steps if "https://" not in step)


def settings() -> Iterator[str]:
    """Every sentence on a privacy setting, names of settings left out."""
    for entry in platforms().values():
        advice = settings_for(entry.id, now=NOW)
        assert advice is not None
        yield from (step for each in advice.settings for step in each.steps[1:])
        yield from filter(None, [advice.note])


@pytest.mark.parametrize("kind", list(KINDS))
def test_letters_read_at_grade_six_or_less(counter: ModuleType, kind: str) -> None:
    """Each letter needs six years of school at most; no sentence has more than twenty words, and twelve on average at most."""
    sentences = counter.sentences(body(kind))
    assert len(sentences) >= 5
    assert counter.grade(sentences) <= counter.MOST_GRADE
    assert counter.mean_length(sentences) <= counter.MOST_MEAN
    assert counter.too_long(sentences) == []


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS.values() if not kind.speaks_of_risk])
def test_letters_threaten_nobody(counter: ModuleType, kind: str) -> None:
    """No promise, blame, alarm or threat stands in a letter."""
    words = body(kind).lower()
    assert counter.found_in(words) == []
    assert [threat for threat in THREATS if re.search(rf"\b{threat}\b", words)] == []
    assert "!" not in words


def test_notes_and_titles_read_well(counter: ModuleType) -> None:
    """What the writer reads before sending is as plain as the letters."""
    notes = [sentence for kind in KINDS.values() for note in kind.notes for sentence in counter.sentences(note)]
    assert counter.grade(notes) <= counter.MOST_GRADE
    assert counter.too_long(notes) == []
    assert all(kind.title and kind.subject_line and "!" not in kind.title for kind in KINDS.values())


def test_steps_read_well(counter: ModuleType) -> None:
    """All steps that directories lead to are plain, short, and free of banned words."""
    sentences = [sentence for step in sorted(set(steps())) for sentence in counter.sentences(step)]
    assert counter.grade(sentences) <= counter.MOST_GRADE
    assert counter.too_long(sentences) == []
    assert counter.found_in("\n".join(sentences)) == []


def test_settings_read_well(counter: ModuleType) -> None:
    """All sentences on settings are plain, short, and free of banned words."""
    sentences = [sentence for each in sorted(set(settings())) for sentence in counter.sentences(each)]
    assert counter.grade(sentences) <= counter.MOST_GRADE
    assert counter.too_long(sentences) == []
    assert counter.found_in("\n".join(sentences)) == []


def test_information_cards_are_short(counter: ModuleType) -> None:
    """Sentences of law are exempt from the grade, and yet none is long."""
    facts = [fact for law in laws().values() if law.kind == "information" for fact in law.facts]
    assert counter.too_long([sentence for fact in facts for sentence in counter.sentences(fact)]) == []
