"""Personal data in text that nobody declared: `find(text, regions=...) -> list[Span]`."""

from __future__ import annotations

from unlisted.extract.text.finder import find

__all__ = ["find"]
