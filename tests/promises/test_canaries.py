"""Promise 1, confirm and never reveal: planted values of subject, pages and photos stand in no output."""

from __future__ import annotations

import json as plain_json
import logging
import re
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from unlisted.audit import Audited
from unlisted.cli import main
from unlisted.model import Fact, Source, SourceKind, Subject
from unlisted.report import html, json, text

SEA = [(40.0 + number / 37.0, -45.0 - number / 41.0) for number in range(40)]
"""Positions in open ocean."""
WORDS = [f"Zq{number:03d}canary" for number in range(120)]
NUMBERS = [f"207 555 01{number:02d}" for number in range(40)]


def planted() -> list[str]:
    """200 values as they could show up: words, numbers with and without spaces, coordinates to four decimals."""
    points = [f"{value:.4f}" for point in SEA[:20] for value in point]
    return [*WORDS, *NUMBERS, *points]


FACTS = (
    Fact(kind="name", label="full name", value=f"{WORDS[0]} {WORDS[1]}", aliases=(WORDS[2],)),
    Fact(kind="handle", label="user name", value=WORDS[3].lower()),
    Fact(kind="handle", label="old user name", value=WORDS[4].lower()),
    Fact(
        kind="address",
        label="home",
        street=f"18 {WORDS[5]} Street",
        unit="7",
        town=WORDS[6],
        state="ME",
        postcode="04000",
        lat=SEA[0][0],
        lon=SEA[0][1],
    ),
    Fact(kind="phone", label="mobile", value=f"+1 {NUMBERS[0]}"),
    Fact(kind="phone", label="second phone", value=f"+1 {NUMBERS[1]}", secret=True),
    Fact(kind="email", label="e-mail", value=f"{WORDS[7].lower()}@mail.example"),
    Fact(kind="employer", label="work", value=f"{WORDS[8]} Limited"),
    Fact(kind="school", label="college", value=f"{WORDS[9]} College"),
    Fact(kind="relative", label="sister", value=f"{WORDS[10]} {WORDS[11]}"),
    Fact(kind="plate", label="car", value="ZQX 4417"),
    Fact(kind="place", label="class", lat=SEA[1][0], lon=SEA[1][1]),
)


def page() -> str:
    """A page that shows every declared fact and many that nobody declared, in every part of a page."""
    facts = "".join(f"<h2>{fact.line}</h2><p>My details: {fact.line}</p>" for fact in FACTS)
    others = "".join(
        f"<h3>About {word}</h3><p>I am {word}, call me at {number}.</p>"
        for word, number in zip(WORDS[12:50], NUMBERS[2:], strict=True)
    )
    points = "".join(
        f"<p>I was at {lat:.4f}, {lon:.4f} with my daughter {word}.</p>"
        for (lat, lon), word in zip(SEA[2:20], WORDS[50:68], strict=True)
    )
    data = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": WORDS[68],
        "email": f"{WORDS[69].lower()}@mail.example",
        "address": {"@type": "PostalAddress", "streetAddress": f"9 {WORDS[70]} Road", "addressLocality": WORDS[71]},
        "sameAs": [f"https://other.example/{WORDS[72].lower()}"],
        "alumniOf": WORDS[73],
    }
    return (
        f"<html><head><title>{WORDS[74]}</title><meta name=description content='{WORDS[75]} of {WORDS[6]}'>"
        f"<meta property='og:locality' content='{WORDS[76]}'>"
        f"<script type='application/ld+json'>{plain_json.dumps(data)}</script></head>"
        f"<body><h1>{WORDS[77]}</h1>{facts}{others}{points}"
        f"<a rel=me href='https://elsewhere.example/{WORDS[78].lower()}'>me</a>"
        f"<div class=h-card><span class=p-name>{WORDS[79]}</span><a href='tel:{NUMBERS[39]}'>call</a></div></body></html>"
    )


def listing() -> str:
    """A directory with the person's record and others'."""
    rows = "".join(
        f"<div class=card><h2>{word}</h2><p>Lives at: 4 {word} Street</p><p>Phone: {number}</p></div>"
        for word, number in zip(WORDS[80:100], NUMBERS[5:], strict=False)
    )
    own = (
        f"<div class=card><h2>{FACTS[0].value}</h2><p>Age: 35</p><p>Lives at: {FACTS[3].line}</p>"
        f"<p>Phone: {NUMBERS[0]}</p><p>Relatives: {FACTS[9].value}, {WORDS[100]}</p></div>"
    )
    return f"<html><head><title>{WORDS[101]}</title></head><body>{own}{rows}</body></html>"


@pytest.fixture
def subject(tmp_path: Path, photo: Callable[..., Path]) -> Subject:
    """A subject with every kind of source, full of planted values."""
    for number in range(24):
        lat, lon = SEA[number % 20]
        name = (
            f"{WORDS[102]}-{number}.jpg"
            if number == 3
            else f"{FACTS[9].value}.jpg"
            if number == 4
            else f"IMG_{number:04d}.jpg"
        )
        photo(
            tmp_path / "photos" / name,
            lat=lat,
            lon=lon,
            taken=f"2026:05:{number % 27 + 1:02d} 20:15:00",
            artist=WORDS[103],
            owner=WORDS[104],
            serial=WORDS[105],
            caption=WORDS[106],
            make=WORDS[107],
            model=WORDS[108],
            software=WORDS[109],
        )
    (tmp_path / "photos" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe1" + WORDS[110].encode())
    (tmp_path / "saved.html").write_text(page(), encoding="utf-8")
    return Subject(
        facts=FACTS,
        sources=(
            Source(label="my page", kind=SourceKind.PAGE, address="https://page.example/me", mine=True),
            Source(
                label="handle page", kind=SourceKind.PAGE, address=f"https://{WORDS[3].lower()}.example/", mine=True
            ),
            Source(label="missing page", kind=SourceKind.PAGE, address=f"https://page.example/{WORDS[111].lower()}"),
            Source(label="directory", kind=SourceKind.LISTING, address="https://people.example/record"),
            Source(label="saved page", kind=SourceKind.FILE, path=str(tmp_path / "saved.html"), mine=True),
            Source(label="my photos", kind=SourceKind.PHOTOS, path=str(tmp_path / "photos")),
        ),
    )


@pytest.fixture
def audited(subject: Subject, run: Callable[..., Audited]) -> Audited:
    """The audit of that subject."""
    pages = {
        "page.example/me": page(),
        f"{WORDS[3].lower()}.example/": page(),
        "people.example/record": listing(),
        f"page.example/{WORDS[111].lower()}": (500, "text/html", page().encode()),
    }
    return run(subject, pages)


def seen_in(output: str) -> list[int]:
    """The numbers of the planted values that an output holds: the numbers, since a failure must not print them either."""
    folded = output.casefold()
    digits = re.sub(r"[^0-9.]", "", output)
    return [
        number
        for number, value in enumerate(planted())
        if value.casefold() in folded or (value[0].isdigit() and value.replace(" ", "") in digits)
    ]


def test_there_are_two_hundred_of_them() -> None:
    """The promise is held against 200 values."""
    assert len(set(planted())) == 200


@pytest.mark.parametrize("render", [html.render, text.render, text.summary, json.render, repr, str])
def test_no_output_holds_a_planted_value(audited: Audited, render: Callable[..., str]) -> None:
    """Report, text, terminal, JSON and every repr are free of all 200."""
    assert seen_in(render(audited.result)) == []


def test_the_audit_did_find_them(audited: Audited) -> None:
    """The silence is not emptiness: every declared kind was found, and undeclared ones too."""
    kinds = {finding.kind for finding in audited.result.findings}
    assert {
        "address",
        "phone",
        "email",
        "employer",
        "school",
        "relative",
        "plate",
        "position",
        "owner",
        "serial",
    } <= kinds
    assert any(finding.fact is None and finding.kind == "phone" for finding in audited.result.findings)


def test_a_file_name_with_a_declared_fact_is_told_by_its_number(audited: Audited) -> None:
    """A photo whose name is a relative's is "photo n"."""
    wheres = " ".join(finding.where for finding in audited.result.findings)
    reasons = " ".join(item.where or "" for item in audited.result.not_checked)
    assert WORDS[10] not in wheres + reasons


def test_the_evidence_hides_its_values_from_repr(audited: Audited) -> None:
    """What a traceback or a debugger would print of the records holds no value."""
    assert seen_in(repr(audited)) == []
    assert audited.listings
    assert seen_in(repr(audited.listings)) == []


def test_no_log_line_holds_a_planted_value(
    subject: Subject, run: Callable[..., Audited], caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing that any library logs on the way holds one."""
    with caplog.at_level(logging.DEBUG):
        run(subject, {"page.example/me": page(), "people.example/record": listing()})
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("unlisted")]
    assert seen_in("\n".join(ours)) == []


def test_the_terminal_holds_no_planted_value(
    subject: Subject, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The command line prints none of them, whether all goes well or a source is missing."""
    out = tmp_path / "out"
    out.mkdir()
    me = tmp_path / "me.toml"
    facts = "".join(
        f'[[fact]]\nkind = "{fact.kind}"\nlabel = "{fact.label}"\nvalue = "{fact.line}"\n'
        for fact in FACTS
        if fact.value
    )
    sources = (
        f'[[source]]\nlabel = "my photos"\nphotos = "{tmp_path / "photos"}"\n'
        f'[[source]]\nlabel = "saved page"\nfile = "{tmp_path / "saved.html"}"\naddress = "https://page.example/me"\nmine = true\n'
        f'[[source]]\nlabel = "gone"\nfile = "{tmp_path / "gone.html"}"\naddress = "https://page.example/me2"\n'
    )
    me.write_text('country = "US"\n' + facts + sources, encoding="utf-8")
    code = main(
        ["audit", str(me), "--report", str(out / "a.html"), "--json", str(out / "a.json"), "--text", str(out / "a.txt")]
    )
    printed = capfd.readouterr()
    assert code == 0, printed.err
    assert seen_in(printed.out + printed.err) == []
    for file in out.iterdir():
        assert seen_in(file.read_text(encoding="utf-8")) == [], file.name


@pytest.mark.parametrize("body", ["<", "\x00" * 50, "<div>" * 3000, "<script type='application/ld+json'>{"])
def test_no_exception_holds_a_planted_value(run: Callable[..., Audited], body: str) -> None:
    """Where something is wrong with a page, what is said about it holds no value of the page."""
    subject = Subject(
        facts=FACTS, sources=(Source(label="my page", kind=SourceKind.PAGE, address="https://page.example/me"),)
    )
    try:
        result = run(subject, {"page.example/me": body + page()}).result
    except Exception:
        assert seen_in(traceback.format_exc()) == []
        raise
    assert seen_in(repr(result)) == []
