"""Content credentials (C2PA): that they are there, and the persons whom they name in plain text. Signatures are not checked."""

from __future__ import annotations

import re

from unlisted.extract.photo.found import Found

PRESENT = "content credentials"
MAX_MANIFEST = 1_000_000
"""Bytes searched for names."""

_PERSON = re.compile(rb'"@type"\s{0,4}:\s{0,4}"Person"[^{}\[\]]{0,300}?"name"\s{0,4}:\s{0,4}"([^"]{1,200})"')
_NAMED = re.compile(rb'"name"\s{0,4}:\s{0,4}"([^"]{1,200})"[^{}\[\]]{0,300}?"@type"\s{0,4}:\s{0,4}"Person"')


def read(data: bytes, found: Found) -> None:
    """Add what a manifest store says."""
    if b"c2pa" not in data[:4_096] and not found.credentials:
        return
    found.credentials[PRESENT] = None
    for pattern in (_PERSON, _NAMED):
        for name in pattern.findall(data[:MAX_MANIFEST]):
            found.add(found.credentials, name.decode("utf-8", "replace"))
