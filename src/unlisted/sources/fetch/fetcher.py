"""Fetches one address at a time for an audit: the only part of the program that knows the network."""

from __future__ import annotations

import email.utils
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from unlisted.data.domains import same_site
from unlisted.errors import FetchError, NotRead
from unlisted.model.artifact import Artifact
from unlisted.sources.fetch import limits as words
from unlisted.sources.fetch.address import PORTS, Address, follow, parse
from unlisted.sources.fetch.body import is_packed, is_page, media_type, read_body
from unlisted.sources.fetch.deny import is_own_name
from unlisted.sources.fetch.limits import Limits, status_reason
from unlisted.sources.fetch.network import Backend, Budget, Dial, Resolve, Transport, explain, system_resolve

# Both libraries write whole addresses to their logs, and an address can name a person.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

HEADERS = {
    "User-Agent": f"python-httpx/{httpx.__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
"""All that is sent beside Host. The name of the library is honest and neutral: the owner of a site may be the abuser."""

ABSENT = frozenset({404, 410})
"""Answers by which a server says that there is no such page."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})


class AbsentError(FetchError):
    """The server says that there is no such page: `artifact` is what it said, and where the redirects ended."""

    def __init__(self, reason: str, artifact: Artifact | None = None) -> None:
        super().__init__(reason)
        self.artifact = artifact


class _AgainError(FetchError):
    """A failure that another try may mend; `wait` in seconds where the server asked for it."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(slots=True)
class _Host:
    """What is kept of one host during an audit."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    spent: float = 0.0
    last: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """One answer: either `location` or a body."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str | None = None
    location: str | None = None
    body: bytes = field(default=b"", repr=False)
    truncated: bool = False


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header (a number or a date), never below 0; None where there is none that makes sense."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return float(text)
    with suppress(ValueError, TypeError, OverflowError, IndexError):
        at = email.utils.parsedate_to_datetime(text[:60])
        return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds())
    return None


class Fetcher:
    """Reads addresses that a person typed.

    `typed` are those addresses: where it is not empty, nothing outside their registered domains is asked for, and their hosts
    and ports are allowed although the port is unusual or the host is the person's own machine. `dial` leads hosts elsewhere
    (demo and tests), `resolve` looks names up, `sleep` and `monotonic` are the clock. Safe to share between threads.
    """

    def __init__(
        self,
        *,
        dial: Dial | None = None,
        typed: Iterable[str] = (),
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        limits: Limits = Limits(),  # noqa: B008  (frozen)
        resolve: Resolve = system_resolve,
    ) -> None:
        self._dial, self._resolve, self._sleep, self._monotonic, self._limits = dial, resolve, sleep, monotonic, limits
        self._places: set[tuple[str, int]] = set()
        self._hosts: dict[str, _Host] = {}
        self._contacted: dict[str, None] = {}
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(limits.at_once)
        self.add_typed(typed)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open between two addresses."""

    @property
    def contacted(self) -> tuple[str, ...]:
        """The hosts connected to so far, in order, each once."""
        return tuple(self._contacted)

    def add_typed(self, addresses: Iterable[str]) -> None:
        """More addresses that the person typed; those that are no addresses are left out."""
        for address in addresses:
            with suppress(FetchError):
                self._places.add(parse(address).place)

    def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
        """What stands at `address`; `kind` is "page" (cut where too long), "photo" or "picture" (refused where too long).

        Raises FetchError or TooLarge only, with a reason that holds no value, whatever the server does; AbsentError where it
        says that there is no such page.
        """
        problem: NotRead
        try:
            first = parse(address)
            self._check(first)
            last, answer = self._tries(first, kind=kind, now=now)
            artifact = self._artifact(first, last, answer, source=source, now=now)
            if answer.status not in ABSENT:
                return artifact
            problem = AbsentError(status_reason(answer.status), artifact)
        except Exception as error:  # noqa: BLE001  (the outermost boundary: nothing that a server does may end an audit)
            problem = explain(error)
        raise problem  # outside the handler: what happened below holds addresses

    def _check(self, address: Address) -> None:
        if self._places and not any(same_site(address.host, host) for host, _ in self._places):
            raise FetchError(words.NOT_LISTED)
        if not self._port_allowed(address):
            raise FetchError(words.PORT)

    def _port_allowed(self, address: Address) -> bool:
        return address.port in PORTS.values() or address.place in self._places

    def _tries(self, first: Address, *, kind: str, now: datetime) -> tuple[Address, _Answer]:
        """The answer at the end of the redirects, with new tries where they can help."""
        pause, reason = self._limits.backoff, words.UNKNOWN
        for left in range(self._limits.retries, -1, -1):
            try:
                return self._chain(first, kind=kind, now=now)
            except _AgainError as problem:
                reason, wait = problem.reason, problem.wait
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                reason, wait = explain(error).reason, None
            if reason == words.CERTIFICATE:
                break
            if wait is not None and wait > self._limits.retry_after:
                raise FetchError(words.LATER)
            if left:
                self._sleep(pause if wait is None else wait)
                pause *= 2
        raise FetchError(reason)

    def _chain(self, first: Address, *, kind: str, now: datetime) -> tuple[Address, _Answer]:
        """Follows redirects by hand, within the registered domain, all in one total time."""
        until = self._monotonic() + self._limits.total
        at = first
        for _ in range(self._limits.redirects + 1):
            answer = self._one(at, kind=kind, now=now, until=until)
            if answer.location is None:
                return at, answer
            at = self._next(first, at, answer.location, kind=kind)
        raise FetchError(words.REDIRECTS)

    def _next(self, first: Address, at: Address, location: str, *, kind: str) -> Address:
        """Where a redirect may lead; raises FetchError where it may not.

        That of a picture stays on its host and is not asked for in clear text: the service named the address, nobody typed it.
        """
        target: Address | None = None
        with suppress(FetchError):
            target = follow(at, location)
        if target is None:
            raise FetchError(words.BAD_REDIRECT)
        if not same_site(first.host, target.host):
            raise FetchError(words.OTHER_SITE)
        if kind == "picture" and (target.host != first.host or first.scheme == "https" != target.scheme):
            raise FetchError(words.OTHER_HOST)
        if not self._port_allowed(target):
            raise FetchError(words.REDIRECT_PORT)
        return target

    def _one(self, at: Address, *, kind: str, now: datetime, until: float) -> _Answer:
        """One request: one at a time a host, spaced, within the host's time."""
        with self._lock:
            host = self._hosts.setdefault(at.host, _Host())
        with host.lock, self._slots:
            self._space(host)
            begun = self._monotonic()
            left = self._limits.host - host.spent
            if left <= 0:
                raise FetchError(words.USED_UP)
            try:
                return self._ask(at, kind=kind, now=now, until=min(until, begun + left))
            finally:
                host.last = self._monotonic()
                host.spent += host.last - begun

    def _space(self, host: _Host) -> None:
        """Waits until a second has passed since the last request to this host."""
        if host.last is not None:
            wait = self._limits.spacing - (self._monotonic() - host.last)
            if wait > 0:
                self._sleep(wait)

    def _met(self, host: str) -> None:
        with self._lock:
            self._contacted.setdefault(host)

    def _ask(self, at: Address, *, kind: str, now: datetime, until: float) -> _Answer:
        limits = self._limits
        backend = Backend(
            budget=Budget(monotonic=self._monotonic, until=until, left=limits.received(kind)),
            limits=limits,
            own=at.place in self._places and is_own_name(at.host),
            dial=self._dial,
            resolve=self._resolve,
            met=self._met,
        )
        times = httpx.Timeout(connect=limits.connect, read=limits.read, write=limits.read, pool=limits.connect)
        # No client of httpx: it would keep cookies, and look at where a redirect leads before this program does.
        request = httpx.Request("GET", at.text, headers=HEADERS, extensions={"timeout": times.as_dict()})
        with Transport(backend) as transport, closing(transport.handle_request(request)) as answer:
            return self._read(answer, kind=kind, now=now)

    def _read(self, answer: httpx.Response, *, kind: str, now: datetime) -> _Answer:
        status, headers = answer.status_code, answer.headers
        if status in _MOVED and "location" in headers:
            return _Answer(status=status, location=headers["location"])
        if status in _AGAIN:
            raise _AgainError(status_reason(status), retry_after(headers.get("retry-after"), now))
        if status in ABSENT:
            return self._absent(answer)
        if status not in {200, 203}:
            raise FetchError(status_reason(status))
        content_type = headers.get("content-type")
        if kind == "page" and not is_page(content_type):
            raise FetchError(words.NOT_A_PAGE)
        body, truncated = read_body(
            answer.iter_raw(),
            encoding=headers.get("content-encoding"),
            keep=self._limits.kept(kind),
            cut=kind == "page",
        )
        if is_packed(body):
            raise FetchError(words.PACKED)
        if not body:
            raise FetchError(words.EMPTY)
        return _Answer(
            status=status,
            headers=tuple(headers.multi_items()),
            content_type=content_type,
            body=body,
            truncated=truncated,
        )

    def _absent(self, answer: httpx.Response) -> _Answer:
        """A refusal with its words; where they cannot be read, they count as cut."""
        body, truncated = b"", True
        with suppress(Exception):  # the status was read: whatever ends the words early, it is the answer
            encoding, keep = answer.headers.get("content-encoding"), self._limits.kept("page")
            body, truncated = read_body(answer.iter_raw(), encoding=encoding, keep=keep, cut=True)
        kind = answer.headers.get("content-type")
        usable = is_page(kind) and not is_packed(body)
        return _Answer(
            status=answer.status_code,
            headers=tuple(answer.headers.multi_items()),
            content_type=kind,
            body=body if usable else b"",
            truncated=truncated or not usable,
        )

    @staticmethod
    def _artifact(first: Address, last: Address, answer: _Answer, *, source: str, now: datetime) -> Artifact:
        return Artifact(
            source=source,
            at=now,
            sha256=hashlib.sha256(answer.body).hexdigest(),
            media_type=media_type(answer.content_type),
            body=answer.body,
            address=last.text,
            content_type=answer.content_type,
            truncated=answer.truncated,
            redirected=last != first,
            status=answer.status,
            headers=answer.headers,
        )
