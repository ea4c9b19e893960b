"""What was asked and what became of it, in one file that the person names; without it nothing is kept.

The file holds references, recipients, labels and days: no value of the person, no address of a page, no letter. The words
for an answer are those of the Data Rights Protocol. The tracker says "asked", "hidden", "gone on DAY", never "deleted".
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from unlisted.errors import BadInput
from unlisted.model import LetterOffer
from unlisted.remedy.forms import look_again
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.laws import deadline, law
from unlisted.remedy.letters import Letter, right_of

REMINDER_DAYS = 14
"""Days between a reminder and a complaint."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS request (
    reference TEXT PRIMARY KEY, kind TEXT NOT NULL, recipient TEXT NOT NULL, source TEXT NOT NULL,
    law TEXT, asked_on TEXT NOT NULL, look_on TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS event (
    number INTEGER PRIMARY KEY, reference TEXT NOT NULL REFERENCES request, day TEXT NOT NULL, what TEXT NOT NULL, reason TEXT
);
"""
_COLUMNS = {
    "request": "reference, kind, recipient, source, law, asked_on, look_on",
    "event": "number, reference, day, what, reason",
}
NOT_OURS = "this file cannot be used to keep track; name a new one"
NO_ROOM = "nothing can be written there; is the disk full?"
FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
PRIMARY = 0xFF
"""The part of an error's number that says what it is; the rest says where it came up."""
UNKEPT = "nothing can be kept in this file; is it full, in use, or another program's? name a new one"
FIRST_YEAR, LAST_YEAR = 1970, 2999
"""Years of a day that is typed: beyond them, adding the time for an answer would leave the calendar."""


LONGEST = 100
"""Years that a time for an answer may add to it in the file."""


def day_of(words: str, *, last: int = LAST_YEAR) -> date:
    """A day like 2026-11-21. Raises ValueError."""
    day = date.fromisoformat(words)
    if not FIRST_YEAR <= day.year <= last:
        raise ValueError("a year beyond all that letters are about")
    return day


class Status(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    ASKED_FOR_MORE = "need user verification"
    FULFILLED = "fulfilled"
    DENIED = "denied"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Seen(StrEnum):
    """What a look at the same page showed."""

    GONE = "gone"
    STILL_THERE = "still there"
    CHANGED = "changed"
    COULD_NOT_LOOK = "could not look"


DENIALS = ("fraud", "not enough verification", "no match", "not covered", "outside jurisdiction", "too many", "other")
_REMINDED = "reminded"
_COMPLAINED = "complained"
_EXTENDED = "extended"
_WAITING = frozenset({Status.OPEN, Status.IN_PROGRESS, Status.ASKED_FOR_MORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """One request: when it was asked, when to look again, the last answer and its day, the last look.

    `look_on` is the later day where they said in time that they need longer (`extended`) and the law gives them that.
    """

    reference: str
    kind: str
    recipient: str
    source: str
    law: str | None
    asked_on: date
    look_on: date
    status: Status = Status.OPEN
    reason: str | None = None
    answered_on: date | None = None
    extended: bool = False
    seen: Seen | None = None
    seen_on: date | None = None
    reminded_on: date | None = None
    complained_on: date | None = None

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come, and the page is not known to be gone."""
        return self.status in _WAITING and self.seen is not Seen.GONE

    @property
    def hidden(self) -> bool:
        """Whether the page is out of the search or the archive, as they say; the page itself is still where it was."""
        return self.status is Status.FULFILLED and self.kind in KINDS and KINDS[self.kind].hides

    @property
    def words(self) -> str:
        """Where it stands, in a sentence part."""
        if self.seen is Seen.GONE:
            return f"gone on {self.seen_on}"
        if self.hidden:
            return f"asked on {self.asked_on}, hidden on {self.answered_on}"
        if self.seen is not None:
            return f"asked on {self.asked_on}, {self.seen} on {self.seen_on}"
        return f"asked on {self.asked_on}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something to do now: `action` is remind, complain or look again."""

    reference: str
    action: str
    since: date
    complain_to: str | None = None


class Tracker:
    """The file, opened. Used with `with`: it is whole after every call, also if the machine stops."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made = False
        try:
            self._made = not path.exists()
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._file = sqlite3.connect(path, isolation_level=None)
            self._open()
        except (OSError, ValueError, sqlite3.Error) as error:
            with suppress(AttributeError):
                self._file.close()
            if self._made:  # nothing half made stays
                for end in ("", "-journal", "-wal", "-shm"):
                    with suppress(OSError, ValueError):
                        path.with_name(path.name + end).unlink(missing_ok=True)
            why = NO_ROOM if getattr(error, "sqlite_errorcode", 0) & PRIMARY in FULL else NOT_OURS
            raise BadInput(f"{path.name}: {why}") from error

    def _open(self) -> None:
        """Make it ready. Raises ValueError before anything is changed where another program made the file."""
        tables = {name for (name,) in self._file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and not tables >= _COLUMNS.keys():
            raise ValueError("it is another program's")
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=FULL")
        self._file.execute("PRAGMA foreign_keys=ON")
        self._file.executescript(_SCHEMA)
        for table, columns in _COLUMNS.items():
            self._file.execute(f"SELECT {columns} FROM {table} LIMIT 0")  # noqa: S608  (constants)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        empty = error is not None and self._made and self._empty()
        self._file.close()
        if empty:
            with suppress(OSError):
                self._path.unlink()

    def _empty(self) -> bool:
        """Whether nothing is kept yet: a command that failed leaves no file behind."""
        try:
            return self._file.execute("SELECT 1 FROM request LIMIT 1").fetchone() is None
        except sqlite3.Error:
            return False

    def add(self, offer: LetterOffer, letter: Letter, *, now: datetime) -> None:
        """Keep that this was asked. Adding the same reference again changes nothing."""
        row = (letter.reference, letter.kind, _storable(offer.recipient), _storable(offer.source), letter.law)
        days = (now.date().isoformat(), look_again(letter, now).isoformat())
        query = f"INSERT INTO request ({_COLUMNS['request']}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  (a constant)
        try:
            self._file.execute(f"{query} ON CONFLICT (reference) DO NOTHING", (*row, *days))
        except sqlite3.Error as error:
            raise BadInput(UNKEPT) from error

    def answer(self, reference: str, status: Status, *, now: datetime, reason: str | None = None) -> None:
        """Keep an answer. A denial needs one of the known reasons."""
        if (status is Status.DENIED) != (reason in DENIALS):
            raise BadInput(f"a denial has one of these reasons, and nothing else has one: {', '.join(DENIALS)}")
        self._event(reference, status.value, now, reason)

    def extended(self, reference: str, *, now: datetime) -> None:
        """Keep that they said in time that they need longer.

        Raises:
            BadInput: the law of the request gives no longer time, or there is no such request.
        """
        asked = next((each for each in self.requests() if each.reference == reference), None)
        if asked is not None and _later(asked.kind, asked.law, asked.asked_on) is None:
            raise BadInput("the law of this request gives them no longer time that we know of")
        self.answer(reference, Status.IN_PROGRESS, now=now)
        self._event(reference, _EXTENDED, now)

    def look(self, reference: str, seen: Seen, *, now: datetime) -> None:
        """Keep what a look at the page showed."""
        self._event(reference, seen.value, now)

    def reminded(self, reference: str, *, now: datetime) -> None:
        """Keep that a reminder was sent."""
        self._event(reference, _REMINDED, now)

    def complained(self, reference: str, *, now: datetime) -> None:
        """Keep that a complaint was sent."""
        self._event(reference, _COMPLAINED, now)

    def _event(self, reference: str, what: str, now: datetime, reason: str | None = None) -> None:
        try:
            row = (reference, now.date().isoformat(), what, reason)
            self._file.execute("INSERT INTO event (reference, day, what, reason) VALUES (?, ?, ?, ?)", row)
        except sqlite3.IntegrityError as error:
            raise BadInput("no request with this reference is kept in the file") from error
        except sqlite3.Error as error:
            raise BadInput(UNKEPT) from error

    def requests(self) -> tuple[Tracked, ...]:
        """All requests, in the order in which they were asked."""
        try:
            with closing(self._file.execute(f"SELECT {_COLUMNS['request']} FROM request ORDER BY rowid")) as rows:  # noqa: S608  (a constant)
                return tuple(self._tracked(row) for row in rows.fetchall())
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise BadInput("the file holds something that this program did not write; name a new one") from error

    def _tracked(self, row: tuple[str, str, str, str, str | None, str, str]) -> Tracked:
        if not all(isinstance(value, str) for value in (*row[:4], row[4] or "", *row[5:])):
            raise TypeError("a value of another type")
        query = "SELECT day, what, reason FROM event WHERE reference = ? ORDER BY number"
        events = self._file.execute(query, (row[0],)).fetchall()
        answers = [(Status(what), reason, _kept(day)) for day, what, reason in events if what in set(Status)]
        extended = any(what == _EXTENDED for _, what, _ in events)
        asked_on, look_on = _kept(row[5]), _kept(row[6])
        longer = _later(row[1], row[4], asked_on) if extended else None
        looks = [(Seen(what), _kept(day)) for day, what, _ in events if what in set(Seen)]
        reminders = [_kept(day) for day, what, _ in events if what == _REMINDED]
        complaints = [_kept(day) for day, what, _ in events if what == _COMPLAINED]
        status, reason, answered_on = answers[-1] if answers else (Status.OPEN, None, None)
        seen, seen_on = looks[-1] if looks else (None, None)
        return Tracked(
            reference=row[0],
            kind=row[1],
            recipient=row[2],
            source=row[3],
            law=row[4],
            asked_on=asked_on,
            look_on=longer or look_on,
            status=status,
            reason=reason,
            answered_on=answered_on,
            extended=extended,
            seen=seen,
            seen_on=seen_on,
            reminded_on=reminders[-1] if reminders else None,
            complained_on=complaints[-1] if complaints else None,
        )

    def due(self, now: datetime) -> tuple[Due, ...]:
        """What is to do on this day, the longest overdue first."""
        found = [each for request in self.requests() if (each := due_of(request, now.date())) is not None]
        return tuple(sorted(found, key=lambda each: (each.since, each.reference)))


def _kept(words: str) -> date:
    """A day that is kept."""
    return day_of(words, last=LAST_YEAR + LONGEST)


def _storable(words: str) -> str:
    """The words without half a surrogate pair, which no file can hold."""
    return words.encode("utf-8", "replace").decode()


def due_of(request: Tracked, today: date) -> Due | None:
    """What is to do about one request, or None if nothing yet.

    No answer: remind, then complain where the law names someone, else look again. A no: complain, or look again. Where they
    say that it is done and the page still shows the person, it goes on as if they had not answered.
    """
    if request.seen is Seen.GONE or request.status is Status.REVOKED or request.complained_on is not None:
        return None
    unkept = request.status is Status.FULFILLED and request.seen is Seen.STILL_THERE and not _elsewhere(request)
    first = request.seen_on if unkept and request.seen_on else request.look_on
    if request.status in _WAITING or unkept:
        return _chase(request, first, today)
    whom = _complain_to(request)
    if request.status is Status.DENIED and whom and request.answered_on:
        since = request.answered_on
        due = Due(reference=request.reference, action="complain", since=since, complain_to=whom)
        return due if since <= today else None
    looked = first > today or request.seen is not None
    return None if looked else Due(reference=request.reference, action="look again", since=first)


def _chase(request: Tracked, first: date, today: date) -> Due | None:
    """What is to do where no answer came: first a reminder, then a complaint or another look."""
    if request.reminded_on is None:
        return Due(reference=request.reference, action="remind", since=first) if first <= today else None
    since = _after_reminder(request.law, request.reminded_on)
    if since > today:
        return None
    whom = _complain_to(request)
    return Due(reference=request.reference, action="complain" if whom else "look again", since=since, complain_to=whom)


def _after_reminder(law_id: str | None, reminded_on: date) -> date:
    """The day after the time that a reminder gives; where the firm has to hear the complaint first, the law says how long."""
    entry = law(law_id) if law_id else None
    last = deadline(entry, reminded_on, right="firm_complaint") if entry and "firm_complaint" in entry.times else None
    return last + timedelta(days=1) if last else reminded_on + timedelta(days=REMINDER_DAYS)


def _complain_to(request: Tracked) -> str | None:
    """Who takes a complaint about this request, by its law; nobody where it is itself a complaint."""
    kind = KINDS.get(request.kind)
    itself = kind is not None and "complaint" in kind.rights
    return law(request.law).complain_to if request.law and not itself else None


def _elsewhere(request: Tracked) -> bool:
    """Whether it was asked of someone who does not show the page: that it is still there breaks no word."""
    kind = KINDS.get(request.kind)
    return kind is not None and kind.third_party


def _later(kind_id: str, law_id: str | None, asked_on: date) -> date | None:
    """The day to look again where they take the longer time of the law; None where it gives none."""
    kind = KINDS.get(kind_id)
    if law_id is None or kind is None:
        return None
    entry = law(law_id)
    last = deadline(entry, asked_on, right=right_of(kind, entry), extended=True)
    return last + timedelta(days=1) if last else None
