"""Pages as sources: saved files read from disk, and pages taken apart in a worker process with limits on time and memory."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import html
import json
import re
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from unlisted.errors import Malformed, NotRead, TooLarge
from unlisted.extract.listing import Groups
from unlisted.extract.page import MAX_BODY, read_page
from unlisted.extract.page.decode import decode
from unlisted.model import Artifact, Page, Source
from unlisted.sources import page_worker

MAX_SAVED = 20_000_000
"""Bytes of a saved file; browsers put pictures into some."""

MAX_ANSWER = 100_000_000
"""Bytes that the worker may answer for one page."""

WALL_SECONDS = 40.0
"""Seconds after which a worker is ended, whatever the platform can limit."""

SLOW = "this page took too long to read"
HUNGRY = "this page needs too much memory to be read"
BROKE = "this page could not be taken apart"
NO_WORKER = "the part of the program that reads pages could not be started"

OUT_OF_TIME = -24
"""Exit code of a worker that reached its limit of CPU time (SIGXCPU)."""

_KINDS = (
    (b"%PDF-", "a PDF, not a page"),
    (b"\xff\xd8\xff", "a picture, not a page"),
    (b"\x89PNG", "a picture, not a page"),
    (b"GIF8", "a picture, not a page"),
    (b"RIFF", "a picture or a sound, not a page"),
    (b"PK\x03\x04", "a ZIP file, not a page"),
    (b"\x1f\x8b", "a packed file, not a page"),
    (b"bplist00", "a web archive: open it in a browser and save it as HTML"),
    (b"\x00\x00\x00", "a video or a picture, not a page"),
    (b"\x7fELF", "a program, not a page"),
    (b"MZ\x90", "a program, not a page"),
    (b"SQLite format 3", "a database, not a page"),
)
_ARCHIVE = re.compile(rb"^(?:From: |MIME-Version: |Content-Type: multipart/related)", re.IGNORECASE | re.MULTILINE)
_SAVED_FROM = re.compile(rb"<!--\s{0,9}saved from url=\(\d{1,6}\)(https?://[^\s>]{1,2000})\s{0,9}-->")
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/xml", "application/xml", "text/plain", ""})


def saved(source: Source, *, now: datetime) -> Artifact:
    """The saved page that a source names. Raises NotRead (or a kind of it) with a reason for people."""
    path = Path(source.path or "")
    try:
        if path.is_dir():
            raise NotRead("this is a folder: name the saved page in it")
        if path.exists() and not path.is_file():
            raise NotRead("this is no ordinary file")  # a pipe or a device may never end
        with path.open("rb") as file:
            body = file.read(MAX_SAVED + 1)
    except FileNotFoundError:
        raise NotRead("the file is not there") from None
    except (OSError, ValueError):
        raise NotRead("the file cannot be opened") from None
    if len(body) > MAX_SAVED:
        raise TooLarge("the file is larger than 20 MB: save the page without its pictures")
    if not body.strip():
        raise Malformed("the file is empty")
    refuse_other_kinds(body)
    address = _SAVED_FROM.search(body[:4_000])
    return Artifact(
        source=source.label,
        at=now,
        sha256=hashlib.sha256(body).hexdigest(),
        media_type="text/html" if b"<" in body else "text/plain",
        body=body[:MAX_BODY],
        address=source.address or (address[1].decode("utf-8", "replace") if address else None),
        name=path.name,
        truncated=len(body) > MAX_BODY,
    )


def refuse_other_kinds(body: bytes) -> None:
    """Raise Malformed where the bytes are plainly something else than a page."""
    for magic, words in _KINDS:
        if body.startswith(magic):
            raise Malformed(f"this is {words}")
    if _ARCHIVE.match(body) and b"multipart/related" in body[:4_000].lower():
        raise Malformed("this is a web archive: open it in a browser and save it as HTML")


def parse(artifact: Artifact) -> Page:
    """A page taken apart in the worker. Raises NotRead where it is no page, or takes too much time or memory."""
    with _LOCK:
        return _READER.parse(artifact)


def parse_listing(artifact: Artifact, *, records: bool = True) -> tuple[Page, Groups]:
    """A page with all its records, likewise: to be picked from at once (`unlisted.extract.listing.pick`), never to be kept."""
    with _LOCK:
        return _READER.parse_listing(artifact, records=records)


def parse_here(artifact: Artifact) -> Page:
    """A page taken apart in this process: for pages that the program made itself, and for tests."""
    body = _body(artifact)
    return read_page(body, url=artifact.address or "", content_type=_content_type(artifact))


class PageReader:
    """One worker, started when it is first needed, kept for many pages and replaced after it was ended."""

    def __init__(self, *, wall_seconds: float = WALL_SECONDS) -> None:
        self.wall_seconds = wall_seconds
        self.started = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def parse(self, artifact: Artifact) -> Page:
        """Like the function `parse`, with this worker."""
        return self.parse_listing(artifact, records=False)[0]

    def parse_listing(self, artifact: Artifact, *, records: bool = True) -> tuple[Page, Groups]:
        """Like the function `parse_listing`, with this worker."""
        body = _body(artifact)
        head = {
            "url": artifact.address or "",
            "content_type": _content_type(artifact),
            "length": len(body),
            "records": records,
        }
        answer = self._ask(json.dumps(head).encode() + b"\n" + body)
        try:
            return page_worker.load(answer)
        except (ValueError, KeyError, TypeError):
            self.close()
            raise NotRead(BROKE if answer else HUNGRY) from None

    def close(self) -> None:
        """End the worker, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()

    def _ask(self, request: bytes) -> bytes:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise NotRead(NO_WORKER)
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self.wall_seconds, stop)
        timer.daemon = True
        timer.start()
        length, answer = -1, b""
        with contextlib.suppress(OSError, ValueError):
            process.stdin.write(request)
            process.stdin.flush()
            length = int(process.stdout.readline(30) or b"-1")
            answer = process.stdout.read(length) if 0 <= length <= MAX_ANSWER else b""
        timer.cancel()
        if len(answer) != length:
            process.kill()
            code = process.wait()
            self.close()
            raise NotRead(SLOW if late.is_set() or code == OUT_OF_TIME else BROKE)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        """The worker, started if there is none that lives."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        command = [sys.executable, "-m", page_worker.__name__]
        try:
            self._process = subprocess.Popen(  # noqa: S603  (this interpreter, a fixed module)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError:
            raise NotRead(NO_WORKER) from None
        self.started += 1
        return self._process


def _content_type(artifact: Artifact) -> str | None:
    """The header's value; a page made of plain text is UTF-8 by now."""
    return "text/html; charset=utf-8" if _plain(artifact) else artifact.content_type


def _plain(artifact: Artifact) -> bool:
    return artifact.media_type.partition(";")[0].strip().lower() == "text/plain"


def _body(artifact: Artifact) -> bytes:
    """The markup to be read. Raises Malformed where the artifact is no page."""
    kind = artifact.media_type.partition(";")[0].strip().lower()
    # without a Content-Type the fetch layer says octet-stream: markup in it is a page all the same
    unnamed = kind == "application/octet-stream" and b"<" in artifact.body[:1_000]
    if kind not in _PAGES and not unnamed and not kind.endswith("+xml"):
        words = "data for programs, not a page" if kind.endswith("json") else "not a page but another kind of file"
        raise Malformed(f"this address gives {words}")
    refuse_other_kinds(artifact.body)
    if not artifact.body.strip():
        raise Malformed("the page is empty")
    return _as_markup(artifact) if _plain(artifact) else artifact.body


def _as_markup(artifact: Artifact) -> bytes:
    """Plain text as paragraphs, so that it is read like a page and nothing in it counts as markup."""
    text = html.escape(decode(artifact.body[:MAX_BODY], artifact.content_type))
    paragraphs = re.split(r"\n[ \t\r]{0,100}\n", text)
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>\n" for part in paragraphs).encode()[: MAX_BODY * 2]


_LOCK = threading.Lock()
_READER = PageReader()
atexit.register(_READER.close)
