"""A hostile server on the loopback address: raw sockets, bounded, ending by itself."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from unlisted.model.artifact import Artifact
from unlisted.sources.fetch import Fetcher, Limits, Target

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SMALL = Limits(connect=2.0, read=0.4, total=0.8, wire=200_000, page=50_000, photo=80_000, headers=20_000, spacing=0.0)
"""Numbers so small that each attack meets its limit in under a second."""

Route = Callable[[socket.socket, threading.Event], None]


class Server:
    """Serves each path by a function that writes raw bytes; notes the head of every request."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.heads: list[str] = []
        self.stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(2)
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def _accept(self) -> None:
        while not self.stop.is_set():
            with suppress(OSError):
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with connection, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head and len(head) < 10_000:
                got = connection.recv(4096)
                if not got:
                    return
                head += got
                if head.startswith(b"\x16\x03"):  # a TLS greeting
                    break
            self.heads.append(head.decode("latin-1"))
            path = head.split(b" ")[1].decode("latin-1") if head.count(b" ") > 1 else ""
            self.routes.get(path.partition("?")[0], ok)(connection, self.stop)

    def address(self, path: str = "/") -> str:
        """The address of a path on the loopback address."""
        return f"http://127.0.0.1:{self.port}{path}"

    def dial(self, host: str, port: int) -> Target:
        """Leads every host here, without TLS."""
        return Target(ip="127.0.0.1", port=self.port, plain=True)

    def serve(self, raw: bytes, path: str = "/") -> str:
        """Answers a path with these bytes; gives its address."""
        self.routes[path] = lambda connection, stop: connection.sendall(raw)
        return self.address(path)

    def close(self) -> None:
        """Ends every thread."""
        self.stop.set()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            pass  # wakes the listener
        self._accepting.join(10)
        for thread in self._threads:
            thread.join(10)
        self._listener.close()


def page(body: bytes = b"<p>hello</p>", *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer with a right length."""
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: text/html", *headers))
    return head.encode("latin-1") + b"\r\n\r\n" + body


def ok(connection: socket.socket, stop: threading.Event) -> None:
    """An ordinary page."""
    connection.sendall(page())


@pytest.fixture
def server() -> Iterator[Server]:
    """The hostile server."""
    running = Server()
    yield running
    running.close()


@pytest.fixture
def fetch(server: Server) -> Callable[[str], Artifact]:
    """Fetches an address of the server that the person typed, under small limits, without waiting between tries."""

    def get(address: str, kind: str = "page") -> Artifact:
        fetcher = Fetcher(typed=[server.address()], limits=SMALL, sleep=lambda seconds: None)
        return fetcher.get(address, source="my page", now=NOW, kind=kind)

    return get
