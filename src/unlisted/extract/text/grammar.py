"""The word classes of street addresses, by language and by how much a word proves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from unlisted.data.wordlists import LANGUAGES, languages_of, table
from unlisted.extract.text.core import NTH, SPELLED
from unlisted.extract.text.fold import bag, key
from unlisted.extract.text.talk import said

COUNTRIES = bag(
    "afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain "
    "bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia botswana brasil brazil brunei "
    "bulgaria burundi cambodia cameroon canada chad chile china colombia comoros congo croatia cuba cyprus "
    "czechia denmark djibouti dominica ecuador egypt eritrea estonia eswatini ethiopia fiji finland france gabon "
    "gambia germany ghana greece grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia "
    "iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan "
    "laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg madagascar malawi malaysia "
    "maldives mali malta mauritania mauritius mexico micronesia moldova monaco mongolia montenegro morocco "
    "mozambique myanmar namibia nauru nepal netherlands nicaragua niger nigeria norway oman pakistan palau panama "
    "paraguay peru philippines poland portugal qatar romania russia rwanda samoa senegal serbia seychelles "
    "singapore slovakia slovenia somalia spain sudan suriname swaziland sweden switzerland syria taiwan "
    "tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan tuvalu uganda ukraine uruguay uzbekistan "
    "vanuatu venezuela vietnam yemen zambia zimbabwe usa uk us england scotland wales deutschland osterreich "
    "schweiz frankreich espana italia portugal nederland belgie belgique suisse danmark sverige norge suomi "
    "polska cesko magyarorszag romania rossiya kingdom republic emirates"
)
COUNTIES = bag("co county dublin")
"""Words before the name of an Irish county, or the number of a district."""
GLUED_ALONE = ("strasse", "straat", "gasse")
"""Endings that say "street" even without a number."""
FOUR_FIGURES = frozenset({"AT", "CH", "BE", "LU", "DK", "NO", "NL", "AU", "NZ", "ZA", "AR", "HU", "SI", "BG", "LI"})
"""Countries whose postcodes have four figures."""
THE = frozenset({"GB", "IE", "AU", "NZ", "ZA"})
"""Countries whose streets may be called "The Larches"."""
OPENERS = bag(
    "flat apartment apt unit plot door house h villa residence bat appt lote loja edificio urbanizacao residencial"
)
"""Words with which an address may begin that names its house or flat before anything else."""
EITHER = bag("ulice ulici namesti trida tride nabrezi namestie")
"""Czech and Slovak kinds of street that stand behind a name as well ("Karlovo náměstí 7")."""
ROADS_FIRST = bag("strasse platz allee weg promenade damm ring ufer")
"""German kinds of street that stand first where an article follows ("Straße der Lärchen")."""
REGION_SETS = 64
"""Sets of countries whose grammar is kept."""
PIECES = 2
"""Pieces of a short form with a point in it ("P.zza")."""
MIN_ENDING = 2
"""Letters that an ending has more than."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Folded words by their part in an address. "Strong" words mean little else; "loose" ones are everyday words too."""

    after: frozenset[str]
    after_strong: frozenset[str]
    last: frozenset[str]
    """Types that stand after the name in languages where the number comes last ("Berliner Straße 5")."""
    before: frozenset[str]
    before_strong: frozenset[str]
    glued: tuple[str, ...] = field(repr=False)
    glued_strong: tuple[str, ...] = field(repr=False)
    endings: frozenset[str] = field(repr=False)
    """The last three letters of the endings that are glued to a name."""
    units: frozenset[str]
    signs: frozenset[str]
    articles: frozenset[str]
    within: frozenset[str]
    """Small words inside a town's name ("Newport upon Sound")."""
    directions: frozenset[str]
    states: frozenset[str]
    state_names: frozenset[str]
    common: frozenset[str]
    pairs: frozenset[tuple[str, ...]] = field(repr=False)
    """Short forms of two pieces with a point between them ("L.go", "P.zza"), in the countries that have them."""
    counted: frozenset[str] = field(repr=False)
    """What is counted ("3 horas", "12 Jahre"): a number before it is no house."""
    stops: frozenset[str] = field(repr=False)
    """Words in small letters that stand in no street's name: "is", "sin", "est"."""
    home: frozenset[str]
    anchors: frozenset[str] = field(repr=False)
    """Words at which a street may be."""
    proofs: frozenset[str] = field(repr=False)
    """Words that may prove one behind it."""
    short_states: frozenset[str] = field(repr=False)
    """Words that may prove one if they are written with a capital."""
    four: bool = False
    """Whether four figures are a postcode in one of the countries."""
    indian: bool = False
    """Whether houses have a letter with a number ("B-12"), as in India."""
    british: bool = False
    """Whether streets may be called "The Larches", as in Britain and where its ways were taken along."""
    doors: bool = False
    """Whether a floor or a door proves a street without a street word, as where Spanish, Portuguese or Italian is spoken."""

    def compound(self, word: str) -> bool:
        """Whether a word ends in a street's type that is glued to its name; its last letters are asked first, as most are none."""
        return word[-3:] in self.endings and word.endswith(self.glued)


def _list(data: Any, name: str) -> set[str]:
    return {key(word) for word in data.get(name, [])}


def _types(data: Any, name: str) -> set[str]:
    out = set()
    for canonical, variants in data.get(name, {}).items():
        out |= {key(canonical), *(key(v) for v in variants if v)}
    return {word for word in out if word and " " not in word}


@dataclass(frozen=True, slots=True)
class _Classes:
    """The street types of one language: all of them and those that mean little else, and the same for endings."""

    types: frozenset[str]
    strong: frozenset[str]
    endings: frozenset[str]
    strong_endings: frozenset[str]


@cache
def _classes(name: str) -> _Classes:
    data = table(name)
    types, loose = _types(data, "types"), _list(data, "loose")
    endings, weak = _types(data, "glued"), _list(data, "loose_glued")
    return _Classes(
        frozenset(types),
        frozenset(word for word in types - loose if len(word) > 1),
        frozenset(word for word in endings if len(word) > MIN_ENDING),
        frozenset(word for word in endings - weak if len(word) > MIN_ENDING),
    )


@cache
def _pairs(name: str) -> frozenset[tuple[str, ...]]:
    found = (tuple(key(form).split()) for forms in table(name).get("types", {}).values() for form in forms)
    return frozenset(form for form in found if len(form) == PIECES and len(form[0]) == 1)


@lru_cache(maxsize=REGION_SETS)
def grammar(regions: tuple[str, ...]) -> Grammar:
    """The classes for text about these countries: strong words of every language, loose ones of the countries' own."""
    own = {name for region in regions for name in languages_of(region)}
    english = _classes("en")
    behind = [name for name in LANGUAGES if name != "en" and table(name)["position"] == "after"]
    ahead = [name for name in LANGUAGES if name != "en" and table(name)["position"] != "after"]
    last = (
        EITHER
        | _union(_classes(name).strong for name in behind)
        | _union(_classes(n).types for n in behind if n in own)
    )
    before_strong = _union(_classes(name).strong for name in ahead)
    before = before_strong | _union(_classes(name).types for name in ahead if name in own)
    glued_strong = _union(_classes(name).strong_endings for name in LANGUAGES)
    glued = glued_strong | _union(_classes(name).endings for name in LANGUAGES if name in own)
    pairs = frozenset(pair for name in own for pair in _pairs(name))
    return Grammar(
        pairs=pairs,
        after=english.types, after_strong=english.strong, last=last, before=before, before_strong=before_strong,
        glued=tuple(sorted(glued)), glued_strong=tuple(sorted(glued_strong)),
        endings=frozenset(word[-3:] for word in glued),
        anchors=english.types | last | before | SPELLED | OPENERS | ROADS_FIRST | {pair[0] for pair in pairs},
        four=not FOUR_FIGURES.isdisjoint(regions), indian="IN" in regions,
        british=not THE.isdisjoint(regions), doors=not own.isdisjoint({"es", "pt", "it"}),
        **_everywhere(),
    )  # fmt: skip


def _union(parts: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*parts)


@cache
def _everywhere() -> dict[str, frozenset[str]]:
    """The classes that are the same for all countries."""
    english, units = table("en"), _all("units")
    states = frozenset(_list(english, "states"))
    state_names = frozenset(word for name in _list(english, "state_names") for word in name.split())
    return {
        "units": units,
        "signs": _all("signs"),
        "articles": _all("articles"),
        "within": _all("articles") | bag("upon on sur am in le la"),
        "directions": bag("n s e w ne nw se sw north south east west northeast northwest southeast southwest"),
        "states": states,
        "short_states": states | COUNTIES,
        "state_names": state_names,
        "proofs": units | state_names | COUNTRIES | NTH | {"nan"},
        "common": frozenset(_list(english, "common")),
        "counted": _all("counted") - {"am"},
        "stops": _all("stops"),
        "home": said("home"),
    }


def _all(name: str) -> frozenset[str]:
    return frozenset(
        key(word)
        for language in LANGUAGES
        for word in table(language).get(name, [])
        if " " not in word and "=" not in word
    )


@lru_cache(maxsize=REGION_SETS)
def regions_key(regions: tuple[str, ...]) -> tuple[str, ...]:
    """The countries in one order, with "UK" as it is mostly meant."""
    return tuple(sorted({"GB" if region.upper() == "UK" else region.upper() for region in regions})) or ("US",)
