"""Which addresses may be asked for, and which network addresses are never connected to."""

from __future__ import annotations

import ipaddress
import string
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.data.domains import MAX_ADDRESS
from unlisted.errors import FetchError
from unlisted.sources.fetch import parse
from unlisted.sources.fetch.address import BAD_SCHEME, LOGIN_INSIDE, NOT_AN_ADDRESS, follow
from unlisted.sources.fetch.deny import allowed, is_own, is_own_name, is_public


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("https://blog.example", "https://blog.example/"),
        (" HTTPS://Blog.Example:443/a#part ", "https://blog.example/a"),
        ("http://blog.example:80/?q=1#x", "http://blog.example/?q=1"),
        ("http://blog.example:8080/a%20b c/ü?x=ü&y=%zz", "http://blog.example:8080/a%20b%20c/%C3%BC?x=%C3%BC&y=%zz"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("https://blog.example./", "https://blog.example/"),
        ("https://blog.example?x=1", "https://blog.example/?x=1"),
    ],
)
def test_one_spelling(typed: str, asked: str) -> None:
    """An address that a person typed has one spelling; its fragment stays at home."""
    assert parse(typed).text == asked


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", NOT_AN_ADDRESS),
        ("   ", NOT_AN_ADDRESS),
        ("blog.example", BAD_SCHEME),
        ("file:///etc/passwd", BAD_SCHEME),
        ("ftp://blog.example/", BAD_SCHEME),
        ("javascript:alert(1)", BAD_SCHEME),
        ("data:text/html,hello", BAD_SCHEME),
        ("gopher://blog.example:70/", BAD_SCHEME),
        ("https://wren:secret@blog.example/", LOGIN_INSIDE),
        ("https://blog.example@other.example/", LOGIN_INSIDE),
        ("https://blog.example\\@other.example/", LOGIN_INSIDE),
        ("https://blog.example\\other/", NOT_AN_ADDRESS),
        ("https://a\u202eb.example/", NOT_AN_ADDRESS),
        ("https://blog.example/a\u202eb", NOT_AN_ADDRESS),
        ("https://blog.example/\u200b", NOT_AN_ADDRESS),
        ("https://blog.example/\u2028", NOT_AN_ADDRESS),
        ("https://blog.example/\x00", NOT_AN_ADDRESS),
        ("https://blog.example/a\nb", NOT_AN_ADDRESS),
        ("https://blog.example/\ud800", NOT_AN_ADDRESS),
        ("https://blog.example:0/", NOT_AN_ADDRESS),
        ("https://blog.example:99999/", NOT_AN_ADDRESS),
        ("https://blog.example:port/", NOT_AN_ADDRESS),
        ("https://[::1/", NOT_AN_ADDRESS),
        ("https://[fe80::1%25eth0]/", NOT_AN_ADDRESS),
        ("https:///path", NOT_AN_ADDRESS),
        ("https://2130706433/", NOT_AN_ADDRESS),
        ("https://0x7f.1/", NOT_AN_ADDRESS),
        ("https://blog.example/" + "a" * MAX_ADDRESS, NOT_AN_ADDRESS),
    ],
)
def test_refused_addresses(typed: str, reason: str) -> None:
    """Other schemes, logins, hidden signs and what is no host are refused with a reason that repeats nothing."""
    with pytest.raises(FetchError) as caught:
        parse(typed)
    assert caught.value.reason == reason
    assert caught.value.__cause__ is None


def test_longest_address() -> None:
    """An address of exactly the longest length is taken."""
    start = "https://blog.example/"
    assert len(parse(start + "a" * (MAX_ADDRESS - len(start))).text) == MAX_ADDRESS


def test_address_hides_itself() -> None:
    """The host and path of an address stand in no repr."""
    assert "wren" not in repr(parse("https://wren.example/wren"))


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("/b", "https://blog.example/b"),
        ("b", "https://blog.example/x/b"),
        ("//www.blog.example/b", "https://www.blog.example/b"),
        ("http://blog.example/", "http://blog.example/"),
        ("", "https://blog.example/x/y"),
        ("../../../../z", "https://blog.example/z"),
    ],
)
def test_follow(location: str, asked: str) -> None:
    """A redirect is read as a browser reads it."""
    assert follow(parse("https://blog.example/x/y"), location).text == asked


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.sampled_from(["", "http://", "https://", "HTTPS:", "file://", "//"]),
    st.text(alphabet=string.ascii_letters + string.digits + "./:@[]%#?\\ \tⓐ。é\u202e\ud800-_~", max_size=50),
    st.text(max_size=20),
)
def test_any_address(scheme: str, middle: str, end: str) -> None:
    """Any text is refused by FetchError, or becomes an address that reads back as itself and holds no fragment or login."""
    with suppress(FetchError):
        address = parse(scheme + middle + end)
        assert parse(address.text) == address
        assert address.text.isascii()
        assert "#" not in address.text
        assert "@" not in address.text.partition("://")[2].partition("/")[0]
        assert address.scheme in {"http", "https"}
        assert 0 < address.port < 65536
    base = parse("https://blog.example/x")
    with suppress(FetchError):
        follow(base, middle + end)


REFUSED = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.88.99.1",
    "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.31.196.1", "192.52.193.1", "192.175.48.1",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
    "2001::1", "2001:0:7f00:1::", "2001:db8::1", "3fff::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
    "5f00::1", "100::1", "4000::1", "not an address", "",
]  # fmt: skip
OPEN = [
    "11.0.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "192.167.1.1",
    "223.255.255.255",
    "2600::1",
    "2a00::1",
]


@pytest.mark.parametrize("ip", REFUSED)
def test_never_connected_to(ip: str) -> None:
    """Private, local, shared, reserved and multicast addresses, and IPv6 in which one can hide, are not public."""
    assert not is_public(ip)
    assert not allowed([ip], own=False)


@pytest.mark.parametrize("ip", OPEN)
def test_public(ip: str) -> None:
    """The neighbours of the refused blocks are public."""
    assert is_public(ip)
    assert allowed([ip], own=False)


def test_one_bad_address_refuses_all() -> None:
    """A host with one public and one private address is refused, and so is a host without any."""
    assert not allowed(["11.0.0.1", "127.0.0.1"], own=False)
    assert not allowed([], own=True)


def test_own_network() -> None:
    """What was typed opens the person's own machine and network, never the local link, a tunnel or the cloud's own service."""
    assert all(
        is_own(ip) and allowed([ip], own=True) for ip in ("127.0.0.1", "::1", "192.168.1.1", "10.0.0.1", "fd00::1")
    )
    assert not any(
        is_own(ip) for ip in ("169.254.169.254", "fe80::1", "224.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "x")
    )


def test_own_names() -> None:
    """Only names that no public list answers for can mean one's own machine."""
    assert all(map(is_own_name, ("localhost", "nas", "nas.local", "x.home.arpa", "127.0.0.1", "::1")))
    assert not any(map(is_own_name, ("blog.example", "local.example", "169.254.169.254", "notlocal.com")))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_disguised_ipv4(number: int) -> None:
    """No IPv4 address passes as IPv6: mapped, compatible, NAT64 and 6to4 forms of any address are refused."""
    forms = [number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80]
    assert not any(is_public(str(ipaddress.IPv6Address(form))) for form in forms)
