"""Exports that are tables: Reddit and LinkedIn. Headings after the files that the services give out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from unlisted.sources.exports.container import Member
from unlisted.sources.exports.found import Found
from unlisted.sources.exports.times import words
from unlisted.sources.exports.values import table

Reader = Callable[[Member, Found], None]

MAX_LINKS = 5_000
_LINK = re.compile(r"https?://[^\s,\[\]]{1,500}")
"""A web address in "[COMPANY:https://a.example,PERSONAL:https://b.example]"."""

SHOWN = {
    "headline": "bio",
    "summary": "bio",
    "geo location": "location_text",
}
"""Lines of a LinkedIn profile that others see; address, postcode and date of birth of the same table they do not."""


def reddit_posts(member: Member, found: Found) -> None:
    """posts.csv and comments.csv: everybody can read them."""
    for row in table(member):
        said = "\n".join(filter(None, (row.get("title"), row.get("body"))))
        found.post(said, words(row.get("date")), public=True)


def counted(what: str) -> Reader:
    """A table that nobody else sees: its rows are counted under this word."""

    def read(member: Member, found: Found) -> None:
        found.hidden[what] += sum(1 for _ in table(member))

    return read


def linkedin_profile(member: Member, found: Found) -> None:
    """Profile.csv: what others see of it."""
    for row in table(member):
        found.field("name", f"{row.get('first name', '')} {row.get('last name', '')}", "name")
        for heading, kind in SHOWN.items():
            found.field(kind, row.get(heading), heading)
        for link in _LINK.findall(row.get("websites", "")[:MAX_LINKS]):
            found.field("website", link, "websites")
        found.hidden["lines of your profile"] += _filled(row, ("address", "zip code", "birth date"))


def _filled(row: dict[str, str], headings: Iterable[str]) -> int:
    return sum(1 for heading in headings if row.get(heading, "").strip())


def linkedin_positions(member: Member, found: Found) -> None:
    """Positions.csv: the employers of the profile."""
    for row in table(member):
        found.field("employer", row.get("company name"), "company name")
        found.field("location_text", row.get("location"), "location")
        found.field("bio", row.get("description"), "description")


def linkedin_schools(member: Member, found: Found) -> None:
    """Education.csv: the schools of the profile."""
    for row in table(member):
        found.field("school", row.get("school name"), "school name")


def linkedin_shares(member: Member, found: Found) -> None:
    """Shares.csv: posts; only PUBLIC is known to mean everybody."""
    for row in table(member):
        public = {"PUBLIC": True, "CONNECTIONS": False}.get(row.get("visibility", "").strip().upper())
        found.post(row.get("sharecommentary"), words(row.get("date")), public=public)
