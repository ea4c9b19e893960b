"""The process in which pages are taken apart: it reads requests from standard input and answers on standard output.

A page that takes too much time or memory ends this process, not the audit. Requests and answers are one line of JSON
(lengths), then the bytes; an answer is plain JSON, so that a page which broke the parser could not hand over objects.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from unlisted.extract.listing import Groups, Record, read_records
from unlisted.extract.page import read_page
from unlisted.model import Block, Field, Locator, Page

resource: Any = importlib.import_module("resource") if importlib.util.find_spec("resource") else None
"""None on Windows: the parent's timer is the only limit there."""

PAGE_SECONDS = 10
"""CPU seconds that one page may take."""

MEMORY_BYTES = 1_500_000_000
"""Address space of the worker."""

_TEXTS = ("links", "images", "feeds", "skipped")


def dump(page: Page, records: Groups = ()) -> bytes:
    """A page and its records as JSON."""
    rows: dict[str, Any] = {key: getattr(page, key) for key in (*_TEXTS, "url", "title", "language")}
    rows["fields"] = _rows(page.fields)
    rows["blocks"] = [(block.text, *_where(block.locator)) for block in page.blocks]
    rows["times"] = [at.isoformat() for at in page.times]
    rows["records"] = [
        [(item.text, item.name, _rows(item.fields), _where(item.locator)) for item in group] for group in records
    ]
    return json.dumps(rows).encode()


def load(data: bytes) -> tuple[Page, Groups]:
    """The page that `dump` wrote, and its records; raises ValueError, KeyError or TypeError where it is none."""
    rows = json.loads(data)
    page = Page(
        url=rows["url"],
        title=rows["title"],
        language=rows["language"],
        fields=_fields(rows["fields"]),
        blocks=tuple(Block(text=text, locator=_locator(*where)) for text, *where in rows["blocks"]),
        times=tuple(datetime.fromisoformat(at) for at in rows["times"]),
        **{key: tuple(rows[key]) for key in _TEXTS},
    )
    return page, [
        [Record(text, _fields(fields), name, _locator(*where)) for text, name, fields, where in group]
        for group in rows["records"]
    ]


def _rows(fields: Iterable[Field]) -> list[tuple[str | int | None, ...]]:
    return [(item.kind, item.value, *_where(item.locator)) for item in fields]


def _fields(rows: Iterable[Any]) -> tuple[Field, ...]:
    return tuple(Field(kind=kind, value=value, locator=_locator(*where)) for kind, value, *where in rows)


def _where(locator: Locator) -> tuple[str | int | None, ...]:
    return locator.part, locator.heading, locator.heading_number, locator.paragraph, locator.name


def _locator(part: str, heading: str | None, number: int | None, paragraph: int | None, name: str | None) -> Locator:
    return Locator(part=part, heading=heading, heading_number=number, paragraph=paragraph, name=name)


def _limit_memory() -> None:
    if resource is None:
        return
    for kind, amount in (("RLIMIT_AS", MEMORY_BYTES), ("RLIMIT_CORE", 0)):
        _limit(kind, amount)


def _limit_time() -> None:
    """Allow `PAGE_SECONDS` from now on: the limit counts the whole life of the process."""
    if resource is not None:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _limit("RLIMIT_CPU", int(usage.ru_utime + usage.ru_stime) + PAGE_SECONDS + 1)


def _limit(kind: str, amount: int) -> None:
    """Lower a soft limit where the platform has it and allows it (macOS refuses RLIMIT_AS)."""
    number = getattr(resource, kind, None)
    if number is None:
        return
    try:
        resource.setrlimit(number, (amount, resource.getrlimit(number)[1]))
    except (ValueError, OSError):
        return


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer one page after the other until the requests end."""
    _limit_memory()
    while line := requests.readline():
        head = json.loads(line)
        body = requests.read(head["length"])
        _limit_time()
        try:
            page = read_page(body, url=head["url"], content_type=head["content_type"])
            answer = dump(page, read_records(page, body, head["content_type"]) if head["records"] else ())
        except MemoryError:
            answer = b""
        answers.write(b"%d\n" % len(answer))
        answers.write(answer)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
