"""Registered domains: which hosts belong together, without asking anybody."""

from __future__ import annotations

import socket
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.data.domains import MAX_HOST, host_of, is_ip, normalise, registered_domain, same_site


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("blog.example", "blog.example"),
        ("www.blog.example", "blog.example"),
        ("a.b.blog.example", "blog.example"),
        ("www.marrow.co.uk", "marrow.co.uk"),
        ("wren.github.io", "wren.github.io"),
        ("deep.wren.github.io", "wren.github.io"),
        ("github.io", None),
        ("com", None),
        ("co.uk", None),
        ("localhost", None),
        ("127.0.0.1", None),
        ("[::1]", None),
        ("::1", None),
        ("", None),
        (".", None),
        ("Blog.Example.", "blog.example"),
        ("www.faß.de", "xn--fa-hia.de"),
        ("ⓑⓛⓞⓖ.example", "blog.example"),
        ("blog。example", "blog.example"),
    ],
)
def test_registered_domain(host: str, domain: str | None) -> None:
    """The registered domain is what one owner registered; private suffixes count; bare suffixes and IP addresses have none."""
    assert registered_domain(host) == domain


@pytest.mark.parametrize(
    "host",
    [
        "a b.com", "%00.com", "%61.com", "a\x00b.com", "a\tb.com", "a\u202eb.com", "\ud800.com", "a\u200bb.com\u0000",
        "127.1", "2130706433", "0x7f000001", "0177.0.0.1.5", "1.2.3.4.5", "a.0x1", "[::1%eth0]", "fe80::1%1", "a/b.com",
        "a\\b.com", "a@b.com", "a:80", "-a.com", "a-.com", "a..com", "xn--zzzz", "xn--a.com", "i❤.ws", "a" * 64 + ".com",
        "a." * 130 + "com", "é" * 300, "..", "*.com", "<b>.com",
    ],
)  # fmt: skip
def test_bad_hosts_are_none(host: str) -> None:
    """What is no host gives None everywhere and raises nothing."""
    assert normalise(host) is None
    assert registered_domain(host) is None
    assert host_of(f"https://{host}/") is None or normalise(str(host_of(f"https://{host}/"))) is not None


@pytest.mark.parametrize(
    ("host", "plain"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127。0。0。1", "127.0.0.1"),
        ("①②⑦.0.0.1", "127.0.0.1"),
        ("[0:0:0:0:0:0:0:1]", "::1"),
        ("a_b.blog.example", "a_b.blog.example"),
        ("MÜNCHEN.example", "xn--mnchen-3ya.example"),
        ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
    ],
)
def test_normalise(host: str, plain: str) -> None:
    """A host has one spelling, the one that a browser would ask for."""
    assert normalise(host) == plain


def test_longest_host() -> None:
    """A host of the longest length is one, a longer one is none."""
    host = ".".join(["a" * 49] * 5) + ".ex"
    assert len(host) == MAX_HOST - 1
    assert normalise(host + "a") == host + "a"
    assert normalise(host + "ab") is None


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Blog.Example/a", "blog.example"),
        ("http://blog.example:8080/", "blog.example"),
        ("http://[::1]:80/", "::1"),
        ("http://u:p@blog.example/", "blog.example"),
        ("ftp://blog.example/", None),
        ("blog.example", None),
        ("//blog.example/", None),
        ("http://[::1/", None),
        ("http://", None),
        ("https://" + "a" * 3000, None),
        ("http://\ud800.example/", None),
    ],
)
def test_host_of(address: str, host: str | None) -> None:
    """The host of a web address, None for anything else."""
    assert host_of(address) == host


def test_same_site() -> None:
    """Two hosts of one registered domain are one site; two people at one hosting service are not; IP addresses must be equal."""
    assert same_site("www.blog.example", "BLOG.example.")
    assert not same_site("wren.github.io", "other.github.io")
    assert same_site("127.0.0.1", "127.0.0.1")
    assert not same_site("127.0.0.1", "127.0.0.2")
    assert not same_site("a b", "a b")


def test_nobody_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Looking a domain up opens no connection and writes no file."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for variable in ("HOME", "XDG_CACHE_HOME", "TLDEXTRACT_CACHE"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    from unlisted.data import domains  # noqa: PLC0415  (its cache is emptied here)

    domains._extractor.cache_clear()
    domains.registered_domain.cache_clear()
    assert domains.registered_domain("www.marrow.co.uk") == "marrow.co.uk"
    assert not list(tmp_path.rglob("*"))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=60) | st.text(alphabet=string.ascii_letters + ".-_0:[]%ⓐ。é\u202e\ud800", max_size=40))
def test_any_text(text: str) -> None:
    """Any text is either no host, or one whose spelling stays as it is when it is read again."""
    plain = normalise(text)
    if plain is not None:
        assert normalise(plain) == plain
        assert plain.isascii()
        assert plain == plain.lower()
        domain = registered_domain(text)
        assert domain is None or (plain == domain or plain.endswith("." + domain))
        assert not (is_ip(plain) and domain)
    host_of(text)
    host_of("https://" + text)
