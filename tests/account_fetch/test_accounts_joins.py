"""What joins two accounts is compared as a stranger would compare it."""

from __future__ import annotations

import pytest
from tests.growth import grows_in_step

from unlisted.audit.joins import MAX_ABOUT, handles, mails
from unlisted.audit.observed import AccountSeen
from unlisted.model import Account, Field, Locator, Source, SourceKind

SOURCE = Source(label="an account", kind=SourceKind.ACCOUNT, address="https://toots.example/@wren", service="mastodon")


def seen(*about: str, **fields: str) -> AccountSeen:
    """An account with these words and fields."""
    held = tuple(Field(kind=kind, value=value, locator=Locator()) for kind, value in fields.items())
    return AccountSeen(source=SOURCE, account=Account(service="mastodon", fields=held, about=about))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("wrenash", "WrenAsh", True),
        ("wrenash.bsky.social", "wrenash", True),
        ("Wren_Ash", "Wren Ash", True),
        ("wren.clay.example", "wren", False),
        ("wrenash", "wrenash2", False),
        ("wren-ash", "wrenash", False),
    ],
)
def test_a_user_name_is_the_same_as_a_stranger_would_say(one: str, other: str, same: bool) -> None:
    """Letters large or small, the underline for a blank, and what a service puts behind every name make no difference."""
    assert bool(handles(seen(nickname=one)) & handles(seen(nickname=other))) is same


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Write to Wren@Clay.example.", {"wren@clay.example"}),
        ("mail: wren+a@mail.clay.example, or not", {"wren+a@mail.clay.example"}),
        ("@wren@toots.example", set()),
        ("wren@clay", set()),
        ("a" * 70 + "@clay.example", set()),
        ("x" * MAX_ABOUT + " wren@clay.example", set()),
    ],
)
def test_an_address_in_the_words_about_a_person_counts(words: str, found: set[str]) -> None:
    """Where most people write it; a name on a server is none."""
    assert mails(seen(words)) == found
    assert mails(seen(words, email="Wren@Clay.example")) == found | {"wren@clay.example"}


@pytest.mark.parametrize("unit", ["a", "a.", "a@", "a@b.", "-"])
def test_looking_for_addresses_grows_with_the_words(unit: str) -> None:
    """Signs that may begin an address and never do."""
    grows_in_step(lambda size: seen(unit * size), mails, 2_000, largest=MAX_ABOUT // 4)
