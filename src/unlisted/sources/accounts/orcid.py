"""ORCID records (XML of versions 2 and 3), by local names. Works and memberships are not read."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from unlisted.sources.accounts.gather import Gatherer
from unlisted.sources.accounts.parse import child_text, children, local, text_of

WORK = {"employment", "invited-position", "employment-summary", "invited-position-summary"}
STUDY = {"education", "qualification", "education-summary", "qualification-summary"}
SKIPPED = {
    *(
        "work",
        "works",
        "funding",
        "fundings",
        "peer-review",
        "peer-reviews",
        "membership",
        "memberships",
        "service",
        "services",
    ),
    *("distinction", "distinctions", "research-resource", "research-resources", "source"),
    *(
        "work-summary",
        "funding-summary",
        "peer-review-summary",
        "membership-summary",
        "service-summary",
        "distinction-summary",
    ),
}
ADDRESS = {"city": "locality", "region": "region", "country": "country"}


def read(root: Element, found: Gatherer) -> None:
    """Every part of the record that says something about the person."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in SKIPPED:
            continue
        if name in WORK | STUDY:
            _place(element, found, work=name in WORK)
            continue
        if name in _READERS:
            _READERS[name](element, found)
        waiting.extend(reversed(element))


def _place(element: Element, found: Gatherer, *, work: bool) -> None:
    """Employment or education: the organisation and where it is."""
    for organization in children(element, "organization"):
        found.add("employer" if work else "school", child_text(organization, "name"), "organization")
        for address in children(organization, "address"):
            for key, kind in ADDRESS.items():
                found.add(kind, child_text(address, key), "organization")
    if work:
        found.add("job_title", child_text(element, "role-title"), "role-title")


def _names(element: Element, found: Gatherer) -> None:
    """Given and family name stand side by side in whatever holds them."""
    given, family = child_text(element, "given-names"), child_text(element, "family-name")
    found.add("name", " ".join(part for part in (given, family) if part), "name")


def _email(element: Element, found: Gatherer) -> None:
    found.add("email", text_of(element), "email")
    found.add("email", element.get("email"), "email")


def _history(element: Element, found: Gatherer) -> None:
    found.time("created_at", child_text(element, "submission-date"), "submission-date")
    found.time("last_active_at", child_text(element, "last-modified-date"), "last-modified-date")


_Reader = Callable[[Element, Gatherer], None]


def _child(kind: str, child: str) -> _Reader:
    """A reader that takes one child's text."""
    return lambda element, found: found.add(kind, child_text(element, child), child)


def _link(kind: str, child: str) -> _Reader:
    """A reader that takes one child's address."""
    return lambda element, found: found.site(kind, child_text(element, child), child)


def _own(kind: str) -> _Reader:
    """A reader that takes the element's own text."""
    return lambda element, found: found.add(kind, text_of(element), local(element))


def _words(element: Element, found: Gatherer) -> None:
    """What the person wrote about themselves, or one word for it."""
    found.tell(child_text(element, "content") or text_of(element))


_READERS: dict[str, _Reader] = {
    "biography": _words,
    "keyword": _words,
    "name": _names,
    "personal-details": _names,
    "credit-name": _own("name"),
    "other-name": _child("nickname", "content"),
    "researcher-url": _link("website", "url"),
    "external-identifier": _link("same_as", "external-id-url"),
    "address": _child("country", "country"),
    "email": _email,
    "history": _history,
    "preferences": _child("language", "locale"),
}
