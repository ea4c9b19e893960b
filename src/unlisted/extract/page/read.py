"""`read_page`: the readers of single formats put together."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from unlisted.extract.page import carried, jsontext, state
from unlisted.extract.page.cards import CardReader
from unlisted.extract.page.decode import decode_both
from unlisted.extract.page.dom import TextBudget
from unlisted.extract.page.fields import Fields, address, addresses, is_cut, moment, tidy
from unlisted.extract.page.flatten import flatten
from unlisted.extract.page.links import FEEDS, read_link
from unlisted.extract.page.meta import TEXTS, TIMES, read_meta
from unlisted.extract.page.microdata import Microdata, ids_of
from unlisted.extract.page.protected import shown
from unlisted.extract.page.schema import Node, SchemaReader, texts
from unlisted.extract.page.walk import Seen, Walker
from unlisted.model import Block, Locator, Page

MAX_BODY = 2_000_000
"""Bytes of a page that are read."""

MAX_TIMES = 5_000
MAX_TEMPLATES = 200
MAX_DESCRIPTIONS = 200
LITTLE_TEXT = 1_500
"""A page that asks for a password and shows less text than this is a login wall."""

CUT = "the page is very long: only its first 2 MB were read"
BAD_JSON_LD = "one block of hidden data could not be read"
TOO_MUCH = "the page holds too much: some of it was left out"
UNREADABLE = "the page could not be taken apart"

_LD = "application/ld+json"
_LOGIN_WORDS = re.compile(
    r"\b(?:log ?in|sign ?in|log ?on|sign ?up|join) (?:to|or [a-z ]{3,12} to|for [a-z ]{3,20} to) (?:continue|see|view|read|access)"
    r"|you (?:must|need to) (?:log|sign) ?in\b|please (?:log|sign) ?in\b",
    re.IGNORECASE,
)


def read_page(html: bytes, *, url: str, content_type: str | None = None) -> Page:
    """Everything that a page says: fields, text in reading order, links, times; and what of it could not be read.

    `url` is the address that relative ones are resolved against (a <base> element comes first); `content_type` the header's value.
    At most `MAX_BODY` bytes are read. Never raises on input.
    """
    skipped = [CUT] if len(html) > MAX_BODY else []
    whole, encoded = decode_both(html[:MAX_BODY], content_type)
    text, changed = flatten(told := shown(whole))
    skipped.extend(changed)
    budget = TextBudget(2 * len(text) + 100_000)
    walker = Walker(budget)
    try:
        tree = LexborHTMLParser(text if changed or told is not whole or encoded is None else encoded)
    except (SelectolaxError, ValueError):
        return Page(url=url, skipped=(*skipped, UNREADABLE))
    if tree.root is not None:
        walker.walk(tree.root)
    if (fragments := tree.template_fragments()) and "<template" in text:
        _templates(fragments, walker)
    return _Assembler(walker, url, budget, skipped).page(tree)


def _templates(fragments: list[LexborNode], walker: Walker) -> None:
    """Hidden parts that a script would show: their text stands in the page all the same.

    Cards in them are none, by the rules of microformats: they wait for values.
    """
    cards = len(walker.seen.cards)
    walker.blocks.hidden += 1
    walker.seen.full |= len(fragments) > MAX_TEMPLATES
    for fragment in fragments[:MAX_TEMPLATES]:
        walker.walk(fragment)
    walker.blocks.hidden -= 1
    del walker.seen.cards[cards:]


class _Assembler:
    """Turns what the pass noted into a page."""

    def __init__(self, walker: Walker, url: str, budget: TextBudget, skipped: list[str]) -> None:
        self.seen: Seen = walker.seen
        self.walker = walker
        self.url = url
        self.base = address(tidy(self.seen.base or ""), url) or address(url, "") or ""
        self.fields = Fields(self.base)
        self.schema = SchemaReader(self.fields)
        self.budget = budget
        self.skipped = skipped
        self.head: list[Block] = []
        self.data: list[Block] = []
        self.described = 0
        self.times: list[str] = list(self.seen.times)

    def page(self, tree: LexborHTMLParser) -> Page:
        read_meta(self.seen.metas, self.fields)
        for link in self.seen.links:
            read_link(link, self.fields)
        self._data(ids_of(tree) if self.seen.refs else {})
        cards = CardReader(self.fields)
        for node, root, locator in self.seen.cards:
            cards.read(node, root, locator)
        self.skipped.extend(cards.skipped)
        self._head()
        self._wall()
        times = self._times()
        if self.fields.full or self.seen.full or self.walker.blocks.full or self.budget.empty:
            self.skipped.append(TOO_MUCH)
        return Page(
            url=self.url,
            title=self.seen.title,
            fields=self.fields.all(),
            blocks=(*self.head, *self.walker.blocks.blocks, *self.data),
            links=addresses(self.seen.anchors, self.base),
            images=addresses(self.seen.images, self.base),
            feeds=addresses((k.href for k in self.seen.links if "alternate" in k.rel and k.type in FEEDS), self.base),
            times=times,
            skipped=tuple(dict.fromkeys(self.skipped)),
            language=self.seen.language,
        )

    def _data(self, ids: dict[str, LexborNode]) -> None:
        """JSON-LD, microdata and page state."""
        found: list[tuple[Any, Locator]] = []
        pushed: list[str] = []
        left = state.MAX_STATE
        for kind, node in self.seen.scripts:
            source = node.text(deep=True)
            left -= len(source)
            if left < 0:
                self.skipped.append(state.NOT_READ)
                break
            if kind == _LD:
                found.extend(self._json(source))
            elif state.is_state(kind):
                self._state([carried.resolved(value, self._partly) for value, _ in self._json(source)])
            elif kind in ("", "text/javascript", "application/javascript", "module"):
                self._state([*state.in_script(source, self._partly), *carried.parsed(source, self._partly)])
                pushed.append(carried.pushed(source, self._partly))
        self._state(carried.rows("".join(pushed), self._partly))
        items = Microdata(self.base, self.budget, ids, None if ids else self.seen.marked)
        for node, locator in self.seen.items:
            if (item := items.item(node)) is not None:
                found.append((item, locator))
        for value, _ in found:
            self._descriptions(self.schema.learn(value))
        for value, locator in found:
            self.schema.read(value, locator)
        self.seen.full |= items.full or self.schema.full

    def _json(self, source: str) -> list[tuple[Any, Locator]]:
        if not source.strip():
            return []
        try:
            return [(jsontext.loads(source), Locator(part="data"))]
        except ValueError:
            self.skipped.append(BAD_JSON_LD)
            return []

    def _state(self, values: list[Any]) -> None:
        for value in values:
            for name, text in state.telling(value, self._partly):
                if len(self.data) >= state.MAX_TEXTS:
                    self._partly()
                    return
                self.data.append(Block(text=text, locator=Locator(part="data", name=name)))

    def _partly(self) -> None:
        """A limit left some of the state out."""
        if state.PARTLY not in self.skipped:
            self.skipped.append(state.PARTLY)

    def _descriptions(self, nodes: list[Node]) -> None:
        """Free text and times of nodes: a bio often stands there."""
        for node in nodes:
            for key in ("description", "disambiguatingDescription"):
                for text in texts(node.get(key)):
                    if not text.strip():
                        continue
                    self.described += 1
                    self.seen.full |= self.described > MAX_DESCRIPTIONS or is_cut(text)
                    if self.described <= MAX_DESCRIPTIONS:
                        self.data.append(Block(text=tidy(text), locator=Locator(part="data", name=key)))
            for key in ("datePublished", "dateModified", "startDate"):
                self.times.extend(texts(node.get(key)))

    def _head(self) -> None:
        metas = [text for key in TEXTS for name, text in self.seen.metas if name == key]
        self.seen.full |= any(map(is_cut, metas))
        for text in dict.fromkeys(tidy(text) for text in (self.seen.title or "", *metas)):
            if text:
                self.head.append(Block(text=text, locator=Locator(part="head")))
        self.times.extend(text.strip() for name, text in self.seen.metas if name in TIMES)

    def _wall(self) -> None:
        """Whether the page hides behind a login."""
        blocks = self.walker.blocks.blocks
        shown = sum(len(block.text) for block in blocks)
        if shown >= LITTLE_TEXT:
            return
        if self.seen.password or any(_LOGIN_WORDS.search(block.text[:500]) for block in blocks[:200]):
            self.fields.add("login_wall", "true", Locator(part="text", name="password" if self.seen.password else None))

    def _times(self) -> tuple[datetime, ...]:
        self.seen.full |= len(self.times) > MAX_TIMES
        found = (moment(text[:40]) for text in self.times[:MAX_TIMES])
        return tuple(sorted({at for at in found if at is not None}))
