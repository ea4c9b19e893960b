"""People of one name: on a page of several, a record whose age cannot be the subject's is somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from unlisted.audit.lens import Lens
from unlisted.model import Listing

OTHERS = "the page shows several people of your name, and none of them seems to be you"
YEARS = 3
"""Years by which directories are wrong about an age."""
LONGEST_AGE = 120

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AGE = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


def is_somebody_else(listing: Listing, view: Lens, now: datetime) -> bool:
    """Whether a record among others goes by the subject's name and is a namesake's all the same.

    A record that shows one more declared fact to the letter is the subject's, whatever age it tells; so is the only record of a
    page: directories are often wrong, and the person said that it is theirs.
    """
    if not listing.others or shows_more(listing, view):
        return False
    born = years_of(fact.line for fact in view.subject.of_kind("birth_date"))
    told = {year for item in listing.fields if item.kind == "birth_date" for year in years_told(item.value, now)}
    return bool(born and told) and min(abs(one - other) for one in born for other in told) > YEARS


def shows_more(listing: Listing, view: Lens) -> bool:
    """Whether a declared fact beside names stands in the record to the letter."""
    found = (match for item in listing.fields for match in view.matcher.find(item.value))
    return any(match.level == "same" and match.fact.kind not in {"name", "handle", "relative"} for match in found)


def years_of(texts: Iterable[str]) -> set[int]:
    """The years that stand in some dates."""
    return {int(year) for text in texts for year in _YEAR.findall(text)}


def years_told(text: str, now: datetime) -> set[int]:
    """The year of birth that a record tells: as a date, or as an age."""
    if years := years_of([text[:100]]):
        return years
    ages = [int(age) for age in _AGE.findall(text[:100])]
    return {now.year - ages[0]} if len(ages) == 1 and 0 < ages[0] < LONGEST_AGE else set()
