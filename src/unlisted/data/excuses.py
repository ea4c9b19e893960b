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
_PRICE = re.compile(r"[$€£]\s?\d|\d\s?(?:[$€£]|(?:usd|eur|gbp)\b)", re.IGNORECASE)

COPULAS = ("is", "are", "ist", "sind", "est", "sont", "es", "son", "e", "sono", "esta", "sao", "zijn")
FEW_BETWEEN = 3
"""Words that may stand between a verb and what it would show: "see his full phone number"."""


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
    return _joined("absent", "closed")


@cache
def closings() -> frozenset[str]:
    """Those of them that speak of now or of some: "account suspended", "page not available"."""
    return _joined("closed")


def _joined(*names: str) -> frozenset[str]:
    return frozenset(
        f"{record.rstrip()}{more}{said.lstrip()}"
        for lists in tables().values()
        for record in lists["record"]
        for name in names
        for said in lists[name]
        for more in (" ", "s ", "n ", "en ")
    )


def says(text: str, wanted: Collection[str]) -> bool:
    """Whether `text`, as `plain` gives it, holds one of these phrases."""
    return any(phrase in text for phrase in wanted)


@cache
def _offers() -> Mapping[str, re.Pattern[str]]:
    """Language to what keeps a thing back, in words as `plain` gives them: "see his phone", "phone available"."""
    return {language: _offer(lists) for language, lists in tables().items()}


def _offer(lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    thing, show, behind = ("|".join(one.strip() for one in lists[name]) for name in ("held", "show", "behind"))
    return re.compile(
        rf" (?:(?:{show})(?: \w{{1,30}}){{0,{FEW_BETWEEN}}}? (?:{thing})|(?:{thing})(?: (?:{'|'.join(COPULAS)}))? (?:{behind})) "
    )


def holds_back(text: str) -> bool:
    """Whether a paragraph offers what it does not show, for money or a click."""
    if says(plain(text), phrases("paid")) or _sells(text):
        return True
    sentences = (plain(sentence) for sentence in _SENTENCE.findall(text))
    return any(_offered(sentence, offer) for sentence in sentences for offer in _offers().values())


def _sells(text: str) -> bool:
    """Whether a price and a word for showing stand in one paragraph."""
    return _PRICE.search(text) is not None and says(plain(text), phrases("show"))


def _offered(sentence: str, offer: re.Pattern[str]) -> bool:
    """Whether an offer stands in a sentence, and not that there is no such thing."""
    return any(not _denied(sentence[: found.start() + 1]) for found in offer.finditer(sentence))


def _denied(before: str) -> bool:
    """Whether the last words before an offer say that there is none."""
    near = f" {' '.join(before.split()[-FEW_BETWEEN:])} "
    return says(near, phrases("none"))


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
