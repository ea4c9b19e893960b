"""What must hold for any text: places lead back to the original, and no pattern of the package is slow on any repetition."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

import unlisted.extract.declared
import unlisted.extract.text
from unlisted.extract.declared import Matcher
from unlisted.extract.text import find, said, when
from unlisted.extract.text.fold import _edged, fold, key
from unlisted.extract.text.lazy import lazy
from unlisted.extract.text.marks import Marked, postcode_at
from unlisted.extract.text.meanings import marks
from unlisted.extract.text.sentence import MAX_SENTENCE, sentences
from unlisted.extract.text.talk import TALKED
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

PIECES = (
    "1",
    "1 1 1 ",
    "a ",
    "A. ",
    "a.",
    "-",
    " ",
    "1-2.(3)",
    "12.345, ",
    "&#1",
    "www.a",
    "17 may ",
    "the 3 ",
    "\u200b",
    "x1",
    "// ",
)
LENGTH = 1_500
MIXED = st.text(alphabet=st.sampled_from("aA1é. -\n,@ß\u200b&;<>brﬁ½Ａ１е😀'/#:+"), max_size=80)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of both packages: the modules' own and those built from word tables."""
    for package in (unlisted.extract.text, unlisted.extract.declared):
        for info in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern):
                    yield f"{info.name.rpartition('.')[2]}.{name}", value
    yield "edged", _edged()
    for language in TALKED:
        yield f"coming {language}", when.coming(language)
        yield f"lasting {language}", when.lasting(language)
        yield f"limit {language}", when.limit(language)


FOUND = dict(patterns())
WHOLE = {"contact._NOT", "contact._DATE", "lines._ALONE", "parts._TAIL"}
"""Patterns that never see a text, only one number of it or one line that a person declared."""


def repeated(size: int) -> list[str]:
    """A text of each piece, so many characters long."""
    return [(piece * (size // len(piece) + 1))[:size] for piece in PIECES]


def test_the_packages_patterns_are_known() -> None:
    """The list that is tested below is the whole list: some dozens."""
    assert len(FOUND) >= 40


@pytest.mark.parametrize("name", sorted(FOUND))
def test_no_pattern_grows_faster_than_its_text(name: str) -> None:
    """Twice the text, at most three times the work, on all repeated pieces: one that is slow outweighs the others."""
    if name in WHOLE:
        pytest.skip("only ever held against one number or one declared line, never against a text")

    def search(texts: list[str]) -> None:
        for text in texts:
            for _match in FOUND[name].finditer(text):
                pass

    grows_in_step(repeated, search, LENGTH, largest=4 * LENGTH)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(MIXED)
def test_every_folded_place_leads_back_into_the_text(text: str) -> None:
    """Places never leave the original, and never go backwards."""
    folded = fold(text)
    places = [folded.original(place) for place in range(len(folded.text))]
    assert all(0 <= place <= len(text) for place in places)
    assert places == sorted(places)
    assert len(folded.text) == len(folded.words)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(MIXED, st.sampled_from(["larch", "Rowan", "27", "Ada"]), MIXED)
def test_a_word_between_spaces_is_found_where_it_stands(before: str, word: str, after: str) -> None:
    """The span of a word in the original holds that word."""
    text = f"{before} {word} {after}".replace("<", "(")
    view = View(text)
    spans = [view.span(index, index) for index in view.places.get(word.lower(), [])]
    assert any(text[start:end] == word for start, end in spans)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(MIXED)
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays as it is, markup aside."""
    plain = text.replace("&", " ").replace("<", " ")
    assert key(key(plain)) == key(plain)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from([*PIECES, "27 Larch Row, ", "ada@mail.example ", "202-555-0143 ", "12.34567, 56.78912 "]),
        max_size=20,
    )
)
def test_exclusive_kinds_of_one_sort_do_not_overlap(pieces: list[str]) -> None:
    """Of phones, mails, plus codes and birth dates no two of a kind share a character."""
    found = find("".join(pieces), regions=("US", "DE"))
    for kind in ("phone", "email", "plus_code", "birth_date", "map_link"):
        same = sorted((span.start, span.end) for span in found if span.kind == kind)
        assert all(one[1] <= other[0] for one, other in pairwise(same))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["Every Tuesday I swim. ", "We fly out on 5 May. ", "Nothing. ", "a b c ", "\n", "! "]),
        max_size=40,
    )
)
def test_every_word_belongs_to_at_most_one_sentence(parts: list[str]) -> None:
    """Sentences follow each other without overlap and are bounded."""
    view = View("".join(parts))
    cut = list(sentences(view, range(len(view.words))))
    assert all(one.last < other.first for one, other in pairwise(cut))
    assert sum(sentence.last - sentence.first + 1 for sentence in cut) == len(view.words)
    assert all(sentence.last - sentence.first < MAX_SENTENCE for sentence in cut)


def test_a_sentence_without_an_end_is_read_in_parts() -> None:
    """Ten thousand words without a full stop are many short sentences."""
    view = View("word " * 10_000)
    cut = list(sentences(view, range(len(view.words))))
    assert len(cut) == -(-10_000 // MAX_SENTENCE)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two.", 2),
        ("One! Two? Three.", 3),
        ("am 14. im Urlaub", 1),
        ("line\nline", 2),
        ("a; b", 2),
        ("3.14 is pi", 1),
        ("Wait... what", 2),
        ("no end", 1),
    ],
)
def test_where_sentences_end(text: str, count: int) -> None:
    """Marks before a space, line breaks and rows of marks end one; the point of an ordinal does not."""
    view = View(text)
    assert len(list(sentences(view, range(len(view.words))))) == count


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on 5 december"),
        ("en", "december 5"),
        ("en", "the 14th"),
        ("en", "next week"),
        ("en", "tomorrow"),
        ("en", "friday"),
        ("en", "until june"),
        ("en", "5/12"),
        ("en", "the 2nd of march"),
        ("en", "this weekend"),
        ("de", "am 5. dezember"),
        ("de", "bis zum 14."),
        ("de", "am 3.12."),
        ("de", "nachste woche"),
        ("de", "sonntag"),
        ("de", "ende mai"),
        ("fr", "le 5 decembre"),
        ("fr", "jusqu'au 14"),
        ("fr", "la semaine prochaine"),
        ("fr", "demain"),
        ("fr", "lundi"),
        ("es", "el 5 de diciembre"),
        ("es", "hasta el 14"),
        ("es", "la semana que viene"),
        ("es", "el lunes"),
        ("es", "este finde"),
    ],
)
def test_a_day_to_come_is_read_in_its_language(language: str, text: str) -> None:
    """Dates, days of the week and words like "tomorrow"."""
    assert when.coming(language).search(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i may go"),
        ("en", "the 14 dogs"),
        ("en", "march on"),
        ("en", "monkey"),
        ("de", "um 5 uhr"),
        ("de", "am 5 uhr"),
        ("de", "maibaum"),
        ("fr", "le 14 h"),
        ("fr", "lundis"),
        ("es", "martesito"),
        ("en", "the 5%"),
        ("fr", "mars"),
    ],
)
def test_other_words_are_no_day(language: str, text: str) -> None:
    """Hours, shares, and words that only begin like a day."""
    assert not when.coming(language).search(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "two weeks"),
        ("en", "10 days"),
        ("en", "a few nights"),
        ("de", "drei wochen"),
        ("de", "zehn tage"),
        ("fr", "dix jours"),
        ("fr", "deux semaines"),
        ("es", "dos semanas"),
        ("es", "unos dias"),
    ],
)
def test_how_long_something_lasts_is_read_in_its_language(language: str, text: str) -> None:
    """A number and a unit."""
    assert when.lasting(language).search(text)


CODES = (
    ("04000", 1),
    ("NB1 5TR", 2),
    ("NB15TR", 1),
    ("K1A 0B1", 2),
    ("K1A0B1", 1),
    ("8999 PK", 2),
    ("112 99", 2),
    ("10-999", 2),
    ("88999-400", 2),
    ("1999-100", 2),
    ("411099", 1),
    ("larch", 0),
    ("12", 0),
    ("2026", 0),
    ("555 0143 22", 0),
)


@pytest.mark.parametrize(("text", "size"), CODES)
def test_a_postcode_takes_its_words(text: str, size: int) -> None:
    """One word or two, by the country's shape; four bare figures and parts of phones are none."""
    assert postcode_at(Marked(text, marks(("US",))), 0) == size


def test_a_lazy_property_is_worked_out_once() -> None:
    """The second look does no work."""
    looks: list[int] = []

    class Thing:
        @lazy
        def value(self) -> int:
            """The answer."""
            looks.append(1)
            return 7

    thing = Thing()
    assert (thing.value, thing.value, looks) == (7, 7, [1])
    assert Thing.value.__doc__ == "The answer."


ANNOUNCED = (
    ("We fly out on 5 December and are back on 19 December.", 2),
    ("I'm in Lisbon until the 14th", 1),
    ("Back on Monday!", 1),
    ("out of office from 3 to 10 May", 1),
    ("See you in Porto next week", 1),
    ("Wir sind bis Sonntag verreist", 1),
    ("Ich bin am 14. Januar zurück", 1),
    ("Nous rentrons le 19 mai", 1),
    ("Je suis à Lyon jusqu'au 14", 1),
    ("Volvemos el 19 de mayo", 1),
    ("Estamos en Oporto hasta el domingo", 1),
)


@pytest.mark.parametrize(("text", "count"), ANNOUNCED)
def test_each_announcement_of_a_journey_is_found(text: str, count: int) -> None:
    """Leaving and coming back are two."""
    found = [span for span in find(text, regions=("US", "DE", "FR", "ES")) if span.kind == "travel"]
    assert len(found) == count
    assert all(span.certainty >= 0.6 for span in found)


@pytest.mark.parametrize(
    "text",
    [
        "We flew back on 5 December last year.",
        "The shop is back on Monday.",
        "The minister flies out on 5 December.",
        "Get back to me by Monday.",
        "I am in a meeting until 4.",
        "Er fliegt am Montag nach Rom.",
        "Wir waren bis Sonntag in Rom.",
        "Le magasin est de retour lundi.",
        "Nous étions à Lyon jusqu'au 14.",
        "La tienda vuelve el lunes.",
        "Estuvimos en Oporto hasta el domingo.",
    ],
)
def test_past_journeys_and_those_of_others_are_not_found(text: str) -> None:
    """What is over, and what somebody else does, says nothing about where you will be."""
    assert [span for span in find(text, regions=("US", "DE", "FR", "ES")) if span.kind == "travel"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Odessa usually runs every Thursday at 6:40 am and every Sunday at 8:15 am.",
        "I leave the house at 7:30 from Monday to Friday.",
        "We have dinner at my mum's every Sunday at six.",
        "Ich bin donnerstags ab 18 Uhr immer in der Bücherei.",
        "On mange chez ma mère tous les dimanches à midi.",
        "Salgo de casa de lunes a viernes a las 7:30.",
    ],
)
def test_a_habit_with_a_day_and_an_hour_is_fairly_sure(text: str) -> None:
    """What happens each week at an hour tells where somebody will be."""
    found = [span for span in find(text, regions=("US", "DE", "FR", "ES")) if span.kind == "routine"]
    assert found
    assert max(span.certainty for span in found) >= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "The club meets every Thursday at 7 pm.",
        "The shop opens every day at 9.",
        "Trains usually run every ten minutes on Sundays.",
        "She usually wins.",
        "Der Verein trifft sich jeden Donnerstag um 19 Uhr.",
        "Le marché se tient tous les samedis à 8 h.",
        "El club se reúne todos los jueves a las 19 h.",
    ],
)
def test_schedules_of_clubs_and_shops_are_no_habit_of_yours(text: str) -> None:
    """Opening hours and timetables belong to nobody."""
    assert [span for span in find(text, regions=("US", "DE", "FR", "ES")) if span.kind == "routine"] == []


def test_a_plate_needs_enough_signs() -> None:
    """Three letters and figures are too few for a plate."""
    assert said.LEAST_PLATE > 3
    assert [s for s in find("my plate A 1") if s.kind == "number_plate"] == []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(MIXED, MIXED)
def test_a_declared_mail_is_found_between_any_words(before: str, after: str) -> None:
    """What stands around an address of mail, apart from it by a line, does not hide it."""
    fact = Fact(kind="email", label="mail", value="ada.lark7@mail.example")
    text = f"{before.replace('<', ' ').replace('&', ' ')}\n\nada.lark7@mail.example\n\n{after}"
    assert [match.level for match in Matcher([fact]).find(text)] == ["same"]
