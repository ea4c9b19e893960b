"""Seeded damage for the campaign of `photos.py`: flipped bytes, extreme numbers, parts that are cut, repeated or moved."""

from __future__ import annotations

import random


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to six wounds, mostly where the headers stand."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if len(out) < 24:
            break
        at = chance.randrange(min(len(out) - 8, chance.choice([64, 1024, 16_384, len(out)])))
        chance.choice(WOUNDS)(out, at, chance)
    return bytes(out)


def flip(out: bytearray, at: int, chance: random.Random) -> None:
    """One byte."""
    out[at] = chance.randrange(256)


def number(out: bytearray, at: int, chance: random.Random) -> None:
    """An extreme number, or one that points here."""
    here = [at.to_bytes(4, "little"), at.to_bytes(4, "big")]
    out[at : at + 4] = chance.choice([b"\0\0\0\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\1", *here])


def short(out: bytearray, at: int, chance: random.Random) -> None:
    """An extreme short number."""
    out[at : at + 2] = chance.choice([b"\xff\xff", b"\0\0", b"\0\1"])


def drop(out: bytearray, at: int, chance: random.Random) -> None:
    """Some bytes, or the rest."""
    del out[at : len(out) if chance.random() < 0.3 else at + chance.randint(1, 64)]


def repeat(out: bytearray, at: int, chance: random.Random) -> None:
    """A part again and again."""
    out[at:at] = out[at : at + chance.randint(8, 2048)] * chance.randint(1, 8)


def move(out: bytearray, at: int, chance: random.Random) -> None:
    """Eight bytes from elsewhere."""
    other = chance.randrange(len(out) - 8)
    out[at : at + 8] = out[other : other + 8]


WOUNDS = (flip, number, short, drop, repeat, move)
