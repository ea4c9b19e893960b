"""The fields of a page as they are gathered: each value is cleaned by its kind, and stands once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from unlisted.model import Field, Locator

MAX_FIELDS = 5_000
MAX_VALUE = 2_000
"""Code points that are kept of one value."""

_NUMBER = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{0,20})?")
_ABSOLUTE = re.compile(r"https?://[a-zA-Z0-9][\w.\-]{0,250}(?:[/?#]|$)")
_WHOLE = re.compile(r"https?://[a-zA-Z0-9][a-zA-Z0-9.\-]{0,250}(?:[/?#][!-~]*+)?")
_NO_PAGE = re.compile(r"(?:javascript|mailto|tel|data|sms):", re.IGNORECASE)
_ROOTED = re.compile(r"/(?![/.])(?:[\w\-~%!$&'()*+,;=:@]|/(?!\.)|\.(?!\.))*+(?:[?#][^\s\\]*+)?")
_ORIGIN = re.compile(r"https?://[a-zA-Z0-9][\w.\-]{0,250}(?::\d{1,5})?(?=[/?#]|$)")
"""The common forms, which need no closer look."""

_YEAR = re.compile(r"\d{4}(?!\d)")


class Fields:
    """Gathers (kind, value, locator); `base` is what relative addresses are resolved against."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.full = False
        self._found: dict[tuple[str, str], Field] = {}

    def add(self, kind: str, value: object, locator: Locator) -> None:
        """Take a value if it is one of its kind; the first place that shows it is kept."""
        if len(self._found) >= MAX_FIELDS:
            self.full = True
            return
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return
        text = CLEAN.get(kind, plain)(tidy(str(value)[: MAX_VALUE * 2]), self.base)
        if text:
            self.full |= isinstance(value, str) and is_cut(value)
            self._found.setdefault((kind, text), Field(kind=kind, value=text, locator=locator))

    def all(self) -> tuple[Field, ...]:
        """What was gathered, in order."""
        return tuple(self._found.values())


def tidy(text: str) -> str:
    """White space folded, half surrogates and NUL replaced (they break every output), length bounded."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.replace("\x00", " ").split())[:MAX_VALUE]


def is_cut(text: str) -> bool:
    """Whether `tidy` leaves a part of this text out."""
    return len(text) > MAX_VALUE and len(" ".join(text.split())) > MAX_VALUE


def plain(text: str, _base: str) -> str | None:
    return text or None


def name(text: str, _base: str) -> str | None:
    """A name; an address is none."""
    return None if re.match(r"https?:", text, re.IGNORECASE) else text or None


def email(text: str, _base: str) -> str | None:
    text = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE).partition("?")[0].strip()
    return text if "@" in text else None


def phone(text: str, _base: str) -> str | None:
    text = re.sub(r"^(?:tel|sms|callto):", "", text, flags=re.IGNORECASE).partition(";")[0].strip()
    return text if any(c.isdigit() for c in text) else None


def address(text: str, base: str) -> str | None:
    """An absolute http or https address, or None."""
    if _ABSOLUTE.match(text):
        return text
    if _ROOTED.fullmatch(text) and (origin := _ORIGIN.match(base)):
        return origin[0] + text
    try:
        whole = urljoin(base, text) if text else ""
        parts = urlsplit(whole)
        fine = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return whole if fine else None


def addresses(found: Iterable[str], base: str) -> tuple[str, ...]:
    """The absolute addresses among those of links, each once; links within the page are left out."""
    origin = _ORIGIN.match(base)
    scheme = base.partition(":")[0] if origin else ""
    whole: dict[str, None] = {}
    for href in dict.fromkeys(found):
        if len(href) <= MAX_VALUE and _WHOLE.fullmatch(href):
            whole[href] = None
        elif origin and len(href) <= MAX_VALUE and href.isascii() and _ROOTED.fullmatch(href):
            whole[origin[0] + href] = None
        elif scheme and href[:2] == "//" and len(href) <= MAX_VALUE and _WHOLE.fullmatch(f"http:{href}"):
            whole[f"{scheme}:{href}"] = None
        elif href[:1] != "#" and not _NO_PAGE.match(href) and (other := address(tidy(href), base)):
            whole[other] = None
    return tuple(whole)


def degrees(limit: float) -> Callable[[str, str], str | None]:
    """A cleaner for decimal degrees between -limit and limit."""

    def clean(text: str, _base: str) -> str | None:
        if not _NUMBER.fullmatch(text):
            return None
        value = float(text)
        return text if math.isfinite(value) and abs(value) <= limit else None

    return clean


def moment(text: str) -> datetime | None:
    """An aware time in UTC from ISO 8601 or a plain date; a time without zone counts as UTC."""
    if not _YEAR.match(text):
        return None
    try:
        at = datetime.fromisoformat(text.strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def time(text: str, _base: str) -> str | None:
    at = moment(text)
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")


CLEAN: dict[str, Callable[[str, str], str | None]] = {
    "name": name,
    "email": email,
    "phone": phone,
    "latitude": degrees(90),
    "longitude": degrees(180),
    "same_as": address,
    "website": address,
    "avatar": address,
    "created_at": time,
    "last_active_at": time,
    "nickname": lambda text, _base: text.removeprefix("@").strip() or None,
}
