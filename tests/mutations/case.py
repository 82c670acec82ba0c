"""Real weeks with rosters that solve them, and what a mutation of one must bring about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from random import Random

from iop_sched.rules import Evaluation, evaluate
from iop_sched.week.loading import load_week
from iop_sched.week.people import Client
from iop_sched.week.policy import PENALTIES, Mode, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Placement, Roster, Session
from mutations.ease import ease
from mutations.tally import Tally

INSTANCES = (
    "quickstart",
    "integrative",
    "work-friendly",
    "assessment-first",
    "cohort-20h",
    "multi-location",
)


ROOT = Path(__file__).resolve().parents[2]

STANDARD = Policy()

Finding = tuple[str, str, int]
"""Who, when, by how much."""
Key = tuple[str, str, str]
"""Penalty, who, when."""


@dataclass(frozen=True)
class Mutation:
    """One thing changed in a week or its roster.

    ``found`` are all violations it must lead to; ``terms`` (when named) the changes of the rule's penalties.
    """

    case: Case
    what: str
    week: ProgramWeek
    roster: Roster
    found: tuple[Finding, ...]
    terms: Mapping[Key, int] | None = None


@dataclass(frozen=True)
class Case:
    """A week, a roster that breaks none of its rules, and the policy they are measured by."""

    name: str
    week: ProgramWeek
    roster: Roster
    policy: Policy = STANDARD
    _variants: dict[object, Case] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def evaluation(self) -> Evaluation:
        """What the specification says of the pair as it is."""
        return evaluate(self.week, self.roster, self.policy)

    @cached_property
    def tally(self) -> Tally:
        """Figures of the pair as it is, counted without the specification."""
        return Tally(self.week, self.roster)

    def eased(self, *subjects: str) -> Case:
        """The same roster, in a week that asks less in some subjects (see ``ease``)."""
        key = ("eased", subjects)
        if key not in self._variants:
            week = self.week
            for subject in subjects:
                week = ease(week, subject)
            self._variants[key] = Case(self.name, week, self.roster, self.policy)
        return self._variants[key]

    def under(self, rule: str, mode: Mode) -> Case:
        """The same pair under a policy with one rule in another mode."""
        key = (rule, mode)
        if key not in self._variants:
            policy = self.policy.model_copy(update={"rules": {**self.policy.rules, rule: mode}})
            self._variants[key] = Case(self.name, self.week, self.roster, policy)
        return self._variants[key]

    def limited(self, **limits: int | None) -> Case:
        """The same pair under a policy with other limits."""
        key = ("limits", tuple(limits.items()))
        if key not in self._variants:
            changed = self.policy.limits.model_copy(update=limits)
            policy = self.policy.model_copy(update={"limits": changed})
            self._variants[key] = Case(self.name, self.week, self.roster, policy)
        return self._variants[key]

    def mutation(
        self,
        what: str,
        found: Iterable[Finding] = (),
        terms: Mapping[Key, int] | None = None,
        week: ProgramWeek | None = None,
        roster: Roster | None = None,
    ) -> Mutation:
        """A mutation of this pair; what is not named stays."""
        changed = {key: delta for key, delta in terms.items() if delta} if terms is not None else None
        return Mutation(self, what, week or self.week, roster or self.roster, tuple(found), changed)

    # Choices

    def placed(self, rng: Random, in_cohort: bool = True) -> list[tuple[Client, Placement]]:
        """Placed clients in random order: those in a cohort, or those without one."""
        found = [
            (self.tally.clients[placement.client], placement)
            for placement in self.roster.placements
            if (placement.cohort is not None) == in_cohort
        ]
        return shuffled(found, rng)

    def sessions(self, rng: Random, single: bool = True) -> list[tuple[int, Session]]:
        """Sessions with their number in the roster, in random order: of one client, or open groups."""
        return shuffled(
            [
                (number, session)
                for number, session in enumerate(self.roster.sessions)
                if self.tally.services[session.service].is_open_group != single
            ],
            rng,
        )

    def overriding(self, rule: str) -> set[str]:
        """Clients for whom a pin sets a rule aside."""
        targets = [pin.place or pin.session for pin in self.week.pins if rule in pin.overrides]
        return {target.client for target in targets if target is not None}

    def pinned(self, client: str) -> bool:
        """Whether a pin fixes something of the client's."""
        return any(
            target is not None and target.client == client
            for pin in self.week.pins
            for target in (pin.place, pin.session)
        )


def shuffled(items: Iterable, rng: Random) -> list:
    """The items in random order."""
    found = list(items)
    rng.shuffle(found)
    return found


def paid(evaluation: Evaluation, rule: str) -> Counter[Key]:
    """What an evaluation counts of the penalties of a rule."""
    found: Counter[Key] = Counter()
    for term in evaluation.terms:
        if PENALTIES[term.penalty].rule == rule:
            found[term.penalty, term.who, term.when] += term.amount
    return found


# Files


def instance(name: str) -> ProgramWeek:
    """An instance of this repository."""
    folder = ROOT / "instances" if name == "quickstart" else ROOT / "instances" / "programs"
    return load_week(folder / f"{name}.yaml")


def roster_path(name: str) -> Path:
    """Where the roster of an instance is kept."""
    return Path(__file__).parent / "rosters" / f"{name}.json"


@cache
def cases() -> tuple[Case, ...]:
    """All instances with their rosters."""
    return tuple(
        Case(
            name,
            instance(name),
            Roster.model_validate_json(roster_path(name).read_text(encoding="utf-8")),
        )
        for name in INSTANCES
        if roster_path(name).exists()
    )
