"""The labels that directories put before the parts of a record, and what a value of each must look like."""

from __future__ import annotations

import re
from collections.abc import Callable

MAX_LABEL = 40
MAX_NAME = 80
MAX_PIECES = 60
"""Values under one label."""

_WORDS = {
    "name": "name|full name|first name|last name|surname|last, first|owner|known as|also known as|aka|aliases|maiden name"
    "|other names|vorname|nachname|familienname|nom|prénom|nom et prénom|nombre|apellidos|nombre y apellidos|nome|cognome"
    "|sobrenome|naam|achternaam|voornaam",
    "age": "age|current age|alter|âge|edad|età|idade|leeftijd",
    "birth_date": "born|birth date|date of birth|birthday|dob|year of birth|geburtsdatum|geburtstag|date de naissance|né le"
    "|née le|fecha de nacimiento|data di nascita|data de nascimento|geboortedatum",
    "address": "address|addresses|current address|home address|street address|mailing address|lives at|lives in|residence"
    "|location|lived at|lived in|has lived in|previous address|previous addresses|past addresses|address history|street"
    "|adresse|anschrift|wohnort|straße|rue|dirección|domicilio|calle|localidad|indirizzo|città|endereço|morada|adres|straat"
    "|woonplaats",
    "phone": "phone|phones|phone number|phone numbers|telephone|tel|mobile|cell|cell phone|landline|home phone|work phone"
    "|current phone|telefon|telefonnummer|rufnummer|festnetz|handy|téléphone|tél|portable|teléfono|móvil|telefono"
    "|cellulare|telefone|telemóvel|telefoon|mobiel",
    "email": "email|emails|e-mail|e-mails|email address|email addresses|e-mail address|mail|courriel|correo"
    "|correo electrónico|posta elettronica|e-mailadres",
    "relative": "relatives|related to|possible relatives|family|family members|may know|associates|possible associates"
    "|lives with|household|spouse|parents|children|siblings|neighbors|neighbours|angehörige|famille|familiares|parientes"
    "|parenti|familie",
    "employer": "employer|employment|works at|work|company|workplace|occupation|job|arbeitgeber|employeur|empresa|azienda"
    "|werkgever",
    "school": "school|schools|education|studied at|university|college|schule|hochschule|école|escuela|universidad|scuola"
    "|università",
}
LABELS = {word.casefold(): kind for kind, words in _WORDS.items() for word in words.split("|")}

_INLINE = re.compile(r"\s{0,20}([^\W\d_][^\d:\n]{1,38}?)\s{0,3}:\s{0,20}(\S[^\n]{0,500})")
_AGED = re.compile(r"\s{0,20}(age|aged|alter|âge|edad|età|leeftijd)\s{1,3}(\d{1,3})\s{0,20}", re.IGNORECASE)
_PHONE = re.compile(r"(?=\D{0,20}\d)[^\d+(]{0,20}[+(]?\d[\d\s()./\-]{6,22}")
_DATE = re.compile(r"\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}")


def label_of(text: str) -> str | None:
    """The label, lower case, that this whole text is; None where it is none."""
    if len(text) > MAX_LABEL * 2:
        return None
    word = re.sub(r"\(s\)|[:*•?]", "", " ".join(text.split())).strip().removesuffix(".").casefold()
    return word if word in LABELS else None


def inline(text: str) -> tuple[str, str] | None:
    """(label, value) of a line such as "Age: 35" or "Age 35"."""
    if aged := _AGED.fullmatch(text[:60]):
        return "age", aged[2]
    found = _INLINE.fullmatch(text[:600].rstrip())
    label = label_of(found[1]) if found else None
    return (label, found[2]) if found and label else None


def is_phone(text: str) -> bool:
    """Whether a whole text reads as a telephone number, perhaps with a short word before it."""
    text = text.strip()
    digits = sum(c.isdigit() for c in text[:60])
    return 7 <= digits <= 15 and _PHONE.fullmatch(text) is not None and not _DATE.fullmatch(text)


def is_person(text: str) -> bool:
    """Whether a whole text could be the name of a person."""
    return len(text) <= MAX_NAME and _person(" ".join(text.split())) is not None


def _age(text: str) -> str | None:
    found = re.match(r"\D{0,12}(\d{1,3})\b", text)
    return found[1] if found and 0 < int(found[1]) < 120 else None


def _digits(least: int) -> Callable[[str], str | None]:
    return lambda text: text if least <= sum(c.isdigit() for c in text) <= 20 and len(text) <= 60 else None


def _person(text: str) -> str | None:
    text = re.sub(r"[,(]?\s{0,3}\b(?:age )?\d{1,3}\)?$", "", text).strip()
    words = text.split()
    fine = 2 <= len(words) <= 5 and all(word[:1].isupper() for word in words) and not any(c.isdigit() for c in text)
    return text if fine else None


def _place(text: str) -> str | None:
    return text if 3 <= len(text) <= 200 and (any(c.isdigit() for c in text) or "," in text) else None


def _short(text: str) -> str | None:
    return text if 2 <= len(text) <= 120 else None


CHECKS: dict[str, Callable[[str], str | None]] = {
    "name": _person,
    "age": _age,
    "birth_date": _digits(2),
    "address": _place,
    "phone": _digits(7),
    "email": lambda text: text if re.fullmatch(r"[^\s@]{1,64}@[^\s@]{3,200}", text) else None,
    "relative": _person,
    "employer": _short,
    "school": _short,
}
FIELD_KINDS = {"address": "location_text", "age": "birth_date"}
_APART = {"phone": r"[,;|•\n]", "email": r"[,;|•\s]", "relative": r"[,;|•\n]", "name": r"[,;|•\n]"}


def values(kind: str, pieces: list[str]) -> list[str]:
    """The values among the pieces of text that follow a label of this kind."""
    split = _APART.get(kind)
    parts = [
        part
        for piece in pieces[:MAX_PIECES]
        for part in (re.split(split, piece) if split else [piece.replace("\n", ", ")])
    ]
    checked = (CHECKS[kind](" ".join(part.split())) for part in parts[:MAX_PIECES])
    return [value for value in checked if value]
