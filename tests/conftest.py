"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.loopback import Quiet, listening

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The shared corpora: real data that is no part of the project; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("the shared corpora do not lie beside this checkout")
    return folder


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(Quiet):
        def reply(self) -> None:
            asked.append(self.path)
            self.answer(204)

    with listening(Handler) as port:
        yield f"http://127.0.0.1:{port}", asked
