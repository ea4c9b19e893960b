"""The process behind `avatars`: decodes the picture of an account with Pillow, within limits, to a small picture in grey.

A request is the picture's bytes; the answer is its width, its height, and its grey levels row by row in base 64.
"""

from __future__ import annotations

import base64
import io
import sys

import numpy as np
from PIL import Image

from unlisted.extract.photo import bounded, look_worker
from unlisted.sources.avatars import CPU_SECONDS, MAX_PIXELS, SIDE


def decode(request: bytes) -> bounded.Answer:
    """The picture in grey. Raises what Pillow raises."""
    grey = look_worker.grey(io.BytesIO(request), SIDE)
    height, width = grey.shape
    levels = base64.b64encode(np.round(grey).astype(np.uint8).tobytes()).decode()
    return {"grey": [str(width), str(height), levels]}


def main() -> None:
    """The process."""
    look_worker.prepare()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    bounded.serve(sys.stdin.buffer, sys.stdout.buffer, decode, CPU_SECONDS)


if __name__ == "__main__":
    main()
