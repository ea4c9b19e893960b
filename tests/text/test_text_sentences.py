"""The labelled sentences: routines, travel, relatives, plates, map links and plus codes in four languages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from unlisted.extract.text import find

REGIONS = ("US", "GB", "DE", "FR", "ES")
KINDS = ("routine", "travel", "relative", "number_plate", "map_link", "plus_code")


def sentences() -> list[tuple[str, str, str, list[tuple[int, int]]]]:
    """(kind, language, plain text, places that must be found) for each line of the set."""
    out = []
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        kind, language, marked = line.split("|", 2)
        plain, places, start = "", [], 0
        for char in marked:
            if char == "«":
                start = len(plain)
            elif char == "»":
                places.append((start, len(plain)))
            else:
                plain += char
        out.append((kind, language, plain, places))
    return out


def right(kind: str, text: str, places: list[tuple[int, int]]) -> bool:
    """Whether a sentence is read as labelled: every place touched, or nothing found where nothing is."""
    spans = [(s.start, s.end) for s in find(text, regions=REGIONS) if s.kind == kind]
    return all(any(a < end and start < b for a, b in spans) for start, end in places) if places else not spans


def test_the_set_is_large_and_half_of_it_must_not_be_found() -> None:
    """At least 300 sentences in four languages, about half of them negatives."""
    rows = sentences()
    empty = sum(not places for *_, places in rows)
    assert len(rows) >= 300
    assert 0.4 <= empty / len(rows) <= 0.6
    assert {language for _, language, *_ in rows} == {"en", "de", "fr", "es"}
    assert {kind for kind, *_ in rows} == set(KINDS)


@pytest.mark.parametrize("held", [False, True], ids=["seen", "held out"])
@pytest.mark.parametrize("kind", KINDS)
def test_most_sentences_are_read_as_labelled(kind: str, *, held: bool) -> None:
    """Both the lines that the rules were written on and those that they were not, kind by kind."""
    count = Counter(
        right(kind, text, places)
        for number, (k, _, text, places) in enumerate(sentences())
        if k == kind and (number % 3 == 2) == held
    )
    assert count[True] / (count[True] + count[False]) >= (0.75 if held else 0.95)
