"""A whole audit over real photos and real pages, served on loopback: does everything end as read or as listed with a reason?

    python benchmarks/corpus_audit.py CORPORA [--pages 50]

CORPORA is a folder with `photos/` and `pages/` (with its `expected.jsonl`). Real people's data: only counts are printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from unlisted.audit import audit
from unlisted.model import Fact, Source, SourceKind, Subject
from unlisted.report import html
from unlisted.report import json as as_json
from unlisted.sources.fetch import Fetcher, Target

STRANGER = (
    Fact(kind="name", label="name", value="Odile Varnholt"),
    Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000", lat=43.5, lon=-40.5),
    Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
)
"""A person who stands in none of it."""


def recorded(corpus: Path, most: int) -> dict[str, tuple[str, bytes]]:
    """Host to (content type, body) of the first pages that are no account answers, sets in turn."""
    rows = [json.loads(line) for line in (corpus / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    pages = [row for row in rows if row["service"] is None]
    random.Random(1).shuffle(pages)
    return {
        f"page{number}.example": (
            row["content_type"] or "text/html",
            gzip.decompress((corpus / row["file"]).read_bytes()),
        )
        for number, row in enumerate(pages[:most], 1)
    }


def handler(pages: dict[str, tuple[str, bytes]]) -> type[BaseHTTPRequestHandler]:
    """A request handler that serves a page by its host."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages[(self.headers.get("Host") or "").split(":")[0]]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    return Handler


def main() -> None:
    """Run it and print counts, time and memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--pages", type=int, default=50)
    args = parser.parse_args()
    pages = recorded(args.corpora / "pages", args.pages)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(pages))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    target = Target(ip="127.0.0.1", port=int(server.server_address[1]), plain=True)
    web = [Source(label=host, kind=SourceKind.PAGE, address=f"https://{host}/") for host in pages]
    roll = Source(label="photos", kind=SourceKind.PHOTOS, path=str(args.corpora / "photos"))
    subject = Subject(facts=STRANGER, sources=(*web, roll))
    wall, cpu = time.perf_counter(), time.process_time()
    with Fetcher(
        dial=lambda _h, _p: target, typed=[s.address for s in web if s.address], sleep=lambda _s: None
    ) as fetcher:
        result = audit(subject, now=datetime.now(UTC), rng=random.Random(0), fetcher=fetcher)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    server.shutdown()
    photos = next(source for source in result.sources if source.label == "photos")
    listed = Counter(item.source == "photos" for item in result.not_checked)
    print(f"pages:  {sum(source.read for source in result.sources if source.kind == 'page')} of {len(pages)} read")
    print(
        f"photos: {photos.read} of {photos.found} read, {listed[True]} listed with a reason; other reasons: {listed[False]}"
    )
    for reason, count in Counter(item.reason for item in result.not_checked).most_common(12):
        print(f"{count:>7}  {reason}")
    named = Counter(finding.fact is not None for finding in result.findings)
    print(f"findings: {len(result.findings)}, of which {named[True]} name a declared fact of a person who is not in it")
    print(f"report: {len(html.render(result)) // 1000} kB, JSON: {len(as_json.render(result)) // 1000} kB")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{wall:.1f} s, {cpu:.1f} s CPU of this process; peak memory {own} MB, of the page reader {child} MB")


if __name__ == "__main__":
    main()
