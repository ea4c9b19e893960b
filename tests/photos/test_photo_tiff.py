"""The small TIFF decoder and the GPS directory: odd numbers, odd letters, loops and limits."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import exifread
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.photos import build

from unlisted.extract.photo import gps, ifd, tiff
from unlisted.extract.photo.found import Found
from unlisted.model.evidence import Photo

Read = Callable[[bytes], Photo]


def decode(block: bytes) -> Found:
    """What the decoder finds in a block."""
    found = Found()
    tiff.read_block(block, found)
    return found


def place(tags: dict[int, build.Value], order: str = "<") -> list[tuple[float, float]]:
    """Positions of a GPS directory."""
    return [(round(p.lat, 5), round(p.lon, 5)) for p in decode(build.tiff(gps=tags, order=order)).positions]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("where", [build.SEA, build.FAR, (-0.5, -120.25), (89.9, 179.9)])
def test_position_in_both_orders(order: str, where: tuple[float, float]) -> None:
    """Degrees, minutes, seconds and letters give the place in both byte orders."""
    assert place(build.gps(*where, order), order) == [where]


@pytest.mark.parametrize(
    ("pairs", "want"),
    [
        ([(93, 2)], 46.5),  # one decimal
        ([(46, 1), (30, 1)], 46.5),  # two parts
        ([(46, 1), (3000, 100), (0, 1)], 46.5),
        ([(46, 1), (30, 1), (0, 0)], 46.5),  # seconds that the camera does not know
        ([(45, 1), (90, 1), (0, 1)], 46.5),  # minutes over 60
        ([(46, 0), (30, 1), (0, 1)], None),  # no degrees at all
        ([(213, 1), (0, 1), (0, 1)], None),  # out of range
    ],
)
def test_shapes_of_degrees(pairs: list[tuple[int, int]], want: float | None) -> None:
    """Each shape of degrees that cameras write is understood, and what is none is no place."""
    tags = {**build.gps(), 2: build.ratios(pairs)}
    assert place(tags) == ([] if want is None else [(want, -7.25)])


@pytest.mark.parametrize("words", ["46.5", "46.5000", " 46.5 "])
def test_degrees_as_text(words: str) -> None:
    """Degrees that a program wrote as a text are read."""
    assert place({**build.gps(), 2: build.text(words), 4: build.text("7.25")}) == [(46.5, -7.25)]


@pytest.mark.parametrize(("lat", "lon"), [(0.0, 0.0), (0.00005, -0.00005)])
def test_zero_is_no_place(lat: float, lon: float) -> None:
    """0,0 and its surroundings mean "no place" and are not told."""
    assert place(build.gps(lat, lon)) == []


def test_the_equator_is_a_place() -> None:
    """Only both numbers near zero are a placeholder."""
    assert place(build.gps(0.0, -25.0)) == [(0.0, -25.0)]


def test_missing_letter() -> None:
    """Without the hemisphere's letter the place is told as not sure; with both letters it is sure."""
    tags = build.gps()
    del tags[3]
    assert [p.sure for p in decode(build.tiff(gps=tags)).positions] == [False]
    assert [p.sure for p in decode(build.tiff(gps=build.gps())).positions] == [True]


def test_height_direction_and_clock() -> None:
    """Height (below the sea too), direction and the satellites' clock are told; the clock is UTC."""
    tags = {
        **build.gps(),
        5: build.byte(1), 6: build.ratios([(125, 10)]), 0x11: build.ratios([(2705, 10)]),
        7: build.ratios([(11, 1), (30, 1), (5, 1)]), 0x1D: build.text("2025:03:14"),
    }  # fmt: skip
    found = decode(build.tiff(gps=tags))
    spot = found.positions[0]
    assert (spot.altitude, spot.direction) == (-12.5, 270.5)
    assert found.gps_at == spot.at == datetime(2025, 3, 14, 11, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize("clock", [[(25, 0), (1, 1), (1, 1)], [(1, 1)], [(99, 1), (1, 1), (1, 1)]])
def test_broken_clock(clock: list[tuple[int, int]]) -> None:
    """A broken satellites' clock costs only itself."""
    tags = {**build.gps(), 7: build.ratios(clock), 0x1D: build.text("2025:03:14")}
    found = decode(build.tiff(gps=tags))
    assert found.gps_at is None
    assert len(found.positions) == 1


def test_name_of_the_area() -> None:
    """The name of the area that a camera writes is a place name."""
    tags = {**build.gps(), 0x1C: build.raw(b"ASCII\0\0\0Marrow Bay\0")}
    assert list(decode(build.tiff(gps=tags)).place_names) == ["Marrow Bay"]
    wide = {**build.gps(), 0x1C: build.raw(b"UNICODE\0" + "Old Quay".encode("utf-16"))}
    assert list(decode(build.tiff(gps=wide)).place_names) == ["Old Quay"]


def test_people_and_numbers() -> None:
    """Owner, artist, serial numbers, unique id, caption and copyright go to their fields."""
    main = {
        0x13B: build.text("Odo Finch"), 0x8298: build.text("(c) Odo"), 0x10E: build.text("At the quay"),
        0xC62F: build.text("LF-0001"), 0x13C: build.text("Odo's phone"),
        0x9C9D: build.raw("Ada Lütt".encode("utf-16-le") + b"\0\0"), 0x9C9E: build.raw("boats".encode("utf-16-le")),
    }  # fmt: skip
    exif = {
        0xA430: build.text("O. Finch"),
        0xA431: build.text("LF-0002"),
        0xA435: build.text("LF-0003"),
        0xA420: build.text("ab12" * 8),
    }
    found = decode(build.tiff(main, exif=exif))
    assert set(found.owners) == {"Odo Finch", "Ada Lütt", "O. Finch", "Odo's phone"}
    assert set(found.serials) == {"LF-0001", "LF-0002", "LF-0003"}
    assert list(found.captions) == ["At the quay"]
    assert list(found.keywords) == ["boats"]
    assert list(found.contacts) == ["(c) Odo"]
    assert list(found.ids) == ["ab12" * 8]


@pytest.mark.parametrize("words", ["", "   ", "0000000", "-----", "unknown", "NONE", "ffffffff", "n/a", "????"])
def test_words_for_nothing(words: str) -> None:
    """Blanks, zeros, dashes and "unknown" are not values."""
    found = decode(build.tiff({0x13B: build.text(words)}, exif={0xA431: build.text(words)}))
    assert (list(found.owners), list(found.serials)) == ([], [])


def test_serial_numbers_need_three_signs() -> None:
    """A serial number of one or two signs joins nothing and is not told; a number is taken as one."""
    assert list(decode(build.tiff(exif={0xA431: build.text("12")})).serials) == []
    assert list(decode(build.tiff(exif={0xA431: build.long(123456)})).serials) == ["123456"]


def test_text_ends_at_nul() -> None:
    """Text behind the first NUL belongs to nobody."""
    assert list(decode(build.tiff({0x13B: (2, 12, b"Odo\0Stranger")})).owners) == ["Odo"]


def test_computer_that_names_nobody() -> None:
    """A host computer is told only where its name is somebody's."""
    assert list(decode(build.tiff({0x13C: build.text("Deep 3")})).owners) == []


@pytest.mark.parametrize("comment", [b"ASCII\0\0\0At the quay\0\0", b"UNICODE\0" + "At the quay".encode("utf-16-le")])
def test_comments(comment: bytes) -> None:
    """Comments in their two character sets are captions; of an unknown one nothing is told."""
    assert list(decode(build.tiff(exif={0x9286: build.raw(comment)})).captions) == ["At the quay"]
    assert list(decode(build.tiff(exif={0x9286: build.raw(b"JIS\0\0\0\0\0xyz")})).captions) == []


def test_time_without_zone_stays_naive(read: Read) -> None:
    """A camera's clock without a zone is naive; a zone of the same second in the packet is taken over."""
    block = build.tiff(exif={0x9003: build.text("2025:03:14 12:30:05")})
    alone = read(build.jpeg(build.exif_segment(block)))
    assert alone.taken_at == datetime(2025, 3, 14, 12, 30, 5)  # noqa: DTZ001  (a camera's clock has no zone)
    packet = build.xmp(attributes='xmp:CreateDate="2025-03-14T12:30:05+02:00"')
    both = read(build.jpeg(build.exif_segment(block), build.xmp_segment(packet)))
    assert both.taken_at is not None
    assert both.taken_at.isoformat() == "2025-03-14T12:30:05+02:00"


def test_time_of_the_last_change_is_not_when_it_was_taken() -> None:
    """The time of the last change stands among the times only."""
    found = decode(build.tiff({0x132: build.text("2026:01:02 03:04:05")}))
    photo = found.photo("x")
    assert photo.taken_at is None
    assert len(photo.times) == 1


@pytest.mark.parametrize(
    "words", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2025:13:40 99:99:99", "yesterday", ""]
)
def test_times_that_are_none(words: str) -> None:
    """Placeholders and impossible times are no times."""
    assert decode(build.tiff(exif={0x9003: build.text(words)})).photo("x").taken_at is None


@pytest.mark.parametrize("magic", [42, 85, 0x4F52, 0x5352])
def test_magic_words(read: Read, magic: int) -> None:
    """TIFF files of other makers' magic words are read like TIFF."""
    photo = read(build.tiff({0x100: build.long(400), 0x101: build.long(300)}, gps=build.gps(), magic=magic))
    assert len(photo.positions) == 1
    assert (photo.width, photo.height) == (400, 300)


def test_large_offsets(read: Read) -> None:
    """BigTIFF, with offsets of eight bytes, is read."""
    words = b"Odo Finch\0"
    rows = struct.pack("<HHQ", 0x13B, 2, len(words)) + struct.pack("<Q", 16 + 8 + 20 + 8)
    data = b"II" + struct.pack("<HHHQ", 43, 8, 0, 16) + struct.pack("<Q", 1) + rows + struct.pack("<Q", 0) + words
    assert read(data).owners == ("Odo Finch",)


def test_packets_in_a_tiff_file(read: Read) -> None:
    """XMP, IPTC and Photoshop resources that stand in tags are read."""
    main = {
        700: build.raw(build.xmp(attributes='photoshop:City="Marrow Bay"')),
        33723: build.raw(build.iptc((92, "Old Quay"))),
        34377: build.raw(build.resources((0x0404, build.iptc((80, "Odo Finch"))))),
    }
    photo = read(build.tiff(main))
    assert set(photo.place_names) == {"Marrow Bay", "Old Quay"}
    assert photo.owners == ("Odo Finch",)


def test_directory_that_leads_to_itself() -> None:
    """A chain of directories that leads in circles is read once."""
    block = bytearray(build.tiff({0x13B: build.text("Odo Finch")}))
    at = 8 + 2 + 12
    block[at : at + 4] = struct.pack("<I", 8)
    calls = 0

    def get(offset: int, length: int) -> bytes:
        nonlocal calls
        calls += 1
        return bytes(block[offset : offset + length])

    found = Found()
    assert tiff.read(get, found)
    assert list(found.owners) == ["Odo Finch"]
    assert calls < 10


def test_directories_are_counted() -> None:
    """A chain of many directories is followed up to the limit."""
    step, count = 6, tiff.MAX_DIRECTORIES * 3
    block = (
        b"II" + struct.pack("<HI", 42, 8) + b"".join(struct.pack("<HI", 0, 8 + step * (n + 1)) for n in range(count))
    )
    offsets: list[int] = []

    def get(offset: int, length: int) -> bytes:
        offsets.append(offset)
        return block[offset : offset + length]

    tiff.read(get, Found())
    assert len(offsets) <= 2 * tiff.MAX_DIRECTORIES + 4


def test_entries_are_counted() -> None:
    """A directory that claims more entries than the limit is damage, and what stands in front is read."""
    entries = ifd.MAX_ENTRIES + 5
    rows = (
        struct.pack("<HHI", 0x13B, 2, 4) + b"Odo\0" + struct.pack("<HHI4s", 0x8000, 3, 1, b"\0\0\0\0") * (entries - 1)
    )
    found = decode(b"II" + struct.pack("<HI", 42, 8) + struct.pack("<H", entries) + rows + bytes(4))
    assert list(found.owners) == ["Odo"]
    assert found.damage


def test_values_are_cut() -> None:
    """Of a value that claims gigabytes at most the limit is asked for."""
    asked: list[int] = []
    block = b"II" + struct.pack("<HIH", 42, 8, 1) + struct.pack("<HHII", 0x13B, 2, 0xFFFFFFFF, 64) + bytes(4)

    def get(offset: int, length: int) -> bytes:
        asked.append(length)
        return block[offset : offset + length]

    tiff.read(get, Found())
    assert max(asked) <= ifd.MAX_VALUE


@pytest.mark.parametrize("kind", [0, 14, 15, 99, 0xFFFF])
def test_unknown_value_kinds(kind: int) -> None:
    """A value of an unknown kind is nothing, and the rest is read."""
    found = decode(build.tiff({0x13B: (kind, 4, b"Odo\0"), 0x10E: build.text("At the quay")}))
    assert list(found.captions) == ["At the quay"]
    assert list(found.owners) == []


def test_no_tiff() -> None:
    """Bytes that are no TIFF structure are refused, and a file of them is not called read."""
    for data in (b"", b"II", b"II\0\0", b"XX*\0\x08\0\0\0"):
        assert not tiff.read_block(data, Found())


def test_short_file_is_damaged(read: Read) -> None:
    """A TIFF file whose first directory is not there is damaged, never "nothing in it"."""
    photo = read(b"II" + struct.pack("<HI", 42, 60_000) + bytes(50))
    assert photo.status == "damaged"


@given(st.lists(st.one_of(st.none(), st.floats(0, 200, allow_nan=False)), max_size=4))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_degrees_never_fall_below_their_first_part(parts: list[float | None]) -> None:
    """Degrees are at least their first part, or None."""
    value = gps.degrees(parts)
    assert value is None or (parts[0] is not None and value >= parts[0])


@given(st.binary(max_size=400), st.sampled_from([b"II*\0", b"MM\0*"]))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_bytes_behind_a_header(data: bytes, head: bytes) -> None:
    """No bytes behind a TIFF header raise; what is read as a place is on the globe and no placeholder."""
    found = Found()
    tiff.read_block(head + b"\x08\0\0\0" + data, found)
    assert all(abs(place.lat) <= 90 and abs(place.lon) <= 180 for place in found.positions)
    assert all((place.lat, place.lon) != (0.0, 0.0) for place in found.positions)


def told(block: bytes) -> dict[str, object]:
    """What exifread says of the fields that both read."""
    tags = exifread.process_file(io.BytesIO(block), details=False)
    names = {"make": "Image Make", "model": "Image Model", "software": "Image Software", "lens": "EXIF LensModel"}
    return {field: str(tags[name]).strip() for field, name in names.items() if name in tags}


def test_same_as_exifread_on_made_blocks() -> None:
    """Make, model, software, lens and orientation are what exifread says."""
    main = {
        0x10F: build.text("Lanternfish"),
        0x110: build.text("Deep 3"),
        0x131: build.text("2.1"),
        0x112: build.short(8),
    }
    block = build.tiff(main, exif={0xA434: build.text("28 mm")}, gps=build.gps())
    found = decode(block)
    assert told(block) == {name: getattr(found, name) for name in ("make", "model", "software", "lens")}
    assert found.orientation == 8
    where = exifread.utils.get_gps_coords(exifread.process_file(io.BytesIO(block), details=False))
    assert where is not None
    assert tuple(round(part, 6) for part in where) == build.SEA


@pytest.mark.corpus
def test_same_as_exifread_on_real_blocks(corpora: Path) -> None:
    """On the camera blocks of real files, wherever both name a maker, model and lens, they name the same."""
    from unlisted.extract.photo import walk  # noqa: PLC0415  (only this test reads files)
    from unlisted.extract.photo.reader import Reader  # noqa: PLC0415

    compared = differing = 0
    for path in sorted((corpora / "photos").rglob("*.jp*g"))[:250]:
        found = Found()
        with Reader(path) as file:
            walk(file, found)
        if not found.exif or found.damage:
            continue
        try:
            other = told(found.exif)
        except Exception:  # noqa: BLE001  (exifread raises on some real files: that is why we do not rely on it)
            continue
        for name, value in other.items():
            compared += 1
            differing += str(value).split("\0")[0].strip() != getattr(found, name)
    assert compared > 200
    assert differing <= compared // 50
