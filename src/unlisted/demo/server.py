"""The demo's pages on a loopback server, so that the demo reads them through the real fetch layer.

One server stands in for every `.example` host: the Host header chooses the site. Nothing it says changes from run to run.
"""

from __future__ import annotations

import socketserver
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from importlib.resources.abc import Traversable

from unlisted.errors import FetchError
from unlisted.sources.fetch import Target

LOOPBACK = "127.0.0.1"
PAGE = "text/html; charset=utf-8"
NOT_THERE = b"<!DOCTYPE html><title>Not here</title><h1>This page is not here</h1>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered for one address."""

    body: bytes = field(repr=False)
    status: int = 200
    kind: str = PAGE


MISSING = Reply(body=NOT_THERE, status=404)
Sites = Mapping[tuple[str, str], Reply]
"""(host, path with query) to the reply."""


def sites(person: Traversable | None = None) -> Sites:
    """The pages of the person in this folder; the demo's own where none is given."""
    folder = person or files(__package__) / "person"
    table = tomllib.loads((folder / "sites.toml").read_text(encoding="utf-8"))
    return {
        (site["host"], site["path"]): Reply(
            body=(folder / "pages" / site["file"]).read_bytes(),
            status=site.get("status", 200),
            kind=site.get("type", PAGE),
        )
        for site in table["site"]
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, pages: Sites) -> None:
        self.pages = pages
        super().__init__((LOOPBACK, 0), _Handler)

    def server_bind(self) -> None:
        """The usual one asks the system for the machine's full name: a question that may leave the machine."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10  # seconds: a connection that says nothing does not hold its thread

    def do_GET(self) -> None:
        """Answers for the host that was asked for."""
        host = self.headers.get("Host", "").partition(":")[0].lower()
        pages = self.server.pages if isinstance(self.server, _Server) else {}
        reply = pages.get((host, self.path), MISSING)
        self.send_response_only(reply.status)  # the full one adds the time of day: the same bytes twice
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name is the base class's)
        """Nothing is logged."""


@contextmanager
def serve(pages: Sites) -> Iterator[Callable[[str, int], Target]]:
    """Serves the pages while the block runs and gives the `dial` that leads their hosts here.

    Any other host is refused with FetchError: in the demo nothing outside this machine is asked.
    """
    hosts = frozenset(host for host, _ in pages)
    server = _Server(pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()

    def dial(host: str, _port: int) -> Target:
        if host not in hosts:
            raise FetchError("this host is no part of the demo")
        return Target(ip=LOOPBACK, port=server.server_port, plain=True)

    try:
        yield dial
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
