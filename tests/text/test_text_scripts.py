"""Personal data between other scripts and signs: it is found, and its offsets are those of the text as given."""

from __future__ import annotations

import pytest

from unlisted.extract.declared import Matcher
from unlisted.extract.text import find
from unlisted.extract.text.fold import fold
from unlisted.model.subject import Fact

HOME = "742 Larch Street, Fernley, NV 89408"
AROUND = [
    ("أسكن في ", " شكرا"), ("\u200fגר ב-", " תודה"), ("住所は", "です"), ("我住在 ", " 欢迎"), ("我住在", "欢迎"),
    ("🏠👨\u200d👩\u200d👧 ", " 🎉"), ("e\u0301te\u0301 ", " n\u0303on"), ("เลขที่ ", " ครับ"), ("🇺🇸 ", " ❤\ufe0f"),
    ("ﷺ ", " ﬁn"), ("x" * 50_000 + " ", " " + "y" * 50_000),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), AROUND, ids=range(len(AROUND)))
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("street_address", HOME), ("phone", "(415) 555-0123"), ("phone", "+1 415 555 0123"),
        ("email", "ada@lark.example"), ("plus_code", "87G8P27Q+JQ"),
    ],
)  # fmt: skip
def test_what_stands_between_other_scripts_is_cut_out_exactly(before: str, after: str, kind: str, value: str) -> None:
    """Not a character more or less, whatever direction, size or composition the characters around it have."""
    text = before + value + after
    assert [text[span.start : span.end] for span in find(text) if span.kind == kind] == [value]


@pytest.mark.parametrize(("before", "after"), AROUND, ids=range(len(AROUND)))
@pytest.mark.parametrize(("kind", "value"), [("address", HOME), ("phone", "(415) 555-0123"), ("name", "Ada Lark")])
def test_a_declared_fact_between_other_scripts_is_cut_out_exactly(
    before: str, after: str, kind: str, value: str
) -> None:
    """The match lies within the value, and is the very fact."""
    text = before + value + after
    found = [m for m in Matcher([Fact(kind=kind, label="f", value=value, region="US")]).find(text) if m.level == "same"]
    assert len(found) == 1
    assert text[found[0].start : found[0].end].strip("()") in value


def test_a_name_in_letters_without_spaces_is_found_between_figures() -> None:
    """What is declared in such letters is cut at the same edges as the text."""
    matcher = Matcher([Fact(kind="name", label="f", value="山田 花子", region="JP")])
    assert [match.level for match in matcher.find("名前: 山田 花子 (2024)")] == ["same"]


def test_a_word_ends_where_a_script_without_spaces_meets_a_figure() -> None:
    """Each folded character still knows its place."""
    text = "駅から5分、A棟12号"
    folded = fold(text)
    assert folded.words.split() == ["駅から", "5", "分", "a", "棟", "12", "号"]
    place = folded.text.index("12")
    assert (folded.original(place), folded.original(place + 2, end=True)) == (text.index("12"), text.index("12") + 2)
