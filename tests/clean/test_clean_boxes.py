"""HEIC, AVIF, MP4, MOV and JPEG XL: notes are overwritten in place, pictures and sound stay at their offsets, bit for bit."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest
from PIL import features
from tests.clean import made
from tests.clean.conftest import Answer, Copy, Told
from tests.photos import build

from unlisted.remedy.clean import Cleaned, Refused, Wanted, boxes, heif, movie

PIXELS = bytes(range(256)) * 3
SOUND = b"sound" * 60
SPOKEN = b"+46.5000-007.2500/"


# ---- pictures ----


def pictures(*items: tuple[bytes, bytes, bytes], method: int = 0) -> bytes:
    """A HEIC with one coded picture and these items."""
    return build.heic([(b"hvc1", b"", PIXELS), *items], method=method)


NOTED = pictures(build.exif_item(made.NOTES), build.xmp_item(made.PACKET + b" " * 40))


@pytest.mark.parametrize("method", [0, 1])
def test_notes_are_overwritten_in_place(copy: Copy, method: int) -> None:
    """The copy is as long as the file; the picture is where it was; nothing of the person is left."""
    data = pictures(build.exif_item(made.NOTES), build.xmp_item(made.PACKET), method=method)
    out = copy(data)
    assert len(out) == len(data)
    assert out.index(PIXELS) == data.index(PIXELS)
    assert made.SECRET.encode() not in out
    assert b"SER-4711-X" not in out


def test_exiftool_finds_no_notes_in_a_heic(copy: Copy, exiftool: Told) -> None:
    """The turn at most."""
    told = exiftool(copy(NOTED))
    left = {name for name in told if not name.startswith(("QuickTime:", "Composite:", "ExifTool:"))}
    assert left == {"IFD0:Orientation"}


def test_the_items_that_go_are_counted(answer: Answer) -> None:
    """By kind."""
    told = answer(NOTED)
    assert isinstance(told, Cleaned)
    assert told.removed == {"camera block": 1, "packet": 1}
    assert told.fields["position"] == 2


@pytest.mark.parametrize("kind", [b"uri ", b"mime", b"note"])
def test_items_that_are_no_pictures_go(copy: Copy, kind: bytes) -> None:
    """Whatever they are called, and whatever they hold."""
    out = copy(pictures((kind, b"application/json", made.SECRET.encode())))
    assert made.SECRET.encode() not in out
    assert PIXELS in out


def test_what_belongs_to_no_item_is_overwritten(copy: Copy) -> None:
    """A program that only forgot the list's entry left the notes in the media data."""
    data = pictures()
    hidden = data[: data.index(b"mdat") - 4] + build.box(b"mdat", PIXELS, made.SECRET.encode())
    out = copy(hidden)
    assert len(out) == len(hidden)
    assert made.SECRET.encode() not in out
    assert PIXELS in out


def test_a_note_within_the_picture_is_refused(answer: Answer) -> None:
    """Overwriting it would change pixels."""
    data = NOTED
    at = data.index(b"iloc") + 4 + 8
    row = struct.calcsize(">HHHHII")
    first, second = data[at : at + row], data[at + row : at + 2 * row]
    moved = second[:8] + first[8:12] + second[12:]
    told = answer(data[: at + row] + moved + data[at + 2 * row :])
    assert isinstance(told, Refused)


def test_boxes_of_the_top_level_go(copy: Copy) -> None:
    """A motion photo's video, a maker's box, words: cut at the end, empty in the middle."""
    data = pictures()
    video = build.box(b"mpvd", build.movie(build.movie_header(3_800_000_000), media=b"frames"))
    assert copy(data + video + b"trailer without a box") == copy(data)
    head = len(build.box(b"ftyp", b"heic", bytes(4), b"mif1", b"heic"))
    words = build.box(b"uuid", bytes(16), made.SECRET.encode())
    moved = build.heic([(b"hvc1", b"", PIXELS)])
    shifted = copy(moved[:head] + moved[head:] + words + build.box(b"mdat", b""))
    assert made.SECRET.encode() not in shifted
    assert len(shifted) == len(moved) + len(words) + 8


def test_free_space_is_emptied(copy: Copy, answer: Answer) -> None:
    """Old data stands there."""
    data = pictures() + build.box(b"free", made.SECRET.encode()) + build.box(b"mdat", b"")
    assert made.SECRET.encode() not in copy(data)
    told = answer(data)
    assert isinstance(told, Cleaned)
    assert told.removed == {"data in free space": 1}


def whole(*parts: bytes) -> bytes:
    """A HEIC whose `meta` box has these parts and one picture."""
    base = build.heic([(b"hvc1", b"", PIXELS)], method=1)
    at = base.index(b"meta")
    end = at - 4 + int.from_bytes(base[at - 4 : at], "big")
    body = base[at + 4 : end] + b"".join(parts)
    return base[: at - 4] + build.box(b"meta", body) + base[end:]


def test_words_and_times_among_the_properties_go(copy: Copy) -> None:
    """Their places in the list stay, so that the others keep their numbers."""
    shape = build.full(b"ispe", struct.pack(">II", 400, 300))
    words = build.full(b"udes", b"en\0" + made.SECRET.encode() + b"\0")
    base = build.heic([(b"hvc1", b"", PIXELS)], method=1)
    old = build.box(b"iprp", build.box(b"ipco", shape))
    new = build.box(b"iprp", build.box(b"ipco", shape, words))
    at = base.index(b"meta") - 4
    size = int.from_bytes(base[at : at + 4], "big") + len(new) - len(old)
    data = base[:at] + struct.pack(">I", size) + base[at + 4 :].replace(old, new)
    out = copy(data)
    assert made.SECRET.encode() not in out
    assert out.count(b"free") == 1
    assert len(out) == len(data)


def test_unknown_lists_of_the_meta_box_go(copy: Copy) -> None:
    """Packets and keys at places where pictures have none."""
    out = copy(whole(build.box(b"xml ", made.SECRET.encode()), build.box(b"uuid", made.SECRET.encode())))
    assert made.SECRET.encode() not in out


def small(size: tuple[int, int]) -> bytes:
    """A HEIC with a picture of 400 x 300 and a small one of `size`."""
    shapes = [build.full(b"ispe", struct.pack(">II", *pair)) for pair in ((400, 300), size)]
    rows = struct.pack(">I", 2) + struct.pack(">HBB", 1, 1, 1) + struct.pack(">HBB", 2, 1, 2)
    props = build.box(b"iprp", build.box(b"ipco", *shapes), build.full(b"ipma", rows))
    refs = build.full(b"iref", build.box(b"thmb", struct.pack(">HHH", 2, 1, 1)))
    base = build.heic([(b"hvc1", b"", PIXELS), (b"hvc1", b"", b"small")], method=1)
    at = base.index(b"meta")
    end = at - 4 + int.from_bytes(base[at - 4 : at], "big")
    old = build.box(b"iprp", build.box(b"ipco", shapes[0]))
    return base[: at - 4] + build.box(b"meta", base[at + 4 : end].replace(old, props + refs))


def test_a_small_picture_of_the_same_cut_stays_and_is_named(answer: Answer) -> None:
    """It is an item among the others."""
    told = answer(small((160, 120)))
    assert isinstance(told, Cleaned)
    assert told.stays == ("a small picture of the same cut",)


def test_a_small_picture_of_another_cut_is_refused(answer: Answer) -> None:
    """It may show what was cut away."""
    told = answer(small((160, 50)))
    assert isinstance(told, Refused)
    assert told.reason == "it holds a small picture that shows more than the picture"


def test_a_gain_map_keeps_its_numbers(copy: Copy) -> None:
    """And nothing else of its packet."""
    packet = made.PACKET.replace(b"photoshop:City", b'HDRGainMap:HDRGainMapVersion="65536" photoshop:City')
    out = copy(pictures(build.xmp_item(packet)))
    assert b'HDRGainMap:HDRGainMapVersion="65536"' in out
    assert b"Marrow Bay" not in out


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow has no AVIF")
def test_a_real_avif_stays_the_same_picture(copy: Copy) -> None:
    """Decoded, with its turn and profile."""
    data = made.saved("AVIF", exif=made.NOTES, xmp=made.PACKET, quality=80)
    out = copy(data)
    assert made.SECRET.encode() not in out
    assert made.shown(out) == made.shown(data)


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow has no AVIF")
def test_a_moving_avif_keeps_its_frames(copy: Copy) -> None:
    """Its tracks are pictures."""
    frames = [made.picture((64, 64), seed=seed) for seed in (1, 2, 3)]
    data = made.saved("AVIF", frames[0], save_all=True, append_images=frames[1:], duration=100)
    assert made.shown(copy(data)) == made.shown(data)


BROKEN = {
    "an item outside": NOTED.replace(struct.pack(">I", len(made.NOTES) + 4), struct.pack(">I", 1 << 30)),
    "an older list": NOTED.replace(b"infe\2", b"infe\1"),
    "no room": pictures(build.exif_item(b"MM\0*" + bytes(4))),
    "in another file": NOTED.replace(struct.pack(">HHHH", 1, 0, 0, 1), struct.pack(">HHHH", 1, 0, 1, 1)),
    "a cut list": NOTED[:200],
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_pictures_are_refused(answer: Answer, kind: str) -> None:
    """With a reason, and without a copy."""
    assert BROKEN[kind] != NOTED
    told = answer(BROKEN[kind])
    assert isinstance(told, Refused)
    assert told.reason


# ---- videos ----


def track(
    media: bytes,
    samples: Sequence[tuple[int, int]],
    *more: bytes,
    number: int = 1,
    form: bytes = b"avc1",
    title: bytes = b"",
) -> bytes:
    """A track with all its boxes; `more` are further boxes of it."""
    coder = b"\x0bmade by Box" if media == b"vide" else b""
    entry = build.box(form, bytes(42), coder.ljust(32, b"\0"), bytes(4))
    tables = (
        build.full(b"stsd", struct.pack(">I", 1), entry),
        build.full(b"stsz", struct.pack(">II", 0, len(samples)), *(struct.pack(">I", length) for _, length in samples)),
        build.full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        build.full(b"stco", struct.pack(">I", len(samples)), *(struct.pack(">I", offset) for offset, _ in samples)),
    )
    here = build.full(b"dref", struct.pack(">I", 1), build.box(b"url ", b"\0\0\0\1"))
    clock = struct.pack(">II", 3_800_000_000, 3_800_000_001)
    head = build.full(b"tkhd", clock, struct.pack(">I", number), bytes(60), struct.pack(">II", 400 << 16, 300 << 16))
    inside = build.box(
        b"mdia",
        build.full(b"mdhd", clock, bytes(12)),
        build.full(b"hdlr", b"\0\0\0\0", media, bytes(12), title),
        build.box(b"minf", build.box(b"dinf", here), build.box(b"stbl", *tables)),
    )
    return build.box(b"trak", head, inside, *more)


BASE = len(build.box(b"ftyp", b"mp42", bytes(4), b"mp42")) + 8
"""Where the media data of a made video begins."""


def film(*more: bytes, tracks: Sequence[bytes] = (), media: bytes = b"") -> bytes:
    """A video with a picture track, a sound track, other tracks and boxes, and further media data."""
    body = PIXELS + SOUND + media
    own = [
        track(b"vide", [(BASE, 500), (BASE + 500, len(PIXELS) - 500)], title=b"Pinhole Video\0"),
        track(b"soun", [(BASE + len(PIXELS), len(SOUND))], number=2, form=b"mp4a"),
    ]
    return build.movie(build.movie_header(3_800_000_000), *own, *tracks, *more, media=body)


NOTES = (
    build.box(
        b"udta",
        build.user_text(b"\xa9xyz", SPOKEN.decode()),
        build.user_text(b"\xa9mod", "Pinhole"),
        build.box(b"GPMF", build.klv(b"CASN", b"c", 1, b"C4711")),
        bytes(4),
    ),
    build.keys({"com.apple.quicktime.location.ISO6709": SPOKEN.decode(), "com.apple.quicktime.author": made.SECRET}),
    build.box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), made.PACKET),
)


def test_notes_of_a_video_become_free_space(copy: Copy) -> None:
    """As long as before, every sample at its offset."""
    data = film(*NOTES)
    out = copy(data)
    assert len(out) == len(data)
    assert out[: BASE + len(PIXELS + SOUND)] == data[: BASE + len(PIXELS + SOUND)]
    for word in (SPOKEN, made.SECRET.encode(), b"Pinhole", b"C4711", b"made by Box"):
        assert word in data
        assert word not in out


def test_exiftool_finds_no_notes_in_a_video(copy: Copy, exiftool: Told) -> None:
    """No place, name, device or time, in no track."""
    told = exiftool(copy(film(*NOTES, tracks=[telemetry()], media=SAMPLES)))
    groups = {name.split(":")[0] for name in told}
    assert groups <= {"QuickTime", "Track1", "Track2", "Composite", "ExifTool"}
    assert not [name for name in told if "GPS" in name or "Serial" in name or "Author" in name]
    dates = {str(value) for name, value in told.items() if "Date" in name}
    assert dates <= {"0000:00:00 00:00:00", "0"}


def test_the_parts_of_a_video_are_counted(answer: Answer) -> None:
    """By kind."""
    told = answer(film(*NOTES, tracks=[telemetry()], media=SAMPLES))
    assert isinstance(told, Cleaned)
    assert told.removed == {"list of notes": 2, "packet": 1, "clock": 5, "track": 1}


SAMPLES = build.telemetry(*build.SEA) + build.telemetry(*build.FAR)


def telemetry(*more: bytes) -> bytes:
    """A telemetry track whose samples are the further media data of a made video."""
    start, half = BASE + len(PIXELS + SOUND), len(SAMPLES) // 2
    return track(b"meta", [(start, half), (start + half, half)], *more, number=3, form=b"gpmd")


def test_a_telemetry_track_goes_with_its_samples(copy: Copy) -> None:
    """The list forgets it, and the media data of it is zero; the others do not move."""
    data = film(tracks=[telemetry()], media=SAMPLES)
    out = copy(data)
    at = data.index(SAMPLES)
    assert out[:at] == data[:at]
    assert out[at : at + len(SAMPLES)] == bytes(len(SAMPLES))
    assert out.count(b"trak") == 2
    assert b"gpmd" not in out


def test_what_is_hidden_between_samples_is_wiped(copy: Copy, answer: Answer) -> None:
    """Dash cameras put their way there, where no track names it; old sound cannot be told apart, so nothing is touched."""
    hidden = b"freeGPS " + made.SECRET.encode()
    data = film(media=hidden)
    out = copy(data)
    assert made.SECRET.encode() not in out
    assert out[: BASE + len(PIXELS + SOUND)] == data[: BASE + len(PIXELS + SOUND)]
    told = answer(data)
    assert isinstance(told, Cleaned)
    assert told.removed["data between the samples"] == 1
    sizes = b"stsz" + bytes(4) + struct.pack(">II", 0, 1)
    old = data.replace(sizes, b"stsz" + bytes(4) + struct.pack(">II", 1, 1))
    assert old != data
    assert hidden in copy(old)


@pytest.mark.parametrize("media", [b"text", b"sbtl", b"tmcd", b"meta", b"hint", b"camm"])
def test_only_pictures_and_sound_stay(copy: Copy, media: bytes) -> None:
    """Subtitles hold a drone's way; a clock track the time of day."""
    words = b"way: 46.5 -7.25 Brackwater"
    extra = track(media, [(BASE + len(PIXELS + SOUND), len(words))], number=3, form=b"text")
    assert b"Brackwater" not in copy(film(tracks=[extra], media=words))


def test_references_to_a_track_that_is_gone_are_forgotten(copy: Copy) -> None:
    """Players look for it otherwise; other references stay."""
    refs = build.box(b"tref", build.box(b"tmcd", struct.pack(">I", 3)), build.box(b"sync", struct.pack(">I", 2)))
    extra = track(b"vide", [(BASE, 10)], refs, number=4)  # the same frames twice are no harm
    out = copy(film(tracks=[telemetry(), extra], media=SAMPLES))
    assert b"tmcd" not in out
    assert b"sync" + struct.pack(">I", 2) in out


def test_telemetry_that_shares_bytes_with_the_picture_is_refused(answer: Answer) -> None:
    """Wiping it would change frames."""
    extra = track(b"meta", [(BASE + 100, 50)], number=3, form=b"gpmd")
    told = answer(film(tracks=[extra]))
    assert isinstance(told, Refused)
    assert told.reason == "a track that must go shares its place with the picture"


def test_telemetry_in_fragments_is_refused(answer: Answer) -> None:
    """Its samples are listed elsewhere; without telemetry, fragments are fine."""
    data = film(tracks=[telemetry()], media=SAMPLES) + build.box(b"moof", b"")
    told = answer(data)
    assert isinstance(told, Refused)
    assert told.reason == "a track that must go lies in many pieces"
    assert isinstance(answer(film() + build.box(b"moof", b"")), Cleaned)


@pytest.mark.parametrize(("time", "left"), [("none", 0), ("day", 3_799_958_400), ("exact", 3_800_000_000)])
def test_clocks_are_kept_as_asked(copy: Copy, time: str, left: int) -> None:
    """Nothing, the day, or all of it; in every header."""
    out = copy(film(), Wanted(time=time))
    for head in (b"mvhd", b"tkhd", b"mdhd"):
        at = out.index(head) + 8
        assert int.from_bytes(out[at : at + 4], "big") == left


def test_names_of_tracks_stay_with_the_device(copy: Copy) -> None:
    """They tell the camera."""
    out = copy(film(), Wanted(keep=frozenset({"device"})))
    assert b"Pinhole Video" in out
    assert b"made by Box" in out


def test_a_trailer_behind_a_video_is_cut(copy: Copy) -> None:
    """Cameras write their own way there, without a box."""
    data = film()
    assert copy(data + b"\x01\x02\x03\x04 NMEA words of the way") == copy(data)


BAD = {
    "sound in another file": film().replace(build.box(b"url ", b"\0\0\0\1"), build.box(b"url ", b"\0\0\0\0")),
    "a packed list": film(build.box(b"cmov", b"x")),
    "a track without tables": film(build.box(b"trak", build.full(b"tkhd", bytes(80)))),
    "a sample outside": film(tracks=[track(b"vide", [(1 << 30, 5)], number=5)]),
    "telemetry outside": film(tracks=[track(b"meta", [(4, 5)], number=5)]),
    "a table that is too short": film().replace(
        b"stsz" + bytes(8) + struct.pack(">I", 2), b"stsz" + bytes(8) + b"\0\0\xff\xff"
    ),
    "a cut list": film()[:-20],
}


@pytest.mark.parametrize("kind", BAD)
def test_broken_videos_are_refused(answer: Answer, kind: str) -> None:
    """With a reason, and without a copy."""
    assert BAD[kind] != film()
    told = answer(BAD[kind])
    assert isinstance(told, Refused)


def test_limits_of_boxes_hold(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Boxes of a level, rows of a table, items of a list."""
    monkeypatch.setattr(boxes, "MAX_BOXES", 3)
    assert isinstance(answer(film(*[build.box(b"free", b"")] * 5)), Refused)
    monkeypatch.undo()
    monkeypatch.setattr(movie, "MAX_ROWS", 1)
    assert isinstance(answer(film()), Refused)
    monkeypatch.setattr(heif, "MAX_ITEMS", 1)
    assert isinstance(answer(NOTED), Refused)


# ---- JPEG XL ----

COVER = build.box(b"JXL ", b"\r\n\x87\n") + build.box(b"ftyp", b"jxl ", bytes(4), b"jxl ")


def test_jpeg_xl_keeps_its_picture_only(copy: Copy, answer: Answer) -> None:
    """Notes, packed or not, are left out; so is the way back to an old JPEG, which holds its notes."""
    plain = COVER + build.box(b"jxlc", PIXELS)
    notes = (
        build.box(b"Exif", bytes(4), made.NOTES),
        build.box(b"xml ", made.PACKET),
        build.box(b"brob", b"xml packed"),
        build.box(b"jbrd", b"old notes"),
        build.box(b"jumb", b"c2pa"),
    )
    data = plain + b"".join(notes)
    assert copy(data) == plain
    told = answer(data)
    assert isinstance(told, Cleaned)
    assert told.removed == {"camera block": 1, "packet": 2, "other part": 1, "credentials": 1}


def test_a_bare_jpeg_xl_is_the_same_file(copy: Copy, answer: Answer) -> None:
    """It has no place for notes; a boxed one that is cut is refused."""
    assert copy(b"\xff\x0a" + PIXELS) == b"\xff\x0a" + PIXELS
    assert isinstance(answer(b"\xff\x0a" + PIXELS + film()), Refused)
    assert isinstance(answer((COVER + build.box(b"jxlc", PIXELS))[:-5]), Refused)
