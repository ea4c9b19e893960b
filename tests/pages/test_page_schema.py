"""JSON-LD: nodes, references, tolerant reading, limits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from unlisted.extract.page import jsontext, read_page
from unlisted.extract.page.fields import Fields
from unlisted.extract.page.read import BAD_JSON_LD
from unlisted.extract.page.schema import MAX_NODES, SchemaReader, walk
from unlisted.model import Locator

Found = set[tuple[str, str]]


def fields(node: Any) -> Found:
    """The fields of a value as they stand in a JSON-LD block."""
    html = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    return {(item.kind, item.value) for item in read_page(html.encode(), url="https://x.example/").fields}


def person(**more: Any) -> dict[str, Any]:
    return {"@type": "Person", **more}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (person(name="Tam Oakridge"), {("name", "Tam Oakridge")}),
        (person(givenName="Tam", familyName="Oakridge"), {("name", "Tam Oakridge")}),
        (person(name="https://tam.example/"), set()),
        (person(name=["Tam", "Tammy Oakridge"]), {("name", "Tam"), ("name", "Tammy Oakridge")}),
        (person(name={"@value": "Tam", "@language": "en"}), {("name", "Tam")}),
        ({"@type": "Organization", "name": "Oak Mill"}, set()),
        ({"@type": ["Thing", "http://schema.org/Person"], "name": "Tam"}, {("name", "Tam")}),
        ({"@type": "schema:Person", "name": "Tam"}, {("name", "Tam")}),
        ({"@type": "Organization", "email": "mailto:hi@oak.example"}, {("email", "hi@oak.example")}),
        ({"telephone": 442079460000}, {("phone", "442079460000")}),
        ({"address": "1 Oak Row, Lower Wexmoor"}, {("location_text", "1 Oak Row, Lower Wexmoor")}),
        (
            {"address": {"streetAddress": "1 Oak Row", "addressCountry": {"@type": "Country", "name": "GB"}}},
            {("street_address", "1 Oak Row"), ("country", "GB")},
        ),
        ({"geo": {"latitude": 51.5, "longitude": "-0.25"}}, {("latitude", "51.5"), ("longitude", "-0.25")}),
        ({"geo": {"latitude": 151.5, "longitude": True}}, set()),
        ({"location": {"@type": "VirtualLocation", "name": "on line"}}, set()),
        ({"location": {"@type": "Place", "name": "Oak Hall"}}, {("location_text", "Oak Hall")}),
        (
            person(homeLocation="Wexmoor", birthPlace={"name": "Ash"}),
            {("location_text", "Wexmoor"), ("location_text", "Ash")},
        ),
        (person(worksFor=[{"name": "Mill"}, "Bank"]), {("employer", "Mill"), ("employer", "Bank")}),
        (person(alumniOf={"@type": "School", "name": "Ash School"}), {("school", "Ash School")}),
        (
            person(sameAs=["https://a.example/t", "ftp://a.example", "/t"]),
            {("same_as", "https://a.example/t"), ("same_as", "https://x.example/t")},
        ),
        (person(image={"url": "/me.jpg", "contentUrl": "/no.jpg"}), {("avatar", "https://x.example/me.jpg")}),
        (person(jobTitle="baker", birthDate="1980"), {("job_title", "baker"), ("birth_date", "1980")}),
        (person(children=[person(name="Kid", telephone="1234567")]), {("relative", "Kid")}),
        (
            {"@type": "Article", "author": person(name="Tam"), "children": [{"email": "a@b.example"}]},
            {("name", "Tam"), ("email", "a@b.example")},
        ),
        (
            {"@type": "ProfilePage", "dateCreated": "2020-01-02T03:04:05+01:00"},
            {("created_at", "2020-01-02T02:04:05Z")},
        ),
        ({"@type": "ProfilePage", "dateCreated": "long ago"}, set()),
        ({"@type": "Article", "dateCreated": "2020-01-02"}, set()),
        (person(name="", email=" ", telephone=None, jobTitle=[]), set()),
        ([[person(name="Tam")]], {("name", "Tam")}),
    ],
)
def test_a_node_gives_exactly_its_fields(node: Any, expected: Found) -> None:
    """A person's own fields only for persons; contact and address for any node; of relatives the name only."""
    assert fields(node) == expected


def test_a_bare_reference_stands_for_its_node() -> None:
    """The employer stands elsewhere on the page, under the id that the person names."""
    graph = {
        "@graph": [person(name="Tam", worksFor={"@id": "#m"}), {"@id": "#m", "@type": "Organization", "name": "Mill"}]
    }
    assert fields(graph) == {("name", "Tam"), ("employer", "Mill")}


def test_a_reference_to_itself_ends() -> None:
    """Nodes that name each other are read once each."""
    graph = [person(name="Tam", worksFor={"@id": "#t"}) | {"@id": "#t"}]
    assert ("name", "Tam") in fields(graph)


@pytest.mark.parametrize(
    "source",
    [
        '{"@type": "Person", "name": "Tam"}',
        '<!-- {"@type": "Person", "name": "Tam"} -->',
        '<!-- a remark -->\n{"@type": "Person", "name": "Tam"}',
        '//<![CDATA[\n{"@type": "Person", "name": "Tam"}\n//]]>',
        '/* <![CDATA[ */ {"@type": "Person", "name": "Tam"} /* ]]> */',
        '<![CDATA[{"@type": "Person", "name": "Tam"}]]>',
        '{"@type": "Person", // who\n "name": "Tam" /* that is her */}',
        '{"@type": "Person", "name": "Tam",}',
        '{"@type": "Person", "name": "Tam", "note": "line\nline\ttab \x01"}',
        '{"@type": "Person", "url": "https://x.example/a//b/*c*/", "name": "Tam", }',
    ],
)
def test_untidy_json_is_read(source: str) -> None:
    """Comment marks, CDATA, control characters and trailing commas are common on real pages."""
    assert jsontext.loads(source)["name"] == "Tam"


def test_addresses_with_slashes_survive_the_removal_of_comments() -> None:
    """What looks like a comment within a string is none."""
    assert jsontext.loads('{"url": "https://x.example/a", /* no */ }')["url"] == "https://x.example/a"


@pytest.mark.parametrize(
    "source",
    [
        "{",
        '{"a": }',
        "[" * 101 + "]" * 101,
        '{"a":' * 200,
        "not json",
        '"\\' * 1000,
        "[1",
        " " * (jsontext.MAX_JSON + 1) + "1",
    ],
)
def test_what_cannot_be_read_is_a_value_error(source: str) -> None:
    """Broken, too deep or too large: one kind of error, no crash."""
    with pytest.raises(ValueError):
        jsontext.loads(source)


def test_depth_is_counted_outside_strings_only() -> None:
    """Brackets in a text do not make a block deep."""
    text = json.dumps({"a": "[" * 5_000})
    assert not jsontext.too_deep(text)
    assert jsontext.too_deep("[" * (jsontext.MAX_JSON_DEPTH + 1))
    assert not jsontext.too_deep("[" * jsontext.MAX_JSON_DEPTH + "]" * jsontext.MAX_JSON_DEPTH)


def test_an_absurd_number_does_not_stop_the_page() -> None:
    """Half a million digits are cut, not computed."""
    assert jsontext.loads('{"a": ' + "9" * 500_000 + "}") == {"a": "9" * 40}


def test_each_broken_block_is_said_once_and_the_others_count() -> None:
    """A page with two broken blocks says one sentence."""
    html = (
        '<script type="application/ld+json">{</script>' * 2
        + '<script type="application/ld+json">{"email": "a@b.example"}</script>'
    )
    page = read_page(html.encode(), url="https://x.example/")
    assert page.skipped == (BAD_JSON_LD,)
    assert page.of_kind("email")[0].value == "a@b.example"


def test_the_number_of_nodes_is_bounded() -> None:
    """A block of very many nodes is read up to the limit."""
    reader = SchemaReader(Fields(""))
    reader.read([[{"a": 1}] * 1_500] * 20, Locator())
    assert reader.budget == 0
    assert sum(1 for _ in walk([[{"a": 1}] * 1_500] * 20)) == MAX_NODES


def test_a_field_says_by_which_word_it_was_found() -> None:
    """The report names the technical place from a fixed vocabulary."""
    html = '<script type="application/ld+json">{"telephone": "1234567"}</script>'
    where = read_page(html.encode(), url="").of_kind("phone")[0].locator
    assert (where.part, where.name) == ("data", "telephone")
