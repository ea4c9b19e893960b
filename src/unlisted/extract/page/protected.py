"""Mail addresses that a page holds in figures, for its own script to show: any visitor's browser shows them.

A large network of hosts writes each address of a page so: two hexadecimal figures are a key, and every further pair is a byte
of the address, crossed with it. The script is on the same page, so this keeps out simple programs and no reader.
"""

from __future__ import annotations

import html
import re

MARK = "data-cfemail="
MOST = 640
"""Figures of an address that are read."""
_MARKED = re.compile(rf"\b{MARK}[\"']([0-9a-fA-F]{{6,{MOST}}})[\"'][^<>]{{0,600}}>[^<>]{{0,60}}")


def shown(text: str) -> str:
    """Markup with such addresses as a browser shows them. Linear; what is none stays as it is."""
    return _MARKED.sub(_put, text) if MARK in text else text


def _put(found: re.Match[str]) -> str:
    """The end of the tag and the address that its figures stand for; as it was where they stand for something else."""
    figures = found.group(1)
    key, *crossed = bytes.fromhex(figures[: len(figures) // 2 * 2])
    address = bytes(byte ^ key for byte in crossed).decode("utf-8", "replace")
    return f">{html.escape(address)}" if "@" in address and address.isprintable() else found.group()
