"""Google Takeout: location history in its forms, and the notes beside photos."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.exports.made import LAT, LON, read, spots, times

HERE = {"latitudeE7": 435000000, "longitudeE7": -405000000}
WHEN = {"startTimestamp": "2024-03-01T20:00:00Z", "endTimestamp": "2024-03-01T22:30:00.5Z"}


def test_records_become_private_points_of_one_item(tmp_path: Path) -> None:
    """Each row is a point with its time; nobody else sees them."""
    rows = [
        {**HERE, "timestamp": "2024-03-01T10:00:00.123Z", "accuracy": 20},
        {**HERE, "timestampMs": "1709287200000"},
    ]
    found = read(tmp_path, {"Takeout/Location History/Records.json": {"locations": rows}})
    assert spots(found) == [(LAT, LON)] * 2
    assert times(found) == ["2024-03-01T10:00:00.123000+00:00", "2024-03-01T10:00:00+00:00"]
    assert {point.id for point in found.points} == {"my export#1"}
    assert (found.private_points, found.bad_points) == (2, 0)


def test_numbers_that_ran_over_are_put_right(tmp_path: Path) -> None:
    """Older exports hold longitudes that are 2^32 too large."""
    rows = [{"latitudeE7": 435000000, "longitudeE7": -405000000 + 2**32, "timestampMs": "1709287200000"}]
    assert spots(read(tmp_path, {"Records.json": {"locations": rows}})) == [(LAT, LON)]


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"latitudeE7": "435000000", "longitudeE7": 0},
        {"latitudeE7": 0, "longitudeE7": 0},
        {"latitudeE7": float("nan"), "longitudeE7": 1},
        {"latitudeE7": -1e300, "longitudeE7": 1},
    ],
)
def test_rows_without_a_place_on_the_globe_are_counted(tmp_path: Path, row: dict[str, object]) -> None:
    """They make no point and stop nothing."""
    found = read(tmp_path, {"Records.json": {"locations": [row, HERE]}})
    assert spots(found) == [(LAT, LON)]
    assert found.bad_points == 1


def test_a_stay_counts_each_hour_and_a_way_its_ends(tmp_path: Path) -> None:
    """A night at one place must look like a night."""
    rows = [
        {"placeVisit": {"location": {**HERE, "address": "x", "semanticType": "TYPE_HOME"}, "duration": WHEN}},
        {"activitySegment": {"startLocation": HERE, "endLocation": {"latitudeE7": 1}, "duration": WHEN}},
    ]
    found = read(tmp_path, {"Semantic Location History/2024/2024_MARCH.json": {"timelineObjects": rows}})
    clock = [time[11:16] for time in times(found)]
    assert clock == ["20:00", "21:00", "22:00", "22:30", "20:00"]


def test_the_timeline_of_a_phone_is_read(tmp_path: Path) -> None:
    """Stays, paths and raw positions, as degrees with their sign, with the offset that the phone wrote."""
    spot = f"{LAT}°, {LON}°"
    file = {
        "semanticSegments": [
            {
                "startTime": "2024-03-01T20:00:00.000-03:00",
                "endTime": "2024-03-01T20:30:00.000-03:00",
                "visit": {"topCandidate": {"placeLocation": {"latLng": spot}}},
            },
            {
                "startTime": "2024-03-01T21:00:00.000-03:00",
                "endTime": "2024-03-01T21:30:00.000-03:00",
                "timelinePath": [{"point": spot, "time": "2024-03-01T21:10:00.000-03:00"}, {"point": "no"}],
            },
        ],
        "rawSignals": [{"position": {"LatLng": spot, "timestamp": "2024-03-01T22:00:00.000-03:00"}}, {"wifiScan": {}}],
        "userLocationProfile": {"frequentPlaces": []},
    }
    found = read(tmp_path, {"Timeline.json": file})
    assert spots(found) == [(LAT, LON)] * 4
    assert [time[11:] for time in times(found)] == [
        "20:00:00-03:00",
        "20:30:00-03:00",
        "21:10:00-03:00",
        "22:00:00-03:00",
    ]
    assert found.bad_points == 1


def test_the_timeline_of_an_iphone_is_a_list(tmp_path: Path) -> None:
    """Positions stand as geo: addresses, steps count minutes from the start."""
    spot = f"geo:{LAT},{LON}"
    start, end = "2024-03-01T20:00:00.000Z", "2024-03-01T20:20:00.000Z"
    file = [
        {"startTime": start, "endTime": end, "visit": {"topCandidate": {"placeLocation": spot}}},
        {"startTime": start, "endTime": end, "activity": {"start": spot, "end": spot}},
        {"startTime": start, "timelinePath": [{"point": spot, "durationMinutesOffsetFromStartTime": "7"}]},
    ]
    found = read(tmp_path, {"location-history.json": file})
    assert [time[11:16] for time in times(found)] == ["20:00", "20:20", "20:00", "20:20", "20:07"]


def test_names_in_another_language_do_not_matter(tmp_path: Path) -> None:
    """The first bytes tell what a file is."""
    found = read(tmp_path, {"Takeout/Standortverlauf/Datensätze.json": {"locations": [HERE]}})
    assert spots(found) == [(LAT, LON)]
    assert found.files["takeout"] == 1


def test_the_note_beside_a_photo_gives_one_point(tmp_path: Path) -> None:
    """The camera's own place before the one that was set later; (0, 0) is no place."""
    note = {
        "title": "a.jpg",
        "photoTakenTime": {"timestamp": "1709287200"},
        "geoData": {"latitude": 1.0, "longitude": 1.0},
        "geoDataExif": {"latitude": LAT, "longitude": LON},
        "people": [{"name": "x"}],
    }
    none = {**note, "geoData": {"latitude": 0.0, "longitude": 0.0}, "geoDataExif": {}}
    found = read(tmp_path, {"Google Photos/a.jpg.json": note, "Google Photos/b.jpg.supplemental-metadata.json": none})
    assert spots(found) == [(LAT, LON)]
    assert times(found) == ["2024-03-01T10:00:00+00:00"]
    assert found.bad_points == 0
