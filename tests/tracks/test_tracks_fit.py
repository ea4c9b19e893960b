"""FIT files: definitions, records, times in five bits, and damage."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.errors import NotRead
from unlisted.sources.tracks import read_track
from unlisted.sources.tracks.fit import EPOCH, NO_POSITION, NO_TIME
from unlisted.sources.tracks.track import BROKEN

AT = datetime(2024, 3, 1, 18, 0, tzinfo=UTC)
CLOCK = int((AT - EPOCH).total_seconds())


def units(degrees: float) -> int:
    """Degrees as the format counts them."""
    return round(degrees * 2**31 / 180)


HERE = (units(43.5), units(-40.5))


def definition(kind: int, message: int, fields: list[tuple[int, int]], *, big: bool = False, more: int = 0) -> bytes:
    """A definition message; fields as (number, size)."""
    order = ">" if big else "<"
    head = bytes([0x40 | kind | (0x20 if more else 0), 0, int(big)]) + struct.pack(f"{order}HB", message, len(fields))
    body = b"".join(bytes([number, size, 0x86]) for number, size in fields)
    return head + body + (bytes([1, 0, more, 0]) if more else b"")


FIELDS = [(253, 4), (0, 4), (1, 4)]


def record(kind: int, at: int, lat: int, lon: int, *, order: str = "<") -> bytes:
    """A data message with time and position."""
    return bytes([kind]) + struct.pack(f"{order}Iii", at, lat, lon)


def fit(body: bytes, *, size: int = 14) -> bytes:
    """A file around its messages."""
    head = struct.pack("<BBHI4s", size, 0x20, 2132, len(body), b".FIT") + b"\x00\x00" * (size == 14)
    return head + body + b"\x00\x00"


def near(raw: bytes) -> list[tuple[float, float, datetime | None]]:
    """The positions of a file, rounded."""
    return [(round(lat, 6), round(lon, 6), at) for track in read_track([raw]) for lat, lon, at in track.fixes]


@pytest.mark.parametrize("size", [12, 14])
@pytest.mark.parametrize("big", [False, True])
def test_records_give_positions_with_their_times(size: int, big: bool) -> None:
    """In both orders of bytes, with both lengths of the head."""
    order = ">" if big else "<"
    body = definition(0, 20, FIELDS, big=big) + record(0, CLOCK, *HERE, order=order)
    assert near(fit(body, size=size)) == [(43.5, -40.5, AT)]


def test_times_in_five_bits_go_on_from_the_last_whole_one() -> None:
    """They wrap every 32 seconds."""
    packed = definition(1, 20, [(0, 4), (1, 4)])
    body = definition(0, 20, FIELDS) + record(0, CLOCK, *HERE) + packed
    for later in (1, 20, 33):
        body += bytes([0x80 | 1 << 5 | (CLOCK + later) & 31]) + struct.pack("<ii", *HERE)
    assert [at for _, _, at in near(fit(body))] == [AT + timedelta(seconds=later) for later in (0, 1, 20, 33)]


def test_other_messages_are_passed_over() -> None:
    """Laps, fields of other makers, and records without a position."""
    body = definition(2, 19, [(3, 4), (4, 2)]) + b"\x02" + b"x" * 6
    body += definition(0, 20, FIELDS, more=3) + record(0, CLOCK, *HERE) + b"abc"
    body += record(0, CLOCK, NO_POSITION, NO_POSITION) + b"abc"
    assert near(fit(body)) == [(43.5, -40.5, AT)]


@pytest.mark.parametrize("fields", [[(0, 4), (1, 4)], [(253, 4), (0, 4), (1, 4)]])
def test_a_record_without_a_time_has_none(fields: list[tuple[int, int]]) -> None:
    """No clock is guessed."""
    body = definition(0, 20, fields) + b"\x00" + (struct.pack("<I", NO_TIME) if len(fields) == 3 else b"")
    assert near(fit(body + struct.pack("<ii", *HERE))) == [(43.5, -40.5, None)]


def test_two_files_in_one_are_two_outings() -> None:
    """The format allows to chain them."""
    one = fit(definition(0, 20, FIELDS) + record(0, CLOCK, *HERE))
    assert len(read_track([one + one])) == 2


def test_what_was_read_before_the_damage_counts() -> None:
    """A watch that ran out of power."""
    whole = fit(definition(0, 20, FIELDS) + record(0, CLOCK, *HERE) * 3)
    assert len(near(whole[:-8])) == 2
    assert [one.cut for one in read_track([whole[:-8]])] == [BROKEN]
    assert [one.cut for one in read_track([whole])] == [None]


@pytest.mark.parametrize(
    "raw",
    [
        fit(b"")[:10],
        fit(b"\x05"),
        fit(definition(0, 20, FIELDS)[:-4]),
        b"\x02" + fit(b"")[1:],
        b"\x0e\x20\x00\x00\xff\xff\xff\xff.FIT\x00\x00",
    ],
)
def test_what_is_no_fit_file_is_said(raw: bytes) -> None:
    """A message without its definition, a length beyond the end, a head that is too short."""
    with pytest.raises(NotRead):
        read_track([raw])


def test_a_file_without_positions_gives_no_track() -> None:
    """An hour on a machine."""
    assert read_track([fit(definition(0, 20, [(253, 4)]) + b"\x00" + struct.pack("<I", CLOCK))]) == []


@settings(max_examples=150, deadline=None, derandomize=True)
@given(raw=st.binary(max_size=120), at=st.integers(0, 60), value=st.integers(0, 255))
def test_bytes_of_any_kind_raise_not_read_or_nothing(raw: bytes, at: int, value: int) -> None:
    """No other error comes out."""
    whole = bytearray(fit(definition(0, 20, FIELDS) + record(0, CLOCK, *HERE) * 2))
    whole[at % len(whole)] = value
    for data in (bytes(whole), fit(raw), raw):
        try:
            read_track([data])
        except NotRead as error:
            assert error.reason  # noqa: PT017  (either way is right)
