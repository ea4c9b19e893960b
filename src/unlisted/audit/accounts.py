"""Accounts and feeds: what anybody can read on them is told; what follows from many posts together needs proof of control."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from unlisted.audit.doubt import SKIPPED
from unlisted.audit.joins import joins
from unlisted.audit.lens import SAME_STREET_M, address_key
from unlisted.audit.mentions import Reader
from unlisted.audit.observed import AccountSeen, Observed
from unlisted.audit.tools import Tools, summary
from unlisted.audit.unseen import refusal
from unlisted.errors import NotRead
from unlisted.extract.geo import metres
from unlisted.model import (
    Account,
    Block,
    Control,
    Locator,
    Mention,
    NotChecked,
    Page,
    PageSeen,
    Point,
    Source,
    SourceKind,
)
from unlisted.sources.account_fetch import fetch_account
from unlisted.sources.feeds import fetch_feed
from unlisted.sources.fetch import Fetcher

PROFILE = Locator(part="text", heading="Profile")
NO_PROOF = "places and times: no proof that this account is yours"
OTHER_FEED = "this page has a feed that is not in your list; it may keep old words of yours"
ONE_SPOT_M = 1_000.0
"""Positions of one entry further apart than this are an area, not a spot where somebody was."""
BATCH = 50_000
"""Characters of posts that are looked at in one go."""
FEW_POSTS = 3
"""An account or feed with more entries than this is no mere excuse."""
MAX_WHERE = 500
"""Positions of one source that are told one by one."""

Fetch = Callable[..., Account]


def read_account(source: Source, tools: Tools, seen: Observed) -> None:
    """An account on one of the services of the fixed table."""
    _read(source, tools, seen, fetch_account)


def read_feed(source: Source, tools: Tools, seen: Observed) -> None:
    """A feed that the person listed."""
    _read(source, tools, seen, fetch_feed)


def _read(source: Source, tools: Tools, seen: Observed, fetch: Fetch) -> None:
    fetcher: Fetcher = tools.fetcher
    try:
        account = fetch(source, fetcher=fetcher, now=tools.now)
    except NotRead as error:
        seen.not_checked.append(NotChecked(source=source.label, reason=error.reason))
        seen.sources.append(summary(source, tools, read=0, found=1))
        return
    before = len(seen.mentions)
    seen.accounts.append(AccountSeen(source=source, account=account))
    observe(source, account, tools, seen)
    hidden = account.unseen or excused(account, seen.mentions[before:])
    whole = summary(source, tools, read=int(hidden is None), found=1)
    seen.sources.append(replace(whole, doubt=hidden or (SKIPPED if account.skipped else None)))
    reasons = (*([hidden] if hidden else []), *account.skipped)
    seen.not_checked += [NotChecked(source=source.label, reason=reason) for reason in reasons]


def excused(account: Account, found: Sequence[Mention]) -> str | None:
    """Why an account or a feed with hardly a word must not count as seen, or None: its words are those of a wall.

    A profile that shows something declared beside names was seen.
    """
    if len(account.posts) > FEW_POSTS or any(one.fact and one.kind not in {"name", "handle"} for one in found):
        return None
    names = (field.value for field in account.fields if field.kind == "name")
    texts = (*names, *account.about, *(post.text for post in account.posts))
    blocks = tuple(Block(text=text, locator=PROFILE) for text in texts)
    return refusal(Page(url="", blocks=blocks))


def observe(source: Source, account: Account, tools: Tools, seen: Observed) -> None:
    """What anybody can read: fields, words and single positions, each held against what was declared."""
    reader = Reader(tools.lens, source, source_kind=source.kind.value)
    found = [mention for field in account.fields for mention in reader.of_field(replace(field, locator=PROFILE))]
    blocks = tuple(blocks_of(account))
    found += (mention for batch in batches(blocks) for mention in reader.of_blocks(batch))
    found += positions(account, reader)
    seen.mentions += found
    if source.kind is not SourceKind.ACCOUNT:
        return
    shown = {mention.fact.label: mention.fact for mention in found if mention.fact}.values()
    page = Page(url=source.address or "", fields=account.fields, blocks=blocks)
    seen.pages.append(
        PageSeen(
            source=source.label,
            source_kind=source.kind.value,
            page=page,
            indexable=not page.of_kind("page_noindex"),
            login=bool(page.of_kind("login_wall")),
            mine=source.mine,
            names=tuple(fact for fact in shown if fact.kind == "name"),
            handles=tuple(fact for fact in shown if fact.kind == "handle"),
        )
    )


def batches(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks in portions: what is found in one text is bounded, and no post may crowd out another."""
    batch: list[Block] = []
    size = 0
    for block in blocks:
        batch.append(block)
        size += len(block.text)
        if size > BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def blocks_of(account: Account) -> Iterator[Block]:
    """The words of an account: those about the person, then each post by its number, newest first as the service gives them."""
    yield from (Block(text=text, locator=PROFILE) for text in account.about)
    for number, post in enumerate(account.posts, 1):
        if post.text:
            yield Block(text=post.text, locator=post_locator(number))


def post_locator(number: int | None) -> Locator:
    """Where a post stands: it is counted as the service lists it."""
    return Locator(part="text", heading="Posts", paragraph=number)


def positions(account: Account, reader: Reader) -> Iterator[Mention]:
    """Each position on its own: whether it lies at a declared place."""
    numbers = post_numbers(account)
    for point in spots(account)[:MAX_WHERE]:
        near = reader.lens.near(point.lat, point.lon, within=SAME_STREET_M)
        fact = near[0][1] if near else None
        where = post_locator(numbers.get(point.id))
        yield reader.mention("position", "latitude", where, 0.95, fact=fact, level="same" if fact else None)


def post_numbers(account: Account) -> dict[str, int]:
    """The number of each post by its id."""
    return {post.id: number for number, post in enumerate(account.posts, 1) if post.id}


def spots(account: Account) -> list[Point]:
    """One point an entry: entries that cover an area are left out, and so is what the service moved on purpose."""
    entries: dict[object, list[Point]] = defaultdict(list)
    for number, post in enumerate(account.posts):
        if post.lat is not None and post.lon is not None:
            entries[post.id or number].append(Point(post.lat, post.lon, post.at, post.id or ""))
    known = {(point.lat, point.lon) for group in entries.values() for point in group}
    for number, point in enumerate(account.points):
        if (point.lat, point.lon) not in known:
            entries[point.id or ("", number)].append(point)
    return [middle(group) for group in entries.values() if spread(group) <= ONE_SPOT_M]


def spread(group: Iterable[Point]) -> float:
    """Metres between the corners of the points of one entry."""
    lats, lons = zip(*((point.lat, point.lon) for point in group), strict=True)
    return metres(min(lats), min(lons), max(lats), max(lons))


def middle(group: list[Point]) -> Point:
    """The middle of the points of one entry."""
    lat, lon = (sum(values) / len(group) for values in zip(*((p.lat, p.lon) for p in group), strict=True))
    return replace(group[0], lat=lat, lon=lon)


def conclude(tools: Tools, seen: Observed) -> None:
    """After all sources were read: what follows from many posts, or from two sources, where control was shown; else why not."""
    sources = tools.lens.subject.sources
    proven = proofs(sources, tools, seen)
    seen.sources = [replace(one, control=Control.PROVEN.value) if one.label in proven else one for one in seen.sources]
    for one in seen.accounts:
        if one.source.label in proven:
            draw(one, seen)
        elif one.account.posts or one.account.points:
            seen.not_checked.append(NotChecked(source=one.source.label, reason=NO_PROOF))
    ours = [one for one in seen.accounts if one.source.label in proven and one.source.kind is SourceKind.ACCOUNT]
    found, gaps = joins(ours, seen.pictured, tools)
    seen.mentions += found
    seen.not_checked += gaps
    seen.not_checked += unlisted_feeds(sources, seen)


def draw(one: AccountSeen, seen: Observed) -> None:
    """The times and places of an account whose control was shown."""
    label, numbers = one.source.label, post_numbers(one.account)
    for number, point in enumerate(spots(one.account), 1):
        seen.points.append(replace(point, id=f"{label}#{numbers.get(point.id, number)}", source=label))
    seen.times += [post.at for post in one.account.posts if post.at is not None and post.lat is None]


def proofs(sources: Iterable[Source], tools: Tools, seen: Observed) -> Mapping[str, str]:
    """How control of each proven source was shown: "words", "links" (rel=me both ways), or "feed" of a proven page."""
    mine = {source.label: source for source in sources if source.mine}
    proven = {source.label: source.proven for source in mine.values() if source.proven}
    links = {label: me_links(label, tools, seen) for label in mine}
    for one, others in links.items():
        for other in others:
            if one in links.get(other, ()):
                proven.setdefault(one, "links")
    feeds = {address_key(feed) for page in seen.pages if page.source in proven for feed in page.page.feeds}
    feeds |= {address_key(mine[label].address or "") for label in proven}
    for source in mine.values():
        key = address_key(source.address or "")
        if source.kind is SourceKind.FEED and feeds & {key, key.removesuffix(".rss"), key.removesuffix(".atom")}:
            proven.setdefault(source.label, "feed")
    return proven


def me_links(label: str, tools: Tools, seen: Observed) -> set[str]:
    """The listed sources that a page or account names as the same person's."""
    found: set[str | None] = set()
    for one in seen.pages:
        if one.source == label:
            account = one.source_kind == SourceKind.ACCOUNT.value
            fields = [
                field for field in one.page.of_kind("same_as", "website") if account or field.locator.name == "rel=me"
            ]
            found |= {tools.lens.leads_to(field.value, from_source=label) for field in fields}
    return {other for other in found if other is not None}


def unlisted_feeds(sources: Iterable[Source], seen: Observed) -> Iterator[NotChecked]:
    """Pages of the person whose feed nobody listed: it is not asked for, and that is said."""
    mine = {source.label for source in sources if source.mine}
    listed = {address_key(source.address or "") for source in sources if source.kind is SourceKind.FEED}
    for page in seen.pages:
        if page.source in mine and any(address_key(feed) not in listed for feed in page.page.feeds):
            yield NotChecked(source=page.source, reason=OTHER_FEED)
