"""Small writers of photo and video files for the tests: every place in them lies at sea, every name is invented."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence

SEA = (46.5, -7.25)
"""A place in the Bay of Biscay."""

FAR = (-38.25, 77.5)
"""A place in the southern Indian Ocean."""

Value = tuple[int, int, bytes]
"""TIFF type, count, bytes in the order of the file."""

Tags = Mapping[int, Value]


def text(words: str) -> Value:
    """A text with its NUL."""
    raw = words.encode() + b"\0"
    return 2, len(raw), raw


def raw(data: bytes) -> Value:
    """Bytes without a meaning."""
    return 7, len(data), data


def byte(number: int) -> Value:
    """One byte."""
    return 1, 1, bytes([number])


def short(number: int, order: str = "<") -> Value:
    """A number of two bytes."""
    return 3, 1, struct.pack(order + "H", number)


def long(number: int, order: str = "<") -> Value:
    """A number of four bytes."""
    return 4, 1, struct.pack(order + "I", number)


def ratios(pairs: Sequence[tuple[int, int]], order: str = "<") -> Value:
    """Fractions."""
    return 5, len(pairs), b"".join(struct.pack(order + "II", *pair) for pair in pairs)


def sexagesimal(degrees: float) -> list[tuple[int, int]]:
    """Degrees, minutes and seconds as fractions."""
    whole = round(abs(degrees) * 3600 * 1000)
    return [(whole // 3_600_000, 1), (whole // 60_000 % 60, 1), (whole % 60_000, 1000)]


def gps(lat: float = SEA[0], lon: float = SEA[1], order: str = "<") -> dict[int, Value]:
    """The tags of a position."""
    return {
        1: text("S" if lat < 0 else "N"),
        2: ratios(sexagesimal(lat), order),
        3: text("W" if lon < 0 else "E"),
        4: ratios(sexagesimal(lon), order),
    }


def directory(tags: Tags, at: int, following: int, order: str) -> bytes:
    """One directory at an offset, its long values behind it."""
    rows, values = b"", b""
    free = at + 2 + 12 * len(tags) + 4
    for tag in sorted(tags):
        kind, count, data = tags[tag]
        if len(data) <= 4:
            field = data.ljust(4, b"\0")
        else:
            field = struct.pack(order + "I", free + len(values))
            values += data + b"\0" * (len(data) & 1)
        rows += struct.pack(order + "HHI", tag, kind, count) + field
    return struct.pack(order + "H", len(tags)) + rows + struct.pack(order + "I", following) + values


def tiff(
    main: Tags | None = None,
    *,
    exif: Tags | None = None,
    gps: Tags | None = None,
    thumbnail: bytes = b"",
    order: str = "<",
    magic: int = 42,
) -> bytes:
    """A TIFF structure with up to four directories."""
    top = dict(main or {})
    parts: list[bytes] = []
    for tag, tags in ((0x8769, exif), (0x8825, gps)):
        if tags is not None:
            top[tag] = long(0, order)
    at = 8 + len(directory(top, 8, 0, order))
    for tag, tags in ((0x8769, exif), (0x8825, gps)):
        if tags is not None:
            top[tag] = long(at, order)
            parts.append(directory(tags, at, 0, order))
            at += len(parts[-1])
    following = 0
    if thumbnail:
        following = at
        small = {0x201: long(0, order), 0x202: long(len(thumbnail), order)}
        small[0x201] = long(at + len(directory(small, at, 0, order)), order)
        parts.append(directory(small, at, 0, order) + thumbnail)
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", magic, 8)
    return head + directory(top, 8, following, order) + b"".join(parts)


def segment(mark: int, data: bytes) -> bytes:
    """A JPEG segment."""
    return struct.pack(">BBH", 0xFF, mark, len(data) + 2) + data


def exif_segment(block: bytes, prefix: bytes = b"Exif\0\0") -> bytes:
    """The camera's segment."""
    return segment(0xE1, prefix + block)


def xmp_segment(packet: bytes) -> bytes:
    """The segment of an XMP packet."""
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def extended_segments(packet: bytes, name: bytes = b"A" * 32, step: int = 100) -> list[bytes]:
    """A long packet in chunks."""
    head = b"http://ns.adobe.com/xmp/extension/\0" + name + struct.pack(">I", len(packet))
    return [segment(0xE1, head + struct.pack(">I", at) + packet[at : at + step]) for at in range(0, len(packet), step)]


def jpeg(*segments: bytes, size: tuple[int, int] = (400, 300), tail: bytes = b"") -> bytes:
    """A JPEG of these segments; `tail` stands behind its end."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, size[1], size[0], 1) + b"\x01\x11\0")
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + bytes(range(1, 120))
    return b"\xff\xd8" + b"".join(segments) + frame + scan + b"\xff\xd9" + tail


def resources(*items: tuple[int, bytes]) -> bytes:
    """A Photoshop resource list."""
    out = b""
    for number, data in items:
        out += (
            b"8BIM"
            + struct.pack(">H", number)
            + b"\0\0"
            + struct.pack(">I", len(data))
            + data
            + b"\0" * (len(data) & 1)
        )
    return out


def iptc(*items: tuple[int, str | bytes]) -> bytes:
    """IPTC datasets of record 2."""
    out = b""
    for number, words in items:
        data = words.encode() if isinstance(words, str) else words
        out += bytes([0x1C, 2, number]) + struct.pack(">H", len(data)) + data
    return out


def photoshop_segment(records: bytes) -> bytes:
    """The segment that carries IPTC in a JPEG."""
    return segment(0xED, b"Photoshop 3.0\0" + resources((0x0404, records)))


def xmp(body: str = "", attributes: str = "", *, rdf: str = "rdf") -> bytes:
    """An XMP packet with one description."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<{rdf}:RDF xmlns:{rdf}="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<{rdf}:Description {rdf}:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        'xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" '
        'xmlns:MP="http://ns.microsoft.com/photo/1.2/" xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" '
        'xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#" xmlns:drone="http://www.dji.com/drone-dji/1.0/" '
        f'xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" {attributes}>{body}'
        f"</{rdf}:Description></{rdf}:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of the ISO base media format."""
    data = b"".join(parts)
    return struct.pack(">I4s", len(data) + 8, kind) + data


def full(kind: bytes, *parts: bytes, version: int = 0) -> bytes:
    """A box with a version word."""
    return box(kind, bytes([version, 0, 0, 0]), *parts)


def heic(
    items: Sequence[tuple[bytes, bytes, bytes]],
    *,
    method: int = 0,
    brand: bytes = b"heic",
    size: tuple[int, int] = (400, 300),
) -> bytes:
    """A HEIC of items (kind, content type, bytes): behind the boxes (method 0), or in the box's own store (1)."""
    entries = b"".join(
        full(b"infe", struct.pack(">HH4s", number, 0, kind), b"\0", mime + b"\0", version=2)
        for number, (kind, mime, _) in enumerate(items, 1)
    )
    info = full(b"iinf", struct.pack(">H", len(items)), entries)
    shape = box(b"iprp", box(b"ipco", full(b"ispe", struct.pack(">II", *size))))
    store = box(b"idat", *(data for _, _, data in items)) if method == 1 else b""
    head = box(b"ftyp", brand, b"\0\0\0\0", b"mif1", brand)

    def placed(base: int) -> bytes:
        rows, at = b"", base
        for number, (_, _, data) in enumerate(items, 1):
            rows += struct.pack(">HHHHII", number, method, 0, 1, at, len(data))
            at += len(data)
        return full(b"iloc", b"\x44\0", struct.pack(">H", len(items)), rows, version=1)

    hdlr = full(b"hdlr", b"\0\0\0\0pict", bytes(13))
    meta = full(b"meta", hdlr, info, placed(0), shape, store)
    base = 0 if method == 1 else len(head) + len(meta) + 8
    meta = full(b"meta", hdlr, info, placed(base), shape, store)
    return head + meta + (b"" if method == 1 else box(b"mdat", *(data for _, _, data in items)))


def exif_item(block: bytes, offset: int = 0) -> tuple[bytes, bytes, bytes]:
    """An Exif item, with its four-byte offset."""
    return b"Exif", b"", struct.pack(">I", offset) + block


def xmp_item(packet: bytes) -> tuple[bytes, bytes, bytes]:
    """An XMP item."""
    return b"mime", b"application/rdf+xml", packet


def movie(*parts: bytes, brand: bytes = b"mp42", media: bytes = b"") -> bytes:
    """A video: file type, media data, and `moov` last, as phones write it."""
    return box(b"ftyp", brand, b"\0\0\0\0", brand) + box(b"mdat", media) + box(b"moov", *parts)


def movie_header(seconds: int) -> bytes:
    """The movie header with a time in seconds since 1904."""
    return full(b"mvhd", struct.pack(">II", seconds, seconds), bytes(92))


def user_text(key: bytes, words: str) -> bytes:
    """A text of the user data list."""
    data = words.encode()
    return box(key, struct.pack(">HH", len(data), 0x15C7), data)


def keys(values: Mapping[str, str]) -> bytes:
    """Apple's two lists of keys and values."""
    names = b"".join(box(b"mdta", name.encode()) for name in values)
    rows = b"".join(
        box(struct.pack(">I", number), box(b"data", struct.pack(">II", 1, 0), words.encode()))
        for number, words in enumerate(values.values(), 1)
    )
    listing = full(b"keys", struct.pack(">I", len(values)), names)
    return box(b"meta", full(b"hdlr", b"\0\0\0\0mdta", bytes(13)), listing, box(b"ilst", rows))


def klv(key: bytes, kind: bytes, size: int, *items: bytes) -> bytes:
    """One item of GoPro's telemetry."""
    data = b"".join(items)
    count = len(data) // size if size else 0
    if kind == b"\0":
        size, count = 1, len(data)
    return key + kind + struct.pack(">BH", size, count) + data + b"\0" * (-len(data) % 4)


def telemetry(lat: float, lon: float, *, fix: int = 3) -> bytes:
    """A sample of GoPro's telemetry with one position."""
    scale = klv(b"SCAL", b"l", 4, struct.pack(">5i", 10_000_000, 10_000_000, 1000, 1000, 100))
    spot = struct.pack(">5i", round(lat * 10_000_000), round(lon * 10_000_000), 1000, 0, 0)
    when = klv(b"GPSU", b"U", 16, b"250314120000.000")
    stream = klv(
        b"STRM", b"\0", 1, klv(b"GPSF", b"L", 4, struct.pack(">I", fix)) + when + scale + klv(b"GPS5", b"l", 20, spot)
    )
    return klv(b"DEVC", b"\0", 1, stream)


def track(form: bytes, samples: Sequence[tuple[int, int]], size: tuple[int, int] = (0, 0)) -> bytes:
    """A track whose samples (offset, length) stand in chunks of their own."""
    stsd = full(b"stsd", struct.pack(">II", 1, 16), form, bytes(8))
    stsz = full(b"stsz", struct.pack(">II", 0, len(samples)), *(struct.pack(">I", length) for _, length in samples))
    stsc = full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1))
    stco = full(b"stco", struct.pack(">I", len(samples)), *(struct.pack(">I", offset) for offset, _ in samples))
    head = full(b"tkhd", bytes(72), struct.pack(">II", size[0] << 16, size[1] << 16))
    return box(b"trak", head, box(b"mdia", box(b"minf", box(b"stbl", stsd, stsz, stsc, stco))))


def tracked(form: bytes, *samples: bytes) -> bytes:
    """A video with one timed track of these samples."""
    base = len(box(b"ftyp", b"mp42", b"\0\0\0\0", b"mp42")) + 8
    places, at = [], base
    for sample in samples:
        places.append((at, len(sample)))
        at += len(sample)
    return movie(track(form, places), media=b"".join(samples))


def chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*before: bytes, behind: Sequence[bytes] = (), size: tuple[int, int] = (400, 300)) -> bytes:
    """A PNG with chunks in front of the pixels and behind them."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(64)))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(before) + pixels + b"".join(behind) + chunk(b"IEND", b"")


def riff(form: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A RIFF file; odd chunks are padded."""
    body = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1) for kind, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + form + body


def gif(*extensions: bytes) -> bytes:
    """A GIF of one pixel with these extensions."""
    picture = b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0"
    return b"GIF89a" + struct.pack("<HH", 40, 30) + b"\x80\0\0" + bytes(6) + b"".join(extensions) + picture + b";"


def psd(*items: tuple[int, bytes]) -> bytes:
    """A Photoshop file with a resource list and no pixels."""
    head = b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 300, 400, 8, 3)
    listing = resources(*items)
    return head + struct.pack(">I", 0) + struct.pack(">I", len(listing)) + listing + bytes(4)


def small_jpeg(width: int, height: int) -> bytes:
    """A thumbnail of this size."""
    return jpeg(size=(width, height))
