"""Statuses and new tries, with respx.

respx stands at the seam of httpcore: it replaces `httpcore.ConnectionPool.handle_request`, which the fetch layer's transport
calls, since that transport is httpx's own with another pool in it. So everything above the network is the real program, and
no host is looked up. respx's other seam (`using="httpx"`) hands out answers that were read already, which a streaming
reader cannot use.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
import respx

from unlisted.errors import FetchError, NotRead
from unlisted.sources.fetch import Fetcher, Limits
from unlisted.sources.fetch import limits as words
from unlisted.sources.fetch.fetcher import retry_after
from unlisted.sources.fetch.limits import STATUS, status_reason

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ADDRESS = "https://blog.example/me"


@pytest.fixture
def web() -> Iterator[respx.MockRouter]:
    """A pretended web: everything that is not named in it is an error."""
    with respx.mock as router:
        yield router


@pytest.fixture
def slept() -> list[float]:
    """The seconds that were waited."""
    return []


@pytest.fixture
def fetcher(slept: list[float]) -> Fetcher:
    """A fetcher that notes how long it waits."""
    return Fetcher(sleep=slept.append, monotonic=lambda: 0.0, limits=Limits(spacing=0))


def reason_of(fetcher: Fetcher, address: str = ADDRESS) -> str:
    """Why an address gave nothing."""
    with pytest.raises(NotRead) as caught:
        fetcher.get(address, source="my page", now=NOW)
    return caught.value.reason


def test_page(web: respx.MockRouter, fetcher: Fetcher) -> None:
    """A page is read through the pretended web, and its headers are kept but for cookies."""
    web.get(ADDRESS).respond(200, html="<p>hello</p>", headers={"Set-Cookie": "a=1", "X-Robots-Tag": "noindex"})
    got = fetcher.get(ADDRESS, source="my page", now=NOW)
    assert got.body == b"<p>hello</p>"
    assert ("x-robots-tag", "noindex") in got.headers
    assert "set-cookie" not in dict(got.headers)


def test_hash_is_of_the_unpacked_body(web: respx.MockRouter, fetcher: Fetcher) -> None:
    """The same page has the same hash, packed or not."""
    plain = web.get(ADDRESS).respond(200, content=b"hello")
    first = fetcher.get(ADDRESS, source="my page", now=NOW)
    plain.respond(200, content=gzip.compress(b"hello"), headers={"Content-Encoding": "gzip"})
    assert fetcher.get(ADDRESS, source="my page", now=NOW).sha256 == first.sha256


@pytest.mark.parametrize("status", sorted(STATUS))
def test_known_statuses(web: respx.MockRouter, fetcher: Fetcher, status: int) -> None:
    """Each known status has its own reason."""
    web.get(ADDRESS).respond(status)
    assert reason_of(fetcher) == STATUS[status]


@pytest.mark.parametrize("status", [201, 204, 206, 300, 304, 400, 405, 418, 501, 505, 520, 599])
def test_other_statuses(web: respx.MockRouter, fetcher: Fetcher, status: int) -> None:
    """Any other status is named."""
    route = web.get(ADDRESS).respond(status)
    assert str(status) in reason_of(fetcher)
    assert route.call_count == 1


def test_login_and_forbidden() -> None:
    """The words for the two that people meet most."""
    assert status_reason(401) == "the page is behind a login"
    assert status_reason(403) == "the site answered 403: not allowed"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_tries_again(web: respx.MockRouter, fetcher: Fetcher, slept: list[float], status: int) -> None:
    """A fault that may pass is tried again twice, waiting one second and then two."""
    route = web.get(ADDRESS).mock(
        side_effect=[httpx.Response(status), httpx.Response(status), httpx.Response(200, text="hello")]
    )
    assert fetcher.get(ADDRESS, source="my page", now=NOW).body == b"hello"
    assert (route.call_count, slept) == (3, [1.0, 2.0])


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout])
def test_tries_to_connect_again(
    web: respx.MockRouter, fetcher: Fetcher, slept: list[float], error: type[Exception]
) -> None:
    """A connection that does not come about is tried again twice, then given up."""
    route = web.get(ADDRESS).mock(side_effect=error)
    assert reason_of(fetcher) in {words.NO_CONNECTION, words.NO_ANSWER}
    assert (route.call_count, slept) == (3, [1.0, 2.0])


@pytest.mark.parametrize(
    "error",
    [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.InvalidURL("x"), AssertionError, MemoryError],
)
def test_other_failures_are_not_repeated(
    web: respx.MockRouter, fetcher: Fetcher, slept: list[float], error: type[Exception] | Exception
) -> None:
    """Any other failure is told at once."""
    route = web.get(ADDRESS).mock(side_effect=error)
    assert reason_of(fetcher)
    assert (route.call_count, slept) == (1, [])


@pytest.mark.parametrize(
    ("value", "waits"),
    [
        ("7", [7.0, 7.0]),
        ("120", [120.0, 120.0]),
        ("0", [0.0, 0.0]),
        ("Sat, 21 Nov 2026 12:00:30 GMT", [30.0, 30.0]),
        ("Sat, 21 Nov 2026 11:00:00 GMT", [0.0, 0.0]),
        ("soon", [1.0, 2.0]),
        ("-5", [1.0, 2.0]),
        ("", [1.0, 2.0]),
    ],
)
def test_retry_after_is_kept(
    web: respx.MockRouter, fetcher: Fetcher, slept: list[float], value: str, waits: list[float]
) -> None:
    """A site that says when to come back is waited for, up to two minutes; nonsense counts as nothing."""
    web.get(ADDRESS).respond(429, headers={"Retry-After": value})
    assert reason_of(fetcher) == STATUS[429]
    assert slept == waits


@pytest.mark.parametrize(
    "value", ["121", "999999999", "Sat, 21 Nov 2026 13:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"]
)
def test_retry_after_too_long(web: respx.MockRouter, fetcher: Fetcher, slept: list[float], value: str) -> None:
    """A site that asks for more than two minutes is not checked, without any waiting."""
    web.get(ADDRESS).respond(503, headers={"Retry-After": value})
    assert reason_of(fetcher) == words.LATER
    assert slept == []


@pytest.mark.parametrize(
    "value", [None, "", "٣", "1e9", "9" * 50, "Sat, 99 Nov 2026 99:99:99 GMT", "\x00", "a" * 10_000, "0 0 0 0 0"]
)
def test_retry_after_nonsense(value: str | None) -> None:
    """No Retry-After raises."""
    assert retry_after(value, NOW) is None


def test_redirects_are_followed_by_hand(web: respx.MockRouter, fetcher: Fetcher) -> None:
    """A redirect within the registered domain is followed, one to another site is refused before it is asked."""
    web.get(ADDRESS).respond(301, headers={"Location": "https://www.blog.example/"})
    web.get("https://www.blog.example/").respond(200, text="hello")
    assert fetcher.get(ADDRESS, source="my page", now=NOW).redirected
    web.get("https://www.blog.example/").respond(301, headers={"Location": "https://other.example/"})
    assert reason_of(fetcher) == words.OTHER_SITE


def test_redirect_without_a_place(web: respx.MockRouter, fetcher: Fetcher) -> None:
    """A redirect that names no place is a status like any other."""
    web.get(ADDRESS).respond(302)
    assert "302" in reason_of(fetcher)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/json", "application/ld+json", "application/rss+xml", "TEXT/HTML; x"]
)
def test_readable_types(web: respx.MockRouter, fetcher: Fetcher, content_type: str) -> None:
    """Text, JSON and feeds count as pages."""
    web.get(ADDRESS).respond(200, content=b"x", headers={"Content-Type": content_type})
    assert fetcher.get(ADDRESS, source="my page", now=NOW).body == b"x"


@pytest.mark.parametrize("content_type", ["image/png", "application/pdf", "application/octet-stream", "video/mp4"])
def test_other_types(web: respx.MockRouter, fetcher: Fetcher, content_type: str) -> None:
    """What is no page is said to be none; as a photo it is read."""
    web.get(ADDRESS).respond(200, content=b"x", headers={"Content-Type": content_type})
    assert reason_of(fetcher) == words.NOT_A_PAGE
    assert fetcher.get(ADDRESS, source="my page", now=NOW, kind="photo").body == b"x"


def test_bad_address_is_a_reason(fetcher: Fetcher) -> None:
    """An address that is none is refused before anything is asked."""
    with pytest.raises(FetchError) as caught:
        fetcher.get("https://wren:hollis@blog.example/", source="my page", now=NOW)
    assert "hollis" not in str(caught.value)
