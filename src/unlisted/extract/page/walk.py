"""The one pass over a page's tree: everything of interest is noted with where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from unlisted.extract.page.blocks import HARD, HEADINGS, SOFT, BlockBuilder
from unlisted.extract.page.cards import KNOWN_ROOTS, begins_root, is_target, other_root
from unlisted.extract.page.dom import SILENT, TextBudget
from unlisted.extract.page.links import FAMILY, Link
from unlisted.model import Locator

MAX_LINKS = 20_000
MAX_TITLE = 1_000
MAX_TARGETS = 400
"""Cards of one page."""

Attributes = dict[str, str | None]

_MARKS = '[itemscope],[hidden],noscript,[class*="h-"],' + ",".join(
    f".{name}" for name in sorted(KNOWN_ROOTS) if not name.startswith("h-")
)
"""Elements that may be items, cards or hidden: the parser finds them much faster than a look at each element would."""

_LINES = HARD | SOFT
_NO_REL: frozenset[str] = frozenset()
_TELLING_RELS = FAMILY | {"me", "alternate"}
_TELLING_SCHEME = re.compile(r"\s{0,20}(?:mailto|tel|geo|sms):", re.IGNORECASE)
_TELLING_STARTS = frozenset(" \t\n\r\fMmTtGgSs")
"""What a scheme that tells something may begin with: most addresses need no closer look."""

_TYPED = frozenset({"text", "email", "tel", "url", "search"})


@dataclass(slots=True)
class Seen:
    """What the pass noted, in reading order."""

    title: str | None = None
    language: str | None = None
    base: str | None = None
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    scripts: list[tuple[str, LexborNode]] = field(default_factory=list)
    items: list[tuple[LexborNode, Locator]] = field(default_factory=list)
    cards: list[tuple[LexborNode, str | None, Locator]] = field(default_factory=list)
    refs: bool = False
    password: bool = False
    full: bool = False


class Walker:
    """Walks one tree after the other (the page, then its templates) into `seen` and `blocks`."""

    def __init__(self, budget: TextBudget) -> None:
        self.seen = Seen()
        self.blocks = BlockBuilder()
        self.budget = budget
        self._inside: list[tuple[int, str]] = []
        self._roots: list[str] = []
        self._titled = False
        self._handlers = {
            "a": self._link,
            "area": self._link,
            "link": self._link,
            "meta": self._meta,
            "img": self._image,
            "time": self._time,
            "script": self._script,
            "base": self._base,
            "html": self._html,
            "input": self._input,
            "title": self._title,
            **dict.fromkeys(HEADINGS, self._heading),
        }

    def walk(self, root: LexborNode) -> None:  # noqa: C901  (calls instead of branches would cost more than the work)
        """Note everything at and below `root`.

        The same order as `dom.events`, written out: this loop runs for every node of every page.
        """
        pieces, inside, roots, handlers = self.blocks.pieces, self._inside, self._roots, self._handlers
        marked = {root.mem_id, *(node.mem_id for node in root.css(_MARKS))}
        stack: list[LexborNode] = []
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                if pieces or not text.isspace():
                    pieces.append(text)
            else:
                if pieces and tag in _LINES:
                    self._break(tag)
                if roots or node.mem_id in marked:
                    self._marked(node, tag)
                elif (handler := handlers.get(tag)) is not None:
                    handler(node, node.attributes)
                child = None if tag in SILENT or (self._titled and tag == "title") else node.first_child
                if child is not None:
                    stack.append(node)
                    node = child
                    continue
                if inside or (pieces and tag in HARD):
                    self._leave(node, tag)
            following = node.next if stack else None
            while following is None and stack:
                done = stack.pop()
                if inside or pieces:
                    self._leave(done, done.tag or "")
                following = done.next if stack else None
            node = following
        self.blocks.flush()

    def _break(self, tag: str) -> None:
        """The block or the line that was being gathered ends where this element begins."""
        if tag in SOFT:
            self.blocks.line()
        else:
            self.blocks.flush()

    def _marked(self, node: LexborNode, tag: str) -> None:
        """An element that may be an item, a card or hidden, or that stands within a card."""
        attributes = node.attributes
        self._marks(node, attributes)
        if tag == "noscript" or "hidden" in attributes:
            self._inside.append((node.mem_id, "hidden"))
            self.blocks.hidden += 1
        if (handler := self._handlers.get(tag)) is not None:
            handler(node, attributes)

    def _leave(self, node: LexborNode, tag: str) -> None:
        if self.blocks.pieces and tag in HARD:
            self.blocks.flush()
        identity = node.mem_id if self._inside else None
        while self._inside and self._inside[-1][0] == identity:
            kind = self._inside.pop()[1]
            if kind == "hidden":
                self.blocks.hidden -= 1
            elif kind == "heading":
                self.blocks.in_heading = False
            elif kind == "root":
                self._roots.pop()

    def _marks(self, node: LexborNode, attributes: Attributes) -> None:
        """Items, cards and ids, which may stand on any element."""
        if "itemscope" in attributes:
            if len(self.seen.items) < MAX_LINKS:
                self.seen.items.append((node, self.blocks.here("data")))
            else:
                self.seen.full = True
            self.seen.refs = self.seen.refs or "itemref" in attributes
        classes = attributes.get("class")
        if classes and (self._roots or begins_root(classes.split())):
            self._card(node, classes.split())

    def _card(self, node: LexborNode, classes: list[str]) -> None:
        if self._roots and self._roots[-1] == "":
            return  # within a card: it is read with the card
        root = self._roots[-1] if self._roots else None
        if is_target(classes, root):
            if len(self.seen.cards) < MAX_TARGETS:
                self.seen.cards.append((node, root, self.blocks.here("card")))
            else:
                self.seen.full = True
            root = ""
        elif (own := other_root(classes)) is None:
            return
        else:
            root = own
        self._roots.append(root)
        self._inside.append((node.mem_id, "root"))

    def _link(self, node: LexborNode, attributes: Attributes) -> None:
        href = attributes.get("href")
        if href is None:
            return
        words = attributes.get("rel")
        rel = frozenset(words.lower().split()) if words else _NO_REL
        if node.tag == "a":
            self.seen.anchors.append(href)
        if (not rel or rel.isdisjoint(_TELLING_RELS)) and not (
            href[:1] in _TELLING_STARTS and _TELLING_SCHEME.match(href)
        ):
            return
        if len(self.seen.links) >= MAX_LINKS:
            self.seen.full = True
            return
        text = self.budget.text(node) if not FAMILY.isdisjoint(rel) else ""
        kind = (attributes.get("type") or "").strip().lower()
        self.seen.links.append(Link(href=href, rel=rel, type=kind, text=text, locator=self.blocks.here("link")))

    def _meta(self, _node: LexborNode, attributes: Attributes) -> None:
        content = attributes.get("content")
        if content is not None:
            keys = {(attributes.get(key) or "").strip().lower() for key in ("name", "property")}
            self.seen.metas.extend((key, content) for key in sorted(keys) if key)

    def _image(self, _node: LexborNode, attributes: Attributes) -> None:
        if source := attributes.get("src"):
            self._note(self.seen.images, source)
        if alternative := " ".join((attributes.get("alt") or "").split()):
            self.blocks.block(alternative, "alt")

    def _time(self, _node: LexborNode, attributes: Attributes) -> None:
        if at := attributes.get("datetime"):
            self._note(self.seen.times, at.strip())

    def _note(self, held: list[str], text: str) -> None:
        """One more of a list that is bounded."""
        if len(held) < MAX_LINKS:
            held.append(text)
        else:
            self.seen.full = True

    def _script(self, node: LexborNode, attributes: Attributes) -> None:
        kind = (attributes.get("type") or "").split(";")[0].strip().lower()
        if "src" not in attributes:
            self.seen.scripts.append((kind, node))

    def _base(self, _node: LexborNode, attributes: Attributes) -> None:
        if self.seen.base is None:
            self.seen.base = attributes.get("href")

    def _html(self, _node: LexborNode, attributes: Attributes) -> None:
        self.seen.language = self.seen.language or (attributes.get("lang") or "").strip()[:35] or None

    def _input(self, _node: LexborNode, attributes: Attributes) -> None:
        kind = (attributes.get("type") or "text").lower()
        self.seen.password = self.seen.password or kind == "password"
        value = " ".join((attributes.get("value") or "").split())
        if kind in _TYPED and value:
            self.blocks.block(value, "value")

    def _title(self, node: LexborNode, _attributes: Attributes) -> None:
        self._titled = self.seen.title is None and bool(text := " ".join(self.budget.text(node).split()))
        if self._titled:
            self.seen.title = text[:MAX_TITLE]
            self.seen.full |= len(text) > MAX_TITLE

    def _heading(self, node: LexborNode, _attributes: Attributes) -> None:
        self.blocks.in_heading = True
        self._inside.append((node.mem_id, "heading"))
