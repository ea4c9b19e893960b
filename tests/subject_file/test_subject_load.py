"""The subject file: what is read, and what is said where something is wrong."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openlocationcode import openlocationcode
from tests.growth import grows_in_step

from unlisted.errors import SubjectError
from unlisted.model.subject import Control, Fact, Source, SourceKind, Subject
from unlisted.sources.subject_file import load, loads
from unlisted.sources.subject_file.load import MAX_BYTES, MAX_DOTS
from unlisted.sources.subject_file.schema import MAX_ALIASES, MAX_FACTS, MAX_LABEL, MAX_SOURCES, MAX_TEXT

HERE = Path("/folder")
WHOLE = """
country = "us"
languages = ["en", "de-AT"]
timezone = "America/New_York"

[[fact]]
kind = "address"
label = "home"
street = "27 Larch Row"
unit = "4"
town = "Marrow Bay"
state = "ME"
postcode = "04000"
lat = 44.1
lon = -68.2
aliases = ["Larch Cottage"]

[[fact]]
kind = "phone"
label = "mobile"
value = "+1 555 0100"
region = "GB"
secret = true

[[fact]]
kind = "birth_date"
label = "birthday"
value = 1980-02-03

[[source]]
label = "my blog"
page = "https://blog.example/"
mine = true

[letters]
allow = ["home"]
"""


def read(text: str) -> Subject:
    """The subject of a text."""
    return loads(text, name="me.toml", folder=HERE)


def complaint(text: str) -> str:
    """What is said of a text; always one line that names the file."""
    with pytest.raises(SubjectError) as caught:
        read(text)
    said = str(caught.value)
    assert said.startswith("me.toml: ")
    assert "\n" not in said
    assert caught.value.__cause__ is None
    return said.removeprefix("me.toml: ")


def fact(**keys: str) -> str:
    """One fact as TOML; the values stand as written."""
    return "[[fact]]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items()) + "\n"


def source(**keys: str) -> str:
    """One source as TOML."""
    return fact(**keys).replace("[[fact]]", "[[source]]")


def test_whole_file() -> None:
    """Every key of the least file arrives where it belongs."""
    assert read(WHOLE) == Subject(
        country="US",
        languages=("en", "de-AT"),
        timezone="America/New_York",
        facts=(
            Fact(
                kind="address",
                label="home",
                street="27 Larch Row",
                unit="4",
                town="Marrow Bay",
                state="ME",
                postcode="04000",
                lat=44.1,
                lon=-68.2,
                aliases=("Larch Cottage",),
            ),
            Fact(kind="phone", label="mobile", value="+1 555 0100", region="GB", secret=True),
            Fact(kind="birth_date", label="birthday", value="1980-02-03"),
        ),
        sources=(Source(label="my blog", kind=SourceKind.PAGE, address="https://blog.example/", mine=True),),
        allow=("home",),
    )


def test_empty_file() -> None:
    """An empty file is an empty subject: nothing is invented."""
    assert read("") == Subject()


@pytest.mark.parametrize(
    ("keys", "kind", "address", "path"),
    [
        ({"page": '"https://blog.example/"'}, SourceKind.PAGE, "https://blog.example/", None),
        ({"listing": '"https://people.example/w"'}, SourceKind.LISTING, "https://people.example/w", None),
        ({"feed": '"https://blog.example/feed"'}, SourceKind.FEED, "https://blog.example/feed", None),
        (
            {"account": '"https://s.example/@w"', "service": '"mastodon"'},
            SourceKind.ACCOUNT,
            "https://s.example/@w",
            None,
        ),
        ({"photos": '"pics"'}, SourceKind.PHOTOS, None, "/folder/pics"),
        ({"photos": '"/other/pics"'}, SourceKind.PHOTOS, None, "/other/pics"),
        ({"tracks": '"runs"'}, SourceKind.TRACKS, None, "/folder/runs"),
        ({"export": '"takeout.zip"', "service": '"google"'}, SourceKind.EXPORT, None, "/folder/takeout.zip"),
        ({"file": '"saved.html"'}, SourceKind.FILE, None, "/folder/saved.html"),
        (
            {"file": '"s.html"', "address": '"https://a.example/"'},
            SourceKind.FILE,
            "https://a.example/",
            "/folder/s.html",
        ),
    ],
)
def test_sources(keys: dict[str, str], kind: SourceKind, address: str | None, path: str | None) -> None:
    """Each kind of source is read; paths lead from the folder of the file."""
    found = read(source(label='"it"', **keys)).sources[0]
    assert (found.kind, found.address) == (kind, address)
    assert found.path == (None if path is None else str(Path(path)))


def test_control_of_sources() -> None:
    """A local folder is the person's own, a page is claimed with mine = true, a listing never is."""
    text = source(label='"a"', photos='"p"') + source(label='"b"', page='"https://a.example/"', mine="true")
    text += source(label='"c"', listing='"https://b.example/"', mine="true")
    assert [each.control for each in read(text).sources] == [Control.PROVEN, Control.CLAIMED, Control.ABOUT_ME]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"colour": '"red"'}, "[[fact]] number 1: key 'colour' is not known; allowed are kind, label, value, "),
        ({"kinds": '"x"'}, "[[fact]] number 1: key 'kinds' is not known; did you mean 'kind'?; allowed are "),
        ({"zip": '"04000"'}, "[[fact]] number 1: key 'zip' is not known; did you mean 'postcode'?"),
        ({"secret": '"yes"'}, "[[fact]] number 1: key 'secret' must be true or false, without quotes"),
        ({"value": "5550100"}, "[[fact]] number 1: key 'value' must be text in quotes"),
        ({"value": '" "'}, "[[fact]] number 1: key 'value' is empty"),
        ({"value": '"a\\u0000b"'}, "[[fact]] number 1: key 'value' holds signs that cannot be seen"),
        ({"value": '"a\\u202eb"'}, "[[fact]] number 1: key 'value' holds signs that cannot be seen"),
        ({"value": "'''a\nb'''"}, "[[fact]] number 1: key 'value' holds signs that cannot be seen"),
        (
            {"kind": '"telephone"'},
            "[[fact]] number 1: the word after key 'kind' is not known; did you mean 'phone'?; the known ones are name, handle, ",
        ),
        (
            {"kind": '"adress"'},
            "[[fact]] number 1: the word after key 'kind' is not known; did you mean 'address'?; the known ones are ",
        ),
        (
            {"kind": '"xyzzy"'},
            "[[fact]] number 1: the word after key 'kind' is not known; the known ones are name, handle, address, phone, ",
        ),
        ({"kind": "7"}, "[[fact]] number 1: the word after key 'kind' is not known; the known ones are name, "),
        ({"region": '"UK"'}, "[[fact]] number 1: key 'region' must be \"GB\" for the United Kingdom"),
        ({"region": '"Germany"'}, "[[fact]] number 1: key 'region' must be a country in two letters"),
        ({"aliases": '"one"'}, "[[fact]] number 1: key 'aliases' must be a list in square brackets"),
        ({"aliases": '["one", 2]'}, "[[fact]] number 1: key 'aliases', entry 2 must be text in quotes"),
        ({"lat": "1.5", "lon": "2.5"}, "[[fact]] number 1: key 'lat' is only for the kinds address and place"),
        ({"town": '"Marrow Bay"'}, "[[fact]] number 1: key 'town' is only for the kinds address and place"),
        ({"label": '""'}, "[[fact]] number 1: key 'label' is empty"),
        ({"label": '"my\\u200bphone"'}, "[[fact]] number 1: key 'label' holds signs that cannot be seen"),
    ],
)
def test_wrong_facts(keys: dict[str, str], said: str) -> None:
    """A wrong fact is told by table, position, key and what is allowed."""
    assert complaint(fact(**({"kind": '"phone"', "label": '"mobile"', "value": '"+1 555 0100"'} | keys))).startswith(
        said
    )


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"lat": "44.1"}, "key 'lon' is missing; the two go together"),
        ({"lon": "44.1"}, "key 'lat' is missing; the two go together"),
        ({"lat": "90.1", "lon": "0.5"}, "key 'lat' must lie between -90 and 90"),
        ({"lat": "-90.1", "lon": "0.5"}, "key 'lat' must lie between -90 and 90"),
        ({"lat": "1.5", "lon": "180.1"}, "key 'lon' must lie between -180 and 180"),
        ({"lat": "nan", "lon": "1.5"}, "key 'lat' must"),
        ({"lat": "inf", "lon": "1.5"}, "key 'lat' must"),
        ({"lat": '"44.1"', "lon": "1.5"}, "key 'lat' must be a number, without quotes"),
        ({"lat": "true", "lon": "1.5"}, "key 'lat' must be a number, without quotes"),
        ({"lat": "0", "lon": "0.0"}, "keys 'lat' and 'lon' are both 0, which is in the sea"),
        ({"map": '"https://maps.example/short"'}, "key 'map' holds no place; open a short link first"),
        ({"pluscode": '"7V+JM"'}, "key 'pluscode' must be a full plus code"),
        (
            {"map": '"geo:1.5,2.5"', "pluscode": '"8FG22222+22"'},
            "keys 'map' and 'pluscode' both say where it is; keep one",
        ),
        ({"lat": "1.5", "lon": "2.5", "taken": '"a.jpg"'}, "keys 'lat' and 'taken' both say where it is; keep one"),
        ({}, "key 'value' is missing"),
    ],
)
def test_wrong_places(keys: dict[str, str], said: str) -> None:
    """A wrong position is told by key, without the number."""
    told = complaint(fact(kind='"place"', label='"gym"', **keys))
    assert told.startswith(f"[[fact]] number 1: {said}")
    assert "44" not in told


def test_four_ways_to_declare_a_place() -> None:
    """A place is declared by numbers, a map link, a plus code, or a file that was taken there."""
    text = "".join(
        fact(kind='"place"', label=f'"place {number}"', **keys)
        for number, keys in enumerate(
            (
                {"lat": "44", "lon": "-68.2"},
                {"map": '"https://www.openstreetmap.org/#map=17/44.1/-68.2"'},
                {"pluscode": f'"{openlocationcode.encode(44.1, -68.2)}"'},
                {"taken": '"photo.jpg"'},
            )
        )
    )
    first, second, third, fourth = read(text).facts
    assert (first.position, second.position) == ((44.0, -68.2), (44.1, -68.2))
    assert third.position == pytest.approx((44.1, -68.2), abs=0.001)
    assert (fourth.position, fourth.photo) == (None, str(HERE / "photo.jpg"))
    assert "photo.jpg" not in repr(fourth)


def test_a_saved_record() -> None:
    """A listing with a file beside it is a listing of that address, and its bytes are those of the file."""
    (found,) = read(source(label='"book"', listing='"https://book.example/x"', file='"saved.html"')).sources
    assert (found.kind, found.address, found.path) == (
        SourceKind.LISTING,
        "https://book.example/x",
        str(HERE / "saved.html"),
    )


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({}, "says not what it is; give one of page, file, listing, account, feed, photos, export, tracks"),
        ({"page": '"https://a.example/"', "photos": '"p"'}, "keys 'page' and 'photos' stand together; keep one"),
        ({"page": '"ftp://a.example/"'}, "key 'page': the address does not start with http:// or https://"),
        ({"page": '"a.example"'}, "key 'page': the address does not start with http:// or https://"),
        ({"page": '"https://wren:hollis@a.example/"'}, "key 'page': the address holds a login name"),
        ({"listing": '"https://[::1/"'}, "key 'listing': this is not a valid web address"),
        ({"file": '"a.html"', "address": '"file:///a"'}, "key 'address': the address does not start with"),
        ({"page": '"https://a.example/"', "address": '"https://a.example/"'}, "key 'address' is only for a saved file"),
        (
            {"listing": '"https://a.example/"', "file": '"a.html"', "address": '"https://a.example/"'},
            "key 'address' is only for a saved file; 'listing' says it already",
        ),
        ({"page": '"https://a.example/"', "file": '"a.html"'}, "keys 'page' and 'file' stand together; keep one"),
        ({"listing": '"a.html"', "file": '"a.html"'}, "key 'listing': the address does not start with"),
        ({"account": '"https://a.example/"'}, "key 'service' is missing; an account needs the name of its service"),
        (
            {"account": '"https://a.example/"', "service": '"Big Book"'},
            "key 'service' must be the name of a service in small letters",
        ),
        ({"page": '"https://a.example/"', "service": '"x"'}, "key 'service' is only for an account or an export"),
        ({"page": '"https://a.example/"', "mine": '"yes"'}, "key 'mine' must be true or false, without quotes"),
        (
            {"url": '"https://a.example/"'},
            "key 'url' is not known; did you mean 'page'?; allowed are label, page, file, ",
        ),
        ({"photos": "true"}, "key 'photos' must be text in quotes"),
        ({"photos": '"a\\u0000b"'}, "key 'photos' holds signs that cannot be seen"),
    ],
)
def test_wrong_sources(keys: dict[str, str], said: str) -> None:
    """A wrong source is told by position and key, without its address."""
    text = source(label='"first"', photos='"p"') + source(label='"second"', **keys)
    told = complaint(text)
    assert told.startswith(f"[[source]] number 2: {said}")
    assert "hollis" not in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'colour = "red"',
            "top of the file: key 'colour' is not known; allowed are country, languages, timezone, fact, source, letters",
        ),
        ('[[sources]]\nlabel = "x"', "top of the file: key 'sources' is not known; did you mean 'source'?"),
        ('"+1 555 0100" = "x"', "top of the file: a key is not known; allowed are "),
        ("country = 1", "top of the file: key 'country' must be text in quotes"),
        ('country = "UK"', "top of the file: key 'country' must be \"GB\" for the United Kingdom"),
        ('languages = "en"', "top of the file: key 'languages' must be a list in square brackets"),
        ('languages = ["english please"]', "top of the file: key 'languages', entry 1 must be a language code"),
        (
            'timezone = "America/NewYork"',
            "top of the file: key 'timezone' is not a time zone; did you mean 'America/New_York'?",
        ),
        ('timezone = "../../etc/passwd"', "top of the file: key 'timezone' is not a time zone; "),
        ('timezone = "/etc/localtime"', "top of the file: key 'timezone' is not a time zone; "),
        ('[fact]\nkind = "name"', "[[fact]]: must be written with two brackets"),
        ('fact = "x"', "[[fact]]: must be written with two brackets"),
        ('fact = ["x"]', "[[fact]] number 1: must be a table"),
        ('letters = "x"', "top of the file: key 'letters' must be a table"),
        (
            '[letters]\nallowed = ["x"]',
            "[letters]: key 'allowed' is not known; did you mean 'allow'?; allowed are allow",
        ),
        ('[letters]\nallow = ["x"]', "[letters]: key 'allow', entry 1: no [[fact]] has this label"),
        ("[letters]\nallow = [1]", "[letters]: key 'allow', entry 1 must be text in quotes"),
    ],
)
def test_wrong_top(text: str, said: str) -> None:
    """What is wrong at the top of the file, or in [letters], is told likewise."""
    assert complaint(text).startswith(said)


def test_secret_is_never_allowed() -> None:
    """A secret fact cannot be signed off for letters."""
    text = (
        fact(kind='"phone"', label='"mobile"', value='"+1 555 0100"', secret="true") + '[letters]\nallow = ["mobile"]'
    )
    assert (
        complaint(text) == "[letters]: key 'allow', entry 1: this fact is marked secret, so it never stands in a letter"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('country = "US"\nlanguages = [', "the end of the file: this is not valid TOML"),
        ('country = "US"\nlanguages "en"', "line 2, column 11: this is not valid TOML"),
        ("country = US", "line 1, column 11: this is not valid TOML"),
        ("[[fact]\n", "line 1, column 7: this is not valid TOML"),
        (
            'a = 1\na = "Wren Hollis"',
            "the end of the file: this is not valid TOML; a key or a table stands there twice",
        ),
        ("a = " + "[" * 5000, "is nested too deeply"),
        ("a" + ".a" * 5000 + " = 1", "is nested too deeply"),
        ("[" + "a." * (MAX_DOTS + 1) + "a]", "is nested too deeply"),
        ("[" + "a." * MAX_DOTS + "a]", "top of the file: key 'a' is not known"),
        ("# " + "." * 5000 + "\ncolour = 1", "top of the file: key 'colour' is not known"),
        ("a = " + "{a=" * 5000, "is nested too deeply"),
        ("a = " + "9" * 5000, "holds a number that is too large"),
        ("a = 1979-99-99", "line 1, column 9: this is not valid TOML"),
        ("\x00", "line 1, column 1: this is not valid TOML"),
    ],
)
def test_wrong_toml(text: str, said: str) -> None:
    """Text that is no TOML is told by line and column, without what stands there."""
    told = complaint(text)
    assert told.startswith(said)
    assert "Wren" not in told


@pytest.mark.parametrize(("count", "fits"), [(MAX_FACTS, True), (MAX_FACTS + 1, False)])
def test_most_facts(count: int, fits: bool) -> None:
    """As many facts as the limit are read, one more is refused."""
    text = "".join(fact(kind='"handle"', label=f'"h {number}"', value=f'"wren{number:04}x"') for number in range(count))
    if fits:
        assert len(read(text).facts) == count
    else:
        assert complaint(text) == f"[[fact]]: has more than {MAX_FACTS} entries"


@pytest.mark.parametrize(("count", "fits"), [(MAX_SOURCES, True), (MAX_SOURCES + 1, False)])
def test_most_sources(count: int, fits: bool) -> None:
    """As many sources as the limit are read, one more is refused."""
    text = "".join(source(label=f'"s {number}"', photos='"p"') for number in range(count))
    if fits:
        assert len(read(text).sources) == count
    else:
        assert complaint(text) == f"[[source]]: has more than {MAX_SOURCES} entries"


def test_longest_texts() -> None:
    """A label, a value and a list of spellings are read at their limit and refused beyond it."""
    most = fact(
        kind='"handle"', label=f'"{"l" * MAX_LABEL}"', value=f'"{"v" * MAX_TEXT}"', aliases=str(["a"] * MAX_ALIASES)
    )
    assert len(read(most).facts[0].aliases) == MAX_ALIASES
    assert f"'label' is longer than {MAX_LABEL}" in complaint(most.replace('label = "', 'label = "l'))
    assert f"'value' is longer than {MAX_TEXT}" in complaint(most.replace('value = "', 'value = "v'))
    assert f"'aliases' has more than {MAX_ALIASES}" in complaint(most.replace("['a'", "['a', 'a'"))


def test_labels_are_unique() -> None:
    """Two facts, or two sources, of one label are refused; capitals make no difference."""
    two = fact(kind='"name"', label='"Me"', value='"Wren Hollis"') + fact(
        kind='"email"', label='"me"', value='"w@mail.example"'
    )
    assert complaint(two).startswith("[[fact]] number 2: key 'label' is the same as in number 1")
    two = source(label='"a"', photos='"p"') + source(label='"a"', photos='"q"')
    assert complaint(two).startswith("[[source]] number 2: key 'label' is the same as in number 1")


def test_one_label_for_a_fact_and_a_source() -> None:
    """A fact and a source may share a label: they are never mixed up."""
    text = fact(kind='"handle"', label='"blog"', value='"larchfan"') + source(
        label='"blog"', page='"https://blog.example/"'
    )
    assert read(text).facts[0].label == read(text).sources[0].label


def test_load_from_a_file(tmp_path: Path) -> None:
    """A file is read with its byte order mark or without; paths in it lead from its folder."""
    file = tmp_path / "me.toml"
    file.write_bytes(b"\xef\xbb\xbf" + source(label='"p"', photos='"pics"').encode())
    assert load(str(file)).sources[0].path == str(tmp_path / "pics")


def test_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that begins with ~ leads to the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert read(source(label='"p"', photos='"~/pics"')).sources[0].path == str(tmp_path / "pics")
    assert (
        complaint(source(label='"p"', photos='"~nobody-has-this-name/pics"'))
        == "[[source]] number 1: key 'photos' is not a path"
    )


def test_load_from_standard_input() -> None:
    """A dash reads standard input; without it there is one clear line."""
    assert load("-", stdin=WHOLE.encode()).country == "US"
    with pytest.raises(SubjectError, match="standard input: nothing came"):
        load("-")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"country = '\xff'", "is not UTF-8 text"),
        ("country = 'US'".encode("utf-16"), "is not UTF-8 text"),
        (b"#" * (MAX_BYTES + 1), "is larger than 1 MB"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8 text"),
    ],
)
def test_unusable_bytes(tmp_path: Path, data: bytes, said: str) -> None:
    """A file that is no text, or too large, is told as such, from a file and from standard input."""
    file = tmp_path / "me.toml"
    file.write_bytes(data)
    with pytest.raises(SubjectError, match=said):
        load(str(file))
    with pytest.raises(SubjectError, match=said):
        load("-", stdin=data)


def test_largest_file() -> None:
    """A file of exactly the limit is read."""
    assert load("-", stdin=b"#" * MAX_BYTES) == Subject()


def test_text_beyond_the_limit() -> None:
    """A text beyond the limit is refused whoever hands it over."""
    assert "is larger than 1 MB" in complaint("#" * (MAX_BYTES + 1))


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there, or a folder, is told as such."""
    with pytest.raises(SubjectError, match="there is no such file"):
        load(str(tmp_path / "none.toml"))
    with pytest.raises(SubjectError, match=r"not a file|may not read"):
        load(str(tmp_path))
    with pytest.raises(SubjectError, match="it cannot be read"):
        load("a\x00b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipe(tmp_path: Path) -> None:
    """A subject can come through a pipe, so that it never lies on a disk."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b'country = "GB"',))
    writer.start()
    assert load(str(pipe)).country == "GB"
    writer.join()


def test_values_are_hidden() -> None:
    """No value of the file stands in the repr of a subject."""
    shown = repr(read(WHOLE))
    assert not any(value in shown for value in ("Larch", "Marrow", "04000", "0100", "44.1", "1980", "blog.example"))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=200) | st.text(alphabet="[]{}=\".\n'#, factsource0123\\u", max_size=120))
def test_any_text(text: str) -> None:
    """Any text is a subject or one clear line, never another exception."""
    try:
        read(text)
    except SubjectError as error:
        assert str(error).startswith("me.toml: ")  # noqa: PT017  (either outcome is right)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.sampled_from(["kind", "label", "value", "lat", "lon", "map", "taken", "aliases", "x"]),
        st.integers() | st.text(max_size=5),
    ),
    st.dictionaries(
        st.sampled_from(["label", "page", "file", "photos", "address", "service", "mine"]),
        st.booleans() | st.text(max_size=9),
    ),
)
def test_any_table(fact_keys: dict[str, int | str], source_keys: dict[str, bool | str]) -> None:
    """Any mixture of keys and types is a subject or one clear line."""

    def written(value: object) -> str:
        if isinstance(value, str):
            return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value) + '"'
        return str(value).lower()

    text = fact(**{key: written(value) for key, value in fact_keys.items()})
    text += source(**{key: written(value) for key, value in source_keys.items()})
    try:
        read(text)
    except SubjectError as error:
        assert "me.toml: " in str(error)  # noqa: PT017  (either outcome is right)


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "a.",
        "[ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [\n",
        "aaaaaaaaaa",
        "[]",
        "[a]\n",
        "# ...\n",
        '"a" = {',
        "[[fact]]\n",
        'x = """\n',
        "a = [1,\n",
    ],
)
def test_work_grows_with_the_input(unit: str) -> None:
    """Twice the text takes at most three times the work."""

    def refused(text: str) -> None:
        with pytest.raises(SubjectError):
            read(text)

    count = 60_000 // len(unit)
    grows_in_step(lambda n: unit * n + "=", refused, count, largest=4 * count)


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("birth_date", "some day", "1991-04-17"),
        ("birth_date", "1991-13-45", "1991-04-17"),
        ("phone", "ring me", "five digits"),
        ("email", "odile at mail", "an @"),
        ("email", "@odile", "an @"),
    ],
)
def test_a_value_that_could_never_be_found_is_told(kind: str, value: str, told: str) -> None:
    """A date, number or e-mail address that is none is an error of the file, and is not repeated."""
    text = f'[[fact]]\nkind = "{kind}"\nlabel = "it"\nvalue = "{value}"\n'
    with pytest.raises(SubjectError, match=re.escape(told)) as caught:
        loads(text, name="me.toml", folder=Path())
    assert value not in str(caught.value)


@pytest.mark.parametrize("value", ["1991-04-17", "17 April 1991", "17.4.1991", "04/17/1991"])
def test_a_birth_date_can_be_written_in_many_ways(value: str) -> None:
    """Whatever the matcher reads is accepted."""
    text = f'[[fact]]\nkind = "birth_date"\nlabel = "it"\nvalue = "{value}"\n'
    assert loads(text, name="me.toml", folder=Path()).facts[0].value == value


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("country = “US”", "straight"),
        ('[[source]]\nlabel = "photos"\nphotos = "C:\\Users\\ann"', "write / in the place of"),
        ("country = US", "missing quote"),
    ],
)
def test_a_syntax_error_says_what_is_most_often_wrong(line: str, told: str) -> None:
    """Curly quotes and backslashes are what people paste."""
    with pytest.raises(SubjectError, match="line") as caught:
        loads(line + "\n", name="me.toml", folder=Path())
    assert told in str(caught.value)
    assert "ann" not in str(caught.value)
