"""PNG, WebP, AVI, GIF, Photoshop files, camera files of their own kinds, PDF, and files that are none of these."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.photos import build

from unlisted.extract.photo import gif, iptc, isobmff, png, riff
from unlisted.extract.photo.found import Found
from unlisted.model.evidence import Photo

Read = Callable[[bytes], Photo]

PACKET = build.xmp(attributes='photoshop:City="Marrow Bay"')
BLOCK = build.tiff(gps=build.gps())
SEA = [(*build.SEA, "exif")]


def spots(photo: Photo) -> list[tuple[float, float, str]]:
    """Positions, rounded."""
    return [(round(p.lat, 4), round(p.lon, 4), p.origin) for p in photo.positions]


def test_png_block_in_front_and_behind(read: Read) -> None:
    """The camera's chunk is found in front of the pixels and behind them, with or without a prefix."""
    for data in (BLOCK, b"Exif\0\0" + BLOCK):
        assert spots(read(build.png(build.chunk(b"eXIf", data)))) == SEA
        photo = read(build.png(behind=[build.chunk(b"eXIf", data)]))
        assert (spots(photo), photo.format, photo.width, photo.status) == (SEA, "PNG", 400, "read")


@pytest.mark.parametrize(
    "chunk",
    [
        build.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET),
        build.chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(PACKET)),
        build.chunk(b"zTXt", b"XML:com.adobe.xmp\0\0" + zlib.compress(PACKET)),
        build.chunk(b"tEXt", b"XML:com.adobe.xmp\0" + PACKET),
        build.chunk(
            b"zTXt", b"Raw profile type xmp\0\0" + zlib.compress(b"\nxmp\n%8d\n" % len(PACKET) + PACKET.hex().encode())
        ),
    ],
)
def test_png_packets(read: Read, chunk: bytes) -> None:
    """A packet is found in each kind of text chunk, packed or not."""
    assert read(build.png(chunk)).place_names == ("Marrow Bay",)


@pytest.mark.parametrize("name", ["exif", "APP1"])
def test_png_profile_in_hex(read: Read, name: str) -> None:
    """The older way, a profile written in hex digits with line breaks, is read."""
    digits = (b"Exif\0\0" + BLOCK).hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    data = f"Raw profile type {name}\0\0".encode() + zlib.compress(f"\n{name}\n {len(digits) // 2}\n{lines}\n".encode())
    assert spots(read(build.png(build.chunk(b"zTXt", data)))) == SEA


def test_png_newsroom_profile(read: Read) -> None:
    """IPTC in a hex profile is read, bare or in a resource list."""
    for block in (build.iptc((90, "Old Quay")), build.resources((0x0404, build.iptc((90, "Old Quay"))))):
        data = b"Raw profile type iptc\0\0" + zlib.compress(b"\niptc\n%d\n" % len(block) + block.hex().encode())
        assert read(build.png(build.chunk(b"zTXt", data))).place_names == ("Old Quay",)


def test_png_place_in_plain_text(read: Read) -> None:
    """A converter's text chunks give a place; without letters it is not sure."""
    texts = {"exif:GPSLatitude": "46/1, 30/1, 0/1", "exif:GPSLongitude": "7/1, 15/1, 0/1"}
    letters = {"exif:GPSLatitudeRef": "N", "exif:GPSLongitudeRef": "W"}
    whole = read(build.png(*(build.chunk(b"tEXt", f"{k}\0{v}".encode()) for k, v in (texts | letters).items())))
    assert spots(whole) == [(*build.SEA, "png-text")]
    half = read(build.png(*(build.chunk(b"tEXt", f"{k}\0{v}".encode()) for k, v in texts.items())))
    assert [p.sure for p in half.positions] == [False]


def test_png_words(read: Read) -> None:
    """Author, software, title, serial number and time of text chunks go to their fields."""
    texts = {"Author": "Odo Finch", "Software": "Inkpot 3", "Title": "At the quay", "exif:BodySerialNumber": "LF-0001",
             "Creation Time": "2025-03-14T12:30:05", "Copyright": "(c) Odo"}  # fmt: skip
    photo = read(build.png(*(build.chunk(b"tEXt", f"{k}\0{v}".encode()) for k, v in texts.items())))
    assert (photo.owners, photo.captions, photo.serials, photo.contacts) == (
        ("Odo Finch",),
        ("At the quay",),
        ("LF-0001",),
        ("(c) Odo",),
    )
    assert photo.device is not None
    assert photo.device.software == "Inkpot 3"
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2025-03-14T12:30:05"


def test_png_time_of_the_last_change(read: Read) -> None:
    """The time chunk is a time of change; a broken one is none."""
    photo = read(
        build.png(build.chunk(b"tIME", struct.pack(">HBBBBB", 2025, 3, 14, 12, 30, 5)), build.chunk(b"tIME", b"\0"))
    )
    assert len(photo.times) == 1
    assert photo.taken_at is None


def test_unpacking_is_limited() -> None:
    """A packed text grows to the limit and no further; a broken one is nothing."""
    bomb = zlib.compress(bytes(3 * png.MAX_INFLATED))
    assert len(bomb) < 20_000
    assert len(png.inflate(bomb)) == png.MAX_INFLATED
    assert png.inflate(b"no stream") == b""


def test_texts_share_what_they_may_grow_to(read: Read) -> None:
    """Many packed texts together grow to the limit; what stands in front of it is told."""
    bomb = build.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(png.MAX_INFLATED)))
    words = build.chunk(b"zTXt", b"Author\0\0" + zlib.compress(b"Odo Finch"))
    assert read(build.png(words, bomb)).owners == ("Odo Finch",)
    assert read(build.png(bomb, words)).owners == ()


def test_broken_stream_keeps_its_front() -> None:
    """What could be unpacked in front of a broken part is kept."""
    whole = zlib.compress(bytes(range(256)) * 4_000, 0)
    hurt = whole[: 3 * png.STEP] + b"\xff" * 70_000
    assert len(png.inflate(hurt)) >= 2 * png.STEP


@pytest.mark.parametrize("length", [0x7FFFFFFF, 0xFFFFFFFF, 500])
def test_png_length_that_lies(read: Read, length: int) -> None:
    """A chunk that claims more than the file holds is damage, and what stands in front is told."""
    whole = build.png(build.chunk(b"eXIf", BLOCK))
    photo = read(whole[:-12] + struct.pack(">I4s", length, b"tEXt") + b"x")
    assert spots(photo) == SEA
    assert photo.status == "damaged"


def test_png_chunks_are_counted(read: Read) -> None:
    """A file of more chunks than the limit is read as far as that."""
    photo = read(build.png(build.chunk(b"eXIf", BLOCK), *[build.chunk(b"teSt", b"")] * (png.MAX_CHUNKS + 10)))
    assert spots(photo) == SEA


@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
def test_webp(read: Read, prefix: bytes) -> None:
    """Exif with or without a prefix, XMP and the size of WebP are read; odd chunks are padded."""
    shape = struct.pack("<I", 0x0C) + (399).to_bytes(3, "little") + (299).to_bytes(3, "little")
    photo = read(build.riff(b"WEBP", (b"VP8X", shape), (b"ALPH", b"odd"), (b"EXIF", prefix + BLOCK), (b"XMP ", PACKET)))
    assert (photo.format, photo.width, photo.height, photo.status) == ("WEBP", 400, 300, "read")
    assert spots(photo) == SEA
    assert photo.place_names == ("Marrow Bay",)


def test_webp_sizes(read: Read) -> None:
    """The size of plain and lossless WebP comes from their own headers."""
    lossy = read(build.riff(b"WEBP", (b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 400, 300))))
    lossless = read(build.riff(b"WEBP", (b"VP8L", b"\x2f" + struct.pack("<I", 399 | 299 << 14))))
    assert (lossy.width, lossy.height) == (lossless.width, lossless.height) == (400, 300)


def test_avi(read: Read) -> None:
    """An AVI's list gives time, software and author; media is stepped over."""
    header = b"hdrl" + b"IDIT" + struct.pack("<I", 24) + b"Fri Mar 14 12:30:05 2025"
    words = b"INFO" + b"ISFT" + struct.pack("<I", 8) + b"Inkpot 3" + b"IART" + struct.pack("<I", 10) + b"Odo Finch\0"
    photo = read(build.riff(b"AVI ", (b"LIST", header), (b"LIST", words), (b"LIST", b"movi" + bytes(100))))
    assert (photo.format, photo.owners) == ("AVI", ("Odo Finch",))
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2025-03-14T12:30:05"
    assert photo.device is not None
    assert photo.device.software == "Inkpot 3"


def test_riff_chunks_are_counted(read: Read) -> None:
    """A file of more chunks than the limit is read as far as that."""
    photo = read(build.riff(b"WEBP", *[(b"teSt", b"")] * (riff.MAX_CHUNKS + 10), (b"EXIF", BLOCK)))
    assert photo.positions == ()


def test_gif(read: Read) -> None:
    """Comments and the packet of a GIF are read."""
    comment = b"!\xfe\x0bAt the quay\0"
    magic = b"\x01" + bytes(range(255, 0, -1)) + b"\0"
    packet = b"!\xff\x0bXMP DataXMP" + PACKET + magic + b"\0"
    photo = read(build.gif(comment, packet))
    assert (photo.format, photo.width, photo.status) == ("GIF", 40, "read")
    assert (photo.captions, photo.place_names) == (("At the quay",), ("Marrow Bay",))


def test_gif_that_breaks_off(read: Read) -> None:
    """A GIF without an end is damaged; endless blocks end at the limit."""
    assert read(build.gif()[:-1]).status == "damaged"
    photo = read(build.gif(b"!\xfe\x01x\0" * (gif.MAX_BLOCKS + 10)))
    assert len(photo.captions) == 1


def test_photoshop_file(read: Read) -> None:
    """The resource list of a Photoshop file is read with its size; a cut list is damage."""
    data = build.psd((0x0404, build.iptc((90, "Old Quay"))), (0x0422, BLOCK), (0x0424, PACKET))
    photo = read(data)
    assert (photo.format, photo.width, photo.height) == ("PSD", 400, 300)
    assert spots(photo) == SEA
    assert set(photo.place_names) == {"Old Quay", "Marrow Bay"}
    assert read(data[:-40]).status == "damaged"


def test_long_newsroom_value() -> None:
    """A dataset with an extended length is read; one that claims more than there is gives what is there."""
    words = "At the quay. " * 20
    found = Found()
    iptc.read(
        b"\x1c\2\x78\x80\4" + struct.pack(">I", len(words)) + words.encode() + b"\x1c\2\x5a\x7f\xffMarrow Bay", found
    )
    assert list(found.captions) == [words.strip()]
    assert list(found.place_names) == ["Marrow Bay"]


def test_datasets_and_resources_are_counted() -> None:
    """Endless datasets and resources end at their limits."""
    found = Found()
    iptc.read(build.iptc(*[(0, "")] * (iptc.MAX_DATASETS + 1), (90, "Marrow Bay")), found)
    iptc.resources(
        build.resources(*[(1, b"")] * (iptc.MAX_RESOURCES + 1), (0x0404, build.iptc((90, "Old Quay")))), found
    )
    assert list(found.place_names) == []


def test_fujifilm_raw(read: Read) -> None:
    """The JPEG inside a Fujifilm file is read; a pointer to nothing is damage."""
    inner = build.jpeg(build.exif_segment(BLOCK))
    head = b"FUJIFILMCCD-RAW 0201".ljust(84, b"\0")
    photo = read(head + struct.pack(">II", 100, len(inner)) + bytes(8) + inner)
    assert (photo.format, spots(photo)) == ("RAF", SEA)
    assert read(head + struct.pack(">II", 9_000, 10) + bytes(8) + inner).status == "damaged"


def test_minolta_raw(read: Read) -> None:
    """The block of a Minolta file is read."""
    part = struct.pack(">4sI", b"\0TTW", len(BLOCK)) + BLOCK
    other = struct.pack(">4sI", b"\0PRD", 8) + bytes(8)
    photo = read(b"\0MRM" + struct.pack(">I", len(other) + len(part)) + other + part)
    assert (photo.format, spots(photo)) == ("MRW", SEA)


def test_sigma_raw(read: Read) -> None:
    """The properties and the preview of a Sigma file are read."""
    pairs = [("CAMMANUF", "Lanternfish"), ("CAMMODEL", "Deep 3"), ("CAMSERIAL", "770001"), ("TIME", "1741955405")]
    words, table, at = b"", b"", 0
    for name, value in pairs:
        table += struct.pack("<II", at, at + len(name) + 1)
        words += f"{name}\0{value}\0".encode("utf-16-le")
        at += len(name) + len(value) + 2
    properties = b"SECp" + struct.pack("<III", 0x20000, len(pairs), 0) + struct.pack("<II", 0, at) + table + words
    picture = b"SECi" + bytes(24) + build.jpeg(build.exif_segment(BLOCK))
    first = 40
    second = first + len(properties)
    listing = b"SECd" + struct.pack("<II", 0x20000, 2)
    listing += struct.pack("<II4s", first, len(properties), b"PROP") + struct.pack(
        "<II4s", second, len(picture), b"IMA2"
    )
    data = b"FOVb".ljust(first, b"\0") + properties + picture
    photo = read(data + listing + struct.pack("<I", len(data)))
    assert (photo.format, photo.serials, spots(photo)) == ("X3F", ("770001",), SEA)
    assert photo.device is not None
    assert photo.device.model == "Deep 3"
    assert read(data + struct.pack("<I", 7)).status == "damaged"


def test_older_canon_raw(read: Read) -> None:
    """The nested lists of an older Canon file give camera, owner and time."""
    model = b"Lanternfish\0Deep 3\0"
    owner = b"Odo Finch\0"
    when = struct.pack("<III", 1_741_955_405, 0, 0)

    def heap(*items: tuple[int, bytes]) -> bytes:
        values, rows = b"", b""
        for tag, data in items:
            rows += struct.pack("<HII", tag, len(data), len(values))
            values += data
        return values + struct.pack("<H", len(items)) + rows + struct.pack("<I", len(values))

    inner = heap((0x080A, model), (0x0810, owner), (0x180E, when))
    data = b"II" + struct.pack("<I", 26) + b"HEAPCCDR" + bytes(12) + heap((0x300A, heap((0x2807, inner))))
    photo = read(data)
    assert (photo.format, photo.owners) == ("CRW", ("Odo Finch",))
    assert photo.device is not None
    assert (photo.device.make, photo.device.model) == ("Lanternfish", "Deep 3")
    assert photo.taken_at is not None


def test_bare_block_and_document(read: Read) -> None:
    """A camera's block in a file of its own, and the packet of a PDF, are read; a PDF without a plain packet says so."""
    assert spots(read(b"Exif\0\0" + BLOCK)) == SEA
    assert read(b"%PDF-1.7\n" + bytes(300) + PACKET + b"\n%%EOF").place_names == ("Marrow Bay",)
    assert read(b"%PDF-1.7\n" + bytes(300) + b"\n%%EOF").skipped


@pytest.mark.parametrize("data", [b"", b"\0", b"hello, world", b"PK\3\4" + bytes(60), b'{"a": 1}', bytes(5_000)])
def test_what_is_no_photo(read: Read, data: bytes) -> None:
    """A file of another kind is unsupported with a reason, never "nothing found"."""
    photo = read(data)
    assert photo.status == "unsupported"
    assert photo.reason


def test_the_name_decides_nothing(read: Read) -> None:
    """The kind of a file comes from its bytes: the fixture's name has an unknown ending."""
    assert read(build.png()).format == "PNG"


@given(st.binary(max_size=300))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_newsroom_bytes(data: bytes) -> None:
    """No bytes in IPTC or resource lists raise, and none becomes a position: these lists hold words."""
    found = Found()
    iptc.read(b"\x1c\2" + data, found)
    assert list(found.positions) == []
    iptc.resources(b"8BIM\4\4" + data, found)
    assert all(str(word).strip() for word in found.place_names)


MANIFEST = (
    b'\0\0\0\x20jumbc2pa\0\0{"author":[{"@type":"Person","name":"Odo Finch"},{"name":"Inkpot","@type":"Organization"}]}'
)


@pytest.mark.parametrize(
    "data",
    [
        build.jpeg(build.segment(0xEB, b"JP\0\1\0\0\0\1" + MANIFEST)),
        build.png(build.chunk(b"caBX", MANIFEST)),
        build.heic([build.xmp_item(PACKET)]) + build.box(b"uuid", isobmff.C2PA_ID, MANIFEST),
    ],
)
def test_content_credentials(read: Read, data: bytes) -> None:
    """Content credentials are named in each kind of file, with the person whom they name and not the firm."""
    assert read(data).credentials == ("content credentials", "Odo Finch")


def test_another_box_is_no_credential(read: Read) -> None:
    """A segment of the same kind that holds something else is not taken for credentials."""
    assert read(build.jpeg(build.segment(0xEB, b"JP\0\1\0\0\0\1" + b"jumbother"))).credentials == ()
