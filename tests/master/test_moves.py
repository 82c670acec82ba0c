"""Columns for sessions near their old times: what the master then knows of moving them."""

from __future__ import annotations

import pytest

from builder import Raw, patient, person, service, services_raw, small_raw, week, window
from builder import clinician as works
from iop_sched.master.linear import Linear
from iop_sched.week.policy import RULES, Policy
from master.points import Chooser, Master, master, solved
from report.harbour import WEEK


def had(client: str, start: str, day: str = "mon") -> Raw:
    """Therapy of last week."""
    return {"client": client, "service": "therapy", "day": day, "start": start}


def of(raw: Raw, *sessions: Raw, policy: Policy | None = None) -> Master:
    """The master of a week whose clients had these sessions, and the same places, last week."""
    places = [{"client": one["id"], "cohort": None, "days": []} for one in raw["clients"]]
    raw["previous"] = {"placements": places, "sessions": list(sessions)}
    return master(week(raw), policy or Policy())


def moved(found: Master, with_moves: bool = True) -> int:
    """The fewest minutes by which sessions move in the master, with everybody placed and all held."""
    last = None if with_moves else found.columns
    chooser = Chooser(Linear(found.linear.lower, found.linear.upper, found.linear.rows[:last]))
    taking_place = (session.present for session in found.model.sessions)
    for literal in [*found.model.placed.values(), *found.model.held.values(), *taking_place]:
        chooser.cp.add(chooser.columns[literal.index] == 1)
    chooser.cp.minimize(sum(chooser.columns[move.minutes.index] for move in found.model.moves))
    point = solved(chooser.cp)
    assert point is not None
    return sum(point[move.minutes.index] for move in found.model.moves)


def test_two_at_once_with_one_person_cannot_both_keep_their_time() -> None:
    found = of(services_raw(patient("ana"), patient("ben")), had("ana", "11:00"), had("ben", "11:00"))
    assert moved(found, with_moves=False) == 0
    assert moved(found) == 60  # half an hour later the first is still there


def test_nobody_moves_where_it_is_left_open_who_gives_a_session() -> None:
    open_ = Policy(rules={"service-staff": "off"})
    assert moved(of(services_raw(patient("ana")), had("ana", "11:00"), policy=open_)) == 0


def test_with_two_people_both_keep_it() -> None:
    staff = [works("tom", "therapist"), works("una", "therapist")]
    found = of(
        services_raw(patient("ana"), patient("ben"), clinicians=staff),
        had("ana", "11:00"),
        had("ben", "11:00"),
    )
    assert moved(found) == 0


def test_turnaround_is_part_of_a_time() -> None:
    tom = works("tom", "therapist", turnaround=30)
    raw = services_raw(patient("ana"), patient("ben"), clinicians=[tom])
    assert moved(of(raw, had("ana", "11:00"), had("ben", "12:00"))) == 30


def test_a_meeting_at_the_old_time_moves_the_session() -> None:
    days = ("mon", "tue", "wed")
    ana = person("ana", services=({"service": "therapy"},), weekdays=days)
    tom = works("tom", "therapist", available=[window("mon", "08:00", "12:00")])
    raw = small_raw(ana, services=[service()], clinicians=[tom])
    raw["previous"] = {
        "placements": [{"client": "ana", "cohort": "red", "days": list(days)}],
        "sessions": [had("ana", "09:30")],
    }
    found = master(week(raw), Policy())
    # red meets from 9:00 to 10:00
    assert (moved(found, with_moves=False), moved(found)) == (0, 30)


def test_a_session_with_one_start_does_not_exclude_itself() -> None:
    tom = works("tom", "therapist", available=[window("mon", "11:00", "12:00")])
    raw = services_raw(patient("ana"), clinicians=[tom])
    assert moved(of(raw, had("ana", "11:00"))) == 0


def test_another_day_costs_the_cap() -> None:
    tom = works("tom", "therapist", available=[window("tue")])
    raw = services_raw(patient("ana"), clinicians=[tom])
    assert moved(of(raw, had("ana", "11:00"))) == Policy().limits.session_move_cap


def test_a_solution_says_which_old_time_was_kept() -> None:
    found = of(services_raw(patient("ana")), had("ana", "11:00"))
    (move,) = found.model.moves
    cp = found.model.cp.clone()
    cp.add(move.session.on[move.old.day] == 1)
    cp.add(move.session.start[move.old.day] == 22)
    point = solved(cp)
    assert point is not None
    own = found.moves.extended(point)[len(point) :]
    assert [near.cell for near, one in zip(found.moves.near, own, strict=True) if one] == [22]


@pytest.mark.parametrize("rule", [rule for rule, info in RULES.items() if "off" in info.modes])
def test_without_a_rule_the_master_still_has_every_solution(rule: str) -> None:
    found = master(WEEK.model_copy(update={"pins": ()}), Policy(rules={rule: "off"}))
    cp = found.model.cp
    cp.minimize(sum(move.minutes for move in found.model.moves))
    point = solved(cp)
    assert point is not None
    assert found.accepts(point)
