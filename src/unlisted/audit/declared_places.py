"""A place declared by a file: "this photo was taken at home". Only its position is taken, and kept in memory."""

from __future__ import annotations

from dataclasses import replace

from unlisted.errors import NotRead
from unlisted.extract.photo import read_photo
from unlisted.model import Fact, NotChecked, Subject


def placed(subject: Subject) -> tuple[Subject, list[NotChecked]]:
    """The subject with such facts placed, and those that could not be."""
    missing: list[NotChecked] = []
    facts = tuple(place(fact, missing) for fact in subject.facts)
    return replace(subject, facts=facts), missing


def place(fact: Fact, missing: list[NotChecked]) -> Fact:
    """The fact with the position of its photo, where it has one and needs one."""
    if fact.photo is None or fact.position is not None:
        return fact
    try:
        position = read_photo(fact.photo).position
        reason = "the photo that says where it is holds no place"
    except NotRead as error:
        position, reason = None, error.reason
    if position is None:
        missing.append(NotChecked(source=fact.label, reason=reason))
        return fact
    return replace(fact, lat=position.lat, lon=position.lon)
