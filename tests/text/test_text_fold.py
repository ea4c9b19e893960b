"""Folding, the one tokenisation, numbers in words and the word tables."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.data.wordlists import LANGUAGES, languages_of, table
from unlisted.extract.text.fold import FEW, MAX_TAG, _one, fold, key
from unlisted.extract.text.lexicon import lexicon
from unlisted.extract.text.numbers import from_roman, ordinals, read_words, roman, spelled, value_of
from unlisted.extract.text.tokens import View

FOLDS = [
    ("Straße", "strasse"),
    ("ÉLYSÉES", "elysees"),
    ("E\u0301lyse\u0301es", "elysees"),
    ("Ｏａｋ １２", "oak 12"),
    ("O\u200ba\u200dk", "oak"),
    ("Oа\u00adk", "oak"),
    ("Οak", "oak"),
    ("ﬁne", "fine"),
    ("Ærø", "aero"),
    ("Łódź", "lodz"),
    ("𝐎𝐚𝐤", "oak"),
    ("①②", "12"),
    ("٣٤", "34"),
    ("7️⃣", "7"),
    ("a&amp;b", "a b"),
    ("a&#64;b", "a b"),
    ("a&nbsp;b", "a b"),
    ("a<br/>b", "a b"),
    ("o<b>a</b>k", "oak"),
    ("12–14", "12 14"),
    ("o'neill", "o neill"),
    ("7º", "7"),
    ("🇩🇪", "de"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDS, ids=range(len(FOLDS)))
def test_a_reader_and_the_program_see_the_same_word(text: str, folded: str) -> None:
    """Case, accents, look-alikes, invisible characters and leftovers of HTML are folded away."""
    assert key(text) == folded


def test_a_tag_that_never_ends_is_text() -> None:
    """A leftover tag is bounded: a longer one is read as what it says."""
    assert "oak" in key("<div " + "a" * (MAX_TAG + 50) + " oak>")


def test_every_character_leads_back_to_its_place() -> None:
    """The place of a folded character is the place of the original that it came from."""
    text = "x\u200b\u200bß&amp;<br>é Oak"
    folded = fold(text)
    place = folded.text.index("oak")
    assert text[folded.original(place) : folded.original(place + 3, end=True)] == "Oak"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_places_never_leave_the_text_and_never_go_back(text: str) -> None:
    """Offsets are inside the text and do not fall, whatever stands in it."""
    folded = fold(text)
    places = [folded.original(i) for i in range(len(folded.text))]
    assert all(0 <= place <= len(text) for place in places)
    assert places == sorted(places)
    assert len(folded.text) == len(folded.words)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays as it is."""
    assert key(key(text)) == key(text)


@pytest.mark.parametrize("start", range(0, 0x3000, 0x400))
def test_each_character_folds_to_one_that_stays_as_it_is(start: int) -> None:
    """A folded character is folded to itself, so that characters can be replaced one after the other."""
    for code in range(start, start + 0x400):
        char = _one(code)
        assert len(char) == 1
        assert _one(ord(char)) == char.lower() == char


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], min_codepoint=0xA0), max_size=30), st.text(max_size=30)
)
def test_a_text_with_few_odd_characters_folds_like_one_with_many(text: str, other: str) -> None:
    """What stands around a piece does not change how it is folded."""
    many = "".join(map(chr, range(0x410, 0x410 + 2 * FEW)))
    assert fold(f"{text} {other} {many}").text.startswith(fold(f"{text} {other} ").text)
    assert fold(f"{text} {other} {many}").words.startswith(fold(f"{text} {other} ").words)


def test_accents_written_apart_fold_like_those_written_together() -> None:
    """Composed and decomposed spellings of one word are one word."""
    word = "Mélèzes über Ångström"
    assert key(unicodedata.normalize("NFD", word)) == key(unicodedata.normalize("NFC", word))


def test_a_view_knows_words_gaps_and_capitals() -> None:
    """Words, what stands between them, and capitals are those of the text."""
    view = View("27 Larch Row, Marrow  Bay")
    assert view.words == ["27", "larch", "row", "marrow", "bay"]
    assert [view.gap(i) for i in (0, 2, 3, 4, 9, -1)] == [" ", ", ", "  ", "", "\n", "\n"]
    assert [view.capital(i) for i in range(5)] == [False, True, True, True, True]
    assert view.text[slice(*view.span(1, 2))] == "Larch Row"
    assert view.at({"bay", "27", "none"}) == [0, 4]
    assert view.before(0) == ""
    assert repr(view) == "View(5 words)"


NUMBERS = [
    ("71", "seventy one"),
    ("71", "seven one"),
    ("1901", "nineteen oh one"),
    ("1900", "nineteen hundred"),
    ("250", "two hundred and fifty"),
    ("21", "einundzwanzig"),
    ("118", "hundertachtzehn"),
    ("92", "quatre vingt douze"),
    ("71", "soixante et onze"),
    ("80", "quatre vingts"),
    ("128", "ciento veintiocho"),
    ("100", "cien"),
    ("54", "cinquantaquattro"),
    ("28", "ventotto"),
    ("59", "cinquenta e nove"),
    ("118", "honderdachttien"),
    ("22", "tweeentwintig"),
    ("1250", "one thousand two hundred and fifty"),
    ("2300", "two thousand three hundred"),
]


@pytest.mark.parametrize(("digits", "words"), NUMBERS, ids=range(len(NUMBERS)))
def test_a_number_is_known_in_words(digits: str, words: str) -> None:
    """House numbers are known as people say them, in seven languages."""
    assert tuple(words.split()) in spelled(digits)


def test_a_number_in_words_is_never_another_number() -> None:
    """No two numbers below 200 are said alike within what is generated, but for digits read one by one."""
    seen: dict[tuple[str, ...], str] = {}
    for number in range(200):
        for form in spelled(str(number)):
            assert seen.setdefault(form, str(number)) == str(number) or len(form) > 1


@pytest.mark.parametrize(
    ("word", "value"), [("xx", 20), ("ix", 9), ("mcmlxxx", 1980), ("iiii", None), ("x", None), ("oak", None), ("iv", 4)]
)
def test_roman_numerals(word: str, value: int | None) -> None:
    """Roman numerals of two letters and more are numbers; single letters and other words are not."""
    assert from_roman(word) == value


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(min_value=1, max_value=3999))
def test_roman_numerals_there_and_back(number: int) -> None:
    """Every Roman numeral of two letters and more reads back as its number."""
    letters = roman(number)
    assert from_roman(letters) == (number if len(letters) > 1 else None)


@pytest.mark.parametrize(
    ("words", "value"),
    [(("ninety", "sixth"), 96), (("96th",), 96), (("venti",), 20), (("18e",), 18), (("12b",), None), (("tree",), None)],
)
def test_the_value_of_words(words: tuple[str, ...], value: int | None) -> None:
    """Ordinals, cardinals and digits with an ordinal's ending have a value."""
    assert value_of(words) == value


def test_ordinals_are_known_in_every_form() -> None:
    """The 96th is also ninety-sixth and XCVI."""
    assert {("96th",), ("ninety", "sixth"), ("xcvi",)} <= ordinals(96)


def test_a_number_in_words_at_the_start_is_read() -> None:
    """A declared house number in words becomes digits; one word alone may be a name."""
    assert read_words(("nineteen", "oh", "one", "west")) == ("1901", 3)
    assert read_words(("nine", "north", "drive")) == ("", 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_table_is_whole(language: str) -> None:
    """A table names its language, countries, types and where they stand, and says each type word once."""
    data = table(language)
    assert data["language"] == language
    assert data["position"] in {"before", "after"}
    assert data["regions"] == [r.upper() for r in data["regions"]]
    assert len(data["types"]) > 10
    assert all(len(data["dates"]["months"]) == 12 for _ in (0,))
    if "numbers" in data:
        assert len(data["numbers"]["words"]) == 100
        assert len({key(word) for word in data["numbers"]["words"]}) == 100


def test_languages_of_a_country() -> None:
    """A country has its languages; one without a table is read in English."""
    assert languages_of("CH") == ("de", "fr", "it")
    assert languages_of("de") == ("de",)
    assert languages_of("XX") == ("en",)


def test_a_language_without_a_table_is_an_error() -> None:
    """Asking for an unknown table fails at once."""
    with pytest.raises(KeyError):
        table("tlh")


def test_short_forms_agree_with_long_ones_and_not_with_others() -> None:
    """Abbreviations meet their words: street and st, saint and st, but not street and road."""
    agree = lexicon().agree
    assert agree("st", "street")
    assert agree("st", "saint")
    assert agree("n", "north")
    assert agree("c", "calle")
    assert not agree("street", "road")
    assert not agree("saint", "street")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("stra&szlig;e", "strasse"),
        ("&aelig;ble", "aeble"),
        ("Lar&shy;ch", "larch"),
        ("Lar&#8203;ch", "larch"),
        ("AT&T; Oak", "at&t; oak"),
        ("a\x00b\x07c", "abc"),
        ("ü\x00b\x9fc", "ubc"),
        ("riνer", "river"),
    ],
)
def test_leftovers_and_signs_that_nobody_sees_fold_to_what_a_reader_sees(text: str, seen: str) -> None:
    """An entity is read as its letter, an unknown one stays as it is, and what is not seen is left out."""
    assert fold(text).text == seen
