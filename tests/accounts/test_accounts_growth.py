"""Twice the answer costs at most three times the time, for every service, every kind of feed, and every shape of a listing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.growth import grows_in_step

from unlisted.extract.listing import read_listing
from unlisted.extract.page import read_page
from unlisted.model import Fact, Match
from unlisted.sources.accounts import SERVICES, read_account
from unlisted.sources.feeds import read_feed

LONG = "Tea at <b>nine</b> &amp; rain http://x.example/ @wren #tag <p><a href='https://y.example'>y</a> "
Make = Callable[[int], bytes]


def nested(count: int) -> dict[str, object]:
    """An entry that has something for everybody, with a text and a list of this length."""
    who = {"login": "wren", "username": "wren", "handle": "w.example", "displayName": "Wren", "user_id": 7}
    words = LONG * count
    keys = (
        "note",
        "bio",
        "about",
        "description",
        "about_me",
        "content",
        "text",
        "comment",
        "title",
        "value",
        "summary",
    )
    return {
        **who,
        **dict.fromkeys(keys, words),
        "created_at": "2024-03-01T10:00:00Z",
        "fields": [{"name": "x", "value": words}] * 3,
    }


def rows(count: int) -> list[dict[str, object]]:
    """As many entries, in the forms of several services at once."""
    entry = nested(1)
    record = {"text": "Tea.", "createdAt": "2024-03-01T10:00:00Z", "$type": "app.bsky.feed.post"}
    more = {
        "id": "1", "type": "PushEvent", "action_name": "pushed", "payload": {"commits": [{"author": {"email": "a@b.example"}}] * 3},
        "post": {"record": record, "author": entry}, "account": entry, "location": "43.5,-40.5", "user": entry, "geoprivacy": None,
        "timestamp": "2024-03-01T10:00:00Z", "creation_date": 1_709_287_200, "title": "Tea", "comment": "/* x */ Tea",
        "object": {"type": "Note", "content": LONG, "published": "2024-03-01T10:00:00Z"}, "provider": "x", "url": "https://x.example",
    }  # fmt: skip
    return [{**entry, **more, "id": str(number), "text": f"{number} Tea."} for number in range(count)]


def in_lists(count: int) -> bytes:
    """A long list, wherever a service may look for one."""
    made = rows(count)
    return json.dumps(
        dict.fromkeys(("items", "results", "feed", "orderedItems", "data"), made) | {"query": {"usercontribs": made}}
    ).encode()


def alone(count: int) -> bytes:
    """A list by itself."""
    return json.dumps(rows(count)).encode()


def wordy(count: int) -> bytes:
    """One entry of many words."""
    return json.dumps(nested(count)).encode()


def spaced(count: int) -> bytes:
    """Words that nearly are something: blanks, brackets and signs without end."""
    text = " " * count + "<" * count + "&" * count + "@a" * count + "http://" * count + "\n" * count
    return json.dumps({**nested(1), "note": text, "about": text, "bio": text, "content": text}).encode()


JSON_SHAPES: tuple[Make, ...] = (in_lists, alone, wordy, spaced)


def changes(count: int) -> bytes:
    """Changes to the map, and notes on it."""
    box = 'created_at="2024-03-01T10:00:00Z" min_lat="1" min_lon="1" max_lat="1" max_lon="1"'
    one = f'<changeset id="1" {box}><tag k="comment" v="x"/></changeset>'
    said = "<date_created>2024-03-01 10:00:00 UTC</date_created><comments><comment><text>x</text></comment></comments>"
    note = f'<note lon="1" lat="1">{said}</note>'
    return f"<osm>{one * count}{note * count}</osm>".encode()


def entries(count: int) -> bytes:
    """Entries of a feed with places and people."""
    words = f"<description>{'Tea at nine. ' * 8}</description><georss:point>1 1</georss:point>"
    one = f"<item><title>Tea</title><author>a@b.example (Wren)</author>{words}</item>"
    return f'<rss xmlns:georss="http://www.georss.org/georss"><channel>{one * count}</channel></rss>'.encode()


def people(count: int) -> bytes:
    """Names, towns and links of a record."""
    one = (
        '<e:employment-summary xmlns:e="http://www.orcid.org/ns/employment"><o:organization xmlns:o="http://www.orcid.org/ns/common">'
        "<o:name>Works</o:name><o:address><o:city>Bay</o:city></o:address></o:organization></e:employment-summary>"
    )
    return f"<r>{one * count}</r>".encode()


def attributes(count: int) -> bytes:
    """Elements of many attributes and little else."""
    many = " ".join(f'a{number}="x"' for number in range(count * 3))
    return f"<rss><item {many}><title>x</title></item></rss>".encode()


XML_SHAPES: tuple[Make, ...] = (changes, entries, people, attributes)
XML = ("feed", "openstreetmap", "orcid")
CASES = [(name, make) for name in SERVICES for make in (XML_SHAPES if name in XML else JSON_SHAPES)]


@pytest.mark.parametrize(("service", "make"), CASES, ids=[f"{name}-{make.__name__}" for name, make in CASES])
def test_time_keeps_step_with_an_answer(service: str, make: Make) -> None:
    """Whatever shape it has."""
    grows_in_step(make, lambda data: read_account(data, service=service), 50)


def json_feed(count: int) -> bytes:
    """A JSON Feed of so many entries with authors."""
    item = {
        "id": "1",
        "content_html": LONG,
        "authors": [{"name": "Wren", "url": "mailto:a@b.example"}] * 3,
        "_geo": {"lat": 1, "lon": 1},
    }
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item] * count}).encode()


def atom(count: int) -> bytes:
    """An Atom feed of so many entries."""
    who = "<author><name>Wren</name><uri>https://w.example</uri></author>"
    one = f"<entry><title>x</title>{who}<updated>2024-03-01T10:00:00Z</updated></entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{one * count}</feed>'.encode()


@pytest.mark.parametrize("make", [json_feed, atom, entries])
def test_time_keeps_step_with_a_feed(make: Make) -> None:
    """In each of the three forms."""
    grows_in_step(make, read_feed, 50)


class Nobody:
    """A matcher that finds its one word."""

    def __init__(self) -> None:
        self.fact = Fact(kind="name", label="name", value="Tam Oakridge")

    def find(self, text: str) -> list[Match]:
        at = text.find(self.fact.line)
        return [Match(fact=self.fact, level="same", start=at, end=at + 12)] if at >= 0 else []


def look(html: bytes) -> object:
    """The record of a listing."""
    page = read_page(html, url="https://folk.example/r")
    return read_listing(page, html, source="x", host="folk.example", directory=None, matcher=Nobody())


PERSON = (
    "<h2>Tam Oakridge {n}</h2><p>Age: 40</p><p>Address: 1 Oak Row, Wexmoor</p>"
    "<p>Phone: 07700 900456</p><p>Relatives: A B, C D</p>"
)


def cards(count: int) -> bytes:
    """Many people, a box each."""
    return "".join(f"<div class=card>{PERSON.format(n=n)}</div>" for n in range(count)).encode()


def table(count: int) -> bytes:
    """Many people, a row each."""
    row = "<tr><td>Tam Oakridge</td><td>40</td><td>1 Oak Row</td><td>07700 900456</td></tr>"
    return f"<table><tr><th>Name</th><th>Age</th><th>Address</th><th>Phone</th></tr>{row * count}</table>".encode()


def labels(count: int) -> bytes:
    """One person with very many labels."""
    return ("<h1>Tam Oakridge</h1>" + "<dl><dt>Phone</dt><dd>07700 900456</dd></dl>" * count).encode()


def boxes(count: int) -> bytes:
    """Boxes in boxes, each with a label."""
    depth = 30
    one = "<div><b>Phone:</b>" * depth + "x" + "</div>" * depth
    return ("<h1>Tam Oakridge</h1>" + one * (count // 20 + 1)).encode()


def hidden(count: int) -> bytes:
    """People in hidden data."""
    person = {"@type": "Person", "name": "Tam Oakridge", "telephone": "07700 900456", "address": "1 Oak Row"}
    return f'<script type="application/ld+json">{json.dumps([person] * count)}</script>'.encode()


@pytest.mark.parametrize("make", [cards, table, labels, boxes, hidden])
def test_time_keeps_step_with_a_listing(make: Make) -> None:
    """Boxes, rows, labels, boxes in boxes, hidden data."""
    grows_in_step(make, look, 40)
