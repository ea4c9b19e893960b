"""The few things done with a parsed tree, without recursion and with a budget for text."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

SILENT = frozenset({"script", "style"})
"""Elements whose text is never shown."""


def events(root: LexborNode) -> Iterator[tuple[LexborNode, str, bool]]:
    """(node, tag, entering) in reading order; text, comments and silent elements are only entered."""
    stack: list[tuple[LexborNode, str]] = []
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        yield node, tag, True
        child = None if tag in SILENT or tag[:1] == "-" else node.first_child
        if child is not None:
            stack.append((node, tag))
            node = child
            continue
        if tag[:1] != "-":
            yield node, tag, False
        following = node.next if stack else None
        while following is None and stack:
            done, name = stack.pop()
            yield done, name, False
            following = done.next if stack else None
        node = following


class TextBudget:
    """Text of subtrees, at most `limit` characters in all: nested properties would otherwise cost the square of the page."""

    def __init__(self, limit: int) -> None:
        self.left = limit
        self.empty = False

    def text(self, node: LexborNode) -> str:
        """The text below a node, without scripts and styles; "" once the budget is used up."""
        if self.left <= 0:
            self.empty = True
            return ""
        pieces: list[str] = []
        silent = False
        for inner in node.traverse(include_text=True):
            tag = inner.tag or ""
            if tag == "-text":
                if not silent:
                    pieces.append(inner.text_content or "")
                silent = False
            else:
                silent = tag in SILENT
                self.left -= 1
            if tag in ("br", "p", "div", "li", "td"):
                pieces.append(" ")
        text = "".join(pieces)
        self.left -= len(text)
        return text
