"""How many requests a person has to send, and how long their letters take.

    python benchmarks/fewest_requests.py [--sets 50] [--letters 500]

First table: made-up sets of listings, drawn from the shipped US people-search sites (any site alike, or mostly sites of owners with
several); how many requests cover them beside one a listing, and how many there would be if every owner were asked once, known to
work or not. Second table: seconds for that many letters at once, as text, as drafts, with PDF, and packed into one ZIP.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import TypeVar

from unlisted.data.loader import Register, directories
from unlisted.data.schema import Directory
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy import forms
from unlisted.remedy.directories import letters, requests

T = TypeVar("T")
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
    owned = [entry for entry in sites if families[entry.parent or ""] > 1]
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


def written_to(register: Register, count: int) -> list[Listing]:
    """As many listings as give this many letters: sites of the register that are written to, then sites that nobody knows."""
    alone = [entry for entry in register if entry.domains and entry.state == "active" and entry.parent is None]
    known = [each for each in listings(alone) if requests([each], subject=Subject(), register=register)[0].plan.kind]
    unknown = [
        replace(known[0], source=f"site {number}", directory=None, host=f"site-{number}.example")
        for number in range(count)
    ]
    return [*known[: count * 4 // 5], *unknown][:count]


def timed(words: str, work: Callable[[], T]) -> T:
    """Does the work, and prints how long it took by the clock and on the cores."""
    start, used = time.perf_counter(), time.process_time()
    done = work()
    print(f"{words}: {time.perf_counter() - start:.1f} s, {time.process_time() - used:.1f} s of CPU")
    return done


def speed(register: Register, count: int) -> None:
    """Prints the second table: so many letters at once, in every form, and all of it in one ZIP."""
    records = written_to(register, count)
    sources = (
        Source(label=each.source, kind=SourceKind.LISTING, address=f"https://{each.host}/4711") for each in records
    )
    person = Subject(facts=(NAME,), sources=tuple(sources))
    made = timed(
        f"{count} letters as text",
        lambda: letters(records, subject=person, register=register, now=NOW, rng=Random(SEED)),
    )
    assert len(made) == count, len(made)
    timed("  as drafts", lambda: sum(len(letter.eml) for _, letter in made))
    files = timed("  as text, drafts, PDF, reminders and table", lambda: forms.files(made, now=NOW, paper="a4"))
    packed = timed("  in one ZIP", lambda: forms.bundle(files))
    print(f"  {len(files)} files, {len(packed) / 1e6:.1f} MB packed")


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
