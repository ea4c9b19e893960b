"""How fast pages are read, beside extruct and BeautifulSoup; what strangers' pages raise; and a campaign of damaged pages.

    python benchmarks/pages.py FOLDER [--strangers 300] [--damaged 10000] [--seed 1]

FOLDER holds recorded pages (*.html, *.htm, or *.gz of such), at any depth. Pages per second are of CPU time on one core;
each reader reads the same pages in one run, so that ratios hold on any machine. Strangers' pages go through the whole audit
of made-up people who are not in them: a finding that names one of their facts is false. Exit code 1 where a damaged page raised.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import bs4
import extruct

from unlisted.audit import audit
from unlisted.extract.page import read_page
from unlisted.model import Fact, Source, SourceKind, Subject
from unlisted.sources.fetch import Fetcher

LEAST = 5_000
"""Bytes of a page that says something about speed."""

MOST = 60
"""Pages that are timed; the slowest reader needs a tenth of a second for each."""

PIECES = (
    b"<div>",
    b"<a href='mailto:",
    b"<p itemscope itemprop=a>",
    b"<div class='h-card vcard'>",
    b"[",
    b'{"a":',
    b'"',
    b"\x00",
    b"<!--",
    b"&",
)
URL = "https://page.example/"

TURN, ROUNDS = 10, 3
"""Pages that one reader reads before it is the next one's turn, and how often."""

Work = Callable[[bytes], object]

KINDS = ("name", "handle", "address", "phone", "email", "birth_date", "employer", "school", "relative", "plate")
PEOPLE: dict[str, tuple[str, ...]] = {
    "US en": (
        *("Rosalind Pickett", "rosepick", "48 Mill Street, Springfield, IL 62704", "+1 217 555 0142"),
        *("rose@pickett.example", "1984-03-09", "Sunrise Bakery", "Lakeside College", "Daniel Pickett", "RP 4821"),
    ),
    "GB en": (
        *("Gareth Holloway", "gholloway", "12 High Street, Reading RG1 9ZZ", "+44 7700 900431"),
        *("gareth@holloway.example", "1979-11-02", "Harbour Tools", "Queen's School", "Megan Holloway", "AB12 XYZ"),
    ),
    "DE de": (
        *("Annegret Vollmer", "annevoll", "Hauptstraße 27, 10827 Berlin", "+49 30 23125 417"),
        *("anne@vollmer.example", "1991-06-21", "Nordwerk", "Goethe-Schule", "Jonas Vollmer", "B-AV 417"),
    ),
    "FR fr": (
        *("Mireille Castagne", "mireille_c", "8 rue de la République, 69002 Lyon", "+33 1 99 00 41 17"),
        *("mireille@castagne.example", "1988-01-30", "Atelier du Port", "Lycée Pasteur", "Hugo Castagne", "AB-417-CD"),
    ),
    "ES es": (
        *("Lucía Carrasco Vidal", "luciacv", "Calle Mayor 15, 28013 Madrid", "+34 699 000 417"),
        *("lucia@carrasco.example", "1995-09-14", "Talleres Sol", "Colegio San José", "Pablo Carrasco", "4171 BCD"),
    ),
}
"""Made-up people with ordinary streets in large towns, which strangers' pages do name: country and language, then their facts."""

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def pages(folder: Path) -> list[bytes]:
    """The pages of a folder, in the order of their names."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".html", ".htm", ".gz"}):
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if len(body) >= LEAST and b"<" in body[:200] and b"<?xml" not in body[:100]:
            found.append(body)
    return found


def ours(body: bytes) -> object:
    return read_page(body, url=URL)


def all_syntaxes(body: bytes) -> object:
    return extruct.extract(body.decode("utf-8", "replace"), base_url=URL, errors="ignore")


def soup(body: bytes) -> object:
    tree = bs4.BeautifulSoup(body, "lxml")
    return tree.find_all(["meta", "link", "a"]), tree.find_all("script", type="application/ld+json")


READERS: dict[str, Work] = {"unlisted": ours, "bs4 + lxml": soup, "extruct, all syntaxes": all_syntaxes}


def speeds(bodies: list[bytes]) -> dict[str, float]:
    """Pages per second of CPU time by reader: in turns over the same few pages, the best of some rounds of each.

    A machine that is busy with other things is busy for all readers alike that way.
    """
    seconds: dict[str, float] = dict.fromkeys(READERS, 0.0)
    for work in READERS.values():
        work(bodies[0])
    for first in range(0, len(bodies), TURN):
        best = dict.fromkeys(READERS, float("inf"))
        for _ in range(ROUNDS):
            for name, work in READERS.items():
                best[name] = min(best[name], timed(work, bodies[first : first + TURN]))
        seconds = {name: seconds[name] + best[name] for name in READERS}
    return {name: len(bodies) / max(seconds[name], 1e-9) for name in READERS}


def timed(work: Work, bodies: list[bytes]) -> float:
    """CPU seconds that a reader takes for these pages."""
    start = time.process_time()
    for body in bodies:
        work(body)
    return time.process_time() - start


def subject(place: str, files: Sequence[Path]) -> Subject:
    """One of the made-up people, with strangers' pages as sources."""
    country, language = place.split()
    facts = tuple(
        Fact(kind=kind, label=f"my {kind}", value=value) for kind, value in zip(KINDS, PEOPLE[place], strict=True)
    )
    sources = tuple(Source(label=f"page {n}", kind=SourceKind.FILE, path=str(path)) for n, path in enumerate(files, 1))
    return Subject(country=country, languages=(language,), facts=facts, sources=sources)


def strangers(bodies: list[bytes]) -> tuple[int, int, Counter[str]]:
    """(pages read, pages with a finding about a declared fact, those by kind of fact), for all made-up people together."""
    read, wrong, kinds = 0, 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.html" for number in range(len(bodies))]
        for path, body in zip(files, bodies, strict=True):
            path.write_bytes(body)
        for place in PEOPLE:
            with Fetcher(typed=()) as fetcher:
                result = audit(subject(place, files), now=NOW, rng=random.Random(1), fetcher=fetcher)
            about = {(item.source, item.fact) for item in result.findings if item.fact is not None}
            read += sum(item.read for item in result.sources)
            wrong += len({source for source, _ in about})
            kinds.update(f"{place}: {fact}" for _, fact in about)
    return read, wrong, kinds


def damaged(body: bytes, chance: random.Random) -> bytes:
    """A page cut, flipped, nested or repeated."""
    copy = bytearray(body[:60_000])
    at = chance.randrange(len(copy))
    way = chance.randrange(4)
    if way == 0:
        del copy[at:]
    elif way == 1:
        for _ in range(60):
            copy[chance.randrange(len(copy))] = chance.randrange(256)
    elif way == 2:
        copy[at:at] = chance.choice(PIECES) * chance.randint(50, 3_000)
    else:
        copy[at:at] = bytes(copy[max(0, at - 400) : at]) * chance.randint(2, 40)
    return bytes(copy)


def campaign(bodies: list[bytes], *, number: int, seed: int) -> Counter[str]:
    """What `number` damaged pages raised, by the name of the exception."""
    chance = random.Random(seed)
    raised: Counter[str] = Counter()
    for _ in range(number):
        body = damaged(chance.choice(bodies), chance)
        try:
            read_page(
                body,
                url=chance.choice((URL, "http://[", "")),
                content_type=chance.choice((None, "text/html; charset=utf-16")),
            )
        except Exception as error:  # noqa: BLE001  (the point is to count every kind)
            raised[type(error).__name__] += 1
    return raised


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--strangers", type=int, default=300, metavar="N", help="how many pages are audited for strangers"
    )
    parser.add_argument("--damaged", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    bodies = pages(args.folder)
    if not bodies:
        print("no page of 5 kB or more in this folder", file=sys.stderr)
        return 2
    logging.disable(logging.CRITICAL)
    random.Random(args.seed).shuffle(bodies)
    found = speeds(bodies[:MOST])
    for name, speed in found.items():
        print(f"{name:24s} {speed:8.1f} pages/s of CPU time; unlisted is {found['unlisted'] / speed:.1f} times as fast")
    read, wrong, kinds = strangers(bodies[: args.strangers])
    print(
        f"{read} readings of strangers' pages for {len(PEOPLE)} made-up people: "
        f"{wrong} raise a finding about one of them ({wrong / max(read, 1):.2%})"
    )
    print(*(f"  {kind}: {count}" for kind, count in kinds.most_common()), sep="\n")
    raised = campaign(bodies, number=args.damaged, seed=args.seed)
    print(f"{args.damaged} damaged pages: {raised.total()} raised", *raised.most_common(), sep="\n  ")
    return int(raised.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
