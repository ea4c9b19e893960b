"""Which hosts belong together: the registered domain of a host, from a list that is part of an installed package.

Nothing here asks the network or writes a file: the default object of tldextract would do both on first use and so
tell others that this program ran. Private suffixes count: two people's pages at one hosting service are two sites.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

import idna
import tldextract

MAX_HOST = 253
"""Longest host name in characters (RFC 1035), before and after normalising."""
MAX_ADDRESS = 2000
"""Longest web address in characters that is looked at."""

_PLAIN = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-)){0,126}")
_NUMERIC = re.compile(r"(?:[0-9]{1,63}|0x[0-9a-f]{0,61})")


@cache
def _extractor() -> tldextract.TLDExtract:
    """Built once: reading the bundled list takes a moment."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _literal(host: str) -> str | None:
    """An IP address in its one canonical form, or None. A zone ("%eth0") is not part of a web address."""
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if "%" in bare or not bare.isascii():
        return None
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return None


def is_ip(host: str) -> bool:
    """Whether a normalised host is an IP address."""
    return _literal(host) is not None


def _encode(host: str) -> str | None:
    """UTS 46 for what is not plain ASCII: full-width dots and circled letters become what a browser makes of them."""
    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
    except (UnicodeError, ValueError, IndexError):
        return None


@lru_cache(maxsize=4096)
def normalise(host: str) -> str | None:
    """The one spelling of a host: lower-case ASCII, punycode, no dot at the end; None for what is no host.

    Numbers that only some programs read as an address ("127.1", "0x7f000001") are no hosts.
    """
    if not host or len(host) > MAX_HOST:
        return None
    bare = host.removesuffix(".")
    found = _literal(bare)
    if found is not None:
        return found
    plain: str | None = bare.lower()
    if not bare.isascii() or "xn--" in bare.lower():
        plain = _encode(bare)
        found = _literal(plain) if plain else None
    if found is not None:
        return found
    if plain is None or len(plain) > MAX_HOST or not _PLAIN.fullmatch(plain):
        return None
    return None if _NUMERIC.fullmatch(plain.rpartition(".")[2]) else plain


@lru_cache(maxsize=4096)
def registered_domain(host: str) -> str | None:
    """What one owner registered: "example.co.uk" of "www.example.co.uk"; None for IP addresses, bare suffixes and bad hosts.

    A top-level domain that the list does not know counts as a suffix, as the list's own rule says.
    """
    name = normalise(host)
    if name is None or is_ip(name):
        return None
    found = _extractor().extract_str(name)
    if found.suffix:
        return found.top_domain_under_public_suffix or None
    labels = name.split(".")
    return ".".join(labels[-2:]) if len(labels) > 1 else None


def host_of(address: str) -> str | None:
    """The normalised host of an http or https address, or None. Never raises."""
    if len(address) > MAX_ADDRESS:
        return None
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    return normalise(host)


def same_site(one: str, other: str) -> bool:
    """Whether two hosts lie in one registered domain; hosts without one must be equal."""
    first, second = normalise(one), normalise(other)
    if first is None or second is None:
        return False
    return first == second or (
        registered_domain(first) is not None and registered_domain(first) == registered_domain(second)
    )
