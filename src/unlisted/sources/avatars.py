"""Pictures of the person's own accounts: from the typed host or the fixed table only, decoded in a worker, compared by their look.

Two pictures are alike where their difference hashes and their light and dark agree, also where one was trimmed at its edges.
Nobody is recognised: whether a face is in a picture is never asked.
"""

from __future__ import annotations

import atexit
import base64
import binascii
import re
from collections.abc import Sequence
from datetime import datetime
from itertools import product
from urllib.parse import urlsplit, urlunsplit

import numpy as np
from numpy.typing import ArrayLike

from unlisted.data.domains import host_of
from unlisted.errors import Malformed, NotRead
from unlisted.extract.photo import alike
from unlisted.extract.photo.alike import Grey
from unlisted.extract.photo.bounded import MAX_REQUEST
from unlisted.extract.photo.look import available
from unlisted.extract.photo.maker import Worker
from unlisted.model import Account, Source
from unlisted.sources.account_hosts import place
from unlisted.sources.fetch import Fetcher

__all__ = ["Grey", "available", "fetch", "grey", "same"]

CPU_SECONDS = 3.0
"""CPU for one picture."""

MAX_PIXELS = 8_000_000
"""Pixels of a picture that is decoded."""

MAX_BYTES = MAX_REQUEST
"""Bytes of a picture."""

SIDE = 128
"""Pixels of the long side at which pictures are compared."""

HASH = 0.90
"""Part of the hash's pairs that must agree."""

LEVELS = 0.985
"""How far light and dark must go together besides (correlation): two portraits often share a hash."""

LIKELY = 0.9
"""With less than this at the first look, no second one is worth its time."""

EDGE, ROUGH = 0.12, (0.0, 0.03, 0.06, 0.09, 0.12)
"""The most that may be trimmed off each edge, as a part of the picture, and the steps that are tried first."""

FINER = ((0.015, 24), (0.007, 32))
"""Then steps around the best one, and the cells on a side in which light and dark are looked at."""

Edges = tuple[float, ...]
"""Parts of a picture that are trimmed off its left, top, right and bottom."""

NO_PICTURE = "the account shows no picture of its own"
OTHER_HOST = "the picture lies on another host"
OPEN_LINE = "the address of its picture does not begin with https"
UNREADABLE = "its picture cannot be read"

_DRAWN = re.compile(r"/missing\.(?:png|svg)|identicon|/default|no[_-]avatar|gravatar", re.IGNORECASE)
"""Addresses of pictures that a service draws itself, or keeps under a hash of an e-mail address."""

_worker = Worker("unlisted.sources.avatar_worker")
atexit.register(_worker.close)


def fetch(source: Source, account: Account, *, fetcher: Fetcher, now: datetime) -> bytes:
    """The picture of an account, as the service itself names it. Raises NotRead."""
    where = place(source)
    named = [field.value for field in account.fields if field.kind == "avatar" and not _DRAWN.search(field.value)]
    if not named:
        raise NotRead(NO_PICTURE)
    known = [address for address in named if host_of(address) in {where.host, *where.pictures}]
    if not known:
        raise NotRead(OTHER_HOST)
    for address in known:
        own = host_of(address) == where.host
        if urlsplit(address).scheme == "https" or (own and where.home[0] == "http"):
            if not own:
                # a host of the fixed table, which was shown before the run
                fetcher.add_typed([urlunsplit(("https", host_of(address) or "", "/", "", ""))])
            return fetcher.get(address, source=source.label, now=now, kind="picture").body
    raise NotRead(OPEN_LINE)


def grey(picture: bytes, worker: Worker | None = None) -> Grey:
    """A picture in grey, at most `SIDE` pixels wide or high. Raises Malformed where it is none, too large, or made to swell."""
    told = (worker or _worker).ask(picture) if len(picture) <= MAX_BYTES else None
    said = (told or {}).get("grey", [])
    if len(said) != 3:
        raise Malformed(UNREADABLE)
    try:
        width, height, levels = abs(int(said[0])), abs(int(said[1])), base64.b64decode(said[2], validate=True)
        return np.frombuffer(levels, np.uint8).reshape(height, width).astype(np.float64)
    except (ValueError, binascii.Error):
        raise Malformed(UNREADABLE) from None


def same(one: Grey, other: Grey) -> bool:
    """Whether two pictures show the same, resized, packed anew or trimmed at the edges. Plain ones tell nothing."""
    if min(*one.shape, *other.shape) < alike.FINE or not (alike.tells(one) and alike.tells(other)):
        return False
    return any(within(whole, part) for whole, part in ((one, other), (other, one)))


def within(whole: Grey, part: Grey) -> bool:
    """Whether a picture is the whole one, or the whole one trimmed at its edges."""
    edges, together = best(whole, part, [ROUGH] * 4, 12)
    for step, grid in FINER if together >= LIKELY else ():
        edges, together = best(whole, part, [(edge - step, edge, edge + step) for edge in edges], grid)
    return together >= LEVELS and float(alike.agreement(whole, cuts_of([edges]), part, alike.FINE)[0]) >= HASH


def best(whole: Grey, part: Grey, tried: Sequence[Sequence[float]], grid: int) -> tuple[Edges, float]:
    """Of all ways to trim the whole picture the one that looks most like the part, and how much light and dark go together."""
    ways = np.clip(np.array(list(product(*tried))), 0.0, EDGE)
    levels = centred(alike.cells(whole, cuts_of(ways), grid).reshape(len(ways), -1))
    wanted = centred(alike.cells(part, alike.WHOLE, grid).reshape(1, -1))
    spread = np.sqrt((levels**2).sum(axis=1) * (wanted**2).sum())
    together = (levels @ wanted[0]) / np.maximum(spread, 1e-9)
    at = int(together.argmax())
    return tuple(ways[at].tolist()), float(together[at])


def centred(rows: Grey) -> Grey:
    """Each row around its own middle."""
    around: Grey = rows - rows.mean(axis=1, keepdims=True)
    return around


def cuts_of(ways: ArrayLike) -> alike.Cuts:
    """What is left when so much is trimmed off the left, the top, the right and the bottom."""
    edges = np.asarray(ways, dtype=np.float64)
    return np.column_stack([edges[:, 0], edges[:, 1], 1 - edges[:, 0] - edges[:, 2], 1 - edges[:, 1] - edges[:, 3]])
