"""Made-up results, and the word counter, for the tests of the report."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from unlisted.model.result import AuditResult

HERE = Path(__file__).resolve().parent


def load(name: str) -> ModuleType:
    """A module of this folder, by its path: the tests are no package."""
    spec = importlib.util.spec_from_file_location(f"report_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE = load("made")


@pytest.fixture(scope="session")
def plain_words() -> ModuleType:
    """The counter of words, sentences and grades."""
    return load("plain_words")


@pytest.fixture(scope="session")
def demo_again() -> ModuleType:
    """The demo, audited before and after the first steps of its plan."""
    return load("demo_again")


@pytest.fixture(scope="session")
def results() -> dict[str, AuditResult]:
    """Every made-up result by its name."""
    names = ("rich", "empty", "nothing", "unread", "small", "many", "again")
    made: dict[str, AuditResult] = {name: getattr(MADE, name)() for name in names}
    return made


@pytest.fixture(scope="session")
def rich(results: dict[str, AuditResult]) -> AuditResult:
    """8 sources, 25 findings, 8 ways in, 5 places, a plan and a letter."""
    return results["rich"]


@pytest.fixture(scope="session")
def empty(results: dict[str, AuditResult]) -> AuditResult:
    """Four sources that were read, and nothing found."""
    return results["empty"]


@pytest.fixture(scope="session")
def worded() -> Callable[[str], AuditResult]:
    """The rich result with one word in every piece of text."""
    made: Callable[[str], AuditResult] = MADE.worded
    return made
