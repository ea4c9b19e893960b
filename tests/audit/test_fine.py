"""What is said to be fine: only what a check could have found in the source, and what does not contradict a finding."""

from __future__ import annotations

import pytest

from unlisted import registry
from unlisted.audit.fine import NEEDS
from unlisted.audit.judge import judge
from unlisted.audit.lens import lens
from unlisted.audit.observed import AccountSeen, Observed
from unlisted.model import (
    Account,
    Certainty,
    Fact,
    Field,
    Finding,
    Locator,
    Mention,
    NotChecked,
    Page,
    PageSeen,
    Point,
    Points,
    Source,
    SourceKind,
    SourceSummary,
    Subject,
)

NAME = Fact(kind="name", label="name", value="Odile Varnholt")
HOME = Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000")
HANDLE = Fact(kind="handle", label="user name", value="odivarn")
SECOND = Fact(kind="handle", label="old user name", value="saltmarsh_o")
SUBJECT = Subject(facts=(NAME, HOME, HANDLE, SECOND))
PAIRS = {"accounts/same-email", "accounts/same-handle", "accounts/same-words", "accounts/same-picture"}


def summary(label: str, kind: str = "page", control: str = "claimed", directory: str | None = None) -> SourceSummary:
    """A source that was read."""
    return SourceSummary(label=label, kind=kind, control=control, read=1, found=1, directory=directory)


def mention(level: str, source: str = "blog", *, mine: bool = True, street_named: bool = False) -> Mention:
    """The declared home in the text of a page."""
    return Mention(
        source=source,
        source_kind="page",
        kind="address",
        detail="text",
        locator=Locator(paragraph=1),
        certainty=0.6 if street_named else 1.0,
        fact=HOME,
        level=level,
        mine=mine,
        street_named=street_named,
    )


def audited(observed: Observed, subject: Subject = SUBJECT) -> tuple[list[Finding], dict[str, set[str]]]:
    """(findings; the checks that are said to be fine, by source)."""
    found, clear, _ = judge(observed, registry.checks(), subject, lens(subject).redactor)
    by_source: dict[str, set[str]] = {}
    for item in clear:
        by_source.setdefault(item.source, set()).add(item.check)
    return found, by_source


def account(label: str, *, picture: bool = True) -> AccountSeen:
    """An account that was read."""
    fields = (Field(kind="avatar", value="https://social.example/a.png"),) if picture else ()
    source = Source(label=label, kind=SourceKind.ACCOUNT, address=f"https://{label}.example/@odivarn", mine=True)
    return AccountSeen(source=source, account=Account(service="mastodon", fields=fields))


def test_a_street_without_its_town_is_told_as_a_street_and_as_a_guess() -> None:
    """Neither the town is told nor the street denied."""
    found, clear = audited(Observed(mentions=[mention("area", street_named=True)], sources=[summary("blog")]))
    (one,) = found
    assert (one.check, one.certainty, one.level) == ("profiles/street-name", Certainty.GUESS, "area")
    assert one.title == "A street with the name of yours is on “blog”"
    assert not {"profiles/street", "profiles/street-name"} & clear["blog"]
    assert {"profiles/address"} <= clear["blog"]


def test_the_town_alone_leaves_the_street_fine() -> None:
    """A town does not tell the street."""
    found, clear = audited(Observed(mentions=[mention("area")], sources=[summary("blog")]))
    assert [one.check for one in found] == ["profiles/town"]
    assert {"profiles/address", "profiles/street"} <= clear["blog"]


@pytest.mark.parametrize("level", ["street", "same"])
def test_what_tells_more_is_never_said_to_hide_less(level: str) -> None:
    """A house tells its street and its town, also where the page is not the person's own."""
    _, clear = audited(Observed(mentions=[mention(level)], sources=[summary("blog")]))
    assert not {"profiles/street", "profiles/town"} & clear["blog"]
    foreign = mention("area", "club", mine=False, street_named=True)
    _, clear = audited(Observed(mentions=[foreign], sources=[summary("club", control="about-me")]))
    assert "profiles/street" not in clear["club"]


def test_a_check_of_own_pages_says_nothing_about_others() -> None:
    """A page that is not the person's own can come up under the name."""
    pages = [
        PageSeen(source=label, source_kind="page", page=Page(url="https://a.example/"), mine=label == "blog")
        for label in ("blog", "club")
    ]
    both = [summary("blog"), summary("club", control="about-me")]
    _, clear = audited(Observed(pages=pages, sources=both))
    own_only = {"profiles/searchable", "profiles/travel", "profiles/town", "accounts/two-handles"}
    assert own_only <= clear["blog"]
    assert not own_only & clear["club"]
    assert "profiles/address" in clear["club"]


def test_a_page_check_says_nothing_where_no_page_was_read() -> None:
    """Who can find an account is not looked at."""
    _, clear = audited(Observed(sources=[summary("profile", "account")]))
    assert not {"profiles/searchable", "accounts/two-handles"} & clear["profile"]


def test_a_page_of_a_directory_is_a_listing() -> None:
    """What the checks of own pages look for is not looked for there."""
    _, clear = audited(Observed(sources=[summary("book", control="about-me", directory="book")]))
    assert clear["book"]
    assert all(check.startswith("listings/") for check in clear["book"])


def test_accounts_are_compared_only_where_two_were_shown_to_be_yours() -> None:
    """One account, or one without proof, has nothing to be compared with."""
    one, other = account("first"), account("second")
    proven = [summary("first", "account", "proven"), summary("second", "account", "proven")]
    page = summary("club", control="about-me")
    _, clear = audited(Observed(accounts=[one], sources=[proven[0], page]))
    assert not PAIRS & (clear["first"] | clear["club"])
    _, clear = audited(Observed(accounts=[one, other], sources=[proven[0], summary("second", "account"), page]))
    assert not PAIRS & (clear["first"] | clear["second"] | clear["club"])
    _, clear = audited(Observed(accounts=[one, other], sources=[*proven, page]))
    assert clear["first"] >= PAIRS
    assert clear["second"] >= PAIRS
    assert not PAIRS & clear["club"]


def test_neither_of_two_that_are_joined_is_fine() -> None:
    """What is said of the first is true of the second."""
    join = Mention(
        source="first",
        source_kind="account",
        kind="join",
        detail="same_handle",
        locator=Locator(),
        certainty=0.9,
        mine=True,
        other="second",
    )
    proven = [summary("first", "account", "proven"), summary("second", "account", "proven")]
    _, clear = audited(Observed(mentions=[join], accounts=[account("first"), account("second")], sources=proven))
    assert "accounts/same-handle" not in clear["first"] | clear["second"]


def test_pictures_that_were_not_compared_are_not_fine() -> None:
    """An account without a picture, or with one that nobody could read, is left out."""
    proven = [summary(label, "account", "proven") for label in ("first", "second")]
    bare = Observed(accounts=[account("first"), account("second", picture=False)], sources=proven)
    assert "accounts/same-picture" not in audited(bare)[1]["first"]
    gap = NotChecked(source="second", reason="the pictures of your accounts were not compared: that needs more")
    unread = Observed(accounts=[account("first"), account("second")], sources=proven, not_checked=[gap])
    assert "accounts/same-picture" not in audited(unread)[1]["first"]


def test_photos_without_a_place_say_nothing_of_places_and_tracks() -> None:
    """A pattern needs places, a track needs tracks, a history needs a history."""
    photos = summary("roll", "photos", "proven")
    _, clear = audited(Observed(sources=[photos]))
    assert not any(check.startswith("places/") for check in clear["roll"])
    points = Points([Point(43.5, -40.5, None, "roll#1", "roll")])
    _, clear = audited(Observed(sources=[photos], points=points))
    said = {check for check in clear["roll"] if check.startswith("places/")}
    assert said == {"places/home-like", "places/regular", "places/work"}


def test_a_private_history_says_nothing_of_what_others_see() -> None:
    """Only its own check looked at it."""
    points = Points([Point(43.5, -40.5, None, "copy#1", "copy", private=True)])
    _, clear = audited(Observed(sources=[summary("copy", "export", "proven")], points=points))
    assert {check for check in clear["copy"] if check.startswith("places/")} == {"places/history"}


def test_tracks_are_fine_only_beside_an_address_with_a_position() -> None:
    """Without one there is nothing to which their ends are compared."""
    tracks = summary("runs", "tracks", "proven")
    points = Points([Point(43.9, -40.9, None, "runs#1", "runs")])
    seen = Observed(sources=[tracks], points=points, outings=[[(43.9, -40.9), (43.91, -40.9)]])
    ends = {"places/track-ends", "places/track-zones"}
    assert not ends & audited(seen)[1]["runs"]
    there = Fact(kind="address", label="home", value=HOME.value, lat=43.5, lon=-40.5)
    assert ends <= audited(seen, Subject(facts=(there,)))[1]["runs"]


def test_a_camera_number_is_compared_only_between_two_folders() -> None:
    """One folder has nothing to share it with; a link needs another page to lead to."""
    roll, trip = (summary(label, "photos", "proven") for label in ("roll", "trip"))
    assert "accounts/same-camera" not in audited(Observed(sources=[roll]))[1]["roll"]
    assert "accounts/same-camera" in audited(Observed(sources=[roll, trip]))[1]["roll"]
    pages = (
        Source(label="blog", kind=SourceKind.PAGE, address="https://a.example/", mine=True),
        Source(label="shop", kind=SourceKind.PAGE, address="https://b.example/", mine=True),
    )
    alone, both = Subject(facts=(NAME,), sources=pages[:1]), Subject(facts=(NAME,), sources=pages)
    assert "accounts/linked" not in audited(Observed(sources=[summary("blog")]), alone)[1]["blog"]
    assert "accounts/linked" in audited(Observed(sources=[summary("blog")]), both)[1]["blog"]


def test_what_checks_need_is_said_of_checks_that_exist() -> None:
    """The table names no check that is gone."""
    assert set(NEEDS) <= set(registry.checks())
