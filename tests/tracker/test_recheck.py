"""A look at the same page: gone, still there, changed, or could not look."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from unlisted.audit.recheck import ECHO, NOTHING, OTHER, SAYS_SO, SHOWN, Look, look
from unlisted.demo.server import Reply, serve
from unlisted.errors import FetchError
from unlisted.model import Artifact, Fact, Source, SourceKind, Subject
from unlisted.remedy.tracker import Seen
from unlisted.sources.fetch import AbsentError, Fetcher
from unlisted.sources.fetch.limits import OTHER_SITE, status_reason

NOW = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)
HOST = "peekabook.example"
SOURCE = Source(label="the listing", kind=SourceKind.LISTING, address=f"https://{HOST}/4711")
NAME = Fact(kind="name", label="my name", value="Odile Varnholt")
PHONE = Fact(kind="phone", label="mobile", value="+1 207 555 0199")
SUBJECT = Subject(facts=(NAME, PHONE), sources=(SOURCE,))
LONG = "<p>" + "Some words about the harbour and its boats. " * 100 + "</p>"


def seen(body: str, *, status: int = 200, subject: Subject = SUBJECT) -> Look:
    """What a look at a page with this body shows."""
    pages = {(HOST, "/4711"): Reply(body=f"<html><body>{body}</body></html>".encode(), status=status)}
    with serve(pages) as dial, Fetcher(dial=dial, typed=[SOURCE.address or ""], sleep=lambda _: None) as fetcher:
        return look(SOURCE, subject=subject, fetcher=fetcher, now=NOW)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Odile Varnholt</h1><p>Phone: 207 555 0199</p>", Look(seen=Seen.STILL_THERE, reason=SHOWN)),
        ("<h1>Odile Varnholt</h1><p>Marrow Bay</p>", Look(seen=Seen.STILL_THERE, reason=SHOWN)),
        ("<h1>Record</h1><p>Phone: 207 555 0199</p>", Look(seen=Seen.CHANGED, reason=OTHER)),
        (f"<h1>Boats</h1>{LONG}", Look(seen=Seen.CHANGED, reason=NOTHING)),
        ("<h1>This record was removed</h1>", Look(seen=Seen.GONE, reason=SAYS_SO)),
        (
            "<h1>404</h1><p>Sorry, the page you are looking for does not exist.</p>",
            Look(seen=Seen.GONE, reason=SAYS_SO),
        ),
        ("<p>Record not found.</p><p>We use cookies. Accept all.</p>", Look(seen=Seen.GONE, reason=SAYS_SO)),
        ("<h1>No results found for Odile Varnholt</h1>", Look(seen=Seen.COULD_NOT_LOOK, reason=ECHO)),
        ("<h1>Odile Varnholt</h1><p>Not found: her phone.</p>", Look(seen=Seen.STILL_THERE, reason=SHOWN)),
        ("<h1>This record was removed</h1><p>Phone: 207 555 0199</p>", Look(seen=Seen.CHANGED, reason=OTHER)),
        (
            "<h1>Odile Varnholt</h1><p>Phone: 207 555 0199. One record was removed.</p>",
            Look(seen=Seen.STILL_THERE, reason=SHOWN),
        ),
    ],
)
def test_what_a_page_shows(body: str, expected: Look) -> None:
    """The name decides; the words "not found" count only where nothing of the person is shown."""
    assert seen(body) == expected


@pytest.mark.parametrize(("status", "expected"), [(404, Seen.GONE), (410, Seen.GONE), (403, Seen.COULD_NOT_LOOK)])
def test_what_a_site_answers(status: int, expected: Seen) -> None:
    """Only "not there" is gone; a site that refuses was not looked at."""
    assert seen("<p>x</p>", status=status).seen is expected


@pytest.mark.parametrize("status", [400, 401, 402, 403, 405, 407, 408, 418, 429, 451, 500, 502, 503, 504, 520, 999])
def test_a_refusal_is_not_gone(status: int) -> None:
    """A site that turns the program away, is down or asks for patience has said nothing of the record."""
    found = seen("<h1>This record was removed</h1>", status=status)
    assert found.seen is Seen.COULD_NOT_LOOK


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<script>draw()</script>",
        "<iframe src=x></iframe>",
        "<img src=record.png>",
        "<h1>Account suspended</h1><p>This account has been suspended.</p>",
        "<h1>This profile is not available</h1>",
    ],
)
def test_a_page_without_its_text_could_not_be_looked_at(body: str) -> None:
    """A shell without words, or a page that is closed for now, shows nothing of anybody: that is no change."""
    assert seen(body).seen is Seen.COULD_NOT_LOOK


class Elsewhere(Fetcher):
    """A fetcher that ends at another address than the one it was sent to."""

    def __init__(self, target: str, body: str) -> None:
        super().__init__(dial=refuse, typed=[SOURCE.address or ""])
        self.target, self.body = target, f"<html><body>{body}</body></html>".encode()

    def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
        """What stands at the end of the redirects; another site is not followed."""
        del address, kind
        if HOST not in self.target:
            raise FetchError(OTHER_SITE)
        digest = sha256(self.body).hexdigest()
        return Artifact(
            source=source,
            at=now,
            sha256=digest,
            media_type="text/html",
            body=self.body,
            address=self.target,
            redirected=True,
        )


def led_on(target: str, body: str) -> Look:
    """What a look shows where the record's address leads on to this one."""
    with Elsewhere(target, body) as fetcher:
        return look(SOURCE, subject=SUBJECT, fetcher=fetcher, now=NOW)


@pytest.mark.parametrize(
    ("target", "body"),
    [
        (f"https://{HOST}/", f"<h1>A directory</h1>{LONG}"),
        (f"https://{HOST}/login?next=/4711", "<form><input type=password></form>"),
        (f"https://{HOST}/search", "<h1>Search for people</h1><p>Type a name.</p>"),
    ],
)
def test_an_address_that_leads_elsewhere_is_not_gone(target: str, body: str) -> None:
    """A home page, a login or a search in place of the record shows nothing of it, and says nothing either."""
    assert led_on(target, body).seen is Seen.COULD_NOT_LOOK


class Absent(Elsewhere):
    """A fetcher that is told "not there" at the end of the redirects."""

    def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
        """Raises what the server said."""
        raise AbsentError(status_reason(404), super().get(address, source=source, now=now, kind=kind))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (f"https://{HOST}/4711", Seen.GONE),
        (f"https://www.{HOST}/4711/", Seen.GONE),
        (f"https://{HOST}/maintenance", Seen.COULD_NOT_LOOK),
        (f"https://login.{HOST}/sso", Seen.COULD_NOT_LOOK),
        (f"https://{HOST}/4711?next=1", Seen.COULD_NOT_LOOK),
    ],
)
def test_not_there_counts_only_at_the_address_itself(target: str, expected: Seen) -> None:
    """A redirect that ends in a 404 is a fault of the site's, no word about the record."""
    with Absent(target, "<h1>Not here</h1>") as fetcher:
        assert look(SOURCE, subject=SUBJECT, fetcher=fetcher, now=NOW).seen is expected


@pytest.mark.parametrize(
    "body", ["<h1>Are you a robot?</h1> captcha", "<form><input type=password></form>", "Try again later."]
)
def test_not_there_counts_only_without_an_excuse(body: str) -> None:
    """A test for robots, a login or a fault that is answered with 404 says nothing of the record."""
    assert seen(body, status=404).seen is Seen.COULD_NOT_LOOK


def test_not_there_without_its_words_is_no_proof() -> None:
    """Where nobody knows what the server said, or where, the record may be there."""

    class Silent(Elsewhere):
        def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
            del address, source, now, kind
            raise AbsentError(status_reason(410))

    with Silent(SOURCE.address or "", "") as fetcher:
        assert look(SOURCE, subject=SUBJECT, fetcher=fetcher, now=NOW).seen is Seen.COULD_NOT_LOOK


@pytest.mark.parametrize(
    "body",
    [
        "<p>Age 35. Phone (207) 555-01XX.</p><footer>Want your record removed? Go here</footer>",
        "<p>Age 35. Marrow Bay, ME</p><p>Reports removed at your request take 48 hours.</p>",
        "<p>Marrow Bay, Maine. See full report</p><p>Once a record is removed it may come back.</p>",
    ],
)
def test_words_about_removal_beside_the_record(body: str) -> None:
    """A way to be taken out is offered on every record: the name is still shown."""
    assert seen(f"<h1>Odile Varnholt</h1>{body}").seen is Seen.STILL_THERE
    assert seen(f"<h1>A record</h1>{body}").seen is not Seen.GONE


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Our records are unavailable while we upgrade. Try again in an hour.</h1>",
        "<h1>We are under maintenance</h1><p>This page is not available right now, try again later.</p>",
        "<h1>Just a moment...</h1><p>Verifying you are human. If this page is unavailable enable cookies</p>",
        "<h1>We value your privacy</h1><p>Accept cookies. Profiles not available without consent.</p>",
        "<h1>Please sign in to see this record</h1><p>This profile is not available to guests.</p>",
        "<h1>Service not found</h1><p>Too many requests. Cannot find any server</p>",
        "<h1>People search</h1><p>Your browser cannot find the captcha. Enable javascript.</p>",
        "<h1>This profile is not available in your country</h1>",
        "<h1>Diese Seite ist in Ihrem Land nicht verf\u00fcgbar</h1>",
        "<h1>Record not found</h1><p>Something went wrong.</p>",
    ],
)
def test_what_stands_in_place_of_a_record_is_not_its_end(body: str) -> None:
    """Maintenance, tests, consent, logins and regions: nobody could look."""
    assert seen(body).seen is Seen.COULD_NOT_LOOK


def test_another_site_in_its_place() -> None:
    """A site that leads to another one was sold or merged: that is not followed, and says nothing of the record."""
    assert led_on("https://other.example/4711", "<h1>Odile Varnholt</h1>").seen is Seen.COULD_NOT_LOOK


@pytest.mark.parametrize(
    "body",
    ["<h1>Just a moment</h1><p>Are you human?</p>", "<p>Too many requests. Try again.</p>", "<p>Access denied</p>"],
)
def test_an_excuse_is_no_answer(body: str) -> None:
    """A test for robots that shows nothing of the person says nothing about the record."""
    assert seen(body).seen is Seen.COULD_NOT_LOOK


def test_someone_who_declared_no_name() -> None:
    """Where no name was declared, anything else that was is enough."""
    subject = Subject(facts=(PHONE,), sources=(SOURCE,))
    assert seen("<p>Phone: 207 555 0199</p>", subject=subject).seen is Seen.STILL_THERE


def test_a_site_that_is_not_there() -> None:
    """No connection is no look, and the reason holds no address."""
    with Fetcher(dial=refuse, typed=[SOURCE.address or ""], sleep=lambda _: None) as fetcher:
        found = look(SOURCE, subject=SUBJECT, fetcher=fetcher, now=NOW)
    assert found.seen is Seen.COULD_NOT_LOOK
    assert "4711" not in found.reason


def refuse(_host: str, _port: int) -> None:
    """No way anywhere; sockets are blocked in tests."""
    raise FetchError("there is no connection")


def test_no_value_in_a_look() -> None:
    """What a look says holds nothing of the person or the page."""
    shown = repr(seen("<h1>Odile Varnholt</h1><p>Phone: 207 555 0199</p>"))
    assert [word for word in ("Odile", "0199", HOST) if word in shown] == []
