"""Tracks in each of their forms."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unlisted.errors import NotRead
from unlisted.sources.exports import read_tracks
from unlisted.sources.tracks import of_track, read_track

AT = datetime(2024, 3, 1, 18, 0, tzinfo=UTC)
POINT = '<trkpt lat="43.5" lon="-40.5"><ele>1</ele><time>2024-03-01T18:00:00Z</time></trkpt>'
GPX = (
    f'<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{POINT * 2}</trkseg></trk></gpx>'
)
TCX = (
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities><Activity><Lap><Track>'
    "<Trackpoint><Time>2024-03-01T18:00:00Z</Time><Position><LatitudeDegrees>43.5</LatitudeDegrees>"
    "<LongitudeDegrees>-40.5</LongitudeDegrees></Position></Trackpoint><Trackpoint><Time>2024-03-01T18:00:05Z</Time></Trackpoint>"
    "</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
)
KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>'
    "<Placemark><LineString><coordinates>-40.5,43.5,0 -40.6,43.6,0</coordinates></LineString></Placemark>"
    "<Placemark><gx:Track><when>2024-03-01T18:00:00Z</when><gx:coord>-40.5 43.5 0</gx:coord></gx:Track></Placemark>"
    "</Document></kml>"
)


def test_a_gpx_track_gives_its_points_with_their_times() -> None:
    """Times are UTC."""
    (track,) = read_track([GPX.encode()])
    assert track.fixes == [(43.5, -40.5, AT)] * 2


def test_two_tracks_in_a_file_are_two_outings() -> None:
    """Each can be taken down by itself."""
    both = GPX.replace("</trk>", "</trk><trk><trkseg>" + POINT + "</trkseg></trk>")
    assert [len(track.fixes) for track in read_track([both.encode()])] == [2, 1]


def test_a_tcx_track_leaves_out_points_without_a_position() -> None:
    """Indoors a watch notes the time alone."""
    (track,) = read_track([TCX.encode()])
    assert track.fixes == [(43.5, -40.5, AT)]


def test_a_kml_file_gives_lines_and_timed_tracks() -> None:
    """The longitude stands first there."""
    line, timed = read_track([KML.encode()])
    assert line.fixes == [(43.5, -40.5, None), (43.6, -40.6, None)]
    assert timed.fixes == [(43.5, -40.5, AT)]


def test_a_kmz_archive_is_opened() -> None:
    """Its first KML file is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("doc.kml", KML)
    assert len(read_track([out.getvalue()])) == 2


@pytest.mark.parametrize("cut", [1, 7, 64])
def test_pieces_of_any_size_give_the_same(cut: int) -> None:
    """A file is read as it comes."""
    raw = GPX.encode()
    pieces = [raw[at : at + cut] for at in range(0, len(raw), cut)]
    assert read_track(pieces)[0].fixes == read_track([raw])[0].fixes


@pytest.mark.parametrize("value", ["x", "", "1e999", "nan", "91", "0x10"])
def test_positions_that_cannot_be_right_are_counted(tmp_path: Path, value: str) -> None:
    """They make no point, the others stay."""
    (tmp_path / "a.gpx").write_text(GPX.replace('lat="43.5"', f'lat="{value}"', 1))
    found = read_tracks(tmp_path, label="runs")
    assert (len(found.points), found.bad_points) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<gpx>",
        "no track",
        "\x00\x01",
        '<!DOCTYPE gpx [<!ENTITY a "aaaa">]><gpx><trk/></gpx>',
        '<!DOCTYPE gpx SYSTEM "file:///x"><gpx/>',
        "<a>" * 200,
        '<?xml version="1.0" encoding="no-such"?><gpx/>',
    ],
)
def test_what_is_no_track_is_said(text: str) -> None:
    """Abbreviations of XML are never opened."""
    with pytest.raises(NotRead):
        read_track([text.encode()])


def test_a_folder_gives_an_item_for_each_outing(tmp_path: Path) -> None:
    """Packed files count too, others do not."""
    (tmp_path / "one.gpx").write_text(GPX)
    (tmp_path / "two.tcx.gz").write_bytes(gzip.compress(TCX.encode()))
    (tmp_path / "note.txt").write_text("x")
    found = read_tracks(tmp_path, label="runs")
    assert [point.id for point in found.points] == ["runs#1", "runs#1", "runs#2"]
    assert [len(track) for track in found.outings] == [2, 1]
    assert found.files.total() == 2


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    """Nothing found is never a finding of nothing."""
    with pytest.raises(NotRead, match="no tracks"):
        read_tracks(tmp_path, label="runs")


@pytest.mark.parametrize(("name", "held"), [("a.gpx", True), ("a.fit.gz", True), ("a.gz", False), ("a.jpg", False)])
def test_names_of_tracks(name: str, held: bool) -> None:
    """By their endings."""
    assert of_track(name) is held


@pytest.mark.corpus
def test_recorded_tracks_are_read_in_full(corpora: Path) -> None:
    """As many points as the files hold."""
    found = read_tracks(corpora / "places" / "tracks", label="runs")
    assert (len(found.points), found.bad_points, found.skipped) == (184 + 296 + 104, 0, [])
