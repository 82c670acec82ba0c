"""Offers to one client: every cohort and day pattern with a place, ranked, each checked as a whole roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from iop_sched.admit.model import Builder
from iop_sched.admit.others import Others
from iop_sched.admit.search import Timetable, best, timetables
from iop_sched.admit.seats import Seats
from iop_sched.admit.verified import Measured, measure
from iop_sched.compare.difference import differences
from iop_sched.compare.disruption import Disruption, disruption
from iop_sched.compare.views import ClientView, client_views
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
class Moved:
    """What changes for the one other client whose week an offer changes, and how much it disturbs."""

    view: ClientView
    disruption: Disruption


@dataclass(frozen=True)
class Offer:
    """A place, with the sessions that go with it, verified in ``roster``.

    ``change`` is what the roster pays in each tier more than with the client left waiting (below 0: less);
    ``weighted`` the same for the weighted sum. ``own`` are the penalties paid for the client; ``beside``
    are others that differ, with the difference as their amount. ``minutes`` is the dosage; ``missing`` are
    numbers of prescribed sessions not found, by service. Sessions ``joined`` have others in them. Nobody else
    changes, or ``moved`` alone.
    """

    placement: Placement | None
    sessions: tuple[Session, ...]
    joined: tuple[Session, ...]
    roster: Roster
    change: dict[Tier, int]
    weighted: int
    own: tuple[Term, ...]
    beside: tuple[Term, ...]
    minutes: int
    missing: dict[Id, int]
    moved: Moved | None = None


class Desk:
    """Answers about one client in one roster.

    Raises ``BrokenRosterError`` when the roster breaks rules as it is: nothing found in it would hold.
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
        """The best timetable of each cohort and pattern, the best first, not yet verified.

        A client who wants the assessment alone has the best of these, without a place.
        """
        one = self.builder.build()
        goals = self._goals(one.objectives)
        if self.others.client.prescription is not None:
            return sorted(timetables(one, goals), key=_rank)
        found = best(one, goals)
        return [found] if found is not None and found.sessions else []

    def best_in(self, cohort: Id | None, without: frozenset[str] = frozenset()) -> Timetable | None:
        """The best timetable with a place in the cohort, with some rules left out; not verified."""
        one = self.builder.build(without)
        patterns = [pattern for pattern in one.patterns if pattern[0] == cohort]
        return best(one, self._goals(one.objectives), patterns) if patterns else None

    def _goals(self, objectives: list[tiers.Objective]) -> list[tiers.Objective]:
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
        return self._verified(roster, timetable.placement, timetable.sessions, timetable.joined)

    def offer_moving(self, other: Id, roster: Roster) -> Offer:
        """The offer of a roster in which ``other`` changes too; ``BrokenRosterError`` if it breaks a rule."""
        client = self.others.client.id
        sessions = [one for one in roster.sessions if client in one.clients]
        views = {one.client: one for one in client_views(differences(self.others.roster, roster))}
        return self._verified(
            roster,
            placement=next((one for one in roster.placements if one.client == client), None),
            sessions=tuple(one for one in sessions if one.clients == (client,)),
            joined=tuple(one for one in sessions if one.clients != (client,)),
            moved=Moved(views[other], disruption(self.others.roster, roster, self.week)),
        )

    def _verified(
        self,
        roster: Roster,
        placement: Placement | None,
        sessions: tuple[Session, ...],
        joined: tuple[Session, ...],
        moved: Moved | None = None,
    ) -> Offer:
        found = measure(self.others.facts, roster, self.policy)
        if found.violations:
            raise BrokenRosterError(found.violations)
        return Offer(
            placement=placement,
            sessions=sessions,
            joined=joined,
            roster=roster,
            change={tier: found.tiers[tier] - self.waiting.tiers[tier] for tier in self.policy.tiers},
            weighted=found.weighted - self.waiting.weighted,
            own=tuple(term for term in found.terms if self._is_own(term)),
            beside=tuple(self._beside(found.terms)),
            minutes=self._minutes(found),
            missing=self._missing(found),
            moved=moved,
        )

    def _is_own(self, term: Term) -> bool:
        return term.who.split(" ")[0] == self.others.client.id

    def _beside(self, after: Iterable[Term]) -> Iterator[Term]:
        """Penalties of others that differ from those with the client waiting; ``when`` is left out."""
        amounts: Counter[tuple[str, str, int]] = Counter()
        for sign, terms in ((-1, self.waiting.terms), (1, after)):
            for term in terms:
                if not self._is_own(term):
                    amounts[term.penalty, term.who, term.weight] += sign * term.amount
        for (penalty, who, weight), amount in amounts.items():
            if amount:
                yield Term(penalty, who, amount, weight)

    def _minutes(self, found: Measured) -> int:
        placed = self.others.client.id in found.schedule.placements
        return found.schedule.dosage(self.others.client).total if placed else 0

    def _missing(self, found: Measured) -> dict[Id, int]:
        client = self.others.client
        return {
            service.id: line.min_count - delivered
            for line, service in self.others.facts.prescribed(client)
            if (delivered := found.schedule.delivered(client, service.id)) < line.min_count
        }


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
            "sessions": tuple(
                sorted(sessions, key=lambda one: (one.day, one.start, one.service, one.clients))
            ),
        }
    )


def _rank(timetable: Timetable) -> tuple[object, ...]:
    placement = timetable.placement
    start = (0, "", ()) if placement is None else (placement.start, placement.cohort or "", placement.days)
    return (timetable.values, *start)
