"""The marks of words for text about some countries: from the word lists of all detectors, and from a word's shape."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from unlisted.extract.text import boxes, contact, plans, where
from unlisted.extract.text import marks as mark
from unlisted.extract.text.grammar import REGION_SETS, grammar
from unlisted.extract.text.marks import Marks
from unlisted.extract.text.postcode import LONGEST, SHORTEST
from unlisted.extract.text.tail import FOUR, ORDINALS
from unlisted.extract.text.talk import birth_words, first_words, said

_DIGIT = re.compile("[0-9]")


def _lists() -> Iterator[tuple[int, AbstractSet[str]]]:
    """Each mark with its words, those that are the same for all countries."""
    yield from (
        (mark.BIRTH, birth_words()), (mark.PLATE, said("plate")), (mark.KIN, said("kin")), (mark.BOX, boxes.WORDS),
        (mark.MAP, where.LINK_WORDS), (mark.POSITION, where.LABELS), (mark.GRID, where.GRIDS), (mark.MAIL, contact.AT),
        (mark.LONE, {"a"}), (mark.DOT, contact.DOTS), (mark.WORK, first_words("work") | said("roles")),
        (mark.STUDY, first_words("study")),
        (mark.ROUTINE, plans.routine_words()), (mark.TRAVEL, plans.travel_words()), (mark.TIME, plans.time_words()),
        (mark.LEAD, first_words("home")),
    )  # fmt: skip


@cache
def _everywhere() -> dict[str, int]:
    """The marks of the words that are the same for all countries."""
    out: dict[str, int] = {}
    for bit, words in _lists():
        for word in words:
            out[word] = out.get(word, 0) | bit
    return out


@lru_cache(maxsize=REGION_SETS)
def marks(regions: tuple[str, ...]) -> Marks:
    """The marks of words in text about these countries."""
    grammars, known = grammar(regions), dict(_everywhere())
    own = (
        (mark.KIND, grammars.anchors), (mark.PROOF, grammars.proofs), (mark.STATE, grammars.short_states),
        (mark.LETTER, string.ascii_lowercase if grammars.indian else ""),
    )  # fmt: skip
    for bit, words in own:
        for word in words:
            known[word] = known.get(word, 0) | bit
    return Marks(known, grammars.compound, _figured)


def _figured(word: str) -> int:
    """What a word with a sign that is no letter may be."""
    if not _DIGIT.search(word):
        return 0
    found = mark.DIGIT
    if word[0] <= "9":
        found |= mark.FIGURE | (mark.TIME if plans.DAYS.fullmatch(word) else 0)
    if SHORTEST <= len(word) <= LONGEST:
        found |= mark.CODE
    if FOUR.fullmatch(word):
        return found | mark.FOURS | mark.PROOF
    return found | (mark.PROOF if ORDINALS.fullmatch(word) else 0)
