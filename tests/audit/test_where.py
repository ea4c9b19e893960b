"""Where something stands, in words that tell no value."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.audit.lens import lens
from unlisted.audit.where import KIND_WORDS, PARTS, Redactor, fact_words, listed
from unlisted.data.headings import LONGEST, is_ordinary, ordinary_words
from unlisted.model import Fact, FactKind, Locator, Subject

SUBJECT = Subject(
    facts=(
        Fact(kind="name", label="name", value="Odile Varnholt"),
        Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000"),
        Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
        Fact(kind="handle", label="user name", value="odivarn"),
    )
)


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    """Knows the subject's facts."""
    return lens(SUBJECT).redactor


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("Contact", "paragraph 3 under “Contact”"),
        ("About me", "paragraph 3 under “About me”"),
        ("Über mich", "paragraph 3 under “Über mich”"),
        ("Odile Varnholt", "paragraph 3 under heading 2"),
        ("Larch Row", "paragraph 3 under heading 2"),
        ("Marrow Bay in winter", "paragraph 3 under heading 2"),
        ("Call 207 555 0199", "paragraph 3 under heading 2"),
        ("Zebulon Quix", "paragraph 3 under heading 2"),
        ("Contact " * 20, "paragraph 3 under heading 2"),
        ("<b>Contact</b>", "paragraph 3 under heading 2"),
        ("Contact\u202e", "paragraph 3 under heading 2"),
    ],
)
def test_a_heading_is_named_only_when_it_is_ordinary(redactor: Redactor, heading: str, wanted: str) -> None:
    """Anything that could be somebody's is a number."""
    assert redactor.where(Locator(heading=heading, heading_number=2, paragraph=3)) == wanted


@pytest.mark.parametrize(
    ("locator", "wanted"),
    [
        (Locator(paragraph=4), "paragraph 4"),
        (Locator(), "the text"),
        (Locator(heading_number=5), "the text under heading 5"),
        (Locator(part="record"), "the record about you"),
        (Locator(part="data", heading="Odile"), "hidden data in the page"),
    ],
)
def test_parts_of_a_page_are_told_in_plain_words(redactor: Redactor, locator: Locator, wanted: str) -> None:
    """Each part has its words."""
    assert redactor.where(locator) == wanted


def test_no_words_for_a_part_use_jargon() -> None:
    """A person can read them."""
    assert not [words for words in PARTS.values() if any(bad in words.casefold() for bad in ("json", "meta", "exif"))]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("IMG_2041.jpg", "IMG_2041.jpg"),
        ("DSC_0312.JPG", "DSC_0312.JPG"),
        ("PXL_20231006_063029647.jpg", "PXL_20231006_063029647.jpg"),
        ("IMG-20230101-WA0001.jpg", "IMG-20230101-WA0001.jpg"),
        ("DCIM/100CANON/IMG_0001.CR2", "DCIM/100CANON/IMG_0001.CR2"),
        ("P1010001.RW2", "P1010001.RW2"),
        ("garden.jpg", "photo 7"),
        ("27larchrow.jpg", "photo 7"),
        ("14_Birch_Avenue.jpg", "photo 7"),
        ("44.40123_-68.20456.jpg", "photo 7"),
        ("IMG_2075550199.jpg", "photo 7"),
        ("MarrowBay/IMG_0001.jpg", "photo 7 (IMG_0001.jpg)"),
        ("2019 with Zebulon/photos.jpg", "photo 7 (photos.jpg)"),
        ("MarrowBay/27 Larch Row.jpg", "photo 7"),
        ("Larch Row/odivarn_12.jpg", "photo 7"),
        ("photos/IMG_0001.jpg", "photo 7 (IMG_0001.jpg)"),
        ("photos/my home.jpg", "photos/my home.jpg"),
        ("album.jpg", "album.jpg"),
        ("my_photo-album 12.jpeg", "my_photo-album 12.jpeg"),
        ("Gallery (3).png", "Gallery (3).png"),
        ("album 2019.jpg", "photo 7"),
        ("album 3-4.jpg", "photo 7"),
        ("Zebulon album.jpg", "photo 7"),
        ("album; Zebulon.jpg", "photo 7"),
        ("album\n.jpg", "photo 7"),
        ("album", "photo 7"),
        ("1985-02-03 birthday.jpg", "photo 7"),
        ("Odile Varnholt.jpg", "photo 7"),
        ("27 Larch Row.jpg", "photo 7"),
        ("odivarn_12.jpg", "photo 7"),
        (None, "photo 7"),
        ("a\u202eb.jpg", "photo 7"),
        ("a\nb.jpg", "photo 7"),
    ],
)
def test_a_photo_is_told_by_its_file_name_unless_that_tells_too_much(
    redactor: Redactor, name: str | None, wanted: str
) -> None:
    """A name with a declared fact, or with characters that do not print, is a number."""
    assert redactor.photo(name, 7) == wanted


@pytest.mark.parametrize(
    "name",
    [
        "207-555-0123.jpg",
        "555-0123.jpg",
        "P 207 555 0123.jpg",
        "signal-207-555-0123.jpg",
        "20755501.23.jpg",
        "07700 900123.jpg",
        "30 23125 123.jpg",
        "020 7946 0123.jpg",
        "IMG 23125123.jpg",
        "23125123.jpg",
        "44.10231 68.20345.jpg",
        "1984-05-17.jpg",
        "IMG_19840517.jpg",
        "17.05.1984.jpg",
        "123-45-6789.jpg",
        "4929-9999-9999-9999.jpg",
        "123ANNAS/207-555-0123.jpg",
        "my home 27.jpg",
        "my home (27).jpg",
        "1.Larch",
        "IMG_1.Zeb",
    ],
)
def test_a_file_name_of_figures_that_no_camera_gives_is_not_shown(redactor: Redactor, name: str) -> None:
    """It can be a telephone number, a day of birth, a place or a house number that nobody declared."""
    assert redactor.photo(name, 7) == "photo 7"


@pytest.mark.parametrize("folder", ["100LARCH", "123ANNAS", "2704", "555-01", "1984"])
def test_a_folder_that_only_looks_like_a_cameras_is_not_shown(redactor: Redactor, folder: str) -> None:
    """Five letters behind three figures can be a name or a street."""
    assert redactor.photo(f"{folder}/IMG_0001.jpg", 7) == "photo 7 (IMG_0001.jpg)"


@pytest.mark.parametrize(
    "name",
    [
        "1.jpg",
        "00042.MP4",
        "100-0012.JPG",
        "GOPR0123.MP4",
        "GX010123.MP4",
        "R0010001.JPG",
        "P5170001.JPG",
        "IMG_E2041.heic",
        "IMG_2041-2.jpg",
        "IMG_2041(1).jpg",
        "IMG_20231006_063029.jpg",
        "VID_20231006_063029~2.mp4",
        "20231006_063029.jpg",
        "2023-10-06 06.30.29.jpg",
        "Screenshot_2023-10-06-06-30-29-123.png",
        "signal-2023-10-06-06-30-29-123.jpg",
        "WhatsApp Image 2023-10-06 at 06.30.29.jpeg",
        "PXL_20231006_063029647.NIGHT.jpg",
        "2023/2023-10/IMG_0001.jpg",
    ],
)
def test_names_that_cameras_and_messengers_give_are_shown(redactor: Redactor, name: str) -> None:
    """The person can find the file by them."""
    assert redactor.photo(name, 7) == name


def test_ordinary_words_that_are_declared_are_not_shown() -> None:
    """A label of ordinary words can be somebody's user name."""
    facts = (
        Fact(kind="handle", label="user name", value="photoalbum"),
        Fact(kind="name", label="name", value="Home Page"),
    )
    hidden = lens(Subject(facts=facts)).redactor
    for name in ("photo album.jpg", "photoalbum.jpg", "home page 3.jpg", "photo_album/IMG_1.jpg"):
        assert hidden.photo(name, 7).partition(" (")[0] == "photo 7"


def test_a_host_with_a_user_name_in_it_is_not_shown(redactor: Redactor) -> None:
    """The host is the person's, but the report may be seen by others."""
    assert redactor.host("odivarn.example") is None
    assert redactor.host("blog.example") == "blog.example"
    assert redactor.host(None) is None


@pytest.mark.parametrize(
    ("kind", "label", "wanted"),
    [
        ("address", "home", "home address"),
        ("address", "old address", "old address"),
        ("phone", "mobile", "mobile"),
        ("phone", "sister's", "sister's phone number"),
        ("birth_date", "birthday", "birthday"),
        ("birth_date", "the day", "the day date of birth"),
        ("relative", "sister", "sister"),
        ("place", "class", "class"),
    ],
)
def test_a_fact_is_named_by_label_and_kind(kind: str, label: str, wanted: str) -> None:
    """The kind is added where the label does not say it."""
    assert fact_words(Fact(kind=kind, label=label, value="x")) == wanted


def test_many_places_are_counted() -> None:
    """Three are named, and how many more there are."""
    assert listed(["a", "b", "a"]) == "a; b"
    assert listed(["a", "b", "c", "d", "e"]) == "a; b; c; and 2 more"


def test_the_ordinary_words_are_small_letters_and_no_digits() -> None:
    """The table is clean."""
    words = ordinary_words()
    assert len(words) > 300
    assert all(word == word.casefold() and word.isalpha() for word in words)
    assert "larch" not in words


@given(st.text(max_size=LONGEST * 2))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_heading_that_is_named_is_made_of_ordinary_words(heading: str) -> None:
    """Whatever comes in, only known words come out."""
    if is_ordinary(heading):
        assert set("".join(c if c.isalpha() else " " for c in heading.casefold()).split()) <= ordinary_words()


def test_kind_words_belong_to_kinds() -> None:
    """The table speaks of fact kinds only."""
    assert set(KIND_WORDS) <= set(FactKind)
