"""What a directory keeps back until somebody pays: it was not seen, so it is neither clear nor fixed."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from tests.growth import grows_in_step
from tests.shown import Shown, artifact

from unlisted.audit import examine, recheck
from unlisted.audit.held import HELD, SIGNS_IN, held
from unlisted.data.excuses import holds_back
from unlisted.extract.page import read_page
from unlisted.model import Artifact, AuditResult, Fact, Page, Source, SourceKind, State, Subject
from unlisted.remedy.tracker import Seen
from unlisted.report import json
from unlisted.report.schema import AuditShape

THEN, NOW = datetime(2026, 10, 2, 8, 0, tzinfo=UTC), datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SOURCE = Source(label="the listing", kind=SourceKind.LISTING, address="https://peekabook.example/4711")
SUBJECT = Subject(
    facts=(
        Fact(kind="name", label="my name", value="Odile Varnholt"),
        Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
        Fact(kind="email", label="mail", value="odile@mail.example"),
        Fact(kind="address", label="home", value="17 Quillfeather Lane, Marrow Bay, ME 04999"),
    ),
    sources=(SOURCE,),
)
REST = (
    "<h1>Odile Varnholt</h1><p>Age: 35</p><p>Address: 17 Quillfeather Lane, Marrow Bay, ME 04999</p>"
    + "<p>The harbour was quiet and the boats were painted in spring before the fair began.</p>" * 5
)
PHONE = "<p>Phone: 207 555 0199</p>"


def audited(body: str, now: datetime = NOW, since: AuditShape | None = None) -> AuditResult:
    """One audit of the listing as it is now."""
    with Shown(body) as fetcher:
        return examine(SUBJECT, now=now, rng=random.Random(0), fetcher=fetcher, since=since).result


@pytest.fixture(scope="module")
def old() -> AuditShape:
    """The audit of the whole record."""
    shape = AuditShape.model_validate_json(json.render(audited(REST + PHONE, THEN)))
    assert {"listings/phone", "listings/address"} <= {one.check for one in shape.findings}
    return shape


TEASERS = [
    "<p>See full phone for $1</p>",
    "<p>Phone: (202) 555-01XX</p>",
    "<p>Phone: 207-555-****</p>",
    "<p>(XXX) XXX-0199</p>",
    "<p>207 555 &bull;&bull;&bull;&bull;</p>",
    "<p>Phone number available</p>",
    "<p>Phone numbers are hidden.</p>",
    "<a href='/pay'>Unlock</a>",
    "<p>Get his phone number and more</p>",
    "<p>View the full report</p>",
    "<p>All of it for only 0.95 EUR: see now</p>",
    "<p>Subscribe to see more</p>",
    "<p>E-mail: o***@mail.example</p>",
    "<p>E-mail: od...@mail.example</p>",
    "<p>&#9679;&#9679;&#9679; &#9679;&#9679; 99</p>",
    "<p>(207) ***-****</p>",
    "<p>+1 207 *** ****</p>",
    "<a href='/r/1'>View Report</a>",
    "<a href='/r/1'>See his background report</a>",
    "<p style='color: #000; filter: blur(4px)'>207 555 0123</p>",
    "<p>Telefonnummer freischalten</p>",
    "<p>Rufnummer vorhanden</p>",
    "<p>Afficher le numéro</p>",
    "<p>Numéro de téléphone masqué</p>",
    "<p>Ver teléfono</p>",
    "<p>Informe completo por 1 €: desbloquear</p>",
    "<p>Mostra il numero di telefono</p>",
    "<p>Numero nascosto</p>",
    "<p>Ver o telefone</p>",
    "<p>Apenas para assinantes</p>",
    "<p>Toon telefoonnummer</p>",
    "<p>Volledig rapport bekijken</p>",
    "<p class='line blurred'>207 555 0123</p>",
    '<script type=\'application/ld+json\'>{"@type": "WebPage", "isAccessibleForFree": "False"}</script>',
]


@pytest.mark.parametrize("teaser", TEASERS)
def test_a_phone_behind_a_pay_wall_is_not_fixed(teaser: str, old: AuditShape) -> None:
    """The record stands, its number is only for those who pay: nobody could look, and the reason says so."""
    since = audited(REST + teaser, NOW, old).since
    assert since is not None
    found = {change.check: change for change in since.changes}
    assert (found["listings/phone"].state, found["listings/phone"].reason) == (State.UNSEEN, HELD)
    assert found["listings/address"].state in {State.STILL, State.CHANGED}


@pytest.mark.parametrize("teaser", TEASERS)
def test_what_is_kept_back_is_not_clear(teaser: str) -> None:
    """A first audit says that it did not see all, and calls nothing of the record fine."""
    result = audited(REST + teaser)
    assert [one.check for one in result.clear if one.check.startswith("listings/")] == []
    assert HELD in {one.reason for one in result.not_checked if one.source == "the listing"}


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "<p>No phone number available</p>",
        "<p>Phone number not available</p>",
        "<p>Keine Telefonnummer vorhanden</p>",
        "<p>Aucun numéro disponible</p>",
        "<p>Call the town hall at 207 555 0142, extension 12.</p>",
        "<p>Born 1991 *** Last seen 2025</p>",
        "<p>Plan XX of 2024, page 2</p>",
        "<p>Search by phone number or address.</p>",
        "<p>Wait for it... @wren</p>",
        "<p style='color: #000; backdrop-filter: blur(4px)'>Tea</p>",
        "<p>Report this record</p>",
        "<p>Tickets for the fair cost $12.</p>",
        "<footer>Subscribe to our newsletter. See our terms.</footer>",
    ],
)
def test_a_number_that_is_gone_from_an_open_record_is_fixed(rest: str, old: AuditShape) -> None:
    """Nothing is kept back, and the record is still made out."""
    result = audited(REST + rest, NOW, old)
    assert result.since is not None
    states = {change.check: change.state for change in result.since.changes}
    assert states["listings/phone"] is State.FIXED
    assert "listings/phone" in {one.check for one in result.clear}


def test_a_page_of_a_directory_that_says_gone_is_gone_whatever_it_sells(old: AuditShape) -> None:
    """Its offers beside the sentence are about other records."""
    since = audited(
        "<h1>Not here</h1><p>This record is no longer available.</p><p>See full reports</p>", NOW, old
    ).since
    assert since is not None
    assert {change.state for change in since.changes} == {State.FIXED}


def test_a_page_of_ones_own_may_sell_what_it_likes() -> None:
    """Only directories are held to it: a shop's prices hide nothing about its owner."""
    page = Source(label="my shop", kind=SourceKind.PAGE, address="https://shop.example/", mine=True)
    subject = Subject(facts=SUBJECT.facts, sources=(page,))
    body = "<h1>My shop</h1><p>Buy and see the phone cases for $5, all made by hand in a small room by the sea.</p>"
    with Shown(body) as fetcher:
        result = examine(subject, now=NOW, rng=random.Random(0), fetcher=fetcher).result
    assert HELD not in {one.reason for one in result.not_checked}
    assert result.clear


@pytest.mark.parametrize(
    ("teaser", "seen"), [("", Seen.CHANGED), ("<p>See full phone for $1</p>", Seen.COULD_NOT_LOOK)]
)
def test_a_look_at_a_record_that_keeps_things_back_could_not_look(teaser: str, seen: Seen) -> None:
    """A page that shows nothing of the person and sells the rest is not "changed"."""
    body = "<h1>A record</h1><p>" + "Boats and tea by the harbour in spring. " * 10 + "</p>" + teaser
    with Shown(body) as fetcher:
        look = recheck.look(SOURCE, subject=SUBJECT, fetcher=fetcher, now=NOW)
    assert look.seen is seen


@pytest.mark.parametrize(
    "text",
    [
        "See phone",
        "Unlock",
        "Telefonnummer anzeigen",
        "Voir le téléphone",
        "Ver el número",
        "Mostra numero",
        "Bekijk adres",
    ],
)
def test_words_that_keep_things_back_are_known(text: str) -> None:
    """A verb near a thing, either way round."""
    assert holds_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "phone",
        "See you on the other side of the long street, where my phone rang",
        "No address available",
        "View map",
    ],
)
def test_other_words_keep_nothing_back(text: str) -> None:
    """A thing alone, a verb far away, or a thing that there is not."""
    assert not holds_back(text)


def test_every_sign_of_a_hidden_text_is_one_of_the_page_itself() -> None:
    """A script's or a style's own words hide nothing."""
    body = b"<html><body><p>Odile</p><style>.blurred { color: red }</style></body></html>"
    assert not SIGNS_IN.search(body)
    assert not SIGNS_IN.search(b"<nav class='top backdrop-blur wide'>")
    assert not SIGNS_IN.search(b"<p class='blurb'>")
    assert SIGNS_IN.search(b"<p class='line blur-sm'>")
    assert held(artifact(b"<p class='paywall'>x</p>"), Page(url="https://peekabook.example/"))


def test_looking_for_what_is_kept_back_grows_with_the_page_and_no_faster() -> None:
    """Masks, digits, verbs and half a sign, many times over."""

    def made(size: int) -> tuple[Artifact, Page]:
        texts = ["12 " * 3 + "XXX-" * 5 + "see " * 4 + "**_" * 4 + "$ "] * size
        body = ("<p>" + "</p><p>".join(texts) + "</p>").encode() + b"<p class='" + b"blur" * size
        return artifact(body), read_page(body, url="https://peekabook.example/")

    grows_in_step(made, lambda one: held(*one), 200)
