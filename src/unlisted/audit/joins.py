"""What joins the person's own accounts: only among those that they listed, and only where control of both was shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from unlisted.audit.mentions import Reader
from unlisted.audit.observed import AccountSeen, Pictured
from unlisted.audit.pictures import pictures
from unlisted.audit.tools import Tools
from unlisted.model import Locator, Mention, NotChecked

PROFILE = Locator(part="text", heading="Profile")
PHRASE = 6
"""Words in a row that two people rarely say about themselves alike."""
MAX_PHRASES = 20_000
MAX_ABOUT = 100_000
"""Characters about a person in which e-mail addresses are looked for."""
MAIL = re.compile(r"(?<![\w.+@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
ADDED = ".bsky.social"
"""What Bluesky puts behind the names of all who have no domain of their own."""


def joins(
    accounts: Sequence[AccountSeen], exports: Sequence[Pictured], tools: Tools
) -> tuple[list[Mention], list[NotChecked]]:
    """(what joins two accounts, said of the first of them; what was not compared)."""
    found = [mention for one, other in combinations(accounts, 2) for mention in shared(one, other, tools)]
    alike, gaps = pictures(accounts, exports, tools)
    return [*found, *alike], gaps


def shared(one: AccountSeen, other: AccountSeen, tools: Tools) -> Iterator[Mention]:
    """Everything that two accounts have in common. A stranger sees it by opening both profiles."""
    reader = Reader(tools.lens, one.source, source_kind=one.source.kind.value)
    alike = (
        ("same_handle", handles(one) & handles(other), 0.9),
        ("same_email", mails(one) & mails(other), 0.95),
        ("same_words", phrases(one.account.about) & phrases(other.account.about), 0.7),
    )
    for detail, common, certainty in alike:
        if common:
            yield reader.mention("join", detail, PROFILE, certainty, other=other.source.label)


def values(one: AccountSeen, kind: str) -> set[str]:
    """The values of one kind in an account's profile, folded."""
    return {field.value.casefold() for field in one.account.fields if field.kind == kind}


def handles(one: AccountSeen) -> set[str]:
    """The user names of an account, as a stranger would compare them: the part that a service adds to every name is none of it."""
    return {name.replace("_", " ").removesuffix(ADDED) for name in values(one, "nickname")}


def mails(one: AccountSeen) -> set[str]:
    """The e-mail addresses of an account: those of its fields, and those in the words about the person."""
    words = " ".join(one.account.about)[:MAX_ABOUT].casefold()
    return values(one, "email") | {mail.rstrip(".") for mail in MAIL.findall(words)}


def phrases(texts: Iterable[str]) -> set[str]:
    """Every run of `PHRASE` words in a person's words about themselves."""
    found: set[str] = set()
    for text in texts:
        words = re.findall(r"\w+", text.casefold())[:MAX_PHRASES]
        found |= {" ".join(words[at : at + PHRASE]) for at in range(len(words) - PHRASE + 1)}
    return found
