"""How fast pages are read, beside extruct and BeautifulSoup; and a campaign of damaged pages.

    python benchmarks/pages.py FOLDER [--damaged 10000] [--seed 1]

FOLDER holds recorded pages (*.html, *.htm, or *.gz of such), at any depth. Pages per second are of CPU time on one core;
each reader reads the same pages in one run, so that ratios hold on any machine. Exit code 1 where a damaged page raised.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import bs4
import extruct

from unlisted.extract.page import read_page

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

Work = Callable[[bytes], object]


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


def per_second(work: Work, bodies: list[bytes]) -> float:
    """Pages per second of CPU time, after one page to warm up."""
    work(bodies[0])
    start = time.process_time()
    for body in bodies:
        work(body)
    return len(bodies) / max(time.process_time() - start, 1e-9)


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
    parser.add_argument("--damaged", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    bodies = pages(args.folder)
    if not bodies:
        print("no page of 5 kB or more in this folder", file=sys.stderr)
        return 2
    logging.disable(logging.CRITICAL)
    random.Random(args.seed).shuffle(bodies)
    speeds = {name: per_second(work, bodies[:MOST]) for name, work in READERS.items()}
    for name, speed in speeds.items():
        print(
            f"{name:24s} {speed:8.1f} pages/s of CPU time, {speeds['unlisted'] / speed:6.1f} times slower than unlisted"
        )
    raised = campaign(bodies, number=args.damaged, seed=args.seed)
    print(f"{args.damaged} damaged pages: {raised.total()} raised", *raised.most_common(), sep="\n  ")
    return int(raised.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
