"""The measure of growth passes what keeps step and finds out what does not, on a busy machine too."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from tests.growth import ENOUGH, REPEATS, TURNS, grows_in_step


class Work:
    """A clock that counts steps of work in place of seconds, and a machine that may be busy."""

    def __init__(self, steps: Callable[[int], float], load: Callable[[int], float] = lambda _turn: 1.0) -> None:
        self.steps = steps
        self.load = load
        self.spent = 0.0
        self.runs: list[int] = []

    def make(self, size: int) -> range:
        """An input that costs much to build."""
        self.spent += 1_000
        return range(size)

    def run(self, made: range) -> None:
        """Work for an input of this size."""
        self.spent += self.steps(len(made)) * self.load(len(self.runs))
        self.runs.append(len(made))

    def grows(self, size: int = 100, *, largest: int | None = None) -> None:
        """The measure, by this clock."""
        grows_in_step(self.make, self.run, size, largest=largest, clock=lambda: self.spent)


@pytest.mark.parametrize("power", [0.0, 1.0, 1.5])
def test_what_keeps_step_passes_at_once(power: float) -> None:
    """A constant, the length itself, and a power below the limit need one turn; building the input does not count."""
    work = Work(lambda size: size**power)
    work.grows()
    assert work.runs == [100, 100, 100, 200]


@pytest.mark.parametrize("power", [1.6, 2.0, 3.0])
def test_what_outgrows_its_input_fails_with_both_figures(power: float) -> None:
    """The square of the length, and less: after a bounded number of turns, a small run and a large one by turns."""
    work = Work(lambda size: size**power)
    with pytest.raises(pytest.fail.Exception, match=r"size 100: \d+\.\d+ s of CPU, twice the size: \d+\.\d+ s"):
        work.grows()
    assert work.runs[2:] == [100, 200] * TURNS


def test_load_on_the_machine_decides_nothing() -> None:
    """One quiet moment for each is enough; for what outgrows its input, no number of them is."""
    busy = Work(float, load=lambda turn: 1.0 if turn > 12 else 1.0 + 9.0 * (turn % 2))
    busy.grows()
    assert 4 < len(busy.runs) < 2 * TURNS
    with pytest.raises(pytest.fail.Exception):
        Work(lambda size: size**2.0, load=lambda turn: 1.0 + turn % 5 / 5).grows()


def test_a_run_too_short_to_measure_gets_a_larger_input() -> None:
    """It is doubled until it can be measured, but not without end."""
    short = Work(lambda size: size * ENOUGH / 1_000)
    short.grows()
    assert short.runs[-2:] == [1_600, 3_200]
    shorter = Work(lambda size: size * ENOUGH / 1_000_000)
    shorter.grows()
    assert set(shorter.runs[-200:]) == {6_400, 12_800}


def test_where_input_has_a_limit_the_run_is_repeated() -> None:
    """No input is larger than that, and no run is repeated without end."""
    few = Work(lambda size: size * ENOUGH / 3_000)
    few.grows(largest=450)
    assert few.runs == [100, 100, 200, *[200] * 15, *[400] * 15]
    many = Work(lambda _size: 0.0)
    many.grows(largest=200)
    assert many.runs[2:] == [100] * REPEATS + [200] * REPEATS


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_rests_and_is_then_as_it_was(*, on: bool) -> None:
    """Within a run it is off, whatever comes of the run."""
    was, seen = gc.isenabled(), list[bool]()

    def run(_made: object) -> None:
        seen.append(gc.isenabled())
        raise ZeroDivisionError

    try:
        (gc.enable if on else gc.disable)()
        with pytest.raises(ZeroDivisionError):
            grows_in_step(range, run, 1)
        assert (seen, gc.isenabled()) == ([False], on)
    finally:
        (gc.enable if was else gc.disable)()


def test_real_work_is_told_apart() -> None:
    """By the clock of the processor: a sum over the input keeps step, a sum over all its threes does not."""

    def each(made: range) -> int:
        return sum(one * one for one in made)

    def threes(made: range) -> int:
        return sum(one * two * three for one in made for two in made for three in made)

    grows_in_step(range, each, 1_000)
    with pytest.raises(pytest.fail.Exception):
        grows_in_step(range, threes, 20)
