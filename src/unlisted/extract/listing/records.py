"""Find the records of a page: cards of people, labelled blocks, rows of a table with a heading row, JSON-LD persons.

Where nothing is labelled, siblings that each hold a name and a telephone number are records too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from unlisted.extract.listing.labels import LABELS, inline, is_person, is_phone, label_of
from unlisted.extract.page import jsontext
from unlisted.extract.page.blocks import HEADINGS
from unlisted.extract.page.dom import TextBudget, events
from unlisted.extract.page.schema import types, walk

MAX_RECORDS = 1_000
MAX_ROWS = 5_000
MAX_TEXT = 10_000_000
"""Characters of cells and headings that are read, those of nested ones each time."""

LEAST_KINDS = 2
"""Kinds of label that make a block a record."""

MOST_PHONES = 6
"""Telephone numbers that one record without labels may hold."""

LEAST_ALIKE = 2
"""Siblings of one kind that make a list."""

_CARD_CLASSES = frozenset({"h-card", "vcard"})


@dataclass(frozen=True, slots=True)
class Element:
    """A record that is an element; `heading` counts the headings before it."""

    node: LexborNode
    heading: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: (label, text) for each cell under a heading that is a label."""

    cells: tuple[tuple[str, str], ...] = field(repr=False)
    heading: int


class Found(NamedTuple):
    """The records that are elements, those that are rows of a table, and those that are only known by being alike."""

    elements: list[Element]
    rows: list[Row]
    alike: list[Element]


@dataclass(slots=True)
class _Open:
    """What is known of an element that stands open; `below` are its children that may be records, by tag and class."""

    node: LexborNode
    heading: int
    labels: Counter[str] = field(default_factory=Counter)
    people: int = 0
    records: list[Element] = field(default_factory=list)
    names: int = 0
    phones: int = 0
    below: dict[tuple[str, str], list[Element]] = field(default_factory=dict)
    alike: list[Element] = field(default_factory=list)


def in_tree(tree: LexborHTMLParser) -> Found:
    """The records of a page, bounded in number."""
    if tree.root is None:
        return Found([], [], [])
    budget = TextBudget(MAX_TEXT)
    rows, used = _tables(tree, budget)
    stack = [_Open(tree.root, 0)]
    headings = 0
    for node, tag, entering in events(tree.root):
        if tag == "-text":
            _count(node, stack[-1], used)
        elif tag[:1] == "-":
            continue
        elif entering:
            stack.append(_Open(node, headings))
            headings += tag in HEADINGS and bool(budget.text(node).strip())
        else:
            _close(stack)
    return Found(stack[0].records[:MAX_RECORDS], rows, stack[0].alike[:MAX_RECORDS])


def _count(node: LexborNode, parent: _Open, used: frozenset[int]) -> None:
    text = node.text_content or ""
    if parent.node.mem_id in used or not text.strip():
        return
    label = label_of(text) or next(iter(inline(text) or ()), None)
    if label:
        parent.labels[label] += 1
    parent.phones += is_phone(text)
    parent.names += is_person(text)


def _close(stack: list[_Open]) -> None:
    """An element ends: it is a record, or hands on those within it."""
    done, around = stack.pop(), stack[-1]
    once = all(count == 1 for count in done.labels.values())
    if _is_person(done.node):
        done.records, done.people = [Element(done.node, done.heading)], 1
    elif once and done.people <= 1 and len({LABELS[label] for label in done.labels}) >= LEAST_KINDS:
        done.records = [Element(done.node, done.heading)]
    _list(done, around)
    around.labels.update(done.labels)
    around.people += done.people
    around.records.extend(done.records[: MAX_RECORDS - len(around.records)])


def _list(done: _Open, around: _Open) -> None:
    """Note an element that could be a record among others like it; at the end of their parent they are, or are forgotten."""
    for siblings in done.below.values():
        if len(siblings) >= LEAST_ALIKE:
            done.alike.extend(siblings)
    around.names += done.names
    around.phones += done.phones
    around.alike.extend(done.alike[: MAX_RECORDS - len(around.alike)])
    single = not done.records and not done.alike and done.names and 0 < done.phones <= MOST_PHONES
    if single and len(around.below) < MAX_RECORDS:
        kind = (done.node.tag or "", (done.node.attributes.get("class") or "")[:200])
        siblings = around.below.setdefault(kind, [])
        if len(siblings) < MAX_RECORDS:
            siblings.append(Element(done.node, done.heading))


def _is_person(node: LexborNode) -> bool:
    attributes = node.attributes
    kinds = (attributes.get("itemtype") or "").split()
    if any(kind.rstrip("/").endswith("/Person") for kind in kinds):
        return "itemprop" not in attributes
    return not _CARD_CLASSES.isdisjoint((attributes.get("class") or "").split())


def _tables(tree: LexborHTMLParser, budget: TextBudget) -> tuple[list[Row], frozenset[int]]:
    """Rows of the tables whose first row is made of labels, and the cells of those first rows."""
    rows: list[Row] = []
    used: set[int] = set()
    labels: list[str | None] = []
    count = 0
    for number, row in enumerate(tree.css("tr")):
        cells = [cell for cell in _children(row) if cell.tag in ("td", "th")]
        found = [label_of(budget.text(cell)) for cell in cells[:50]]
        if len([label for label in found if label]) * 2 > max(len(found), LEAST_KINDS):
            labels, count = found, len(cells)
            used.update(inner.mem_id for cell in cells for inner in cell.traverse() if inner.is_element_node)
        elif labels and len(cells) == count and number < MAX_ROWS:
            pairs = zip(labels, cells, strict=False)
            texts = tuple((label, " ".join(budget.text(cell).split())[:500]) for label, cell in pairs if label)
            rows.append(Row(texts, 0))
        else:
            labels = []
    return rows[:MAX_RECORDS], frozenset(used)


def _children(node: LexborNode) -> list[LexborNode]:
    found = []
    child = node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def in_json(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    """The JSON-LD nodes that are persons."""
    found: list[dict[str, Any]] = []
    for script in tree.css('script[type="application/ld+json"]')[:100]:
        try:
            value = jsontext.loads(script.text(deep=True))
        except ValueError:
            continue
        found.extend(dict(node) for node in walk(value) if "Person" in types(node) and len(node) > LEAST_KINDS)
    return found[:MAX_RECORDS]
