"""Privacy settings, setting by setting, as sentences: what to look for, what it changes, and what is not known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from unlisted.data.domains import normalise, registered_domain
from unlisted.data.freshness import age_words
from unlisted.data.loader import platforms
from unlisted.data.schema import Platform, Setting

_BASIS = {
    "official help": "from the help pages of the service",
    "guide": "from a privacy guide",
    "forum": "from a help forum",
    "not read": "not verified",
}
TOPICS: Mapping[str, tuple[str, ...]] = {
    "position": ("place",),
    "place": ("place", "posts"),
    "routine": ("place", "posts"),
    "travel": ("posts", "place"),
    "phone": ("contact",),
    "email": ("contact",),
    "relative": ("people",),
    "visibility": ("search",),
    "address": ("home",),
}
"""What a setting must hide to help against a finding of this kind, the best first."""
CHECKS: Mapping[str, str] = {
    "place": "open a post of yours where you are not logged in: no place is on it",
    "posts": "open your page where you are not logged in: the posts are not on it",
    "contact": "ask a friend to look for you there by your number or e-mail address",
    "people": "open your page where you are not logged in: it does not say who you know",
    "search": "search for your name in a few weeks, where you are not logged in",
    "home": "look your address up there in a few days",
}
"""How to see that a setting works, by what it hides."""
NOTICE: Mapping[str, str] = {
    "nobody": "Nobody is told, as far as we know.",
    "the site": "The site sees who asks.",
    "people who follow you": "People who follow you may notice.",
    "anyone sharing the account": "Anyone sharing the account may notice.",
}
MINUTES = 5
"""What a setting takes where its entry names nothing else: our guess, and rather too long."""
MAX_SETTINGS = 4
"""Settings in one piece of advice: with a line before and after, a list that shows at most seven."""
_RETROACTIVE = {True: "Older posts are covered too.", False: "Older posts stay as they are."}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSteps:
    """One setting: `steps` are sentences in order; `known_from` and `checked` say how far to trust them."""

    name: str
    steps: tuple[str, ...]
    known_from: str
    checked: str
    notice: str = NOTICE["nobody"]
    minutes: int = MINUTES
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformAdvice:
    """What can be set on one service. `note` is a sentence, where nothing is known."""

    id: str
    name: str
    settings: tuple[SettingSteps, ...]
    note: str | None = None


def settings_for(host_or_service: str, *, now: datetime) -> PlatformAdvice | None:
    """The settings of the service that a host belongs to, or that a subject file names; None where it is not known."""
    found = _find(host_or_service.strip().lower())
    if found is None:
        return None
    settings = tuple(_steps(each, found, now) for each in found.setting)
    return PlatformAdvice(id=found.id, name=found.name, settings=settings, note=found.note)


def _find(word: str) -> Platform | None:
    entries = platforms().values()
    named = next((entry for entry in entries if word == entry.id or word in entry.services), None)
    if named is not None:
        return named
    hosts = (normalise(word), registered_domain(word))
    return next((entry for host in hosts if host for entry in entries if host in entry.domains), None)


def _steps(setting: Setting, entry: Platform, now: datetime) -> SettingSteps:
    named = setting.path is None or setting.name.casefold() not in setting.path.casefold()
    path = f"Where: {setting.path}." if setting.path else None
    look = f"{'Look' if path else 'In the settings, look'} for “{setting.name}”." if named else None
    older = _RETROACTIVE.get(setting.retroactive) if setting.retroactive is not None else None
    sentences = (path, look, setting.does, older, setting.caution)
    return SettingSteps(
        name=setting.name,
        steps=tuple(sentence for sentence in sentences if sentence),
        known_from=_BASIS[setting.basis],
        checked=age_words(setting.as_of or entry.last_verified, now),
        notice=NOTICE[setting.notice or "nobody"],
        minutes=setting.minutes or MINUTES,
        about=setting.about,
    )


def steps_against(kind: str, host_or_service: str, *, now: datetime) -> tuple[str, ...]:
    """What to set on a service against a finding of this kind, a step a setting; nothing where no setting is known to help.

    Two more steps follow: minutes, who will notice and how to see that it works; and how far to trust all that.
    """
    advice = settings_for(host_or_service, now=now)
    wanted = TOPICS.get(kind, ())
    found = [each for topic in wanted for each in (advice.settings if advice else ()) if topic in each.about]
    chosen = tuple(dict.fromkeys(found))[:MAX_SETTINGS]
    if advice is None or not chosen:
        return ()
    topic = next(topic for topic in wanted if topic in chosen[0].about)
    notices = tuple(dict.fromkeys(each.notice for each in chosen))
    shared = notices[0] if len(notices) == 1 else ""
    closing = (_minutes(chosen), shared, f"To check, {CHECKS[topic]}.")
    known = " and ".join(dict.fromkeys(f"{each.known_from} ({each.checked})" for each in chosen))
    return (
        *(" ".join((*each.steps, *(() if shared else (each.notice,)))) for each in chosen),
        " ".join(part for part in closing if part),
        f"For {advice.name}, this is {known}. Names may have changed.",
    )


def _minutes(chosen: Sequence[SettingSteps]) -> str:
    """How long the settings take together."""
    total = sum(each.minutes for each in chosen)
    return f"It takes about {total} minutes." if len(chosen) == 1 else f"Together they take about {total} minutes."
