"""An account or a feed that was asked about and not seen is neither clear nor fixed, whatever the service shows instead."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from unlisted.audit import examine
from unlisted.audit.accounts import FEW_POSTS
from unlisted.audit.unseen import MISSING, TEST
from unlisted.model import AuditResult, Fact, Source, SourceKind, State, Subject
from unlisted.report import json
from unlisted.report.schema import AuditShape
from unlisted.sources.account_fetch import NOTHING
from unlisted.sources.accounts.standing import CLOSED, FAULT, LIMITED, NO_LIST, SHELL
from unlisted.sources.feeds import NO_ENTRIES

Serve = Callable[[Any], AbstractContextManager[Any]]
FACTS = (
    Fact(kind="name", label="name", value="Odile Varnholt"),
    Fact(kind="handle", label="handle", value="odilev"),
    Fact(kind="email", label="e-mail", value="odile@mail.example"),
)
THEN, NOW = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
LOOKUP = "toots.example/api/v1/accounts/lookup?acct=odilev"
POSTS = "toots.example/api/v1/accounts/77/statuses?limit=40&exclude_reblogs=true"
TOOTS = Source(
    label="my toots",
    kind=SourceKind.ACCOUNT,
    address="https://toots.example/@odilev",
    service="mastodon",
    mine=True,
    proven="words",
)
FEED = Source(label="my feed", kind=SourceKind.FEED, address="https://blog.example/feed", mine=True, proven="words")


def profile(**more: Any) -> dict[str, Any]:
    """A Mastodon profile."""
    return {"id": "77", "username": "odilev", "display_name": "Odile Varnholt", "note": "", "fields": [], **more}


def status(content: str = "<p>Clay.</p>") -> dict[str, Any]:
    """A post."""
    return {"id": "900", "created_at": "2026-09-01T10:00:00Z", "content": content, "account": profile()}


def feed(*entries: str) -> bytes:
    """An RSS feed of these entries."""
    items = "".join(f"<item><title>{entry}</title><guid>{entry}</guid></item>" for entry in entries)
    return f"<rss version='2.0'><channel><title>Clay</title>{items}</channel></rss>".encode()


def look(
    serve: Serve, answers: Any, source: Source, now: datetime = NOW, since: AuditShape | None = None
) -> AuditResult:
    """A whole audit of one source."""
    subject = Subject(facts=FACTS, sources=(source,))
    with serve(answers) as service:
        return examine(subject, now=now, rng=random.Random(0), fetcher=service.fetcher, since=since).result


def before(serve: Serve, source: Source) -> AuditShape:
    """The audit of the time when the e-mail address stood there."""
    shown = profile(note="<p>Write to odile@mail.example</p>")
    answers = {
        LOOKUP: shown,
        POSTS: [status()],
        "blog.example/feed": feed("Write to odile@mail.example", "Clay", "Tides"),
    }
    old = AuditShape.model_validate_json(json.render(look(serve, answers, source, THEN)))
    assert "profiles/email" in {one.check for one in old.findings}
    return old


def assert_unseen(serve: Serve, answers: Any, source: Source, reason: str) -> None:
    """The source counts as not checked for this reason, and nothing in it as clear or fixed."""
    result = look(serve, answers, source, since=before(serve, source))
    assert result.since is not None
    assert {change.state for change in result.since.changes} <= {State.UNSEEN, State.STILL, State.CHANGED}
    assert [one.check for one in result.clear if one.source == source.label] == []
    assert reason in {one.reason for one in result.not_checked if one.source == source.label}


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        ({"error": "This account is suspended"}, FAULT),
        ({}, NOTHING),
        (profile(suspended=True), CLOSED),
        (profile(limited=True), LIMITED),
        ({"id": "77", "username": "odilev"}, SHELL),
        (profile(display_name="Account suspended"), TEST),
        (profile(display_name="", note="<p>Something went wrong. Please try again.</p>"), TEST),
        (profile(display_name="", note="<p>Dieses Profil existiert nicht mehr.</p>"), MISSING),
        (
            "<!doctype html><title>Before you continue</title><p>Accept all</p>",
            "the answer is not the data that the service promises",
        ),
        (403, "the site answered 403: not allowed"),
        (429, "the site answered 429: too many requests"),
    ],
)
def test_an_account_that_was_not_seen_is_not_checked(serve: Serve, shown: Any, reason: str) -> None:
    """A fault, a closed account, a shell, an excuse, a banner, a refusal."""
    assert_unseen(serve, {LOOKUP: shown, POSTS: []}, TOOTS, reason)


def test_an_account_that_was_seen_is_fixed(serve: Serve) -> None:
    """The same account without the address; the words of a wall among many posts are a person's own."""
    posts = [{**status(f"<p>Try again, number {number}.</p>"), "id": str(number)} for number in range(FEW_POSTS + 1)]
    for shown in ([status()], posts):
        result = look(serve, {LOOKUP: profile(), POSTS: shown}, TOOTS, since=before(serve, TOOTS))
        assert result.since is not None
        assert {change.check: change.state for change in result.since.changes}["profiles/email"] is State.FIXED
        assert "profiles/email" in {one.check for one in result.clear}


@pytest.mark.parametrize(
    ("posts", "reason"),
    [
        ({"error": "Too many requests"}, f"the posts of this account were not read: {FAULT}"),
        ({}, f"the posts of this account were not read: {NO_LIST}"),
        ("null", f"the posts of this account were not read: {NO_LIST}"),
        ({"message": "later"}, f"the posts of this account were not read: {NO_LIST}"),
    ],
)
def test_posts_that_did_not_come_are_said(serve: Serve, posts: Any, reason: str) -> None:
    """An answer that is no list of posts is not one without posts."""
    result = look(serve, {LOOKUP: profile(), POSTS: posts}, TOOTS, since=before(serve, TOOTS))
    assert reason in {one.reason for one in result.not_checked}
    assert result.since is not None
    assert State.FIXED not in {change.state for change in result.since.changes}


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        (feed(), NO_ENTRIES),
        (b'{"version": "https://jsonfeed.org/version/1.1", "title": "Clay", "items": []}', NO_ENTRIES),
        (feed("This feed is no longer available. Please try again later."), TEST),
        (feed("Page not found"), MISSING),
        (b"<html><head><title>One moment please</title></head><body/></html>", "the address does not lead to a feed"),
    ],
)
def test_a_feed_that_was_not_seen_is_not_checked(serve: Serve, shown: bytes, reason: str) -> None:
    """A feed without an entry shows nothing; one whose only entry is an excuse shows no more."""
    assert_unseen(serve, {"blog.example/feed": shown}, FEED, reason)


def test_a_feed_that_was_seen_is_fixed(serve: Serve) -> None:
    """The entry with the address is gone, others stand."""
    old = before(serve, FEED)
    result = look(serve, {"blog.example/feed": feed("Clay by Odile Varnholt", "Tides")}, FEED, since=old)
    assert result.since is not None
    assert {change.state for change in result.since.changes if change.check == "profiles/email"} == {State.FIXED}


def test_an_account_is_not_held_against_one_that_was_not_seen(serve: Serve) -> None:
    """Where the other account is closed, nobody can say that the two share nothing."""
    code = replace(TOOTS, label="my code", address="https://github.com/odilecode", service="github")
    answers: dict[str, Any] = {
        LOOKUP: profile(),
        POSTS: [status()],
        "api.github.com/users/odilecode": {"login": "odilecode", "id": 7, "bio": None},
        "api.github.com/users/odilecode/events/public?per_page=50": [],
    }
    subject = Subject(facts=FACTS, sources=(TOOTS, code))
    told = []
    for shown in (profile(), profile(suspended=True)):
        with serve({**answers, LOOKUP: shown}) as service:
            result = examine(subject, now=NOW, rng=random.Random(0), fetcher=service.fetcher).result
        told.append({one.source for one in result.clear if one.check == "accounts/same-words"})
    assert told == [{"my toots", "my code"}, set()]


def test_linked_accounts_that_were_refused_are_said(serve: Serve) -> None:
    """A service may have no such list; one that does not answer is a gap."""
    source = replace(TOOTS, address="https://github.com/odilev", service="github")
    answers: dict[str, Any] = {
        "api.github.com/users/odilev": {"login": "odilev", "id": 7, "bio": None},
        "api.github.com/users/odilev/events/public?per_page=50": [],
    }
    assert [one.reason for one in look(serve, answers, source).not_checked] == []
    answers["api.github.com/users/odilev/social_accounts"] = 403
    said = [one.reason for one in look(serve, answers, source).not_checked]
    assert said == ["the linked accounts of this account were not read: the site answered 403: not allowed"]
