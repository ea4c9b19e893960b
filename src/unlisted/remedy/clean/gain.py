"""Gain maps (the layer for bright screens), panoramas, the list of pictures: the few numbers that show them right, written anew."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence

from unlisted.extract.photo.ifd import in_memory, opened

MAX_PICTURES = 16
"""Pictures of one list."""

_SPACES = {
    "Container": "http://ns.google.com/photos/1.0/container/",
    "Item": "http://ns.google.com/photos/1.0/container/item/",
    "hdrgm": "http://ns.adobe.com/hdr-gain-map/1.0/",
    "HDRGainMap": "http://ns.apple.com/HDRGainMap/1.0/",
    "apdi": "http://ns.apple.com/pixeldatainfo/1.0/",
    "GPano": "http://ns.google.com/photos/1.0/panorama/",
}
_NAMES = (
    "hdrgm:Version", "hdrgm:BaseRenditionIsHDR", "hdrgm:GainMapMin", "hdrgm:GainMapMax", "hdrgm:Gamma", "hdrgm:OffsetSDR",
    "hdrgm:OffsetHDR", "hdrgm:HDRCapacityMin", "hdrgm:HDRCapacityMax", "HDRGainMap:HDRGainMapVersion",
    "HDRGainMap:HDRGainMapHeadroom", "apdi:AuxiliaryImageType", "apdi:NativeFormat", "apdi:StoredFormat",
    "GPano:UsePanoramaViewer", "GPano:ProjectionType", "GPano:CroppedAreaImageWidthPixels",
    "GPano:CroppedAreaImageHeightPixels", "GPano:FullPanoWidthPixels", "GPano:FullPanoHeightPixels",
    "GPano:CroppedAreaLeftPixels", "GPano:CroppedAreaTopPixels", "GPano:PosePitchDegrees", "GPano:PoseRollDegrees",
)  # fmt: skip
_NUMBER = (
    rb"(?:-?\d{1,12}(?:\.\d{1,12})?|True|False|equirectangular|cylindrical|urn:com:apple:photo:20\d\d:aux:[a-z]{1,20})"
)
_ONE = {
    name: re.compile(rb"(?:\s|<)%b(?:\s{0,4}=\s{0,4}[\"']|>\s{0,8})(%b)\s{0,8}[\"'<]" % (name.encode(), _NUMBER))
    for name in _NAMES
}
_LISTED = {
    name: re.compile(
        rb"<%b>\s{0,80}<rdf:Seq>\s{0,80}((?:<rdf:li>%b</rdf:li>\s{0,80}){1,4})</rdf:Seq>" % (name.encode(), _NUMBER)
    )
    for name in _NAMES
}
_ITEM = re.compile(rb"<rdf:li>(%b)</rdf:li>" % _NUMBER)

_HEAD = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
_TAIL = "</rdf:Description></rdf:RDF></x:xmpmeta>"


def is_gain(packets: list[bytes]) -> bool:
    """Whether packets say that their picture is a gain map."""
    return any(b"hdrgm:GainMapM" in packet or b"HDRGainMapVersion" in packet for packet in packets)


def values(packets: list[bytes]) -> bytes:
    """A packet with nothing but the numbers of a gain map or panorama; empty where there are none."""
    attributes, lists = _told(packets, _NAMES)
    return _packet(attributes, lists) if attributes or lists else b""


def directory(packets: list[bytes], lengths: list[int]) -> bytes:
    """The packet of the first picture: how a panorama is shown, and the gain map of these lengths behind it; empty for none."""
    attributes, lists = _told(packets, [name for name in _NAMES if name.startswith("GPano:")])
    version, _ = _told(packets, ["hdrgm:Version"])
    if version and lengths:
        attributes += version
        lists += _items(lengths)
    return _packet(attributes, lists) if attributes or lists else b""


def _told(packets: list[bytes], names: Sequence[str]) -> tuple[str, str]:
    """The numbers that packets tell: as attributes, and as lists where there is one for each colour."""
    text = b"".join(packets)
    attributes = lists = ""
    for name in names:
        several, one = _LISTED[name].search(text), _ONE[name].search(text)
        if several:
            items = "".join(f"<rdf:li>{item.decode('ascii')}</rdf:li>" for item in _ITEM.findall(several[1]))
            lists += f"<{name}><rdf:Seq>{items}</rdf:Seq></{name}>"
        elif one:
            attributes += f' {name}="{one[1].decode("ascii")}"'
    return attributes, lists


def _items(lengths: list[int]) -> str:
    """The list by which the first picture announces the others."""
    rows = ['Item:Semantic="Primary" Item:Mime="image/jpeg"']
    rows += [f'Item:Semantic="GainMap" Item:Mime="image/jpeg" Item:Length="{length}"' for length in lengths]
    items = "".join(f'<rdf:li rdf:parseType="Resource"><Container:Item {row}/></rdf:li>' for row in rows)
    return f"<Container:Directory><rdf:Seq>{items}</rdf:Seq></Container:Directory>"


def _packet(attributes: str, lists: str) -> bytes:
    """A packet of these, with the name spaces that they use."""
    used = "".join(f' xmlns:{key}="{name}"' for key, name in _SPACES.items() if f"{key}:" in attributes + lists)
    return f"{_HEAD}{used}{attributes}>{lists}{_TAIL}".encode()


def offsets(data: bytes, base: int) -> list[int]:
    """Where the further pictures of a list begin in the file; `base` is where the list's block stands."""
    tiff = opened(in_memory(data))
    if tiff is None or len(data) < 8:
        return []
    entries, _, _ = tiff.directory(tiff.u32.unpack(data[4:8])[0])
    if 0xB002 not in entries:
        return []
    table = tiff.value(entries[0xB002], MAX_PICTURES * 16)
    rows = struct.iter_unpack(tiff.order + "IIIHH", table[: len(table) // 16 * 16])
    return list(dict.fromkeys(base + row[2] for row in rows if row[2]))
