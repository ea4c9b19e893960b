"""Finds the checks: every card below a package named by an entry point of the group `unlisted.checks`.

Nothing is registered by hand or on import: the cards are walked, and a check's Python file is imported only when the
check is loaded.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module, metadata, resources
from importlib.resources.abc import Traversable

from unlisted.data.cards import parse_card
from unlisted.data.rules import function_of
from unlisted.errors import CardError
from unlisted.model import Check
from unlisted.model.check import INNER

GROUP = "unlisted.checks"
BUILT_IN = "unlisted.checks"


def cards_in(package: str) -> Iterator[tuple[str, str, Traversable]]:
    """(family, name, file) of every card in a package, in the order of their names."""
    families = (folder for folder in resources.files(package).iterdir() if folder.is_dir())
    for folder in sorted(families, key=lambda item: item.name):
        for file in sorted(folder.iterdir(), key=lambda item: item.name):
            if file.name.endswith(".md") and file.is_file():
                yield folder.name, file.name.removesuffix(".md"), file


def load(package: str, family: str, name: str, file: Traversable) -> Check:
    """One check; raises CardError that names the file."""
    shown = f"{family}/{name}.md"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise CardError(f"{shown}: cannot be read as UTF-8 text") from None
    card = parse_card(text, id=f"{family}/{name}", file=shown)
    has_code = resources.files(package).joinpath(family, name.replace("-", "_") + ".py").is_file()
    if has_code == (card.rule is not None):
        raise CardError(f"{shown}: needs exactly one of a [rule] and a file {name.replace('-', '_')}.py beside it")
    if card.rule is not None:
        return Check(card=card, function=function_of(card.rule))
    function = getattr(import_module(f"{package}.{family}.{name.replace('-', '_')}"), "check", None)
    if not callable(function):
        raise CardError(f"{shown}: the file beside it has no function 'check'")
    wants = tuple(inspect.signature(function).parameters)
    known = {"seen", "subject", card.on, INNER.get(card.on, card.on)}
    if strange := [want for want in wants if want not in known]:
        raise CardError(f"{shown}: check() asks for {strange[0]!r}; it can have {', '.join(sorted(known))}")
    return Check(card=card, function=function, wants=wants)


def gather(packages: Iterable[str]) -> dict[str, Check]:
    """The checks of these packages by id; the first mistake raises CardError, also an id that stands twice."""
    found: dict[str, Check] = {}
    for package in packages:
        add(package, found)
    return found


def add(package: str, found: dict[str, Check]) -> None:
    """Add the checks of a package; raises CardError that names the package and the file."""
    for family, name, file in cards_in(package):
        check = load(package, family, name, file)
        if check.id in found:
            raise CardError(f"{check.id}.md: the id stands twice, the second time in {package}")
        found[check.id] = check


def packages() -> tuple[str, ...]:
    """The packages that offer checks: the built-in one first, then others by name."""
    names = {entry.value for entry in metadata.entry_points(group=GROUP)}
    return tuple(sorted(names, key=lambda name: (name != BUILT_IN, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The checks that work, by id, and what is wrong with the packages that do not, a line each."""

    checks: Mapping[str, Check]
    broken: tuple[str, ...] = ()


@cache
def installed() -> Installed:
    """Every installed check. Somebody else's package with a mistake is left out whole and said; our own raises CardError."""
    found = gather([BUILT_IN])
    broken = []
    for package in packages():
        if package == BUILT_IN:
            continue
        more = dict(found)
        try:
            add(package, more)
        except CardError as error:
            broken.append(f"the checks of {package} are left out: {error}")
        except (Exception, SystemExit) as error:  # noqa: BLE001  (importing it runs anybody's code)
            broken.append(f"the checks of {package} are left out: {type(error).__name__} while they were read")
        else:
            found = more
    return Installed(checks=found, broken=tuple(broken))


def checks() -> Mapping[str, Check]:
    """Every installed check that works, by id. Raises CardError where one of our own does not."""
    return installed().checks
