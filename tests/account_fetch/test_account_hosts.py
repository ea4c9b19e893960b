"""The fixed table: who is asked about which account, and with what."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.errors import NotRead
from unlisted.model import Source, SourceKind
from unlisted.sources.account_fetch import NEXT
from unlisted.sources.account_hosts import MAX_PAGES, NO_ACCOUNT, NO_SERVICE, SERVICES, contacts, listed, place
from unlisted.sources.accounts import SERVICES as READABLE

ACCOUNTS = [
    ("bluesky", "https://bsky.app/profile/wren.example", "public.api.bsky.app", "wren.example"),
    ("github", "https://github.com/wrenash", "api.github.com", "wrenash"),
    ("github", "https://code.firm.example/wrenash", "code.firm.example", "wrenash"),
    ("gitlab", "https://lab.example/wrenash/", "lab.example", "wrenash"),
    ("hackernews", "https://news.ycombinator.com/user?id=wrenash", "hacker-news.firebaseio.com", "wrenash"),
    ("inaturalist", "https://www.inaturalist.org/people/wrenash", "api.inaturalist.org", "wrenash"),
    ("lichess", "https://lichess.org/@/wrenash", "lichess.org", "wrenash"),
    ("mastodon", "https://toots.example/@wrenash", "toots.example", "wrenash"),
    ("mastodon", "https://toots.example/users/wrenash", "toots.example", "wrenash"),
    ("openstreetmap", "https://www.openstreetmap.org/user/Wren%20Ash", "api.openstreetmap.org", "Wren Ash"),
    ("orcid", "https://orcid.org/0000-0001-2345-6789", "pub.orcid.org", "0000-0001-2345-6789"),
    ("stackexchange", "https://stackoverflow.com/users/20714/wren", "api.stackexchange.com", "20714"),
    ("stackexchange", "https://pottery.stackexchange.com/users/7", "api.stackexchange.com", "7"),
    ("wikipedia", "https://en.wikipedia.org/wiki/User:Wren_Ash", "en.wikipedia.org", "Wren_Ash"),
    ("wikipedia", "https://de.wikipedia.org/wiki/Benutzerin:Wren", "de.wikipedia.org", "Wren"),
]
WRONG = [
    ("github", "https://github.com/"),
    ("github", "https://github.com/wrenash/repository"),
    ("bluesky", "https://elsewhere.example/profile/wren.example"),
    ("lichess", "https://notlichess.org/@/wrenash"),
    ("hackernews", "https://news.ycombinator.com/item?id=1"),
    ("wikipedia", "https://en.wikipedia.org/wiki/Tide"),
    ("wikipedia", "https://wikipedia.org.example/wiki/User:Wren"),
    ("orcid", "https://orcid.org/"),
    ("stackexchange", "https://stackexchange.com.example/users/7"),
    ("mastodon", "https://toots.example/about"),
]


@pytest.mark.parametrize(("service", "address", "host", "who"), ACCOUNTS)
def test_account_is_asked_about_at_its_own_service(
    account: Callable[..., Source], service: str, address: str, host: str, who: str
) -> None:
    """From the typed address come the host that answers and the name, and nothing else."""
    source = account(address, service)
    where = place(source)
    assert where.who == who
    assert contacts(source) == (host, *where.pictures)
    assert contacts(replace(source, mine=False)) == (host,)
    for ask in where.service.asks:
        asked = urlsplit(where.address(ask.path, "109"))
        assert asked.hostname == host
        assert asked.scheme == "https"
        assert "{" not in unquote(asked.geturl())
        assert who in unquote(asked.geturl()) or "{id}" in ask.path


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("https://toots.example:8443/@wrenash", "toots.example"),
        ("https://TOOTS.example./@wrenash", "toots.example"),
        ("https://b\u00fccher.example/@wrenash", "xn--bcher-kva.example"),
        ("https://[2001:db8::1]/@wrenash", "2001:db8::1"),
        ("https://wrenash:word@toots.example/@wrenash", "toots.example"),
        ("https://toots.example@other.example/@wrenash", "other.example"),
    ],
)
def test_the_host_that_is_shown_is_the_one_that_is_asked(account: Callable[..., Source], typed: str, host: str) -> None:
    """Not a login name that stands before it, and not half of a number."""
    assert contacts(account(typed, "mastodon"))[0] == host


@pytest.mark.parametrize(("service", "address"), WRONG)
def test_address_that_is_no_account_is_refused(account: Callable[..., Source], service: str, address: str) -> None:
    """Another site, or a page of the right site that is nobody's account, asks nobody."""
    with pytest.raises(NotRead) as error:
        place(account(address, service))
    assert error.value.reason == NO_ACCOUNT
    assert contacts(account(address, service)) == ()


@pytest.mark.parametrize("service", ["reddit", "twitter", "feed", "activitystreams", "nonesuch"])
def test_services_without_a_public_answer_are_refused(account: Callable[..., Source], service: str) -> None:
    """A service that is closed to programs is said to be, with what to do instead."""
    with pytest.raises(NotRead) as error:
        place(account("https://somewhere.example/@wrenash", service))
    assert error.value.reason == NO_SERVICE


def test_every_service_of_the_table_can_be_read() -> None:
    """What is asked for can be taken apart, its next page is found by a rule that exists, and every list is bounded."""
    assert set(SERVICES) <= set(READABLE)
    for service in SERVICES.values():
        assert service.asks
        for ask in service.asks:
            assert ask.more is None or ask.more in NEXT
            assert 1 <= ask.pages <= MAX_PAGES


def test_table_holds_no_address_and_no_name_but_the_typed_one() -> None:
    """A question is a path below a known host; its only holes are the typed name, its site and the service's own number."""
    for name, service in SERVICES.items():
        assert service.hosts or service.own is not None, name
        for ask in service.asks:
            assert ask.path.startswith("/"), name
            assert "://" not in ask.path, name
            assert set(re.findall(r"\{(\w*)\}", ask.path)) <= {"who", "id", "site"}, name
        assert service.asks[0].path.count("{who}") == 1, name
        assert not re.search(r"email|phone|hash|md5", " ".join(ask.path for ask in service.asks)), name


def test_only_mastodon_gitlab_and_firms_own_programs_answer_on_any_host() -> None:
    """Every other service has a fixed list of hosts, so that it cannot be pointed elsewhere."""
    assert {name for name, service in SERVICES.items() if service.own is not None} == {"github", "gitlab", "mastodon"}


def test_hosts_below_a_listed_one_count_only_where_the_table_says_so() -> None:
    """A leading dot means every host below; "www." is the same site; a longer name is another one."""
    assert listed("www.github.com", ("github.com",))
    assert listed("fr.wikipedia.org", (".wikipedia.org",))
    assert not listed("evil-github.com", ("github.com",))
    assert not listed("github.com.example", ("github.com",))
    assert not listed("evilwikipedia.org", (".wikipedia.org",))


def test_contacts_of_a_page_are_its_own_host() -> None:
    """A source that is no account goes to the site that was typed and nowhere else."""
    page = Source(label="blog", kind=SourceKind.PAGE, address="https://blog.example/about")
    assert contacts(page) == ("blog.example",)
    assert contacts(Source(label="photos", kind=SourceKind.PHOTOS, path="photos")) == ()


@given(
    service=st.sampled_from(sorted(SERVICES)),
    name=st.text(max_size=40),
    host=st.sampled_from(["github.com", "bsky.app", "toots.example", "en.wikipedia.org", "lichess.org", "[::1]", ""]),
    before=st.sampled_from(["/", "/@", "/@/", "/profile/", "/user/", "/users/", "/wiki/User:", "/user?id="]),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_address_leads_a_question_to_another_host(service: str, name: str, host: str, before: str) -> None:
    """Whatever stands in the typed address, a question goes to a host of the table or to the account's own."""
    address = "https://" + host + before + name
    source = Source(label="x", kind=SourceKind.ACCOUNT, address=address, service=service)
    try:
        where = place(source)
    except NotRead:
        return
    for ask in where.service.asks:
        asked = urlsplit(where.address(ask.path, "7"))
        assert asked.hostname in {where.service.api, host.strip("[]")}
        fixed = ask.path.partition("{")[0].partition("?")[0]
        assert asked.path.startswith((where.service.own or "") + fixed if where.root[2] else fixed)
        assert asked.fragment == ""
