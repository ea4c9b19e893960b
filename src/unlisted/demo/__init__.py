"""A fictional person: pages, photos and an answer key, audited through the real pipeline."""

from __future__ import annotations

from unlisted.demo.answers import answers
from unlisted.demo.play import NOW, result_of, run

__all__ = ["NOW", "answers", "result_of", "run"]
