"""Folders of photos: what counts, the order, links, many files, and files that cannot be read."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.photos import build

from unlisted.errors import NotRead
from unlisted.model.evidence import Photo
from unlisted.model.finding import NotChecked
from unlisted.sources import photo_pool, photos
from unlisted.sources.photos import find_photos, read_photos


def put(folder: Path, *names: str, data: bytes = b"") -> list[Path]:
    """Write small pictures."""
    out = []
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data or build.jpeg(build.exif_segment(build.tiff(gps=build.gps()))))
        out.append(path)
    return out


def listed(folder: Path) -> list[str]:
    """Names below a folder, as found."""
    return [path.relative_to(folder).as_posix() for path in find_photos(folder)]


def test_what_counts(tmp_path: Path) -> None:
    """Photos and videos are found by the end of their name in any case; hidden and other files are left out."""
    put(
        tmp_path,
        "b.JPG",
        "a.heic",
        "c.mp4",
        "sub/d.webp",
        "sub/.hidden.jpg",
        ".thumbs/e.jpg",
        "notes.txt",
        "f.jpg.bak",
        "noending",
    )
    assert listed(tmp_path) == ["a.heic", "b.JPG", "c.mp4", "sub/d.webp"]


def test_order_is_the_same_every_time(tmp_path: Path) -> None:
    """Files come in name order, folder by folder, whatever the disk gives first."""
    put(tmp_path, "z.jpg", "m/2.jpg", "m/1.jpg", "a/9.jpg", "a/b/5.jpg", "b.jpg")
    assert listed(tmp_path) == ["b.jpg", "z.jpg", "a/9.jpg", "a/b/5.jpg", "m/1.jpg", "m/2.jpg"]
    assert listed(tmp_path) == listed(tmp_path)


def test_links_that_lead_out(tmp_path: Path) -> None:
    """Links to a file within the folder count; those that lead out, to a folder, in circles or to nothing do not."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    put(inside, "a.jpg")
    put(outside, "secret.jpg")
    (inside / "near.jpg").symlink_to(inside / "a.jpg")
    (inside / "far.jpg").symlink_to(outside / "secret.jpg")
    (inside / "folder").symlink_to(outside)
    (inside / "circle").symlink_to(inside)
    (inside / "loop.jpg").symlink_to(inside / "loop.jpg")
    (inside / "gone.jpg").symlink_to(inside / "nothing.jpg")
    assert listed(inside) == ["a.jpg", "near.jpg"]


def test_folder_that_is_a_link_itself(tmp_path: Path) -> None:
    """The folder that was asked for may be a link."""
    put(tmp_path / "real", "a.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert listed(tmp_path / "link") == ["a.jpg"]


def test_sidecars_go_with_their_photo(tmp_path: Path) -> None:
    """A sidecar with a photo is read with it and not listed; one that stands alone is listed."""
    put(tmp_path, "a.jpg", "b.jpg")
    (tmp_path / "a.xmp").write_bytes(build.xmp(attributes='photoshop:City="Marrow Bay"'))
    (tmp_path / "alone.xmp").write_bytes(build.xmp(attributes='photoshop:City="Old Quay"'))
    assert listed(tmp_path) == ["a.jpg", "alone.xmp", "b.jpg"]
    told = [photo for photo in read_photos(find_photos(tmp_path)) if isinstance(photo, Photo)]
    assert [photo.place_names for photo in told] == [("Marrow Bay",), ("Old Quay",), ()]


def test_depth_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders below the limit of depth, and files beyond the limit of number, are left out."""
    put(tmp_path, "a.jpg", "1/b.jpg", "1/2/c.jpg")
    monkeypatch.setattr(photos, "MAX_DEPTH", 1)
    assert listed(tmp_path) == ["a.jpg", "1/b.jpg"]
    monkeypatch.setattr(photos, "MAX_FILES", 1)
    assert listed(tmp_path) == ["a.jpg"]


def test_one_folder_is_listed_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists of a hundred folders are not held together: a folder is listed when its turn comes, empty ones are passed."""
    put(tmp_path, *(f"{n:03}/{name}.jpg" for n in range(0, 100, 2) for name in "ab"))
    for number in range(1, 100, 2):
        (tmp_path / f"{number:03}").mkdir()
    asked: list[Path] = []
    real = photos._entries

    def note(folder: Path) -> list[os.DirEntry[str]]:
        asked.append(folder)
        return real(folder)

    monkeypatch.setattr(photos, "_entries", note)
    found = find_photos(tmp_path)
    assert next(found).name == "a.jpg"
    assert len(asked) == 2
    assert len(list(found)) == 99
    assert len(asked) == 101


def test_folder_that_is_none(tmp_path: Path) -> None:
    """A folder that is not there, or is a file, is refused in one plain line."""
    put(tmp_path, "a.jpg")
    for path in (tmp_path / "nothing", tmp_path / "a.jpg"):
        with pytest.raises(NotRead, match="no folder"):
            list(find_photos(path))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_folder_that_may_not_be_read(tmp_path: Path) -> None:
    """A folder within that may not be listed is left out, and the rest is found."""
    put(tmp_path, "a.jpg", "closed/b.jpg")
    (tmp_path / "closed").chmod(0)
    try:
        assert listed(tmp_path) == ["a.jpg"]
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_one_broken_file_stops_nothing(tmp_path: Path) -> None:
    """A file that is gone, a folder, a pipe and a damaged file each give one answer in their place."""
    good = put(tmp_path, "a.jpg", "e.jpg")
    (tmp_path / "d.jpg").write_bytes(good[0].read_bytes()[:200])
    os.mkfifo(tmp_path / "c.jpg")
    paths = [good[0], tmp_path / "b.jpg", tmp_path / "c.jpg", tmp_path, tmp_path / "d.jpg", good[1]]
    answers = list(read_photos(paths))
    assert [type(answer).__name__ for answer in answers] == [
        "Photo",
        "NotChecked",
        "NotChecked",
        "NotChecked",
        "Photo",
        "Photo",
    ]
    gone = answers[1]
    assert isinstance(gone, NotChecked)
    assert (gone.source, gone.where, gone.reason) == ("", "b.jpg", "the file is not there")
    assert [getattr(answer, "status", None) for answer in answers[4:]] == ["damaged", "read"]


@pytest.mark.parametrize("name", ["bad\0name.jpg", "x" * 5_000 + ".jpg"])
def test_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    """A name that the system refuses is not checked."""
    (answer,) = read_photos([tmp_path / name])
    assert isinstance(answer, NotChecked)


def test_few_files_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few files are read in this process, whatever number of workers was asked for."""

    def fail(*_: object, **__: object) -> Iterator[Photo]:
        raise AssertionError

    monkeypatch.setattr(photo_pool, "run", fail)
    assert len(list(read_photos(put(tmp_path, "a.jpg", "b.jpg"), workers=4))) == 2


def test_many_files_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers give the same answers in the same order as this process."""
    monkeypatch.setattr(photos, "FEW", 10)
    paths = put(tmp_path, *(f"{n:03}.jpg" for n in range(150)))
    paths[40] = tmp_path / "gone.jpg"
    alone = list(read_photos(paths, workers=1))
    together = list(read_photos(paths, workers=2))
    assert together == alone
    assert isinstance(together[40], NotChecked)
    assert len({photo.path for photo in together if isinstance(photo, Photo)}) == 149


def test_the_stream_is_not_read_ahead(tmp_path: Path) -> None:
    """Paths are taken as answers are asked for, so that memory does not grow with the number of files."""
    path = put(tmp_path, "a.jpg")[0]
    taken = 0

    def endless() -> Iterator[Path]:
        nonlocal taken
        while True:
            taken += 1
            yield path

    answers = read_photos(endless(), workers=1)
    for _ in range(photos.FEW + 20):
        next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert taken <= photos.FEW + 22


READER = """
import os, signal, time
from unlisted.model.finding import NotChecked
from unlisted.sources.photo_pool import read_one

def odd(path, beside):
    if path.name.startswith("die"):
        os._exit(3)
    if path.name.startswith("hang"):
        time.sleep(600)
    if path.name.startswith("ear"):
        return NotChecked(source="", reason=str(signal.getsignal(signal.SIGINT) == signal.SIG_IGN))
    return read_one(path, beside)
"""


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> photo_pool.Reader:
    """A reader that dies or hangs on files of such names; it lies where workers find it."""
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "odd_photo_reader.py").write_text(READER)
    monkeypatch.syspath_prepend(str(folder))
    import odd_photo_reader  # type: ignore[import-not-found]  # noqa: PLC0415  (written just now)

    reader: photo_pool.Reader = odd_photo_reader.odd
    return reader


def jobs(paths: Sequence[Path]) -> list[photo_pool.Job]:
    """Jobs without sidecars."""
    return [(path, ()) for path in paths]


def test_a_worker_that_dies_or_hangs(tmp_path: Path, odd: photo_pool.Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies or hangs costs the one file that it was at; the rest is read, in order."""
    monkeypatch.setattr(photo_pool, "HANG_SECONDS", 1.0)
    monkeypatch.setattr(photo_pool, "BATCH", 4)
    paths = put(tmp_path, "a.jpg", "die1.jpg", "b.jpg", "c.jpg", "d.jpg", "hang.jpg", "e.jpg", "f.jpg", "die2.jpg")
    answers = list(photo_pool.run(jobs(paths), odd, workers=2))
    assert [isinstance(answer, Photo) for answer in answers] == [
        not path.name.startswith(("die", "hang")) for path in paths
    ]
    lost = [answer for answer in answers if isinstance(answer, NotChecked)]
    assert [answer.where for answer in lost] == ["die1.jpg", "hang.jpg", "die2.jpg"]
    assert {answer.reason for answer in lost} == {"reading it took too long or broke off"}


def test_workers_do_not_hear_ctrl_c(tmp_path: Path, odd: photo_pool.Reader) -> None:
    """Ctrl-C reaches every process of a terminal: workers leave it to the one that started them, which still hears it."""
    (answer,) = photo_pool.run(jobs([tmp_path / "ear.jpg"]), odd, workers=1)
    assert isinstance(answer, NotChecked)
    assert answer.reason == "True"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_where_no_process_can_start(tmp_path: Path) -> None:
    """A program whose main part cannot be imported again still gets its answers: this process reads."""
    put(tmp_path, *(f"{n}.jpg" for n in range(5)))
    code = (
        "from pathlib import Path\n"
        "from unlisted.sources import photo_pool\n"
        f"jobs = [(path, ()) for path in sorted(Path({str(tmp_path)!r}).glob('*.jpg'))]\n"
        "print([type(a).__name__ for a in photo_pool.run(jobs, photo_pool.read_one, workers=2)])\n"
    )
    done = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == str(["Photo"] * 5)


def test_stopping_early_ends_the_workers(tmp_path: Path) -> None:
    """Closing the iterator, as Ctrl-C does, ends the processes; what was given out stands."""
    from multiprocessing import active_children  # noqa: PLC0415

    paths = put(tmp_path, *(f"{n:03}.jpg" for n in range(30)))
    answers = photo_pool.run(jobs(paths), photo_pool.read_one, workers=1)
    first = next(answers)
    assert isinstance(first, Photo)
    assert len(active_children()) == 1
    answers.close()  # type: ignore[attr-defined]
    gc.collect()
    assert active_children() == []


def test_interrupt_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is passed on at once and is not taken for a broken file."""

    def interrupt(*_: object, **__: object) -> Photo:
        raise KeyboardInterrupt

    monkeypatch.setattr(photo_pool, "read_photo", interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(read_photos(put(tmp_path, "a.jpg")))


def test_reasons_hold_no_value(tmp_path: Path) -> None:
    """No reason repeats a path, and no printed form of an answer holds a place or a name."""
    put(
        tmp_path,
        "a.jpg",
        data=build.jpeg(build.exif_segment(build.tiff({0x13B: build.text("Odo Finch")}, gps=build.gps()))),
    )
    answers = list(read_photos([tmp_path / "a.jpg", tmp_path / "Odo Finch" / "b.jpg"]))
    shown = repr(answers)
    for value in ("Odo", "46.5", "7.25", str(tmp_path)):
        assert value not in shown
