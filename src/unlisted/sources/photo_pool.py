"""Worker processes that read photos: answers in order, bounded memory, and a process that hangs or dies costs one file.

Each worker gets a batch of files at a time and answers file by file over a pipe. The parent waits with a limit; a worker that does
not answer is killed and started again for the rest of its batch.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
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

Job = tuple[Path, Sequence[Path]]
Reader = Callable[[Path, Sequence[Path]], Photo | NotChecked]


def read_one(
    path: Path, beside: Sequence[Path] = (), *, maker_notes: bool = False, places_only: bool = False
) -> Photo | NotChecked:
    """One photo with its sidecars, or why it was not checked."""
    try:
        return read_photo(path, maker_notes=maker_notes, sidecars=tuple(beside), places_only=places_only)
    except NotRead as error:
        return lost(path, error.reason)


def lost(path: Path, reason: str) -> NotChecked:
    """A photo that was not checked."""
    return NotChecked(source="", reason=reason, where=os.path.basename(path))  # noqa: PTH119  (any path-like)


def serve(pipe: Connection, reader: Reader) -> None:
    """The worker: batches come in, one answer a file goes out, until the pipe closes."""
    try:
        while True:
            for path, beside in pipe.recv():
                pipe.send(reader(path, beside))
    except (EOFError, OSError, KeyboardInterrupt):
        return


class _Worker:
    """One process and the batch that it is at."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe: Connection = ours
        self._process: SpawnProcess = context.Process(target=serve, args=(theirs, self._reader), daemon=True)
        self._process.start()
        theirs.close()
        self._fresh = True

    def give(self, batch: Sequence[Job]) -> None:
        """Hand over a batch; its answers are taken by `answers`."""
        try:
            self._pipe.send(batch)
        except OSError:  # it died while idle
            self.close()
            self._start()
            self._pipe.send(batch)

    def answers(self, batch: Sequence[Job]) -> Iterator[Photo | NotChecked]:
        """The answers of the batch that was given, in order."""
        for at, (path, _) in enumerate(batch):
            answer = self._answer()
            if answer is None:
                answer = lost(path, "reading it took too long or broke off")
                self.close()
                self._start()
                if at + 1 < len(batch):
                    self._pipe.send(batch[at + 1 :])
            yield answer

    def _answer(self) -> Photo | NotChecked | None:
        """The next answer; None where the process hangs or has died."""
        limit = START_SECONDS if self._fresh else HANG_SECONDS
        try:
            if not self._pipe.poll(limit):
                return None
            answer = self._pipe.recv()
        except (EOFError, OSError):
            return None
        self._fresh = False
        return answer if isinstance(answer, Photo | NotChecked) else None

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
