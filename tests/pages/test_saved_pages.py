"""Saved pages: read whole, or refused with one clear reason."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unlisted.errors import Malformed, NotRead, TooLarge
from unlisted.extract.page import MAX_BODY
from unlisted.model import Artifact, Source, SourceKind
from unlisted.sources.pages import MAX_SAVED, parse_here, saved

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def source(path: Path, address: str | None = None) -> Source:
    return Source(label="saved page", kind=SourceKind.FILE, path=str(path), address=address)


def test_a_saved_page_is_read_with_its_hash_and_time(tmp_path: Path) -> None:
    """The artifact holds the bytes, when they were read, and the name of the file."""
    body = b"<html><p>x"
    path = tmp_path / "page.html"
    path.write_bytes(body)
    found = saved(source(path, "https://x.example/"), now=NOW)
    assert (found.body, found.sha256, found.at) == (body, hashlib.sha256(body).hexdigest(), NOW)
    assert (found.source, found.name, found.address, found.truncated) == (
        "saved page",
        "page.html",
        "https://x.example/",
        False,
    )
    assert found.media_type == "text/html"


def test_the_address_that_the_browser_noted_is_used(tmp_path: Path) -> None:
    """Browsers write it into the first lines; the one in the subject file comes first."""
    path = tmp_path / "page.html"
    path.write_bytes(b"<!DOCTYPE html>\n<!-- saved from url=(0024)https://noted.example/me -->\n<p>x")
    assert saved(source(path), now=NOW).address == "https://noted.example/me"
    assert saved(source(path, "https://typed.example/"), now=NOW).address == "https://typed.example/"


def test_plain_text_is_called_that(tmp_path: Path) -> None:
    """A text file is a page too."""
    path = tmp_path / "notes.txt"
    path.write_text("my notes")
    assert saved(source(path), now=NOW).media_type == "text/plain"


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    """The person named it; where it lies is their matter."""
    (tmp_path / "real.html").write_text("<p>x")
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    assert saved(source(tmp_path / "link.html"), now=NOW).body == b"<p>x"


def test_a_long_page_is_cut_and_marked(tmp_path: Path) -> None:
    """More than the first part is not read."""
    path = tmp_path / "long.html"
    path.write_bytes(b"<p>" + b"x" * MAX_BODY)
    found = saved(source(path), now=NOW)
    assert found.truncated
    assert len(found.body) == MAX_BODY


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"\xff\xd8\xff\xe1 ...", "picture"),
        (b"\x89PNG\r\n", "picture"),
        (b"GIF89a", "picture"),
        (b"PK\x03\x04 ...", "ZIP"),
        (b"\x1f\x8b\x08", "packed"),
        (b"bplist00", "web archive"),
        (
            b"From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
            "web archive",
        ),
        (b"SQLite format 3\x00", "database"),
    ],
)
def test_a_file_that_is_no_page_is_refused_with_a_reason(tmp_path: Path, body: bytes, words: str) -> None:
    """Told by its first bytes, not by its name."""
    path = tmp_path / "page.html"
    path.write_bytes(body)
    with pytest.raises(Malformed, match=words):
        saved(source(path), now=NOW)


def test_a_missing_file_a_folder_and_a_bad_name_are_told_apart(tmp_path: Path) -> None:
    """Each has its own clear sentence."""
    with pytest.raises(NotRead, match="not there"):
        saved(source(tmp_path / "none.html"), now=NOW)
    with pytest.raises(NotRead, match="folder"):
        saved(source(tmp_path), now=NOW)
    with pytest.raises(NotRead, match="cannot be opened"):
        saved(source(Path("a\x00b")), now=NOW)
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotRead, match="cannot be opened"):
        saved(source(tmp_path / "file" / "below.html"), now=NOW)


def test_a_very_large_file_is_refused(tmp_path: Path) -> None:
    """It is not read into memory."""
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(MAX_SAVED + 1)
    with pytest.raises(TooLarge, match="20 MB"):
        saved(source(path), now=NOW)


def test_reasons_name_no_file_and_no_value(tmp_path: Path) -> None:
    """A file name can hold a person's name: it stays out of the reason."""
    with pytest.raises(NotRead) as caught:
        saved(source(tmp_path / "tam-oakridge.html"), now=NOW)
    assert "oakridge" not in caught.value.reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_a_saved_page_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    """Reading it might never end."""
    os.mkfifo(tmp_path / "page.html")
    pipe = source(tmp_path / "page.html")
    with pytest.raises(NotRead, match="no ordinary file"):
        saved(pipe, now=NOW)


@pytest.mark.parametrize(("body", "read"), [(b"<p>Hello.</p>", True), (b"\x01\x02\x03\x04" * 400, False)])
def test_bytes_without_a_type_are_a_page_where_they_hold_markup(body: bytes, read: bool) -> None:
    """A server that names no type is common; what is no markup is still refused."""
    artifact = Artifact(
        source="page",
        at=NOW,
        sha256="0" * 64,
        media_type="application/octet-stream",
        body=body,
        address="https://page.example/",
    )
    if read:
        assert parse_here(artifact).blocks
    else:
        with pytest.raises(NotRead):
            parse_here(artifact)
