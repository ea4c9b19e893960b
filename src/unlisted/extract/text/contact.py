"""Phone numbers and e-mail addresses in running text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from unlisted.extract.text.fold import bag
from unlisted.extract.text.marks import DOT, LONE, MAIL, Marked
from unlisted.extract.text.talk import said
from unlisted.model.evidence import Span

CONTEXT = 40
"""Characters before a number in which a word may say that it is a phone, or that it is not."""
MAX_PHONES = 2_000
TOLD = 0.8
"""Certainty from which a number is one because the text says so."""
LEAST, MOST = 6, 15
"""Digits of a phone number (E.164 ends at 15)."""
_NUMBER = re.compile(
    r"(?=[\d+(])(?<![\w$€£¥#%=])(?<!\d[.,:/-])(?:\+[ ]?|\()?\d(?:[ \t().\-/~]{0,3}\d){5,18}"
    r"(?:[ ]{0,2}(?:x|ext\.?|extension|int\.?)[ ]{0,2}\d{1,6})?(?![\w%€$£])"
)
_CORE = re.compile(r"\d(?:[ \t().\-/~]{0,3}\d){5}")
"""What every number of `_NUMBER` holds; looked for first, as most texts have none."""
_DATE = re.compile(
    r"(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([./-])\d{1,2}\2\d{1,2})(?:[ T-]{1,3}\d.{0,12})?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}.{0,10}|(?:19|20)\d\d ?[-/–] ?(?:19|20)?\d\d"
    r"|(?:19|20)\d\d(?:[01]\d[0-3]\d|[- ][01]\d[- ][0-3]\d).{0,9}"
)
_SHAPES = re.compile(
    r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]\d{4}(?:[ ]?(?:x|ext\.?)[ ]?\d{1,6})?"
    r"|(?:\+|00)[1-9]\d{0,2}[ .()-]{1,2}\d.{5,18}|\(0?\d{2,4}\)[ ]?\d{3,4}[ -]?\d{3,4}|0\d(?:[ .-]\d\d){4}"
    r"|0[1-9]\d{0,3}[ /]\d{5,7}|0[1-9]\d{0,2}[ /]\d{2,4}(?:[ .]\d{2,4}){1,2}"
)
_NOT = re.compile(
    r"\d+\.\d{2,}|\d{1,3}(?:\.\d{1,3}){3}|\d{3}-\d{2}-\d{4}|\d+(?:[ ]\d{3})+\.\d+|\d{1,3}(?:\.\d{3}){2,4}"
    r"|\d{1,2}-\d{1,2}(?:[ ,/]{1,2}\d{1,2}-\d{1,2}){1,6}|(?:\d{1,2}[ ]){3,9}\d(?:[ ]\d{1,2}){0,9}"
    r"|(?!0[1-9]([.-])\d\d(?:\1\d\d){3}$)\d{1,3}(?:[.,/-]\d{1,2}){2,12}"
)
_PAIRS = re.compile(r"0[1-9]([.-])\d\d(?:\1\d\d){3}")
_LETTERS = re.compile(r"[^\W\d_]+")
_EXTENSION = re.compile(r"[xei]")
_SHORT_FORM = re.compile(r"\b(?:tel|fax|tlf|mob|ph|no)\.\s*$")
_STOP = re.compile(r"[.;](?:\s|$)")
_SEPARATORS = re.compile(r"[^\d]+")
_ODD = frozenset("\t~")
"""Signs between figures that `phonenumbers` takes for more than a gap."""


def phones(view: Marked, regions: Sequence[str]) -> Iterator[Span]:
    """Phone numbers: valid in one of the regions, or in a phone's shape, or said to be one."""
    text = view.folded.text
    core = _CORE.search(text)
    if core is None:
        return
    for count, match in enumerate(_NUMBER.finditer(text, max(0, core.start() - 2))):
        if count >= MAX_PHONES:
            return
        score = _score(text, match, regions)
        if score:
            start, end = view.folded.original(match.start()), view.folded.original(match.end(), end=True)
            yield Span(kind="phone", start=start, end=end, certainty=score)


_VAGUE = bag("number nummer numero handy call text contact reach ring")


def _words(text: str) -> set[str]:
    return set(_LETTERS.findall(text))


def _score(text: str, match: re.Match[str], regions: Sequence[str]) -> float:
    raw = match.group()
    number = _EXTENSION.split(raw, maxsplit=1)[0].rstrip()
    digits = _SEPARATORS.sub("", number)
    if not LEAST <= len(digits) <= MOST + 2 or _no_phone(number):
        return 0.0
    before = text[max(0, match.start() - CONTEXT) : match.start()]
    line = before.rpartition("\n")[2]
    close = _words(line if _SHORT_FORM.search(line) else _STOP.split(line)[-1])
    after = _words(text[match.end() : match.end() + 12])
    if close & said("identifier") and not close & (said("phone") - _VAGUE):
        return 0.0
    told = bool(close & said("phone")) or bool(after & said("phone_after"))
    if told and len(digits) <= MOST:
        return 0.95 if _valid(number, regions) else 0.8
    if len(digits) > MOST or len(set(digits)) < 3:
        return 0.0
    grouped = len(digits) != len(number.strip("+()"))
    if _valid(number, regions):
        return 0.79 if grouped or number[0] == "+" else 0.6
    return 0.65 if _SHAPES.fullmatch(raw) else 0.0


def _no_phone(number: str) -> bool:
    """Whether figures are a date, a decimal, a score: five pairs behind a nought are none of them."""
    return not _PAIRS.fullmatch(number) and bool(_DATE.fullmatch(number) or _NOT.fullmatch(number))


_SHARED = {"US": ("US", "CA"), "CA": ("CA", "US")}
"""Countries whose people have numbers of each other; the others of the plan of "+1" are two dozen islands."""


def _valid(number: str, regions: Sequence[str]) -> bool:
    import phonenumbers  # noqa: PLC0415  (slow to import, and needed only where a text holds such a number)

    if number[0] != "+" and _ODD.isdisjoint(number):
        number = _SEPARATORS.sub("", number)  # read the same, and sooner
    for region in regions if number[0] != "+" else (None,):
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if not phonenumbers.is_possible_number(parsed):
            continue  # its length is asked first, as that is cheap
        if region is None:
            return bool(phonenumbers.is_valid_number(parsed))
        if any(phonenumbers.is_valid_number_for_region(parsed, own) for own in _SHARED.get(region, (region,))):
            return True
    return False


_USER_TAIL = re.compile(r"[a-z0-9_.+%'-]{0,64}$")
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?![\w@])", re.IGNORECASE)
AT = frozenset({"at", "arroba", "chiocciola", "arobase", "klammeraffe", "apenstaartje", "snabela"})
DOTS = frozenset({"dot", "punkt", "point", "punto", "ponto", "punt"})
MAIL_HOSTS = frozenset(
    {
        "gmail",
        "googlemail",
        "yahoo",
        "hotmail",
        "outlook",
        "gmx",
        "icloud",
        "aol",
        "protonmail",
        "proton",
        "live",
        "web",
        "msn",
    }
)
MAX_LABELS = 5
WRAPPED_A = re.compile(r"[(\[{]a[)\]}]")
_WRAPPED_DOT = re.compile(r"[()\[\]{}][ \[\](){}<>]{0,4}\.")
_OPENING = bag("it in me no at be us is so co")
_BRACKETS = frozenset("()[]{}")
_OPEN = re.compile(r"[\s\[({<|*_~-]*")
_TOPS = bag(
    "com org net edu gov io co info biz me us uk de fr es it nl at ch be pt br ca au nz in ie se no dk fi pl cz "
    "eu dev app mx ar za example"
)


def emails(view: Marked) -> Iterator[Span]:
    """E-mail addresses, plain and disguised."""
    text = view.folded.text
    taken = -1
    at = text.find("@")
    dotted = at >= 0 and (view.present & DOT != 0 or _WRAPPED_DOT.search(text) is not None)
    while at >= 0:
        span = _plain(text, at)
        span, certainty = (span, 0.98) if span else (_half_said(view, at) if dotted else None, 0.9)
        if span and span[0] >= taken:
            taken = span[1]
            yield _span(view, *span, certainty)
        at = text.find("@", at + 1)
    for index in view.where(MAIL | LONE if WRAPPED_A.search(text) else MAIL):
        found = _disguised(view, index)
        if found:
            yield _span(view, view.starts[found[0]], view.end(found[1]), found[2])
    if "@" in text:
        yield from _spaced(view)


def _span(view: Marked, start: int, end: int, certainty: float) -> Span:
    return Span(
        kind="email", start=view.folded.original(start), end=view.folded.original(end, end=True), certainty=certainty
    )


def _plain(text: str, at: int) -> tuple[int, int] | None:
    host = _HOST.match(text, at + 1)
    user = _USER_TAIL.search(text[max(0, at - 64) : at]) if host and text[max(0, at - 1)] not in " \n" else None
    if user is None or host is None or not user.group().strip(".'-%+"):
        return None
    lead = len(user.group()) - len(user.group().lstrip(".'-%+"))
    return at - len(user.group()) + lead, host.end()


def _half_said(view: Marked, at: int) -> tuple[int, int] | None:
    """An address whose sign is written and whose dot is said: "ada@mail dot com"."""
    text = view.folded.words
    if at == 0 or at + 1 >= len(text) or text[at - 1] == " " or text[at + 1] == " ":
        return None
    index = bisect_right(view.starts, at) - 1
    if index < 0 or view.gap(index) != "@" or index + 1 >= len(view.words):
        return None
    last = _host_from(view, index + 1, need_dot_word=True)
    return None if last is None else (view.starts[_user_start(view, index)], view.end(last))


def _host_from(view: Marked, index: int, *, need_dot_word: bool) -> int | None:
    """The last word of a host whose first label is the word `index`; labels are parted by "." or "dot"."""
    at, labels, said_dot = index, 1, False
    while labels <= MAX_LABELS and at + 1 < len(view.words):
        gap = view.gap(at)
        if view.words[at + 1] in DOTS and len(gap) <= 4 and at + 2 < len(view.words) and len(view.gap(at + 1)) <= 4:
            at, said_dot = at + 2, True
        elif gap == "." or (gap.strip(" [](){}<>") == "." and len(gap) <= 5 and _top(view, at + 1)):
            at, said_dot = at + 1, said_dot or gap[0] in _BRACKETS
        else:
            break
        labels += 1
    top = view.words[at]
    if labels < 2 or not 2 <= len(top) <= 24 or not top.isalpha() or (need_dot_word and not said_dot):
        return None
    return at if top in _TOPS or not said_dot else None


def _top(view: Marked, at: int) -> bool:
    """Whether a top-level name stands at `at`; with a capital it opens a sentence ("with @Larch . It is")."""
    return view.words[at] in _TOPS and not (view.cased and view.capital(at) and view.words[at] in _OPENING)


def _disguised(view: Marked, index: int) -> tuple[int, int, float] | None:
    """The first and last word of an address whose sign is the word at `index`, and how sure it is."""
    if index == 0 or index + 1 >= len(view.words) or not _hosted(view, index):
        return None
    wrapped = _wrapped(view, index)
    if wrapped is None:
        return None
    mailer, first = view.words[index + 1] in MAIL_HOSTS, _user_start(view, index - 1)
    last = _host_from(view, index + 1, need_dot_word=not (wrapped or mailer))
    if last is None:
        return (first, index + 1, 0.7) if mailer and first < index - 1 else None  # "ada.lark at gmail"
    if not (wrapped or mailer) and view.words[index] == "at" and "dot" not in view.words[index : last + 1]:
        return None  # "on DVD at some point in"
    return first, last, 0.95 if wrapped else 0.85


def _hosted(view: Marked, index: int) -> bool:
    """Whether the words behind a sign at `index` may be a host, at a quick look."""
    top = view.words[min(index + 2, len(view.words) - 1)]
    return top in DOTS or top in _TOPS or view.words[index + 1] in MAIL_HOSTS or view.gap(index + 1).startswith(".")


def _wrapped(view: Marked, index: int) -> bool | None:
    """Whether a sign stands in brackets or the like; None where it stands apart from its words."""
    left, right = view.before(index), view.gap(index)
    if len(left) > 4 or len(right) > 4 or "\n" in left + right or not _OPEN.fullmatch(left):
        return None
    if view.words[index] == "a" and not (left.strip() in _BRACKETS and right.strip() in _BRACKETS):
        return None
    return bool(set(left) & set("[({<|*_~-")) or bool(set(right) & set("])}>|*_~-"))


def _user_start(view: Marked, at: int) -> int:
    """The first word of the user's part that ends at a word."""
    for _ in range(MAX_LABELS):
        gap = view.before(at)
        if at > 0 and gap in {".", "_", "-", "+"}:
            at -= 1
        elif at > 1 and view.words[at - 1] in DOTS and len(gap) <= 3 and len(view.before(at - 1)) <= 3:
            at -= 2
        else:
            break
    return at


_SPACED_AT = re.compile(r"[)\]>}(\[{] {0,6}@|< {1,6}@|@[ (\[<{)\]}]")
"""A sign with a bracket before it, or with a bracket or a space behind it; a space before it alone opens a handle."""


def _spaced(view: Marked) -> Iterator[Span]:
    """Addresses like "anna . b @ example . com": signs with spaces around them, where the host ends in a known top-level name."""
    for sign in _SPACED_AT.finditer(view.folded.text):
        index = bisect_right(view.starts, sign.start()) - 1
        gap = view.gap(index) if 0 <= index < len(view.words) - 1 else ""
        if "@" not in gap or gap == "@" or len(gap) > 7 or gap.strip(" []()<>{}") != "@":
            continue
        last = _host_from(view, index + 1, need_dot_word=False)
        if last is not None and (gap[0] != " " or gap[-1] == " "):
            first = index
            while first > 0 and view.before(first) in {".", "_", "-", " . "} and index - first < MAX_LABELS:
                first -= 1
            yield _span(view, view.starts[first], view.end(last), 0.85)
