"""What of a person may stand in a letter: what the record shows, what they signed off, and never a secret."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from unlisted.data.domains import is_ip, normalise, registered_domain
from unlisted.data.loader import directories
from unlisted.model import Fact, Listing, Subject
from unlisted.remedy.kinds import Kind
from unlisted.remedy.laws import state_code
from unlisted.remedy.plain import MAX_VALUE, Guard, one_line, secrets, web_address, words_of
from unlisted.remedy.recipient import Recipient

MAX_RECORDS = 20
"""Records in one letter; more of one owner are named by the person."""
_EXTRA_KINDS = ("birth_date", "phone")
_FORMS = frozenset(
    {"ab", "ag", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "limited", "llc", "ltd"}
    | {"nv", "oy", "plc", "sa", "sarl", "sas", "sl", "spa", "srl"}
)
"""How the kind of a firm ends its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What may be quoted of one record; None is a blank."""

    address: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    state: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the letter says of its writer, and the labels of what is new to the recipient (`disclosed`)."""

    records: tuple[Quoted, ...] = ()
    name: str | None = field(default=None, repr=False)
    shown_name: str | None = field(default=None, repr=False)
    state: str | None = field(default=None, repr=False)
    home: str | None = field(default=None, repr=False)
    reply: tuple[str, ...] = field(default=(), repr=False)
    phone: str | None = field(default=None, repr=False)
    extras: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    disclosed: tuple[str, ...] = ()


def person(kind: Kind, subject: Subject, to: Recipient, records: Sequence[Listing], allow: Sequence[str]) -> Person:
    """What this letter may say of this person to this recipient; `allow` holds labels of facts and of sources."""
    guard = secrets(subject)
    theirs = not kind.third_party and not to.elsewhere
    known = [record for record in records[:MAX_RECORDS] if theirs and _is_theirs(record, to)]
    signed_records = _signed(kind, subject, [each for each in records[:MAX_RECORDS] if each not in known], allow, guard)
    shown = (*(_quoted(record, subject, guard) for record in known), *signed_records.values())
    signed = [fact for fact in subject.facts if fact.label in allow and not fact.secret and not guard.holds(fact.line)]
    told = _told(kind, to, shown, signed)
    return Person(
        records=shown,
        name=_line(told["name"]) or _first(each.name for each in shown),
        shown_name=_first(each.name for each in shown),
        state=_first(each.state for each in shown) or _first(one_line(fact.state or "") for fact in told["state"]),
        home=_line(told["home"]),
        phone=_line(told["phone"]),
        reply=tuple(one_line(fact.line) for fact in told["reply"]),
        extras=tuple((fact.kind, one_line(fact.line)) for fact in told["extras"]),
        disclosed=(
            *_new_to_them((fact for facts in told.values() for fact in facts), known),
            *signed_records,
        ),
    )


def _signed(
    kind: Kind, subject: Subject, records: Iterable[Listing], allow: Sequence[str], guard: Guard
) -> dict[str, Quoted]:
    """The records that do not stand with the recipient and may be told all the same, by label; none that tells nothing."""
    signed = {each.source: _quoted(each, subject, guard) for each in records if each.source in allow}
    return {label: each for label, each in signed.items() if kind.quotes_record and (each.address or each.name)}


def _told(kind: Kind, to: Recipient, shown: Sequence[Quoted], signed: Sequence[Fact]) -> dict[str, list[Fact]]:
    """Which of the signed facts this letter tells, by the part of the letter: the least that it needs."""
    needs = {*kind.needs, *to.needs}
    homes = [fact for fact in signed if fact.kind == "address"]
    mails = [fact for fact in signed if fact.kind == "email"]
    wanted = [fact for fact in signed if fact.kind in _EXTRA_KINDS and fact.kind in needs]
    return {
        "name": [] if any(each.name for each in shown) else [fact for fact in signed if fact.kind == "name"][:1],
        "state": [fact for fact in homes if fact.state and "state" in needs and not any(each.state for each in shown)][
            :1
        ],
        "home": homes[:1] if "home" in needs else [],
        "reply": mails or homes,
        "phone": [fact for fact in wanted if fact.kind in kind.needs][:1],
        "extras": [fact for fact in wanted if fact.kind not in kind.needs],
    }


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _line(facts: Sequence[Fact]) -> str | None:
    return one_line(facts[0].line) if facts else None


def _new_to_them(used: Iterable[Fact], own: Iterable[Listing]) -> tuple[str, ...]:
    """The labels of those facts that none of the recipient's records shows word for word."""
    shown = {_key(item.value) for record in own for item in record.fields}
    return tuple(dict.fromkeys(fact.label for fact in used if _key(fact.line) not in shown))


def _key(value: str) -> str:
    return " ".join(words_of(value[: 4 * MAX_VALUE]))


def _is_theirs(record: Listing, to: Recipient) -> bool:
    """Whether the record stands on a site of the recipient: only then does quoting it tell them nothing new."""
    site = _site(record.host)
    if site is None:
        return False
    return site in {_site(host) for host in to.hosts} if to.hosts else _is_called(to, record, site)


def _is_called(to: Recipient, record: Listing, site: str) -> bool:
    """Whether a recipient of which no site is known is this one by its mail address or its name; anybody else is a stranger."""
    if to.email and _site(to.email.rpartition("@")[2]) == site:
        return True
    entry = directories().by_id(record.directory) if record.directory else None
    called = [site, record.host, *([] if is_ip(site) else [site.partition(".")[0]]), *([entry.name] if entry else [])]
    return _firm(to.name) in {name for each in called if (name := _firm(each))}


def _firm(name: str) -> str:
    """A name as firms are told apart: without case, signs and what only says what kind of firm it is."""
    first, *rest = words_of(name[:MAX_VALUE]) or [""]
    while rest and rest[-1] in _FORMS:
        rest.pop()
    return "".join((first, *rest))


def _site(host: str) -> str | None:
    """What belongs together: the registered domain; a host that has none (an IP address) stands for itself."""
    return registered_domain(host) or normalise(host)


def _quoted(record: Listing, subject: Subject, guard: Guard) -> Quoted:
    return Quoted(
        address=_address(record, subject, guard),
        name=_name(record, guard),
        state=_state(record, guard),
    )


def _state(record: Listing, guard: Guard) -> str | None:
    """The state as the record has it, where it is the one of an address that the person declared: an old one is not theirs."""
    declared = {
        state_code(fact.state) for fact in record.matched if fact.kind == "address" and fact.state and not fact.secret
    }
    return next((word for word in _values(record, guard, "region") if state_code(word) in declared), None)


def _address(record: Listing, subject: Subject, guard: Guard) -> str | None:
    """The record's own web address, where it leads to the site that shows the record and holds no secret."""
    source = next((source for source in subject.sources if source.label == record.source), None)
    address = web_address(source.address if source else None)
    if address is None or _site(urlsplit(address).hostname or "") != _site(record.host):
        return None
    return None if guard.holds(address) else address


def _name(record: Listing, guard: Guard) -> str | None:
    """The person's name as the record has it: one that shares a word with a name that they declared."""
    declared = {
        word
        for fact in record.matched
        if fact.kind == "name"
        for form in (fact.line, *fact.aliases)
        for word in words_of(form)
    }
    return next((name for name in _values(record, guard, "name") if not declared.isdisjoint(words_of(name))), None)


def _values(record: Listing, guard: Guard, kind: str) -> Iterable[str]:
    """The record's values of a kind as they may be quoted, in its order."""
    values = (one_line(item.value) for item in record.fields if item.kind == kind)
    return (value for value in values if value and not guard.holds(value))
