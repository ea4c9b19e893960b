"""Draws the photos of the demo's person: small scenes, with the hidden notes that a phone would write into them.

    python benchmarks/make_demo_photos.py [FOLDER]

Nothing is a picture of anything real. Pixels come from Pillow (part of the test extra); the notes come from the writer in
this file, because Pillow writes no thumbnail. When and where the photos were taken stands in `demo_photos.toml`. The same
call gives the same notes byte for byte; pixels may differ between versions of Pillow.
"""

from __future__ import annotations

import io
import random
import struct
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "src" / "unlisted" / "demo" / "person" / "photos"
TABLE = Path(__file__).with_name("demo_photos.toml")
SIZE = (320, 240)
THUMBNAIL = (160, 120)
JITTER = 0.00010  # degrees: about ten metres, as a phone has it

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 photoshop:City="Marrow Bay" photoshop:State="ME" Iptc4xmpCore:Location="Tidewell Street">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Sunday on the front steps</rdf:li></rdf:Alt></dc:description>
<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Linnet Thornquill</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
CAPTIONS = ((2, 90, "Marrow Bay"), (2, 92, "Tidewell Street"), (2, 120, "Sunday on the front steps"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One photo: where it goes, what is drawn, and what its hidden notes say. `zone` is hours east of Greenwich, or None."""

    album: str
    name: str
    scene: str
    taken: str
    spot: tuple[float, float] | None = None
    zone: int | None = None
    gps_time: bool = False
    order: str = "<"
    make: str = "Tern"
    model: str = "Tern 9"
    serial: str | None = None
    owner: str | None = None
    thumbnail: str | None = "same"
    captioned: bool = False
    extra: dict[int, str] = field(default_factory=dict)


def shots() -> Iterator[Shot]:
    """Every photo: what the phone took, scene by scene, and then the special ones."""
    for scene, table in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        for turn, (number, taken) in enumerate(table["taken"]):
            yield phone(scene, turn, number, taken, table["spots"])
    yield from oddities()
    yield from decoys()


def phone(scene: str, turn: int, number: int, taken: str, spots: list[list[float]]) -> Shot:
    """A photo as the phone takes it: a zone in two of three, satellite time in every second, a thumbnail in most."""
    away = scene == "holiday"
    name = f"IMG_{number}.jpg"
    lat, lon = spots[turn % len(spots)]
    return Shot(
        album="holiday" if away else "roll",
        name=name,
        scene=scene,
        taken=taken,
        spot=shaken(name, (lat, lon)),
        zone=None if turn % 3 == 2 else (-1 if away else -5),
        gps_time=turn % 2 == 0 and turn % 3 != 2,
        order=">" if number % 2 else "<",
        thumbnail=None if turn % 4 == 3 else "same",
    )


def oddities() -> Iterator[Shot]:
    """The photos of the camera roll that have no position, three of which say something else."""
    yield Shot(album="roll", name="IMG_2034.jpg", scene="home", taken="2026-01-19 07:40:12", thumbnail=None)
    yield Shot(album="roll", name="IMG_2058.jpg", scene="park", taken="2026-02-01 15:10:26")
    yield Shot(album="roll", name="IMG_2103.jpg", scene="work", taken="2026-03-01 11:32:55", order=">")
    yield Shot(
        album="roll", name="IMG_2106.jpg", scene="detail", taken="2026-03-02 18:05:31", zone=-5, thumbnail="whole"
    )
    yield Shot(album="roll", name="IMG_2057.jpg", scene="home", taken="2026-02-01 10:22:07", captioned=True)
    yield Shot(
        album="roll",
        name="DSC_0312.jpg",
        scene="park",
        taken="2026-01-18 15:02:40",
        make="Halden",
        model="Halden D40",
        serial="H40-338201",
        owner="Odessa Thornquill",
        order=">",
    )


def decoys() -> Iterator[Shot]:
    """The shared album: photos that give nothing away, some of which look as if they did."""
    yield Shot(album="album", name="IMG_1988.jpg", scene="park", taken="2025-12-06 13:20:00", thumbnail=None)
    yield Shot(album="album", name="IMG_1990.jpg", scene="class", taken="2025-12-09 19:05:17")
    yield Shot(album="album", name="IMG_1992.jpg", scene="holiday", taken="2025-12-12 12:00:44", order=">")
    yield Shot(album="album", name="IMG_1993.jpg", scene="work", taken="2025-12-15 10:31:09", spot=(0.0, 0.0))
    yield Shot(album="album", name="IMG_1995.jpg", scene="home", taken="2025-12-18 20:14:50", extra={0x013B: "unknown"})
    yield Shot(album="album", name="IMG_1999.jpg", scene="detail", taken="2025-12-21 16:45:36", thumbnail="same")


def shaken(name: str, spot: tuple[float, float]) -> tuple[float, float]:
    """The spot as a phone's receiver sees it: some metres off, the same metres for the same file."""
    rng = random.Random(name)
    return (round(spot[0] + rng.uniform(-JITTER, JITTER), 6), round(spot[1] + rng.uniform(-JITTER, JITTER), 6))


# --- the hidden notes -------------------------------------------------------------------------------------------------

Entry = tuple[int, int, int, bytes]
"""Tag, type, count, payload."""


def text(tag: int, value: str) -> Entry:
    """A text tag, ended by NUL."""
    data = value.encode("ascii") + b"\0"
    return (tag, 2, len(data), data)


def number(order: str, tag: int, value: int, *, wide: bool = False) -> Entry:
    """A whole number of two or four bytes."""
    return (tag, 4, 1, struct.pack(order + "L", value)) if wide else (tag, 3, 1, struct.pack(order + "H", value))


def fractions(order: str, tag: int, *values: tuple[int, int]) -> Entry:
    """One or more fractions."""
    return (tag, 5, len(values), b"".join(struct.pack(order + "LL", *value) for value in values))


def directory(order: str, entries: list[Entry], start: int, following: int = 0) -> bytes:
    """One directory at offset `start` of the block: its table, then the payloads that do not fit into it."""
    entries = sorted(entries)
    spill = start + 2 + 12 * len(entries) + 4
    table, rest = struct.pack(order + "H", len(entries)), b""
    for tag, kind, count, payload in entries:
        table += struct.pack(order + "HHL", tag, kind, count)
        if len(payload) <= 4:
            table += payload.ljust(4, b"\0")
            continue
        table += struct.pack(order + "L", spill + len(rest))
        rest += payload + b"\0" * (len(payload) % 2)
    return table + struct.pack(order + "L", following) + rest


def main_entries(shot: Shot, details: int, position: int) -> list[Entry]:
    """The first directory: the camera, the owner, and where the other directories lie."""
    order, when = shot.order, stamp(shot.taken)
    entries = [text(0x010F, shot.make), text(0x0110, shot.model), number(order, 0x0112, 1), text(0x0132, when)]
    entries += [text(0x0131, f"{shot.make} 4.1"), number(order, 0x8769, details, wide=True)]
    entries += [text(0x013B, shot.owner)] if shot.owner else []
    entries += [text(tag, value) for tag, value in shot.extra.items()]
    return entries + ([number(order, 0x8825, position, wide=True)] if shot.spot else [])


def detail_entries(shot: Shot) -> list[Entry]:
    """The second directory: time, exposure, size, serial number."""
    order, when = shot.order, stamp(shot.taken)
    wide, high = size_of(shot)
    entries = [text(0x9003, when), text(0x9004, when), (0x9000, 7, 4, b"0232"), number(order, 0x8827, 100)]
    entries += [
        fractions(order, 0x829A, (1, 120)),
        fractions(order, 0x829D, (18, 10)),
        fractions(order, 0x920A, (42, 10)),
    ]
    entries += [number(order, 0xA002, wide, wide=True), number(order, 0xA003, high, wide=True)]
    if shot.zone is not None:
        entries += [text(0x9010, f"{shot.zone:+03d}:00"), text(0x9011, f"{shot.zone:+03d}:00")]
    entries += [text(0xA431, shot.serial)] if shot.serial else []
    return entries + ([text(0xA430, shot.owner)] if shot.owner else [])


def position_entries(shot: Shot) -> list[Entry]:
    """The third directory: where the camera stood, and for some the satellites' time."""
    if shot.spot is None:
        return []
    order, (lat, lon) = shot.order, shot.spot
    entries = [(0x0000, 1, 4, bytes((2, 3, 0, 0)))]
    entries += [text(0x0001, "N" if lat >= 0 else "S"), fractions(order, 0x0002, *sexagesimal(lat))]
    entries += [text(0x0003, "E" if lon >= 0 else "W"), fractions(order, 0x0004, *sexagesimal(lon))]
    if shot.gps_time and shot.zone is not None:
        utc = datetime.fromisoformat(shot.taken) - timedelta(hours=shot.zone)
        entries += [fractions(order, 0x0007, (utc.hour, 1), (utc.minute, 1), (utc.second, 1))]
        entries += [text(0x001D, utc.strftime("%Y:%m:%d"))]
    return entries


def sexagesimal(degrees: float) -> tuple[tuple[int, int], ...]:
    """Degrees, minutes and seconds as fractions; seconds to a hundredth."""
    hundredths = round(abs(degrees) * 360_000)
    return ((hundredths // 360_000, 1), (hundredths // 6_000 % 60, 1), (hundredths % 6_000, 100))


def stamp(taken: str) -> str:
    """The camera's way to write a time."""
    return taken.replace("-", ":")


def exif(shot: Shot, thumbnail: bytes) -> bytes:
    """The whole block of notes: three directories and, where there is one, the thumbnail behind a fourth."""
    order = shot.order
    details = 8 + len(directory(order, main_entries(shot, 0, 0), 8))
    second = directory(order, detail_entries(shot), details)
    position = details + len(second)
    third = directory(order, position_entries(shot), position) if shot.spot else b""
    last = position + len(third)
    first = directory(order, main_entries(shot, details, position), 8, last if thumbnail else 0)
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HL", 42, 8)
    return head + first + second + third + (thumbnail_directory(order, last, thumbnail) if thumbnail else b"")


def thumbnail_directory(order: str, start: int, thumbnail: bytes) -> bytes:
    """The fourth directory and the thumbnail itself."""
    entries = [number(order, 0x0103, 6), number(order, 0x0202, len(thumbnail), wide=True)]
    size = len(directory(order, [*entries, number(order, 0x0201, 0, wide=True)], start))
    return directory(order, [*entries, number(order, 0x0201, start + size, wide=True)], start) + thumbnail


def segment(marker: int, payload: bytes) -> bytes:
    """One segment of a JPEG file."""
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def captions() -> bytes:
    """The captions of a picture program: place and words, in the older of the two ways to write them."""
    records = b"".join(struct.pack(">BBBH", 0x1C, *tag, len(value)) + value.encode() for *tag, value in CAPTIONS)
    records += b"\0" * (len(records) % 2)
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">L", len(records)) + records


def notes(shot: Shot, thumbnail: bytes) -> bytes:
    """All segments with hidden notes, as they stand in the file behind its first two bytes."""
    found = segment(0xE1, b"Exif\0\0" + exif(shot, thumbnail))
    if shot.captioned:
        found += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP.encode()) + segment(0xED, captions())
    return found


# --- the pictures -----------------------------------------------------------------------------------------------------


def ground(rng: random.Random, top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Image.Image:
    """Two colours, one above the other, with a grain, so that no two pictures are the same."""
    shades = bytes(
        min(255, max(0, c + rng.randrange(-9, 10)))
        for y in range(60)
        for _ in range(80)
        for c in (top if y < 38 else bottom)
    )
    return Image.frombytes("RGB", (80, 60), shades).resize(SIZE, Image.Resampling.BICUBIC)


def home(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A window, a table and a plant."""
    x = rng.randrange(30, 90)
    draw.rectangle((x, 25, x + 110, 115), fill=(40 + rng.randrange(80), 60, 110), outline=(240, 235, 220), width=6)
    draw.line((x + 55, 25, x + 55, 115), fill=(240, 235, 220), width=4)
    draw.rectangle((20, 165, 300, 180), fill=(120, 80, 50))
    draw.rectangle((230, 130, 262, 165), fill=(180, 90, 60))
    for leaf in range(7):
        draw.ellipse((215 + leaf * 8, 85 + rng.randrange(30), 235 + leaf * 8, 128), fill=(40, 110 + leaf * 8, 60))


def work(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A desk with a sheet on which a coast is drawn."""
    draw.polygon(((20, 220), (70, 90), (290, 90), (310, 220)), fill=(235, 230, 210), outline=(90, 80, 70))
    coast = [(60 + step * 22, 150 + rng.randrange(-35, 35)) for step in range(11)]
    draw.line(coast, fill=(30, 90, 140), width=4)
    for _ in range(14):
        x, y = rng.randrange(60, 280), rng.randrange(100, 210)
        draw.ellipse((x, y, x + 4, y + 4), fill=(140, 50, 40))


def pottery(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A wheel with a bowl."""
    draw.ellipse((60, 140, 260, 215), fill=(90, 90, 96))
    width = rng.randrange(40, 75)
    draw.pieslice((160 - width, 80, 160 + width, 190), 0, 180, fill=(176, 110, 74))
    draw.ellipse((160 - width, 122, 160 + width, 148), fill=(120, 70, 46))


def park(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Trees and a pond."""
    for _ in range(6):
        x, y = rng.randrange(10, 280), rng.randrange(60, 120)
        draw.rectangle((x + 14, y + 40, x + 22, y + 90), fill=(90, 64, 40))
        draw.ellipse((x - 8, y, x + 44, y + 58), fill=(50, 90 + rng.randrange(60), 50))
    draw.ellipse((90, 180, 270, 230), fill=(110, 150, 180))


def beach(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Sun, sea and a sail."""
    x = rng.randrange(40, 240)
    draw.ellipse((x, 20, x + 46, 66), fill=(255, 220, 120))
    draw.rectangle((0, 120, 320, 170), fill=(40, 130, 170))
    sail = rng.randrange(60, 250)
    draw.polygon(((sail, 140), (sail + 30, 140), (sail + 15, 95)), fill=(250, 250, 250))


def table(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A cup, and beside it an envelope with lines of writing: what a crop leaves out."""
    draw.rectangle((0, 120, 320, 240), fill=(150, 110, 80))
    draw.rectangle((60, 90, 130, 170), fill=(60, 110, 150))
    draw.arc((115, 105, 155, 150), 270, 90, fill=(60, 110, 150), width=8)
    draw.polygon(((190, 150), (305, 140), (312, 205), (198, 215)), fill=(245, 242, 230))
    for line in range(3):
        draw.line((215, 165 + line * 13, 270 + rng.randrange(20), 162 + line * 13), fill=(50, 50, 60), width=3)


Scene = tuple[tuple[int, int, int], tuple[int, int, int], Callable[[ImageDraw.ImageDraw, random.Random], None]]
SCENES: dict[str, Scene] = {
    "home": ((214, 196, 168), (168, 132, 100), home),
    "work": ((190, 198, 204), (130, 120, 112), work),
    "class": ((206, 190, 180), (140, 128, 120), pottery),
    "park": ((168, 200, 226), (120, 156, 96), park),
    "holiday": ((140, 196, 236), (232, 212, 160), beach),
    "detail": ((220, 214, 204), (150, 110, 80), table),
}
CROP = (35, 50, 165, 205)
"""What is left of the table once the envelope is cut away: a shape that no camera has."""


def picture(shot: Shot) -> Image.Image:
    """The whole scene, before any crop."""
    rng = random.Random(shot.name)
    top, bottom, draw = SCENES[shot.scene]
    image = ground(rng, top, bottom)
    draw(ImageDraw.Draw(image), rng)
    return image


def size_of(shot: Shot) -> tuple[int, int]:
    """Width and height in pixels of the finished picture."""
    return (CROP[2] - CROP[0], CROP[3] - CROP[1]) if shot.thumbnail == "whole" else SIZE


def jpeg(image: Image.Image, quality: int) -> bytes:
    """The picture as JPEG without any note."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def build(shot: Shot) -> bytes:
    """The finished file."""
    whole = picture(shot)
    shown = whole.crop(CROP) if shot.thumbnail == "whole" else whole
    small = jpeg(whole.resize(THUMBNAIL, Image.Resampling.LANCZOS), 50) if shot.thumbnail else b""
    pixels = jpeg(shown, 70)
    # Pillow puts a JFIF segment first; a phone puts its notes there instead.
    end = 4 + struct.unpack_from(">H", pixels, 4)[0]
    return pixels[:2] + notes(shot, small) + pixels[end:]


def main(folder: Path) -> None:
    """Write every photo below the folder."""
    for shot in shots():
        path = folder / shot.album / shot.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(build(shot))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
