"""What helps someone whom another person bothers, and how that can show: `support.toml`, in our own sentences."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import Field

from unlisted.data.schema import Entry, Text


class Guide(Entry):
    """One step, or one way in which it shows with what can be done about it."""

    title: Text
    sentences: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4)]


class Known(Entry):
    """Where the steps and the signs are known from, and since when."""

    steps: Text
    signs: Text


class Guides(Entry):
    """The whole file."""

    known: Known
    step: Annotated[tuple[Guide, ...], Field(min_length=1, max_length=20)]
    sign: Annotated[tuple[Guide, ...], Field(min_length=1, max_length=20)]


@cache
def guides() -> Guides:
    """The file as it is shipped."""
    text = resources.files("unlisted.data").joinpath("support.toml").read_text(encoding="utf-8")
    return Guides.model_validate(tomllib.loads(text))
