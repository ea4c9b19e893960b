"""Exports and tracks: the person's own files. What everybody can read in them is told; places are drawn from all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from unlisted.audit.lens import SAME_STREET_M
from unlisted.audit.mentions import Reader
from unlisted.audit.observed import Observed, Pictured
from unlisted.audit.tools import Tools, summary
from unlisted.errors import NotRead
from unlisted.extract.geo import metres
from unlisted.model import Block, Locator, Mention, NotChecked, PlaceSeen, Post, Source, SourceKind
from unlisted.places import settings
from unlisted.sources import exports
from unlisted.sources.exports import Found

END_M = 150.0
"""A track begins or ends at a place within so many metres of its middle: watches need a while to find themselves."""

LEAST_ENDS = 3
"""Ends at one place that make a habit."""

MOST_FIXES = 200_000
"""Positions of tracks that zones are tried on, at most."""

ACCESS = "access"
"""What an export shows: that somebody could sign in to the account, not that nobody else can."""

BATCH = 400_000
"""Characters of posts that are looked at in one go: more than that, and progress would stand still."""

Read = Callable[[Source, Tools], Found]
Outing = Sequence[tuple[float, float]]


def read_export(source: Source, tools: Tools, seen: Observed) -> None:
    """An export: what is public in it, its places, and how much of it is private."""
    found = opened(source, tools, seen, of_export)
    if found is None:
        return
    reader = Reader(tools.lens, replace(source, mine=True), source_kind=SourceKind.ACCOUNT.value)
    seen.mentions += profile(found, reader)
    for done, batch in batches(found.posts):
        tools.progress(source.label, done, len(found.posts))
        seen.mentions += reader.of_blocks(batch)
    seen.mentions += spots(found, reader)
    seen.not_checked += [NotChecked(source=source.label, reason=reason) for reason in gaps(found)]


def read_tracks(source: Source, tools: Tools, seen: Observed) -> None:
    """A track, or a folder or archive of tracks."""
    found = opened(source, tools, seen, of_tracks)
    if found is not None:
        reasons = (*astray(found), *found.skipped)
        seen.not_checked += [NotChecked(source=source.label, reason=reason) for reason in reasons]


def of_export(source: Source, tools: Tools) -> Found:
    """All of an export; raises NotRead."""
    return exports.read_export(
        Path(source.path or ""), label=source.label, service=source.service, tick=ticker(source, tools)
    )


def of_tracks(source: Source, tools: Tools) -> Found:
    """All tracks of a source; raises NotRead."""
    return exports.read_tracks(Path(source.path or ""), label=source.label, tick=ticker(source, tools))


def ticker(source: Source, tools: Tools) -> Callable[[int], None]:
    """Progress while reading: how many there are in all is not known yet."""
    return lambda done: tools.progress(source.label, done, 0)


def opened(source: Source, tools: Tools, seen: Observed, read: Read) -> Found | None:
    """What a source gives, with its summary and its points taken down; None where it could not be read."""
    try:
        found = read(source, tools)
    except NotRead as error:
        seen.not_checked.append(NotChecked(source=source.label, reason=error.reason))
        seen.sources.append(replace(summary(source, tools, read=0, found=1), control=ACCESS))
        return None
    files = found.files.total()
    whole = summary(source, tools, read=files - found.broken, found=files)
    seen.sources.append(replace(whole, control=ACCESS))
    seen.points.extend(found.points)
    seen.outings += found.outings
    if found.pictures:
        seen.pictured.append(Pictured(source=source, services=frozenset(found.files), pictures=tuple(found.pictures)))
    seen.times += [post.at for post in found.posts if post.public and post.at is not None and post.lat is None]
    return found


def profile(found: Found, reader: Reader) -> Iterator[Mention]:
    """The lines of the profile: what the person wrote about themself is read as text, the rest by its kind."""
    said = [Block(text=field.value, locator=field.locator) for field in found.fields if field.kind == "bio"]
    yield from reader.of_blocks(said)
    for field in found.fields:
        yield from reader.of_field(field)


def locator(key: str | None) -> Locator:
    """Where an item stands: its number in the export."""
    number = (key or "").rpartition("#")[2]
    return Locator(part="post", paragraph=int(number) if number.isdecimal() else None)


def batches(posts: list[Post]) -> Iterator[tuple[int, list[Block]]]:
    """(posts so far, blocks) of the posts that everybody can read."""
    blocks: list[Block] = []
    size = 0
    for done, post in enumerate(posts, 1):
        if post.public and post.text:
            blocks.append(Block(text=post.text, locator=locator(post.id)))
            size += len(post.text)
        if size > BATCH:
            yield done, blocks
            blocks, size = [], 0
    if blocks:
        yield len(posts), blocks


def spots(found: Found, reader: Reader) -> Iterator[Mention]:
    """Each position that everybody can see: whether it lies at a declared place."""
    for point in found.shown:
        near = reader.lens.near(point.lat, point.lon, within=SAME_STREET_M)
        fact = near[0][1] if near else None
        yield reader.mention("position", "latitude", locator(point.id), 0.95, fact=fact, level="same" if fact else None)


def gaps(found: Found) -> Iterator[str]:
    """What of an export was not looked at, in plain words with counts."""
    hidden = found.hidden + +found.posts_where(public=False)
    for what, count in sorted(hidden.items()):
        yield f"{what} in it that are private there: {count:,}, counted and not read"
    unclear = found.posts_where(public=None).total()
    if unclear:
        yield f"posts of which the export does not say who sees them: {unclear:,}; their words were not looked at"
    yield from astray(found)
    if found.unread:
        yield f"files of data in it that this version does not know: {found.unread:,}, not read"
    if found.private_points:
        yield f"places in it that are private there: {found.private_points:,}; who else can sign in was not checked"
    yield from found.skipped


def astray(found: Found) -> Iterator[str]:
    """How many positions were left out."""
    if found.bad_points:
        yield f"positions in it that cannot be right: {found.bad_points:,}, left out"


def with_ends(found: Iterable[PlaceSeen], outings: Sequence[Outing]) -> list[PlaceSeen]:
    """The places; the first of each declared fact says how many tracks begin or end there, and which hidden zone would have held.

    Only declared places are asked about: their position is known, and there are five at most.
    """
    out, done = [], set()
    for item in found:
        asked = item.fact is not None and item.fact.label not in done
        done |= {item.fact.label} if item.fact else set()
        out.append(ended(item, outings) if asked else item)
    return out


def ended(item: PlaceSeen, outings: Sequence[Outing]) -> PlaceSeen:
    """A place with the tracks that begin or end there; where they make a habit, zones are tried on them."""
    center = (item.fact.position if item.fact else None) or item.place.center
    here = [track for track in outings if track and (at(track[0], center) or at(track[-1], center))]
    ends = sum(at(track[0], center) + at(track[-1], center) for track in here)
    if ends < LEAST_ENDS:
        return replace(item, tracks_end_here=ends)
    return replace(item, tracks_end_here=ends, zone_m=zone(within(here), center))


def at(spot: tuple[float, float], center: tuple[float, float]) -> bool:
    """Whether a position lies at a place."""
    return metres(*spot, *center) <= END_M


def within(outings: Iterable[Outing]) -> Iterator[Outing]:
    """The first tracks, as many as are tried."""
    left = MOST_FIXES
    for track in outings:
        left -= len(track)
        if left < 0:
            return
        yield track


def zone(outings: Iterable[Outing], center: tuple[float, float]) -> float | None:
    """The smallest zone that holds together with every wider one, in metres."""
    smallest = None
    for answer in reversed(settings(list(outings), center)):
        if not answer.held:
            break
        smallest = answer.radius_m
    return smallest
