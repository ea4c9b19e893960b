"""Arguments and exit codes: 0 done, 1 done and `--fail-on` met, 2 bad input (one line on standard error)."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from unlisted.cli.parser import parser
from unlisted.errors import UnlistedError

BAD_INPUT = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. `argv` is without the program's name; None takes the command line's."""
    args = parser().parse_args(argv)
    if not getattr(args, "run", None):
        parser().print_help()
        return 0
    module, _, function = args.run.partition(":")
    try:
        code: int = getattr(import_module(module), function)(args)
    except UnlistedError as error:
        print(f"unlisted: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("unlisted: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # the reader of a pipe has gone: nothing is wrong, and nothing more can be said on this stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
