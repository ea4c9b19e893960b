"""What an entry of a register may hold. Pydantic stands here because these files are written by many hands.

Dates are words: "2026", "2026-08" or "2026-08-22"; a missing date is not known, and is shown as that. Nothing is guessed: a
field that nobody has seen is left out.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MAX_TEXT = 2_000
MAX_ITEMS = 100

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def earliest(words: str) -> date:
    """The first day that a partial date can mean: an entry then never looks younger than it is."""
    return date.fromisoformat(words + "0000-01-01"[len(words) :])


def _partial_date(words: str) -> str:
    if _DATE.fullmatch(words) is None:
        raise ValueError('a date is written "2026", "2026-08" or "2026-08-22"')
    earliest(words)
    return words


def _one_line(words: str) -> str:
    if _CONTROL.search(words):
        raise ValueError("a text is one line, without control characters")
    return words


def _as_words(value: object) -> object:
    """TOML's own dates are taken as well."""
    return value.isoformat() if isinstance(value, date) else value


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    AfterValidator(_one_line),
]
PartialDate = Annotated[str, BeforeValidator(_as_words), AfterValidator(_partial_date)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$")]
Domain = Annotated[str, StringConstraints(pattern=r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z0-9-]{2,63}$")]
Web = Annotated[str, StringConstraints(pattern=r"^https://[!-~]{3,1000}$")]
Mail = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,63}$")
]
Country = Annotated[str, StringConstraints(pattern=r"^(?:all|EU|[A-Z]{2}(?:-[A-Z]{2})?)$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Days = Annotated[str, StringConstraints(pattern=r"^(?:up to )?\d{1,3}(?:-\d{1,3})?$")]

Kind = Literal[
    "people_search", "phone_book", "property", "court_records", "voter_records", "vehicle_records", "background_check",
    "genealogy", "school_reunion", "face_search", "data_broker", "location_broker", "address_trader", "credit_agency",
    "telecom", "social_network", "dating", "marketplace", "real_estate", "travel", "sport", "payment", "health_directory",
    "company_register", "official_register", "archive", "platform", "other",
]  # fmt: skip
Need = Literal[
    "profile_url", "name", "email", "email_link", "phone", "phone_call", "birth_date", "age", "address", "city",
    "zip_code", "id_document", "face_photo", "bankid", "ad_id", "captcha", "account", "form", "email_only",
    "written_reasons", "evidence", "exact_urls", "period", "proof_of_control", "residency_check",
]  # fmt: skip
Flag = Literal[
    "publishing_certificate", "reports_location", "reports_minors", "reports_health", "ad_id_only", "hid_opt_out_page",
    "covers_related", "post_of_parent", "portal_only", "own_phone_company", "local_office", "charged_for_removal",
    "owner_disputed",
]  # fmt: skip
Quality = Literal["tested", "verified", "scraped", "imported"]
State = Literal["active", "defunct", "hijacked", "merged"]
Method = Literal["tested", "read", "imported"]
Event = Literal[
    "marked_removed", "reported_gone", "opt_out_broken", "email_bounced", "contact_moved", "merged", "hijacked", "back"
]
Right = Literal[
    "access", "erasure", "restriction", "tell_recipients", "objection", "marketing_objection", "complaint", "correction",
    "delete", "optout", "appeal", "withdraw_consent", "removal", "stop_dissemination", "deindex", "notice", "takedown",
    "firm_complaint",
]  # fmt: skip
LawKind = Literal["right", "platform_policy", "register_block", "programme", "background", "information"]
Confidence = Literal["checked", "second-hand", "not verified"]
Path = Literal["app", "website", "phone", "app and website"]


class Entry(BaseModel):
    """What all entries share: unknown keys are an error, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=MAX_TEXT)


class From(Entry):
    """Where facts come from: a source, its date, how it was come by, and the fields that it gave (none: it names the entry)."""

    name: Text
    as_of: PartialDate | None = None
    method: Method = "imported"
    fields: Annotated[tuple[Text, ...], Field(max_length=MAX_ITEMS)] = ()


class History(Entry):
    """Something that happened to an entry, as a source tells it."""

    what: Event
    on: PartialDate | None = None
    source: Text | None = None


class Sourced(Entry):
    """An entry with its id (the file's name), its sources and the day on which it was last looked at."""

    id: Id
    last_verified: PartialDate | None = None
    source: Annotated[tuple[From, ...], Field(min_length=1, max_length=MAX_ITEMS)]

    def as_of(self, field: str) -> str | None:
        """The date of the source that gave this field; None where it is not known."""
        return next((item.as_of for item in self.source if field in item.fields), None)


class Directory(Sourced):
    """A site, firm or office that holds or shows people's details: a list to write to, never a list to search."""

    names: Annotated[tuple[Text, ...], Field(min_length=1, max_length=MAX_ITEMS)]
    kind: Kind
    domains: Annotated[tuple[Domain, ...], Field(max_length=MAX_ITEMS)] = ()
    countries: Annotated[tuple[Country, ...], Field(min_length=1, max_length=MAX_ITEMS)]
    quality: Quality
    state: State = "active"
    owner: Text | None = None
    """Who owns it, in the words of the source."""
    parent: Id | None = None
    """The entry of the owner, where the register has one."""
    removal_at_parent: bool | None = None
    opt_out_url: Web | None = None
    opt_out_email: Mail | None = None
    email_status: Literal["bounced", "form_only"] | None = None
    post: Annotated[tuple[Text, ...], Field(max_length=12)] = ()
    needs: Annotated[tuple[Need, ...], Field(max_length=MAX_ITEMS)] = ()
    optional_needs: Annotated[tuple[Need, ...], Field(max_length=MAX_ITEMS)] = ()
    other_needs: Annotated[tuple[Text, ...], Field(max_length=MAX_ITEMS)] = ()
    """What it asks for, in its own words."""
    can_check_first: bool | None = None
    typical_days: Days | None = None
    channel: Literal["email", "webform", "letter"] | None = None
    language: Language | None = None
    flags: Annotated[tuple[Flag, ...], Field(max_length=MAX_ITEMS)] = ()
    sources_agree: bool | None = None
    """Whether two sources give the same way to ask; None where there is nothing to compare."""
    note: Text | None = None
    history: Annotated[tuple[History, ...], Field(max_length=MAX_ITEMS)] = ()

    @property
    def name(self) -> str:
        """The first of its names."""
        return self.names[0]

    @property
    def email(self) -> str | None:
        """The e-mail address to write to: never one that is known to bounce."""
        return None if self.email_status == "bounced" else self.opt_out_email


Topic = Literal["place", "posts", "contact", "people", "search", "home"]
"""What a setting hides: where you are, what you post, how to reach you, who knows you, that you are found, your house."""


class Setting(Entry):
    """One privacy setting of a platform, in our words. `path` None: not known."""

    name: Text
    about: Annotated[tuple[Topic, ...], Field(max_length=6)] = ()
    does: Text
    path: Text | None = None
    retroactive: bool | None = None
    as_of: PartialDate | None = None
    basis: Literal["official help", "guide", "forum", "not read"]
    caution: Text | None = None
    notice: Literal["nobody", "the site", "people who follow you", "anyone sharing the account"] | None = None
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None


class Platform(Sourced):
    """A service and its privacy settings."""

    name: Text
    domains: Annotated[tuple[Domain, ...], Field(max_length=MAX_ITEMS)] = ()
    services: Annotated[tuple[Id, ...], Field(max_length=MAX_ITEMS)] = ()
    """The words by which a subject file may name it."""
    setting: Annotated[tuple[Setting, ...], Field(max_length=MAX_ITEMS)] = ()
    note: Text | None = None


class Time(Entry):
    """A time for an answer."""

    days: Annotated[int, Field(ge=1, le=400)]
    unit: Literal["calendar days", "business days", "month"]


class Law(Sourced):
    """A law, policy or register block: facts for letters, or for information where `kind` is that. Never legal advice."""

    name: Text
    kind: LawKind
    places: Annotated[tuple[Country, ...], Field(max_length=MAX_ITEMS)] = ()
    who: Text
    rights: Annotated[tuple[Right, ...], Field(max_length=MAX_ITEMS)] = ()
    cite: Annotated[dict[Right, Text], Field(max_length=MAX_ITEMS)] = {}
    """How a letter names the place in the law, by right."""
    cite_in: Annotated[dict[Language, dict[Right, Text]], Field(max_length=MAX_ITEMS)] = {}
    """The same in other languages."""
    reply_days: Annotated[int, Field(ge=1, le=400)] | None = None
    reply_unit: Literal["calendar days", "business days", "month"] | None = None
    extension_days: Annotated[int, Field(ge=1, le=400)] | None = None
    times: Annotated[dict[Right, Time], Field(max_length=MAX_ITEMS)] = {}
    """Where the time for one right is another one than `reply_days`."""
    reply_note: Text | None = None
    must_hold: Annotated[tuple[Text, ...], Field(max_length=MAX_ITEMS)] = ()
    complain_to: Text | None = None
    reports_to: Annotated[tuple[Text, ...], Field(max_length=MAX_ITEMS)] = ()
    """Who takes reports, for an entry of the kind "information"."""
    cautions: Annotated[tuple[Text, ...], Field(max_length=MAX_ITEMS)] = ()
    facts: Annotated[tuple[Text, ...], Field(max_length=MAX_ITEMS)] = ()
    confidence: Confidence


class Authority(Sourced):
    """A supervisory authority that takes complaints."""

    name: Text
    country: Country
    post: Annotated[tuple[Text, ...], Field(max_length=12)] = ()
    email: Mail | None = None
    web: Web | None = None
    form: Web | None = None
    languages: Annotated[tuple[Language, ...], Field(max_length=20)] = ()
    note: Text | None = None
