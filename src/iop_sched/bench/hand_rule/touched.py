"""What a step has to do with: people, cohorts, rooms, days and supplies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from iop_sched.bench.hand_rule.book import Book, Step
from iop_sched.rules.facts import Facts
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Session, TeamMeeting
from iop_sched.week.times import DAY_MINUTES, Day, Id, Interval, overlap


@dataclass
class Touched:
    """What a step has to do with.

    ``clients`` with all that they do, ``cohorts`` with their meetings, the ``members`` of cohorts, clients of
    a ``primary``, ``clinicians`` and ``rooms`` with all that they are in, open ``groups``; ``full`` are days
    of sites that may come to hold too many clients, ``movers`` the settled ones who change cohort.
    """

    clients: set[Id] = field(default_factory=set)
    cohorts: set[Id] = field(default_factory=set)
    members: set[Id] = field(default_factory=set)
    primary: Id | None = None
    clinicians: set[Id] = field(default_factory=set)
    rooms: set[Id] = field(default_factory=set)
    groups: set[Id] = field(default_factory=set)
    full: set[tuple[Id | None, Day]] = field(default_factory=set)
    supplies: Supplies | None = None
    movers: bool = False


@dataclass(frozen=True)
class Supplies:
    """Kinds of supplies that a step uses, and when and where. None is ever short before a step."""

    site: Id | None
    day: Day
    interval: Interval
    kinds: frozenset[Id]

    def has(self, book: Book, session: Session) -> bool:
        """Whether a session uses one of them at that time."""
        return (
            (session.site, session.day) == (self.site, self.day)
            and not self.kinds.isdisjoint(book.facts.services[session.service].supplies)
            and overlap(book.interval(session), self.interval) > 0
        )


def touched_by(book: Book, policy: Policy, step: Step) -> Touched:
    """What a step has to do with, given the roster so far."""
    if isinstance(step, OpenCohort):
        return Touched(cohorts={step.cohort}, members={step.cohort})
    if isinstance(step, TeamMeeting):
        return Touched(clinicians=set(step.attendees))
    if isinstance(step, Placement):
        return _placement(book, policy, step)
    if isinstance(step, Meeting):
        return _meeting(book, step)
    return _session(book, step)


def _placement(book: Book, policy: Policy, step: Placement) -> Touched:
    facts = book.facts
    pairs = [pair for pair in (*facts.week.apart, *facts.week.together) if step.client in pair]
    cohorts = {step.cohort} if step.cohort is not None else set()
    site = facts.place(step.cohort) if step.cohort is not None else None
    return Touched(
        clients={step.client}.union(*pairs),
        cohorts=cohorts,
        members=set(cohorts),
        primary=step.primary,
        clinicians={step.primary} if step.primary is not None else set(),
        full=_full(book, site, step.days, {step.client}),
        movers=policy.limits.max_moves is not None and moves(facts, step),
    )


def _meeting(book: Book, step: Meeting) -> Touched:
    facts = book.facts
    kinds = {kind for block in facts.blocks_on(step.cohort, step.day) for kind in block.supplies}
    members = {one.client for one in book.placements.values() if one.cohort == step.cohort}
    site = facts.place(step.cohort)
    return Touched(
        cohorts={step.cohort},
        members={step.cohort},
        clinicians={entry.clinician for entry in step.staff},
        rooms={step.room} if step.room is not None else set(),
        full=_full(book, site, [step.day], members),
        supplies=Supplies(site, step.day, (0, DAY_MINUTES), frozenset(kinds)) if kinds else None,
    )


def _session(book: Book, step: Session) -> Touched:
    service = book.facts.services[step.service]
    placements = [book.placements[client] for client in step.clients if client in book.placements]
    kinds = frozenset(service.supplies)
    return Touched(
        clients=set(step.clients),
        cohorts={one.cohort for one in placements if one.cohort is not None},
        clinicians={entry.clinician for entry in step.staff},
        rooms={step.room} if step.room is not None else set(),
        groups={step.service} if service.is_open_group else set(),
        full=_full(book, step.site, [step.day], set(step.clients)),
        supplies=Supplies(step.site, step.day, book.interval(step), kinds) if kinds else None,
    )


def _full(book: Book, site: Id | None, days: Iterable[Day], more: set[Id]) -> set[tuple[Id | None, Day]]:
    """Days on which a site might hold more clients than it is licensed for."""
    census = book.facts.sites[site].census if site is not None else None
    if census is None:
        return set()
    return {(site, day) for day in days if len(book.there[site, day] | more) > census}


def moves(facts: Facts, placement: Placement) -> bool:
    """Whether a current client changes cohort."""
    before = facts.previous.get(placement.client)
    return before is not None and before.cohort != placement.cohort
