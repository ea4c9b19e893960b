"""`unlisted checks`: list them, show one, write a new one, test them."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from unlisted import registry, testing
from unlisted.audit.judge import filled
from unlisted.errors import BadInput, CardError, OutputError
from unlisted.model import Check
from unlisted.report.write import write_whole

NAME = re.compile(r"[a-z][a-z0-9-]{0,40}/[a-z][a-z0-9-]{0,40}")


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    actions = {"list": listing, "show": show, "new": new, "test": test}
    return actions[args.action](args)


def listing(_args: argparse.Namespace) -> int:
    """A line for each check."""
    for check in registry.checks().values():
        kind = "rule" if check.card.rule is not None else "code"
        print(f"{check.id:<28} {check.card.severity.word:<6} {kind}  {check.card.title}")
    print("\n".join(registry.installed().broken), file=sys.stderr, end="\n" if registry.installed().broken else "")
    print(f"{len(registry.checks())} checks")
    return 0


def chosen(name: str | None) -> Check:
    """The check of this name; raises BadInput with what to do."""
    found = registry.checks().get(name or "")
    if found is None:
        raise BadInput("give the name of a check, such as photos/position; `unlisted checks list` shows all")
    return found


def show(args: argparse.Namespace) -> int:
    """A card as text."""
    card = chosen(args.name).card
    words = {"source": "a source", "fact": "detail", "other": "another page"}
    parts = (
        filled(card.title, words),
        filled(card.learns, words),
        card.meaning,
        card.matters,
        card.how_to_fix,
        card.ask_for_removal,
    )
    print("\n\n".join(part for part in parts if part))
    print(f"\nChecked on {card.last_verified}. Sources: {'; '.join(card.references)}")
    return 0


def new(args: argparse.Namespace) -> int:
    """Write a card, and a function where asked, that can be run at once."""
    if not args.name or not NAME.fullmatch(args.name):
        raise BadInput("give the new check a family and a name in small letters, such as photos/alt-text")
    family, _, name = args.name.partition("/")
    folder = Path(args.folder) / family
    if not Path(args.folder).is_dir():
        raise BadInput(f"{args.folder}: there is no such folder; run this where your checks are, or name it with --in")
    files = {folder / f"{name}.md": "card.md.j2"}
    if args.python:
        files[folder / f"{name.replace('-', '_')}.py"] = "check.py.j2"
    if not (folder / "__init__.py").exists():
        files[folder / "__init__.py"] = "init.py.j2"
    taken = [path for path in files if path.exists()]
    if taken:
        raise BadInput(f"{taken[0]}: stands there already")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: this folder cannot be made ({error.strerror})") from None
    # a card is TOML and Markdown for a text editor, not a page: escaping would change its quotes
    loader = PackageLoader("unlisted.templates", "new_check")
    jinja = Environment(loader=loader, undefined=StrictUndefined, autoescape=False)  # noqa: S701
    for path, template in files.items():
        words = {"title": name.replace("-", " "), "python": args.python, "today": datetime.now(UTC).date()}
        write_whole(path, jinja.get_template(template).render(words).encode())
        print(f"Written: {path}")
    print("Change the words, then run: unlisted checks test " + args.name)
    return 0


def test(args: argparse.Namespace) -> int:
    """Run the examples of one check, or of all."""
    checks = [chosen(args.name)] if args.name else list(registry.checks().values())
    wrong = 0
    for check in checks:
        try:
            testing.verify(check)
        except (AssertionError, CardError) as error:
            wrong += 1
            print(error, file=sys.stderr)
    unwritten = [check for check in checks if "Say here" in f"{check.card.learns} {check.card.fix.steps}"]
    for check in unwritten:
        print(f'{check.card.file}: still holds words of the template ("Say here ...")', file=sys.stderr)
    wrong += len(unwritten)
    examples = sum(len(check.card.examples) for check in checks)
    print(f"{len(checks)} checks, {examples} examples, {wrong} wrong")
    return int(wrong > 0)
