"""A letter in a language other than English: its sentences put in their places, part by part, before lines are wrapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unlisted.remedy.languages import Frame, Words
from unlisted.remedy.quote import Person

Values = Mapping[str, str]


def fill(frame: Frame, words: Words, writer: Person, values: Values, *, post: Sequence[str], part: str) -> str:
    """The letter with its four parts marked by `part`.

    `values`: what stands for the words in braces: to, date, reference, subject, blank, cited, law_source, deadline, extras,
    earlier_date, earlier_reference; an empty one is left out with its sentence.
    """
    known = {**values, "part": part, "name": writer.name or values["blank"]}
    known |= _about(frame, writer, known)
    known["law"] = (words.law or frame.law).format_map(known) if known["cited"] else ""
    sender = [frame.name.format_map(known), *_replies(frame, writer, known)]
    recipient = [frame.to.format_map(known), *(f"    {line}" for line in post)]
    head = [line.format_map(known) for line in (frame.date, frame.reference, frame.subject)]
    body = [
        frame.hello,
        words.object.strip("\n").format_map(known),
        words.ask.strip("\n").format_map(known),
        known["extras"],
        *(_closing(frame, known) if not words.short else ()),
        frame.quote.format_map(known),
        frame.regards,
        known["blank"],
        "--\n" + "\n".join(_small_print(frame, known)),
    ]
    parts = ("\n".join(lines) for lines in (sender, recipient, head))
    return f"\n\n{part}".join((*parts, "\n\n".join(piece for piece in body if piece.strip()))) + "\n"


def _replies(frame: Frame, writer: Person, known: Values) -> list[str]:
    lines = [frame.reply.format_map({**known, "reply": line}) for line in writer.reply]
    return lines or [frame.reply_blank.format_map(known)]


def _about(frame: Frame, writer: Person, known: Values) -> dict[str, str]:
    """The page or pages, their addresses and the name on them; blanks where none may be told."""
    addresses = "\n".join(f"  {record.address or known['blank']}" for record in writer.records) or f"  {known['blank']}"
    shown = frame.shown_name.format_map({**known, "name": writer.shown_name}) if writer.shown_name else ""
    told = f"{frame.about}\n\n{addresses}\n\n{shown}" if writer.records else ""
    return {
        "page": frame.pages if len(writer.records) > 1 else frame.page,
        "addresses": addresses,
        "shown": shown,
        "about": told,
        "earlier": frame.earlier.format_map(known),
    }


def _closing(frame: Frame, known: Values) -> tuple[str, str]:
    return (frame.answer if known["deadline"] else frame.done).format_map(known), frame.use


def _small_print(frame: Frame, known: Values) -> list[str]:
    named = [frame.law_named.format_map(known)] if known["cited"] else []
    return [*named, frame.no_advice]
