"""For those who look after the registers: what is wrong with an entry, and how good and how old the entries are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from unlisted.data.domains import registered_domain
from unlisted.data.freshness import OLD_DAYS, STALE_DAYS, age_days, quality_words
from unlisted.data.loader import KINDS, parse, read_texts
from unlisted.data.schema import Directory, Law, Platform, Sourced
from unlisted.errors import DataError

MAX_SHARED = 6
"""Entries that may share a domain: one firm in several countries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """How many entries of each register there are, what they hold, and how good and how old they are.

    `ages` are those of directories, of privacy settings, of laws and of authorities.
    """

    entries: Mapping[str, int]
    holds: Mapping[str, int]
    quality: Mapping[str, int]
    states: Mapping[str, int]
    ages: Mapping[str, Mapping[str, int]]
    kinds: Mapping[str, int]
    laws: Mapping[str, int]
    confidence: Mapping[str, int]


def check(folder: Path | None = None) -> list[str]:
    """The problems of the registers in a folder (default: those that are shipped); each names file, field and what is allowed.

    The folder holds directories, platforms, laws or authorities as folders, or is one of these itself.
    """
    root: Traversable = folder.resolve() if folder is not None else resources.files("unlisted.data")
    if not root.is_dir():
        raise DataError(f"{root.name}: this is not a folder")
    if root.name in KINDS:
        return _check_kind(root.name, root)
    kinds = [kind for kind in KINDS if (root / kind).is_dir()]
    if not kinds:
        raise DataError(f"{root.name}: the folder holds none of: {', '.join(KINDS)}")
    return [problem for kind in kinds for problem in _check_kind(kind, root / kind)]


def _check_kind(kind: str, folder: Traversable) -> list[str]:
    problems: list[str] = []
    entries: list[Sourced] = []
    for key, text in read_texts(folder).items():
        try:
            entry = parse(text, KINDS[kind], name=f"{kind}/{key}.toml")
        except DataError as error:
            problems.append(str(error))
            continue
        entries.append(entry)
        if entry.id != key:
            problems.append(f"{kind}/{key}.toml: id: must be the file's name, {key!r}")
    return problems + _check_directories([entry for entry in entries if isinstance(entry, Directory)])


def _check_directories(entries: list[Directory]) -> list[str]:
    """What one entry alone does not show: owners that are missing, domains that many share or that nobody can own."""
    ids = {entry.id for entry in entries}
    used = Counter(domain for entry in entries for domain in entry.domains)
    problems: list[str] = []
    for entry in entries:
        name = f"directories/{entry.id}.toml"
        if entry.parent is not None and entry.parent not in ids:
            problems.append(f"{name}: parent: must be the id of another entry")
        if entry.removal_at_parent and entry.owner is None and entry.parent is None:
            problems.append(f"{name}: removal_at_parent: needs owner or parent")
        problems += [
            f"{name}: domains: {domain} is no domain" for domain in entry.domains if not registered_domain(domain)
        ]
        problems += [
            f"{name}: domains: {domain} stands in {used[domain]} entries"
            for domain in entry.domains
            if used[domain] > MAX_SHARED
        ]
    return problems


def stats(now: datetime) -> Stats:
    """Counts over the registers that are shipped; directories by quality as it may be shown, by state, age and kind."""
    root = resources.files("unlisted.data")
    found = {
        kind: [parse(text, KINDS[kind], name=key) for key, text in read_texts(root / kind).items()] for kind in KINDS
    }
    sites = [entry for entry in found["directories"] if isinstance(entry, Directory)]
    services = [entry for entry in found["platforms"] if isinstance(entry, Platform)]
    books = [entry for entry in found["laws"] if isinstance(entry, Law)]
    days = {
        "directories": [entry.last_verified for entry in sites],
        "settings": [each.as_of or entry.last_verified for entry in services for each in entry.setting],
        "laws": [entry.last_verified for entry in books],
        "authorities": [entry.last_verified for entry in found["authorities"]],
    }
    return Stats(
        entries={kind: len(entries) for kind, entries in found.items()},
        holds=_holds(sites, services),
        quality=_counts(quality_words(entry, now) for entry in sites),
        states=_counts(entry.state for entry in sites),
        ages={what: _counts(_age(each, now) for each in dates) for what, dates in days.items()},
        kinds=_counts(entry.kind for entry in sites),
        laws=_counts(entry.kind for entry in books),
        confidence=_counts(entry.confidence for entry in books),
    )


def _holds(sites: Sequence[Directory], services: Sequence[Platform]) -> dict[str, int]:
    here = {"US", "all"}
    return {
        "people-search sites that answer to people in the US": sum(
            entry.kind == "people_search" and bool(here & set(entry.countries)) for entry in sites
        ),
        "countries": len({country[:2] for entry in sites for country in entry.countries} - {"al", "EU"}),
        "owners with several sites": len(families(sites)),
        "services with settings": sum(bool(entry.setting) for entry in services),
        "settings": sum(len(entry.setting) for entry in services),
    }


def families(sites: Iterable[Directory]) -> dict[str, frozenset[str]]:
    """The ids of each owner's sites by the owner, its own entry among them, where there are two or more."""
    found: dict[str, set[str]] = {}
    for entry in sites:
        if entry.parent is not None:
            found.setdefault(entry.parent, {entry.parent}).add(entry.id)
    return {owner: frozenset(ids) for owner, ids in found.items() if len(ids) > 1}


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(Counter(words).most_common())


def _age(last_verified: str | None, now: datetime) -> str:
    days = age_days(last_verified, now)
    if days is None:
        return "date unknown"
    if days > OLD_DAYS:
        return "over a year"
    return f"over {STALE_DAYS} days" if days > STALE_DAYS else f"up to {STALE_DAYS} days"
