"""XMP packets: shapes of values, structures, odd names, broken and hostile text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step
from tests.photos import build

from unlisted.extract.photo import xmp
from unlisted.extract.photo.found import MAX_VALUES, Found
from unlisted.model.evidence import Photo

Read = Callable[[bytes], Photo]


def decode(packet: bytes) -> Found:
    """What a packet says."""
    found = Found()
    xmp.read(packet, found)
    return found


def spots(found: Found) -> list[tuple[float, float, str]]:
    """Positions, rounded."""
    return [(round(p.lat, 5), round(p.lon, 5), p.origin) for p in found.positions]


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("46,30N", "7,15W"),
        ("46,30.0000N", "7,15.0000W"),
        ("46,30,0N", "7,15,0W"),
        ("46.5", "-7.25"),
        (" 46.5 ", " -7.25 "),
        ("46 30 0 N", "7 15 0 W"),
        ("+46.50000", "-7.25000"),
    ],
)
def test_shapes_of_positions(lat: str, lon: str) -> None:
    """Every shape that programs write gives the same place, as attributes and as elements."""
    attributes = decode(build.xmp(attributes=f'exif:GPSLatitude="{lat}" exif:GPSLongitude="{lon}"'))
    elements = decode(
        build.xmp(f"<exif:GPSLatitude>{lat}</exif:GPSLatitude><exif:GPSLongitude>{lon}</exif:GPSLongitude>")
    )
    assert spots(attributes) == spots(elements) == [(*build.SEA, "xmp")]


def test_misspelt_name() -> None:
    """The drones' misspelt name of the longitude is understood."""
    assert spots(decode(build.xmp(attributes='drone:GpsLatitude="+46.5" drone:GpsLongtitude="-7.25"'))) == [
        (*build.SEA, "xmp")
    ]


def test_half_a_position() -> None:
    """One number is no place, and numbers of two families are no pair."""
    assert spots(decode(build.xmp(attributes='exif:GPSLatitude="46,30N"'))) == []
    assert spots(decode(build.xmp(attributes='exif:GPSLatitude="46,30N" drone:GpsLongitude="-7.25"'))) == []
    assert spots(decode(build.xmp(attributes='exif:GPSLatitude="north" exif:GPSLongitude="7,15W"'))) == []


@pytest.mark.parametrize("prefix", ["rdf", "R", "ns0"])
def test_any_prefix_of_the_frame(prefix: str) -> None:
    """The names of the frame may have any prefix."""
    body = f"<dc:creator><{prefix}:Seq><{prefix}:li>Odo Finch</{prefix}:li></{prefix}:Seq></dc:creator>"
    assert list(decode(build.xmp(body, rdf=prefix)).owners) == ["Odo Finch"]


def test_places_shown_and_created() -> None:
    """Places in the picture and places where it was made keep their own origin and are not mixed with the camera's."""
    shown = (
        "<Iptc4xmpExt:LocationShown><rdf:Bag>"
        '<rdf:li rdf:parseType="Resource"><exif:GPSLatitude>46,30N</exif:GPSLatitude><exif:GPSLongitude>7,15W</exif:GPSLongitude>'
        "<Iptc4xmpExt:City>Marrow Bay</Iptc4xmpExt:City></rdf:li>"
        '<rdf:li><rdf:Description exif:GPSLatitude="10,0S" exif:GPSLongitude="20,0W" Iptc4xmpExt:Sublocation="Old Quay"/></rdf:li>'
        "</rdf:Bag></Iptc4xmpExt:LocationShown>"
    )
    created = (
        '<Iptc4xmpExt:LocationCreated rdf:parseType="Resource"><exif:GPSLatitude>38,15S</exif:GPSLatitude>'
        "<exif:GPSLongitude>77,30E</exif:GPSLongitude></Iptc4xmpExt:LocationCreated>"
    )
    found = decode(build.xmp(shown + created, 'exif:GPSLatitude="1,0N" exif:GPSLongitude="30,0W"'))
    assert sorted(spots(found)) == sorted([
        (1.0, -30.0, "xmp"), (*build.SEA, "xmp-shown"), (-10.0, -20.0, "xmp-shown"), (*build.FAR, "xmp-created"),
    ])  # fmt: skip
    assert list(found.place_names) == ["Marrow Bay", "Old Quay"]


def test_people_in_regions() -> None:
    """Names in face regions are people, in all three ways; the name of a thing outside of a region is not."""
    body = (
        '<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag><rdf:li>'
        '<rdf:Description mwg-rs:Name="Ada Lutt" mwg-rs:Type="Face"/></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>'
        '<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<MPReg:PersonDisplayName>Ben Lutt</MPReg:PersonDisplayName></rdf:li></rdf:Bag></MPRI:Regions></MP:RegionInfo>"
        "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Cy Finch</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"
        "<xmp:Name>Profile 3</xmp:Name>"
    )
    assert list(decode(build.xmp(body)).people) == ["Ada Lutt", "Ben Lutt", "Cy Finch"]


def test_lists_of_words() -> None:
    """Creator, keywords, captions, edits, ids and serial numbers go to their fields; lists are lists."""
    body = (
        "<dc:creator><rdf:Seq><rdf:li>Odo Finch</rdf:li><rdf:li>Ada Lutt</rdf:li></rdf:Seq></dc:creator>"
        "<dc:subject><rdf:Bag><rdf:li>boats</rdf:li></rdf:Bag></dc:subject>"
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">At the &amp; quay</rdf:li></rdf:Alt></dc:description>'
    )
    found = decode(build.xmp(body, 'aux:SerialNumber="LF-0001" xmp:CreatorTool="Inkpot 3" photoshop:City="Marrow Bay"'))
    assert list(found.owners) == ["Odo Finch", "Ada Lutt"]
    assert list(found.keywords) == ["boats"]
    assert list(found.captions) == ["At the & quay"]
    assert list(found.serials) == ["LF-0001"]
    assert list(found.history) == ["Inkpot 3"]
    assert list(found.place_names) == ["Marrow Bay"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(read: Read, encoding: str) -> None:
    """A packet file is read in each encoding that occurs."""
    words = build.xmp(attributes='photoshop:City="Märrow Bay"').decode()
    photo = read((words if "16" in encoding else words.replace("\ufeff", "")).encode(encoding))
    assert photo.format == "XMP"
    assert photo.place_names == ("Märrow Bay",)


def test_broken_packet_is_read_loosely() -> None:
    """A packet that is no well-formed text still gives its place and names, and the file is called damaged."""
    packet = build.xmp(
        attributes='exif:GPSLatitude="46,30N" exif:GPSLongitude="7,15W" photoshop:City="Marrow &amp; Bay"'
    )
    broken = b"<x:xmpmeta><unclosed" + packet.replace(b"</rdf:RDF>", b"</rdf:RDX>")
    found = decode(broken)
    assert spots(found) == [(*build.SEA, "xmp")]
    assert list(found.place_names) == ["Marrow & Bay"]
    assert found.damage


def test_padding_is_no_damage() -> None:
    """Spaces, NULs and the end mark behind the packet are no damage."""
    found = decode(build.xmp(attributes='photoshop:City="Marrow Bay"') + b" \n" * 500 + b"\0" * 30)
    assert found.damage is None


def test_entities_are_refused() -> None:
    """A document type, which could declare entities that grow, ends the reading: nothing is expanded."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x xmlns:p="http://p.example/"><p:City>&b;</p:City></x>'
    assert list(decode(bomb).place_names) == []


@pytest.mark.parametrize("depth", [xmp.MAX_DEPTH + 10, 50_000])
def test_depth_is_limited(depth: int) -> None:
    """Deeper elements than the limit end the reading, and nothing breaks."""
    space = b"<a:b xmlns:a='http://a.example/' xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'>"
    city = b"<photoshop:City>Marrow Bay</photoshop:City>"
    shallow = space + b"<a:c>" * 3 + city + b"</a:c>" * 3 + b"</a:b>"
    assert list(decode(shallow).place_names) == ["Marrow Bay"]
    assert list(decode(space + b"<a:c>" * depth + city + b"</a:c>" * depth + b"</a:b>").place_names) == []


def test_elements_are_counted() -> None:
    """A packet of more elements than the limit is read as far as that."""
    many = "<dc:subject>boat</dc:subject>" * (xmp.MAX_ELEMENTS + 10) + "<photoshop:City>Marrow Bay</photoshop:City>"
    assert list(decode(build.xmp(many)).place_names) == []


def test_values_are_counted() -> None:
    """Of one field at most the limit is kept."""
    many = "".join(f"<dc:subject>boat {n}</dc:subject>" for n in range(MAX_VALUES + 50))
    assert len(decode(build.xmp(many)).keywords) == MAX_VALUES


@pytest.mark.parametrize("unit", [b"<dc:x dc:y='<", b'<dc:City dc:a="b" ', b"</", b"<a:b>" * 3])
def test_long_packets_take_time_in_proportion(unit: bytes) -> None:
    """Twice the packet takes at most about twice the time, well-formed or not."""
    grows_in_step(lambda count: b"<dc:a>" + unit * count, decode, 20_000)


@given(st.binary(max_size=300))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_bytes(data: bytes) -> None:
    """No bytes raise, alone or within a packet; what is read as a place is on the globe."""
    assert all(abs(place.lat) <= 90 and abs(place.lon) <= 180 for place in decode(data).positions)
    packet = build.xmp("<dc:creator>Odo</dc:creator>")
    found = decode(packet[:250] + data + packet[250:])
    assert all(abs(place.lat) <= 90 and abs(place.lon) <= 180 for place in found.positions)


@given(st.text(max_size=60))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_degrees(words: str) -> None:
    """Any text gives degrees or None."""
    value = xmp.degrees(words)
    assert value is None or isinstance(value, float)
