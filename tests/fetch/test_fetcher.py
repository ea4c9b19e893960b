"""The rules of the fetcher: who may be contacted, how often, how long, and that nothing escapes it."""

from __future__ import annotations

import logging
import socket
import threading
import traceback
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import httpcore
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unlisted.data.domains import host_of, same_site
from unlisted.errors import FetchError, NotRead, TooLarge
from unlisted.sources.fetch import Fetcher, Limits, Target
from unlisted.sources.fetch import limits as words
from unlisted.sources.fetch.limits import status_reason
from unlisted.sources.fetch.network import Budget, in_time, system_resolve

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CANARY = "wren-hollis-canary"


class Server(Protocol):
    """What these tests use of the server in conftest.py."""

    routes: dict[str, Callable[[socket.socket, threading.Event], None]]
    heads: list[str]
    port: int

    def address(self, path: str = "/") -> str: ...
    def serve(self, raw: bytes, path: str = "/") -> str: ...
    def dial(self, host: str, port: int) -> Target: ...


class Clock:
    """A clock that moves only where a test moves it; sleeping moves it too and is noted."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def moved(location: str) -> bytes:
    """A redirect."""
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


def get(fetcher: Fetcher, address: str) -> bytes:
    """The body of an address."""
    return fetcher.get(address, source="my page", now=NOW).body


def reason_of(fetcher: Fetcher, address: str) -> str:
    """Why an address gave nothing."""
    with pytest.raises(NotRead) as caught:
        get(fetcher, address)
    return caught.value.reason


def stays_within(contacted: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether every host contacted lies in the registered domain of an address that was typed."""
    return all(any(same_site(host, host_of(address) or "") for address in typed) for host in contacted)


def test_limits_are_those_of_the_threat_model() -> None:
    """The numbers that the threat model promises."""
    limits = Limits()
    assert (limits.connect, limits.read, limits.total, limits.host, limits.redirects) == (5, 10, 20, 60, 5)
    assert (limits.wire, limits.page, limits.photo, limits.headers) == (5_000_000, 2_000_000, 25_000_000, 100_000)
    assert (limits.spacing, limits.at_once, limits.retry_after, limits.retries) == (1, 8, 120, 2)
    assert limits.received("photo") >= limits.kept("photo") == limits.photo
    assert limits.received("page") == limits.wire


def test_dial_leads_elsewhere(server: Server) -> None:
    """Demo and tests lead a host to their own server, without TLS, and the right host is asked for."""
    fetcher = Fetcher(dial=server.dial)
    got = fetcher.get("https://blog.example/a", source="my blog", now=NOW)
    assert (got.source, got.at, got.address, got.status) == ("my blog", NOW, "https://blog.example/a", 200)
    assert "Host: blog.example\r\n" in server.heads[0]
    assert fetcher.contacted == ("blog.example",)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://blog.example", "GET / HTTP/1.1"),
        ("https://blog.example/ü?q=ü&p=%20+#part", "GET /%C3%BC?q=%C3%BC&p=%20+ HTTP/1.1"),
        ("https://blog.example/~wren/a;b=c,(d)'!", "GET /~wren/a;b=c,(d)'! HTTP/1.1"),
        ('https://blog.example/a|b"c<d>', "GET /a%7Cb%22c%3Cd%3E HTTP/1.1"),
    ],
)
def test_what_is_sent(server: Server, typed: str, sent: str) -> None:
    """Exactly what was typed is asked for, in the one spelling of the web."""
    get(Fetcher(dial=server.dial), typed)
    assert server.heads[0].splitlines()[0] == sent


def test_dial_may_leave_it_to_the_resolver(server: Server) -> None:
    """A dial that says nothing about a host leaves it to ordinary resolving and its checks."""
    fetcher = Fetcher(dial=lambda host, port: None, resolve=lambda host, port: ["127.0.0.1"])
    assert reason_of(fetcher, "https://blog.example/") == words.PRIVATE
    assert fetcher.contacted == ()


def test_tls_names_the_host(server: Server) -> None:
    """With TLS the greeting names the host of the address, though the connection leads to a checked IP address."""
    server.routes[""] = lambda connection, stop: None
    fetcher = Fetcher(dial=lambda host, port: Target(ip="127.0.0.1", port=server.port), sleep=lambda seconds: None)
    assert reason_of(fetcher, "https://blog.example/") in {words.CERTIFICATE, words.NO_CONNECTION}
    assert "blog.example" in server.heads[0]


def test_tls_with_a_stranger(server: Server) -> None:
    """A server that answers a TLS greeting with something else has not proved who it is, and is not asked again."""
    server.routes[""] = lambda connection, stop: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nhello")
    clock = Clock()
    fetcher = Fetcher(dial=lambda host, port: Target(ip="127.0.0.1", port=server.port), sleep=clock.sleep)
    assert reason_of(fetcher, "https://blog.example/") == words.CERTIFICATE
    assert clock.slept == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.0.0.2", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fec0::1]", "[fc00::1]",
        "[ff02::1]", "[5f00::1]", "[::127.0.0.1]", "224.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "10.0.0.1",
        "127。0。0。1", "①②⑦.0.0.1", "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "0", "localhost",
    ],
)  # fmt: skip
def test_disguised_addresses(host: str) -> None:
    """However a private address is written, nothing connects to it."""
    fetcher = Fetcher(resolve=lambda host, port: ["127.0.0.1"])
    assert reason_of(fetcher, f"http://{host}/")
    assert fetcher.contacted == ()


def test_typed_loopback(server: Server) -> None:
    """The very host and port that a person typed is read, another name or port of the same machine is not."""
    fetcher = Fetcher(typed=[server.address()])
    assert get(fetcher, server.address("/a")) == b"<p>hello</p>"
    assert reason_of(fetcher, f"http://127.0.0.1:{server.port + 1}/") == words.PORT
    assert reason_of(fetcher, f"http://127.0.0.2:{server.port}/") == words.NOT_LISTED
    assert reason_of(Fetcher(), server.address()) == words.PORT


def test_public_name_never_leads_inside(server: Server) -> None:
    """A public name that resolves to this machine is refused even where the person typed it: its owner chose where it leads."""
    address = f"http://router.example:{server.port}/"
    fetcher = Fetcher(typed=[address], resolve=lambda host, port: ["127.0.0.1"])
    assert reason_of(fetcher, address) == words.PRIVATE
    assert server.heads == []


def test_rebinding(server: Server) -> None:
    """A name is resolved once for each request and the checked address is used, whatever the next answer is."""
    answers: list[Sequence[str]] = [["127.0.0.1"], ["169.254.169.254"]]
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    address = f"http://localhost:{server.port}/"
    fetcher = Fetcher(typed=[address], resolve=resolve, sleep=lambda seconds: None)
    assert get(fetcher, address) == b"<p>hello</p>"
    assert asked == ["localhost"]
    assert reason_of(fetcher, address) == words.PRIVATE
    assert len(server.heads) == 1


def test_mixed_answers_are_refused() -> None:
    """A name with one public and one private address is refused before anything connects."""
    fetcher = Fetcher(resolve=lambda host, port: ["11.0.0.1", "127.0.0.1"])
    assert reason_of(fetcher, "http://blog.example/") == words.PRIVATE
    assert fetcher.contacted == ()


def test_second_address_is_tried(server: Server) -> None:
    """Where the first address of a name does not answer, the next one is tried."""
    address = f"http://localhost:{server.port}/"
    fetcher = Fetcher(typed=[address], resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"])
    assert get(fetcher, address) == b"<p>hello</p>"


@pytest.mark.parametrize("answer", [[], ["nonsense"], ["", "127.0.0.1"]])
def test_strange_answers_of_a_resolver(answer: list[str]) -> None:
    """A resolver that gives nothing, or nonsense, gives a reason."""
    assert reason_of(Fetcher(resolve=lambda host, port: answer), "http://blog.example/") in {
        words.NOT_FOUND,
        words.PRIVATE,
    }


def test_slow_resolver_ends() -> None:
    """A resolver that never comes back is given up."""
    never = threading.Event()

    def resolve(host: str, port: int) -> Sequence[str]:
        never.wait(5)
        return ["11.0.0.1"]

    fetcher = Fetcher(resolve=resolve, limits=Limits(connect=0.1))
    assert reason_of(fetcher, "http://blog.example/") == words.NO_ANSWER
    never.set()


def test_failing_resolver() -> None:
    """A name that nobody knows is a reason of its own; the failure stays in its thread."""

    def resolve(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(CANARY)

    assert reason_of(Fetcher(resolve=resolve), "http://blog.example/") == words.NOT_FOUND
    with pytest.raises(FetchError):
        in_time(lambda: resolve("", 0), 1)


def test_system_resolver() -> None:
    """The system's resolver gives IP addresses, each once, without a zone."""
    found = system_resolve("127.0.0.1", 80)
    assert found == ("127.0.0.1",)


def test_nothing_outside_the_list(server: Server) -> None:
    """Where the typed addresses are known, no other registered domain is asked for."""
    fetcher = Fetcher(dial=server.dial, typed=["https://www.blog.example/me", "no address"], sleep=lambda seconds: None)
    assert get(fetcher, "https://blog.example/")
    assert reason_of(fetcher, "https://other.example/") == words.NOT_LISTED
    assert reason_of(fetcher, "https://blog.example:8443/") == words.PORT
    fetcher.add_typed(["https://other.example:8443/"])
    assert get(fetcher, "https://other.example:8443/")
    assert fetcher.contacted == ("blog.example", "other.example")


def test_redirect_within_the_domain(server: Server) -> None:
    """A redirect to another host of the same registered domain is followed, and the final address is told."""
    server.serve(moved("http://www.blog.example/two"), "/one")
    fetcher = Fetcher(dial=server.dial, sleep=lambda seconds: None)
    got = fetcher.get("https://blog.example/one", source="my blog", now=NOW)
    assert (got.address, got.redirected) == ("http://www.blog.example/two", True)
    assert fetcher.contacted == ("blog.example", "www.blog.example")


def test_redirect_to_a_neighbour(server: Server) -> None:
    """A redirect to another person at the same hosting service is another site."""
    server.serve(moved("https://other.github.io/"), "/one")
    assert reason_of(Fetcher(dial=server.dial), "https://wren.github.io/one") == words.OTHER_SITE


HOSTS = [
    "blog.example",
    "www.blog.example",
    "other.example",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "blog.example.evil.example",
    "xblog.example",
]


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["http", "https", "file", "ftp"]),
    st.sampled_from(HOSTS),
    st.sampled_from(["", ":80", ":443", ":22", ":8080"]),
)
def test_contacted_stays_within_typed(server: Server, scheme: str, host: str, port: str) -> None:
    """Wherever a redirect leads, the hosts contacted lie within the registered domains that were typed."""
    server.serve(moved(f"{scheme}://{host}{port}/two"), "/one")
    typed = ["https://blog.example/one"]
    fetcher = Fetcher(dial=server.dial, typed=typed, sleep=lambda seconds: None, limits=Limits(spacing=0))
    with suppress(NotRead):
        get(fetcher, typed[0])
    assert fetcher.contacted
    assert stays_within(fetcher.contacted, typed)


def test_stays_within_can_fail() -> None:
    """The promise above is a test that can fail."""
    assert stays_within(["blog.example", "www.blog.example"], ["https://blog.example/"])
    assert not stays_within(["other.example"], ["https://blog.example/"])


def test_one_second_between_requests(server: Server) -> None:
    """Two requests to one host are a second apart; another host is not waited for."""
    clock = Clock()
    fetcher = Fetcher(dial=server.dial, sleep=clock.sleep, monotonic=clock.monotonic)
    get(fetcher, "https://blog.example/")
    clock.time += 0.25
    get(fetcher, "https://blog.example/")
    get(fetcher, "https://other.example/")
    assert clock.slept == [0.75]


def test_time_of_a_host_is_used_up(server: Server) -> None:
    """After its time is used up, a host is not asked again in this audit, and others are."""
    clock = Clock()

    def slow(connection: socket.socket, stop: threading.Event) -> None:
        clock.time += 25
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    server.routes["/slow"] = slow
    fetcher = Fetcher(dial=server.dial, sleep=clock.sleep, monotonic=clock.monotonic, limits=Limits(total=1000))
    assert get(fetcher, "https://blog.example/slow") == b"hi"
    assert get(fetcher, "https://blog.example/slow") == b"hi"
    with suppress(NotRead):  # the third may be met in the middle
        get(fetcher, "https://blog.example/slow")
    assert reason_of(fetcher, "https://blog.example/") == words.USED_UP
    assert len(server.heads) == 3
    assert get(fetcher, "https://other.example/")


def test_total_covers_redirects(server: Server) -> None:
    """The total time is one for a page and all its redirects."""
    clock = Clock()

    def slow(connection: socket.socket, stop: threading.Event) -> None:
        clock.time += 12
        connection.sendall(moved("/slow"))

    server.routes["/slow"] = slow
    fetcher = Fetcher(dial=server.dial, sleep=clock.sleep, monotonic=clock.monotonic)
    assert reason_of(fetcher, "https://blog.example/slow") == words.TOO_SLOW
    assert len(server.heads) == 2


def test_budget() -> None:
    """A budget gives the smaller of what is left and what is asked for, and refuses at the end of time and bytes."""
    clock = Clock()
    budget = Budget(monotonic=clock.monotonic, until=10, left=3)
    assert (budget.seconds(4), budget.seconds(None), budget.seconds(40)) == (4, 10, 10)
    budget.spend(3)
    with pytest.raises(TooLarge):
        budget.spend(1)
    clock.time = 10
    with pytest.raises(FetchError, match=words.TOO_SLOW):
        budget.seconds(1)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (AssertionError(CANARY), FetchError),
        (MemoryError(CANARY), TooLarge),
        (UnicodeDecodeError("utf-8", CANARY.encode(), 0, 1, CANARY), FetchError),
        (RecursionError(CANARY), FetchError),
        (zlib.error(CANARY), FetchError),
        (ValueError(CANARY), FetchError),
        (TypeError(CANARY), FetchError),
        (OSError(CANARY), FetchError),
        (httpcore.ReadError(CANARY), FetchError),
        (StopIteration(CANARY), FetchError),
        (FetchError(words.LATER), FetchError),
        (TooLarge(words.TOO_MUCH), TooLarge),
    ],
)
def test_outermost_boundary(error: Exception, kind: type[NotRead]) -> None:
    """Whatever is raised inside comes out as one of two errors, with a plain reason and nothing attached."""

    def dial(host: str, port: int) -> Target:
        raise error

    with pytest.raises(NotRead) as caught:
        get(Fetcher(dial=dial, sleep=lambda seconds: None), f"https://blog.example/{CANARY}")
    assert type(caught.value) is kind
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_interrupt_passes() -> None:
    """A person who stops the program is obeyed."""

    def dial(host: str, port: int) -> Target:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        get(Fetcher(dial=dial), "https://blog.example/")


def test_no_log(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """No address stands in any log, at any level."""
    caplog.set_level(logging.DEBUG)
    server.serve(moved(f"/{CANARY}-two"), f"/{CANARY}")
    get(Fetcher(dial=server.dial, sleep=lambda seconds: None), f"https://blog.example/{CANARY}")
    assert CANARY not in caplog.text
    assert "blog.example" not in caplog.text


def test_environment_is_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither a proxy nor a file of logins nor a log of keys in the environment has any effect."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    logins = tmp_path / "netrc"
    logins.write_text("machine blog.example login wren password hollis\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(logins))
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    assert get(Fetcher(dial=server.dial), "http://blog.example/")
    assert "authorization" not in server.heads[0].lower()
    assert not (tmp_path / "keys").exists()


def test_context_manager(server: Server) -> None:
    """The fetcher works in a with statement."""
    with Fetcher(dial=server.dial) as fetcher:
        assert get(fetcher, "https://blog.example/")


@pytest.mark.parametrize(
    ("hosts", "limits"),
    [
        (["blog.example"] * 4, Limits(spacing=0)),
        (["a.example", "b.example", "c.example", "d.example"], Limits(spacing=0, at_once=1)),
    ],
)
def test_threads_wait_for_each_other(server: Server, hosts: list[str], limits: Limits) -> None:
    """Several threads never have two requests under way at one host, nor more in all than the limit."""
    under_way: list[int] = []
    most: list[int] = []

    def route(connection: socket.socket, stop: threading.Event) -> None:
        under_way.append(1)
        most.append(len(under_way))
        stop.wait(0.02)
        under_way.pop()
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    server.routes["/"] = route
    fetcher = Fetcher(dial=server.dial, limits=limits)
    threads = [threading.Thread(target=get, args=(fetcher, f"https://{host}/")) for host in hosts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]


def test_reasons_are_plain() -> None:
    """Every reason is one short line in small words, without a full stop."""
    said = [value for name, value in vars(words).items() if name.isupper() and isinstance(value, str)]
    said += [status_reason(status) for status in range(100, 600)]
    for reason in said:
        assert reason[0].islower()
        assert len(reason.split()) <= 12
        assert not reason.endswith(".")
        assert not any(word in reason for word in ("safe", "secure", "anonymous", "error", "failed"))
