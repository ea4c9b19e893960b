"""Ways in and the cheapest plan."""

from __future__ import annotations

import itertools
import random

import pytest

from unlisted.model import Action, Graph, Step
from unlisted.risk import ways
from unlisted.risk.plan import cheapest, steps_left


def step(needs: str, gives: str, via: str) -> Step:
    """A step; `needs` are words."""
    return Step(needs=frozenset(needs.split()), gives=gives, via=via)


def action(name: str, cuts: str, minutes: int = 5, notice: str = "nobody") -> Action:
    """An action; `cuts` are words."""
    return Action(id=name, minutes=minutes, notice=notice, cuts=frozenset(cuts.split()))


def graph(steps: list[Step], actions: list[Action], goals: str = "home") -> Graph:
    """A graph that starts with a name."""
    return Graph(starts=frozenset({"name"}), steps=tuple(steps), goals=frozenset(goals.split()), actions=tuple(actions))


def made_up(seed: int) -> Graph:
    """A small random AND/OR graph."""
    rng = random.Random(seed)
    names = [f"n{number}" for number in range(rng.randint(3, 7))]
    steps = []
    for number in range(rng.randint(3, 10)):
        needs, gives = rng.sample(["name", *names], rng.randint(1, 2)), rng.choice(names)
        if gives not in needs:
            steps.append(Step(needs=frozenset(needs), gives=gives, via=f"v{number}"))
    actions = [
        action(f"a{number}", " ".join(f"v{cut}" for cut in rng.sample(range(10), rng.randint(1, 4))), rng.randint(1, 9))
        for number in range(rng.randint(1, 7))
    ]
    return graph(steps, actions, " ".join(rng.sample(names, rng.randint(1, 2))))


def exhaustive(one: Graph) -> int:
    """The cost of the cheapest set of actions, by trying all of them."""
    every = frozenset(item.id for item in one.actions)
    hopeless = one.goals & ways.reached(one.starts, steps_left(one, every))
    costs = []
    for size in range(len(one.actions) + 1):
        for chosen in itertools.combinations(one.actions, size):
            left = steps_left(one, frozenset(item.id for item in chosen))
            if not (one.goals - hopeless) & ways.reached(one.starts, left):
                costs.append(sum(item.cost for item in chosen))
    return min(costs)


@pytest.mark.parametrize("tens", range(10))
def test_the_plan_is_as_cheap_as_exhaustive_search(tens: int) -> None:
    """On 1,000 small random graphs no cheaper set of actions exists."""
    for seed in range(tens * 100, tens * 100 + 100):
        one = made_up(seed)
        plan = cheapest(one)
        assert plan.proven
        assert plan.cost == exhaustive(one), seed


@pytest.mark.parametrize("seed", range(60))
def test_after_the_plan_no_closable_way_in_is_left(seed: int) -> None:
    """What is still open is what nothing closes."""
    one = made_up(seed)
    plan = cheapest(one)
    every = frozenset(item.id for item in one.actions)
    open_goals = {way.goal for way in plan.open}
    assert open_goals == one.goals & ways.reached(one.starts, steps_left(one, every))


@pytest.mark.parametrize("seed", range(60))
def test_every_way_in_is_minimal(seed: int) -> None:
    """A way in works, and without any one of its steps it does not."""
    one = made_up(seed)
    for goal in one.goals:
        for chain in ways.chains(one, goal)[0]:
            assert goal in ways.reached(one.starts, chain)
            assert all(goal not in ways.reached(one.starts, chain - {item}) for item in chain)


def test_two_facts_that_are_needed_together_are_closed_by_the_cheaper_one() -> None:
    """Name and town open the listing: cutting the town alone closes it."""
    steps = [
        step("name", "town", "profile"),
        step("name town", "at:listing", "search"),
        step("at:listing", "home", "record"),
    ]
    one = graph(steps, [action("hide town", "profile", 3), action("letter", "record", 15)])
    plan = cheapest(one)
    assert plan.actions == ("hide town",)
    assert [way.goal for way in plan.ways] == ["home"]


def test_two_ways_in_need_two_changes() -> None:
    """Either source alone gives the home away."""
    one = graph([step("name", "home", "a"), step("name", "home", "b")], [action("x", "a"), action("y", "b")])
    plan = cheapest(one)
    assert set(plan.actions) == {"x", "y"}
    assert plan.closes == (1, 1)


def test_one_change_that_closes_both_is_preferred_when_it_is_cheaper() -> None:
    """Cost decides, not the number of changes."""
    steps = [step("name", "home", "a"), step("name", "home", "b")]
    actions = [action("x", "a", 5), action("y", "b", 5), action("z", "a b", 8)]
    assert cheapest(graph(steps, actions)).actions == ("z",)
    dear = [action("x", "a", 3), action("y", "b", 3), action("z", "a b", 8)]
    assert set(cheapest(graph(steps, dear)).actions) == {"x", "y"}


def test_a_change_that_others_notice_costs_more() -> None:
    """Minutes count one, two or four times."""
    costs = [action("a", "v", 10, notice).cost for notice in ("nobody", "the site", "people who follow you")]
    assert [*costs, action("a", "v", 10, "anyone sharing the account").cost] == [10, 10, 20, 40]


def test_a_quiet_change_comes_first_on_a_tie() -> None:
    """Two changes that close as much per minute: the one that nobody notices is done first."""
    steps = [step("name", "home", "a"), step("name", "contact", "b")]
    actions = [action("loud", "a", 5, "people who follow you"), action("quiet", "b", 5)]
    assert cheapest(graph(steps, actions, "home contact")).actions == ("quiet", "loud")


def test_a_way_that_nothing_closes_is_said() -> None:
    """What stays open is named, and the rest is still planned."""
    steps = [step("name", "home", "a"), step("name", "contact", "b")]
    plan = cheapest(graph(steps, [action("x", "b")], "home contact"))
    assert plan.actions == ("x",)
    assert [way.goal for way in plan.open] == ["home"]


def test_nothing_to_close_needs_no_change() -> None:
    """A graph without a way in has an empty plan."""
    plan = cheapest(graph([step("secret", "home", "a")], [action("x", "a")]))
    assert (plan.actions, plan.cost, plan.ways, plan.open) == ((), 0, (), ())


def test_the_same_graph_gives_the_same_plan() -> None:
    """Order of steps and actions does not matter to the result's cost, and equal input gives equal output."""
    one = made_up(7)
    assert cheapest(one) == cheapest(one)


def test_a_bound_that_comes_first_is_said() -> None:
    """Without any time the plan still closes everything, and says that it is not proven."""
    steps = [step("name", "home", f"v{number}") for number in range(12)]
    actions = [action(f"a{number}", f"v{number} v{(number + 1) % 12}", 3 + number % 4) for number in range(12)]
    plan = cheapest(graph(steps, actions), seconds=-1.0)
    assert not plan.proven
    assert plan.open == ()


def test_plain_lists_will_do() -> None:
    """A graph can be made from lists as well as from sets."""
    one = Graph(
        starts=["name"],  # type: ignore[arg-type]
        steps=[Step(needs=["name"], gives="home", via="a")],  # type: ignore[arg-type]
        goals=["home"],  # type: ignore[arg-type]
        actions=[Action(id="x", minutes=1, notice="nobody", cuts=["a"])],  # type: ignore[arg-type]
    )
    assert cheapest(one).actions == ("x",)


def test_the_list_of_ways_is_bounded() -> None:
    """A graph with a great many ways in is listed up to the limit, and still planned."""
    steps = [
        step("name" if layer == 0 else f"m{layer}", f"m{layer + 1}", f"v{layer}-{n}")
        for layer in range(8)
        for n in range(4)
    ]
    steps.append(step("m8", "home", "last"))
    plan = cheapest(graph(steps, [action("x", "last")]))
    assert plan.actions == ("x",)
    assert len(plan.ways) == ways.MAX_WAYS
