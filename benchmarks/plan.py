"""The cheapest plan: equal to exhaustive search on small graphs, and quick on large ones.

    python benchmarks/plan.py [--small 1000] [--people 10] [--seconds 10]

Prints two tables. Small: random AND/OR graphs whose cheapest set of actions is also found by trying all of them. Large:
made-up people with many sources, each with findings, links and records that a name and a town open together; how many of the
plans are proven to be the cheapest (the others are the cheapest found so far), and the CPU time that they take.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import time

from unlisted.model import Action, Graph, Step
from unlisted.risk import ways
from unlisted.risk.plan import cheapest, steps_left

SIZES = (40, 100, 200, 300, 600)
NOTICES = ("nobody", "nobody", "the site", "people who follow you", "anyone sharing the account")
GOALS = ("home", "routine", "contact", "family")


def small(seed: int) -> Graph:
    """A random graph of up to 10 steps and 7 actions."""
    rng = random.Random(seed)
    names = [f"n{number}" for number in range(rng.randint(3, 7))]
    steps = [
        Step(
            needs=frozenset(rng.sample(["name", *names], rng.randint(1, 2))), gives=rng.choice(names), via=f"v{number}"
        )
        for number in range(rng.randint(3, 10))
    ]
    actions = [
        Action(
            id=f"a{number}",
            minutes=rng.randint(1, 9),
            notice=rng.choice(NOTICES),
            cuts=frozenset(f"v{cut}" for cut in rng.sample(range(10), rng.randint(1, 4))),
        )
        for number in range(rng.randint(1, 7))
    ]
    goals = frozenset(rng.sample(names, rng.randint(1, 2)))
    return Graph(starts=frozenset({"name"}), steps=tuple(steps), goals=goals, actions=tuple(actions))


def exhaustive(graph: Graph) -> int:
    """The cost of the cheapest set of actions that closes all that can be closed, by trying all sets."""
    every = frozenset(action.id for action in graph.actions)
    wanted = graph.goals - ways.reached(graph.starts, steps_left(graph, every))
    return min(
        sum(action.cost for action in chosen)
        for size in range(len(graph.actions) + 1)
        for chosen in itertools.combinations(graph.actions, size)
        if not wanted & ways.reached(graph.starts, steps_left(graph, frozenset(one.id for one in chosen)))
    )


def large(actions: int, seed: int) -> Graph:
    """A person with about `actions` things to change: three findings a source, links, records, and changes that share findings."""
    rng = random.Random(seed)
    sources = max(4, actions // 3)
    steps, cuts = [], []
    for number in range(sources):
        here, listing = f"at:{number}", number % 4 == 3
        steps.append(
            Step(needs=frozenset({rng.choice(["name", "handle", "photo"])}), gives=here, via=f"reach:{number}")
        )
        if listing:
            steps.append(Step(needs=frozenset({"name", "town"}), gives=here, via=f"together:{number}"))
        gains = rng.sample([*GOALS, "town", "employer", "link", "link"], 3)
        for turn, gained in enumerate(gains):
            via = f"f{number}-{turn}"
            gives = f"at:{rng.randrange(sources)}" if gained == "link" else gained
            needs = {here, "employer", "town"} if gained == "routine" and turn else {here}
            steps.append(Step(needs=frozenset(needs), gives=gives, via=via))
            cuts.append(via)
        # half of the sources are not come by directly: only links lead there
        if not listing and rng.random() < 0.5:
            steps = [step for step in steps if step.via != f"reach:{number}"]
    made = [
        Action(
            id=f"a{number}",
            minutes=rng.choice([2, 3, 5, 5, 10, 15]),
            notice=rng.choice(NOTICES),
            cuts=frozenset([cuts[number % len(cuts)], *rng.sample(cuts, rng.randint(0, 4))]),
        )
        for number in range(actions)
    ]
    return Graph(
        starts=frozenset({"name", "handle", "photo"}), steps=tuple(steps), goals=frozenset(GOALS), actions=tuple(made)
    )


def proof_run(number: int) -> None:
    """Compare with exhaustive search."""
    began, equal, proven, with_ways = time.perf_counter(), 0, 0, 0
    for seed in range(number):
        graph = small(seed)
        plan = cheapest(graph)
        equal += plan.cost == exhaustive(graph)
        proven += plan.proven
        with_ways += bool(plan.ways)
    spent = time.perf_counter() - began
    print(
        f"{number} small graphs, {with_ways} with ways in: {equal} as cheap as exhaustive search, {proven} proven, {spent:.1f} s"
    )


def timings(people: int, seconds: float) -> None:
    """How many of the large plans are proven, and how long they take: CPU seconds, the middle one and the longest."""
    print(
        f"{'actions':>8} {'steps':>9} {'ways':>9} {'chosen':>8} {'proven':>9} {'median s':>9} {'most s':>7} {'costs':>8}"
    )
    for size in SIZES:
        took, plans, steps = [], [], []
        for seed in range(people):
            graph = large(size, seed)
            began = time.process_time()
            plans.append(cheapest(graph, seconds=seconds))
            took.append(time.process_time() - began)
            steps.append(len(graph.steps))
        proven = f"{sum(plan.proven for plan in plans)} of {people}"
        spans = (span(steps), span([len(plan.ways) for plan in plans]), span([len(plan.actions) for plan in plans]))
        costs = sum(plan.cost for plan in plans)
        middle, most = statistics.median(took), max(took)
        print(
            f"{size:>8} {spans[0]:>9} {spans[1]:>9} {spans[2]:>8} {proven:>9} {middle:>9.2f} {most:>7.2f} {costs:>8}",
            flush=True,
        )


def span(numbers: list[int]) -> str:
    """The least and the most of some numbers."""
    return f"{min(numbers)}-{max(numbers)}"


def main() -> None:
    """Run both."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--small", type=int, default=1_000, help="graphs that are compared with exhaustive search")
    options.add_argument("--people", type=int, default=10, help="made-up people of each size")
    options.add_argument("--seconds", type=float, default=10.0, help="the plan's own time limit")
    given = options.parse_args()
    proof_run(given.small)
    timings(given.people, given.seconds)


if __name__ == "__main__":
    main()
