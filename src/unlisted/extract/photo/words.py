"""Bytes to text and to numbers, by the habits of cameras: padding, placeholders, dates of many shapes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

MAX_TEXT = 1_000
"""Characters kept of one value."""

_NOTHING = frozenset({"unknown", "none", "na", "null", "undef", "inf", "default", "notset", "undefined"})
_PLAIN = frozenset("abcdeghijklmnopqrstuvwxyzABCDEGHIJKLMNOPQRSTUVWXYZ123456789")
LONGEST_NOTHING = max(map(len, _NOTHING))
_EMPTY = re.compile(r"[\W_0]+")
_DATE = re.compile(
    r"\s{0,8}(\d{4})[:\-/. ](\d{1,2})[:\-/. ](\d{1,2})"
    r"(?:[T ]{1,2}(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:\.\d{1,12})?\s{0,2}(Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(
    r"\s{0,8}(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})(?:\.\d{1,12})?(Z|[+-]\d{2}:?\d{2})?)?"
)
_ZONE = re.compile(r"\s{0,4}([+-])(\d{1,2}):?(\d{2})")


def text_of(raw: bytes) -> str:
    """Text up to the first NUL: UTF-8 where it is that, else Latin-1; spaces at the ends go."""
    raw = raw.split(b"\0", 1)[0][: MAX_TEXT * 4]
    try:
        return raw.decode().strip()
    except UnicodeDecodeError:
        return raw.decode("latin-1").strip()


def wide_text(raw: bytes) -> str:
    """UTF-16 text, little-endian, as Windows writes it."""
    return raw[: MAX_TEXT * 2].decode("utf-16-le", "replace").split("\0", 1)[0].strip()


def says_something(text: str) -> bool:
    """False for blanks, zeros, dashes and the words that cameras write for "nothing"."""
    if len(text) > LONGEST_NOTHING and text[0] in _PLAIN:
        return True
    bare = _EMPTY.sub("", text).casefold()
    return bool(bare) and bare not in _NOTHING and bare.strip("f") != ""


def zone_of(text: str) -> timezone | None:
    """The offset of "+02:00" or "Z", or None."""
    if text in {"Z", "UTC"}:
        return UTC
    found = _ZONE.match(text)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes)) if minutes <= 14 * 60 else None


def time_of(text: str, zone: timezone | None = None) -> datetime | None:
    """A date and time in one of the shapes that files hold; aware where the text or `zone` says the zone; None for no time."""
    found = _DATE.match(text) or _COMPACT.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        told = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001  (a camera's clock may have no zone)
    except ValueError:
        return None
    if year < 1826:  # before the first photograph: a placeholder
        return None
    own = zone_of(found[7]) if found[7] else zone
    return told.replace(tzinfo=own) if own else told


def since_1904(seconds: int) -> datetime | None:
    """A QuickTime time (seconds since 1904, UTC); zero, the first years and the far future are "none"."""
    if not 2_082_844_800 < seconds < 5_000_000_000:  # 1970 to 2062
        return None
    return datetime(1904, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
