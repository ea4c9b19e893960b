"""What is gathered of an account, and the small readers that services share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.growth import grows_in_step

from unlisted.errors import Malformed
from unlisted.extract.page.fields import MAX_FIELDS
from unlisted.sources.accounts.gather import FULL, LONG, MAX_ABOUT, Gatherer, degrees, first, node, nodes, when
from unlisted.sources.accounts.parse import child_text, children, json_of, local, text_of, xml_of
from unlisted.sources.accounts.profiles import MAX_TAGS, MAX_TREE, links_in, point, text_in


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2012-05-27T13:27:26Z", datetime(2012, 5, 27, 13, 27, 26, tzinfo=UTC)),
        ("2012-05-27T13:27:26.123+02:00", datetime(2012, 5, 27, 11, 27, 26, 123000, tzinfo=UTC)),
        ("2012-05-27", datetime(2012, 5, 27, tzinfo=UTC)),
        ("Sun May 27 13:27:26 +0000 2012", datetime(2012, 5, 27, 13, 27, 26, tzinfo=UTC)),
        (1338125246, datetime(2012, 5, 27, 13, 27, 26, tzinfo=UTC)),
        (1338125246.5, datetime(2012, 5, 27, 13, 27, 26, 500000, tzinfo=UTC)),
        (" 2012-05-27 ", datetime(2012, 5, 27, tzinfo=UTC)),
    ],
)
def test_times_in_the_forms_that_services_use(value: object, expected: datetime) -> None:
    """ISO 8601, seconds, and the form of Twitter's first interface, all in UTC."""
    assert when(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://oak.example/", "https://oak.example/"),
        ("oak.example", "https://oak.example"),
        ("//oak.example/x", "https://oak.example/x"),
        (" www.oak.example ", "https://www.oak.example"),
        ("mailto:tam@oak.example", None),
        ("javascript:x", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_addresses_that_people_type(text: object, expected: str | None) -> None:
    """A missing scheme is completed; other schemes are no site."""
    found = Gatherer()
    found.site("website", text, "blog")
    assert [item.value for item in found.account("x").fields] == ([expected] if expected else [])


def test_a_position_is_two_fields_and_a_point() -> None:
    """With its time and the id of its post."""
    found = Gatherer()
    at = datetime(2024, 1, 2, tzinfo=UTC)
    assert found.position("51.25", -1.5, "geo", at=at, key="7")
    assert not found.position("north", 0, "geo")
    account = found.account("x")
    assert [(item.kind, item.value) for item in account.fields] == [("latitude", "51.25"), ("longitude", "-1.5")]
    assert [(p.lat, p.lon, p.at, p.id) for p in account.points] == [(51.25, -1.5, at, "7")]


def test_a_post_keeps_text_only_if_it_is_text() -> None:
    """Services send null for a post of pictures."""
    found = Gatherer()
    found.post(None, None, 7)
    found.post("hi", None, "k" * 500, pair=(1.0, 2.0))
    posts = found.account("x").posts
    assert [(post.text, post.lat, len(post.id or "")) for post in posts] == [("", None, 1), ("hi", 1.0, 200)]


def test_small_readers_of_untrusted_values() -> None:
    """Each gives something of its type, whatever it gets."""
    assert node({"a": 1}) == {"a": 1}
    assert node([1]) == {}
    assert list(nodes([{"a": 1}, 2, {"b": 3}])) == [{"a": 1}, {"b": 3}]
    assert list(nodes({"a": 1})) == [{"a": 1}]
    assert list(nodes("x")) == []
    assert first({"a": "", "b": 0, "c": "x"}, "a", "b", "c") == "x"
    assert first({}, "a") is None
    assert degrees("51.25", -1.5) == (51.25, -1.5)
    assert point({"type": "Point", "coordinates": [-1.5, 51.25]}) == (-1.5, 51.25)


@pytest.mark.parametrize(
    "wrong",
    [None, [], {"type": "Point"}, {"type": "Polygon", "coordinates": [1, 2]}, {"type": "Point", "coordinates": [1]}],
)
def test_what_is_no_geojson_point_gives_nothing(wrong: object) -> None:
    """Lines and areas are no position."""
    assert point(wrong) == (None, None)


def test_text_and_links_of_a_small_piece_of_html() -> None:
    """Bios and rows hold markup."""
    piece = "<p>at <b>the</b> fair <a href='https://oak.example/'>oak</a> <a href='mailto:x@y.example'>m</a></p>"
    assert text_in(piece) == "at the fair oak m"
    assert links_in(piece) == ["https://oak.example/"]
    for wrong in (None, 7, ""):
        assert text_in(wrong) == ""
        assert links_in(wrong) == []


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("<p>tea &amp; pots</p>" * 600, "tea & pots " * 600),
        ("<p>tea</p> " + "x" * MAX_TREE, "tea " + "x" * MAX_TREE),
        ("<b>" * (MAX_TAGS + 1) + "tea", "tea"),
        ("<!-- no -->" * (MAX_TAGS + 1) + "1 < 2 <", "1 < 2 <"),
        ("<" * 3_000 + "tea", "<" * 3_000 + "tea"),
    ],
)
def test_the_text_of_a_long_piece_is_kept(piece: str, text: str) -> None:
    """A long entry of a blog is not lost: its tags are taken out as they stand, and its links are left alone."""
    assert text_in(piece) == text.strip()
    assert links_in(piece) == []


def test_tags_are_taken_out_in_step_with_the_length() -> None:
    """Tags that never end, and half of comments."""
    for unit in ("<a", "<!--", "<a <b", "&amp;"):
        grows_in_step(unit.__mul__, text_in, 50_000)


def test_long_words_about_a_person_are_read_or_said() -> None:
    """What goes beyond the limit is told, once."""
    gatherer = Gatherer()
    for words in ("tea " * 1_000, "a" * (MAX_ABOUT + 1), "b" * (MAX_ABOUT + 1), "x\x00y\ud800"):
        gatherer.tell(words)
    assert [len(one) for one in gatherer.about] == [3_999, MAX_ABOUT, MAX_ABOUT, 4]
    assert gatherer.account("x").skipped == (LONG,)


def test_lines_that_are_not_all_read_are_said() -> None:
    """Too many of them, or one without end."""
    few, many, long = Gatherer(), Gatherer(), Gatherer()
    for number in range(MAX_FIELDS + 1):
        many.add("name", f"Wren {number}", "name")
    few.add("name", "Wren", "name")
    long.add("location_text", "Marrow Bay " * 2_000, "place")
    assert [one.account("x").skipped for one in (few, many, long)] == [(), (FULL,), (FULL,)]


@pytest.mark.parametrize(
    ("base", "address", "found"),
    [
        ("https://oak.example/a/", "../me", ["https://oak.example/me"]),
        ("https://oak.example/a/", "/me", ["https://oak.example/me"]),
        ("https://oak.example/a/", "oak.example/me", ["https://oak.example/me"]),
        ("https://oak.example/a/", "//tea.example/", ["https://tea.example/"]),
        ("", "/me", []),
        ("javascript:x", "/me", []),
        ("https://[", "/me", []),
    ],
)
def test_a_relative_address_belongs_to_the_base(base: str, address: str, found: list[str]) -> None:
    """Without one it is none; people write their own without a scheme."""
    gatherer = Gatherer()
    gatherer.base = base
    gatherer.site("website", address, "url")
    assert [field.value for field in gatherer.account("x").fields] == found


def test_xml_is_read_by_local_names() -> None:
    """Prefixes differ from feed to feed."""
    root = xml_of(b"<a xmlns:x='urn:x'><x:b> one </x:b><c/></a>")
    assert local(root) == "a"
    assert [local(child) for child in children(root, "b", "c")] == ["b", "c"]
    assert child_text(root, "b") == "one"
    assert child_text(root, "c") == child_text(root, "none") == text_of(None) == ""


def test_json_is_read_with_or_without_its_mark() -> None:
    """A byte order mark is no error; numbers of any length are bounded."""
    assert json_of(b"\xef\xbb\xbf[1]") == [1]
    assert json_of(b"[" + b"9" * 100 + b"]") == ["9" * 40]
    with pytest.raises(Malformed):
        json_of(b'"\xff"')


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "iso-8859-1", "no-such-charset"])
def test_xml_in_other_charsets_is_read_or_refused(charset: str) -> None:
    """Expat knows a few; the rest is refused, not guessed."""
    text = f"<?xml version='1.0' encoding='{charset}'?><a><b>Zwölf</b></a>"
    try:
        payload = text.encode(charset)
    except LookupError:
        payload = text.encode()
        with pytest.raises(Malformed):
            xml_of(payload)
        return
    assert child_text(xml_of(payload), "b") == "Zwölf"
