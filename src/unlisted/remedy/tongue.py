"""In which language a letter is written, and in which its writer reads it."""

from __future__ import annotations

from unlisted.model import Subject
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.languages import LANGUAGES
from unlisted.remedy.laws import law
from unlisted.remedy.letters import right_of

PLAIN = "en"
"""Every kind is written in it."""


def fitting(language: str | None, kind: str, law_id: str | None) -> str:
    """This language where we have words in it for the kind, and for the law that the letter names; else English."""
    if language is None or language not in LANGUAGES or not LANGUAGES[language].has(kind):
        return PLAIN
    wanted, entry = KINDS[kind], law(law_id) if law_id is not None else None
    uncited = entry is not None and right_of(wanted, entry) is not None and right_of(wanted, entry, language) is None
    return PLAIN if uncited else language


def own(subject: Subject, kind: str, law_id: str | None) -> str:
    """The first of the person's languages in which we have words for such a letter; English where there is none."""
    codes = [language.lower().split("-")[0] for language in subject.languages]
    return next((code for code in codes if code == PLAIN or fitting(code, kind, law_id) == code), PLAIN)
