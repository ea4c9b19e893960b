"""Recorded pages and answers, compared with what has to be found in them. Counts only: no value leaves this module."""

from __future__ import annotations

import gzip
import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from unlisted.model import Field

ADDRESSES = ("same_as", "website", "avatar")
DAYS = ("created_at", "last_active_at", "birth_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recording and the (kind, value) pairs of it, in the form in which they are compared."""

    file: str
    body: bytes = field(repr=False)
    url: str = field(repr=False)
    content_type: str | None
    service: str | None
    expected: frozenset[tuple[str, str]] | None = field(repr=False)
    optional: frozenset[tuple[str, str]] = field(repr=False)


def recordings(folder: Path, wanted: Callable[[dict[str, Any]], bool]) -> Iterator[Recording]:
    """The recordings of a corpus that are wanted."""
    for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if wanted(row):
            yield Recording(
                file=row["file"],
                body=gzip.decompress((folder / row["file"]).read_bytes()),
                url=row["url"],
                content_type=row["content_type"],
                service=row["service"],
                expected=None if row["expected"] is None else _pairs(row["expected"]),
                optional=_pairs(row.get("optional") or ()),
            )


def count(recording: Recording, found: Iterable[Field]) -> Counter[tuple[str, str]]:
    """How many values of each kind were (kind, "found"), (kind, "missed") and (kind, "false")."""
    got = {_pair(item.kind, item.value) for item in found}
    expected = recording.expected or frozenset()
    tally: Counter[tuple[str, str]] = Counter()
    for word, pairs in (
        ("found", expected & got),
        ("missed", expected - got),
        ("false", got - expected - recording.optional),
    ):
        tally.update((kind, word) for kind, _ in pairs if (kind, word) != ("login_wall", "false") or recording.service)
    return tally


def rates(tally: Counter[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """(recall, precision) by kind."""
    result = {}
    for kind in {kind for kind, _ in tally}:
        found, missed, false = (tally[kind, word] for word in ("found", "missed", "false"))
        result[kind] = (
            found / max(found + missed, 1) if found + missed else 1.0,
            found / (found + false) if found + false else 1.0,
        )
    return result


def _pairs(rows: Iterable[dict[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(_pair(row["kind"], row["value"]) for row in rows)


def _pair(kind: str, value: str) -> tuple[str, str]:
    """A value in the form in which values of its kind are compared."""
    if kind in ADDRESSES:
        return kind, _address(value)
    if kind in DAYS:
        return kind, value.strip().casefold()[:10]
    if kind == "phone":
        return kind, re.sub(r"\D", "", value)
    if kind in {"latitude", "longitude"}:
        return kind, f"{float(value):.5f}"
    text = unicodedata.normalize("NFKC", html.unescape(value)).casefold()
    text = "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})
    return kind, text.removeprefix("@").replace("_", "-") if kind in {"nickname", "language"} else text


def _address(value: str) -> str:
    text = html.unescape(value).strip()
    parts = urlsplit(text if re.match(r"(?i)[a-z][a-z0-9+.-]*:", text) else f"https://{text.lstrip('/')}")
    host = (parts.hostname or "").removeprefix("www.")
    host = "twitter.com" if host in {"x.com", "mobile.twitter.com"} else host
    return host + unquote(parts.path).rstrip("/") + (f"?{unquote(parts.query)}" if parts.query else "")
