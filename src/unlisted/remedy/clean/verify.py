"""Reading a copy back: whatever of the dropped groups is left in it makes it worthless."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from unlisted.model.evidence import Photo
from unlisted.remedy.clean.model import Wanted

FIELDS: Mapping[str, tuple[str | None, Callable[[Photo], int]]] = {
    "position": ("place", lambda photo: len(photo.positions)),
    "place name": ("", lambda photo: len(photo.place_names)),
    "serial number": ("identity", lambda photo: len(photo.serials)),
    "owner": ("identity", lambda photo: len(photo.owners)),
    "person": ("", lambda photo: len(photo.people)),
    "contact": ("", lambda photo: len(photo.contacts)),
    "caption": ("", lambda photo: len(photo.captions)),
    "keyword": ("", lambda photo: len(photo.keywords)),
    "edit history": ("", lambda photo: len(photo.history)),
    "unique number": ("", lambda photo: len(photo.ids)),
    "credentials": ("", lambda photo: len(photo.credentials)),
    "time": ("time", lambda photo: len(set(photo.times)) or (photo.taken_at is not None)),
    "satellite time": ("", lambda photo: int(photo.gps_at is not None)),
    "device": ("device", lambda photo: int(photo.device is not None)),
    "thumbnail": ("", lambda photo: int(photo.thumbnail is not None)),
    "video inside": ("", lambda photo: sum(item.kind == "video" for item in photo.embedded)),
}
"""What a photo may give away: the group it belongs to ("" for what always goes), and how to count it."""


def counts(photo: Photo) -> dict[str, int]:
    """How many things of each kind a photo gives away."""
    return {name: count for name, (_, holds) in FIELDS.items() if (count := holds(photo))}


def left(photo: Photo, wanted: Wanted, pictures: int) -> str | None:
    """What is wrong with a copy; None where it holds nothing that was to go. `pictures` further ones may be inside."""
    if photo.status != "read":
        return "the copy could not be read back in full"
    if photo.skipped:
        return "a part of the copy could not be read back"
    for name, (group, holds) in FIELDS.items():
        if holds(photo) and not (group and wanted.keeps(group)):
            return f"the copy would still hold: {name}"
    if wanted.time == "day" and any((t.hour, t.minute, t.second) != (0, 0, 0) for t in photo.times):
        return "the copy would still hold: time of day"
    if sum(item.kind != "video" for item in photo.embedded) > pictures:
        return "the copy would still hold: a picture inside"
    return None
