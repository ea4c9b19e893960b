"""Bytes to text: byte order mark, content type, the page's own meta, UTF-8 if valid, windows-1252. WHATWG labels only."""

from __future__ import annotations

import re

import webencodings

PRESCAN = 4096
"""How many bytes are searched for a charset; browsers look at 1,024, real pages put it later."""

MAX_LABEL = 40

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_HEADER = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([^\s\"';,]{1,40})", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([^\s\"'/>;]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s{0,20}<\?xml[^>]{0,100}?encoding\s{0,3}=\s{0,3}[\"']([^\"']{1,40})[\"']", re.IGNORECASE)


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a page; bad bytes become U+FFFD. Never raises."""
    return decode_both(body, content_type)[0]


def decode_both(body: bytes, content_type: str | None) -> tuple[str, bytes | None]:
    """(the text of a page, the same in UTF-8 where the page has it so already): most pages need no way back to bytes."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], charset), None
    label = _from_header(content_type) or _from_page(body[:PRESCAN])
    if label in (None, "utf-8"):
        try:
            return body.decode("utf-8"), body
        except UnicodeDecodeError:
            pass
    return _decoded(body, label or "windows-1252"), None


def _known(label: str) -> str | None:
    """The canonical name of a label; None for anything that browsers do not know (utf-7, idna, zlib ...)."""
    encoding = webencodings.lookup(label[:MAX_LABEL])
    return None if encoding is None or encoding.name == "replacement" else str(encoding.name)


def _from_header(content_type: str | None) -> str | None:
    found = _HEADER.search((content_type or "")[:500])
    return _known(found[1]) if found else None


def _from_page(start: bytes) -> str | None:
    found = _META.search(start) or _XML.search(start)
    label = _known(found[1].decode("ascii", "replace")) if found else None
    # A page that could be read as ASCII up to its meta element is not UTF-16, whatever it says (HTML, "prescan").
    return "utf-8" if label is not None and label.startswith("utf-16") else label


def _decoded(body: bytes, label: str) -> str:
    text = webencodings.decode(body, label, errors="replace")[0]
    return text.encode("utf-8", "replace").decode("utf-8", "replace") if label.startswith("utf-16") else text
