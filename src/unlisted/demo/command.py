"""`unlisted demo`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from unlisted.demo.play import run as play


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    colour = "NO_COLOR" not in os.environ and sys.stdout.isatty()
    return play(Path(args.out) if args.out else None, colour=colour)
