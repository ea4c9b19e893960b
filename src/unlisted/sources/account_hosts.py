"""The one fixed table of services: which hosts answer about an account that the person listed, and what they are asked.

Nothing here is an address. A path is completed with the name in the account's address, as the person typed it, and with what
the service itself answered about that account (its number, where the next page begins). Where a service runs on many hosts
(Mastodon, GitLab), the account's own host answers. No declared fact ever stands in a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from unlisted.data.domains import host_of, registered_domain
from unlisted.errors import NotRead
from unlisted.model import Source

MAX_PAGES = 5
"""Pages of one list that are asked for: the newest posts."""

OWN_WORDS = "what is written on the profile page of this account was not read: list that page too, with page = ..."
"""Said of services that answer programs without those words."""
NO_ACCOUNT = "the address is not that of an account on this service"
NO_SERVICE = (
    "this service is not one that can be asked; list the page of the profile, or read what you downloaded there"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question. `path` is relative to the host that answers; `what` is said where there is no answer.

    Holes: `{who}` the name in the account's address, `{site}` its host, `{id}` the number that the first answer gave.
    `more` names the rule by which the next page is found; `size` is how many entries a full page has.
    """

    path: str
    what: str = "the profile"
    more: str | None = None
    size: int = 0
    pages: int = MAX_PAGES
    optional: bool = False
    """True where a service may rightly have nothing there: no answer is not worth a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service. `hosts` are where its accounts live (a leading dot: any host below); empty: any host.

    `api` is the host that answers, None where it is the account's own. On a host that is not listed, `own` stands before every
    path (the programs that firms run for themselves); None where no other host may be meant.
    """

    account: re.Pattern[str]
    asks: tuple[Ask, ...]
    hosts: tuple[str, ...] = ()
    api: str | None = None
    own: str | None = None
    pictures: tuple[str, ...] = ()
    """Hosts that keep the pictures of accounts, beside the account's own host: whole names, shown before the run.

    `{site}` is the account's own host, once as typed and once as the domain that its owner registered.
    """
    keys: str | None = None
    """Where, at the account's own host, its public keys stand."""
    left_out: tuple[str, ...] = ()
    """What is never asked for, as plain reasons."""


def at(pattern: str) -> re.Pattern[str]:
    """The form of an account's path and query; `who` stands for one name in it."""
    return re.compile(pattern.replace("<who>", "(?P<who>[^/?#&]{1,255})"))


SERVICES: Mapping[str, Service] = {
    "bluesky": Service(
        account=at("/profile/<who>"),
        hosts=("bsky.app",),
        api="public.api.bsky.app",
        pictures=("cdn.bsky.app",),
        asks=(
            Ask(path="/xrpc/app.bsky.actor.getProfile?actor={who}"),
            Ask(
                path="/xrpc/app.bsky.feed.getAuthorFeed?actor={who}&limit=100&filter=posts_with_replies",
                what="the posts",
                more="cursor",
            ),
        ),
    ),
    "github": Service(
        account=at("/<who>"),
        hosts=("github.com",),
        api="api.github.com",
        own="/api/v3",
        pictures=("avatars.githubusercontent.com",),
        keys="/{who}.keys",
        asks=(
            Ask(path="/users/{who}"),
            Ask(path="/users/{who}/social_accounts", what="the linked accounts", optional=True),
            Ask(path="/users/{who}/events/public?per_page=50", what="the public events", more="page", size=50),
        ),
    ),
    "gitlab": Service(
        account=at("/<who>"),
        own="",
        keys="/{who}.keys",
        asks=(
            Ask(path="/api/v4/users?username={who}"),
            Ask(path="/api/v4/users/{id}", what="the rest of the profile"),
            Ask(path="/api/v4/users/{id}/events?per_page=50", what="the public events", more="page", size=50),
        ),
    ),
    "hackernews": Service(
        account=at(r"/user\?id=<who>"),
        hosts=("news.ycombinator.com",),
        api="hacker-news.firebaseio.com",
        asks=(Ask(path="/v0/user/{who}.json"),),
        left_out=("the posts of this account were not read: each would be a question of its own",),
    ),
    "inaturalist": Service(
        account=at("/(?:people|users)/<who>"),
        hosts=("inaturalist.org",),
        api="api.inaturalist.org",
        left_out=(OWN_WORDS,),
        asks=(
            Ask(
                path="/v1/observations?user_login={who}&per_page=50&order=desc&order_by=id",
                what="the observations",
                more="id_below",
                size=50,
            ),
        ),
    ),
    "lichess": Service(
        account=at("/@/<who>"),
        hosts=("lichess.org",),
        asks=(Ask(path="/api/user/{who}"),),
        left_out=("the games of this account were not read",),
    ),
    "mastodon": Service(
        account=at("/(?:web/)?(?:@|users/)<who>"),
        own="",
        pictures=("assets.{site}", "cdn.{site}", "files.{site}", "media.{site}", "static.{site}"),
        asks=(
            Ask(path="/api/v1/accounts/lookup?acct={who}"),
            Ask(
                path="/api/v1/accounts/{id}/statuses?limit=40&exclude_reblogs=true",
                what="the posts",
                more="max_id",
                size=40,
            ),
        ),
    ),
    "openstreetmap": Service(
        account=at("/user/<who>"),
        hosts=("openstreetmap.org",),
        api="api.openstreetmap.org",
        left_out=(OWN_WORDS,),
        asks=(
            Ask(path="/api/0.6/changesets?display_name={who}", what="the changes to the map", more="before", size=100),
            Ask(
                path="/api/0.6/notes/search?display_name={who}&closed=-1&limit=100",
                what="the notes on the map",
                optional=True,
            ),
        ),
    ),
    "orcid": Service(
        account=at("/<who>"),
        hosts=("orcid.org",),
        api="pub.orcid.org",
        asks=(Ask(path="/v3.0/{who}/record"),),
    ),
    "stackexchange": Service(
        account=at("/users/<who>(?:/[^/?#]{0,200})?"),
        hosts=(
            "stackoverflow.com",
            "superuser.com",
            "serverfault.com",
            "askubuntu.com",
            "mathoverflow.net",
            ".stackexchange.com",
        ),
        api="api.stackexchange.com",
        left_out=(OWN_WORDS,),
        pictures=("i.sstatic.net", "i.stack.imgur.com"),
        asks=(
            Ask(path="/2.3/users/{who}?site={site}"),
            Ask(
                path="/2.3/users/{who}/posts?site={site}&order=desc&sort=creation&pagesize=100",
                what="the posts",
                more="has_more",
            ),
        ),
    ),
    "wikipedia": Service(
        account=at("/wiki/[^/:?#]{1,40}:<who>"),
        hosts=(".wikipedia.org",),
        left_out=(OWN_WORDS,),
        asks=(
            Ask(path="/w/api.php?action=query&format=json&list=users&ususers={who}&usprop=registration%7Ceditcount"),
            Ask(
                path="/w/api.php?action=query&format=json&list=usercontribs&ucuser={who}&uclimit=200"
                "&ucprop=ids%7Ctitle%7Ctimestamp%7Ccomment",
                what="the edits",
                more="uccontinue",
            ),
        ),
    ),
}
"""By the name of the service, as it stands in the subject file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an account is asked about: a service, the root of the host that answers, and the name that was typed."""

    service: Service = field(repr=False)
    root: tuple[str, str, str] = field(repr=False)
    """Scheme, host with port, and what stands before every path."""
    home: tuple[str, str] = field(repr=False)
    """Scheme and host with port of the account itself."""
    who: str = field(repr=False)
    host: str = field(repr=False)
    """The host that the person typed."""

    @property
    def site(self) -> str:
        """The same host without "www."."""
        return self.host.removeprefix("www.")

    @property
    def pictures(self) -> tuple[str, ...]:
        """Hosts that keep the pictures of this account beside its own: those of the service, where the account lives there."""
        if self.service.hosts and not listed(self.site, self.service.hosts):
            return ()
        domain = registered_domain(self.site)
        sites = dict.fromkeys((self.site, domain) if domain else ())
        return tuple(dict.fromkeys(one.replace("{site}", site) for site in sites for one in self.service.pictures))

    def at_home(self, path: str) -> str:
        """An address at the account's own host; `path` is one of the service's."""
        return urlunsplit((*self.home, path.replace("{who}", quote(self.who, safe="")), "", ""))

    def address(self, path: str, number: str = "") -> str:
        """The address of one question; `path` is one of the service's, with its next page."""
        holes = {"who": self.who, "site": self.site, "id": number}
        for name, value in holes.items():
            path = path.replace("{" + name + "}", quote(value, safe=""))
        path, _, query = path.partition("?")
        scheme, netloc, before = self.root
        return urlunsplit((scheme, netloc, before + path, query, ""))


def listed(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether a host is one of a service's own, "www." aside."""
    bare = host.removeprefix("www.")
    return any(bare == one or (one.startswith(".") and bare.endswith(one)) for one in hosts)


def place(source: Source) -> Place:
    """Where the account that the person listed is asked about. Raises NotRead where the service or the address does not fit."""
    service = SERVICES.get(source.service or "")
    if service is None:
        raise NotRead(NO_SERVICE)
    host = host_of(source.address or "")
    parts = urlsplit(source.address or "") if host else urlsplit("")
    path = parts.path.rstrip("/")
    found = service.account.fullmatch(f"{path}?{parts.query}") or service.account.fullmatch(path)
    known = host is not None and listed(host, service.hosts)
    if host is None or found is None or not (known or service.own is not None):
        raise NotRead(NO_ACCOUNT)
    who = unquote(found["who"])
    root = ("https", service.api or parts.netloc, "") if known else (parts.scheme, parts.netloc, service.own or "")
    home = parts.scheme, parts.netloc
    return Place(service=service, root=root, home=home, who=who.removeprefix("@"), host=host)


def contacts(source: Source) -> tuple[str, ...]:
    """The hosts that a source makes the program contact, to be shown before the run; nothing where it cannot be asked."""
    own = host_of(source.address or "")
    if source.service is None:
        return (own,) if own else ()
    try:
        where = place(source)
    except NotRead:
        return ()
    answers = host_of(urlunsplit((*where.root[:2], "", "", "")))  # as it is asked: without port, login or unusual signs
    return (answers or where.host, *(where.pictures if source.mine else ()))
