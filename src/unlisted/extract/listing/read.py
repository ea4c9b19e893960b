"""`read_listing`: the record that fits the subject, and only that one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from bs4 import Tag
from bs4.element import NavigableString
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from unlisted.extract.listing.labels import FIELD_KINDS, LABELS, inline, is_person, is_phone, label_of, values
from unlisted.extract.listing.records import Row, in_json, in_tree
from unlisted.extract.page import MAX_BODY
from unlisted.extract.page.blocks import HEADINGS, BlockBuilder
from unlisted.extract.page.cards import CARD_ROOTS, CardReader
from unlisted.extract.page.decode import decode
from unlisted.extract.page.dom import TextBudget, soup_of
from unlisted.extract.page.fields import Fields
from unlisted.extract.page.flatten import flatten
from unlisted.extract.page.microdata import Microdata
from unlisted.extract.page.protected import shown
from unlisted.extract.page.schema import SchemaReader
from unlisted.extract.page.walk import Walker
from unlisted.model import Fact, Field, Listing, Locator, Match, Page

MAX_TEXT = 20_000
"""Characters of one record that are compared with what was declared."""

MAX_LINES = 40
"""Lines of a record without labels."""

_BEFORE_NUMBER = re.compile(r"^[^\d+(]{1,20}")

MAX_CLIMB = 3
"""How far up a value may stand from its label."""

_RECORD = Locator(part="record")
_JSON_KINDS = {
    "nickname": "handle",
    "latitude": "position",
    "longitude": "position",
    "place": "position",
    **dict.fromkeys(("street_address", "locality", "region", "postal_code", "country", "location_text"), "address"),
}
_SHOWN = ("name", "handle", "address", "phone", "email", "birth_date", "relative", "employer", "school", "position")


class Matcher(Protocol):
    """What finds declared facts in text."""

    def find(self, text: str) -> list[Match]:
        """The declared facts in a text."""
        ...


@dataclass(slots=True)
class Record:
    """One record of a page: its text, its fields, the name that it goes by; and how well it fits, once that is known."""

    text: str = field(repr=False)
    fields: tuple[Field, ...] = ()
    name: str = field(default="", repr=False)
    locator: Locator = _RECORD
    matched: tuple[Fact, ...] = ()
    score: int = 0


Groups = Sequence[Sequence[Record]]
"""The records of a page by how they were found; those that are only known by being alike come last."""


def read_listing(
    page: Page, html: bytes, *, source: str, host: str, directory: str | None, matcher: Matcher
) -> Listing | None:
    """The record on a page that is about the subject, or None where none is: `pick` of `read_records`.

    Run the two apart for pages of strangers (`unlisted.sources.pages.parse_listing`): that bounds time and memory.
    """
    return pick(page, read_records(page, html), source=source, host=host, directory=directory, matcher=matcher)


def read_records(page: Page, html: bytes, content_type: str | None = None) -> Groups:
    """All records of a page, whoever they are about: to be picked from at once, never to be kept."""
    return [list(group) for group in _groups(page, html, content_type)]


def pick(
    page: Page, records: Groups, *, source: str, host: str, directory: str | None, matcher: Matcher
) -> Listing | None:
    """The record that is about the subject, or None where none is.

    A record is about the subject where it goes by a declared name and shows one more declared fact, or shows two other
    declared facts to the letter (and does not go by the name of a declared relative). `directory` is the id of the
    register's entry: on such a page plain text without any recognisable record will do, of which only the matched facts
    are kept.
    """
    groups = [[_judged(record, matcher) for record in group] for group in records]
    sure, alike = groups[:-1], groups[-1] if groups else []
    fitting = sorted((record for group in groups for record in group if record.score), key=lambda record: -record.score)
    indexable = not page.of_kind("page_noindex")
    if not fitting and directory is not None and not any(sure):
        fitting = [record for record in [_judged(_whole(page, alike), matcher)] if record.score]
    if not fitting:
        return None
    best = fitting[0]
    kinds = {_JSON_KINDS.get(item.kind, item.kind) for item in best.fields}
    kinds |= {_JSON_KINDS.get(str(fact.kind), str(fact.kind)) for fact in best.matched}
    return Listing(
        source=source,
        directory=directory,
        host=host,
        kinds=tuple(kind for kind in _SHOWN if kind in kinds),
        matched=best.matched,
        fields=best.fields,
        locator=best.locator,
        others=max((_others(group, best) for group in groups), default=0),
        indexable=indexable,
    )


def _others(group: list[Record], best: Record) -> int:
    """How many records of a group are not the one that is kept; one in another group that fits is the same once more."""
    fitting = sum(bool(record.score) for record in group)
    return len(group) - (1 if any(record is best for record in group) else min(1, fitting))


def _groups(page: Page, html: bytes, content_type: str | None) -> Iterator[list[Record]]:
    try:
        tree = LexborHTMLParser(flatten(shown(decode(html[:MAX_BODY], content_type)))[0])
    except (SelectolaxError, ValueError):
        return
    elements, rows, alike = in_tree(tree)
    yield [_element(found.node, found.heading, page, single=len(elements) == 1) for found in elements]
    yield [_row(row) for row in rows]
    yield [_node(node, page.url) for node in in_json(tree)]
    yield [_unlabelled(_element(found.node, found.heading, page, single=False)) for found in alike]


def _judged(record: Record, matcher: Matcher) -> Record:
    """The record with the declared facts that it shows; its score is 0 where it is not about the subject."""
    matches = matcher.find(record.text[:MAX_TEXT])
    named = matcher.find(record.name[:MAX_TEXT]) if record.name else matches
    names = {match.fact for match in named if match.fact.kind in ("name", "handle")}
    others = {match.fact for match in matches if match.fact.kind not in ("name", "handle", "relative")}
    exact = {match.fact for match in matches if match.level == "same"} & others
    relative = bool(record.name) and any(match.fact.kind == "relative" for match in named)
    if (names and others) or (len(exact) >= 2 and not relative and not names):
        record.matched = tuple(sorted(names | others, key=lambda fact: fact.label))
        record.score = 4 * bool(names) + 2 * len(exact) + len(others)
    return record


def _whole(page: Page, alike: Sequence[Record]) -> Record:
    """A page without labelled records: only what matches in it is kept, and in none of the records in lists."""
    lines = {line for record in alike for line in record.text.split("\n")}
    texts = (line for block in page.blocks for line in block.text.split("\n"))
    return Record(text="\n".join(line for line in texts if line not in lines))


def _unlabelled(record: Record) -> Record:
    """A record without labels: its lines are known by what they look like."""
    fields = Fields("")
    lines = record.text.split("\n")
    name = record.name if is_person(record.name) else next((line for line in lines if is_person(line)), "")
    fields.add("name", name, _RECORD)
    for line in lines[:MAX_LINES]:
        if is_phone(line):
            _take(fields, "phone", [_BEFORE_NUMBER.sub("", line)])
        elif any(c.isdigit() for c in line) or "@" in line:
            _take(fields, "email" if "@" in line else "address", [line])
    return replace(record, fields=tuple(dict.fromkeys((*record.fields, *fields.all()))), name=name)


def _row(row: Row) -> Record:
    fields = Fields("")
    for label, text in row.cells:
        _take(fields, label, [text])
    names = [text for label, text in row.cells if LABELS[label] == "name"]
    name = " ".join(names[:2]) if names else row.cells[0][1] if row.cells else ""
    fields.add("name", name, _RECORD)
    lines = [name, *(text for label, text in row.cells if LABELS[label] != "name")]
    return Record("\n".join(lines), fields.all(), name)


def _node(node: dict[str, Any], base: str) -> Record:
    fields = Fields(base)
    reader = SchemaReader(fields)
    reader.read(node, _RECORD)
    found = fields.all()
    name = next((item.value for item in found if item.kind == "name"), "")
    lines = [item.value for item in found if item.kind != "relative"]
    return Record("\n".join(lines), found, name)


def _element(node: LexborNode, heading: int, page: Page, *, single: bool) -> Record:
    """A record that is an element: its structured fields, its labelled values and its text."""
    budget = TextBudget(MAX_TEXT * 10)
    walker = Walker(budget)
    walker.walk(node)
    blocks = walker.blocks
    fields = Fields(page.url)
    _structured(walker, fields, budget)
    soup = soup_of(node)
    pairs = list(_labelled(soup)) if soup is not None else []
    for label, pieces in pairs:
        _take(fields, label, pieces)
    name = next((item.value for item in fields.all() if item.kind == "name"), "")
    name = name or _heading(blocks) or (page.title or "" if single else "")
    relatives = {text for label, pieces in pairs if LABELS[label] == "relative" for text in pieces}
    structured = (item.value for item in fields.all() if item.kind not in ("relative", "same_as", "website", "avatar"))
    text = "\n".join((*(block.text for block in blocks.blocks), *structured))
    for known in relatives if name else ():
        text = text.replace(known, " ")
    first = next((block.locator.heading for block in blocks.blocks if block.locator.heading), None)
    where = Locator(part="record", heading=first, heading_number=heading + 1 if first else heading or None)
    return Record(text, fields.all(), name, where)


def _heading(blocks: BlockBuilder) -> str:
    return next((b.text for b in blocks.blocks if b.locator.heading_number and b.locator.paragraph is None), "")


def _structured(walker: Walker, fields: Fields, budget: TextBudget) -> None:
    """Microdata and cards within the record."""
    items = Microdata(fields.base, budget, {})
    schema = SchemaReader(fields)
    for inner, _ in walker.seen.items:
        if (item := items.item(inner)) is not None:
            schema.read(item, _RECORD)
    cards = CardReader(fields)
    for inner, root, _ in walker.seen.cards:
        if not CARD_ROOTS.isdisjoint((inner.attributes.get("class") or "").split()):
            cards.read(inner, root, _RECORD)


def _take(fields: Fields, label: str, pieces: Sequence[str]) -> None:
    kind = LABELS[label]
    for value in values(kind, list(pieces)):
        fields.add(FIELD_KINDS.get(kind, kind), value, Locator(part="record", name=kind))


def _labelled(soup: Tag) -> Iterator[tuple[str, list[str]]]:
    """(label, the pieces of text that belong to it), for the labels of a record."""
    for text in list(soup.find_all(string=True)):
        words = str(text)
        if not words.strip():
            continue
        if (label := label_of(words)) is not None:
            yield label, _after(text)
        elif (pair := inline(words)) is not None:
            yield pair[0], [pair[1]]


def _after(text: NavigableString) -> list[str]:
    """What stands behind a label, on its own level or a little above it, up to the next label."""
    node: Any = text
    for _ in range(MAX_CLIMB):
        found: list[str] = []
        for sibling in node.next_siblings:
            if _holds_label(sibling):
                break
            found.extend(_pieces(sibling))
        if found or node.parent is None:
            return found
        node = node.parent
    return []


def _holds_label(node: Any) -> bool:
    if isinstance(node, Tag):
        return node.name in HEADINGS or any(label_of(str(text)) for text in node.find_all(string=True, limit=5))
    return label_of(str(node)) is not None


def _pieces(node: Any) -> list[str]:
    """The text of a node: one piece for each list entry, line or block in it."""
    if not isinstance(node, Tag):
        return [str(node)] if str(node).strip() else []
    entries = node.find_all(["li", "dd", "p", "tr", "div"])
    leaves = [entry for entry in entries if not entry.find(["li", "dd", "p", "tr", "div"])]
    texts = [entry.get_text("\n") for entry in leaves] or [node.get_text("\n")]
    return [text.strip() for text in texts if text.strip()]
