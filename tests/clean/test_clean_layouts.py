"""Layouts: whatever the order, width and spread of the parts of a file, pictures and sound stay and notes do not."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clean import made
from tests.clean.conftest import Answer, Copy
from tests.clean.test_clean_boxes import PIXELS, track
from tests.photos import build

from unlisted.remedy.clean import Cleaned, Refused, clean
from unlisted.remedy.clean.boxes import inside, top
from unlisted.remedy.clean.isobmff import STAYS
from unlisted.remedy.clean.pieces import gaps
from unlisted.remedy.clean.source import Source

NOTE = b"Brackwater was at 46.5 -7.25;"
QUIET = settings(max_examples=30, deadline=None, derandomize=True)


def cleaned(folder: Path, data: bytes) -> bytes:
    """The copy of some bytes that can be cleaned."""
    (folder / "x").write_bytes(data)
    told = clean(folder / "x", to=folder / "y")
    assert isinstance(told, Cleaned), told
    return (folder / "y").read_bytes()


# ---- segments, chunks and blocks in any order ----

SEGMENTS = (
    build.exif_segment(made.NOTES),
    build.xmp_segment(made.PACKET),
    build.photoshop_segment(made.RECORDS),
    build.segment(0xFE, NOTE),
    build.segment(0xEF, NOTE),
    build.segment(0xE2, b"FPXR" + NOTE),
    build.segment(0xE0, b"AVI1" + NOTE),
)


@QUIET
@given(st.lists(st.sampled_from(SEGMENTS), max_size=9), st.binary(max_size=60))
def test_any_row_of_segments(tmp_path_factory: pytest.TempPathFactory, segments: list[bytes], tail: bytes) -> None:
    """The copy depends on the picture and its turn alone."""
    folder = tmp_path_factory.mktemp("row")
    turned = SEGMENTS[0] in segments
    plain = made.jpeg(build.exif_segment(build.tiff({0x112: build.short(6)})) if turned else b"")
    (folder / "plain").mkdir()
    assert cleaned(folder, made.jpeg(*segments, tail=tail)) == cleaned(folder / "plain", plain)


CHUNKS = (
    build.chunk(b"tEXt", b"Comment\0" + NOTE),
    build.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + made.PACKET),
    build.chunk(b"tIME", b"\x07\xe8\x05\x06\x07\x08\x09"),
    build.chunk(b"vpAg", NOTE),
    build.chunk(b"iDOT", NOTE),
)


@QUIET
@given(
    st.lists(st.sampled_from(CHUNKS), max_size=9), st.lists(st.sampled_from(CHUNKS), max_size=9), st.binary(max_size=60)
)
def test_any_row_of_chunks(
    tmp_path_factory: pytest.TempPathFactory, before: list[bytes], after: list[bytes], tail: bytes
) -> None:
    """In front of the pixels, behind them, behind the end: the copy is the plain picture."""
    plain = made.png()
    data = plain[:33] + b"".join(before) + plain[33:-12] + b"".join(after) + plain[-12:] + tail
    assert cleaned(tmp_path_factory.mktemp("row"), data) == plain


# ---- items of pictures ----


def heic(
    items: Sequence[tuple[bytes, bytes, list[bytes]]],
    *,
    version: int = 1,
    offset: int = 4,
    length: int = 4,
    base: int = 0,
) -> bytes:
    """A HEIC of items (kind, content type, pieces), whose pieces stand in turn in the media data.

    `version` and the widths are those of the list of places; `base` 4 or 8 puts half of each offset there.
    """
    wide = "I" if version == 2 else "H"
    entries = b"".join(
        build.full(
            b"infe", struct.pack(f">{wide}H4s", number, 0, kind), b"\0", mime + b"\0", version=3 if wide == "I" else 2
        )
        for number, (kind, mime, _) in enumerate(items, 1)
    )
    info = build.full(b"iinf", struct.pack(f">{wide}", len(items)), entries, version=int(wide == "I"))
    head = build.box(b"ftyp", b"heic", bytes(4), b"mif1", b"heic")
    hdlr = build.full(b"hdlr", bytes(4), b"pict", bytes(13))
    turns = max(len(pieces) for _, _, pieces in items)
    ordered = [(item, turn) for turn in range(turns) for item, (_, _, pieces) in enumerate(items) if turn < len(pieces)]

    def meta(start: int) -> bytes:
        places: dict[tuple[int, int], int] = {}
        for item, turn in ordered:
            places[item, turn] = start
            start += len(items[item][2][turn])
        rows = b""
        for number, (_, _, pieces) in enumerate(items):
            first = 7 if base else 0
            rows += struct.pack(f">{wide}", number + 1) + (b"\0\0" if version else b"") + b"\0\0"
            rows += first.to_bytes(base, "big") + struct.pack(">H", len(pieces))
            for turn, piece in enumerate(pieces):
                rows += (places[number, turn] - first).to_bytes(offset, "big") + len(piece).to_bytes(length, "big")
        sizes = struct.pack(">BB", offset << 4 | length, base << 4)
        listing = build.full(b"iloc", sizes, struct.pack(f">{wide}", len(items)), rows, version=version)
        return build.full(b"meta", hdlr, info, listing)

    begin = len(head) + len(meta(100)) + 8
    return head + meta(begin) + build.box(b"mdat", *(items[item][2][turn] for item, turn in ordered))


def parted(data: bytes, count: int) -> list[bytes]:
    """Bytes in about equal parts."""
    step = -(-len(data) // count)
    return [data[at : at + step] for at in range(0, len(data), step)]


@pytest.mark.parametrize("version", [0, 1, 2])
@pytest.mark.parametrize(("offset", "length", "base"), [(4, 4, 0), (8, 8, 0), (4, 4, 4), (8, 4, 8)])
def test_all_kinds_of_lists_of_places(copy: Copy, version: int, offset: int, length: int, base: int) -> None:
    """Versions, widths, offsets in two halves."""
    items = [
        (b"hvc1", b"", [PIXELS]),
        (b"Exif", b"", [bytes(4) + made.NOTES]),
        (b"mime", b"application/rdf+xml", [made.PACKET]),
    ]
    data = heic(items, version=version, offset=offset, length=length, base=base)
    assert made.SECRET.encode() in data
    out = copy(data)
    assert len(out) == len(data)
    assert out.index(PIXELS) == data.index(PIXELS)
    assert made.SECRET.encode() not in out


@pytest.mark.parametrize("count", [2, 5, 30])
def test_items_in_pieces(copy: Copy, count: int) -> None:
    """Pieces of pictures and notes stand in turn; only those of the notes are overwritten."""
    items = [(b"hvc1", b"", parted(PIXELS, count)), (b"Exif", b"", parted(bytes(4) + made.NOTES, count))]
    data = heic(items)
    out = copy(data)
    assert made.SECRET.encode() not in out
    for part in parted(PIXELS, count):
        assert out.index(part) == data.index(part)


def test_a_note_that_is_listed_twice_is_overwritten_once(copy: Copy) -> None:
    """Two items may share their bytes."""
    block = bytes(4) + made.NOTES
    data = heic([(b"hvc1", b"", [PIXELS]), (b"Exif", b"", [block]), (b"Exif", b"", [block])])
    at = data.index(b"iloc") + 4 + 8 + 16  # behind the first row; rows have 16 bytes, of which the last 8 say where
    shared = data[: at + 24] + data[at + 8 : at + 16] + data[at + 32 :]
    assert shared != data
    out = copy(shared)
    assert made.SECRET.encode() not in out
    assert PIXELS in out


@pytest.mark.parametrize("wide", [False, True])
def test_properties_are_found_by_both_kinds_of_lists(answer: Answer, wide: bool) -> None:
    """Numbers of items and of properties may be short or long."""
    shapes = [build.full(b"ispe", struct.pack(">II", *pair)) for pair in ((400, 300), (160, 40))]
    row = struct.Struct(">IBH" if wide else ">HBB")
    listing = build.box(b"ipma", bytes([wide, 0, 0, wide]), struct.pack(">I", 2), row.pack(1, 1, 1), row.pack(2, 1, 2))
    props = build.box(b"iprp", build.box(b"ipco", *shapes), listing)
    number = ">IHI" if wide else ">HHH"
    refs = build.full(b"iref", build.box(b"thmb", struct.pack(number, 2, 1, 1)), version=int(wide))
    data = heic([(b"hvc1", b"", [PIXELS]), (b"hvc1", b"", [b"small"])], version=2 if wide else 1)
    at = data.index(b"meta")
    size = int.from_bytes(data[at - 4 : at], "big") + len(props + refs)
    end = at - 4 + int.from_bytes(data[at - 4 : at], "big")
    told = answer(data[: at - 4] + struct.pack(">I", size) + data[at:end] + props + refs + data[end:] + bytes(200))
    assert isinstance(told, Refused)
    assert told.reason == "it holds a small picture that shows more than the picture"


# ---- samples of videos ----


def laid(chunks: list[tuple[int, int]], start: int) -> tuple[bytes, dict[int, list[tuple[int, int]]]]:
    """Media data of chunks (track, length), and where the chunks of each track stand."""
    media, places = b"", {0: [], 1: [], 2: []}  # type: tuple[bytes, dict[int, list[tuple[int, int]]]]
    for number, (owner, length) in enumerate(chunks):
        places[owner].append((start + len(media), length))
        media += NOTE * 4 if owner == 3 else bytes([number % 200 + 1]) * length
    return media, places


@QUIET
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 90)), min_size=1, max_size=30))
def test_any_order_of_chunks(tmp_path_factory: pytest.TempPathFactory, chunks: list[tuple[int, int]]) -> None:
    """Picture, sound and telemetry stand in turn: the first two stay where they are, the third is zero."""
    start = len(build.box(b"ftyp", b"mp42", bytes(4), b"mp42")) + 8
    media, places = laid(chunks, start)
    tracks = [
        track(b"vide", places[0]),
        track(b"soun", places[1], number=2, form=b"mp4a"),
        track(b"meta", places[2], number=3, form=b"gpmd"),
    ]
    data = build.movie(build.movie_header(0), *tracks, media=media)
    out = cleaned(tmp_path_factory.mktemp("film"), data)
    assert len(out) == len(data)
    for owner, spans in places.items():
        for at, length in spans:
            assert out[at : at + length] == (bytes(length) if owner == 2 else data[at : at + length])


def table(track_box: bytes, old: bytes, new: bytes) -> bytes:
    """A track with one of its tables replaced by a larger one: all sizes around it grow too."""
    assert old in track_box
    out = track_box.replace(old, new)
    for kind in (b"stbl", b"minf", b"mdia", b"trak"):
        at = out.index(kind) - 4
        size = int.from_bytes(out[at : at + 4], "big") + len(new) - len(old)
        out = out[:at] + struct.pack(">I", size) + out[at + 4 :]
    return out


def test_long_offsets_and_equal_samples(copy: Copy) -> None:
    """Offsets of eight bytes; samples of one size, several in a chunk, as a run of chunks says."""
    start = len(build.box(b"ftyp", b"mp42", bytes(4), b"mp42")) + 8
    spans = [(start + 300, 10), (start + 400, 10), (start + 500, 10)]
    plain = track(b"meta", spans, number=2, form=b"gpmd")
    short = build.full(b"stco", struct.pack(">I", 3), *(struct.pack(">I", at) for at, _ in spans))
    long = build.full(b"co64", struct.pack(">I", 3), *(struct.pack(">Q", at) for at, _ in spans))
    one = build.full(b"stsz", struct.pack(">II", 0, 3), *(struct.pack(">I", 10) for _ in spans))
    same = build.full(b"stsz", struct.pack(">II", 10, 8))
    run = build.full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1))
    runs = build.full(b"stsc", struct.pack(">I", 2), struct.pack(">III", 1, 3, 1), struct.pack(">III", 3, 2, 1))
    wide = table(table(table(plain, short, long), one, same), run, runs)
    media = bytes([7]) * 600
    data = build.movie(build.movie_header(0), track(b"vide", [(start, 300), (start + 550, 50)]), wide, media=media)
    out = copy(data)
    wiped = {at for at in range(600) if not out[start + at]}
    assert wiped == set(range(300, 550))  # the samples, and what lies between them


def test_long_headers_and_long_times(copy: Copy) -> None:
    """A media box with a size of eight bytes, and clocks of eight."""
    head = build.box(b"ftyp", b"mp42", bytes(4), b"mp42")
    media = struct.pack(">I4sQ", 1, b"mdat", 16 + 50) + b"m" * 50
    clock = build.full(b"mvhd", struct.pack(">QQ", 3_800_000_000, 3_800_000_001), bytes(92), version=1)
    data = head + media + build.box(b"moov", clock, track(b"vide", [(len(head) + 16, 50)]))
    out = copy(data)
    assert out[: len(head) + 66] == data[: len(head) + 66]
    assert out[out.index(b"mvhd") + 8 :][:16] == bytes(16)


def test_the_list_may_stand_in_front(copy: Copy) -> None:
    """Videos for the web have it there; notes within become free space, so nothing moves."""
    head = build.box(b"ftyp", b"mp42", bytes(4), b"mp42")
    words = build.box(b"udta", build.user_text(b"\xa9xyz", "+46.5000-007.2500/"))

    def list_of(start: int) -> bytes:
        return build.box(b"moov", build.movie_header(0), words, track(b"vide", [(start, 60)]))

    start = len(head) + len(list_of(0)) + 8
    data = head + list_of(start) + build.box(b"mdat", b"m" * 60)
    out = copy(data)
    assert out[start:] == data[start:]
    assert b"+46.5" not in out


# ---- the small parts ----


@QUIET
@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30)), max_size=12), st.integers(0, 60), st.integers(0, 60)
)
def test_gaps_are_what_nobody_takes(taken: list[tuple[int, int]], start: int, size: int) -> None:
    """Byte by byte."""
    own = {at for first, length in taken for at in range(first, first + length)}
    free = [at for first, length in gaps((start, start + size), taken) for at in range(first, first + length)]
    assert free == [at for at in range(start, start + size) if at not in own]


def test_boxes_end_where_the_file_does(tmp_path: Path) -> None:
    """The last may have no size; behind what is none, nothing is followed; one that stays must be whole."""
    data = build.box(b"ftyp", b"heic") + struct.pack(">I4s", 0, b"mdat") + b"rest"
    (tmp_path / "x").write_bytes(data)
    with Source(tmp_path / "x") as file:
        found = list(top(file, STAYS))
        assert [(box.kind, box.end) for box in found] == [(b"ftyp", 12), (b"mdat", len(data))]
        assert list(inside(data, 0, found[0], 4)) == []
    (tmp_path / "x").write_bytes(build.box(b"ftyp", b"heic") + b"\0\0\0\x03junk")
    with Source(tmp_path / "x") as file:
        assert [box.kind for box in top(file, STAYS)] == [b"ftyp"]
