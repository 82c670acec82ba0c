"""Offers to one client: every cohort and day pattern with a place, ranked, each checked as a whole roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from iop_sched.admit.model import Builder
from iop_sched.admit.others import Others
from iop_sched.admit.search import Timetable, timetables
from iop_sched.admit.seats import Seats
from iop_sched.admit.verified import Measured, measure
from iop_sched.cpsat import tiers
from iop_sched.rules.findings import Term, Violation
from iop_sched.week.policy import Policy, Tier
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective
from iop_sched.week.roster import Placement, Roster, Session
from iop_sched.week.times import Id


class BrokenRosterError(Exception):
    """A roster to place a client in breaks rules as it is; ``violations`` says which."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(f"{len(violations)} violations")
        self.violations = violations


@dataclass(frozen=True)
class Offer:
    """A place, with the sessions that go with it, verified in ``roster``.

    ``change`` is what the roster pays in each tier more than with the client left waiting (below 0: less);
    ``weighted`` the same for the weighted sum. ``terms`` are the penalties that differ, with the difference as
    their amount. Nobody else changes: the sessions in ``joined`` have one client more.
    """

    placement: Placement | None
    sessions: tuple[Session, ...]
    joined: tuple[Session, ...]
    roster: Roster
    change: dict[Tier, int]
    weighted: int
    terms: tuple[Term, ...]


class Desk:
    """Answers about one client in one roster.

    Raises ``BrokenRosterError`` when the roster breaks rules as it is: nothing that is found in it would hold.
    """

    def __init__(
        self,
        week: ProgramWeek,
        roster: Roster,
        policy: Policy,
        client: Id,
        objective: Objective = "lexicographic",
    ) -> None:
        self.week, self.policy, self.objective = week, policy, objective
        self.others = Others(week, roster, policy, client)
        self.seats = Seats(self.others)
        self.builder = Builder(self.others, self.seats)
        before = measure(self.others.facts, roster, policy)
        if before.violations:
            raise BrokenRosterError(before.violations)

    @cached_property
    def waiting(self) -> Measured:
        """The roster with the client waiting; where others need the client, it does not hold."""
        return measure(self.others.facts, self.others.roster, self.policy)

    @cached_property
    def timetables(self) -> list[Timetable]:
        """The best timetable of each cohort and pattern, the best first, not yet verified."""
        one = self.builder.build()
        return sorted(timetables(one, self.goals(one.objectives)), key=_rank)

    def goals(self, objectives: list[tiers.Objective]) -> list[tiers.Objective]:
        """What is minimised: the tiers in order, or their weighted sum."""
        if self.objective == "lexicographic":
            return objectives
        weights = self.policy.tier_weights
        named = list(zip(self.policy.tiers, objectives, strict=True))
        return [
            tiers.Objective(
                "weighted",
                sum(weights[name] * one.expr for name, one in named),
                sum(weights[name] * one.upper for name, one in named),
            )
        ]

    def offer(self, timetable: Timetable) -> Offer:
        """The offer of a timetable. Raises ``BrokenRosterError`` if the whole roster would break a rule."""
        roster = merged(self.others.roster, self.others.client.id, timetable)
        found = measure(self.others.facts, roster, self.policy)
        if found.violations:
            raise BrokenRosterError(found.violations)
        return Offer(
            placement=timetable.placement,
            sessions=timetable.sessions,
            joined=timetable.joined,
            roster=roster,
            change={tier: found.tiers[tier] - self.waiting.tiers[tier] for tier in self.policy.tiers},
            weighted=found.weighted - self.waiting.weighted,
            terms=tuple(_differing(self.waiting.terms, found.terms)),
        )


def merged(roster: Roster, client: Id, timetable: Timetable) -> Roster:
    """The roster of all others with the client's part put in."""
    joined = {id(session) for session in timetable.joined}
    sessions = [
        one.model_copy(update={"clients": (*one.clients, client)}) if id(one) in joined else one
        for one in roster.sessions
    ]
    sessions += timetable.sessions
    more = () if timetable.placement is None else (timetable.placement,)
    return roster.model_copy(
        update={
            "placements": (*roster.placements, *more),
            "sessions": tuple(sorted(sessions, key=lambda one: (one.day, one.start, one.service, one.clients))),
        }
    )


def _rank(timetable: Timetable) -> tuple[object, ...]:
    placement = timetable.placement
    start = (0, "", ()) if placement is None else (placement.start, placement.cohort or "", placement.days)
    return (timetable.values, *start)


def _differing(before: Iterable[Term], after: Iterable[Term]) -> Iterable[Term]:
    """Penalties that are paid more or less than before; ``when`` is left out."""
    amounts: Counter[tuple[str, str, int]] = Counter()
    for sign, terms in ((-1, before), (1, after)):
        for term in terms:
            amounts[term.penalty, term.who, term.weight] += sign * term.amount
    return (
        Term(penalty, who, amount, weight) for (penalty, who, weight), amount in amounts.items() if amount
    )
