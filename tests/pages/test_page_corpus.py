"""Real recorded pages: what stands in them is found, and nothing else."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import extruct
import pytest

from unlisted.extract.page import read_page

LEAST = 0.98


def beside(name: str) -> ModuleType:
    """A module that lies beside this one (tests are no package)."""
    spec = importlib.util.spec_from_file_location(f"pages_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


recordings = beside("recordings")


@pytest.fixture(scope="module")
def pages(corpora: Path) -> list[Any]:
    """The recordings that are pages."""
    return list(recordings.recordings(corpora / "pages", lambda row: row["service"] is None))


@pytest.mark.corpus
def test_recall_and_precision_of_every_kind_on_recorded_pages(pages: list[Any]) -> None:
    """At least .98 of each kind is found, and at least .98 of what is found stands in the page."""
    tally: Counter[tuple[str, str]] = Counter()
    for page in pages:
        found = read_page(page.body, url=page.url, content_type=page.content_type)
        if page.expected is not None:
            tally += recordings.count(page, found.fields)
    low = {kind: pair for kind, pair in recordings.rates(tally).items() if min(pair) < LEAST}
    assert len(pages) > 400
    assert not low


@pytest.mark.corpus
def test_every_recorded_page_gives_text_in_reading_order(pages: list[Any]) -> None:
    """Paragraphs are numbered upward under each heading, on every page; a page without text says why."""
    for page in pages:
        read = read_page(page.body, url=page.url, content_type=page.content_type)
        last: tuple[int, int] = (0, 0)
        for block in (block for block in read.blocks if block.locator.part == "text"):
            here = (block.locator.heading_number or 0, block.locator.paragraph or 0)
            assert here > last, page.file
            last = here


@pytest.mark.corpus
def test_phones_and_mails_in_microdata_are_those_of_extruct(pages: list[Any]) -> None:
    """The oracle's e-mail and telephone properties of schema.org items are all found."""
    checked = 0
    for page in (page for page in pages if b"itemscope" in page.body and page.expected is not None):
        wanted = set(oracle(page))
        kept = read_page(page.body, url=page.url, content_type=page.content_type).of_kind("email", "phone")
        found = {"".join(item.value.split()).removeprefix("mailto:") for item in kept}
        checked += len(wanted)
        assert wanted <= found, page.file
    assert checked


def oracle(page: Any) -> list[str]:
    """E-mail and telephone texts of all items that extruct finds."""
    items = extruct.extract(page.body.decode("utf-8", "replace"), base_url=page.url, syntaxes=["microdata"])[
        "microdata"
    ]
    found = []
    while items:
        item = items.pop()
        for key, value in item.get("properties", {}).items():
            values = value if isinstance(value, list) else [value]
            items += [inner for inner in values if isinstance(inner, dict)]
            texts = ["".join(inner.split()) for inner in values if isinstance(inner, str)]
            found += [text for text in texts if key == "email" and "@" in text]
            found += [text for text in texts if key == "telephone" and any(c.isdigit() for c in text)]
    return [text.removeprefix("mailto:").removeprefix("tel:") for text in found]
