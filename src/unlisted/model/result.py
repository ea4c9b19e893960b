"""All that leaves an audit: labels, words, counts. Nothing in here holds a value, a coordinate or a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from unlisted.model.finding import Certainty, Clear, Finding, NotChecked
from unlisted.model.plan import Graph, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """One source as it is shown: `read` counts files or pages that were read, of `found`."""

    label: str
    kind: str
    control: str
    host: str | None = None
    read: int = 0
    found: int = 0
    directory: str | None = None
    note: str | None = None
    doubt: str | None = None
    """Why what was not seen here may be there all the same: the page moved, or asks for a login."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSummary:
    """A place as it may be shown: no coordinate, street, town or direction.

    `name` is the label of the declared fact, or a letter. `role` is home, work, regular or visited. `blocks` counts
    weekday (0 Monday) by six four-hour blocks; None where there is too little to say. `seen_in`: (source label, the
    ordinals of its photos or posts).
    """

    name: str
    declared: bool
    role: str
    certainty: Certainty
    score: float
    rank: int
    points: int
    days: int
    distance: str | None = None
    looks_like: str = ""
    blocks: tuple[tuple[int, ...], ...] | None = None
    seen_in: tuple[tuple[str, tuple[int, ...]], ...] = ()
    fewest: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """The fewest photos or posts, by source, that take certainty below "fairly sure"."""
    fewest_exact: bool = True
    """False where not every smaller set could be tried: a smaller one may do, or there was too much to try."""
    area_only: bool = False
    """True for a home that looks as if nothing was posted from home itself: an area, not an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitSummary:
    """A four-hour block (0 begins at midnight) of a weekday (0 Monday) that stands out: in `weeks` of `of` weeks with posts."""

    weekday: int
    block: int
    weeks: int
    of: int
    certainty: Certainty
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TripSummary:
    """Days in a row whose photos and posts are all far from home. No date and no place: (source label, ordinals) in `seen_in`."""

    days: int
    posts: int
    certainty: Certainty
    score: float
    seen_in: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One action of the plan in words. `closes`: how many ways in end with it, in the order of the plan."""

    id: str
    title: str
    source: str
    minutes: int
    notice: str
    check: str
    steps: tuple[str, ...]
    closes: int
    wait_days: int = 0
    findings: tuple[str, ...] = ()
    priority: str = "soon"
    in_plan: bool = True
    do: str = ""
    """What kind of change it is, a word of the card's closed list: it says how likely the change works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayInSummary:
    """A way in, in labels: `steps` are sentences."""

    goal: str
    steps: tuple[str, ...]
    sources: tuple[str, ...]
    findings: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOffer:
    """A letter that can be written: for whom and under which file name."""

    recipient: str
    kind: str
    source: str
    file_name: str
    directory: str | None = None
    checked: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A step that helps, or a way in which it shows: a title and a few sentences of ours."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawCard:
    """The law on stalking of a country ("US") or of one of its states ("US-CA"), for information.

    `takes_reports`: who takes them; none: not verified. `known`: from where, from when, and how well that is known.
    """

    place: str
    title: str
    sentences: tuple[str, ...]
    takes_reports: tuple[str, ...] = ()
    known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What the page "If someone is bothering you" says; `laws` has the whole country first, then all its states by name.

    No state is picked out: that would tell where the person lives. `no_law` is a sentence where there is no card.
    """

    steps: tuple[Guide, ...] = ()
    signs: tuple[Guide, ...] = ()
    laws: tuple[LawCard, ...] = ()
    no_law: str | None = None
    steps_known: str = ""
    signs_known: str = ""

    @property
    def laws_known(self) -> tuple[str, ...]:
        """From where the cards are known, each sentence once."""
        return tuple(dict.fromkeys(card.known for card in self.laws))


class State(StrEnum):
    """What became of a finding since an earlier audit, in five fixed words."""

    FIXED = "fixed"
    STILL = "still there"
    CHANGED = "changed"
    UNSEEN = "could not look"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One finding of either audit. `reason` says what is different, or why nobody could look; `where` is of this audit."""

    state: State
    source: str
    title: str
    fingerprint: str
    check: str
    fact: str | None = None
    where: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """This audit beside an earlier one. `ways_then` is None where the two did not look at the same things."""

    made_on: datetime
    changes: tuple[Change, ...] = ()
    ways_then: int | None = None
    ways_then_least: bool = False
    """Whether the earlier list of ways was cut: then there were at least so many."""

    def of(self, state: State) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.state is state)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """One audit. The same input gives the same result."""

    made_on: datetime
    country: str
    facts: tuple[tuple[str, str], ...] = ()
    """(kind, label) of what was declared."""
    sources: tuple[SourceSummary, ...] = ()
    findings: tuple[Finding, ...] = ()
    clear: tuple[Clear, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    places: tuple[PlaceSummary, ...] = ()
    week: tuple[tuple[int, ...], ...] | None = None
    """7 x 24 counts over all points with a sure time, or None."""
    dropped_points: int = 0
    knows: tuple[tuple[int, float], ...] = ()
    """(photos and posts, how sure a stranger who sees so many of them is of the home, 0 to 1); the last entry has them all."""
    knows_of: tuple[str, ...] = ()
    """The labels of the sources whose photos and posts `knows` counts."""
    photo_names: tuple[tuple[str, int, str], ...] = ()
    """How a photo that a place or a trip counts is told: (source label, ordinal, its file name where that tells nothing)."""
    habits: tuple[HabitSummary, ...] = ()
    trips: tuple[TripSummary, ...] = ()
    ways_in: tuple[WayInSummary, ...] = ()
    plan: tuple[Advice, ...] = ()
    graph: Graph | None = None
    cheapest: Plan | None = None
    letters: tuple[LetterOffer, ...] = ()
    contacted: tuple[str, ...] = ()
    since: Since | None = None
    support: Support = Support()
    version: str = "1"
