"""Every table of names: each entry leads its value to the field that the table says, and nowhere else."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.photos import build

from unlisted.extract.photo import iptc, picture, png, quicktime, riff, tiff, xmp
from unlisted.extract.photo.found import Found, is_place, shows_more
from unlisted.extract.photo.words import says_something, since_1904, text_of, time_of, wide_text, zone_of
from unlisted.model.evidence import Photo, Position

Read = Callable[[bytes], Photo]

LISTS = (
    "serials",
    "owners",
    "people",
    "place_names",
    "captions",
    "keywords",
    "contacts",
    "history",
    "ids",
    "credentials",
)
WORDS = "Marrow 7 Lantern"


def filled(found: Found) -> list[str]:
    """The lists that hold the words."""
    return [name for name in LISTS if WORDS in getattr(found, name)]


@pytest.mark.parametrize(("tag", "field"), sorted(tiff.TEXTS.items()))
def test_texts_of_a_camera_block(tag: int, field: str) -> None:
    """Each text tag goes to its list only."""
    found = Found()
    tiff.read_block(build.tiff({tag: build.text(WORDS)}), found)
    assert filled(found) == [field]


@pytest.mark.parametrize(("tag", "field"), sorted(tiff.WIDE.items()))
def test_wide_texts_of_a_camera_block(tag: int, field: str) -> None:
    """Each wide text tag goes to its list only."""
    found = Found()
    tiff.read_block(build.tiff({tag: build.raw(WORDS.encode("utf-16-le") + b"\0\0")}), found)
    assert filled(found) == [field]


@pytest.mark.parametrize(("tag", "field"), sorted(tiff.NAMES.items()))
@pytest.mark.parametrize("where", ["main", "exif"])
def test_names_of_a_camera_block(tag: int, field: str, where: str) -> None:
    """Each name of the device goes to its field, from either directory."""
    tags = {tag: build.text(WORDS)}
    found = Found()
    tiff.read_block(build.tiff(tags) if where == "main" else build.tiff(exif=tags), found)
    assert getattr(found, field) == WORDS
    assert filled(found) == []


@pytest.mark.parametrize("tag", [0xA431, 0xA435, 0xC62F])
def test_serial_numbers_of_a_camera_block(tag: int) -> None:
    """Each serial tag goes to the serial numbers only."""
    found = Found()
    tiff.read_block(build.tiff(exif={tag: build.text(WORDS)}), found)
    assert filled(found) == ["serials"]


@pytest.mark.parametrize(("name", "field"), sorted(xmp.LISTS.items()))
def test_names_of_a_packet(name: str, field: str) -> None:
    """Each name of a packet goes to its list only, as an attribute, an element and a list."""
    for packet in (
        build.xmp(attributes=f'dc:{name}="{WORDS}"'),
        build.xmp(f"<dc:{name}>{WORDS}</dc:{name}>"),
        build.xmp(f"<dc:{name}><rdf:Bag><rdf:li>{WORDS}</rdf:li></rdf:Bag></dc:{name}>"),
    ):
        found = Found()
        xmp.read(packet, found)
        assert filled(found) == [field]


@pytest.mark.parametrize("name", sorted(xmp.SERIALS))
def test_serial_numbers_of_a_packet(name: str) -> None:
    """Each serial name of a packet goes to the serial numbers only."""
    found = Found()
    xmp.read(build.xmp(attributes=f'aux:{name}="{WORDS}"'), found)
    assert filled(found) == ["serials"]


@pytest.mark.parametrize(("name", "field"), sorted(xmp.NAMES.items()))
def test_device_of_a_packet(name: str, field: str) -> None:
    """Each device name of a packet goes to its field; what the camera's block said first stays."""
    found = Found()
    xmp.read(build.xmp(attributes=f'xmp:{name}="{WORDS}"'), found)
    assert getattr(found, field) == WORDS
    xmp.read(build.xmp(attributes=f'xmp:{name}="another"'), found)
    assert getattr(found, field) == WORDS


@pytest.mark.parametrize("name", sorted(xmp.TIMES))
def test_times_of_a_packet(name: str) -> None:
    """Each time of a packet may be when the picture was taken."""
    found = Found()
    xmp.read(build.xmp(attributes=f'xmp:{name}="2025-03-14T12:30:05Z"'), found)
    assert found.photo("x").taken_at == datetime(2025, 3, 14, 12, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize("name", sorted(xmp.OTHER_TIMES))
def test_other_times_of_a_packet(name: str) -> None:
    """A time of change is no time at which the picture was taken."""
    found = Found()
    xmp.read(build.xmp(attributes=f'xmp:{name}="2025-03-14T12:30:05Z"'), found)
    photo = found.photo("x")
    assert (photo.taken_at, len(photo.times)) == (None, 1)


@pytest.mark.parametrize(("number", "field"), sorted(iptc.FIELDS.items()))
def test_newsroom_datasets(number: int, field: str) -> None:
    """Each dataset goes to its list only; the same number in another record does not."""
    found = Found()
    iptc.read(build.iptc((number, WORDS)), found)
    assert filled(found) == [field]
    other = Found()
    iptc.read(build.iptc((number, WORDS)).replace(b"\x1c\2", b"\x1c\3"), other)
    assert filled(other) == []


@pytest.mark.parametrize(("key", "field"), sorted(item for item in quicktime._TEXTS.items() if item[1] in LISTS))
def test_texts_of_a_video(key: bytes, field: str) -> None:
    """Each text of a video goes to its list only."""
    found = Found()
    quicktime._text(found, key, WORDS)
    assert filled(found) == [field]


DEVICE = frozenset({"make", "model", "software", "lens"})


@pytest.mark.parametrize(("key", "field"), sorted(item for item in quicktime._TEXTS.items() if item[1] in DEVICE))
def test_device_of_a_video(key: bytes, field: str) -> None:
    """Each device text of a video goes to its field."""
    found = Found()
    quicktime._text(found, key, WORDS)
    assert getattr(found, field) == WORDS


def test_wide_values_of_a_key_list(read: Read) -> None:
    """A value that is written in wide letters is read, and a picture in the list is not taken for text."""
    names = build.box(b"mdta", b"com.apple.quicktime.author") + build.box(b"mdta", b"com.apple.quicktime.artist")
    wide = build.box(b"data", struct.pack(">II", 2, 0), WORDS.encode("utf-16-be"))
    image = build.box(b"data", struct.pack(">II", 13, 0), b"\xff\xd8\xff\xe0abc")
    rows = build.box(struct.pack(">I", 1), wide) + build.box(struct.pack(">I", 2), image)
    listing = build.full(b"keys", struct.pack(">I", 2), names)
    photo = read(build.movie(build.box(b"meta", build.full(b"hdlr", bytes(21)), listing, build.box(b"ilst", rows))))
    assert photo.owners == (WORDS,)


@pytest.mark.parametrize(("kind", "field"), sorted(item for item in riff._CHUNKS.items() if item[1] in LISTS))
def test_texts_of_a_list_file(read: Read, kind: bytes, field: str) -> None:
    """Each text chunk of a RIFF file goes to its list."""
    assert getattr(read(build.riff(b"AVI ", (kind, WORDS.encode() + b"\0"))), field) == (WORDS,)


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("Author", "owners"), ("Artist", "owners"), ("exif:CameraOwnerName", "owners"), ("exif:LensSerialNumber", "serials"),
        ("Title", "captions"), ("Description", "captions"), ("Comment", "captions"), ("parameters", "captions"),
        ("Copyright", "contacts"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt"])
def test_texts_of_a_png(read: Read, key: str, field: str, kind: bytes) -> None:
    """Each key goes to its list, in each kind of text chunk."""
    import zlib  # noqa: PLC0415

    value = {
        b"tEXt": WORDS.encode(),
        b"zTXt": b"\0" + zlib.compress(WORDS.encode()),
        b"iTXt": b"\0\0en\0\0" + WORDS.encode(),
    }[kind]
    assert getattr(read(build.png(build.chunk(kind, key.encode() + b"\0" + value))), field) == (WORDS,)


def test_unknown_keys_of_a_png_are_left_alone(read: Read) -> None:
    """Words under a key that is not in the table go nowhere."""
    photo = read(build.png(build.chunk(b"tEXt", b"date:modify\0" + WORDS.encode())))
    assert all(getattr(photo, name) == () for name in LISTS)
    assert png.MAX_CHUNKS > 10_000


@pytest.mark.parametrize("size", [(1, 1), (160, 120), (65_535, 3)])
def test_sizes_of_small_pictures(size: tuple[int, int]) -> None:
    """The size comes from a picture's own header, JPEG or PNG."""
    assert picture.jpeg_size(build.jpeg(size=size)) == size
    assert picture.jpeg_size(build.png(size=size)) == size


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xda",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"BM" + bytes(60),
        b"\xff\xd8" + b"\xff" * 900,
    ],
)
def test_sizes_that_cannot_be_told(data: bytes) -> None:
    """A picture that is cut, empty, or of another kind has no known size."""
    assert picture.jpeg_size(data) is None


@given(st.binary(max_size=120))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_small_picture(data: bytes) -> None:
    """No bytes raise; a size is two numbers above zero, or not known."""
    size = picture.jpeg_size(b"\xff\xd8" + data)
    assert size is None or min(size) > 0


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        (b"Odo\0Finch", "Odo"),
        (b"  Odo  ", "Odo"),
        ("Odö".encode(), "Odö"),
        ("Odö".encode("latin-1"), "Odö"),
        (b"\0Odo", ""),
        (b"", ""),
    ],
)
def test_text(raw: bytes, want: str) -> None:
    """Text ends at NUL, is stripped, and is read as UTF-8 before Latin-1."""
    assert text_of(raw) == want


def test_wide_text() -> None:
    """Wide text ends at NUL, and half a letter does not raise."""
    assert wide_text("Odo\0Finch".encode("utf-16-le")) == "Odo"
    assert wide_text("Odo".encode("utf-16-le") + b"x").startswith("Odo")


@pytest.mark.parametrize(
    "words", ["Odo Finch", "LF-000123", "7700012", "0000001", "Unknown pleasures", "Ö", "fff1", "none of it at all"]
)
def test_words_that_say_something(words: str) -> None:
    """Names and numbers are values, also where they begin like a placeholder."""
    assert says_something(words)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("+01:00", 60),
        ("-0330", -210),
        ("+14:00", 840),
        ("Z", 0),
        ("UTC", 0),
        ("+15:00", None),
        ("noon", None),
        ("", None),
        ("  ", None),
    ],
)
def test_zones(text: str, minutes: int | None) -> None:
    """Zones are read up to 14 hours; anything else is none."""
    zone = zone_of(text)
    assert (zone.utcoffset(None) if zone else None) == (None if minutes is None else timedelta(minutes=minutes))


def test_a_zone_of_its_own_comes_first() -> None:
    """A zone within the text wins over one that is told beside it."""
    beside = timezone(timedelta(hours=5))
    assert time_of("2025-03-14T12:30:05+02:00", beside) == datetime(2025, 3, 14, 10, 30, 5, tzinfo=UTC)
    assert time_of("2025:03:14 12:30:05", beside) == datetime(2025, 3, 14, 7, 30, 5, tzinfo=UTC)


@given(st.integers(-(1 << 70), 1 << 70))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_second(seconds: int) -> None:
    """Any number of seconds gives a time of our age, or None."""
    when = since_1904(seconds)
    assert when is None or 1970 <= when.year <= 2063


@given(st.floats(), st.floats())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_place(lat: float, lon: float) -> None:
    """Only numbers in range that are not 0,0 are a place, and only those are kept."""
    found = Found()
    found.place(lat, lon, "exif")
    assert bool(found.positions) == is_place(lat, lon)
    assert not found.positions or (-90 <= lat <= 90 and -180 <= lon <= 180)


def test_one_place_once() -> None:
    """The same place of one origin is told once, of two origins twice."""
    found = Found()
    for origin in ("exif", "exif", "xmp"):
        found.place(*build.SEA, origin)
    assert [spot.origin for spot in found.positions] == ["exif", "xmp"]


def test_best_time() -> None:
    """The time of the lowest rank wins, the first among equals; none is none."""
    found = Found()
    assert found.photo("x").taken_at is None
    times = [datetime(2025, 3, day, tzinfo=UTC) for day in (1, 2, 3)]
    for rank, when in zip((5, 1, 1), times, strict=True):
        found.time(rank, when)
    found.time(0, None)
    photo = found.photo("x")
    assert photo.taken_at == times[1]
    assert photo.times == tuple(times)


def test_file_within_the_file() -> None:
    """What lies inside of a file gives its places and names; its size, thumbnail and damage stay its own, its time comes last."""
    outer, inner = Found(), Found()
    inner.put(Position(lat=1.0, lon=2.0, origin="quicktime", altitude=3.0))
    inner.add(inner.owners, "Odo Finch")
    inner.make = "Lanternfish"
    inner.size(10, 10)
    inner.hurt("cut")
    inner.small_picture((160, 120), 500)
    inner.time(0, datetime(2020, 1, 1, tzinfo=UTC))
    outer.time(5, datetime(2025, 1, 1, tzinfo=UTC))
    outer.absorb(inner)
    photo = outer.photo("x")
    assert (photo.status, photo.width, photo.thumbnail) == ("read", None, None)
    assert (photo.owners, photo.positions[0].altitude) == (("Odo Finch",), 3.0)
    assert photo.device is not None
    assert photo.device.make == "Lanternfish"
    assert photo.taken_at == datetime(2025, 1, 1, tzinfo=UTC)


def test_size_is_the_largest() -> None:
    """Of several sizes the largest is the picture's; sizes of nothing are left out."""
    found = Found()
    for size in ((0, 5), (100, 50), (4000, 3000), (160, 120), (1 << 40, 1)):
        found.size(*size)
    assert (found.width, found.height) == (4000, 3000)


@given(st.integers(16, 400), st.integers(16, 400), st.integers(1, 20))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_same_shape_shows_no_more(width: int, height: int, times: int) -> None:
    """A thumbnail of exactly the picture's shape, turned or not, never shows more."""
    assert shows_more((width, height), (width * times, height * times)) is False
    assert shows_more((width, height), (height * times, width * times)) is False


def test_tiny_thumbnails_are_not_compared() -> None:
    """A thumbnail of a few pixels tells nothing about shapes."""
    assert shows_more((8, 8), (4000, 100)) is None
