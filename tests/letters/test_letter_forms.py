"""What goes with letters: calendar, table, ZIP; and who takes a complaint."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from unlisted.data.loader import authorities
from unlisted.model import LetterOffer, Subject
from unlisted.remedy.authorities import authorities_of, recipient_of
from unlisted.remedy.forms import bundle, files, ics, look_again, table, without_pdf
from unlisted.remedy.laws import cards_for, law_cards
from unlisted.remedy.letters import Letter, write
from unlisted.remedy.recipient import Recipient

NOW = datetime(2026, 11, 21, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LETTER = Letter(
    kind="erasure",
    recipient="Peekabook",
    to="privacy@peekabook.example",
    subject_line="Request (ABCDE23456)",
    text="Hello\n",
    reference="ABCDE23456",
    disclosed=("alias",),
    answer_by=date(2026, 12, 21),
    law="eu-gdpr",
)
OFFER = LetterOffer(recipient="Peekabook", kind="erasure", source="listing", file_name="letter-01-peekabook.txt")


def test_when_to_look_again() -> None:
    """The day after the deadline, or two weeks on where no law names one."""
    assert look_again(LETTER, NOW) == date(2026, 12, 22)
    assert look_again(replace(LETTER, answer_by=None), NOW) == date(2026, 12, 5)


def test_calendar() -> None:
    """A reminder is one all-day event that names the reference and nothing else of the letter."""
    lines = ics([LETTER], now=NOW).decode("ascii").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for line in (
        "DTSTAMP:20261122T043000Z",
        "DTSTART;VALUE=DATE:20261222",
        "DTEND;VALUE=DATE:20261223",
        "SUMMARY:Look again: ABCDE23456",
    ):
        assert line in lines
    assert all(len(line) <= 75 for line in lines)
    assert not any(word in "\n".join(lines) for word in ("Peekabook", "Request", "erasure"))


def test_table() -> None:
    """The table has a line a letter, with labels, the way to send it, and no text of it."""
    offer = replace(OFFER, steps=("Open the form.", "Send it."))
    rows = list(csv.DictReader(io.StringIO(table([(offer, LETTER)], now=NOW))))
    assert rows == [
        {
            "reference": "ABCDE23456",
            "file": "letter-01-peekabook.txt",
            "kind": "erasure",
            "recipient": "Peekabook",
            "written_on": "2026-11-21",
            "look_again_on": "2026-12-22",
            "law": "eu-gdpr",
            "told": "alias",
            "how_to_send": "Open the form. Send it.",
        }
    ]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "\t=1", 'a"b,c\nd'])
def test_no_cell_is_a_formula(words: str) -> None:
    """A name that a spreadsheet would run stays text, in one cell."""
    rows = list(csv.DictReader(io.StringIO(table([(replace(OFFER, recipient=words), LETTER)], now=NOW))))
    assert len(rows) == 1
    assert rows[0]["recipient"].lstrip("'") == words
    assert not rows[0]["recipient"].startswith(("=", "+", "-", "@", "\t"))


def test_bundle() -> None:
    """The ZIP holds each letter as text and draft, the reminders and the table; the same bytes twice."""
    data = bundle(files([(OFFER, LETTER)], now=NOW))
    assert data == bundle(files([(OFFER, LETTER)], now=NOW))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == [
            "letter-01-peekabook.txt",
            "letter-01-peekabook.eml",
            "look-again.ics",
            "letters.csv",
        ]
        assert archive.read("letter-01-peekabook.txt") == b"Hello\n"
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o600}


def test_a_copy_to_read_is_in_the_bundle() -> None:
    """A letter in another language comes with its English copy."""
    with zipfile.ZipFile(io.BytesIO(bundle(files([(OFFER, replace(LETTER, copy="Hello"))], now=NOW)))) as archive:
        assert archive.read("letter-01-peekabook-to-read.txt") == b"Hello"


def test_authorities_of_a_country() -> None:
    """Every authority is found by its country; a country without one gives none."""
    assert [entry.country for entry in authorities_of("at")] == ["AT"]
    assert len(authorities_of("DE")) > 1
    assert authorities_of("US") == ()
    assert all(entry in authorities_of(entry.country) for entry in authorities().values())


def test_a_complaint_to_an_authority() -> None:
    """A complaint goes to the authority's own address and names the right to complain."""
    to = recipient_of(authorities_of("AT")[0])
    letter = write(
        "complaint",
        subject=Subject(),
        recipient=to,
        law="eu-gdpr",
        now=datetime(2026, 11, 21, tzinfo=UTC),
        reference="ABCDE23456",
    )
    assert letter.to == to.email
    assert to.post[0] in letter.text
    assert "Article 77" in letter.text
    assert letter.disclosed == ()


def test_every_authority_can_be_written_to() -> None:
    """Each one has at least one way to be reached."""
    assert [
        entry.id for entry in authorities().values() if not (entry.email or entry.post or entry.form or entry.web)
    ] == []


@pytest.mark.parametrize(("country", "count"), [("US", 15), ("gb", 1), ("ES", 1), ("DE", 0)])
def test_information_cards(country: str, count: int) -> None:
    """The cards of a country come with those of its states; where the sources name none there is none."""
    assert len(cards_for(country)) == count


@pytest.mark.parametrize("country", ["US", "GB", "ES", "pl"])
def test_cards_as_a_page_shows_them(country: str) -> None:
    """The whole country comes first, each card has sentences, and each says from where it is known and that it is not verified."""
    cards = law_cards(country)
    assert len(cards) == len(cards_for(country))
    assert cards[0].place == country.upper()
    assert [card.title for card in cards[1:]] == sorted(card.title for card in cards[1:])
    assert all(card.sentences and "not verified" in card.known for card in cards)


def test_recipients_are_not_mixed_up() -> None:
    """A recipient without address has none made up for it."""
    letter = write(
        "club",
        subject=Subject(),
        recipient=Recipient(name="Club"),
        now=datetime(2026, 11, 21, tzinfo=UTC),
        reference="ABCDE23456",
    )
    assert letter.to is None
    assert "@" not in letter.text


def test_no_letters_no_files() -> None:
    """Where there is no letter, there is no reminder and no table either."""
    assert files([], now=NOW) == {}


def test_a_letter_without_pdf_does_not_cost_the_others() -> None:
    """A sign that no font has costs that letter its PDF and nothing else; it is named."""
    odd = replace(LETTER, text="\u5f20\u4f1f\n", reference="ZZZZZ77777")
    written = [(OFFER, LETTER), (replace(OFFER, file_name="letter-02-peekabook.txt"), odd)]
    made = files(written, now=NOW, paper="a4")
    assert sorted(name for name in made if "02" in name) == ["letter-02-peekabook.eml", "letter-02-peekabook.txt"]
    assert made["letter-01-peekabook.pdf"].startswith(b"%PDF")
    assert without_pdf(written, made) == ("letter-02-peekabook.txt",)
