"""IPTC records and the Photoshop resource list that carries them."""

from __future__ import annotations

from unlisted.extract.photo.found import Found
from unlisted.extract.photo.picture import jpeg_size
from unlisted.extract.photo.words import text_of, time_of

MAX_DATASETS = 2_000
"""Datasets read of one block."""

MAX_RESOURCES = 500
"""Resources followed in one list."""

SMALL_PICTURES = frozenset({0x0409, 0x040C})
"""Resources with a small picture of the whole file: a JPEG behind a head of 28 bytes."""

FIELDS = {
    80: "owners", 90: "place_names", 92: "place_names", 95: "place_names", 101: "place_names", 26: "place_names",
    27: "place_names", 25: "keywords", 5: "captions", 105: "captions", 120: "captions", 110: "contacts", 115: "contacts",
    116: "contacts", 118: "contacts", 122: "contacts", 85: "contacts",
}  # fmt: skip
"""Datasets of record 2 and the field each goes to."""


def read(data: bytes, found: Found) -> None:
    """Add the datasets of an IPTC block."""
    at, dates = data.find(b"\x1c"), {55: "", 60: "", 62: "", 63: ""}
    if at < 0 or found.brief:
        return
    for _ in range(MAX_DATASETS):
        if at + 5 > len(data) or data[at] != 0x1C:
            break
        found.spend(1)
        record, number = data[at + 1], data[at + 2]
        length, start = _length(data, at + 3)
        value = data[start : start + length]
        at = start + length
        if record != 2:
            continue
        if number in dates:
            dates[number] = dates[number] or text_of(value)
        elif number in FIELDS:
            found.add(getattr(found, FIELDS[number]), text_of(value))
    found.time(3, time_of(f"{dates[55]}T{dates[60]}") or time_of(dates[55]))
    found.time(4, time_of(f"{dates[62]}T{dates[63]}") or time_of(dates[62]))


def _length(data: bytes, at: int) -> tuple[int, int]:
    """The length of a dataset and where its value starts; long ones tell how many bytes hold the length."""
    length = int.from_bytes(data[at : at + 2], "big")
    if not length & 0x8000:
        return length, at + 2
    count = min(length & 0x7FFF, 4)
    return int.from_bytes(data[at + 2 : at + 2 + count], "big"), at + 2 + count


def resources(data: bytes, found: Found) -> None:
    """A Photoshop resource list: IPTC, Exif, XMP and a small picture in it."""
    from unlisted.extract.photo import tiff, xmp  # noqa: PLC0415  (blocks nest in each other)

    at = max(0, data.find(b"8BIM"))
    for _ in range(MAX_RESOURCES):
        if data[at : at + 4] not in {b"8BIM", b"MeSa", b"PHUT", b"AgHg", b"DCSR"}:
            return
        found.spend(1)
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        name = data[at + 6] if at + 6 < len(data) else 0
        start = at + 6 + (name + 2 & ~1)
        length = int.from_bytes(data[start : start + 4], "big")
        value = data[start + 4 : start + 4 + length]
        at = start + 4 + (length + 1 & ~1)
        if number == 0x0404:
            read(value, found)
        elif number == 0x0422:
            tiff.read_block(value, found, packets=False)
        elif number == 0x0424:
            xmp.read(value, found)
        elif number in SMALL_PICTURES and value[28:30] == b"\xff\xd8" and not found.brief:
            found.small_picture(jpeg_size(value[28:]), len(value) - 28, value[28:])
