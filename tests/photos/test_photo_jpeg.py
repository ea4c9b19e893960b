"""JPEG: where the camera's block, packets and further files stand."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest
from tests.photos import build

from unlisted.extract.photo import MAX_PREFIX
from unlisted.extract.photo import jpeg as reader
from unlisted.model.evidence import Photo

Read = Callable[[bytes], Photo]


def spots(photo: Photo) -> list[tuple[float, float, str]]:
    """Positions, rounded."""
    return [(round(p.lat, 5), round(p.lon, 5), p.origin) for p in photo.positions]


SEA = [(*build.SEA, "exif")]


def test_position_device_and_time(read: Read) -> None:
    """A plain phone picture gives its place, camera, time, size and turn."""
    block = build.tiff(
        {
            0x10F: build.text("Lanternfish"),
            0x110: build.text("Deep 3"),
            0x131: build.text("2.1"),
            0x112: build.short(6),
        },
        exif={
            0x9003: build.text("2025:03:14 12:30:05"),
            0x9011: build.text("+01:00"),
            0xA434: build.text("Lens 28 mm"),
        },
        gps=build.gps(),
    )
    photo = read(build.jpeg(build.exif_segment(block)))
    assert (photo.status, photo.format, photo.orientation) == ("read", "JPEG", 6)
    assert (photo.width, photo.height) == (400, 300)
    assert spots(photo) == SEA
    assert photo.device is not None
    assert (photo.device.make, photo.device.model, photo.device.lens, photo.device.software) == (
        "Lanternfish",
        "Deep 3",
        "Lens 28 mm",
        "2.1",
    )
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2025-03-14T12:30:05+01:00"


def test_camera_block_is_not_the_first_segment(read: Read) -> None:
    """Exif behind a packet, a colour profile and unknown segments is found: exifread alone loses it."""
    others = [
        build.xmp_segment(build.xmp()),
        build.segment(0xE2, b"ICC_PROFILE\0" + bytes(40)),
        build.segment(0xE7, b"odd"),
    ]
    photo = read(build.jpeg(*others, build.segment(0xE9, b"odd"), build.exif_segment(build.tiff(gps=build.gps()))))
    assert spots(photo) == SEA


@pytest.mark.parametrize("prefix", [b"Exif\0\0", b"Exif\0\xff", b""])
def test_odd_prefixes(read: Read, prefix: bytes) -> None:
    """The camera's block is found behind the standard prefix, a broken one, and none."""
    assert spots(read(build.jpeg(build.exif_segment(build.tiff(gps=build.gps()), prefix)))) == SEA


def test_two_camera_blocks(read: Read) -> None:
    """Both of two Exif blocks are read, and the same place is told once."""
    blocks = [build.exif_segment(build.tiff(gps=build.gps(*where))) for where in (build.SEA, build.FAR, build.SEA)]
    assert spots(read(build.jpeg(*blocks))) == [*SEA, (*build.FAR, "exif")]


def test_byte_order_is_per_block(read: Read) -> None:
    """One big-endian and one little-endian block in a file are both right."""
    parts = [
        build.exif_segment(build.tiff(gps=build.gps(*where, order), order=order))
        for where, order in ((build.SEA, ">"), (build.FAR, "<"))
    ]
    assert spots(read(build.jpeg(*parts))) == [*SEA, (*build.FAR, "exif")]


def test_extended_packet_out_of_order(read: Read) -> None:
    """Chunks of an extended packet are put together by their offsets, whatever their order."""
    packet = build.xmp("<exif:GPSLatitude>46,30N</exif:GPSLatitude><exif:GPSLongitude>7,15W</exif:GPSLongitude>")
    chunks = build.extended_segments(packet)
    assert len(chunks) > 3
    photo = read(build.jpeg(build.xmp_segment(build.xmp()), *reversed(chunks)))
    assert spots(photo) == [(*build.SEA, "xmp")]


def test_camera_block_over_two_segments(read: Read) -> None:
    """A block too long for one segment goes on in the next one."""
    block = build.tiff({0x9286: build.raw(bytes(66_000)), 0xA431: build.text("LF-000123")})
    first, second = block[:65_400], block[65_400:]
    photo = read(build.jpeg(build.exif_segment(first), build.exif_segment(second)))
    assert photo.serials == ("LF-000123",)


def test_newsroom_fields(read: Read) -> None:
    """By-line, town, sub-location, keywords, caption and date of IPTC are told, each under its field."""
    records = build.iptc(
        (80, "Odo Finch"), (90, "Marrow Bay"), (92, "Old Quay"), (95, "Northmark"), (101, "Isle"), (25, "boats"), (25, "rain"),
        (120, "At the quay"), (55, "20250314"), (60, "123005+0100"), (116, "(c) Odo Finch"),
    )  # fmt: skip
    photo = read(build.jpeg(build.photoshop_segment(records)))
    assert photo.owners == ("Odo Finch",)
    assert photo.place_names == ("Marrow Bay", "Old Quay", "Northmark", "Isle")
    assert photo.keywords == ("boats", "rain")
    assert photo.captions == ("At the quay",)
    assert photo.contacts == ("(c) Odo Finch",)
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2025-03-14T12:30:05+01:00"


@pytest.mark.parametrize(
    ("raw", "want"),
    [("Åse Lütt".encode(), "Åse Lütt"), ("Åse Lütt".encode("latin-1"), "Åse Lütt"), (b"Odo\0\0 x", "Odo")],
)
def test_newsroom_letters(read: Read, raw: bytes, want: str) -> None:
    """IPTC text without a character set is read as UTF-8 where it is that, else as Latin-1; NUL ends it."""
    assert read(build.jpeg(build.photoshop_segment(build.iptc((80, raw))))).owners == (want,)


def test_resource_list_over_two_segments(read: Read) -> None:
    """A resource list that is cut between two segments is put together."""
    whole = b"Photoshop 3.0\0" + build.resources((0x0404, build.iptc((90, "Marrow Bay"))))
    parts = [build.segment(0xED, whole[:30]), build.segment(0xED, b"Photoshop 3.0\0" + whole[30:])]
    assert read(build.jpeg(*parts)).place_names == ("Marrow Bay",)


def test_packets_in_the_resource_list(read: Read) -> None:
    """Exif and XMP that stand in the resource list are read."""
    listing = build.resources(
        (0x0422, build.tiff(gps=build.gps())), (0x0424, build.xmp(attributes='photoshop:City="Marrow Bay"'))
    )
    photo = read(build.jpeg(build.segment(0xED, b"Photoshop 3.0\0" + listing)))
    assert spots(photo) == SEA
    assert photo.place_names == ("Marrow Bay",)


def test_bytes_between_segments(read: Read) -> None:
    """Bytes that belong to no segment are stepped over and the file is called damaged; what stands behind is read."""
    photo = read(build.jpeg(build.segment(0xE5, b"x") + b"\0" * 16, build.exif_segment(build.tiff(gps=build.gps()))))
    assert spots(photo) == SEA
    assert photo.status == "damaged"
    far = read(build.jpeg(b"\0" * (reader.MAX_GAP + 10), build.exif_segment(build.tiff(gps=build.gps()))))
    assert (far.status, far.positions) == ("damaged", ())


def test_segments_are_counted(read: Read) -> None:
    """A file with more segments than the limit is called damaged."""
    photo = read(build.jpeg(*[build.segment(0xE5, b"x")] * (reader.MAX_SEGMENTS + 1)))
    assert photo.status == "damaged"


def test_broken_behind_a_good_block(read: Read) -> None:
    """A segment that breaks off behind a good camera block costs nothing that stood in front."""
    whole = build.jpeg(build.exif_segment(build.tiff(gps=build.gps())))
    photo = read(whole[:-140])
    assert spots(photo) == SEA
    assert photo.status == "damaged"
    assert photo.reason


@pytest.mark.parametrize(
    ("small", "large", "want"),
    [
        ((160, 120), (4000, 3000), False),  # the same shape
        ((160, 120), (3000, 4000), False),  # turned, the thumbnail not
        ((160, 120), (4000, 2250), None),  # a usual shape, put into the standard's frame with bars
        ((160, 120), (3000, 700), True),  # no camera takes this shape: cut
        ((320, 180), (2250, 2250), True),  # a frame of its own shape: cut
        ((160, 107), (6000, 4000), False),  # rounded to whole pixels
    ],
)
def test_thumbnail_that_shows_more(
    read: Read, small: tuple[int, int], large: tuple[int, int], want: bool | None
) -> None:
    """The thumbnail is compared with the picture by shape; bars and turns are allowed for."""
    block = build.tiff(thumbnail=build.small_jpeg(*small))
    photo = read(build.jpeg(build.exif_segment(block), size=large))
    assert photo.thumbnail is not None
    assert (photo.thumbnail.width, photo.thumbnail.height) == small
    assert photo.thumbnail.length == len(build.small_jpeg(*small))
    assert photo.thumbnail.shows_more is want


def test_thumbnail_of_unknown_size(read: Read) -> None:
    """A thumbnail that is no picture is named but not compared; one that lies outside of the block is not named."""
    photo = read(build.jpeg(build.exif_segment(build.tiff(thumbnail=b"x" * 200))))
    assert photo.thumbnail is not None
    assert photo.thumbnail.shows_more is None
    cut = build.tiff(thumbnail=b"x" * 200)[:-200]
    assert read(build.jpeg(build.exif_segment(cut))).thumbnail is None


@pytest.mark.parametrize(("small", "more"), [((160, 120), False), ((160, 60), True)])
def test_thumbnail_of_photoshop(read: Read, small: tuple[int, int], more: bool) -> None:
    """Photoshop's own small picture is found, alone or beside the camera's, and the one that shows more is told."""
    resource = build.resources((0x040C, bytes(28) + build.small_jpeg(*small)))
    segments = [build.segment(0xED, b"Photoshop 3.0\0" + resource)]
    block = build.exif_segment(build.tiff(thumbnail=build.small_jpeg(80, 60)))
    for data in (build.jpeg(*segments), build.jpeg(block, *segments)):
        told = read(data).thumbnail
        assert told is not None
        assert told.shows_more is more
    assert (
        read(build.jpeg(build.segment(0xED, b"Photoshop 3.0\0" + build.resources((0x040C, bytes(200)))))).thumbnail
        is None
    )


def test_thumbnail_in_the_first_segment(read: Read) -> None:
    """The older place of a thumbnail, the JFXX segment, is found."""
    photo = read(build.jpeg(build.segment(0xE0, b"JFXX\0\x10" + build.small_jpeg(160, 120))))
    assert photo.thumbnail is not None
    assert photo.thumbnail.width == 160


def video() -> bytes:
    """A motion photo's video with a place."""
    return build.movie(build.box(b"udta", build.user_text(b"\xa9xyz", "+46.5000-007.2500/")))


def test_motion_photo_with_offset(read: Read) -> None:
    """The video behind a picture is found by the packet's offset, and its place is told."""
    tail = video()
    packet = build.xmp(attributes=f'GCamera:MicroVideo="1" GCamera:MicroVideoOffset="{len(tail)}"')
    photo = read(build.jpeg(build.xmp_segment(packet), tail=tail))
    assert [(item.kind, item.length) for item in photo.embedded] == [("video", len(tail))]
    assert spots(photo) == [(*build.SEA, "quicktime")]


def test_motion_photo_that_nothing_announces(read: Read) -> None:
    """A video that was left behind when the packet was removed is found by itself, also behind a Samsung trailer's word."""
    for tail in (video(), b"SEFHMotionPhoto_Data" + video() + b"SEFT"):
        photo = read(build.jpeg(tail=tail))
        assert [item.kind for item in photo.embedded] == ["video"]
        assert spots(photo) == [(*build.SEA, "quicktime")]


def test_video_marker_that_lies(read: Read) -> None:
    """A packet that announces a video which is not there still says that there should be one, and nothing breaks."""
    photo = read(
        build.jpeg(
            build.xmp_segment(build.xmp(attributes='GCamera:MicroVideo="1" GCamera:MicroVideoOffset="99999999"'))
        )
    )
    assert photo.status == "read"
    assert [item.kind for item in photo.embedded] == ["video"]


def test_further_picture_with_its_own_block(read: Read) -> None:
    """A second picture behind the first (a gain map, a preview) is named, and its own camera block is read."""
    second = build.jpeg(build.exif_segment(build.tiff({0xA431: build.text("LF-7700")}, gps=build.gps(*build.FAR))))

    def listing(offset: int) -> bytes:
        rows = struct.pack("<IIIHH", 0x030000, 100, 0, 0, 0) + struct.pack("<IIIHH", 0, len(second), offset, 0, 0)
        return b"MPF\0" + build.tiff({0xB002: build.raw(rows)})

    first = build.jpeg(build.segment(0xE2, listing(0)))
    base = 2 + 4 + 4  # the list counts from its own header
    whole = build.jpeg(build.segment(0xE2, listing(len(first) - base)), tail=second)
    photo = read(whole)
    assert [(item.kind, item.length) for item in photo.embedded] == [("picture", len(second))]
    assert spots(photo) == [(*build.FAR, "exif")]
    assert photo.serials == ("LF-7700",)
    assert (photo.width, photo.height) == (400, 300)


def test_unknown_bytes_behind_the_end(read: Read) -> None:
    """Padding or an unknown trailer behind the picture is no damage; a picture without an end is."""
    assert read(build.jpeg(tail=b"\0" * 900)).status == "read"
    assert read(build.jpeg(tail=b"a trailer of another kind" * 20)).status == "read"
    assert read(build.jpeg()[:-2]).status == "damaged"


def test_bytes_in_front_of_a_picture(read: Read) -> None:
    """A picture behind some other bytes is read and called damaged; further away it is not looked for."""
    whole = build.jpeg(build.exif_segment(build.tiff(gps=build.gps())))
    photo = read(b"\0\1\2" * 50 + whole)
    assert (photo.status, spots(photo)) == ("damaged", SEA)
    assert read(bytes(MAX_PREFIX + 5) + whole).status == "unsupported"


def test_spread_blocks_are_limited(read: Read) -> None:
    """Of a resource list over many segments, and of an extended packet, at most the limit is put together."""
    many = [build.segment(0xED, b"Photoshop 3.0\0" + bytes(60_000))] * (reader.MAX_SPREAD // 60_000 + 3)
    last = build.photoshop_segment(build.iptc((90, "Marrow Bay")))
    assert read(build.jpeg(*many, last)).place_names == ()
    packet = build.xmp(attributes='photoshop:City="Marrow Bay"') + b" " * (reader.MAX_SPREAD + 200_000)
    chunks = build.extended_segments(packet, step=65_000)
    assert read(build.jpeg(*reversed(chunks))).place_names == ()
    assert read(build.jpeg(*chunks)).place_names == ("Marrow Bay",)


def test_exiv2_container(read: Read) -> None:
    """Exiv2's own container is JPEG segments behind another first marker."""
    data = b"\xff\x01Exiv2" + build.exif_segment(build.tiff(gps=build.gps())) + b"\xff\xd9"
    photo = read(data)
    assert (photo.format, spots(photo)) == ("EXV", SEA)


def test_comment(read: Read) -> None:
    """The comment segment is a caption."""
    assert read(build.jpeg(build.segment(0xFE, b"At the quay\0"))).captions == ("At the quay",)
