"""Directory pages: the subject's record is read, everybody else's is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from unlisted.extract.listing import read_listing
from unlisted.extract.listing.labels import inline, label_of, values
from unlisted.extract.page import read_page
from unlisted.model import Fact, Listing, Match

DATA = Path(__file__).parent / "data"

NAME = Fact(kind="name", label="name", value="Tam Oakridge")
HOME = Fact(kind="address", label="home", value="1 Oak Row, Wexmoor")
PHONE = Fact(kind="phone", label="mobile", value="07700 900456")
MAIL = Fact(kind="email", label="e-mail", value="tam@oak.example")
MUM = Fact(kind="relative", label="sister", value="Mabel Oakridge")
ALL = (NAME, HOME, PHONE, MAIL, MUM)


class Finder:
    """Stands for the matcher: a fact is found where its text stands; an address by its town alone is "area"."""

    def __init__(self, *facts: Fact) -> None:
        self.facts = facts

    def find(self, text: str) -> list[Match]:
        found = []
        for fact in self.facts:
            first, _, rest = fact.line.partition(", ")
            for words, level in ((first, "same"), (rest, "area")):
                place = re.search(re.escape(words), text, re.IGNORECASE) if words else None
                if place:
                    found.append(Match(fact=fact, level=level, start=place.start(), end=place.end()))
                    break
        return found


def listing(html: str, *facts: Fact, directory: str | None = None) -> Listing | None:
    body = html.encode()
    page = read_page(body, url="https://folk.example/r")
    return read_listing(
        page, body, source="a listing", host="folk.example", directory=directory, matcher=Finder(*(facts or ALL))
    )


def shown(found: Listing | None) -> set[tuple[str, str]]:
    assert found is not None
    return {(item.kind, item.value) for item in found.fields}


CARDS = (DATA / "directory.html").read_text()


def test_only_the_record_that_fits_is_kept() -> None:
    """Of three people called Oakridge one is the subject; the two others are counted."""
    found = listing(CARDS)
    assert shown(found) == {
        ("name", "Tam Oakridge"),
        ("birth_date", "44"),
        ("location_text", "1 Oak Row, Wexmoor WX1 2YZ"),
        ("phone", "07700 900456"),
        ("relative", "Hal Oakridge"),
        ("relative", "Mabel Oakridge"),
    }
    assert found is not None
    assert found.others == 2
    assert found.kinds == ("name", "address", "phone", "birth_date", "relative")
    assert {fact.label for fact in found.matched} == {"name", "home", "mobile"}
    assert (found.source, found.host, found.directory, found.indexable) == ("a listing", "folk.example", None, True)


def test_the_record_is_located_by_its_heading() -> None:
    """It is the third heading of the page."""
    found = listing(CARDS)
    assert found is not None
    assert (found.locator.part, found.locator.heading_number) == ("record", 3)


def test_nothing_of_other_people_is_kept() -> None:
    """Neither their numbers nor their addresses stand anywhere in the result."""
    found = listing(CARDS)
    assert found is not None
    kept = " ".join(value for _, value in shown(found)) + str(found.locator.heading)
    assert "0999" not in kept
    assert "457" not in kept
    assert "Ash Close" not in kept


def test_a_relatives_record_that_names_the_subject_is_not_the_subjects() -> None:
    """Mabel lives at the same address and lists Tam as a relative: without Tam's own record nothing is kept."""
    alone = CARDS.replace('<h2 itemprop="name">Tam Oakridge</h2>', '<h2 itemprop="name">Somebody Else</h2>').replace(
        "456", "999"
    )
    assert listing(alone.replace("1 Oak Row", "7 Elm Row", 1), NAME, HOME, MUM) is None


def test_two_other_facts_to_the_letter_are_enough_without_the_name() -> None:
    """A listing under an earlier name is found by address and phone."""
    renamed = CARDS.replace("Tam Oakridge", "Tamsin Elmfield")
    found = listing(renamed)
    assert ("name", "Tamsin Elmfield") in shown(found)
    assert listing(renamed, NAME, HOME) is None
    assert listing(renamed, NAME, Fact(kind="address", label="h", value="none, Wexmoor"), PHONE) is None


def test_the_name_alone_is_not_enough() -> None:
    """Many people share a name."""
    assert listing(CARDS, NAME) is None
    assert listing(CARDS, NAME, Fact(kind="phone", label="p", value="555 0000")) is None


def test_the_better_of_two_records_with_the_same_name_is_kept() -> None:
    """Father and son in one town: the one with the very address is the subject, the other one is counted."""
    two = CARDS.replace("Hal Oakridge</h2>", "Tam Oakridge</h2>")
    found = listing(two)
    assert ("location_text", "1 Oak Row, Wexmoor WX1 2YZ") in shown(found)
    assert found is not None
    assert found.others == 2


TABLE = """<h1>Members</h1><table><tr><th>Name</th><th>Seat</th><th>E-mail</th><th>Telephone</th></tr>
<tr><td>Una Pike</td><td>cox</td><td>una@pike.example</td><td>07700 900111</td></tr>
<tr><td>Tam Oakridge</td><td>bow</td><td>tam@oak.example</td><td>07700 900456</td></tr></table>"""


def test_a_row_of_a_table_with_a_heading_row_is_a_record() -> None:
    """A club's member list."""
    found = listing(TABLE)
    assert shown(found) == {("name", "Tam Oakridge"), ("email", "tam@oak.example"), ("phone", "07700 900456")}
    assert found is not None
    assert found.others == 1


DL = """<h1>Tam Oakridge</h1><dl><dt>Age</dt><dd>44</dd><dt>Current address</dt><dd>1 Oak Row<br>Wexmoor</dd>
<dt>Phone numbers</dt><dd>07700 900456</dd><dd>020 7946 0888</dd><dt>Email</dt><dd>tam@oak.example</dd></dl>
<p>Ad: find 5 people</p>"""
VERTICAL = """<h1>Tam Oakridge</h1><table><tr><th>Age</th><td>44</td></tr>
<tr><th>Current address</th><td>1 Oak Row<br>Wexmoor</td></tr>
<tr><th>Phone numbers</th><td>07700 900456<br>020 7946 0888</td></tr><tr><th>Email</th><td>tam@oak.example</td></tr></table>"""
LINES = """<h1>Tam Oakridge</h1><p>Age: 44</p><p>Current address: 1 Oak Row, Wexmoor</p>
<p>Phone numbers: 07700 900456, 020 7946 0888</p><p>Email: tam@oak.example</p>"""
HEADINGS = """<h1>Tam Oakridge</h1><h3>Age</h3><p>44</p><h3>Current address</h3><p>1 Oak Row<br>Wexmoor</p>
<h3>Phone numbers</h3><ul><li>07700 900456</li><li>020 7946 0888</li></ul>
<h3>Email</h3><p>tam@oak.example</p><footer>Contact us</footer>"""


@pytest.mark.parametrize("html", [DL, VERTICAL, LINES, HEADINGS])
def test_labelled_values_are_read_in_any_layout(html: str) -> None:
    """A list of definitions, a table of two columns, lines, headings."""
    assert shown(listing(html)) == {
        ("birth_date", "44"),
        ("location_text", "1 Oak Row, Wexmoor"),
        ("phone", "07700 900456"),
        ("phone", "020 7946 0888"),
        ("email", "tam@oak.example"),
    }


def test_a_person_in_json_ld_is_a_record() -> None:
    """Some directories show their records to machines only."""
    people = """<script type="application/ld+json">[{"@type": "Person", "name": "Una Pike", "telephone": "07700 900111"},
    {"@type": "Person", "name": "Tam Oakridge", "telephone": "07700 900456", "relatedTo": {"name": "Una Pike"}}]</script>"""
    found = listing(people)
    assert shown(found) == {("name", "Tam Oakridge"), ("phone", "07700 900456"), ("relative", "Una Pike")}
    assert found is not None
    assert found.others == 1


def test_a_card_of_a_person_is_a_record() -> None:
    """h-card, as on personal pages."""
    card = '<div class="h-card"><b class="p-name">Tam Oakridge</b> <i class="p-tel">07700 900456</i></div>'
    assert shown(listing(card)) >= {("name", "Tam Oakridge"), ("phone", "07700 900456")}


def test_plain_text_counts_only_on_a_known_directory_and_keeps_no_value() -> None:
    """Without a recognisable record nothing can be told apart: only what the person declared is kept."""
    text = "<p>Tam Oakridge, 1 Oak Row, Wexmoor.</p><p>Una Pike, 07700 900111.</p>"
    assert listing(text) is None
    found = listing(text, directory="folk")
    assert found is not None
    assert found.fields == ()
    assert found.kinds == ("name", "address")
    assert found.directory == "folk"


def test_a_page_that_asks_search_engines_to_stay_away_says_so() -> None:
    """Then fewer people find the record."""
    found = listing('<meta name="robots" content="noindex">' + DL)
    assert found is not None
    assert not found.indexable


def test_a_page_about_others_gives_nothing() -> None:
    """No record fits: nothing is kept, nothing is said."""
    assert (
        listing(
            CARDS, Fact(kind="name", label="n", value="Nobody Here"), HOME.__class__(kind="phone", label="p", value="1")
        )
        is None
    )
    assert listing("<p>An essay about bells.</p>") is None
    assert listing("") is None


def test_no_value_stands_in_the_text_of_a_listing_object() -> None:
    """A traceback that shows it shows nobody's data."""
    assert "Oak" not in repr(listing(CARDS, directory="folk"))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Age:", "age"),
        (" Phone  Numbers ", "phone numbers"),
        ("E-mail", "e-mail"),
        ("Relatives*", "relatives"),
        ("Ageing", None),
        ("x" * 500, None),
    ],
)
def test_labels_are_whole_texts(text: str, label: str | None) -> None:
    """A label within a sentence is none."""
    assert label_of(text) == label


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Age: 44", ("age", "44")),
        ("Phone:07700 900456", ("phone", "07700 900456")),
        ("Note: 44", None),
        ("Age", None),
        ("Age:", None),
    ],
)
def test_a_line_with_a_label_gives_its_value(text: str, pair: tuple[str, str] | None) -> None:
    """Only known labels count."""
    assert inline(text) == pair


@pytest.mark.parametrize(
    ("kind", "pieces", "expected"),
    [
        ("age", ["44 years", "unknown", "400"], ["44"]),
        ("phone", ["07700 900456, 12", "call us"], ["07700 900456"]),
        ("email", ["tam@oak.example una@pike.example", "@"], ["tam@oak.example", "una@pike.example"]),
        ("relative", ["Hal Oakridge, 71", "Una Pike (44)", "Open full report", "Una"], ["Hal Oakridge", "Una Pike"]),
        ("address", ["1 Oak Row\nWexmoor", "see map"], ["1 Oak Row, Wexmoor"]),
        ("employer", ["Mill"], ["Mill"]),
        ("birth_date", ["3 March 1980", "spring"], ["3 March 1980"]),
    ],
)
def test_a_value_must_look_like_its_kind(kind: str, pieces: list[str], expected: list[str]) -> None:
    """Buttons and advertisements beside a record are no values."""
    assert values(kind, pieces) == expected


@pytest.mark.parametrize(
    "piece", ["<dl><dt>Age<dd>1", "<table><tr><td>Age<td>Phone", "<div class=vcard>Age: 1 ", "<h1>Email</h1>"]
)
def test_a_hostile_directory_ends(piece: str) -> None:
    """Thousands of labels, rows and cards: an answer, no exception."""
    found = listing(piece * 3_000 + "Tam Oakridge 07700 900456")
    assert found is None or found.matched
