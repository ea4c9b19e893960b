"""The country of an address or a phone number on a contact card, in two letters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.resources import files

import phonenumbers

from unlisted.sources.subject_file.labels import fold

MAX_NAME = 60
"""Longest name of a country, in characters."""
_NAMES = {
    "AR": "Argentina, Argentine, Argentinien",
    "AT": "Austria, Österreich, Oesterreich, Autriche, Oostenrijk, Rakousko, Ausztria",
    "AU": "Australia, Australie, Australien, Australië",
    "BE": "Belgium, België, Belgique, Belgien, Bélgica, Belgio",
    "BG": "Bulgaria, България, Bulgarien, Bulgarie",
    "BR": "Brazil, Brasil, Brasilien, Brésil, Brasile",
    "CA": "Canada, Kanada, Canadá",
    "CH": "Switzerland, Schweiz, Suisse, Svizzera, Svizra, Suiza, Zwitserland, Suíça",
    "CL": "Chile, Chili",
    "CN": "China, PR China, People's Republic of China, Chine, Cina, 中国, 中华人民共和国",
    "CO": "Colombia, Kolumbien, Colombie",
    "CZ": "Czechia, Czech Republic, Česko, Česká republika, Tschechien, République tchèque, Tchéquie",
    "DE": "Germany, Deutschland, Allemagne, Alemania, Germania, Duitsland, Alemanha, Tyskland, Niemcy, Saksa, Německo, "
    "Federal Republic of Germany, Bundesrepublik Deutschland, BRD",
    "DK": "Denmark, Danmark, Dänemark, Danemark, Dinamarca, Danimarca, Denemarken",
    "EE": "Estonia, Eesti, Estland",
    "ES": "Spain, España, Espanya, Espainia, Spanien, Espagne, Spagna, Spanje, Espanha, Hiszpania",
    "FI": "Finland, Suomi, Finnland, Finlande, Finlandia",
    "FR": "France, Frankreich, Francia, Frankrijk, França, Frankrike, Francja, Frankrig",
    "GB": "United Kingdom, Great Britain, Britain, UK, England, Scotland, Wales, Northern Ireland, Cymru, Alba, "
    "Vereinigtes Königreich, Großbritannien, Royaume-Uni, Grande-Bretagne, Reino Unido, Regno Unito, Gran Bretagna, "
    "Verenigd Koninkrijk, Groot-Brittannië, Wielka Brytania, Storbritannien",
    "GR": "Greece, Ελλάδα, Hellas, Griechenland, Grèce, Grecia, Griekenland",
    "HR": "Croatia, Hrvatska, Kroatien, Croatie, Croazia",
    "HU": "Hungary, Magyarország, Ungarn, Hongrie, Hungría, Ungheria, Hongarije",
    "IE": "Ireland, Éire, Republic of Ireland, Irland, Irlande, Irlanda, Ierland",
    "IN": "India, Bharat, भारत, Indien, Inde",
    "IS": "Iceland, Ísland, Island, Islande",
    "IT": "Italy, Italia, Italien, Italie, Italië, Itália, Włochy",
    "JP": "Japan, 日本, Nippon, Japon, Japón, Giappone",
    "KR": "South Korea, Korea, Republic of Korea, 대한민국, 한국, Südkorea, Corée du Sud",
    "LI": "Liechtenstein",
    "LT": "Lithuania, Lietuva, Litauen, Lituanie",
    "LU": "Luxembourg, Luxemburg, Lëtzebuerg, Luxemburgo, Lussemburgo",
    "LV": "Latvia, Latvija, Lettland, Lettonie",
    "MX": "Mexico, México, Mexiko, Mexique, Messico",
    "NL": "Netherlands, Nederland, Holland, Niederlande, Pays-Bas, Países Bajos, Paesi Bassi, Holanda, Olanda, Holandia",
    "NO": "Norway, Norge, Noreg, Norwegen, Norvège, Noruega, Norvegia, Noorwegen",
    "NZ": "New Zealand, Aotearoa, Neuseeland, Nouvelle-Zélande, Nueva Zelanda, Nuova Zelanda",
    "PL": "Poland, Polska, Polen, Pologne, Polonia, Polônia",
    "PT": "Portugal, Portogallo, Portugalia",
    "RO": "Romania, România, Rumänien, Roumanie",
    "RU": "Russia, Russian Federation, Россия, Российская Федерация, Russland, Russie, Rusia",
    "SE": "Sweden, Sverige, Schweden, Suède, Suecia, Svezia, Zweden, Szwecja, Ruotsi",
    "SI": "Slovenia, Slovenija, Slowenien, Slovénie",
    "SK": "Slovakia, Slovensko, Slowakei, Slovaquie",
    "TR": "Turkey, Türkiye, Türkei, Turquie, Turquía",
    "UA": "Ukraine, Україна, Ucrania",
    "US": "United States, United States of America, USA, U.S.A., U.S., America, Vereinigte Staaten, "
    "Vereinigte Staaten von Amerika, États-Unis, États-Unis d'Amérique, Estados Unidos, EE. UU., EEUU, Stati Uniti, "
    "Verenigde Staten, Stany Zjednoczone, Yhdysvallat, Forenede Stater",
    "ZA": "South Africa, Suid-Afrika, Südafrika, Afrique du Sud",
}
"""How people write a country: its own languages, English, and those of its neighbours."""


def _key(name: str) -> str:
    words = fold(name[:MAX_NAME])
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _listed() -> Iterator[tuple[str, str]]:
    """(code, English name) of every country, as the time zone data has them; none where a system ships it without."""
    with suppress(OSError, ModuleNotFoundError, UnicodeDecodeError):
        for line in files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8").splitlines():
            code, _, name = line.partition("\t")
            if len(code) == 2 and code.isalpha():
                yield code, name


@cache
def _codes() -> dict[str, str]:
    """Folded name to code; a code stands for itself."""
    every = {_key(word): code for code, name in _listed() for word in (code, name)}
    own = {_key(name): code for code, names in _NAMES.items() for name in (code, *names.split(", "))}
    return every | own


def code_of(name: str) -> str | None:
    """The country of a name or a code as people write it; None where it is none that we know."""
    return _codes().get(_key(name)) if name.strip() else None


def calling(number: str) -> str | None:
    """The country of a phone number that begins with + and a code."""
    with suppress(phonenumbers.NumberParseException):
        if number.lstrip().startswith("+"):
            parsed = phonenumbers.parse(number[:MAX_NAME], None)
            code = phonenumbers.region_code_for_number(parsed) or phonenumbers.region_code_for_country_code(
                parsed.country_code or 0
            )
            return code if code and len(code) == 2 and code.isalpha() and code != "ZZ" else None
    return None
