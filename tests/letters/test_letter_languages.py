"""Letters in the recipient's language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from random import Random

import pytest
from pydantic import ValidationError

from unlisted.data.loader import Register, authorities, laws
from unlisted.data.schema import Directory, From
from unlisted.errors import BadInput
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy.authorities import recipient_of
from unlisted.remedy.directories import letters
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.languages import LANGUAGES, NOT_REVIEWED, Language, spoken
from unlisted.remedy.letters import BLANK, LINE, Letter, write
from unlisted.remedy.recipient import Recipient
from unlisted.remedy.single import Wish, draft
from unlisted.remedy.tongue import fitting, own

NOW = datetime(2026, 11, 5, tzinfo=UTC)
PAGE = "https://peekabook.example/4711"
NAME = Fact(kind="name", label="my name", value="Wren Halloway")
BORN = Fact(kind="birth_date", label="birthday", value="1990-04-01")
SUBJECT = Subject(facts=(NAME, BORN), sources=(Source(label="s", kind=SourceKind.LISTING, address=PAGE),))
RECORD = Listing(
    source="s",
    directory=None,
    host="peekabook.example",
    matched=(NAME,),
    fields=(Field(kind="name", value="Wren Halloway"),),
)
AMERICAN = ("optout", "ccpa-delete", "state-delete", "state-appeal", "dmca", "take-it-down", "daniels-law")
TRANSLATED = [kind for kind in KINDS if kind not in AMERICAN]
LONGEST = 20
"""Words of a sentence."""
RISK = {
    "de": ("belästig", "bedroh", "drohung", "polizei", "stalk", "anzeige "),
    "fr": ("harcel", "harcèl", "menace", "police", "plainte"),
    "es": ("acos", "amenaz", "policía", "denuncia"),
    "it": ("molest", "minacc", "polizia", "denunc", "stalk"),
    "nl": ("lastig", "bedreig", "politie", "aangifte", "stalk"),
    "pt": ("assédi", "assedi", "ameaç", "polícia"),
    "sv": ("trakasser", "hot,", "polis", "förfölj"),
}
"""How words begin that tell of danger."""
OTHERS = [code for code in LANGUAGES if code != "en"]
PAIRS = [(code, kind) for code in OTHERS for kind in KINDS if LANGUAGES[code].has(kind)]


def letter(
    kind: str, language: str, *, law: str | None = None, needs: tuple[str, ...] = (), allow: tuple[str, ...] = ()
) -> Letter:
    """A letter about the made-up record."""
    to = Recipient(name="Peekabook", needs=needs)
    return write(
        kind,
        subject=SUBJECT,
        recipient=to,
        record=RECORD,
        law=law,
        language=language,
        now=NOW,
        reference="ABCDE23456",
        allow=allow,
    )


def spaced(text: str) -> str:
    """The text with one plain space wherever it has room."""
    return f"{' '.join(text.split())} "


def test_eight_languages() -> None:
    """English and seven more, each with every letter but those that stand on the law of the United States."""
    assert set(LANGUAGES) == {"en", "de", "fr", "es", "it", "nl", "pt", "sv"}
    assert {(code, kind) for code in OTHERS for kind in TRANSLATED} == set(PAIRS)


@pytest.mark.parametrize("language", OTHERS)
def test_every_law_that_these_letters_name_has_words(language: str) -> None:
    """The law of the EU can be cited in each language for each right that a translated letter asks for."""
    needed = {right for kind in TRANSLATED for right in KINDS[kind].rights} & set(laws()["eu-gdpr"].cite)
    assert needed <= set(laws()["eu-gdpr"].cite_in[language])
    assert all("notice" in laws()[law].cite_in[language] for law in ("eu-gdpr-12-6", "eu-dsa-16"))


@pytest.mark.parametrize(("language", "kind"), PAIRS)
def test_a_translated_letter(language: str, kind: str) -> None:
    """It holds the record and the reference, leaves the same blanks, no English sentence, and is laid out alike."""
    found = letter(kind, language)
    about = KINDS[kind].quotes_record and not KINDS[kind].third_party
    assert (f"\n  {PAGE}\n" in found.text, "Wren Halloway." in found.text) == (about, about)
    assert found.text.count("ABCDE23456") == letter(kind, "en").text.count("ABCDE23456")
    assert "{" not in found.text
    assert found.text.count(BLANK) == letter(kind, "en").text.count(BLANK)
    assert not any(word in found.text.split() for word in ("Please", "the", "your"))
    assert all(len(line) <= LINE for line in found.text.splitlines())
    assert "\n\n\n" not in found.text
    assert (found.language, found.disclosed) == (language, ())


@pytest.mark.parametrize(("language", "kind"), PAIRS)
def test_a_translated_letter_has_the_parts_of_the_english_one(language: str, kind: str) -> None:
    """It has as many paragraphs, and the same lines to fill in and items of lists: nothing is left out."""

    def items(text: str) -> list[bool]:
        return [line.strip() == BLANK for line in text.splitlines() if line.startswith("  ")]

    ours, english = letter(kind, language).text, letter(kind, "en").text
    assert items(ours) == items(english)
    assert ours.count("\n\n") == english.count("\n\n")


@pytest.mark.parametrize(("language", "kind"), PAIRS)
def test_translated_sentences_are_short_and_calm(language: str, kind: str) -> None:
    """No sentence has more than twenty words or shouts; danger is told by the two kinds that may tell it, and no other."""
    found = letter(kind, language)
    words = found.text.split("\n--\n")[0].replace(BLANK, "").replace("\n\n", ". ")
    assert [s for s in re.split(r"[.:;?](?=\s)", " ".join(words.split())) if len(s.split()) > LONGEST] == []
    assert "!" not in words
    told = [start for start in RISK[language] if start in f"{found.subject_line}\n{words}".lower()]
    assert bool(told) == KINDS[kind].speaks_of_risk, told


@pytest.mark.parametrize(("language", "kind"), PAIRS)
def test_a_translation_without_review_says_so(language: str, kind: str) -> None:
    """The writer is told that nobody has reviewed the translation; the recipient is not."""
    found = letter(kind, language)
    assert found.notes[0] == NOT_REVIEWED
    assert NOT_REVIEWED not in found.text
    assert NOT_REVIEWED not in letter(kind, "en").notes


def test_no_sign_stands_alone_in_a_line_of_french() -> None:
    """French has room before some signs, and no line is broken there."""
    alone = [
        line for kind in TRANSLATED for line in letter(kind, "fr").text.splitlines() if line.startswith((":", ";", "?"))
    ]
    assert alone == []
    french = LANGUAGES["fr"].model_dump_json()
    assert re.search(r" [:;?!»]", french) is None
    assert "\u00a0:" in french


@pytest.mark.parametrize("language", OTHERS)
def test_the_law_in_the_language(language: str) -> None:
    """The law is cited in the words of the language, with its deadline."""
    found = letter("erasure", language, law="eu-gdpr")
    words = " ".join(found.text.split())
    assert words.count(laws()["eu-gdpr"].cite_in[language]["erasure"]) == 2
    assert LANGUAGES[language].written(date(2026, 12, 5)) in words


def test_what_is_added_is_named_in_the_language() -> None:
    """A birth date that was asked for and signed off stands under its word in the language."""
    found = letter("erasure", "de", needs=("birth_date",), allow=("birthday",))
    assert "Geburtsdatum: 1990-04-01" in found.text
    assert found.disclosed == ("birthday",)


@pytest.mark.parametrize("language", OTHERS)
def test_what_was_signed_off_takes_the_place_of_its_blank(language: str) -> None:
    """A phone number that was signed off stands in the sheet, one that was not is a blank; and so the name."""
    phone = Fact(kind="phone", label="mobile", value="+44 7700 900123")
    sheet = partial(
        write,
        "police-sheet",
        subject=Subject(facts=(NAME, phone)),
        recipient=Recipient(name="The police", elsewhere=True),
        language=language,
        now=NOW,
        reference="ABCDE23456",
    )
    told, silent = sheet(allow=("my name", "mobile")), sheet()
    assert told.text.count(": +44 7700 900123") == 1
    assert told.text.count("Wren Halloway") == 1
    assert told.text.count(BLANK) == silent.text.count(BLANK) - 2
    assert ("0123" in silent.text, "Wren" in silent.text) == (False, False)
    assert (told.disclosed, silent.disclosed) == (("my name", "mobile"), ())


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "5 November 2026"), ("de", "05.11.2026"), ("fr", "05/11/2026"), ("nl", "05-11-2026"), ("sv", "2026-11-05")],
)
def test_dates(language: str, words: str) -> None:
    """A date is written as the language has it."""
    assert LANGUAGES[language].written(NOW.date()) == words


GERMAN = Directory.model_validate(
    {
        "id": "peekabook",
        "names": ("Peekabook",),
        "kind": "phone_book",
        "domains": ("peekabook.example",),
        "countries": ("DE",),
        "quality": "imported",
        "source": (From(name="made up"),),
    }
)


@pytest.mark.parametrize(
    ("changes", "kind", "law", "language"),
    [
        ({}, "erasure", "eu-gdpr", "de"),
        ({"language": "fr"}, "erasure", "eu-gdpr", "fr"),
        ({"countries": ("DE", "AT")}, "erasure", "eu-gdpr", "de"),
        ({"countries": ("DE", "FR")}, "erasure", "eu-gdpr", "en"),
        ({"countries": ("all",)}, "erasure", "eu-gdpr", "en"),
        ({"countries": ("CH",)}, "erasure", "ch-fadp", "en"),
        ({"countries": ("AT",)}, "access", "eu-gdpr", "de"),
        ({"countries": ("AT",)}, "club", None, "de"),
        ({"countries": ("AT",)}, "dmca", "us-dmca-512", "en"),
        ({"countries": ("FR",)}, "search-delisting", "eu-gdpr", "fr"),
        ({"countries": ("NL",)}, "dsa-notice", "eu-dsa-16", "nl"),
        ({"countries": ("SE",)}, "delisting", None, "sv"),
        ({"language": "fi"}, "delisting", None, "en"),
    ],
)
def test_the_language_of_a_directory(changes: dict[str, object], kind: str, law: str | None, language: str) -> None:
    """It is the one that the register names, else that of its countries where they share one; English where we have no words."""
    assert fitting(spoken(GERMAN.model_copy(update=changes)), kind, law) == language


def test_the_letter_follows_the_recipient_and_the_copy_the_person() -> None:
    """A German site gets German; the copy is in the person's own language under the same reference, none where that is German."""

    def of(languages: tuple[str, ...], *, theirs: bool = True) -> Letter:
        subject = replace(SUBJECT, languages=languages)
        ((_, made),) = letters(
            [RECORD], subject=subject, register=Register({}, (GERMAN,)), now=NOW, rng=Random(1), their_language=theirs
        )
        return made

    english = of(("en",))
    assert (english.language, english.reference) == ("de", of(("en",), theirs=False).reference)
    assert english.copy == of(("en",), theirs=False).text
    assert of(("de-AT",)).copy is None
    assert of(("de",), theirs=False).copy == english.text
    french = of(("xx", "fr", "en")).copy
    assert french is not None
    assert "Madame, Monsieur," in french
    assert of(("en",), theirs=False).copy is None
    assert "Halloway" not in repr(english)


@pytest.mark.parametrize(
    ("authority", "kind", "language"),
    [
        ("atdsb", "complaint", "de"),
        ("bgcpdp", "complaint", "en"),
        ("atdsb", "police-sheet", "de"),
        ("atdsb", "dmca", "en"),
    ],
)
def test_an_authority_gets_its_language(authority: str, kind: str, language: str) -> None:
    """A complaint is in the language of the authority where we have words in it."""
    recipient = recipient_of(authorities()[authority])
    made = draft(Wish(kind=kind, recipient=recipient), subject=Subject(country="AT"), now=NOW, reference="ABCDE23456")
    assert made.language == language
    assert (made.copy is not None) == (language != "en")
    asked = Wish(kind=kind, recipient=recipient, language="en")
    assert draft(asked, subject=Subject(country="AT"), now=NOW, reference="ABCDE23456").copy is None


def test_the_own_language() -> None:
    """The first of the person's languages that has words for such a letter; English where none has."""
    speaks = partial(replace, SUBJECT)
    assert own(speaks(languages=("DE-at", "en")), "erasure", "eu-gdpr") == "de"
    assert own(speaks(languages=("de", "en")), "erasure", "ch-fadp") == "en"
    assert own(speaks(languages=("ar", "sv")), "club", None) == "sv"
    assert own(speaks(languages=("ar", "sv")), "optout", None) == "en"
    assert own(speaks(languages=()), "erasure", None) == "en"


def test_a_kind_that_is_not_translated() -> None:
    """A kind without words in a language is an error that lists its languages."""
    with pytest.raises(BadInput, match=r"take-it-down are written in: en$"):
        letter("take-it-down", "de")


def test_a_law_without_words_in_the_language() -> None:
    """A law is not cited in English within another language: the letter then asks without it."""
    assert letter("erasure", "de", law="ch-fadp").text == letter("erasure", "de").text


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("kind", ["club", "search-delisting", "complaint"])
def test_one_page_or_several(language: str, kind: str) -> None:
    """One address is spoken of as one, several as several; those that are new to the recipient stay blanks unless signed off."""
    frame = LANGUAGES[language].frame
    assert frame is not None
    sources = tuple(
        Source(label=label, kind=SourceKind.LISTING, address=f"{PAGE}{number}") for number, label in enumerate("st")
    )
    of = partial(
        write,
        kind,
        subject=Subject(facts=(NAME,), sources=sources),
        recipient=Recipient(name="Peekabook"),
        language=language,
        now=NOW,
        reference="ABCDE23456",
    )
    one, both = [replace(RECORD, source="s")], [replace(RECORD, source=label) for label in "st"]
    singular, plural = of(record=one, allow=("s",)), of(record=both, allow=("s", "t"))
    assert spaced(f"{frame.address} {PAGE}0 ") in spaced(singular.text)
    assert spaced(f"{frame.addresses} {PAGE}0 {PAGE}1 ") in spaced(plural.text)
    silent = of(record=both).text
    assert (PAGE in silent) == (kind == "club")
    assert (f"\n  {frame.by_hand.format(blank=BLANK)}\n" in silent) == (kind != "club")


@pytest.mark.parametrize("language", OTHERS)
def test_several_pages_and_no_way_to_answer(language: str) -> None:
    """Two records are spoken of as two, each with its address; without a way to answer there is a blank for it."""
    frame = LANGUAGES[language].frame
    assert frame is not None
    records = [replace(RECORD, source=label) for label in ("s", "t")]
    sources = tuple(
        Source(label=label, kind=SourceKind.LISTING, address=f"{PAGE}{number}") for number, label in enumerate("st")
    )
    made = write(
        "delisting",
        subject=Subject(facts=(NAME,), sources=sources),
        recipient=Recipient(name="Peekabook", post=("1 Quay", "Marrow Bay")),
        record=records,
        language=language,
        now=NOW,
        reference="ABCDE23456",
    )
    flat = spaced(made.text)
    assert (spaced(frame.pages) in flat, spaced(frame.page) in flat) == (True, False)
    assert f"\n  {PAGE}0\n  {PAGE}1\n" in made.text
    assert "Peekabook\n    1 Quay\n    Marrow Bay\n" in made.text
    assert spaced(frame.reply_blank.format(blank=BLANK)) in flat


@pytest.mark.parametrize("language", OTHERS)
def test_what_follows_names_the_first_letter(language: str) -> None:
    """A reminder, a complaint and the letter that it is back give day and reference of the first; unknown ones are blanks."""
    draft = partial(
        write,
        subject=SUBJECT,
        recipient=Recipient(name="A"),
        record=RECORD,
        now=NOW,
        language=language,
        reference="ABCDE23456",
    )
    for kind in ("reminder", "it-is-back", "identity-reply", "complaint"):
        first = draft(kind, earlier=("FIRST23456", date(2026, 9, 1)))
        assert "FIRST23456" in first.text
        assert LANGUAGES[language].written(date(2026, 9, 1)) in first.text
        assert draft(kind).text.count(BLANK) == first.text.count(BLANK) + 2


def test_a_file_of_sentences_with_a_mistake() -> None:
    """A sentence that is missing, empty or unknown is an error and no letter with a hole."""
    whole = LANGUAGES["de"].model_dump()
    frame = whole["frame"]
    for wrong in ({**frame, "hello": ""}, {**frame, "extra": "x"}, {k: v for k, v in frame.items() if k != "quote"}):
        with pytest.raises(ValidationError):
            Language.model_validate({**whole, "frame": wrong})
