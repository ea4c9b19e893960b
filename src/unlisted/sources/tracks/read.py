"""One file of tracks, by its name and its first bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from unlisted.errors import Malformed, TooLarge
from unlisted.sources.tracks import fit, xml
from unlisted.sources.tracks.track import Track

SUFFIXES = (".gpx", ".kml", ".kmz", ".tcx", ".fit")
"""Names of files that hold tracks; each may be packed once more as .gz."""

MAX_FIT = 25_000_000
MAX_KMZ = 25_000_000
MAX_RATIO = 100
CHUNK = 1 << 16


def of_track(name: str) -> bool:
    """Whether a file of this name (lower case) holds tracks."""
    return name.removesuffix(".gz").endswith(SUFFIXES)


def read_track(pieces: Iterable[bytes]) -> list[Track]:
    """The tracks of one file, given in pieces and already unpacked; raises NotRead."""
    stream = iter(pieces)
    head = next(stream, b"")
    if head[8:12] == b".FIT":
        return fit.read(_joined(head, stream, MAX_FIT))
    if head[:4] == b"PK\x03\x04":
        return xml.read(_of_kmz(_joined(head, stream, MAX_KMZ)))
    # some programs put empty lines before the XML line, which the standard does not allow
    return xml.read(chain([head.lstrip(b" \t\r\n")], stream))


def _joined(head: bytes, stream: Iterator[bytes], most: int) -> bytes:
    parts, size = [head], len(head)
    for piece in stream:
        size += len(piece)
        if size > most:
            raise TooLarge("the file is too large")
        parts.append(piece)
    return b"".join(parts)


def _of_kmz(data: bytes) -> Iterator[bytes]:
    """The first KML file of a KMZ archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [entry for entry in archive.infolist()[:10_000] if entry.filename.lower().endswith(".kml")]
            if not names:
                raise Malformed(xml.DAMAGED)
            if names[0].file_size > MAX_RATIO * max(names[0].compress_size, 1_000):
                raise TooLarge("the file swells when it is opened")
            with archive.open(names[0]) as file:
                while piece := file.read(CHUNK):
                    yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, KeyError):
        raise Malformed(xml.DAMAGED) from None
