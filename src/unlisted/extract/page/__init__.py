"""Read one web page: what it says about a person, and where on the page it says so.

`read_page` is pure: bytes in, a `Page` out. It never raises on input; what could not be read stands in `Page.skipped`.
Run it through `unlisted.sources.pages.parse` for pages of strangers: that bounds time and memory.
"""

from unlisted.extract.page.read import MAX_BODY, read_page

__all__ = ["MAX_BODY", "read_page"]
