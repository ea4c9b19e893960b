"""Worker processes that read photos: answers in order, bounded memory, and a process that hangs or dies costs one file.

Each worker gets a batch of files at a time and answers file by file over a pipe. The parent waits with a limit; a worker that does
not answer is killed and started again for the rest of its batch.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from unlisted.errors import NotRead
from unlisted.extract.photo import read_photo
from unlisted.model.evidence import Photo
from unlisted.model.finding import NotChecked

BATCH = 64
"""Files that a worker gets at a time."""

HANG_SECONDS = 30.0
"""Time for one file, on the wall: reading is bounded, so only a disk or a network drive takes longer."""

START_SECONDS = 60.0
"""Time for a worker's first answer: it starts Python and imports."""

READY = "ready"
"""What a worker says first: one that cannot (no importable main module, say) is done without."""

Job = tuple[Path, Sequence[Path]]
Reader = Callable[[Path, Sequence[Path]], Photo | NotChecked]


def read_one(
    path: Path,
    beside: Sequence[Path] = (),
    *,
    maker_notes: bool = False,
    places_only: bool = False,
    decode: bool = False,
) -> Photo | NotChecked:
    """One photo with its sidecars, or why it was not checked."""
    try:
        return read_photo(path, maker_notes=maker_notes, sidecars=tuple(beside), places_only=places_only, decode=decode)
    except NotRead as error:
        return lost(path, error.reason)


def lost(path: Path, reason: str) -> NotChecked:
    """A photo that was not checked."""
    return NotChecked(source="", reason=reason, where=os.path.basename(path))  # noqa: PTH119  (any path-like)


def serve(pipe: Connection, reader: Reader) -> None:
    """The worker: batches come in, one answer a file goes out, until the pipe closes."""
    try:
        pipe.send(READY)
        while True:
            for path, beside in pipe.recv():
                pipe.send(reader(path, beside))
    except (EOFError, OSError, KeyboardInterrupt):
        return


@contextmanager
def _deaf() -> Iterator[None]:
    """A process that starts in here does not hear Ctrl-C: this one does, and ends it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Worker:
    """One process and the batch that it is at; where no process can be started, this one reads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe: Connection = ours
        self._process: SpawnProcess = context.Process(target=serve, args=(theirs, self._reader), daemon=True)
        with _deaf():
            self._process.start()
        theirs.close()
        self._ready: bool | None = None

    def give(self, batch: Sequence[Job]) -> None:
        """Hand over a batch; its answers are taken by `answers`."""
        with suppress(OSError):  # a process that died is seen when its answer is asked for
            self._pipe.send(batch)

    def answers(self, batch: Sequence[Job]) -> Iterator[Photo | NotChecked]:
        """The answers of the batch that was given, in order."""
        for at, (path, beside) in enumerate(batch):
            if self._ready is None:
                self._ready = self._next(START_SECONDS) == READY
            if not self._ready:
                yield self._reader(path, beside)
                continue
            answer = self._next(HANG_SECONDS)
            if not isinstance(answer, Photo | NotChecked):
                answer = lost(path, "reading it took too long or broke off")
                self.close()
                self._start()
                self.give(batch[at + 1 :])
            yield answer

    def _next(self, limit: float) -> object:
        """What the process says next; None where it hangs or has died."""
        try:
            return self._pipe.recv() if self._pipe.poll(limit) else None
        except (EOFError, OSError):
            return None

    def close(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def run(jobs: Iterable[Job], reader: Reader, *, workers: int) -> Iterator[Photo | NotChecked]:
    """The answers of all jobs in their order; closing the iterator, or Ctrl-C, ends the processes.

    `reader` is called in the workers, so it must be found by its name there.
    """
    stream = iter(jobs)
    pool: list[_Worker] = []
    waiting: deque[tuple[_Worker, list[Job]]] = deque()
    try:
        for _ in range(workers):
            batch = list(islice(stream, BATCH))
            if not batch:
                break
            pool.append(_Worker(reader))
            pool[-1].give(batch)
            waiting.append((pool[-1], batch))
        while waiting:
            worker, batch = waiting.popleft()
            yield from worker.answers(batch)
            following = list(islice(stream, BATCH))
            if following:
                worker.give(following)
                waiting.append((worker, following))
    finally:
        for worker in pool:
            worker.close()
