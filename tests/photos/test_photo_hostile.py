"""Hostile files: nothing raises, nothing runs away, nothing of a person is shown."""

from __future__ import annotations

import os
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step
from tests.photos import build

from unlisted.errors import NotRead, TooLarge
from unlisted.extract.photo import read_photo, reader, trailer, walk, words
from unlisted.extract.photo.found import MAX_POSITIONS, MAX_VALUES, MAX_WORK, Found
from unlisted.extract.photo.reader import Reader
from unlisted.model.evidence import Photo

Read = Callable[[bytes], Photo]

BLOCK = build.tiff(
    {0x10F: build.text("Canon"), 0x13B: build.text("Odo Finch"), 0x8298: build.text("(c)")},
    exif={0x9003: build.text("2025:03:14 12:30:05"), 0xA431: build.text("LF-0001"), 0x927C: build.raw(bytes(60))},
    gps=build.gps(),
    thumbnail=build.small_jpeg(160, 120),
)
PACKET = build.xmp("<dc:creator><rdf:Seq><rdf:li>Odo</rdf:li></rdf:Seq></dc:creator>", 'photoshop:City="Marrow Bay"')
VIDEO = build.tracked(b"gpmd", build.telemetry(*build.SEA))

LIMIT = "it has more parts than we follow"

SAMPLES = {
    "jpeg": build.jpeg(
        build.exif_segment(BLOCK),
        build.xmp_segment(PACKET),
        build.photoshop_segment(build.iptc((80, "Odo"))),
        tail=VIDEO,
    ),
    "tiff": build.tiff({700: build.raw(PACKET), 0x100: build.long(9), 0x101: build.long(9)}, exif={}, gps=build.gps()),
    "heic": build.heic([build.exif_item(BLOCK), build.xmp_item(PACKET)]) + build.box(b"mpvd", VIDEO),
    "store": build.heic([build.exif_item(BLOCK)], method=1, brand=b"avif"),
    "video": VIDEO,
    "keys": build.movie(
        build.keys({"com.apple.quicktime.location.ISO6709": "+46.5-007.2/"}), build.movie_header(3_900_000_000)
    ),
    "png": build.png(build.chunk(b"eXIf", BLOCK), build.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET)),
    "webp": build.riff(b"WEBP", (b"EXIF", BLOCK), (b"XMP ", PACKET)),
    "gif": build.gif(b"!\xff\x0bXMP DataXMP" + PACKET + b"\x01" + bytes(range(255, 0, -1)) + b"\0\0"),
    "psd": build.psd((0x0422, BLOCK), (0x0404, build.iptc((90, "Old Quay")))),
    "packet": PACKET,
}


def hurt(data: bytes, chance: random.Random) -> bytes:
    """One to five wounds: bytes, extreme numbers, cuts, repeats."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(max(1, len(out) - 8))
        kind = chance.randrange(5)
        if kind == 0:
            out[at] = chance.randrange(256)
        elif kind == 1:
            out[at : at + 4] = chance.choice(
                [b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", struct.pack(">I", at), struct.pack("<I", at)]
            )
        elif kind == 2:
            del out[at : at + chance.randint(1, 200)]
        elif kind == 3:
            out[at:at] = out[at : at + chance.randint(4, 400)] * chance.randint(1, 6)
        else:
            out[at : at + 2] = chance.choice([b"\xff\xff", b"\0\0", b"\0\1"])
    return bytes(out)


@pytest.mark.parametrize("kind", SAMPLES)
def test_whole_samples_are_read(read: Read, kind: str) -> None:
    """Each sample, unhurt, is read and gives something: else the tests below would try nothing."""
    photo = read(SAMPLES[kind])
    assert photo.status == "read"
    assert photo.positions or photo.place_names


@pytest.mark.parametrize("kind", SAMPLES)
def test_places_only_finds_the_same_places(tmp_path: Path, kind: str) -> None:
    """The faster way finds the same positions and leaves names and numbers out."""
    path = tmp_path / "a.bin"
    path.write_bytes(SAMPLES[kind])
    whole, brief = read_photo(path), read_photo(path, places_only=True)
    assert [(p.lat, p.lon, p.origin) for p in brief.positions] == [(p.lat, p.lon, p.origin) for p in whole.positions]
    assert (brief.serials, brief.thumbnail) == ((), None)


@pytest.mark.parametrize("kind", SAMPLES)
def test_wounds_never_raise(tmp_path: Path, kind: str) -> None:
    """Seeded wounds of each kind of file raise nothing but our own limits, even without the outermost net."""
    chance = random.Random(kind)
    path = tmp_path / "hurt.bin"
    for _ in range(120):
        path.write_bytes(hurt(SAMPLES[kind], chance))
        found = Found()
        with Reader(path) as file:
            try:
                walk(file, found)
            except NotRead as limit:
                found.hurt(limit.reason)
        assert found.photo("x").status in {"read", "damaged"}


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_cut(tmp_path: Path, kind: str) -> None:
    """A file that is cut anywhere raises nothing and has one of the three states."""
    whole = SAMPLES[kind]
    path = tmp_path / "cut.bin"
    for end in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:end])
        assert read_photo(path).status in {"read", "damaged", "unsupported"}


@given(
    st.binary(max_size=500),
    st.sampled_from([sample[:size] for sample in SAMPLES.values() for size in (4, 12, 40, 200)]),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_bytes_behind_any_head(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    """No bytes behind the head of any kind of file raise."""
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(head + data)
    assert read_photo(path).status in {"read", "damaged", "unsupported"}


def test_the_net_holds(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours in a reader becomes damage of the file; what was read before it stays."""

    def wrong(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(trailer, "read", wrong)
    photo = read(SAMPLES["jpeg"])
    assert photo.status == "damaged"
    assert photo.owners


GROWING: dict[str, Callable[[int], bytes]] = {
    "segments": lambda n: build.jpeg(*[build.segment(0xE1, b"Exif\0\0" + BLOCK)] * n),
    "fill": lambda n: b"\xff\xd8" + b"\xff" * (n * 60),
    "boxes": lambda n: build.heic([build.xmp_item(PACKET)]) + struct.pack(">I4s", 8, b"free") * (n * 8),
    "items": lambda n: build.heic([build.xmp_item(PACKET)] * min(n, 400)),
    "nested": lambda n: build.movie(*[build.box(b"trak", build.box(b"mdia", build.box(b"minf", b"")))] * n),
    "chunks": lambda n: build.png(*[build.chunk(b"tEXt", b"Author\0Odo")] * (n * 4)),
    "blocks": lambda n: build.gif(b"!\xfe\x01x\0" * (n * 10)),
    "packets": lambda n: build.jpeg(*[build.xmp_segment(PACKET)] * n),
    "fake ends": lambda n: build.jpeg(tail=b"\0\0\0\x20ftyp\xff\xff" * (n * 200)),
}


@pytest.mark.parametrize("kind", GROWING)
def test_time_grows_with_the_file(tmp_path: Path, kind: str) -> None:
    """A file twice as long takes at most about twice the time."""

    def file(count: int) -> Path:
        (path := tmp_path / f"{count}.bin").write_bytes(GROWING[kind](count))
        return path

    grows_in_step(file, read_photo, 300, largest=600)


def test_reads_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that leads to more reads, parts or bytes than the limits is stopped."""
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(300_000))
    for name, limit in (("MAX_READS", 5), ("MAX_STEPS", 5), ("MAX_BYTES", 60_000)):
        with monkeypatch.context() as change, Reader(path) as file:
            change.setattr(reader, name, limit)
            with pytest.raises(TooLarge):
                [file.at(at, 10) for at in range(70_000, 290_000, 20_000)]


COSTLY = {
    "packets": build.jpeg(*[build.xmp_segment(b"<a>" + b"<b/>" * 15_000)] * 40),
    "broken packets": build.jpeg(*[build.xmp_segment(b"<a " + b" c:d='e'" * 7_500)] * 300),
    "records": build.jpeg(*[build.photoshop_segment(build.iptc(*[(0, "")] * 1_900))] * 300),
    "directories": build.jpeg(*[build.exif_segment(build.tiff({n: build.short(1) for n in range(900)}))] * 300),
    "samples": build.movie(
        *[build.track(b"gpmd", [(100, 60_000)] * 200)] * 30, media=build.klv(b"DEVC", b"\0", 1, b"ABCDL\0\0\0" * 4_000)
    ),
    "texts": build.png(*[build.chunk(b"tEXt", b"Author\0Odo")] * 25_000),
}


@pytest.mark.parametrize("kind", COSTLY)
def test_work_is_counted(read: Read, kind: str) -> None:
    """A file whose parts are within their limits, but many, is stopped by the limit of work as a whole, and says so."""
    photo = read(COSTLY[kind])
    assert (photo.status, photo.reason) in {("damaged", LIMIT), ("damaged", "a text block inside it is broken")}


def test_limit_of_work() -> None:
    """Work up to the limit is allowed; one more step is not."""
    found = Found()
    found.spend(MAX_WORK)
    with pytest.raises(TooLarge, match=LIMIT):
        found.spend(1)


def test_one_part_is_limited(tmp_path: Path) -> None:
    """A part larger than a block is not read at once."""
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(100))
    os.truncate(path, reader.MAX_BLOCK * 3)
    with Reader(path) as file, pytest.raises(TooLarge):
        file.at(80_000, reader.MAX_BLOCK + 1)


def test_reads_outside_give_nothing(tmp_path: Path) -> None:
    """Reads before the start, behind the end and of nothing give no bytes; one over the end gives what is there."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"0123456789" * 8_000)
    with Reader(path) as file:
        assert file.at(-1, 5) == file.at(5, 0) == file.at(5, -3) == file.at(80_000, 5) == file.at(1 << 70, 5) == b""
        assert file.at(79_997, 50) == b"789"
        assert file.at(70_001, 4) == b"1234"
        assert file.tail(3) == b"789"


def test_never_the_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large picture only its head and its tail are read."""
    path = tmp_path / "large.jpg"
    path.write_bytes(build.jpeg(build.exif_segment(BLOCK))[:-2] + bytes(20_000_000) + b"\xff\xd9")
    got: list[int] = []
    real = reader._pread

    def counted(fd: int, length: int, offset: int) -> bytes:
        data: bytes = real(fd, length, offset)
        got.append(len(data))
        return data

    monkeypatch.setattr(reader, "_pread", counted)
    assert read_photo(path).status == "read"
    assert sum(got) < 200_000


def test_search_for_a_video_is_limited(tmp_path: Path) -> None:
    """A video that lies further from the end than the limit is not looked for, and the rest is told."""
    path = tmp_path / "large.jpg"
    path.write_bytes(build.jpeg(build.exif_segment(BLOCK), tail=VIDEO))
    os.truncate(path, trailer.MAX_SEARCH + 100_000)
    photo = read_photo(path)
    assert photo.embedded == ()
    assert len(photo.positions) == 1


def test_values_and_positions_are_counted() -> None:
    """At most the limits are kept of any field."""
    found = Found()
    for number in range(MAX_VALUES + MAX_POSITIONS):
        found.place(10 + number / 1000, 20, "track")
        found.add(found.keywords, f"boat {number}")
        found.time(1, words.time_of("2025-03-14"))
        found.other_time(words.time_of("2025-03-14"))
    found.add(found.captions, "x" * 50_000)
    photo = found.photo("x")
    assert len(photo.positions) == MAX_POSITIONS
    assert len(photo.keywords) == MAX_VALUES
    assert len(photo.captions[0]) == words.MAX_TEXT


@pytest.mark.parametrize("path", ["nothing.jpg", ".", "bad\0name"])
def test_what_is_no_file(tmp_path: Path, path: str) -> None:
    """A missing file, a folder and an impossible name are refused with a plain reason without the path."""
    with pytest.raises(NotRead) as told:
        read_photo(str(tmp_path) + "/" + path)
    assert str(tmp_path) not in told.value.reason


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no devices in the file tree")
def test_devices_are_refused() -> None:
    """A device is no ordinary file and is not read."""
    with pytest.raises(NotRead, match="ordinary"):
        read_photo("/dev/zero")


def test_files_are_closed(tmp_path: Path) -> None:
    """No file stays open, whatever happened while it was read."""
    path = tmp_path / "a.jpg"
    path.write_bytes(SAMPLES["jpeg"])
    with Reader(path) as file:
        number = file._fd
    for data in (SAMPLES["jpeg"], b"", b"\xff\xd8\xff"):
        path.write_bytes(data)
        read_photo(path)
        with Reader(path) as file:
            assert file._fd == number


def test_printed_form_holds_no_value(read: Read) -> None:
    """The printed form of what was found names no place, person, number or path."""
    photo = read(SAMPLES["jpeg"])
    for value in ("46.5", "-7.25", "Odo", "LF-0001", "Marrow", "picture.bin"):
        assert value not in repr(photo)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2025:03:14 12:30:05", "2025-03-14T12:30:05"),
        ("2025-03-14T12:30:05.123Z", "2025-03-14T12:30:05+00:00"),
        ("2025-03-14T12:30:05-03:30", "2025-03-14T12:30:05-03:30"),
        ("2025/03/14 12:30", "2025-03-14T12:30:00"),
        ("20250314T123005+0100", "2025-03-14T12:30:05+01:00"),
        ("20250314", "2025-03-14T00:00:00"),
        ("2025:03:14 12:30:60", "2025-03-14T12:30:59"),
        ("1204:03:14 12:30:05", None),
        ("2025:02:30 12:30:05", None),
        ("2025-03-14T12:30:05+99:00", "2025-03-14T12:30:05"),
        ("", None),
    ],
)
def test_times(text: str, want: str | None) -> None:
    """Each shape of a time is read with what it says of the zone; what is none is None."""
    got = words.time_of(text)
    assert (got.isoformat() if got else None) == want


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_time(text: str) -> None:
    """Any text gives a time or None, and a text of blanks says nothing."""
    found = words.time_of(text)
    assert found is None or 1 <= found.year <= 9999
    words.zone_of(text)
    assert not (words.says_something(text) and not text.strip())


@pytest.mark.corpus
def test_real_files(corpora: Path) -> None:
    """Every file of the corpus has one of the three states; nearly all are read; only counts are looked at."""
    states = {"read": 0, "damaged": 0, "unsupported": 0}
    placed = 0
    for path in sorted((corpora / "photos").rglob("*")):
        if path.is_file() and path.name not in {"truth.jsonl.gz", "README.md"}:
            photo = read_photo(path)
            states[photo.status] += 1
            placed += bool(photo.positions)
            brief = read_photo(path, places_only=True)
            same = [(p.lat, p.lon) for p in brief.positions] == [(p.lat, p.lon) for p in photo.positions]
            assert same, path.suffix
            assert photo.reason or photo.status == "read"
    assert states["read"] > 1_000
    assert placed >= 150
