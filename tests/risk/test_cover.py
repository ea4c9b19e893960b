"""The cheapest names that meet every set: exact, bounded, and honest about it."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.model import Action, Graph, Step
from unlisted.risk import search, ways
from unlisted.risk.cover import Budget, greedy, hitting, parts, pruned, reduced, smallest, undominated
from unlisted.risk.plan import cheapest

Sets = list[frozenset[str]]
SETS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1, max_size=5), max_size=12)
COSTS = st.fixed_dictionaries({name: st.integers(1, 9) for name in "abcdefgh"})


def brute(sets: Sets, cost: dict[str, int]) -> int:
    """The cost of the cheapest answer, by trying all of them."""
    every = (
        frozenset(chosen) for size in range(len(cost) + 1) for chosen in itertools.combinations(sorted(cost), size)
    )
    return min(sum(cost[name] for name in one) for one in every if all(one & other for other in sets))


def meets(chosen: frozenset[str], sets: Sets) -> bool:
    """Whether each set holds one of these names."""
    return all(chosen & one for one in sets)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(SETS, COSTS)
def test_the_answer_is_the_cheapest_and_meets_every_set(sets: Sets, cost: dict[str, int]) -> None:
    """Equal to trying all sets of names."""
    choice = hitting(sets, cost, Budget())
    assert choice.proven
    assert meets(choice.actions, sets)
    assert choice.cost == sum(cost[name] for name in choice.actions) == brute(sets, cost)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(SETS, COSTS)
def test_the_bound_is_never_above_the_answer(sets: Sets, cost: dict[str, int]) -> None:
    """Otherwise the search would throw the cheapest answer away; a first answer is never below it."""
    best = brute(sets, cost)
    dear = sum(cost[name] for name in greedy(sets, cost))
    assert dear >= best
    if sets:
        table, node = whole(sets, cost)
        first = search.Best(taken=tuple(node.columns.tolist()), cost=float(dear + 1))
        bound = search.bounded(table, node, first, 100)
        assert bound.value <= best * search.SCALE
        assert bound.value == int(bound.value)
        assert first.cost >= best


@settings(max_examples=100, deadline=None, derandomize=True)
@given(SETS.filter(bool), COSTS)
def test_what_the_prices_rule_out_is_in_no_cheaper_answer(sets: Sets, cost: dict[str, int]) -> None:
    """A name that is barred costs too much in any answer; one that is taken is missed by none."""
    best = brute(sets, cost)
    table, node = whole(sets, cost)
    every = tuple(node.columns.tolist())
    below = search.branches(table, node, search.Best(taken=every, cost=float(best + 1)), 100)
    found = [
        brute([one for one in sets if not one & taken], {name: cost[name] for name in left})
        + sum(cost[name] for name in taken)
        for taken, left in (names_at(table, one) for one in below)
        if all(one & (taken | left) for one in sets)
    ]
    assert min(found, default=best) == best


def whole(sets: Sets, cost: dict[str, int]) -> tuple[search.Table, search.Node]:
    """The table of some sets, and the node with nothing chosen."""
    table = search.Table.of(sets, cost)
    rows, columns = np.arange(len(sets)), np.arange(len(table.names))
    return table, search.Node(rows=rows, columns=columns, taken=(), prices=search.first_prices(table))


def names_at(table: search.Table, node: search.Node) -> tuple[frozenset[str], frozenset[str]]:
    """(the names taken, those that may still be taken) at a node."""
    return frozenset(table.names[one] for one in node.taken), frozenset(table.names[one] for one in node.columns)


def test_a_node_takes_the_last_name_of_a_set_and_sees_a_dead_end() -> None:
    """With b barred, the set of a and b needs a; with both barred nothing can be done."""
    table, node = whole([frozenset("ab"), frozenset("bc")], {"a": 1, "b": 1, "c": 1})
    left = search.settled(table, search.bar(node, np.array([1])))
    assert left is not None
    assert set(left.taken) == {0, 2}
    assert search.settled(table, search.bar(node, np.array([0, 1]))) is None


def test_two_hundred_names_that_cost_nearly_the_same_are_solved() -> None:
    """Sets of three, as many as names: proven within the bound, and no dearer than the first answer."""
    rng = random.Random(4)
    names = [f"n{one}" for one in range(200)]
    cost = {name: rng.choice([2, 3, 5, 10]) for name in names}
    sets = [frozenset(rng.sample(names, 3)) for _ in range(200)]
    choice = hitting(sets, cost, Budget())
    assert choice.proven
    assert meets(choice.actions, sets)
    assert choice.cost <= sum(cost[name] for name in greedy(sets, cost))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(SETS, COSTS)
def test_taking_away_what_need_not_be_looked_at_changes_no_cost(sets: Sets, cost: dict[str, int]) -> None:
    """The names that are forced and the best answer to the rest cost what the whole costs."""
    forced, rest = reduced(sets, cost)
    assert sum(cost[name] for name in forced) + brute(rest, cost) == brute(sets, cost)


def test_a_set_that_holds_another_is_left_out() -> None:
    """Whoever meets the small one meets the large one."""
    sets = [frozenset("abc"), frozenset("ab"), frozenset("cd"), frozenset("ab")]
    assert smallest(sets) == [frozenset("ab"), frozenset("cd")]


def test_a_name_for_which_a_cheaper_one_stands_is_left_out() -> None:
    """It meets no more and costs no less."""
    sets = [frozenset("ab"), frozenset("abc")]
    assert undominated(sets, {"a": 3, "b": 2, "c": 1}) == frozenset("bc")


def test_parts_share_no_name() -> None:
    """Sets that are tied through a third one stand in one part."""
    sets = [frozenset("ab"), frozenset("cd"), frozenset("bc"), frozenset("ef")]
    found = [frozenset().union(*part) for part in parts(sets)]
    assert sorted(found, key=len) == [frozenset("ef"), frozenset("abcd")]


def test_what_no_set_needs_is_dropped() -> None:
    """The dearest goes first."""
    assert pruned([frozenset("ab")], frozenset("ab"), {"a": 5, "b": 1}) == frozenset("b")


def hard(number: int, seed: int = 1) -> tuple[Sets, dict[str, int]]:
    """Sets of three out of many names that cost nearly the same: nothing can be taken away."""
    rng = random.Random(seed)
    names = [f"n{one}" for one in range(number)]
    return [frozenset(rng.sample(names, 3)) for _ in range(number * 3)], {name: rng.randint(8, 12) for name in names}


@pytest.mark.parametrize("budget", [Budget(work=2_000), Budget(end=-1.0)])
def test_at_the_end_of_the_budget_the_best_so_far_is_given(budget: Budget) -> None:
    """It meets every set and is not called proven; the work bound comes at the same place on every machine."""
    sets, cost = hard(60)
    work = budget.work
    choice = hitting(sets, cost, budget)
    assert not choice.proven
    assert meets(choice.actions, sets)
    assert hitting(sets, cost, Budget(work=work, end=budget.end)) == choice


def big(actions: int) -> Graph:
    """A person with many sources, three findings each, and changes that share findings."""
    rng = random.Random(5)
    steps, cuts = [], []
    for number in range(actions // 3):
        steps.append(Step(needs=frozenset({"name"}), gives=f"at:{number}", via=f"reach:{number}"))
        for turn in range(3):
            gives = rng.choice(["home", "contact", "family", "town", f"at:{rng.randrange(actions // 3)}"])
            cuts.append(f"f{number}-{turn}")
            steps.append(Step(needs=frozenset({f"at:{number}"}), gives=gives, via=cuts[-1]))
    made = [
        Action(
            id=f"a{number}",
            minutes=rng.choice([2, 5, 10]),
            notice="nobody",
            cuts=frozenset([cuts[number], *rng.sample(cuts, 3)]),
        )
        for number in range(len(cuts))
    ]
    return Graph(
        starts=frozenset({"name"}),
        steps=tuple(steps),
        goals=frozenset({"home", "contact", "family"}),
        actions=tuple(made),
    )


def test_a_large_plan_closes_everything_whether_proven_or_not() -> None:
    """150 changes, and no time to look: all is closed all the same, and nothing in the plan is idle."""
    graph = big(150)
    plan = cheapest(graph, seconds=-1.0)
    assert not plan.proven
    assert plan.open == ()
    done = frozenset(plan.actions)
    cut = frozenset[str]().union(*(action.cuts for action in graph.actions if action.id in done))
    left = [step for step in graph.steps if step.via not in cut]
    assert not graph.goals & ways.reached(graph.starts, left)


def test_more_work_never_gives_a_dearer_plan() -> None:
    """The best so far gets better with room to look."""
    sets, cost = hard(40)
    costs = [hitting(sets, cost, Budget(work=work)).cost for work in (100, 50_000, 500_000)]
    assert costs == sorted(costs, reverse=True)


def test_a_long_chain_grows_in_step() -> None:
    """Twice the length takes at most three times as long."""

    def steps(length: int) -> list[Step]:
        return [Step(needs=frozenset({f"n{n}"}), gives=f"n{n + 1}", via=f"v{n}") for n in reversed(range(length))]

    def walk(steps: list[Step]) -> None:
        assert ways.chain(["n0"], steps, f"n{len(steps)}") is not None

    grows_in_step(steps, walk, 10_000)
