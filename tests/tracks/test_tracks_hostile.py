"""Tracks that somebody else made: limits, growth, and bytes of any kind."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.errors import NotRead, TooLarge
from unlisted.sources.tracks import read, read_track, track, xml

POINT = b'<trkpt lat="43.5" lon="-40.5"><time>2024-03-01T18:00:00Z</time></trkpt>'

WHEN = b"<Placemark><Track>" + b"<when>2024-03-01T18:00:00Z</when>" * 2 + b"</Track></Placemark></kml>"


def gpx(inner: bytes) -> bytes:
    """A GPX file around this."""
    return b"<gpx><trk><trkseg>" + inner + b"</trkseg></trk></gpx>"


@pytest.mark.parametrize(
    ("where", "name", "raw"),
    [
        (xml, "MAX_DEPTH", gpx(POINT)),
        (xml, "MAX_ELEMENTS", gpx(POINT)),
        (xml, "MAX_VALUE", gpx(POINT)),
    ],
)
def test_each_limit_holds_and_is_said(monkeypatch: pytest.MonkeyPatch, where: object, name: str, raw: bytes) -> None:
    """Depth, elements, and the length of one value."""
    assert read_track([raw])
    monkeypatch.setattr(where, name, 1)
    with pytest.raises(TooLarge):
        read_track([raw])


@pytest.mark.parametrize(
    ("where", "name", "raw"),
    [
        (track, "MAX_FIXES", gpx(POINT * 4)),
        (track, "MAX_TRACKS", gpx(POINT + b"</trkseg></trk><trk><trkseg>" + POINT)),
        (xml, "MAX_FIXES", b"<kml><Placemark><Point><coordinates>-40.5,43.5</coordinates></Point></Placemark>" + WHEN),
    ],
)
def test_what_stands_before_a_limit_counts(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, raw: bytes
) -> None:
    """The first position is kept, and the reason is told."""
    monkeypatch.setattr(where, name, 1)
    found = read_track([raw])
    assert sum(map(len, found)) == 1
    assert "more" in (found[-1].cut or "")


@pytest.mark.parametrize("name", ["MAX_FIT", "MAX_KMZ"])
def test_files_that_are_read_whole_have_a_limit(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """FIT and KMZ."""
    monkeypatch.setattr(read, name, 20)
    head = {"MAX_FIT": b"\x0e\x20\x00\x00\xff\x00\x00\x00.FIT", "MAX_KMZ": b"PK\x03\x04"}[name]
    with pytest.raises(TooLarge):
        read_track([head, b"x" * 30])


def kmz(names: dict[str, bytes]) -> bytes:
    """An archive with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_kmz_that_swells_is_left() -> None:
    """Ten million spaces in ten thousand bytes."""
    with pytest.raises(TooLarge, match="swells"):
        read_track([kmz({"doc.kml": b"<kml>" + b" " * 10_000_000 + b"</kml>"})])


@pytest.mark.parametrize("raw", [kmz({"a.txt": b"x"}), b"PK\x03\x04" + b"x" * 50, kmz({"a.kml": b"<kml/>"})[:-30]])
def test_a_kmz_without_a_kml_or_damaged_is_said(raw: bytes) -> None:
    """Nothing else is raised."""
    with pytest.raises(NotRead):
        read_track([raw])


@pytest.mark.parametrize(
    ("unit", "count"),
    [(POINT, 20_000), (b"<a b='c'/>", 60_000), (b"<time>" + b"x" * 50 + b"</time>", 30_000), (b"&lt;" * 10, 30_000)],
)
def test_time_grows_with_the_length(unit: bytes, count: int) -> None:
    """Twice as much costs at most three times as much."""

    def pieces(number: int) -> list[bytes]:
        raw = gpx(unit * number)
        return [raw[at : at + 65536] for at in range(0, len(raw), 65536)]

    grows_in_step(pieces, read_track, count)


PARTS = st.sampled_from(
    [
        b"<gpx>",
        b"</gpx>",
        b"<trk>",
        POINT,
        b"<trkpt lat='1e999' lon='x'/>",
        b"<coordinates>1,2 3 ,4,,",
        b"</coordinates>",
        b"<when>",
        b"<Track>",
        b"</Track>",
        b"<gx:coord>1 2",
        b"<coord>1</coord>",
        b"<Trackpoint><LatitudeDegrees>1</LatitudeDegrees></Trackpoint>",
        b"&a;",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"\xff\xfe",
        b"<?xml version='1.0' encoding='utf-16'?>",
        b"<!DOCTYPE a [",
        b"\x00",
        b"<a:b",
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(parts=st.lists(PARTS | st.binary(max_size=10), max_size=12))
def test_pieces_of_any_kind_raise_not_read_or_nothing(parts: list[bytes]) -> None:
    """No other error comes out."""
    for raw in (b"".join(parts), gpx(b"".join(parts))):
        try:
            read_track([raw])
        except NotRead as error:
            assert error.reason  # noqa: PT017  (either way is right)
