"""Each way to rewrite a declared fact, on made-up facts of several countries: found as what it is, a neighbour never."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from unlisted.extract.declared import Matcher
from unlisted.model.subject import Fact

Rewrite = Callable[[str], str]

HOMES = {
    "US": ("27", "Larch Row", "Marrow Bay", "ME 04000", "27 Larch Row, Marrow Bay, ME 04000"),
    "US street": ("1400", "Alderfield Street", "Harborton", "NY 10999", "1400 Alderfield Street, Harborton, NY 10999"),
    "GB": ("36", "Elmfield Close", "Norbridge", "NB1 5TR", "36 Elmfield Close, Norbridge NB1 5TR"),
    "CA": ("1383", "Rowanfield Crescent", "Hazelton", "K1A 0B1", "1383 Rowanfield Crescent, Hazelton, ON K1A 0B1"),
    "AU": ("163", "Wattlebird Parade", "Geelwood", "3299", "163 Wattlebird Parade, Geelwood VIC 3299"),
    "DE": ("21", "Lärchenstraße", "Münsterau", "48999", "Lärchenstraße 21, 48999 Münsterau"),
    "AT": ("9", "Erlenbachgasse", "Wienau", "1099", "Erlenbachgasse 9, 1099 Wienau"),
    "FR": ("92", "Avenue des Mélèzes", "Rennelles", "35999", "92 Avenue des Mélèzes, 35999 Rennelles"),
    "ES": ("128", "Calle del Alerce", "Malagueta", "29999", "Calle del Alerce, 128, 29999 Malagueta"),
    "IT": ("54", "Via dei Larici", "Bolognetta", "40999", "Via dei Larici 54, 40999 Bolognetta"),
    "BR": ("59", "Rua Sete de Abril", "Florinda", "88999-400", "Rua Sete de Abril, 59, Florinda - SC, 88999-400"),
    "NL": ("118", "Lariksstraat", "Zwolderen", "8999 PK", "Lariksstraat 118, 8999 PK Zwolderen"),
}


def home(name: str) -> Fact:
    """The declared address of a row."""
    return Fact(kind="address", label="home", value=HOMES[name][4], region=name[:2])


def level(fact: Fact, text: str) -> str:
    """The strongest level at which a fact is found in a text; "none" where it is not."""
    order = ("none", "area", "street", "same")
    return max((match.level for match in Matcher([fact]).find(text)), key=order.index, default="none")


def full_width(text: str) -> str:
    """The same letters and figures in their full-width forms."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


WRITTEN: dict[str, Rewrite] = {
    "as declared": lambda value: value,
    "small letters": str.lower,
    "capitals": str.upper,
    "lines instead of commas": lambda value: value.replace(", ", "\n"),
    "no commas": lambda value: value.replace(",", ""),
    "two spaces": lambda value: value.replace(" ", "  "),
    "full width": full_width,
    "zero width": "\u200b".join,
    "soft hyphens": lambda value: value.replace("a", "a\u00ad"),
    "entities for spaces": lambda value: value.replace(" ", "&nbsp;"),
    "line tags": lambda value: value.replace(", ", "<br>"),
    "bold words": lambda value: " ".join(f"<b>{word}</b>" for word in value.split(" ")),
    "Cyrillic look-alikes": lambda value: value.translate(str.maketrans("aeopcx", "аеорсх")),
    "in a sentence": lambda value: f"We moved to {value} in spring.",
    "in brackets": lambda value: f"my home ({value}) is small",
    "in quotes": lambda value: f'it says "{value}" there',
    "behind a label": lambda value: f"Address: {value}",
    "between posts": lambda value: f"What a day!\n\n{value}\n\nGood night.",
    "dashes": lambda value: value.replace(", ", " - "),
    "bars": lambda value: value.replace(", ", " | "),
}


@pytest.mark.parametrize("name", HOMES)
@pytest.mark.parametrize("rewrite", WRITTEN.values(), ids=WRITTEN)
def test_the_very_house_is_found_however_it_is_written(name: str, rewrite: Rewrite) -> None:
    """Case, spacing, invisible signs, markup and look-alikes change nothing."""
    assert level(home(name), rewrite(HOMES[name][4])) == "same"


@pytest.mark.parametrize("name", HOMES)
@pytest.mark.parametrize(
    "order",
    ["{n} {s}", "{s} {n}", "{n} {s}, {t}", "{t}, {s} {n}", "{p} {t}, {s} {n}", "{s} no {n}", "{n}, {s}, {p}"],
)
def test_order_and_missing_parts_do_not_hide_a_house(name: str, order: str) -> None:
    """Number and street are enough, in either order, with or without town and postcode."""
    number, street, town, postcode, _ = HOMES[name]
    assert level(home(name), order.format(n=number, s=street, t=town, p=postcode)) == "same"


@pytest.mark.parametrize("name", HOMES)
@pytest.mark.parametrize("step", [-2, 2, 10, 100])
def test_a_neighbour_is_never_the_same(name: str, step: int) -> None:
    """Another number in the same street is the street, not the house."""
    number, street, town, postcode, whole = HOMES[name]
    other = str(abs(int(number) + step))
    assert level(home(name), whole.replace(number, other, 1)) in {"street", "area"}
    assert level(home(name), f"{other} {street}, {town} {postcode}") != "same"


@pytest.mark.parametrize("name", HOMES)
def test_a_letter_behind_the_number_is_another_house(name: str) -> None:
    """Number 12a is not number 12."""
    number, street, town, _, _ = HOMES[name]
    assert level(home(name), f"{number}c {street}, {town}") != "same"


@pytest.mark.parametrize("name", HOMES)
def test_a_street_without_a_number_is_the_street(name: str) -> None:
    """The street in its town says "street", not "same"."""
    _, street, town, _, _ = HOMES[name]
    assert level(home(name), f"I love {street} in {town}") == "street"


@pytest.mark.parametrize("name", HOMES)
def test_a_town_alone_is_the_area(name: str) -> None:
    """Naming the town tells no more than the area."""
    assert level(home(name), f"Greetings from {HOMES[name][2]}!") == "area"


@pytest.mark.parametrize("name", HOMES)
def test_another_street_with_the_number_is_not_the_same(name: str) -> None:
    """The number in another street of the town is no house of yours."""
    number, street, town, _, _ = HOMES[name]
    other = street.replace(max(street.split(), key=len), "Quimperlane")
    assert level(home(name), f"{number} {other}, {town}") in {"area", "none"}


@pytest.mark.parametrize("name", HOMES)
def test_ordinary_sentences_hold_no_home(name: str) -> None:
    """Nothing is found where nothing stands."""
    texts = (
        "It rained all day.",
        "We were 27 people in 21 rows.",
        "Die 21 Leute saßen da.",
        "92 personnes sont venues.",
    )
    assert [text for text in texts if level(home(name), text) != "none"] == []


SWAPS = [
    ("US street", "Street", "St"),
    ("US street", "Street", "St."),
    ("US street", "Street", "Str"),
    ("GB", "Close", "Cl"),
    ("GB", "Close", "Cl."),
    ("CA", "Crescent", "Cres"),
    ("CA", "Crescent", "Cr."),
    ("AU", "Parade", "Pde"),
    ("DE", "straße", "str."),
    ("DE", "straße", "strasse"),
    ("DE", "straße", " Straße"),
    ("DE", "straße", "-Str."),
    ("DE", "ä", "ae"),
    ("DE", "ä", "a"),
    ("FR", "Avenue", "Av."),
    ("FR", "Avenue", "av"),
    ("FR", "é", "e"),
    ("ES", "Calle", "C/"),
    ("ES", "Calle", "C."),
    ("IT", "Via", "V."),
    ("BR", "Rua", "R."),
    ("NL", "straat", "str."),
]


@pytest.mark.parametrize(("name", "long", "short"), SWAPS)
def test_an_abbreviation_is_the_same_street(name: str, long: str, short: str) -> None:
    """The usual short forms of each language stand for the long ones."""
    assert level(home(name), HOMES[name][4].replace(long, short)) == "same"


SPOKEN = [
    ("US", "twenty-seven Larch Row, Marrow Bay"),
    ("US", "twenty seven larch row"),
    ("GB", "thirty-six Elmfield Close"),
    ("DE", "Lärchenstraße einundzwanzig, Münsterau"),
    ("AT", "Erlenbachgasse neun"),
    ("FR", "quatre-vingt-douze avenue des Mélèzes"),
    ("FR", "quatre vingt douze, avenue des Mélèzes"),
    ("ES", "Calle del Alerce, ciento veintiocho"),
    ("IT", "Via dei Larici cinquantaquattro"),
    ("BR", "Rua Sete de Abril, cinquenta e nove"),
    ("NL", "Lariksstraat honderdachttien"),
]


@pytest.mark.parametrize(("name", "text"), SPOKEN)
def test_a_number_in_words_is_a_number(name: str, text: str) -> None:
    """Seven languages spell their numbers."""
    assert level(home(name), text) == "same"


@pytest.mark.parametrize("name", ["US street", "GB", "CA", "AU", "DE", "AT", "NL"])
@pytest.mark.parametrize("place", [2, 4])
def test_one_slip_in_a_long_name_is_forgiven(name: str, place: int) -> None:
    """One letter left out, beside the right number."""
    number, street, town, _, _ = HOMES[name]
    slipped = street[:place] + street[place + 1 :]
    assert level(home(name), f"{number} {slipped}, {town}") == "same"


PHONES = {
    "US": ("+1 202 555 0143", "202", "555", "0143"),
    "GB": ("+44 7700 900123", "07700", "900", "123"),
    "DE": ("+49 30 23125 013", "030", "23125", "013"),
    "FR": ("+33 6 39 98 86 24", "0639", "9886", "24"),
    "ES": ("+34 655 557 526", "655", "557", "526"),
}
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SIGNS: dict[str, Rewrite] = {
    "together": lambda n: n.replace(" ", ""),
    "spaces": lambda n: n,
    "points": lambda n: n.replace(" ", "."),
    "hyphens": lambda n: n.replace(" ", "-"),
    "slashes": lambda n: n.replace(" ", "/"),
    "each apart": lambda n: " ".join(n.replace(" ", "")),
    "in words": lambda n: " ".join(WORDS[int(c)] for c in n if c.isdigit()),
    "in words, capital": lambda n: " ".join(WORDS[int(c)].title() for c in n if c.isdigit()),
    "half in words": lambda n: n.rpartition(" ")[0] + " " + " ".join(WORDS[int(c)] for c in n.rpartition(" ")[2]),
    "full width": full_width,
    "letter o": lambda n: n.replace("0", "o"),
    "zero width": "\u200b".join,
    "keycaps": lambda n: "".join(f"{c}\ufe0f\u20e3" if c.isdigit() else c for c in n),
    "Arabic figures": lambda n: n.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "brackets": lambda n: f"({n.partition(' ')[0]}) {n.partition(' ')[2]}",
    "then": lambda n: n.replace(" ", " then ", 1),
    "in a link": lambda n: f"<a href='tel:{n.replace(' ', '-')}'>ring me</a>",
}


@pytest.mark.parametrize("country", PHONES)
@pytest.mark.parametrize("rewrite", SIGNS.values(), ids=SIGNS)
def test_a_phone_is_found_however_it_is_written(country: str, rewrite: Rewrite) -> None:
    """Digits count, not what stands between them."""
    value, *groups = PHONES[country]
    fact = Fact(kind="phone", label="mobile", value=value, region=country)
    assert level(fact, rewrite(" ".join(groups))) == "same"
    assert level(fact, f"my number: {value}, day or night") == "same"


@pytest.mark.parametrize("country", PHONES)
@pytest.mark.parametrize("place", [-1, -2, -4])
def test_another_digit_is_another_phone(country: str, place: int) -> None:
    """One digit more or less is somebody else's number."""
    value, *groups = PHONES[country]
    fact = Fact(kind="phone", label="mobile", value=value, region=country)
    digits = list("".join(groups))
    digits[place] = str((int(digits[place]) + 1) % 10)
    assert level(fact, "call " + "".join(digits)) == "none"
    assert level(fact, "call " + "".join(groups) + "77") == "none"


MAIL = Fact(kind="email", label="mail", value="ada.lark7@mail.example")
DISGUISES: dict[str, Rewrite] = {
    "plain": lambda m: m,
    "capitals": str.upper,
    "[at] [dot]": lambda m: m.replace("@", " [at] ").replace(".", " [dot] "),
    "(at)": lambda m: m.replace("@", "(at)"),
    "at dot": lambda m: m.replace("@", " at ").replace(".", " dot "),
    "arroba punto": lambda m: m.replace("@", " arroba ").replace(".", " punto "),
    "arobase point": lambda m: m.replace("@", " arobase ").replace(".", " point "),
    "spaces": lambda m: m.replace("@", " @ ").replace(".", " . "),
    "entity": lambda m: m.replace("@", "&#64;"),
    "hex entity": lambda m: m.replace("@", "&#x40;"),
    "full width sign": lambda m: m.replace("@", "＠"),
    "zero width": "\u200b".join,
    "link": lambda m: f"<a href='mailto:{m}'>write</a>",
}


@pytest.mark.parametrize("rewrite", DISGUISES.values(), ids=DISGUISES)
def test_a_mail_address_is_found_in_each_disguise(rewrite: Rewrite) -> None:
    """What a reader can undo is undone."""
    assert level(MAIL, f"write to {rewrite(MAIL.value or '')} please") == "same"


@pytest.mark.parametrize(
    "other",
    [
        "ada.lark@mail.example",
        "ada.lark77@mail.example",
        "x.ada.lark7@mail.example",
        "ada.lark7@mail.example.org",
        "ada.lark7@nail.example",
    ],
)
def test_a_longer_or_other_mail_address_is_somebody_elses(other: str) -> None:
    """Every letter counts in an address of mail."""
    assert level(MAIL, f"write to {other} please") == "none"


BIRTH = Fact(kind="birth_date", label="birth", value="1986-05-17", region="GB")
DATES = (
    "1986-05-17",
    "17/05/1986",
    "17.05.1986",
    "17-05-1986",
    "17.5.1986",
    "17/5/86",
    "05/17/1986",
    "17 May 1986",
    "17th of May 1986",
    "May 17, 1986",
    "May 17th 1986",
    "17 may 86",
    "17. Mai 1986",
    "17 mai 1986",
    "17 de mayo de 1986",
    "17 maggio 1986",
    "17 mei 1986",
    "17 maj 1986",
    "19860517",
    "1986/05/17",
)


@pytest.mark.parametrize("date", DATES)
def test_a_birth_date_is_found_in_every_usual_order(date: str) -> None:
    """Figures and names of months, in seven languages."""
    assert level(BIRTH, f"born {date}, that is me") == "same"


@pytest.mark.parametrize(
    "date", ["18/05/1986", "17/06/1986", "17/05/1987", "18 May 1986", "17 June 1986", "1986-06-17"]
)
def test_another_day_is_not_the_birth_date(date: str) -> None:
    """A day, a month or a year beside it is another date."""
    assert level(BIRTH, f"on {date} it rained") != "same"


NAME = Fact(kind="name", label="name", value="Chloë Lärkfield", aliases=("Coco",))
NAMES = (
    "Chloë Lärkfield",
    "chloe larkfield",
    "CHLOË LÄRKFIELD",
    "Lärkfield, Chloë",
    "Larkfield Chloe",
    "Chloë M. Lärkfield",
    "C. Lärkfield",
    "Coco Lärkfield",
    "Chloë\u00a0Lärkfield",
    "chloe_larkfield",
    "chloelarkfield",
    "Chloe\nLarkfield",
    "Ｃｈｌｏｅ Ｌａｒｋｆｉｅｌｄ",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_in_its_usual_forms(name: str) -> None:
    """Either order, initials, nicknames that were declared, without accents."""
    assert level(NAME, f"hello from {name} today") == "same"


@pytest.mark.parametrize(
    "name", ["Chloë Larkin", "Zoë Lärkfield", "Chloë", "Lärkfield", "B. Lärkfield", "Chloë. Lärkfield Street is long"]
)
def test_half_a_name_is_not_the_name(name: str) -> None:
    """Other first or last names belong to others."""
    assert level(NAME, f"hello from {name}") == "none"


PLATE = Fact(kind="plate", label="car", value="LR70 XYZ", region="GB")


@pytest.mark.parametrize(
    "plate", ["LR70 XYZ", "LR70XYZ", "lr70 xyz", "LR 70 XYZ", "LR-70-XYZ", "L R 7 0 X Y Z", "ＬＲ７０ ＸＹＺ"]
)
def test_a_plate_is_found_in_any_grouping(plate: str) -> None:
    """Gaps and case are nothing."""
    assert level(PLATE, f"look at {plate} over there") == "same"


@pytest.mark.parametrize("plate", ["LR71 XYZ", "LR70 XYA", "LR70", "XYZ", "ALR70 XYZ", "LR70 XYZA"])
def test_another_plate_is_another_car(plate: str) -> None:
    """Every letter counts."""
    assert level(PLATE, f"look at {plate} over there") == "none"


QUILL = Fact(kind="handle", label="handle", value="odetoquill")


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("ask @odetoquill", 0.95),
        ("https://social.example/odetoquill", 0.95),
        ("my insta odetoquill", 0.95),
        ("https://odetoquill.blog.example/", 0.95),
        ("write to odetoquill about it", 0.8),
        ("ODETOQUILL", 0.8),
    ],
)
def test_a_handle_is_surer_where_something_marks_it(text: str, certainty: float) -> None:
    """A sign, an address or a word like "insta" marks it; alone it is fairly sure."""
    found = Matcher([QUILL]).find(text)
    assert [(match.level, match.certainty) for match in found] == [("same", certainty)]


@pytest.mark.parametrize(
    "text",
    ["Mr Odetoquill came", "odetoquilling", "ode to quill", "odetoquill@mail.example", "myodetoquill", "odetoquill_2"],
)
def test_what_only_looks_like_the_handle_is_not_it(text: str) -> None:
    """Names, longer words, separate words and other handles are none."""
    assert level(QUILL, text) == "none"


@pytest.mark.parametrize(
    "word",
    ["sunshine", "gardener", "butterfly", "january", "margaret", "running", "kindness", "straße", "oak", "lark7"],
)
def test_a_handle_that_is_a_word_is_not_found_alone(word: str) -> None:
    """Everyday words, names and short handles need a mark."""
    fact = Fact(kind="handle", label="handle", value=word)
    assert level(fact, f"what a {word} it was") == "none"
    assert level(fact, f"ask @{word} now") == "same"


@pytest.mark.parametrize("name", HOMES)
def test_offsets_of_a_match_hold_the_house(name: str) -> None:
    """What stands at a match's place is the address as it was written."""
    number, street, _, _, whole = HOMES[name]
    text = f"😀 &amp; é {whole} ﬁn"
    match = next(m for m in Matcher([home(name)]).find(text) if m.level == "same")
    held = text[match.start : match.end]
    assert number in held
    assert street.split()[-1] in held
    assert 0 <= match.start < match.end <= len(text)
