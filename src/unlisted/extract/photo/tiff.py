"""Our own small TIFF decoder: the common Exif fields of a block in memory, or of a file read in parts.

Only the tags named here are decoded, from all directories that lead there: the chain from the header, Exif, GPS and
sub-directories. Directories, entries and value lengths are capped, and a directory is read once.
"""

from __future__ import annotations

from collections.abc import Callable

from unlisted.extract.photo import gps, iptc, notes, xmp
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.ifd import MAX_VALUE, Entry, Get, Tiff, in_memory, opened
from unlisted.extract.photo.picture import jpeg_size
from unlisted.extract.photo.words import text_of, time_of, wide_text, zone_of

MAX_DIRECTORIES = 24
"""Directories followed in one block."""

MAX_PACKET = 4_000_000
"""Bytes read of a packet (XMP, IPTC) inside a TIFF."""

MAX_SMALL = 900_000
"""Bytes of a thumbnail that is kept for a comparison of its look."""


class _Walk:
    """The state of one block's walk: what waits to be read, what was seen, and dates with their zones."""

    __slots__ = ("clocks", "found", "layout", "packets", "queue", "seen", "tiff")

    def __init__(self, tiff: Tiff, found: Found, *, packets: bool, layout: bool) -> None:
        self.tiff = tiff
        self.found = found
        self.packets = packets
        self.layout = layout
        self.queue: list[tuple[int, bool]] = []
        self.seen: set[int] = set()
        self.clocks: dict[int, str] = {}


def _serial(walk: _Walk, entry: Entry) -> None:
    walk.found.add_serial(walk.tiff.text(entry) or ", ".join(map(str, walk.tiff.numbers(entry, 4))))


def _host(walk: _Walk, entry: Entry) -> None:
    text = walk.tiff.text(entry)
    if "'" in text or "\u2019" in text:  # only of interest as "Anna's phone"
        walk.found.add(walk.found.owners, text)


def _comment(walk: _Walk, entry: Entry) -> None:
    data = walk.tiff.value(entry)
    if data[:5] == b"ASCII":
        walk.found.add(walk.found.captions, text_of(data[8:]))
    elif data[:7] == b"UNICODE":
        text = data[8:].decode("utf-16-le" if walk.tiff.order == "<" else "utf-16-be", "replace")
        walk.found.add(walk.found.captions, text.split("\0", 1)[0].strip())


def _orientation(walk: _Walk, entry: Entry) -> None:
    number = walk.tiff.number(entry)
    if walk.found.orientation is None and 1 <= number <= 8:
        walk.found.orientation = number


def _directories(walk: _Walk, entry: Entry) -> None:
    walk.queue += [(offset, False) for offset in walk.tiff.numbers(entry, 8)]


def _gps(walk: _Walk, entry: Entry) -> None:
    offset = walk.tiff.number(entry)
    if offset and offset not in walk.seen:
        walk.seen.add(offset)
        read_gps(walk.tiff, offset, walk.found)


def _notes(walk: _Walk, entry: Entry) -> None:
    notes.read(walk.tiff, entry, walk.found)


def _xmp(walk: _Walk, entry: Entry) -> None:
    if walk.packets:
        xmp.read(walk.tiff.value(entry, MAX_PACKET), walk.found)


def _iptc(walk: _Walk, entry: Entry) -> None:
    if walk.packets:
        iptc.read(walk.tiff.value(entry, MAX_PACKET), walk.found)


def _photoshop(walk: _Walk, entry: Entry) -> None:
    if walk.packets:
        iptc.resources(walk.tiff.value(entry, MAX_PACKET), walk.found)


NAMES = {0x10F: "make", 0x110: "model", 0x131: "software", 0xA434: "lens", 0xC614: "model"}
"""Tags with one text, and the field it goes to: the first that is found stays."""

TEXTS = {
    0x13B: "owners", 0xA430: "owners", 0xA437: "owners", 0x10E: "captions", 0xA436: "captions", 0x8298: "contacts",
    0xA420: "ids", 0xC65D: "ids",
}  # fmt: skip
"""Tags with a text for a list."""

WIDE = {0x9C9B: "captions", 0x9C9C: "captions", 0x9C9D: "owners", 0x9C9E: "keywords", 0x9C9F: "captions"}
"""Windows' own tags: the same in UTF-16."""

CLOCKS = frozenset({0x132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012})
"""Dates, and the zones that belong to them."""

OTHERS: dict[int, Callable[[_Walk, Entry], None]] = {
    **dict.fromkeys((0xA431, 0xA435, 0xC62F), _serial),
    **dict.fromkeys((0x14A, 0x8769), _directories),
    0x112: _orientation,
    0x13C: _host,
    0x2BC: _xmp,
    0x83BB: _iptc,
    0x8649: _photoshop,
    0x8825: _gps,
    **dict.fromkeys((0x927C, 0xC634), _notes),
    0x9286: _comment,
}
"""Tags that need more."""

_WANTED = NAMES.keys() | TEXTS.keys() | WIDE.keys() | CLOCKS | OTHERS.keys()


_PLACES = frozenset({0x8825, 0x8769, 0x2BC, 0x8649})
"""Tags that lead to a position."""


def _decode(walk: _Walk, tag: int, entry: Entry) -> None:
    """One wanted tag."""
    found = walk.found
    if tag in NAMES:
        if not getattr(found, NAMES[tag]):
            setattr(found, NAMES[tag], walk.tiff.text(entry))
    elif tag in CLOCKS:
        walk.clocks.setdefault(tag, walk.tiff.text(entry))
    elif tag in TEXTS:
        found.add(getattr(found, TEXTS[tag]), walk.tiff.text(entry))
    elif tag in OTHERS:
        OTHERS[tag](walk, entry)
    else:
        found.add(getattr(found, WIDE[tag]), wide_text(walk.tiff.value(entry)))


def read_block(data: bytes, found: Found, *, packets: bool = True) -> bool:
    """All fields of an Exif block in memory; False where it is no TIFF structure."""
    if found.exif is None and data[:2] in {b"II", b"MM"}:
        found.exif = data
    return read(in_memory(data), found, packets=packets, layout=False)


def read(get: Get, found: Found, *, packets: bool = True, layout: bool = True) -> bool:
    """All fields of a TIFF structure read through `get`; with `layout` also the picture's size. False where it is none."""
    tiff = opened(get)
    if tiff is None:
        return False
    walk = _Walk(tiff, found, packets=packets, layout=layout)
    head = get(8, 8) if tiff.large else get(4, 4)
    if len(head) == tiff.wide.size:
        walk.queue.append((tiff.wide.unpack(head)[0], True))
    _directories_of(walk)
    _times(walk)
    return True


def _directories_of(walk: _Walk) -> None:
    """Read what waits in the queue, the chain first, each directory once."""
    first = True
    while walk.queue and len(walk.seen) < MAX_DIRECTORIES:
        offset, chained = walk.queue.pop(0)
        if not offset or offset in walk.seen:
            continue
        walk.seen.add(offset)
        entries, following, whole = walk.tiff.directory(offset)
        walk.found.spend(len(entries))
        if not whole or (first and walk.layout and not entries):
            walk.found.hurt("a directory inside it is cut or broken")
        if chained:
            walk.queue.append((following, True))
        if not walk.found.brief:
            _shape(walk, entries, first=first)
        for tag in sorted(entries.keys() & (_PLACES if walk.found.brief else _WANTED)):
            _decode(walk, tag, entries[tag])
        first = False


def _shape(walk: _Walk, entries: dict[int, Entry], *, first: bool) -> None:
    """The thumbnail, or the size of the picture."""
    if 0x201 in entries and 0x202 in entries:
        _thumbnail(walk, entries)
    elif walk.layout or (first and 0xA002 in entries):
        _size(walk, entries)


def _thumbnail(walk: _Walk, entries: dict[int, Entry]) -> None:
    """Where the small picture stands, and its size from its own header."""
    tiff, found = walk.tiff, walk.found
    offset, length = tiff.number(entries[0x201]), tiff.number(entries[0x202])
    if found.smalls or length < 100 or not offset:
        return
    start = tiff.get(offset, min(length, MAX_VALUE))
    if len(start) < 4:
        return
    whole = tiff.get(offset, length) if found.look and length <= MAX_SMALL else b""
    found.small_picture(jpeg_size(start), length, whole)


def _size(walk: _Walk, entries: dict[int, Entry]) -> None:
    """The size of the picture that a directory describes; reduced copies are smaller and lose."""
    if 0x100 in entries and 0x101 in entries:
        walk.found.size(walk.tiff.number(entries[0x100]), walk.tiff.number(entries[0x101]))


def _times(walk: _Walk) -> None:
    """Dates with the offsets that belong to them."""
    found = walk.found
    for tag, zone, rank in ((0x9003, 0x9011, 0), (0x9004, 0x9012, 2)):
        text = walk.clocks.get(tag)
        if text:
            found.time(rank, time_of(text, zone_of(walk.clocks.get(zone, ""))))
    if walk.clocks.get(0x132):
        found.other_time(time_of(walk.clocks[0x132], zone_of(walk.clocks.get(0x9010, ""))))


def read_gps(tiff: Tiff, offset: int, found: Found) -> None:
    """The GPS directory at `offset`."""
    entries, _, whole = tiff.directory(offset)
    if not whole:
        found.hurt("a directory inside it is cut or broken")
    gps.read(tiff, entries, found)
