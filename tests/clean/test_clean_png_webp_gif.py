"""PNG, WebP and GIF: the parts that make the picture stay, byte for byte and in their order; every other part goes."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin
from tests.clean import made
from tests.clean.conftest import Answer, Copy, Told
from tests.photos import build

from unlisted.remedy.clean import Cleaned, Refused, gif, png, webp

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LEGACY = b"Raw profile type exif\0\0" + zlib.compress(
    b"\nexif\n%8d\n" % len(made.NOTES) + (b"Exif\0\0" + made.NOTES).hex().encode()
)
NOTES = (
    build.chunk(b"eXIf", made.NOTES),
    build.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + made.PACKET),
    build.chunk(b"tEXt", b"Author\0" + made.SECRET.encode()),
    build.chunk(b"zTXt", LEGACY),
    build.chunk(b"tIME", b"\x07\xe8\x05\x06\x07\x08\x09"),
    build.chunk(b"caBX", b"c2pa" + made.SECRET.encode()),
    build.chunk(b"prVt", made.SECRET.encode()),
)


def frames(count: int = 3) -> list[Image.Image]:
    """Pictures of an animation."""
    return [made.picture(seed=number) for number in range(1, count + 1)]


def animated(form: str) -> bytes:
    """An animation with a time of its own for each frame."""
    first, *others = frames()
    options = {"lossless": True} if form == "WEBP" else {}
    return made.saved(form, first, save_all=True, append_images=others, duration=[100, 200, 300], loop=2, **options)


# ---- PNG ----


def test_every_chunk_of_words_goes(copy: Copy) -> None:
    """In front of the pixels or behind them, packed or not, known or not."""
    data = made.png(*NOTES)
    moved = data[:-12] + b"".join(NOTES) + data[-12:]
    for file in (data, moved):
        out = copy(file)
        assert made.SECRET.encode() not in out
        assert made.shown(out) == made.shown(file)


def test_exiftool_finds_no_words_in_a_png(copy: Copy, exiftool: Told) -> None:
    """Nothing but the header and the turn."""
    told = exiftool(copy(made.png(*NOTES, behind=made.SECRET.encode())))
    assert {name for name in told if not name.startswith(("Composite:", "ExifTool:", "PNG:"))} == {"IFD0:Orientation"}
    assert {name for name in told if name.startswith("PNG:")} <= {
        f"PNG:{word}"
        for word in ("ImageWidth", "ImageHeight", "BitDepth", "ColorType", "Compression", "Filter", "Interlace")
    }


def test_a_plain_png_is_the_same_file(copy: Copy) -> None:
    """Where there is nothing to take out, not one byte changes."""
    data = made.png()
    assert copy(data) == data


def test_the_parts_of_a_png_are_counted(answer: Answer) -> None:
    """By kind."""
    told = answer(made.png(*NOTES, behind=b"hidden"))
    assert isinstance(told, Cleaned)
    assert told.removed == {
        "camera block": 1,
        "text": 3,
        "clock": 1,
        "credentials": 1,
        "other part": 1,
        "data behind the end": 1,
    }


def test_colour_and_see_through_parts_stay(copy: Copy) -> None:
    """Profile, palette, transparency, resolution."""
    data = made.saved("PNG", made.picture().quantize(16), icc_profile=PROFILE, transparency=3, dpi=(300, 300))
    info = Image.open(io.BytesIO(copy(data))).info
    assert info["icc_profile"] == PROFILE
    assert info["transparency"] == 3
    assert made.shown(copy(data)) == made.shown(data)


def test_an_animated_png_keeps_frames_and_times(copy: Copy) -> None:
    """All of them."""
    data = animated("PNG")
    noted = data[:33] + b"".join(NOTES[1:]) + data[33:]
    assert made.shown(copy(noted)) == made.shown(data)
    assert len(made.shown(copy(noted))) == 3


def test_the_turn_of_a_packet_in_a_png_is_kept(copy: Copy) -> None:
    """As a small camera block in front of the pixels."""
    words = PngImagePlugin.PngInfo()
    words.add_itxt("XML:com.adobe.xmp", '<x:xmpmeta><a tiff:Orientation="8"/></x:xmpmeta>')
    data = made.saved("PNG", pnginfo=words)
    out = copy(data)
    assert made.shown(out) == made.shown(data)
    assert 0 < out.index(b"eXIf") < out.index(b"IDAT")


@pytest.mark.parametrize("cut", [20, 40, -1, -6])
def test_a_cut_png_is_refused(answer: Answer, cut: int) -> None:
    """Half a picture is not vouched for."""
    assert isinstance(answer(made.png()[:cut]), Refused)


def test_a_broken_chunk_is_refused(answer: Answer) -> None:
    """A name that is none, or a list without a header."""
    assert isinstance(answer(made.png(struct.pack(">I4sI", 0, b"a\0bc", 0))), Refused)
    assert isinstance(answer(png.START + build.chunk(b"IEND", b"")), Refused)


def test_too_many_chunks_are_refused(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk has an end."""
    monkeypatch.setattr(png, "MAX_CHUNKS", 10)
    told = answer(made.png(*NOTES[2:3] * 20))
    assert isinstance(told, Refused)
    assert told.reason == "it has more parts than we follow"


# ---- WebP ----


def test_every_note_of_a_webp_goes(copy: Copy) -> None:
    """The header's bits too; odd chunks stay padded."""
    data = made.webp(
        (b"EXIF", made.NOTES), (b"XMP ", made.PACKET), (b"prVt", b"odd" + made.SECRET.encode()), lossless=True
    )
    out = copy(data)
    assert made.SECRET.encode() not in out
    assert made.shown(out) == made.shown(data)
    assert out[20] & webp.PACKET == 0
    assert int.from_bytes(out[4:8], "little") == len(out) - 8


def test_exiftool_finds_nothing_in_a_webp(copy: Copy, exiftool: Told) -> None:
    """But the turn."""
    told = exiftool(copy(made.webp((b"EXIF", made.NOTES), (b"XMP ", made.PACKET))))
    assert {name for name in told if not name.startswith(("Composite:", "ExifTool:", "RIFF:"))} == {"IFD0:Orientation"}


def test_a_camera_block_with_a_prefix_is_read(copy: Copy) -> None:
    """Some programs put JPEG's prefix in front of it; the turn is kept."""
    data = made.webp((b"EXIF", b"Exif\0\0" + made.NOTES))
    assert Image.open(io.BytesIO(copy(data))).getexif()[0x112] == 6


def test_a_plain_webp_is_the_same_file(copy: Copy) -> None:
    """With and without loss."""
    for options in ({"lossless": True}, {"quality": 50}):
        data = made.saved("WEBP", **options)
        assert copy(data) == data


def test_an_animated_webp_keeps_frames_times_and_profile(copy: Copy) -> None:
    """All of them, and the loop."""
    first, *others = frames()
    data = made.saved("WEBP", first, save_all=True, append_images=others, duration=120, loop=3, icc_profile=PROFILE)
    out = copy(data)
    assert out == data
    assert made.shown(out) == made.shown(data)


def test_data_behind_a_webp_is_cut(copy: Copy, answer: Answer) -> None:
    """What the header does not count in."""
    data = made.saved("WEBP")
    assert copy(data + b"hidden words") == data
    told = answer(data + b"hidden words")
    assert isinstance(told, Cleaned)
    assert told.removed == {"data behind the end": 1}


def test_a_frame_with_something_unknown_is_refused(answer: Answer) -> None:
    """Frames are copied whole, so they are looked into first."""
    data = animated("WEBP")
    at = data.index(b"ANMF")
    inner = data.index(b"VP8L", at)
    told = answer(data[:inner] + b"note" + data[inner + 4 :])
    assert isinstance(told, Refused)
    assert told.reason == "a frame of it holds something that we do not know"


@pytest.mark.parametrize("cut", [16, 25, 60, -20])
def test_a_cut_webp_is_refused(answer: Answer, cut: int) -> None:
    """Half a picture is not vouched for."""
    assert isinstance(answer(made.webp((b"EXIF", made.NOTES))[:cut]), Refused)


def test_a_header_of_another_size_is_refused(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would hide bytes; and the number of chunks is bounded."""
    data = made.webp((b"EXIF", made.NOTES))
    assert isinstance(answer(data[:16] + b"\x0c\0\0\0" + data[20:30] + b"\0\0" + data[30:]), Refused)
    monkeypatch.setattr(webp, "MAX_CHUNKS", 1)
    assert isinstance(answer(data), Refused)


# ---- GIF ----

COMMENT = b"!\xfe" + bytes([len(made.SECRET)]) + made.SECRET.encode() + b"\0"
XMP = b"!\xff\x0bXMP DataXMP" + made.PACKET + b"\1" + bytes(range(255, -1, -1)) + b"\0"
WORDS = b"!\x01\x0c" + bytes(12) + bytes([len(made.SECRET)]) + made.SECRET.encode() + b"\0"
TIMED = b"!\xf9\x04\0\x0a\0\0\0"


def noted(data: bytes, *extensions: bytes) -> bytes:
    """A GIF with extensions in front of its first frame."""
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    at = data.index(b"!\xf9") if b"!\xf9" in data else at
    return data[:at] + b"".join(extensions) + data[at:]


def test_comments_packets_and_words_go(copy: Copy) -> None:
    """The frames and their times stay, and so does the loop."""
    data = animated("GIF")
    out = copy(noted(data, COMMENT, XMP, TIMED + WORDS, b"!\xff\x0bNOTES4711xx\x03abc\0"))
    assert out == data
    assert made.shown(out) == made.shown(data)
    assert Image.open(io.BytesIO(out)).info["loop"] == 2


def test_the_parts_of_a_gif_are_counted(answer: Answer) -> None:
    """By kind; what stands behind the end as well."""
    told = answer(noted(made.saved("GIF"), COMMENT, XMP, TIMED + WORDS) + b"hidden")
    assert isinstance(told, Cleaned)
    assert told.removed == {"comment": 1, "packet": 1, "text": 1, "data behind the end": 1}


def test_a_gif_with_a_colour_profile_keeps_it(copy: Copy) -> None:
    """An extension that says how it looks."""
    data = noted(made.saved("GIF"), b"!\xff\x0bICCRGBG1012\x03abc\0")
    assert copy(data) == data


@pytest.mark.parametrize("cut", [8, 12, 40, -1, -4])
def test_a_cut_gif_is_refused(answer: Answer, cut: int) -> None:
    """Half a picture is not vouched for."""
    assert isinstance(answer(made.saved("GIF")[:cut]), Refused)


def test_a_gif_with_a_strange_block_is_refused(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it means cannot be known; and the number of blocks is bounded."""
    data = made.saved("GIF")
    told = answer(noted(data, b"?\x03abc\0"))
    assert isinstance(told, Refused)
    assert told.reason == "a part of it is broken"
    monkeypatch.setattr(gif, "MAX_BLOCKS", 2)
    assert isinstance(answer(noted(data, COMMENT, COMMENT)), Refused)
