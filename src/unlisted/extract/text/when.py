"""Times to come, as people write them: "on 5 December", "until the 14th", "next week", "for ten days"; language by language."""

from __future__ import annotations

import re
from functools import cache

from unlisted.data.wordlists import table
from unlisted.extract.text.fold import key

_UNITS = r"(?!\s?(?:%|€|\$|h\b|uhr|am\b|pm\b|:\d|[.,]\d|o.clock|min|km|kg))"


def _any_of(words: list[str]) -> str:
    """An alternation of folded words, the longest first."""
    folded = {key(word).replace(" ", r"[\s'-]{1,3}") for word in words}
    return "(?:" + "|".join(sorted(folded, key=lambda word: (-len(word), word))) + ")"


@cache
def coming(language: str) -> re.Pattern[str]:
    """A day or a time to come, over folded text."""
    words = table(language)
    talk = words["talk"]
    months = _any_of([name for names in words["dates"]["months"] for name in names if len(name) > 2])
    days = _any_of(talk["days"])
    number = r"\d{1,2}(?:st|nd|rd|th|er|\.|°)?"
    return re.compile(
        rf"(?<![\w'])(?<!cada )(?<!por la )(?:{number}(?:\sof)?(?:\sde)?\s{months}"
        rf"|{months}\s(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?(?!\w)"
        rf"|\d{{1,2}}(?:st|nd|rd|th)(?!\w)|{_any_of(talk['day_leads'])}\s\d{{1,2}}(?!\w){_UNITS}\.?"
        rf"|\d{{1,2}}\.\s?\d{{1,2}}\.(?!\d)|\d{{1,2}}/\d{{1,2}}(?![\d/])"
        rf"|{days}(?!\w)|{_any_of(talk['whens'])}(?!\w)|{_any_of(talk['until_months'])}\s{months}(?!\w))"
    )


@cache
def lasting(language: str) -> re.Pattern[str]:
    """How long something lasts: "for two weeks", "zehn Tage"."""
    words = table(language)
    numbers = _any_of([*words["numbers"]["words"][1:32], *words["talk"]["some"]])
    return re.compile(rf"(?<!\w)(?:\d{{1,3}}|{numbers})\s(?:\w{{2,9}}\s)?{_any_of(words['talk']['lengths'])}(?!\w)")


@cache
def limit(language: str) -> re.Pattern[str]:
    """Words that say where a stay ends or begins: "until", "from"."""
    return re.compile(rf"(?<!\w){_any_of(table(language)['talk']['limits'])}(?!\w)")
