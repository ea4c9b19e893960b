"""The files in a ZIP archive that may be read. What is locked, swells or shares its bytes with another file is left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from unlisted.errors import TooLarge
from unlisted.sources.exports.container import MAX_LISTED, MAX_RATIO, Budget, Container, Member, plain

MAX_DIRECTORY = 40_000_000
"""Bytes of an archive's own list of files."""

LOCKED = "files in the export are locked with a password; unpack it yourself and list the folder"
SWOLLEN = "files in the export were left out, because they are packed in a way that is made to swell"
SHARED = "files in the export were left out, because they share their bytes with others"

_END = b"PK\x05\x06"
_END_SIZE = 22
_FAR = 0xFFFFFFFF


def directory_size(path: Path) -> int | None:
    """The bytes of a ZIP archive's list of files; None where it is no archive.

    Raises TooLarge, so that a list that was made to fill the memory is never built.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        return None
    count, length = int.from_bytes(tail[at + 10 : at + 12], "little"), int.from_bytes(tail[at + 12 : at + 16], "little")
    far = tail.rfind(b"PK\x06\x06", 0, at)
    if (length == _FAR or count == 0xFFFF) and far >= 0:
        count = int.from_bytes(tail[far + 32 : far + 40], "little")
        length = int.from_bytes(tail[far + 40 : far + 48], "little")
    if length > MAX_DIRECTORY or count > MAX_LISTED:
        raise TooLarge("the archive lists more files than are looked at; unpack it and list a part of it")
    return length


def of_zip(archive: zipfile.ZipFile, budget: Budget, wanted: Callable[[str], bool]) -> Container:
    """The useful files of an archive, in name order."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    refused: list[str] = []
    alone = _apart(entries)
    useful = [entry for entry in entries if wanted(plain(entry.filename))]
    for reason, keep in (
        (SHARED, lambda entry: entry.header_offset in alone),
        (LOCKED, lambda entry: not entry.flag_bits & 1),
        (SWOLLEN, lambda entry: entry.file_size <= MAX_RATIO * max(entry.compress_size, 1_000)),
    ):
        kept = [entry for entry in useful if keep(entry)]
        if len(kept) < len(useful):
            refused.append(f"{len(useful) - len(kept)} {reason}")
        useful = kept
    members = [
        Member(
            name=plain(entry.filename),
            size=entry.file_size,
            source=_unpacker(archive, entry),
            budget=budget,
            crc=entry.CRC,
        )
        for entry in useful
    ]
    members.sort(key=lambda member: member.name)
    return Container(members=tuple(members), refused=tuple(refused), listed=len(entries))


def _apart(entries: Iterable[zipfile.ZipInfo]) -> set[int]:
    """The offsets of entries that share no byte with another one."""
    ordered = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    shared = set()
    for (start, size), (then, _) in pairwise(ordered):
        if start + size > then or start == then:
            shared |= {start, then}
    return {start for start, _ in ordered} - shared


def _unpacker(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: io.BufferedReader(archive.open(entry))  # type: ignore[type-var]  # ZipExtFile is a raw stream in all but name
