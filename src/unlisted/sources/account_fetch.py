"""Asks a service about an account that the person listed: bounded, and what was left out is said.

Only hosts of the fixed table are asked (`unlisted.sources.account_hosts`). The first answer must come; where a later one does not,
what was read so far is kept and the gap is told.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from unlisted.errors import FetchError, Malformed, NotRead, TooLarge
from unlisted.model import Account, Field, Point, Post, Source
from unlisted.sources.account_hosts import Ask, Place, place
from unlisted.sources.accounts import read_account
from unlisted.sources.accounts.gather import node, nodes
from unlisted.sources.accounts.parse import children, json_of, xml_of
from unlisted.sources.accounts.standing import FAULT, NO_LIST, fault, is_list
from unlisted.sources.fetch import AbsentError, Fetcher

ONLY_NEWEST = "only the newest {count} entries of {what} were read"
NOT_ANSWERED = "{what} of this account were not read: {reason}"
CUT = "the answer is too large"
WAIT = "the service asks to come back later"
NOTHING = "the service tells strangers nothing about this account"
NUMBER = re.compile(r"[0-9A-Za-z:._~-]{1,64}")
"""A number as services give one to an account or an entry; anything else is not put into a question."""
CURSOR = re.compile(r"[\x21-\x7e]{1,500}")


Answer = tuple[bytes, Account]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The questions about one account: whom they go to, and what was left out so far (`said`)."""

    source: Source
    where: Place = dataclasses.field(repr=False)
    fetcher: Fetcher = dataclasses.field(repr=False)
    now: datetime
    said: list[str]

    def one(self, address: str) -> Answer:
        """One answer, read. Raises NotRead."""
        artifact = self.fetcher.get(address, source=self.source.label, now=self.now, kind="page")
        if artifact.truncated:
            raise TooLarge(CUT)
        if fault(_json(artifact.body)):
            raise FetchError(FAULT)
        return artifact.body, read_account(artifact.body, service=self.source.service or "")

    def pages(self, ask: Ask, number: str = "") -> Iterator[Answer]:
        """The answers to one question, page by page. Raises NotRead where the first page does not come."""
        path, count = ask.path, 0
        for page in range(1, ask.pages + 1):
            try:
                answer = self.one(self.where.address(path, number))
                if ask.more and not (answer[0].lstrip().startswith(b"<") or is_list(_json(answer[0]))):
                    raise Malformed(NO_LIST)
            except NotRead as error:
                if page == 1:
                    raise
                self.said.append(ONLY_NEWEST.format(count=count, what=ask.what) + f": {error.reason}")
                return
            yield answer
            count += entries(answer[1])
            onward = NEXT[ask.more](answer[0], page, ask.size) if ask.more else None
            if onward is None:
                return
            if asks_to_wait(answer[0]):
                self.said.append(ONLY_NEWEST.format(count=count, what=ask.what) + f": {WAIT}")
                return
            path = ask.path + ("&" if "?" in ask.path else "?") + onward
        self.said.append(ONLY_NEWEST.format(count=count, what=ask.what))

    def rest(self, asks: Iterable[Ask], number: str) -> Iterator[Answer]:
        """The answers to further questions; one that has none is said and costs nothing else."""
        for ask in asks:
            if "{id}" in ask.path and not number:
                continue
            try:
                for body, account in self.pages(ask, number):
                    # a list of posts also names whoever was shared or answered: the profile alone says who this is
                    yield body, replace(account, fields=(), about=(), unseen=None) if ask.more else account
            except NotRead as error:
                if not (ask.optional and isinstance(error, AbsentError)):
                    self.said.append(NOT_ANSWERED.format(what=ask.what, reason=error.reason))

    def account(self, found: Iterable[Answer]) -> Account:
        """All answers as one account. Raises FetchError where they hold nothing at all."""
        whole = merged(self.source.service or "", [account for _, account in found], self.said)
        if not (whole.fields or whole.posts or whole.points or whole.about):
            raise FetchError(NOTHING)
        return whole


def talk(source: Source, *, fetcher: Fetcher, now: datetime) -> Talk:
    """The questions about this account, none asked yet. Raises NotRead where the service or the address does not fit."""
    where = place(source)
    fetcher.add_typed([where.address("/")])  # the host of the fixed table, which was shown before the run
    return Talk(source=source, where=where, fetcher=fetcher, now=now, said=list(where.service.left_out))


def fetch_account(source: Source, *, fetcher: Fetcher, now: datetime) -> Account:
    """All that the service tells strangers about this account. Raises NotRead where the first question has no answer.

    `skipped` of the result says what was left out, in plain words without a value.
    """
    asking = talk(source, fetcher=fetcher, now=now)
    first, *rest = asking.where.service.asks
    found = list(asking.pages(first))
    found += asking.rest(rest, number_in(found))
    return asking.account(found)


def fetch_profile(source: Source, *, fetcher: Fetcher, now: datetime) -> Account:
    """What the profile alone says, without posts: enough to look for words in the bio. Raises NotRead."""
    asking = talk(source, fetcher=fetcher, now=now)
    first, *rest = asking.where.service.asks
    found = list(asking.pages(first))
    found += asking.rest([ask for ask in rest if not ask.more], number_in(found))
    return asking.account(found)


def asks_to_wait(body: bytes) -> bool:
    """Whether an answer says that the same question must not follow at once ("backoff", in seconds)."""
    pause = node(_json(body)).get("backoff")
    return isinstance(pause, int | float) and not isinstance(pause, bool) and pause > 0


def entries(account: Account) -> int:
    """How many posts an answer holds, or how many marked places where it has no posts."""
    return len(account.posts) or len(account.points)


def number_in(found: Iterable[Answer]) -> str:
    """The number by which the service knows the account; "" where its answer names none."""
    for body, _ in found:
        with_number = (item for item in nodes(_json(body)) if not isinstance(item.get("id"), bool))
        number = next((str(item["id"]) for item in with_number if isinstance(item.get("id"), int | str)), "")
        if NUMBER.fullmatch(number):
            return number
    return ""


def _json(body: bytes) -> Any:
    """The value of an answer, None where it is XML."""
    try:
        return json_of(body)
    except NotRead:
        return None


def merged(service: str, accounts: Sequence[Account], said: Iterable[str]) -> Account:
    """Several answers about one account as one: each field, post and point once, what was left out once."""
    fields: dict[tuple[str, str], Field] = {}
    posts: dict[tuple[object, ...], Post] = {}
    points: dict[tuple[object, ...], Point] = {}
    about: dict[str, None] = {}
    skipped: dict[str, None] = {}
    for account in accounts:
        for field in account.fields:
            fields.setdefault((field.kind, field.value), field)
        for post in account.posts:
            posts.setdefault((post.id, post.at, post.text), post)
        for point in account.points:
            points.setdefault((point.lat, point.lon, point.at, point.id), point)
        about |= dict.fromkeys(account.about)
        skipped |= dict.fromkeys(account.skipped)
    skipped |= dict.fromkeys(said)
    return Account(
        service=service,
        unseen=next((account.unseen for account in accounts if account.unseen), None),
        fields=tuple(fields.values()),
        posts=tuple(posts.values()),
        points=tuple(points.values()),
        about=tuple(about),
        skipped=tuple(skipped),
    )


Next = Callable[[bytes, int, int], str | None]
"""(answer, number of its page, size of a full page) to what is added to the question for the next page; None at the end."""


def _rows(body: bytes) -> list[dict[str, Any]]:
    """The entries of a list, wherever the service puts it."""
    value = json_of(body)
    if isinstance(value, dict):
        value = next((value[key] for key in ("results", "items", "feed") if isinstance(value.get(key), list)), [])
    return list(nodes(value))


def _by_page(body: bytes, page: int, size: int) -> str | None:
    return f"page={page + 1}" if len(_rows(body)) >= size else None


def _by_last(key: str) -> Next:
    """The rule of services that go on below the last entry's number."""

    def onward(body: bytes, _page: int, size: int) -> str | None:
        rows = _rows(body)
        last = str(rows[-1].get("id", "")) if len(rows) >= size else ""
        return f"{key}={last}" if NUMBER.fullmatch(last) else None

    return onward


def _by_mark(key: str, *path: str) -> Next:
    """The rule of services that give a mark for the next page, at `path` of the answer."""

    def onward(body: bytes, _page: int, _size: int) -> str | None:
        value: Any = json_of(body)
        for name in path:
            value = node(value).get(name)
        mark = value if isinstance(value, str) else ""
        return f"{key}={quote(mark, safe='')}" if CURSOR.fullmatch(mark) else None

    return onward


def _has_more(body: bytes, page: int, _size: int) -> str | None:
    return f"page={page + 1}" if node(json_of(body)).get("has_more") is True else None


def _before(body: bytes, _page: int, size: int) -> str | None:
    """Changes to the map go on before the oldest one of this page."""
    times = [element.get("created_at", "") for element in children(xml_of(body), "changeset")]
    oldest = min(times, default="")
    if len(times) < size or not re.fullmatch(r"[0-9TZ:.+-]{10,40}", oldest):
        return None
    return f"time=2001-01-01,{quote(oldest, safe='')}"


NEXT: Mapping[str, Next] = {
    "page": _by_page,
    "max_id": _by_last("max_id"),
    "id_below": _by_last("id_below"),
    "cursor": _by_mark("cursor", "cursor"),
    "uccontinue": _by_mark("uccontinue", "continue", "uccontinue"),
    "has_more": _has_more,
    "before": _before,
}
