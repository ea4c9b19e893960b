"""Recognise a directory's page, and read the one record on it that is about the subject.

Records of other people are counted and forgotten: nothing of them comes out of `pick`.
"""

from unlisted.extract.listing.read import Groups, Record, pick, read_listing, read_records

__all__ = ["Groups", "Record", "pick", "read_listing", "read_records"]
