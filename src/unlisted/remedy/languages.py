"""The languages of letters: English has a template a kind, each other one a file of sentences (templates/letters/de.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from unlisted.data.schema import Authority, Directory

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NOT_REVIEWED = (
    "No speaker of the language has reviewed this translation. Read it, or the copy beside it, before you send it."
)
Sentence = Annotated[str, Field(min_length=1, max_length=2_000)]


class Frame(BaseModel):
    """The sentences that letters of all kinds share; words in braces are filled in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Sentence
    name_blank: Sentence
    reply: Sentence
    reply_blank: Sentence
    to: Sentence
    date: Sentence
    reference: Sentence
    subject: Sentence
    hello: Sentence
    page: Sentence
    pages: Sentence
    address: Sentence
    addresses: Sentence
    by_hand: Sentence
    shown_name: Sentence
    earlier: Sentence
    about: Sentence
    law: Sentence
    more: Sentence
    my_phone: Sentence
    my_phone_blank: Sentence
    answer: Sentence
    done: Sentence
    use: Sentence
    quote: Sentence
    regards: Sentence
    law_named: Sentence
    no_advice: Sentence


class Words(BaseModel):
    """The sentences of one kind. `object`: what it is about (none: the page); `law`: how it names a law (none: as the frame).

    `close`: what stands above the greeting; without one, when and how to answer, and the reference.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: Sentence
    ask: Sentence
    object: Sentence = "{page}"
    law: Sentence | None = None
    close: Sentence = "{answer}\n\n{use}\n\n{quote}"


class Language(BaseModel):
    """One language: `day` is a format of day, month and year.

    `kinds` are the letters written in it (`frame` None: all, by templates). `birth_date` and `phone` name what a letter may
    add. `reviewed`: whether somebody who speaks it has read the sentences.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    day: str
    birth_date: str
    phone: str
    reviewed: bool = False
    frame: Frame | None = None
    kinds: Mapping[str, Words] = {}

    def has(self, kind: str) -> bool:
        """Whether letters of this kind are written in it."""
        return self.frame is None or kind in self.kinds

    def written(self, day: date) -> str:
        """A day as a letter has it, whatever the machine's language is."""
        return self.day.format(d=day.day, m=day.month, y=day.year, month=_MONTHS[day.month - 1])


def _load(code: str) -> Language:
    text = resources.files("unlisted.templates.letters").joinpath(f"{code}.toml").read_text(encoding="utf-8")
    return Language.model_validate(tomllib.loads(text))


_ENGLISH = Language(name="English", birth_date="Birth date", phone="Phone number", day="{d} {month} {y}", reviewed=True)
LANGUAGES: Mapping[str, Language] = {
    "en": _ENGLISH,
    **{code: _load(code) for code in ("de", "fr", "es", "it", "nl", "pt", "sv")},
}
BY_COUNTRY: Mapping[str, str] = {
    "DE": "de",
    "AT": "de",
    "LI": "de",
    "FR": "fr",
    "ES": "es",
    "IT": "it",
    "NL": "nl",
    "PT": "pt",
    "SE": "sv",
}
"""The language of the countries that have one that we write; Switzerland and Belgium have several."""


def spoken(entry: Directory | Authority) -> str | None:
    """The language of a recipient: the one that the register names, else that of its countries where they share one."""
    if isinstance(entry, Authority):
        return entry.languages[0] if len(entry.languages) == 1 else BY_COUNTRY.get(entry.country)
    languages = {entry.language} if entry.language else {BY_COUNTRY.get(country) for country in entry.countries}
    return next(iter(languages)) if len(languages) == 1 else None
