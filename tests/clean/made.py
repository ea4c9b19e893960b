"""Pictures with real pixels, made by Pillow, and notes put into them by small writers; all persons and places are invented."""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image, ImageOps
from tests.photos import build

SECRET = "Ottoline Brackwater"
"""The invented person whom every test file names."""

NOTES = build.tiff(
    {
        0x10F: build.text("Pinhole"),
        0x110: build.text("Box 2"),
        0x112: build.short(6),
        0x132: build.text("2024:05:06 07:08:09"),
        0x13B: build.text(SECRET),
    },
    exif={
        0x9003: build.text("2024:05:06 07:08:09"),
        0xA431: build.text("SER-4711-X"),
        0xA420: build.text("0123456789abcdef"),
    },
    gps=build.gps(),
    thumbnail=build.small_jpeg(160, 120) + bytes(100),
)
"""A camera block with all that one can hold."""

PACKET = build.xmp(
    f"<dc:creator><rdf:Seq><rdf:li>{SECRET}</rdf:li></rdf:Seq></dc:creator>",
    'exif:GPSLatitude="46,30.0N" exif:GPSLongitude="7,15.0W" photoshop:City="Marrow Bay"',
)
RECORDS = build.iptc((80, SECRET), (90, "Marrow Bay"))


def picture(size: tuple[int, int] = (48, 32), mode: str = "RGB", seed: int = 1) -> Image.Image:
    """A picture whose pixels all differ somewhat."""
    noise = bytes((seed * 7 + at * at // 11 + at * 3) % 256 for at in range(size[0] * size[1]))
    return Image.frombytes("L", size, noise).convert(mode)


def saved(form: str, image: Image.Image | None = None, **options: Any) -> bytes:
    """A picture as a file of some kind."""
    out = io.BytesIO()
    (image or picture()).save(out, form, **options)
    return out.getvalue()


def shown(data: bytes, *, upright: bool = True) -> list[tuple[tuple[int, int], bytes, Any]]:
    """Size, pixels and time of every frame, as a viewer shows it."""
    frames = []
    with Image.open(io.BytesIO(data)) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            frame = ImageOps.exif_transpose(image) if upright else image
            frames.append((frame.size, frame.convert("RGBA").tobytes(), image.info.get("duration")))
    return frames


def jpeg(*segments: bytes, image: Image.Image | None = None, tail: bytes = b"", **options: Any) -> bytes:
    """A JPEG of Pillow's with segments behind its first one, and bytes behind its end."""
    data = saved("JPEG", image, **options)
    end = 4 + int.from_bytes(data[4:6], "big")
    return data[:end] + b"".join(segments) + data[end:] + tail


def png(*chunks: bytes, behind: bytes = b"", **options: Any) -> bytes:
    """A PNG of Pillow's with chunks behind its header, and bytes behind its end."""
    data = saved("PNG", **options)
    return data[:33] + b"".join(chunks) + data[33:] + behind


def webp(*chunks: tuple[bytes, bytes], **options: Any) -> bytes:
    """A WebP of Pillow's in the extended form, with chunks at its end."""
    data = saved("WEBP", exif=build.tiff({0x112: build.short(1)}), **options)
    body = data[12:]
    at = body.index(b"EXIF")
    rest = b"".join(kind + struct.pack("<I", len(part)) + part + b"\0" * (len(part) & 1) for kind, part in chunks)
    body = body[:at] + rest
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def pictures(first: bytes, *further: bytes, role: int = 0) -> bytes:
    """A JPEG with a list of further pictures behind it."""
    size = 2 + 2 + 4 + 50 + 16 * (len(further) + 1)
    end = 4 + int.from_bytes(first[4:6], "big")
    lengths = [len(first) + size, *map(len, further)]
    base = end + 8
    rows = struct.pack(">IIIHH", 0x30000, lengths[0], 0, 0, 0)
    for number in range(1, len(lengths)):
        rows += struct.pack(">IIIHH", role, lengths[number], sum(lengths[:number]) - base, 0, 0)
    block = b"MM\0*" + struct.pack(">IH", 8, 3) + struct.pack(">HHI4s", 0xB000, 7, 4, b"0100")
    block += struct.pack(">HHII", 0xB001, 4, 1, len(lengths)) + struct.pack(">HHIII", 0xB002, 7, len(rows), 50, 0)
    segment = build.segment(0xE2, b"MPF\0" + block + rows)
    return first[:end] + segment + first[end:] + b"".join(further)
