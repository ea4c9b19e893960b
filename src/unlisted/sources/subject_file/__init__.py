"""The subject file: whose footprint, and where to look."""

from unlisted.sources.subject_file.dump import dumps
from unlisted.sources.subject_file.labels import holds_value
from unlisted.sources.subject_file.load import check_labels, load, loads
from unlisted.sources.subject_file.position import from_link, from_plus_code
from unlisted.sources.subject_file.vcard import country_of, read_pages, read_vcard

__all__ = [
    "check_labels",
    "country_of",
    "dumps",
    "from_link",
    "from_plus_code",
    "holds_value",
    "load",
    "loads",
    "read_pages",
    "read_vcard",
]
