"""JPEG: every note goes, the picture stays bit for bit and upright, and what it needs to be shown right stays too."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image, ImageCms
from tests.clean import made
from tests.clean.conftest import Answer, Copy, Told
from tests.photos import build

from unlisted.extract.photo import read_photo
from unlisted.remedy.clean import Cleaned, Refused, jpeg
from unlisted.remedy.clean.gain import directory, offsets, values
from unlisted.remedy.clean.source import Source

VIDEO = build.movie(build.movie_header(3_800_000_000), media=bytes(range(200)))
GAIN = b'hdrgm:Version="1.0" hdrgm:GainMapMin="-0.5" hdrgm:GainMapMax="2.25" hdrgm:Gamma="1.0"'


def full(tail: bytes = b"") -> bytes:
    """A JPEG with all kinds of notes."""
    return made.jpeg(
        build.exif_segment(made.NOTES),
        build.xmp_segment(made.PACKET),
        *build.extended_segments(made.PACKET),
        build.photoshop_segment(made.RECORDS),
        build.segment(0xFE, made.SECRET.encode()),
        build.segment(0xE0, b"JFXX\0\x10" + build.small_jpeg(60, 40)),
        build.segment(0xEB, b"JP\0\1\0\0\0\1c2pa" + made.SECRET.encode()),
        build.segment(0xE7, made.SECRET.encode()),
        tail=tail,
    )


def test_every_note_goes_and_the_picture_stays(copy: Copy) -> None:
    """Nothing of the person is in the bytes, and every pixel is the same, upright."""
    out = copy(full())
    assert made.SECRET.encode() not in out
    assert made.shown(out) == made.shown(full())
    assert made.shown(out)[0][0] == (32, 48)


def test_exiftool_finds_nothing_but_the_turn(copy: Copy, exiftool: Told) -> None:
    """A second reader agrees: only how the picture is shown is left."""
    told = exiftool(copy(full()))
    assert {name for name in told if not name.startswith(("JFIF:", "Composite:", "ExifTool:"))} == {"IFD0:Orientation"}
    assert told["IFD0:Orientation"] == 6


def test_the_parts_that_go_are_counted(answer: Answer) -> None:
    """The manifest has each kind with its number, and no value."""
    told = answer(full(VIDEO))
    assert isinstance(told, Cleaned)
    assert told.removed == {
        "camera block": 1,
        "packet": 1 + len(build.extended_segments(made.PACKET)),
        "newsroom block": 1,
        "comment": 1,
        "thumbnail": 1,
        "credentials": 1,
        "other part": 1,
        "video": 1,
    }
    assert told.fields["position"] == 2
    assert made.SECRET not in repr(told)


@pytest.mark.parametrize("tail", [VIDEO, bytes(100) + VIDEO, b"SEFT" + bytes(20) + b"note", build.jpeg() + b"x"])
def test_what_stands_behind_the_picture_is_cut(copy: Copy, tail: bytes) -> None:
    """A motion photo's video, a maker's trailer and a second picture that nothing lists are gone, to the last byte."""
    assert copy(made.jpeg(tail=tail)) == copy(made.jpeg())
    assert copy(made.jpeg(tail=tail)).endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    "options", [{"progressive": True}, {"restart_marker_rows": 1}, {"optimize": True}, {"quality": 100}]
)
def test_all_kinds_of_scans_are_followed_to_their_end(copy: Copy, options: dict[str, object]) -> None:
    """Several scans, restart markers and stuffed bytes do not end the picture too early or too late."""
    data = made.jpeg(build.exif_segment(made.NOTES), image=made.picture((200, 160)), tail=VIDEO, **options)
    assert made.shown(copy(data)) == made.shown(data)


def test_four_colours_stay_right(copy: Copy) -> None:
    """Adobe's segment says how CMYK is stored: it stays."""
    data = made.jpeg(build.segment(0xFE, b"note"), image=made.picture(mode="CMYK"))
    assert made.shown(copy(data)) == made.shown(data)


def test_the_colour_profile_stays(copy: Copy) -> None:
    """The same bytes."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = copy(made.jpeg(build.exif_segment(made.NOTES), icc_profile=profile))
    assert Image.open(io.BytesIO(out)).info["icc_profile"] == profile


def test_a_wide_colour_space_without_a_profile_stays(copy: Copy, tmp_path: object) -> None:
    """Cameras say "Adobe RGB" only in the camera block."""
    block = build.tiff({}, exif={0xA001: build.short(0xFFFF), 0xA431: build.text("SER-4711-X")})
    exif = Image.open(io.BytesIO(copy(made.jpeg(build.exif_segment(block))))).getexif()
    assert dict(exif.get_ifd(0x8769)) == {0xA001: 0xFFFF}


def test_the_turn_of_a_packet_is_kept_where_the_camera_tells_none(copy: Copy) -> None:
    """Viewers go by it, so the picture would lie on its side without."""
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/" tiff:Orientation="3" dc:title="Brackwater"/>'
    out = copy(made.jpeg(build.xmp_segment(packet)))
    assert Image.open(io.BytesIO(out)).getexif()[0x112] == 3
    assert b"Brackwater" not in out


def test_a_small_picture_in_the_first_segment_goes(copy: Copy) -> None:
    """JFIF may hold a thumbnail in raw pixels."""
    data = made.saved("JPEG")
    small = data[:4] + struct.pack(">H", 16 + 12) + data[6:18] + b"\x02\x02" + bytes(12) + data[20:]
    assert copy(small) == copy(data)


def test_bytes_between_segments_go(copy: Copy) -> None:
    """Decoders step over them; a hidden note could stand there."""
    assert copy(made.jpeg(made.SECRET.encode())) == copy(made.jpeg())


def gain_map() -> tuple[bytes, bytes]:
    """A picture that announces a gain map, and the map with notes of its own."""
    first = made.jpeg(
        build.exif_segment(made.NOTES), build.xmp_segment(build.xmp(made.SECRET, GAIN.split(b" ")[0].decode()))
    )
    second = made.jpeg(
        build.exif_segment(made.NOTES),
        build.xmp_segment(build.xmp(f"<dc:title>{made.SECRET}</dc:title>", GAIN.decode())),
        image=made.picture((24, 16)),
    )
    return first, second


def test_a_gain_map_stays_without_its_notes(copy: Copy, answer: Answer, tmp_path: object) -> None:
    """The layer for bright screens is there, its numbers too, its camera block is not."""
    first, second = gain_map()
    data = made.pictures(first, second)
    told = answer(data)
    assert isinstance(told, Cleaned)
    assert told.stays == ("the layer for bright screens",)
    out = copy(data)
    at = out.index(b"\xff\xd8", 2)
    assert made.SECRET.encode() not in out
    assert made.shown(out[at:]) == made.shown(second, upright=False)
    for word in GAIN.split(b" "):
        assert word in out[at:]
    assert b'Item:Semantic="GainMap"' in out[:at]
    assert f'Item:Length="{len(out) - at}"'.encode() in out[:at]


def test_the_list_of_pictures_points_at_them(copy: Copy) -> None:
    """Offsets are written anew, since everything in front became shorter."""
    data = made.pictures(
        made.jpeg(build.exif_segment(made.NOTES)), *(made.jpeg(image=made.picture(seed=n)) for n in (2, 3))
    )
    out = copy(data)
    at = out.index(b"MPF\0") + 4
    places = offsets(out[at:], at)
    assert [out[place : place + 2] for place in places] == [b"\xff\xd8", b"\xff\xd8"]
    assert made.shown(out) == made.shown(data)
    assert len(made.shown(out)) == 3


def test_a_second_picture_of_another_cut_goes(answer: Answer, copy: Copy) -> None:
    """It may show what was cut away."""
    data = made.pictures(made.jpeg(), made.jpeg(image=made.picture((80, 30))))
    told = answer(data)
    assert isinstance(told, Cleaned)
    assert told.removed == {"further picture": 1}
    assert copy(data) == copy(made.jpeg())


def test_a_list_that_points_nowhere_goes(copy: Copy) -> None:
    """An editor left it behind."""
    second = made.jpeg(image=made.picture(seed=2))
    listed = made.pictures(made.jpeg(), second)
    assert copy(listed[: -len(second)] + b"x" * len(second)) == copy(made.jpeg())


@pytest.mark.parametrize(
    ("cut", "reason"),
    [(-2, "the picture is cut short"), (300, "the picture is cut short"), (3, "it ends too early")],
)
def test_a_cut_picture_is_refused(answer: Answer, cut: int, reason: str) -> None:
    """Where the end cannot be found, nothing can be said of what stands behind it."""
    told = answer(made.jpeg()[:cut])
    assert isinstance(told, Refused)
    assert told.reason in {reason, "it ends too early", "the picture is cut short"}


def test_a_file_without_a_picture_is_refused(answer: Answer) -> None:
    """Segments and an end make no picture."""
    told = answer(b"\xff\xd8" + build.exif_segment(made.NOTES) + b"\xff\xd9")
    assert isinstance(told, Refused)
    assert told.reason == "it holds no picture"


def test_too_many_segments_are_refused(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk has an end."""
    monkeypatch.setattr(jpeg, "MAX_SEGMENTS", 20)
    told = answer(made.jpeg(*[build.segment(0xFE, b"a")] * 30))
    assert isinstance(told, Refused)
    assert told.reason == "it has more parts than we follow"


def test_numbers_in_lists_and_elements_are_taken_over() -> None:
    """A gain map may have one number a colour; whatever is no number is not."""
    packet = (
        b"<hdrgm:Gamma> <rdf:Seq> <rdf:li>1.0</rdf:li> <rdf:li>1.5</rdf:li> </rdf:Seq></hdrgm:Gamma>"
        b"<HDRGainMap:HDRGainMapVersion>65536</HDRGainMap:HDRGainMapVersion>"
        b"<apdi:AuxiliaryImageType>urn:com:apple:photo:2020:aux:hdrgainmap</apdi:AuxiliaryImageType>"
        b'<x hdrgm:GainMapMax="Brackwater" hdrgm:HDRCapacityMax="2.5"/>'
    )
    out = values([packet])
    assert b"<hdrgm:Gamma><rdf:Seq><rdf:li>1.0</rdf:li><rdf:li>1.5</rdf:li></rdf:Seq></hdrgm:Gamma>" in out
    assert b'HDRGainMap:HDRGainMapVersion="65536"' in out
    assert b'apdi:AuxiliaryImageType="urn:com:apple:photo:2020:aux:hdrgainmap"' in out
    assert b'hdrgm:HDRCapacityMax="2.5"' in out
    assert b"Brackwater" not in out
    assert values([out]) == out


def test_a_panorama_is_still_one(copy: Copy) -> None:
    """How it is laid out stays; where it looks does not."""
    layout = (
        'GPano:ProjectionType="equirectangular" GPano:FullPanoWidthPixels="400" GPano:PosePitchDegrees="-1.5" '
        'GPano:PoseHeadingDegrees="271.5" GPano:FirstPhotoDate="2024-05-06T07:08:09Z"'
    )
    out = copy(made.jpeg(build.xmp_segment(build.xmp(f"<dc:title>{made.SECRET}</dc:title>", layout))))
    for word in (b'ProjectionType="equirectangular"', b'FullPanoWidthPixels="400"', b'PosePitchDegrees="-1.5"'):
        assert word in out
    for word in (b"Heading", b"271.5", b"2024", made.SECRET.encode()):
        assert word not in out


def test_no_packet_where_there_is_nothing_to_say() -> None:
    """Ordinary pictures get none."""
    assert values([made.PACKET]) == b""
    assert directory([made.PACKET], [100]) == b""
    assert offsets(b"no list", 0) == []
    assert offsets(build.tiff({0x112: build.short(1)}), 0) == []


def test_the_walk_finds_the_very_end(tmp_path: object, copy: Copy) -> None:
    """End markers inside of segments do not count; the size is that of the first frame."""
    data = made.jpeg(build.segment(0xFE, b"\xff\xd9\xff\xd9"), tail=b"\xff\xd9")
    path = str(tmp_path) + "/walk.jpg"
    with open(path, "wb") as file:  # noqa: PTH123  (a plain path will do)
        file.write(data)
    with Source(path) as file:
        found = jpeg.walk(file, 0)
    assert found.end == len(data) - 2
    assert found.size == (48, 32)
    assert read_photo(path).width == 48
