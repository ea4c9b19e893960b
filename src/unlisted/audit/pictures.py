"""Whether two of the person's own accounts show one picture: accounts whose control was shown, and pictures in exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product

from unlisted.audit.mentions import Reader
from unlisted.audit.observed import AccountSeen, Pictured
from unlisted.audit.tools import Tools
from unlisted.errors import NotRead
from unlisted.model import Locator, Mention, NotChecked, Source, SourceKind
from unlisted.sources import avatars
from unlisted.sources.avatars import Grey

PROFILE = Locator(part="text", heading="Profile")
MOST = 20
"""Accounts whose pictures are compared."""

CERTAINTY = 0.8
NO_PICTURES = "the pictures of your accounts were not compared"
NO_DECODER = f"{NO_PICTURES}: that needs the extra “images”"
TOO_MANY = f"{NO_PICTURES}: there are more than {MOST}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One account with its pictures in grey, and the services that it belongs to."""

    source: Source
    services: frozenset[str]
    shown: tuple[Grey, ...] = field(repr=False)


def pictures(
    accounts: Iterable[AccountSeen], exports: Iterable[Pictured], tools: Tools
) -> tuple[list[Mention], list[NotChecked]]:
    """(accounts that show one picture, said of the first of them; what was not compared)."""
    with_one = [one for one in accounts if any(item.kind == "avatar" for item in one.account.fields)]
    held: list[AccountSeen | Pictured] = [*with_one, *exports]
    if len(held) < 2:
        return [], []
    if not avatars.available():
        return [], [NotChecked(source=one.source.label, reason=NO_DECODER) for one in held]
    gaps = [NotChecked(source=one.source.label, reason=TOO_MANY) for one in held[MOST:]]
    faces = []
    for one in held[:MOST]:
        try:
            faces.append(face(one, tools))
        except NotRead as error:
            gaps.append(NotChecked(source=one.source.label, reason=f"{NO_PICTURES}: {error.reason}"))
    return list(joined(faces, tools)), gaps


def face(one: AccountSeen | Pictured, tools: Tools) -> Face:
    """The pictures of an account. Raises NotRead where there is none that can be read."""
    if isinstance(one, AccountSeen):
        data = avatars.fetch(one.source, one.account, fetcher=tools.fetcher, now=tools.now)
        return Face(source=one.source, services=frozenset([one.account.service]), shown=(avatars.grey(data),))
    shown, problem = [], None
    for data in one.pictures:
        try:
            shown.append(avatars.grey(data))
        except NotRead as error:
            problem = error
    if problem and not shown:
        raise problem
    return Face(source=one.source, services=one.services, shown=tuple(shown))


def joined(faces: Sequence[Face], tools: Tools) -> Iterator[Mention]:
    """The pairs that show one picture. An export is not held against an account of the same service: it is that account."""
    for one, other in combinations(faces, 2):
        export = SourceKind.EXPORT in {one.source.kind, other.source.kind}
        if export and one.services & other.services:
            continue
        if any(avatars.same(*pair) for pair in product(one.shown, other.shown)):
            own = replace(one.source, mine=True)  # an export is the person's own, whether the list says so or not
            reader = Reader(tools.lens, own, source_kind=SourceKind.ACCOUNT.value)
            yield reader.mention("join", "same_picture", PROFILE, CERTAINTY, other=other.source.label)
