"""What a directory keeps back until somebody pays, signs in or clicks: nobody saw it, so nothing follows from its absence."""

from __future__ import annotations

import re

from unlisted.data.excuses import holds_back
from unlisted.model import Artifact, Page

MOST_BLOCKS = 2_000
"""Paragraphs that are looked at."""
LONGEST_BLOCK = 1_000
"""Characters of a paragraph that are looked at: a teaser stands at its beginning."""
MOST_TEXT = 100_000
"""Characters of a page that are looked at."""
HEAD = 400_000
"""Bytes in which a page's own sign that it is not free is looked for."""

HELD = "the page keeps some of it back for those who pay or sign in"

_COVER = r"[*•●▪◦■█▓▒░∗＊]"
MASK = re.compile(
    rf"\w{_COVER}{{2,20}}|{_COVER}{{2,20}}[\w@]|\d[).-]\s?{_COVER}{{2,20}}|{_COVER}{{2,20}}[).-]\s?\d"
    rf"|(?:\.{{2,3}}|…)@|{_COVER}{{2,20}}\s{_COVER}{{2,20}}"
    rf"|\d\s{_COVER}{{2,20}}(?=\s{_COVER}|\s?\d|\s{{0,9}}$)"
    r"|\d[\d().\s/+-]{2,15}(?:[Xx]{2,8}|#{2,8})(?!\w)"
    r"|(?<!\w)[Xx#]{3,5}\)?[\s.-][Xx#\d]{2,5}[\s.-][Xx#\d]{2,5}(?!\w)"
)
"""Figures or letters under a cover: "(202) 555-01XX", "o***@mail.example", "207-555-****"."""
SIGNS_IN = re.compile(
    rb"class\s{0,3}=\s{0,3}[\"']?[^\"'<>]{0,200}?(?<![\w-])(?:blur|blurred|paywall|paywalled)(?!\w)"
    rb"|style\s{0,3}=\s{0,3}[\"'][^\"'<>]{0,200}?(?<![\w-])filter\s{0,3}:\s{0,3}blur"
    rb"|isAccessibleForFree[\"']{0,1}\s{0,3}:\s{0,3}[\"']?(?:https?://schema\.org/)?false",
    re.IGNORECASE,
)
"""How a page says it in its own code: a blurred line, or schema.org's word for what is not free."""


def held(artifact: Artifact, page: Page) -> bool:
    """Whether a directory's page shows that there is more than it shows."""
    left = MOST_TEXT
    for block in page.blocks[:MOST_BLOCKS]:
        text = block.text[:LONGEST_BLOCK]
        left -= len(text)
        if left < 0:
            break
        if MASK.search(text) or holds_back(text):
            return True
    return SIGNS_IN.search(artifact.body[:HEAD]) is not None
