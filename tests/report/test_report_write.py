"""Files are written whole or not at all, for their owner only."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unlisted.errors import OutputError
from unlisted.report import write


def names(folder: Path) -> list[str]:
    """What lies in a folder, hidden files too."""
    return sorted(entry.name for entry in folder.iterdir())


def test_file_is_written_for_its_owner_only(tmp_path: Path) -> None:
    """The bytes are there, and nobody else can read them whatever the umask."""
    before = os.umask(0)
    try:
        write.write_whole(tmp_path / "notes.html", b"notes")
    finally:
        os.umask(before)
    assert (tmp_path / "notes.html").read_bytes() == b"notes"
    assert stat.S_IMODE((tmp_path / "notes.html").stat().st_mode) == write.OWNER_ONLY
    assert names(tmp_path) == ["notes.html"]


def test_old_file_is_replaced_and_closed_to_others(tmp_path: Path) -> None:
    """A file that was open to others is not open to them afterwards."""
    path = tmp_path / "notes.html"
    path.write_bytes(b"an older and longer text")
    path.chmod(0o644)
    write.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == write.OWNER_ONLY


def test_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """A link that someone put there does not lead the notes elsewhere."""
    (tmp_path / "elsewhere").write_bytes(b"theirs")
    (tmp_path / "notes.html").symlink_to(tmp_path / "elsewhere")
    write.write_whole(tmp_path / "notes.html", b"notes")
    assert (tmp_path / "elsewhere").read_bytes() == b"theirs"
    assert not (tmp_path / "notes.html").is_symlink()


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_failure_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Whatever step fails, the old file is whole and nothing half written lies beside it."""
    path = tmp_path / "notes.html"
    path.write_bytes(b"old")

    def fail(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OutputError, match="No space left on device"):
        write.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["notes.html"]


def test_interrupt_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle leaves no file at all, and goes on as what it is."""

    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write.write_whole(tmp_path / "notes.html", b"notes")
    assert names(tmp_path) == []


def test_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    """A folder in place of a file is named, and what to do about it."""
    with pytest.raises(OutputError, match="is a folder: give the name of a file") as caught:
        write.write_whole(tmp_path, b"notes")
    assert "\n" not in str(caught.value)


def test_missing_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    """A folder that is not there is named, and not made."""
    with pytest.raises(OutputError, match="there is no folder") as caught:
        write.write_whole(tmp_path / "none" / "notes.html", b"notes")
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_device_is_refused_and_stays(tmp_path: Path) -> None:
    """What is no ordinary file is not replaced by one."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="is not an ordinary file"):
        write.write_whole(tmp_path / "pipe", b"notes")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("name", ["a\x00b", "x" * 300])
def test_impossible_name_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    """A name that no file can have is an error of the person's, and leaves nothing behind."""
    with pytest.raises(OutputError, match="cannot be written"):
        write.write_whole(tmp_path / name, b"notes")
    assert names(tmp_path) == []


def test_default_name_is_neutral() -> None:
    """The name bears the date and nothing of what is inside."""
    assert write.default_name(datetime(2026, 11, 21, 23, 59, tzinfo=UTC)) == "notes-2026-11-21"
