"""Reading an answer's body: one layer of gzip, unpacked no further than what is kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from unlisted.errors import FetchError, TooLarge
from unlisted.sources.fetch import limits as words

_GZIP = frozenset({"gzip", "x-gzip"})
_PLAIN = frozenset({"", "identity"})
_PACKED = b"\x1f\x8b\x08"
_PAGE = (
    "text/",
    "application/xhtml+xml",
    "application/xml",
    "application/json",
    "application/rss+xml",
    "application/atom+xml",
)
"""How the media types of pages and feeds begin; a page without one is looked at."""


def media_type(content_type: str | None) -> str:
    """The media type alone, lower case; "application/octet-stream" where the server names none."""
    return (content_type or "").partition(";")[0].strip().lower() or "application/octet-stream"


def is_page(content_type: str | None) -> bool:
    """Whether an answer claims to be something that a page reader can read."""
    kind = media_type(content_type)
    return content_type is None or kind.startswith(_PAGE) or kind.endswith(("+json", "+xml"))


class Unpacker:
    """One layer of gzip; `feed` gives at most as many bytes as asked for."""

    def __init__(self) -> None:
        self._work = zlib.decompressobj(wbits=31)

    @property
    def done(self) -> bool:
        """Whether the packed stream has ended: what comes after it is not read."""
        return self._work.eof

    def feed(self, chunk: bytes, most: int) -> bytes:
        """Unpacks one chunk. zlib.error becomes FetchError."""
        try:
            return self._work.decompress(chunk, most)
        except zlib.error:
            pass
        raise FetchError(words.UNPACK)


def _layer(encoding: str | None) -> Unpacker | None:
    """What unpacks this Content-Encoding; raises FetchError for any but one layer of gzip."""
    name = (encoding or "").strip().lower()
    if name in _PLAIN:
        return None
    if name in _GZIP:
        return Unpacker()
    raise FetchError(words.PACKED)


def read_body(chunks: Iterable[bytes], *, encoding: str | None, keep: int, cut: bool) -> tuple[bytes, bool]:
    """(body, truncated): at most `keep` bytes; beyond it the rest is left (`cut`) or TooLarge is raised."""
    layer = _layer(encoding)
    body = bytearray()
    ended = True
    for chunk in chunks:
        if layer is None:
            body += chunk[: keep + 1 - len(body)]
        elif layer.done:
            return bytes(body), True
        else:
            body += layer.feed(chunk, keep + 1 - len(body))
            ended = layer.done
        if len(body) > keep:
            if not cut:
                raise TooLarge(words.TOO_MUCH)
            return bytes(body[:keep]), True
    return bytes(body), not ended


def is_packed(body: bytes) -> bool:
    """Whether a body is still packed after its one layer."""
    return body.startswith(_PACKED)
