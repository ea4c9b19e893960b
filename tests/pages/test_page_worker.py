"""Pages in a worker: same page, limits that hold, nothing left behind."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from unlisted.errors import Malformed, NotRead
from unlisted.extract.listing import read_records
from unlisted.extract.page import read_page
from unlisted.model import Artifact
from unlisted.sources import page_worker, pages
from unlisted.sources.pages import PageReader, parse, parse_here

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def artifact(body: bytes, media_type: str = "text/html", content_type: str | None = None) -> Artifact:
    return Artifact(
        source="my page",
        at=NOW,
        sha256=hashlib.sha256(body).hexdigest(),
        media_type=media_type,
        body=body,
        address="https://x.example/",
        content_type=content_type,
    )


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    """One worker for all tests here."""
    with PageReader() as reader:
        yield reader


def test_the_worker_gives_the_page_that_read_page_gives(reader: PageReader) -> None:
    """Fields, blocks, times and locators come through the pipe unchanged."""
    body = (DATA / "profile.html").read_bytes()
    expected = read_page(body, url="https://x.example/")
    assert reader.parse(artifact(body)) == expected
    assert parse_here(artifact(body)) == expected


def test_the_worker_reads_the_records_of_a_listing(reader: PageReader) -> None:
    """Records come through the pipe as they are read here: text, name, fields and place; none where none was asked for."""
    body = (
        b"<h1>People</h1><div class=card><h2>Odile Varnholt</h2><p>Age: 35</p><p>Phone: 207 555 0199</p></div>"
        b"<div class=card><h2>Ines Abelard</h2><p>Age: 41</p><p>Phone: 207 555 0142</p></div>"
    )
    page, records = reader.parse_listing(artifact(body))
    assert page == read_page(body, url="https://x.example/")
    assert [list(group) for group in records] == [list(group) for group in read_records(page, body)]
    assert {record.name for group in records for record in group} == {"Odile Varnholt", "Ines Abelard"}
    assert not any(reader.parse_listing(artifact(body), records=False)[1])


def test_one_worker_serves_many_pages(reader: PageReader) -> None:
    """Starting a process for each page would take longer than reading it."""
    before = reader.started
    for number in range(20):
        assert reader.parse(artifact(b"<title>%d</title>" % number)).title == str(number)
    assert reader.started - before <= 1


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The timer ends the worker; a new one takes over; the reason is a plain sentence."""
    (tmp_path / "never_answers.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with PageReader(wall_seconds=0.5) as reader:
        with monkeypatch.context() as inner:
            inner.setattr(pages, "page_worker", ModuleType("never_answers"))
            with pytest.raises(NotRead, match="too long"):
                reader.parse(artifact(b"<p>x"))
        reader.wall_seconds = 30
        assert reader.parse(artifact(b"<title>next</title>")).title == "next"
        assert reader.started == 2


@pytest.mark.parametrize(("answer", "words"), [(b"", "memory"), (b"{}", "taken apart"), (b"[1]", "taken apart")])
def test_an_answer_that_is_no_page_is_refused(monkeypatch: pytest.MonkeyPatch, answer: bytes, words: str) -> None:
    """A worker that was taken over by a page can only send words, and those are checked."""
    monkeypatch.setattr(PageReader, "_ask", lambda _self, _request: answer)
    with PageReader() as reader, pytest.raises(NotRead, match=words):
        reader.parse(artifact(b"<p>x"))


def test_a_worker_that_cannot_be_started_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback: the page is not read, and the reason is given."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with PageReader() as reader, pytest.raises(NotRead, match="could not be started"):
        reader.parse(artifact(b"<p>x"))


def test_a_worker_that_ends_at_once_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends the worker, the audit goes on."""
    monkeypatch.setattr(pages, "page_worker", ModuleType("no_such_module"))
    with PageReader() as reader, pytest.raises(NotRead, match="taken apart"):
        reader.parse(artifact(b"<p>x"))


def test_closing_ends_the_process() -> None:
    """No process stays behind, and a closed reader can be used again."""
    reader = PageReader()
    reader.parse(artifact(b"<p>x"))
    process = reader._process
    assert process is not None
    reader.close()
    reader.close()
    assert process.poll() is not None
    assert reader.parse(artifact(b"<title>again</title>")).title == "again"
    reader.close()


@pytest.mark.skipif(page_worker.resource is None, reason="this platform has no limits of its own")
def test_the_worker_limits_its_own_time_and_memory() -> None:
    """Seen from inside a process that has served a page: time, memory where the platform limits it, no core file."""
    code = (
        "import io, resource as r; from unlisted.sources import page_worker as w;"
        """w.serve(io.BytesIO(b'{"url": "", "content_type": null, "length": 1, "records": false}\\nx'), io.BytesIO());"""
        "print(*(r.getrlimit(kind)[0] for kind in (r.RLIMIT_CPU, r.RLIMIT_AS, r.RLIMIT_CORE)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    seconds, memory, core = map(int, done.stdout.split())
    assert 0 < seconds <= page_worker.PAGE_SECONDS + 5
    assert memory == page_worker.MEMORY_BYTES or sys.platform != "linux"
    assert core == 0


def test_the_worker_says_nothing_on_standard_error() -> None:
    """A page that ends the worker leaves no traceback on the terminal: broken requests end it quietly."""
    with PageReader() as reader:
        process = reader._running()
        assert process.stderr is None


def test_serve_answers_each_request_and_ends_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The protocol, without a process: a length and the page, for each page."""
    monkeypatch.setattr(page_worker, "resource", None)
    requests = io.BytesIO()
    for title in (b"one", b"two"):
        body = b"<title>" + title
        requests.write(
            json.dumps({"url": "", "content_type": None, "length": len(body), "records": False}).encode() + b"\n" + body
        )
    requests.seek(0)
    answers = io.BytesIO()
    page_worker.serve(requests, answers)
    answers.seek(0)
    titles = []
    while line := answers.readline():
        titles.append(page_worker.load(answers.read(int(line)))[0].title)
    assert titles == ["one", "two"]


def test_a_page_that_needs_too_much_memory_gives_an_empty_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent turns it into a sentence."""

    def hungry(*_args: object, **_kwargs: object) -> None:
        raise MemoryError

    monkeypatch.setattr(page_worker, "resource", None)
    monkeypatch.setattr(page_worker, "read_page", hungry)
    answers = io.BytesIO()
    page_worker.serve(io.BytesIO(b'{"url": "", "content_type": null, "length": 1, "records": false}\nx'), answers)
    assert answers.getvalue() == b"0\n"


@pytest.mark.parametrize(
    ("media_type", "body", "words"),
    [
        ("image/jpeg", b"\xff\xd8\xff\xe0", "another kind"),
        ("application/json", b"{}", "data for programs"),
        ("application/activity+json", b"{}", "data for programs"),
        ("text/html", b"%PDF-1.7", "a PDF"),
        ("text/html", b"PK\x03\x04", "a ZIP"),
        ("text/html", b"  \n ", "empty"),
    ],
)
def test_what_is_no_page_is_refused_with_a_reason(media_type: str, body: bytes, words: str) -> None:
    """Whatever the server calls it, the first bytes count too."""
    for call in (parse, parse_here):
        with pytest.raises(Malformed, match=words):
            call(artifact(body, media_type))


@pytest.mark.parametrize(
    "media_type", ["text/html", "application/xhtml+xml", "text/xml", "application/atom+xml", "TEXT/HTML; charset=x", ""]
)
def test_pages_by_any_of_their_names_are_read(media_type: str) -> None:
    """HTML, XML and unnamed bodies."""
    assert parse(artifact(b"<title>x</title>", media_type)).title == "x"


def test_plain_text_is_read_as_text() -> None:
    """Markup in a plain text is no markup, and its paragraphs are counted."""
    body = "one <b>\nline two\n\nParagraph Zwölf mailto:a@b.example".encode("latin-1")
    page = parse_here(artifact(body, "text/plain", "text/plain; charset=latin-1"))
    assert [block.text for block in page.blocks] == ["one <b>\nline two", "Paragraph Zwölf mailto:a@b.example"]
    assert page.fields == ()
