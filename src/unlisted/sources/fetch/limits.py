"""Every number of the fetch layer in one place, and the words that are said when one is reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds, bytes and counts.

    A page is cut at `page` bytes and says so; a photo is refused beyond `photo`, since half a photo is none, and the picture of an
    account beyond `picture`. `wire` counts
    everything that comes through the connection of a page, `total` the whole of one try with its redirects.
    """

    connect: float = 5.0
    read: float = 10.0
    total: float = 20.0
    host: float = 60.0
    redirects: int = 5
    wire: int = 5_000_000
    page: int = 2_000_000
    photo: int = 25_000_000
    picture: int = 1_000_000
    headers: int = 100_000
    spacing: float = 1.0
    at_once: int = 8
    retry_after: float = 120.0
    retries: int = 2
    backoff: float = 1.0
    """Seconds before the first new try where the server names none; doubled for the second."""
    addresses: int = 8
    """IP addresses of one host that are looked at."""

    def kept(self, kind: str) -> int:
        """Bytes that are kept of one answer after unpacking."""
        return {"photo": self.photo, "picture": self.picture}.get(kind, self.page)

    def received(self, kind: str) -> int:
        """Bytes that may come through one connection."""
        return self.wire if kind == "page" else self.kept(kind) + self.headers


NO_ANSWER = "the server did not answer in time"
TOO_SLOW = "the server took too long"
TOO_MUCH = "the answer is too large"
TOO_MANY_HEADERS = "the head of the answer is too large"
USED_UP = "the time for this site is used up"
NOT_FOUND = "the name of the site was not found"
NO_CONNECTION = "the server could not be reached"
PRIVATE = "the address leads to a private network"
PORT = "the address uses an unusual port"
OTHER_SITE = "the redirect leads to another site"
OTHER_HOST = "the redirect leads to another host"
BAD_REDIRECT = "the redirect leads to something that is not a web address"
REDIRECT_PORT = "the redirect leads to an unusual port"
REDIRECTS = "the site redirects too often"
NOT_LISTED = "this site is not in your list"
BROKEN = "the answer of the server is broken"
CUT_OFF = "the server broke off"
CERTIFICATE = "the site could not prove who it is"
PACKED = "the answer is packed in a way that is not read"
UNPACK = "the packed answer is broken"
NOT_A_PAGE = "the address does not lead to a page"
LATER = "the site asks to come back later"
EMPTY = "the answer is empty"
UNKNOWN = "the address could not be read"

STATUS = {
    401: "the page is behind a login",
    402: "the site answered 402: it asks for payment",
    403: "the site answered 403: not allowed",
    404: "the site answered 404: the page is not there",
    407: "the network asks for a login of its own",
    408: NO_ANSWER,
    410: "the site answered 410: the page is gone",
    429: "the site answered 429: too many requests",
    451: "the site answered 451: blocked for legal reasons",
    500: "the site answered 500: it has a fault",
    502: "the site answered 502: it has a fault",
    503: "the site answered 503: it is not available now",
    504: "the site answered 504: it did not answer in time",
    999: "the site answered 999: it lets no programs in",
}


def status_reason(status: int) -> str:
    """Why an answer that is no success gives nothing."""
    return STATUS.get(
        status, f"the site answered {status}: it has a fault" if status >= 500 else f"the site answered {status}"
    )
