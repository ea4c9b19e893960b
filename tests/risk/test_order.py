"""The order of the plan, what each action is said to close, and lists of ways that are cut."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import pytest
from tests.growth import grows_in_step

from unlisted.model import Action, Graph, Notice, Step, WayIn
from unlisted.risk import ways
from unlisted.risk.cover import greedy, pruned, smallest
from unlisted.risk.plan import cheapest, ordered, steps_left


def tangle(seed: int) -> Graph:
    """A random graph in layers with several goals, and actions that cut some of its links each."""
    rng = random.Random(seed)
    steps = [
        Step(needs=frozenset({rng.choice(["name", "m0", "m1", "m2"])}), gives=rng.choice(gives), via=f"v{number}")
        for number, gives in enumerate([("m0", "m1", "m2")] * rng.randint(3, 9) + [("home", "contact")] * 8)
    ]
    actions = [
        Action(
            id=f"a{number}",
            minutes=rng.randint(1, 6),
            notice=rng.choice(list(Notice)),
            cuts=frozenset(f"v{cut}" for cut in rng.sample(range(len(steps)), rng.randint(1, 4))),
        )
        for number in range(rng.randint(2, 14))
    ]
    return Graph(
        starts=frozenset({"name"}), steps=tuple(steps), goals=frozenset({"home", "contact"}), actions=tuple(actions)
    )


def pages(number: int, *, goal: str = "contact") -> Graph:
    """So many pages that a name opens, each with one thing on it and the action that takes it out."""
    steps = [
        one
        for page in range(number)
        for one in (
            Step(needs=frozenset({"name"}), gives=f"at:p{page}", via=f"reach:p{page}"),
            Step(needs=frozenset({f"at:p{page}"}), gives=goal, via=f"f{page}"),
        )
    ]
    actions = [
        Action(id=f"a{page}", minutes=5, notice=Notice.NOBODY, cuts=frozenset({f"f{page}"})) for page in range(number)
    ]
    return Graph(starts=frozenset({"name"}), steps=tuple(steps), goals=frozenset({goal}), actions=tuple(actions))


def plain_order(
    graph: Graph, chosen: frozenset[str], found: Sequence[WayIn]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The order as it is said: at each turn every action is counted anew."""
    left, rest, order, closes = list(found), [one for one in graph.actions if one.id in chosen], [], []
    while rest:
        worths = []
        for action in rest:
            closed = [way for way in left if action.cuts & set(way.via)]
            home = sum(way.goal == "home" for way in closed)
            worths.append((len(closed) / action.minutes, -(action.cost // action.minutes), home, len(closed)))
        best = rest.pop(max(range(len(rest)), key=lambda at: (worths[at], -at)))
        closed = [way for way in left if best.cuts & set(way.via)]
        left = [way for way in left if way not in closed]
        order.append(best.id)
        closes.append(len(closed))
    return tuple(order), tuple(closes)


def plain_greedy(sets: Sequence[frozenset[str]], cost: dict[str, int]) -> frozenset[str]:
    """A first answer as it is said, again without what is not needed."""
    left, chosen = list(sets), frozenset[str]()
    while left:
        gain = {name: sum(name in one for one in left) for name in cost}
        best = min(cost, key=lambda name: (-gain[name] / cost[name], cost[name], name))
        chosen |= {best}
        left = [one for one in left if best not in one]
    for name in sorted(chosen, key=lambda name: (-cost[name], name)):
        if all(one & (chosen - {name}) for one in sets):
            chosen -= {name}
    return chosen


@pytest.mark.parametrize("tens", range(10))
def test_the_order_is_that_of_counting_anew_at_each_turn(tens: int) -> None:
    """On 200 random graphs the order and the counts are those of the plain way, for all actions and for the chosen ones."""
    for seed in range(tens * 20, tens * 20 + 20):
        graph = tangle(seed)
        found = ways.ways_in(graph).listed
        for chosen in (frozenset(one.id for one in graph.actions), frozenset(cheapest(graph).actions)):
            assert ordered(graph, chosen, found) == plain_order(graph, chosen, found), seed


def test_the_first_answer_is_that_of_counting_anew() -> None:
    """On 200 random problems the quick choice and what is left out of it are those of the plain way."""
    for seed in range(200):
        rng = random.Random(seed)
        cost = {f"n{number}": rng.randint(1, 9) for number in range(rng.randint(2, 12))}
        sets = [
            frozenset(rng.sample(sorted(cost), rng.randint(1, min(4, len(cost))))) for _ in range(rng.randint(1, 15))
        ]
        assert greedy(sets, cost) == plain_greedy(sets, cost), seed
        assert smallest(sets) == [
            one
            for one in sorted(set(sets), key=lambda one: (len(one), sorted(one)))
            if not any(other < one for other in sets)
        ]


def test_an_answer_that_misses_a_set_is_left_as_it_is() -> None:
    """Nothing is taken out of names that do not meet every set."""
    names = frozenset({"a", "b"})
    assert pruned([frozenset("a"), frozenset("c")], names, {"a": 1, "b": 1, "c": 1}) == names


@pytest.mark.parametrize("number", [450, 600])
def test_each_of_many_pages_is_a_way_and_each_step_closes_one(number: int) -> None:
    """What one page alone gives away is counted to the last, and no action of the plan stands there as closing nothing."""
    plan = cheapest(pages(number))
    assert (len(plan.ways), len(plan.actions), set(plan.closes)) == (number, number, {1})
    assert plan.cut == frozenset()
    assert plan.proven


def test_a_list_that_is_cut_says_so_and_every_action_still_closes_a_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no room for all ways, each action that is needed has one of its own in the list."""
    monkeypatch.setattr(ways, "MAX_WAYS", 40)
    plan = cheapest(pages(60))
    assert plan.cut == {"contact"}
    assert len(plan.ways) == 60
    assert set(plan.closes) == {1}
    assert plan.open == ()


@pytest.mark.parametrize("seed", range(40))
def test_a_way_that_is_added_is_a_way(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ways that stand in a cut list for an action's sake are minimal, and are among those of the whole list."""
    graph = tangle(seed)
    whole = {(one.goal, frozenset(one.via)) for one in ways.ways_in(graph).listed}
    monkeypatch.setattr(ways, "MAX_WAYS", 2)
    plan = cheapest(graph)
    assert {(one.goal, frozenset(one.via)) for one in plan.ways} <= whole
    assert bool(plan.cut) == any(sum(goal == name for goal, _ in whole) > ways.MAX_WAYS for name in ("home", "contact"))
    assert all(plan.closes)


def test_links_that_are_not_needed_are_taken_out() -> None:
    """Of steps with a detour one way in is left, opened without any link where that can be."""
    graph = pages(2)
    detour = Step(needs=frozenset({"at:p1"}), gives="at:p0", via="f-link")
    asked = [detour, *graph.steps[1:]]
    slim = ways.slim(graph, ways.Open.of(graph), asked, "contact")
    assert {step.via for step in slim} in ({"reach:p0", "f0"}, {"reach:p1", "f1"})


def test_exactly_as_many_ways_as_there_is_room_for_is_no_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that holds them all does not say that there are more."""
    monkeypatch.setattr(ways, "MAX_WAYS", 30)
    assert ways.ways_in(pages(30)).cut == frozenset()
    assert ways.ways_in(pages(31)).cut == {"contact"}


def test_work_that_ends_first_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the bound on work comes before the end of the list, there may be more."""
    monkeypatch.setattr(ways, "MAX_WORK", 20)
    found = ways.ways_in(pages(30))
    assert len(found.listed) < 30
    assert found.cut == {"contact"}


def test_a_goal_that_is_listed_in_full_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the goals with more ways than there is room for are named."""
    monkeypatch.setattr(ways, "MAX_WAYS", 10)
    more = pages(20)
    home = Step(needs=frozenset({"at:p0"}), gives="home", via="h0")
    both = Graph(
        starts=more.starts, steps=(*more.steps, home), goals=frozenset({"contact", "home"}), actions=more.actions
    )
    assert ways.ways_in(both).cut == {"contact"}


def test_time_grows_about_as_the_number_of_actions() -> None:
    """Twice the pages take at most three times the work."""
    grows_in_step(pages, cheapest, 450)


@pytest.mark.parametrize("seed", range(30))
def test_no_action_is_spared(seed: int) -> None:
    """Without any one action of the plan a goal that it closes is open: each is worth its place."""
    graph = tangle(seed)
    plan = cheapest(graph)
    hopeless = ways.reached(graph.starts, steps_left(graph, frozenset(one.id for one in graph.actions)))
    for rest in itertools.combinations(plan.actions, max(0, len(plan.actions) - 1)):
        if plan.actions:
            left = ways.reached(graph.starts, steps_left(graph, frozenset(rest)))
            assert (graph.goals - hopeless) & left
