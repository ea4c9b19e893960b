"""What the tests of the promises share: a loopback server for whole audits, and photos that hold planted values."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from tests.loopback import Quiet, listening

from unlisted.audit import Audited, examine
from unlisted.model import Subject
from unlisted.sources.fetch import Dial, Fetcher, Limits, Target

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
Answer = tuple[int, str, bytes]
Pages = Mapping[str, "Answer | str"]
Serve = Callable[[Pages], AbstractContextManager[Dial]]
Run = Callable[[Subject, Pages], Audited]


@contextmanager
def serving(pages: Pages) -> Iterator[Dial]:
    """Serve pages by host and path ("blog.example/about"); the dial that leads every host to them."""

    class Handler(Quiet):
        def reply(self) -> None:
            key = (self.headers.get("Host") or "").split(":")[0] + self.path
            answer = pages.get(key, (404, "text/html", b"not here"))
            status, kind, body = (
                (200, "text/html; charset=utf-8", answer.encode()) if isinstance(answer, str) else answer
            )
            self.answer(status, body, Content_Type=kind)

    with listening(Handler) as port:
        yield lambda _host, _port: Target(ip="127.0.0.1", port=port, plain=True)


@pytest.fixture
def serve() -> Serve:
    """The loopback server."""
    return serving


@pytest.fixture
def run() -> Run:
    """A whole audit against pages that are served on loopback."""

    def audited(subject: Subject, pages: Pages) -> Audited:
        typed = [source.address for source in subject.sources if source.address]
        limits = Limits(retries=0)
        with serving(pages) as dial, Fetcher(dial=dial, typed=typed, sleep=lambda _s: None, limits=limits) as fetcher:
            return examine(subject, now=NOW, rng=random.Random(0), fetcher=fetcher)

    return audited


@pytest.fixture
def photo() -> Callable[..., Path]:
    """Writes a small JPEG with what the hidden notes can hold."""

    def write(path: Path, *, lat: float | None = None, lon: float | None = None, taken: str = "", **words: str) -> Path:
        exif = Image.Exif()
        tags = {"make": 0x010F, "model": 0x0110, "artist": 0x013B, "caption": 0x010E, "software": 0x0131}
        for name, tag in tags.items():
            if name in words:
                exif[tag] = words[name]
        inner = {0x9003: taken, 0xA431: words.get("serial", ""), 0xA430: words.get("owner", "")}
        exif.get_ifd(0x8769).update({tag: value for tag, value in inner.items() if value})
        if lat is not None and lon is not None:
            exif.get_ifd(0x8825).update(
                {
                    1: "N" if lat >= 0 else "S",
                    2: (abs(lat), 0.0, 0.0),
                    3: "E" if lon >= 0 else "W",
                    4: (abs(lon), 0.0, 0.0),
                }
            )
        out = io.BytesIO()
        Image.new("RGB", (64, 48), (90, 120, 140)).save(out, "JPEG", exif=exif)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(out.getvalue())
        return path

    return write
