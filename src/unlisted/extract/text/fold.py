"""Text as a reader takes it: one case, no accents, no invisible characters, look-alikes as the letters that they stand for.

`fold` keeps, for every folded character, the place in the text that it came from: what is found can be shown where it stands.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache

MAX_TAG = 200
"""Characters of one leftover HTML tag; a longer one is read as text."""

EXPANDED = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ĳ": "ij", "Ĳ": "ij", "þ": "th", "Þ": "th", "№": "no",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "½": " 1/2", "¼": " 1/4", "¾": " 3/4",
}  # fmt: skip
SINGLE = {
    "ø": "o", "Ø": "o",
    "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h", "ı": "i", "ŧ": "t", "Ŧ": "t",
    "ŋ": "n", "Ŋ": "n", "ĸ": "k", "ſ": "s", "ƒ": "f", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"',
    "′": "'", "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "﹣": "-", "・": ".", "·": ".", "。": ".",
    "º": "°", "ª": "°", "﹫": "@", "٫": ".", "٬": ",", "⁄": "/", "∕": "/",
}  # fmt: skip
LOOK_ALIKE = dict(
    zip(
        "аАвВеЕкКмМнНоОрРсСтТуУхХіІјЈѕЅһҺԁԛԝѵαΑβΒεΕζΖηΗιΙκΚμΜνΝοΟρΡτΤυΥχΧϲօսհոցԼɑɡɩᴀᴇᴏᴜʙɢʜɪʟɴʀʏ",
        "aabbeekkmmhhooppccttyyxxiijjsshhdqwvaabbeezzhhiikkmmvnooppttyyxxcouhnglagiaeoubghilnry",
        strict=True,
    )
)
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u20e3\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\u0300-\u036f\U000e0000-\U000e007f"
)
CONTROL = "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f"
_EXPANDED_CLASS = "".join(EXPANDED)
_MARKUP = (
    r"%40|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"
    r"|</?(?:br|p|div|span|b|i|u|em|strong|small|font|li|ul|ol|td|tr|th|table|tbody|wbr|h[1-6]|section|address|sup|sub)\b[^<>@]{0,"
    + str(MAX_TAG)
    + r"}>"
)
_UNSEEN = re.compile(f"[{INVISIBLE}{CONTROL}]+")
_SPECIAL = re.compile(f"{_UNSEEN.pattern}|[{_EXPANDED_CLASS}]|{_MARKUP}")
_PLAIN_SPECIAL = re.compile(f"[{CONTROL}]+|{_MARKUP}")
_SIGNS = re.compile(f"[&<%{INVISIBLE}{CONTROL}{_EXPANDED_CLASS}]")
"""What every special part begins with: a text without them has none, and most have none."""
_EAST = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"))
"""First and last letters of scripts that set no space between words."""
_WEST = "0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_INLINE = re.compile(r"</?(?:wbr|b|i|u|em|strong|span|font|small|sup|sub)\b")
_REGIONAL = range(0x1F1E6, 0x1F200)


def _one(code: int) -> str:
    """The one folded character that stands for a code point."""
    char = chr(code)
    if char in SINGLE:
        return SINGLE[char]
    if char in LOOK_ALIKE:
        return LOOK_ALIKE[char]
    if code in _REGIONAL:
        return chr(code - 0x1F1E6 + ord("a"))
    decimal = unicodedata.digit(char, None)
    if decimal is not None:
        return str(decimal)
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", char)).casefold()
    first = next((c for c in plain if not unicodedata.combining(c)), " ")
    return LOOK_ALIKE.get(first, SINGLE.get(first, first.lower()))


class _Table(dict[int, str]):
    """A translation table that fills itself: each code point is looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = value = _one(code)
        return value


class _WordTable(dict[int, str]):
    """Folded characters to themselves, or to a space where they are no part of a word."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = value = char if char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"} else " "
        return value


_FOLD = _Table()
_WORDS = _WordTable()
_ASCII_WORDS = {code: chr(code) if chr(code).isalnum() else " " for code in range(128)}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NO_ODD: frozenset[str] = frozenset()
FEW = 32
"""Different characters beyond ASCII up to which each is replaced by itself: most texts in a European language have fewer, and what
is left of such a text is folded many times as fast as character by character."""


def _odd(text: str) -> AbstractSet[str]:
    """The characters of a text beyond ASCII."""
    return _NO_ODD if text.isascii() else set(_NOT_ASCII.findall(text))


def _changed(text: str, odd: AbstractSet[str], table: _Table | _WordTable) -> str:
    """A text with its characters beyond ASCII, `odd`, by a table; what the table gives it must also leave as it is."""
    if len(odd) > FEW:
        return text.translate(table)
    for char in odd:
        text = text.replace(char, table[ord(char)])
    return text


@dataclass(
    slots=True
)  # not frozen: one is made for every text, and freezing costs as much as the folding of a short one
class Folded:
    """Folded `text`; `words` is the same length, with a space for whatever is no letter or digit.

    `cuts` (None where nothing was left out or put in): places in the folded text, and for each the place in the original.
    """

    text: str = field(repr=False)
    words: str = field(repr=False)
    length: int
    cuts: tuple[list[int], list[int]] | None = field(default=None, repr=False)

    def original(self, place: int, *, end: bool = False) -> int:
        """Where a place of the folded text stands in the original; `end` for the exclusive end of a span."""
        if self.cuts is None:
            return place
        if end:
            return self.original(place - 1) + 1 if place > 0 else 0
        folded, originals = self.cuts
        piece = bisect_right(folded, place) - 1
        return min(originals[piece] + place - folded[piece], self.length)


def _replacement(found: str) -> str:
    """What stands in the folded text for an invisible run, a ligature, an entity, a tag, or the edge between two scripts."""
    if not found:
        return " "
    if found in EXPANDED:
        return EXPANDED[found]
    if found[0] == "&":
        plain = html.unescape(found)
        return found if plain == found else "".join(EXPANDED.get(char, char) for char in _UNSEEN.sub("", plain))
    if found[0] == "%":
        return "@"
    if found[0] == "<":
        return "" if _INLINE.match(found) else "\n"
    return ""


def _split(text: str, pattern: re.Pattern[str]) -> tuple[str, tuple[list[int], list[int]]]:
    """Text with its special parts replaced, and the cuts that lead back."""
    parts: list[str] = []
    folded, originals = [0], [0]
    last = size = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        new = _replacement(match.group())
        parts += (text[last:start], new)
        size += start - last
        for offset in range(len(new)):  # each character of an expansion stands at its start
            folded.append(size + offset)
            originals.append(min(start + offset, max(start, end - 1)))
        size += len(new)
        folded.append(size)
        originals.append(end)
        last = end
    parts.append(text[last:])
    return "".join(parts), (folded, originals)


@cache
def _edged() -> re.Pattern[str]:
    """Special parts, and the places between an eastern letter and a figure or Latin letter: there a word ends."""
    east = "".join(f"{first}-{last}" for first, last in _EAST)
    return re.compile(f"{_SPECIAL.pattern}|(?<=[{east}])(?=[{_WEST}(+])|(?<=[{_WEST}])(?=[{east}])")


def _eastern(odd: AbstractSet[str]) -> bool:
    """Whether a letter of a script without spaces is among these characters."""
    return max(odd, default="") >= _EAST[0][0] and any(a <= char <= b for char in odd for a, b in _EAST)


def fold(text: str) -> Folded:
    """Fold a text. Linear; offsets are code points."""
    cuts, raw, odd = None, text, _odd(text)
    eastern = _eastern(odd)
    if eastern or _SIGNS.search(text):
        pattern = _edged() if eastern else _SPECIAL if odd else _PLAIN_SPECIAL
        if pattern.search(text):
            raw, cuts = _split(text, pattern)
            odd = _odd(raw)
    raw = raw.replace("`", "'")  # the one sign of ASCII that is folded
    if not odd:
        folded = words = raw.lower()
    else:
        folded = _changed(raw, odd, _FOLD).lower()
        words = _changed(folded, {new for char in odd if not (new := _FOLD[ord(char)]).isascii()}, _WORDS)
    return Folded(folded, words.translate(_ASCII_WORDS if words.isascii() else _WORDS), len(text), cuts)


def bag(words: str) -> frozenset[str]:
    """A set of words that are written in one line."""
    return frozenset(words.split())


def key(text: str) -> str:
    """A short text as one line of folded words."""
    return " ".join(fold(text).words.split())
