"""What to do where the person cannot make the change themselves: ask those who run the page, or go to where a copy came from."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime

import pytest

from unlisted import registry
from unlisted.audit import advise
from unlisted.audit.asked import AT_ORIGIN, Way, command, fix_for, guided, way
from unlisted.audit.judge import judge
from unlisted.audit.lens import lens
from unlisted.audit.observed import Observed
from unlisted.model import Advice, Fact, Locator, Mention, Plan, Source, SourceKind, SourceSummary, Subject

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NAME = Fact(kind="name", label="name", value="Odile Varnholt")
HOME = Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000")
PHONE = Fact(kind="phone", label="mobile", value="+1 207 555 0143")
SISTER = Fact(kind="relative", label="sister", value="Ada Fernhill")
SOURCES = (
    Source(label="blog", kind=SourceKind.PAGE, address="https://blog.example/", mine=True),
    Source(label="club page", kind=SourceKind.PAGE, address="https://club.example/list"),
    Source(label="saved page", kind=SourceKind.FILE, path="saved.html"),
    Source(label="my copy", kind=SourceKind.EXPORT, path="copy.zip"),
    Source(label="book", kind=SourceKind.LISTING, address="https://book.example/odile"),
)
SUBJECT = Subject(facts=(NAME, HOME, PHONE, SISTER), sources=SOURCES)
CHECKS = registry.checks()
CARDS = {check.id: check.card for check in CHECKS.values()}


def mention(source: Source, fact: Fact) -> Mention:
    """A declared fact in a source."""
    as_read = {SourceKind.EXPORT: "account"}.get(source.kind, source.kind.value)
    return Mention(
        source=source.label,
        source_kind=as_read,
        kind=fact.kind,
        detail="text",
        locator=Locator(paragraph=1),
        certainty=1.0,
        fact=fact,
        level="same",
        mine=source.mine,
    )


def advised(*pairs: tuple[str, Fact]) -> tuple[tuple[Advice, ...], Plan]:
    """The advice about these facts in these sources, and the plan."""
    sources = [
        SourceSummary(label=one.label, kind=one.kind.value, control=one.control.value, read=1) for one in SOURCES
    ]
    observed = Observed(
        mentions=[mention(SUBJECT.source(label), fact) for label, fact in pairs],
        sources=sources,
    )
    found, _, _ = judge(observed, CHECKS, SUBJECT, lens(SUBJECT).redactor)
    _, made = advise.plan(observed, found, CARDS)
    return advise.advice(made, found, CARDS, SUBJECT, now=NOW), made


def test_on_a_page_of_others_the_person_asks() -> None:
    """One letter for all that stands there, and the command that writes it."""
    (one,), made = advised(("club page", NAME), ("club page", HOME), ("club page", PHONE))
    assert one.title == "Ask those who run “club page” to take your home address and your mobile out"
    assert (one.do, one.notice, one.minutes, one.in_plan) == ("letter", "the site", 15, True)
    assert any(
        'unlisted letter club --subject me.toml --record "club page" --out letters' in step for step in one.steps
    )
    assert not any("Sign in" in step or "editing" in step for step in one.steps)
    assert made.actions == (one.id,)
    assert made.cost == 15
    assert len(one.findings) == 2


def test_what_is_more_than_two_things_is_told_together() -> None:
    """The title stays short."""
    (one,), _ = advised(("club page", SISTER), ("club page", HOME), ("club page", PHONE))
    assert one.title == "Ask those who run “club page” to take what it shows of you out"


def test_a_saved_page_has_no_address_to_write_about() -> None:
    """The site is named by hand."""
    (one,), _ = advised(("saved page", HOME))
    assert any('--recipient "NAME OF THE SITE"' in step for step in one.steps)
    assert not any("--record" in step for step in one.steps)


def test_on_own_pages_and_in_listings_nothing_changes() -> None:
    """The card says what to do there."""
    given, _ = advised(("blog", HOME), ("book", HOME))
    by_source = {one.source: one for one in given}
    assert by_source["blog"].steps == CARDS["profiles/address"].fix.steps
    assert by_source["book"].title == "Ask “book” to take your record down"


def test_a_copy_is_changed_in_the_account_that_it_is_from() -> None:
    """Nobody can edit what they have downloaded and change the account by it."""
    (one,), _ = advised(("my copy", PHONE))
    assert one.steps == AT_ORIGIN
    assert one.source == "my copy"


def test_nobody_shares_cleaned_copies_of_an_account() -> None:
    """Places of a copy go out of the account, not out of files."""
    fix = fix_for(CARDS["places/regular"], Way.AT_ORIGIN)
    assert (fix.do, fix.steps) == ("edit", AT_ORIGIN)
    assert fix_for(CARDS["places/history"], Way.AT_ORIGIN) is CARDS["places/history"].fix


@pytest.mark.parametrize(
    ("source", "wanted"), list(zip(SOURCES, (None, Way.ASK, Way.ASK_BY_NAME, Way.AT_ORIGIN, None), strict=True))
)
def test_who_can_change_a_source_follows_from_what_it_is(source: Source, wanted: Way | None) -> None:
    """The same for a source as listed and as it is shown."""
    assert way(source) == wanted
    assert way(SourceSummary(label="x", kind=source.kind.value, control=source.control.value)) == wanted


@pytest.mark.parametrize("label", ["club page", "Tim's page", 'a "b" c', "a$b`c", "x\\y", "50% off!"])
def test_the_command_names_the_label_as_one_word(label: str) -> None:
    """Whatever stands in a label, a shell reads it as one label."""
    words = shlex.split(command(label, Way.ASK))
    assert words[words.index("--record") + 1] == label


def test_findings_keep_their_fingerprints() -> None:
    """Only the card that says what to do is another."""
    found, _, _ = judge(Observed(mentions=[mention(SOURCES[1], HOME)]), CHECKS, SUBJECT, lens(SUBJECT).redactor)
    other, cards = guided(found, CARDS, {"club page": Way.ASK})
    assert [one.fingerprint for one in other] == [one.fingerprint for one in found]
    assert cards[other[0].check].fix.do == "letter"
    assert guided(found, CARDS, {}) == (found, CARDS)
