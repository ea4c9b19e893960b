"""`unlisted data`: check the registers, or count what is in them."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from unlisted.data import loader
from unlisted.errors import BadInput


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    return check(args) if args.action == "check" else stats()


def check(args: argparse.Namespace) -> int:
    """Say what is wrong with the entries of a folder, a line each."""
    if args.path is not None and not Path(args.path).is_dir():
        raise BadInput(f"{args.path}: there is no such folder")
    problems = loader.check(Path(args.path) if args.path else None)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} problems")
    return int(bool(problems))


def stats() -> int:
    """Counts by register, quality and age."""
    print(loader.stats(datetime.now(UTC).date()))
    return 0
