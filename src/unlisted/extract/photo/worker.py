"""The process behind `maker`: reads blocks from standard input, answers in JSON on standard output, within limits.

A block is four bytes of length and as many bytes; so is the answer. The limits kill the process: no code within can catch them.
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
from typing import Any, BinaryIO

import exifread

from unlisted.extract.photo.maker import CPU_SECONDS, MAX_ANSWER, MAX_BLOCK, MEMORY

SERIAL = re.compile(r"Serial ?Number(?! ?Format)", re.IGNORECASE)
OWNER = re.compile(r"Owner ?Name|^MakerNote (?:Owner|Artist|UserName)", re.IGNORECASE)
UNIQUE = re.compile(r"ImageUniqueID|ContentIdentifier|BurstUUID|MediaGroupUUID|ImageUUID", re.IGNORECASE)
MAX_VALUES = 50


def limit_memory() -> None:
    """Hold the process to its memory, where the system can."""
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def limit_time(seconds: float) -> None:
    """Die after so much CPU, where the system can; 0 takes the limit away."""
    import signal  # noqa: PLC0415

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


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
    while True:
        head = source.read(4)
        length = int.from_bytes(head, "big")
        if len(head) < 4 or length > MAX_BLOCK:
            return
        block = source.read(length)
        limit_time(CPU_SECONDS)
        try:
            told = decode(block)
        except Exception:  # noqa: BLE001  (the library raises many kinds on broken notes)
            told = {}
        limit_time(0)
        answer = json.dumps(told).encode()[:MAX_ANSWER]
        sink.write(len(answer).to_bytes(4, "big") + answer)
        sink.flush()


def main() -> None:
    """The process."""
    logging.disable(logging.CRITICAL)
    limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
