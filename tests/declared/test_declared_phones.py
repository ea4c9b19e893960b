"""Phone numbers of twenty countries: grouped, spelled out, disguised, split; another digit is another number."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from unlisted.extract.declared import Matcher
from unlisted.model.subject import Fact

PHONES = (
    ("US", "+1 202 555 0143", "202", "555", "0143"),
    ("GB", "+44 7700 900123", "07700", "900", "123"),
    ("DE", "+49 30 23125 013", "030", "23125", "013"),
    ("DE", "+49 171 3920013", "0171", "392", "0013"),
    ("FR", "+33 6 39 98 86 24", "06", "39 98", "86 24"),
    ("ES", "+34 655 557 526", "655", "557", "526"),
    ("IT", "+39 347 5555 913", "347", "5555", "913"),
    ("NL", "+31 6 5555 0143", "06", "5555", "0143"),
    ("BR", "+55 11 95555 0178", "11", "95555", "0178"),
    ("PT", "+351 912 555 143", "912", "555", "143"),
    ("AU", "+61 491 570 156", "0491", "570", "156"),
    ("IN", "+91 98555 40143", "98555", "4", "0143"),
    ("IE", "+353 85 555 0143", "085", "555", "0143"),
    ("AT", "+43 660 5550143", "0660", "555", "0143"),
    ("CH", "+41 79 555 01 43", "079", "555", "01 43"),
    ("SE", "+46 70 174 06 05", "070", "174", "06 05"),
    ("PL", "+48 512 555 143", "512", "555", "143"),
    ("MX", "+52 55 5555 0143", "55", "5555", "0143"),
    ("AR", "+54 9 11 5555 0143", "11", "5555", "0143"),
    ("ZA", "+27 82 555 0143", "082", "555", "0143"),
)
"""Country, number as declared, and the groups in which it is written at home."""
WORDS = {
    "en": "zero one two three four five six seven eight nine",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "it": "zero uno due tre quattro cinque sei sette otto nove",
    "pt": "zero um dois três quatro cinco seis sete oito nove",
    "nl": "nul een twee drie vier vijf zes zeven acht negen",
    "pt2": "zero um dois três quatro cinco meia sete oito nove",
    "de2": "null eins zwo drei vier fünf sechs sieben acht neun",
}


def plain(*groups: str) -> str:
    """The digits of the groups, together."""
    return "".join("".join(groups).split())


def say(digits: str, language: str = "en") -> str:
    """Digits one by one in words."""
    return " ".join(WORDS[language].split()[int(digit)] for digit in digits)


def doubled(digits: str) -> str:
    """Digits in words, with "double" and "triple"."""
    out, at = [], 0
    while at < len(digits):
        run = next(size for size in (3, 2, 1) if digits[at : at + size] == digits[at] * size)
        out.append(("", "double ", "triple ")[run - 1] + say(digits[at]))
        at += run
    return " ".join(out)


Rewrite = Callable[[str, str, str], str]
NATIONAL: dict[str, Rewrite] = {
    "together": plain,
    "spaces": lambda a, b, c: f"{a} {b} {c}",
    "hyphens": lambda a, b, c: "-".join(f"{a} {b} {c}".split()),
    "points": lambda a, b, c: ".".join(f"{a} {b} {c}".split()),
    "stars": lambda a, b, c: "*".join(f"{a} {b} {c}".split()),
    "bars": lambda a, b, c: f"{a} | {b} | {c}",
    "strokes": lambda a, b, c: f"{a} / {b} / {c}",
    "commas": lambda a, b, c: f"{a}, {b}, {c}",
    "lines under": lambda a, b, c: "_".join(f"{a} {b} {c}".split()),
    "tildes": lambda a, b, c: f"{a} ~ {b} ~ {c}",
    "brackets": lambda a, b, c: f"({a}) {b}-{c}",
    "brackets and stroke": lambda a, b, c: f"({a}) / {b} {c}",
    "each apart": lambda a, b, c: " ".join(plain(a, b, c)),
    "each with a hyphen": lambda a, b, c: "-".join(plain(a, b, c)),
    "over lines": lambda a, b, c: f"{a} {b}\n{c}",
    "over tags": lambda a, b, c: f"<span>{a}</span><span>{b}</span><span>{c}</span>",
    "line tags": lambda a, b, c: f"{a}<br>{b}<br>{c}",
    "then": lambda a, b, c: f"{a} then {b} then {c}",
    "and finally": lambda a, b, c: f"{a}, then {b} and finally {c}",
    "starts with": lambda a, b, c: f"starts with {a} and then {b} {c}",
    "area code": lambda a, b, c: f"area code {a}, number {b} {c}",
    "dots between": lambda a, b, c: f"{a} {b}... {c}",
    "letters o": lambda a, b, c: f"{a} {b} {c}".replace("0", "o"),
    "capital letters O": lambda a, b, c: f"{a} {b} {c}".replace("0", "O"),
    "letters l": lambda a, b, c: f"{a} {b} {c}".replace("1", "l"),
    "capital letters I": lambda a, b, c: f"{a} {b} {c}".replace("1", "I"),
    "O and l": lambda a, b, c: plain(a, b, c).replace("0", "O").replace("1", "l"),
    "in words": lambda a, b, c: say(plain(a, b, c)),
    "in capital words": lambda a, b, c: say(plain(a, b, c)).upper(),
    "in words, commas": lambda a, b, c: say(plain(a, b, c)).replace(" ", ", "),
    "in words, hyphens": lambda a, b, c: say(plain(a, b, c)).replace(" ", "-"),
    "in words, oh": lambda a, b, c: say(plain(a, b, c)).replace("zero", "oh"),
    "double five": lambda a, b, c: doubled(plain(a, b, c)),
    "German words": lambda a, b, c: say(plain(a, b, c), "de"),
    "German words, zwo": lambda a, b, c: say(plain(a, b, c), "de2"),
    "French words": lambda a, b, c: say(plain(a, b, c), "fr"),
    "Spanish words": lambda a, b, c: say(plain(a, b, c), "es"),
    "Italian words": lambda a, b, c: say(plain(a, b, c), "it"),
    "Portuguese words": lambda a, b, c: say(plain(a, b, c), "pt"),
    "Portuguese words, meia": lambda a, b, c: say(plain(a, b, c), "pt2"),
    "Dutch words": lambda a, b, c: say(plain(a, b, c), "nl"),
    "end in words": lambda a, b, c: f"{a} {b} {say(plain(c))}",
    "start in words": lambda a, b, c: f"{say(plain(a))} {b} {c}",
    "zero width": lambda a, b, c: "\u200b".join(plain(a, b, c)),
    "NUL characters": lambda a, b, c: "\x00".join(plain(a, b, c)),
    "bells": lambda a, b, c: "\x07".join(plain(a, b, c)),
    "keycaps": lambda a, b, c: "".join(f"{digit}\ufe0f\u20e3" for digit in plain(a, b, c)),
    "Arabic figures": lambda a, b, c: plain(a, b, c).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "raised figures": lambda a, b, c: plain(a, b, c).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")),
    "bold figures": lambda a, b, c: "".join(chr(0x1D7CE + int(digit)) for digit in plain(a, b, c)),
    "a word before": lambda a, b, c: f"call{plain(a, b, c)}",
    "a label": lambda a, b, c: f"Tel:{plain(a, b, c)}",
    "in an address": lambda a, b, c: f"phone={plain(a, b, c)}&x=1",
    "an extension": lambda a, b, c: f"{a} {b} {c} ext 12",
}
ABROAD: dict[str, Callable[[str], str]] = {
    "as declared": str,
    "together": lambda v: v.replace(" ", ""),
    "two zeros": lambda v: v.replace("+", "00"),
    "no plus": lambda v: v.removeprefix("+"),
    "narrow spaces": lambda v: v.replace(" ", "\u202f"),
    "dashes": lambda v: v.replace(" ", "–"),
    "a zero in brackets": lambda v: v.replace(" ", " (0)", 1),
    "prefix in brackets": lambda v: f"({v.partition(' ')[0]}) {v.partition(' ')[2]}",
    "letters O": lambda v: v.replace("0", "O"),
    "full width": lambda v: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in v),
    "entities": lambda v: "".join(f"&#{ord(c)};" for c in v),
    "percent": lambda v: v.replace("+", "%2B").replace(" ", "%20"),
    "a link": lambda v: f"<a href='tel:{v.replace(' ', '')}'>",
    "a chat": lambda v: f"https://chat.example/{v.removeprefix('+').replace(' ', '')}",
    "spaced": lambda v: " ".join(v.replace(" ", "")),
}


@cache
def matcher(value: str, region: str) -> Matcher:
    """What looks for a number; built once."""
    return Matcher([Fact(kind="phone", label="mobile", value=value, region=region)])


def found(value: str, region: str, text: str) -> bool:
    """Whether a number is found in a text."""
    return bool(matcher(value, region).find(text))


EVERY = pytest.mark.parametrize(("region", "value", "a", "b", "c"), PHONES, ids=[row[1] for row in PHONES])


@EVERY
@pytest.mark.parametrize("rewrite", NATIONAL.values(), ids=NATIONAL)
def test_a_number_is_found_as_it_is_written_at_home(
    region: str, value: str, a: str, b: str, c: str, rewrite: Rewrite
) -> None:
    """Signs between digits, words, letters for digits and small words between groups hide nothing."""
    assert found(value, region, f"you can have it {rewrite(a, b, c)} .")


@EVERY
@pytest.mark.parametrize("rewrite", ABROAD.values(), ids=ABROAD)
def test_a_number_is_found_with_its_prefix(
    region: str, value: str, a: str, b: str, c: str, rewrite: Callable[[str], str]
) -> None:
    """The international form in every dress, wherever the number is written at home."""
    assert plain(a, b, c)
    assert found(value, region, f"you can have it {rewrite(value)} .")


@EVERY
def test_one_digit_off_is_another_number(region: str, value: str, a: str, b: str, c: str) -> None:
    """Each digit behind the second replaced, spaced out or in words."""
    digits = plain(a, b, c)
    for at in range(2, len(digits)):
        other = digits[:at] + str((int(digits[at]) + 3) % 10) + digits[at + 1 :]
        texts = (other, " ".join(other), say(other), f"call {other[:4]}-{other[4:]}")
        assert [text for text in texts if found(value, region, text)] == []


@EVERY
def test_longer_shorter_and_turned_numbers_are_others(region: str, value: str, a: str, b: str, c: str) -> None:
    """A digit more on either side, one less, two swapped, or inside an order's number."""
    digits = plain(a, b, c)
    texts = [digits[:-1], digits[:-2], f"{digits}7", f"{digits}77", f"4{digits}", f"order 48{digits}873", digits[::-1]]
    texts += [digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(1, len(digits) - 1)]
    texts = [text for text in texts if text != digits]
    assert [text for text in texts if found(value, region, text)] == []
    assert not found(value, region, " ".join(f"{digits}7"))


@EVERY
def test_the_same_digits_in_another_country_are_another_number(region: str, value: str, a: str, b: str, c: str) -> None:
    """Behind a plus and another prefix it is no national number."""
    rest = plain(a, b, c).removeprefix("0")
    assert not found(value, region, f"call +7 {rest}")
    assert not found(value, region, f"call +998 {rest}")


def test_a_heart_before_a_number_is_no_digit_of_it() -> None:
    """A picture of signs that ends in a figure stands beside numbers in posts."""
    assert found("+1 202 555 0143", "US", "<3 2 0 2 5 5 5 0 1 4 3")
    assert found("+1 202 555 0143", "US", ":3 2 0 2 5 5 5 0 1 4 3")
