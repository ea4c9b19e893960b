"""Files made of boxes: HEIC, AVIF, MP4, MOV, CR3, JPEG XL, JPEG 2000, and timed tracks."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.photos import build

from unlisted.extract.photo import boxes, gpmf, isobmff, nmea, quicktime, tracks
from unlisted.extract.photo.found import Found
from unlisted.model.evidence import Photo

Read = Callable[[bytes], Photo]

PLACE = build.xmp(attributes='photoshop:City="Marrow Bay"')


def spots(photo: Photo | Found) -> list[tuple[float, float, str]]:
    """Positions, rounded."""
    return [(round(p.lat, 4), round(p.lon, 4), p.origin) for p in photo.positions]


@pytest.mark.parametrize("method", [0, 1])
@pytest.mark.parametrize(("brand", "form"), [(b"heic", "HEIC"), (b"avif", "AVIF")])
def test_items(read: Read, method: int, brand: bytes, form: str) -> None:
    """Exif and XMP items are read from the file and from the box's own store, with the picture's size."""
    data = build.heic([build.exif_item(build.tiff(gps=build.gps())), build.xmp_item(PLACE)], method=method, brand=brand)
    photo = read(data)
    assert (photo.status, photo.format, photo.width, photo.height) == ("read", form, 400, 300)
    assert spots(photo) == [(*build.SEA, "exif")]
    assert photo.place_names == ("Marrow Bay",)


@pytest.mark.parametrize("offset", [0, 6, 99, 0xFFFFFFFF])
def test_item_with_a_wrong_offset(read: Read, offset: int) -> None:
    """The four bytes in front of the camera's block are often wrong: the block is looked for."""
    kind, mime, data = build.exif_item(build.tiff(gps=build.gps()), offset)
    item = (kind, mime, data[:4] + (b"Exif\0\0" if offset == 6 else b"") + data[4:])
    assert spots(read(build.heic([item]))) == [(*build.SEA, "exif")]


def test_item_that_is_not_there(read: Read) -> None:
    """An item that lies behind the end of the file is damage, never "no place"."""
    data = build.heic([build.exif_item(build.tiff(gps=build.gps()))])
    photo = read(data[: data.index(b"mdat") + 4])
    assert (photo.status, photo.positions) == ("damaged", ())


def test_item_table_of_other_widths(read: Read) -> None:
    """Offsets of eight bytes, a base offset and two pieces of one item are put together."""
    block = struct.pack(">I", 0) + build.tiff(gps=build.gps())
    head = build.box(b"ftyp", b"heic", b"\0\0\0\0", b"mif1")
    info = build.full(
        b"iinf", struct.pack(">H", 1), build.full(b"infe", struct.pack(">HH4s", 1, 0, b"Exif"), b"\0", version=2)
    )

    def meta(base: int) -> bytes:
        row = struct.pack(">IHHQH", 1, 0, 0, base, 2) + struct.pack(">QIQI", 0, 20, 20, len(block) - 20)
        place = build.full(b"iloc", b"\x84\x80", struct.pack(">I", 1), row, version=2)
        return build.full(b"meta", build.full(b"hdlr", bytes(20)), info, place)

    base = len(head) + len(meta(0)) + 8
    assert spots(read(head + meta(base) + build.box(b"mdat", block))) == [(*build.SEA, "exif")]


def test_motion_photo_in_a_box(read: Read) -> None:
    """The whole video that a phone puts into one box of a HEIC is named, and its place is told."""
    inner = build.movie(build.box(b"udta", build.user_text(b"\xa9xyz", "-38.2500+077.5000/")))
    photo = read(build.heic([build.xmp_item(PLACE)]) + build.box(b"mpvd", inner))
    assert [item.kind for item in photo.embedded] == ["video"]
    assert spots(photo) == [(*build.FAR, "quicktime")]


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("+46.5000-007.2500/", build.SEA),
        ("+46.5000-007.2500+012.300/", build.SEA),
        ("+46.5-7.25", build.SEA),
        ("+4630.0-00715.0/", build.SEA),
        ("+463000.0-0071500.0/", build.SEA),
        ("-38.2500+077.5000CRSWGS_84/", build.FAR),
        ("46.5, -7.25", build.SEA),
        ("+00.0000+000.0000/", None),
        ("somewhere", None),
        ("", None),
    ],
)
def test_place_of_a_video(read: Read, words: str, want: tuple[float, float] | None) -> None:
    """Each shape of a place in a video is understood, in both spots where it stands; zero is none."""
    expected = [] if want is None else [(*want, "quicktime")]
    assert spots(read(build.movie(build.box(b"udta", build.user_text(b"\xa9xyz", words))))) == expected
    assert spots(read(build.movie(build.keys({"com.apple.quicktime.location.ISO6709": words})))) == expected


def test_device_and_time_of_a_video(read: Read) -> None:
    """Maker, model and the time with its zone come from the keys; the header's clock is UTC and second to it."""
    values = {
        "com.apple.quicktime.make": "Lanternfish",
        "com.apple.quicktime.model": "Deep 3",
        "com.apple.quicktime.creationdate": "2025-03-14T12:30:05+0100",
    }
    header = build.movie_header(3_824_796_605)
    photo = read(build.movie(header, build.keys(values), build.track(b"avc1", [], (640, 480)), brand=b"qt  "))
    assert photo.format == "MOV"
    assert photo.device is not None
    assert (photo.device.make, photo.device.model) == ("Lanternfish", "Deep 3")
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2025-03-14T12:30:05+01:00"
    assert (photo.width, photo.height) == (640, 480)
    alone = read(build.movie(header))
    assert alone.taken_at == datetime(2025, 3, 14, 11, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize("seconds", [0, 1, 2_082_844_799, 0xFFFFFFFF + 0])
def test_clock_that_was_never_set(read: Read, seconds: int) -> None:
    """Zero, 1904 and the years before 1970 mean "no time"."""
    photo = read(build.movie(build.movie_header(seconds)))
    assert (photo.taken_at is None) == (seconds < 2_082_844_800)


def test_named_place_of_a_video(read: Read) -> None:
    """The box of mobile phones gives a name and a place in fixed point."""
    fixed = [round(value * 65_536) for value in (build.SEA[1], build.SEA[0], 3.0)]
    data = b"\0\0\0\0\x15\xc7Old Quay\0\0" + struct.pack(">3i", *fixed) + b"earth\0\0"
    photo = read(build.movie(build.box(b"udta", build.box(b"loci", data))))
    assert spots(photo) == [(*build.SEA, "quicktime")]
    assert photo.place_names == ("Old Quay",)


def test_packet_in_a_video(read: Read) -> None:
    """XMP in a user box and in a box of its own id is read."""
    for part in (build.box(b"udta", build.box(b"XMP_", PLACE)), build.box(b"uuid", isobmff.XMP_ID, PLACE)):
        assert read(build.movie(part)).place_names == ("Marrow Bay",)
    assert read(build.movie() + build.box(b"uuid", isobmff.XMP_ID, PLACE)).place_names == ("Marrow Bay",)


def test_telemetry_track(read: Read) -> None:
    """Each sample of a GoPro track gives one place with its time; a sample without a fix gives none."""
    samples = [build.telemetry(*build.SEA), build.telemetry(*build.FAR), build.telemetry(10, 20, fix=0)]
    photo = read(build.tracked(b"gpmd", *samples))
    assert spots(photo) == [(*build.SEA, "track"), (*build.FAR, "track")]
    assert photo.positions[0].at == datetime(2025, 3, 14, 12, tzinfo=UTC)


def test_newer_telemetry() -> None:
    """The newer form of telemetry, with its own fix, is understood."""
    scale = build.klv(b"SCAL", b"l", 4, struct.pack(">9i", 10_000_000, 10_000_000, 1000, 1000, 100, 1, 1000, 100, 1))
    spot = struct.pack(">7iHH", 465_000_000, -72_500_000, 1000, 0, 0, 9000, 0, 100, 3)
    found = Found()
    gpmf.read(build.klv(b"STRM", b"\0", 1, scale + build.klv(b"GPS9", b"?", 32, spot)), found)
    assert spots(found) == [(*build.SEA, "track")]


def test_serial_number_of_an_action_camera(read: Read) -> None:
    """The serial number and model in the user data are told."""
    items = build.klv(b"CASN", b"c", 1, b"LF900001234567") + build.klv(b"MINF", b"c", 1, b"Splash 5")
    photo = read(build.movie(build.box(b"udta", build.box(b"GPMF", build.klv(b"DEVC", b"\0", 1, items)))))
    assert photo.serials == ("LF900001234567",)
    assert photo.device is not None
    assert photo.device.model == "Splash 5"


def test_motion_track_of_a_phone(read: Read) -> None:
    """Both kinds of places in a phone's motion track are told; other kinds of samples are not."""
    five = struct.pack("<HH3d", 0, 5, *build.SEA, 3.0)
    six = struct.pack("<HHdi2d3f", 0, 6, 1.0, 3, *build.FAR, 3.0, 0, 0)
    other = struct.pack("<HH3f", 0, 2, 1, 2, 3)
    assert spots(read(build.tracked(b"camm", five, six, other))) == [(*build.SEA, "track"), (*build.FAR, "track")]


def test_samples_are_counted(read: Read) -> None:
    """Of a long track evenly spread samples are read, at most the limit."""
    samples = [build.telemetry(10 + n / 1000, -30.0) for n in range(3 * tracks.MAX_SAMPLES)]
    photo = read(build.tracked(b"gpmd", *samples))
    assert tracks.MAX_SAMPLES // 2 < len(photo.positions) <= tracks.MAX_SAMPLES
    assert photo.positions[-1].lat > 10 + 2.9 * tracks.MAX_SAMPLES / 1000


def test_tables_that_lie() -> None:
    """Tables that claim more rows than they hold, or none, are read as far as they go."""
    huge = struct.pack(">II", 0, 0xFFFFFFFF)
    found = Found()
    for stbl in (
        build.box(b"stco", huge),
        build.box(b"stco", huge + bytes(8)) + build.box(b"stsz", struct.pack(">III", 0, 0, 0xFFFFFFFF)),
    ):
        inner = build.full(b"stsd", struct.pack(">II", 1, 16), b"gpmd", bytes(8)) + stbl
        data = build.box(b"mdia", build.box(b"minf", build.box(b"stbl", inner)))

        class NoFile:
            size = 0

            def at(self, offset: int, length: int) -> bytes:
                return b""

        tracks.read(NoFile(), found, data, 0, len(data))  # type: ignore[arg-type]
    assert found.positions == []


def test_four_parts_of_a_canon_file(read: Read) -> None:
    """CR3 keeps the camera's block in parts, the place in a bare directory, and its thumbnail in a box."""
    main = build.tiff({0x10F: build.text("Lanternfish"), 0x13B: build.text("Odo Finch")})
    exif = build.tiff({0xA431: build.text("LF-0001")})
    place = build.tiff(build.gps())
    small = build.full(b"THMB", struct.pack(">HHI", 160, 120, 900), bytes(900))
    parts = build.box(b"CMT1", main) + build.box(b"CMT2", exif) + build.box(b"CMT4", place) + small
    photo = read(build.movie(build.box(b"uuid", quicktime.CANON_ID, parts), brand=b"crx "))
    assert photo.format == "CR3"
    assert spots(photo) == [(*build.SEA, "exif")]
    assert (photo.owners, photo.serials) == (("Odo Finch",), ("LF-0001",))
    assert photo.thumbnail is not None
    assert (photo.thumbnail.width, photo.thumbnail.height) == (160, 120)


def test_maker_part_of_a_canon_file(read: Read) -> None:
    """The third part is Canon's own note: the numbers of body and sensor, and the owner."""
    note = build.tiff({0x96: build.text("KQ0770012"), 0x09: build.text("Odo Finch")})
    box = build.box(b"uuid", quicktime.CANON_ID, build.box(b"CMT3", note), build.box(b"CMT3", b"II*"))
    photo = read(build.movie(box, brand=b"crx "))
    assert photo.serials == ("KQ0770012",)
    assert photo.owners == ("Odo Finch",)


def test_boxed_jpeg_xl(read: Read) -> None:
    """Exif and XMP boxes of JPEG XL are read; a packed box is named as not read; a bare stream holds nothing."""
    head = build.box(b"JXL ", b"\r\n\x87\n") + build.box(b"ftyp", b"jxl ", b"\0\0\0\0", b"jxl ")
    photo = read(head + build.box(b"Exif", bytes(4), build.tiff(gps=build.gps())) + build.box(b"xml ", PLACE))
    assert (photo.format, photo.place_names) == ("JXL", ("Marrow Bay",))
    assert spots(photo) == [(*build.SEA, "exif")]
    packed = read(head + build.box(b"brob", b"Exif", b"\x0b\x02\x80"))
    assert packed.skipped
    assert read(b"\xff\x0a" + bytes(60)).status == "read"


def test_jpeg_2000(read: Read) -> None:
    """The three boxes of JPEG 2000, and its size, are read."""
    head = build.box(b"jP  ", b"\r\n\x87\n") + build.box(b"ftyp", b"jp2 ", b"\0\0\0\0", b"jp2 ")
    shape = build.box(b"jp2h", build.box(b"ihdr", struct.pack(">IIHB", 300, 400, 3, 7), bytes(3)))
    parts = [
        build.box(b"uuid", isobmff.EXIF_ID, build.tiff(gps=build.gps())),
        build.box(b"uuid", isobmff.XMP_ID, PLACE),
        build.box(b"uuid", isobmff.IPTC_ID, build.iptc((80, "Odo Finch"))),
    ]
    photo = read(head + shape + b"".join(parts))
    assert (photo.format, photo.width, photo.height) == ("JP2", 400, 300)
    assert spots(photo) == [(*build.SEA, "exif")]
    assert (photo.place_names, photo.owners) == (("Marrow Bay",), ("Odo Finch",))


@pytest.mark.parametrize(
    "tail",
    [
        struct.pack(">I4s", 0xFFFFFFFF, b"mdat") + bytes(20),  # claims more than there is
        struct.pack(">I4sQ", 1, b"mdat", 1 << 63) + bytes(20),  # a large size that would overflow
        struct.pack(">I4s", 4, b"mdat") + bytes(20),  # smaller than its own head
        struct.pack(">I4sQ", 1, b"mdat", 3) + bytes(20),
    ],
)
def test_sizes_that_lie(read: Read, tail: bytes) -> None:
    """A box whose size makes no sense is damage, and what stands in front is told."""
    photo = read(build.heic([build.exif_item(build.tiff(gps=build.gps()))]) + tail)
    assert spots(photo) == [(*build.SEA, "exif")]
    assert photo.status == "damaged"


def test_last_box_without_a_size(read: Read) -> None:
    """A size of zero means "up to the end" and is no damage."""
    photo = read(build.heic([build.xmp_item(PLACE)]) + struct.pack(">I4s", 0, b"mdat") + bytes(90))
    assert photo.status == "read"


def test_boxes_are_counted() -> None:
    """Of endless small boxes at most the limit is followed."""
    data = struct.pack(">I4s", 8, b"free") * (boxes.MAX_BOXES + 100)
    assert sum(1 for _ in boxes.boxes(data)) == boxes.MAX_BOXES


def test_telemetry_is_counted_and_its_depth_limited() -> None:
    """Endless and deeply nested telemetry ends."""
    nested = b"".join(b"DEVC\0\1" + struct.pack(">H", 60_000 - 8 * n) for n in range(200))
    assert sum(1 for _ in gpmf._items(nested)) <= gpmf.MAX_ITEMS
    assert sum(1 for _ in gpmf._items(b"ABCDL\0\0\0" * (gpmf.MAX_ITEMS + 50))) == gpmf.MAX_ITEMS


@given(st.binary(max_size=200), st.sampled_from([b"udta", b"meta", b"uuid", b"trak", b"mvhd", b"loci", b"GPMF"]))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_bytes_in_a_video(data: bytes, kind: bytes) -> None:
    """No bytes in any of the boxes raise, and what is told is on the globe."""
    found = Found()
    handler = quicktime._MOOV.get(kind) or quicktime._USER.get(kind)
    if handler is not None:
        handler(found, data)
    gpmf.read(data, found)
    assert all(abs(place.lat) <= 90 and abs(place.lon) <= 180 for place in found.positions)


def test_long_movie_box(read: Read) -> None:
    """A movie box that is longer than a block is followed box by box: what stands behind its tables is told."""
    long = build.box(b"trak", bytes(8) + build.box(b"free", bytes(5_000_000)))
    photo = read(build.movie(long, build.box(b"udta", build.user_text(b"\xa9xyz", "+46.5000-007.2500/"))))
    assert spots(photo) == [(*build.SEA, "quicktime")]


def test_texts_of_a_track_and_of_the_file(read: Read) -> None:
    """Places that stand with a track, at the top of the file, or in the file's own key list are told."""
    words = build.box(b"udta", build.user_text(b"\xa9xyz", "+46.5000-007.2500/"))
    assert spots(read(build.movie(build.box(b"trak", words)))) == [(*build.SEA, "quicktime")]
    assert spots(read(build.movie() + words)) == [(*build.SEA, "quicktime")]
    keys = build.keys({"com.apple.quicktime.location.ISO6709": "+46.5000-007.2500/"})
    assert spots(read(build.movie() + keys)) == [(*build.SEA, "quicktime")]


LOG = b"[1741955405000]$GPRMC,123005.00,A,4630.0000,N,00715.0000,W,3.1,270.0,140325,,,A*00\r\n"


def test_log_of_a_dash_camera(read: Read) -> None:
    """The log that a dash camera keeps in a free box gives places with their time; sentences without a fix give none."""
    void = LOG.replace(b",A,46", b",V,46").replace(b"00715", b"01715")
    data = build.movie() + build.box(b"free", build.box(b"gps ", void + LOG))
    photo = read(data)
    assert spots(photo) == [(*build.SEA, "track")]
    assert photo.positions[0].at == datetime(2025, 3, 14, 12, 30, 5, tzinfo=UTC)


def test_sentences_are_counted() -> None:
    """Of a long log evenly spread sentences are told; an impossible day costs the time only."""
    rows = b"".join(LOG.replace(b"4630.0000", b"46%02d.%04d" % (n % 60, n)) for n in range(nmea.MAX_SENTENCES * 4))
    found = Found()
    nmea.read(rows, found)
    assert nmea.MAX_SENTENCES // 2 < len(found.positions) <= nmea.MAX_SENTENCES
    odd = Found()
    nmea.read(LOG.replace(b"140325", b"990325"), odd)
    assert [p.at for p in odd.positions] == [None]


def test_track_of_a_video_within_a_picture(read: Read) -> None:
    """The samples of a video behind a picture are found: its offsets count from its own start."""
    photo = read(build.jpeg(tail=build.tracked(b"gpmd", build.telemetry(*build.SEA))))
    assert spots(photo) == [(*build.SEA, "track")]
