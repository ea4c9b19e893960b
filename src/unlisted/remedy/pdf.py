"""A letter as a PDF: set by typst, with fonts that come as packages, the same bytes each time, and no font of the system.

The words go to typst as data, never as markup. No date and no name of a program's user stands in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from unlisted.errors import BadInput

if TYPE_CHECKING:
    import typst

PAPERS = ("a4", "us-letter")
FONTS = ("Noto Sans", "Noto Sans Arabic", "Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
"""In this order; the last three are part of typst.

Noto Sans has Latin, Greek, Cyrillic and Devanagari; Libertinus has Hebrew, New Computer Modern Armenian and Georgian. Without
the two packages the others stand in for all but Devanagari: the letters are then less even, and still whole.
"""
_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
_INSTALL = "PDF needs one more package: pip install 'unlisted[pdf]'"
_NOTES = "--"
"""The line above the small print."""


class NoSignError(BadInput):
    """No font at hand has a sign of this letter; its text and its draft are not affected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The parts of a letter before lines are wrapped: who writes, to whom, date to subject, and the words."""

    sender: str = field(default="", repr=False)
    address: tuple[str, ...] = ()
    about: str = field(default="", repr=False)
    body: str = field(repr=False)


def render(page: Page, *, paper: str, title: str, reference: str, language: str, blank: str) -> bytes:
    """The PDF (PDF/UA-1). `blank` is the line to fill in by hand.

    Raises:
        BadInput: typst is not installed, or there is no such paper.
        NoSignError: no font at hand has a sign of the letter.
    """
    if paper not in PAPERS:
        raise BadInput(f"there is no paper {paper[:20]!r}; there are: {', '.join(PAPERS)}")
    words = {
        "paper": paper,
        "title": title,
        "reference": reference,
        "language": language,
        "fonts": FONTS,
        "sender": _lines(page.sender),
        "address": page.address or ("",),
        "about": _lines(page.about) or (title,),
        "body": list(_shapes(page.body, blank)),
    }
    return _set(json.dumps(words, ensure_ascii=False))


def _set(words: str) -> bytes:
    try:
        import typst  # noqa: PLC0415  (an extra: everything else works without it)
    except ImportError as error:
        raise BadInput(_INSTALL) from error
    source = resources.files("unlisted.templates.letters").joinpath("page.typ").read_bytes()
    try:
        made = typst.compile(
            source,
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"letter": words},
            pdf_standards="ua-1",
        )
    except typst.TypstError:  # its message may quote the letter: it goes no further
        raise NoSignError("the fonts at hand lack a sign that is in this letter; use its text or its draft") from None
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the packages, and those that are part of typst. Found without running the packages' code."""
    import typst  # noqa: PLC0415

    origins = [spec.origin for name in _PACKAGES if (spec := find_spec(name)) is not None and spec.origin]
    folders = [Path(origin).parent / "files" for origin in origins]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _shapes(body: str, blank: str) -> Iterator[tuple[str, Sequence[str]]]:
    """The paragraphs, each with its shape: see `_shape`; the greeting before the line to sign on, that line, small print."""
    words, _, notes = body.partition(f"\n{_NOTES}\n")
    paragraphs = [paragraph for paragraph in words.split("\n\n") if _lines(paragraph)]
    signs = [_lines(paragraph) == [blank] and not paragraph.startswith(" ") for paragraph in paragraphs]
    for paragraph, sign, before in zip(paragraphs, signs, [*signs[1:], False], strict=True):
        yield ("sign" if sign else "close" if before else _shape(paragraph, blank), _lines(paragraph))
    if _lines(notes):
        yield ("notes", _lines(notes))


def _shape(paragraph: str, blank: str) -> str:
    """Words or items (lines that start with a space); with a blank to fill in by hand they need room to write."""
    items = all(line.startswith(" ") for line in paragraph.splitlines() if line.strip())
    return ("fill-" if blank in paragraph else "") + ("items" if items else "words")
