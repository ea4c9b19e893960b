"""`unlisted data`: check the registers, or count what is in them."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from unlisted.data import upkeep


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    return check(args.path) if args.action == "check" else stats()


def check(folder: str | None) -> int:
    """Say what is wrong with the entries of a folder, a line each."""
    problems = upkeep.check(Path(folder) if folder else None)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} problems")
    return int(bool(problems))


def stats() -> int:
    """Counts by register, quality, age and kind."""
    for title, counts in asdict(upkeep.stats(datetime.now(UTC))).items():
        parts = {f"{title} of {name}": count for name, count in counts.items() if isinstance(count, dict)} or {
            title: counts
        }
        for heading, numbers in parts.items():
            print(f"{heading}:", *(f"{count:>7}  {name}" for name, count in numbers.items()), sep="\n")
    return 0
