"""Recognise a directory's page, and read the one record on it that is about the subject.

Records of other people are counted and forgotten: nothing of them leaves this package.
"""

from unlisted.extract.listing.read import read_listing

__all__ = ["read_listing"]
