"""What goes with letters: reminders for a calendar, a table, and one ZIP. Neutral in its names, the same bytes each time."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from unlisted.model import LetterOffer
from unlisted.remedy.letters import Letter
from unlisted.remedy.pdf import NoSignError

Written = tuple[LetterOffer, Letter]
CALENDAR = "look-again.ics"
TABLE = "letters.csv"
REMIND_AFTER = timedelta(days=14)
"""When to look again where the law names no day."""
_COLUMNS = ("reference", "file", "kind", "recipient", "written_on", "look_again_on", "law", "told", "how_to_send")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def look_again(letter: Letter, now: datetime) -> date:
    """The day after the last day for an answer; two weeks from now where there is none."""
    return letter.answer_by + timedelta(days=1) if letter.answer_by is not None else now.date() + REMIND_AFTER


def ics(letters: Sequence[Letter], *, now: datetime) -> bytes:
    """Reminders of letters for a calendar. `now` must be aware."""
    return calendar([(letter.reference, look_again(letter, now)) for letter in letters], now=now)


def calendar(days: Sequence[tuple[str, date]], *, now: datetime) -> bytes:
    """Reminders for a calendar, each (reference, day): the reference alone, since others may see it. `now` must be aware."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//unlisted//letters//EN"]
    for reference, day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{reference}@unlisted.invalid",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:Look again: {reference}",
            "TRANSP:TRANSPARENT",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"]).encode("ascii")


def table(written: Sequence[Written], *, now: datetime) -> str:
    """A table of the letters (CSV): which, to whom, when to look again, and the labels of what they tell. It holds no value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for offer, letter in written:
        cells = (
            letter.reference,
            offer.file_name,
            letter.kind,
            offer.recipient,
            now.date().isoformat(),
            look_again(letter, now).isoformat(),
            letter.law or "",
            "; ".join(letter.disclosed),
            " ".join(offer.steps),
        )
        writer.writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(words: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def files(written: Sequence[Written], *, now: datetime, paper: str | None = None) -> dict[str, bytes]:
    """Name to bytes: each letter as text and as a draft (on `paper`: as PDF too), the reminders and the table.

    A letter with a sign that no font at hand has comes without a PDF; `without_pdf` names those. No letters, no files.

    Raises:
        BadInput: see `Letter.pdf`.
    """
    if not written:
        return {}
    made: dict[str, bytes] = {}
    for offer, letter in written:
        stem = offer.file_name.removesuffix(".txt")
        made[offer.file_name] = letter.text.encode()
        made[f"{stem}.eml"] = letter.eml
        if letter.copy is not None:
            made[f"{stem}-to-read.txt"] = letter.copy.encode()
        if paper is not None:
            with suppress(NoSignError):
                made[f"{stem}.pdf"] = letter.pdf(paper)
    made[CALENDAR] = ics([letter for _, letter in written], now=now)
    made[TABLE] = table(written, now=now).encode(errors="replace")
    return made


def without_pdf(written: Sequence[Written], made: Iterable[str]) -> tuple[str, ...]:
    """The file names of the letters that have no PDF among the names of the files that were made."""
    names = set(made)
    return tuple(offer.file_name for offer, _ in written if f"{offer.file_name.removesuffix('.txt')}.pdf" not in names)


def bundle(made: Mapping[str, bytes]) -> bytes:
    """One ZIP with these files, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o600 << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
