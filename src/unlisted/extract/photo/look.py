"""Comparing the look of the small picture inside a photo with the photo itself: the one place where pixels are decoded.

It happens only when asked for, where Pillow is installed (the `images` extra), and in a worker process with limits on time, memory
and pixels. A picture that cannot be compared keeps what its shape says.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Sequence
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

VERDICTS = frozenset({"same", "less", "more", "unknown"})
"""What the worker may say."""

_worker = Worker("unlisted.extract.photo.look_worker")
atexit.register(_worker.close)


def available() -> bool:
    """Whether pictures can be decoded here."""
    return find_spec("PIL") is not None


def compare(photo: Photo, smalls: Sequence[bytes], worker: Worker | None = None) -> Photo:
    """The photo with its small pictures compared by their look, where there is a way to decode them: one that shows more is enough.

    A shape that shows more is not taken back unless the look says that the small picture is a cut of the large one.
    """
    if photo.thumbnail is None or not smalls or photo.format not in FORMATS or not available():
        return photo
    said = {_ask(worker or _worker, photo.path, small) for small in smalls}
    if said <= {None}:
        return replace(photo, skipped=(*photo.skipped, FAILED))
    more = True if "more" in said else False if said <= {"same", "less"} else None
    if more is None and photo.thumbnail.shows_more:
        return photo
    return replace(photo, thumbnail=replace(photo.thumbnail, shows_more=more))


def _ask(worker: Worker, name: str, small: bytes) -> str | None:
    """The worker's word for one small picture: one of `VERDICTS`, or None."""
    path = os.fsencode(Path(name).absolute())
    request = len(path).to_bytes(4, "big") + path + small
    told = worker.ask(request) if len(path) <= MAX_PATH and len(request) <= MAX_REQUEST else None
    said = (told or {}).get("verdict", [])
    return said[0] if len(said) == 1 and said[0] in VERDICTS else None
