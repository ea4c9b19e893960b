"""Groups of fields that are kept or dropped, the new camera block, and what reading back finds."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.clean import made
from tests.clean.conftest import Answer, Copy
from tests.photos import build

from unlisted.errors import BadInput
from unlisted.extract.photo import read_photo
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.tiff import read_block
from unlisted.model.evidence import Device, Embedded, Photo, Position, Thumbnail
from unlisted.remedy import clean as package
from unlisted.remedy.clean import GROUPS, Cleaned, Refused, Wanted, exif, wanted
from unlisted.remedy.clean.verify import FIELDS, counts, left

WHEN = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001  (a camera's clock)
FULL = Photo(
    status="read",
    positions=(Position(lat=-46.5, lon=7.25, origin="exif"),),
    taken_at=WHEN,
    device=Device(make="Pinhole", model="Box 2", lens="Glass 3", software="Dark 4"),
    serials=("SER-4711-X",),
    owners=(made.SECRET,),
)
FORMS = {
    "JPEG": made.jpeg(build.exif_segment(made.NOTES), build.xmp_segment(made.PACKET)),
    "PNG": made.png(build.chunk(b"eXIf", made.NOTES)),
    "WEBP": made.webp((b"EXIF", made.NOTES)),
    "HEIC": build.heic([(b"hvc1", b"", bytes(300)), build.exif_item(made.NOTES)]),
}


def found(block: bytes) -> Photo:
    """What a camera block says."""
    out = Found()
    assert read_block(block, out)
    return out.photo("")


# ---- what is asked for ----


def test_nothing_is_kept_unless_it_is_asked_for() -> None:
    """All four groups go."""
    asked = wanted()
    assert asked == Wanted()
    assert not any(asked.keeps(group) for group in GROUPS)


@pytest.mark.parametrize("group", GROUPS)
def test_keep_and_drop_are_two_sides_of_one(group: str) -> None:
    """To keep all but one is to drop that one."""
    others = [name for name in GROUPS if name != group]
    assert wanted(keep=others) == wanted(drop=[group])
    assert [name for name in GROUPS if wanted(keep=[group]).keeps(name)] == [group]


def test_a_coarser_time_overrules() -> None:
    """The day alone, or nothing, whatever else is kept."""
    assert wanted(keep=["place"], time="day").time == "day"
    assert wanted(drop=["place"], time="none").time == "none"
    assert wanted(keep=["time"]).time == "exact"


@pytest.mark.parametrize(
    "asked", [{"keep": ["plaice"]}, {"drop": [""]}, {"keep": ["time"], "drop": ["place"]}, {"time": "hour"}]
)
def test_what_cannot_be_meant_is_bad_input(asked: dict[str, str]) -> None:
    """One line that says what there is."""
    with pytest.raises(BadInput):
        wanted(**asked)


# ---- the new camera block ----


def test_an_ordinary_picture_gets_no_block() -> None:
    """Upright, usual colours, nothing kept."""
    assert exif.block(FULL, Wanted(), exif.Look()) == b""


def test_all_that_is_kept_can_be_read_back() -> None:
    """By our reader, and nothing else is there."""
    photo = found(exif.block(FULL, wanted(keep=GROUPS), exif.Look(turn=6)))
    assert [(spot.lat, spot.lon) for spot in photo.positions] == [(-46.5, 7.25)]
    assert photo.taken_at == WHEN
    assert photo.device == FULL.device
    assert (photo.serials, photo.owners, photo.orientation) == (FULL.serials, FULL.owners, 6)


@pytest.mark.parametrize("group", GROUPS)
def test_a_kept_group_brings_no_other(group: str) -> None:
    """Each by itself."""
    photo = found(exif.block(FULL, wanted(keep=[group]), exif.Look()))
    held = {
        "place": bool(photo.positions),
        "identity": bool(photo.owners and photo.serials),
        "time": bool(photo.times),
        "device": bool(photo.device),
    }
    assert held == {name: name == group for name in GROUPS}


def test_the_day_is_all_of_a_coarse_time() -> None:
    """No hour and no zone."""
    photo = Photo(status="read", taken_at=WHEN.replace(tzinfo=UTC))
    assert found(exif.block(photo, wanted(time="day"), exif.Look())).taken_at == datetime(2024, 5, 6)  # noqa: DTZ001
    whole = found(exif.block(photo, wanted(keep=["time"]), exif.Look())).taken_at
    assert whole == WHEN.replace(tzinfo=UTC)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(1, 8), st.sampled_from([1, 2, 0xFFFF]), st.booleans())
def test_the_look_is_what_was_written(turn: int, colour: int, adobe: bool) -> None:
    """A block says the same look again when it is read, unless it is the usual one."""
    look = exif.Look(turn=turn, colour=colour, adobe=adobe)
    block = exif.block(Photo(status="read"), Wanted(), look)
    assert (exif.look([block], []) if block else exif.Look()) == look


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.binary(max_size=80), max_size=3), st.lists(st.binary(max_size=80), max_size=3))
def test_any_bytes_give_a_look(blocks: list[bytes], packets: list[bytes]) -> None:
    """Nothing raises, and the turn is one that there is."""
    assert 1 <= exif.look([b"II*\0" + block for block in blocks], packets).turn <= 8


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.floats(-90, 90), st.floats(-180, 180), st.text(max_size=60))
def test_kept_values_survive(lat: float, lon: float, words: str) -> None:
    """A position to a centimetre, and any words without raising."""
    photo = Photo(status="read", positions=(Position(lat=lat, lon=lon, origin="exif"),), owners=(words,))
    spots = found(exif.block(photo, wanted(keep=["place", "identity"]), exif.Look(turn=3))).positions
    assert all(abs(spot.lat - lat) < 1e-6 and abs(spot.lon - lon) < 1e-6 for spot in spots)


def test_a_broken_first_block_does_not_hide_the_second() -> None:
    """The turn is that of the first block that tells one, then that of a packet."""
    right = build.tiff({0x112: build.short(8)})
    packet = b'<a tiff:Orientation="3">'
    assert exif.look([b"", b"II*\0", build.tiff({0x10F: build.text("Pinhole")}), right], [packet]).turn == 8
    assert exif.look([b"no block"], [packet]).turn == 3
    assert exif.look([build.tiff({0x112: build.short(77)})], [packet]).turn == 1


# ---- whole files ----


@pytest.mark.parametrize("form", FORMS)
def test_a_kept_group_stays_in_every_kind_of_picture(copy: Copy, form: str, tmp_path: object) -> None:
    """The device, and nothing else."""
    copy(FORMS[form], wanted(keep=["device"]))
    photo = read_photo(f"{tmp_path}/copy.bin")
    assert photo.device is not None
    assert photo.device.make == "Pinhole"
    assert photo.orientation == 6
    assert set(counts(photo)) == {"device"}


@pytest.mark.parametrize("form", FORMS)
def test_one_group_can_be_dropped_alone(copy: Copy, form: str, tmp_path: object) -> None:
    """The place goes; time, device and owner stay; what belongs to no group goes as well."""
    copy(FORMS[form], wanted(drop=["place"]))
    photo = read_photo(f"{tmp_path}/copy.bin")
    assert set(counts(photo)) == {"device", "time", "owner", "serial number"}
    assert photo.taken_at == WHEN


@pytest.mark.parametrize("form", FORMS)
def test_only_the_day_can_stay(copy: Copy, form: str, tmp_path: object) -> None:
    """In every kind of picture."""
    copy(FORMS[form], wanted(time="day"))
    photo = read_photo(f"{tmp_path}/copy.bin")
    assert photo.times == (datetime(2024, 5, 6),)  # noqa: DTZ001


def test_a_copy_of_a_copy_is_the_same(copy: Copy) -> None:
    """There is nothing left to take out."""
    for data in FORMS.values():
        once = copy(data)
        assert copy(once) == once


def test_the_counts_say_what_is_gone(answer: Answer) -> None:
    """What was kept is not among them."""
    told = answer(FORMS["JPEG"], wanted(keep=["place"]))
    assert isinstance(told, Cleaned)
    assert told.fields["position"] == 1  # that of the packet, a second time; the camera's is kept
    assert told.fields["serial number"] == 1


# ---- reading back ----

LEFT = {
    "position": Photo(status="read", positions=FULL.positions),
    "place name": Photo(status="read", place_names=("x",)),
    "serial number": Photo(status="read", serials=("x",)),
    "owner": Photo(status="read", owners=("x",)),
    "person": Photo(status="read", people=("x",)),
    "contact": Photo(status="read", contacts=("x",)),
    "caption": Photo(status="read", captions=("x",)),
    "keyword": Photo(status="read", keywords=("x",)),
    "edit history": Photo(status="read", history=("x",)),
    "unique number": Photo(status="read", ids=("x",)),
    "credentials": Photo(status="read", credentials=("x",)),
    "time": Photo(status="read", taken_at=WHEN),
    "satellite time": Photo(status="read", gps_at=WHEN),
    "device": Photo(status="read", device=Device(make="x")),
    "thumbnail": Photo(status="read", thumbnail=Thumbnail()),
    "video inside": Photo(status="read", embedded=(Embedded(kind="video"),)),
}


def test_every_field_is_looked_at() -> None:
    """Each one that is left makes the copy worthless; a group that is kept does not."""
    assert LEFT.keys() == FIELDS.keys()
    for name, photo in LEFT.items():
        assert left(photo, Wanted(), 0) == f"the copy would still hold: {name}"
        group = FIELDS[name][0]
        assert (left(photo, wanted(keep=GROUPS), 0) is None) == bool(group)
    assert left(Photo(status="read"), Wanted(), 0) is None


def test_pictures_inside_are_counted() -> None:
    """No more than were kept on purpose."""
    photo = Photo(status="read", embedded=(Embedded(kind="picture"),))
    assert left(photo, Wanted(), 0) == "the copy would still hold: a picture inside"
    assert left(photo, Wanted(), 1) is None


def test_a_copy_that_cannot_be_read_in_full_is_worthless() -> None:
    """Damage, a part that was not read, an hour where only the day was to stay."""
    assert left(Photo(status="damaged"), Wanted(), 0)
    assert left(Photo(status="read", skipped=("a packed part",)), Wanted(), 0)
    assert left(Photo(status="read", taken_at=WHEN, times=(WHEN,)), wanted(time="day"), 0)


def test_a_copy_that_is_found_wanting_is_taken_away(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever went wrong in between: no claim, no file."""
    monkeypatch.setattr(package, "_plan", lambda job: [FORMS["JPEG"]])
    told = answer(FORMS["JPEG"])
    assert isinstance(told, Refused)
    assert told.reason.startswith("the copy would still hold")


def test_the_first_picture_decides_the_turn(copy: Copy) -> None:
    """The turn of a thumbnail's directory is not that of the picture."""
    data = made.jpeg(
        build.exif_segment(build.tiff({0x10F: build.text("Pinhole")}, thumbnail=build.small_jpeg(80, 60) * 3))
    )
    assert dict(Image.open(io.BytesIO(copy(data))).getexif()) == {}
