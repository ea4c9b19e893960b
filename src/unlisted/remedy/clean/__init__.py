"""Copies of photos and videos without what they give away: pixels and streams stay as they are, bit for bit.

A copy is made of the parts that show the picture; all other parts are left out, or overwritten where offsets must not change. It is
read back before it gets its name. A file that cannot be cleaned in full is refused, and no copy is left.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from unlisted.errors import Malformed, NotRead
from unlisted.extract.photo import read_photo
from unlisted.remedy.clean import gif, isobmff, jpeg, png, tiff, webp
from unlisted.remedy.clean.model import GROUPS, TIMES, Cleaned, Job, Refused, Wanted, wanted
from unlisted.remedy.clean.pieces import Piece, pour
from unlisted.remedy.clean.source import Source
from unlisted.remedy.clean.verify import counts, left
from unlisted.remedy.clean.write import write_checked

__all__ = ["GROUPS", "TIMES", "Cleaned", "Refused", "Wanted", "clean", "wanted"]

Plan = Callable[[Job], list[Piece]]

_PLANS: tuple[tuple[bytes, int, Plan], ...] = (
    (b"\xff\xd8", 0, jpeg.plan),
    (png.START, 0, png.plan),
    (b"WEBP", 8, webp.plan),
    (b"GIF8", 0, gif.plan),
    (b"II", 0, tiff.plan),
    (b"MM", 0, tiff.plan),
    (b"\xff\x0a", 0, isobmff.jxl),
    (b"JXL ", 4, isobmff.jxl),
    *((kind, 4, isobmff.plan) for kind in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")),
)
"""What a file has at an offset, and who cleans it."""


def clean(path: Path, *, to: Path, asked: Wanted | None = None) -> Cleaned | Refused:
    """Write a copy of the photo or video at `path` to the file `to`, without what `asked` does not keep (None: nothing is kept).

    `to` must not exist; its folder must. The copy is for its owner only. Whatever the file holds, the answer is `Cleaned`, or
    `Refused` with one plain reason and no copy.

    Raises:
        OutputError: nothing can be written there.
    """
    choice = asked or Wanted()
    if os.path.lexists(to):
        return Refused(path=path, reason="there is already a file of this name in the new folder")
    try:
        photo = read_photo(path)
        with Source(path) as file:
            return _cleaned(Job(file=file, photo=photo, wanted=choice), path, to)
    except NotRead as error:
        return Refused(path=path, reason=error.reason)


def _cleaned(job: Job, path: Path, to: Path) -> Cleaned:
    """The copy, planned, written and read back."""
    pieces = _plan(job)
    before = counts(job.photo)
    after: dict[str, int] = {}

    def check(draft: Path) -> None:
        copy = read_photo(draft)
        wrong = left(copy, job.wanted, job.pictures)
        if wrong:
            raise Malformed(wrong)
        after.update(counts(copy))

    write_checked(to, lambda handle: pour(job.file, pieces, handle), check)
    return Cleaned(
        path=path,
        to=to,
        format=job.photo.format or "",
        removed={kind: count for kind, count in sorted(job.removed.items()) if count},
        fields={name: count - after.get(name, 0) for name, count in before.items() if count > after.get(name, 0)},
        stays=tuple(job.stays),
    )


def _plan(job: Job) -> list[Piece]:
    """The pieces of the copy by the kind of file."""
    head = job.file.at(0, 16)
    for mark, at, plan in _PLANS:
        if head[at : at + len(mark)] == mark:
            return plan(job)
    raise Malformed("we cannot clean this kind of file")
