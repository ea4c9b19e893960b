"""Sources to evidence. Each source is read in full or listed with the reason why it was not; none stops the others."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from unlisted.audit import accounts, exported
from unlisted.audit.doubt import doubt, removed
from unlisted.audit.held import HELD, held
from unlisted.audit.lens import Lens
from unlisted.audit.mentions import Reader
from unlisted.audit.namesake import OTHERS, is_somebody_else
from unlisted.audit.observed import Observed
from unlisted.audit.tools import Progress, Tools, summary
from unlisted.audit.unseen import unseen
from unlisted.data.domains import host_of
from unlisted.errors import NotRead
from unlisted.extract import zone
from unlisted.extract.listing import Groups, pick
from unlisted.model import (
    Artifact,
    Fact,
    Listing,
    Mention,
    NotChecked,
    Page,
    PageSeen,
    Photo,
    PhotoSeen,
    Point,
    Source,
    SourceKind,
)
from unlisted.sources import pages, photos

__all__ = ["Progress", "Tools", "gather", "summary"]

ROBOTS_VALUES = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
"""Words of the header for search engines that have a value, not a name before them."""
DETAILED = 1_000
"""Photos of one source up to which makers' own notes and small pictures are looked at too; both cost much more a file."""


def gather(tools: Tools) -> Observed:
    """Read every source of the subject, in order."""
    seen = Observed()
    sources = tools.lens.subject.sources
    for number, source in enumerate(sources):
        tools.progress(source.label, number, len(sources))
        read_one(source, tools, seen)
    accounts.conclude(tools, seen)
    tools.progress("", len(sources), len(sources))
    seen.photos = joined_by_camera(seen.photos)
    return seen


def read_one(source: Source, tools: Tools, seen: Observed) -> None:
    """One source, whatever happens: what it gave until then stands, and what stopped it is said without its words."""
    try:
        READERS[source.kind](source, tools, seen)
    except NotRead as error:
        reason = error.reason
    except OSError as error:
        reason = f"it cannot be read ({os.strerror(error.errno) if error.errno else type(error).__name__})"
    except Exception as error:  # noqa: BLE001  (the outermost boundary: a message may hold a value)
        reason = f"reading stopped with an error ({type(error).__name__})"
    else:
        return
    seen.not_checked.append(NotChecked(source=source.label, reason=reason))
    if source.label not in {item.label for item in seen.sources}:
        seen.sources.append(summary(source, tools, read=0, found=1))


def read_web(source: Source, tools: Tools, seen: Observed) -> None:
    """A page, a saved page or a listing."""
    directory = directory_of(source, tools)
    listed = source.kind is SourceKind.LISTING or directory is not None
    try:
        artifact = fetched(source, tools)
        page, records = pages.parse_listing(artifact, records=listed)
    except NotRead as error:
        seen.not_checked.append(NotChecked(source=source.label, reason=error.reason))
        seen.sources.append(summary(source, tools, read=0, found=1, directory=directory))
        if source.kind is SourceKind.LISTING:
            # many directories turn programs away: the person saw the record, so a letter about it can still be written
            seen.listings.append(bare_listing(source, directory))
        return
    before, kept_back = len(seen.mentions), None
    if listed:
        observe_listing(source, artifact, page, records, tools, seen)
        kept_back = HELD if source.label not in seen.gone and held(artifact, page) else None
        seen.held |= {source.label} if kept_back else set()
    else:
        observe_page(source, artifact, page, tools, seen)
    hidden = unseen(source, artifact, page, seen.mentions[before:])
    whole = summary(source, tools, read=int(hidden is None), found=1, directory=directory)
    seen.sources.append(replace(whole, doubt=hidden or doubt(source, artifact, page) or kept_back))
    reasons = (*(reason for reason in (hidden, kept_back) if reason), *gaps(artifact, page))
    seen.not_checked += [NotChecked(source=source.label, reason=reason) for reason in reasons]


def fetched(source: Source, tools: Tools) -> Artifact:
    """The bytes of a web source; raises NotRead."""
    if source.path is not None:
        return pages.saved(source, now=tools.now)
    return tools.fetcher.get(source.address or "", source=source.label, now=tools.now, kind="page")


def gaps(artifact: Artifact, page: Page) -> Iterable[str]:
    """What of a page was not read."""
    if artifact.truncated:
        yield "the page is very long; only its beginning was read"
    yield from page.skipped


def observe_page(source: Source, artifact: Artifact, page: Page, tools: Tools, seen: Observed) -> None:
    """An ordinary page: its mentions, and who can find it."""
    found = list(Reader(tools.lens, source, source_kind=source.kind.value).of_page(page))
    shown = {mention.fact.label: mention.fact for mention in found if mention.fact}.values()
    seen.mentions += found
    seen.pages.append(
        PageSeen(
            source=source.label,
            source_kind=source.kind.value,
            page=page,
            indexable=not page.of_kind("page_noindex") and not robots_header(artifact),
            login=bool(page.of_kind("login_wall")),
            mine=source.mine,
            names=tuple(fact for fact in shown if fact.kind == "name"),
            handles=tuple(fact for fact in shown if fact.kind == "handle"),
        )
    )


def robots_header(artifact: Artifact) -> bool:
    """Whether the server asks search engines to stay away: all of them, or the largest."""
    values = (value.lower() for name, value in artifact.headers if name.lower() == "x-robots-tag")
    asked = (pair for value in values for pair in robots_words(value))
    return any(word in {"noindex", "none"} and engine in {"", "googlebot"} for engine, word in asked)


def robots_words(value: str) -> Iterator[tuple[str, str]]:
    """(engine, word) for each word of one such header: an engine that is named is meant by all words behind it."""
    engine = ""
    for part in value.split(","):
        named, colon, word = (one.strip() for one in part.partition(":"))
        if named in ROBOTS_VALUES:
            continue
        engine = named if colon else engine
        yield engine, word if colon else named


def directory_of(source: Source, tools: Tools) -> str | None:
    """The id of the register's entry on whose pages a source lies."""
    entry = tools.register.by_host(host_of(source.address) or "") if source.address else None
    return entry.id if entry else None


def observe_listing(
    source: Source, artifact: Artifact, page: Page, records: Groups, tools: Tools, seen: Observed
) -> None:
    """A directory: only the record that fits the subject; where none stands out, only what was declared."""
    directory = directory_of(source, tools)
    reader = Reader(tools.lens, source, source_kind="listing", directory=directory)
    listing = pick(
        page,
        records,
        source=source.label,
        host=host_of(artifact.address or source.address or "") or "",
        directory=directory,
        matcher=tools.lens.matcher,
    )
    if listing is not None and is_somebody_else(listing, tools.lens, tools.now):
        seen.not_checked.append(NotChecked(source=source.label, reason=OTHERS))
        seen.shapeless.add(source.label)
        return
    if listing is None:
        found = list(reader.of_page(page, undeclared=False))
        seen.mentions += found
        is_gone = removed(page) and not any(item.fact for item in found) and doubt(source, artifact, page) is None
        (seen.gone if is_gone else seen.shapeless).add(source.label)
        seen.listings += loose_record(source, directory, found)
        return
    seen.listings.append(replace(listing, indexable=listing.indexable and not robots_header(artifact)))
    for item in listing.fields:
        placed = replace(item, locator=listing.locator)
        seen.mentions += reader.of_field(placed)
        if item.kind in {"relative", "birth_date"} and not tools.lens.matcher.find(item.value):
            seen.mentions.append(reader.mention(item.kind, item.kind, listing.locator, 0.8))


def bare_listing(source: Source, directory: str | None) -> Listing:
    """A record of which nothing was read but its address."""
    return Listing(source=source.label, directory=directory, host=host_of(source.address or "") or "")


def loose_record(source: Source, directory: str | None, found: Sequence[Mention]) -> list[Listing]:
    """A record without a shape that we know: a page of a directory that shows two declared facts or more.

    Where the person says that it is a record of theirs, one is enough.
    """
    matched = {item.fact.label: item.fact for item in found if item.fact and item.level == "same"}
    if len(matched) < (1 if source.kind is SourceKind.LISTING else 2):
        return []
    kinds = tuple(dict.fromkeys(item.kind for item in found if item.fact))
    return [replace(bare_listing(source, directory), kinds=kinds, matched=tuple(matched.values()))]


def read_folder(source: Source, tools: Tools, seen: Observed) -> None:
    """A photo or a folder of photos."""
    root = Path(source.path or "")
    if not root.exists():
        seen.not_checked.append(NotChecked(source=source.label, reason="there is no such file or folder"))
        seen.sources.append(summary(source, tools, read=0, found=0))
        return
    passed_over: Counter[str] = Counter()
    paths = list(photos.find_photos(root, left_out=passed_over)) if root.is_dir() else [root]
    seen.not_checked += [NotChecked(source=source.label, reason=why, count=n) for why, n in passed_over.items()]
    read, few = 0, len(paths) <= DETAILED
    for number, photo in enumerate(photos.read_photos(paths, maker_notes=few, decode=few), 1):
        tools.progress(source.label, number, len(paths))
        name = str(paths[number - 1].relative_to(root)) if root.is_dir() else root.name
        read += observe_photo(source, number, name, photo, tools, seen)
    seen.sources.append(summary(source, tools, read=read, found=len(paths)))
    if not paths:
        seen.not_checked.append(NotChecked(source=source.label, reason="no photos or videos are in the folder"))


def observe_photo(
    source: Source, number: int, name: str, photo: Photo | NotChecked, tools: Tools, seen: Observed
) -> bool:
    """One photo; whether it was read. What a damaged file still tells counts, and the damage is said too."""
    where = tools.lens.redactor.photo(name, number)
    if isinstance(photo, NotChecked):
        seen.not_checked.append(replace(photo, source=source.label, where=where))
        return False
    if photo.status != "read":
        reason = photo.reason or f"the file is {photo.status}"
        seen.not_checked.append(NotChecked(source=source.label, reason=reason, where=where))
    seen.not_checked += [NotChecked(source=source.label, reason=part, where=where) for part in photo.skipped]
    if photo.status == "unsupported":
        return False
    position = photo.position
    near = [fact for _, fact in tools.lens.near(position.lat, position.lon)] if position else []
    seen.photos.append(
        PhotoSeen(
            source=source.label,
            number=number,
            photo=photo,
            name=where,
            near=tuple(near),
            owners_declared=named(photo.owners, tools.lens),
            people_declared=named(photo.people, tools.lens),
        )
    )
    if position is not None:
        moment = zone.from_photo(photo)
        seen.points.append(
            Point(
                lat=position.lat,
                lon=position.lon,
                at=moment.at if moment else None,
                id=f"{source.label}#{number}",
                source=source.label,
                sure=bool(moment and moment.sure),
            )
        )
    return photo.status == "read"


def named(names: Iterable[str], lens: Lens) -> tuple[Fact, ...]:
    """The declared facts that stand in a few short names."""
    matches = [match for name in names for match in lens.matcher.find(name) if match.level == "same"]
    return tuple({match.fact.label: match.fact for match in matches}.values())


def joined_by_camera(found: list[PhotoSeen]) -> list[PhotoSeen]:
    """The photos, each with the number of other sources that show one of its serial numbers."""
    sources = {(serial, photo.source) for photo in found for serial in photo.photo.serials}
    spread = Counter(serial for serial, _ in sources)
    return [
        replace(photo, joins=max((spread[serial] - 1 for serial in photo.photo.serials), default=0)) for photo in found
    ]


READERS: Mapping[SourceKind, Callable[[Source, Tools, Observed], None]] = {
    SourceKind.PAGE: read_web,
    SourceKind.FILE: read_web,
    SourceKind.LISTING: read_web,
    SourceKind.ACCOUNT: accounts.read_account,
    SourceKind.FEED: accounts.read_feed,
    SourceKind.PHOTOS: read_folder,
    SourceKind.EXPORT: exported.read_export,
    SourceKind.TRACKS: exported.read_tracks,
}
