"""Birth dates in figures and words, in every usual order and seven languages; a day beside it is another day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest

from unlisted.extract.declared import Matcher
from unlisted.model.subject import Fact

DAYS = (
    date(1986, 5, 17),
    date(1959, 12, 13),
    date(1990, 1, 1),
    date(2001, 2, 3),
    date(1975, 11, 30),
    date(1984, 3, 31),
)
REGIONS = ("US", "GB", "DE")
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ORDINALS = {17: "seventeenth", 13: "thirteenth", 1: "first", 3: "third", 30: "thirtieth", 31: "thirty-first"}
YEARS = {
    1986: "nineteen eighty-six",
    1959: "nineteen fifty-nine",
    1990: "nineteen ninety",
    2001: "two thousand one",
    1975: "nineteen seventy-five",
    1984: "nineteen eighty-four",
}
FIGURES = (
    "{y}-{mm}-{dd}",
    "{y}/{mm}/{dd}",
    "{y}.{mm}.{dd}",
    "{dd}.{mm}.{y}",
    "{d}.{m}.{y}",
    "{d}. {m}. {y}",
    "{d}.{m}.{yy}",
    "{dd}/{mm}/{y}",
    "{d}/{m}/{y}",
    "{d}-{m}-{y}",
    "{mm}/{dd}/{y}",
    "{m}/{d}/{y}",
    "{d}/{m}/{yy}",
    "{y}{mm}{dd}",
    "{dd}{mm}{y}",
    "{y}-{mm}-{dd}T00:00:00Z",
    "{d} / {m} / {y}",
    "{d}–{m}–{y}",
    "{d}.{roman}.{y}",
    "*{d}.{m}.{y}",
    "{d}&nbsp;.{m}.{y}",
    "{d}\u200b.{m}.{y}",
    "{d}.\x00{m}.{y}",
)
NAMED = {
    "en": (
        "{d} {month} {y}",
        "{d}{th} {month} {y}",
        "{d}{th} of {month} {y}",
        "the {d}{th} of {month}, {y}",
        "{month} {d}, {y}",
        "{month} {d}{th}, {y}",
        "{month} the {d}{th}, {y}",
        "{d} {mon} {y}",
        "{d}-{mon}-{y}",
        "{d}-{mon}-{yy}",
        "{mon} {d} {y}",
        "{mon}. {d}, {y}",
        "{y} {month} {d}",
        "{d}{mon}{y}",
        "{d}/{mon}/{y}",
        "{d} {month} '{yy}",
        "{month} {d} '{yy}",
        "{d}.{month}.{y}",
        "{d} {month}\n{y}",
        "Sunday, {month} {d}, {y}",
        "{month} {ordinal}, {y}",
        "the {ordinal} of {month} {y}",
        "{ordinal} {month} {y}",
        "the {ordinal} of {month} {year}",
        "{month} {ordinal}, {year}",
        "{d}<br>{month}<br>{y}",
        "{d} {month} in {y}",
    ),
    "de": (
        "{d}. {month} {y}",
        "{d}.{month} {y}",
        "{d}. {mon}. {y}",
        "am {d}. {month} {y}",
        "{d} {month} {y}",
        "{d}. {month} '{yy}",
    ),
    "fr": ("{d} {month} {y}", "le {d} {month} {y}", "{d}er {month} {y}", "né le {d} {month} {y}"),
    "es": (
        "{d} de {month} de {y}",
        "{d} de {month} del {y}",
        "{d} {month} {y}",
        "el {d} de {month}, {y}",
        "{d}/{month}/{y}",
        "{month} {d}, {y}",
    ),
    "it": ("{d} {month} {y}", "il {d} {month} {y}", "{d}º {month} {y}"),
    "pt": ("{d} de {month} de {y}", "{d}º de {month} de {y}", "{d} {month} {y}", "{d}/{month}/{y}"),
    "nl": ("{d} {month} {y}", "{d}e {month} {y}", "op {d} {month} {y}"),
}


@cache
def matcher(day: date, region: str) -> Matcher:
    """What looks for a birth date; built once."""
    return Matcher([Fact(kind="birth_date", label="birth", value=day.isoformat(), region=region)])


def certainty(day: date, region: str, text: str) -> float:
    """How certainly a day is found in a text; 0 where it is not."""
    return max((match.certainty for match in matcher(day, region).find(text)), default=0.0)


def write(form: str, day: date, language: str = "en") -> str:
    """A day in a form."""
    month = MONTHS[language].split()[day.month - 1]
    suffix = "th" if 10 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return form.format(
        y=day.year,
        yy=f"{day.year % 100:02d}",
        m=day.month,
        mm=f"{day.month:02d}",
        d=day.day,
        dd=f"{day.day:02d}",
        month=month,
        mon=month[:3],
        th=suffix,
        roman=ROMAN[day.month - 1],
        ordinal=ORDINALS.get(day.day, ""),
        year=YEARS.get(day.year, ""),
    )


EVERY = pytest.mark.parametrize("day", DAYS, ids=[day.isoformat() for day in DAYS])


@EVERY
@pytest.mark.parametrize("form", FIGURES)
@pytest.mark.parametrize("region", REGIONS)
def test_a_day_in_figures_is_found(day: date, form: str, region: str) -> None:
    """Every order and every sign between, in every country."""
    assert certainty(day, region, f"born {write(form, day)} ok") >= 0.5


@EVERY
@pytest.mark.parametrize(("language", "form"), [(name, form) for name, forms in NAMED.items() for form in forms])
def test_a_day_with_the_name_of_its_month_is_sure(day: date, language: str, form: str) -> None:
    """Names of months leave no doubt, whatever the language."""
    assert certainty(day, "GB", f"born {write(form, day, language)} ok") >= 0.9


@EVERY
@pytest.mark.parametrize("shift", [1, -1, 2, -2, 10, 31, -30, 365, -365])
def test_a_day_beside_it_is_another_day(day: date, shift: int) -> None:
    """A day, a month or a year off, in figures and in words."""
    other = day + timedelta(days=shift)
    texts = [write(form, other) for form in ("{y}-{mm}-{dd}", "{dd}.{mm}.{y}", "{y}{mm}{dd}", *NAMED["en"][:11])]
    texts += [write(form, other, "de") for form in NAMED["de"]]
    assert [text for text in texts if certainty(day, "GB", text)] == []


@EVERY
@pytest.mark.parametrize(
    "form",
    [
        "class of {y}",
        "{month} {y}",
        "{d} {month}",
        "{m}/{y}",
        "{y}",
        "{d}.{m}.",
        "in {y} we had {d} dogs and {m} cats",
        "{d}.{m}.{y}5",
        "1{d}.{m}.{y}",
        "{d} {month} 18{yy}",
        "{d}:{m}:{yy}",
        "{month} {y} was {d} days long",
    ],
)
def test_part_of_a_date_is_no_birth_date(day: date, form: str) -> None:
    """A year, a month or a day alone says nothing."""
    assert certainty(day, "GB", write(form, day)) == 0


def test_day_and_month_that_could_be_either_are_less_sure() -> None:
    """The order of the country is likelier than the other; a full stop and a name decide."""
    day = date(2001, 2, 3)
    own, other = certainty(day, "GB", "03/02/2001"), certainty(day, "GB", "02/03/2001")
    assert certainty(day, "US", "02/03/2001") == own
    assert 0.5 <= other < own < certainty(day, "GB", "03.02.2001") < certainty(day, "GB", "3 February 2001") == 1
