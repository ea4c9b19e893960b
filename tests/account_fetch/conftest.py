"""A service on loopback that answers for fictional accounts, and keeps what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.loopback import Quiet, listening

from unlisted.model import Source, SourceKind
from unlisted.sources.fetch import Fetcher, Limits, Target

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
Answers = Mapping[str, Any]
"""Host and path with query to a status, bytes, text, a tuple with where it has moved, or a value that becomes JSON."""


class Service:
    """What was asked, in order, and the fetcher that leads every host here."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.asked: list[str] = []
        self.fetcher = fetcher


def bytes_of(answer: Any) -> bytes:
    """An answer as it goes over the line."""
    if isinstance(answer, bytes):
        return answer
    return answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()


@contextmanager
def answering(answers: Answers) -> Iterator[Service]:
    """Answer for every host while the block runs; what is not in the table is a 404."""
    asked: list[str] = []

    class Handler(Quiet):
        def reply(self) -> None:
            key = (self.headers.get("Host") or "").split(":")[0] + self.path
            asked.append(key)
            answer = answers.get(key, 404)
            moved = answer if isinstance(answer, tuple) else ()
            status, body = (answer, b"no") if isinstance(answer, int) else (302 if moved else 200, bytes_of(answer))
            kind = "application/xml" if body.startswith(b"<") else "application/json"
            self.answer(status, body, Content_Type=kind, **({"Location": moved[0]} if moved else {}))

    with listening(Handler) as port:
        target = Target(ip="127.0.0.1", port=port, plain=True)
        limits = Limits(retries=0)
        with Fetcher(
            dial=lambda _h, _p: target, typed=["https://listed.example/"], sleep=lambda _s: None, limits=limits
        ) as fetcher:
            service = Service(fetcher)
            service.asked = asked
            yield service


@pytest.fixture
def serve() -> Callable[[Answers], Any]:
    """The loopback service."""
    return answering


@pytest.fixture
def now() -> datetime:
    """The date of all audits here."""
    return NOW


@pytest.fixture
def account() -> Callable[..., Source]:
    """A listed account."""

    def made(address: str, service: str, *, label: str = "an account", mine: bool = True) -> Source:
        return Source(label=label, kind=SourceKind.ACCOUNT, address=address, service=service, mine=mine)

    return made
