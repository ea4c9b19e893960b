"""The process behind `look`: decodes a photo and its small picture with Pillow, within limits, and says how they compare.

A request is the length of the photo's path in four bytes, the path, and the small picture's bytes.
"""

from __future__ import annotations

import io
import os
import sys
import warnings
from contextlib import suppress
from typing import BinaryIO

import numpy as np
from PIL import Image

from unlisted.extract.photo import alike, bounded
from unlisted.extract.photo.look import CPU_SECONDS, MAX_PIXELS, MEMORY

SMALL, LARGE = 160, 256
"""Pixels of the long side at which the small and the large picture are compared."""

PLUGINS = ("JPEG", "MPO", "PNG", "WEBP", "AVIF", "HEIF")
"""The decoders that may be used: Pillow's others never see a byte."""


def grey(source: str | io.BytesIO, side: int) -> alike.Grey:
    """A picture as grey levels, at most `side` wide or high. Raises what Pillow raises."""
    with Image.open(source, formats=[name for name in PLUGINS if name in Image.OPEN]) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        picture.draft("L", (2 * side, 2 * side))  # JPEG: decoded small at once
        plain = picture.convert("L")
    plain.thumbnail((side, side), Image.Resampling.BOX)
    return np.asarray(plain, dtype=np.float64)


def decode(request: bytes) -> bounded.Answer:
    """What the small picture shows beside the photo."""
    length = int.from_bytes(request[:4], "big")
    path, small = request[4 : 4 + length], request[4 + length :]
    return {"verdict": [alike.compare(grey(io.BytesIO(small), SMALL), grey(os.fsdecode(path), LARGE))]}


def prepare() -> None:
    """Hold Pillow to its limits, and add HEIC where its decoder is installed."""
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    Image.init()
    with suppress(ImportError):
        from pillow_heif import register_heif_opener  # noqa: PLC0415  (part of the same extra, and not everywhere)

        register_heif_opener(thumbnails=False)
    bounded.prepare(MEMORY)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer photo after photo until the input ends."""
    bounded.serve(source, sink, decode, CPU_SECONDS)


def main() -> None:
    """The process."""
    prepare()
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
