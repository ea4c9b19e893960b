"""Made-up results for the tests of the report: every name, host and place in here is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from unlisted.model.finding import Certainty, Clear, Finding, NotChecked, Priority, fingerprint
from unlisted.model.plan import Action, Graph, Plan, Step
from unlisted.model.result import (
    Advice,
    AuditResult,
    Change,
    Guide,
    HabitSummary,
    LawCard,
    LetterOffer,
    PlaceSummary,
    Since,
    SourceSummary,
    State,
    Support,
    TripSummary,
    WayInSummary,
)
from unlisted.remedy.support import support_for
from unlisted.risk.graph import TOGETHER, at

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

SOURCES = (
    ("my profile", "page", "claimed", "friends.example", 1, 1),
    ("my blog", "page", "claimed", "blog.example", 4, 4),
    ("running page", "page", "claimed", "runs.example", 1, 1),
    ("photo page", "page", "claimed", "pictures.example", 1, 1),
    ("people finder", "listing", "about-me", "peoplefinder.example", 1, 1),
    ("choir member list", "page", "about-me", "choir.example", 1, 1),
    ("old forum", "page", "claimed", "forum.example", 1, 1),
    ("holiday photos", "photos", "proven", None, 41, 42),
)

LEARNS = {
    "photos/position": (
        "The photo says where it was taken",
        "Anyone who has the file can read the spot to within a few steps.",
    ),
    "photos/serial": (
        "The photo carries the number of the camera",
        "Two photos with the same number come from the same camera.",
    ),
    "profiles/phone": ("Your phone number is on this page", "A stranger can call or text you."),
    "profiles/email": ("Your email is on this page", "A stranger can write to you, and look for other accounts."),
    "profiles/address": ("Your home address is on this page", "A stranger can find your door."),
    "profiles/town": ("Your town is on this page", "With your name, it leads to listings about you."),
    "profiles/employer": ("Where you work is on this page", "A stranger knows where you are on work days."),
    "listings/address": (
        "A site that shows people’s details lists your home",
        "Anyone who types your name can read it.",
    ),
    "listings/relative": ("A relative is named beside you", "A stranger can reach you through your family."),
    "accounts/handle": ("The same user name stands on two pages", "A stranger can join the two pages."),
    "places/routine": ("Your week shows in the posts", "A stranger can tell when you were out."),
}


def finding(
    check: str,
    source: str,
    where: str,
    *,
    kind: str,
    fact: str | None = None,
    priority: Priority = Priority.SOON,
    certainty: Certainty = Certainty.QUITE,
    count: int = 1,
    detail: str | None = None,
) -> Finding:
    """One finding with the sentences of its check."""
    title, learns = LEARNS.get(check, ("Something shows here", "A stranger can read it."))
    return Finding(
        check=check,
        source=source,
        where=where,
        kind=kind,
        fact=fact,
        priority=priority,
        certainty=certainty,
        score=0.95,
        title=title,
        learns=learns,
        count=count,
        detail=detail,
        fingerprint=fingerprint(check=check, source=source, locator=where, fact=fact, ordinal=0),
    )


def _findings() -> tuple[Finding, ...]:
    """25 findings; the first nine are links of the ways in."""
    now, later = Priority.NOW, Priority.LATER
    linked = (
        finding(
            "listings/address", "people finder", "first line under Addresses", kind="address", fact="home", priority=now
        ),
        finding("profiles/town", "my profile", "the line under your name", kind="address", fact="home"),
        finding(
            "photos/position",
            "holiday photos",
            "photos 3, 7, 12 and 16 more",
            kind="position",
            fact="home",
            priority=now,
            count=19,
            detail="The small picture inside two of them shows more than the photo.",
        ),
        finding(
            "places/routine",
            "running page",
            "the list of runs",
            kind="routine",
            priority=now,
            certainty=Certainty.FAIRLY,
        ),
        finding(
            "profiles/phone", "choir member list", "row 14 of the table", kind="phone", fact="mobile", priority=now
        ),
        finding("profiles/email", "old forum", "third paragraph under Contact", kind="email", fact="old mail"),
        finding("listings/relative", "people finder", "the list under Relatives", kind="relative", fact="sister"),
        finding(
            "accounts/handle",
            "old forum",
            "the head of the page",
            kind="handle",
            fact="user name",
            certainty=Certainty.FAIRLY,
        ),
        finding(
            "profiles/employer", "my blog", "the page About", kind="employer", fact="library", certainty=Certainty.GUESS
        ),
    )
    photos = tuple(
        finding("photos/serial", "holiday photos", f"photo {number}", kind="serial", priority=later)
        for number in range(20, 30)
    )
    spread = tuple(
        finding("profiles/town", source, f"paragraph {number} under Notes", kind="address", fact="home", priority=later)
        for number, source in enumerate(
            ("my blog", "photo page", "old forum", "choir member list", "running page", "my blog"), 1
        )
    )
    return linked + photos + spread


def _ways(found: tuple[Finding, ...]) -> tuple[WayInSummary, ...]:
    chains = (
        ("home", (0,), ("Your name opens the people finder.", "The people finder shows your home address.")),
        ("home", (1, 0), ("Your profile shows your town.", "Name and town open the people finder.")),
        ("home", (2,), ("Anyone can open the holiday photos.", "19 of them say where your home is.")),
        ("routine", (3,), ("The running page is open to all.", "It shows which evenings you ran.")),
        ("routine", (8, 1), ("Your blog says where you work.", "Your profile says in which town that is.")),
        ("contact", (4,), ("Your name opens the choir list.", "The list shows your mobile number.")),
        ("contact", (7, 5), ("Your user name leads to the old forum.", "The forum shows your old email.")),
        ("family", (6,), ("Your name opens the people finder.", "It names your sister beside you.")),
    )
    return tuple(
        WayInSummary(
            goal=goal,
            steps=steps,
            sources=tuple(dict.fromkeys(found[one].source for one in links)),
            findings=tuple(found[one].fingerprint for one in links),
            open=goal == "routine" and links == (8, 1),
        )
        for goal, links, steps in chains
    )


def _graph(found: tuple[Finding, ...]) -> Graph:
    rows = (
        ("name", "home", 0),
        ("name", "town", 1),
        ("photo", "home", 2),
        ("name", "routine", 3),
        ("name", "contact", 4),
        ("handle", "contact", 5),
        ("name", "family", 6),
        ("name", "handle", 7),
        ("town", "routine", 8),
    )
    steps = tuple(Step(needs=frozenset({need}), gives=gives, via=found[at].fingerprint) for need, gives, at in rows)
    return Graph(
        starts=frozenset({"name", "photo"}),
        steps=steps,
        goals=frozenset({"home", "routine", "contact", "family"}),
        actions=(Action(id="a", minutes=5, notice="nobody", cuts=frozenset({found[0].fingerprint})),),
    )


def _plan(found: tuple[Finding, ...]) -> tuple[Advice, ...]:
    def advice(title: str, source: str, minutes: int, notice: str, cuts: tuple[int, ...], **more: object) -> Advice:
        plain = Advice(
            id=title,
            title=title,
            source=source,
            minutes=minutes,
            notice=notice,
            check="Open the page without signing in. The entry is gone.",
            steps=("Open the page and sign in.", "Find the line and take it out.", "Save, and look at the page again."),
            closes=0,
            do="letter" if title.startswith("Ask") else "clean" if title.startswith("Clean") else "edit",
            findings=tuple(found[one].fingerprint for one in cuts),
        )
        return replace(plain, **more)  # type: ignore[arg-type]  # the keywords are those of the class

    return (
        advice("Ask the people finder to take you out", "people finder", 5, "the site", (0, 6), wait_days=10, closes=3),
        advice("Clean the photos before you share them", "holiday photos", 3, "nobody", (2, *range(9, 19)), closes=1),
        advice(
            "Ask the choir to hide its list",
            "choir member list",
            10,
            "people who follow you",
            (4,),
            closes=1,
            wait_days=7,
        ),
        advice("Close your running page to strangers", "running page", 2, "people who follow you", (3,), closes=1),
        advice("Take the email out of the old forum", "old forum", 6, "nobody", (5,), closes=1),
        advice("Take the town out of your profile", "my profile", 2, "people who follow you", (1,), closes=1),
        advice("Use another user name", "old forum", 15, "anyone sharing the account", (7,), in_plan=False),
        advice("Take the work place out of your blog", "my blog", 4, "nobody", (8,), in_plan=False),
    )


def _places() -> tuple[PlaceSummary, ...]:
    evening = tuple(tuple(4 if block in (0, 5) else 1 for block in range(6)) for _ in range(7))
    sure, fair, guess = Certainty.QUITE, Certainty.FAIRLY, Certainty.GUESS
    photos = (("holiday photos", tuple(range(1, 20))),)
    shared = {"rank": 1, "score": 0.9}

    def place(name: str, role: str, points: int, days: int, certainty: Certainty, **more: object) -> PlaceSummary:
        plain = PlaceSummary(
            name=name,
            declared=len(name) > 1,
            role=role,
            certainty=certainty,
            points=points,
            days=days,
            seen_in=photos,
            rank=1,
            score=0.9,
        )
        return replace(plain, **(shared | more))  # type: ignore[arg-type]  # the keywords are those of the class

    return (
        place(
            "home",
            "home",
            19,
            14,
            sure,
            distance="under 100 m",
            blocks=evening,
            fewest=(("holiday photos", (3, 7, 12, 16)),),
        ),
        place(
            "library",
            "work",
            8,
            8,
            fair,
            distance="under 500 m",
            looks_like="somewhere you often are on work days",
            fewest=(("holiday photos", (2, 5)),),
            fewest_exact=False,
        ),
        place("A", "regular", 6, 6, fair, looks_like="somewhere you often are on Tuesday evenings", fewest_exact=False),
        place("B", "home", 3, 2, guess, looks_like="somewhere you were a few times", area_only=True),
        place("mother’s house", "visited", 2, 2, guess, distance="further"),
    )


WEEK = tuple(
    tuple(
        (
            9
            if day == 1 and hour in (18, 19)
            else 4
            if day < 5 and 8 <= hour < 12
            else 2
            if hour >= 20
            else 1
            if hour in (7, 13)
            else 0
        )
        for hour in range(24)
    )
    for day in range(7)
)


def rich() -> AuditResult:
    """8 sources, 25 findings, 8 ways in, 5 places, a graph, a plan and letters."""
    found = _findings()
    return AuditResult(
        made_on=NOW,
        country="US",
        facts=(
            ("name", "my name"),
            ("address", "home"),
            ("phone", "mobile"),
            ("email", "old mail"),
            ("relative", "sister"),
        ),
        sources=tuple(
            SourceSummary(label=label, kind=kind, control=control, host=host, read=read, found=total)
            for label, kind, control, host, read, total in SOURCES
        ),
        findings=found,
        clear=tuple(
            Clear(check="photos/position", source=source, title="No place is stored in the pictures")
            for source in ("my profile", "my blog", "photo page")
        )
        + tuple(
            Clear(check=f"check/{title}", source="my blog", title=title)
            for title in (
                "No phone number",
                "No birth date",
                "No number plate",
                "No street",
                "No map link",
                "No school",
                "No travel",
            )
        ),
        not_checked=(
            NotChecked(source="holiday photos", where="photo 31", reason="the file is damaged"),
            NotChecked(source="photo page", check="places/home", reason="no proof that this account is yours"),
            NotChecked(source="my blog", check="profiles/comments", reason="the page asks to sign in", count=3),
        ),
        places=_places(),
        week=WEEK,
        dropped_points=1,
        knows=((5, 0.21), (10, 0.38), (20, 0.64), (41, 0.93)),
        knows_of=("holiday photos", "photo page"),
        photo_names=(("holiday photos", 20, "IMG_2020.jpg"), ("holiday photos", 21, "photo 21")),
        habits=(
            HabitSummary(weekday=1, block=4, weeks=14, of=17, certainty=Certainty.QUITE, score=0.97),
            HabitSummary(weekday=6, block=2, weeks=6, of=17, certainty=Certainty.FAIRLY, score=0.7),
        ),
        trips=(
            TripSummary(
                days=7,
                posts=8,
                certainty=Certainty.FAIRLY,
                score=0.81,
                seen_in=(("holiday photos", tuple(range(20, 28))),),
            ),
        ),
        ways_in=_ways(found),
        plan=_plan(found),
        graph=_graph(found),
        cheapest=Plan(actions=("a",), cost=5),
        letters=(
            LetterOffer(
                recipient="Peoplefinder Example Inc.",
                kind="optout",
                source="people finder",
                file_name="letter-01.txt",
                checked="Checked 7 months ago",
                steps=("Open the contact page of the site.", "Paste the letter.", "Wait for an answer."),
            ),
        ),
        contacted=("friends.example", "blog.example", "runs.example", "peoplefinder.example"),
        support=support_for("US"),
    )


def again() -> AuditResult:
    """The rich result beside an earlier one: some of each of the five states, more than fits in one list."""
    whole = rich()
    states = (State.STILL, State.CHANGED, State.NEW, State.FIXED, State.UNSEEN)
    reasons = {State.CHANGED: "it stands in another spot now", State.UNSEEN: "the page asks for a login"}
    changes = tuple(
        Change(
            state=states[index % 5],
            source=one.source,
            title=one.title,
            fingerprint=one.fingerprint,
            check=one.check,
            fact=one.fact,
            where=one.where if index % 5 < 3 else None,
            reason=reasons.get(states[index % 5]),
        )
        for index, one in enumerate(whole.findings * 2)
    )
    return replace(whole, since=Since(made_on=datetime(2026, 10, 2, 8, 0, tzinfo=UTC), changes=changes, ways_then=11))


def empty() -> AuditResult:
    """Four sources, all read, nothing found."""
    sources = tuple(
        SourceSummary(label=f"page {n}", kind="page", control="claimed", read=1, found=1) for n in range(1, 5)
    )
    return AuditResult(made_on=NOW, country="DE", sources=sources, support=support_for("DE"))


def nothing() -> AuditResult:
    """No source at all."""
    return AuditResult(made_on=NOW, country="XX", support=support_for("XX"))


def unread() -> AuditResult:
    """Two sources, neither of which could be read."""
    sources = tuple(
        SourceSummary(label=label, kind="page", control="claimed", found=1) for label in ("my blog", "my club")
    )
    failed = tuple(NotChecked(source=source.label, reason="the page did not answer in time") for source in sources)
    return AuditResult(made_on=NOW, country="GB", sources=sources, not_checked=failed, support=support_for("GB"))


def small() -> AuditResult:
    """Three findings and what belongs to them."""
    whole = rich()
    names = {one.fingerprint for one in whole.findings[:3]}
    return replace(
        whole,
        findings=whole.findings[:3],
        ways_in=tuple(way for way in whole.ways_in if names.issuperset(way.findings)),
        plan=whole.plan[:3],
    )


def many(number: int = 1_000) -> AuditResult:
    """A thousand findings in 20 sources, each on its own spot, half of them with a step."""
    checks = tuple(LEARNS)
    found = tuple(
        finding(
            checks[index % len(checks)],
            f"source number {index % 20}",
            f"paragraph {index} under the heading Notes about my summer",
            kind="position",
            fact="home" if index % 2 else None,
            priority=tuple(Priority)[index % 3],
        )
        for index in range(number)
    )
    whole = rich()
    ways = tuple(replace(way, findings=(found[index].fingerprint,)) for index, way in enumerate(whole.ways_in * 12))
    plan = tuple(
        replace(
            whole.plan[index % 8],
            title=f"Take out the line of paragraph {index}",
            findings=(found[index * 2].fingerprint,),
        )
        for index in range(number // 4)
    )
    sources = tuple(
        SourceSummary(label=f"source number {n}", kind="page", control="claimed", read=1, found=1) for n in range(20)
    )
    return replace(whole, findings=found, ways_in=ways, plan=plan, sources=sources)


def worded(word: str) -> AuditResult:
    """The rich result with `word` put into every piece of text that can come from outside, labels kept apart by a number."""
    base = again()
    names = {one.label: f"{word} {number}" for number, one in enumerate(base.sources)}
    return replace(
        base,
        country=word,
        version=word,
        facts=tuple((kind, word) for kind, _ in base.facts),
        sources=tuple(
            replace(one, label=names[one.label], kind=word, control=word, host=word, directory=word, note=word)
            for one in base.sources
        ),
        findings=tuple(_worded_finding(one, word, names) for one in base.findings),
        clear=tuple(replace(one, check=word, source=names[one.source], title=word) for one in base.clear),
        not_checked=tuple(
            replace(one, source=names[one.source], check=word, where=word, reason=word) for one in base.not_checked
        ),
        places=tuple(
            replace(
                one,
                name=word,
                role=word,
                looks_like=word,
                distance=word,
                seen_in=((word, (1, 2)),),
                fewest=((word, (1,)),),
            )
            for one in base.places
        ),
        ways_in=tuple(
            replace(one, steps=(word, word), sources=tuple(names[source] for source in one.sources))
            for one in base.ways_in
        ),
        plan=tuple(
            replace(one, id=word, title=word, source=word, notice=word, check=word, steps=(word, word), priority=word)
            for one in base.plan
        ),
        letters=tuple(
            replace(
                one, recipient=word, kind=word, source=word, file_name=word, directory=word, checked=word, steps=(word,)
            )
            for one in base.letters
        ),
        contacted=(word, word),
        knows_of=(word, word),
        photo_names=((word, 1, word),),
        trips=tuple(replace(one, seen_in=((word, (1, 2)),)) for one in base.trips),
        support=_worded_support(word),
        graph=_worded_graph(base.graph, word),
        since=_worded_since(base.since, word),
    )


def _worded_finding(one: Finding, word: str, names: dict[str, str]) -> Finding:
    return replace(
        one,
        check=word,
        source=names[one.source],
        where=word,
        kind=word,
        fact=word,
        title=word,
        learns=word,
        detail=word,
        level=word,
    )


def _worded_support(word: str) -> Support:
    guide = Guide(title=word, sentences=(word,))
    law = LawCard(place=word, title=word, sentences=(word,), takes_reports=(word,), known=word)
    return Support(steps=(guide,), signs=(guide,), laws=(law,), no_law=word, steps_known=word, signs_known=word)


def _worded_since(since: Since | None, word: str) -> Since | None:
    if since is None:
        return None
    changes = (
        replace(one, source=word, title=word, check=word, fact=word, where=word, reason=word) for one in since.changes
    )
    return replace(since, changes=tuple(changes))


def _worded_graph(graph: Graph | None, word: str) -> Graph | None:
    if graph is None:
        return None
    steps = [replace(step, needs=frozenset({word})) for step in graph.steps]
    tells = replace(steps[1], gives="town")
    opens = Step(needs=frozenset({"name", "town"}), gives=at(word), via=TOGETHER + word)
    return replace(graph, steps=(*steps, tells, opens))
