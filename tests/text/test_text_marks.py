"""What must hold for the marks of words: one look-up a word, places in order, a bound on what is kept."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.extract.text import marks as mark
from unlisted.extract.text.marks import MOST, Marked, Marks
from unlisted.extract.text.meanings import marks

WORDS = ("born", "larch", "row", "27", "04000", "a", "st", "every", "2nd", "b12", "at", "wandelweg", "ME")


def test_a_word_is_worked_out_once() -> None:
    """The second look finds the marks of the first."""
    looks: list[str] = []

    def figured(word: str) -> int:
        looks.append(word)
        return mark.FIGURE

    table = Marks({"b12": mark.PROOF}, lambda word: word.endswith("weg"), figured)
    assert [table["b12"], table["b12"], table["27"]] == [mark.PROOF | mark.FIGURE] * 2 + [mark.FIGURE]
    assert [table["larch"], table["larchweg"]] == [0, mark.KIND]
    assert looks == ["b12", "27"]


def test_marks_of_many_words_do_not_fill_the_memory() -> None:
    """However many words are met, no more than a fixed number of them is kept."""
    table = Marks({}, lambda _: False, lambda _: 0)
    for number in range(MOST + 10):
        assert table[f"word{number}"] == 0
    assert len(table) <= MOST


def test_a_word_longer_than_words_are_is_not_kept() -> None:
    """A word of a megabyte has its marks, and is forgotten."""
    table = marks(("US",))
    before = len(table)
    assert table["1" * 1_000_000] & mark.DIGIT
    assert len(table) == before


def test_the_words_that_were_met_are_not_shown() -> None:
    """What a table of marks says of itself holds no word of a text."""
    table = marks(("US",))
    assert table["larchfield"] == 0
    assert "larchfield" not in repr(table)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.integers(min_value=1, max_value=(1 << 24) - 1))
def test_marked_words_are_found_in_order(words: list[str], wanted: int) -> None:
    """The places of a mark are those of the words that have it, from the first to the last."""
    view = Marked(" ".join(words), marks(("US", "DE")))
    assert view.where(wanted) == [i for i, marks_ in enumerate(view.marks) if marks_ & wanted]


def test_a_word_is_marked_by_its_list_and_by_its_shape() -> None:
    """A street word, a compound, a number and a postcode are told apart; other countries have other marks."""
    table, german = marks(("US",)), marks(("DE",))
    assert table["lane"] & mark.KIND
    assert german["larchenweg"] & mark.KIND
    assert table["27"] & mark.FIGURE
    assert table["04000"] & mark.CODE
    assert table["2026"] & mark.FOURS
    assert not table["larch"]


def test_single_letters_open_a_house_only_where_houses_have_letters() -> None:
    """In India "B-12" is a house; elsewhere a letter alone starts nothing."""
    assert marks(("IN",))["q"] & mark.LETTER
    assert not marks(("US",))["q"] & mark.LETTER
