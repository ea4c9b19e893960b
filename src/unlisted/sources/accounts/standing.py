"""Whether a service's answer is about an account that strangers see: not a fault, not one that is closed, blocked or hidden.

By the published descriptions of the interfaces. What such an answer does not show says nothing about the account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from unlisted.sources.accounts.gather import node, nodes
from unlisted.sources.accounts.parse import local

FAULT = "the service answers with a fault"
CLOSED = "the service has closed or blocked this account, and shows little of it"
LIMITED = "the service has limited this account, and shows strangers less of it"
PRIVATE = "the account is private: strangers see little of it"
ABSENT = "the service knows no such account"
SHELL = "the answer leaves out what a profile always has"
NO_LIST = "the answer is not the list that the service promises"

MOST = 50
"""Entries of an answer that are looked at."""
DEEPEST = 2_000
"""Elements of an XML answer that are looked at."""

FAULTS = frozenset({"error", "errors", "error_id", "error_message", "error_description", "errcode"})
LISTS = ("results", "items", "feed")
"""Where services put a list that is not the whole answer."""

Test = Callable[[Mapping[str, Any]], bool]


def _is(key: str, *wanted: str) -> Test:
    return lambda item: item.get(key) in wanted


def _yes(key: str) -> Test:
    """The key holds a plain yes: 1 is none."""
    return lambda item: item.get(key) is True


def _holds(key: str) -> Test:
    return lambda item: bool(item.get(key))


def _has(key: str) -> Test:
    return lambda item: key in item


def _lacks(key: str, *, where: str) -> Test:
    """An account, known by the key `where`, does not even name `key`: services name it also where it is empty."""
    return lambda item: where in item and key not in item


def _labelled(*wanted: str) -> Test:
    def test(item: Mapping[str, Any]) -> bool:
        return any(label.get("val") in wanted for label in nodes(item.get("labels") or []) if "uri" in label)

    return test


SIGNS: Mapping[str, tuple[tuple[Test, str], ...]] = {
    "bluesky": ((_labelled("!takedown", "!suspend", "!hide"), CLOSED), (_labelled("!warn"), LIMITED)),
    "github": ((_holds("suspended_at"), CLOSED),),
    "gitlab": (
        (_is("state", "blocked", "banned", "deactivated", "ldap_blocked", "blocked_pending_approval"), CLOSED),
        (_yes("private_profile"), PRIVATE),
    ),
    "hackernews": ((_yes("deleted"), CLOSED),),
    "inaturalist": ((_yes("suspended"), CLOSED),),
    "lichess": ((_yes("disabled"), CLOSED),),
    "mastodon": (
        (_yes("suspended"), CLOSED),
        (_yes("limited"), LIMITED),
        (_lacks("note", where="username"), SHELL),
    ),
    "stackexchange": ((_is("user_type", "does_not_exist"), ABSENT), (_has("timed_penalty_date"), LIMITED)),
    "wikipedia": ((_has("missing"), ABSENT), (_has("invalid"), ABSENT), (_has("hidden"), CLOSED)),
}
"""By service: what an account's own object says about how much of it strangers see."""


def fault(value: object) -> bool:
    """Whether a whole JSON answer is an error and nothing else."""
    return isinstance(value, dict) and any(value.get(key) for key in FAULTS)


def is_list(value: object) -> bool:
    """Whether a JSON answer holds a list where services put it."""
    holder = node(value)
    inner = node(holder.get("query"))
    return isinstance(value, list) or any(
        isinstance(one, list) for one in (*(holder.get(key) for key in LISTS), inner.get("usercontribs"))
    )


def standing(value: object, service: str) -> str | None:
    """Why an account's answer must not count as the account, or None. `value` is the JSON or the XML of the profile."""
    if isinstance(value, Element):
        return CLOSED if service == "orcid" and _deactivated(value) else None
    signs = SIGNS.get(service, ())
    return next((reason for item in _accounts(value) for test, reason in signs if test(item)), None)


def _accounts(value: object) -> Iterator[dict[str, Any]]:
    """The objects of an answer that stand for the account itself."""
    users = node(node(value).get("query")).get("users")
    items = users or node(value).get("items") or node(value).get("results") or value
    for item in list(nodes(items))[:MOST]:
        yield node(item.get("user")) if "user" in item else item


def _deactivated(root: Element) -> bool:
    """Whether a record of a researcher says when it was given up."""
    return any(local(element) == "deactivation-date" for _, element in zip(range(DEEPEST), root.iter(), strict=False))
