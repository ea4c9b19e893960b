"""Points into places, without ever showing where they are."""

from unlisted.model import Point
from unlisted.places.compare import compare
from unlisted.places.fewest import knows
from unlisted.places.infer import infer
from unlisted.places.intake import dropped
from unlisted.places.routine import Habit, Trip, habits, trips, week
from unlisted.places.summary import SHOWN, summarise
from unlisted.places.tracks import ZoneAnswer, recover, settings

__all__ = [
    "SHOWN",
    "Habit",
    "Point",
    "Trip",
    "ZoneAnswer",
    "compare",
    "dropped",
    "habits",
    "infer",
    "knows",
    "recover",
    "settings",
    "summarise",
    "trips",
    "week",
]
