"""What times and counts alone tell: the curve of how much a stranger knows, hours that stand out, days away from home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from unlisted.model.finding import Certainty, certainty_word
from unlisted.model.result import AuditResult, HabitSummary, PlaceSummary, TripSummary
from unlisted.report import words

LEVELS = ((0.90, Certainty.QUITE.value), (0.60, Certainty.FAIRLY.value), (0.30, Certainty.GUESS.value))
LEFT, RIGHT, TOP, BOTTOM = 180, 570, 20, 220
"""Where the curve is drawn; the words of its levels stand on the left."""

SHORTER = "A shorter list may do. There were too many to try them all."
TOO_MANY = "There are too many photos and posts here to find the fewest."
HABITS = "The times of your photos and posts alone show these hours, week after week:"
OTHER_HOURS = "One option is to share at other hours, or some days later."
TRIPS = "These photos and posts were all made far from home:"
ONCE_BACK = "While they are new, they say that nobody is home. One option is to share them once you are back."
AREA = "An area, not an address."


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line over (x, y) with the number of photos and posts under each dot, and the heights of the levels with their words."""

    path: str
    dots: tuple[tuple[float, float, str], ...]
    levels: tuple[tuple[float, str], ...]


def curve(knows: Sequence[tuple[int, float]]) -> Curve | None:
    """The picture; None where there are not two sizes to join."""
    if len(knows) < 2:
        return None
    wide = (RIGHT - LEFT) / (len(knows) - 1)
    dots = tuple(
        (round(LEFT + wide * turn, 1), height(score), f"{count:,}") for turn, (count, score) in enumerate(knows)
    )
    return Curve(
        path="M" + "L".join(f"{x:g} {y:g}" for x, y, _ in dots),
        dots=dots,
        levels=tuple((height(score), word) for score, word in LEVELS),
    )


def height(score: float) -> float:
    """Where a certainty stands: 1 on top."""
    return round(BOTTOM - (BOTTOM - TOP) * min(max(score, 0.0), 1.0), 1)


def sure(score: float) -> str:
    """How sure, in the fixed words; below them nothing is claimed."""
    word = certainty_word(score)
    return word.value.lower() if word else "less than a guess"


def knows(result: AuditResult) -> str:
    """The curve in one sentence."""
    if not result.knows:
        return ""
    total = result.knows[-1][0]
    count, score = next((one for one in result.knows if one[1] >= LEVELS[1][0]), result.knows[-1])
    of = f"all {total:,}" if count == total else f"{count:,} of your {total:,}"
    those = f"{of} photos and posts that tell a place" if total > 1 else "one photo or post that tells a place"
    if score < LEVELS[1][0]:
        said = f"Even {those} {'give' if total > 1 else 'gives'} no more than a guess where you live."
    else:
        said = f"With {those}, a stranger is {sure(score)} where you live."
    return (
        f"{said} {'They are' if total > 1 else 'It is'} from {words.quoted(result.knows_of)}."
        if result.knows_of
        else said
    )


def known(result: AuditResult) -> list[str]:
    """The curve as a list."""
    return [
        f"{words.count(count, 'photo or post', 'photos and posts')}: {sure(score)}" for count, score in result.knows
    ]


def habit(one: HabitSummary) -> str:
    """One block of the week that stands out."""
    day = words.DAYS[one.weekday % 7]
    weeks = words.count(one.of, "week", "weeks")
    return f"{day}, {words.clock(one.block)}: in {one.weeks:,} of {weeks} with photos or posts. {one.certainty.value}."


def trip(one: TripSummary, named: words.Names) -> str:
    """Days away, with the photos and posts that tell of them."""
    shown = "; ".join(words.ordinals(one.seen_in, named)[:3])
    number = words.count(one.posts, "photo or post", "photos and posts")
    return f"{words.count(one.days, 'day', 'days')} in a row, in {number} ({shown}). {one.certainty.value}."


def dropped(result: AuditResult) -> str:
    """How many photos and posts were left out of the places, or nothing."""
    number = words.count(result.dropped_points, "photo or post", "photos and posts")
    return f"We left out {number} that told a place or a time that cannot be." if result.dropped_points else ""


def fewest(place: PlaceSummary) -> str:
    """What is to be said of the list of what to take out, beyond the list: nothing where it is surely the shortest."""
    if place.fewest_exact:
        return ""
    return SHORTER if place.fewest else TOO_MANY
