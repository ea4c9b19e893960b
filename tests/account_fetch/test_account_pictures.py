"""Pictures of the person's own accounts: fetched only with proof and only from known hosts, compared by their look, bounded."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from unlisted.audit import examine, pictures
from unlisted.audit.pictures import NO_DECODER, NO_PICTURES
from unlisted.errors import FetchError, Malformed, NotRead
from unlisted.extract.photo.alike import Grey
from unlisted.model import Account, Artifact, AuditResult, Field, Finding, Locator, Source, SourceKind, Subject
from unlisted.sources import avatars
from unlisted.sources.account_hosts import contacts, place
from unlisted.sources.avatars import MAX_BYTES, NO_PICTURE, OPEN_LINE, OTHER_HOST, UNREADABLE
from unlisted.sources.fetch import Fetcher

Image = pytest.importorskip("PIL.Image", reason="pictures need Pillow, the extra “images”")
ImageDraw = pytest.importorskip("PIL.ImageDraw")
ImageFilter = pytest.importorskip("PIL.ImageFilter")

Serve = Callable[[Any], AbstractContextManager[Any]]
Made = Callable[..., Source]


def colour(rng: random.Random) -> tuple[int, ...]:
    """Any colour."""
    return tuple(rng.randrange(256) for _ in range(3))


def drawn(seed: int, size: int = 400) -> Any:
    """A picture of nothing: soft shapes in colours."""
    rng = random.Random(seed)
    picture = Image.new("RGB", (size, size), colour(rng))
    pen = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y, wide, high = (rng.randrange(size), rng.randrange(size), rng.randrange(30, 100), rng.randrange(30, 100))
        pen.ellipse((x - wide, y - high, x + wide, y + high), fill=colour(rng))
    return picture.filter(ImageFilter.GaussianBlur(4))


def jpeg(picture: Any, quality: int = 80) -> bytes:
    """Its file."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def grey(picture: Any, quality: int = 80) -> Grey:
    """Its levels, decoded in the worker."""
    return avatars.grey(jpeg(picture, quality))


def changed(picture: Any) -> Iterator[tuple[str, Any, int]]:
    """The ways in which services and people change a picture: (what, picture, quality)."""
    wide, high = picture.size
    cut = wide // 20
    boxes = {
        "left": (cut, 0, wide, high),
        "top": (0, cut, wide, high),
        "right": (0, 0, wide - cut, high),
        "bottom": (0, 0, wide, high - cut),
        "all round": (cut, cut, wide - cut, high - cut),
    }
    yield from ((what, picture.crop(box), 75) for what, box in boxes.items())
    yield "packed anew", picture, 30
    yield "small", picture.resize((60, 60)), 80
    yield "large", picture.resize((900, 900)), 80
    yield "cut and stretched", picture.crop(boxes["left"]).resize(picture.size), 75


@pytest.mark.parametrize("seed", range(6))
def test_a_picture_is_known_again(seed: int) -> None:
    """A cut of 5 % at any edge, another size, another packing."""
    picture = drawn(seed)
    first = grey(picture)
    assert [what for what, other, quality in changed(picture) if not avatars.same(first, grey(other, quality))] == []


def test_other_pictures_are_not() -> None:
    """Of 435 pairs of different pictures none is called the same."""
    levels = [grey(drawn(seed)) for seed in range(30)]
    assert sum(avatars.same(one, other) for one, other in combinations(levels, 2)) == 0


def test_half_a_picture_is_another_one() -> None:
    """So much is cut out, not trimmed."""
    picture = drawn(3)
    assert not avatars.same(grey(picture), grey(picture.crop((0, 0, 200, 400))))


@pytest.mark.parametrize(
    "levels",
    [np.full((128, 128), 80.0), np.tile(np.linspace(0, 2, 128), (128, 1)), np.zeros((8, 128)), np.zeros((1, 1))],
)
def test_a_plain_picture_tells_nothing(levels: Grey) -> None:
    """One colour, hardly a shade, a strip, a dot: half of the world could have it."""
    assert not avatars.same(levels, levels)


def png_bomb(side: int) -> bytes:
    """A PNG of side x side black pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes(min(side * (side // 8 + 1), 30_000_000)), 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a no picture",
        jpeg(drawn(1))[:500],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8" + bytes(MAX_BYTES),
        png_bomb(20_000),
        png_bomb(3_000),
    ],
    ids=["nothing", "gif", "half", "svg", "long", "bomb", "over the pixels"],
)
def test_what_is_no_picture_is_said(data: bytes) -> None:
    """The worker decodes nothing larger than its limits, and goes on with the next one."""
    with pytest.raises(Malformed, match=UNREADABLE):
        avatars.grey(data)
    assert grey(drawn(2)).shape == (128, 128)


class Odd:
    """A worker that says something else."""

    def __init__(self, said: list[str]) -> None:
        self.said = said

    def ask(self, _block: bytes) -> dict[str, list[str]]:
        return {"grey": self.said}


@pytest.mark.parametrize(
    "said", [[], ["1", "1"], ["2", "2", "AAAA"], ["x", "1", "AA=="], ["1", "1", "%"], ["-1", "2", "AA=="]]
)
def test_an_answer_that_does_not_fit_is_no_picture(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes and levels must go together."""
    monkeypatch.setattr(avatars, "_worker", Odd(said))
    with pytest.raises(Malformed):
        avatars.grey(b"x")


def toots(host: str, picture: str) -> dict[str, Any]:
    """A Mastodon account whose profile names this picture."""
    root = f"{host}/api/v1/accounts/"
    shown = {"id": "7", "username": f"name{host[0]}", "note": f"I am {host}.", "fields": [], "avatar": picture}
    return {root + f"lookup?acct={host[0]}": shown, root + "7/statuses?limit=40&exclude_reblogs=true": []}


@pytest.fixture
def two(account: Made) -> tuple[Source, Source]:
    """Two accounts whose control was shown."""
    return tuple(  # type: ignore[return-value]  # two of them
        replace(account(f"https://{host}/@{host[0]}", "mastodon", label=label), proven="words")
        for host, label in (("a.example", "one"), ("b.example", "two"))
    )


def look(serve: Serve, answers: Any, *sources: Source) -> tuple[AuditResult, list[str]]:
    """A whole audit, and what was asked for."""
    with serve(answers) as service:
        seen = examine(
            Subject(sources=sources),
            now=datetime(2026, 11, 21, tzinfo=UTC),
            rng=random.Random(0),
            fetcher=service.fetcher,
        )
        return seen.result, [address for address in service.asked if "/api/" not in address]


def answers_of(one: bytes, other: bytes) -> dict[str, Any]:
    """Two accounts with their pictures, each on its own host."""
    return {
        **toots("a.example", "https://a.example/one.jpg"),
        **toots("b.example", "https://b.example/two.jpg"),
        "a.example/one.jpg": one,
        "b.example/two.jpg": other,
    }


def joined(result: AuditResult) -> list[Finding]:
    """What joins by picture."""
    return [item for item in result.findings if item.check == "accounts/same-picture"]


def gaps(result: AuditResult) -> dict[str, str]:
    """What was not compared, by source."""
    return {item.source: item.reason for item in result.not_checked if NO_PICTURES in item.reason}


def test_one_picture_on_two_accounts_is_told(serve: Serve, two: tuple[Source, Source]) -> None:
    """Trimmed, smaller and packed anew; the finding names both accounts."""
    picture = drawn(5)
    result, asked = look(
        serve, answers_of(jpeg(picture), jpeg(picture.crop((20, 20, 380, 380)).resize((90, 90)), 60)), *two
    )
    (found,) = joined(result)
    assert (found.source, found.other, found.certainty.value) == ("one", "two", "Fairly sure")
    assert sorted(asked) == ["a.example/one.jpg", "b.example/two.jpg"]
    assert gaps(result) == {}


def test_two_pictures_join_nothing(serve: Serve, two: tuple[Source, Source]) -> None:
    """They were compared, so nothing is left out."""
    result, asked = look(serve, answers_of(jpeg(drawn(5)), jpeg(drawn(6))), *two)
    assert (joined(result), gaps(result), len(asked)) == ([], {}, 2)


def test_no_picture_is_asked_for_without_proof(serve: Serve, two: tuple[Source, Source]) -> None:
    """Nor where there is only one account to compare."""
    answers = answers_of(jpeg(drawn(5)), jpeg(drawn(5)))
    for sources in ((two[0], replace(two[1], proven=None)), two[:1], tuple(replace(one, proven=None) for one in two)):
        result, asked = look(serve, answers, *sources)
        assert (joined(result), asked) == ([], [])


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://pictures.example/two.jpg", OTHER_HOST),
        ("https://b.example.other.example/two.jpg", OTHER_HOST),
        ("https://pictures.b.example/two.jpg", OTHER_HOST),
        ("https://files.b.example.other.example/two.jpg", OTHER_HOST),
        ("http://files.b.example/two.jpg", OPEN_LINE),
        ("https://www.b.example/two.jpg", OTHER_HOST),
        ("https://cdn.bsky.app/two.jpg", OTHER_HOST),
        ("http://b.example/two.jpg", OPEN_LINE),
        ("https://b.example/moved.jpg", "the redirect leads to another host"),
        ("https://b.example/opened.jpg", "the redirect leads to another host"),
        ("https://b.example/avatars/original/missing.png", NO_PICTURE),
        ("https://secure.gravatar.com/avatar/0123", NO_PICTURE),
        ("https://b.example/absent.jpg", "404"),
        ("https://b.example/broken.jpg", UNREADABLE),
        ("https://b.example/long.jpg", "too large"),
    ],
)
def test_a_picture_that_is_not_read_is_said(
    serve: Serve, two: tuple[Source, Source], address: str, reason: str
) -> None:
    """Other hosts are not asked, pictures that the service draws count as none, and a long answer is cut short."""
    answers = {
        **answers_of(jpeg(drawn(5)), jpeg(drawn(5))),
        **toots("b.example", address),
        "b.example/broken.jpg": b"\xff\xd8 no",
        "b.example/moved.jpg": ("https://files.b.example/two.jpg",),
        "b.example/opened.jpg": ("http://b.example/two.jpg",),
        "b.example/long.jpg": bytes(3_000_000),
    }
    result, asked = look(serve, answers, *two)
    assert joined(result) == []
    assert reason in gaps(result)["two"]
    assert all(one.split("/")[0] in {"a.example", "b.example"} for one in asked)


def test_without_the_extra_it_is_said(
    serve: Serve, two: tuple[Source, Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is fetched that could not be looked at."""
    monkeypatch.setattr(avatars, "available", lambda: False)
    result, asked = look(serve, answers_of(jpeg(drawn(5)), jpeg(drawn(5))), *two)
    assert (asked, gaps(result)) == ([], {"one": NO_DECODER, "two": NO_DECODER})


def test_so_many_pictures_are_compared(
    serve: Serve, two: tuple[Source, Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are said."""
    monkeypatch.setattr(pictures, "MOST", 1)
    result, asked = look(serve, answers_of(jpeg(drawn(5)), jpeg(drawn(5))), *two)
    assert len(asked) == 1
    assert set(gaps(result)) == {"two"}


def test_hosts_of_pictures_are_those_of_the_service_alone(account: Made) -> None:
    """A firm's own host is not asked about pictures of the public service."""
    assert place(account("https://github.com/wren", "github")).pictures == ("avatars.githubusercontent.com",)
    assert place(account("https://code.firm.example/wren", "github")).pictures == ()


def test_a_server_may_keep_its_pictures_beside_itself(account: Made) -> None:
    """Below the typed host, or below what its owner registered; where many owners share a domain, or a number is typed, not."""
    names = ("assets", "cdn", "files", "media", "static")
    assert place(account(*TOOTS)).pictures == tuple(f"{name}.toots.example" for name in names)
    deep = place(account(*DEEP_TOOTS)).pictures
    assert deep == tuple(f"{name}.{site}" for site in ("social.club.example", "club.example") for name in names)
    shared = place(account("https://wren.github.io/@wren", "mastodon")).pictures
    assert shared == tuple(f"{name}.wren.github.io" for name in names)
    assert {
        place(account(address, "mastodon")).pictures for address in ("http://localhost/@w", "http://127.0.0.1/@w")
    } == {()}


def test_a_picture_on_the_servers_second_host_is_compared(serve: Serve, two: tuple[Source, Source]) -> None:
    """As many servers do; the host is one of those that are shown before the run."""
    picture = drawn(5)
    answers = {
        **answers_of(jpeg(picture), jpeg(picture)),
        **toots("b.example", "https://media.b.example/two.jpg"),
        "media.b.example/two.jpg": jpeg(picture, 50),
    }
    result, asked = look(serve, answers, *two)
    assert len(joined(result)) == 1
    assert {one.partition("/")[0] for one in asked} == {"a.example", "media.b.example"}
    assert "media.b.example" in contacts(two[1])
    assert set(result.contacted) <= {host for source in two for host in contacts(source)}


class Asked(Fetcher):
    """Notes what it is asked for, and answers nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
        self.asked.append(f"{kind} {address}")
        raise FetchError(source)


GITHUB, TOOTS = ("https://github.com/wren", "github"), ("https://toots.example/@wren", "mastodon")
DEEP_TOOTS = ("https://social.club.example/@wren", "mastodon")
OPEN_TOOTS = ("http://localhost:3000/@wren", "mastodon")
TABLE = "https://avatars.githubusercontent.com/u/1?v=4"


@pytest.mark.parametrize(
    ("typed", "named", "asked"),
    [
        (GITHUB, [TABLE], TABLE),
        (GITHUB, ["https://github.com/wren.png"], "https://github.com/wren.png"),
        (GITHUB, ["https://tracker.github.com/wren.png"], OTHER_HOST),
        (GITHUB, ["https://api.github.com/wren.png"], OTHER_HOST),
        (GITHUB, ["https://www.avatars.githubusercontent.com/u/1"], OTHER_HOST),
        (GITHUB, ["https://x.avatars.githubusercontent.com/u/1"], OTHER_HOST),
        (GITHUB, ["https://avatars.githubusercontent.com.pictures.example/u/1"], OTHER_HOST),
        (GITHUB, ["http://avatars.githubusercontent.com/u/1"], OPEN_LINE),
        (GITHUB, ["https://tracker.github.com/a", "http://github.com/a", TABLE], TABLE),
        (TOOTS, ["https://files.toots.example/a.png"], "https://files.toots.example/a.png"),
        (TOOTS, ["https://x.files.toots.example/a.png", "https://ztoots.example/a.png"], OTHER_HOST),
        (TOOTS, ["https://api.toots.example/a.png", "https://files.a.example/a.png"], OTHER_HOST),
        (DEEP_TOOTS, ["https://media.club.example/a.png"], "https://media.club.example/a.png"),
        (DEEP_TOOTS, ["https://cdn.social.club.example/a.png"], "https://cdn.social.club.example/a.png"),
        (TOOTS, [TABLE], OTHER_HOST),
        (TOOTS, ["http://toots.example/a.png"], OPEN_LINE),
        (OPEN_TOOTS, ["http://localhost:3000/a.png"], "http://localhost:3000/a.png"),
        (OPEN_TOOTS, ["http://localhost.example/a.png"], OTHER_HOST),
    ],
)
def test_a_picture_is_asked_for_at_the_typed_host_or_the_table_alone(
    account: Made, typed: tuple[str, str], named: list[str], asked: str
) -> None:
    """Whole names, and never in clear text but where the person typed it so."""
    fetcher, source = Asked(), account(*typed)
    fields = tuple(Field(kind="avatar", value=one, locator=Locator()) for one in named)
    with pytest.raises(NotRead) as error:
        avatars.fetch(
            source, Account(service=typed[1], fields=fields), fetcher=fetcher, now=datetime(2026, 11, 21, tzinfo=UTC)
        )
    assert fetcher.asked == ([f"picture {asked}"] if "://" in asked else [])
    assert "://" in asked or error.value.reason == asked


def test_whatever_a_service_names_only_shown_hosts_are_contacted(serve: Serve, account: Made) -> None:
    """The list that is shown before the run and the typed hosts, whether the picture lies elsewhere or moves there."""
    sources = tuple(replace(account(*typed, label=typed[1]), proven="words") for typed in (GITHUB, TOOTS))
    picture = jpeg(drawn(5))
    for address in ("https://tracker.github.com/p", "https://github.com/p", TABLE):
        answers = {
            "api.github.com/users/wren": {"login": "wren", "id": 1, "avatar_url": address},
            "toots.example/api/v1/accounts/lookup?acct=wren": {
                "id": "7",
                "username": "wren",
                "avatar": "https://toots.example/p",
            },
            "toots.example/p": ("https://files.toots.example/p",),
            "github.com/p": ("https://tracker.github.com/p",),
            "tracker.github.com/p": picture,
            "files.toots.example/p": picture,
        }
        _, asked = look(serve, answers, *sources)
        shown = {host for source in sources for host in contacts(source)} | {"github.com"}
        assert "toots.example/p" in asked
        assert {one.partition("/")[0] for one in asked} <= shown


def export(folder: Path, name: str, files: dict[str, bytes | str]) -> Source:
    """An export of these files."""
    with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
        for inner, content in files.items():
            archive.writestr(inner, content)
    return Source(label=name, kind=SourceKind.EXPORT, path=str(folder / f"{name}.zip"))


def test_pictures_in_exports_need_no_question(serve: Serve, two: tuple[Source, Source], tmp_path: Path) -> None:
    """Those of two services join; an export and an account of one service are one account."""
    picture = drawn(8)
    tweets = 'window.YTD.tweets.part0 = [{"tweet": {"full_text": "Tea."}}]'
    files = {"data/profile_media/7-a.jpg": jpeg(drawn(9)), "data/profile_media/7-b.jpg": jpeg(picture, 50)}
    bird = export(tmp_path, "bird", {"data/tweets.js": tweets, **files})
    archive = export(tmp_path, "archive", {"actor.json": "{}", "avatar.jpg": jpeg(picture), "media/avatar2.jpg": b"x"})
    answers = answers_of(jpeg(picture), jpeg(drawn(5)))
    result, _ = look(serve, answers, *two, bird, archive)
    assert {(item.source, item.other) for item in joined(result)} == {("one", "bird"), ("bird", "archive")}
    assert gaps(result) == {}


def test_a_broken_picture_in_an_export_is_said(serve: Serve, tmp_path: Path) -> None:
    """The good one beside it is compared."""
    picture = jpeg(drawn(8))
    one = export(tmp_path, "one", {"actor.json": "{}", "avatar.png": b"no picture", "header.png": b"none"})
    two = export(tmp_path, "two", {"data/profile_media/a.jpg": b"none", "data/profile_media/b.jpg": picture})
    three = export(tmp_path, "three", {"media/profile/202001/c.jpg": picture})
    result, asked = look(serve, {}, one, two, three)
    assert asked == []
    assert gaps(result) == {"one": f"{NO_PICTURES}: {UNREADABLE}"}
    assert {(item.source, item.other) for item in joined(result)} == {("two", "three")}
