"""Tracks inside an export: each file is one item or more."""

from __future__ import annotations

from unlisted.errors import Malformed
from unlisted.sources.exports.container import Member
from unlisted.sources.exports.found import Found, Way
from unlisted.sources.tracks import read_track


def outings(member: Member, found: Found, *, public: bool | None = None) -> None:
    """Every track of a file; each outing is an item of its own, so that it can be taken down by itself."""
    cut = None
    for track in read_track(member.stream()):
        cut = track.cut
        key = found.number()
        found.bad_points += track.bad
        start = len(found.points)
        for lat, lon, at in track:
            found.point((lat, lon), at, key, public=public)
        found.outings.append(Way(found.points, range(start, len(found.points))))
    if cut is not None:
        raise Malformed(cut)


def private_outings(member: Member, found: Found) -> None:
    """Tracks that the service shows to nobody else."""
    outings(member, found, public=False)
