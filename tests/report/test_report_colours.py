"""Contrast of every pair of colours that the style uses for words: at least 7 to 1, light and dark."""

from __future__ import annotations

import re
from itertools import product

import pytest

from unlisted.report import html

PAIRS = (
    *product(("ink", "soft", "accent"), ("paper", "card", "tint")),
    *product(("ink", "soft"), ("note-bg", "now-bg")),
    ("now", "now-bg"),
    ("soon", "soon-bg"),
    ("fine", "fine-bg"),
    ("fine", "card"),
    ("fine", "paper"),
    ("now", "card"),
    ("note", "note-bg"),
    ("on-accent", "accent"),
)
SHAPES = (("edge", "card"), ("edge", "paper"), ("accent", "card"), ("now", "paper"), ("w5", "w0"), ("w3", "track"))


def style() -> str:
    """The style sheet as it stands in the page."""
    return html.environment().get_template(html.STYLE).render()


def palettes() -> dict[str, dict[str, str]]:
    """The colours of the light and the dark page by name."""
    light, dark = re.findall(r":root \{(.*?)\}", style(), re.DOTALL)[:2]
    names = [dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", block)) for block in (light, dark)]
    return {"light": names[0], "dark": names[1]}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 for the same colour, 21 for black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white() -> None:
    """The measure itself is right at both ends."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#8f3410", "#8f3410") == pytest.approx(1)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_words_stand_out(mode: str, front: str, back: str) -> None:
    """Words reach 7 to 1 on every ground that they stand on."""
    colours = palettes()[mode]
    assert contrast(colours[front], colours[back]) >= 7


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_shapes_stand_out(mode: str, front: str, back: str) -> None:
    """Lines of controls and the strong end of a picture reach 3 to 1, or 2 to 1 for bars that have their number beside them."""
    colours = palettes()[mode]
    assert contrast(colours[front], colours[back]) >= (2 if front == "w3" else 3)


def test_both_modes_name_the_same_colours() -> None:
    """The dark page has a twin for every colour of the light one."""
    both = palettes()
    assert both["light"].keys() == both["dark"].keys()
    assert len(both["light"]) > 20


def test_no_pure_red() -> None:
    """No colour is a pure or flooding red."""
    for colours in palettes().values():
        for colour in colours.values():
            red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
            assert not (red > 200 and green < 60 and blue < 60)


def test_style_has_what_readers_ask_for() -> None:
    """Dark, print, less motion and forced colours each have their rules; sides are named by reading direction."""
    text = style()
    for query in ("prefers-color-scheme: dark", "@media print", "prefers-reduced-motion", "forced-colors: active"):
        assert query in text
    assert re.search(r"(?:margin|padding|border)-(?:left|right)|[\s;](?:left|right|width|height):", text) is None


def test_controls_are_large_enough() -> None:
    """Buttons, folds and ticks are at least 44 pixels high."""
    text = style()
    for selector in ("button", "summary", ".ticks label, .tick"):
        rule = re.search(rf"(?:^|\n){re.escape(selector)}[^{{]*\{{([^}}]*)\}}", text)
        assert rule is not None, selector
        assert "min-block-size: 44px" in rule[1]
