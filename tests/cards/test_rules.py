"""The rule of a card."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from unlisted.data.rules import MAX_LINES, OPERATORS, function_of, holds, look_up, problem

SEEN = SimpleNamespace(kind="phone", score=0.7, inner=SimpleNamespace(words=("a",), none=None, empty=()))


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ({"kind": {"is": "phone"}}, True),
        ({"kind": {"is": "email"}}, False),
        ({"kind": {"is_not": "email"}}, True),
        ({"kind": {"one_of": ["email", "phone"]}}, True),
        ({"kind": {"one_of": ["email"]}}, False),
        ({"inner.words": {"present": True}}, True),
        ({"inner.empty": {"present": True}}, False),
        ({"inner.none": {"present": False}}, True),
        ({"inner.missing.deeper": {"present": False}}, True),
        ({"score": {"at_least": 0.7}}, True),
        ({"score": {"at_least": 0.8}}, False),
        ({"inner.none": {"at_least": 1}}, False),
        ({"kind": {"is": "phone"}, "score": {"at_least": 0.9}}, False),
    ],
)
def test_a_rule_holds_when_every_line_holds(rule: dict[str, dict[str, object]], wanted: bool) -> None:
    """Each operator says yes and no."""
    assert holds(rule, SEEN) is wanted


def test_a_rule_yields_one_hit_of_the_evidence_kind() -> None:
    """A rule that holds gives one hit with the kind of the evidence."""
    assert [hit.kind for hit in function_of({"kind": {"is": "phone"}})(SEEN)] == ["phone"]
    assert list(function_of({"kind": {"is": "email"}})(SEEN)) == []


def test_a_path_that_leads_nowhere_is_none() -> None:
    """Missing attributes are absent, not errors."""
    assert look_up(SEEN, "a.b.c") is None


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {f"kind{n}": {"is": 1} for n in range(MAX_LINES + 1)},
        {"colour": {"is": "red"}},
        {"kind": {"is": 1, "is_not": 2}},
        {"kind": {}},
        {"kind": {"matches": "(a+)+"}},
    ],
)
def test_a_wrong_rule_is_told(rule: dict[str, dict[str, object]]) -> None:
    """Empty, overlong, unknown fields, two operators, none, and patterns are refused."""
    assert problem(rule, frozenset({"kind", *(f"kind{n}" for n in range(20))})) is not None


def test_a_good_rule_has_no_problem() -> None:
    """A known field with one operator passes."""
    assert problem({"kind": {"is": 1}}, frozenset({"kind"})) is None


def test_no_operator_takes_a_pattern() -> None:
    """Rules have five operators; none of them can hang on a text."""
    assert sorted(OPERATORS) == ["at_least", "is", "is_not", "one_of", "present"]
