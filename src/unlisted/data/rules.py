"""The `[rule]` of a card: five operators over the evidence, without code.

`is`, `is_not`, `one_of` compare; `present` asks whether there is anything; `at_least` compares numbers. All lines of
a rule must hold.
There is no pattern operator: a rule that anybody can edit must not be able to hang on a hostile text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from unlisted.model import Hit

OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, want: bool(value == want),
    "is_not": lambda value, want: bool(value != want),
    "one_of": lambda value, want: value in want,
    "present": lambda value, want: (value not in (None, (), "", 0, False)) is want,
    "at_least": lambda value, want: value is not None and value >= want,
}
MAX_LINES = 8


def look_up(seen: Any, path: str) -> Any:
    """The value at a dotted path of attributes; None where one is missing on the way."""
    value = seen
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def problem(rule: Mapping[str, Mapping[str, Any]], known: frozenset[str]) -> str | None:
    """What is wrong with a rule, or None. `known` are the fields of the evidence that the card is on."""
    if not 1 <= len(rule) <= MAX_LINES:
        return f"a rule has 1 to {MAX_LINES} lines"
    for path, test in rule.items():
        if path.split(".")[0] not in known:
            return f"{path!r} is no field of this evidence; there are {', '.join(sorted(known))}"
        if len(test) != 1 or next(iter(test)) not in OPERATORS:
            return f"{path!r} needs exactly one of {', '.join(OPERATORS)}"
    return None


def holds(rule: Mapping[str, Mapping[str, Any]], seen: Any) -> bool:
    """Whether every line of the rule holds for the evidence."""
    return all(
        OPERATORS[operator](look_up(seen, path), want) for path, test in rule.items() for operator, want in test.items()
    )


def function_of(rule: Mapping[str, Mapping[str, Any]]) -> Callable[..., Iterator[Hit]]:
    """The function that a rule stands for: at most one hit, of the evidence's own kind and fact."""

    def check(seen: Any) -> Iterator[Hit]:
        if holds(rule, seen):
            yield Hit(kind=getattr(seen, "kind", ""), fact=getattr(seen, "fact", None))

    return check
