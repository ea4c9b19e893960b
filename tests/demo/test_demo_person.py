"""The fictional person: her facts, pages and answer key are whole, and nothing in them is real."""

from __future__ import annotations

import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
import pytest

from unlisted.demo.answers import Decoy, Exposure, answers

PERSON = Path(__file__).resolve().parents[2] / "src" / "unlisted" / "demo" / "person"
PAGES = sorted((PERSON / "pages").iterdir())
EXPORT = sorted((PERSON / "exports" / "marshline").iterdir())
VOCABULARIES = frozenset({"schema.org", "www.w3.org", "www.georss.org", "w3id.org", "ostatus.org", "joinmastodon.org"})
"""Names of vocabularies, not links: a page that says what its data means cannot do without."""
HOST = re.compile(r"https?://([\w.-]{1,100})|@([\w-]{1,60}(?:\.[\w-]{1,60}){1,4})\b")


def subject() -> dict[str, Any]:
    return tomllib.loads((PERSON / "me.toml").read_text(encoding="utf-8"))


def sites() -> list[dict[str, Any]]:
    return list(tomllib.loads((PERSON / "sites.toml").read_text(encoding="utf-8"))["site"])


def facts(kind: str) -> list[dict[str, Any]]:
    return [fact for fact in subject()["fact"] if fact["kind"] == kind]


WEB = ("page", "listing", "feed", "account")


def files_of(source: dict[str, Any]) -> list[str]:
    """The files behind a source's address; those of an account are all that its host answers."""
    address = urlsplit(next(source[key] for key in WEB if key in source))
    path = address.path + (f"?{address.query}" if address.query else "")
    return [
        str(site["file"])
        for site in sites()
        if site["host"] == address.netloc and ("account" in source or site["path"] == path)
    ]


def page_of(source: dict[str, Any]) -> str:
    """What stands behind a source's address, or in the files of an export."""
    if "export" in source:
        return "".join(path.read_text(encoding="utf-8") for path in sorted((PERSON / source["export"]).iterdir()))
    return "".join((PERSON / "pages" / name).read_text(encoding="utf-8") for name in files_of(source))


def source_of(label: str) -> dict[str, Any]:
    return next(source for source in subject()["source"] if source["label"] == label)


class Links(HTMLParser):
    """Every address in an attribute."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            (value, dict(attrs).get("rel") or "") for name, value in attrs if name in {"href", "src"} and value
        ]


def test_every_fact_kind_of_the_design_is_declared() -> None:
    """The person declares one fact of every kind at least, one of them secret."""
    kinds = {fact["kind"] for fact in subject()["fact"]}
    assert kinds == {
        "name",
        "handle",
        "address",
        "phone",
        "email",
        "birth_date",
        "employer",
        "school",
        "relative",
        "plate",
        "place",
    }
    assert [fact["label"] for fact in subject()["fact"] if fact.get("secret")] == ["second phone"]


def test_secret_fact_stands_on_no_page() -> None:
    """The secret number is nowhere, however it is spelled."""
    secret = re.sub(r"\D", "", facts("phone")[1]["value"])[1:]
    assert not [
        page.name for page in (*PAGES, *EXPORT) if secret in re.sub(r"\D", "", page.read_text(encoding="utf-8"))
    ]


def test_labels_are_unique_and_hold_no_value() -> None:
    """A label names a fact or a source and never holds a word of a value."""
    table = subject()
    labels = [row["label"] for row in (*table["fact"], *table["source"])]
    assert len(labels) == len(set(labels))
    values = {str(row[key]) for row in table["fact"] for key in row if key not in {"kind", "label", "secret"}}
    words = {word.casefold() for value in values for word in re.findall(r"\w{4,}", value)}
    assert not [label for label in labels if words & set(re.findall(r"\w+", label.casefold()))]


@pytest.mark.parametrize("page", [*PAGES, *EXPORT], ids=lambda page: page.stem)
def test_every_host_on_a_page_is_kept_for_examples(page: Path) -> None:
    """Pages link to `.example` hosts only, so that nobody real is named."""
    text = page.read_text(encoding="utf-8")
    hosts = {a or b for a, b in HOST.findall(text)} - VOCABULARIES
    assert not [host for host in hosts if not host.endswith(".example")]
    linked = {urlsplit(link).netloc for link, _ in Links(text).found} - {""}
    assert not [host for host in linked if not host.endswith(".example")]


def test_hosts_of_sources_are_kept_for_examples_and_served() -> None:
    """Every web address of the subject file is `.example`, and the demo's server answers for it."""
    pages = [source for source in subject()["source"] if not set(source).isdisjoint(WEB)]
    assert len(pages) == 14
    assert {name for source in pages for name in files_of(source)} == {page.name for page in PAGES}
    assert len(sites()) == len(PAGES)
    assert not [site["host"] for site in sites() if not site["host"].endswith(".example")]
    assert all(page_of(source) for source in pages)


@pytest.mark.parametrize("path", [*PAGES, *EXPORT, PERSON / "me.toml"], ids=lambda path: path.stem)
def test_phones_come_from_the_reserved_range(path: Path) -> None:
    """Whatever reads as a phone number ends in 555-01xx, which belongs to nobody."""
    text = path.read_text(encoding="utf-8")
    found = [str(match.number.national_number) for match in phonenumbers.PhoneNumberMatcher(text, "US")]
    assert not [digits for digits in found if len(digits) == 10 and digits[3:8] != "55501"]
    written = re.findall(r"\(?\b\d{3}\)?[ .-]{1,3}\d{3}[ .-]{1,3}\d{4}\b", text)
    assert not [number for number in written if "55501" not in re.sub(r"\D", "", number)]


def test_positions_lie_in_open_sea() -> None:
    """Every declared position is more than thirty kilometres from the nearest zone of the land, so it is nobody's house."""
    tzfpy = pytest.importorskip("tzfpy")
    spots = [(fact["lat"], fact["lon"]) for fact in subject()["fact"] if "lat" in fact]
    assert len(spots) == 3
    around = [(lat + up, lon + right) for lat, lon in spots for up in (-0.1, 0, 0.1) for right in (-0.1, 0, 0.1)]
    assert {tzfpy.get_tz(lon, lat) for lat, lon in around} == {"Etc/GMT+5"}


def test_two_pages_prove_each_other() -> None:
    """The profile and the blog link to each other with rel=me, and so do the profile and the pictures."""
    mine = {
        label: {link for link, rel in Links(page_of(source_of(label))).found if rel == "me"}
        for label in ("my profile", "my blog", "my pictures")
    }
    assert {"https://inkandtide.example/", "https://lightbox.example/odetoquill"} <= mine["my profile"]
    assert "https://perch.example/@odetoquill" in mine["my blog"] & mine["my pictures"]


def test_account_and_blog_prove_each_other_and_the_code_account_proves_nothing() -> None:
    """The notes account and the blog link both ways; nothing links to the code account, so nothing is concluded from it."""
    assert "https://inkandtide.example/" in page_of(source_of("my notes account"))
    blog = {link for link, rel in Links(page_of(source_of("my blog"))).found if rel == "me"}
    assert "https://tootwater.example/@odetoquill" in blog
    pages = [page.read_text(encoding="utf-8") for page in PAGES if page.suffix == ".html"]
    assert not [text for text in pages if "gantry.example" in text]


@pytest.mark.parametrize("page", [page for page in PAGES if page.suffix == ".json"], ids=lambda page: page.stem)
def test_answers_of_services_are_whole(page: Path) -> None:
    """Every recorded answer is JSON of one account: an object, or a list of objects."""
    answer = json.loads(page.read_text(encoding="utf-8"))
    assert answer
    assert all(isinstance(item, dict) for item in (answer if isinstance(answer, list) else [answer]))


def test_the_export_is_an_archive_of_the_service() -> None:
    """The files and the keys of a real archive: profile, what was written, with one repeat, some of it for followers only."""
    assert [path.name for path in EXPORT] == ["actor.json", "bookmarks.json", "likes.json", "outbox.json"]
    actor, _, _, outbox = (json.loads(path.read_text(encoding="utf-8")) for path in EXPORT)
    items = outbox["orderedItems"]
    assert outbox["totalItems"] == len(items)
    assert {item["actor"] for item in items} == {actor["id"]}
    assert [item["type"] for item in items] == ["Create"] * (len(items) - 1) + ["Announce"]
    public = "https://www.w3.org/ns/activitystreams#Public"
    assert sum(public not in item["to"] for item in items) == 2
    assert all(item["object"]["published"] == item["published"] for item in items[:-1])


def test_forum_shares_one_fact_only() -> None:
    """The old forum profile holds the old handle and the obfuscated e-mail, and no other declared value."""
    text = page_of(source_of("old forum profile"))
    assert "saltmarsh_otter" in text
    assert "odessa [at] thornquill [dot] example" in text
    assert not [word for word in ("odetoquill", "Odessa Thornquill", "0143", "Tidewell", "Linnet") if word in text]


def test_fair_page_holds_no_declared_value() -> None:
    """The page that is all decoys holds none of her values, so that nothing on it can rightly be flagged."""
    text = page_of(source_of("town fair page"))
    own = ("Odessa", "odetoquill.", "saltmarsh", "Tidewell", "555-0143", "odessa@", "1991-04-17", "Saltpan", "4417 TQ")
    assert not [word for word in own if word in text]


def test_answer_key_names_sources_and_facts_of_the_subject_file() -> None:
    """Every row of the key names a source and, where it names one, a fact that the subject file declares."""
    key, table = answers(), subject()
    labels = {fact["label"] for fact in table["fact"]}
    named = {source["label"] for source in table["source"]}
    rows: tuple[Exposure | Decoy, ...] = (*key.exposures, *key.decoys)
    assert {row.source for row in rows} | {row.source for row in key.unread} == named
    assert {row.fact for row in rows if row.fact} | {row.fact for row in key.places} <= labels


def test_answer_key_is_large_enough() -> None:
    """The key holds enough of both to mean something."""
    key = answers()
    assert len(key.exposures) >= 30
    assert len(key.decoys) >= 25
    assert [(place.fact, place.role) for place in key.places] == [
        ("home address", "home"),
        ("workplace", "work"),
        ("class", "regular"),
    ]
    assert {row.source for row in key.unread} == {"group page", "old portfolio"}


def test_every_answer_stands_where_the_key_says() -> None:
    """Each exposure and each decoy is really there: its words in the page's file, or its photo in the folder."""
    rows: tuple[Exposure | Decoy, ...] = (*answers().exposures, *answers().decoys)
    for row in rows:
        source = source_of(row.source)
        assert (row.text is None) != (row.photo is None)
        if row.text is not None:
            assert row.text in page_of(source), row
        if row.photo is not None:
            assert (PERSON / source["photos"] / row.photo).is_file(), row


def test_no_decoy_contradicts_an_exposure() -> None:
    """What must be found is not forbidden by another row, so that a perfect audit can pass."""
    for decoy in answers().decoys:
        for exposure in answers().exposures:
            same = (
                exposure.source == decoy.source
                and decoy.photo is None
                and decoy.kind in {None, exposure.kind}
                and (decoy.fact in {None, exposure.fact} or exposure.fact is None)
                and (decoy.level in {None, exposure.level} or exposure.level is None)
            )
            assert not same or (decoy.fact is not None and exposure.fact is None), (decoy, exposure)
