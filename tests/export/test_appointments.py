"""Appointments: everything of the roster, once, and keys that last while an appointment does."""

from __future__ import annotations

from iop_sched.export.appointments import appointments
from iop_sched.rules import Schedule
from iop_sched.week.times import Day
from report.harbour import ROSTER, SCHEDULE, WEEK

FOUND = appointments(SCHEDULE)


def test_everything_takes_place_once() -> None:
    sessions = [one for one in FOUND if one.kind == "session"]
    assert sorted((one.what, one.day, one.start, one.clients) for one in sessions) == sorted(
        (one.service, one.day, one.start, one.clients) for one in ROSTER.sessions
    )
    blocks = {(one.cohort, one.day) for one in FOUND if one.kind == "block"}
    assert blocks == {(one.cohort, one.day) for one in ROSTER.facilitation if one.held}
    teams = [(one.what, one.day, one.start, one.clinicians) for one in FOUND if one.kind == "team"]
    assert teams == [(one.team, one.day, one.start, one.attendees) for one in ROSTER.team_meeting]
    assert len({one.key for one in FOUND}) == len(FOUND)
    assert sorted(FOUND, key=lambda one: (one.day, one.start)) == FOUND


def test_hours_of_clients_are_those_of_the_rules() -> None:
    for client, _ in SCHEDULE.placed:
        mine = [one for one in FOUND if client.id in one.clients]
        assert mine or not SCHEDULE.dosage(client).total
    # who works when agrees with the occupations, which round lengths up to the grid
    for clinician, loads in SCHEDULE.loads.items():
        for day in Day:
            minutes = sum(
                one.end - one.start for one in FOUND if clinician in one.clinicians and one.day == day
            )
            assert minutes <= loads[day]
            assert bool(minutes) == bool(loads[day])


def test_a_session_that_moves_keeps_its_key() -> None:
    moved = ROSTER.sessions[0].model_copy(update={"day": Day.FRI, "start": 8 * 60})
    roster = ROSTER.model_copy(update={"sessions": (moved, *ROSTER.sessions[1:])})
    assert {one.key for one in appointments(Schedule.of(WEEK, roster))} == {one.key for one in FOUND}
