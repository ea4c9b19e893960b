"""The shapes of real pages: author pages, profiles, cards, data blocks and links, as their makers write them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from unlisted.extract.page import read_page

SHAPES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "shapes.toml").read_text(encoding="utf-8")
)["shape"]


@pytest.mark.parametrize("shape", SHAPES, ids=[shape["name"] for shape in SHAPES])
def test_what_a_shape_says_is_found_and_nothing_else(shape: dict[str, Any]) -> None:
    """Every field of the page with its value."""
    page = read_page(shape["html"].encode(), url="https://page.example/dir/x", content_type="text/html; charset=utf-8")
    assert sorted([item.kind, item.value] for item in page.fields) == shape["expected"]


def test_the_shapes_hold_every_kind_of_field() -> None:
    """What no shape shows would go untested; the time of the last visit stands on no page."""
    kinds = {kind for shape in SHAPES for kind, _ in shape["expected"]}
    assert kinds >= {
        *("name", "nickname", "email", "phone", "street_address", "locality", "region", "postal_code", "country"),
        *("location_text", "latitude", "longitude", "birth_date", "employer", "school", "job_title", "same_as"),
        *("website", "avatar", "created_at", "language", "relative", "page_noindex"),
    }


def test_a_node_of_a_card_within_a_template_is_no_field() -> None:
    """By the rules of microformats; its text is read all the same."""
    page = read_page(b"<template><p class=h-card>Tam Rook</p></template>", url="")
    assert page.fields == ()
    assert [block.text for block in page.blocks] == ["Tam Rook"]
