"""The difference of two rosters. It looks at the two rosters alone, and at no order in their lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from iop_sched.compare.changes import (
    ClientChange,
    CohortAspect,
    CohortChange,
    Difference,
    MeetingAspect,
    MeetingChange,
    PlaceAspect,
    SessionChange,
    TeamAspect,
    TeamChange,
    those,
)
from iop_sched.compare.matching import matched, session_aspects
from iop_sched.compare.views import client_views
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Roster, TeamMeeting
from iop_sched.week.times import Day

MeetingKey = tuple[str, Day]


def differences(before: Roster, after: Roster) -> Difference:
    """Everything that differs, and nothing else; empty for two rosters that decide the same.

    Sessions are matched as ``matching.matched`` says. The rosters may belong to different weeks; each must be
    well formed.
    """
    found = Difference(
        clients=tuple(_clients(before, after)),
        cohorts=tuple(_cohorts(before, after)),
        meetings=tuple(_meetings(before, after)),
        sessions=tuple(sorted(_sessions(before, after), key=_time)),
        teams=tuple(_teams(before, after)),
    )
    changed = {view.client for view in client_views(found)}
    return found.model_copy(update={"unchanged": len((_named(before) | _named(after)) - changed)})


def _named(roster: Roster) -> set[str]:
    placed = {placement.client for placement in roster.placements}
    return placed.union(*(session.clients for session in roster.sessions))


def _clients(before: Roster, after: Roster) -> Iterator[ClientChange]:
    old = {one.client: one for one in before.placements}
    new = {one.client: one for one in after.placements}
    for client in sorted(old | new):
        was, now = old.get(client), new.get(client)
        what = _place(was, now)
        if what:
            yield ClientChange(client=client, before=was, after=now, what=what)


def _place(was: Placement | None, now: Placement | None) -> tuple[PlaceAspect, ...]:
    if was is None or now is None:
        return ("gained",) if was is None else ("lost",)
    return those(
        {
            "cohort": was.cohort != now.cohort,
            "days": was.days != now.days,
            "start": was.start != now.start,
            "last": was.last != now.last,
            "primary": was.primary != now.primary,
        }
    )


def _cohorts(before: Roster, after: Roster) -> Iterator[CohortChange]:
    old = {one.cohort: one for one in before.cohorts}
    new = {one.cohort: one for one in after.cohorts}
    for cohort in sorted(old | new):
        was, now = old.get(cohort), new.get(cohort)
        what = _cohort(was, now)
        if what:
            yield CohortChange(cohort=cohort, before=was, after=now, what=what)


def _cohort(was: OpenCohort | None, now: OpenCohort | None) -> tuple[CohortAspect, ...]:
    if was is None or now is None:
        return ("opened",) if was is None else ("closed",)
    return those(
        {"slot": was.slot != now.slot, "days": was.days != now.days, "leader": was.leader != now.leader}
    )


# Meetings


def _meetings(before: Roster, after: Roster) -> Iterator[MeetingChange]:
    old = {(one.cohort, one.day): one for one in before.facilitation}
    new = {(one.cohort, one.day): one for one in after.facilitation}
    slots_before = {one.cohort: one.slot for one in before.cohorts}
    slots_after = {one.cohort: one.slot for one in after.cohorts}
    expected_before, expected_after = _expected(before), _expected(after)
    for key in sorted(old | new):
        was, now, cohort = old.get(key), new.get(key), key[0]
        slots = (slots_before.get(cohort), slots_after.get(cohort))
        what = _meeting(was, now, moved=None not in slots and slots[0] != slots[1])
        if what:
            yield MeetingChange(
                cohort=cohort,
                day=key[1],
                before=was,
                after=now,
                slot_before=slots[0],
                slot_after=slots[1],
                clients=tuple(sorted(expected_before[key] & expected_after[key])),
                what=what,
            )


def _meeting(was: Meeting | None, now: Meeting | None, moved: bool) -> tuple[MeetingAspect, ...]:
    if now is None:
        return ("gone",)
    was_held = was is not None and was.held
    if not now.held:
        return ("not-held",) if was is None or was_held else ()
    if was is None or not was_held:
        return ("held",)
    return those({"time": moved, "room": was.room != now.room, "staff": set(was.staff) != set(now.staff)})


def _expected(roster: Roster) -> dict[MeetingKey, set[str]]:
    """Clients in treatment whose pattern has a meeting."""
    found: dict[MeetingKey, set[str]] = defaultdict(set)
    for one in roster.placements:
        for day in one.days:
            if one.cohort is not None and one.start <= day <= one.last:
                found[one.cohort, day].add(one.client)
    return found


# Sessions and care teams


def _sessions(before: Roster, after: Roster) -> Iterator[SessionChange]:
    for was, now in matched(before.sessions, after.sessions):
        what = session_aspects(was, now)
        either = was or now
        if what and either is not None:
            yield SessionChange(service=either.service, before=was, after=now, what=what)


def _time(change: SessionChange) -> tuple[int, int, str, list[str]]:
    """Order in time: of the session before, or of one that is new."""
    session = change.before or change.after
    assert session is not None
    return (session.day, session.start, change.service, sorted(change.clients))


def _teams(before: Roster, after: Roster) -> Iterator[TeamChange]:
    old = {one.team: one for one in before.team_meeting}
    new = {one.team: one for one in after.team_meeting}
    for team in sorted(old | new):
        was, now = old.get(team), new.get(team)
        what = _team(was, now)
        if what:
            yield TeamChange(team=team, before=was, after=now, what=what)


def _team(was: TeamMeeting | None, now: TeamMeeting | None) -> tuple[TeamAspect, ...]:
    if was is None or now is None:
        return ("new",) if was is None else ("gone",)
    return those(
        {
            "day": was.day != now.day,
            "start": was.start != now.start,
            "attendees": set(was.attendees) != set(now.attendees),
        }
    )
