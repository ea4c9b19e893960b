"""Which network addresses are never connected to: a planted page could lead to the router or a local service.

`ipaddress.is_global` says yes to multicast and to the ranges by which IPv6 carries IPv4, so the list is our own
(IANA special-purpose registries, RFC 6890 and its successors).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Final

from unlisted.data.domains import is_ip

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_DENIED_4: Final = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared between customers of a carrier
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's own service inside each machine
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # multicast tunnels
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_GLOBAL_6: Final = ipaddress.IPv6Network("2000::/3")
"""The only block that the public internet uses: mapped, compatible, NAT64, local, site-local and multicast lie outside."""
_DENIED_6: Final = tuple(
    ipaddress.IPv6Network(block)
    for block in (
        "2001::/23",  # Teredo and other protocol assignments
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_OWN: Final[tuple[Network, ...]] = (
    *(ipaddress.IPv4Network(block) for block in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")),
    *(ipaddress.IPv6Network(block) for block in ("::1/128", "fc00::/7")),
)
"""What a person can open by typing the very host and port: their own machine and their home network, never link-local."""
_OWN_NAMES: Final = ("localhost", "local", "internal", "lan", "home", "home.arpa", "intranet")
"""Endings of names that only a local network answers for. A public name that leads inside is refused even where it was typed."""


def is_public(ip: str) -> bool:
    """Whether an IP address lies in the public internet."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in block for block in _DENIED_4)
    return address in _GLOBAL_6 and not any(address in block for block in _DENIED_6)


def is_own(ip: str) -> bool:
    """Whether an IP address is of the person's own machine or home network."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    return any(address.version == block.version and address in block for block in _OWN)


def is_own_name(host: str) -> bool:
    """Whether a normalised host can only mean the person's own machine or network."""
    if is_ip(host):
        return is_own(host)
    return "." not in host or any(host == name or host.endswith(f".{name}") for name in _OWN_NAMES)


def allowed(ips: Sequence[str], *, own: bool) -> bool:
    """Whether every one of the addresses may be connected to; `own`: the person typed this very host and port."""
    return bool(ips) and all(is_public(ip) or (own and is_own(ip)) for ip in ips)
