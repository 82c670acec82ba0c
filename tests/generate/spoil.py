"""Rosters one step away from a roster: each with something moved, exchanged, added or taken out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Roster, Session
from iop_sched.week.times import Day


def steps(week: ProgramWeek, roster: Roster) -> Iterator[Roster]:
    """Steps of every kind in turn."""
    kinds = (
        _sessions(week, roster),
        _placements(week, roster),
        _newcomers(week, roster),
        _meetings(week, roster),
        _cohorts(week, roster),
        _teams(roster),
        _exchanged(roster),
    )
    for turn in zip_longest(*kinds):
        yield from (step for step in turn if step is not None)


def _put(roster: Roster, name: str, at: int, *items: object) -> Roster:
    """The roster with one item of a list replaced by none, one or several."""
    listed = getattr(roster, name)
    return roster.model_copy(update={name: (*listed[:at], *items, *listed[at + 1 :])})


def _sessions(week: ProgramWeek, roster: Roster) -> Iterator[Roster]:
    for at, session in enumerate(roster.sessions):
        yield _put(roster, "sessions", at)
        yield _put(roster, "sessions", at, session, session)
        for change in _changes(week, session):
            yield _put(roster, "sessions", at, session.model_copy(update=change))


def _changes(week: ProgramWeek, session: Session) -> Iterator[dict[str, object]]:
    yield {"start": session.start + week.grid}
    yield {"start": session.start - 2 * week.grid}
    yield {"day": Day((session.day + 1) % 5)}
    yield {"day": Day((session.day + 3) % 5)}
    yield {"clients": (*session.clients, week.clients[0].id)}
    first = session.staff[0]
    for clinician in week.clinicians[:3]:
        staff = (first.model_copy(update={"clinician": clinician.id}), *session.staff[1:])
        yield {"staff": staff}
    for other in (9 * 60, 12 * 60 + 30, 17 * 60):
        yield {"start": other}


def _placements(week: ProgramWeek, roster: Roster) -> Iterator[Roster]:
    for at, placement in enumerate(roster.placements):
        yield _put(roster, "placements", at)
        for change in _other_places(week, roster, placement):
            yield _put(roster, "placements", at, placement.model_copy(update=change))


def _other_places(week: ProgramWeek, roster: Roster, placement: Placement) -> Iterator[dict[str, object]]:
    if placement.cohort is None:
        return
    for opened in roster.cohorts:
        yield {"cohort": opened.cohort, "days": opened.days[: len(placement.days)]}
        yield {"cohort": opened.cohort, "days": opened.days}
    yield {"days": placement.days[1:]}
    yield {"last": Day.WED}
    yield {"start": Day.THU}
    yield {"primary": week.clinicians[-1].id}
    yield {"primary": week.clinicians[0].id}


def _newcomers(week: ProgramWeek, roster: Roster) -> Iterator[Roster]:
    placed = {placement.client for placement in roster.placements}
    for client in week.clients:
        if client.id in placed or client.prescription is None:
            continue
        for opened in roster.cohorts:
            added = Placement(
                client=client.id,
                cohort=opened.cohort,
                days=opened.days[:3],
                start=opened.days[0],
                last=Day.SUN,
            )
            yield roster.model_copy(update={"placements": (*roster.placements, added)})


def _meetings(week: ProgramWeek, roster: Roster) -> Iterator[Roster]:
    for at, meeting in enumerate(roster.facilitation):
        yield _put(roster, "facilitation", at, Meeting(cohort=meeting.cohort, day=meeting.day, held=False))
        for room in week.rooms:
            yield _put(roster, "facilitation", at, meeting.model_copy(update={"room": room.id}))
        for clinician in week.clinicians:
            staff = tuple(one.model_copy(update={"clinician": clinician.id}) for one in meeting.staff)
            yield _put(roster, "facilitation", at, meeting.model_copy(update={"staff": staff}))


def _cohorts(week: ProgramWeek, roster: Roster) -> Iterator[Roster]:
    for cohort in week.cohorts:
        if cohort.id not in {opened.cohort for opened in roster.cohorts}:
            option = cohort.options[0]
            opened = OpenCohort(cohort=cohort.id, slot=option.slot, days=option.days)
            idle = [Meeting(cohort=cohort.id, day=day, held=False) for day in option.days]
            update = {
                "cohorts": (*roster.cohorts, opened),
                "facilitation": (*roster.facilitation, *idle),
            }
            yield roster.model_copy(update=update)


def _teams(roster: Roster) -> Iterator[Roster]:
    for at, meeting in enumerate(roster.team_meeting):
        yield _put(roster, "team_meeting", at)
        for gone in range(len(meeting.attendees)):
            left = (*meeting.attendees[:gone], *meeting.attendees[gone + 1 :])
            yield _put(roster, "team_meeting", at, meeting.model_copy(update={"attendees": left}))


def _exchanged(roster: Roster) -> Iterator[Roster]:
    """The members of two cohorts exchanged, as far as they can."""
    for one in roster.cohorts:
        for other in roster.cohorts:
            swap = {one.cohort: other, other.cohort: one}
            placements = tuple(
                placement.model_copy(
                    update={"cohort": swap[placement.cohort].cohort, "days": swap[placement.cohort].days[:3]}
                )
                if placement.cohort in swap
                else placement
                for placement in roster.placements
            )
            yield roster.model_copy(update={"placements": placements})
