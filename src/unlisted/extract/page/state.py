"""Data that scripts of a page carry for the browser (page state): its telling texts, read as text, bounded in size.

The values are not fields: a state holds many people. They are blocks with part "data", so that what the person
declared is found in them.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from unlisted.extract.page import jsontext
from unlisted.extract.page.fields import is_cut, tidy
from unlisted.extract.page.jsontext import Cut, unsaid
from unlisted.extract.page.words import words

MAX_STATE = 3_000_000
"""Characters of state that are read of one page."""

MAX_TEXTS = 400
MAX_VALUES = 200_000

NOT_READ = "one block of hidden data could not be read"
PARTLY = "only a part of the page's stored state was read"

TELLING = words(
    "email emailaddress phone phonenumber telephone mobile address streetaddress street city town hometown "
    "location locationname homelocation placename venue region postalcode zip zipcode bio biography about "
    "description summary headline birthday birthdate dateofbirth employer company school fullname displayname "
    "realname"
)
_SEPARATORS = re.compile(r"[_\-\s]")
_LATITUDE = ("lat", "latitude")
_LONGITUDE = ("lng", "lon", "long", "longitude")
_ASSIGNED = re.compile(r"=\s{0,5}(?=[{\[]\s{0,20}[\"{\[])")
_NAME = re.compile(
    r"(?:(?:window|self|globalThis)(?:\.[\w$]{1,60}|\[[\"'][\w$.\-]{1,60}[\"']\])|\b(?:var|let|const)\s{1,3}[\w$]{1,60})\s{0,5}$"
)
"""What stands before the sign of an assignment to a page-wide name."""

MAX_ASSIGNMENTS = 200


def is_state(kind: str) -> bool:
    """Whether a script of this type holds plain JSON."""
    return kind in ("application/json", "text/json") or (kind.endswith("+json") and kind != "application/ld+json")


def in_script(text: str, cut: Cut = unsaid) -> list[Any]:
    """The JSON values that a script assigns to page-wide names; `cut` is called where there are more than are read."""
    found: list[Any] = []
    at = 0
    for tried in count():
        mark = _ASSIGNED.search(text, at)
        if mark is None:
            break
        if tried >= MAX_ASSIGNMENTS or len(text) > jsontext.MAX_JSON:
            cut()
            break
        at = mark.end()
        if not _NAME.search(text[max(0, mark.start() - 90) : mark.start()]):
            continue
        try:
            value, at = jsontext.DECODER.raw_decode(text, mark.end())
            found.append(value)
        except ValueError:
            continue
        except RecursionError:
            cut()
    return found


def telling(value: Any, cut: Cut = unsaid) -> list[tuple[str, str]]:
    """(key, text) of what a stranger would look for, in order, bounded; `cut` is called where a bound leaves something out."""
    found: list[tuple[str, str]] = []
    waiting: list[Any] = [value]
    left = MAX_VALUES
    known: dict[str, str] = {}
    while waiting and left > 0 and len(found) < MAX_TEXTS:
        current = waiting.pop()
        left -= 1
        if isinstance(current, list):
            waiting.extend(reversed(current))
        elif isinstance(current, dict):
            found.extend(_of(current, known, cut))
            waiting.extend(reversed([inner for inner in current.values() if isinstance(inner, list | dict)]))
    if waiting or len(found) > MAX_TEXTS:
        cut()
    return found[:MAX_TEXTS]


def _of(node: dict[str, Any], known: dict[str, str], cut: Cut) -> list[tuple[str, str]]:
    """What one node tells; `known` holds the keys that were met before, in their plain form."""
    found = []
    for key in node:
        if key not in known:
            known[key] = _SEPARATORS.sub("", key[:60]).lower()
    low = {known[key]: inner for key, inner in node.items()}
    for key, inner in low.items():
        if key in TELLING and isinstance(inner, str) and inner.strip():
            found.append((key, tidy(inner)))
            if is_cut(inner):
                cut()
    pair = [next((low[key] for key in keys if _is_number(low.get(key))), None) for keys in (_LATITUDE, _LONGITUDE)]
    if pair[0] is not None and pair[1] is not None:
        found.append(("position", f"{pair[0]}, {pair[1]}"))
    return found


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
