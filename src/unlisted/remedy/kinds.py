"""The kinds of letter: a table. The words themselves stand in templates/letters, one file a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of letter.

    `subject_line` heads the letter. `rights` are those of which a law must give one for the letter to name it.
    `third_party`: the recipient is not the one who shows the record, so that even the record's address is new to them.
    `speaks_of_risk`: may say that someone harasses the person.
    """

    id: str
    title: str
    subject_line: str
    rights: tuple[str, ...] = ()
    third_party: bool = False
    speaks_of_risk: bool = False


_TABLE = (
    Kind(
        id="delisting",
        title="Ask a site to take a page down",
        subject_line="Please take down a page about me",
        rights=("removal", "stop_dissemination", "withdraw_consent"),
    ),
    Kind(id="erasure", title="Ask for erasure", subject_line="Request to erase my details", rights=("erasure",)),
    Kind(
        id="objection",
        title="Object to the use of your details",
        subject_line="Objection to the use of my details",
        rights=("objection",),
    ),
    Kind(id="optout", title="Opt out of sale", subject_line="Opt-out of the sale of my details", rights=("optout",)),
    Kind(id="access", title="Ask what they hold", subject_line="Request for a copy of my details", rights=("access",)),
)
KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _TABLE}
