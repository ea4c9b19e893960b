"""What people who correct an entry are told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from unlisted.data.loader import KINDS
from unlisted.data.upkeep import MAX_SHARED, check, stats
from unlisted.errors import DataError

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
    """Every directory is counted once by quality, once by age and once by kind."""
    figures = stats(datetime(2026, 11, 21, tzinfo=UTC))
    total = figures.entries["directories"]
    assert set(figures.entries) == set(KINDS)
    assert [sum(counts.values()) for counts in (figures.quality, figures.age, figures.kinds)] == [total] * 3
    assert figures.countries >= 20
    assert figures.owners >= 12


def test_age_moves_on() -> None:
    """Years later, all entries with a date are old, and none is called verified."""
    figures = stats(datetime(2030, 1, 1, tzinfo=UTC))
    assert set(figures.age) == {"over a year", "date unknown"}
    assert "verified" not in figures.quality
