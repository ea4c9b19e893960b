"""Maker notes: read by exifread in a worker with limits, on the block that the walker found."""

from __future__ import annotations

import io
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.photos import build

from unlisted.extract.photo import maker, notes, read_photo, tiff, worker
from unlisted.extract.photo.found import Found


def canon(serial: int, owner: str) -> bytes:
    """A camera's block with a Canon maker note: serial number and owner."""

    def note(at: int) -> bytes:
        return build.directory({0x0C: build.long(serial), 0x09: build.text(owner)}, at, 0, "<")

    def block(data: bytes) -> bytes:
        main = {0x10F: build.text("Canon"), 0x110: build.text("Canon Example")}
        return build.tiff(main, exif={0x927C: build.raw(data)})

    empty = block(b"\xee" * len(note(0)))
    return block(note(empty.index(b"\xee" * 8)))


BLOCK = canon(770001234, "Odo Finch")


def test_serial_number_and_owner(tmp_path: Path) -> None:
    """The plain tags of a maker are told by our own table, and exifread tells the same ones."""
    path = tmp_path / "a.jpg"
    path.write_bytes(build.jpeg(build.exif_segment(BLOCK)))
    alone = read_photo(path)
    assert (alone.serials, alone.owners) == (("770001234",), ("Odo Finch",))
    told = read_photo(path, maker_notes=True)
    assert (told.serials, told.owners, told.skipped) == (alone.serials, alone.owners, ())


def test_exifread_reads_what_our_table_does_not(tmp_path: Path) -> None:
    """A tag that only exifread knows, an id of the picture, is told with maker notes and not without."""
    block = noted("Canon", lambda at: build.directory({0x28: build.raw(b"\xfe" * 16)}, at, 0, "<"))
    path = tmp_path / "a.jpg"
    path.write_bytes(build.jpeg(build.exif_segment(block)))
    assert read_photo(path).ids == ()
    assert read_photo(path, maker_notes=True).ids == ("fe" * 16,)


def test_long_camera_file(tmp_path: Path) -> None:
    """Of a camera's own file, which is a block as a whole, the first part is handed over."""
    block = noted("Canon", lambda at: build.directory({0x28: build.raw(b"\xfe" * 16)}, at, 0, "<"))
    path = tmp_path / "a.cr2"
    path.write_bytes(block + bytes(3_000_000))
    assert read_photo(path, maker_notes=True).ids == ("fe" * 16,)


def noted(make: str, note: Callable[[int], bytes]) -> bytes:
    """A camera's block with a maker note that is told where it stands."""
    length = len(note(0))

    def block(data: bytes) -> bytes:
        return build.tiff({0x10F: build.text(make)}, exif={0x927C: build.raw(data)})

    return block(note(block(b"\xee" * length).index(b"\xee" * length)))


SERIAL = {
    0x1D: build.text("7700012"),
    0x10: build.text("7700012"),
    0x25: build.raw(b"\0\x007700012\0"),
    0x02: build.text("7700012"),
}


@pytest.mark.parametrize(
    ("make", "note"),
    [
        ("NIKON", lambda at: b"Nikon\0\x02\x10\0\0" + big({0x1D: SERIAL[0x1D]})),
        ("FUJIFILM", lambda at: b"FUJIFILM\x0c\0\0\0" + build.directory({0x10: SERIAL[0x10]}, 12, 0, "<")),
        ("Panasonic", lambda at: b"Panasonic\0\0\0" + build.directory({0x25: SERIAL[0x25]}, at + 12, 0, "<")),
        ("SIGMA", lambda at: b"SIGMA\0\0\0\1\0" + build.directory({0x02: SERIAL[0x02]}, at + 10, 0, "<")),
        ("PENTAX", lambda at: b"AOC\0MM" + build.directory({0x229: SERIAL[0x02]}, at + 6, 0, "<")),
        ("PENTAX", lambda at: b"PENTAX \0MM" + build.directory({0x229: SERIAL[0x02]}, 10, 0, ">")),
        (
            "PENTAX",
            lambda at: (
                b"PENTAX \0II" + build.directory({0x215: (4, 5, struct.pack("<5I", 1, 2, 3, 4, 7700012))}, 10, 0, "<")
            ),
        ),
        ("OLYMPUS", lambda at: olympus()),
    ],
)
def test_each_maker(make: str, note: Callable[[int], bytes]) -> None:
    """The serial number in each maker's own shape of note is told, whatever byte order the note names."""
    found = Found()
    tiff.read_block(noted(make, note), found)
    assert list(found.serials) == ["7700012"]


def big(tags: dict[int, build.Value]) -> bytes:
    """A big-endian structure."""
    return build.tiff(tags, order=">")


def olympus() -> bytes:
    """A note with a directory of body and lens."""
    head = b"OLYMPUS\0II\3\0"
    first = build.directory({0x2010: build.long(0)}, 12, 0, "<")
    at = 12 + len(first)
    return (
        head
        + build.directory({0x2010: build.long(at)}, 12, 0, "<")
        + build.directory({0x101: SERIAL[0x02]}, at, 0, "<")
    )


@pytest.mark.parametrize(
    "note", [b"", b"Nikon\0\x02\x10\0\0", b"FUJIFILM\x0c\0\0\0", b"AOC\0II\xff\xff", b"x" * 300, b"OLYMPUS\0II\3\0\1\0"]
)
def test_broken_notes(note: bytes) -> None:
    """A note that is cut, empty or of no known maker gives nothing, and the rest of the block is told."""
    for make in ("Canon", "NIKON"):
        found = Found()
        block = build.tiff(
            {0x10F: build.text(make), 0x13B: build.text("Odo Finch")}, exif={0x927C: build.raw(note + bytes(20))}
        )
        tiff.read_block(block, found)
        assert list(found.owners) == ["Odo Finch"]
        assert list(found.serials) == []


def test_directory_too_long_for_a_note() -> None:
    """A note that claims more entries than any maker writes is left alone."""
    rows = {0x1000 + n: build.short(1) for n in range(notes.MAX_ENTRIES + 5)} | {0x0C: build.long(770001234)}
    found = Found()
    tiff.read_block(noted("Canon", lambda at: build.directory(rows, at, 0, "<")), found)
    assert list(found.serials) == []


def test_no_maker_part_starts_no_worker() -> None:
    """A block without a maker's part is not handed over."""

    class NoWorker(maker.Worker):
        def ask(self, block: bytes) -> dict[str, list[str]] | None:
            raise AssertionError

    found = Found()
    maker.read(build.tiff({0x10F: build.text("Canon")}), found, NoWorker())
    assert list(found.skipped) == []


def test_block_that_is_too_long() -> None:
    """A block beyond the limit is not handed over, and the photo says so."""
    found = Found()
    maker.read(BLOCK + bytes(maker.MAX_BLOCK), found)
    assert list(found.skipped) == [maker.FAILED]


def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> maker.Worker:
    """A worker of this code."""
    (tmp_path / f"{name}.py").write_text(code)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return maker.Worker(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("w_dies", "import os; os._exit(1)"),
        (
            "w_lies",
            "import sys; sys.stdout.buffer.write(b'\\xff\\xff\\xff\\xff'); sys.stdout.flush(); sys.stdin.read()",
        ),
        ("w_silent", "import sys; sys.stdin.buffer.read()"),
        ("w_short", "import sys; sys.stdout.buffer.write(b'\\0\\0'); sys.stdout.flush()"),
        ("w_words", "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\2[]'); sys.stdout.flush(); sys.stdin.read()"),
    ],
)
def test_worker_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> None:
    """A worker that dies, hangs or answers nonsense costs the maker's fields, not the photo."""
    monkeypatch.setattr(maker, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(maker, "START_SECONDS", 1.0)
    process = fake(tmp_path, monkeypatch, name, code)
    found = Found()
    maker.read(BLOCK, found, process)
    assert list(found.skipped) == [maker.FAILED]
    assert list(found.serials) == []
    process.close()


def test_worker_starts_again_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The block after one that killed the worker is read by a new one."""
    code = (
        "import os, sys\n"
        "from unlisted.extract.photo import worker\n"
        "real = worker.decode\n"
        "worker.decode = lambda block: os._exit(1) if b'poison' in block else real(block)\n"
        "worker.main()\n"
    )
    process = fake(tmp_path, monkeypatch, "w_poison", code)
    found = Found()
    maker.read(BLOCK, found, process)
    maker.read(BLOCK + b"poison", Found(), process)
    again = Found()
    maker.read(BLOCK, again, process)
    assert list(found.serials) == list(again.serials) == ["770001234"]
    process.close()


def test_a_slow_start_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that needs long to start gets the time for it; the blocks after the first one do not."""
    code = (
        "import time\n"
        "from unlisted.extract.photo import worker\n"
        "time.sleep(1.0)\n"
        "worker.decode = lambda block: time.sleep(600) if b'slow' in block else {'serials': ['770001234']}\n"
        "worker.main()\n"
    )
    monkeypatch.setattr(maker, "WALL_SECONDS", 0.5)
    process = fake(tmp_path, monkeypatch, "w_slow", code)
    assert process.ask(BLOCK) == {"serials": ["770001234"]}
    assert process.ask(BLOCK + b"slow") is None
    process.close()


def test_time_limit_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that keeps the decoder busy is ended by the limit on its CPU, long before the wall's."""
    code = (
        "from unlisted.extract.photo import worker\n"
        "worker.CPU_SECONDS = 0.2\n"
        "def spin(block):\n"
        "    while True: pass\n"
        "worker.decode = spin\n"
        "worker.main()\n"
    )
    process = fake(tmp_path, monkeypatch, "w_spin", code)
    monkeypatch.setattr(maker, "WALL_SECONDS", 60.0)
    assert process.ask(BLOCK) is None
    process.close()


def test_memory_limit_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decoder that asks for more memory than the limit fails; the worker answers that it found nothing."""
    big = "lambda block: {'serials': ['x' * (300 << 20)]}"
    code = f"from unlisted.extract.photo import worker\nworker.decode = {big}\nworker.main()\n"
    process = fake(tmp_path, monkeypatch, "w_memory", code)
    assert not process.ask(BLOCK)
    process.close()


def test_decoder_never_raises_through(capsys: pytest.CaptureFixture[str]) -> None:
    """Blocks that make the library raise give an empty answer, and the worker goes on."""
    blocks = [b"", b"II*\0" + b"\xff" * 40, BLOCK]
    stream = b"".join(len(block).to_bytes(4, "big") + block for block in blocks)
    out = io.BytesIO()
    worker.serve(io.BytesIO(stream + b"\0\0"), out)
    answers, data = [], out.getvalue()
    while data:
        length = struct.unpack(">I", data[:4])[0]
        answers.append(data[4 : 4 + length])
        data = data[4 + length :]
    assert len(answers) == 3
    assert b"770001234" in answers[2]
