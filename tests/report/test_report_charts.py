"""The shapes of the pictures: what is drawn, where, and that it stays in its frame."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.model.finding import Certainty
from unlisted.model.plan import Graph, Plan, Step, WayIn
from unlisted.model.result import AuditResult, PlaceSummary
from unlisted.report import charts, words


def place(name: str = "A", points: int = 1, distance: str | None = None, *, declared: bool = False) -> PlaceSummary:
    """A place with what the diagram looks at."""
    return PlaceSummary(
        name=name,
        declared=declared,
        role="visited",
        certainty=Certainty.GUESS,
        score=0.4,
        rank=1,
        points=points,
        days=1,
        distance=distance,
    )


def columns(picture: charts.GraphPicture) -> dict[float, list[str]]:
    """The words of the boxes by the left edge of their column, top to bottom."""
    found: dict[float, list[str]] = {}
    for box in sorted(picture.boxes, key=lambda box: box.y):
        found.setdefault(box.x, []).append(" ".join(box.lines))
    return found


def drawn(result: AuditResult) -> charts.GraphPicture:
    """The picture of a result that has ways in."""
    picture = charts.graph(result)
    assert picture is not None
    return picture


def test_graph_has_three_columns(rich: AuditResult) -> None:
    """Facts stand on the left, sources in the middle, goals on the right and in their fixed order."""
    left, middle, right = (names for _, names in sorted(columns(drawn(rich)).items()))
    assert set(left) == {"Your name", "A photo of you", "Your town", "Your user name"}
    assert set(middle) <= {one.label for one in rich.sources}
    assert right == ["Where you live", "Your week", "How to reach you", "Your family"]


def test_graph_marks_what_leads_home(rich: AuditResult) -> None:
    """Thick lines and warm boxes are those of the ways home, and of nothing else."""
    warm = {" ".join(box.lines) for box in drawn(rich).boxes if box.tone == "home"}
    assert warm == {"Where you live", "people finder", "my profile", "holiday photos"}
    assert {link.tone for link in drawn(rich).links} == {"home", "other", "back"}
    tones = [link.tone for link in drawn(rich).links]
    assert tones.index("home") > max(at for at, tone in enumerate(tones) if tone == "other")


def test_graph_of_reaches_and_links(rich: AuditResult) -> None:
    """Coming to a source is a line from a fact to it; a link from source to source is dashed; both are drawn once."""
    found = rich.findings
    steps = (
        Step(needs=frozenset({"name"}), gives="at:my profile", via="reach:my profile"),
        Step(needs=frozenset({"handle"}), gives="at:old forum", via="reach:old forum"),
        Step(needs=frozenset({"at:my profile"}), gives="at:people finder", via=found[1].fingerprint),
        Step(needs=frozenset({"at:people finder"}), gives="home", via=found[0].fingerprint),
    )
    graph = Graph(starts=frozenset({"name", "handle"}), steps=steps, goals=frozenset({"home"}))
    chain = WayIn(goal="home", via=("reach:my profile", found[1].fingerprint, found[0].fingerprint))
    made = replace(rich, graph=graph, cheapest=Plan(actions=(), cost=0, ways=(chain,)), ways_in=rich.ways_in[1:2])
    picture = drawn(made)
    assert {" ".join(box.lines) for box in picture.boxes} == {
        "Your name",
        "my profile",
        "people finder",
        "Where you live",
    }
    assert sorted(link.tone for link in picture.links) == ["back", "home", "home"]


def test_graph_without_steps_is_drawn_from_the_chains(rich: AuditResult) -> None:
    """Where no graph came along, the chains alone give a picture."""
    picture = drawn(replace(rich, graph=None))
    assert "Anyone who looks" in {" ".join(box.lines) for box in picture.boxes}


def test_no_way_in_no_graph(empty: AuditResult) -> None:
    """Nothing is drawn where there is nothing to join."""
    assert charts.graph(empty) is None


def test_graph_leaves_out_what_has_no_room(rich: AuditResult) -> None:
    """A column has seven boxes at most, and the rest is counted."""
    way = rich.ways_in[0]
    ways = tuple(replace(way, sources=(f"source {number}",), findings=()) for number in range(20))
    picture = drawn(replace(rich, graph=None, ways_in=ways))
    assert max(len(names) for names in columns(picture).values()) == charts.MOST_BOXES
    assert picture.left_out == 20 - charts.MOST_BOXES


def test_no_box_without_a_line(rich: AuditResult) -> None:
    """A fact that leads only to sources without room has no box of its own."""
    found = rich.findings[0]
    ways = tuple(
        replace(rich.ways_in[0], findings=(str(number),), sources=(f"source {number}",)) for number in range(30)
    )
    findings = tuple(replace(found, fingerprint=str(number), source=f"source {number}") for number in range(30))
    steps = tuple(Step(needs=frozenset({f"start {number}"}), gives="home", via=str(number)) for number in range(30))
    graph = Graph(starts=frozenset({"name"}), steps=steps, goals=frozenset({"home"}))
    picture = drawn(replace(rich, findings=findings, ways_in=ways, graph=graph))
    assert len(picture.links) >= 2
    assert len(picture.boxes) <= len(picture.links) + 1


def test_boxes_do_not_overlap_and_stay_inside(rich: AuditResult) -> None:
    """Every box lies in the frame, and none lies on another."""
    picture = drawn(rich)
    for box in picture.boxes:
        assert 0 <= box.x <= picture.width - charts.BOX_WIDTH
        assert 24 <= box.y <= picture.height - charts.BOX_HEIGHT
        others = [other for other in picture.boxes if other is not box and other.x == box.x]
        assert all(abs(other.y - box.y) >= charts.BOX_HEIGHT for other in others)


def test_links_are_plain_paths(worded: Callable[[str], AuditResult]) -> None:
    """A path is made of numbers only, whatever the labels say."""
    for link in drawn(worded('M0 0"><script>')).links:
        assert re.fullmatch(r"M[\d. -]+C[\d. -]+", link.path)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_two_lines_hold_any_label(label: str) -> None:
    """A label takes one or two lines of limited length."""
    lines = charts.two_lines(label)
    assert 1 <= len(lines) <= 2
    assert all(len(line) <= charts.LINE_LENGTH for line in lines)


def test_two_lines_say_that_they_were_cut() -> None:
    """What does not fit ends in an ellipsis."""
    assert charts.two_lines("short") == ("short",)
    assert charts.two_lines("w" * 100)[1].endswith("…")


@pytest.mark.parametrize(
    ("distance", "ring"),
    [("under 100 m", 0), ("within 100 m", 0), ("under 500 m", 1), ("under 2 km", 2), ("further", 3), (None, 3)],
)
def test_declared_place_stands_in_the_ring_of_its_distance(distance: str | None, ring: int) -> None:
    """The ring is the distance class; one that is not known stands in the last."""
    radius = charts.ring_of(place("home", distance=distance, declared=True))
    inner = charts.RINGS[ring - 1][1] if ring else 0
    assert inner < radius < charts.RINGS[ring][1]


def test_undeclared_places_share_the_outer_ring() -> None:
    """Nothing is said of how far an undeclared place is."""
    assert {charts.ring_of(place("A", distance=near)) for near in ("under 100 m", "further", None)} == {charts.OUTER}


def test_angle_is_the_order_and_nothing_else() -> None:
    """Two places with the same order and ring stand at the same spot, whatever else differs."""
    one = charts.rings([place("A", 3), place("B", 9)])
    other = charts.rings([place("C", 3), place("D", 9)])
    assert [(dot.x, dot.y) for dot in one] == [(dot.x, dot.y) for dot in other]


def test_area_grows_with_the_count() -> None:
    """The size is the square root of the count: four times as many make the growing part twice as wide."""
    small, large = charts.rings([place("A", 25), place("B", 100)])
    assert (large.r - 14) / (small.r - 14) == pytest.approx(2)


@pytest.mark.parametrize("declared", [True, False])
def test_dots_stay_in_the_frame_and_off_the_top(*, declared: bool) -> None:
    """No dot leaves the picture, covers the names of the rings, or covers another dot."""
    for total in range(1, 6 if declared else charts.MOST_DOTS + 1):
        places = [place(str(number), 5, "under 100 m", declared=declared) for number in range(total)]
        dots = charts.rings(places)
        for dot in dots:
            assert dot.r <= dot.x <= 600 - dot.r
            assert dot.r <= dot.y <= 600 - dot.r
            angle = math.degrees(math.atan2(dot.x - charts.MIDDLE, charts.MIDDLE - dot.y))
            assert abs(angle) >= charts.FREE - 1
        for one, other in combinations(dots, 2):
            assert math.dist((one.x, one.y), (other.x, other.y)) > one.r + other.r


def test_keys_are_numbers_and_letters() -> None:
    """Declared places are numbered in their order; the others keep their letter."""
    places = [place("home", declared=True), place("A"), place("a very long label", declared=True), place("B")]
    assert charts.keys(places) == ("1", "A", "2", "B")
    assert [dot.key for dot in charts.rings(places)] == ["1", "A", "2", "B"]


def test_diagram_is_bounded() -> None:
    """More places than fit are left to the table."""
    assert len(charts.rings([place(str(number)) for number in range(50)])) == charts.MOST_DOTS


def test_week_has_every_hour_once(rich: AuditResult) -> None:
    """168 squares, none twice, none on another."""
    picture = charts.week(rich.week)
    assert picture is not None
    corners = [corner for step in picture.squares for corner in step]
    assert len(corners) == len(set(corners)) == 7 * 24
    assert len(picture.dots) == len(picture.squares[charts.STEPS]) == 2


@pytest.mark.parametrize("counts", [None, (), ((0,) * 24,) * 7])
def test_no_week_without_counts(counts: tuple[tuple[int, ...], ...] | None) -> None:
    """An empty week is not drawn."""
    assert charts.week(counts) is None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(min_value=-5, max_value=10**9), max_size=30), max_size=10))
def test_week_takes_any_counts(counts: list[list[int]]) -> None:
    """Whatever the numbers and the shape, at most 168 squares in six shades come out."""
    picture = charts.week(counts)
    if picture is not None:
        assert len(picture.squares) == charts.STEPS + 1
        assert sum(map(len, picture.squares)) <= 7 * 24


@pytest.mark.parametrize(("number", "step"), [(0, 0), (1, 1), (20, 1), (21, 2), (80, 4), (81, 5), (100, 5)])
def test_shades_are_equal_parts(number: int, step: int) -> None:
    """Five equal parts of the highest count, and none for nothing."""
    assert charts.shade(number, 100) == step


def test_meter_scales_to_the_highest() -> None:
    """The highest bar fills the picture; nothing at all fills nothing."""
    assert [bar.width for bar in charts.meter([("a", "A", 8), ("b", "B", 2), ("c", "C", 0)])] == [100, 25, 0]
    assert [bar.width for bar in charts.meter([("a", "A", 0)])] == [0]


def test_every_goal_and_start_has_a_word() -> None:
    """What the picture names has a word of its own."""
    assert set(words.GOALS) == {"home", "routine", "contact", "family"}
    assert words.label("birth_date", words.STARTS) == "Your birth date"
    assert words.label("some_new-thing", words.STARTS) == "some new thing"
