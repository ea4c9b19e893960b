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
    known = {**values, "part": part}
    known |= _shared(frame, writer, known) | _about(frame, writer, known)
    known["law"] = (words.law or frame.law).format_map(known) if known["cited"] else ""
    sender = [known["name"], *_replies(frame, writer, known)]
    recipient = [frame.to.format_map(known), *(f"    {line}" for line in post)]
    head = [line.format_map(known) for line in (frame.date, frame.reference, frame.subject)]
    body = [
        frame.hello,
        words.object.strip("\n").format_map(known),
        words.ask.strip("\n").format_map(known),
        f"{frame.more}\n\n{known['extras']}" if known["extras"] else "",
        words.close.format_map(known),
        frame.regards,
        known["blank"],
        "--\n" + "\n".join(_small_print(frame, known)),
    ]
    parts = ("\n".join(lines) for lines in (sender, recipient, head))
    return f"\n\n{part}".join((*parts, "\n\n".join(piece for piece in body if piece.strip()))) + "\n"


def _shared(frame: Frame, writer: Person, known: Values) -> dict[str, str]:
    """The sentences that a kind may ask for: one with the value where it may be told, else one with a blank for it."""
    answer = frame.answer if known["deadline"] else frame.done
    phone = frame.my_phone if writer.phone else frame.my_phone_blank
    name = frame.name if writer.name else frame.name_blank
    return {
        "name": name.format_map({**known, "name": writer.name}),
        "phone": phone.format_map({**known, "phone": writer.phone}),
        "earlier": frame.earlier.format_map(known),
        "answer": answer.format_map(known),
        "use": frame.use,
        "quote": frame.quote.format_map(known),
    }


def _replies(frame: Frame, writer: Person, known: Values) -> list[str]:
    lines = [frame.reply.format_map({**known, "reply": line}) for line in writer.reply]
    return lines or [frame.reply_blank.format_map(known)]


def _about(frame: Frame, writer: Person, known: Values) -> dict[str, str]:
    """The page or pages, their addresses and the name on them; blanks where none may be told."""
    by_hand, several = frame.by_hand.format_map(known), len(writer.records) > 1
    addresses = "\n".join(f"  {record.address or by_hand}" for record in writer.records) or f"  {by_hand}"
    shown = frame.shown_name.format_map({**known, "name": writer.shown_name}) if writer.shown_name else ""
    listed = f"{addresses}\n\n{shown}"
    return {
        "page": f"{frame.pages if several else frame.page}\n\n{listed}",
        "its_address": f"{frame.addresses if several else frame.address}\n\n{listed}",
        "about": f"{frame.about}\n\n{listed}" if writer.records else "",
    }


def _small_print(frame: Frame, known: Values) -> list[str]:
    named = [frame.law_named.format_map(known)] if known["cited"] else []
    return [*named, frame.no_advice]
