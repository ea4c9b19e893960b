"""A service on loopback that answers for fictional accounts, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

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

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key = (self.headers.get("Host") or "").split(":")[0] + self.path
            asked.append(key)
            answer = answers.get(key, 404)
            moved = answer if isinstance(answer, tuple) else ()
            status, body = (answer, b"no") if isinstance(answer, int) else (302 if moved else 200, bytes_of(answer))
            self.send_response(status)
            for place in moved:
                self.send_header("Location", place)
            self.send_header("Content-Type", "application/xml" if body.startswith(b"<") else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    target = Target(ip="127.0.0.1", port=int(server.server_address[1]), plain=True)
    limits = Limits(retries=0)
    try:
        with Fetcher(
            dial=lambda _h, _p: target, typed=["https://listed.example/"], sleep=lambda _s: None, limits=limits
        ) as fetcher:
            service = Service(fetcher)
            service.asked = asked
            yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


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
