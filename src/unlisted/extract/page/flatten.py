"""Make hostile markup harmless before it is parsed: the parser needs time with the square of depth and of attributes.

Markup nested deeper than `MAX_DEPTH` loses the tags beyond that depth and keeps its text; a tag keeps `MAX_ATTRIBUTES`
attributes. The scan is linear: every character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from unlisted.extract.page.words import words

MAX_DEPTH = 3_000
MAX_ATTRIBUTES = 400
LONG_TAG = 2_048
"""The attributes of a tag this long are counted."""

PIECE, MAX_PIECES = 16, 300
"""A tag of more pieces is looked at closely: a piece is a value, or 16 characters of anything else."""

DEEP = "part of the page is nested too deep: its text was read without its layout"
UNENDED = "the page breaks off within a tag: the rest was read as plain text"
CROWDED = "one tag of the page holds too many parts: some of them were left out"

# Elements without content, and those that close each other: they add no depth of their own.
_FLAT = words(
    "area base br col embed frame hr img input keygen link meta param source track wbr p li dt dd option "
    "optgroup tr td th tbody thead tfoot colgroup caption rp rt rb rtc html head body"
)
_RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
_OPENING = re.compile(rf"<(?!(?:{'|'.join(sorted(_FLAT))})[\\s/>])[a-zA-Z]")
_VALUE = r"=\s*+(?:\"[^\"]*+\"|'[^']*+')?+"
_REST = rf"(?:[^>=]++|{_VALUE})*+"
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)({_REST})>")
_SHAPE = re.compile(
    r"<!(?=--)(?:[^-]++|-(?!->))*+(?:-->|\Z)|<[!?][^>]*+(?:>|\Z)|</(?![a-zA-Z])[^>]*+(?:>|\Z)"
    rf"|(?i:<({'|'.join(sorted(_RAW))})(?=[\s/>]){_REST}(?:>(?:[^<]++|<(?!/\1))*+|\Z))"
    rf"|<(/?)(?:(?:{'|'.join(sorted(_FLAT))})(?=[\s/>])|([a-zA-Z][^\s/>]*+)){_REST}(?:>|\Z)"
)
"""What opens and closes elements, cut up as `_Scan` does it: comments, raw text, tags; what never ends runs to the end."""


def _folded(name: str) -> str:
    """A pattern of a name in any case; a flag for it would have to hold for the whole pattern."""
    return "".join(f"[{letter}{letter.upper()}]" for letter in name)


_ENDED = rf"(?:[^>=]{{1,{PIECE}}}+|{_VALUE}){{0,{MAX_PIECES}}}+>"
_QUICK = rf"[^>=]{{0,{4 * PIECE}}}+(?:{_VALUE}[^>=]{{0,{4 * PIECE}}}+){{0,{MAX_PIECES // 5 - 1}}}+>"
"""The same in fewer steps, for ordinary tags: four pieces and a value at a time, so never more than `MAX_PIECES` in all."""

_TAG_END = rf"(?:{_QUICK}|{_ENDED})"
_RAW_TEXT = "|".join(rf"{_folded(name)}(?=[\s/>]){_ENDED}(?:[^<]++|<(?!/{_folded(name)}))*+" for name in sorted(_RAW))
_PLAIN = re.compile(
    rf"[^<]*+(?:<(?:/[a-zA-Z]{_TAG_END}"
    rf"|(?=[{''.join(sorted({c for name in _RAW for c in (name[0], name[0].upper())}))}])(?:{_RAW_TEXT})|[a-zA-Z]{_TAG_END}"
    r"|!(?=--)(?:[^-]++|-(?!->))*+(?:-->|\Z)|[!?][^>]*+>|/(?![a-zA-Z])[^>]*+>|(?![a-zA-Z/!?]))[^<]*+)*+"
)
"""As far as tags end and have few parts. Pieces are counted instead of attributes, which take longer to tell apart."""

_ATTRIBUTE = re.compile(r"[^\s/>\"'=]++(?:\s{0,10}=\s{0,10}(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?")


def flatten(text: str) -> tuple[str, tuple[str, ...]]:
    """(markup that is cheap to parse, sentences that say what was changed)."""
    if _is_plain(text) and not _may_be_deep(text):
        return text, ()
    scan = _Scan(text)
    scan.run()
    return "".join(scan.out) if scan.changed else text, tuple(dict.fromkeys(scan.changed))


def _may_be_deep(text: str) -> bool:
    """Whether elements may stand deeper than the limit; each look is dearer than the one before, and few pages need it."""
    rough = text.count("<")
    if rough <= MAX_DEPTH or rough - text.count("</") <= MAX_DEPTH or len(_OPENING.findall(text)) <= MAX_DEPTH:
        return False
    return _deepest(text) > MAX_DEPTH


def _deepest(text: str) -> int:
    """How deep elements stand, at least as much as `_Scan` would find: only a tag of the same name closes one."""
    standing: Counter[str] = Counter()
    depth = deepest = 0
    for _, closing, name in _SHAPE.findall(text):
        if not name:
            continue
        if not closing:
            standing[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif standing[name]:
            standing[name] -= 1
            depth -= 1
    return deepest


def _is_plain(text: str) -> bool:
    """Whether every tag ends and none is crowded: few pages need the closer look."""
    found = _PLAIN.match(text)
    return found is not None and found.end() == len(text)


@dataclass(slots=True)
class _Scan:
    """One pass over the markup; `open` counts the elements that stand open by name."""

    text: str
    out: list[str] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    depth: int = 0
    foreign: int = 0
    changed: list[str] = field(default_factory=list)

    def run(self) -> None:
        at = 0
        while (start := self.text.find("<", at)) >= 0:
            self.out.append(self.text[at:start])
            at = self._markup(start)
        self.out.append(self.text[at:])

    def _markup(self, start: int) -> int:
        """Copy what begins at this `<`; gives where to go on."""
        follows = self.text[start + 1 : start + 2]
        if follows in {"!", "?"}:
            return self._until(start, "-->" if self.text.startswith("<!--", start) else ">")
        if not (follows.isascii() and follows.isalpha()) and follows != "/":
            self.out.append("<")
            return start + 1
        tag = _TAG.match(self.text, start)
        if tag is None:
            return self._broken(start, follows)
        name = tag[2].lower()
        if tag[1]:
            self._close(tag[0], name)
            return tag.end()
        self._open(tag, name)
        if name in _RAW:
            end = _find_folded(self.text, f"</{name}", tag.end())
            self.out.append(self.text[tag.end() : end])
            return end
        return tag.end()

    def _until(self, start: int, mark: str) -> int:
        end = self.text.find(mark, start + 1)
        end = len(self.text) if end < 0 else end + len(mark)
        self.out.append(self.text[start:end])
        return end

    def _broken(self, start: int, follows: str) -> int:
        """What looks like a tag and is none; one that never ends is kept as text, since the parser would lose all of it."""
        end = self.text.find(">", start)
        if end >= 0 and follows == "/":
            self.out.append(" ")
            return end + 1
        self.changed.append(UNENDED)
        self.out.append(self.text[start:].replace("<", "&lt;"))
        return len(self.text)

    def _open(self, tag: re.Match[str], name: str) -> None:
        if name in ("svg", "math"):
            self.foreign += 1
        leaf = name in _FLAT or (self.foreign > 0 and tag[3].rstrip().endswith("/"))
        if leaf or name in _RAW:
            self.out.append(self._thinned(tag))
        elif self.depth >= MAX_DEPTH:
            self.dropped[name] += 1
            self.changed.append(DEEP)
            del self.changed[4:]
            self.out.append(f"{self._thinned(tag)}</a>" if name == "a" else " ")
        else:
            self.depth += 1
            self.open[name] += 1
            self.out.append(self._thinned(tag))

    def _close(self, markup: str, name: str) -> None:
        if name in ("svg", "math"):
            self.foreign = max(0, self.foreign - 1)
        if self.dropped[name]:
            self.dropped[name] -= 1
            self.out.append(" ")
            return
        if self.open[name]:
            self.open[name] -= 1
            self.depth -= 1
        self.out.append(markup if len(markup) < LONG_TAG else f"</{name}>")

    def _thinned(self, tag: re.Match[str]) -> str:
        if len(tag[0]) < LONG_TAG:
            return tag[0]
        kept = []
        for number, attribute in enumerate(_ATTRIBUTE.finditer(tag[3])):
            if number >= MAX_ATTRIBUTES:
                self.changed.insert(0, CROWDED)
                del self.changed[4:]
                break
            kept.append(attribute[0])
        return f"<{tag[2]} {' '.join(kept)}>"


def _find_folded(text: str, mark: str, start: int) -> int:
    """Where `mark` next stands in any case; the end of the text where it does not."""
    found = re.compile(re.escape(mark), re.IGNORECASE).search(text, start)
    return found.start() if found else len(text)
