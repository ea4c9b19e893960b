"""A small counter of our own for words shown to people: reading grade, sentence length, words that are never used.

Load it by path (`tests/report/conftest.py` has the fixture `plain_words`): tests of other areas can do the same.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

MOST_WORDS = 20
MOST_MEAN = 12.0
MOST_GRADE = 6.0
HARDEST = 10.0
"""The grade of any one sentence: many easy ones do not make up for it."""

NEVER = (
    *("safe", "secure", "anonymous", "100 %", "100%", "nothing to worry about", "guaranteed"),
    *("you posted", "you forgot", "careless", "mistake", "should have"),
    *("critical", "severe", "danger"),
    *("exif", "geotag", "geotags", "metadata", "osint", "pii", "cluster", "clusters", "entropy", "vector"),
    *("attack surface", "dox", "doxxing", "threat actor", "endpoint", "will be at"),
)
"""Promises, blame, alarm, jargon, and the future of a person's movements."""

COMMANDS = ("must", "don't", "don’t", "do not", "never", "have to")
"""Not in the parts that speak about danger: "you can" stands there instead."""

_WORD = re.compile(r"[A-Za-z][A-Za-z’']*")
_VOWELS = re.compile(r"[aeiouy]+")
_END = re.compile(r"(?<=[.?!:])\s+")


def syllables(word: str) -> int:
    """Groups of vowels, less the silent ends: near enough for English, and at least one."""
    plain = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    number = len(_VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee", "ye")) and number > 1:
        number -= 1
    if re.search(r"[^aeiouytd]ed$", plain) and number > 1:
        number -= 1
    if re.search(r"[^aeiouysxzcgh]es$", plain) and number > 1 and not plain.endswith("les"):
        number -= 1
    return max(number, 1)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a blank line ends one too."""
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", text))
    return [part for block in blocks for part in _END.split(block) if _WORD.search(part)]


def words_of(sentence: str) -> list[str]:
    """Its words, numbers left out."""
    return _WORD.findall(sentence)


def grade(text: Iterable[str]) -> float:
    """Flesch-Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    lists = [words for words in map(words_of, text) if words]
    number = sum(map(len, lists))
    if not number:
        return 0.0
    spoken = sum(syllables(word) for words in lists for word in words)
    return 0.39 * number / len(lists) + 11.8 * spoken / number - 15.59


def mean_length(text: Iterable[str]) -> float:
    """Words a sentence."""
    lengths = [len(words) for words in map(words_of, text) if words]
    return sum(lengths) / len(lengths) if lengths else 0.0


def too_long(text: Iterable[str], most: int = MOST_WORDS) -> list[str]:
    """The sentences with more words than allowed."""
    return [sentence for sentence in text if len(words_of(sentence)) > most]


def found_in(text: str, words: Iterable[str] = NEVER) -> list[str]:
    """Which of `words` stand in the text as whole words; an exclamation mark counts as one of them."""
    plain = " ".join(text.lower().split())
    hits = [word for word in words if re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", plain)]
    return hits + ["!"] * ("!" in plain)


def template(markup: str) -> list[str]:
    """The sentences that a template says itself, in whatever branch they stand; what is put in counts as one word."""
    told = re.sub(r"\{#.*?#\}|\{%.*?%\}", " ", markup, flags=re.DOTALL)
    told = re.sub(r"\{\{.*?\}\}", " it ", told, flags=re.DOTALL)
    told = re.sub(r"</?(?:b|strong|span|a|code)\b[^>]*>", " ", told)
    parts = sentences(re.sub(r"<[^>]*>", "\n\n", told))
    return [part for part in parts if part.endswith((".", "?", "!")) and len(words_of(part)) > 2]


def program(source: str) -> list[str]:
    """The sentences that stand in a program's strings: not its docstrings, and no patterns."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
    ]
    plain = (text for text in texts if "\\" not in text and "(?:" not in text)
    return [part for text in plain for part in sentences(text) if len(words_of(part)) > 2]


def faults(told: Iterable[str]) -> list[str]:
    """What is wrong with some sentences: the grade of all, one that is far too hard or too long, words that are never used."""
    told = list(told)
    whole = [f"grade {grade(told):.1f}"] if grade(told) > MOST_GRADE else []
    hard = [one for one in told if len(words_of(one)) > 3 and grade([one]) > HARDEST]
    return whole + hard + too_long(told) + found_in(" ".join(told))


def card(path: Path) -> list[str]:
    """The sentences that a card shows to people: title, what a stranger learns, the fix, and the prose under its headings."""
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    data = tomllib.loads(front)
    fix = data.get("fix", {})
    parts = [data["title"], data.get("learns", ""), data.get("fine", ""), fix.get("action", ""), fix.get("check", "")]
    parts += [*fix.get("steps", ()), *data.get("tells", {}).values()]
    prose = "\n\n".join(block for block in body.split("\n\n") if not block.startswith("#"))
    text = "\n\n".join([*parts, prose])
    return sentences(re.sub(r"\{[a-z]+\}", "it", text))
