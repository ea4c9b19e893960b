"""Web addresses: what may be asked for at all, and in which one spelling."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from unlisted.data.domains import MAX_ADDRESS, normalise
from unlisted.errors import FetchError

PORTS = {"http": 80, "https": 443}
_PATH = "/%:@!$&'()*+,;=~-._"
_QUERY = _PATH + "?"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories that a person cannot see in an address: control, format (bidi), surrogate, private, separators."""

NOT_AN_ADDRESS = "this is not a valid web address"
BAD_SCHEME = "the address does not start with http:// or https://"
LOGIN_INSIDE = "the address holds a login name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One web address, normalised: ASCII host, no fragment. `port` is always a number."""

    scheme: str
    host: str = field(repr=False)
    port: int
    target: str = field(repr=False)

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        return self.host, self.port

    @property
    def text(self) -> str:
        """The address as it is asked for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def _target(parts: SplitResult) -> str:
    """Path and query in ASCII; what is percent-encoded already stays as it is."""
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    path = quote(parts.path, safe=_PATH)
    return (path if path.startswith("/") else f"/{path}") + query


def _pieces(parts: SplitResult) -> Address:
    if parts.scheme not in PORTS:
        raise FetchError(BAD_SCHEME)
    if "@" in parts.netloc:
        raise FetchError(LOGIN_INSIDE)
    host = normalise(parts.hostname or "")
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    if host is None or port == 0:
        raise FetchError(NOT_AN_ADDRESS)
    return Address(scheme=parts.scheme, host=host, port=port, target=_target(parts))


def parse(address: str) -> Address:
    """The address in its one spelling; raises FetchError with a reason that does not repeat it."""
    text = address.strip(" \t\r\n")
    if not text or len(text) > MAX_ADDRESS or any(unicodedata.category(sign) in _HIDDEN for sign in text):
        raise FetchError(NOT_AN_ADDRESS)
    with suppress(ValueError):  # raised below, outside: the library's message repeats the address
        return _pieces(urlsplit(text))
    raise FetchError(NOT_AN_ADDRESS)


def follow(base: Address, location: str) -> Address:
    """Where a redirect leads; raises FetchError where it is no address."""
    try:
        joined = urljoin(base.text, location)
    except ValueError:
        joined = ""
    return parse(joined)
