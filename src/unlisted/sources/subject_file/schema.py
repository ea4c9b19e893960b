"""The shape of the subject file. Unknown keys are errors; what is wrong is told by key, never by value."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from unlisted.extract.declared.dates import read_day

MAX_TEXT = 500
MAX_LABEL = 60
MAX_FACTS = 200
MAX_SOURCES = 100
MAX_ALIASES = 50

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_REGION = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_WORD = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")


def _fail(text: str) -> PydanticCustomError:
    return PydanticCustomError("said", "{text}", {"text": text})


def unseen(text: str) -> bool:
    """Whether a text holds signs that nobody sees: control, direction, surrogate, separators of lines."""
    return any(unicodedata.category(sign) in _UNSEEN for sign in text)


def _text(text: str) -> str:
    if not text.strip():
        raise _fail("is empty")
    if unseen(text):
        raise _fail("holds signs that cannot be seen")
    return text.strip()


def _label(text: str) -> str:
    if len(text) > MAX_LABEL:
        raise _fail(f"is longer than {MAX_LABEL} signs")
    return _text(text)


def _region(text: str) -> str:
    name = text.strip().upper()
    if name == "UK":
        raise _fail('must be "GB" for the United Kingdom')
    if not _REGION.fullmatch(name):
        raise _fail('must be a country in two letters, such as "US"')
    return name


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise _fail('must be a language code, such as "en"')
    return text


def _service(text: str) -> str:
    if not _WORD.fullmatch(text):
        raise _fail('must be the name of a service in small letters, such as "mastodon"')
    return text


def _dated(value: object) -> object:
    """TOML has dates of its own: they count as text."""
    return value.isoformat() if type(value) is dt.date else value


Text = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_text)]
Label = Annotated[str, AfterValidator(_label)]
Region = Annotated[str, AfterValidator(_region)]
Language = Annotated[str, AfterValidator(_language)]
Service = Annotated[str, AfterValidator(_service)]
Link = Annotated[str, Field(max_length=2000), AfterValidator(_text)]
Kind = Literal[
    "name", "handle", "address", "phone", "email", "birth_date", "employer", "school", "relative", "plate", "place"
]


_FITS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "birth_date": (
        lambda value: read_day(value, "US") is not None,
        "is no date that we can read; write it as 1991-04-17",
    ),
    "phone": (lambda value: sum(sign.isdecimal() for sign in value) >= 5, "needs at least five digits"),
    "email": (lambda value: "@" in value[1:-1], "needs an @ between two parts"),
}


def complaint_of(kind: str, value: str | None) -> str | None:
    """Why a value of this kind could never be found, or None."""
    fits, complaint = _FITS.get(kind, (None, ""))
    return complaint if value is not None and fits is not None and not fits(value) else None


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class FactTable(_Table):
    """One `[[fact]]`."""

    kind: Kind
    label: Label
    value: Annotated[Text | None, BeforeValidator(_dated)] = None
    region: Region | None = None
    secret: bool = False
    street: Text | None = None
    unit: Text | None = None
    town: Text | None = None
    state: Text | None = None
    postcode: Text | None = None
    lat: Annotated[float | None, Field(ge=-90, le=90, allow_inf_nan=False)] = None
    lon: Annotated[float | None, Field(ge=-180, le=180, allow_inf_nan=False)] = None
    aliases: Annotated[list[Text], Field(max_length=MAX_ALIASES)] = []
    map: Link | None = None
    pluscode: Text | None = None
    taken: Link | None = None

    @field_validator("value")
    @classmethod
    def fits_kind(cls, value: str | None, info: ValidationInfo) -> str | None:
        """A value that the matcher could never find is told now, not missed later."""
        if complaint := complaint_of(info.data.get("kind", ""), value):
            raise _fail(complaint)
        return value


class SourceTable(_Table):
    """One `[[source]]`: a label and one key that says what it is."""

    label: Label
    page: Link | None = None
    file: Link | None = None
    listing: Link | None = None
    account: Link | None = None
    feed: Link | None = None
    photos: Link | None = None
    export: Link | None = None
    tracks: Link | None = None
    address: Link | None = None
    service: Service | None = None
    mine: bool = False
    note: Text | None = None


class LettersTable(_Table):
    """`[letters]`."""

    allow: Annotated[list[Label], Field(max_length=MAX_FACTS)] = []


class SubjectTable(_Table):
    """The whole file."""

    country: Region = "US"
    languages: Annotated[list[Language], Field(max_length=10)] = ["en"]
    timezone: Text | None = None
    fact: Annotated[list[FactTable], Field(max_length=MAX_FACTS)] = []
    source: Annotated[list[SourceTable], Field(max_length=MAX_SOURCES)] = []
    letters: LettersTable = LettersTable()


TABLES: Final[dict[str, type[BaseModel]]] = {
    "fact": FactTable,
    "source": SourceTable,
    "letters": LettersTable,
    "": SubjectTable,
}


def allowed_keys(table: str) -> list[str]:
    """The keys that a table may have, in the order of its class."""
    return list(TABLES[table].model_fields)


def kinds() -> list[str]:
    """The kinds of fact that can be declared."""
    values: Any = FactTable.model_fields["kind"].annotation
    return list(values.__args__)
