"""Maker notes by exifread, in a worker process with limits that can be killed.

A hostile maker note can keep exifread busy for minutes. So only the camera's block that the walker found goes to a worker, which
has `CPU_SECONDS` for a block and `MEMORY` bytes; where it fails, the maker-note fields are lost and the photo says so. The worker
stays for the next block and ends with its parent.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading

from unlisted.extract.photo.bounded import MAX_ANSWER, MAX_REQUEST
from unlisted.extract.photo.found import Found

CPU_SECONDS = 2.0
"""CPU for one block."""

WALL_SECONDS = 10.0
"""Time on the wall for one block: a busy machine gets more than the CPU limit."""

START_SECONDS = 20.0
"""Time on the wall that the first block gets besides: Python starts and imports."""

MEMORY = 256 * 1024 * 1024
"""Address space of the worker in bytes."""

MAX_BLOCK = MAX_REQUEST
"""Bytes of a block that is handed over."""

FAILED = "the maker's own part was not read"


class Worker:
    """A process that decodes blocks: started on first use, killed where it takes too long, started again for the next one."""

    def __init__(self, module: str = "unlisted.extract.photo.worker") -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, block: bytes) -> dict[str, list[str]] | None:
        """Fields and values of the maker's part; None where the worker failed."""
        limit = WALL_SECONDS if self._process else WALL_SECONDS + START_SECONDS
        process = self._process or self._start()
        timer = threading.Timer(limit, process.kill)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(len(block).to_bytes(4, "big") + block)
            process.stdin.flush()
            length = int.from_bytes(process.stdout.read(4), "big")
            answer = process.stdout.read(length) if 0 < length <= MAX_ANSWER else b""
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        if not answer:
            self.close()
            return None
        told = json.loads(answer)
        return told if isinstance(told, dict) else None

    def _start(self) -> subprocess.Popen[bytes]:
        """A new process with this one's module path."""
        keep = {key: os.environ[key] for key in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if key in os.environ}
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-P", "-s", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=keep | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        process.wait()


_worker = Worker()
atexit.register(_worker.close)


def read(block: bytes, found: Found, worker: Worker | None = None) -> None:
    """Add what the maker's part of a block says."""
    if b"\x7c\x92" not in block[:MAX_BLOCK] and b"\x92\x7c" not in block[:MAX_BLOCK]:
        return  # the tag of the maker's part does not occur
    told = (worker or _worker).ask(block) if len(block) <= MAX_BLOCK else None
    if told is None:
        found.skipped[FAILED] = None
        return
    for text in told.get("serials", []):
        found.add_serial(text)
    for text in told.get("owners", []):
        found.add(found.owners, text)
    for text in told.get("ids", []):
        found.add(found.ids, text)
