"""From findings to the graph: how sources are come by, and facts that open one together."""

from __future__ import annotations

from dataclasses import replace

from unlisted import registry
from unlisted.model import Action, Certainty, Finding, Graph, Priority, Step, fingerprint
from unlisted.risk import ways
from unlisted.risk.graph import REACH, STARTS, TOGETHER, Reach, at, build, source_reached
from unlisted.risk.plan import cheapest

CARDS = {check.id: check.card for check in registry.checks().values()}
FINDER = Reach(source="finder", needs=("name",), together=("name", "town"))
PROFILE = Reach(source="profile", needs=("name",))


def finding(check: str, source: str, *gives: str, score: float = 0.95, other: str | None = None) -> Finding:
    """One finding that gives these things."""
    return Finding(
        check=check,
        source=source,
        where="the page",
        kind="address",
        fact="home",
        priority=Priority.NOW,
        certainty=Certainty.QUITE,
        score=score,
        title="Something",
        learns="A stranger learns it.",
        fingerprint=fingerprint(check=check, source=source, locator="x", fact="home", ordinal=0),
        gives=gives,
        other=other,
    )


RECORD = finding("listings/address", "finder", "home")
TOWN = finding("profiles/town", "profile", "town")


def graph(*findings: Finding, reaches: tuple[Reach, ...] = (FINDER, PROFILE)) -> Graph:
    """The graph of these findings."""
    return build(findings, cards=CARDS, reaches=reaches)


def chains(made: Graph) -> list[tuple[str, ...]]:
    """The ways in by the names of their steps."""
    return [way.via for way in ways.ways_in(made).listed]


def test_a_town_adds_no_way_where_the_name_alone_will_do() -> None:
    """A way hangs on what shows somewhere: with the record alone the home is found, so no other link is needed."""
    made = graph(RECORD, TOWN)
    assert chains(made) == [(REACH + "finder", RECORD.fingerprint)]
    assert {step.via for step in made.steps} >= {TOGETHER + "finder", TOWN.fingerprint}


def test_where_the_town_is_needed_each_source_that_tells_it_makes_a_way() -> None:
    """A record that opens for name and town together: every chain names its town, and each of its links is needed."""
    both = Reach(source="finder", needs=(), together=("name", "town"))
    blog = Reach(source="blog", needs=("name",))
    second = finding("profiles/town", "blog", "town")
    made = graph(RECORD, TOWN, second, reaches=(both, PROFILE, blog))
    found = chains(made)
    assert {frozenset(way) - ways.Open.of(made).free for way in found} == {
        frozenset({TOWN.fingerprint, RECORD.fingerprint}),
        frozenset({second.fingerprint, RECORD.fingerprint}),
    }
    assert all(TOGETHER + "finder" in way for way in found)


def test_ways_that_open_a_page_in_two_ways_are_one() -> None:
    """A page that is found by name and by user name gives one way: nothing can be taken out of the finding of it."""
    twice = Reach(source="finder", needs=("handle", "name"))
    assert len(chains(graph(RECORD, reaches=(twice,)))) == 1


def test_an_opening_that_can_be_cut_is_a_link() -> None:
    """A user name that can be changed: coming to the page by it is a way of its own, which the change closes."""
    twice = Reach(source="finder", needs=("handle", "name"))
    made = graph(RECORD, reaches=(twice,))
    by_handle = Step(needs=frozenset({"handle"}), gives=at("finder"), via=REACH + "by handle")
    rename = Action(id="rename", minutes=15, notice="nobody", cuts=frozenset({by_handle.via}))
    steps = tuple(step for step in made.steps if step.needs != {"handle"})
    cut = replace(made, steps=(*steps, by_handle), actions=(*made.actions, rename))
    assert ways.Open.of(cut).free == {REACH + "finder"}
    assert len(chains(cut)) == 1  # the name opens it all the same
    alone = replace(cut, steps=tuple(step for step in cut.steps if step.via != REACH + "finder"))
    (way,) = chains(alone)
    assert set(way) == {by_handle.via, RECORD.fingerprint}


def test_without_a_town_there_is_only_the_name() -> None:
    """No source tells the town, or it is only guessed: the step that needs it is not in the graph."""
    guess = finding("profiles/town", "profile", "town", score=0.4)
    for made in (graph(RECORD), graph(RECORD, guess)):
        assert chains(made) == [(REACH + "finder", RECORD.fingerprint)]
        assert not any(step.via.startswith(TOGETHER) for step in made.steps)


def test_hiding_the_town_does_not_close_the_listing() -> None:
    """The plan asks for the removal: whoever has the name still finds the record, and hiding the town closes nothing."""
    made = graph(RECORD, TOWN)
    plan = cheapest(made)
    assert plan.actions == ("finder/letter/listing",)
    assert plan.open == ()
    hide = next(action for action in made.actions if action.id.startswith("profile/"))
    left = [way for way in plan.ways if not hide.cuts & set(way.via)]
    assert [way.via for way in left] == [(REACH + "finder", RECORD.fingerprint)]


def test_hiding_something_never_adds_a_way() -> None:
    """The ways of an audit without a finding are those of the audit with it, less the ones that it was a link of."""
    every = (
        RECORD,
        TOWN,
        finding("profiles/phone", "profile", "contact"),
        finding("listings/phone", "finder", "contact"),
    )
    whole = set(chains(graph(*every)))
    for left_out in every:
        rest = [one for one in every if one is not left_out]
        assert set(chains(graph(*rest))) == {way for way in whole if left_out.fingerprint not in way}


def test_the_town_is_no_goal() -> None:
    """A page that tells the town alone is no way in."""
    assert chains(graph(TOWN)) == []


def test_a_hidden_source_is_opened_by_a_link_alone() -> None:
    """A source that nobody comes to by name is reached through the page that links to it."""
    link = finding("accounts/linked", "profile", "handle", other="diary")
    diary = finding("profiles/address", "diary", "home")
    (way,) = chains(graph(link, diary))
    assert way == (REACH + "profile", link.fingerprint, diary.fingerprint)
    assert chains(graph(diary)) == []


def test_steps_name_their_source() -> None:
    """A step that is no finding says to which source it leads; a finding's says none."""
    assert source_reached(REACH + "a: b") == source_reached(TOGETHER + "a: b") == "a: b"
    assert source_reached(RECORD.fingerprint) is None
    made = graph(RECORD, TOWN)
    assert made.starts == STARTS
    assert {step.gives for step in made.steps} == {at("finder"), at("profile"), "town", "home"}
