"""Points into places, without ever showing where they are."""

from unlisted.model import Point
from unlisted.places.compare import compare
from unlisted.places.infer import infer
from unlisted.places.intake import dropped
from unlisted.places.routine import week
from unlisted.places.summary import SHOWN, summarise

__all__ = ["SHOWN", "Point", "compare", "dropped", "infer", "summarise", "week"]
