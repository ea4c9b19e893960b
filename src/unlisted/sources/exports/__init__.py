"""Exports, as the person downloaded them from a service: posts, points, and what of it everybody sees.

`read_export(path, label=...)` reads a folder or a ZIP archive in place. Which file is read by what is one table, `services.RULES`.
"""

from unlisted.sources.exports.found import Found
from unlisted.sources.exports.read import read_export, read_tracks
from unlisted.sources.exports.services import SERVICES

__all__ = ["SERVICES", "Found", "read_export", "read_tracks"]
