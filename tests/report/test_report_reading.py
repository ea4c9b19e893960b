"""How the words read: grade, length, and words that are never used; in the report, the text, the cards and the help list."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from selectolax.lexbor import LexborHTMLParser

from unlisted.model.result import AuditResult
from unlisted.report import html, text

NAMES = ("rich", "empty", "nothing", "unread", "small", "again")
BLOCKS = "p, li, dd, figcaption, summary, caption, label, h1, h2, h3"


def blocks(result: AuditResult) -> list[str]:
    """The texts of the page block by block, without the names of organisations."""
    page = LexborHTMLParser(html.render(result))
    for node in page.css(".help-list b"):
        node.decompose()
    return [" ".join(node.text(deep=False).split()) for node in page.css(BLOCKS)]


def sentences(plain_words: ModuleType, result: AuditResult) -> list[str]:
    """The whole sentences of the page: headings and labels would only make the grade look better."""
    parts: list[str] = plain_words.sentences("\n\n".join(blocks(result)))
    return [part for part in parts if part.endswith((".", "?")) and len(plain_words.words_of(part)) > 2]


@pytest.mark.parametrize("name", NAMES)
def test_report_reads_at_grade_six_or_less(plain_words: ModuleType, results: dict[str, AuditResult], name: str) -> None:
    """The whole report needs six years of school at most, and its sentences have twelve words on average at most."""
    told = sentences(plain_words, results[name])
    assert len(told) > 40
    assert plain_words.grade(told) <= plain_words.MOST_GRADE
    assert plain_words.mean_length(told) <= plain_words.MOST_MEAN


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_too_long(plain_words: ModuleType, results: dict[str, AuditResult], name: str) -> None:
    """No sentence of the report has more than twenty words."""
    assert plain_words.too_long(sentences(plain_words, results[name])) == []


@pytest.mark.parametrize("name", NAMES)
def test_report_uses_no_word_that_promises_blames_or_alarms(
    plain_words: ModuleType,
    results: dict[str, AuditResult],
    name: str,
) -> None:
    """Neither the page nor the text has a banned word or an exclamation mark."""
    assert plain_words.found_in("\n".join(blocks(results[name]))) == []
    plain = "\n".join(line for line in text.render(results[name]).splitlines() if "Operation Safe Escape" not in line)
    assert plain_words.found_in(plain) == []
    assert plain_words.found_in(text.summary(results[name])) == []


def test_templates_have_no_banned_word(plain_words: ModuleType, root: Path) -> None:
    """Words that stand in a branch which no made-up result reaches are looked at too."""
    files = sorted((root / "templates" / "report").glob("*.html.j2"))
    assert len(files) >= 9
    for file in files:
        plain = re.sub(
            r"\{[{%#].*?[}%#]\}|<[^>]*>",
            " ",
            file.read_text(encoding="utf-8").replace("!doctype", "doctype"),
            flags=re.DOTALL,
        )
        assert plain_words.found_in(plain) == [], file.name


HARD = "Notwithstanding jurisdictional considerations, organisations necessarily retain your identification."
LONG = "You can " + "go on and " * 8 + "stop."
PLANTS = (HARD, LONG, "You are safe now.", "You posted this.", "Look at the EXIF data.", "It is gone!")


def templates(root: Path) -> list[Path]:
    """Every template of the page."""
    return sorted((root / "templates" / "report").glob("*.html.j2"))


def programs(root: Path) -> list[Path]:
    """The modules that hold sentences of the report: what it says of counts, and why something was not checked."""
    source = root / "src" / "unlisted"
    return [*sorted((source / "report").glob("*.py")), *sorted((source / "audit").glob("*.py"))]


def test_every_template_reads_by_itself(plain_words: ModuleType, root: Path) -> None:
    """No template hides a hard sentence among the easy ones of the others, in whatever branch it stands."""
    told = {file.name: plain_words.template(file.read_text(encoding="utf-8")) for file in templates(root)}
    assert {name: plain_words.faults(lines) for name, lines in told.items()} == {name: [] for name in told}
    assert sum(map(len, told.values())) > 80


def test_sentences_in_programs_keep_the_same_rules(plain_words: ModuleType, root: Path) -> None:
    """Also those that no made-up result brings up."""
    told = {file.name: plain_words.program(file.read_text(encoding="utf-8")) for file in programs(root)}
    assert {name: plain_words.faults(lines) for name, lines in told.items()} == {name: [] for name in told}
    assert sum(map(len, told.values())) > 120


@pytest.mark.parametrize("plant", PLANTS)
def test_one_bad_sentence_is_seen_wherever_it_stands(plain_words: ModuleType, root: Path, plant: str) -> None:
    """Planted into each template (in a branch), each module and each card, the same rules find it."""
    for file in templates(root):
        markup = file.read_text(encoding="utf-8") + "{% if never %}<p>" + plant + "</p>{% endif %}"
        assert plain_words.faults(plain_words.template(markup)), file.name
    for file in programs(root):
        assert plain_words.faults(plain_words.program(file.read_text(encoding="utf-8") + f"\nX = {plant!r}\n")), (
            file.name
        )


@pytest.mark.parametrize("plant", PLANTS)
def test_one_bad_sentence_is_seen_in_a_card(plain_words: ModuleType, root: Path, tmp_path: Path, plant: str) -> None:
    """In the prose, and in the step of a fix."""
    path = min((root / "checks").rglob("*.md"))
    whole = path.read_text(encoding="utf-8")
    file = tmp_path / "card.md"
    for changed in (
        f"{whole}\n\n{plant}\n",
        re.sub(r"\nsteps = \[", f"\nsteps = [{json.dumps(plant)}, ", whole, count=1),
    ):
        assert changed != whole
        file.write_text(changed, encoding="utf-8")
        told = plain_words.card(file)
        assert plain_words.faults(told)


def test_safety_parts_give_no_orders(plain_words: ModuleType, root: Path) -> None:
    """Where danger is spoken of, the person is offered choices."""
    folder = root / "templates" / "report"
    before = (folder / "top.html.j2").read_text(encoding="utf-8")
    before = before[before.index('id="before"') : before.index('id="questions"')]
    for part in (before, (folder / "bothered.html.j2").read_text(encoding="utf-8")):
        plain = re.sub(r"<[^>]*>", " ", part)
        plain = plain.replace("Leave out what they must not read.", "")  # a fixed line of every log
        assert plain_words.found_in(plain, plain_words.COMMANDS) == []


def test_lines_that_stand_in_every_report(results: dict[str, AuditResult]) -> None:
    """The fixed lines stand in every page and every text."""
    unread = {"nothing", "unread"}
    for name, result in results.items():
        for shown in (html.render(result), text.render(result)):
            for line in (
                "You choose. You can stop at any time.",
                "A change can be noticed. See who, before you make it.",
            ):
                assert line in shown
            assert ("We looked at what you gave us. There may be more." in shown) is (name not in unread)
            assert ("There may be more than this shows." in shown) is (name in unread)


def test_report_is_short(plain_words: ModuleType, empty: AuditResult) -> None:
    """What the templates themselves say stays far under the words of the whole budget."""
    assert sum(len(plain_words.words_of(block)) for block in blocks(empty)) < 2_000


def test_cards_read_at_grade_six_or_less(plain_words: ModuleType, root: Path) -> None:
    """Every card of a check keeps the same rules: grade, length of sentences, banned words."""
    cards = sorted((root / "checks").rglob("*.md"))
    assert len(cards) >= 15
    for path in cards:
        told = plain_words.card(path)
        assert plain_words.grade(told) <= plain_words.MOST_GRADE, path.name
        assert plain_words.too_long(told) == [], path.name
        assert plain_words.found_in(" ".join(told)) == [], path.name


def test_syllables(plain_words: ModuleType) -> None:
    """The counter is right on plain words."""
    known = {
        "home": 1,
        "people": 2,
        "notice": 2,
        "looked": 1,
        "wanted": 2,
        "address": 2,
        "computer": 3,
        "family": 3,
        "a": 1,
        "lines": 1,
    }
    assert {word: plain_words.syllables(word) for word in known} == known


def test_grade_tells_easy_from_hard(plain_words: ModuleType) -> None:
    """A plain sentence is far below a sentence of an office."""
    easy = plain_words.grade(["The cat sat on the mat.", "You can stop at any time."])
    hard = plain_words.grade(
        ["Notwithstanding jurisdictional considerations, organisations necessarily retain identification."]
    )
    assert easy < 3
    assert hard > 15


def test_banned_words_are_found_as_whole_words(plain_words: ModuleType) -> None:
    """The word "unsafe" is not "safe", case and line breaks do not matter, and an exclamation mark counts."""
    assert plain_words.found_in("You are\nSAFE now!") == ["safe", "!"]
    assert plain_words.found_in("unsafe clustering") == []
    assert plain_words.found_in("nothing to\nworry about") == ["nothing to worry about"]


def test_long_sentences_are_found(plain_words: ModuleType) -> None:
    """Twenty words pass, twenty-one do not."""
    assert plain_words.too_long(["word " * 20]) == []
    assert len(plain_words.too_long(["word " * 21])) == 1
