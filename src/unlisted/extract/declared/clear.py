"""What markup and transport left in a text, put back in place: the text keeps its length, so that every offset stays true.

Entities (also those that were escaped twice), percent and JSON escapes become the sign that they stand for, filled up with
characters that nobody sees; control characters, which nobody sees either, become such characters, and a tab a space.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

UNSEEN = "\u200b"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\t\x0b\x0c]")
_CODED = re.compile(
    r"&(?:amp;)?(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});|(?:%[0-9a-fA-F]{2}){1,40}|\\u[0-9a-fA-F]{4}|\\[nrt]"
)
_ESCAPES = {"\\n": "\n", "\\r": " ", "\\t": " "}


def clear(text: str) -> str:
    """A text of the same length with its leftovers resolved."""
    if "&" in text or "%" in text or "\\" in text:
        text = _CODED.sub(_decoded, text)
    if _CONTROL.search(text):
        text = _CONTROL.sub(lambda match: " " if match.group() in "\t\x0b\x0c" else UNSEEN, text)
    return text


def _decoded(match: re.Match[str]) -> str:
    coded = match.group()
    if coded[0] == "&":
        plain = html.unescape(html.unescape(coded))
    elif coded[0] == "%":
        plain = unquote(coded, errors="strict") if _is_utf8(coded) else coded
    else:
        plain = _ESCAPES.get(coded) or chr(int(f"0x{coded[2:]}", 0))
    return plain.ljust(len(coded), UNSEEN) if len(plain) <= len(coded) else coded


def _is_utf8(coded: str) -> bool:
    try:
        bytes.fromhex(coded.replace("%", "")).decode()
    except UnicodeDecodeError:
        return False
    return True
