"""Promise 3, nothing leaves: what is contacted was typed, and what is sent holds nothing that was declared."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unlisted.audit import Audited, audit
from unlisted.data.domains import host_of
from unlisted.model import Fact, Source, SourceKind, Subject
from unlisted.report import html
from unlisted.sources.fetch import Dial, Fetcher, Limits, Target

FACTS = (
    Fact(kind="name", label="name", value="Odile Varnholt"),
    Fact(kind="email", label="e-mail", value="odile@mail.example"),
    Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
    Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000"),
)
LURES = """<html><head><link rel=canonical href="https://evil.example/c"><base href="https://evil.example/">
<meta http-equiv=refresh content="0;url=https://evil.example/r"><link rel=stylesheet href="https://evil.example/s.css">
<link rel=alternate type=application/rss+xml href="/feed"><link rel=me href="https://evil.example/me"></head><body>
<h1>Odile Varnholt</h1><img src="https://evil.example/i.png"><script src="https://evil.example/x.js"></script>
<iframe src="https://evil.example/f"></iframe><a href="https://evil.example/a">a</a><a href="/next">next</a>
<p>odile@mail.example</p></body></html>"""


def subject(*addresses: str) -> Subject:
    """A subject with these pages."""
    pages = tuple(
        Source(label=f"page {number}", kind=SourceKind.PAGE, address=address, mine=True)
        for number, address in enumerate(addresses, 1)
    )
    return Subject(facts=FACTS, sources=pages)


def test_only_typed_hosts_are_contacted_whatever_a_page_says(run: Callable[..., Audited]) -> None:
    """Links, pictures, scripts, frames, feeds and refreshes in a page are not followed."""
    one = subject("https://blog.example/", "https://club.example/list")
    result = run(one, {"blog.example/": LURES, "club.example/list": LURES}).result
    assert set(result.contacted) == {host_of(source.address or "") for source in one.sources}


def test_nothing_is_contacted_without_a_source() -> None:
    """An audit of nothing contacts nobody."""
    with Fetcher(dial=lambda _host, _port: pytest.fail("somebody was dialled")) as fetcher:
        result = audit(
            Subject(facts=FACTS), now=datetime(2026, 11, 21, tzinfo=UTC), rng=random.Random(0), fetcher=fetcher
        )
    assert result.contacted == ()


def test_a_request_carries_nothing_that_was_declared(serve: Callable[..., AbstractContextManager[Dial]]) -> None:
    """Every byte that is sent is the address that was typed and fixed neutral headers."""
    received: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]

    def answer() -> None:
        connection, _ = server.accept()
        with connection:
            received.append(connection.recv(65536))
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
            )

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    one = subject("https://blog.example/path?x=1")
    target = Target(ip="127.0.0.1", port=port, plain=True)
    limits = Limits(retries=0)
    with Fetcher(
        dial=lambda _h, _p: target, typed=["https://blog.example/path?x=1"], sleep=lambda _s: None, limits=limits
    ) as fetcher:
        audit(one, now=datetime(2026, 11, 21, tzinfo=UTC), rng=random.Random(0), fetcher=fetcher)
    thread.join(5)
    server.close()
    sent = b"".join(received).decode("latin-1").casefold()
    assert sent.startswith("get /path?x=1 http/1.1")
    for word in ("odile", "varnholt", "555", "larch", "marrow", "unlisted", "referer", "cookie"):
        assert word not in sent, word


def test_opening_a_report_needs_no_address(run: Callable[..., Audited]) -> None:
    """The report holds no address that a browser would load."""
    page = html.render(run(subject("https://blog.example/"), {"blog.example/": LURES}).result)
    for loads in ("src=", "@import", "url(", "<link", "<iframe", "<object", "<base", 'http-equiv="refresh"'):
        assert loads not in page.casefold(), loads
    assert "evil.example" not in page


def test_places_and_times_are_worked_out_offline(
    run: Callable[..., Audited], photo: Callable[..., Path], tmp_path: Path
) -> None:
    """Photos with places contact nobody at all."""
    for number in range(12):
        photo(tmp_path / f"IMG_{number:04d}.jpg", lat=43.5, lon=-40.5, taken=f"2026:05:{number + 1:02d} 22:15:00")
    one = Subject(facts=FACTS, sources=(Source(label="photos", kind=SourceKind.PHOTOS, path=str(tmp_path)),))
    result = run(one, {}).result
    assert result.places
    assert result.contacted == ()
