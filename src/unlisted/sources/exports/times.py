"""Times as services write them in exports, as aware times; None where one cannot be read."""

from __future__ import annotations

import re
from datetime import datetime

from unlisted.sources.calendar import since_1970, within

MAX_LENGTH = 60
_UTC_WORD = re.compile(r"\s{0,3}(?:UTC|GMT)$")
_FORMS = (
    "%a %b %d %H:%M:%S %z %Y",
    "%b %d, %Y, %I:%M:%S %p",
    "%b %d, %Y %I:%M:%S %p",
    "%d %b %Y, %H:%M:%S",
    "%d.%m.%Y, %H:%M:%S",
    "%m/%d/%y, %I:%M %p",
)


def seconds(value: object, *, per: int = 1) -> datetime | None:
    """From a count since 1970 with `per` to the second (or finer), as a number or as digits."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return since_1970(float(str(value)[:MAX_LENGTH]) / per)
    except ValueError:
        return None


def iso(value: object) -> datetime | None:
    """From ISO 8601 and its kin ("2024-01-01 10:00:00 UTC", "2024/01/01 10:00:00"); without a zone it is UTC."""
    if not isinstance(value, str) or not 8 <= len(value) <= MAX_LENGTH:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        try:
            at = datetime.fromisoformat(_UTC_WORD.sub("", value.strip()).replace("/", "-"))
        except ValueError:
            return None
    return within(at)


def words(value: object) -> datetime | None:
    """From the forms of tables and of X ("Jan 5, 2020, 10:00:00 AM", "Wed Oct 10 20:19:24 +0000 2018"), or ISO 8601."""
    if (at := iso(value)) is not None or not isinstance(value, str) or len(value) > MAX_LENGTH:
        return at
    text = " ".join(value.split())
    for form in _FORMS:
        try:
            at = datetime.strptime(text, form)  # noqa: DTZ007  (a zone is added below where the form has none)
        except ValueError:
            continue
        return within(at)
    return None
