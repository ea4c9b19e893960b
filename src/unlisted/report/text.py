"""The report as plain text, for a terminal, a screen reader or a printer, and the few lines that end a run."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from unlisted.model.finding import Priority
from unlisted.model.result import AuditResult, PlaceSummary, Since
from unlisted.report import help, pattern, since, view, words  # noqa: A004  (the help lines)
from unlisted.report.tasks import Task
from unlisted.report.view import SourceGroup, View

WIDTH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """Colour for a terminal, or none. Every style is beside a word that says the same."""

    colour: bool

    def _wrap(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def strong(self, text: str) -> str:
        """A heading or the thing to do."""
        return self._wrap("1", text)

    def soft(self, text: str) -> str:
        """What can be read later."""
        return self._wrap("2", text)

    def priority(self, level: Priority) -> str:
        """Now in the colour of rust, Soon in ochre, the rest in green."""
        code = {Priority.NOW: "38;5;173", Priority.SOON: "38;5;179"}.get(level, "38;5;108")
        return self._wrap(code, level.word)


def render(result: AuditResult, *, colour: bool = False) -> str:
    """The whole report, 80 columns wide, in the order of the page."""
    shown, paint = view.view(result), Paint(colour=colour)
    parts: list[tuple[str, Iterable[str]]] = [
        ("Before you change anything", _before()),
        ("Can a stranger ...", _tiles(shown)),
        ("Ways in, then and now", _progress(shown)),
        *([("Since last time", _since(result, result.since))] if result.since else []),
        ("What to do, in this order", _tasks(shown, paint)),
        ("How the pieces join", _ways(shown)),
        ("Places that show", _places(shown)),
        ("Your week, as it showed", _week(shown)),
        ("Everything we found", _found(shown, paint)),
        ("What is already fine", _fine(shown)),
        ("What we did not check", _unchecked(shown)),
        ("Letters you can send", _letters(shown)),
        ("Words and help lines", _help(result)),
        ("If someone is bothering you", _bothered(result)),
    ]
    lines = [paint.strong(f"Notes {result.made_on:%Y-%m-%d}"), "", *_wrapped(shown.sentence)]
    for heading, body in parts:
        lines += ["", "", paint.strong(heading), "-" * len(heading), *body]
    lines += ["", "", *_wrapped(words.closing(result))]
    return "\n".join(lines) + "\n"


def summary(result: AuditResult, *, colour: bool = False) -> str:
    """What a terminal shows after a run: one true sentence, the first steps, and how much was not checked."""
    shown, paint = view.view(result), Paint(colour=colour)
    lines = [*(paint.strong(line) for line in _wrapped(shown.sentence))]
    if shown.first:
        heading = f"Do these {len(shown.first)} first:" if len(shown.first) > 1 else "Do this first:"
        lines += ["", paint.strong(heading)]
    for task in shown.first:
        lines += [
            *_wrapped(f"{task.number}. {_title(task)}", hang=3),
            *(paint.soft(line) for line in _wrapped(_effort(task), 3)),
        ]
    if result.since:
        lines += ["", *_wrapped(since.sentence(result.since))]
    if much := words.unchecked(result):
        lines += ["", *_wrapped(f"{much}. The report says which, and why.")]
    lines += ["", *(paint.soft(line) for line in _wrapped(words.closing(result)))]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, indent: int = 0, hang: int = 0) -> list[str]:
    """Lines of at most 80 columns; long words are broken."""
    plain = " ".join(words.clean(text).split())
    return textwrap.wrap(plain, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang)) or [""]


def _item(text: str, indent: int = 0) -> list[str]:
    return _wrapped(f"- {text}", indent, 2)


def _empty(shown: View, sentence: str) -> list[str]:
    """What an empty part says: good news only where something was looked at."""
    return _wrapped(sentence if shown.whole_read else words.UNREAD)


def _title(task: Task) -> str:
    return (
        f"{task.advice.title} ({task.advice.source})"
        if task.advice.source not in task.advice.title
        else task.advice.title
    )


def _effort(task: Task) -> str:
    time = f"{task.minutes}, {task.wait}" if task.wait else task.minutes
    return f"{task.effect}. {time}. {task.notice}"


def _before() -> Iterator[str]:
    for line in (
        "A change can be noticed. See who, before you make it.",
        "You choose. You can stop at any time.",
        "Does someone else use your account or this computer? An advocate can help you before you change anything.",
        "You can keep a picture of a page before you take it down.",
    ):
        yield from _item(line)


def _tiles(shown: View) -> Iterator[str]:
    for tile in shown.tiles:
        yield from _item(f"{tile.question} {tile.answer}. {tile.detail}")


def _progress(shown: View) -> Iterator[str]:
    if not shown.result.ways_in:
        yield from _empty(shown, "We found no way in, so there is nothing to count.")
    else:
        sources = words.count(len(shown.through[""]), "source", "sources")
        yield from _wrapped(f"The ways go through {sources}: {words.through(shown.through[''], least=shown.least)}")
    for bar in shown.bars:
        if shown.result.ways_in and bar.key != "now":  # ticks are for the page
            yield f"{bar.name + ':':<24}{bar.shown:>4}"
    if shown.least:
        yield from _wrapped(words.PLUS)


def _since(result: AuditResult, compared: Since) -> Iterator[str]:
    yield from _wrapped(f"{since.sentence(compared)} {since.ways(result, compared)}")
    for part in since.parts(compared):
        yield from ("", f"{part.name}: {part.number:,}", *_wrapped(part.note, 2))
        for line in part.lines:
            where = f", {line.where}" if line.where else ""
            times = f" ({line.times} times)" if line.times > 1 else ""
            yield from _item(f"{line.source}: {line.title}{where}{times}. {line.reason or ''}", 2)
        yield from _left_out(part.cut, "lines")


def _tasks(shown: View, paint: Paint) -> Iterator[str]:
    if not shown.first:
        yield from _empty(shown, "There is nothing to do here right now.")
    for task in (*shown.first, *shown.later, *shown.rest):
        if task.number > 1:
            yield ""
        flag = "If you do one thing today: " if task.number == 1 else ""
        yield from (paint.strong(line) for line in _wrapped(f"{task.number}. {flag}{_title(task)}", hang=3))
        yield from _wrapped(_effort(task), 3)
        if task.spots:
            yield from _wrapped(task.spots, 3)
        if works := words.works(task.advice):
            yield from _wrapped(f"Will it work? {works}", 3)
        for step in task.advice.steps[: view.VISIBLE]:
            yield from _item(step, 3)
        yield from _wrapped(f"How to check: {task.advice.check or words.LOOK}", 3)
    if note := words.plan(shown.result):
        yield from ("", *_wrapped(note))
    yield from _left_out(shown.cut["plan"], "steps")


def _left_out(number: int, what: str, *, least: bool = False) -> Iterator[str]:
    if number:
        kept = "The JSON file has some of them." if least else "The JSON file has them all."
        yield from _wrapped(f"There is no room here for {'at least ' * least}{number:,} more {what}. {kept}")


def _ways(shown: View) -> Iterator[str]:
    if not shown.chains:
        yield from _empty(shown, "Nothing that we found joins up to a way in.")
    if note := words.town(*shown.town):
        yield from _wrapped(note)
    for goal, name in words.GOALS.items():
        chains = [chain for chain in shown.chains if chain.goal == goal]
        if chains:
            number, least = shown.ways[goal]
            yield f"{name.name}: {words.ways(number, least=least)}"
            yield from _wrapped(words.through(shown.through[goal], view.VISIBLE, least=least), 2)
        for chain in chains:
            times = f" ({words.ways(chain.times)})" if chain.times > 1 else ""
            closing = " No step that we know closes this one." if chain.open else ""
            yield from _item(" Then: ".join(chain.steps[: view.VISIBLE]) + times + closing, 2)
    yield from _left_out(shown.cut["ways"], "ways in", least=shown.least)


def _places(shown: View) -> Iterator[str]:
    if not shown.result.places:
        yield from _empty(shown, "No place comes up in what we looked at.")
    for place in shown.result.places[: view.MOST_PLACES]:
        yield from _place(place, shown.names)
    yield from _left_out(shown.cut["places"], "places")
    yield from _curve(shown.result)
    if left_out := pattern.dropped(shown.result):
        yield from _wrapped(left_out)


def _curve(result: AuditResult) -> Iterator[str]:
    if result.knows:
        yield from ("", *_wrapped(pattern.knows(result)))
    for line in pattern.known(result):
        yield from _item(line)


def _place(place: PlaceSummary, named: words.Names) -> Iterator[str]:
    looks = f"{words.looks(place)}. {pattern.AREA}" if place.area_only else f"{words.looks(place)}."
    yield from _item(
        f"{words.place(place)}: {looks} {place.certainty.value}. Seen {words.seen(place)}. How near: {words.near(place)}."
    )
    for line in words.busiest(place.blocks or ()):
        yield from _item(line, 2)
    for line in words.ordinals(place.fewest, named)[: view.VISIBLE]:
        yield from _wrapped(f"Take these out, and it no longer stands out: {line}", 2, 2)
    if note := pattern.fewest(place):
        yield from _wrapped(note, 2)
    if not place.declared:
        yield from _wrapped(words.TELL_PLACE, 2)


def _week(shown: View) -> Iterator[str]:
    lines = words.busiest(words.blocks_of(shown.result.week or ()))
    if not lines:
        yield from _empty(shown, "No weekly pattern comes up in what we looked at.")
    for line in lines:
        yield from _item(line)
    if shown.result.habits:
        yield from _told(pattern.HABITS, map(pattern.habit, shown.result.habits), pattern.OTHER_HOURS)
    if shown.result.trips:
        trips = (pattern.trip(one, shown.names) for one in shown.result.trips[: view.MOST_NOTES])
        yield from _told(pattern.TRIPS, trips, pattern.ONCE_BACK)


def _told(before: str, lines: Iterable[str], after: str) -> Iterator[str]:
    """A list with what it means and what can be done."""
    yield from ("", *_wrapped(before))
    for line in lines:
        yield from _item(line)
    yield from _wrapped(f"What to do: {after}")


def _found(shown: View, paint: Paint) -> Iterator[str]:
    if not shown.found:
        yield from _empty(shown, shown.sentence)
    for number, source in enumerate(shown.found):
        yield from [""] * (number > 0)
        yield from _source(source, paint)
    yield from _left_out(shown.cut["findings"], "things")


def _source(source: SourceGroup, paint: Paint) -> Iterator[str]:
    host = f" ({source.source.host})" if source.source.host else ""
    yield from (paint.strong(line) for line in _wrapped(f"{source.source.label}{host}"))
    for group in source.groups:
        about = f" About: {group.fact}." if group.fact else ""
        first, *rest = _wrapped(f"- {group.title}.{about} {group.learns}", 2, 2)
        yield f"{paint.priority(group.priority)}:"
        yield from (first, *rest)
        for row in group.rows:
            times = f" ({row.count} times)" if row.count > 1 else ""
            yield from _item(f"{row.where}{times}. {row.certainty}.", 4)
        steps = words.listed([f"step {task.number}" for task in group.tasks])
        yield from _wrapped(f"What to do: {steps or 'You can take it out. Or you can ask the site to'}.", 4, 2)


def _fine(shown: View) -> Iterator[str]:
    if not shown.fine:
        yield from _empty(shown, "There is nothing to list here this time.")
    for source, titles in shown.fine:
        yield from _item(f"{words.quoted([source])}: {words.count(len(titles), 'check', 'checks')} found nothing")
        for title in titles:
            yield from _item(title, 2)


def _unchecked(shown: View) -> Iterator[str]:
    if not shown.result.not_checked:
        yield from _empty(shown, "We checked all that you gave us.")
    for one in shown.result.not_checked[: view.MOST_NOTES]:
        where = f", {one.where}" if one.where else ""
        times = f" ({words.count(one.count, 'time', 'times')})" if one.count > 1 else ""
        check = f" ({one.check})" if one.check else ""
        yield from _item(f"{one.source}{where}{times}: {one.reason}{check}")
    yield from _left_out(shown.cut["not_checked"], "lines")


def _letters(shown: View) -> Iterator[str]:
    if not shown.result.letters:
        yield from _empty(shown, "Nothing that we found calls for a letter.")
        return
    yield from _wrapped("This command writes them into a folder on your computer:")
    yield "  unlisted audit me.toml --letters letters"
    for one in shown.result.letters[: view.MOST_NOTES]:
        checked = f". {one.checked}" if one.checked else ""
        yield from _item(f"{words.letter(one.kind)}: {one.recipient}, in the file {one.file_name}{checked}")
        for step in one.steps[: view.VISIBLE]:
            yield from _item(step, 2)
    yield from _left_out(shown.cut["letters"], "letters")
    yield from _wrapped("This is not legal advice. You read each letter first.")


def _bothered(result: AuditResult) -> Iterator[str]:
    told = result.support
    yield from _wrapped("It is not your fault. You can go at your own speed, and you can stop at any time.")
    for guide in (*told.steps, *told.signs):
        yield from _spoken([f"{guide.title.removesuffix('.')}.", *guide.sentences])
    yield from _wrapped(told.no_law) if told.no_law else ()
    for law in told.laws[: view.MOST_NOTES]:
        reports = [f"Reports go to: {'; '.join(law.takes_reports)}."] if law.takes_reports else []
        yield from _spoken([f"{law.title}.", *law.sentences, *reports])
    yield from _spoken(["This is not legal advice.", *told.laws_known, told.steps_known, told.signs_known])


def _spoken(sentences: Iterable[str]) -> list[str]:
    """Sentences of an item, each of which may be as long as any text."""
    plain = " ".join(" ".join(words.clean(one).split()) for one in sentences if one)
    return textwrap.wrap(plain, WIDTH, initial_indent="- ", subsequent_indent="  ")


def _help(result: AuditResult) -> Iterator[str]:
    yield from _wrapped("We list names only. A wrong number can hurt, so look the number up with the group itself.")
    for line in help.lines_for(result.country):
        yield from _item(f"{line.name}: {line.what}")
