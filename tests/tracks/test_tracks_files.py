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
from unlisted.sources.tracks.track import BROKEN
from unlisted.sources.tracks.xml import DAMAGED

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


MARK = "<Placemark>{}<Point><coordinates>-40.5,43.5,0</coordinates></Point></Placemark>"
STAMP = "<TimeStamp><when>2020-01-05T10:00:00Z</when></TimeStamp>"
SPAN = "<TimeSpan><begin>2020-01-05T10:00:00Z</begin><end>2020-01-05T12:00:00Z</end></TimeSpan>"
TIMED = "<Placemark><Track><when>2021-01-05T10:00:00Z</when><coord>-40.5 43.5 0</coord></Track></Placemark>"


@pytest.mark.parametrize(
    ("rest", "kept"),
    [("<trkpt lat='43.", 3), ("<name>\x01</name>", 3), ("<name>&nbsp;</name></trkseg></trk></gpx>", 3), ("</gpx>", 3)],
)
def test_what_stands_before_the_end_of_a_broken_file_counts(tmp_path: Path, rest: str, kept: int) -> None:
    """A watch whose battery ran out writes no end: its points are read, and the break is said."""
    path = tmp_path / "a.gpx"
    path.write_text(f"<gpx><trk><trkseg>{POINT * 3}{rest}")
    found = read_tracks(path, label="runs")
    assert (len(found.points), found.skipped, found.broken) == (kept, [BROKEN], 1)


@pytest.mark.parametrize("text", ["<html><body><p>Log in</p></body></html>", "<gpx", "\x01", f"<rss>{POINT}</rss>"])
def test_a_page_in_place_of_a_track_is_said(tmp_path: Path, text: str) -> None:
    """What has another name than the three forms, or no end of its first word, is no track."""
    path = tmp_path / "a.gpx"
    path.write_text(text)
    found = read_tracks(path, label="runs")
    assert (len(found.points), found.skipped, found.broken) == (0, [DAMAGED], 1)


@pytest.mark.parametrize(
    ("inner", "times"),
    [
        (MARK.format(STAMP), ["2020"]),
        (MARK.format(SPAN), ["2020"]),
        (MARK.format(""), [""]),
        (MARK.format(STAMP + STAMP), [""]),
        (MARK.format(STAMP) + TIMED, ["2020", "2021"]),
        (MARK.format("") + TIMED + MARK.format(STAMP), ["", "2021", "2020"]),
        (MARK.format(STAMP).replace("-40.5,43.5,0", "-40.5,43.5 -40.6,43.5"), ["", ""]),
        (
            MARK.format(STAMP).replace("</Point>", "</Point><Point><coordinates>-41,43</coordinates></Point>"),
            ["", "2020"],
        ),
        (MARK.format(STAMP).replace("-40.5,43.5,0", " -40.5, 43.5, 0 "), ["2020"]),
    ],
)
def test_a_mark_has_its_own_time_and_no_other(inner: str, times: list[str]) -> None:
    """The time of a place does not become that of the track behind it; a line of places has none."""
    found = [fix for one in read_track([f"<kml><Document>{inner}</Document></kml>".encode()]) for fix in one]
    assert [str(at.year) if at else "" for _, _, at in found] == times
    assert all(42 < lat < 44 for lat, _, _ in found)


@pytest.mark.parametrize("inner", ["-40.5", "", "x,y", "-40.5,"])
def test_a_mark_without_two_numbers_is_no_place(inner: str) -> None:
    """It is counted as bad or not at all."""
    raw = MARK.format("").replace("-40.5,43.5,0", inner)
    assert [len(one) for one in read_track([f"<kml>{raw}</kml>".encode()])] in ([], [0])
