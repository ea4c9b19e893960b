"""The demo's loopback server: it chooses by Host, says the same each time, and ends with its block."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from unlisted.demo.server import MISSING, Reply, Sites, serve, sites
from unlisted.errors import FetchError, NotRead
from unlisted.sources.fetch import Fetcher, Target

PAGES: Sites = {
    ("one.example", "/"): Reply(body=b"<h1>one</h1>"),
    ("two.example", "/"): Reply(body=b"<h1>two</h1>"),
    ("two.example", "/list?of=2"): Reply(body=b"<h1>list</h1>"),
    ("two.example", "/closed"): Reply(body=b"<h1>closed</h1>", status=403),
}
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def ask(target: Target, request: bytes) -> bytes:
    """The whole answer to these bytes."""
    with socket.create_connection((target.ip, target.port), timeout=5) as line:
        line.sendall(request)
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts)


def get(host: str, path: str = "/") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()


def test_host_chooses_the_site() -> None:
    """One port answers for many hosts, and query and port of the address are understood."""
    with serve(PAGES) as dial:
        target = dial("one.example", 443)
        assert ask(target, get("one.example")).endswith(b"<h1>one</h1>")
        assert ask(target, get("TWO.example:443")).endswith(b"<h1>two</h1>")
        assert ask(target, get("two.example", "/list?of=2")).endswith(b"<h1>list</h1>")


def test_target_is_loopback_without_tls() -> None:
    """The dial leads to 127.0.0.1 and says that no encryption is spoken there."""
    with serve(PAGES) as dial:
        assert (dial("one.example", 443).ip, dial("one.example", 443).plain) == ("127.0.0.1", True)


def test_other_hosts_are_refused() -> None:
    """No host outside the demo is ever dialled: the dial refuses and does not fall back on the resolver."""
    with serve(PAGES) as dial, pytest.raises(FetchError):
        dial("three.example", 443)


def test_unknown_pages_and_hosts_are_missing() -> None:
    """What is not in the table is a 404, with a page that names nothing."""
    with serve(PAGES) as dial:
        target = dial("one.example", 443)
        for request in (get("one.example", "/nothing"), get("three.example"), get("", "/")):
            answer = ask(target, request)
            assert answer.startswith(b"HTTP/1.1 404 ")
            assert answer.endswith(MISSING.body)


def test_answers_do_not_change() -> None:
    """The same request gives the same bytes: no clock and no counter is in them."""
    with serve(PAGES) as dial:
        first = ask(dial("two.example", 443), get("two.example"))
    with serve(PAGES) as dial:
        second = ask(dial("two.example", 443), get("two.example"))
    assert first == second
    assert b"Date:" not in first


def test_many_at_once() -> None:
    """Requests side by side all get their own page."""
    with serve(PAGES) as dial, ThreadPoolExecutor(max_workers=8) as pool:
        target = dial("one.example", 443)
        hosts = ["one.example", "two.example"] * 20
        answers = list(pool.map(lambda host: ask(target, get(host)), hosts))
    assert all(answer.endswith(f">{host[:3]}</h1>".encode()) for answer, host in zip(answers, hosts, strict=True))


def test_nothing_listens_afterwards() -> None:
    """When the block ends, by an error too, the port is closed and no thread is left."""
    before = threading.active_count()
    found: list[Target] = []

    def fail() -> None:
        with serve(PAGES) as dial:
            found.append(dial("one.example", 443))
            raise ValueError("inside")

    with pytest.raises(ValueError, match="inside"):
        fail()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((found[0].ip, found[0].port), timeout=2)
    assert threading.active_count() <= before


def test_server_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed, whatever is asked, nonsense included."""
    with serve(PAGES) as dial:
        target = dial("one.example", 443)
        ask(target, get("one.example"))
        ask(target, b"NONSENSE\r\n\r\n")
    assert capfd.readouterr() == ("", "")


def test_fetch_layer_reads_the_pages_through_the_dial() -> None:
    """The real fetch layer reads a page of an https address from the server, and meets the closed door as such."""
    with serve(PAGES) as dial, Fetcher(dial=dial, sleep=lambda _: None) as fetcher:
        page = fetcher.get("https://one.example/", source="one", now=NOW)
        assert page.body == b"<h1>one</h1>"
        with pytest.raises(NotRead):
            fetcher.get("https://two.example/closed", source="two", now=NOW)
        with pytest.raises(NotRead):
            fetcher.get("https://three.example/", source="three", now=NOW)
        assert "three.example" not in fetcher.contacted


def test_demo_has_one_closed_and_one_broken_site() -> None:
    """Of the demo's own sites one is behind a login and one is down; all others answer with a page."""
    status = sorted(reply.status for reply in sites().values())
    assert status[-2:] == [403, 500]
    assert set(status[:-2]) == {200}
    assert all(reply.body for reply in sites().values())


def test_accounts_and_the_feed_are_answered_in_their_own_types() -> None:
    """A service answers with JSON and a feed is XML, as the real ones do; everything else is a page."""
    kinds = {path: reply.kind.partition(";")[0] for (_, path), reply in sites().items()}
    assert {kind for path, kind in kinds.items() if "/api/" in path} == {"application/json"}
    assert kinds["/feed.xml"] == "application/atom+xml"
    assert {kind for path, kind in kinds.items() if "/api/" not in path and "feed" not in path} == {"text/html"}
    with serve(sites()) as dial:
        answer = ask(dial("gantry.example", 443), get("gantry.example", "/api/v3/users/odetoquill"))
    assert b"Content-Type: application/json" in answer
