"""What is known of clients: their time, who they are, their tracks, stays, intake and dosage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iop_sched.explain.facts.fact import Draft, Fact, Kind, Relax, put
from iop_sched.explain.facts.scope import Scope
from iop_sched.explain.facts.words import counted, days_of, windows_of
from iop_sched.report.words import day_name
from iop_sched.week.document import Path
from iop_sched.week.people import Client
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import WEEK, Day

TIME = Kind("client's time", ("client-time",), 4)
ABSENCE = Kind("absence", ("client-time", "stay"), 4)
PERSON = Kind("who a client is", ("eligibility",), 5)
REACH = Kind("where a client can come", ("eligibility", "service-delivery"), 4)
LANGUAGES = Kind("client's languages", ("eligibility", "service-staff", "primary"), 5)
EXCLUDES = Kind("clinician excluded", ("service-staff", "primary"), 4)
TRACK = Kind("client's track", ("track",), 3)
STAY = Kind("client's stay", ("stay",), 3)
INTAKE = Kind("client's intake", ("intake",), 5)
HOURS = Kind("prescribed hours", ("weekly-hours",), 4)
AUTHORISATION = Kind("authorisation", ("authorisation",), 5)
PRESCRIBED = Kind("prescribed sessions", ("service-delivery",), 4)
MOST_SESSIONS = Kind("sessions allowed", (), 3)


def facts(scope: Scope) -> Iterator[Fact]:
    """Facts of the clients of a scope."""
    for index, client in enumerate(scope.week.clients):
        if client.id in scope.clients:
            path: Path = ("clients", index)
            yield from _time(client, path)
            yield from _person(scope, client, path)
            yield from _intake(scope.week, client, path)
            yield from _stay(scope.week, client, path)
            yield from _prescription(scope, client, path)


def _time(client: Client, path: Path) -> Iterator[Fact]:
    if client.available:
        at = (*path, "available")
        yield Fact(TIME, at, f"{client.id} can come {windows_of(client.available)} only", put(at, []))
    for number, window in enumerate(client.busy):
        at = (*path, "busy", number)
        yield Fact(TIME, at, f"{client.id} is busy {windows_of([window])}", put(at, None))
    for number, window in enumerate(client.absences):
        at = (*path, "absences", number)
        yield Fact(ABSENCE, at, f"{client.id} is absent {windows_of([window])}", put(at, None))
    if client.family and client.family.available:
        at = (*path, "family", "available")
        hours = windows_of(client.family.available)
        yield Fact(TIME, at, f"the family of {client.id} can come {hours} only", put(at, []))


def _person(scope: Scope, client: Client, path: Path) -> Iterator[Fact]:
    who, cohorts = client.id, scope.cohorts
    if any(cohort.populations and client.population not in cohort.populations for cohort in cohorts):
        says = f"the population of {who} is {client.population or 'not named'}"
        yield Fact(PERSON, (*path, "population"), says, _any_population(path))
    if any(set(client.needs) - set(cohort.serves) for cohort in cohorts):
        asked = {need for cohort in cohorts for need in cohort.requires}
        at = (*path, "needs")
        kept = [need for need in client.needs if need in asked]
        if len(kept) < len(client.needs):
            yield Fact(PERSON, at, f"{who} needs {', '.join(client.needs)}", put(at, kept))
    if client.languages:
        at = (*path, "languages")
        yield Fact(LANGUAGES, at, f"{who} speaks {', '.join(client.languages)}", put(at, []))
    if any(cohort.format not in client.formats for cohort in cohorts) or (
        len(client.formats) == 1 and scope.services
    ):
        at = (*path, "formats")
        only = "in person" if "in-person" in client.formats else "by telehealth"
        yield Fact(REACH, at, f"{who} comes {only} only", put(at, ["in-person", "telehealth"]))
    if client.sites:
        at = (*path, "sites")
        yield Fact(REACH, at, f"{who} can come to {', '.join(client.sites)} only", put(at, []))
    if client.excludes:
        at = (*path, "excludes")
        yield Fact(EXCLUDES, at, f"{who} is not to be seen by {', '.join(client.excludes)}", put(at, []))


def _any_population(path: Path) -> Relax:
    """A population of the client's own, which every cohort admits."""
    own = f"any.{path[1]}"

    def relax(draft: Draft) -> None:
        put((*path, "population"), own)(draft)
        for cohort in draft.week["cohorts"]:
            if cohort["populations"]:
                cohort["populations"] = [*cohort["populations"], own]

    return relax


def _intake(week: ProgramWeek, client: Client, path: Path) -> Iterator[Fact]:
    intake, at = client.intake, (*path, "intake")
    if intake is None:
        return
    if intake.insurance != "verified":
        day = intake.insurance
        when = f"is verified on {day_name(day)}" if isinstance(day, Day) else "is not verified yet"
        says = f"the insurance of {client.id} {when}"
        yield Fact(INTAKE, (*at, "insurance"), says, put((*at, "insurance"), "verified"))
    if intake.assessment_only:
        says = f"{client.id} is to have the assessment only"
        yield Fact(INTAKE, (*at, "assessment_only"), says, put((*at, "assessment_only"), False))
    if intake.assessment is None:
        return
    if not any(pin.session and pin.session.service == intake.assessment for pin in week.pins):
        says = f"{client.id} must have the {intake.assessment} first"
        yield Fact(INTAKE, (*at, "assessment"), says, put((*at, "assessment"), None))
    if intake.deadline != Day.SUN:
        says = f"the {intake.assessment} of {client.id} is due by {day_name(intake.deadline)}"
        yield Fact(INTAKE, (*at, "deadline"), says, put((*at, "deadline"), "sun"))
    if intake.lag_days:
        says = f"{client.id} starts {counted(intake.lag_days, 'day')} after the {intake.assessment} at least"
        yield Fact(INTAKE, (*at, "lag_days"), says, put((*at, "lag_days"), 0))


def _stay(week: ProgramWeek, client: Client, path: Path) -> Iterator[Fact]:
    stay, at, who = client.stay, (*path, "stay"), client.id
    if stay.last_day is not None:
        says = f"the last day of {who} is {day_name(stay.last_day)}"
        yield Fact(STAY, (*at, "last_day"), says, put((*at, "last_day"), None))
    if any(place.client == who for place in week.previous.placements):
        return
    if stay.earliest_start != Day.MON:
        says = f"{who} starts on {day_name(stay.earliest_start)} at the earliest"
        yield Fact(STAY, (*at, "earliest_start"), says, put((*at, "earliest_start"), "mon"))
    if stay.latest_start != Day.SUN:
        says = f"{who} starts on {day_name(stay.latest_start)} at the latest"
        yield Fact(STAY, (*at, "latest_start"), says, put((*at, "latest_start"), "sun"))
    if stay.length_days is not None:
        says = f"the stay of {who} lasts {stay.length_days.min} to {stay.length_days.max} days"
        yield Fact(STAY, (*at, "length_days"), says, put((*at, "length_days"), {"min": 0, "max": 7}))


def _prescription(scope: Scope, client: Client, path: Path) -> Iterator[Fact]:
    wanted, at, who = client.prescription, (*path, "prescription"), client.id
    if wanted is None:
        return
    if wanted.weekdays != WEEK:
        says = f"{who} may come on {days_of(wanted.weekdays)} only"
        yield Fact(TRACK, (*at, "weekdays"), says, put((*at, "weekdays"), "daily"))
    if not client.group_optional:
        tracks = " or ".join(str(number) for number in wanted.days) or "no"
        says = f"{who} is prescribed {tracks} days a week"
        yield Fact(TRACK, (*at, "days"), says, put((*at, "days"), list(range(1, 8))))
    if wanted.hours.min:
        says = f"{who} is prescribed {wanted.hours.min:g} hours a week at least"
        yield Fact(HOURS, (*at, "hours", "min"), says, put((*at, "hours", "min"), 0))
    says = f"{who} is prescribed {wanted.hours.max:g} hours a week at most"
    yield Fact(HOURS, (*at, "hours", "max"), says, put((*at, "hours", "max"), 168))
    if client.authorisation is not None:
        says = f"the payer of {who} has agreed to a number of hours or days"
        yield Fact(AUTHORISATION, (*path, "authorisation"), says, put((*path, "authorisation"), None))
    pinned = Counter(
        pin.session.service for pin in scope.pins if pin.session is not None and pin.session.client == who
    )
    for number, item in enumerate(wanted.services):
        here = (*at, "services", number)
        if item.min_count and "weekly-hours" not in scope.rules:
            # what is prescribed counts towards the floor, so that less of it is no freedom there
            says = f"{who} is prescribed {counted(item.min_count, 'session')} of {item.service}"
            yield Fact(PRESCRIBED, (*here, "min_count"), says, put((*here, "min_count"), 0))
        if pinned[item.service] > item.max_count:
            says = f"{who} may have {counted(item.max_count, 'session')} of {item.service}"
            more = pinned[item.service]
            yield Fact(MOST_SESSIONS, (*here, "max_count"), says, put((*here, "max_count"), more))
