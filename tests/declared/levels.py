"""How strongly one fact is found in a text: the question that most tests of declared facts ask."""

from __future__ import annotations

from functools import cache

from unlisted.extract.declared import Matcher
from unlisted.model.subject import Fact

ORDER = ("none", "area", "street", "same")


@cache
def matcher(fact: Fact) -> Matcher:
    """What looks for this fact; built once."""
    return Matcher([fact])


def level(fact: Fact, text: str) -> str:
    """The strongest level at which the fact is found; "none" where it is not."""
    return max((match.level for match in matcher(fact).find(text)), key=ORDER.index, default="none")
