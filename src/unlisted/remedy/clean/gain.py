"""Gain maps (the layer for bright screens) and the list of pictures: the few numbers that show them right, written anew."""

from __future__ import annotations

import re
import struct

from unlisted.extract.photo.ifd import in_memory, opened

MAX_PICTURES = 16
"""Pictures of one list."""

MAX_NUMBERS = 40
"""Numbers taken over from one packet."""

_SPACES = {
    "hdrgm": "http://ns.adobe.com/hdr-gain-map/1.0/",
    "HDRGainMap": "http://ns.apple.com/HDRGainMap/1.0/",
    "apdi": "http://ns.apple.com/pixeldatainfo/1.0/",
}
_NAMES = (
    "hdrgm:Version", "hdrgm:BaseRenditionIsHDR", "hdrgm:GainMapMin", "hdrgm:GainMapMax", "hdrgm:Gamma", "hdrgm:OffsetSDR",
    "hdrgm:OffsetHDR", "hdrgm:HDRCapacityMin", "hdrgm:HDRCapacityMax", "HDRGainMap:HDRGainMapVersion",
    "HDRGainMap:HDRGainMapHeadroom", "apdi:AuxiliaryImageType", "apdi:NativeFormat", "apdi:StoredFormat",
)  # fmt: skip
_NUMBER = rb"(?:-?\d{1,12}(?:\.\d{1,12})?|True|False|urn:com:apple:photo:20\d\d:aux:[a-z]{1,20})"
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
    """A packet with nothing but the numbers of a gain map; empty where there are none."""
    text = b"".join(packets)
    single: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for name in _NAMES:
        listed = _LISTED[name].search(text)
        one = _ONE[name].search(text)
        if listed:
            several[name] = [item.decode("ascii") for item in _ITEM.findall(listed[1])]
        elif one:
            single[name] = one[1].decode("ascii")
    if not single and not several:
        return b""
    used = {name.partition(":")[0] for name in (*single, *several)}
    spaces = "".join(f' xmlns:{prefix}="{_SPACES[prefix]}"' for prefix in _SPACES if prefix in used)
    attributes = "".join(f' {name}="{value}"' for name, value in single.items())
    lists = "".join(
        f"<{name}><rdf:Seq>{''.join(f'<rdf:li>{item}</rdf:li>' for item in items)}</rdf:Seq></{name}>"
        for name, items in several.items()
    )
    return f"{_HEAD}{spaces}{attributes}>{lists}{_TAIL}".encode()


def directory(packets: list[bytes], lengths: list[int]) -> bytes:
    """The packet by which the first picture announces the gain map behind it; empty where it did not."""
    version = _ONE["hdrgm:Version"].search(b"".join(packets))
    if version is None or not lengths:
        return b""
    rows = ['Item:Semantic="Primary" Item:Mime="image/jpeg"']
    rows += [f'Item:Semantic="GainMap" Item:Mime="image/jpeg" Item:Length="{length}"' for length in lengths]
    items = "".join(f'<rdf:li rdf:parseType="Resource"><Container:Item {row}/></rdf:li>' for row in rows)
    spaces = (
        ' xmlns:Container="http://ns.google.com/photos/1.0/container/"'
        ' xmlns:Item="http://ns.google.com/photos/1.0/container/item/"'
        f' xmlns:hdrgm="{_SPACES["hdrgm"]}" hdrgm:Version="{version[1].decode("ascii")}"'
    )
    seq = f"<Container:Directory><rdf:Seq>{items}</rdf:Seq></Container:Directory>"
    return f"{_HEAD}{spaces}>{seq}{_TAIL}".encode()


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
