"""Every attack of the threat model on the fetch layer, against a real server on the loopback address.

Helpers of conftest.py are reached through fixtures only, since each test file is imported by itself.
"""

from __future__ import annotations

import bz2
import gzip
import socket
import struct
import threading
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unlisted.errors import FetchError, NotRead, TooLarge
from unlisted.model.artifact import Artifact
from unlisted.sources.fetch import Fetcher, Limits
from unlisted.sources.fetch import limits as words

PAGE_LIMIT = 50_000
PHOTO_LIMIT = 80_000
HTML = b"Content-Type: text/html\r\n"


class Server(Protocol):
    """What these tests use of the server in conftest.py."""

    routes: dict[str, Callable[[socket.socket, threading.Event], None]]
    heads: list[str]
    port: int

    def address(self, path: str = "/") -> str: ...
    def serve(self, raw: bytes, path: str = "/") -> str: ...


class Fetch(Protocol):
    """The fixture `fetch`."""

    def __call__(self, address: str, kind: str = "page") -> Artifact: ...


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer; a length only where a header names one."""
    lines = (f"HTTP/1.1 {status}", *headers)
    return "\r\n".join(lines).encode("latin-1") + b"\r\nContent-Type: text/html\r\n\r\n" + body


def endless(start: bytes, again: bytes, pause: float = 0.0) -> Callable[[socket.socket, threading.Event], None]:
    """Sends `again` until the other side has had enough (at most 20,000 times)."""

    def route(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(start)
        for _ in range(20_000):
            if stop.is_set():
                return
            connection.sendall(again)
            if pause:
                stop.wait(pause)

    return route


def silent(connection: socket.socket, stop: threading.Event) -> None:
    """Says nothing for a while."""
    stop.wait(3)


def reason_of(fetch: Fetch, address: str, kind: str = "page") -> str:
    """The reason why an address gave nothing."""
    with pytest.raises(NotRead) as caught:
        fetch(address, kind)
    return caught.value.reason


def test_ordinary_page(server: Server, fetch: Fetch) -> None:
    """An ordinary page arrives whole, with its type, and not as cut."""
    got = fetch(server.address("/"))
    assert (got.body, got.media_type, got.truncated, got.redirected) == (b"<p>hello</p>", "text/html", False, False)


def test_infinite_body_is_cut(server: Server, fetch: Fetch) -> None:
    """A page without end is cut at the limit and says so."""
    server.routes["/"] = endless(b"HTTP/1.1 200 OK\r\n" + HTML + b"\r\n", b"x" * 10_000)
    got = fetch(server.address())
    assert got.truncated
    assert got.body == b"x" * PAGE_LIMIT


def test_infinite_photo_is_refused(server: Server, fetch: Fetch) -> None:
    """A photo without end is refused: half a photo is none."""
    server.routes["/"] = endless(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n", b"x" * 10_000)
    with pytest.raises(TooLarge) as caught:
        fetch(server.address(), "photo")
    assert caught.value.reason == words.TOO_MUCH


@pytest.mark.parametrize(("size", "fits"), [(PHOTO_LIMIT, True), (PHOTO_LIMIT + 1, False)])
def test_photo_limit_is_exact(server: Server, fetch: Fetch, size: int, fits: bool) -> None:
    """A photo of exactly the limit is read, one byte more is not."""
    server.serve(answer(b"\xff" * size, f"Content-Length: {size}"))
    if fits:
        assert len(fetch(server.address(), "photo").body) == size
    else:
        assert reason_of(fetch, server.address(), "photo") == words.TOO_MUCH


@pytest.mark.parametrize(("size", "cut"), [(PAGE_LIMIT, False), (PAGE_LIMIT + 1, True)])
def test_page_limit_is_exact(server: Server, fetch: Fetch, size: int, cut: bool) -> None:
    """A page of exactly the limit is whole, one byte more is cut."""
    server.serve(answer(b"x" * size, f"Content-Length: {size}"))
    got = fetch(server.address())
    assert (len(got.body), got.truncated) == (PAGE_LIMIT, cut)


def test_gzip_is_unpacked(server: Server, fetch: Fetch) -> None:
    """One layer of gzip is unpacked."""
    packed = gzip.compress(b"<p>packed</p>")
    server.serve(answer(packed, "Content-Encoding: gzip", f"Content-Length: {len(packed)}"))
    got = fetch(server.address())
    assert (got.body, got.truncated) == (b"<p>packed</p>", False)


def test_gzip_bomb_is_cut(server: Server, fetch: Fetch) -> None:
    """A few kilobytes that unpack to millions give no more than the limit."""
    packed = gzip.compress(b"a" * 20_000_000)
    assert len(packed) < 25_000
    server.serve(answer(packed, "Content-Encoding: gzip"))
    got = fetch(server.address())
    assert (len(got.body), got.truncated) == (PAGE_LIMIT, True)


def test_gzip_bomb_in_a_photo_is_refused(server: Server, fetch: Fetch) -> None:
    """The same bomb as a photo is refused."""
    server.serve(answer(gzip.compress(b"a" * 20_000_000), "Content-Encoding: gzip"))
    assert reason_of(fetch, server.address(), "photo") == words.TOO_MUCH


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip, gzip", gzip.compress(gzip.compress(b"a" * 1000))),
        ("gzip", gzip.compress(gzip.compress(b"a" * 1000))),
        ("br", b"\x0b\x02\x80hello\x03"),
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("deflate", zlib.compress(b"hello")),
        ("bz2", bz2.compress(b"hello")),
        ("compress", b"\x1f\x9d"),
        ("nonsense", b"hello"),
    ],
)
def test_other_packing_is_refused(server: Server, fetch: Fetch, encoding: str, body: bytes) -> None:
    """Anything but one layer of gzip is refused with a reason."""
    server.serve(answer(body, f"Content-Encoding: {encoding}"))
    assert reason_of(fetch, server.address()) == words.PACKED


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(b"x" * 1000)[:10] + b"\xff" * 50])
def test_broken_gzip(server: Server, fetch: Fetch, body: bytes) -> None:
    """Broken gzip is a reason, not an exception of zlib."""
    server.serve(answer(body, "Content-Encoding: gzip"))
    assert reason_of(fetch, server.address()) == words.UNPACK


def test_cut_gzip_says_so(server: Server, fetch: Fetch) -> None:
    """A packed page that ends too early keeps what came and says that it is cut."""
    server.serve(answer(gzip.compress(bytes(range(256)) * 40)[:-20], "Content-Encoding: gzip"))
    assert fetch(server.address()).truncated


def test_bytes_after_gzip_say_so(server: Server, fetch: Fetch) -> None:
    """What follows the packed stream is left unread, and the page counts as cut."""

    def route(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(answer(gzip.compress(b"<p>first</p>"), "Content-Encoding: gzip"))
        for _ in range(50):
            stop.wait(0.01)
            connection.sendall(gzip.compress(b"second"))

    server.routes["/"] = route
    got = fetch(server.address())
    assert (got.body, got.truncated) == (b"<p>first</p>", True)


@pytest.mark.parametrize(
    ("start", "again"),
    [
        (b"HTTP/1.1 200 OK\r\n" + HTML + b"\r\n", b"x"),  # a body by single bytes
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"y"),  # a head by single bytes
        (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),  # hints without end
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),  # chunks of one byte
    ],
)
def test_drip_ends(server: Server, fetch: Fetch, start: bytes, again: bytes) -> None:
    """A server that keeps sending a little meets the total limit."""
    server.routes["/"] = endless(start, again, pause=0.05)
    assert reason_of(fetch, server.address()) in {words.TOO_SLOW, words.NO_ANSWER}


@pytest.mark.parametrize(
    ("start", "again"),
    [
        (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" * 50),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 500),
    ],
)
def test_flood_meets_the_limit_of_bytes(server: Server, start: bytes, again: bytes) -> None:
    """Early hints, or chunks of one byte, as fast as they go, meet the limit of bytes on the wire."""
    server.routes["/"] = endless(start, again)
    fetcher = Fetcher(typed=[server.address()], limits=Limits(wire=60_000))
    with pytest.raises(TooLarge, match=words.TOO_MUCH):
        fetcher.get(server.address(), source="my page", now=datetime(2026, 11, 21, tzinfo=UTC))


def test_silent_server(server: Server, fetch: Fetch) -> None:
    """A server that says nothing is given up."""
    server.routes["/"] = silent
    assert reason_of(fetch, server.address()) == words.NO_ANSWER


@pytest.mark.parametrize(
    "head",
    [
        b"X-Long: " + b"a" * 60_000 + b"\r\n",
        b"".join(b"X-%d: aaaaaaaaaa\r\n" % number for number in range(2000)),
        b"".join(b"Set-Cookie: c%d=aaaaaaaaaa\r\n" % number for number in range(1500)),
    ],
)
def test_header_flood(server: Server, fetch: Fetch, head: bytes) -> None:
    """A head beyond the limit is refused, be it one line or thousands."""
    server.serve(b"HTTP/1.1 200 OK\r\n" + head + HTML + b"Content-Length: 2\r\n\r\nhi")
    assert reason_of(fetch, server.address()) == words.TOO_MANY_HEADERS


def test_header_without_end(server: Server, fetch: Fetch) -> None:
    """A head that never ends is refused before the memory is full."""
    server.routes["/"] = endless(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 20_000)
    assert reason_of(fetch, server.address()) in {words.BROKEN, words.TOO_MUCH, words.CUT_OFF}


@pytest.mark.parametrize(
    "charset",
    ["zlib", "bz2", "hex", "base64", "uu", "quopri", "rot13", "idna", "undefined", "punycode", "utf-7", "unicode_escape",
     "utf-16", "utf-32", "\xff\xfe", '"', "a" * 5000],
)  # fmt: skip
def test_charset_is_left_alone(server: Server, fetch: Fetch, charset: str) -> None:
    """No charset is ever looked up here: the bytes come as they are, with the header beside them."""
    server.serve(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/html; charset="
        + charset.encode("latin-1")
        + b"\r\n\r\nhello"
    )
    got = fetch(server.address())
    assert (got.body, got.media_type) == (b"hello", "text/html")
    assert got.content_type is not None


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + b"x" * 5000 + b"\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 400 + b"\r\n\r\nhello",
        b"HTTP/1.1 999999 What\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"<html>an answer of HTTP/0.9</html>\r\n\r\n",
        b"\x00\xff\x00\xff" * 100,
        b"ICY 200 OK\r\n\r\nhello",
        b"SSH-2.0-OpenSSH_9.0\r\n",
        b"\r\n\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nA\x00B: x\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\n folded: x\r\n\r\nhello",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nhello",
    ],
)
def test_broken_answers(server: Server, fetch: Fetch, raw: bytes) -> None:
    """Whatever is wrong with an answer, the end is one reason and no exception of a library."""
    server.serve(raw)
    assert reason_of(fetch, server.address())


def test_reset(server: Server, fetch: Fetch) -> None:
    """A connection that is reset is a reason."""

    def route(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    server.routes["/"] = route
    assert reason_of(fetch, server.address()) in {words.CUT_OFF, words.BROKEN}


def test_nothing_listens() -> None:
    """A typed port at which nothing listens is a reason."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        address = f"http://127.0.0.1:{busy.getsockname()[1]}/"
    fetcher = Fetcher(typed=[address], sleep=lambda seconds: None, limits=Limits(connect=1))
    with pytest.raises(FetchError, match=words.NO_CONNECTION):
        fetcher.get(address, source="my page", now=datetime(2026, 11, 21, tzinfo=UTC))


def test_cookies_are_not_kept(server: Server, fetch: Fetch) -> None:
    """A cookie is neither sent back after a redirect nor kept among the headers."""
    server.serve(
        answer(b"", "Location: /two", "Set-Cookie: spy=1; Path=/", "Content-Length: 0", status="302 Found"), "/one"
    )
    server.serve(answer(b"hi", "Set-Cookie: spy=2", "Content-Length: 2"), "/two")
    got = fetch(server.address("/one"))
    fetch(server.address("/two"))
    assert got.redirected
    assert len(server.heads) == 3
    assert not any("cookie" in head.lower() or "spy" in head for head in server.heads)
    assert not any(name.lower() == "set-cookie" for name, _ in got.headers)


def test_redirect_loop(server: Server, fetch: Fetch) -> None:
    """Redirects are followed five times, not more."""
    server.serve(answer(b"", "Location: /loop", "Content-Length: 0", status="302 Found"), "/loop")
    assert reason_of(fetch, server.address("/loop")) == words.REDIRECTS
    assert len(server.heads) == 6


def test_redirect_to_another_port(server: Server, fetch: Fetch) -> None:
    """A redirect to another port of the same machine is not followed: nothing connects there."""
    with socket.create_server(("127.0.0.1", 0)) as secret:
        secret.settimeout(0.01)
        port = secret.getsockname()[1]
        server.serve(answer(b"", f"Location: http://127.0.0.1:{port}/", "Content-Length: 0", status="302 Found"))
        assert reason_of(fetch, server.address()) == words.REDIRECT_PORT
        with pytest.raises(TimeoutError):
            secret.accept()


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", words.BAD_REDIRECT),
        ("ftp://127.0.0.1/", words.BAD_REDIRECT),
        ("javascript:alert(1)", words.BAD_REDIRECT),
        ("data:text/html,x", words.BAD_REDIRECT),
        ("http://[::1", words.BAD_REDIRECT),
        ("http://a:b@127.0.0.1/", words.BAD_REDIRECT),
        ("http://127.0.0.1:99999/", words.BAD_REDIRECT),
        ("http://169.254.169.254/latest/", words.OTHER_SITE),
        ("http://other.example/", words.OTHER_SITE),
        ("//other.example/", words.OTHER_SITE),
        ("http://localhost/", words.OTHER_SITE),
        ("http://[::1]/", words.OTHER_SITE),
        ("http://127.0.0.2/", words.OTHER_SITE),
        ("http://127.0.0.1/", words.PRIVATE),
        ("https://127.0.0.1/", words.PRIVATE),
    ],
)
def test_redirects_out(server: Server, fetch: Fetch, status: str, location: str, reason: str) -> None:
    """A redirect to a file, another scheme, another site, another machine or another service is refused."""
    server.serve(answer(b"", f"Location: {location}", "Content-Length: 0", status=status))
    assert reason_of(fetch, server.address()) == reason
    assert len(server.heads) == 1


def test_redirect_carries_no_referer(server: Server, fetch: Fetch) -> None:
    """A request says nothing but what every program of this library says."""
    server.serve(answer(b"", "Location: /two#part", "Content-Length: 0", status="302 Found"), "/one")
    fetch(server.address("/one?who=me"))
    sent = {line.partition(":")[0].lower() for head in server.heads for line in head.splitlines()[1:] if line}
    assert sent == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert "unlisted" not in "".join(server.heads).lower()
    assert server.heads[1].startswith("GET /two HTTP/1.1")


def test_not_a_page(server: Server, fetch: Fetch) -> None:
    """An address that leads to a film is no page, and its body is left alone."""
    server.routes["/"] = endless(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", b"x" * 1000)
    assert reason_of(fetch, server.address()) == words.NOT_A_PAGE


def test_empty_page(server: Server, fetch: Fetch) -> None:
    """An empty answer is not checked, rather than clear."""
    server.serve(answer(b"", "Content-Length: 0"))
    assert reason_of(fetch, server.address()) == words.EMPTY


@pytest.mark.parametrize("kind", ["page", "photo"])
@pytest.mark.parametrize(
    ("head", "again"),
    [
        (b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"a" * 30_000_000), b""),
        (b"\r\n", b"x" * 10_000),
        (b"Transfer-Encoding: chunked\r\n\r\n", b"2710\r\n" + b"x" * 10_000 + b"\r\n"),
        (b"", b"X-Header: " + b"x" * 1000 + b"\r\n"),
    ],
)
def test_memory_is_bounded(server: Server, fetch: Fetch, kind: str, head: bytes, again: bytes) -> None:
    """What a server sends takes no more memory than a few times the limits, however much it is."""
    server.routes["/"] = endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head, again)
    tracemalloc.start()
    try:
        with suppress(NotRead):
            fetch(server.address(), kind)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


START = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(min_value=0, max_value=len(START)), st.integers(min_value=0, max_value=8), st.binary(max_size=12))
def test_any_answer(server: Server, fetch: Fetch, at: int, cut: int, put: bytes) -> None:
    """An ordinary answer with any bytes changed is a page or a reason."""
    server.serve(START[:at] + put + START[at + cut :])
    with suppress(NotRead):
        assert len(fetch(server.address()).body) <= PAGE_LIMIT


def test_a_header_that_stands_twice_is_kept_twice(server: Server, fetch: Fetch) -> None:
    """A server may speak to one search engine in one line and to all in the next."""
    lines = ("X-Robots-Tag: smallbot: noindex", "X-Robots-Tag: noindex")
    server.serve(answer(b"hi", *lines, "Content-Length: 2"), "/two")
    kept = fetch(server.address("/two")).headers
    assert [value for name, value in kept if name.lower() == "x-robots-tag"] == ["smallbot: noindex", "noindex"]
