"""Arguments and exit codes: 0 done, 1 done and `--fail-on` met, 2 bad input (one line on standard error)."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import TextIO, cast

from unlisted.cli.parser import parser
from unlisted.errors import BadInput, UnlistedError

BAD_INPUT = 2
INTERRUPTED = 130
NO_ROOM = {errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EBADF}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. `argv` is without the program's name; None takes the command line's."""
    forgive_old_consoles()
    args = parser().parse_args(argv)
    if not getattr(args, "run", None):
        parser().print_help()
        return 0
    with contextlib.redirect_stderr(cast("TextIO", Forgiving(sys.stderr))) if sys.stderr else contextlib.nullcontext():
        return done(args)


def done(args: argparse.Namespace) -> int:
    """Run the command that was parsed; the exit code."""
    try:
        need_streams()
        code = command(args.run)(args)
        sys.stdout.flush()
    except UnlistedError as error:
        print(f"unlisted: {visible(str(error))}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("unlisted: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # the reader of a pipe has gone: nothing is wrong, and nothing more can be said on this stream
        silence_output()
        return 0
    except OSError as error:
        if error.filename is not None or error.errno not in NO_ROOM:
            raise
        silence_output()
        print(f"unlisted: standard output cannot be written ({error.strerror})", file=sys.stderr)
        return BAD_INPUT
    return code


def visible(text: str) -> str:
    """A message whose file names steer no terminal: what does not print is written as its number."""
    return "".join(sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1] for sign in text)


def command(run: str) -> Callable[[argparse.Namespace], int]:
    """The function of a command, by "module:name"; its module is loaded only now."""
    module, _, function = run.partition(":")
    found: Callable[[argparse.Namespace], int] = getattr(import_module(module), function)
    return found


def need_streams() -> None:
    """Whoever starts a program may close its streams. Raises BadInput where nothing could be told."""
    if sys.stderr is None:  # what would be said there goes nowhere
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  (for the rest of the run)
    if sys.stdout is None:
        raise BadInput("standard output is closed")


def forgive_old_consoles() -> None:
    """A console without curly quotes shows a question mark in their place, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def silence_output(stream: TextIO | None = None) -> None:
    """Nothing more can be written, to standard output or `stream`: what the interpreter flushes at its end goes nowhere."""
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


class Forgiving:
    """Standard error that may have lost its reader: what cannot be told there ends no work and changes no exit code."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        """All else is that of the stream itself."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write as far as that is possible; the number of characters taken."""
        try:
            return self._stream.write(text)
        except OSError:
            silence_output(self._stream)
            return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each line as far as that is possible."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Let go of what cannot be told."""
        try:
            self._stream.flush()
        except OSError:
            silence_output(self._stream)
