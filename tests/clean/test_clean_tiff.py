"""TIFF: pages are written anew with their pixels as they are; raw files of cameras are refused."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
from PIL import Image, TiffImagePlugin
from tests.clean import made
from tests.clean.conftest import Answer, Copy, Told
from tests.photos import build

from unlisted.remedy.clean import Cleaned, Refused, Wanted, tiff


def noted(**options: Any) -> bytes:
    """A TIFF with all kinds of notes."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[270] = tags[315] = tags[33432] = made.SECRET
    tags[306] = "2024:05:06 07:08:09"
    tags[271], tags[272] = "Pinhole", "Box 2"
    tags[700] = made.PACKET
    tags[33723] = made.RECORDS
    return made.saved("TIFF", tiffinfo=tags, **options)


@pytest.mark.parametrize("packed", [None, "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"])
def test_notes_go_and_pixels_stay(copy: Copy, packed: str | None) -> None:
    """Whatever they are packed with."""
    data = noted(compression=packed)
    out = copy(data)
    assert made.SECRET.encode() not in out
    assert b"Pinhole" not in out
    assert made.shown(out) == made.shown(data)


def test_exiftool_finds_only_how_it_is_built(copy: Copy, exiftool: Told) -> None:
    """No text, time, place or name."""
    told = exiftool(copy(noted()))
    words = [name for name, value in told.items() if isinstance(value, str) and name.startswith("IFD")]
    assert words == ["IFD0:BitsPerSample"]
    assert not [name for name in told if name.startswith(("XMP", "IPTC", "GPS", "ExifIFD"))]


def test_the_parts_of_a_tiff_are_counted(answer: Answer) -> None:
    """By kind."""
    told = answer(noted())
    assert isinstance(told, Cleaned)
    assert {"packet": 1, "newsroom block": 1, "clock": 1, "text": 3}.items() <= told.removed.items()


def test_camera_and_place_directories_go(copy: Copy, answer: Answer) -> None:
    """They are named in the first page and lie elsewhere."""
    data = page({34665: build.long(400), 34853: build.long(600)})
    data += bytes(400 - len(data)) + build.directory({0xA431: build.text("SER-4711-X")}, 400, 0, "<")
    data += bytes(600 - len(data)) + build.directory(build.gps(), 600, 0, "<")
    told = answer(data)
    assert isinstance(told, Cleaned)
    assert told.fields["position"] == 1
    assert told.fields["serial number"] == 1
    assert told.removed == {"camera block": 2}
    assert b"SER-4711-X" not in copy(data)


@pytest.mark.parametrize("turn", [1, 6, 8])
def test_the_turn_stays(copy: Copy, turn: int) -> None:
    """It is a tag among those of the pixels."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[274] = turn
    data = made.saved("TIFF", tiffinfo=tags)
    assert made.shown(copy(data)) == made.shown(data)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "CMYK", "LAB", "I;16", "F", "P"])
def test_all_kinds_of_pixels_stay(copy: Copy, mode: str) -> None:
    """Bits, greys, colours, palettes, see-through, whole and floating numbers."""
    image = (
        made.picture().convert(mode)
        if mode not in {"I;16", "LAB"}
        else Image.frombytes(mode, (8, 8), bytes(range(128)) * 2)
    )
    data = made.saved("TIFF", image)
    out = Image.open(io.BytesIO(copy(data)))
    assert out.mode == Image.open(io.BytesIO(data)).mode
    assert out.tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_every_page_stays(copy: Copy) -> None:
    """In its order, each with its own size."""
    pages = [made.picture((48, 32)), made.picture((20, 30), seed=2), made.picture((16, 16), seed=3)]
    data = made.saved("TIFF", pages[0], save_all=True, append_images=pages[1:])
    assert made.shown(copy(data)) == made.shown(data)
    assert [size for size, _, _ in made.shown(copy(data))] == [(48, 32), (20, 30), (16, 16)]


def test_the_large_kind_is_cleaned_too(copy: Copy) -> None:
    """Offsets of eight bytes."""
    data = noted(big_tiff=True)
    out = copy(data)
    assert out[:4] == b"II+\0"
    assert made.SECRET.encode() not in out
    assert made.shown(out) == made.shown(data)


def page(tags: build.Tags, *, order: str = "<", following: int = 0) -> bytes:
    """A grey page of 4 by 4 pixels whose strip stands at 8, its directory behind it."""
    base = {
        256: build.short(4, order),
        257: build.short(4, order),
        258: build.short(8, order),
        259: build.short(1, order),
        262: build.short(1, order),
        273: build.long(8, order),
        277: build.short(1, order),
        278: build.short(4, order),
        279: build.long(16, order),
    }
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 24)
    return head + bytes(range(16)) + build.directory({**base, **tags}, 24, following, order)


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders(copy: Copy, order: str) -> None:
    """The copy keeps that of the file."""
    out = copy(page({315: build.text(made.SECRET)}, order=order))
    assert out[:2] == (b"II" if order == "<" else b"MM")
    assert made.shown(out)[0][0] == (4, 4)
    assert made.SECRET.encode() not in out


SMALL = {
    "another cut": {
        254: build.long(1),
        256: build.short(64),
        257: build.short(20),
        273: build.long(8),
        279: build.long(9),
    },
    "the old packing": {259: build.short(6), 0x201: build.long(8), 0x202: build.long(16)},
    "no pixels": {315: build.text(made.SECRET)},
}


@pytest.mark.parametrize("kind", SMALL)
def test_a_small_page_goes(copy: Copy, answer: Answer, kind: str) -> None:
    """It may show what was cut away, or hold notes of its own."""
    large = {256: build.short(48), 257: build.short(32), 278: build.short(32), 279: build.long(16)}
    data = page(large, following=600)
    data += bytes(600 - len(data)) + build.directory(SMALL[kind], 600, 0, "<")
    told = answer(data)
    assert isinstance(told, Cleaned)
    assert told.removed == {"thumbnail": 1}
    assert copy(data) == copy(page(large))


def test_a_small_page_of_the_same_cut_stays(copy: Copy) -> None:
    """Readers of maps and scans use it, and it shows nothing more."""
    reduced = {254: build.long(1), 256: build.short(24), 257: build.short(24), 273: build.long(8), 279: build.long(16)}
    data = page({256: build.short(48), 257: build.short(48), 278: build.short(48)}, following=600)
    data += bytes(600 - len(data)) + build.directory(reduced, 600, 0, "<")
    assert getattr(Image.open(io.BytesIO(copy(data))), "n_frames", 1) == 2


RAW = {
    "DNG": {0xC612: (1, 4, b"\1\4\0\0")},
    "colour filters": {262: build.short(32803)},
    "unknown packing": {259: build.short(34713)},
    "old packing": {259: build.short(6)},
}


@pytest.mark.parametrize("kind", RAW)
def test_raw_files_of_cameras_are_refused(answer: Answer, kind: str) -> None:
    """Their notes lie among the pixels' own."""
    told = answer(page(RAW[kind]))
    assert isinstance(told, Refused)
    assert told.reason == "we cannot clean this kind of file"


def test_a_larger_picture_below_the_first_is_refused(answer: Answer) -> None:
    """As in raw files, where the first page is only a preview."""
    data = page({330: build.long(500)})
    data += bytes(500 - len(data)) + build.directory({256: build.short(40), 257: build.short(40)}, 500, 0, "<")
    assert isinstance(answer(data), Refused)


BROKEN = {
    "a strip outside": page({279: build.long(900)}),
    "no strips": page({273: build.text("words"), 279: build.long(16)}),
    "a page that follows itself": page({}, following=24),
    "a value outside": page({34675: (7, 900, b"x" * 900)})[:-100],
    "no page": b"II*\0\0\0\0\0",
    "strips upon each other": page(
        {273: (4, 9, struct.pack("<9I", *[8] * 9)), 279: (4, 9, struct.pack("<9I", *[99] * 9))}
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_files_are_refused(answer: Answer, kind: str) -> None:
    """With a reason, and without a copy."""
    told = answer(BROKEN[kind])
    assert isinstance(told, Refused)
    assert told.reason


def test_limits_hold(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and strips are bounded."""
    pages = [made.picture()] * 4
    data = made.saved("TIFF", pages[0], save_all=True, append_images=pages[1:])
    monkeypatch.setattr(tiff, "MAX_PAGES", 3)
    assert isinstance(answer(data), Refused)
    monkeypatch.setattr(tiff, "MAX_CHUNKS", 1)
    strips = made.saved("TIFF", made.picture((64, 64)), tiffinfo={278: 8})
    assert isinstance(answer(strips), Refused)


def test_single_fields_cannot_be_kept(answer: Answer) -> None:
    """They go too, and that is said."""
    told = answer(noted(), Wanted(keep=frozenset({"device"})))
    assert isinstance(told, Cleaned)
    assert told.fields["device"] == 1


def test_words_inside_of_packed_strips_are_refused(answer: Answer) -> None:
    """A strip that is a JPEG may hold a comment."""
    strip = made.jpeg(build.segment(0xFE, made.SECRET.encode()), image=made.picture((16, 16), "L"))
    tags = {256: build.short(16), 257: build.short(16), 259: build.short(7), 278: build.short(16)}
    data = page({**tags, 273: build.long(1000), 279: build.long(len(strip))})
    told = answer(data + bytes(1000 - len(data)) + strip)
    assert isinstance(told, Refused)
    assert told.reason == "its pixels lie among words that cannot be taken out"
