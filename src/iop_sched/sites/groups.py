"""Groups of sites that share nothing but clients' choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iop_sched.week.pins import Pin
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

Group = frozenset[Id]
"""Ids of the sites of one group."""

APART = ("eligibility", "service-delivery", "service-staff", "facilitation")
"""Rules that keep one site's clients and staff from another's; where one is off, there is one group."""


def groups(week: ProgramWeek, policy: Policy) -> list[Group]:
    """Connected components of the sites, in the order of the week.

    Two sites belong together when one person works at both, when a care team at one has a member of the
    other, when a client's pins name cohorts and clinicians of both, or when clients kept together have no
    other way to be in one group. Services join nothing: each group gives its own.
    """
    sites = [site.id for site in week.sites]
    if any(policy.mode(rule) == "off" for rule in APART):
        return [frozenset(sites)]
    joined = _Joined(sites)
    for clinician in week.clinicians:
        joined.join(clinician.sites)
    workplaces = {clinician.id: clinician.sites for clinician in week.clinicians}
    for team in week.care_teams:
        joined.join((team.site, *(site for member in team.members for site in workplaces[member])))
    for named in (*demands(week).values(), *_pinned_together(week)):
        joined.join(named)
    _companions(week, joined)
    return joined.groups()


def demands(week: ProgramWeek) -> dict[Id, set[Id]]:
    """Sites that a client's pins name, by client: there the pins can hold, and nowhere else."""
    cohorts = {cohort.id: cohort for cohort in week.cohorts}
    workplaces = {clinician.id: clinician.sites for clinician in week.clinicians}
    before = {placement.client: placement.cohort for placement in week.previous.placements}
    found: dict[Id, set[Id]] = {}

    def named(pin: Pin) -> Iterator[Id]:
        if pin.place and pin.place.cohort:
            yield cohorts[pin.place.cohort].site
        for clinician in (pin.place and pin.place.primary, pin.session and pin.session.clinician):
            yield from workplaces[clinician] if clinician else ()
        client = pinned(pin)
        if "eligibility" in pin.overrides and client and (old := before.get(client)):
            # whoever may join any cohort is settled in the old one, however far away
            yield cohorts[old].site

    for pin in week.pins:
        client = pinned(pin)
        if client is not None:
            found.setdefault(client, set()).update(named(pin))
    return {client: sites for client, sites in found.items() if sites}


def freed(week: ProgramWeek) -> set[Id]:
    """Clients whom a pin lets into any cohort."""
    pins = [pin for pin in week.pins if "eligibility" in pin.overrides]
    return {client for pin in pins if (client := pinned(pin)) is not None}


def _pinned_together(week: ProgramWeek) -> Iterator[set[Id]]:
    """Sites of a cohort and of the leader, the room or the staff that a pin gives it."""
    site = {cohort.id: cohort.site for cohort in week.cohorts}
    rooms = {room.id: room.site for room in week.rooms}
    workplaces = {clinician.id: clinician.sites for clinician in week.clinicians}
    for pin in week.pins:
        if pin.cohort and pin.cohort.leader:
            yield {site[pin.cohort.cohort], *workplaces[pin.cohort.leader]}
        if pin.meeting and pin.meeting.room:
            yield {site[pin.meeting.cohort], rooms[pin.meeting.room]}
        if pin.meeting:
            for who in pin.meeting.people:
                yield {site[pin.meeting.cohort], *workplaces[who]}


def pinned(pin: Pin) -> Id | None:
    """The client whom a pin is about, if it is about one."""
    about = pin.place or pin.session
    return about.client if about else None


def reach(week: ProgramWeek) -> dict[Id, set[Id]]:
    """Sites at which each client may be: those in reach, or all; those that their pins name, if any do."""
    everywhere = {site.id for site in week.sites}
    named = demands(week)
    return {client.id: named.get(client.id) or set(client.sites) or everywhere for client in week.clients}


def bundles(week: ProgramWeek) -> list[list[Id]]:
    """Clients who are decided on together: those kept together, and everybody else alone."""
    joined = _Joined(client.id for client in week.clients)
    for pair in week.together:
        joined.join(pair)
    order = {client.id: number for number, client in enumerate(week.clients)}
    return [sorted(bundle, key=order.__getitem__) for bundle in joined.groups()]


def _companions(week: ProgramWeek, joined: _Joined) -> None:
    """Clients kept together who have no group in common join all that they reach."""
    within = reach(week)
    for bundle in bundles(week):
        if len(bundle) > 1:
            reached = [{joined.root(site) for site in within[client]} for client in bundle]
            if not set.intersection(*reached):
                joined.join(set.union(*reached))


class _Joined:
    """Things joined into sets (union-find), in the order in which they were first named."""

    def __init__(self, things: Iterable[Id]) -> None:
        self._above = {thing: thing for thing in things}

    def root(self, thing: Id) -> Id:
        while self._above[thing] != thing:
            thing = self._above[thing]
        return thing

    def join(self, things: Iterable[Id]) -> None:
        roots = [self.root(thing) for thing in things]
        for root in roots[1:]:
            if self.root(root) != self.root(roots[0]):
                self._above[self.root(root)] = self.root(roots[0])

    def groups(self) -> list[frozenset[Id]]:
        found: dict[Id, set[Id]] = {}
        for thing in self._above:
            found.setdefault(self.root(thing), set()).add(thing)
        return [frozenset(group) for group in found.values()]
