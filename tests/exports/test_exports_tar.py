"""TAR archives are gone through in place: limits hold, odd members are left out and said, nothing is unpacked."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exports.made import encoded, packed

from unlisted.errors import NotRead, TooLarge
from unlisted.sources.exports import read_export, tarball
from unlisted.sources.exports.container import Container
from unlisted.sources.exports.opening import UNREADABLE, opened
from unlisted.sources.exports.tarball import BEHIND, BROKEN, SPECIAL, TOO_LONG, Tape

OUTBOX = {
    "orderedItems": [
        {"object": {"content": f"<p>{word}.</p>", "published": "2024-01-01T10:00:00Z", "to": ["as:Public"]}}
        for word in ("Tea", "Rain")
    ]
}
ACTOR = {"name": "Odile Varnholt", "preferredUsername": "odivarn"}


def tarred(
    path: Path, files: Iterable[tuple[str, object]], *, form: int = tarfile.PAX_FORMAT, special: Iterable[str] = ()
) -> Path:
    """An archive of these files, packed as its name says; `special`: a type letter each, of members that are no files."""
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w", format=form) as archive:
        for kind in special:
            info = tarfile.TarInfo(f"odd{kind}.json")
            info.type, info.linkname = kind.encode(), "/etc/passwd"
            archive.addfile(info)
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, content in files:
            data = encoded(content)
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def held(path: Path) -> tuple[dict[str, bytes], Container]:
    """The content of every file, by its plain name."""
    with opened(path, wanted=lambda _name: True) as export:
        return {member.name: member.whole() for member in export.members}, export


@pytest.mark.parametrize("name", ["archive.tar.gz", "archive.tgz", "archive.tar", "odd name"])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_an_archive_of_mastodon_is_read_as_it_comes(tmp_path: Path, name: str, form: int) -> None:
    """Packed or not, in each of the three forms, whatever its name."""
    found = read_export(tarred(tmp_path / name, [("outbox.json", OUTBOX), ("actor.json", ACTOR)], form=form), label="a")
    assert [(post.text, post.public) for post in found.posts] == [("Tea.", True), ("Rain.", True)]
    assert {field.value for field in found.fields} == {"Odile Varnholt", "odivarn"}
    assert found.skipped == []
    assert [item.name for item in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_are_read_whole(tmp_path: Path, form: int) -> None:
    """In a note that stands before the file; the next file has its own name again."""
    long = "folder/" * 30 + "ä" * 50 + "/outbox.json"
    files, export = held(tarred(tmp_path / "a.tgz", [(long, b"1"), ("b.json", b"2")], form=form))
    assert files == {long: b"1", "b.json": b"2"}
    assert export.refused == ()


@pytest.mark.parametrize("end", [".tar", ".tgz"])
@pytest.mark.parametrize("zeros", [1, 2, 20])
def test_what_stands_behind_the_end_is_read(tmp_path: Path, end: str, zeros: int) -> None:
    """One block of zeros in the middle, or a whole archive behind another one, with the rest of its last record."""
    first, second = (tarred(tmp_path / f"{n}.tar", [(f"{n}.json", n.encode())]).read_bytes() for n in "ab")
    bare = first.rstrip(b"\0")
    whole = bare + b"\0" * (-len(bare) % 512 + zeros * 512) + second
    (tmp_path / f"x{end}").write_bytes(gzip.compress(whole) if end == ".tgz" else whole)
    files, export = held(tmp_path / f"x{end}")
    assert (files, export.refused) == ({"a.json": b"a", "b.json": b"b"}, ())


@pytest.mark.parametrize("behind", [b"x", b"x" * 512, b"\0" * 700 + b"words" * 300])
def test_what_is_no_file_behind_the_end_is_said(tmp_path: Path, behind: bytes) -> None:
    """All that stands before is read."""
    path = tarred(tmp_path / "a.tar", [("a.json", b"1")])
    path.write_bytes(path.read_bytes() + behind)
    files, export = held(path)
    assert (files, export.refused) == ({"a.json": b"1"}, (BEHIND,))


def test_a_long_name_does_not_reach_over_the_end(tmp_path: Path) -> None:
    """A note before the zeros belongs to no file behind them."""
    path = tmp_path / "a.tar"
    note = tarfile.TarInfo("././@LongLink")
    note.type, note.size = tarfile.GNUTYPE_LONGNAME, 10
    second = tarred(tmp_path / "b.tar", [("b.json", b"2")]).read_bytes()
    path.write_bytes(note.tobuf() + b"other.json".ljust(512, b"\0") + b"\0" * 1024 + second)
    assert held(path)[0] == {"b.json": b"2"}


@pytest.mark.parametrize("name", ["a.tar", "a.tgz"])
def test_an_archive_that_breaks_off_gives_what_stands_before(tmp_path: Path, name: str) -> None:
    """Packed or not: the files before the break, a word about the break, and one about the file that it goes through."""
    noise = random.Random(1).randbytes(200_000)
    path = tarred(tmp_path / name, [("a.json", b"1"), ("b.json", b"2"), ("noise.json", noise), ("c.json", b"3")])
    for size in (150_000, 30_000):
        path.write_bytes(path.read_bytes()[:size])
        files, export = held_until_broken(path)
        assert (files, export.refused) == ({"a.json": b"1", "b.json": b"2"}, (BROKEN,))


def test_words_behind_a_packed_archive_are_said(tmp_path: Path) -> None:
    """They belong to no archive."""
    path = tarred(tmp_path / "a.tgz", [("a.json", b"1")])
    path.write_bytes(path.read_bytes() + b"junk" * 100)
    files, export = held(path)
    assert (files, export.refused) == ({"a.json": b"1"}, (BROKEN,))


def test_names_that_climb_do_no_harm(tmp_path: Path) -> None:
    """They are only compared."""
    (tmp_path / "in").mkdir()
    files, _ = held(tarred(tmp_path / "in" / "a.tgz", [("../../out.json", b"{}"), ("/etc/b.json", b"1")]))
    assert files == {"out.json": b"{}", "etc/b.json": b"1"}
    assert sorted(item.name for item in tmp_path.rglob("*")) == ["a.tgz", "in"]


def test_links_devices_and_holes_are_left_out_and_said(tmp_path: Path) -> None:
    """Hard and soft links, both kinds of device, a pipe, a sparse file."""
    files, export = held(tarred(tmp_path / "a.tgz", [("b.json", b"2")], special="12346S"))
    assert files == {"b.json": b"2"}
    assert export.refused == (f"6 {SPECIAL}",)
    assert export.listed == 7


def test_a_sparse_file_in_a_note_is_left_out(tmp_path: Path) -> None:
    """The newer form says it beside the name."""
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.json")
        info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.realsize": "99999999999"}
        archive.addfile(info)
    assert held(tmp_path / "a.tar")[1].refused == (f"1 {SPECIAL}",)


def test_an_archive_that_swells_is_stopped(tmp_path: Path) -> None:
    """A hundred million zeros in a hundred thousand bytes; what stands before them is read."""
    path = tmp_path / "a.tgz"
    plain = tarred(tmp_path / "a.tar", [("a.json", b"1"), ("b.json", b"2")]).read_bytes()
    header = tarfile.TarInfo("zeros.json")
    header.size = 100_000_000
    raw = plain.rstrip(b"\0")
    whole = raw + b"\0" * (-len(raw) % 512) + header.tobuf() + b"\0" * header.size + b"\0" * 1024
    path.write_bytes(gzip.compress(whole))
    files, export = held_until_broken(path)
    assert files == {"a.json": b"1", "b.json": b"2"}
    assert "a file in the export swells when it is opened" in export.refused


def held_until_broken(path: Path) -> tuple[dict[str, bytes], Container]:
    """The files that can be read."""
    files = {}
    with opened(path, wanted=lambda _name: True) as export:
        for member in export.members:
            try:
                files[member.name] = member.whole()
            except NotRead:
                continue
    return files, export


@pytest.mark.parametrize("cut", [700, 1024, 1030, 1600, 2048, 2100])
def test_an_archive_that_breaks_off_says_so(tmp_path: Path, cut: int) -> None:
    """What stands before the break is read, and the break is said wherever it is."""
    raw = tarred(tmp_path / "a.tar", [("a.json", b"1"), ("b.json", b"2" * 600)]).read_bytes()
    (tmp_path / "cut.tar").write_bytes(raw[:cut])
    files, export = held_until_broken(tmp_path / "cut.tar")
    assert export.refused == (BROKEN,)
    assert files == ({"a.json": b"1"} if cut >= 1030 else {})


def test_a_note_without_end_is_not_held(tmp_path: Path) -> None:
    """A name of a gigabyte would be read into memory before anybody looks at it."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    (tmp_path / "a.tar").write_bytes(info.tobuf() + b"n" * 5_000)
    assert held(tmp_path / "a.tar")[1].refused == (TOO_LONG,)


@pytest.mark.parametrize(
    "line", [b"9999 path=a\n", b"0 path=a\n", b"x path=a\n", b"5\n", b"99999999999999999999 a=b\n"]
)
def test_a_note_that_lies_about_its_length_is_damage(tmp_path: Path, line: bytes) -> None:
    """The rest of the archive is left alone."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, len(line)
    (tmp_path / "a.tar").write_bytes(info.tobuf() + line.ljust(512, b"\0") + bytes(1024))
    assert held(tmp_path / "a.tar")[1].refused == (BROKEN,)


def test_many_notes_in_a_row_are_only_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No header calls the next one, and their number has a limit."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 0
    monkeypatch.setattr(tarball, "MAX_LISTED", 2_000)
    (tmp_path / "a.tar").write_bytes(info.tobuf() * 5_000)
    assert held(tmp_path / "a.tar")[1].refused == (TOO_LONG,)


def test_going_through_an_archive_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands beyond the limit is left out, and that is said."""
    monkeypatch.setattr(tarball, "MAX_UNPACKED", 3_000)
    path = tarred(tmp_path / "a.tar", [("a.json", b"1"), ("b.json", b"2" * 5_000), ("c.json", b"3")])
    with opened(path, wanted=lambda _name: True) as export:
        assert [member.name for member in export.members] == ["a.json", "b.json"]
        assert export.refused == (TOO_LONG,)
        with pytest.raises(TooLarge):
            export.members[1].whole()


def test_files_are_read_in_any_order(tmp_path: Path) -> None:
    """Going back means to start anew; two readers do not confuse each other."""
    path = tarred(tmp_path / "a.tgz", [(f"{number}.json", str(number) * 3_000) for number in range(5)])
    with opened(path, wanted=lambda _name: True) as export:
        assert [member.whole()[:1] for member in reversed(export.members)] == [b"4", b"3", b"2", b"1", b"0"]
        one, two = export.members[3].stream(), export.members[1].stream()
        assert next(two)[:1] + next(one)[:1] == b"13"


def test_a_tape_goes_back_to_its_start(tmp_path: Path) -> None:
    """And tells when it is shorter than that."""
    (tmp_path / "t").write_bytes(b"0123456789")
    tape = Tape(tmp_path / "t")
    assert (tape.go(4), tape.take(2), tape.go(1), tape.take(3)) == (True, b"45", True, b"123")
    assert (tape.go(50), tape.take(5)) == (False, b"")
    tape.close()


def test_zip_archives_and_single_files_are_no_tar(tmp_path: Path) -> None:
    """A GPX file that is packed by itself is one file; noise is nothing."""
    (tmp_path / "a.gpx.gz").write_bytes(gzip.compress(b"<gpx></gpx>"))
    assert held(tmp_path / "a.gpx.gz")[0] == {"a.gpx.gz": b"<gpx></gpx>"}
    assert held(packed(tmp_path, {"a.json": b"1"}))[0] == {"a.json": b"1"}
    (tmp_path / "noise.bin").write_bytes(b"\x1f\x8b" + bytes(range(256)) * 4)
    with pytest.raises(NotRead, match=UNREADABLE[:20]), opened(tmp_path / "noise.bin", wanted=lambda _name: False):
        pass


def test_an_archive_within_an_uncompressed_one_is_not_mistaken_for_it(tmp_path: Path) -> None:
    """A ZIP file at the end of a TAR archive ends like a ZIP archive."""
    inner = packed(tmp_path, {"hidden.json": b"1"}).read_bytes()
    files, _ = held(tarred(tmp_path / "a.tar", [("a.json", b"2"), ("b.zip", inner)]))
    assert set(files) == {"a.json", "b.zip"}


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 4_000), flip=st.integers(1, 255), packed_too=st.booleans())
def test_a_damaged_archive_gives_its_files_or_a_reason(tmp_path: Path, at: int, flip: int, packed_too: bool) -> None:
    """Any byte may be wrong; nothing but the errors of the program is raised."""
    whole = tarred(tmp_path / "whole.tar", [("outbox.json", OUTBOX), ("ä" * 120 + ".json", b"{}")]).read_bytes()
    raw = bytearray(gzip.compress(whole, mtime=0) if packed_too else whole)
    raw[at % len(raw)] ^= flip
    (tmp_path / "broken").write_bytes(raw)
    try:
        found = read_export(tmp_path / "broken", label="x")
    except NotRead as error:
        assert error.reason  # noqa: PT017  (either way is right)
    else:
        assert len(found.posts) <= 2
        assert json.dumps(found.skipped)
