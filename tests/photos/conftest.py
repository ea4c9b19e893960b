"""Fixtures of the photo tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from unlisted.extract.photo import read_photo
from unlisted.model.evidence import Photo

Read = Callable[[bytes], Photo]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes to a file and read it as a photo."""

    def go(data: bytes) -> Photo:
        path = tmp_path / "picture.bin"
        path.write_bytes(data)
        return read_photo(path)

    return go
