"""What is written in a file the way the standards say is read again: any place, time and text, in every container."""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.photos import build

from unlisted.extract.photo import (
    boxes,
    gpmf,
    ifd,
    iptc,
    nmea,
    picture,
    png,
    quicktime,
    read_photo,
    reader,
    tiff,
    tracks,
    words,
)
from unlisted.extract.photo.found import MAX_VALUES, Found, is_place
from unlisted.model.evidence import Photo

FEW = settings(max_examples=25, deadline=None, derandomize=True)
MANY = settings(max_examples=100, deadline=None, derandomize=True)

Read = Callable[[bytes], Photo]
Where = tuple[float, float]
ANYWHERE = st.tuples(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9)).filter(lambda at: max(map(abs, at)) > 0.01)


def signs(at: Where) -> tuple[str, str]:
    """The letters of the halves of the world."""
    return "S" if at[0] < 0 else "N", "W" if at[1] < 0 else "E"


def minutes(at: Where, digits: int = 6) -> tuple[str, str]:
    """Degrees and minutes as XMP writes them."""
    whole = [math.floor(abs(part)) for part in at]
    rest = [(abs(part) - part_whole) * 60 for part, part_whole in zip(at, whole, strict=True)]
    first, second = (f"{w},{r:.{digits}f}{letter}" for w, r, letter in zip(whole, rest, signs(at), strict=True))
    return first, second


def sentence(at: Where) -> bytes:
    """A sentence of a receiver."""
    (lat, lat_rest), (lon, lon_rest) = ((int(abs(part)), abs(part) % 1 * 60) for part in at)
    lat_rest, lon_rest = min(lat_rest, 59.9999), min(lon_rest, 59.9999)
    north, east = signs(at)
    return (
        f"$GPRMC,101112.00,A,{lat:02}{lat_rest:07.4f},{north},{lon:03}{lon_rest:07.4f},{east},0.1,2.0,140325".encode()
    )


def gps9(at: Where) -> bytes:
    """A sample of GoPro's newer telemetry."""
    scale = build.klv(b"SCAL", b"l", 4, struct.pack(">9i", 10_000_000, 10_000_000, 1000, 1, 1, 1, 1, 100, 1))
    spot = struct.pack(">7iHH", round(at[0] * 1e7), round(at[1] * 1e7), 5000, 0, 0, 9000, 0, 120, 3)
    return build.klv(b"DEVC", b"\0", 1, build.klv(b"STRM", b"\0", 1, scale + build.klv(b"GPS9", b"?", 32, spot)))


def motion(at: Where, kind: int) -> bytes:
    """A sample of Android's track."""
    if kind == 5:
        return struct.pack("<HHddd", 0, 5, *at, 12.0)
    return struct.pack("<HHdi", 0, 6, 1.0, 3) + struct.pack("<dd", *at) + bytes(20)


def named_place(at: Where) -> bytes:
    """3GPP's box: longitude first."""
    lon, lat = round(at[1] * 65_536), round(at[0] * 65_536)
    return build.full(b"loci", b"\x15\xc7", b"Old Quay\0", b"\0", struct.pack(">iii", lon, lat, 0), b"earth\0\0")


def packet(at: Where) -> bytes:
    """A packet with a place."""
    lat, lon = minutes(at)
    return build.xmp(attributes=f'exif:GPSLatitude="{lat}" exif:GPSLongitude="{lon}"')


def in_words(at: Where) -> list[bytes]:
    """ImageMagick's texts."""
    parts = [", ".join(f"{top}/{low}" for top, low in build.sexagesimal(part)) for part in at]
    north, east = signs(at)
    told = {"GPSLatitude": parts[0], "GPSLatitudeRef": north, "GPSLongitude": parts[1], "GPSLongitudeRef": east}
    return [build.chunk(b"tEXt", f"exif:{key}\0{value}".encode()) for key, value in told.items()]


def takeout(at: Where) -> bytes:
    """Takeout's file."""
    return json.dumps(
        {"photoTakenTime": {}, "geoData": {"latitude": at[0], "longitude": at[1], "altitude": 0.0}}
    ).encode()


def block(at: Where, order: str = "<") -> bytes:
    """A camera's block."""
    return build.tiff(gps=build.gps(*at, order=order), order=order)


CONTAINERS: Mapping[str, tuple[str, Callable[[Where], bytes]]] = {
    "jpeg": ("exif", lambda at: build.jpeg(build.exif_segment(block(at)))),
    "jpeg, big-endian": ("exif", lambda at: build.jpeg(build.exif_segment(block(at, ">")))),
    "jpeg, packet": ("xmp", lambda at: build.jpeg(build.xmp_segment(packet(at)))),
    "jpeg, long packet": ("xmp", lambda at: build.jpeg(*reversed(build.extended_segments(packet(at))))),
    "jpeg, video behind it": ("quicktime", lambda at: build.jpeg(tail=CONTAINERS["phone's video"][1](at))),
    "tiff": ("exif", block),
    "tiff, packet": ("xmp", lambda at: build.tiff({0x2BC: build.raw(packet(at))})),
    "png": ("exif", lambda at: build.png(build.chunk(b"eXIf", block(at)))),
    "png, behind the pixels": ("exif", lambda at: build.png(behind=[build.chunk(b"eXIf", block(at))])),
    "png, words": ("png-text", lambda at: build.png(*in_words(at))),
    "png, packed packet": (
        "xmp",
        lambda at: build.png(build.chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(packet(at)))),
    ),
    "webp": ("exif", lambda at: build.riff(b"WEBP", (b"VP8 ", bytes(11)), (b"EXIF", block(at)))),
    "webp, packet": ("xmp", lambda at: build.riff(b"WEBP", (b"VP8 ", bytes(11)), (b"XMP ", packet(at)))),
    "heic": ("exif", lambda at: build.heic([build.exif_item(block(at))])),
    "heic, packet": ("xmp", lambda at: build.heic([build.xmp_item(packet(at))], method=1)),
    "avif": ("exif", lambda at: build.heic([build.exif_item(block(at))], brand=b"avif")),
    "photoshop": ("exif", lambda at: build.psd((0x0422, block(at)))),
    "phone's video": (
        "quicktime",
        lambda at: build.movie(build.box(b"udta", build.user_text(b"\xa9xyz", f"{at[0]:+09.5f}{at[1]:+010.5f}/"))),
    ),
    "apple's video": (
        "quicktime",
        lambda at: build.movie(
            build.keys({"com.apple.quicktime.location.ISO6709": f"{at[0]:+.6f}{at[1]:+.6f}+003.100/"}), brand=b"qt  "
        ),
    ),
    "named place": ("quicktime", lambda at: build.movie(build.box(b"udta", named_place(at)))),
    "gopro": ("track", lambda at: build.tracked(b"gpmd", build.telemetry(*at))),
    "gopro, newer": ("track", lambda at: build.tracked(b"gpmd", gps9(at))),
    "android's track": ("track", lambda at: build.tracked(b"camm", motion(at, 5))),
    "android's track with a clock": ("track", lambda at: build.tracked(b"camm", motion(at, 6))),
    "sidecar": ("xmp", packet),
    "takeout": ("sidecar", takeout),
}
"""A file with a place, and the origin that is told."""


@pytest.mark.parametrize("name", CONTAINERS)
@FEW
@given(at=ANYWHERE)
def test_any_place_comes_back(tmp_path_factory: pytest.TempPathFactory, name: str, at: Where) -> None:
    """A place in any quarter of the world is told once, with its origin, to within two metres."""
    origin, make = CONTAINERS[name]
    path = tmp_path_factory.getbasetemp() / "any-place.bin"
    path.write_bytes(make(at))
    photo = read_photo(path)
    assert photo.status == "read"
    (spot,) = photo.positions
    assert spot.origin == origin
    assert spot.sure
    assert spot.lat == pytest.approx(at[0], abs=2e-5)
    assert spot.lon == pytest.approx(at[1], abs=2e-5)


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - {"takeout"}))
def test_zero_is_a_placeholder_everywhere(tmp_path: Path, name: str) -> None:
    """Latitude and longitude zero are "no place" in every container, and the file is read all the same."""
    path = tmp_path / "zero.bin"
    path.write_bytes(CONTAINERS[name][1]((0.0, 0.0)))
    photo = read_photo(path)
    assert (photo.status, photo.positions) == ("read", ())


@pytest.mark.parametrize("name", CONTAINERS)
def test_places_only_finds_the_same(tmp_path: Path, name: str) -> None:
    """The quick reading finds the place of every container."""
    path = tmp_path / "quick.bin"
    path.write_bytes(CONTAINERS[name][1](build.FAR))
    assert read_photo(path, places_only=True).positions == read_photo(path).positions != ()


@FEW
@given(at=ANYWHERE)
def test_sentences_of_a_receiver(at: Where) -> None:
    """Degrees and minutes of a sentence, with its day and time in UTC."""
    found = Found()
    nmea.read(b"junk" + sentence(at) + b"*00\r\n", found)
    (spot,) = found.positions
    assert spot.lat == pytest.approx(at[0], abs=2e-5)
    assert spot.lon == pytest.approx(at[1], abs=2e-5)
    assert spot.at == datetime(2025, 3, 14, 10, 11, 12, tzinfo=UTC)


def test_sentence_without_a_fix() -> None:
    """A receiver that says "void" knows no place."""
    found = Found()
    nmea.read(sentence(build.SEA).replace(b",A,", b",V,"), found)
    assert found.positions == []


@pytest.mark.parametrize("fix", [0, 2, 3])
def test_telemetry_without_a_fix(fix: int) -> None:
    """GoPro writes the last place, or nonsense, while it has no fix: only 2 and 3 count."""
    found = Found()
    gpmf.read(build.telemetry(*build.FAR, fix=fix), found)
    assert bool(found.positions) is bool(fix)


@MANY
@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True))
def test_what_a_place_is(lat: float, lon: float) -> None:
    """Only finite numbers within the world are places."""
    if is_place(lat, lon):
        assert -90 <= lat <= 90
        assert -180 <= lon <= 180
        assert (lat, lon) != (0, 0)


# --- ISO 6709


@MANY
@given(
    at=ANYWHERE, form=st.sampled_from(["degrees", "minutes", "seconds"]), height=st.sampled_from(["", "+012.3", "-5"])
)
def test_forms_of_the_standard(at: Where, form: str, height: str) -> None:
    """Degrees, degrees with minutes, and with seconds, told apart by the number of digits; height and slash may be missing."""
    text = ""
    for part, width in zip(at, (2, 3), strict=True):
        sign, whole = "-" if part < 0 else "+", abs(part)
        if form == "degrees":
            text += f"{sign}{whole:0{width + 7}.6f}"
            continue
        degrees, rest = int(whole), min(whole % 1 * 60, 59.9999)
        if form == "minutes":
            text += f"{sign}{degrees:0{width}}{rest:07.4f}"
        else:
            text += f"{sign}{degrees:0{width}}{int(rest):02}{min(rest % 1 * 60, 59.99):05.2f}"
    found = Found()
    quicktime.place(found, text + height + "/" * bool(height))
    (spot,) = found.positions
    assert spot.lat == pytest.approx(at[0], abs=2e-5)
    assert spot.lon == pytest.approx(at[1], abs=2e-5)
    assert spot.altitude == (float(height) if height else None)


@pytest.mark.parametrize("text", ["", "/", "+", "+12", "north", "+12.5", "++12.5+7.5", "+x+y", "\0"])
def test_what_is_no_place(text: str) -> None:
    """Half a place, or words, give none."""
    found = Found()
    quicktime.place(found, text)
    assert found.positions == []


# --- times


@MANY
@given(
    at=st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001  (a camera's clock has no zone)
    form=st.sampled_from(
        ["%Y:%m:%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%dT%H%M%S", "%Y.%m.%d %H.%M.%S"]
    ),
)
def test_any_time_of_a_camera(at: datetime, form: str) -> None:
    """A time without a zone comes back as it was, naive, in every shape that files hold."""
    assert words.time_of(at.strftime(form)) == at.replace(microsecond=0)


@MANY
@given(
    at=st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    offset=st.integers(-12 * 4, 14 * 4).map(lambda quarters: quarters * 15),
    colon=st.booleans(),
)
def test_any_zone(at: datetime, offset: int, colon: bool) -> None:
    """A zone, with or without a colon, is kept to the quarter of an hour."""
    zone = timezone(timedelta(minutes=offset))
    told = at.replace(microsecond=0, tzinfo=zone)
    text = told.strftime("%Y-%m-%dT%H:%M:%S%z")
    back = words.time_of(f"{text[:-2]}:{text[-2:]}" if colon else text)
    assert back == told
    assert back is not None
    assert back.utcoffset() == timedelta(minutes=offset)


@MANY
@given(st.datetimes(datetime(1970, 1, 2), datetime(2060, 1, 1)))  # noqa: DTZ001
def test_any_clock_of_a_video(at: datetime) -> None:
    """Seconds since 1904 are UTC."""
    whole = at.replace(microsecond=0, tzinfo=UTC)
    assert words.since_1904(int((whole - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds())) == whole


@pytest.mark.parametrize(
    ("tags", "want"),
    [
        ({0x9003: "2025:03:14 10:11:12"}, "2025-03-14T10:11:12"),
        ({0x9003: "2025:03:14 10:11:12", 0x9011: "+02:00"}, "2025-03-14T10:11:12+02:00"),
        ({0x9003: "2025:03:14 10:11:12", 0x9012: "+02:00"}, "2025-03-14T10:11:12"),
        ({0x9004: "2025:03:14 10:11:12", 0x9012: "-09:30"}, "2025-03-14T10:11:12-09:30"),
        ({0x9003: "0000:00:00 00:00:00", 0x9004: "2025:03:14 10:11:12"}, "2025-03-14T10:11:12"),
        ({0x9003: "    :  :     :  :  "}, None),
    ],
)
def test_zone_belongs_to_its_own_time(tags: dict[int, str], want: str | None) -> None:
    """A zone is that of the time it was written for; without one the clock stays naive; blanks and zeros are none."""
    found = Found()
    tiff.read_block(build.tiff(exif={tag: build.text(value) for tag, value in tags.items()}), found)
    taken = found.photo("").taken_at
    assert (taken.isoformat() if taken else None) == want


# --- texts

PLAIN_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)


def says(text: str) -> bool:
    """Whether a text is told: not blank, and no word for "nothing"."""
    return words.says_something(text.strip()) and text == text.strip()


@MANY
@given(PLAIN_TEXT)
def test_any_owner_of_a_camera_block(name: str) -> None:
    """UTF-8 comes back letter by letter, from a camera's block and from the newsroom's records."""
    assume(says(name))
    found, records = Found(), Found()
    tiff.read_block(build.tiff({0x13B: build.text(name)}), found)
    iptc.read(build.iptc((80, name)), records)
    assert list(found.owners) == list(records.owners) == [name]


@MANY
@given(PLAIN_TEXT)
def test_any_author_of_windows(name: str) -> None:
    """UTF-16 comes back letter by letter."""
    assume(says(name))
    raw = name.encode("utf-16-le") + b"\0\0"
    found = Found()
    tiff.read_block(build.tiff({0x9C9D: (1, len(raw), raw)}), found)
    assert list(found.owners) == [name]


@MANY
@given(st.text(st.characters(min_codepoint=0xA1, max_codepoint=0xFF), min_size=1, max_size=30))
def test_latin_letters(name: str) -> None:
    """Old programs write Latin-1: what is not UTF-8 is read as that."""
    raw = name.encode("latin-1")
    try:
        want = raw.decode()
    except UnicodeDecodeError:
        want = name
    assert words.text_of(raw + b"\0rest") == want.strip()


@MANY
@given(st.lists(PLAIN_TEXT.filter(says), min_size=1, max_size=8, unique=True))
def test_repeated_records_are_a_list(names: list[str]) -> None:
    """A record may stand many times: each value is kept, once, in order."""
    found = Found()
    iptc.read(build.iptc(*((25, name) for name in [*names, *names])), found)
    assert list(found.keywords) == names


def test_lists_have_an_end() -> None:
    """More values than anybody writes are left out."""
    found = Found()
    iptc.read(build.iptc(*((25, f"word {n}") for n in range(MAX_VALUES + 50))), found)
    assert len(found.keywords) == MAX_VALUES


# --- containers, by themselves


@MANY
@given(st.lists(st.tuples(st.sampled_from([b"free", b"udta", b"mdat"]), st.binary(max_size=40)), max_size=10))
def test_any_boxes(items: list[tuple[bytes, bytes]]) -> None:
    """Boxes in a row come back with their kinds and contents, in memory."""
    data = b"".join(build.box(kind, content) for kind, content in items)
    assert [(kind, data[start:end]) for kind, start, end in boxes.boxes(data)] == items


@MANY
@given(st.binary(max_size=200))
def test_any_bytes_as_boxes(data: bytes) -> None:
    """Whatever the sizes say, no box reaches outside of the data, and each begins behind the one before."""
    last = 0
    for _, start, end in boxes.boxes(data):
        assert last <= start <= end <= len(data)
        last = end


@MANY
@given(st.dictionaries(st.integers(1, 0xFFFF), st.binary(min_size=1, max_size=30), max_size=20), st.sampled_from("<>"))
def test_any_directory(rows: dict[int, bytes], order: str) -> None:
    """Entries come back by tag with their bytes, in both byte orders, whether they fit the entry or stand behind it."""
    data = build.tiff({tag: build.raw(value) for tag, value in rows.items()}, order=order)
    structure = ifd.opened(ifd.in_memory(data))
    assert structure is not None
    entries, following, whole = structure.directory(8)
    assert (following, whole) == (0, True)
    assert {tag: structure.value(entry) for tag, entry in entries.items()} == rows


@MANY
@given(st.binary(min_size=2, max_size=120), st.integers(0, 200))
def test_any_bytes_as_a_directory(data: bytes, offset: int) -> None:
    """Whatever stands there, no value is longer than the limit or reaches outside, and nothing raises."""
    structure = ifd.opened(ifd.in_memory(b"II*\0" + data))
    assert structure is not None
    entries, _, _ = structure.directory(offset)
    for entry in entries.values():
        assert len(structure.value(entry)) <= len(data) + 4
        assert len(structure.numbers(entry, 4)) <= 4
        assert len(structure.ratios(entry, 3)) <= 3


@MANY
@given(st.lists(st.integers(1, 60), min_size=1, max_size=30), st.integers(1, 5))
def test_samples_of_any_track(lengths: list[int], each: int) -> None:
    """The first sample of each chunk is found where the tables say."""
    chunks = -(-len(lengths) // each)
    offsets = [1000 + 500 * n for n in range(chunks)]
    tables = {
        b"stsz": bytes(4) + struct.pack(f">II{len(lengths)}I", 0, len(lengths), *lengths),
        b"stsc": bytes(4) + struct.pack(">IIII", 1, 1, each, 1),
        b"stco": bytes(4) + struct.pack(f">I{chunks}I", chunks, *offsets),
    }
    assert tracks._samples(tables) == [(offset, lengths[n * each]) for n, offset in enumerate(offsets)]


@MANY
@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_any_tables(sizes: bytes, runs: bytes, offsets: bytes) -> None:
    """Tables of nonsense give few samples and raise nothing."""
    assert len(tracks._samples({b"stsz": sizes, b"stsc": runs, b"stco": offsets})) <= 15


@MANY
@given(st.binary(max_size=250))
def test_any_telemetry(data: bytes) -> None:
    """Any bytes as telemetry end, and every position is one."""
    found = Found()
    gpmf.read(data, found)
    assert all(is_place(spot.lat, spot.lon) for spot in found.positions)


@MANY
@given(st.binary(max_size=5_000), st.integers(0, 6_000))
def test_unpacked_bytes_keep_to_their_room(data: bytes, room: int) -> None:
    """Packed text comes back, cut to what there is room for."""
    assert png.inflate(zlib.compress(data), room) == data[:room]


@MANY
@given(st.integers(1, 65_535), st.integers(1, 65_535), st.sampled_from(sorted(picture.FRAMES)))
def test_size_in_any_kind_of_frame(width: int, height: int, mark: int) -> None:
    """Every kind of JPEG tells its size in the same place, behind any segments."""
    frame = build.segment(mark, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    data = b"\xff\xd8" + build.segment(0xFE, b"words") + frame
    assert picture.jpeg_size(data) == (width, height)


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file longer than the head that is read at once."""
    path = tmp_path_factory.mktemp("long") / "long.bin"
    path.write_bytes(bytes(n * n % 251 for n in range(reader.HEAD + 40_000)))
    return path


@MANY
@given(offset=st.integers(-10, reader.HEAD + 50_000), length=st.integers(-10, 70_000), base=st.integers(0, 90_000))
def test_reads_are_slices(long_file: Path, offset: int, length: int, base: int) -> None:
    """A read gives what a slice of the file would, and a part of the file a slice of that part."""
    data = long_file.read_bytes()
    with reader.Reader(long_file) as file:
        want = data[offset : offset + length] if offset >= 0 and length > 0 else b""
        assert file.at(offset, length) == want
        part = reader.Part(file, base, 30_000)
        inside = data[base : base + 30_000]
        want = inside[offset : offset + length] if offset >= 0 and length > 0 else b""
        assert part.at(offset, length) == want


# --- pitfalls


@pytest.mark.parametrize("name", ["unknown", "Unknown", "NONE", "n/a", "null", "---", "   ", "0000", "undef", "ffff"])
def test_default_texts_are_no_owner(name: str) -> None:
    """Cameras and programs write words for "nothing": they name nobody."""
    found = Found()
    tiff.read_block(build.tiff({0x13B: build.text(name)}, exif={0xA430: build.text(name)}), found)
    assert list(found.owners) == []


@pytest.mark.parametrize("count", [0xFFFFFFFF, 0x7FFFFFFF, 1 << 24])
def test_counts_beyond_the_file(count: int) -> None:
    """A value that claims four thousand million items costs nothing, and the others are read."""
    data = build.tiff({0x10F: build.text("A long maker"), 0x13B: build.text("Odo Finch")})
    at = data.index(struct.pack("<HH", 0x10F, 2))
    hurt = data[: at + 4] + struct.pack("<I", count) + data[at + 8 :]
    found = Found()
    tiff.read_block(hurt, found)
    assert list(found.owners) == ["Odo Finch"]


def test_same_serial_number_in_two_forms_is_kept() -> None:
    """What a body and a packet say is one number, once."""
    found = Found()
    tiff.read_block(build.tiff(exif={0xA431: build.text("A1B2C3")}), found)
    tiff.read_block(build.tiff({0xC62F: build.text("A1B2C3")}), found)
    assert list(found.serials) == ["A1B2C3"]


@pytest.mark.parametrize(("missing", "sure"), [(1, False), (3, False), (None, True)])
def test_letter_that_is_missing_is_said(missing: int | None, sure: bool) -> None:
    """Without N/S or E/W the half of the world is not known: the place is told as unsure and not guessed."""
    tags = {tag: value for tag, value in build.gps(*build.SEA).items() if tag != missing}
    found = Found()
    tiff.read_block(build.tiff(gps=tags), found)
    assert [spot.sure for spot in found.positions] == [sure]


def test_same_place_of_two_origins_is_told_twice(read: Read) -> None:
    """The block and the packet may say the same: both are told, so that taking out one is not taken for both."""
    photo = read(build.jpeg(build.exif_segment(block(build.SEA)), build.xmp_segment(packet(build.SEA))))
    assert [spot.origin for spot in photo.positions] == ["exif", "xmp"]
    assert photo.position is not None
    assert photo.position.origin == "exif"
