"""What a synthetic week has: kinds of cohort, people, staff and places; and how scarce they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generate.made import WEEKS, made
from iop_sched.generate.scarcity import scarcity
from iop_sched.generate.settings import WORK, Tightness
from iop_sched.week.program import ProgramWeek

KINDS = {"group", "family"}
FACTS: dict[str, Callable[[ProgramWeek], object]] = {
    "running cohorts": lambda week: [one for one in week.cohorts if one.status == "running"],
    "candidates with several options": lambda week: [
        one for one in week.cohorts if one.status == "candidate" and len(one.options) > 1
    ],
    "a most of new cohorts": lambda week: week.max_new_cohorts,
    "PHP beside IOP": lambda week: [one for one in week.cohorts if {"php", "iop"} <= set(one.levels)],
    "people of a population": lambda week: [one for one in week.cohorts if one.populations],
    "needs": lambda week: [one for one in week.clients if one.needs],
    "bounds of attendance": lambda week: [
        block for agenda in week.agendas for block in agenda.blocks if block.attendance
    ],
    "a ratio": lambda week: [block for agenda in week.agendas for block in agenda.blocks if block.ratio],
    "blocks one may leave": lambda week: [
        block for agenda in week.agendas for block in agenda.blocks if block.may_leave
    ],
    "kept apart": lambda week: week.apart,
    "kept together": lambda week: week.together,
    "several tracks": lambda week: [
        one for one in week.clients if one.prescription and len(one.prescription.days) > 1
    ],
    "steps down": lambda week: [one for one in week.clients if one.step_down],
    "days between": lambda week: [
        one for one in week.clients if _level(week, one.level).max_days_between is not None
    ],
    "discharges": lambda week: [one for one in week.clients if one.stay.last_day is not None],
    "admission windows": lambda week: [
        one for one in week.clients if one.stay.earliest_start > 0 or one.stay.latest_start < 6
    ],
    "assessments": lambda week: [one for one in week.clients if one.intake and one.intake.assessment],
    "assessments alone": lambda week: [one for one in week.clients if one.assessment_only],
    "insurance": lambda week: [
        one for one in week.clients if one.intake and one.intake.insurance == "pending"
    ],
    "authorisations": lambda week: [one for one in week.clients if one.authorisation],
    "group share": lambda week: [one for one in week.levels if one.group_share],
    "work or school": lambda week: [one for one in week.clients if one.busy],
    "absences": lambda week: [one for one in week.clients if one.absences],
    "group-optional": lambda week: [one for one in week.clients if one.group_optional],
    "families": lambda week: [one for one in week.clients if one.family],
    "breaks": lambda week: [one for one in week.clinicians if one.breaks],
    "turnaround": lambda week: [one for one in week.clinicians if one.turnaround],
    "away": lambda week: [one for one in week.clinicians if one.away],
    "administration": lambda week: [one for one in week.clinicians if one.admin_hours],
    "hours a day": lambda week: [one for one in week.clinicians if one.max_hours_day],
    "hours a week": lambda week: [one for one in week.clinicians if one.max_hours_week],
    "groups a day": lambda week: [one for one in week.clinicians if one.max_groups_day],
    "caseloads": lambda week: [one for one in week.clinicians if one.caseload],
    "two roles": lambda week: [one for one in week.clinicians if len(one.roles) > 1],
    "credentials": lambda week: [one for one in week.clinicians if one.credentials],
    "care teams": lambda week: week.care_teams,
    "payers that want their own": lambda week: [one for one in week.payers if one.credentialed_only],
    "primaries": lambda week: [one for one in week.services if one.primary],
    "spacing": lambda week: [one for one in week.services if one.spacing_days],
    "at most so many": lambda week: [one for one in week.services if one.at_most],
    "after a block": lambda week: [one for one in week.services if one.follows and one.follows.block_kind],
    "after a service": lambda week: [one for one in week.services if one.follows and one.follows.service],
    "two people at once": lambda week: [one for one in week.services if len(one.staff) > 1],
    "hours of a service": lambda week: [one for one in week.services if one.windows],
    "fixed offerings": lambda week: [one for one in week.services if one.offerings],
    "movable open groups": lambda week: [one for one in week.services if one.max_offerings],
    "rooms of several kinds": lambda week: {kind for one in week.rooms for kind in one.kinds} == KINDS,
    "rooms at some hours": lambda week: [one for one in week.rooms if one.available],
    "supplies": lambda week: {one.kind for one in week.supplies} == {"office", "neurofeedback-chair"},
    "census": lambda week: [one for one in week.sites if one.census],
    "pins of every kind": lambda week: all(
        any(getattr(pin, what) is not None for pin in week.pins)
        for what in ("place", "session", "cohort", "meeting", "team")
    ),
    "a pin that overrides": lambda week: [pin for pin in week.pins if pin.overrides and pin.reason],
    "preferences": lambda week: [
        one for one in week.clients if one.preferences.slots or one.preferences.days
    ],
    "last week's leaders": lambda week: week.previous.leaders,
    "last week's sessions": lambda week: week.previous.sessions,
}


def _level(week: ProgramWeek, name: str):  # type: ignore[no-untyped-def]
    return next(level for level in week.levels if level.id == name)


@pytest.mark.parametrize("fact", FACTS)
def test_every_week_has(fact: str) -> None:
    missing = [week for week in WEEKS if not FACTS[fact](made(*week).week)]
    assert missing == []


def test_a_larger_program_has_more_kinds_of_cohort() -> None:
    week = made(96, 1, "high", 2).week
    assert any(one.format == "telehealth" for one in week.cohorts)
    assert any(one.language == "spanish" for one in week.cohorts)
    assert any(one.requires for one in week.cohorts)
    assert any(client.stay.length_days for client in week.clients)
    assert any(client.excludes for client in week.clients)


def test_a_holiday_comes_with_every_third_seed() -> None:
    assert [bool(made(24, 1, "low", seed).week.closures) for seed in (1, 2, 3)] == [False, False, True]


def test_sites_share_a_few_clients_and_nothing_else() -> None:
    week = made(240, 4, "medium", 1).week
    assert all(len(one.sites) == 1 for one in week.clinicians)
    reach = [len(client.sites) for client in week.clients]
    assert set(reach) == {1, 2}
    assert 0.01 < reach.count(2) / len(reach) < 0.08
    assert all(service.telehealth == "never" for service in week.services)
    assert all(cohort.format == "in-person" for cohort in week.cohorts)


def test_there_are_as_many_clients_as_asked_for() -> None:
    assert [len(made(*week).week.clients) for week in WEEKS] == [week[0] for week in WEEKS]


@pytest.mark.parametrize("tight", Tightness)
def test_staff_is_as_scarce_as_asked_for(tight: Tightness) -> None:
    therapists = next(one for one in scarcity(made(96, 1, tight.value, 1)) if one.name == "therapists")
    assert abs(therapists.percent - 100 * WORK[tight]) <= 3
    assert therapists.used <= therapists.asked


def test_more_people_ask_for_seats_than_there_are() -> None:
    seats = [one for one in scarcity(made(96, 1, "high", 1)) if one.unit == "people"]
    assert all(one.asked > one.there for one in seats)


def test_rooms_are_fewer_when_they_are_scarce() -> None:
    rooms = [len(made(96, 1, tight, 1).week.rooms) for tight in ("low", "high")]
    assert rooms[0] > rooms[1]
