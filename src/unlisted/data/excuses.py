"""What sites say in place of a page: tests, refusals, banners, and that a record is not there. Tables of words by language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files

LONGEST_SENTENCE = 200
"""Characters of a sentence that may say that a record is not there; all that are in the tables are shorter."""

_SENTENCE = re.compile(r"[^.!?…;\n]{1,2000}[.!?…;\n]?")
_MARKS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Words alone with one space around each: lower case, without accents and signs."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return f" {_MARKS.sub(' ', bare).strip()} "


@cache
def tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Language to list to phrases, each as `plain` gives it, the longest first."""
    text = files("unlisted.data").joinpath("excuses.toml").read_text(encoding="utf-8")
    return {
        language: {
            name: sorted({plain(one) for one in phrases}, key=len, reverse=True) for name, phrases in lists.items()
        }
        for language, lists in tomllib.loads(text).items()
    }


@cache
def phrases(name: str) -> frozenset[str]:
    """The phrases of a list in every language."""
    return frozenset(phrase for lists in tables().values() for phrase in lists[name])


@cache
def hints() -> frozenset[str]:
    """Phrases by which a page may mean that something is not there: "records unavailable", "page not found"."""
    return frozenset(
        f"{record.rstrip()}{more}{said.lstrip()}"
        for lists in tables().values()
        for record in lists["record"]
        for said in (*lists["absent"], *lists["closed"])
        for more in (" ", "s ", "n ", "en ")
    )


def says(text: str, wanted: Collection[str]) -> bool:
    """Whether `text`, as `plain` gives it, holds one of these phrases."""
    return any(phrase in text for phrase in wanted)


def says_absent(text: str) -> bool:
    """Whether one whole sentence says that a record is not there, and nothing else. A question says nothing."""
    return any(
        is_absent(plain(sentence), lists)
        for sentence in _SENTENCE.findall(text)
        if len(sentence) <= LONGEST_SENTENCE and not sentence.endswith("?")
        for lists in tables().values()
    )


def is_absent(sentence: str, lists: Mapping[str, Sequence[str]]) -> bool:
    """Whether a sentence is "this record was removed", "we could not find this record" or "no record found"."""
    rest = led(sentence, lists)
    ways = (
        ((), lists["absent"]),
        (lists["search"], ()),
        (lists["none"], lists["found"]),
    )
    return any(is_made_of(rest, before, behind, lists) for before, behind in ways)


def is_made_of(rest: str, before: Sequence[str], behind: Sequence[str], lists: Mapping[str, Sequence[str]]) -> bool:
    """Whether a sentence is one of `before`, a record, one of `behind` and a tail; an empty list is not asked for."""
    begun = led(after(rest, before) or "", lists) if before else rest
    record = after(begun, lists["record"])
    if record is None:
        return False
    record = after(record, lists["which"]) or record
    end = after(record, behind) if behind else record
    return end is not None and end.strip() in {one.strip() for one in lists["tail"]}


def led(sentence: str, lists: Mapping[str, Sequence[str]]) -> str:
    """A sentence without what is said out of politeness and without its article."""
    for _ in range(4):
        rest = after(sentence, lists["lead"])
        if rest is None:
            break
        sentence = rest
    return sentence


def after(text: str, starts: Sequence[str]) -> str | None:
    """What follows the longest of these phrases that `text` begins with, or None."""
    found = next((one for one in starts if text.startswith(one)), None)
    return None if found is None else text[len(found) - 1 :]
