"""The script that turns gathered tables into entries: nothing is added, nothing is guessed."""

from __future__ import annotations

import csv
import importlib.util
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.data.loader import Register, parse, read_texts
from unlisted.data.schema import Authority, Directory

ROW = {
    "id": "peekabook-example",
    "name": "Peekabook",
    "domains": "peekabook.example;lookup.example",
    "kind": "people_search",
    "countries": "US;CA",
    "parent": "",
    "removal_at_parent": "",
    "opt_out_url": "https://peekabook.example/out",
    "opt_out_email": "privacy@peekabook.example",
    "post": "1 Street | Marrow Bay",
    "needs": "name;email_link?;other(Member  number)",
    "can_check_first": "yes",
    "typical_days": "1-3",
    "relists": "",
    "legal_note": "",
    "sources": "duckduckgo/Android;drumandbytes/eraser",
    "agree": "no",
    "as_of": "2026-08-22",
    "channel": "",
    "language": "",
    "quality": "imported",
    "url_source": "duckduckgo/Android",
    "email_source": "drumandbytes/eraser",
}


@pytest.fixture(scope="module")
def maker(root: Path) -> ModuleType:
    """The script, by its path."""
    spec = importlib.util.spec_from_file_location("make_registers", root / "benchmarks" / "make_registers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made(maker: ModuleType, ids: Mapping[str, str] | None = None, **changes: str) -> Directory:
    """The entry that a row becomes, read back from its TOML."""
    return parse(maker.toml(maker.directory(ROW | changes, ids or {})), Directory, name="x")


def test_a_row_becomes_an_entry(maker: ModuleType) -> None:
    """Every known field is taken over in the register's own form."""
    entry = made(maker)
    assert entry.domains == ("peekabook.example", "lookup.example")
    assert entry.countries == ("US", "CA")
    assert entry.post == ("1 Street", "Marrow Bay")
    assert (entry.needs, entry.optional_needs, entry.other_needs) == (("name",), ("email_link",), ("Member number",))
    assert (entry.can_check_first, entry.sources_agree, entry.removal_at_parent) == (True, False, None)
    assert (entry.as_of("opt_out_url"), entry.as_of("opt_out_email")) == ("2026-05-14", "2026-08-22")


@pytest.mark.parametrize(
    "field", ["opt_out_url", "opt_out_email", "post", "needs", "can_check_first", "typical_days", "channel", "language"]
)
def test_blank_stays_unknown(maker: ModuleType, field: str) -> None:
    """An empty cell becomes a field that is not there."""
    text = maker.toml(maker.directory(ROW | {field: ""}, {}))
    assert field not in tomllib.loads(text)


def test_facts_of_lists_that_may_not_be_used(maker: ModuleType) -> None:
    """A value that only a list without licence gave is dropped; a row that only such lists name is no entry."""
    entry = made(maker, email_source="Connectslide121/Hejdadata")
    assert entry.opt_out_email is None
    assert maker.directory(ROW | {"sources": "Connectslide121/Hejdadata"}, {}) is None


@pytest.mark.parametrize(
    ("note", "field", "value"),
    [
        (
            "a publishing certificate (utgivningsbevis) can put Swedish sites outside",
            "flags",
            ("publishing_certificate",),
        ),
        ("answers only to an advertising ID; a letter with a name only hands over more data", "flags", ("ad_id_only",)),
        ("an e-mail to this site bounced in 2026-08: use the form", "email_status", "bounced"),
        ("a source reported in 2026-08 that the site or firm is gone", "state", "defunct"),
        ("also answers for: Lookup, Inc., Seeker Ltd. and more", "names", ("Peekabook", "Lookup, Inc.", "Seeker Ltd.")),
        ("", "flags", ()),
        ("", "state", "active"),
    ],
)
def test_notes_become_words_of_closed_lists(maker: ModuleType, note: str, field: str, value: object) -> None:
    """What a note says is kept in the register's own words."""
    assert getattr(made(maker, legal_note=note), field) == value


def test_history(maker: ModuleType) -> None:
    """Dated events of a note become history."""
    entry = made(
        maker,
        legal_note="one source marked it removed on 2025-11-17; one source found the opt-out broken as of 2024-01-25",
    )
    assert [(event.what, event.on) for event in entry.history] == [
        ("marked_removed", "2025-11-17"),
        ("opt_out_broken", "2024-01-25"),
    ]


def test_owners(maker: ModuleType) -> None:
    """An owner is kept by name, and by its entry where there is one; nothing owns itself."""
    known = made(maker, {"beenverified.com": "beenverified-com"}, parent="BeenVerified", removal_at_parent="yes")
    assert (known.owner, known.parent, known.removal_at_parent) == ("BeenVerified", "beenverified-com", True)
    unknown = made(maker, parent="Somebody", removal_at_parent="")
    assert (unknown.owner, unknown.parent, unknown.removal_at_parent) == ("Somebody", None, None)
    assert made(maker, {"a.example": ROW["id"]}, parent="a.example").parent is None


def test_words_that_are_no_domains(maker: ModuleType) -> None:
    """What stands among the domains and is none is left out."""
    assert made(maker, domains="index.php;peekabook.example").domains == ("peekabook.example",)


def test_one_source_gave_everything(maker: ModuleType) -> None:
    """Where one list alone names an entry, every fact is said to be from there."""
    entry = made(maker, sources="drumandbytes/eraser", url_source="drumandbytes/eraser")
    assert {"names", "domains", "needs", "post", "opt_out_url"} <= set(entry.source[0].fields)


def test_whole_tables(maker: ModuleType, tmp_path: Path) -> None:
    """Tables become folders of entries that the loader reads."""
    table = tmp_path / "directories.csv"
    with table.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(ROW))
        writer.writeheader()
        writer.writerows([ROW, ROW | {"id": "second", "domains": "second.example"}])
    assert maker.make_directories(table, tmp_path) == 2
    found = Register(read_texts(tmp_path)).by_host("www.second.example")
    assert found is not None
    assert found.id == "second"


def test_an_authority(maker: ModuleType) -> None:
    """A row of the authorities becomes an entry."""
    row = {
        "id": "x",
        "name": "Office",
        "country": "AT",
        "address": "1 Street | Town",
        "email": "",
        "web": "http://o.example/",
        "languages": "de",
    }
    entry = parse(
        maker.toml(maker.authority(row | {"form": "", "source": "made up", "as_of": ""})), Authority, name="x"
    )
    assert (entry.post, entry.web, entry.email, entry.last_verified) == (
        ("1 Street", "Town"),
        "https://o.example/",
        None,
        None,
    )


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    words=st.text(max_size=40).filter(lambda words: words != "" and "\x7f" not in words),
    items=st.lists(st.text("ab\"'\\\n\t é", min_size=1), min_size=1),
)
def test_toml_reads_back(maker: ModuleType, words: str, items: list[str]) -> None:
    """Whatever a value holds, the TOML that is written reads back to it."""
    entry = {"word": words, "items": items, "none": None, "table": [{"name": words}], "yes": True}
    assert tomllib.loads(maker.toml(entry)) == {"word": words, "items": items, "table": [{"name": words}], "yes": True}
