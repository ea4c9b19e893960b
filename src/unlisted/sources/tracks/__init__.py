"""Tracks as watches and phones write them: GPX, KML (and KMZ), TCX and FIT, each read with bounded time and memory."""

from unlisted.sources.tracks.read import SUFFIXES, of_track, read_track
from unlisted.sources.tracks.track import Track

__all__ = ["SUFFIXES", "Track", "of_track", "read_track"]
