"""The sentences of the report that depend on counts. Whole sentences, second person, present tense, grade six at most."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from unlisted.model.result import Advice, AuditResult, PlaceSummary, SourceSummary
from unlisted.remedy.kinds import KINDS

LONGEST = 400
"""Characters of one piece of text in the report: a label or reason that is longer is cut."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MANY = "more"
NOT_ALL = " This counts the ways that we list. There are too many to list them all."
PLUS = "A plus sign means: at least so many. There are too many ways to list them all."
UNREAD = "Not checked: we could not look at any source."

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2067\ufeff\ud800-\udfff]"
)
"""Characters that move the cursor, turn the reading direction round, or cannot be written at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a stranger may be after: the question of its tile, its name in the picture, and the kinds that are pieces of it."""

    question: str
    name: str
    pieces: frozenset[str]


GOALS = {
    "home": Goal(
        question="find where I live?", name="Where you live", pieces=frozenset({"address", "position", "place"})
    ),
    "routine": Goal(question="know where I’ll be?", name="Your week", pieces=frozenset({"routine", "travel"})),
    "contact": Goal(question="contact me?", name="How to reach you", pieces=frozenset({"phone", "email"})),
    "family": Goal(question="find my family?", name="Your family", pieces=frozenset({"relative", "people"})),
}

STARTS = {
    "name": "Your name",
    "handle": "Your user name",
    "photo": "A photo of you",
    "email": "Your email",
    "phone": "Your phone number",
    "employer": "Where you work",
    "school": "Your school",
    "town": "Your town",
    "birth_date": "Your birth date",
    "anyone": "Anyone who looks",
}

NOTICE = {
    "nobody": "Nobody notices.",
    "the site": "The site knows.",
    "people who follow you": "People who follow you may notice.",
    "anyone sharing the account": "Anyone who shares the account may notice.",
}

WORKS = {
    "setting": "It works once you save. Copies in other places may stay.",
    "edit": "It works once you save. Copies in other places may stay.",
    "clean": "It works for the copies that you share from now on.",
    "rename": "It works from now on. Others may still use the old name.",
    "remove": "It works once it is gone. Copies in other places may stay.",
    "letter": "It often works, but not each time. The site may refuse or ask for more.",
}
"""How likely a change works, by what kind of change it is: no rate is known, so none is given."""

PROVEN = "No other set of steps closes as much with less time and notice."
BEST_SO_FAR = "This is the shortest list that we found in time. A shorter one may exist."

LOOK = "Open it again without signing in. Look at each spot where it stood."
"""How to check a change that does not say it."""

TELL_PLACE = 'To see more about this place, tell us of it: add it with a [[fact]] of kind "place".'

ROLES = {
    "home": "looks like a home",
    "work": "looks like a work place",
    "regular": "comes up often",
    "visited": "came up",
}

SOURCES = {
    "page": "web page",
    "file": "saved page",
    "listing": "listing about you",
    "account": "account",
    "feed": "feed",
    "photos": "photos",
    "export": "your own export",
    "tracks": "your own tracks",
}


def clean(text: str, longest: int = LONGEST) -> str:
    """The text without hidden characters, cut where it is too long. Nothing that was read can steer a screen with it."""
    plain = _HIDDEN.sub("\ufffd", text[: longest + 1])
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def apart(text: str) -> str:
    """A label inside of a sentence: one that is read from right to left does not turn the sentence round."""
    if all(unicodedata.bidirectional(letter) not in ("R", "AL") for letter in text):
        return text
    return "\u2068" + text.translate({0x2068: None, 0x2069: None}) + "\u2069"


def count(number: int, one: str, many: str) -> str:
    """The number with its word: "1 way in", "3 ways in"."""
    return f"{number:,} {one if number == 1 else many}"


def ways(number: int, *, least: bool = False) -> str:
    """The number of ways in; `least` where there are so many that not all are listed."""
    return ("at least " if least else "") + count(number, "way in", "ways in")


def least(result: AuditResult) -> frozenset[str]:
    """The goals to which not all ways are listed: counts of theirs are "at least"."""
    return result.cheapest.cut if result.cheapest else frozenset()


def listed(items: Sequence[str], shown: int = 3, number: int | None = None) -> str:
    """Up to `shown` items in a row: "a, b and c", or "a, b, c and 4 more". `number`: how many there are in all."""
    number = len(items) if number is None else number
    head = [apart(item) for item in items[:shown]]
    if number > shown:
        return f"{', '.join(head)} and {number - shown:,} {MANY}"
    return " and ".join([", ".join(head[:-1]), head[-1]]) if len(head) > 1 else "".join(head)


def quoted(labels: Sequence[str], shown: int = 3) -> str:
    """Labels of sources in a sentence: a label may hold a comma."""
    return listed([f"“{label}”" for label in labels], shown)


def looked_at(result: AuditResult) -> list[SourceSummary]:
    """The sources of which anything was read."""
    failed = {one.source for one in result.not_checked if one.check is None}
    return [one for one in result.sources if one.read or (not one.found and one.label not in failed)]


def sentence(result: AuditResult) -> str:
    """The one true sentence on top, in two where there is something to tell."""
    seen, given = len(looked_at(result)), len(result.sources)
    of = f"{seen} of {count(given, 'source', 'sources')}" if seen < given else count(given, "source", "sources")
    if not given:
        return "You gave us no source yet, so we looked at nothing."
    if not seen:
        return "We could not look at any source that you gave us."
    if not result.findings and not result.ways_in:
        return (
            f"We found nothing in the {of} that you gave us."
            if seen == given
            else f"We looked at {of} and found nothing there."
        )
    things = count(len(result.findings), "thing", "things")
    return f"We looked at {of}. We found {things} to know and {ways(len(result.ways_in), least=bool(least(result)))}."


def unchecked(result: AuditResult) -> str:
    """How much was not checked: the sources of which nothing was read, and the things in the others; "" for nothing."""
    seen = {one.label for one in looked_at(result)}
    unread = len({one.source for one in result.not_checked} - seen)
    things = sum(one.count for one in result.not_checked if one.source in seen)
    parts = [count(number, one, f"{one}s") for number, one in ((unread, "source"), (things, "thing")) if number]
    return f"{listed(parts)} {'was' if unread + things == 1 else 'were'} not checked" if parts else ""


def closing(result: AuditResult) -> str:
    """The last line: what was looked at is said only where something was."""
    return (
        "We looked at what you gave us. There may be more."
        if looked_at(result)
        else "There may be more than this shows."
    )


def through(pairs: Sequence[tuple[str, int]], shown: int = 3, *, least: bool = False) -> str:
    """Through which sources the ways go: "4 go through “camera roll”, 2 through “my blog” and 3 more"."""
    told = [f"{number:,} through {quoted([source])}" for source, number in pairs]
    return f"{listed(told, shown)}.{NOT_ALL if least else ''}" if told else ""


def town(listings: Sequence[str], telling: int) -> str:
    """What a town that shows is good for: it makes the search quick, and is no link of a way in."""
    if not listings or not telling:
        return ""
    helps = f"Your town helps a stranger to pick you out in {quoted(listings)}."
    tell = f"{count(telling, 'source tells', 'sources tell')} it."
    return f"{helps} {tell} Your name alone will do too, so hiding the town closes no way in."


def minutes(advice: Advice) -> str:
    """How long it takes: "About 5 minutes"."""
    return f"About {count(advice.minutes, 'minute', 'minutes')}"


def wait(advice: Advice) -> str:
    """The waiting time apart, or nothing."""
    return f"then wait {count(advice.wait_days, 'day', 'days')}" if advice.wait_days else ""


def effect(closes: int, total: int, *, least: bool = False) -> str:
    """What a step does."""
    if not total or not closes:
        return "Shows less of you"
    return f"Closes {closes:,}{' or more' if least else ''} of {ways(total, least=least)}"


def notice(word: str) -> str:
    """Who will notice, as a sentence."""
    return NOTICE.get(word, f"Who notices: {word}.")


def works(advice: Advice) -> str:
    """How likely a step works, or nothing where its kind is not known."""
    return WORKS.get(advice.do, "")


def plan(result: AuditResult) -> str:
    """Whether a cheaper set of steps exists; nothing where there is no plan."""
    if result.cheapest is None or not result.cheapest.actions:
        return ""
    return PROVEN if result.cheapest.proven else BEST_SO_FAR


def clock(block: int) -> str:
    """A block of four hours: "16:00 to 20:00"."""
    return f"{block * 4:02}:00 to {block * 4 + 4:02}:00"


def blocks_of(week: Sequence[Sequence[int]]) -> list[list[int]]:
    """7 x 24 counts as 7 x 6 blocks of four hours."""
    return [[sum(day[start : start + 4]) for start in range(0, 24, 4)] for day in week]


def busiest(blocks: Sequence[Sequence[int]], shown: int = 3) -> list[str]:
    """The blocks with the highest counts, in words and in the past tense."""
    ranked = sorted(
        (
            (-number, day, block)
            for day, row in enumerate(blocks[:7])
            for block, number in enumerate(row[:6])
            if number > 0
        ),
    )
    return [f"{DAYS[day]}, {clock(block)}: {count(-number, 'time', 'times')}" for number, day, block in ranked[:shown]]


Names = Mapping[tuple[str, int], str]
"""By source label and ordinal: the file name that a photo is told by."""


def names(result: AuditResult) -> Names:
    """The names of the photos that places and trips count."""
    return {(source, number): name for source, number, name in result.photo_names}


def ordinals(groups: Sequence[tuple[str, Sequence[int]]], named: Names, shown: int = 12) -> list[str]:
    """Which photos or posts, a line a source: "holiday photos: IMG_3.jpg, photo 7 and 2 more"; posts are numbers."""
    return [
        f"{apart(source)}: {listed([named.get((source, number), str(number)) for number in numbers[:shown]], shown, len(numbers))}"
        for source, numbers in groups
    ]


def looks(place: PlaceSummary) -> str:
    """What a place looks like, as a part of a sentence."""
    return (place.looks_like or ROLES.get(place.role, place.role)).removesuffix(".")


def seen(place: PlaceSummary) -> str:
    """How often a place shows; the days where they are known: "3 times on 2 days"."""
    on = f" on {count(place.days, 'day', 'days')}" if place.days else ""
    return count(place.points, "time", "times") + on


def near(place: PlaceSummary) -> str:
    """How near a place is to a declared one: said of declared places only."""
    return (place.distance or "not known") if place.declared else "you did not tell us this place"


def letter(kind: str) -> str:
    """What a letter does; where none is needed, the steps stand alone."""
    return KINDS[kind].title if kind in KINDS else "Steps to take"


def label(name: str, table: dict[str, str]) -> str:
    """The word for a name; a name without one stands for itself, readable."""
    return table.get(name, name.replace("_", " ").replace("-", " "))


def place(one: PlaceSummary) -> str:
    """The label of a place, or its letter."""
    return one.name if one.declared else f"Place {one.name}"
