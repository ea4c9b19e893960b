"""Maker notes: read by exifread in a worker with limits, on the block that the walker found."""

from __future__ import annotations

import io
import struct
import sys
from pathlib import Path

import pytest
from tests.photos import build

from unlisted.extract.photo import maker, read_photo, worker
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
    """With maker notes asked for, the maker's serial number and owner are told; without, they are not."""
    path = tmp_path / "a.jpg"
    path.write_bytes(build.jpeg(build.exif_segment(BLOCK)))
    assert read_photo(path).serials == ()
    told = read_photo(path, maker_notes=True)
    assert told.serials == ("770001234",)
    assert told.owners == ("Odo Finch",)
    assert told.skipped == ()


def test_no_maker_part_starts_no_worker() -> None:
    """A block without a maker's part is not handed over."""

    class NoWorker(maker.Worker):
        def ask(self, block: bytes) -> dict[str, list[str]] | None:
            raise AssertionError

    maker.read(build.tiff({0x10F: build.text("Canon")}), Found(), NoWorker())


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
    monkeypatch.setattr(maker, "WALL_SECONDS", 1.5)
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
