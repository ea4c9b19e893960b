"""The sizes that keep the code readable: functions, modules, checks, and the tests beside them."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

MAX_FUNCTION, MAX_MODULE, MAX_CHECK = 80, 400, 40
MEDIAN, NINETIETH = 10, 35


def modules(root: Path, *folders: str) -> Iterator[Path]:
    """Every Python file of these folders."""
    for folder in folders:
        yield from sorted((root / folder).rglob("*.py"))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring."""
    own = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        own -= (first.end_lineno or first.lineno) - first.lineno + 1
    return own


def functions(root: Path) -> list[tuple[str, int]]:
    """(place, lines) of every function of the package and the checks."""
    return [
        (f"{path.relative_to(root)}:{node.name}", length(node))
        for path in modules(root, "src", "checks")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def code_lines(path: Path) -> int:
    """Lines that are not blank."""
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


def test_no_function_is_longer_than_eighty_lines(root: Path) -> None:
    """Docstrings are not counted."""
    assert [item for item in functions(root) if item[1] > MAX_FUNCTION] == []


def test_functions_are_short_as_a_rule(root: Path) -> None:
    """The median has at most 10 lines, nine in ten at most 35."""
    sizes = [size for _, size in functions(root)]
    assert statistics.median(sizes) <= MEDIAN
    assert statistics.quantiles(sizes, n=10)[-1] <= NINETIETH


def test_no_module_is_longer_than_four_hundred_lines(root: Path) -> None:
    """A module that outgrows it becomes a folder."""
    long = {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(root, "src", "checks")
    }
    assert {name: size for name, size in long.items() if size > MAX_MODULE} == {}


def test_a_check_has_at_most_forty_lines(root: Path) -> None:
    """What needs more is an extractor."""
    assert [path.name for path in modules(root, "checks") if code_lines(path) > MAX_CHECK] == []


def test_there_are_at_least_as_many_lines_of_tests_as_of_code(root: Path) -> None:
    """Tests at least as long as the code."""
    code = sum(code_lines(path) for path in modules(root, "src", "checks"))
    tests = sum(code_lines(path) for path in modules(root, "tests"))
    assert tests >= code, (tests, code)


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_nothing_is_left_for_later_in_a_comment(root: Path, word: str) -> None:
    """What is not done is said in the documents."""
    own = Path(__file__).name
    wrong = [
        path.name
        for path in modules(root, "src", "checks", "tests", "benchmarks")
        if path.name != own and f"# {word}" in path.read_text(encoding="utf-8")
    ]
    assert wrong == []
