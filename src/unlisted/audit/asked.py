"""Changes that the person cannot make on the spot: on pages of others they ask, and a copy is changed where it came from."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from unlisted.model import Card, Control, Finding, Fix, Notice, Source, SourceKind, SourceSummary

ON_THE_SPOT = frozenset({"setting", "edit", "rename", "clean"})
"""What only the one who runs a page can do there. A letter asks already."""


class Way(StrEnum):
    """How a change is made where the source itself is not in the person's hands."""

    ASK = "ask"
    ASK_BY_NAME = "ask-by-name"
    AT_ORIGIN = "origin"


ASK = Fix(
    do="letter",
    group=Way.ASK.value,
    action="Ask those who run {source} to take {fact} out",
    minutes=15,
    wait_days=10,
    notice=Notice.SITE,
    check="Open the page again after ten days. Look at each spot where it stood.",
    steps=(
        "Write the letter: {command}",
        "For other kinds of letter: unlisted letter list",
        "Read the letter. Fill the blanks that you want to fill.",
        "Send it to those who run the page. Say no more than the letter says.",
    ),
)
AT_ORIGIN = (
    "Open the account that this copy is from.",
    "Delete or change it in the account that this copy is from.",
    "Ask for a new copy later, and look at it again.",
)
NO_PLACES = "Take the places out of the account behind {source}"
NEW_COPY = "Ask for a new copy of your data. It does not show this any more."
COMMAND = "unlisted letter club --subject me.toml {whom} --out letters"
MOST_NAMED = 2
"""So many facts are named in the title; more are told together."""


def way(source: Source | SourceSummary) -> Way | None:
    """How something in a source is changed; None where the person does it there."""
    if source.kind == SourceKind.EXPORT:
        return Way.AT_ORIGIN
    if source.control != Control.ABOUT_ME or source.kind == SourceKind.LISTING:
        return None
    return Way.ASK_BY_NAME if source.kind == SourceKind.FILE else Way.ASK


def ways_of(sources: Iterable[Source | SourceSummary]) -> dict[str, Way]:
    """The ways by source label."""
    return {source.label: found for source in sources if (found := way(source)) is not None}


def guided(
    findings: Sequence[Finding], cards: Mapping[str, Card], ways: Mapping[str, Way]
) -> tuple[list[Finding], dict[str, Card]]:
    """The findings, and the cards by which each is changed: where the person has to ask, the card with that fix instead of its own.

    The fingerprints stay, so that a graph built of these findings names the same ones, at what asking costs.
    """
    known, out = dict(cards), []
    for finding in findings:
        card, how = cards[finding.check], ways.get(finding.source)
        fix = fix_for(card, how)
        if fix is not card.fix:
            name = f"{finding.check}/{how}"
            known[name] = replace(card, fix=fix)
            finding = replace(finding, check=name)  # noqa: PLW2901  (the same finding under the card that says what to do)
        out.append(finding)
    return out, known


def fix_for(card: Card, how: Way | None) -> Fix:
    """The fix of a card in a source of this kind."""
    if how is None or card.fix.do not in ON_THE_SPOT:
        return card.fix
    if how is not Way.AT_ORIGIN:
        return ASK
    if card.fix.do == "clean":
        return replace(card.fix, do="edit", action=NO_PLACES, check=NEW_COPY, steps=AT_ORIGIN)
    return replace(card.fix, check=NEW_COPY, steps=AT_ORIGIN) if card.fix.do == "edit" else card.fix


def what(group: Sequence[Finding], names: Mapping[str, str]) -> str:
    """What a site is asked to take out, by labels."""
    told = dict.fromkeys(f"your {names[item.fact]}" if item.fact and item.fact in names else "" for item in group)
    return " and ".join(told) if "" not in told and len(told) <= MOST_NAMED else "what it shows of you"


def command(label: str, how: Way | None) -> str:
    """The command that writes the letter: about a record that has an address, else to a site by its name."""
    plain = not set(label) & set("\"'$`\\!%") and label.isprintable()
    quoted = f'"{label}"' if plain else shlex.quote(label)
    whom = '--recipient "NAME OF THE SITE"' if how is Way.ASK_BY_NAME else f"--record {quoted}"
    return COMMAND.format(whom=whom)
