"""The one measure of growth: twice the input costs at most three times the CPU, however busy the machine is."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest

T = TypeVar("T")

FACTOR = 3
"""By how much more twice the input may cost."""

ENOUGH = max(0.005, 4 * time.get_clock_info("process_time").resolution)
"""CPU seconds that can be measured."""

DOUBLINGS, REPEATS, TURNS = 6, 100, 25
"""How often the size is doubled and a run is repeated until it can be measured; how often the two are compared."""


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage is collected within: it would be charged to whoever runs at that moment."""
    was = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def cost(run: Callable[[T], object], made: T, times: int, clock: Callable[[], float]) -> float:
    """CPU seconds of so many runs."""
    begun = clock()
    for _ in range(times):
        run(made)
    return clock() - begun


def grows_in_step(
    make: Callable[[int], T],
    run: Callable[[T], object],
    size: int,
    *,
    largest: int | None = None,
    clock: Callable[[], float] = time.process_time,
) -> None:
    """Fail if a run over `make(2 * size)` costs more than three times a run over `make(size)`.

    A run that is too short to be measured gets a larger input: at most `largest`, where a reader refuses what is longer,
    else 64 times the size. Then it is repeated, so it must not use its input up. Only a small and a large run by turns are
    compared, by the least that each has cost: load makes a run dearer, never cheaper.
    """
    most = largest or 2 * size << DOUBLINGS
    with uncollected():
        run(make(size))  # what is set up on the first call is no growth
        while (spent := cost(run, make(size), 1, clock)) < ENOUGH and 4 * size <= most:
            size *= 2
        times = min(REPEATS, math.ceil(ENOUGH / max(spent, ENOUGH / REPEATS)))
        one, two = make(size), make(2 * size)
        short, long = times * spent, math.inf
        for _ in range(TURNS):
            short = min(short, cost(run, one, times, clock))
            long = min(long, cost(run, two, times, clock))
            if long <= FACTOR * short:
                return
    pytest.fail(f"size {size}: {short:.6f} s of CPU, twice the size: {long:.6f} s, {times} runs each")
