"""An answer "not there" keeps its words and says where the redirects ended."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import respx

from unlisted.sources.fetch import AbsentError, Fetcher, Limits
from unlisted.sources.fetch.fetcher import ABSENT
from unlisted.sources.fetch.limits import status_reason

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ADDRESS = "https://peekabook.example/4711"
ELSEWHERE = "https://login.peekabook.example/sso"


@pytest.fixture
def web() -> Iterator[respx.MockRouter]:
    """A pretended web: everything that is not named in it is an error."""
    with respx.mock as router:
        yield router


def absent() -> AbsentError:
    """What is raised for the address."""
    fetcher = Fetcher(sleep=lambda _: None, monotonic=lambda: 0.0, limits=Limits(spacing=0, page=100))
    with pytest.raises(AbsentError) as caught:
        fetcher.get(ADDRESS, source="listing", now=NOW)
    return caught.value


@pytest.mark.parametrize("status", sorted(ABSENT))
def test_the_words_of_the_server_are_kept(web: respx.MockRouter, status: int) -> None:
    """With the address that gave them, and no value in what is shown of the error."""
    web.get(ADDRESS).respond(status, html="<p>Odile is not here</p>")
    error = absent()
    assert error.artifact is not None
    assert (error.artifact.status, error.artifact.address) == (status, ADDRESS)
    assert error.artifact.body == b"<p>Odile is not here</p>"
    assert not error.artifact.redirected
    assert not error.artifact.truncated
    assert error.reason == status_reason(status)
    assert "Odile" not in f"{error!r} {error}"


def test_it_is_known_where_the_redirects_ended(web: respx.MockRouter) -> None:
    """A 404 at the end of a chain is not one of the record's address."""
    web.get(ADDRESS).respond(302, headers={"Location": ELSEWHERE})
    web.get(ELSEWHERE).respond(404, html="<p>nope</p>")
    found = absent().artifact
    assert found is not None
    assert found.redirected
    assert found.address == ELSEWHERE


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"x" * 101, {"Content-Type": "text/html"}),
        (b"text", {"Content-Type": "text/html", "Content-Encoding": "br"}),
        (gzip.compress(b"text"), {"Content-Type": "text/html"}),
        (b"%PDF", {"Content-Type": "application/pdf"}),
    ],
)
def test_words_that_cannot_be_read_count_as_cut(web: respx.MockRouter, body: bytes, headers: dict[str, str]) -> None:
    """The answer is the same, and nobody takes it for a page that was seen whole."""
    web.get(ADDRESS).respond(404, content=body, headers=headers)
    found = absent().artifact
    assert found is not None
    assert found.truncated


def test_an_answer_without_words_is_whole(web: respx.MockRouter) -> None:
    """Nothing more was to be read."""
    web.get(ADDRESS).respond(404)
    found = absent().artifact
    assert found is not None
    assert found.body == b""
    assert not found.truncated
