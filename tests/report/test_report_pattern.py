"""What times and counts tell in the report: the curve, hours that stand out, days away; and what helps someone who is bothered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from unlisted.model.finding import Certainty
from unlisted.model.plan import Step, WayIn
from unlisted.model.result import AuditResult, HabitSummary, TripSummary
from unlisted.report import html, pattern, text, view
from unlisted.risk.graph import REACH, TOGETHER, at

CURVES = st.lists(st.tuples(st.integers(1, 10**6), st.floats(0, 1)), min_size=2, max_size=8)


def page(result: AuditResult) -> str:
    """The words of the page."""
    return " ".join(LexborHTMLParser(html.render(result)).text(separator=" ").split())


def plain(result: AuditResult) -> str:
    """The words of the text twin, without its line breaks."""
    return " ".join(text.render(result).split())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(CURVES)
def test_the_curve_stays_in_its_frame_and_keeps_its_order(knows: list[tuple[int, float]]) -> None:
    """Dots go from left to right, a surer one stands higher, and none leaves the picture."""
    drawn = pattern.curve(knows)
    assert drawn is not None
    across = [x for x, _, _ in drawn.dots]
    assert across == sorted(across)
    assert all(pattern.LEFT <= x <= pattern.RIGHT and pattern.TOP <= y <= pattern.BOTTOM for x, y, _ in drawn.dots)
    for (_, one), (_, other), (_, y1, _), (_, y2, _) in zip(knows, knows[1:], drawn.dots, drawn.dots[1:], strict=False):
        assert y1 >= y2 if one <= other else y1 <= y2
    assert drawn.path.count("L") == len(knows) - 1


@pytest.mark.parametrize(
    ("score", "sentence"),
    [
        (
            0.95,
            "With one photo or post that tells a place, a stranger is quite sure where you live. It is from “roll”.",
        ),
        (
            0.2,
            "Even one photo or post that tells a place gives no more than a guess where you live. It is from “roll”.",
        ),
    ],
)
def test_a_single_photo_is_told_as_one(rich: AuditResult, score: float, sentence: str) -> None:
    """Not "all 1 photos"."""
    assert pattern.knows(replace(rich, knows=((1, score),), knows_of=("roll",))) == sentence


@pytest.mark.parametrize("knows", [(), ((12, 0.8),)])
def test_a_curve_needs_two_dots(knows: tuple[tuple[int, float], ...]) -> None:
    """A single count is no curve."""
    assert pattern.curve(knows) is None


@pytest.mark.parametrize(
    ("knows", "sentence"),
    [
        (
            ((5, 0.2), (10, 0.62), (41, 0.95)),
            "With 10 of your 41 photos and posts that tell a place, a stranger is fairly sure where you live.",
        ),
        (
            ((5, 0.2), (41, 0.93)),
            "With all 41 photos and posts that tell a place, a stranger is quite sure where you live.",
        ),
        (
            ((5, 0.2), (1_200, 0.4)),
            "Even all 1,200 photos and posts that tell a place give no more than a guess where you live.",
        ),
        ((), ""),
    ],
)
def test_the_curve_in_one_sentence(rich: AuditResult, knows: tuple[tuple[int, float], ...], sentence: str) -> None:
    """The first count with which a stranger is fairly sure, or that all of them give a guess."""
    assert pattern.knows(replace(rich, knows=knows, knows_of=())) == sentence
    whole = pattern.knows(replace(rich, knows=knows, knows_of=("roll", "my feed")))
    assert whole == (f"{sentence} They are from “roll” and “my feed”." if sentence else "")


def test_certainty_is_told_in_the_fixed_words(rich: AuditResult) -> None:
    """Never as a number, and nothing is claimed below a guess."""
    assert pattern.known(rich) == [
        "5 photos and posts: less than a guess",
        "10 photos and posts: a guess",
        "20 photos and posts: fairly sure",
        "41 photos and posts: quite sure",
    ]


@pytest.mark.parametrize("shown", [page, plain])
def test_page_and_text_tell_the_same(rich: AuditResult, shown: Callable[[AuditResult], str]) -> None:
    """Curve, habits, trips, an area, lists that may not be the shortest, and points that were left out: each with its next step."""
    told = shown(rich)
    for line in (
        pattern.knows(rich),
        "Tuesday, 16:00 to 20:00: in 14 of 17 weeks with photos or posts. Quite sure.",
        "7 days in a row, in 8 photos and posts (holiday photos: IMG_2020.jpg, photo 21, 22, 23, 24, 25, 26 and 27). Fairly sure.",
        pattern.OTHER_HOURS,
        pattern.ONCE_BACK,
        pattern.AREA,
        pattern.SHORTER,
        pattern.TOO_MANY,
        "We left out 1 photo or post that told a place or a time that cannot be.",
    ):
        assert line in told, line


@pytest.mark.parametrize("shown", [page, plain])
def test_nothing_is_said_where_there_is_nothing(empty: AuditResult, shown: Callable[[AuditResult], str]) -> None:
    """No heading without a list, no promise."""
    told = shown(empty)
    for line in (
        pattern.HABITS,
        pattern.TRIPS,
        pattern.SHORTER,
        pattern.AREA,
        "Hours that stand out",
        "posts tell where",
    ):
        assert line not in told


def test_a_list_that_is_surely_the_shortest_needs_no_word(rich: AuditResult) -> None:
    """Exact with a list, not exact with one, not exact without."""
    home, library, other, *_ = rich.places
    assert [pattern.fewest(place) for place in (home, library, other)] == ["", pattern.SHORTER, pattern.TOO_MANY]


def test_many_trips_and_habits_are_folded(rich: AuditResult) -> None:
    """Seven are seen, the rest can be opened; a trip with many posts stays one line."""
    trip = TripSummary(days=3, posts=400, certainty=Certainty.QUITE, score=0.9, seen_in=(("roll", tuple(range(400))),))
    habit = HabitSummary(weekday=2, block=5, weeks=9, of=9, certainty=Certainty.FAIRLY, score=0.7)
    whole = replace(rich, trips=(trip,) * 20, habits=(habit,) * 9)
    tree = LexborHTMLParser(html.render(whole))
    folds = [node.text() for node in tree.css("section[aria-labelledby=week] details.more > summary")]
    assert folds == ["Show 2 more", "Show 13 more"]
    assert "388 more" in pattern.trip(trip, {})


def test_labels_of_a_trip_are_text(worded: Callable[[str], AuditResult]) -> None:
    """A label that looks like markup stands there as it is."""
    told = html.render(worded("<b onclick=hit(1)>"))
    assert "(&lt;b onclick=hit(1)&gt;: &lt;b onclick=hit(1)&gt; and 2)" in told
    assert "They are from “&lt;b onclick=hit(1)&gt;” and “&lt;b onclick=hit(1)&gt;”." in told


def test_ways_are_counted_by_the_sources_they_go_through(rich: AuditResult) -> None:
    """The one with the most comes first; a way over two sources counts for both."""
    shown = view.view(rich)
    assert shown.through[""][0] == ("people finder", 3)
    assert dict(shown.through["routine"]) == {"running page": 1, "my blog": 1, "my profile": 1}
    assert "The ways go through 7 sources: 3 through “people finder”" in page(rich)
    assert "The ways go through 7 sources: 3 through “people finder”" in plain(rich)


def test_the_page_for_someone_who_is_bothered_is_always_there(results: dict[str, AuditResult]) -> None:
    """Steps, signs and the law of the country, folded; each sentence whole, with where it is known from."""
    tree = LexborHTMLParser(html.render(results["rich"]))
    (fold,) = tree.css("#bothered")
    assert "open" not in fold.attributes
    told = " ".join(fold.text(separator=" ").split())
    support = results["rich"].support
    for guide in (*support.steps, *support.signs):
        assert all(sentence in told for sentence in (guide.title, *guide.sentences))
    for law in support.laws:
        assert all(sentence in told for sentence in law.sentences), law.title
    assert support.laws_known[0] in told
    assert "This is not legal advice." in told
    assert all("If someone is bothering you" in html.render(one) for one in results.values())
    assert all("If someone is bothering you" in text.render(one) for one in results.values())


def test_a_country_without_a_card_is_told_so(rich: AuditResult) -> None:
    """The sentence stands in the place of the law, in page and text."""
    without = replace(rich, support=replace(rich.support, laws=(), no_law="We have no card on this law: not verified."))
    assert "We have no card on this law: not verified." in page(without)
    assert "We have no card on this law: not verified." in plain(without)


def test_the_town_is_told_to_help_and_not_counted(rich: AuditResult) -> None:
    """Where name and town open a listing, the report says how many sources tell the town, and that it closes nothing."""
    assert rich.graph is not None
    assert rich.cheapest is not None
    listing = "people finder"
    reach = Step(needs=frozenset({"name"}), gives=at(listing), via=REACH + listing)
    both = Step(needs=frozenset({"name", "town"}), gives=at(listing), via=TOGETHER + listing)
    tells = [replace(step, gives="town") for step in rich.graph.steps[1:2]]
    way = WayIn(goal="home", via=(reach.via, rich.findings[0].fingerprint))
    whole = replace(
        rich,
        graph=replace(rich.graph, steps=(*rich.graph.steps, reach, both, *tells)),
        cheapest=replace(rich.cheapest, ways=(way,)),
    )
    shown = view.view(whole)
    assert shown.town == ((listing,), 1)
    for told in (page(whole), plain(whole)):
        assert "Your town helps a stranger to pick you out in “people finder”. 1 source tells it." in told
    assert shown.graph is not None
    assert {line for box in shown.graph.boxes for line in box.lines} >= {"Your town", "Your name", listing}
    assert "Your town helps" not in page(rich)
