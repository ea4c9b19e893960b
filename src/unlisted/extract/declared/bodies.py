"""Declared employers and schools: their words in order, legal forms and small words left out, usual short forms understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from unlisted.extract.declared.parts import umlauts
from unlisted.extract.declared.probe import Found, Probe, anchors_of, join_forward, one_edit
from unlisted.extract.text.fold import bag, key
from unlisted.extract.text.lexicon import lexicon
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

LEGAL = bag(
    "inc ltd llc llp plc gmbh ag kg co corp corporation company sa sarl sas srl spa bv nv oy ab as limited mbh ev"
)
SMALL = bag("the of and und et y e de del der des di da do la le les el los am an im in zu s for fur")
"""Words that a name may be written with or without."""
GENERAL = bag("school college university")
"""Words that may be left out at the end of a name of three words and more."""
REVERSED = bag("university universitat universidad universite universita universidade college")
"""Words that stand before or behind the place: "Larkfield University", "University of Larkfield"."""
MAX_SMALL = 2
MAX_GAP = 4
LEAST_COMPACT = 8
"""Letters of a name that is also found as one word, or with a word cut in two."""
LEAST_SHORT = 3
"""Letters of a word that is shortened with a full stop ("Hosp.")."""
LEAST_SLIP = 6


@dataclass(frozen=True, slots=True)
class BodyReader:
    """Looks for one spelling of a name."""

    words: tuple[str, ...] = field(repr=False)

    def look(self, at: int, view: View, index: int) -> Found | None:
        """The name whose word numbered `at` stands at `index`."""
        slips = [not self._agree(view, index, self.words[at])]
        ends = []
        for part, step in ((self.words[:at][::-1], -1), (self.words[at + 1 :], 1)):
            end = self._walk(view, index, part, step, slips)
            if end is None:
                return None
            ends.append(end)
        first, last = ends
        if sum(slips) > (len(self.words) > 1):
            return None
        if len(self.words) == 1 and view.cased and not view.capital(index):
            return None
        return Found("same", first, last, 0.7 if len(self.words) == 1 or any(slips) else 0.9)

    def _walk(self, view: View, index: int, part: tuple[str, ...], step: int, slips: list[bool]) -> int | None:
        """The last word of the name on one side."""
        for count, word in enumerate(part):
            at, passed = index + step, 0
            while (
                0 <= at < len(view.words) and view.words[at] in SMALL and view.words[at] != word and passed < MAX_SMALL
            ):
                at, passed = at + step, passed + 1
            near = 0 <= at < len(view.words) and all(
                len(view.gap(i)) <= MAX_GAP for i in range(min(index, at), max(index, at))
            )
            agrees = near and self._agree(view, at, word)
            slip = near and not agrees and one_edit(view.words[at], word, least=LEAST_SLIP)
            if not agrees and not slip:
                general = step > 0 and count == len(part) - 1 and word in GENERAL and len(self.words) > MAX_SMALL
                return index if general else None
            slips.append(slip)
            index = at
        return index

    def _agree(self, view: View, at: int, word: str) -> bool:
        written = view.words[at]
        if lexicon().agree(written, word) or written == word + "s":
            return True
        short = len(written) >= LEAST_SHORT or (len(written) == 1 and len(self.words) > MAX_SMALL)
        return short and view.gap(at)[:1] == "." and word.startswith(written)


def _spellings(value: str) -> Iterator[tuple[str, ...]]:
    """The words of a name that count, as written and with umlauts as two letters."""
    for text in dict.fromkeys((value, umlauts(value))):
        words = key(text).split()
        while len(words) > 1 and (words[-1] in LEGAL or words[-2:] == ["s", "a"]):
            words = words[:-2] if words[-1] == "a" else words[:-1]
        kept = tuple(w for i, w in enumerate(words) if (w not in SMALL or not i) and w not in LEGAL) or tuple(words)
        yield kept
        if len(kept) == MAX_SMALL and REVERSED & set(kept):
            yield kept[::-1]


def probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared employer or school."""
    lex = lexicon()
    values = [value for value in (fact.value or "", *fact.aliases) if key(value)]
    for words in dict.fromkeys(words for value in values for words in _spellings(value)):
        reader = BodyReader(words)
        longest = sorted(range(len(words)), key=lambda i: -len(words[i]))[:2]
        for at in longest:
            anchors = {w for w, means in lex.all.items() if means & lex.meanings(words[at])} | {words[at]}
            for anchor in sorted(anchors):
                yield Probe(fact, anchor, partial(reader.look, at))
        compact = "".join(words)
        if len(words) > 1 and len(compact) >= LEAST_COMPACT:
            for anchor in anchors_of(compact, least=LEAST_SHORT):
                yield Probe(fact, anchor, partial(_compact, compact))


def _compact(whole: str, view: View, index: int) -> Found | None:
    """The name as one word ("#NorthlightOptics"), or with one of its words cut in two."""
    last = join_forward(view, index, whole, glue=" -_")
    return None if last is None else Found("same", index, last, 0.8)
