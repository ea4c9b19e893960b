"""To whom a letter goes."""

from __future__ import annotations

from dataclasses import dataclass

from unlisted.data.schema import Directory
from unlisted.remedy.languages import spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom a letter goes. `hosts`: the sites whose pages it may be told of.

    Where none is given, the record's site is theirs only if `name` or `email` says so: anybody else is told nothing of the
    record that was not signed off.

    `elsewhere`: none of the person's records stands there, so that each is new to it. `email` and `post` are known, never
    guessed; `needs` are words of the register's closed list. `language`: the one that it speaks, where that is known.
    """

    name: str
    email: str | None = None
    post: tuple[str, ...] = ()
    country: str | None = None
    needs: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    elsewhere: bool = False
    language: str | None = None

    @classmethod
    def of(cls, entry: Directory, *others: Directory) -> Recipient:
        """The recipient for a directory, and for the `others` of the same owner."""
        return cls(
            name=entry.name,
            email=entry.email,
            post=entry.post,
            country=entry.countries[0],
            needs=entry.needs,
            language=spoken(entry),
            hosts=tuple(domain for each in (entry, *others) for domain in each.domains),
        )
