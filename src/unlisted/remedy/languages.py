"""The languages of letters: dates and subject lines; the sentences stand in templates/letters, one file a kind and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NOT_REVIEWED = "No speaker of the language has reviewed this translation. Read the English copy before you send it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: `day` is a format of day, month and year.

    `subjects` are the subject lines by kind (None: all kinds, as the kind has it). `birth_date` and `phone` name what a
    letter may add. `reviewed`: whether somebody who speaks it has read the sentences.
    """

    name: str
    day: str
    subjects: Mapping[str, str] | None = None
    birth_date: str
    phone: str
    reviewed: bool = False

    def has(self, kind: str) -> bool:
        """Whether letters of this kind are written in it."""
        return self.subjects is None or kind in self.subjects

    def written(self, day: date) -> str:
        """A day as a letter has it, whatever the machine's language is."""
        return self.day.format(d=day.day, m=day.month, y=day.year, month=_MONTHS[day.month - 1])


def _subjects(delisting: str, erasure: str) -> dict[str, str]:
    return {"delisting": delisting, "erasure": erasure}


LANGUAGES: Mapping[str, Language] = {
    "en": Language(name="English", birth_date="Birth date", phone="Phone number", day="{d} {month} {y}", reviewed=True),
    "de": Language(
        name="German",
        birth_date="Geburtsdatum",
        phone="Telefonnummer",
        day="{d:02}.{m:02}.{y}",
        subjects=_subjects("Bitte entfernen Sie eine Seite über mich", "Antrag auf Löschung meiner Daten"),
    ),
    "fr": Language(
        name="French",
        birth_date="Date de naissance",
        phone="Numéro de téléphone",
        day="{d:02}/{m:02}/{y}",
        subjects=_subjects("Merci de retirer une page à mon sujet", "Demande d'effacement de mes données"),
    ),
    "es": Language(
        name="Spanish",
        birth_date="Fecha de nacimiento",
        phone="Número de teléfono",
        day="{d:02}/{m:02}/{y}",
        subjects=_subjects("Por favor, retiren una página sobre mí", "Solicitud de supresión de mis datos"),
    ),
    "it": Language(
        name="Italian",
        birth_date="Data di nascita",
        phone="Numero di telefono",
        day="{d:02}/{m:02}/{y}",
        subjects=_subjects("Vi prego di togliere una pagina su di me", "Richiesta di cancellazione dei miei dati"),
    ),
    "nl": Language(
        name="Dutch",
        birth_date="Geboortedatum",
        phone="Telefoonnummer",
        day="{d:02}-{m:02}-{y}",
        subjects=_subjects("Verwijder alstublieft een pagina over mij", "Verzoek om mijn gegevens te wissen"),
    ),
    "pt": Language(
        name="Portuguese",
        birth_date="Data de nascimento",
        phone="Número de telefone",
        day="{d:02}/{m:02}/{y}",
        subjects=_subjects("Peço que retirem uma página sobre mim", "Pedido de apagamento dos meus dados"),
    ),
    "sv": Language(
        name="Swedish",
        birth_date="Födelsedatum",
        phone="Telefonnummer",
        day="{y}-{m:02}-{d:02}",
        subjects=_subjects("Ta gärna bort en sida om mig", "Begäran om radering av mina uppgifter"),
    ),
}

BY_COUNTRY: Mapping[str, str] = {
    "DE": "de",
    "AT": "de",
    "LI": "de",
    "FR": "fr",
    "ES": "es",
    "IT": "it",
    "NL": "nl",
    "PT": "pt",
    "SE": "sv",
}
"""The language of the countries that have one that we write; Switzerland and Belgium have several."""
