"""Charsets: who is believed, and in which order."""

from __future__ import annotations

import pytest

from unlisted.extract.page.decode import decode

WORD = "Schönwälder"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xef\xbb\xbf" + WORD.encode(), "text/html; charset=windows-1252"),
        (b"\xff\xfe" + WORD.encode("utf-16-le"), "text/html; charset=utf-8"),
        (b"\xfe\xff" + WORD.encode("utf-16-be"), None),
        (WORD.encode("latin-1"), "text/html; charset=ISO-8859-1"),
        (WORD.encode("latin-1"), 'text/html; charset="latin1"'),
        (WORD.encode(), None),
        (WORD.encode("cp1252"), None),
        (b"<meta charset=iso-8859-1>" + WORD.encode("latin-1"), None),
        (
            b"<meta http-equiv=content-type content='text/html; charset=windows-1252'>" + WORD.encode("cp1252"),
            "text/html",
        ),
        (b"<?xml version='1.0' encoding='iso-8859-1'?>" + WORD.encode("latin-1"), None),
        (b"<meta charset=utf-16>" + WORD.encode(), None),
        (b"<meta charset=utf-8>" + WORD.encode("latin-1"), "text/html; charset=latin1"),
    ],
)
def test_the_charset_is_found_where_browsers_find_it(body: bytes, content_type: str | None) -> None:
    """Byte order mark, header, the page's own meta, UTF-8 if valid, else windows-1252."""
    assert decode(body, content_type).endswith(WORD)


@pytest.mark.parametrize(
    "label", ["utf-7", "zlib", "hex", "rot13", "idna", "unicode_escape", "undefined", "punycode", "utf-32-be", ""]
)
def test_a_label_that_browsers_do_not_know_is_ignored(label: str) -> None:
    """Python would decode more than 100 labels, some of which hide text or raise."""
    assert decode(b"+ADw-script+AD4- \\u0041", f"text/html; charset={label}") == "+ADw-script+AD4- \\u0041"


def test_bad_bytes_are_replaced() -> None:
    """A byte that fits no letter does not end the reading."""
    assert decode(b"a\xffb", "text/html; charset=utf-8") == "a\ufffdb"


def test_half_surrogates_never_come_out() -> None:
    """Text with a lone surrogate cannot be written anywhere: none comes out of a broken UTF-16 page."""
    text = decode(b"\xff\xfe" + b"\x00\xd8" + "a".encode("utf-16-le"), None)
    assert text.encode("utf-8")


@pytest.mark.parametrize(
    "content_type", ["charset" * 1000, "text/html; charset=" + "x" * 10_000, ";;;===", "charset=\x00"]
)
def test_a_hostile_header_is_ignored(content_type: str) -> None:
    """The header of a stranger is data like any other."""
    assert decode(b"abc", content_type) == "abc"
