"""Ways in and the fewest changes, as an AND/OR graph (the field's term: attack-graph hardening). Labels only, no values."""

from __future__ import annotations

from dataclasses import dataclass, field

GOALS = ("home", "routine", "contact", "family")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Who holds all of `needs` can learn `gives`, through `via` (names of findings)."""

    needs: frozenset[str]
    gives: str
    via: str

    def __post_init__(self) -> None:
        """Any collection will do for `needs`."""
        object.__setattr__(self, "needs", frozenset(self.needs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One change: `cuts` are the `via` names that it closes; cost is minutes times the weight of `notice`."""

    id: str
    minutes: int
    notice: str
    cuts: frozenset[str]

    def __post_init__(self) -> None:
        """Any collection will do for `cuts`."""
        object.__setattr__(self, "cuts", frozenset(self.cuts))

    @property
    def cost(self) -> int:
        """Minutes times 1, 1, 2 or 4 for who notices."""
        return self.minutes * {"people who follow you": 2, "anyone sharing the account": 4}.get(self.notice, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """What a stranger starts from, what each source lets them learn, what they are after, and what can be changed."""

    starts: frozenset[str]
    steps: tuple[Step, ...]
    goals: frozenset[str]
    actions: tuple[Action, ...] = ()

    def __post_init__(self) -> None:
        """Any collections will do."""
        object.__setattr__(self, "starts", frozenset(self.starts))
        object.__setattr__(self, "goals", frozenset(self.goals))
        object.__setattr__(self, "steps", tuple(self.steps))
        object.__setattr__(self, "actions", tuple(self.actions))


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """A minimal chain of steps that ends at a goal: without any one of `via` it no longer holds."""

    goal: str
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The cheapest set of actions after which no way in remains.

    `actions` are ids in the order in which to do them; `open` are the ways in that nothing closes; `proven` is False
    where the time limit came first; `closes` says for each action how many ways in are closed once it is done (in that order).
    `cut` names the goals to which there are more ways than stand in `ways`, or may be: their counts are "at least".
    """

    actions: tuple[str, ...]
    cost: int
    proven: bool = True
    open: tuple[WayIn, ...] = ()
    ways: tuple[WayIn, ...] = ()
    closes: tuple[int, ...] = field(default=())
    cut: frozenset[str] = frozenset()
