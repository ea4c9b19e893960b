"""Accounts within an audit: what one page shows is told, what many posts together show needs proof."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.growth import grows_in_step

from unlisted.audit import examine, hours
from unlisted.audit.accounts import BATCH, ONE_SPOT_M, OTHER_FEED, batches, observe, spots, spread
from unlisted.audit.joins import PHRASE, phrases
from unlisted.audit.lens import lens
from unlisted.audit.observed import Observed
from unlisted.audit.tools import Tools
from unlisted.data.loader import directories
from unlisted.model import (
    Account,
    AuditResult,
    Block,
    Fact,
    Finding,
    Point,
    Post,
    Source,
    SourceKind,
    Subject,
)
from unlisted.report import html
from unlisted.report import json as report_json
from unlisted.sources.account_hosts import OWN_WORDS
from unlisted.sources.fetch import Fetcher

Serve = Callable[[Any], AbstractContextManager[Any]]
Made = Callable[..., Source]
FACTS = (
    Fact(kind="name", label="name", value="Odile Varnholt"),
    Fact(kind="handle", label="handle", value="odilev"),
    Fact(kind="email", label="e-mail", value="odile@mail.example"),
    Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000", lat=44.1, lon=-38.2),
)
NO_PROOF = "places and times: no proof that this account is yours"
TOOT = "toots.example/api/v1/accounts/"


def profile(**more: Any) -> dict[str, Any]:
    """A Mastodon profile."""
    return {"id": "77", "username": "odilev", "display_name": "Odile Varnholt", "note": "", "fields": [], **more}


def statuses(count: int, **more: Any) -> list[dict[str, Any]]:
    """Posts of Tuesday evenings, newest first."""
    start = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    return [
        {"id": str(900 - n), "created_at": (start - timedelta(weeks=n)).isoformat(), "content": "<p>Clay.</p>", **more}
        | {"account": profile()}
        for n in range(count)
    ]


def toots(posts: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A Mastodon account and its posts."""
    return {
        TOOT + "lookup?acct=odilev": profile(**more),
        TOOT + "77/statuses?limit=40&exclude_reblogs=true": posts,
    }


def look(serve: Serve, answers: Any, *sources: Source, facts: tuple[Fact, ...] = FACTS) -> AuditResult:
    """A whole audit of these sources."""
    subject = Subject(facts=facts, sources=sources)
    with serve(answers) as service:
        return examine(
            subject, now=datetime(2026, 11, 21, tzinfo=UTC), rng=random.Random(0), fetcher=service.fetcher
        ).result


def of(result: AuditResult, source: str) -> set[tuple[str, str, str | None]]:
    """(check, kind, fact) of every finding of a source."""
    return {(item.check, item.kind, item.fact) for item in result.findings if item.source == source}


def reasons(result: AuditResult, source: str) -> list[str]:
    """What was not checked of a source."""
    return [item.reason for item in result.not_checked if item.source == source]


@pytest.fixture
def mine(account: Made) -> Source:
    """The person's Mastodon account."""
    return account("https://toots.example/@odilev", "mastodon", label="my toots")


def test_words_of_one_post_are_told_without_proof(serve: Serve, mine: Source) -> None:
    """What any reader of one post sees is matched, wherever it stands."""
    post = {**statuses(1)[0], "content": "<p>Write to odile@mail.example</p>"}
    result = look(serve, toots([post], note="<p>I live at 27 Larch Row, Marrow Bay</p>"), mine)
    assert ("profiles/email", "email", "e-mail") in of(result, "my toots")
    assert ("profiles/address", "address", "home") in of(result, "my toots")
    where = {item.check: item.where for item in result.findings}
    assert "paragraph 1" in where["profiles/email"]
    assert "Profile" in where["profiles/address"]


def test_times_of_posts_need_proof(serve: Serve, mine: Source) -> None:
    """Without proof no week is drawn from many posts, and the report says why; with it the week is there."""
    answers = toots(statuses(20))
    claimed = look(serve, answers, mine)
    assert claimed.week is None
    assert reasons(claimed, "my toots") == [NO_PROOF]
    shown = look(serve, answers, replace(mine, proven="words"))
    assert shown.week is not None
    assert sum(map(sum, shown.week)) == 20
    assert reasons(shown, "my toots") == []
    assert {item.label: item.control for item in shown.sources} == {"my toots": "proven"}


def test_places_of_posts_need_proof(serve: Serve, account: Made) -> None:
    """Twenty marked places give no place without proof; with it they lead to the declared home."""
    rows = [
        {
            "id": n,
            "location": "44.1,-38.2",
            "time_observed_at": f"2026-05-{n:02d}T23:30:00+00:00",
            "user": {"login": "odilev"},
        }
        for n in range(20, 0, -1)
    ]
    path = "api.inaturalist.org/v1/observations?user_login=odilev&per_page=50&order=desc&order_by=id"
    nature = account("https://www.inaturalist.org/people/odilev", "inaturalist", label="my finds")
    claimed = look(serve, {path: {"results": rows}}, nature)
    assert claimed.places == ()
    assert reasons(claimed, "my finds") == [OWN_WORDS, NO_PROOF]
    assert ("profiles/home-position", "position", "home") in of(claimed, "my finds")
    shown = look(serve, {path: {"results": rows}}, replace(nature, proven="words"))
    assert [place.name for place in shown.places] == ["home"]
    assert shown.places[0].seen_in[0][0] == "my finds"


def blog(*links: str, feed: str = "") -> str:
    """A page with rel=me links and perhaps a feed."""
    head = f'<link rel="alternate" type="application/rss+xml" href="{feed}">' if feed else ""
    body = "".join(f'<a rel="me" href="{link}">me</a>' for link in links)
    return f"<html><head>{head}</head><body><p>Clay and tides, all the year round.</p>{body}</body></html>"


def linked(target: str = "https://blog.example/") -> dict[str, Any]:
    """A profile row with a link."""
    return {"fields": [{"name": "Blog", "value": f'<a href="{target}" rel="me">blog</a>'}]}


PAGE = Source(label="my blog", kind=SourceKind.PAGE, address="https://blog.example/", mine=True)


@pytest.mark.parametrize(
    ("there", "back", "ours", "proven"),
    [
        (True, True, True, True),
        (True, False, True, False),
        (False, True, True, False),
        (True, True, False, False),
    ],
)
def test_links_prove_only_both_ways_and_only_between_ones_own(
    serve: Serve, mine: Source, there: bool, back: bool, ours: bool, proven: bool
) -> None:
    """A link in one direction, or to a page that the person does not call theirs, proves nothing."""
    answers = {
        **toots(statuses(12), **(linked() if there else {})),
        "blog.example/": blog(*(["https://toots.example/@odilev"] if back else [])),
    }
    result = look(serve, answers, mine, replace(PAGE, mine=ours))
    control = {item.label: item.control for item in result.sources}
    assert (control["my toots"] == "proven") is proven
    assert (NO_PROOF in reasons(result, "my toots")) is not proven
    assert (result.week is not None) is proven


def test_link_without_rel_me_on_a_page_proves_nothing(serve: Serve, mine: Source) -> None:
    """Any page may link to an account: only rel=me says that both are one person's."""
    page = '<html><body><p>A friend of mine.</p><a href="https://toots.example/@odilev">her</a></body></html>'
    result = look(serve, {**toots(statuses(12), **linked()), "blog.example/": page}, mine, PAGE)
    assert {item.label: item.control for item in result.sources}["my toots"] == "claimed"


FEED = Source(label="my feed", kind=SourceKind.FEED, address="https://blog.example/feed.xml", mine=True)
RSS = "<rss version='2.0'><channel><title>Clay</title>" + "".join(
    f"<item><guid>{n}</guid><title>Pot</title><pubDate>2026-05-{n:02d}T20:00:00Z</pubDate></item>" for n in range(1, 15)
)
RSS += "</channel></rss>"


def test_feed_is_proven_by_its_proven_page(serve: Serve, mine: Source) -> None:
    """A feed that a proven page names as its own counts; the same feed beside a claimed page does not."""
    answers = {
        **toots([], **linked()),
        "blog.example/": blog("https://toots.example/@odilev", feed="/feed.xml"),
        "blog.example/feed.xml": RSS,
    }
    shown = look(serve, answers, mine, PAGE, FEED)
    assert {item.label: item.control for item in shown.sources}["my feed"] == "proven"
    assert shown.week is not None
    claimed = look(serve, answers, PAGE, FEED)
    assert reasons(claimed, "my feed") == [NO_PROOF]
    assert claimed.week is None


def test_feed_that_nobody_listed_is_not_fetched_and_is_told(serve: Serve) -> None:
    """A page's own feed link is no permission; the report says that the feed is there."""
    pages = {"blog.example/": blog(feed="/feed.xml"), "blog.example/feed.xml": RSS}
    subject = Subject(facts=FACTS, sources=(PAGE,))
    with serve(pages) as service:
        result = examine(
            subject, now=datetime(2026, 11, 21, tzinfo=UTC), rng=random.Random(0), fetcher=service.fetcher
        ).result
        assert service.asked == ["blog.example/"]
    assert reasons(result, "my blog") == [OTHER_FEED]
    assert reasons(look(serve, pages, PAGE, FEED), "my blog") == []


def code(account: Made, **more: Any) -> Source:
    """The person's GitHub account."""
    return account("https://github.com/odilev", "github", label="my code", **more)


def joined(result: AuditResult) -> list[Finding]:
    """What joins two accounts."""
    return [item for item in result.findings if item.check.startswith("accounts/same-")]


def test_joins_are_drawn_only_where_both_are_proven(serve: Serve, mine: Source, account: Made) -> None:
    """One user name on two accounts is told of proven ones only; it names both by label."""
    answers = {
        **toots(statuses(1), note="<p>I throw bowls and watch the tides</p>"),
        "api.github.com/users/odilev": {
            "login": "odilev",
            "email": "odile@mail.example",
            "bio": "Mostly: I throw bowls and watch the tides.",
        },
    }
    both = look(serve, answers, replace(mine, proven="words"), replace(code(account), proven="words"))
    assert {item.check for item in joined(both)} == {"accounts/same-handle", "accounts/same-words"}
    assert {(item.source, item.other) for item in joined(both)} == {("my toots", "my code")}
    assert not joined(look(serve, answers, replace(mine, proven="words"), code(account)))
    assert not joined(look(serve, answers, mine, code(account)))


def test_hosts_are_the_typed_ones_and_those_of_the_table(serve: Serve, mine: Source, account: Made) -> None:
    """Only the account's own host and its service's interface are contacted, whatever the answers link to."""
    lures = {
        "avatar_url": "https://evil.example/a.png",
        "blog": "https://evil.example",
        "repos_url": "https://evil.example/r",
    }
    answers = {
        **toots(statuses(2), url="https://evil.example/@x", avatar="https://evil.example/a.png", **linked()),
        "api.github.com/users/odilev": {"login": "odilev", **lures},
    }
    subject = Subject(facts=FACTS, sources=(mine, code(account)))
    with serve(answers) as service:
        examine(subject, now=datetime(2026, 11, 21, tzinfo=UTC), rng=random.Random(0), fetcher=service.fetcher)
        assert set(service.fetcher.contacted) == {"toots.example", "api.github.com"}
        sent = " ".join(service.asked).casefold()
    assert not [word for word in ("varnholt", "larch", "marrow", "mail.example") if word in sent]


def test_account_that_cannot_be_read_is_one_line(serve: Serve, mine: Source, account: Made) -> None:
    """A missing account, an unknown service, a wrong address: not checked with a reason, and the rest goes on."""
    sources = (
        mine,
        account("https://reddit.example/user/odilev", "reddit", label="closed"),
        account("https://github.com/odilev/pots", "github", label="no account"),
    )
    result = look(serve, {}, *sources)
    assert all(len(reasons(result, source.label)) == 1 for source in sources)
    assert {item.label: item.read for item in result.sources} == dict.fromkeys(("my toots", "closed", "no account"), 0)
    assert result.findings == ()


def test_no_value_of_an_account_stands_in_a_report(serve: Serve, mine: Source) -> None:
    """Names, posts, positions and numbers of an account are in no output."""
    answers = toots(
        [{**statuses(1)[0], "content": "<p>canary-post odile@mail.example</p>"}],
        note="<p>canary-note 27 Larch Row, Marrow Bay</p>",
        fields=[{"name": "canary-row", "value": "canary-cell"}],
    )
    result = look(serve, answers, replace(mine, proven="words"))
    assert result.findings
    for text in (html.render(result), report_json.render(result)):
        assert not [word for word in ("canary", "Larch", "Varnholt", "odilev", "mail.example", "44.1") if word in text]


def test_profile_that_search_engines_may_not_show_is_no_finding(serve: Serve, mine: Source) -> None:
    """A name on a profile is told where search engines may show it, and not where the account keeps them away."""
    open_ = look(serve, toots([]), mine)
    hidden = look(serve, toots([], noindex=True), mine)
    assert "profiles/searchable" in {item.check for item in open_.findings}
    assert "profiles/searchable" not in {item.check for item in hidden.findings}


def test_loud_post_does_not_crowd_out_a_quiet_one(serve: Serve, mine: Source) -> None:
    """However often one detail is repeated, the one detail of the last post is found."""
    posts = statuses(12)
    for post in posts[:-1]:
        post["content"] = "<p>" + "odile@mail.example " * 300 + "</p>"
    posts[-1]["content"] = "<p>27 Larch Row, Marrow Bay</p>"
    result = look(serve, toots(posts), mine)
    assert ("profiles/address", "address", "home") in of(result, "my toots")
    assert ("profiles/email", "email", "e-mail") in of(result, "my toots")


def test_portions_hold_every_block_once_and_in_order() -> None:
    """Nothing is lost or read twice at the border of two portions."""
    blocks = [Block(text="x" * size) for size in (BATCH, 1, BATCH + 1, 0, 7)]
    found = list(batches(blocks))
    assert [block for batch in found for block in batch] == blocks
    assert [len(batch) for batch in found] == [2, 1, 2]
    assert list(batches([])) == []


def test_twice_as_many_posts_cost_about_twice_as_much() -> None:
    """Growth stays linear however much an account has said."""
    source = Source(label="a", kind=SourceKind.ACCOUNT, address="https://toots.example/@odilev", mine=True)
    subject = Subject(facts=FACTS, sources=(source,))
    text = "We walked along the harbour at 6:40 pm and had soup near Larch Row. " * 6

    tools = Tools(
        lens=lens(subject),
        register=directories(),
        fetcher=Fetcher(),
        now=datetime(2026, 11, 21, tzinfo=UTC),
        progress=lambda *_: None,
    )

    def account(count: int) -> Account:
        return Account(service="mastodon", posts=tuple(Post(text=text, id=str(n)) for n in range(count)))

    grows_in_step(account, lambda made: observe(source, made, tools, Observed()), 150)


def at(day: int) -> datetime:
    return datetime(2026, 5, day, 10, tzinfo=UTC)


def test_entry_that_covers_an_area_is_no_spot() -> None:
    """Both corners of a small box make its middle; a wide box says nothing about where somebody was."""
    small = (Point(44.1, -68.2, at(1), "a"), Point(44.1001, -68.2001, at(1), "a"))
    wide = (Point(44.1, -68.2, at(2), "b"), Point(45.1, -67.2, at(2), "b"))
    (spot,) = spots(Account(service="openstreetmap", points=(*small, *wide)))
    assert (round(spot.lat, 5), round(spot.lon, 5), spot.at) == (44.10005, -68.20005, at(1))
    assert spread(small) < ONE_SPOT_M < spread(wide)


def test_position_of_an_entry_counts_once() -> None:
    """A position that stands both on an entry and in the answer is one spot, with the entry's time."""
    account = Account(
        service="feed",
        posts=(Post(text="", at=at(1), lat=44.1, lon=-68.2, id="1"),),
        points=(Point(44.1, -68.2), Point(44.5, -68.5)),
    )
    assert [(spot.lat, spot.at) for spot in spots(account)] == [(44.1, at(1)), (44.5, None)]


def test_phrases_are_rows_of_words() -> None:
    """Capitals and signs do not matter; fewer words than a phrase has say nothing."""
    assert phrases(["I throw bowls, and watch TIDES"]) == {"i throw bowls and watch tides"}
    assert phrases(["Clay and tides."]) == set()
    assert len(phrases([" ".join(map(str, range(PHRASE + 3)))])) == 4


def test_week_needs_a_zone() -> None:
    """Times without a place are counted in the zone that was given, else in that of a declared place, else not at all."""
    times = [datetime(2026, 6, day, 22, 30, tzinfo=UTC) for day in range(1, 15)]
    zoned = hours.week((), times, Subject(timezone="America/New_York"))
    assert zoned is not None
    assert {hour for row in zoned for hour, count in enumerate(row) if count} == {18}
    placed = hours.week((), times, Subject(facts=FACTS))
    assert placed is not None
    assert hours.week((), times, Subject()) is None
    assert hours.week((), times[:5], Subject(timezone="America/New_York")) is None


def test_week_of_places_and_posts_is_their_sum() -> None:
    """Photos and posts of one person make one week; a quarter hour with many posts counts once."""
    times = [datetime(2026, 6, day, 22, 30, tzinfo=UTC) for day in range(1, 15)]
    points = [Point(40.7, -74.0, time, str(n)) for n, time in enumerate(times)]
    subject = Subject(timezone="America/New_York")
    both, posts = hours.week(points, times * 3, subject), hours.week((), times, subject)
    assert both is not None
    assert posts is not None
    assert [[a * 2 for a in row] for row in posts] == [list(row) for row in both]


def test_times_at_the_ends_of_the_calendar_are_left_out() -> None:
    """A clock that was never set costs its post, not the audit."""
    times = [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
    assert hours.week((), times * 20, Subject(timezone="America/New_York")) is None
