"""Who takes a complaint: the supervisory authorities by country, as recipients of a letter."""

from __future__ import annotations

from unlisted.data.loader import authorities
from unlisted.data.schema import Authority
from unlisted.remedy.languages import spoken
from unlisted.remedy.recipient import Recipient


def authorities_of(country: str) -> tuple[Authority, ...]:
    """The authorities of a country (ISO code); several where regions have their own, none where we know of none."""
    code = country.upper()
    return tuple(entry for entry in authorities().values() if entry.country == code)


def recipient_of(authority: Authority) -> Recipient:
    """An authority as the recipient of a complaint. It shows no record: whatever the letter says is new to it."""
    return Recipient(
        name=authority.name,
        email=authority.email,
        post=authority.post,
        country=authority.country,
        language=spoken(authority),
    )
