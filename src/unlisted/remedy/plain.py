"""Values as they may stand in a letter: one line of text, never a secret, never a command to whoever reads the file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from unlisted.model import Fact, Subject

MAX_VALUE = 200
"""Characters of one value; more is cut."""
MAX_ADDRESS = 1_000
"""Characters of a page's address; a longer one is left for the person to fill in."""
MIN_FORM = 5
"""A secret shorter than this is looked for as a whole word only."""
MIN_UNSPACED = 2
"""The same where its script has no spaces between words: there it is looked for anywhere."""
_KEPT = frozenset("\u200c\u200d")  # joiners: words of Persian and Hindi need them
_BARE = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that have no accent to take off, as they are written where there is no key for them."""
_LONG = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
"""The other way in which some of them are written without that key."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_IDN = re.compile(r"(?i)\bxn--([a-z0-9-]{1,59})")
_WIDE = re.compile(r"[^\W_]+")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,63}")
_PRINTABLE = re.compile(r"[!-~]+")


def one_line(value: str, limit: int = MAX_VALUE) -> str:
    """The value without line breaks, control characters and marks that turn the reading direction; cut at `limit`."""
    head = unicodedata.normalize("NFC", value[: 4 * limit])
    kept = "".join(_plain_character(letter) for letter in head)
    line = " ".join(kept.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _plain_character(letter: str) -> str:
    if letter in _KEPT:
        return letter
    category = unicodedata.category(letter)
    if category in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    return "" if category in {"Cf", "Cs", "Co", "Cn"} else letter


def web_address(value: str | None) -> str | None:
    """The address as it may be quoted: http or https, printable ASCII, without user name or fragment. None where it is not one."""
    if value is None or len(value) > MAX_ADDRESS or _PRINTABLE.fullmatch(value) is None:
        return None
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    place = f"{host}:{port}" if port else host
    return urlunsplit((parts.scheme, place, parts.path, parts.query, ""))


def mail_address(value: str | None) -> str | None:
    """The e-mail address where it is exactly one plain one, else None."""
    return value if value is not None and _MAIL.fullmatch(value) else None


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents and signs."""
    flat = unicodedata.normalize("NFKD", text).casefold().translate(_BARE)
    bare = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return _WIDE.findall(bare)


@dataclass(frozen=True, slots=True)
class Guard:
    """Says whether a text holds a fact of these, however it is written there. It errs towards yes."""

    whole: frozenset[str] = field(repr=False)
    words: frozenset[str] = field(repr=False)

    @classmethod
    def against(cls, facts: tuple[Fact, ...]) -> Guard:
        """A guard for these facts."""
        forms = [words for fact in facts for form in _forms(fact) for words in _written(form)]
        names = [words for fact in facts if fact.kind == "name" for form in _forms(fact) for words in _written(form)]
        joined = {"".join(form) for form in forms} | {digits for fact in facts for digits in _digits(fact)}
        whole = frozenset(form for form in joined if len(form) >= _least(form))
        parts = {word for form in names for word in form if len(word) > 1}
        return cls(whole=whole, words=frozenset({form for form in joined - whole if form} | parts))

    def holds(self, text: str) -> bool:
        """Whether the text shows any of the facts; web addresses are read unquoted, and as they stand in an address bar."""
        plain = words_of(_IDN.sub(_readable, unquote(unquote(text))))
        joined = "".join(plain)
        return any(form in joined for form in self.whole) or not self.words.isdisjoint(plain)


def secrets(subject: Subject) -> Guard:
    """The guard against everything that must never stand in a letter."""
    return Guard.against(tuple(fact for fact in subject.facts if fact.secret))


def _forms(fact: Fact) -> list[str]:
    parts = [fact.value, fact.street, fact.town, fact.state, fact.postcode, fact.line, *fact.aliases]
    spots = [f"{number:.4f}" for number in fact.position or ()]
    return [part for part in (*parts, *spots) if part]


def _written(form: str) -> list[list[str]]:
    """The words of a value, and the same as it is written where there is no key for its letters."""
    return [words_of(form), words_of(unicodedata.normalize("NFC", form).casefold().translate(_LONG))]


def _least(form: str) -> int:
    return MIN_UNSPACED if _UNSPACED.search(form) else MIN_FORM


def _readable(host: re.Match[str]) -> str:
    """A part of a host as an address bar shows it."""
    try:
        return host.group(1).encode("ascii").decode("punycode")
    except UnicodeError:
        return host.group(0)


def _digits(fact: Fact) -> set[str]:
    """Of a phone number the last eight digits: the same with and without the country's code. Of a birth date its three orders."""
    digits = "".join(letter for letter in fact.value or "" if letter.isdigit())
    if fact.kind == "phone":
        return {digits[-8:]} if len(digits) >= 7 else set()
    if fact.kind == "birth_date" and len(digits) == 8:
        year, month, day = digits[:4], digits[4:6], digits[6:]
        return {f"{day}{month}{year}", f"{month}{day}{year}"}
    return set()
