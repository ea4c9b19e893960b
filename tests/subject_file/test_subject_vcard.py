"""A vCard becomes facts with labels; a hostile one becomes one clear line or fewer facts."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.errors import SubjectError
from unlisted.model.subject import Fact, SourceKind, Subject
from unlisted.sources.subject_file import country_of, dumps, holds_value, loads, read_pages, read_vcard
from unlisted.sources.subject_file.countries import code_of
from unlisted.sources.subject_file.vcard import MAX_BYTES, MAX_FACTS, MAX_LINE, MAX_LINES, MAX_PAGES, MAX_URL


def card(*lines: str) -> bytes:
    """A vCard of these lines."""
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", "")).encode()


def only(*lines: str) -> Fact:
    """The one fact of a vCard."""
    (found,) = read_vcard(card(*lines))
    return found


def test_whole_card() -> None:
    """Each property of a full card becomes a fact with a label of its own."""
    found = read_vcard(
        card(
            "N:Hollis;Wren;;;",
            "FN:Wren Hollis",
            "NICKNAME:larchfan,oldwren",
            "ADR;TYPE=HOME:;4;27 Larch Row;Marrow Bay;ME;04000;US",
            "ADR;TYPE=WORK:;;9 Quarry Lane;Fenwick;ME;04001;",
            "TEL;TYPE=CELL:+1 207 555 0142",
            "TEL;TYPE=WORK,VOICE:+1 207 555 0143",
            "EMAIL;TYPE=INTERNET:wren@post.example",
            "BDAY:19840203",
            "ORG:Brine Bakery;Ovens",
            "GEO:44.1;-68.2",
            "RELATED;TYPE=spouse;VALUE=text:Sorrel Hollis",
            "item1.X-ABRELATEDNAMES:Moss",
            "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ",
            "NOTE:nothing",
        )
    )
    assert [(fact.kind, fact.label) for fact in found] == [
        ("name", "name"), ("handle", "nickname"), ("handle", "nickname 2"), ("address", "home address"),
        ("address", "work address"),
        ("phone", "mobile"), ("phone", "work phone"), ("email", "email"), ("birth_date", "birth date"), ("employer", "employer"),
        ("place", "place"), ("relative", "spouse"), ("relative", "family member"),
    ]  # fmt: skip
    home = found[3]
    assert (home.street, home.unit, home.town, home.state, home.postcode, home.region) == (
        "27 Larch Row",
        "4",
        "Marrow Bay",
        "ME",
        "04000",
        "US",
    )
    assert found[8].value == "1984-02-03"
    assert found[10].position == (44.1, -68.2)


def test_two_spellings_of_a_name() -> None:
    """FN and N are one name; another spelling stands beside it."""
    assert only("FN:Wren Hollis", "N:Hollis;Wren;;;").aliases == ()
    assert only("FN:Dr. Wren Hollis", "N:Hollis;Wren;;;").aliases == ("Wren Hollis",)


def test_position_of_the_only_address() -> None:
    """A position belongs to the address where there is one of each."""
    assert only("ADR;TYPE=HOME:;;27 Larch Row;Marrow Bay;ME;04000;", "GEO:geo:44.1,-68.2").position == (44.1, -68.2)


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("TEL;VALUE=uri:tel:+1-207-555-0142", "phone", "+1-207-555-0142"),
        ("TEL:207 555 0142", "phone", "207 555 0142"),
        ("EMAIL:mailto:wren@post.example", "email", "wren@post.example"),
        ("BDAY:1984-02-03", "birth_date", "1984-02-03"),
        ("BDAY;VALUE=date-and-or-time:1984-02-03T10:00:00Z", "birth_date", "1984-02-03"),
        ("ORG:Brine\\, Barrow\\; Co", "employer", "Brine, Barrow; Co"),
        ("FN:Wren\\nHollis", "name", "Wren, Hollis"),
        ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Wren=20H=C3=B6llis", "name", "Wren Höllis"),
        ("fn:Wren", "name", "Wren"),
        ("item7.FN:Wren", "name", "Wren"),
        ("FN:Wren\r\n  Hollis", "name", "Wren Hollis"),
        ("N:;Wren;;;", "name", "Wren"),
        ("ADR:;;27 Larch Row\\nBack House;Marrow Bay;;;", "address", "27 Larch Row, Back House, Marrow Bay"),
    ],
)
def test_ways_of_writing(line: str, kind: str, value: str) -> None:
    """Folded, escaped and quoted-printable lines, groups and URIs of all versions are read."""
    found = only(line)
    assert (found.kind, found.line) == (kind, value)


@pytest.mark.parametrize("country", [("GB", "GB"), ("uk", "GB"), ("Germany", "DE"), ("Nowhereland", None), ("", None)])
def test_country(country: tuple[str, str | None]) -> None:
    """A country in two letters or by its name becomes the region; a name that is none is not guessed at."""
    assert only(f"ADR:;;27 Larch Row;Marrow Bay;;;{country[0]}").region == country[1]


@pytest.mark.parametrize(
    "line",
    [
        "TEL:", "TEL:no number", "EMAIL:nothing", "BDAY:--0203", "BDAY:19849999", "BDAY:today",
        "ORG:", "FN: ", "N:;;;;", "ADR:;;;;;;",
        "GEO:nowhere", "GEO:0;0", "GEO:99;200", "RELATED:urn:uuid:1", "TEL", ":x", "FN",
        "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=zlib:=99",

        "FN:" + "x" * 600, "FN:a\u202eb", "NICKNAME:,,,", "AGENT:x", "X-UNKNOWN:x", "FN;\x00:x",
    ],
)  # fmt: skip
def test_lines_that_say_nothing(line: str) -> None:
    """A line that is empty, nonsense or hostile is left out, and the next one is read."""
    found = read_vcard(card(line, "EMAIL:wren@post.example"))
    assert [fact.kind for fact in found][-1:] == ["email"]
    assert len(found) == 1


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    """A line that cannot be read appears neither in a log nor on the terminal."""
    caplog.set_level(logging.DEBUG)
    read_vcard(
        card(
            "FN;;;=wren-canary",
            "wren-canary",
            "TEL;=:wren-canary",
            "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=zlib:wren-canary=99",
        )
    )
    shown = capfd.readouterr()
    assert "canary" not in shown.out + shown.err + caplog.text


def test_labels_hold_no_value() -> None:
    """Where a name is itself an ordinary word, the labels give way."""
    found = read_vcard(
        card("FN:Mobile Email", "TEL;TYPE=CELL:207 555 0142", "EMAIL:mobile@post.example", "TEL;TYPE=CELL:207 555 0143")
    )
    assert not any(holds_value(fact.label, found) for fact in found)
    assert len({fact.label for fact in found}) == len(found)


def test_fact_that_leaves_no_label_is_left_out() -> None:
    """Where every label would hold a value, the fact is left out rather than named by one."""
    words = "Name Detail Entry Line Item Email Mobile"
    found = read_vcard(card(f"FN:{words}", "EMAIL:wren@post.example"))
    assert [fact.kind for fact in found] == []


def test_space_at_the_ends() -> None:
    """Wide spaces at the ends of a value are taken off, as in the subject file."""
    assert only("FN:\u3000Wren\u00a0").value == "Wren"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this is not a vCard"),
        (b"hello", "this is not a vCard"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "this is not a vCard"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "this is not a vCard"),
        (card("FN:Wren") * 2, "more than one person"),
        (b"BEGIN:VCARD\r\n" * 1000, "more than one person"),
        (b"x" * (MAX_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_no_card(data: bytes, said: str) -> None:
    """What is no card of one person is told as such."""
    with pytest.raises(SubjectError, match=said):
        read_vcard(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings(encoding: str) -> None:
    """A card is read in the encodings that phones and old programs write."""
    text = card("FN:Wren Höllis").decode()
    assert read_vcard(text.encode(encoding))[0].value == "Wren Höllis"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    """A card is read whatever its lines end with, and without an END."""
    assert read_vcard(end.join(("BEGIN:VCARD", "FN:Wren", "TEL:207 555 0142")).encode())[1].kind == "phone"


def test_picture_is_passed_over() -> None:
    """A large folded picture is left out, and the lines after it are read."""
    picture = "PHOTO;ENCODING=b:" + "\r\n ".join(["A" * 70] * 20_000)
    assert only(picture, "FN:Wren").value == "Wren"


@pytest.mark.parametrize(("length", "kept"), [(MAX_LINE, 1), (MAX_LINE + 1, 0)])
def test_longest_line(length: int, kept: int) -> None:
    """A line of the longest length is read, a longer one is left out."""
    line = "EMAIL;X-A=" + "a" * (length - len("EMAIL;X-A=") - len(":w@post.example")) + ":w@post.example"
    assert len(line) == length
    assert len(read_vcard(card(line))) == kept


def test_most_facts() -> None:
    """No more facts are taken than the limit."""
    assert len(read_vcard(card(*(f"TEL:207 555 {number:04}" for number in range(MAX_FACTS + 50))))) == MAX_FACTS


def test_most_lines() -> None:
    """No more lines of interest are read than the limit."""
    empty = ["TEL:none"] * (MAX_LINES - 1)
    assert len(read_vcard(card(*empty, "FN:Wren"))) == 1
    assert read_vcard(card(*empty, "TEL:none", "FN:Wren")) == ()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [
                "FN:",
                "N:",
                "ADR;TYPE=home:",
                "TEL;TYPE=cell:",
                "EMAIL:",
                "BDAY:",
                "ORG:",
                "GEO:",
                "RELATED;",
                "NICKNAME:",
                " ",
                "FN;",
            ]
        ).flatmap(lambda head: st.text(max_size=20).map(lambda text: head + text)),
        max_size=8,
    )
)
def test_any_card(lines: list[str]) -> None:
    """Whatever stands in a card, its facts make a subject file that reads back as the same facts."""
    try:
        found = read_vcard("\r\n".join(("BEGIN:VCARD", *lines, "END:VCARD")).encode("utf-8", "surrogatepass"))
    except SubjectError:
        return
    subject = Subject(facts=found)
    assert loads(dumps(subject), name="me.toml", folder=Path()) == subject


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Any bytes within a card raise nothing."""
    try:
        read_vcard(b"BEGIN:VCARD\r\nFN:" + data + b"\r\nTEL:" + data)
    except SubjectError as error:
        assert str(error)  # noqa: PT017  (either outcome is right)


@pytest.mark.parametrize(
    "unit",
    ["FN:x\n", " a\n", "TEL;TYPE=a,b;X=c:1234\n", "FN;ENCODING=QUOTED-PRINTABLE:a=\n", "FN;", "N:;;;;\\;", "=\n"],
)
def test_work_grows_with_the_card(unit: str) -> None:
    """Twice the card takes at most three times the work."""
    count = 200_000 // len(unit)
    grows_in_step(lambda n: ("BEGIN:VCARD\nFN:a\n" + unit * n).encode(), read_vcard, count, largest=4 * count)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Deutschland", "DE"), ("ALLEMAGNE", "DE"), ("Österreich", "AT"), ("Osterreich", "AT"), ("España", "ES"),
        ("The Netherlands", "NL"), ("U.S.A.", "US"), ("United States of America", "US"), ("Ελλάδα", "GR"), ("日本", "JP"),
        ("Scotland", "GB"), ("Kenya", "KE"), ("ke", "KE"), ("Marrow Bay", None), ("", None), ("x" * 9_000, None), ("the", None),
    ],
)  # fmt: skip
def test_names_of_countries(name: str, code: str | None) -> None:
    """Names of a country in several languages, with or without accents; what is none gives none."""
    assert code_of(name) == code


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("ADR;TYPE=WORK:;;;Larchham;;;France", "ADR;TYPE=HOME:;;;Fenwick;;;Austria"), "AT"),
        (("ADR;TYPE=HOME:;;;Fenwick;;;", "ADR;TYPE=WORK:;;;Larchham;;;France"), "FR"),
        (("TEL:207 555 0142", "TEL:+44 7700 900123"), "GB"),
        (("TEL:+49 30 23125 123", "ADR:;;;Fenwick;;;Nowhereland"), "DE"),
        (("TEL:+1 207 555 0142",), "US"),
        (("TEL:+999 12345678",), None),
        (("TEL:+800 1234 5678",), None),
        (("FN:Wren Hollis",), None),
    ],
)
def test_country_of_the_person(lines: tuple[str, ...], code: str | None) -> None:
    """Home before work, an address before a phone, and none where the card does not say."""
    assert country_of(read_vcard(card(*lines))) == code


def test_web_addresses_are_pages() -> None:
    """Each http(s) address is one page; those of the work are not said to be the person's."""
    found = read_pages(
        card(
            "FN:Wren Hollis", "URL:https://wren.example/", "item1.URL;type=pref:https\\://wren.example/", "URL:wren.example",
            "URL;TYPE=WORK:http://bakery.example/team?a=1\\,2", "URL:ftp://wren.example/", "URL:javascript:alert(1)",
            "URL:https://a:b@wren.example/", "URL:https://wren.example/\u202e", "URL:https://x.example/" + "x" * MAX_URL,
            "NOTE:https://other.example/",
        )
    )  # fmt: skip
    assert [(page.label, page.kind, page.address, page.mine) for page in found] == [
        ("page 1", SourceKind.PAGE, "https://wren.example/", True),
        ("page 2", SourceKind.PAGE, "http://bakery.example/team?a=1,2", False),
    ]


def test_no_more_pages_than_the_limit() -> None:
    """A card with very many addresses gives the first ones."""
    many = read_pages(card(*(f"URL:https://p{number}.example/" for number in range(3 * MAX_PAGES))))
    assert len(many) == MAX_PAGES


def test_pages_of_what_is_no_card() -> None:
    """One clear line, as for its facts."""
    with pytest.raises(SubjectError, match="not a vCard"):
        read_pages(b"URL:https://wren.example/")
