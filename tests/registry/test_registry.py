"""Finding checks: the built-in ones, and those of another installed package."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from unlisted import registry, testing
from unlisted.errors import CardError
from unlisted.model import EVIDENCE, Check

CARD = """
+++
title = "Photos in {{source}} hold a word"
on = "photo"
kind = "owner"
severity = "later"
learns = "A stranger learns a word."
fine = "No photo in {{source}} holds a word"
last_verified = 2026-11-21
references = ["our own knowledge"]
{rule}
[fix]
do = "clean"
action = "Clean them"
minutes = 5
notice = "nobody"
check = "Look again."
steps = ["One."]

[[examples]]
title = "with"
flagged = true
evidence = {{ photo = {{ keywords = ["a"] }} }}

[[examples]]
title = "without"
flagged = {second}
evidence = {{ photo = {{}} }}
+++
## What it means

It is so.

## Why it matters

So it is.

## How to fix

Like this.
"""
RULE = '\n[rule]\n"photo.keywords" = { present = true }\n'
CODE = '''
"""A word in a photo."""
from unlisted.model import Hit


def check(photo, subject):
    """One hit."""
    if photo.keywords:
        yield Hit(kind="owner")
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An importable package with an empty family."""
    folder = tmp_path / "guest_checks"
    (folder / "photos").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "photos" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [name for name in sys.modules if name.startswith("guest_checks")]:
        del sys.modules[name]


def write(
    package: Path, name: str = "word", *, rule: str = RULE, second: str = "false", code: str | None = None
) -> None:
    """Put a card, and a function where given, into the package."""
    text = CARD.format(rule=rule, second=second).lstrip()
    (package / "photos" / f"{name}.md").write_text(text, encoding="utf-8")
    if code is not None:
        (package / "photos" / f"{name.replace('-', '_')}.py").write_text(textwrap.dedent(code), encoding="utf-8")


def test_there_are_forty_built_in_checks_most_of_them_without_code() -> None:
    """At least 15 checks, at least 5 of them pure cards."""
    found = registry.checks()
    assert len(found) >= 15
    assert sum(check.card.rule is not None for check in found.values()) >= 5
    assert {name.split("/")[0] for name in found} == {"accounts", "listings", "photos", "places", "profiles"}


@pytest.mark.parametrize("check", registry.checks().values(), ids=lambda check: str(check.id))
def test_every_example_of_every_card_comes_out_as_it_says(check: Check) -> None:
    """The examples are the tests: each is flagged or clear as it says, and both sorts are there."""
    testing.verify(check)
    outcomes = [bool(testing.hits(check, example)) for example in check.card.examples]
    assert outcomes == [example.flagged for example in check.card.examples]
    assert set(outcomes) == {True, False}


@pytest.mark.parametrize("check", registry.checks().values(), ids=lambda check: str(check.id))
def test_a_check_does_not_alter_what_it_is_given(check: Check) -> None:
    """Evidence is the same before and after."""
    for example in check.card.examples:
        subject = testing.subject_of(example)
        seen = testing.evidence_of(check.card.on, example.evidence, subject)
        again = testing.evidence_of(check.card.on, example.evidence, subject)
        list(check.run(seen, subject))
        assert seen == again


def test_a_card_beside_a_function_is_found_by_its_path(package: Path) -> None:
    """A check is its path: family and name."""
    write(package, "alt-text", rule="", code=CODE)
    found = registry.gather(["guest_checks"])
    assert list(found) == ["photos/alt-text"]
    assert found["photos/alt-text"].wants == ("photo", "subject")
    testing.verify(found["photos/alt-text"])


def test_a_second_installed_package_is_found_through_its_entry_point(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A distribution with an entry point in the group `unlisted.checks` adds its checks to the built-in ones."""
    write(package)
    info = package.parent / "guest_checks-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: guest-checks\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[unlisted.checks]\nguest = guest_checks\n", encoding="utf-8")
    assert "guest_checks" in {entry.value for entry in metadata.entry_points(group="unlisted.checks")}
    names = registry.packages()
    assert names[0] == "unlisted.checks"
    found = registry.gather(names)
    assert "photos/word" in found
    assert "photos/position" in found


@pytest.mark.parametrize(
    ("rule", "code", "told"),
    [
        (RULE, CODE, "exactly one"),
        ("", None, "exactly one"),
        ("", "x = 1\n", "no function"),
        ("", "def check(smell):\n    yield\n", "'smell'"),
    ],
)
def test_a_check_with_a_mistake_names_its_file(package: Path, rule: str, code: str | None, told: str) -> None:
    """Both or neither of rule and function, no function, or a strange parameter: the card is named."""
    write(package, rule=rule, code=code)
    with pytest.raises(CardError, match=r"photos/word\.md") as caught:
        registry.gather(["guest_checks"])
    assert told in str(caught.value)


def test_an_id_that_stands_twice_is_an_error(package: Path) -> None:
    """Two packages cannot offer a check of the same name."""
    write(package)
    with pytest.raises(CardError, match="stands twice"):
        registry.gather(["guest_checks", "guest_checks"])


def test_an_example_that_comes_out_wrong_is_named(package: Path) -> None:
    """The failing example is named, so that a trainer knows which words to change."""
    write(package, rule='\n[rule]\n"photo.captions" = { present = true }\n')
    check = registry.gather(["guest_checks"])["photos/word"]
    with pytest.raises(AssertionError, match="'with' should be flagged"):
        testing.verify(check)


def test_an_example_that_does_not_fit_its_evidence_names_the_card(package: Path) -> None:
    """A wrong key in an example is a mistake of the card."""
    write(package)
    path = package / "photos" / "word.md"
    path.write_text(path.read_text(encoding="utf-8").replace('keywords = ["a"]', "status = 5"), encoding="utf-8")
    check = registry.gather(["guest_checks"])["photos/word"]
    with pytest.raises(CardError, match=r"photos/word\.md: example 'with'"):
        testing.verify(check)


def test_an_example_names_facts_by_label(package: Path) -> None:
    """A label that the example's subject does not have is told."""
    write(package)
    path = package / "photos" / "word.md"
    text = path.read_text(encoding="utf-8").replace("{ photo = { keywords", '{ near = ["attic"], photo = { keywords')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CardError, match="attic"):
        testing.verify(registry.gather(["guest_checks"])["photos/word"])


@pytest.mark.parametrize("on", sorted(EVIDENCE))
def test_every_evidence_kind_can_be_made_from_next_to_nothing(on: str) -> None:
    """An example says only what matters to it."""
    data = {"mention": {"kind": "phone"}}.get(on, {})
    assert isinstance(
        testing.evidence_of(on, data, testing.subject_of(registry.checks()["photos/home"].card.examples[0])),
        EVIDENCE[on],
    )
