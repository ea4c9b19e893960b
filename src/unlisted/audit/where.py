"""Says where something stands, so that a person can go there, without repeating any value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from unlisted.data.headings import is_ordinary
from unlisted.extract.declared import Matcher
from unlisted.extract.text import find
from unlisted.model import Fact, Locator
from unlisted.sources.photos import MEDIA

PARTS = {
    "head": "the title or the summary of the page",
    "meta": "hidden lines at the top of the page",
    "card": "a contact card on the page",
    "data": "hidden data in the page",
    "link": "a link on the page",
    "record": "the record about you",
    "photo": "the photo",
    "post": "a post in the export",
    "profile": "your profile in the export",
}
_DAY = r"(?:199[0-9]|20[0-9]{2})[-_.]?[01][0-9][-_.]?[0-3][0-9]"
_CLOCK = r"(?:[-_ .T]| at )?[0-2][0-9][-_.]?[0-5][0-9](?:[-_.]?[0-5][0-9](?:[-_.]?[0-9]{1,6})?)?"
_COUNTER = rf"(?:{_DAY}(?:{_CLOCK})?|1[0-9]{{2}}[-_][0-9]{{4}}|[0-9]{{1,5}})"
CAMERA_NAME = re.compile(
    r"(?:(?:1[0-9]{2}(?:CANON|NIKON|MSDCF|OLYMP|_PANA|_FUJI|APPLE|MEDIA|GOPRO|KODAK|CASIO|PENTX|RICOH|SIGMA|LEICA|ANDRO)|DCIM|Camera"
    r"|(?:199[0-9]|20[0-9]{2})(?:-[01][0-9])?|Screenshots)/){0,3}"  # folders that cameras make
    r"(?:[PRSL][0-9ABC][0-3][0-9]{5}|[PRS]?"
    rf"{_COUNTER}|(?:_?DSC[FN]?|_?MG|PXL|VID|MVI|MOV|GOPR|G[HXL]|DJI|PANO|BURST|SAM|[CH]?IMG|PICT?|DCP|STA|IMG_E|photo|image"
    rf"|Screenshot|WhatsApp (?:Image|Video)|signal)[-_ ]?(?:{_COUNTER}|[0-9]{{6}}))"
    r"(?:[-_~ ][0-9]{1,3}|-WA[0-9]{1,6})?"
    r"(?:[-_ .]?(?:MP|PORTRAIT|NIGHT|COVER|TOP|HDR|edited|\([0-9]{1,3}\)))?\.[A-Za-z0-9]{2,5}",
    re.IGNORECASE,
)
"""File names that cameras, phones and messengers give: letters of a closed list, and a counter or a time.

Figures in any other order can be a telephone number, a day of birth before there were such cameras, or a place.
"""
PLAIN_NAME = re.compile(
    r"(?P<words>[^\W\d_]{1,40}(?:[-_ ]{1,3}[^\W\d_]{1,40}){0,5})[-_ ]{0,3}(?:\(?(?P<number>[0-9]{1,3})\)?)?\.[A-Za-z0-9]{2,5}"
)
"""A file name of words and a counter; a longer number may be a year or a part of a phone number."""
UNDER = re.compile("[-_]")
KIND_WORDS = {
    "address": ("address",),
    "phone": ("phone", "mobile", "number", "telephone", "landline", "cell"),
    "email": ("e-mail", "email", "mail"),
    "birth_date": ("birth", "birthday", "born"),
    "employer": ("work", "job", "employer", "company"),
    "plate": ("plate",),
    "handle": ("handle", "user", "nick", "name"),
    "name": ("name",),
    "school": ("school", "college", "university"),
}
ADDED = {
    "address": "address",
    "phone": "phone number",
    "email": "e-mail address",
    "birth_date": "date of birth",
    "plate": "number plate",
}


def fact_words(fact: Fact) -> str:
    """A fact by its label, with its kind where the label does not say it: "home address"."""
    said = any(word in fact.label.casefold() for word in KIND_WORDS.get(fact.kind, ()))
    return fact.label if said or fact.kind not in ADDED else f"{fact.label} {ADDED[fact.kind]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redactor:
    """Knows what must not be shown: declared facts, and anything that looks like personal data."""

    matcher: Matcher = field(repr=False)
    holds: Callable[[str], bool] = field(repr=False)
    """Whether a text holds a value of a declared fact, or a telling part of one."""
    regions: tuple[str, ...]
    numbers: frozenset[str] = field(default=frozenset(), repr=False)
    """Short numbers of declared addresses, such as that of the house."""

    def clean(self, text: str) -> bool:
        """Whether a short text holds no declared fact or telling part of one, and nothing like personal data."""
        return not (self.holds(text) or self.matcher.find(text) or find(text, regions=self.regions))

    def heading(self, locator: Locator) -> str:
        """The heading, quoted where it is made of ordinary words, else by its number."""
        if locator.heading and is_ordinary(locator.heading) and self.clean(locator.heading):
            return f"under “{locator.heading.strip()}”"
        return f"under heading {locator.heading_number}" if locator.heading_number else ""

    def where(self, locator: Locator) -> str:
        """Where a statement stands in a page, as words."""
        if locator.part == "post" and locator.paragraph:
            return f"post {locator.paragraph} in the export"
        if locator.part in PARTS:
            return PARTS[locator.part]
        paragraph = f"paragraph {locator.paragraph}" if locator.paragraph else "the text"
        return f"{paragraph} {self.heading(locator)}".strip()

    def photo(self, name: str | None, number: int) -> str:
        """A photo by its file name within the source, where that tells nothing; else by its number.

        It tells nothing where a camera or a phone gave it, or where it is made of ordinary words. Any other name can hold
        anybody's name, street or day, so it is never repeated. Where only the folder is of that kind, the file's own name
        stands beside the number.
        """
        path = name or ""
        file = path.rpartition("/")[2]
        if self._tells_nothing(path):
            return path
        return f"photo {number} ({file})" if file != path and self._tells_nothing(file) else f"photo {number}"

    def _tells_nothing(self, path: str) -> bool:
        """Whether a file name, with its folders, holds nothing of anybody."""
        folders, _, file = path.rpartition("/")
        if PurePosixPath(file).suffix.lower() not in MEDIA:
            return False
        if CAMERA_NAME.fullmatch(path):
            return not self.holds(path)
        words = PLAIN_NAME.fullmatch(file)
        if words and words["number"] in self.numbers:  # "my home 27.jpg"
            return False
        parts = [words["words"] if words else "", *filter(None, folders.split("/"))]
        plain = [UNDER.sub(" ", part) for part in parts]
        return all(map(is_ordinary, plain)) and self.clean(" ".join((path, *plain)))

    def host(self, host: str | None) -> str | None:
        """The host of a source, or None where it holds a declared fact."""
        return host if host and not self.holds(host) and not self.matcher.find(host) else None


def listed(places: Sequence[str], *, most: int = 3) -> str:
    """Up to `most` places in words, and how many more there are."""
    distinct = list(dict.fromkeys(places))
    shown = "; ".join(distinct[:most])
    return shown if len(distinct) <= most else f"{shown}; and {len(distinct) - most} more"
