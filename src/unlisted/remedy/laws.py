"""Law entries as letters need them: which one, what it says of time, and where that is known from. Not legal advice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from unlisted.data.loader import laws
from unlisted.data.schema import Law
from unlisted.errors import DataError
from unlisted.model import LawCard

_EEA = "EU AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
EEA = frozenset(_EEA.split())
"""The countries where the GDPR holds, and the word for all of them."""


_STATES = {
    "california": "CA", "colorado": "CO", "connecticut": "CT", "delaware": "DE", "florida": "FL", "indiana": "IN",
    "iowa": "IA", "kentucky": "KY", "maryland": "MD", "minnesota": "MN", "montana": "MT", "nebraska": "NE",
    "new hampshire": "NH", "new jersey": "NJ", "oregon": "OR", "rhode island": "RI", "tennessee": "TN", "texas": "TX",
    "utah": "UT", "virginia": "VA", "quebec": "QC", "québec": "QC",
}  # fmt: skip
"""The states and provinces with a law that letters may name, by their name."""


def law(law_id: str) -> Law:
    """The law entry of this id.

    Raises:
        DataError: where there is none; the message lists what there is.
    """
    found = laws().get(law_id)
    if found is None:
        raise DataError(f"there is no law entry {law_id[:80]!r}; there are: {', '.join(laws())}")
    return found


def time_for(entry: Law, right: str | None = None) -> tuple[int, str] | None:
    """(number, unit) of the time for an answer to a request that uses this right; None where the entry names none."""
    own = next((time for name, time in entry.times.items() if name == right), None)
    if own is not None:
        return own.days, own.unit
    return (entry.reply_days, entry.reply_unit or "calendar days") if entry.reply_days is not None else None


def deadline(entry: Law, start: date, *, right: str | None = None, extended: bool = False) -> date | None:
    """The last day for an answer, counted from the day after `start`; None where the entry names none.

    `extended`: they said in time that they need the longer time that the law gives them; None where it gives none.
    """
    time = time_for(entry, right)
    more = entry.extension_days if extended else 0
    if time is None or more is None:
        return None
    days, unit = time[0] + more, time[1]
    if unit == "month":
        return start + relativedelta(months=max(1, round(days / 30)))
    if unit == "business days":
        return _business_days(start, days)
    return start + timedelta(days=days)


def _business_days(start: date, count: int) -> date:
    """Weekdays only; public holidays are not known here and would only make it later."""
    weeks, rest = divmod(count, 5)
    friday = start - timedelta(days=max(0, start.weekday() - 4))  # a weekend counts from the Friday before it
    day = friday + timedelta(weeks=weeks)
    while rest:
        day += timedelta(days=1)
        rest -= day.weekday() < 5
    return day


def source_words(entry: Law) -> str:
    """Where an entry is known from and how well: "request templates, 2026-07-21"."""
    first = entry.source[0]
    how = {"checked": "", "second-hand": "; not checked in the law itself", "not verified": "; not verified"}[
        entry.confidence
    ]
    return f"{first.name}, {first.as_of or 'date unknown'}{how}"


def state_code(words: str) -> str:
    """A state as two letters where it is written out and has a law that letters may name; else the words in capitals."""
    plain = " ".join(words.split()).casefold()
    return _STATES.get(plain, plain.upper())


def of_one_state(entry: Law) -> bool:
    """Whether the law holds in states alone, so that naming it tells where the writer lives."""
    return bool(entry.places) and all("-" in place for place in entry.places)


def place_of(country: str, state: str) -> str:
    """A state as the entries name it: "US-CA"."""
    return f"{country.upper()}-{state_code(state)}"


def state_law(state: str, right: str, *, country: str = "US") -> Law | None:
    """The law of a state that gives this right, or None."""
    place = place_of(country, state)
    return next((entry for entry in laws().values() if entry.places == (place,) and right in entry.cite), None)


def for_places(*places: str, having: Sequence[str] = ()) -> tuple[Law, ...]:
    """The laws that hold in any of these places and give all of these rights."""
    wanted = set(places)
    return tuple(entry for entry in laws().values() if wanted & set(entry.places) and set(having) <= set(entry.rights))


def cards_for(country: str) -> tuple[Law, ...]:
    """The information cards of a country (ISO code) and of its states: what is known of the law on stalking there."""
    code = country.upper()
    cards = (entry for entry in laws().values() if entry.kind == "information")
    return tuple(card for card in cards if any(place.split("-")[0] == code for place in card.places))


def law_cards(country: str) -> tuple[LawCard, ...]:
    """The cards of a country in the order in which a page shows them: the whole country first, then its states by name."""
    cards = sorted(cards_for(country), key=lambda card: ("-" in card.places[0], card.name))
    return tuple(
        LawCard(
            place=card.places[0],
            title=card.name,
            sentences=(*card.facts, *card.cautions),
            takes_reports=card.reports_to,
            known=f"From {source_words(card)}. {card.who}",
        )
        for card in cards
    )
