"""Postcodes of many countries by their shape, in one or two words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unlisted.extract.text.tokens import View

SHORTEST, LONGEST = 2, 8
"""Characters of a postcode's first word."""
_POST_ONE = re.compile(r"\d{5}|\d{6}|[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}|[a-z]\d[a-z]\d[a-z]\d|\d{4}[a-z]{2}")
_POST_TWO = re.compile(
    r"[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}|[a-z]\d[a-z] \d[a-z]\d|\d{4} [a-z]{2}|\d{5} \d{3,4}"
    r"|\d{3} \d{3}|\d{2} \d{3}|\d{3} \d{2}|\d{4} \d{3}|[a-z]\d[\dw] [a-z\d]{4}"
)


def postcodes(view: View, indexes: Iterable[int]) -> dict[int, int]:
    """The words that each postcode takes that begins at one of these words, by its first word, in their order."""
    return {index: size for index in indexes if (size := _read(view, index))}


def _read(view: View, index: int) -> int:
    size = _postcode(view, index)
    following = index + size
    if (
        size
        and following < len(view.words)
        and view.words[following].isdigit()
        and view.gap(following - 1) in {" ", "-", ".", "/"}
    ):
        return 0  # a group of a longer number: a phone
    return size


def _postcode(view: View, index: int) -> int:
    words = view.words
    if (
        index + 1 < len(words)
        and _POST_TWO.fullmatch(f"{words[index]} {words[index + 1]}")
        and view.gap(index) in {" ", "-"}
    ):
        if (
            words[index].isdigit()
            and len(words[index]) == 4
            and words[index + 1].isalpha()
            and not view.text[view.folded.original(view.starts[index + 1])].isupper()
        ):
            return 0
        return 2
    return 1 if index < len(words) and _POST_ONE.fullmatch(words[index]) and not words[index].isalpha() else 0
