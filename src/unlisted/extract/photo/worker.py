"""The process behind `maker`: reads blocks from standard input, answers in JSON on standard output, within limits."""

from __future__ import annotations

import io
import re
import sys
from typing import Any, BinaryIO

import exifread

from unlisted.extract.photo import bounded
from unlisted.extract.photo.maker import CPU_SECONDS, MEMORY

SERIAL = re.compile(r"Serial ?Number(?! ?Format)", re.IGNORECASE)
OWNER = re.compile(r"Owner ?Name|^MakerNote (?:Owner|Artist|UserName)", re.IGNORECASE)
UNIQUE = re.compile(r"ImageUniqueID|ContentIdentifier|BurstUUID|MediaGroupUUID|ImageUUID", re.IGNORECASE)
MAX_VALUES = 50


def decode(block: bytes) -> dict[str, list[str]]:
    """Serial numbers, owners and unique ids of the maker's part."""
    out: dict[str, list[str]] = {"serials": [], "owners": [], "ids": []}
    tags = exifread.process_file(io.BytesIO(block), details=True, extract_thumbnail=False)
    for name, tag in list(tags.items()):
        if not name.startswith("MakerNote"):
            continue
        into = next(
            (key for key, pattern in (("serials", SERIAL), ("owners", OWNER), ("ids", UNIQUE)) if pattern.search(name)),
            None,
        )
        if into and len(out[into]) < MAX_VALUES:
            out[into].append(_text(tag)[:200])
    return out


def _text(tag: Any) -> str:
    """The value of a tag as text: characters that came as numbers are put together again, and other bytes are hex digits."""
    values = tag.values
    if (
        isinstance(values, list)
        and values
        and all(isinstance(item, int) and 0 <= item < 256 for item in values)
        and len(values) > 4
    ):
        words = bytes(values).split(b"\0", 1)[0].decode("latin-1").strip()
        return (
            words if words and words.isascii() and words.isprintable() else bytes(values).hex() if any(values) else ""
        )
    return str(tag.printable).strip()


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer block after block until the input ends."""
    bounded.serve(source, sink, decode, CPU_SECONDS)


def main() -> None:
    """The process."""
    bounded.prepare(MEMORY)
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
