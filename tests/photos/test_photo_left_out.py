"""What a folder of photos passes over is counted, by reason."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from unlisted.sources.photos import CLOSED, LINKED, ODD, find_photos


def left_out(folder: Path) -> dict[str, int]:
    """The counts for a folder."""
    counts: Counter[str] = Counter()
    list(find_photos(folder, left_out=counts))
    return dict(counts)


def test_an_ordinary_folder_leaves_nothing_out(tmp_path: Path) -> None:
    """Files of other kinds and hidden ones are no photos, and not counted."""
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"x")
    (tmp_path / ".hidden.jpg").write_bytes(b"x")
    assert left_out(tmp_path) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_a_pipe_that_is_named_like_a_photo_is_counted(tmp_path: Path) -> None:
    """It is not read: it might never end."""
    os.mkfifo(tmp_path / "a.jpg")
    assert left_out(tmp_path) == {ODD: 1}


@pytest.mark.skipif(os.name == "nt", reason="links need a right on this system")
def test_links_that_lead_out_are_counted(tmp_path: Path) -> None:
    """A link to a file outside, a link that leads nowhere, and a link to a folder."""
    inner = tmp_path / "photos"
    inner.mkdir()
    (tmp_path / "outside.jpg").write_bytes(b"x")
    (inner / "out.jpg").symlink_to(tmp_path / "outside.jpg")
    (inner / "gone.jpg").symlink_to(tmp_path / "gone.jpg")
    (inner / "loop").symlink_to(tmp_path)
    assert left_out(inner) == {ODD: 2, LINKED: 1}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a folder cannot be closed to this user")
def test_a_closed_folder_is_counted(tmp_path: Path) -> None:
    """The photos in it were not looked at."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    try:
        assert left_out(tmp_path) == {CLOSED: 1}
    finally:
        closed.chmod(0o700)
