"""The one pass over a page's tree: everything of interest is noted with where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from selectolax.lexbor import LexborNode

from unlisted.extract.page.blocks import HARD, HEADINGS, SOFT, BlockBuilder
from unlisted.extract.page.cards import KNOWN_ROOTS, TELLING, begins_root, is_target, other_root
from unlisted.extract.page.dom import SILENT, TextBudget
from unlisted.extract.page.links import FAMILY, Link
from unlisted.extract.page.tags import TEXT, number, numbers
from unlisted.model import Locator

MAX_LINKS = 20_000
MAX_TITLE = 1_000
MAX_TARGETS = 400
"""Cards of one page."""

Attributes = dict[str, str | None]

_HARD, _SOFT, _SILENT = numbers(HARD), numbers(SOFT), numbers(SILENT)
_CARD = ""
"""Stands for a card in the list of roots: what is within it is read with it."""

_TITLE = number("title")
_SPACES = re.compile(r"[ \t\n\f\r]+")
_NO_REL: frozenset[str] = frozenset()
_TELLING_RELS = FAMILY | {"me", "alternate"}
_TELLING_SCHEME = re.compile(r"\s{0,20}(?:mailto|tel|geo|sms):", re.IGNORECASE)
_TELLING_STARTS = frozenset(" \t\n\r\fMmTtGgSs")
"""What a scheme that tells something may begin with: most addresses need no closer look."""

_TYPED = frozenset({"text", "email", "tel", "url", "search"})


def _is_styled(names: str) -> bool:
    """Whether a style sheet would find a root among these classes: only the white space of HTML parts them."""
    return "h-" in names or not KNOWN_ROOTS.isdisjoint(_SPACES.split(names))


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
    marked: set[int] = field(default_factory=set)
    """Items and properties, by the parser's number for the node."""
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
        self._open: list[tuple[LexborNode, int]] = []
        self._inside: list[tuple[int, str]] = []
        self._roots: list[str] = []
        self._titled = False
        self._lines = dict.fromkeys(_HARD, self.blocks.flush) | dict.fromkeys(_SOFT, self.blocks.line)

    def walk(self, root: LexborNode) -> None:  # noqa: C901, PLR0912  (calls instead would cost more than the work)
        """Note everything at and below `root`.

        The same order as `dom.events`, written out: this loop runs for every node of every page.
        """
        pieces, inside, handlers = self.blocks.pieces, self._inside, self._HANDLERS
        stack, lines, flush = self._open, self._lines, self.blocks.flush
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag_id
            if tag == TEXT:
                text = node.text_content or ""
                if pieces or not text.isspace():
                    pieces.append(text)
            else:
                if pieces and tag in lines:
                    lines[tag]()
                if attributes := node.attributes:
                    if "itemprop" in attributes or "itemscope" in attributes:
                        self._microdata(node, attributes)
                    if "hidden" in attributes:
                        self._hide()
                    classes = attributes.get("class")
                    if classes and ("h-" in classes or not TELLING.isdisjoint(classes.split())):
                        self._classes(node, classes)
                if tag in handlers:
                    handlers[tag](self, node, attributes)
                child = None if tag in _SILENT or (tag == _TITLE and self._titled) else node.first_child
                if child is not None:
                    stack.append((node, tag))
                    node = child
                    continue
                if pieces and tag in _HARD:
                    flush()
                if inside and inside[-1][0] == len(stack):
                    self._leave()
            following = node.next if stack else None
            while following is None and stack:
                node, tag = stack.pop()
                if pieces and tag in _HARD:
                    flush()
                if inside and inside[-1][0] == len(stack):
                    self._leave()
                following = node.next if stack else None
            node = following
        flush()

    def _within(self, kind: str) -> None:
        """Something holds until the element that begins here ends."""
        self._inside.append((len(self._open), kind))

    def _leave(self) -> None:
        """What holds within the element that ends here ends with it."""
        while self._inside and self._inside[-1][0] == len(self._open):
            kind = self._inside.pop()[1]
            if kind == "hidden":
                self.blocks.hidden -= 1
            elif kind == "heading":
                self.blocks.in_heading = False
            elif kind == "root":
                self._roots.pop()

    def _microdata(self, node: LexborNode, attributes: Attributes) -> None:
        self.seen.marked.add(node.mem_id)
        if "itemscope" not in attributes:
            return
        if len(self.seen.items) < MAX_LINKS:
            self.seen.items.append((node, self.blocks.here("data")))
        else:
            self.seen.full = True
        self.seen.refs = self.seen.refs or "itemref" in attributes

    def _hide(self, _node: LexborNode | None = None, _attributes: Attributes | None = None) -> None:
        self._within("hidden")
        self.blocks.hidden += 1

    def _classes(self, node: LexborNode, names: str) -> None:
        """Cards and other roots."""
        root = self._roots[-1] if self._roots else None
        if root == _CARD:
            return  # within a card: it is read with the card
        classes = names.split()
        if root is None and not (begins_root(classes) and _is_styled(names)):
            return
        if is_target(classes, root):
            if len(self.seen.cards) < MAX_TARGETS:
                self.seen.cards.append((node, root, self.blocks.here("card")))
            else:
                self.seen.full = True
            root = _CARD
        elif (own := other_root(classes)) is None:
            return
        else:
            root = own
        self._roots.append(root)
        self._within("root")

    def _anchor(self, node: LexborNode, attributes: Attributes) -> None:
        href = attributes.get("href")
        if href is not None:
            self.seen.anchors.append(href)
            if href[:1] in _TELLING_STARTS or "rel" in attributes:
                self._link(node, attributes)

    def _link(self, node: LexborNode, attributes: Attributes) -> None:
        href = attributes.get("href")
        if href is None:
            return
        words = attributes.get("rel")
        rel = frozenset(words.lower().split()) if words else _NO_REL
        if rel.isdisjoint(_TELLING_RELS) and not (href[:1] in _TELLING_STARTS and _TELLING_SCHEME.match(href)):
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
        if "src" not in attributes:
            kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
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

    def _heading(self, _node: LexborNode, _attributes: Attributes) -> None:
        self.blocks.in_heading = True
        self._within("heading")

    _HANDLERS: ClassVar[dict[int, Callable[[Walker, LexborNode, Attributes], None]]] = {
        number("a"): _anchor,
        number("area"): _link,
        number("link"): _link,
        number("meta"): _meta,
        number("img"): _image,
        number("time"): _time,
        number("script"): _script,
        number("base"): _base,
        number("html"): _html,
        number("input"): _input,
        number("title"): _title,
        number("noscript"): _hide,
        **dict.fromkeys(numbers(HEADINGS), _heading),
    }
    """What is done at an element: functions, since methods of one walker would keep it and its page alive."""
