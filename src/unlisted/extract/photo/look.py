"""Comparing the look of the small picture inside a photo with the photo itself: the one place where pixels are decoded.

It happens only when asked for, where Pillow is installed (the `images` extra), and in a worker process with limits on time, memory
and pixels. A picture that cannot be compared keeps what its shape says.
"""

from __future__ import annotations

import atexit
import os
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from unlisted.extract.photo.bounded import MAX_REQUEST
from unlisted.extract.photo.maker import Worker
from unlisted.model.evidence import Photo

CPU_SECONDS = 6.0
"""CPU for one photo."""

MEMORY = 1_500 * 1024 * 1024
"""Address space of the worker in bytes: two pictures of `MAX_PIXELS` in four colours, and the libraries."""

MAX_PIXELS = 50_000_000
"""Pixels of a photo that is decoded."""

MAX_PATH = 8_192
"""Bytes of a path that is handed over."""

FORMATS = frozenset({"JPEG", "PNG", "WEBP", "HEIC", "HEIF", "AVIF"})
"""Formats whose main picture is decoded; a raw file's would be its own preview."""

FAILED = "the small picture inside was not compared"

VERDICTS: dict[str, bool | None] = {"same": False, "less": False, "more": True, "unknown": None}
"""What the worker says, and whether the small picture shows more."""

_worker = Worker("unlisted.extract.photo.look_worker")
atexit.register(_worker.close)


def available() -> bool:
    """Whether pictures can be decoded here."""
    return find_spec("PIL") is not None


def compare(photo: Photo, small: bytes | None, worker: Worker | None = None) -> Photo:
    """The photo with its thumbnail compared by its look, where there is a thumbnail and a way to decode both.

    A shape that shows more is not taken back unless the look says that the small picture is a cut of the large one.
    """
    if photo.thumbnail is None or not small or photo.format not in FORMATS or not available():
        return photo
    path = os.fsencode(Path(photo.path).absolute())
    request = len(path).to_bytes(4, "big") + path + small
    told = (worker or _worker).ask(request) if len(path) <= MAX_PATH and len(request) <= MAX_REQUEST else None
    said = (told or {}).get("verdict", [])
    if len(said) != 1 or said[0] not in VERDICTS:
        return replace(photo, skipped=(*photo.skipped, FAILED))
    more = VERDICTS[said[0]]
    if more is None and photo.thumbnail.shows_more:
        return photo
    return replace(photo, thumbnail=replace(photo.thumbnail, shows_more=more))
