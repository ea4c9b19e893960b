"""The look of the small picture inside a photo beside the photo's own, and the worker that decodes both."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.photos import build

from unlisted.extract.photo import alike, bounded, look, look_worker, maker, read_photo, tiff
from unlisted.extract.photo.found import MAX_SMALLS, Found
from unlisted.model.evidence import Photo, Thumbnail
from unlisted.sources import photos
from unlisted.sources.photos import read_photos

SIZE = (480, 360)


def scene(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture of soft blobs, another one for each seed."""
    spots = np.random.default_rng(seed).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    return Image.fromarray(spots).resize(size, Image.Resampling.BICUBIC)


def grey(picture: Image.Image, side: int = 160) -> alike.Grey:
    """Its grey levels, made small."""
    plain = picture.convert("L")
    plain.thumbnail((side, side), Image.Resampling.BOX)
    return np.asarray(plain, dtype=np.float64)


def packed(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """The bytes of a file of this picture."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def small_jpeg(picture: Image.Image, size: tuple[int, int] = (160, 120)) -> bytes:
    """A thumbnail's bytes."""
    return packed(picture.resize(size, Image.Resampling.BOX), quality=70)


def with_thumbnail(picture: Image.Image, small: bytes, form: str = "JPEG") -> bytes:
    """A photo with this small picture in its camera's block."""
    return packed(picture, form, exif=b"Exif\0\0" + build.tiff({0x10F: build.text("Canon")}, thumbnail=small))


def cut(picture: Image.Image, part: float, left: float = 0.5, top: float = 0.5) -> Image.Image:
    """A cut of the same shape: `left` and `top` (0 to 1) say where."""
    width, height = round(picture.width * part), round(picture.height * part)
    x, y = round((picture.width - width) * left), round((picture.height - height) * top)
    return picture.crop((x, y, x + width, y + height))


# --- hashes


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("part", [0.4, 0.6, 0.8, 0.9])
def test_cut_of_the_same_shape_is_seen(seed: int, part: float) -> None:
    """The small picture shows more than a picture that was cut, though the shape is the same."""
    whole = scene(seed)
    large = cut(whole, part, left=seed / 3, top=1 - seed / 3)
    assert alike.compare(grey(whole), grey(large, 256)) == "more"


@pytest.mark.parametrize(
    "change",
    [
        lambda picture: picture,
        lambda picture: picture.point(lambda level: level * 0.6),
        lambda picture: picture.point(lambda level: 40 + level * 0.8),
        lambda picture: Image.open(io.BytesIO(packed(picture, quality=15))),
        lambda picture: picture.resize((97, 71)),
        lambda picture: picture.rotate(90, expand=True),
        lambda picture: picture.rotate(180),
        lambda picture: cut(picture, 0.99),
    ],
    ids=["as it is", "darker", "paler", "packed hard", "smaller", "on its side", "upside down", "an edge less"],
)
def test_same_picture_stays_the_same(change: object) -> None:
    """Light, packing, size, a turn or an edge of some pixels do not make another picture."""
    assert callable(change)
    for seed in range(4):
        whole = scene(seed)
        assert alike.compare(grey(change(whole)), grey(whole, 256)) == "same"


def test_small_picture_that_shows_less() -> None:
    """A small picture that is a cut of the large one shows nothing that is hidden."""
    whole = scene(5)
    assert alike.compare(grey(cut(whole, 0.6)), grey(whole, 256)) == "less"


@pytest.mark.parametrize(("size", "at"), [((160, 90), (0, 15)), ((80, 120), (40, 0))], ids=["above", "beside"])
def test_bars_are_nothing_more(size: tuple[int, int], at: tuple[int, int]) -> None:
    """Cameras fit other shapes into 160 x 120 with black bars: the bars show nothing."""
    whole = scene(6, (size[0] * 3, size[1] * 3))
    boxed = Image.new("RGB", (160, 120))
    boxed.paste(whole.resize(size), at)
    boxed = Image.open(io.BytesIO(packed(boxed, quality=60)))
    assert alike.compare(grey(boxed), grey(whole, 256)) == "same"


def test_another_picture_is_not_told() -> None:
    """Two pictures that have nothing to do with each other are not compared further."""
    for seed in range(6):
        assert alike.compare(grey(scene(seed)), grey(scene(seed + 50), 256)) == "unknown"


@pytest.mark.parametrize(
    "picture", [np.full((120, 160), 90.0), np.zeros((8, 200)), np.full((120, 160), np.arange(160.0) // 60)]
)
def test_picture_that_tells_too_little(picture: alike.Grey) -> None:
    """A plain or tiny picture is like any other, so nothing is said."""
    assert alike.compare(grey(scene(1)), picture) == "unknown"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), height=st.integers(17, 90), width=st.integers(17, 90), grid=st.integers(2, 16))
def test_a_picture_agrees_with_itself(seed: int, height: int, width: int, grid: int) -> None:
    """All pairs of a hash agree with themselves, and with any picture between none and all."""
    chance = np.random.default_rng(seed)
    one, other = (chance.uniform(0, 255, (height, width)) for _ in range(2))
    assert alike.agreement(one, alike.WHOLE, one, grid)[0] in {0.0, 1.0}
    assert 0 <= alike.agreement(one, alike.WHOLE, other, grid)[0] <= 1


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    row=st.tuples(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.02, 1), st.floats(0.02, 1)),
)
def test_means_stay_within_the_picture(seed: int, row: tuple[float, float, float, float]) -> None:
    """The mean of a cell is never darker than the darkest pixel or lighter than the lightest, wherever the cut lies."""
    picture = np.random.default_rng(seed).uniform(10, 20, (40, 50))
    left, top, width, height = row
    inside = np.array([[left, top, min(width, 1 - left), min(height, 1 - top)]])
    means = alike.cells(picture, inside, 8)
    assert means.shape == (1, 8, 8)
    assert means.min() > 9.99
    assert means.max() < 20.01


def test_mean_of_a_cell_by_hand() -> None:
    """The table of sums gives the plain mean of each quarter."""
    picture = np.arange(16.0).reshape(4, 4)
    assert alike.cells(picture, alike.WHOLE, 2).tolist() == [[[2.5, 4.5], [10.5, 12.5]]]


# --- photos


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_cut_photo_is_told_where_decoding_is_asked_for(tmp_path: Path, form: str) -> None:
    """With `decode` the kept small picture of a cut photo is seen; by its shape alone it is not."""
    whole = scene(2)
    path = tmp_path / "cut.bin"
    path.write_bytes(with_thumbnail(cut(whole, 0.6), small_jpeg(whole), form))
    by_shape, by_look = read_photo(path), read_photo(path, decode=True)
    assert by_shape.thumbnail is not None
    assert by_look.thumbnail is not None
    assert (by_shape.thumbnail.shows_more, by_look.thumbnail.shows_more) == (False, True)
    assert by_look.skipped == ()


def test_heic_is_decoded_where_its_decoder_is_there(tmp_path: Path) -> None:
    """HEIC needs the second library of the extra."""
    heif = pytest.importorskip("pillow_heif")
    whole = scene(2)
    path = tmp_path / "cut.heic"
    exif = b"Exif\0\0" + build.tiff({0x10F: build.text("Canon")}, thumbnail=small_jpeg(whole))
    heif.from_pillow(cut(whole, 0.6)).save(path, exif=exif)
    photo = read_photo(path, decode=True)
    assert photo.thumbnail is not None
    assert photo.thumbnail.shows_more is True


def test_whole_photo_stays_as_it_is(tmp_path: Path) -> None:
    """A small picture that shows the same is no finding, in one run over several files."""
    paths = []
    for seed in range(3):
        paths.append(tmp_path / f"{seed}.jpg")
        paths[-1].write_bytes(with_thumbnail(scene(seed), small_jpeg(scene(seed))))
    told = [photo.thumbnail for photo in read_photos(paths, decode=True) if isinstance(photo, Photo)]
    assert [small.shows_more for small in told if small] == [False] * 3


def test_shape_says_more_and_look_says_less(tmp_path: Path) -> None:
    """A square small picture cut out of a wide photo differs in shape, and its look takes that back."""
    whole = scene(3)
    middle = whole.crop((60, 0, 420, 360))
    path = tmp_path / "square.jpg"
    path.write_bytes(with_thumbnail(whole, small_jpeg(middle, (150, 150))))
    by_shape, by_look = read_photo(path).thumbnail, read_photo(path, decode=True).thumbnail
    assert by_shape is not None
    assert by_look is not None
    assert (by_shape.shows_more, by_look.shows_more) == (True, False)


def test_jfxx_thumbnail_is_compared_too(tmp_path: Path) -> None:
    """The older kind of small picture stands in a segment of its own."""
    whole = scene(4)
    data = packed(cut(whole, 0.5))
    segment = build.segment(0xE0, b"JFXX\0\x10" + small_jpeg(whole))
    path = tmp_path / "jfxx.jpg"
    path.write_bytes(data[:2] + segment + data[2:])
    small = read_photo(path, decode=True).thumbnail
    assert small is not None
    assert small.shows_more is True


def test_places_only_decodes_nothing(tmp_path: Path) -> None:
    """Where only positions are wanted, no small picture is kept."""
    path = tmp_path / "a.jpg"
    path.write_bytes(with_thumbnail(cut(scene(2), 0.6), small_jpeg(scene(2))))
    assert read_photo(path, decode=True, places_only=True).thumbnail is None


PHOTO = Photo(
    status="read", path="a.jpg", format="JPEG", thumbnail=Thumbnail(width=160, height=120, length=9, shows_more=False)
)


class Says(maker.Worker):
    """A worker that has one answer."""

    def __init__(self, answer: dict[str, list[str]] | None) -> None:
        super().__init__()
        self.answer = answer
        self.asked: list[bytes] = []

    def ask(self, block: bytes) -> dict[str, list[str]] | None:
        self.asked.append(block)
        return self.answer


@pytest.mark.parametrize(
    "answer", [None, {}, {"verdict": []}, {"verdict": ["nonsense"]}, {"verdict": ["more", "same"]}]
)
def test_worker_without_an_answer(answer: dict[str, list[str]] | None) -> None:
    """What could not be compared keeps what its shape says, and the photo says that it was not compared."""
    told = look.compare(PHOTO, [b"small"], Says(answer))
    assert told.skipped == (look.FAILED,)
    assert told.thumbnail == PHOTO.thumbnail


@pytest.mark.parametrize(("said", "more"), [("more", True), ("same", False), ("less", False), ("unknown", None)])
def test_answers_of_the_worker(said: str, more: bool | None) -> None:
    """Each word of the worker is one answer; "not known" is never "no"."""
    told = look.compare(PHOTO, [b"small"], Says({"verdict": [said]}))
    assert told.thumbnail is not None
    assert told.thumbnail.shows_more is more


def test_one_of_two_that_shows_more_is_enough(tmp_path: Path) -> None:
    """Photoshop keeps a small picture of its own beside the camera's: either may be the one that was forgotten."""
    whole = scene(12)
    part = cut(whole, 0.6)
    head = struct.pack(">IIIIIIHH", 1, 160, 120, 480, 57_600, 9_000, 24, 1)
    resource = build.segment(0xED, b"Photoshop 3.0\0" + build.resources((0x040C, head + small_jpeg(whole))))
    data = with_thumbnail(part, small_jpeg(part))
    path = tmp_path / "two.jpg"
    path.write_bytes(data[:2] + resource + data[2:])
    by_shape, by_look = read_photo(path).thumbnail, read_photo(path, decode=True).thumbnail
    assert by_shape is not None
    assert by_look is not None
    assert (by_shape.shows_more, by_look.shows_more) == (False, True)


def test_small_pictures_are_counted() -> None:
    """A list of a hundred small pictures is told, and compared, as far as the limit."""
    found = Found(look=True)
    for _ in range(100):
        found.small_picture((160, 120), 900, b"x" * 900)
    assert len(found.smalls) == MAX_SMALLS


def test_bytes_of_small_pictures_are_kept_only_for_a_comparison() -> None:
    """Reading without a comparison keeps nothing of a picture; one beyond the limit is not kept either."""
    plain, looking = Found(), Found(look=True)
    for found in (plain, looking):
        tiff.read_block(build.tiff(thumbnail=small_jpeg(scene(1))), found)
    assert [data for _, data in plain.smalls] == [b""]
    assert [data for _, data in looking.smalls] == [small_jpeg(scene(1))]
    long = Found(look=True)
    tiff.read_block(build.tiff(thumbnail=small_jpeg(scene(1)) + bytes(tiff.MAX_SMALL)), long)
    assert [(small.length > tiff.MAX_SMALL, data) for small, data in long.smalls] == [(True, b"")]


def test_two_small_pictures_of_which_one_fails() -> None:
    """What is not known of one is not known of the photo; where all fail, the photo says so."""
    told = iter([{"verdict": ["same"]}, {}, {}, None])

    class Turns(Says):
        def ask(self, block: bytes) -> dict[str, list[str]] | None:
            return next(told)

    mixed = look.compare(PHOTO, [b"one", b"two"], Turns(None))
    assert mixed.thumbnail is not None
    assert mixed.thumbnail.shows_more is None
    assert look.compare(PHOTO, [b"one", b"two"], Turns(None)).skipped == (look.FAILED,)


def test_shape_is_not_taken_back_by_not_known() -> None:
    """A shape that shows more stands where the look cannot tell."""
    shaped = Photo(status="read", path="a.jpg", format="JPEG", thumbnail=Thumbnail(length=9, shows_more=True))
    assert look.compare(shaped, [b"small"], Says({"verdict": ["unknown"]})) is shaped


def other(**fields: object) -> Photo:
    """The photo with other fields."""
    plain: dict[str, object] = {"status": "read", "path": "a.jpg", "format": "JPEG", "thumbnail": PHOTO.thumbnail}
    return Photo(**(plain | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("photo", "smalls"),
    [
        (other(thumbnail=None), [b"x"]),
        (PHOTO, []),
        (other(format="TIFF"), [b"x"]),
        (other(format="CR2"), [b"x"]),
    ],
)
def test_nothing_to_compare_asks_nobody(photo: Photo, smalls: list[bytes]) -> None:
    """Without a small picture, or for a format whose picture is not decoded, no worker is asked."""
    worker = Says(None)
    assert look.compare(photo, smalls, worker) is photo
    assert worker.asked == []


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Pillow is not installed the shape's answer stays."""
    monkeypatch.setattr(look, "find_spec", lambda _name: None)
    assert not look.available()
    assert look.compare(PHOTO, [b"small"], Says({"verdict": ["more"]})) is PHOTO


def test_long_names_and_pictures_are_not_handed_over() -> None:
    """A path or a small picture beyond the limit is said to be not compared."""
    for photo, smalls in ((other(path="x" * (look.MAX_PATH + 1)), [b"s"]), (PHOTO, [bytes(bounded.MAX_REQUEST)])):
        worker = Says({"verdict": ["more"]})
        assert look.compare(photo, smalls, worker).skipped == (look.FAILED,)
        assert worker.asked == []


# --- the process


@pytest.fixture
def process() -> Iterator[maker.Worker]:
    """The real worker, ended afterwards."""
    made = maker.Worker("unlisted.extract.photo.look_worker")
    yield made
    made.close()


def request(path: Path, small: bytes) -> bytes:
    """What the worker is asked."""
    name = str(path).encode()
    return len(name).to_bytes(4, "big") + name + small


def test_broken_pictures_leave_the_worker_alive(tmp_path: Path, process: maker.Worker) -> None:
    """Data that is no picture, a picture that is cut, and a file that is gone have an empty answer; the next one is compared."""
    whole = scene(1)
    good, cut_off = tmp_path / "a.jpg", tmp_path / "b.jpg"
    good.write_bytes(packed(whole))
    cut_off.write_bytes(good.read_bytes()[:3000])
    small = small_jpeg(whole)
    assert process.ask(request(good, b"no picture")) == {}
    assert process.ask(request(good, small[:400])) == {}
    assert process.ask(request(cut_off, small)) == {}
    assert process.ask(request(tmp_path / "gone.jpg", small)) == {}
    assert process.ask(b"\xff\xff") == {}
    assert process.ask(request(good, small)) == {"verdict": ["same"]}


def test_other_decoders_never_see_a_byte(tmp_path: Path, process: maker.Worker) -> None:
    """A kind of file that is not on the list is not decoded, though Pillow could."""
    path = tmp_path / "a.bmp"
    path.write_bytes(packed(scene(1), "BMP"))
    assert process.ask(request(path, small_jpeg(scene(1)))) == {}


def test_pixels_are_limited(tmp_path: Path, process: maker.Worker) -> None:
    """A small file that would unpack to a huge picture is refused by its header."""
    path = tmp_path / "huge.png"
    Image.new("1", (10_000, look.MAX_PIXELS // 10_000 + 1)).save(path)
    assert path.stat().st_size < 100_000
    assert process.ask(request(path, small_jpeg(scene(1)))) == {}


def test_limits_of_the_process() -> None:
    """The process holds itself to its memory and pixels, and takes warnings for errors."""
    code = (
        "import resource, warnings\n"
        "from unlisted.extract.photo import look_worker\n"
        "look_worker.prepare()\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], look_worker.Image.MAX_IMAGE_PIXELS, warnings.filters[0][0])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(look.MEMORY), str(look.MAX_PIXELS), "error"]


def test_time_of_a_comparison_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that keeps the decoder busy ends the process."""
    code = (
        "from unlisted.extract.photo import look_worker\n"
        "look_worker.CPU_SECONDS = 0.2\n"
        "def spin(request):\n"
        "    while True: pass\n"
        "look_worker.decode = spin\n"
        "look_worker.main()\n"
    )
    (tmp_path / "w_look_spin.py").write_text(code)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    busy = maker.Worker("w_look_spin")
    assert busy.ask(b"x") is None
    busy.close()


def test_request_that_is_too_long_ends_the_process() -> None:
    """A length beyond the limit is not read."""
    out = io.BytesIO()
    bounded.serve(io.BytesIO((bounded.MAX_REQUEST + 1).to_bytes(4, "big") + b"x"), out, lambda _block: {}, 1.0)
    assert out.getvalue() == b""


def test_decoding_in_this_process(tmp_path: Path) -> None:
    """The worker's own function, called here: the path and the small picture are taken apart at the length."""
    whole = scene(7)
    path = tmp_path / "ä b.jpg"
    path.write_bytes(packed(cut(whole, 0.7)))
    assert look_worker.decode(request(path, small_jpeg(whole))) == {"verdict": ["more"]}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_wounded_pictures_never_raise(tmp_path: Path, form: str) -> None:
    """A photo damaged anywhere still has an answer: compared, or said to be not compared."""
    whole = scene(8)
    data = with_thumbnail(cut(whole, 0.6), small_jpeg(whole), form)
    chance = random.Random(form)
    path = tmp_path / "hurt.bin"
    for _ in range(10):
        hurt = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            hurt[chance.randrange(12, len(hurt))] = chance.randrange(256)
        path.write_bytes(hurt[: chance.choice([len(hurt), len(hurt), chance.randrange(len(hurt))])])
        photo = read_photo(path, decode=True)
        small = photo.thumbnail
        assert small is None or small.shows_more in {None, False, True}
        assert set(photo.skipped) <= {look.FAILED, "a packed part of it was not read"}


def test_progressive_and_grey_pictures(tmp_path: Path) -> None:
    """Every way of packing a picture is compared: in steps, without colours, with transparency, in few colours."""
    whole = scene(9)
    small = small_jpeg(whole)
    part = cut(whole, 0.55)
    made = {
        "steps.jpg": packed(part, exif=exif_of(small), progressive=True),
        "grey.jpg": packed(part.convert("L"), exif=exif_of(small)),
        "print.jpg": packed(part.convert("CMYK"), exif=exif_of(small)),
        "clear.png": packed(part.convert("RGBA"), "PNG", exif=exif_of(small)),
        "few.png": packed(part.quantize(64), "PNG", exif=exif_of(small)),
    }
    for name, data in made.items():
        path = tmp_path / name
        path.write_bytes(data)
        told = read_photo(path, decode=True).thumbnail
        assert told is not None
        assert told.shows_more is True, name


def exif_of(small: bytes) -> bytes:
    """A camera's block with this small picture."""
    return b"Exif\0\0" + build.tiff({0x10F: build.text("Canon")}, thumbnail=small)


def test_photo_that_lies_on_its_side(tmp_path: Path) -> None:
    """A picture that is to be turned when shown has its pixels, and its small picture's, as the camera held them."""
    whole = scene(10)
    block = build.tiff({0x112: build.short(6)}, thumbnail=small_jpeg(whole))
    path = tmp_path / "side.jpg"
    for picture, more in ((whole, False), (cut(whole, 0.5), True)):
        path.write_bytes(packed(picture, exif=b"Exif\0\0" + block))
        told = read_photo(path, decode=True)
        assert told.orientation == 6
        assert told.thumbnail is not None
        assert told.thumbnail.shows_more is more


def test_small_picture_that_was_turned(tmp_path: Path) -> None:
    """Programs that turn the picture and forget the small one leave nothing hidden."""
    whole = scene(11)
    turned = whole.rotate(270, expand=True)
    path = tmp_path / "turned.jpg"
    path.write_bytes(with_thumbnail(turned, small_jpeg(whole)))
    told = read_photo(path, decode=True).thumbnail
    assert told is not None
    assert told.shows_more is False


def test_values_stay_out_of_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the path and the small picture is handed over: no place, no name."""
    worker = Says({"verdict": ["same"]})
    monkeypatch.setattr(look, "_worker", worker)
    small = small_jpeg(scene(1))
    path = tmp_path / "a.jpg"
    block = build.tiff({0x13B: build.text("Odo Finch")}, gps=build.gps(), thumbnail=small)
    path.write_bytes(packed(scene(1), exif=b"Exif\0\0" + block))
    read_photo(path, decode=True)
    assert worker.asked == [request(path, small)]


def test_workers_of_a_large_folder_compare_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that read many files have a decoder each, and give the same answers in the same order."""
    monkeypatch.setattr(photos, "FEW", 4)
    paths = []
    for number in range(12):
        whole = scene(number)
        paths.append(tmp_path / f"{number:02}.jpg")
        paths[-1].write_bytes(with_thumbnail(cut(whole, 0.6) if number % 3 else whole, small_jpeg(whole)))
    told = [photo.thumbnail for photo in read_photos(paths, workers=2, decode=True) if isinstance(photo, Photo)]
    assert [small.shows_more for small in told if small] == [bool(number % 3) for number in range(12)]
