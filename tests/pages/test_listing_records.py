"""Finding the records of a page, before anything is compared with the subject."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from unlisted.extract.listing.records import MAX_RECORDS, MAX_TEXT, in_json, in_tree
from unlisted.extract.page.dom import TextBudget


def elements(html: str) -> list[str]:
    """The text of each record that is an element."""
    found = in_tree(LexborHTMLParser(html)).elements
    return [" ".join(record.node.text(deep=True, separator=" ").split()) for record in found]


def rows(html: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in in_tree(LexborHTMLParser(html)).rows]


CARD = "<div class=c><b>{}</b><p><i>Age</i> {}</p><p><i>Phone</i> {}</p></div>"


def test_repeated_cards_are_one_record_each() -> None:
    """The smallest blocks that hold each label once."""
    html = "<h1>Results</h1>" + CARD.format("Tam", 44, "0770") + CARD.format("Una", 40, "0771")
    assert elements(html) == ["Tam Age 44 Phone 0770", "Una Age 40 Phone 0771"]


def test_a_single_record_takes_in_its_name() -> None:
    """Where no label comes twice, the record reaches up to the heading."""
    found = elements("<main><h1>Tam</h1>" + CARD.format("", 44, "0770") + "</main>")
    assert len(found) == 1
    assert found[0].startswith("Tam")


def test_one_kind_of_label_is_no_record() -> None:
    """A contact page with two telephone numbers is no directory."""
    assert elements("<p>Phone: 0770</p><p>Mobile: 0771</p>") == []
    assert elements("<p>Age of bells: a history</p><p>Phones ring.</p>") == []


@pytest.mark.parametrize(
    "html",
    [
        '<div itemscope itemtype="https://schema.org/Person"><b>Tam</b></div>',
        '<div itemscope itemtype="http://schema.org/Person/"><b>Tam</b></div>',
        '<div class="x h-card"><b>Tam</b></div>',
        '<div class="vcard"><b>Tam</b></div>',
    ],
)
def test_a_card_of_a_person_is_a_record_without_labels(html: str) -> None:
    """Its markup says so."""
    assert elements(f"<p>x</p>{html}<p>y</p>") == ["Tam"]


def test_a_relative_within_a_record_is_no_record_of_its_own() -> None:
    """A person as the property of a person belongs to the outer one."""
    html = """<div itemscope itemtype="https://schema.org/Person"><b>Tam</b>
    <i itemprop="spouse" itemscope itemtype="https://schema.org/Person">Una</i></div>"""
    assert elements(html) == ["Tam Una"]


def test_two_cards_in_one_labelled_block_are_two_records() -> None:
    """A block with two people is no record."""
    card = '<div class="h-card">{}</div>'
    html = f"<section><i>Age</i><i>Phone</i>{card.format('Tam')}{card.format('Una')}</section>"
    assert elements(html) == ["Tam", "Una"]


def test_the_number_of_headings_before_a_record_is_counted() -> None:
    """The report names the record by it."""
    html = "<h1>a</h1><h2> </h2>" + "".join(f"<h2>{n}</h2>" + CARD.format(n, 44, "0770") for n in ("b", "c"))
    found = in_tree(LexborHTMLParser(html)).elements
    assert [record.heading for record in found] == [2, 3]


TABLE = "<table><tr><th>Name<th>Seat<th>Phone<tr><td>Tam<td>bow<td>0770<tr><td>Una<td>cox<td>0771</table>"


def test_rows_under_a_heading_row_are_records() -> None:
    """Cells are known by their heading; a column without a known label is left out."""
    assert rows(TABLE) == [{"name": "Tam", "phone": "0770"}, {"name": "Una", "phone": "0771"}]
    assert elements(TABLE) == []


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><th>Name<td>Tam<tr><th>Phone<td>0770</table>",
        "<table><tr><th>Day<th>Start<th>Phone<tr><td>Mon<td>9<td>0770</table>",
        "<table><tr><td>Tam<td>0770</table>",
        "",
    ],
)
def test_other_tables_have_no_such_rows(html: str) -> None:
    """A table of two columns is read by its labels; a timetable is no directory."""
    assert rows(html) == []


def test_a_row_of_another_shape_ends_the_table() -> None:
    """A following table without a heading row is not read by the headings of the one before."""
    assert rows(TABLE + "<table><tr><td>1<td>2<tr><td>Eve<td>x<td>0772</table>")[-1]["name"] == "Una"


def test_persons_in_json_ld_are_records() -> None:
    """At any depth; a person of a name only is an author, not a record; a broken block is passed over."""
    html = """<script type="application/ld+json">{"@graph": [{"@type": "Person", "name": "Tam", "telephone": "0770"},
    {"@type": "Article", "author": {"@type": "Person", "name": "Una"}}]}</script>
    <script type="application/ld+json">{</script>"""
    assert [node["name"] for node in in_json(LexborHTMLParser(html))] == ["Tam"]


def test_the_number_of_records_is_bounded() -> None:
    """A page of very many cards gives the first ones."""
    many = '<p class="h-card">x</p>' * (MAX_RECORDS + 50)
    assert len(elements(many)) == MAX_RECORDS
    table = TABLE.replace("</table>", "") + "<tr><td>a<td>b<td>0" * (MAX_RECORDS + 50)
    assert len(rows(table)) == MAX_RECORDS


@pytest.mark.parametrize("piece", ["<h1><i>", "<table><tr><td>"])
def test_text_of_nested_headings_and_cells_is_bounded(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them holds all that is within it: the budget ends what would cost the square of the page."""
    read: list[str] = []
    original = TextBudget.text

    def noted(self: TextBudget, node: LexborNode) -> str:
        read.append(original(self, node))
        return read[-1]

    monkeypatch.setattr(TextBudget, "text", noted)
    in_tree(LexborHTMLParser(piece * 1_000 + "<b>x" * 20_000))
    assert len(read) >= 1_000
    assert sum(map(len, read)) < MAX_TEXT * 1.1
