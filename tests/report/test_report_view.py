"""What is shown: grouped, counted, bounded; and the sentences that depend on counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.model.finding import Certainty, Finding, NotChecked, Priority
from unlisted.model.result import Advice, AuditResult, SourceSummary, WayInSummary
from unlisted.report import view, words

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def audit(*, read: int = 0, unread: int = 0, findings: int = 0) -> AuditResult:
    """A result with so many sources that were read, that were not, and findings."""
    sources = [SourceSummary(label=f"read {n}", kind="page", control="claimed", read=1, found=1) for n in range(read)]
    sources += [SourceSummary(label=f"not read {n}", kind="page", control="claimed", found=1) for n in range(unread)]
    found = tuple(
        Finding(
            check="a/b",
            source="read 0",
            where=f"line {number}",
            kind="phone",
            fact=None,
            priority=Priority.SOON,
            certainty=Certainty.QUITE,
            score=0.9,
            title="A number",
            learns="A stranger can call.",
            fingerprint=str(number),
        )
        for number in range(findings)
    )
    return AuditResult(made_on=NOW, country="US", sources=tuple(sources), findings=found)


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (audit(), "You gave us no source yet, so we looked at nothing."),
        (audit(unread=2), "We could not look at any source that you gave us."),
        (audit(read=4), "We found nothing in the 4 sources that you gave us."),
        (audit(read=1), "We found nothing in the 1 source that you gave us."),
        (audit(read=3, unread=1), "We looked at 3 of 4 sources and found nothing there."),
        (audit(read=2, findings=1), "We looked at 2 sources. We found 1 thing to know and 0 ways in."),
        (audit(read=2, unread=1, findings=5), "We looked at 2 of 3 sources. We found 5 things to know and 0 ways in."),
    ],
)
def test_the_one_sentence_is_true(result: AuditResult, sentence: str) -> None:
    """The sentence on top says what was looked at and what came of it, and never more."""
    assert words.sentence(result) == sentence


def test_empty_folder_was_looked_at() -> None:
    """A folder without photos was looked at; a source with a reason was not."""
    empty = SourceSummary(label="photos", kind="photos", control="proven")
    result = AuditResult(made_on=NOW, country="US", sources=(empty,))
    assert words.looked_at(result) == [empty]
    failed = replace(result, not_checked=(NotChecked(source="photos", reason="the folder cannot be opened"),))
    assert words.looked_at(failed) == []


def test_tiles_tell_pieces_from_ways(rich: AuditResult) -> None:
    """A piece without a whole way in is called a piece."""
    tiles = {tile.goal: tile for tile in view.view(replace(rich, ways_in=())).tiles}
    assert (tiles["contact"].state, tiles["contact"].answer) == ("pieces", "Only 2 pieces of it")
    assert tiles["contact"].detail == "On “choir member list” and “old forum”. No whole way in."
    assert tiles["family"].answer == "Only 1 piece of it"


def test_ways_left_are_recounted(rich: AuditResult) -> None:
    """A way in is closed as soon as one of its findings is gone, and the bars say how many stay."""
    prints = [one.fingerprint for one in rich.findings]
    assert view.still_open(rich, ()) == 8
    assert view.still_open(rich, {prints[0]}) == 6
    assert view.still_open(rich, {prints[0], prints[1]}) == 5
    assert [(bar.key, bar.number) for bar in view.view(rich).bars] == [
        ("then", 8),
        ("now", 8),
        ("first", 3),
        ("all", 0),
    ]


def test_recount_agrees_with_the_plan(rich: AuditResult) -> None:
    """What the plan says each of its steps closes is what the page counts."""
    gone: set[str] = set()
    for advice in rich.plan[:5]:
        before = view.still_open(rich, gone)
        gone.update(advice.findings)
        assert before - view.still_open(rich, gone) == advice.closes


def test_steps_of_the_plan_come_first(rich: AuditResult) -> None:
    """What closes a way in stands before what does not, whatever the order in which it came."""
    turned = replace(rich, plan=tuple(reversed(rich.plan)))
    shown = view.view(turned)
    tasks = (*shown.first, *shown.later, *shown.rest)
    assert [task.number for task in tasks] == list(range(1, 9))
    assert [task.advice.in_plan for task in tasks] == [True] * 6 + [False] * 2
    assert len(shown.rest) == 2
    assert shown.first[0].index == 2


def test_found_groups_by_source_with_the_urgent_first(rich: AuditResult) -> None:
    """Sources and cards with the most urgent finding come first, and nothing is lost."""
    found = view.view(rich).found
    ranks = [view.URGENCY[source.priority] for source in found]
    assert ranks == sorted(ranks)
    assert sum(source.number for source in found) == 25
    indexes = [row.index for source in found for group in source.groups for row in group.rows]
    assert sorted(indexes) == list(range(25))


def test_same_exposure_is_one_card(rich: AuditResult) -> None:
    """Ten photos with the same number of the camera are one card with ten spots."""
    photos = next(source for source in view.view(rich).found if source.source.label == "holiday photos")
    assert [len(group.rows) for group in photos.groups] == [1, 10]
    assert [task.number for task in photos.groups[1].tasks] == [2]


def test_finding_of_an_unknown_source_is_still_shown() -> None:
    """A label that is not in the list of sources does not lose its findings."""
    result = replace(audit(findings=2), sources=())
    assert [source.source.label for source in view.view(result).found] == ["read 0"]


def test_bounds_are_counted(rich: AuditResult) -> None:
    """What has no room is counted for each part."""
    bounded = replace(
        rich,
        ways_in=rich.ways_in * 10,
        places=rich.places * 7,
        not_checked=rich.not_checked * 70,
        plan=tuple(replace(one, source=f"{one.source} {turn}") for turn in range(20) for one in rich.plan),
        clear=rich.clear * 60,
    )
    shown = view.view(bounded)
    assert shown.cut == {
        "findings": 0,
        "ways": 20,
        "plan": 60,
        "places": 5,
        "not_checked": 10,
        "letters": 0,
        "fine": 100,
    }
    assert sum(chain.times for chain in shown.chains) == view.MOST_WAYS
    assert len(shown.first) + len(shown.later) + len(shown.rest) == view.MOST_ACTIONS


def test_fine_is_told_source_by_source(rich: AuditResult) -> None:
    """What was looked for and not found stands under its source, each title once."""
    fine = dict(view.view(replace(rich, clear=rich.clear * 2)).fine)
    assert set(fine) == {"my profile", "my blog", "photo page"}
    assert fine["my profile"] == ("No place is stored in the pictures",)
    assert len(fine["my blog"]) == 8


@pytest.mark.parametrize(("detail", "shown"), [(None, None), ("location_text", None), ("two of them", "two of them")])
def test_only_words_are_shown_as_detail(rich: AuditResult, detail: str | None, shown: str | None) -> None:
    """The name of a field is not for people."""
    one = replace(rich.findings[0], detail=detail)
    found = view.view(replace(rich, findings=(one,))).found
    assert found[0].groups[0].rows[0].detail == shown


def test_same_telling_is_shown_once(rich: AuditResult) -> None:
    """Ways in with the same words are one line that says for how many it stands."""
    way = rich.ways_in[0]
    twins = tuple(replace(way, findings=(str(number),)) for number in range(3))
    chains = view.view(replace(rich, ways_in=(*twins, rich.ways_in[3]))).chains
    assert [chain.times for chain in chains] == [3, 1]


def test_nearness_is_said_of_declared_places_only(rich: AuditResult) -> None:
    """How far an undeclared place is from a declared one is not told."""
    home, other = rich.places[0], replace(rich.places[2], distance="under 500 m")
    assert words.near(home) == "under 100 m"
    assert words.near(other) == "you did not tell us this place"
    assert words.near(replace(home, distance=None)) == "not known"


def test_looks_is_part_of_a_sentence(rich: AuditResult) -> None:
    """A description that ends in a full stop does not end in two."""
    assert words.looks(replace(rich.places[0], looks_like="Somewhere you often were.")) == "Somewhere you often were"
    assert words.looks(replace(rich.places[0], role="elsewhere")) == "elsewhere"


def test_unknown_finding_in_a_way_is_left_out_of_the_numbers(rich: AuditResult) -> None:
    """A name that no finding bears does not break the count on the page."""
    way = WayInSummary(goal="home", steps=("A step.",), sources=("my blog",), findings=("nowhere",))
    assert view.view(replace(rich, ways_in=(way,))).data["ways"] == [[]]


@pytest.mark.parametrize(
    ("minutes", "days", "text"),
    [
        (1, 0, ("About 1 minute", "")),
        (5, 1, ("About 5 minutes", "then wait 1 day")),
        (0, 30, ("About 0 minutes", "then wait 30 days")),
    ],
)
def test_time_and_waiting_are_apart(minutes: int, days: int, text: tuple[str, str]) -> None:
    """The minutes of work and the days of waiting are two things."""
    advice = Advice(
        id="a", title="a", source="s", minutes=minutes, notice="nobody", check="", steps=(), closes=0, wait_days=days
    )
    assert (words.minutes(advice), words.wait(advice)) == text


def test_everyone_who_notices_has_a_sentence() -> None:
    """The four fixed words each have a sentence; another word is still said."""
    assert words.notice("anyone sharing the account") == "Anyone who shares the account may notice."
    assert len(words.NOTICE) == 4
    assert words.notice("your boss") == "Who notices: your boss."


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
    ],
)
def test_lists_in_a_sentence(items: list[str], text: str) -> None:
    """Three are named; the rest is counted."""
    assert words.listed(items) == text


def test_labels_of_another_direction_are_set_apart() -> None:
    """A label that is read from right to left is isolated within a sentence; a plain one is left as it is."""
    assert words.listed(["blog", "מחברת"]) == "blog and \u2068מחברת\u2069"
    assert words.apart("\u2069מחברת\u2068") == "\u2068מחברת\u2069"


def test_busiest_blocks_are_in_the_past_and_four_hours_long() -> None:
    """The three highest blocks of the week, in words."""
    week = [[0] * 24 for _ in range(7)]
    week[1][18] = 5
    week[1][19] = 4
    week[6][0] = 1
    assert words.busiest(words.blocks_of(week)) == [
        "Tuesday, 16:00 to 20:00: 9 times",
        "Sunday, 00:00 to 04:00: 1 time",
    ]


def test_ordinals_are_cut() -> None:
    """Twelve ordinals are named; the rest is counted."""
    told = words.ordinals([("photos", range(1, 15))], {})
    assert told == ["photos: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more"]


def test_photos_are_told_by_their_names_where_these_tell_nothing(rich: AuditResult) -> None:
    """A file can be found by its name, and a number is one of a post; a name of another source counts for nothing."""
    named = words.names(
        replace(rich, photo_names=(("roll", 2, "IMG_2.jpg"), ("roll", 3, "photo 3"), ("x", 4, "a.jpg")))
    )
    told = words.ordinals([("roll", (2, 3, 4)), ("my feed", (2,))], named, 2)
    assert told == ["roll: IMG_2.jpg, photo 3 and 1 more", "my feed: 2"]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet=st.characters(), max_size=600))
def test_clean_keeps_what_can_be_read(text: str) -> None:
    """What comes out can be written, moves nothing, is not too long, and is itself when cleaned again."""
    plain = words.clean(text)
    assert len(plain) <= words.LONGEST
    plain.encode()  # raises for half a surrogate pair
    assert not set(plain) & set("\x1b\x07\x00\u202e\u2066\u200b")
    assert words.clean(plain) == plain


def test_clean_cuts_with_a_sign() -> None:
    """A text that is too long ends in an ellipsis; one that just fits does not."""
    assert words.clean("x" * words.LONGEST) == "x" * words.LONGEST
    assert words.clean("x" * (words.LONGEST + 1)) == "x" * (words.LONGEST - 1) + "…"


def test_letters_are_named_by_what_they_do() -> None:
    """Each kind of letter has its title; what needs no letter has steps."""
    assert words.letter("access") == "Ask what they hold"
    assert words.letter("steps") == words.letter("<b>") == "Steps to take"


@pytest.mark.parametrize("do", ["setting", "edit", "clean", "rename", "remove", "letter"])
def test_each_kind_of_change_says_how_likely_it_works(rich: AuditResult, do: str) -> None:
    """No rate is given, since none is known; a word that is not in the list is passed over in silence."""
    told = words.works(replace(rich.plan[0], do=do))
    assert told.endswith(".")
    assert "%" not in told
    assert words.works(replace(rich.plan[0], do="other")) == ""


def test_a_plan_that_was_cut_short_says_so(rich: AuditResult) -> None:
    """The cheapest found so far is not called the cheapest; without a plan nothing is said."""
    assert rich.cheapest is not None
    assert words.plan(rich) == words.PROVEN
    assert words.plan(replace(rich, cheapest=replace(rich.cheapest, proven=False))) == words.BEST_SO_FAR
    assert words.plan(replace(rich, cheapest=None)) == ""
    assert words.plan(replace(rich, cheapest=replace(rich.cheapest, actions=()))) == ""
