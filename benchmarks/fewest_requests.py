"""How many requests a person has to send, and how long their letters take.

    python benchmarks/fewest_requests.py [--sets 50] [--letters 500]

First table: made-up sets of listings, drawn from the shipped US people-search sites (any site alike, or mostly sites of owners with
several); how many requests cover them beside one a listing, and how many there would be if every owner were asked once, known to
work or not. Second table: seconds for that many letters as text, as drafts, and as PDF where typst is installed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from unlisted.data.loader import Register, directories
from unlisted.data.schema import Directory
from unlisted.errors import BadInput
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy.directories import letters, requests

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SIZES = (5, 10, 20, 40)
SEED = 20261121
NAME = Fact(kind="name", label="name", value="Wren Halloway")


def listings(entries: Sequence[Directory]) -> list[Listing]:
    """One record a site, which shows a made-up name."""
    shown = (Field(kind="name", value="Wren Halloway"),)
    return [
        Listing(source=entry.id, directory=entry.id, host=entry.domains[0], matched=(NAME,), fields=shown)
        for entry in entries
    ]


def subject(entries: Sequence[Directory]) -> Subject:
    """Someone who found a record on each of these sites."""
    sources = (
        Source(label=entry.id, kind=SourceKind.LISTING, address=f"https://{entry.domains[0]}/4711") for entry in entries
    )
    return Subject(facts=(NAME,), sources=tuple(sources))


def draw(
    rng: Random, sites: Sequence[Directory], owned: Sequence[Directory], size: int, *, shared: bool
) -> list[Directory]:
    """A set of sites: any alike, or three in four of owners that have several."""
    most = rng.sample(owned, min(len(owned), size * 3 // 4)) if shared else []
    rest = [entry for entry in sites if entry not in most]
    return [*most, *rng.sample(rest, size - len(most))]


def owners(entries: Sequence[Directory]) -> int:
    """How many owners these sites have, by the names that sources give."""
    return len({entry.parent or entry.owner or entry.id for entry in entries})


def sets(register: Register, count: int) -> None:
    """Prints the first table."""
    sites = [entry for entry in register if entry.kind == "people_search" and "US" in entry.countries and entry.domains]
    families = Counter(entry.parent for entry in sites if entry.parent)
    owned = [entry for entry in sites if families[entry.parent] > 1]
    print(f"{len(sites)} sites, {len(owned)} of them of an owner with several; {count} sets a line")
    print("sites drawn      listings  requests  a request covers  if each owner were asked once")
    for shared in (False, True):
        for size in SIZES:
            rng = Random(SEED + size)
            drawn = [draw(rng, sites, owned, size, shared=shared) for _ in range(count)]
            sent = [len(requests(listings(each), subject=Subject(), register=register)) for each in drawn]
            lowest = sum(owners(each) for each in drawn) / count
            mean = sum(sent) / count
            words = "mostly of owners" if shared else "any"
            print(f"{words:<16} {size:>8} {mean:>9.1f} {size / mean:>17.2f} {lowest:>30.1f}")


def speed(register: Register, count: int) -> None:
    """Prints the second table."""
    sites = [entry for entry in register if entry.domains and entry.state == "active"][: count * 2]
    start = time.perf_counter()
    made = letters(listings(sites), subject=subject(sites), register=register, now=NOW, rng=Random(SEED))
    print(f"{len(made)} letters as text: {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    size = sum(len(letter.eml) for _, letter in made)
    print(f"{len(made)} drafts, {size / 1000:.0f} kB: {time.perf_counter() - start:.1f} s")
    try:
        start = time.perf_counter()
        size = sum(len(letter.pdf("a4")) for _, letter in made)
        print(f"{len(made)} PDFs, {size / 1000:.0f} kB: {time.perf_counter() - start:.1f} s")
    except BadInput as error:
        print(f"PDF: {error}")


def main() -> None:
    """The two tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sets", type=int, default=50)
    options.add_argument("--letters", type=int, default=500)
    asked = options.parse_args()
    register = directories()
    sets(register, asked.sets)
    print()
    speed(register, asked.letters)


if __name__ == "__main__":
    main()
