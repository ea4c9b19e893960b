"""What a worker process does around its decoder: it answers request after request within limits that no code inside can catch.

A request is four bytes of length and as many bytes; so is the answer, which is JSON.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import BinaryIO

MAX_REQUEST = 1_000_000
"""Bytes of a request."""

MAX_ANSWER = 200_000
"""Bytes of an answer."""

Answer = dict[str, list[str]]


def prepare(most: int) -> None:
    """Hold the process to so many bytes, where the system can; libraries say nothing."""
    logging.disable(logging.CRITICAL)
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def limit_time(seconds: float) -> None:
    """Die after so much CPU, where the system can; 0 takes the limit away."""
    import signal  # noqa: PLC0415

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def serve(source: BinaryIO, sink: BinaryIO, decode: Callable[[bytes], Answer], seconds: float) -> None:
    """Answer request after request until the input ends; a decoder that raises has an empty answer."""
    while True:
        head = source.read(4)
        length = int.from_bytes(head, "big")
        if len(head) < 4 or length > MAX_REQUEST:
            return
        request = source.read(length)
        limit_time(seconds)
        try:
            told = decode(request)
        except Exception:  # noqa: BLE001  (libraries raise many kinds on broken data)
            told = {}
        limit_time(0)
        answer = json.dumps(told).encode()[:MAX_ANSWER]
        sink.write(len(answer).to_bytes(4, "big") + answer)
        sink.flush()
