"""Pages that were fetched and not seen are "not checked"."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from unlisted.audit.lens import lens
from unlisted.audit.mentions import Reader
from unlisted.audit.unseen import unseen
from unlisted.extract.page import read_page
from unlisted.model import Artifact, Fact, Source, SourceKind, Subject

PHONE = Fact(kind="phone", label="mobile", value="+1 207 555 0199")
NAME = Fact(kind="name", label="my name", value="Odile Varnholt")
TEXT = "<p>" + "A page about tea, bread, boats and the weather on the coast. " * 5 + "</p>"


def reason(html: str, *, kind: SourceKind = SourceKind.PAGE) -> str | None:
    """Why a page counts as not seen."""
    source = Source(label="page", kind=kind, address="https://page.example/", mine=True)
    body = html.encode()
    page = read_page(body, url="https://page.example/")
    artifact = Artifact(
        source="page",
        at=datetime(2026, 11, 21, tzinfo=UTC),
        sha256="0" * 64,
        media_type="text/html",
        body=body,
        address="https://page.example/",
    )
    view = lens(Subject(facts=(NAME, PHONE), sources=(source,)))
    found = list(Reader(view, source, source_kind=kind.value).of_page(page))
    return unseen(source, artifact, page, found)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (
            "<div id=root></div><script src=/app.js></script><noscript>Please enable JavaScript.</noscript>",
            "test or an excuse",
        ),
        ("<div id=root></div><script src=/app.js></script>", "without scripts"),
        ("<meta http-equiv=refresh content='0;url=/next'>", "sends you on"),
        ("<title>Just a moment...</title><p>Verify you are human</p>", "test or an excuse"),
        ("<p>Sorry, this page is not available.</p>", "not there"),
        ("<h1>Sign in</h1><form><input type=password></form>", "sign-in"),
        ("<frameset><frame src=a.html></frameset>", "frames"),
        ("<iframe src=a.html></iframe>", "frames"),
        ("<img src=me.jpg>", "pictures"),
        ("", "no text"),
    ],
)
def test_a_page_that_shows_nothing_is_not_checked(html: str, told: str) -> None:
    """Each sort of wall or shell has its reason."""
    assert told in (reason(html) or "")


@pytest.mark.parametrize(
    "html",
    [
        TEXT,
        TEXT + "<script src=/app.js></script>",
        TEXT + "<iframe src=ad.html></iframe>",
        "<p>My number is 207 555 0199.</p><script></script>",
        "<h1>Sign in</h1><form><input type=password></form><p>207 555 0199</p>",
    ],
)
def test_a_page_with_text_or_with_something_declared_was_seen(html: str) -> None:
    """Scripts and frames beside real text do not make a shell; a wall that shows a declared fact was seen."""
    assert reason(html) is None


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<h1>Odile Varnholt</h1><p>Sign in to see all of it.</p><form><input type=password></form>", "sign-in"),
        ("<title>Odile Varnholt</title><p>Checking your browser</p>", "test or an excuse"),
        ("<h1>Odile Varnholt</h1><p>Accept our terms to go on.</p>", "test or an excuse"),
    ],
)
def test_a_wall_that_names_whom_it_hides_is_not_checked(html: str, told: str) -> None:
    """A name over a wall is no page; beside real words, or without a wall, it is."""
    assert told in (reason(html) or "")
    assert reason(html + TEXT) is None
    assert reason("<h1>Odile Varnholt</h1><p>Tea and biscuits.</p>") is None
    assert reason("<h1>Odile Varnholt</h1><p>Age 35.</p><p>Want your record removed?</p>") is None


def test_a_directory_that_says_the_record_is_gone_was_seen() -> None:
    """For a listing that is the good news."""
    assert reason("<p>This record is no longer available. " + "x " * 40 + "</p>", kind=SourceKind.LISTING) is None


CLOSED = """This account has been suspended. | Account suspended | This account doesn't exist | Couldn't find this account
This user has been banned | This profile has been deactivated | This account is temporarily restricted | 410 Gone
You must be 18 years old to view this | This Account is Private | Sorry, this page isn't available.
Dieses Konto wurde gesperrt | Dieses Konto ist privat | Dieser Inhalt ist derzeit nicht verfügbar | Dieses Profil ist deaktiviert
Ce compte a été suspendu | Ce compte est privé | Cette page n'est malheureusement pas disponible. | Ce profil est désactivé
Cuenta suspendida | Esta cuenta es privada | Este contenido no está disponible en este momento | Cuenta desactivada
Account sospeso | Questo account è privato | Questo contenuto non è al momento disponibile | Profilo disattivato
Conta suspensa | Esta conta é privada | Este conteúdo não está disponível no momento | Esta conta foi desativada
Account opgeschort | Dit account is privé | Deze content is helaas niet beschikbaar | Dit account is geblokkeerd"""


@pytest.mark.parametrize("said", [one.strip() for line in CLOSED.split("\n") for one in line.split("|")])
def test_a_profile_that_a_site_has_closed_is_not_checked(said: str) -> None:
    """What sites say in place of a profile, in seven languages; the name of whom they speak changes nothing."""
    for name in ("", "<h2>Odile Varnholt</h2>"):
        html = f"<title>{said}</title><h1>{said}</h1>{name}<p>About. Help. Terms. Privacy. 2026</p>"
        assert reason(html) is not None, name


@pytest.mark.parametrize(
    "said",
    [
        "We banned plastic bags",
        "My account of the trip",
        "The road was closed",
        "A suspended bridge",
        "She closed her shop",
    ],
)
def test_words_of_that_kind_about_something_else_are_content(said: str) -> None:
    """Only an account, a page or a profile that is closed counts."""
    assert reason(f"<h1>{said}</h1>{TEXT}") is None
