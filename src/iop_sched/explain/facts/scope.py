"""What a conflict can be about: its rules and pins, and the people, cohorts and services these touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from iop_sched.week.care import Cohort, Service
from iop_sched.week.people import Client
from iop_sched.week.pins import Pin
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Day, Id

_ABOUT_SERVICES = {"service-delivery", "weekly-hours", "program-day", "group-share", "intake", "primary"}
_OF_A_PLACE = {"client-time", "track", "stay", "weekly-hours", "program-day"}
_WITHOUT_TIMES = {"eligibility", "cohort-size", "companions", "max-moves"}


@dataclass(frozen=True)
class Scope:
    """The rules and pins that are left of a conflict; ``clients``: those whom the model has."""

    week: ProgramWeek
    policy: Policy
    rules: Collection[str]
    pins: Collection[Pin]
    clients: Collection[Id]

    def reads_times(self, cohort: Cohort) -> bool:
        """Whether it matters when the cohort meets.

        Where a pin names it, to each rule but a few, and to a pin by itself; where it must run, always;
        else, where it is one of several that would do, to what decides about a client's place.
        """
        if cohort.id in self.pinned_cohorts:
            return not self.rules or not _WITHOUT_TIMES.issuperset(self.rules)
        return (self.must_run and cohort.status == "running") or not _OF_A_PLACE.isdisjoint(self.rules)

    @property
    def must_run(self) -> bool:
        """Whether running cohorts ask for something although no pin names them."""
        return "meeting-held" in self.rules

    @property
    def pinned_clients(self) -> set[Id]:
        """Clients whom pins name."""
        return {subject.client for pin in self.pins if (subject := pin.place or pin.session) is not None}

    @property
    def pinned_cohorts(self) -> dict[Id, set[Day]]:
        """Cohorts that pins name, with the days that they name for them."""
        found: dict[Id, set[Day]] = defaultdict(set)
        for pin in self.pins:
            subject = pin.place or pin.cohort
            if subject is not None and subject.cohort is not None:
                found[subject.cohort].update(subject.days)
            if pin.meeting is not None:
                found[pin.meeting.cohort].add(pin.meeting.day)
        return found

    @property
    def cohorts(self) -> list[Cohort]:
        """Cohorts that pins name or that must run; all where a pin asks for any place. Others ask nothing."""
        if any(pin.session or (pin.place and pin.place.cohort is None) for pin in self.pins):
            return list(self.week.cohorts)
        return [
            cohort
            for cohort in self.week.cohorts
            if cohort.id in self.pinned_cohorts or (self.must_run and cohort.status == "running")
        ]

    @property
    def services(self) -> list[Service]:
        """Services that pins name, and all of the clients where a rule counts them."""
        wanted = {pin.session.service for pin in self.pins if pin.session is not None}
        if not _ABOUT_SERVICES.isdisjoint(self.rules):
            for client in self.week.clients:
                if client.id in self.clients:
                    wanted.update(_services(client))
        return [service for service in self.week.services if service.id in wanted]


def _services(client: Client) -> Iterable[Id]:
    if client.prescription is not None:
        yield from (item.service for item in client.prescription.services)
    if client.intake is not None and client.intake.assessment is not None:
        yield client.intake.assessment
