"""What the wheel holds: a folder that is not listed would be dropped from it without a word."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

PLACES = {"src/unlisted": "unlisted", "checks": "unlisted.checks", "templates": "unlisted.templates"}


def project(root: Path) -> dict[str, object]:
    """The setuptools table."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert isinstance(table, dict)
    return table


def test_every_folder_with_code_or_cards_is_listed(root: Path) -> None:
    """The package list equals the folders."""
    found = set()
    for folder, name in PLACES.items():
        for init in (root / folder).rglob("__init__.py"):
            rest = init.parent.relative_to(root / folder).parts
            found.add(".".join((name, *rest)))
    assert project(root)["packages"] == sorted(
        found, key=lambda name: (name.startswith(("unlisted.checks", "unlisted.templates")), name)
    )


def test_every_data_file_matches_a_pattern(root: Path) -> None:
    """No data file of a package is left out of the wheel."""
    data = project(root)["package-data"]
    assert isinstance(data, dict)
    suffixes = {pattern.removeprefix("*") for pattern in data["*"]}
    for folder in PLACES:
        for path in (root / folder).rglob("*"):
            person = "person" in path.relative_to(root).parts
            if path.is_file() and path.suffix not in {".py", ".pyc"} and not person:
                assert path.suffix in suffixes or path.name in suffixes, path.relative_to(root)


def test_no_lock_and_no_pinned_interpreter_is_committed(root: Path) -> None:
    """A lock file holds addresses of a package index; an interpreter file makes uv fetch one."""
    ignored = (root / ".gitignore").read_text(encoding="utf-8").split()
    assert "uv.lock" in ignored
    assert not (root / ".python-version").exists()


@pytest.mark.parametrize(
    "name",
    ["README.md", "CHANGELOG.md", "LICENSE", "docs/architecture.md", "docs/threat-model.md", "docs/write-a-check.md"],
)
def test_the_pages_that_the_project_promises_are_there(root: Path, name: str) -> None:
    """Each is more than a heading."""
    assert len((root / name).read_text(encoding="utf-8")) > 300


def test_every_file_of_the_demo_matches_a_pattern(root: Path) -> None:
    """The fictional person is whole in the wheel."""
    data = project(root)["package-data"]
    assert isinstance(data, dict)
    folder = root / "src" / "unlisted" / "demo"
    shipped = {path for pattern in data["unlisted.demo"] for path in folder.glob(pattern)}
    there = {path for path in (folder / "person").rglob("*") if path.is_file()}
    assert there - shipped == set()
