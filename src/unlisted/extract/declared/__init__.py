"""Declared facts in text: `Matcher(facts).find(text) -> list[Match]`."""

from __future__ import annotations

from unlisted.extract.declared.matcher import Matcher

__all__ = ["Matcher"]
