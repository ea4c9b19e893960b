"""The demo from end to end: the whole pipeline on the fictional person, held against the answer key."""

from __future__ import annotations

import json
import re
import stat
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unlisted.demo import NOW, answers, result_of, run
from unlisted.demo.answers import Decoy, Exposure
from unlisted.demo.server import sites
from unlisted.errors import OutputError
from unlisted.model import AuditResult, Finding
from unlisted.report import html
from unlisted.report import json as report_json
from unlisted.sources.photos import find_photos

PERSON = Path(__file__).resolve().parents[2] / "src" / "unlisted" / "demo" / "person"
KEY = answers()


@pytest.fixture(scope="module")
def result() -> AuditResult:
    """One audit for all tests of this file."""
    return result_of(NOW)


def evidence_name(source: str, photo: str) -> str:
    """The name that a photo bears within the run: its source's label and its number in the folder."""
    table = tomllib.loads((PERSON / "me.toml").read_text(encoding="utf-8"))
    folder = next(PERSON / row["photos"] for row in table["source"] if row["label"] == source)
    names = [path.name for path in find_photos(folder)]
    return f"{source}#{names.index(photo) + 1}"


def about(row: Exposure | Decoy, finding: Finding) -> bool:
    """Whether a finding is of the row's source, kind, fact, level and photo, as far as the row names them."""
    named = ((row.kind, finding.kind), (row.fact, finding.fact), (row.level, finding.level))
    return (
        finding.source == row.source
        and all(want in {None, got} for want, got in named)
        and (row.photo is None or evidence_name(row.source, row.photo) in finding.evidence)
    )


def flags(decoy: Decoy, finding: Finding) -> bool:
    """Whether a finding takes a decoy for an exposure."""
    return about(decoy, finding) and (decoy.facts != "any" or finding.fact is not None)


def name_of(row: Exposure | Decoy) -> str:
    return " / ".join(part for part in (row.source, row.kind, row.fact, row.text or row.photo) if part)


@pytest.mark.parametrize("exposure", KEY.exposures, ids=name_of)
def test_demo_finds_every_planted_exposure(result: AuditResult, exposure: Exposure) -> None:
    """Each planted exposure is a finding of its source, kind, fact and level."""
    assert [item for item in result.findings if about(exposure, item)], exposure.where


@pytest.mark.parametrize("decoy", KEY.decoys, ids=name_of)
def test_demo_flags_no_decoy(result: AuditResult, decoy: Decoy) -> None:
    """No finding takes a decoy for something of hers."""
    assert not [(item.check, item.where) for item in result.findings if flags(decoy, item)], decoy.why


def test_places_have_their_roles(result: AuditResult) -> None:
    """Home, work and the weekly class come out of the photos' positions and times with these roles."""
    roles = {place.name: place.role for place in result.places if place.declared}
    assert {place.fact: roles.get(place.fact) for place in KEY.places} == {
        place.fact: place.role for place in KEY.places
    }


def test_undeclared_places_have_letters_only(result: AuditResult) -> None:
    """The park and the holiday were not declared: letters stand for them."""
    others = [place.name for place in result.places if not place.declared]
    assert others
    assert not [name for name in others if not re.fullmatch(r"[A-Z]{1,2}", name)]


def test_closed_and_broken_sites_are_not_checked(result: AuditResult) -> None:
    """The page behind a login and the site that is down are listed with a reason, and nothing is claimed about them."""
    reasons = {item.source: item.reason for item in result.not_checked}
    for row in KEY.unread:
        assert reasons[row.source]
        assert not [item.check for item in result.findings if item.source == row.source]
        assert not [item.check for item in result.clear if item.source == row.source]


def test_only_what_is_proven_draws_conclusions(result: AuditResult) -> None:
    """The notes account is proven by links both ways and the feed by its page; of the code account it is said that it is not."""
    control = {item.label: item.control for item in result.sources}
    assert {control[label] for label in ("my notes account", "my blog", "feed of my blog")} == {"proven"}
    assert control["my code account"] == "claimed"
    said = [item.reason for item in result.not_checked if item.source == "my code account"]
    assert any("no proof" in reason for reason in said)
    assert not [item for item in result.not_checked if item.source == "my notes account" and "proof" in item.reason]


def test_the_export_is_read_and_its_private_posts_are_only_counted(result: AuditResult) -> None:
    """It proves access and no more; what only followers can read is counted, and nothing is found in it."""
    label = "copy of my old account"
    summary = next(item for item in result.sources if item.label == label)
    assert (summary.kind, summary.control, summary.read, summary.found) == ("export", "access", 2, 2)
    assert [item.kind for item in result.findings if item.source == label] == ["phone"]
    reasons = [item.reason for item in result.not_checked if item.source == label]
    assert reasons == ["posts in it that are private there: 2, counted and not read"]


def test_routine_and_travel_are_found_and_told(result: AuditResult) -> None:
    """Her weekly class, her morning run and her journey: from pages, an account and photos, each in the report."""
    found = {(item.source, item.kind) for item in result.findings if item.kind in {"routine", "travel"}}
    assert found >= {
        ("my blog", "routine"),
        ("my blog", "travel"),
        ("my notes account", "routine"),
        ("my runs", "routine"),
        ("camera roll", "routine"),
    }
    told = json.loads(report_json.render(result))["findings"]
    assert found <= {(item["source"], item["kind"]) for item in told}


def test_every_photo_is_read(result: AuditResult) -> None:
    """All photos of the three folders are read, and all other sources but the two that cannot be."""
    photos = {item.label: (item.read, item.found) for item in result.sources if item.kind == "photos"}
    assert photos == {"camera roll": (38, 38), "holiday album": (8, 8), "shared album": (6, 6)}
    unread = {item.label for item in result.sources if not item.read}
    assert unread == {row.source for row in KEY.unread}


def test_ways_in_are_counted_and_closed(result: AuditResult) -> None:
    """There are ways in to her home, her routine, her contacts and her family, and a plan of some actions."""
    assert {way.goal for way in result.ways_in} == {"home", "routine", "contact", "family"}
    assert len(result.plan) >= 3


def test_only_the_demo_is_contacted(result: AuditResult) -> None:
    """Every host that was connected to is one of the demo's own."""
    assert set(result.contacted) <= {host for host, _ in sites()}
    assert len(result.contacted) >= 9


def values() -> Iterator[str]:
    """Every declared value and part, and every position to a hundredth of a degree."""
    for fact in tomllib.loads((PERSON / "me.toml").read_text(encoding="utf-8"))["fact"]:
        yield from (str(fact[key]) for key in ("value", "street", "town", "postcode") if key in fact)
        yield from (f"{abs(fact[key]):.2f}" for key in ("lat", "lon") if key in fact)
    yield from ("Odessa", "Thornquill", "Linnet", "Tidewell", "555-0143", "5550143", "0178", "Barnaby", "H40-338201")


@pytest.mark.parametrize("value", sorted(set(values())))
def test_no_value_stands_in_the_report(result: AuditResult, value: str) -> None:
    """No declared value, no part of one and no position stands in the report or in its data."""
    for text in (html.render(result), report_json.render(result)):
        assert value.casefold() not in text.casefold()


def test_report_is_written_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The demo writes two files that only their owner can read, says where they are, and names three first actions."""
    folder = tmp_path / "new" / "folder"
    assert run(folder) == 0
    files = sorted(path.name for path in folder.iterdir())
    assert files == ["notes-2026-11-21.html", "notes-2026-11-21.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    told = capsys.readouterr().out
    assert str(folder / "notes-2026-11-21.html") in told
    assert all(f"{number}." in told for number in (1, 2, 3))
    assert json.loads((folder / "notes-2026-11-21.json").read_text(encoding="utf-8"))["findings"]


def test_same_bytes_twice_and_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second run writes the very same bytes under the same name; a file that holds something else is kept."""
    run(tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    run(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    own = tmp_path / "notes-2026-11-21.html"
    own.write_text("my own notes", encoding="utf-8")
    run(tmp_path)
    assert own.read_text(encoding="utf-8") == "my own notes"
    assert (tmp_path / "notes-2026-11-21-2.html").read_bytes() == first["notes-2026-11-21.html"]


def test_current_folder_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder the report lies where the person is, under the date that was given."""
    monkeypatch.chdir(tmp_path)
    assert run(None, now=datetime(2026, 12, 24, 18, 0, tzinfo=UTC)) == 0
    assert (tmp_path / "notes-2026-12-24.html").is_file()


def test_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    """Where a file is in the way, the message names the folder and says what to do."""
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match=r"taken.*Choose another one\.") as error:
        run(tmp_path / "taken")
    assert "\n" not in str(error.value)
