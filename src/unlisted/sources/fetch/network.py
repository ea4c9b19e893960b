"""The one way to the network: resolve once, check every address, connect to the checked one, and keep the time.

The time is kept at every read of the connection: a server that sends one byte a second, or early hints without end,
does not outlast it. `httpcore` hands all its reading and writing to the backend that stands here.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import certifi
import httpcore
import httpx

from unlisted.data.domains import is_ip
from unlisted.errors import FetchError, NotRead, TooLarge
from unlisted.sources.fetch import limits as words
from unlisted.sources.fetch.deny import allowed
from unlisted.sources.fetch.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a host really leads, in demos and tests: `plain` means no TLS though the address says https."""

    ip: str
    port: int
    plain: bool = False


Dial = Callable[[str, int], Target | None]
Resolve = Callable[[str, int], Sequence[str]]


def system_resolve(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says, in its order, each address once. Raises OSError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers))


def in_time(work: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """Runs `work` beside, since a resolver keeps no time limit; raises FetchError where it takes longer or fails."""
    found: list[Sequence[str]] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            found.append(work())
        except Exception as error:  # noqa: BLE001  (a thread of its own: nothing may end on the terminal)
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if found:
        return found[0]
    raise FetchError(words.NOT_FOUND if failed else words.NO_ANSWER)


@dataclass(slots=True, kw_only=True)
class Budget:
    """What one try may still use: time until `until`, bytes `left`."""

    monotonic: Callable[[], float] = field(repr=False)
    until: float
    left: int

    def seconds(self, most: float | None) -> float:
        """Seconds for the next step; raises FetchError where none are left."""
        left = self.until - self.monotonic()
        if left <= 0:
            raise FetchError(words.TOO_SLOW)
        return left if most is None else min(left, most)

    def spend(self, count: int) -> None:
        """Counts bytes that came; raises TooLarge at the limit."""
        self.left -= count
        if self.left < 0:
            raise TooLarge(words.TOO_MUCH)


class GuardedStream(httpcore.NetworkStream):
    """A connection that keeps to a budget."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget, *, plain: bool) -> None:
        self._stream, self._budget, self._plain = stream, budget, plain

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        got = self._stream.read(max_bytes, self._budget.seconds(timeout))
        self._budget.spend(len(got))
        return got

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._budget.seconds(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        if self._plain:
            return self
        secret = self._stream.start_tls(ssl_context, server_hostname, self._budget.seconds(timeout))
        return GuardedStream(secret, self._budget, plain=False)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@dataclass(slots=True, kw_only=True)
class Backend(httpcore.NetworkBackend):
    """Connects for one request. `own`: the person typed this host and port; `met` is told each host that is connected to."""

    budget: Budget
    limits: Limits
    own: bool
    dial: Dial | None
    resolve: Resolve
    met: Callable[[str], None]

    def _lead(self, host: str, port: int) -> tuple[Sequence[str], int, bool]:
        """The checked addresses, the port, and whether TLS is left out."""
        target = self.dial(host, port) if self.dial else None
        if target:
            return (target.ip,), target.port, target.plain
        if is_ip(host):
            ips: Sequence[str] = (host,)
        else:
            ips = in_time(lambda: self.resolve(host, port), self.budget.seconds(self.limits.connect))
        if not ips:
            raise FetchError(words.NOT_FOUND)
        if not allowed(ips, own=self.own):
            raise FetchError(words.PRIVATE)
        return ips, port, False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        ips, port, plain = self._lead(host.strip("[]"), port)
        problem: Exception = httpcore.ConnectError()
        for ip in ips[: self.limits.addresses]:
            seconds = self.budget.seconds(min(timeout or self.limits.connect, self.limits.connect))
            self.met(host.strip("[]"))
            try:
                stream = httpcore.SyncBackend().connect_tcp(ip, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return GuardedStream(stream, self.budget, plain=plain)
        raise problem


@cache
def tls() -> ssl.SSLContext:
    """Checks names and certificates. Built by hand: the standard helper writes session keys where an environment variable says."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certifi.where())
    return context


class Transport(httpx.HTTPTransport):
    """httpx's own transport over the guarded backend. Cookies are taken out before a client can keep them."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(verify=tls(), trust_env=False)
        self._most = backend.limits.headers
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls(), max_connections=1, max_keepalive_connections=0, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        if sum(len(name) + len(value) + 4 for name, value in answer.headers.raw) > self._most:
            answer.close()
            raise TooLarge(words.TOO_MANY_HEADERS)
        headers = [
            (name, value) for name, value in answer.headers.raw if name.lower() not in {b"set-cookie", b"set-cookie2"}
        ]
        return httpx.Response(answer.status_code, headers=headers, stream=answer.stream, extensions=answer.extensions)


_REASONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    ((httpx.TimeoutException, httpcore.TimeoutException, TimeoutError), words.NO_ANSWER),
    ((httpx.ConnectError, httpcore.ConnectError), words.NO_CONNECTION),
    ((httpx.ProtocolError, httpcore.ProtocolError), words.BROKEN),
    ((httpx.NetworkError, httpcore.NetworkError, OSError), words.CUT_OFF),
    ((httpx.InvalidURL,), words.UNKNOWN),
)


def _untrusted(error: BaseException) -> bool:
    """Whether a certificate was refused somewhere below; looks at most ten causes deep."""
    at: BaseException | None = error
    for _ in range(10):
        if at is None:
            return False
        if isinstance(at, ssl.SSLError):
            return True
        at = at.__cause__ or at.__context__
    return False


def explain(error: Exception) -> NotRead:
    """The outermost boundary: whatever happened becomes a reason that holds no value."""
    if isinstance(error, NotRead):
        return type(error)(error.reason)
    if isinstance(error, MemoryError):
        return TooLarge(words.TOO_MUCH)
    if _untrusted(error):
        return FetchError(words.CERTIFICATE)
    return FetchError(next((reason for kinds, reason in _REASONS if isinstance(error, kinds)), words.UNKNOWN))
