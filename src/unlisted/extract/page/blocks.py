"""Visible text in reading order: one block a paragraph, each with its heading and its number under that heading."""

from __future__ import annotations

from unlisted.extract.page.fields import MAX_VALUE
from unlisted.extract.page.words import words
from unlisted.model import Block, Locator

MAX_BLOCKS = 20_000
MAX_BLOCK = 8_000
"""Code points of one block; longer text is cut at white space into several."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
HARD = words(
    "address article aside blockquote body button center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend li main menu nav noscript "
    "object ol optgroup option p pre search section select summary table tbody textarea tfoot thead title tr ul "
    "video"
)
"""Elements that begin and end a block."""

SOFT = frozenset({"br", "td", "th", "caption"})
"""Elements that begin a line within a block."""


_LINE = "\0"
"""What ends a line while text is gathered: no parsed text holds it."""


class BlockBuilder:
    """Gathers text as it stands in the page (`pieces`); `hidden` counts the elements around it that are not shown."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.heading: str | None = None
        self.number = 0
        self.paragraph = 0
        self.hidden = 0
        self.in_heading = False
        self.full = False
        self.pieces: list[str] = []

    def line(self) -> None:
        """A line ends here."""
        if self.pieces:
            self.pieces.append(_LINE)

    def here(self, part: str, name: str | None = None) -> Locator:
        """Where the text that is being gathered will stand."""
        return Locator(
            part=part, heading=self.heading, heading_number=self.number or None, paragraph=self.paragraph + 1, name=name
        )

    def flush(self) -> None:
        """A block ends here."""
        text = "".join(self.pieces)
        self.pieces.clear()
        if _LINE in text:
            lines = (" ".join(line.split()) for line in text.split(_LINE))
            text = "\n".join(line for line in lines if line)
        else:
            text = " ".join(text.split())
        if text:
            self.block(text)

    def block(self, text: str, name: str | None = None) -> None:
        """Add a whole block (an alternative text, say) without ending the one that is being gathered."""
        if len(self.blocks) >= MAX_BLOCKS:
            self.full = True
            return
        if self.in_heading:
            self._head(text)
            return
        for piece in cut(text) if len(text) > MAX_BLOCK else (text,):
            where = Locator(
                part="text",
                heading=self.heading,
                heading_number=self.number or None,
                paragraph=self.paragraph + 1,
                name="hidden" if self.hidden else name,
            )
            self.blocks.append(Block(text=piece, locator=where))
            self.paragraph += 1

    def _head(self, text: str) -> None:
        self.heading, self.number, self.paragraph = " ".join(text.split())[:MAX_VALUE], self.number + 1, 0
        where = Locator(
            part="text", heading=self.heading, heading_number=self.number, name="hidden" if self.hidden else None
        )
        self.blocks.extend(Block(text=piece, locator=where) for piece in cut(text))


def cut(text: str) -> list[str]:
    """A long text cut at white space into pieces of at most `MAX_BLOCK`."""
    found = []
    at = 0
    while len(text) - at > MAX_BLOCK:
        end = text.rfind(" ", at + MAX_BLOCK // 2, at + MAX_BLOCK)
        end = at + MAX_BLOCK if end < 0 else end
        found.append(text[at:end])
        at = end
    return [*found, text[at:]] if at else [text]
