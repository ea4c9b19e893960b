"""`unlisted prove ADDRESS`: a rehearsal of the proof that an account or page is one's own. Nothing is stored."""

from __future__ import annotations

import argparse
import random
import sys
from datetime import UTC, datetime

from unlisted.errors import BadInput, NotRead
from unlisted.model import Source, SourceKind
from unlisted.sources import proof
from unlisted.sources.account_hosts import place
from unlisted.sources.fetch import Fetcher, parse

REHEARSAL = "This is a rehearsal: it looks at one address, stores nothing and changes nothing."
NO_TERMINAL = "prove: this needs a terminal, since it shows words and waits for you"


class Terminal:
    """The person at this terminal. Questions go to standard error, so that a report on standard output stays whole."""

    def tell(self, text: str) -> None:
        """Show a few lines."""
        print(f"\n{text}", file=sys.stderr)

    def answer(self) -> str | None:
        """Wait for Enter: what was typed before it; None for "s" or at the end of the input."""
        print("> ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        return line.strip() if line and line.strip().casefold() not in {"s", "skip"} else None

    def ready(self) -> bool:
        """Wait for Enter; False for "s" or at the end of the input."""
        return self.answer() is not None


def present() -> bool:
    """Whether somebody can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def source_of(address: str, service: str | None) -> Source:
    """The account or page at this address. Raises BadInput."""
    try:
        parse(address)
    except NotRead as error:
        raise BadInput(f"prove: {error.reason}") from None
    kind = SourceKind.ACCOUNT if service else SourceKind.PAGE
    source = Source(label="this address", kind=kind, address=address, service=service, mine=True)
    if service:
        try:
            place(source)
        except NotRead as error:
            raise BadInput(f"prove: {error.reason}") from None
    return source


def run(args: argparse.Namespace) -> int:
    """The command; 0 where the words were seen, else 1."""
    source = source_of(args.address, args.service)
    if not present():
        raise BadInput(NO_TERMINAL)
    print(REHEARSAL, file=sys.stderr)
    with Fetcher(typed=[args.address]) as fetcher:
        seen = proof.prove(source, fetcher=fetcher, now=datetime.now(UTC), rng=random.SystemRandom(), person=Terminal())
    return 0 if seen else 1
