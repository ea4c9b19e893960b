"""Letters as PDF: the same words on the page, nothing of the machine, and hostile text that stays text."""

from __future__ import annotations

import builtins
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.errors import BadInput
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy import pdf
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.languages import LANGUAGES
from unlisted.remedy.letters import Letter, write
from unlisted.remedy.recipient import Recipient

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PAGE = "https://www.peekabook.example/person/4711"
POST = ("Privacy team", "1 Made Up Street", "Marrow Bay, ME 04000")
POINTS_A_MM = 72 / 25.4
WINDOWS = {"a4": (62, 92), "us-letter": (63, 92)}
"""From which to which millimetre of the page the window of an envelope shows it."""


def letter(kind: str = "delisting", *, name: str = "Wren Halloway", language: str = "en", **more: Any) -> Letter:
    """A letter about a made-up record that shows this name."""
    fact = Fact(kind="name", label="my name", value=name)
    source = Source(label="the listing", kind=SourceKind.LISTING, address=more.pop("address", PAGE))
    record = Listing(
        source="the listing",
        directory=None,
        host="www.peekabook.example",
        matched=(fact,),
        fields=(Field(kind="name", value=name),),
    )
    to = Recipient(name="Peekabook Ltd", post=more.pop("post", POST), hosts=("peekabook.example",))
    return write(
        kind,
        subject=Subject(facts=(fact,), sources=(source,)),
        recipient=to,
        record=record,
        language=language,
        now=NOW,
        reference="ABCDE23456",
        allow=("my name",),
        **more,
    )


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Reads the words of a PDF, as a program for blind people would; skipped where that program is not there."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path_factory.mktemp("pdf") / "letter.pdf"

    def words(data: bytes, *options: str) -> str:
        path.write_bytes(data)
        done = subprocess.run([tool, *options, str(path), "-"], capture_output=True, check=True)
        return done.stdout.decode()

    return words


def flat(text: str) -> str:
    """The signs of a text without white space: where lines break does not count."""
    return "".join(text.split())


def body(made: Letter) -> str:
    """What the page must hold, in its order: the words without the label before the recipient's name."""
    assert made.page is not None
    return flat(
        made.page.sender + "".join(made.page.address) + made.page.about + made.page.body.replace("\n--\n", "\n")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_holds_the_letter(kind: str, read: Callable[..., str]) -> None:
    """Every kind: the page says what the text says, sign for sign and in the same order, and no more."""
    made = letter(kind)
    assert re.sub(r"ABCDE23456·\d/\d", "", flat(read(made.pdf("a4"), "-raw"))) == body(made)


@pytest.mark.parametrize(("kind", "language"), [(k, code) for code, each in LANGUAGES.items() for k in each.kinds])
def test_every_language(kind: str, language: str, read: Callable[..., str]) -> None:
    """Every translation has its four parts on the page, in its own letters."""
    made = letter(kind, language=language)
    assert re.sub(r"ABCDE23456·\d/\d", "", flat(read(made.pdf("a4"), "-raw"))) == body(made)


@pytest.mark.parametrize("paper", pdf.PAPERS)
def test_the_same_bytes_twice(paper: str) -> None:
    """The same letter gives the same bytes, and they name no day, user or folder of this machine."""
    made = letter().pdf(paper)
    assert made == letter().pdf(paper)
    assert made.startswith(b"%PDF-1.7")
    assert b"/CreationDate" not in made
    assert b"/Author" not in made
    assert str(Path.home()).encode() not in made


def lines(words: str) -> list[tuple[float, float, str]]:
    """(middle from the top of its page in millimetres, right edge likewise, word) of each word, page after page."""
    found = []
    for number, page in enumerate(words.split("<page ")[1:]):
        for top, right, bottom, word in re.findall(r'yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', page):
            middle = (float(top) + float(bottom)) / 2 / POINTS_A_MM
            found.append((number * 1000 + middle, float(right) / POINTS_A_MM, word))
    return found


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 210, 297), ("us-letter", 215.9, 279.4)])
def test_the_window_shows_the_address(paper: str, width: float, height: float, read: Callable[..., str]) -> None:
    """The recipient's name and post stand where the window of an envelope is, and nothing else does."""
    boxes = read(letter().pdf(paper), "-bbox")
    page = re.search(r'<page width="([\d.]+)" height="([\d.]+)">', boxes)
    assert page is not None
    assert [round(float(size) / POINTS_A_MM, 1) for size in page.groups()] == [width, height]
    first, last = WINDOWS[paper]
    seen = [word for middle, _, word in lines(boxes) if first < middle < last]
    assert " ".join(seen) == " ".join(("Peekabook Ltd", *POST))


def test_who_writes_much_does_not_cover_the_address(read: Callable[..., str]) -> None:
    """A name of 200 signs and eight long lines of post move the rest down: no line lies on another or leaves the page."""
    found = lines(read(letter(name="W" * 200, post=tuple("M" * 200 for _ in range(8))).pdf("a4"), "-bbox"))
    middles = sorted({round(middle, 1) for middle, _, _ in found})
    assert max(right for _, right, _ in found) < 210 - 15
    assert max(middle % 1000 for middle in middles) < 297 - 10
    assert min(after - before for before, after in pairwise(middles)) > 3


@pytest.mark.parametrize(
    "name",
    [
        '#eval("1 + 1") #read("/etc/passwd")',
        "$x^2$ *bold* _slanted_ @ref <label> = Heading",
        "\\ // /* no comment */ `code` ~ -- --- ...",
        "{{ 7 * 7 }} {% raw %} <script>",
        '#import "@preview/x:0.1.0"',
    ],
)
def test_markup_stays_text(name: str, read: Callable[..., str]) -> None:
    """What would be a command to the typesetter stands on the page as it was typed."""
    assert flat(name) in flat(read(letter(name=name).pdf("a4"), "-raw"))


@pytest.mark.parametrize(
    "name", ["आर्यन शर्मा", "Ελένη Παππά", "Кирилл Ежов", "שרה כהן", "Łucja Żółć", "Ngô Thị Hường", "Անի", "ნინო"]
)
def test_other_scripts(name: str, read: Callable[..., str]) -> None:
    """Names of other scripts stand on the page and can be read back."""
    signs = [sign for sign in name if sign.isalpha()]
    words = read(letter(name=name).pdf("a4"), "-raw")
    assert [sign for sign in signs if sign not in words] == []


def test_an_arabic_name_is_joined_from_the_right(read: Callable[..., str]) -> None:
    """Arabic is set in its own font, and the letter around it stays as it is."""
    made = letter(name="مريم الحسن").pdf("a4")
    assert b"NotoSansArabic" in made
    words = read(made, "-raw")
    assert [sign for sign in "مريم الحسن" if sign not in words] == []
    assert "The name on it is" in words


def test_the_fonts_of_typst_stand_in(monkeypatch: pytest.MonkeyPatch, read: Callable[..., str]) -> None:
    """Where the packages of fonts are not there, every script but Devanagari still has a page."""
    monkeypatch.setattr(pdf, "_PACKAGES", ())
    pdf._fonts.cache_clear()
    try:
        for name in ("Jörg Müßig", "Ελένη Παππά", "Кирилл Ежов", "שרה כהן", "مريم الحسن"):
            words = read(letter(name=name).pdf("a4"), "-raw")
            assert [sign for sign in name if sign.isalpha() and sign not in words] == []
        with pytest.raises(BadInput, match="lack a sign"):
            letter(name="आर्यन शर्मा").pdf("a4")
    finally:
        pdf._fonts.cache_clear()


def test_a_sign_without_a_font(read: Callable[..., str]) -> None:
    """A letter with a sign that no font has is refused in one line without the sign; its text is still there."""
    made = letter(name="山田 太郎")
    with pytest.raises(BadInput, match="lack a sign") as caught:
        made.pdf("a4")
    assert "山" not in str(caught.value)
    assert "山田 太郎" in made.text


def test_an_unknown_paper() -> None:
    """A paper that we do not know is one line that says which there are."""
    with pytest.raises(BadInput, match="there are: a4, us-letter"):
        letter().pdf("a3")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without typst the error says what to install."""
    found = builtins.__import__

    def absent(name: str, *rest: Any, **more: Any) -> Any:
        if name == "typst":
            raise ImportError
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(BadInput, match=re.escape("pip install 'unlisted[pdf]'")):
        letter().pdf("a4")


def test_a_letter_that_is_text_only(read: Callable[..., str]) -> None:
    """A letter without parts is set from its text."""
    made = replace(letter(), page=None, text="Some words.\n\n  a line\n")
    assert flat(read(made.pdf("a4"), "-raw")) == flat(made.subject_line + made.text)


def test_a_long_address_is_not_cut(read: Callable[..., str]) -> None:
    """The address of a page is there to the last sign, also where it has no place to break."""
    address = f"{PAGE}?{'a' * 700}"
    assert flat(address) in flat(read(letter(address=address).pdf("us-letter"), "-raw"))


def test_the_pages_of_a_long_letter_are_numbered(read: Callable[..., str]) -> None:
    """Each page of a longer letter has the reference and its number."""
    made = letter(address=f"{PAGE}?{'a' * 900}", post=tuple("M" * 200 for _ in range(8))).pdf("us-letter")
    assert re.findall(r"ABCDE23456 · \d / \d", read(made)) == [f"ABCDE23456 · {page} / 3" for page in (1, 2, 3)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    bad=st.lists(st.text(max_size=80), min_size=3, max_size=3),
    kind=st.sampled_from(sorted(KINDS)),
    paper=st.sampled_from(pdf.PAPERS),
)
def test_any_text_gives_a_page_or_one_line(bad: list[str], kind: str, paper: str) -> None:
    """Whatever stands in a name, a post line or an address: a PDF, or one line that says why not."""
    made = letter(kind, name=bad[0], post=tuple(bad), address="https://www.peekabook.example/" + bad[1])
    try:
        assert made.pdf(paper).startswith(b"%PDF")
    except BadInput as error:
        assert "lack a sign" in str(error)  # noqa: PT017  (both outcomes are right)


def test_shapes() -> None:
    """Paragraphs, indented lines, lines to write on, the greeting, the line to sign on and the small print are told apart."""
    body = "Hello,\n\n  one\n  two\n\nWho: ___\n\n  ___\n\nKind regards\n\n___\n\n--\nNot advice.\n"
    assert list(pdf._shapes(body, "___")) == [
        ("words", ["Hello,"]),
        ("items", ["one", "two"]),
        ("fill-words", ["Who: ___"]),
        ("fill-items", ["___"]),
        ("close", ["Kind regards"]),
        ("sign", ["___"]),
        ("notes", ["Not advice."]),
    ]


@pytest.mark.parametrize("paper", pdf.PAPERS)
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_signs_an_empty_page(kind: str, paper: str, read: Callable[..., str]) -> None:
    """The greeting stands on the page of the line to sign on, however long the letter is."""
    last = read(letter(kind).pdf(paper), "-layout").split("\f")[:-1][-1]
    assert "Kind regards" in last
    assert last.index("Kind regards") < last.rindex("___")


def test_there_is_room_to_write(read: Callable[..., str]) -> None:
    """Lines to fill in by hand are at least six millimetres apart, also several below each other."""
    found = lines(read(letter("police-sheet").pdf("a4"), "-bbox"))
    blanks = sorted(middle for middle, _, word in found if word.startswith("____") and middle > WINDOWS["a4"][1])
    assert len(blanks) > 8
    assert min(after - before for before, after in pairwise(blanks)) > 6


def test_a_program_for_blind_people_can_read_it() -> None:
    """The page is tagged, says its title and language, and claims PDF/UA-1."""
    made = letter("erasure", language="de").pdf("a4")
    wanted = (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid:part", b"/DisplayDocTitle true", b"/Lang(de)")
    assert [mark for mark in wanted if mark not in made.replace(b"/Lang (", b"/Lang(")] == []
