"""Which letter fits a directory and a person, and what to do where no letter does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from unlisted.data.schema import Directory
from unlisted.model import Subject
from unlisted.remedy.laws import EEA, state_law

POLITE = "delisting"
"""The kind that asks and names no law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPlan:
    """The kind of letter (None: steps only), the law that it names, and the steps that go with it, in order."""

    kind: str | None
    law: str | None = None
    steps: tuple[str, ...] = ()


_STEPS_ONLY: Mapping[str, tuple[str, ...]] = {
    "ad_id_only": (
        "This firm knows a phone by its advertising ID, not by a name. A letter with a name only tells it more.",
        "Look up the advertising ID in the settings of your phone. Write it down.",
        "Use the firm's own form, and give it that ID and nothing else.",
        "When the firm has answered, reset or delete the ID in the settings of your phone.",
    ),
    "portal_only": (
        "This is done in the portal, not by letter.",
        "If you live in California, one request there reaches each registered firm.",
    ),
    "own_phone_company": (
        "Ask your own phone company to leave your number out of all phone books. It hands on the change.",
        "Old copies can stay for a while.",
    ),
    "local_office": (
        "Ask your local office. It keeps the register.",
        "Copies that were handed out before can stay.",
    ),
}
_NEED_STEPS: Mapping[str, str] = {
    "name": "The site asks for a name. Give it as the page has it, and no more.",
    "email": "The site asks for an e-mail address. One option is an address that you use for this alone.",
    "email_link": "The site sends you a link by e-mail. Open it to finish.",
    "phone": "The site asks for a phone number. The letter leaves it out. You choose.",
    "phone_call": "The site wants to call you. You can ask for another way.",
    "birth_date": "The site asks for a birth date. The letter leaves it out. You choose.",
    "age": "The site asks for an age. The letter leaves it out. You choose.",
    "address": "The site asks for an address. The letter leaves it out. You choose.",
    "city": "The site asks for a town. Give the one that the page has, and no more.",
    "zip_code": "The site asks for a postal code. Give the one that the page has, and no more.",
    "id_document": "The site may ask for an ID. You can ask why. If you send a copy, cover what they do not need.",
    "face_photo": "The site asks for a photo of your face. That tells it more. You choose.",
    "bankid": "The site asks you to log in with BankID.",
    "ad_id": "The site asks for the advertising ID of your phone.",
    "account": "The site asks you to make an account. That tells it more. You choose.",
    "captcha": "The form has a puzzle to solve.",
    "profile_url": "The site asks for the address of the page. The letter has a line for it.",
    "exact_urls": "The site asks for the address of each page. The letter has a line for it.",
}
DROP_STEP = "If you live in California, one request in the state's portal (DROP) reaches each registered firm."
_BROKERS = frozenset({"people_search", "data_broker", "background_check", "location_broker", "address_trader"})
_BY_COUNTRY: Mapping[str, tuple[str, str]] = {
    "GB": ("erasure", "uk-gdpr"),
    "CH": ("erasure", "ch-fadp"),
    "BR": ("erasure", "br-lgpd"),
    "CA": (POLITE, "ca-pipeda"),
}
"""Countries with a law of their own: what to ask for, and which entry says so."""
_BY_STATE: Mapping[str, Sequence[tuple[str, str]]] = {
    "US": (("optout", "optout"),),
    "CA": ((POLITE, "stop_dissemination"),),
}
"""Countries whose states have laws of their own: the letter, and the right that it needs there."""
MAX_STEPS = 6
"""A list of steps shows at most seven: one more may say what a letter covers."""


_STATE_STEPS: Mapping[str, tuple[str, ...]] = {
    "hijacked": (
        "This site has changed hands. A letter there may reach the wrong people.",
        "You can leave it alone, and ask search engines to leave the page out.",
    ),
    "defunct": ("A source says that this site is gone. Open the page first, and write only if it is still there.",),
    "merged": ("This site is now part of another one. Ask that one as well.",),
}


def choose(directory: Directory, subject: Subject, *, state: str | None = None) -> LetterPlan:
    """The letter that fits: by the directory, its country, the person's country, and the law.

    `state` is the person's state or province where the letter may give it anyway (the record shows it, or it was signed off): else
    it is not looked at, since naming its law would tell where they live. Where no law fits, the letter asks politely.
    """
    if directory.state == "hijacked":
        return LetterPlan(kind=None, steps=_STATE_STEPS["hijacked"])
    special = next((steps for flag, steps in _STEPS_ONLY.items() if _has(directory, flag)), None)
    if special is not None:
        return LetterPlan(kind=None, steps=(*special, *_web_step(directory))[:MAX_STEPS])
    kind, law = _right(directory, subject, state)
    return LetterPlan(kind=kind, law=law, steps=steps_for(directory, subject))


def _has(directory: Directory, flag: str) -> bool:
    by_ad_id = directory.kind == "location_broker" or "ad_id" in directory.needs
    return flag in directory.flags or (flag == "ad_id_only" and by_ad_id)


def _right(directory: Directory, subject: Subject, state: str | None) -> tuple[str, str | None]:
    """(kind, law): the law of where the directory is; for one that is everywhere, the law of the person's country."""
    if "publishing_certificate" in directory.flags:
        return POLITE, None
    places = {place.split("-")[0] for place in directory.countries}
    home = subject.country.upper()
    reached = {home} if "all" in places or home in places else places
    if reached & EEA:
        return "erasure", "eu-gdpr"
    near = home if home in reached and state is not None else None
    for kind, right in _BY_STATE.get(near or "", ()):
        of_state = state_law(state or "", right, country=home)
        if of_state is not None:
            return kind, of_state.id
    country = next((place for place in _BY_COUNTRY if place in reached), None)
    return _BY_COUNTRY[country] if country else (POLITE, None)


def steps_for(directory: Directory, subject: Subject) -> tuple[str, ...]:
    """What to do with the letter, what the directory will ask for, and how to see that it worked: at most six sentences."""
    first = (*_STATE_STEPS.get(directory.state, ()), *_web_step(directory), *_send_step(directory))
    asked = tuple(_NEED_STEPS[need] for need in directory.needs if need in _NEED_STEPS)
    drop = (DROP_STEP,) if subject.country.upper() == "US" and directory.kind in _BROKERS else ()
    last = (*drop, _wait_step(directory))
    return (*first, *asked[: MAX_STEPS - len(first) - len(last)], *last)


def _web_step(directory: Directory) -> tuple[str, ...]:
    return (f"The site has its own removal page: {directory.opt_out_url}",) if directory.opt_out_url else ()


def _send_step(directory: Directory) -> tuple[str, ...]:
    if directory.email_status == "bounced":
        return ("An e-mail to this site came back. The removal page or the post may work.",)
    if directory.email:
        return ("Or send the letter from your mail program. One option is an address that you use for this alone.",)
    return (
        ("You can print the letter and post it.",)
        if directory.post
        else ("We know no address to write to. Look for one on the site.",)
    )


def _wait_step(directory: Directory) -> str:
    if directory.typical_days is None:
        return "Open the page again in two weeks, to see if it is gone."
    return f"It is said to take {directory.typical_days} days. Then open the page again, to see if it is gone."
