"""Steps of the plan as they are listed: near-equal changes of one visit are one step, and each says in how many spots."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.growth import grows_in_step

from unlisted.model.finding import Certainty, Finding, Priority
from unlisted.model.result import Advice, AuditResult
from unlisted.report import html, text, words
from unlisted.report.tasks import MOST_STEPS, Task, by_finding, joined, spots, tasks

OPEN, SAVE = "Open the page for editing.", "Save, and look at the page while signed out."


def change(title: str, *between: str, **more: object) -> Advice:
    """One change of the plan, on “my blog” where nothing else is said."""
    plain = Advice(
        id=title,
        title=title,
        source="my blog",
        minutes=5,
        notice="nobody",
        check="c",
        steps=(OPEN, *(between or ("Take it out.",)), SAVE),
        closes=1,
        do="edit",
        findings=(title,),
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # the keywords are those of the class


def finding(where: str, *, check: str = "profiles/phone", evidence: tuple[str, ...] = ()) -> Finding:
    """A finding that stands there."""
    return Finding(
        check=check,
        source="my blog",
        where=where,
        kind="phone",
        fact="mobile",
        priority=Priority.SOON,
        certainty=Certainty.QUITE,
        score=0.95,
        title="t",
        learns="l",
        fingerprint=where,
        evidence=evidence,
    )


def listed(*changes: Advice) -> list[Advice]:
    """The changes as they are listed."""
    return [advice for _, advice in joined(list(enumerate(changes)))]


PHONE = change("Take your mobile off “my blog”", "Take the number out.")
WORK = change("Take your work phone off “my blog”", "Take the number out.")
MAIL = change("Take your e-mail off “my blog”", "Take the address out.")


def test_changes_that_differ_in_one_word_are_one_step() -> None:
    """Whoever opens the page once takes both out; the minutes, the findings and what to do are those of both."""
    (one,) = listed(PHONE, MAIL)
    assert one.title == "Take your mobile and e-mail off “my blog”"
    assert one.steps == (OPEN, "Take the number out.", "Take the address out.", SAVE)
    assert (one.minutes, one.closes) == (10, 2)
    assert one.findings == (*PHONE.findings, *MAIL.findings)


def test_three_are_named_and_more_stand_apart() -> None:
    """A title that names ten things is no title."""
    fourth = change("Take your car plate off “my blog”")
    titles = [one.title for one in listed(PHONE, WORK, MAIL, fourth)]
    assert titles == ["Take your mobile, work phone and e-mail off “my blog”", fourth.title]


def test_a_title_that_says_it_all_stays() -> None:
    """The same thing to do, told with one word more: that title stands for both."""
    street = change("Take the street of your home address out of “my blog”")
    plain = change("Take the street out of “my blog”", in_plan=False)
    assert [one.title for one in listed(street, plain)] == [street.title]


def test_two_changes_of_one_name_are_one_step() -> None:
    """Nobody can tell them apart."""
    assert len(listed(PHONE, replace(PHONE, id="other", findings=("other",)))) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(MAIL, source="my site", title="Take your e-mail off “my site”"),
        replace(MAIL, notice="people who follow you"),
        replace(MAIL, do="setting"),
        replace(MAIL, wait_days=10),
        replace(MAIL, check="Look."),
        replace(MAIL, steps=("Open the settings.", "Take the address out.", SAVE)),
        replace(MAIL, steps=(OPEN, "Take the address out.", "Save.")),
        replace(MAIL, steps=(OPEN, *(f"Line {number}." for number in range(MOST_STEPS)), SAVE)),
        replace(MAIL, title="Take your e-mail out of “my blog”"),
        replace(MAIL, title="Hide your e-mail off “my blog”"),
        replace(MAIL, title="Take your very own and not so new e-mail off “my blog”"),
        replace(MAIL, steps=()),
    ],
)
def test_what_is_no_single_visit_stays_apart(other: Advice) -> None:
    """Another page, other people who notice, another way to do it: two steps."""
    assert listed(PHONE, other) == [PHONE, other]


def test_labels_that_end_alike_are_not_taken_for_one_source() -> None:
    """Only what stands before the label of the source counts as the same words."""
    one = change("Take your town off “my blog”")
    other = change("Take your town and name off “my blog”")
    assert [advice.title for advice in listed(one, change("Take your name “my blog”"))] == [
        one.title,
        "Take your name “my blog”",
    ]
    assert len(listed(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("my garden", "my photos"), ("garden page", "photo page"), ("the garden page", "the photo page")]
)
def test_a_label_in_quotes_stays_whole(one: str, other: str) -> None:
    """Two labels that share a word are both named as they are."""
    (step,) = listed(*(change(f"Take the link to “{name}” out of “my blog”") for name in (one, other)))
    assert step.title == f"Take the link to “{one}” and “{other}” out of “my blog”"


def whole(result: AuditResult, *changes: Advice) -> AuditResult:
    """The result with this plan, each change closing some of its findings."""
    prints = [one.fingerprint for one in result.findings]
    plan = [replace(one, findings=tuple(prints[turn :: len(changes)])) for turn, one in enumerate(changes)]
    return replace(result, plan=tuple(plan))


def test_all_steps_together_close_as_many_ways_as_before(rich: AuditResult) -> None:
    """Each way is counted with the first step that closes it, and with no other."""
    shown = tasks(whole(rich, PHONE, replace(MAIL, source="x", title="Take your e-mail off “x”"), MAIL))
    assert [task.number for task in shown] == [1, 2]
    assert [task.index for task in shown] == [0, 1]
    assert sum(task.advice.closes for task in shown) == len(rich.ways_in)


def test_what_the_plan_holds_stays_as_it_is(rich: AuditResult) -> None:
    """Only the list is shorter: the result and its ways in are the same, and the number beside a tick is that of its step."""
    result = whole(rich, PHONE, MAIL)
    page = html.render(result)
    assert len(result.plan) == 2
    assert page.count('id="step-') == 1
    assert "Take your mobile and e-mail off “my blog”" in text.summary(result)


def test_a_plan_without_near_equal_steps_is_left_alone(rich: AuditResult) -> None:
    """Its counts are those of the plan."""
    assert [task.advice for task in tasks(rich)] == sorted(rich.plan, key=lambda one: not one.in_plan)


def test_a_finding_knows_its_steps(rich: AuditResult) -> None:
    """Every finding that a step closes leads to that step."""
    shown: tuple[Task, ...] = tasks(rich)
    helps = by_finding(shown)
    assert {name for task in shown for name in task.advice.findings} == set(helps)
    assert all(name in task.advice.findings for name, found in helps.items() for task in found)


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        (["paragraph 3"], "In 1 spot: paragraph 3."),
        (["paragraph 3; a link"], "In 2 spots: paragraph 3; a link."),
        (["paragraph 3; a link; the text; and 4 more"], "In 7 spots: paragraph 3; a link; and 5 more."),
        (["paragraph 3", "paragraph 4"], "For 2 things, in 2 spots: paragraph 3; paragraph 4."),
        (["a link"] * 3, "For 3 things: a link."),
        (["a; b; c; and 2 more", "a"], "For 2 things, in at least 5 spots: a; b; and 3 more."),
        (["the page"], ""),
        ([""], ""),
        (["14 photos or posts"], ""),
        (["1 photo or post", "a link"], "For 2 things: a link."),
        ([], ""),
    ],
)
def test_a_step_says_in_how_many_spots_it_is_to_be_done(where: list[str], wanted: str) -> None:
    """Two are named, and how many more there are; a whole page or a count of photos is no spot."""
    assert spots([finding(one) for one in where], "page") == wanted


def test_a_step_about_photos_counts_them_once() -> None:
    """A photo that gives away three things is one photo; what lies in another source is not counted."""
    first = finding("IMG_1.jpg; IMG_2.jpg; IMG_3.jpg", evidence=("my blog#1", "my blog#2", "my blog#3"))
    place = finding("4 photos or posts", check="places/home", evidence=("my blog#3", "my blog#4", "my feed#1"))
    assert spots([first, place], "photos") == ("For 2 things, in 4 photos and videos, such as IMG_1.jpg; IMG_2.jpg.")
    assert spots([place], "photos") == "In 2 photos and videos."


def test_photos_that_are_all_named_are_no_examples() -> None:
    """One photo is not "such as" itself."""
    one, two = ("my blog#1",), ("my blog#1", "my blog#2")
    assert spots([finding("IMG_1.jpg", evidence=one)], "photos") == "In 1 photo or video: IMG_1.jpg."
    assert spots([finding("a.jpg; b.jpg", evidence=two)], "photos") == "In 2 photos and videos: a.jpg; b.jpg."


def test_the_spots_stand_below_the_title(rich: AuditResult) -> None:
    """In the page and in the text, word for word."""
    told = [task.spots for task in tasks(rich) if task.spots]
    page, plain = html.render(rich), " ".join(text.render(rich).split())
    assert len(told) > 3
    for line in told:
        assert f'<p class="soft">{line}</p>' in page
        assert line in plain


def test_a_step_without_a_check_says_where_to_look(rich: AuditResult) -> None:
    """A card of somebody else's may leave it out."""
    bare = replace(rich, plan=(replace(rich.plan[0], check=""),))
    line = f"How to check: {words.LOOK}"
    assert line in " ".join(text.render(bare).split())
    assert line in html.render(bare).replace("<strong>", "").replace("</strong>", "")


def test_the_cost_of_listing_grows_with_the_number_of_steps() -> None:
    """Many changes to one source are not each compared with all others."""

    def made(number: int) -> list[tuple[int, Advice]]:
        return [(turn, change(f"Do {turn} with number {turn}", f"Line {turn}.")) for turn in range(number)]

    grows_in_step(made, joined, 200)
