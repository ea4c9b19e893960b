"""The command `unlisted demo`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from unlisted.demo import play


def run(args: argparse.Namespace) -> int:
    """Runs the demo; `args.out` is a folder or None. Gives the exit code."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return play.run(Path(args.out) if args.out else None, colour=colour)
