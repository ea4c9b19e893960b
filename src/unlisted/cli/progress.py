"""A progress bar on a terminal, and nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

Progress = Callable[[str, int, int], None]


@contextmanager
def bar() -> Iterator[Progress]:
    """A progress callback for `audit`. Labels of sources are shown, nothing that was read."""
    with tqdm(
        total=1, disable=not sys.stderr.isatty(), leave=False, bar_format="{desc} {bar} {n_fmt}/{total_fmt}"
    ) as shown:

        def step(what: str, done: int, total: int) -> None:
            shown.total = max(total, 1)
            shown.n = done
            shown.set_description_str(what or "thinking", refresh=False)
            shown.update(0)
            shown.refresh()

        yield step
