"""What the tests in the browser share. Without a browser they are skipped; where CI runs them they fail."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from unlisted.model.result import AuditResult

HERE = Path(__file__).resolve().parent


def load(name: str) -> ModuleType:
    """A module of this folder, by its path."""
    spec = importlib.util.spec_from_file_location(f"browser_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def harness() -> ModuleType:
    """The browser's harness."""
    return load("harness")


@pytest.fixture(scope="session")
def xss() -> list[str]:
    """The strings that would run."""
    made: list[str] = load("xss").strings()
    return made


@pytest.fixture(scope="session")
def made(harness: ModuleType) -> Any:
    """The made-up results of the report's tests."""
    return harness.load("report/made.py")


@pytest.fixture(scope="session")
def again(made: Any) -> AuditResult:
    """The richest of them: everything that a report can hold, and a comparison with last time."""
    result: AuditResult = made.again()
    return result


@pytest.fixture(scope="session")
def browser(harness: ModuleType) -> Iterator[Any]:
    """One Chromium for all tests."""
    if harness.CHROMIUM is None:
        reason = "no Chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with harness.chromium() as running:
        yield running
