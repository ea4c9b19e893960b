"""What people who correct an entry are told."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unlisted.cli import main
from unlisted.data.loader import KINDS
from unlisted.data.schema import Directory, From
from unlisted.data.upkeep import MAX_SHARED, check, families, stats
from unlisted.errors import DataError

SOURCE = From(name="made up")
GOOD = """\
id = "{name}"
names = ["Peekabook"]
kind = "people_search"
domains = ["{domain}"]
countries = ["US"]
quality = "imported"
{more}
[[source]]
name = "made up"
"""


def put(folder: Path, name: str, *, file: str | None = None, domain: str = "peekabook.example", more: str = "") -> None:
    """Write a made-up entry."""
    folder.mkdir(exist_ok=True)
    (folder / f"{file or name}.toml").write_text(GOOD.format(name=name, domain=domain, more=more), encoding="utf-8")


def test_the_shipped_registers_have_no_problem() -> None:
    """What is shipped passes its own check."""
    assert check() == []


def test_a_good_folder(tmp_path: Path) -> None:
    """A folder of one register, or one that holds registers, is checked and found right."""
    put(tmp_path / "directories", "peekabook")
    assert check(tmp_path) == []
    assert check(tmp_path / "directories") == []


def test_each_problem_is_named(tmp_path: Path) -> None:
    """All wrong files are listed, each with file and field, and the check goes on after the first."""
    folder = tmp_path / "directories"
    put(folder, "peekabook", file="other")
    put(folder, "a", more='stars = "5"')
    put(folder, "b", more='parent = "nobody"')
    put(folder, "c", more="removal_at_parent = true")
    put(folder, "d", domain="co.uk")
    found = check(tmp_path)
    for words in (
        "directories/other.toml: id:",
        "directories/a.toml: stars:",
        "directories/b.toml: parent:",
        "directories/c.toml: removal_at_parent:",
        "directories/d.toml: domains: co.uk",
    ):
        assert any(problem.startswith(words) for problem in found), words
    assert len(found) == 5


def test_a_domain_in_too_many_entries(tmp_path: Path) -> None:
    """A domain that more entries name than a firm has countries is a mistake of copying."""
    for number in range(MAX_SHARED + 1):
        put(tmp_path / "directories", f"copy-{number}")
    found = check(tmp_path)
    assert len(found) == MAX_SHARED + 1
    assert "stands in 7 entries" in found[0]


@pytest.mark.parametrize("name", ["nothing", ""])
def test_a_folder_without_registers(tmp_path: Path, name: str) -> None:
    """A folder that is not there, or holds no register, is one clear line."""
    with pytest.raises(DataError, match="folder"):
        check(tmp_path / name)


def test_figures_add_up() -> None:
    """Every directory is counted once by quality, state, age and kind; every law by kind and by how well it is known."""
    figures = stats(datetime(2026, 11, 21, tzinfo=UTC))
    total, books = figures.entries["directories"], figures.entries["laws"]
    assert set(figures.entries) == set(KINDS)
    by_one = (figures.quality, figures.states, figures.ages["directories"], figures.kinds)
    assert [sum(counts.values()) for counts in by_one] == [total] * 4
    assert [sum(counts.values()) for counts in (figures.laws, figures.confidence, figures.ages["laws"])] == [books] * 3
    assert sum(figures.ages["settings"].values()) == figures.holds["settings"]


def test_there_is_as_much_as_was_promised() -> None:
    """400 directories, 60 people-search sites of the US, 20 countries, 12 owners of several, 30 services, 57 authorities."""
    figures = stats(datetime(2026, 11, 21, tzinfo=UTC))
    least = {
        "people-search sites that answer to people in the US": 60,
        "countries": 20,
        "owners with several sites": 12,
        "services with settings": 30,
    }
    assert {name: figures.holds[name] for name in least if figures.holds[name] < least[name]} == {}
    assert figures.entries["directories"] >= 400
    assert figures.entries["authorities"] == 57


def test_an_owner_counts_with_its_own_site() -> None:
    """An owner with one more site has two; an owner whose sites name nobody has no family."""
    made = [
        Directory(
            id=name, names=("A",), kind="other", countries=("US",), quality="tested", parent=parent, source=(SOURCE,)
        )
        for name, parent in (("one", "owner"), ("two", "owner"), ("three", "alone"), ("four", None))
    ]
    assert families(made) == {
        "owner": frozenset({"owner", "one", "two"}),
        "alone": frozenset({"alone", "three"}),
    }


def test_age_moves_on() -> None:
    """Years later, all entries with a date are old, and none is called verified."""
    figures = stats(datetime(2030, 1, 1, tzinfo=UTC))
    assert all(set(ages) <= {"over a year", "date unknown"} for ages in figures.ages.values())
    assert "verified" not in figures.quality


def test_the_figures_as_they_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each register has its ages, and each figure a line with its name."""
    assert main(["data", "stats"]) == 0
    out = capsys.readouterr().out
    for heading in (
        "entries:",
        "holds:",
        "quality:",
        "ages of directories:",
        "ages of settings:",
        "ages of laws:",
        "confidence:",
    ):
        assert f"{heading}\n" in out
    assert re.search(r"^ +\d+  people-search sites that answer to people in the US$", out, re.MULTILINE)
