"""The kinds of letter: a table. The words themselves stand in templates/letters, one file a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of letter.

    `subject_line` heads the letter. `rights` are those of which a law must give one for the letter to name it.
    `laws`: the entries that it is made for; none: any that gives such a right.
    `third_party`: the recipient is not the one who shows the record, so that even the record's address is new to them.
    `needs`: "state", "home", "phone": what this letter says where it was signed off. `quotes_record`: it has a line for the
    record's address. `hides`: it is fulfilled when the page is out of sight,
    though still there. `speaks_of_risk`: may say that someone harasses its writer; no other letter may. `notes` are for the
    writer alone, to read before the letter goes out.
    """

    id: str
    title: str
    subject_line: str
    rights: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    third_party: bool = False
    needs: tuple[str, ...] = ()
    quotes_record: bool = True
    hides: bool = False
    speaks_of_risk: bool = False
    notes: tuple[str, ...] = ()


_ERASURE = (
    Kind(
        id="delisting",
        title="Ask a site to take a page down",
        subject_line="Please take down a page about me",
        rights=("stop_dissemination", "withdraw_consent"),
    ),
    Kind(id="erasure", title="Ask for erasure", subject_line="Request to erase my details", rights=("erasure",)),
    Kind(
        id="objection",
        title="Object to the use of your details",
        subject_line="Objection to the use of my details",
        rights=("objection",),
    ),
    Kind(id="access", title="Ask what they hold", subject_line="Request for a copy of my details", rights=("access",)),
    Kind(
        id="optout",
        title="Opt out of sale",
        subject_line="Opt-out of the sale of my details",
        rights=("optout",),
        needs=("state",),
    ),
    Kind(
        id="ccpa-delete",
        title="Ask to delete (California)",
        subject_line="Request to delete my details",
        rights=("delete",),
        laws=("us-ca-ccpa",),
        needs=("state",),
    ),
    Kind(
        id="state-delete",
        title="Ask to delete (other US states)",
        subject_line="Request to delete my details",
        rights=("delete",),
        needs=("state",),
    ),
    Kind(
        id="state-appeal",
        title="Appeal against a no (US states)",
        subject_line="Appeal against your decision",
        rights=("appeal",),
        needs=("state",),
    ),
)
_ELSEWHERE = (
    Kind(
        id="search-delisting",
        title="Ask a search engine to leave a page out",
        subject_line="Please leave a page about me out of your search",
        rights=("deindex", "erasure"),
        third_party=True,
        hides=True,
        notes=("A page that search does not show is still there. Ask the site as well.",),
    ),
    Kind(
        id="archive-exclusion",
        title="Ask a web archive to leave a page out",
        subject_line="Please leave a page about me out of your archive",
        rights=("removal", "erasure"),
        third_party=True,
        hides=True,
        notes=("An archive may ask for an ID. You can ask why.",),
    ),
    Kind(
        id="dsa-notice",
        title="Report a page to its host (EU)",
        subject_line="Notice about a page that you host",
        rights=("notice",),
        laws=("eu-dsa-16",),
        notes=("The host may pass your name on to the one who runs the page.",),
    ),
    Kind(
        id="dmca",
        title="Ask to take down your own photo (US)",
        subject_line="Notice about a copy of my photo",
        rights=("takedown",),
        laws=("us-dmca-512",),
        needs=("phone",),
        notes=(
            "This is for photos that you took. A false claim can cost money.",
            "The notice may go to the one who put the photo up. It may be published, with your name in it.",
        ),
    ),
    Kind(
        id="take-it-down",
        title="Ask to take down an intimate picture (US)",
        subject_line="Request to take down an intimate picture",
        rights=("takedown",),
        laws=("us-take-it-down",),
        notes=("Do not send the picture itself. The page's address is enough.",),
    ),
    Kind(
        id="daniels-law",
        title="Ask to take down a home address (New Jersey, some jobs)",
        subject_line="Request to take down a home address",
        rights=("removal",),
        laws=("us-nj-daniels-law",),
        needs=("home",),
        notes=("This letter has to hold the address itself. It is a blank until you sign it off or write it in.",),
    ),
)
_PEOPLE = tuple(
    Kind(id=id_, title=title, subject_line="Please take my details off your page")
    for id_, title in (
        ("club", "Ask a club"),
        ("church", "Ask a church or faith group"),
        ("school", "Ask a school"),
        ("employer", "Ask an employer"),
    )
)
_LATER = (
    Kind(
        id="identity-reply",
        title="Answer when they ask for an ID",
        subject_line="Your question about who I am",
        rights=("notice",),
        laws=("eu-gdpr-12-6",),
        quotes_record=False,
    ),
    Kind(id="reminder", title="Remind them", subject_line="Reminder of my request", rights=("firm_complaint",)),
    Kind(
        id="complaint",
        title="Complain to the authority",
        subject_line="Complaint about what became of my request",
        rights=("complaint",),
        third_party=True,
    ),
    Kind(
        id="it-is-back",
        title="It is back",
        subject_line="My details are back",
        rights=("erasure", "stop_dissemination"),
    ),
)
_SUPPORT = (
    Kind(
        id="provider-complaint",
        title="Complain to someone's provider",
        subject_line="Report of harassment through your service",
        third_party=True,
        quotes_record=False,
        speaks_of_risk=True,
        notes=("This letter says that someone harasses you. The provider may pass it on. You choose.",),
    ),
    Kind(
        id="police-sheet",
        title="Cover sheet for the police",
        subject_line="What happened, in short",
        third_party=True,
        needs=("phone",),
        quotes_record=False,
        speaks_of_risk=True,
        notes=(
            "This sheet says that someone harasses you. Some people fill it in with an advocate.",
            "What you write here may become evidence, and someone may see it. Leave out what they must not read.",
        ),
    ),
)
KINDS: Mapping[str, Kind] = {kind.id: kind for kind in (*_ERASURE, *_ELSEWHERE, *_PEOPLE, *_LATER, *_SUPPORT)}
"""All kinds by id, in the order in which they are shown."""
