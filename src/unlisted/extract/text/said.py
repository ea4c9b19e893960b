"""What people say about themselves: birth dates, number plates, relatives, work and school."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unlisted.extract.text.fold import bag
from unlisted.extract.text.marks import BIRTH, KIN, PLATE, STUDY, WORK, Marked
from unlisted.extract.text.talk import month_names, phrase_at, said
from unlisted.model.evidence import Span

REACH = 60
"""Characters after a word like "born" in which its date is looked for."""
MAX_LOOKS = 2_000
"""Words like "born" or "plate" that are looked at in one text."""
LEAST_PLATE, MOST_PLATE = 4, 10
"""Letters and digits of a number plate."""
_ANY_PLATE = re.compile(
    r"[ :=#\"']{1,3}(?:(?:is|ist|est|es|nr|no|number)[ :.]{1,2})?"
    r"([A-ZÄÖÜ0-9]{1,8}(?:[ .·-]{1,2}(?=[A-Z0-9]*[0-9]|[A-Z]{1,3}(?!\w))[A-Z0-9]{1,6}){0,3})(?!\w)"
)
"""Capitals and figures right behind a word that announces a plate."""
MAX_NAME = 6
"""Words of an employer's or a school's name."""
_PLATE = re.compile(
    r"[A-ZÄÖÜ]{1,3}[ -]{1,3}[A-Z]{1,2}[ -]{0,2}\d{1,4}[EH]?(?!\w)|[A-Z]{1,3}[ -]?\d{1,4}[ -]?[A-Z]{1,3}(?!\w)"
    r"|\d{1,4}[ -]?[A-Z]{2,3}(?:[ -]?\d{1,3})?(?!\w)"
    r"|[A-Z]{2}[ -]?\d{2}[ -]?[A-Z]{3}(?!\w)|[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}(?!\w)|[A-Z]{2,3}[ -]?\d{3,4}(?!\w)"
    r"|[A-Z]\d[A-Z0-9]{4,6}(?!\w)"
)


_MONTH = r"([^\W\d_]{3,12}(?: fomhair)?)"
"""What may be a month's name: whether it is one, the tables say. (Two months have two words, both in Irish.)"""
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.|º)?"
_YEAR = r"(?:1[89]|20)\d\d"
_DATE = re.compile(
    rf"(?<!\d)(?:{_DAY}\s{{0,2}}[-/.]?\s{{0,2}}(?:of |de |del )?{_MONTH}\.?,?\s{{0,2}}[-/]?\s{{0,2}}"
    rf"(?:de |del |of )?(?:{_YEAR}|'?\d\d(?!\d))"
    rf"|(?<![a-z]){_MONTH}\.?\s{{1,2}}(?:the )?{_DAY},?\s{{1,3}}(?:{_YEAR})"
    rf"|\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:{_YEAR}|\d\d(?!\d))|\d{{1,2}}/\d{{1,2}},? {_YEAR}"
    rf"|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|(?:19|20)\d\d[01]\d[0-3]\d)(?!\w)"
)
"""A date in figures or with a month's name, over folded text."""
_DAY_ONLY = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s{{0,2}}(?:of |de )?{_MONTH}"
    rf"|{_MONTH}\s{{1,2}}(?:the )?\d{{1,2}}(?:st|nd|rd|th)?)(?!\w)"
)


def _first(pattern: re.Pattern[str], part: str) -> re.Match[str] | None:
    """The first date in a part of a text whose month is one."""
    match = pattern.search(part)
    while match and (match.group(1) or match.group(2) or "may") not in month_names():
        match = pattern.search(part, match.start() + 1)
    return match


_BIRTHDAYS = bag(
    "birthday bday geburtstag anniversaire cumpleanos compleanno aniversario verjaardag fodelsedag fodselsdag urodziny "
    "narozeniny syntymapaiva"
)
"""Words beside which a day without a year is a birth date."""
_ENDING = _BIRTHDAYS | bag("geboren geb")
"""Words that a birth date may stand before: "am 3. Mai 1990 geboren", "March 14 is my birthday"."""
_ENDED = re.compile(r"(?<=\w\w\w\w)[.!?]\s+\w{3,}")
"""The end of a sentence and the next one."""
_OTHER_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_TO_WORD = re.compile(r"[\s,]{1,3}(?:(?:is|ist|es|est|e|r)\s{1,2})?(?:(?:my|mein|mon|mi|il mio|o meu)\s{1,2})?")
"""What may stand between a date and the word that makes it a birth date."""
_EVENTS = ("ingreso", "alta", "admission", "married", "died")
BEFORE = 40
"""Characters before such a word in which its date is looked for."""


def births(view: Marked) -> Iterator[Span]:
    """Dates that the text itself calls a birth date."""
    taken = -1
    for index in view.where(BIRTH)[:MAX_LOOKS]:
        start = view.end(index)
        if start < taken:
            continue
        found = _date_after(view, index) or (_date_before(view, index) if view.words[index] in _ENDING else None)
        if found:
            taken = found[1]
            yield _span(view, "birth_date", *found)


def _date_after(view: Marked, index: int) -> tuple[int, int, float] | None:
    """The date behind a word like "born", in the same sentence; "b." needs it at once."""
    start, word = view.end(index), view.words[index]
    part = view.folded.text[start : start + REACH]
    match = _first(_DATE, part) or (_first(_DAY_ONLY, part) if word in _BIRTHDAYS else None)
    if match is None:
        return None
    between = part[: match.start()]
    if word == "b" and between != ". " and view.words[max(0, index - 2) : index] != ["d", "o"]:
        return None
    if "\n\n" in between or _ENDED.search(between) or _OTHER_YEAR.search(between) or any(e in between for e in _EVENTS):
        return None
    return start + match.start(), start + match.end(), 0.9 if match.start() < 20 else 0.75


def _date_before(view: Marked, index: int) -> tuple[int, int, float] | None:
    """The date right before a word like "geboren" or "birthday"."""
    start = view.starts[index]
    low = max(0, start - BEFORE)
    part = view.folded.text[low:start]
    for pattern in (_DATE, _DAY_ONLY) if view.words[index] in _BIRTHDAYS else (_DATE,):
        match = _first(pattern, part)
        if match and _TO_WORD.fullmatch(part, match.end()):
            return low + match.start(), low + match.end(), 0.85
    return None


def _span(view: Marked, kind: str, start: int, end: int, certainty: float) -> Span:
    return Span(
        kind=kind, start=view.folded.original(start), end=view.folded.original(end, end=True), certainty=certainty
    )


def plates(view: Marked) -> Iterator[Span]:
    """Number plates that a word like "plate" or "Kennzeichen" announces."""
    for index in view.where(PLATE)[:MAX_LOOKS]:
        if view.words[index] in {"license", "licence", "tag", "reg", "registration", "vehicle"} and not _announces(
            view, index
        ):
            continue
        start = view.folded.original(view.end(index), end=True)
        span = _any_plate(view, start)
        if span:
            yield span
            continue
        match = _PLATE.search(view.text, start, start + REACH // 2)
        if match is None or not any(c.isdigit() for c in match.group()) or "\n\n" in view.text[start : match.start()]:
            continue
        if not view.text[match.start() - 1].isalnum() and len(re.sub(r"\W", "", match.group())) >= LEAST_PLATE:
            yield Span(kind="number_plate", start=match.start(), end=match.end(), certainty=0.85)


def _any_plate(view: Marked, start: int) -> Span | None:
    """Capitals and figures together, at once behind the word that ends at `start` of the text."""
    match = _ANY_PLATE.match(view.text, start)
    plate = re.sub(r"\W", "", match.group(1)) if match else ""
    mixed = any(c.isdigit() for c in plate) and any(c.isalpha() for c in plate)
    if match is None or not mixed or not LEAST_PLATE <= len(plate) <= MOST_PLATE:
        return None
    return Span(kind="number_plate", start=match.start(1), end=match.end(1), certainty=0.85)


_NUMBERED = [["no"], ["nr"], ["number"]]


def _announces(view: Marked, index: int) -> bool:
    """Whether "registration", "reg", "tag" speaks of a vehicle."""
    if view.words[index] == "vehicle":
        return view.words[index + 1 : index + 2] in _NUMBERED
    around = set(view.words[max(0, index - 6) : index + 3])
    return bool(
        around
        & {
            "car",
            "van",
            "truck",
            "vehicle",
            "bike",
            "motorbike",
            "plate",
            "plates",
            "number",
            "my",
            "auto",
            "nr",
            "drive",
            "drives",
        }
    )


def _name_end(view: Marked, index: int, most: int) -> int | None:
    """The last word of a run of capitalised words from `index` on; None where it does not start with one."""
    small = {
        "of",
        "and",
        "the",
        "for",
        "de",
        "du",
        "des",
        "del",
        "la",
        "le",
        "les",
        "von",
        "der",
        "fur",
        "und",
        "et",
        "y",
    }
    at, last = index, None
    while at < len(view.words) and at - index < most:
        if view.capital(at) or (view.words[at].isdigit() and last is not None):
            last = at
        elif last is None or (view.words[at] not in small and not (view.words[at] == "s" and view.before(at) == "'")):
            break
        if set(view.gap(at)) - set(" -.'&’") or (". " in view.gap(at) and view.words[at] not in _SHORT):
            break
        at += 1
    return last


_SHORT = bag("st ste sta dr mt univ")
"""Short forms within a name, whose point ends nothing."""
_THEIRS = frozenset({"his", "her", "their"})


def relatives(view: Marked) -> Iterator[Span]:
    """A relative by name: "my daughter Ada", "Ada is my sister"."""
    mine = said("mine")
    for index in view.where(KIN):
        owner = next((i for i in range(max(0, index - 4), index) if view.words[i] in mine), None)
        if owner is None or any("\n" in view.gap(i) or set(view.gap(i)) & set(".!?;") for i in range(owner, index)):
            continue
        found = _named_after(view, index) or _named_before(view, owner)
        if found:
            first, last, certainty = found
            if view.words[owner] in _THEIRS:
                certainty = max(0.3, certainty - 0.35)  # somebody else's family: a guess
            first, last = min(first, owner), max(last, index)
            yield _span(view, "relative", view.starts[first], view.end(last), certainty)


def _named_after(view: Marked, index: int) -> tuple[int, int, float] | None:
    at = index + 1
    linked = False
    if view.words[at : at + 2] == ["in", "law"]:
        at += 2  # "mother-in-law"
        index = at - 1
    if view.words[at : at + 1] in ([["se"], ["si"]]) or view.words[at : at + 2] == ["s", "appelle"]:
        at += 1  # "se llama", "s'appelle"
    if at < len(view.words) and view.words[at] in {"s", "is"} | said("named"):
        linked = view.words[at] in said("named")
        at += 1
        if view.words[at : at + 1] == ["name"]:
            at, linked = at + 1, True
        if at < len(view.words) and view.words[at] in {"is", "ist", "se", "called", "named", "llama"} and linked:
            at += 1
    if not linked and at != index + 1:
        return None
    if at >= len(view.words) or set(view.gap(at - 1)) - set(" ,:'"):
        return None
    last = _name_end(view, at, 2)
    if last is None or view.words[at] in _NO_NAMES or not view.words[at].isalpha() or len(view.words[at]) < 2:
        return None
    return at, last, 0.85 if view.gap(index) == " " or linked else 0.65


_NO_NAMES = bag(
    "i im ill ive we you he she it they the this that and but so who what when where happy lol ich wir er sie es "
    "der die das und je il elle nous on et yo el ella y xmas christmas monday tuesday wednesday thursday friday "
    "saturday sunday god rt noel weihnachten regen"
)


def _named_before(view: Marked, owner: int) -> tuple[int, int, float] | None:
    if owner == 0 or not re.fullmatch(r",\s|\s[(]|\s", view.gap(owner - 1)):
        return None
    at = owner - 1
    linked = view.words[at] in {"is", "ist", "est", "es", "and"}
    if linked and view.words[at] != "and":
        at -= 1
    elif view.gap(owner - 1) == " ":
        return None
    if (
        at < 0
        or not view.capital(at)
        or view.words[at] in _NO_NAMES
        or not view.words[at].isalpha()
        or len(view.words[at]) < 3
    ):
        return None
    if at == 0 or view.gap(at - 1)[-1:] == "\n" or re.search(r"[.!?]\s", view.gap(at - 1)):
        return at, at, 0.6 if linked else 0.5
    return at, at, 0.75


def workplaces(view: Marked) -> Iterator[Span]:
    """An employer by pattern: "I work at Northlight Ltd"."""
    yield from _body(view, WORK, "work", "employer")


def schools(view: Marked) -> Iterator[Span]:
    """A school by pattern: "she goes to Larch High School"."""
    yield from _body(view, STUDY, "study", "school")


def _body(view: Marked, mark: int, verbs: str, kind: str) -> Iterator[Span]:
    kinds = said("schools")
    for index in view.where(mark):
        length = phrase_at(view, index, verbs) or (_role_at if kind == "employer" else _subject_at)(view, index)
        if not length:
            continue
        at, first = index + length, None
        while at < len(view.words) and at - index - length < MAX_SKIP and not view.capital(at):
            if kind == "school" and view.words[at] in kinds:
                first = at if first is None else first  # "au lycée Jean Larche"
            elif view.words[at] not in _SKIP:
                break
            at += 1
        if at >= len(view.words) or set(view.gap(at - 1)) - set(" :\"'’@"):
            continue
        last = _name_end(view, at, MAX_NAME)
        if (
            last is None
            or view.words[at] in _NO_NAMES
            or (kind == "employer" and set(view.words[at : last + 1]) & kinds)
        ):
            continue
        if (
            kind == "school"
            and first is None
            and not any(
                word in kinds or word.endswith(("schule", "gymnasium", "universitat"))
                for word in view.words[at : last + 1]
            )
        ):
            continue
        if view.words[last] in _STREETS or view.words[last + 1 : last + 2] in _STREETED:
            continue
        at = at if first is None else first
        yield _span(view, kind, view.starts[at], view.end(last), 0.8 if last > at or kind == "school" else 0.65)


_STREETS = bag("street road avenue lane st ave rd")
_STREETED = [[word] for word in sorted(_STREETS)]
MAX_SKIP = 3
"""Small words between a verb and the name of a school or an employer."""
_AT = bag("at bei beim chez")
_OTHERS = bag("the his her their your our der die ein eine le la l un une says said former")
_BIO = bag("i im am a an as m ich bin als je suis sr jr")
MAX_BIO = 4
"""Words of a person's own line before what they are: "I am a senior nurse at ..."."""
_SUBJECTS = bag("study studying studies studied major majoring studiere studiert etudie etudies estudio estudia")
_WHERE = bag("at an a en")
MAX_SUBJECT = 4
"""Words of a subject: "studying marine biology at"."""


def _role_at(view: Marked, index: int) -> int:
    """How many words a role and its "at" take in a person's own line: "Senior nurse at", "I'm a developer @"; 0 for none."""
    if view.words[index] not in said("roles"):
        return 0
    length = (
        1 if view.gap(index).strip() == "@" else 2 if view.words[index + 1 : index + 2] in [[w] for w in _AT] else 0
    )
    for at in range(index, max(-1, index - MAX_BIO), -1):
        if view.words[at] in _OTHERS:
            return 0
        if at == 0 or set(view.before(at)) & set("|•·,;:\n/–-") or view.words[at] in _BIO:
            mine = at == 0 or view.words[at] not in {"a", "an"} or view.words[at - 1] in _BIO
            return length if mine else 0
    return 0


def _subject_at(view: Marked, index: int) -> int:
    """How many words "studying marine biology at" takes; 0 for none."""
    if view.words[index] not in _SUBJECTS:
        return 0
    for at in range(index + 1, min(index + 1 + MAX_SUBJECT, len(view.words))):
        if not set(view.before(at)) <= set(" ,&-'"):
            return 0
        if view.words[at] in _WHERE:
            return at - index + 1
    return 0


_SKIP = bag(
    "di della del dello da do all alla l "
    "the a an der die das dem den la le les l el los las au aux del de university school colegio escuela "
    "instituto universidad ecole"
)
