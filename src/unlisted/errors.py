"""Every error that `unlisted` raises on purpose.

    UnlistedError
    ├── BadInput            something that the person wrote is wrong: one line, exit code 2
    │   ├── SubjectError    the subject file: names table, position and key
    │   ├── CardError       a check's card: names the file
    │   ├── DataError       a register's entry: names the file and the field
    │   └── OutputError     a place to write to that cannot be written
    └── NotRead             something that was read cannot be used: becomes a `NotChecked`
        ├── FetchError      an address that gave nothing usable
        ├── TooLarge        a limit was reached
        └── Malformed       bytes that are not what they claim to be

Messages name the file or the address, what is wrong and what to do. They never hold a value of a person.
"""

from __future__ import annotations


class UnlistedError(Exception):
    """The root: catching it catches everything that is meant to be caught."""


class BadInput(UnlistedError):  # noqa: N818  (the name says what it is to the person)
    """Something that the person wrote or asked for is wrong."""


class SubjectError(BadInput):
    """The subject file cannot be used."""


class CardError(BadInput):
    """The card of a check cannot be used."""


class DataError(BadInput):
    """An entry of a register cannot be used."""


class OutputError(BadInput):
    """What was asked for cannot be written there."""


class NotRead(UnlistedError):  # noqa: N818
    """Something that was read cannot be used; the audit goes on and says so.

    `reason` is a short plain sentence without any value: it is shown in the report.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FetchError(NotRead):
    """An address gave nothing usable."""


class TooLarge(NotRead):
    """A limit was reached."""


class Malformed(NotRead):
    """The bytes are not what they claim to be."""
