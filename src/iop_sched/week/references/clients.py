"""Clients: prescriptions, intakes, stays and authorisations that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from iop_sched.week.care import LevelOfCare, Service
from iop_sched.week.document import Fault, Path
from iop_sched.week.people import Client, Prescription
from iop_sched.week.program import ProgramWeek


@dataclass(frozen=True)
class _Catalogue:
    week_of: date
    levels: Mapping[str, LevelOfCare]
    services: Mapping[str, Service]


def check(week: ProgramWeek) -> Iterator[Fault]:
    """Faults of every client."""
    catalogue = _Catalogue(
        week.week_of,
        {level.id: level for level in week.levels},
        {service.id: service for service in week.services},
    )
    for index, client in enumerate(week.clients):
        path = ("clients", index)
        yield from _intake(client, path)
        yield from _assessment(client, catalogue.services, path)
        yield from _stay(client, catalogue.week_of, path)
        yield from _authorisation(client, path)
        if client.prescription:
            at = (*path, "prescription")
            yield from _hours(client, client.prescription, catalogue.levels.get(client.level), (*at, "hours"))
            yield from _days(client, client.prescription, catalogue.levels.get(client.level), (*at, "days"))
            yield from _services(client, client.prescription, catalogue.services, (*at, "services"))
            yield from _steps(client, client.prescription, catalogue, (*at, "steps"))


def _intake(client: Client, path: Path) -> Iterator[Fault]:
    at = (*path, "prescription")
    if client.assessment_only:
        if client.prescription:
            what = "a client who wants an assessment alone has no prescription"
            yield Fault(at, what, "take it out, or 'assessment_only'")
        if client.intake and client.intake.assessment is None:
            what = "'assessment_only' without an assessment"
            yield Fault((*path, "intake", "assessment_only"), what, "name the service in 'assessment'")
    elif client.prescription is None:
        what = "this client has no prescription"
        yield Fault(at, what, "add one, or an intake with 'assessment_only: true'")


def _assessment(client: Client, services: Mapping[str, Service], path: Path) -> Iterator[Fault]:
    service = services.get(client.intake.assessment or "") if client.intake else None
    if service and service.is_open_group:
        what = f"'{service.id}' is an open group; an assessment is for one client alone"
        yield Fault((*path, "intake", "assessment"), what, "name a service for one participant")


def _stay(client: Client, week_of: date, path: Path) -> Iterator[Fault]:
    stay, at = client.stay, (*path, "stay")
    if stay.latest_start < stay.earliest_start:
        yield Fault((*at, "latest_start"), "this is before earliest_start", "write a later day")
    if stay.last_day is not None and stay.last_day < stay.earliest_start:
        yield Fault((*at, "last_day"), "this is before earliest_start", "write a later day")
    if stay.length_days and stay.length_days.min < 1:
        yield Fault((*at, "length_days", "min"), "a stay has a day at least", "write 1 or more")
    if stay.last_date is not None:
        if stay.last_day is not None:
            yield Fault((*at, "last_date"), "the stay ends this week, on last_day", "name one of the two")
        elif stay.last_date < week_of + timedelta(days=7):
            what = "this date is not after this week"
            yield Fault((*at, "last_date"), what, "write the weekday in 'last_day', or a later date")


def _authorisation(client: Client, path: Path) -> Iterator[Fault]:
    agreed = client.authorisation
    if agreed is None:
        return
    at = (*path, "authorisation")
    if (agreed.hours is None) == (agreed.days is None):
        yield Fault(at, "this is in hours or in days", "name either hours or days")
    if agreed.last < agreed.first:
        yield Fault((*at, "last"), "this date is before 'first'", "exchange them, or correct one")


def _hours(
    client: Client, prescription: Prescription, level: LevelOfCare | None, path: Path
) -> Iterator[Fault]:
    hours = prescription.hours
    if hours.min <= hours.max and not hours.min <= hours.target <= hours.max:
        yield Fault((*path, "target"), "the target is not between min and max", "correct one of the three")
    if level is None or client.step_down or hours.min > hours.max or level.hours.min > level.hours.max:
        return
    if hours.max < level.hours.min and not client.group_optional:
        what = f"the prescription ends below the least hours of level '{level.id}'"
        yield Fault((*path, "max"), what, f"write {level.hours.min:g} or more, or 'step_down: true'")
    if hours.min > level.hours.max:
        what = f"the prescription begins above the most hours of level '{level.id}'"
        yield Fault((*path, "min"), what, f"write {level.hours.max:g} or less, or another level")


def _days(
    client: Client, prescription: Prescription, level: LevelOfCare | None, path: Path
) -> Iterator[Fault]:
    if not prescription.days and not client.group_optional:
        what = "the prescription names no days a week"
        yield Fault(path, what, "write the tracks allowed, such as [3, 4], or 'group_optional: true'")
    seen: set[int] = set()
    for index, days in enumerate(prescription.days):
        fault = _track(client, prescription, level, days)
        if days in seen:
            fault = ("this number stands twice", "name it once")
        seen.add(days)
        if fault:
            yield Fault((*path, index), *fault)


def _track(
    client: Client, prescription: Prescription, level: LevelOfCare | None, days: int
) -> tuple[str, str] | None:
    if not 1 <= days <= 7:
        return "a week has 1 to 7 days", "write the number of days a week"
    if days > len(prescription.weekdays):
        return "there are fewer weekdays allowed than that", "add weekdays, or take this track out"
    if client.step_down:
        return None
    if days < 3:
        return "fewer than 3 days are only for stepping down", "write 3 or more, or 'step_down: true'"
    if level and level.days.min <= level.days.max and not level.days.min <= days <= level.days.max:
        band = f"{level.days.min} to {level.days.max}"
        return f"level '{level.id}' has {band} days a week", f"write {band}, or 'step_down: true'"
    return None


def _services(
    client: Client, prescription: Prescription, services: Mapping[str, Service], path: Path
) -> Iterator[Fault]:
    seen: set[str] = set()
    assessment = client.intake.assessment if client.intake else None
    for index, prescribed in enumerate(prescription.services):
        at = (*path, index)
        if prescribed.min_count > prescribed.max_count:
            yield Fault((*at, "min_count"), "min_count is above max_count", "raise max_count as well")
        if prescribed.service in seen:
            what = f"'{prescribed.service}' is prescribed already"
            yield Fault((*at, "service"), what, "keep one entry with the counts")
        seen.add(prescribed.service)
        if prescribed.service == assessment:
            what = f"'{prescribed.service}' is the client's assessment already"
            yield Fault((*at, "service"), what, "take it out here")
        service = services.get(prescribed.service)
        if service and service.family and client.family is None:
            what = f"'{service.id}' is for clients with loved ones, and none are given"
            yield Fault((*at, "service"), what, "add 'family: {attendees: 1}', or take the service out")


def _steps(client: Client, prescription: Prescription, catalogue: _Catalogue, path: Path) -> Iterator[Fault]:
    latest = catalogue.week_of
    for index, step in enumerate(prescription.steps):
        at = (*path, index)
        if step.week_of.weekday() != 0:
            yield Fault((*at, "week_of"), "this date is not a Monday", "write the Monday of the first week")
        if step.week_of <= catalogue.week_of:
            what = "this step is due already"
            yield Fault((*at, "week_of"), what, "write its hours and days above, and take the step out")
        elif step.week_of <= latest:
            yield Fault((*at, "week_of"), "this is not after the step before it", "set the steps in order")
        latest = max(latest, step.week_of)
        stepped = client.after(step)
        if stepped.prescription:
            level = catalogue.levels.get(client.level)
            yield from _hours(stepped, stepped.prescription, level, (*at, "hours"))
            yield from _days(stepped, stepped.prescription, level, (*at, "days"))
