"""Photos and videos: everything that a file gives away, in one pass over its container.

`read_photo` opens the file, finds out by its first bytes what it is, and reads the parts that the container names. Nothing about
the content of a file raises: it becomes the status "damaged" or "unsupported" with a reason. No pixel is decoded unless a
comparison with the small picture inside is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from unlisted.errors import NotRead
from unlisted.extract.photo import gif, isobmff, jpeg, look, maker, png, psd, raw, riff, sidecar, tiff
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import Part, Reader
from unlisted.model.evidence import Photo

__all__ = ["read_photo", "walk"]

MAX_PREFIX = 1_024
"""Bytes that may stand in front of a picture."""


def read_photo(
    path: str | os.PathLike[str],
    *,
    maker_notes: bool = False,
    sidecars: tuple[Path, ...] = (),
    places_only: bool = False,
    decode: bool = False,
) -> Photo:
    """What the photo or video at `path` gives away.

    With `maker_notes` the maker's own part of the camera's block is read too, by a worker process with limits. What `sidecars`
    (files beside the photo, see `unlisted.sources.photos`) say is added. With `places_only` only positions are looked for, which
    is faster. With `decode` the small picture inside is compared with the photo by its look, by a worker process with limits,
    where the `images` extra is installed.

    Raises:
        NotRead: there is no such file, it is a folder, or it may not be read. Nothing about its content raises.
    """
    found = Found(brief=places_only, look=decode and not places_only)
    with Reader(path) as file:
        kind = _guarded(found, lambda: walk(file, found))
        if maker_notes and found.exif is None:
            _guarded(found, lambda: _whole_block(file, found))
    if sidecars:
        _guarded(found, lambda: sidecar.apply(list(sidecars), found))
    if kind is None and not found.positions:
        return Photo(status="unsupported", path=os.fspath(path), reason="it is no kind of photo or video that we read")
    if maker_notes and found.exif:
        maker.read(found.exif, found)
    photo = found.photo(os.fspath(path))
    return look.compare(photo, [data for _, data in found.smalls if data]) if decode else photo


def _guarded(found: Found, read: Callable[[], object]) -> str | None:
    """Read; whatever happens is damage of the file, and what was read before it stays."""
    try:
        kind = read()
    except NotRead as error:
        found.hurt(error.reason)
    except Exception:  # noqa: BLE001  (the outermost boundary: a file must not stop an audit, whatever it holds)
        found.hurt("it is built in a way that we cannot follow")
    else:
        return kind if isinstance(kind, str) else None
    return found.format or "unknown"


def walk(file: Reader, found: Found) -> str | None:
    """Find out what a file is and read it; the format, or None where it is none that we read.

    Raises:
        NotRead: a limit was reached, or the disk failed.
    """
    head = file.head
    for start, form, reader in _KINDS:
        if head.startswith(start):
            found.format = form
            reader(file, found)
            return found.format
    if head[4:8] in _BOXES:
        isobmff.read(file, found)
        return found.format
    return _text_files(file, found)


def _tiff(file: Reader, found: Found) -> None:
    if head_is_canon(file.head):
        found.format = "CRW"
        raw.canon(file, found)
        return
    if not tiff.read(file.at, found):
        found.format = None
        return
    if found.make == "Canon" and file.head[8:10] == b"CR":
        found.format = "CR2"


def head_is_canon(head: bytes) -> bool:
    """Whether a file that begins like TIFF is Canon's older kind."""
    return head[6:14] == b"HEAPCCDR"


def _whole_block(file: Reader, found: Found) -> None:
    """A TIFF file is a block as a whole: its first part is kept for maker notes."""
    if file.head[:2] in {b"II", b"MM"}:
        found.exif = file.at(0, min(file.size, maker.MAX_BLOCK))


def _exif(file: Reader, found: Found) -> None:
    tiff.read_block(file.head[6:], found)


def _exiv(file: Reader, found: Found) -> None:
    jpeg.read(file, found, 7)


def _nothing(file: Reader, found: Found) -> None:
    """A kind that holds no such fields."""


def _text_files(file: Reader, found: Found) -> str | None:
    """Sidecars that are read by themselves."""
    if sidecar.is_xmp(file.head):
        sidecar.read_xmp(file.at(0, min(file.size, sidecar.MAX_SIDECAR)), found)
    elif file.head[:64].lstrip()[:1] == b"{" and file.size <= sidecar.MAX_SIDECAR:
        sidecar.read_json(file.at(0, file.size), found)
    if found.format is None:
        _late(file, found)
    return found.format


def _late(file: Reader, found: Found) -> None:
    """A JPEG behind some bytes of something else: other programs show what is in it, so it is told here too."""
    at = file.head.find(b"\xff\xd8\xff", 1, MAX_PREFIX)
    if at > 0:
        found.format = "JPEG"
        found.hurt("it does not begin like a picture")
        part = Part(file, at, file.size - at)
        jpeg.read(part, found)


_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip", b"JXL ", b"jP  ", b"pnot"})

_KINDS: tuple[tuple[bytes, str, Callable[[Reader, Found], None]], ...] = (
    (b"\xff\xd8", "JPEG", jpeg.read),
    (b"II", "TIFF", _tiff),
    (b"MM", "TIFF", _tiff),
    (b"\x89PNG\r\n\x1a\n", "PNG", png.read),
    (b"RIFF", "RIFF", riff.read),
    (b"GIF8", "GIF", gif.read),
    (b"8BPS", "PSD", psd.read),
    (b"\xff\x01Exiv2", "EXV", _exiv),
    (b"FUJIFILMCCD-RAW", "RAF", raw.fujifilm),
    (b"\0MRM", "MRW", raw.minolta),
    (b"FOVb", "X3F", raw.sigma),
    (b"Exif\0\0", "EXIF", _exif),
    (b"%PDF-", "PDF", raw.pdf),
    (b"%!PS", "EPS", raw.pdf),
    (b"\xff\x0a", "JXL", _nothing),
    (b"\xff\x4f\xff\x51", "J2C", _nothing),
    (b"\x8aMNG\r\n\x1a\n", "MNG", png.read),
    (b"\x8bJNG\r\n\x1a\n", "JNG", png.read),
)
"""What a file begins with, and who reads it."""
