"""Exports of a person who does not exist, in the services' own shapes; all positions lie at sea."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from unlisted.sources.exports import Found, read_export

LAT, LON = 43.5, -40.5
"""The middle of the Atlantic."""


def packed(folder: Path, files: Mapping[str, object], *, name: str = "export.zip") -> Path:
    """A ZIP archive of these files; what is neither text nor bytes is written as JSON."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, content in files.items():
            archive.writestr(inner, encoded(content))
    return path


def unpacked(folder: Path, files: Mapping[str, object]) -> Path:
    """The same as a folder."""
    for inner, content in files.items():
        path = folder / inner
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encoded(content))
    return folder


def encoded(content: object) -> bytes:
    """Bytes of a file."""
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def read(folder: Path, files: Mapping[str, object], *, service: str | None = None) -> Found:
    """What these files give as an archive."""
    return read_export(packed(folder, files), label="my export", service=service)


def spots(found: Found) -> list[tuple[float, float]]:
    """The positions, to a millionth of a degree."""
    return [(round(point.lat, 6), round(point.lon, 6)) for point in found.points]


def times(found: Found) -> list[str]:
    """When the points were, in ISO 8601; "" where that is not known."""
    return [point.at.isoformat() if point.at else "" for point in found.points]
