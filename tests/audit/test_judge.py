"""Evidence to findings, and findings to advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from unlisted import registry
from unlisted.audit import advise
from unlisted.audit.judge import filled, judge
from unlisted.audit.lens import lens
from unlisted.audit.observed import Observed
from unlisted.model import (
    Card,
    Certainty,
    Check,
    Fact,
    Finding,
    Fix,
    Hit,
    Locator,
    Mention,
    NotChecked,
    Notice,
    Photo,
    PhotoSeen,
    Place,
    PlaceSeen,
    Position,
    Priority,
    SourceSummary,
    Subject,
)

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HOME = Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000", lat=43.5, lon=-40.5)
PHONE = Fact(kind="phone", label="mobile", value="+1 207 555 0199")
SAFE = Fact(kind="phone", label="safe phone", value="+1 207 555 0188", secret=True)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
SUBJECT = Subject(facts=(HOME, PHONE, SAFE))
REDACTOR = lens(SUBJECT).redactor
CARDS = {check.id: check.card for check in registry.checks().values()}


def mention(kind: str, fact: Fact | None = None, source: str = "blog", part: str = "text", **more: object) -> Mention:
    """A mention on an own page."""
    plain = {"source_kind": "page", "detail": kind, "certainty": 1.0, "mine": True, "level": "same" if fact else None}
    return Mention(source=source, kind=kind, fact=fact, locator=Locator(part=part, paragraph=1), **{**plain, **more})  # type: ignore[arg-type]


def summary(label: str, kind: str = "page") -> SourceSummary:
    """A source that was read."""
    return SourceSummary(label=label, kind=kind, control="claimed", read=1, found=1)


def judged(observed: Observed) -> list[Finding]:
    """The findings of the built-in checks."""
    return judge(observed, registry.checks(), SUBJECT, REDACTOR)[0]


def test_hits_about_one_fact_on_one_source_are_one_finding() -> None:
    """It counts them and names the places."""
    observed = Observed(mentions=[mention("phone", PHONE), mention("phone", PHONE, part="data")])
    (found,) = judged(observed)
    assert (found.check, found.fact, found.count) == ("profiles/phone", "mobile", 2)
    assert found.where == "paragraph 1; hidden data in the page"


def test_the_same_fact_on_two_sources_is_two_findings() -> None:
    """Each has its own fingerprint."""
    found = judged(Observed(mentions=[mention("phone", PHONE), mention("phone", PHONE, source="club")]))
    assert [item.source for item in found] == ["blog", "club"]
    assert len({item.fingerprint for item in found}) == 2


def test_a_fingerprint_does_not_depend_on_values_or_paragraphs() -> None:
    """The same exposure in two audits has the same one."""
    moved = mention("phone", PHONE, certainty=0.95)
    (first,), (second,) = judged(Observed(mentions=[mention("phone", PHONE)])), judged(Observed(mentions=[moved]))
    assert first.fingerprint == second.fingerprint
    assert len(first.fingerprint) == 64


def test_a_secret_fact_in_public_comes_first() -> None:
    """What must not be known at all is for now."""
    found = judged(Observed(mentions=[mention("phone", PHONE), mention("phone", SAFE)]))
    assert [(item.fact, item.priority) for item in found] == [("safe phone", Priority.NOW), ("mobile", Priority.SOON)]


def test_what_is_less_than_a_guess_is_dropped() -> None:
    """A score under .30 gives no finding."""
    assert judged(Observed(mentions=[mention("routine", certainty=0.2)])) == []


def test_the_lower_of_evidence_and_card_decides_how_sure() -> None:
    """A card can say that it is never quite sure."""
    (found,) = judged(Observed(mentions=[mention("position", certainty=0.95, level=None)]))
    assert found.certainty is Certainty.FAIRLY


def test_a_photo_at_home_is_told_by_its_name() -> None:
    """And the fact by its label."""
    photo = Photo(status="read", positions=(Position(lat=43.5, lon=-40.5, origin="exif"),))
    seen = PhotoSeen(source="roll", number=3, photo=photo, name="IMG_0003.jpg", near=(HOME,))
    found = {item.check: item for item in judged(Observed(photos=[seen]))}
    assert found["photos/home"].where == "IMG_0003.jpg"
    assert (found["photos/home"].fact, found["photos/home"].evidence) == ("home", ("roll#3",))
    assert "photos/position" not in found


def test_undeclared_places_are_findings_of_their_own() -> None:
    """Two regular places are two findings, told apart by their rank."""
    places = [
        PlaceSeen(
            place=Place(
                kind="regular", center=(43.0 + rank, -40.0), radius_m=20.0, certainty=0.8, evidence=("roll#1",)
            ),
            rank=rank,
            letter="AB"[rank - 1],
            sources=("roll",),
        )
        for rank in (1, 2)
    ]
    found = judged(Observed(places=places))
    assert len({item.fingerprint for item in found}) == 2


def test_findings_come_most_pressing_first() -> None:
    """Now before soon before later."""
    observed = Observed(mentions=[mention("travel", certainty=0.7), mention("address", HOME), mention("phone", PHONE)])
    assert [item.priority for item in judged(observed)] == [Priority.NOW, Priority.SOON, Priority.SOON]


def test_a_check_that_looked_and_found_nothing_is_clear() -> None:
    """Only on sources that were read and that its family looks at."""
    observed = Observed(sources=[summary("blog"), summary("roll", "photos"), summary("book", "listing")])
    _, clear, _ = judge(observed, registry.checks(), SUBJECT, REDACTOR)
    by_check = {item.check: item.source for item in clear}
    assert (by_check["profiles/phone"], by_check["photos/owner"], by_check["listings/phone"]) == (
        "blog",
        "roll",
        "book",
    )
    assert all(item.title and "{" not in item.title for item in clear)


def test_a_card_can_fill_three_words_and_nothing_else() -> None:
    """Braces of any other kind stay as they are."""
    words = {"source": "blog", "fact": "mobile", "other": "profile"}
    assert filled("{source} {fact} {other}", words) == "“blog” mobile “profile”"
    assert filled("{source.__class__} {0} {{fact}}", words) == "{source.__class__} {0} {mobile}"


@pytest.mark.parametrize("wrong", ["{fact}", "{source}"])
def test_a_label_that_looks_like_a_hole_is_not_filled_again(wrong: str) -> None:
    """A label is text."""
    assert "mobile" not in filled("{other}", {"other": wrong, "fact": "mobile", "source": "x"})


def whole() -> Observed:
    """A blog that shows name, address and phone, and a directory that shows the address."""
    name = Fact(kind="name", label="name", value="Odile Varnholt")
    listed = {"source": "book", "part": "record", "source_kind": "listing", "mine": False}
    return Observed(
        mentions=[
            mention("name", name),
            mention("address", HOME),
            mention("phone", PHONE),
            mention("address", HOME, **listed),  # type: ignore[arg-type]
        ],
        sources=[summary("blog"), summary("book", "listing")],
    )


def test_every_way_in_is_told_in_sentences_with_labels() -> None:
    """From a start to what is learnt."""
    observed = whole()
    found = judged(observed)
    graph, made = advise.plan(observed, found, CARDS)
    told = advise.ways(graph, made, found)
    assert sorted(way.goal for way in told) == ["contact", "home", "home"]
    assert all(way.steps[0].startswith("Someone who knows your name opens “") for way in told)
    assert not any(way.open for way in told)


def test_the_advice_of_the_plan_comes_first_and_names_what_it_closes() -> None:
    """What is no way in comes after it."""
    observed = whole()
    observed.mentions.append(mention("school", Fact(kind="school", label="college", value="Marrow Bay College")))
    found = judged(observed)
    _, made = advise.plan(observed, found, CARDS)
    given = advise.advice(made, found, CARDS, SUBJECT, now=NOW)
    assert [item.in_plan for item in given] == [True, True, True, False]
    assert sum(item.closes for item in given) == len(made.ways)
    assert given[-1].title == "Take your detail out of “blog”" or "college" in given[-1].title


def test_a_guess_is_shown_and_is_no_way_in() -> None:
    """Ways in are counted from what is at least fairly sure."""
    observed = Observed(mentions=[mention("routine", certainty=0.4)], sources=[summary("blog")])
    found = judged(observed)
    _, made = advise.plan(observed, found, CARDS)
    assert [item.certainty for item in found] == [Certainty.GUESS]
    assert made.ways == ()


def test_a_page_that_shows_no_name_is_reached_by_the_link_to_it() -> None:
    """The link is a step of the way in, and cutting it closes the way."""
    observed = Observed(
        mentions=[
            mention("name", Fact(kind="name", label="name", value="Odile Varnholt")),
            mention("join", other="hidden", detail="link", part="link"),
            mention("phone", PHONE, source="hidden"),
        ],
        sources=[summary("blog"), summary("hidden")],
    )
    found = judged(observed)
    graph, made = advise.plan(observed, found, CARDS)
    (way,) = advise.ways(graph, made, found)
    assert any("link leads to “hidden”" in step for step in way.steps)


def test_a_check_of_a_third_party_gets_what_it_asks_for_by_name() -> None:
    """The evidence, what it wraps, and the subject."""
    fix = Fix(do="edit", action="x", minutes=1, notice=Notice.NOBODY, check="x", steps=("x",))
    card = Card(
        id="photos/own",
        title="x",
        on="photo",
        severity=Priority.LATER,
        learns="x",
        last_verified=date(2026, 1, 1),
        references=("x",),
        fix=fix,
    )

    def check(photo: Photo, subject: Subject) -> list[Hit]:
        return [Hit(kind="owner")] if photo.status == "read" and subject is SUBJECT else []

    own = Check(card=card, function=check, wants=("photo", "subject"))
    seen = PhotoSeen(source="roll", number=1, photo=Photo(status="read"))
    found, _, failed = judge(Observed(photos=[seen]), {card.id: own}, SUBJECT, REDACTOR)
    assert [item.kind for item in found] == ["owner"]
    assert failed == []


def test_what_was_never_declared_is_never_said_to_be_fine() -> None:
    """Without a declared birthday, no page is clear of birthdays."""
    _, clear, _ = judge(Observed(sources=[summary("blog")]), registry.checks(), SUBJECT, REDACTOR)
    said = {item.check for item in clear}
    assert "profiles/phone" in said
    assert not {"profiles/birth-date", "profiles/school", "profiles/plate", "accounts/two-handles"} & said


def test_a_photo_check_says_nothing_about_web_pages() -> None:
    """Which sources a check looks at follows from its evidence."""
    _, clear, _ = judge(Observed(sources=[summary("blog")]), registry.checks(), SUBJECT, REDACTOR)
    assert "accounts/same-camera" not in {item.check for item in clear}


def failing(function: Callable[..., object]) -> list[NotChecked]:
    """What is said of a check with this function."""
    card = replace(CARDS["profiles/phone"], id="profiles/other")
    check = Check(card=card, function=function)  # type: ignore[arg-type]
    _, _, failed = judge(Observed(mentions=[mention("phone", PHONE)]), {card.id: check}, SUBJECT, REDACTOR)
    return failed


def leave(seen: Mention) -> object:
    """A check that ends the program."""
    raise SystemExit(seen.kind)


@pytest.mark.parametrize(
    ("function", "error"),
    [
        (lambda seen: ["a word"], "TypeError"),
        (lambda seen: [Hit(kind="207 555 0199")], "TypeError"),
        (lambda seen: 5, "TypeError"),
        (leave, "SystemExit"),
    ],
)
def test_a_check_that_gives_no_sound_hits_is_not_checked(function: Callable[..., object], error: str) -> None:
    """A value cannot pass as a kind, and nothing that a check does ends the audit."""
    assert [item.reason for item in failing(function)] == [f"this check stopped with an error ({error})"]
