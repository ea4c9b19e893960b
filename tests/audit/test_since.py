"""This audit beside an earlier one: fixed only where both looked in full, and a great many re-audits without a false "fixed"."""

from __future__ import annotations

import json as reader
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from unlisted import registry
from unlisted.audit import since as module
from unlisted.audit.doubt import Signs
from unlisted.audit.since import Both, compare, load, refuse_later
from unlisted.errors import BadInput
from unlisted.model import (
    AuditResult,
    Certainty,
    Change,
    Finding,
    NotChecked,
    Priority,
    Since,
    SourceSummary,
    State,
    fingerprint,
)
from unlisted.report import json
from unlisted.report.schema import AuditShape

THEN = datetime(2026, 10, 2, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CARDS = {check.id: check.card for check in registry.checks().values()}
FACTS = (("address", "home"), ("phone", "mobile"), ("name", "me"))
FINDER = SourceSummary(
    label="finder", kind="listing", control="about-me", host="finder.example", directory="finder", read=1, found=1
)
ALBUM = SourceSummary(label="album", kind="photos", control="proven", read=10, found=10)
SAVED = SourceSummary(label="saved page", kind="file", control="claimed", host="forum.example", read=1, found=1)
BLOG = SourceSummary(label="blog", kind="page", control="claimed", host="blog.example", read=1, found=1)
PROVEN = replace(BLOG, label="my account", control="proven", host="social.example")
SOURCES = (FINDER, ALBUM, SAVED, BLOG, PROVEN)
KNOWN = frozenset({"finder", "saved page", "blog", "my account"})


def finding(check: str, source: str, kind: str, fact: str | None = None, *, where: str = "the page") -> Finding:
    """One finding with the fingerprint of its labels."""
    return Finding(
        check=check,
        source=source,
        where=where,
        kind=kind,
        fact=fact,
        priority=Priority.SOON,
        certainty=Certainty.QUITE,
        score=0.95,
        title=f"Something stands on “{source}”",
        learns="A stranger learns it.",
        fingerprint=fingerprint(check=check, source=source, locator=kind, fact=fact, ordinal=0),
    )


LISTED = finding("listings/phone", "finder", "phone", "mobile")
HOUSE = finding("photos/home", "album", "position", "home")
PAGE = finding("profiles/phone", "saved page", "phone", "mobile")
POST = finding("profiles/phone", "blog", "phone", "mobile")
BIO = finding("profiles/phone", "my account", "phone", "mobile")
EVERY = (LISTED, HOUSE, PAGE, POST, BIO)


def result(*findings: Finding, **more: object) -> AuditResult:
    """An audit of the five sources with these findings."""
    plain = AuditResult(made_on=NOW, country="US", facts=FACTS, sources=SOURCES, findings=findings)
    return replace(plain, **more)  # type: ignore[arg-type]  # the keywords are those of the class


def before(*findings: Finding, **more: object) -> AuditShape:
    """The file of an earlier audit, written and read back."""
    return AuditShape.model_validate_json(json.render(result(*findings, made_on=THEN, **more)))


def compared(
    old: AuditShape, new: AuditResult, known: frozenset[str] = KNOWN, partial: frozenset[str] = frozenset()
) -> Since:
    """The comparison; every word of the old file may be repeated but those that hold a number."""
    signs = Signs(known=known, partial=partial)
    clean = lambda text: not any(letter.isdigit() for letter in text)  # noqa: E731  (a stand-in for the redactor)
    return compare(Both(old=old, new=new, cards=CARDS, signs=signs, clean=clean))


def only(since: Since) -> Change:
    """The one change."""
    (change,) = since.changes
    return change


def swapped(label: str, **more: object) -> tuple[SourceSummary, ...]:
    """The sources, one of them with other fields."""
    return tuple(replace(one, **more) if one.label == label else one for one in SOURCES)  # type: ignore[arg-type]


@pytest.mark.parametrize("gone", [LISTED, HOUSE, PAGE, BIO], ids=lambda one: one.source)
def test_what_is_gone_from_a_source_that_was_read_is_fixed(gone: Finding) -> None:
    """A listing, own photos, a saved page and a proven account: looked at in full, and the finding is not there."""
    change = only(compared(before(gone), result()))
    assert (change.state, change.reason, change.source) == (State.FIXED, None, gone.source)
    assert change.where is None
    assert gone.source in change.title


def test_the_same_finding_is_still_there() -> None:
    """Equal in both audits."""
    assert only(compared(before(LISTED), result(LISTED))).state is State.STILL


def test_what_only_this_audit_found_is_new() -> None:
    """In a source that both looked at; in one that was not read last time it says so."""
    change = only(compared(before(), result(LISTED)))
    assert (change.state, change.reason, change.where) == (State.NEW, None, "the page")
    unread = before(sources=swapped("finder", read=0))
    assert only(compared(unread, result(LISTED))).reason == module.FIRST_LOOK
    absent = before(sources=SOURCES[1:])
    assert only(compared(absent, result(LISTED))).reason == module.FIRST_LOOK


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"where": "the title"}, module.ELSEWHERE),
        ({"priority": Priority.NOW}, module.PRESSING),
        ({"certainty": Certainty.GUESS}, module.SURER),
    ],
)
def test_what_shows_otherwise_is_changed(more: dict[str, object], reason: str) -> None:
    """The spot, the priority or the certainty is another one."""
    change = only(compared(before(LISTED), result(replace(LISTED, **more))))  # type: ignore[arg-type]
    assert (change.state, change.reason) == (State.CHANGED, reason)


def test_a_paragraph_that_moved_up_is_no_change() -> None:
    """Taking one line out shifts the numbers of all that follow."""
    old, new = (replace(LISTED, where=f"paragraph {number} under “Contact”") for number in (3, 2))
    assert only(compared(before(old), result(new))).state is State.STILL


def test_a_number_that_is_declared_since_is_no_fix() -> None:
    """Nobody's number last time, the person's own number now: one change, neither fixed nor new."""
    nobodys = finding("profiles/other-contact", "saved page", "phone")
    assert only(compared(before(nobodys), result(PAGE))).state is State.CHANGED
    two = compared(before(nobodys, PAGE), result(PAGE))
    assert sorted(change.state for change in two.changes) == [State.FIXED, State.STILL]


def test_a_house_that_is_a_street_now_is_no_fix() -> None:
    """Another check says it of the same fact in the same source."""
    house = finding("profiles/address", "saved page", "address", "home")
    street = finding("profiles/street", "saved page", "address", "home")
    change = only(compared(before(house), result(street)))
    assert (change.state, change.check, change.reason) == (State.CHANGED, "profiles/street", module.SHOWS)


def test_a_page_without_proof_is_never_followed() -> None:
    """A remote page that is only claimed: nothing is said of what went, stayed or came there."""
    gone, stayed = only(compared(before(POST), result())), only(compared(before(POST), result(POST)))
    assert (gone.state, gone.reason) == (State.UNSEEN, module.NO_PROOF)
    assert (stayed.state, stayed.reason, stayed.where) == (State.UNSEEN, module.NO_PROOF, None)
    assert compared(before(), result(POST)).changes == ()


@pytest.mark.parametrize("host", ["facebook.com", "www.facebook.com", "m.facebook.com"])
def test_a_profile_that_is_called_a_listing_needs_proof_all_the_same(host: str) -> None:
    """Where people have accounts, the kind in the subject file is no way around it; a directory that is known is one."""
    named = replace(FINDER, host=host, directory=None)
    old = before(LISTED, sources=(named,))
    assert only(compared(old, result(sources=(named,)))).reason == module.NO_PROOF
    small = replace(FINDER, directory=None)
    assert only(compared(before(LISTED, sources=(small,)), result(sources=(small,)))).state is State.FIXED


def test_proof_of_last_time_does_not_do() -> None:
    """Control is proven anew or not at all."""
    once = before(BIO)
    change = only(compared(once, result(sources=swapped("my account", control="claimed"))))
    assert (change.state, change.reason) == (State.UNSEEN, module.NO_PROOF)


ACCIDENTS: dict[str, Callable[[], AuditResult]] = {
    "not in this audit": lambda: result(sources=SOURCES[1:]),
    "not read": lambda: result(
        sources=swapped("finder", read=0), not_checked=(NotChecked(source="finder", reason="no answer"),)
    ),
    "not read, without a reason": lambda: result(sources=swapped("finder", read=0)),
    "a part was not read": lambda: result(not_checked=(NotChecked(source="finder", reason="too long"),)),
    "moved": lambda: result(sources=swapped("finder", doubt="the address leads to another page now")),
    "another kind": lambda: result(sources=swapped("finder", kind="file")),
    "another site": lambda: result(sources=swapped("finder", host="other.example")),
    "the check failed": lambda: result(not_checked=(NotChecked(source="finder", reason="x", check="listings/phone"),)),
    "the fact was not told": lambda: result(facts=(("name", "me"),)),
}


@pytest.mark.parametrize("name", list(ACCIDENTS))
def test_what_could_not_be_seen_is_not_fixed(name: str) -> None:
    """Every accident leaves the finding open, with a reason."""
    change = only(compared(before(LISTED), ACCIDENTS[name]()))
    assert change.state is State.UNSEEN
    assert change.reason


def test_a_page_that_shows_nothing_of_the_person_is_not_trusted() -> None:
    """It may be a login, an error or another page: without a sign that it is the same, nothing is fixed."""
    for gone in (LISTED, PAGE, BIO):
        change = only(compared(before(gone), result(), known=frozenset()))
        assert (change.state, change.reason) == (State.UNSEEN, module.NO_SIGN)


def test_photos_that_are_fewer_or_not_wholly_read_are_not_fixed() -> None:
    """A photo that was taken out of the folder is still where it was shared."""
    fewer = result(sources=swapped("album", read=9, found=9))
    assert only(compared(before(HOUSE), fewer)).reason == module.FEWER
    damaged = result(sources=swapped("album", read=9))
    assert only(compared(before(HOUSE), damaged)).reason == module.PARTLY
    assert only(compared(before(HOUSE), result(), partial=frozenset({"album"}))).reason == module.PARTLY


def test_what_rests_on_several_sources_needs_all_of_them() -> None:
    """Two pages that lead to each other: one that could not be read hides the link."""
    sources = (FINDER, SAVED, ALBUM)
    join = finding("accounts/linked", "saved page", "join")
    pattern = finding("places/home", "album", "place", "home")
    old = before(join, pattern, sources=sources)
    whole = compared(old, result(sources=sources))
    assert {change.state for change in whole.changes} == {State.FIXED}
    partly = compared(old, result(sources=(replace(FINDER, read=0), SAVED, ALBUM)))
    assert {change.check: change.reason for change in partly.changes} == {
        "accounts/linked": module.OTHERS,
        "places/home": None,
    }


def test_a_check_that_is_not_installed_is_not_fixed() -> None:
    """Its words are not repeated either."""
    foreign = replace(LISTED, check="somebody/elses", title="27 Larch Row")
    change = only(compared(before(foreign), result()))
    assert (change.state, change.reason, change.check) == (State.UNSEEN, module.NO_CHECK, "")
    assert change.title == module.UNKNOWN_CHECK


def test_words_of_the_old_file_are_not_repeated() -> None:
    """A planted label that holds a value is not shown; nor is a label of a fact that nobody declared."""
    planted = replace(LISTED, source="call +1 207 555 0143", fact="the one at 27 Larch Row", where="at 27 Larch Row")
    told = repr(compared(before(planted, sources=(replace(FINDER, label=planted.source),)), result()))
    assert "555" not in told
    assert "Larch" not in told
    assert module.UNNAMED in told


def test_ways_in_are_set_side_by_side_only_where_both_saw_the_same() -> None:
    """Fewer sources would look like fewer ways in."""
    sources = (FINDER, ALBUM)
    assert compared(before(sources=sources), result(sources=sources)).ways_then == 0
    assert compared(before(sources=sources), result(sources=(FINDER,))).ways_then is None
    assert compared(before(sources=(FINDER,)), result(sources=sources)).ways_then is None
    assert compared(before(sources=sources), result(sources=(replace(FINDER, read=0), ALBUM))).ways_then is None


def test_the_same_finding_twice_in_the_old_file_is_one() -> None:
    """A file that repeats itself is not counted twice."""
    assert len(compared(before(LISTED, LISTED), result()).changes) == 1


@dataclass(frozen=True)
class World:
    """What is really there: for each finding whether it was taken away between the audits."""

    old: AuditShape
    new: AuditResult
    truly_gone: frozenset[str]
    known: frozenset[str]
    partial: frozenset[str]


WEB = ("timeout", "refused", "login", "moved", "cut", "empty page", "left out", "other site", "none", "none", "none")
FILES = ("unreadable", "fewer", "partly", "left out", "none", "none", "none")


def world(seed: int) -> World:
    """A made-up pair of audits: sources with findings, some of them really gone, and accidents that hide others."""
    rng = random.Random(seed)
    sources, found, checked = [], [], []
    known, partial, gone = set[str](), set[str](), set[str]()
    old_sources, old_findings = [], []
    for number in range(rng.randint(1, 6)):
        kind = rng.choice(["listing", "page", "file", "photos", "export"])
        own = kind in {"photos", "export"}
        files = rng.randint(1, 50) if own else 1
        label = f"source {chr(97 + number)}"
        control = rng.choice(["proven", "claimed"]) if kind == "page" else "about-me"
        host = None if own else "site.example"
        source = SourceSummary(label=label, kind=kind, control=control, host=host, read=files, found=files)
        checks = rng.sample(sorted(CARDS), rng.randint(1, 6))
        here = [
            finding(name, label, CARDS[name].kind or "phone", rng.choice(["home", "mobile", None])) for name in checks
        ]
        here = [
            replace(one, fingerprint=fingerprint(check=one.check, source=label, locator="x", fact=one.fact, ordinal=0))
            for one in here
        ]
        really = {one.fingerprint for one in here if rng.random() < 0.3}
        accident = rng.choice(FILES if own else WEB)
        seen = [one for one in here if one.fingerprint not in really]
        old_sources.append(source)
        old_findings += here
        gone |= really
        hidden, source_now, note = happened(accident, source, rng)
        if accident == "partly":
            partial.add(label)
        if source_now is not None:
            sources.append(source_now)
            if accident not in {"empty page", "login"}:
                known.add(label)
        checked += note
        found += [one for one in seen if not hidden or (accident in {"cut", "partly", "fewer"} and rng.random() < 0.5)]
    return World(
        old=before(*old_findings, sources=tuple(old_sources)),
        new=result(*found, sources=tuple(sources), not_checked=tuple(checked)),
        truly_gone=frozenset(gone),
        known=frozenset(known),
        partial=frozenset(partial),
    )


def happened(
    accident: str, source: SourceSummary, rng: random.Random
) -> tuple[bool, SourceSummary | None, list[NotChecked]]:
    """(whether the accident hides findings, the source as this audit shows it, what it says was not checked)."""
    unread = NotChecked(source=source.label, reason="the site did not answer")
    fewer = rng.randint(0, source.found - 1)
    table: dict[str, tuple[SourceSummary | None, list[NotChecked]]] = {
        "timeout": (replace(source, read=0), [unread]),
        "refused": (replace(source, read=0), [unread]),
        "unreadable": (replace(source, read=0), [unread]),
        "login": (replace(source, doubt="the page asks for a login"), []),
        "moved": (replace(source, doubt="the address leads to another page now"), []),
        "cut": (source, [replace(unread, reason="the page is very long; only its beginning was read")]),
        "empty page": (source, []),
        "other site": (replace(source, host="other.example"), []),
        "left out": (None, []),
        "fewer": (replace(source, read=fewer, found=fewer), []),
        "partly": (source, []),
        "none": (source, []),
    }
    return accident != "none", *table[accident]


@pytest.mark.parametrize("hundreds", range(10))
def test_no_re_audit_says_fixed_of_what_is_there(hundreds: int) -> None:
    """1,000 re-audits with timeouts, logins, moved pages and missing files: nothing that is still there is called fixed."""
    fixed = unseen = 0
    for seed in range(hundreds * 100, hundreds * 100 + 100):
        one = world(seed)
        since = compared(one.old, one.new, one.known, one.partial)
        said = {change.fingerprint for change in since.of(State.FIXED)}
        assert said <= one.truly_gone, seed
        fixed += len(said)
        unseen += len(since.of(State.UNSEEN))
    assert fixed > 20
    assert unseen > 100


def test_without_its_doubts_the_same_comparison_does_err(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulation is one that bites: with every doubt put aside, it calls things fixed that are there."""
    monkeypatch.setattr(module, "doubt_about", lambda _old, _both: None)
    wrong = 0
    for seed in range(50):
        one = world(seed)
        said = {change.fingerprint for change in compared(one.old, one.new).of(State.FIXED)}
        wrong += len(said - one.truly_gone)
    assert wrong > 50


def write(folder: Path, text: str | bytes) -> str:
    """A file with this in it."""
    path = folder / "old.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_a_file_that_was_written_is_read(tmp_path: Path) -> None:
    """What --json writes is what --since takes, the comparison of last time included."""
    whole = result(*EVERY)
    whole = replace(whole, since=compared(before(LISTED), result()))
    assert load(write(tmp_path, json.render(whole))).findings[0].fingerprint == LISTED.fingerprint


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"\xff\xfe\x00",
    "another shape": b'{"phone": "+1 207 555 0143"}',
    "deep": b"[" * 200_000,
    "deep in a known place": b'{"version": ' + b'{"a":' * 100_000,
    "numbers": b'{"version": 1e400}',
    "a list": b"[]",
    "half": json.render(result(*EVERY)).encode()[:-40],
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_one_plain_error(tmp_path: Path, name: str) -> None:
    """Whatever lies there, the answer is one line that repeats nothing of it."""
    with pytest.raises(BadInput) as caught:
        load(write(tmp_path, HOSTILE[name]))
    assert "555" not in str(caught.value).replace(str(tmp_path), "")  # the folder of this run may be number 555
    assert len(str(caught.value).splitlines()) == 1
    assert caught.value.__cause__ is None


CHANGED: dict[str, Callable[[dict[str, object]], object]] = {
    "a key more": lambda data: data.update({"+1 207 555 0143": 1}),
    "another version": lambda data: data.update(version="999"),
    "no date": lambda data: data.update(made_on="27 Larch Row"),
    "findings of another kind": lambda data: data.update(findings={"a": 1}),
    "a fingerprint that is none": lambda data: data.update(
        findings=[{**reader.loads(json.render(result(LISTED)))["findings"][0], "fingerprint": "<script>"}]
    ),
}


@pytest.mark.parametrize("name", list(CHANGED))
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    """A key too many, a version, a date or a fingerprint that this program does not write."""
    data = reader.loads(json.render(result(LISTED)))
    CHANGED[name](data)
    with pytest.raises(BadInput) as caught:
        load(write(tmp_path, reader.dumps(data)))
    assert not {"555", "Larch", "<script>"} & set(str(caught.value).split())


def test_a_file_that_is_too_large_or_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit stands in the message; a folder and a name that no file can have are refused too."""
    monkeypatch.setattr(module, "MAX_OLD", 100)
    with pytest.raises(BadInput, match="larger than"):
        load(write(tmp_path, json.render(result())))
    for path in (str(tmp_path), str(tmp_path / "none.json"), "a\0b"):
        with pytest.raises(BadInput):
            load(path)


def test_the_older_one_comes_first() -> None:
    """A file from later than now is refused; a date without a zone is read as UTC."""
    refuse_later(before(), NOW)
    with pytest.raises(BadInput):
        refuse_later(before(), THEN - timedelta(days=1))
    naive = before().model_copy(update={"made_on": THEN.replace(tzinfo=None)})
    refuse_later(naive, NOW)
    assert compared(naive, result()).made_on == THEN


def test_an_earlier_list_that_was_cut_is_a_least() -> None:
    """A count that was at least so many then is told as that now."""
    whole = before(sources=(FINDER, ALBUM))
    cut = whole.model_copy(update={"ways_cut": ("home",)})
    now = result(sources=(FINDER, ALBUM))
    assert [compared(old, now).ways_then_least for old in (whole, cut)] == [False, True]
