"""A client moved, swapped, dropped or seated by hand: what follows from it, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builder import (
    Raw,
    clinician,
    group,
    patient,
    person,
    roster,
    seat,
    service,
    session,
    small_raw,
    small_roster,
    week,
    window,
)
from iop_sched.revise import edits
from iop_sched.revise.asking import CannotReviseError
from iop_sched.revise.edits import Edited
from iop_sched.rules import Schedule, evaluate
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement
from iop_sched.week.times import Day

POLICY = Policy()
THERAPY = ({"service": "therapy"},)


def red_week(*clients: Raw, **more: object) -> Raw:
    """Cohorts ``red`` at 9:00 and ``blue`` at 14:00, and ``green``, which may open; tom gives therapy."""
    cohorts = [group("red"), group("blue", slot="pm"), group("green", status="candidate")]
    staff = [clinician("tom", "therapist"), clinician("una", "therapist")]
    return small_raw(*clients, **{"cohorts": cohorts, "clinicians": staff, **more})


def joined(raw: Raw, *placements: Raw, **more: object) -> Schedule:
    return Schedule.of(week(raw), roster(small_roster(raw, *placements, **more)))


def place_of(edited: Edited, client: str) -> Placement:
    return next(one for one in edited.roster.placements if one.client == client)


def held_to(schedule: Schedule, edited: Edited) -> set[str]:
    """Ids of the rules that the edited roster breaks."""
    found = evaluate(schedule.facts.week, edited.roster, POLICY)
    return {one.rule for one in found.violations}


# move


def test_a_move_takes_days_and_nothing_else() -> None:
    schedule = joined(
        red_week(person("ana"), person("ben")), seat("ana", "mon tue wed"), seat("ben", "mon tue wed")
    )
    edited = edits.move(schedule, POLICY, "ana", "blue", (Day.TUE, Day.WED, Day.FRI))
    assert (
        place_of(edited, "ana")
        == roster({"placements": [seat("ana", "tue wed fri", "blue", start="tue")]}).placements[0]
    )
    assert place_of(edited, "ben") == schedule.placements["ben"]
    assert edited.words == "move ana from red (mon, tue, wed) to blue (tue, wed, fri)"
    assert held_to(schedule, edited) == set()


def test_days_not_named_avoid_what_cannot_be_and_follow_wishes() -> None:
    # Busy on monday afternoon; of the four patterns without it, this one has all the days preferred.
    ana = person("ana", busy=[window("mon", "14:00", "15:00")], preferences={"days": ["tue", "thu", "fri"]})
    schedule = joined(red_week(ana), seat("ana", "mon tue wed"))
    edited = edits.move(schedule, POLICY, "ana", "blue")
    assert place_of(edited, "ana").days == (Day.TUE, Day.THU, Day.FRI)
    assert "Days not named were chosen to break least, and then to cost least." in edited.said


def test_a_full_week_leaves_only_what_breaks() -> None:
    ana = person("ana", busy=[window("daily", "14:00", "15:00")])
    schedule = joined(red_week(ana), seat("ana", "mon tue wed"))
    assert held_to(schedule, edits.move(schedule, POLICY, "ana", "blue")) == {"client-time"}


@pytest.mark.parametrize(
    ("day", "start", "kept"), [("mon", "14:00", False), ("mon", "13:00", True), ("fri", "14:00", True)]
)
def test_own_sessions_stay_unless_they_collide(day: str, start: str, kept: bool) -> None:
    raw = red_week(person("ana", services=THERAPY), services=[service()])
    schedule = joined(raw, seat("ana", "mon tue wed"), sessions=[session("therapy", ["ana"], day, start)])
    edited = edits.move(schedule, POLICY, "ana", "blue", (Day.MON, Day.TUE, Day.WED))
    assert bool(edited.roster.sessions) == kept
    assert any("loses the session of therapy" in line and "collides" in line for line in edited.said) != kept
    assert held_to(schedule, edited) == set()


def test_a_session_before_the_first_day_cannot_stay() -> None:
    raw = red_week(person("ana", services=THERAPY), services=[service()])
    schedule = joined(raw, seat("ana", "mon tue wed"), sessions=[session("therapy", ["ana"], "mon", "12:00")])
    edited = edits.move(schedule, POLICY, "ana", days=(Day.TUE, Day.WED, Day.FRI))
    assert edited.roster.sessions == ()
    assert "outside the days of treatment" in " ".join(edited.said)


@pytest.mark.parametrize(("start", "who"), [("14:00", ("ben", "cy")), ("16:00", ("ana", "ben", "cy"))])
def test_an_open_group_goes_on_with_those_who_can(start: str, who: tuple[str, ...]) -> None:
    circle = service("circle", participants={"min": 2, "max": 4}, max_offerings=1)
    wanted = ({"service": "circle"},)
    raw = red_week(
        person("ana", services=wanted), patient("ben", "circle"), patient("cy", "circle"), services=[circle]
    )
    schedule = joined(
        raw,
        seat("ana", "mon tue wed"),
        seat("ben", "", None),
        seat("cy", "", None),
        sessions=[session("circle", ["ana", "ben", "cy"], "mon", start)],
    )
    edited = edits.move(schedule, POLICY, "ana", "blue", (Day.MON, Day.TUE, Day.WED))
    assert edited.roster.sessions[0].clients == who
    assert held_to(schedule, edited) == set()


def test_a_current_client_starts_on_monday_and_leaves_on_the_last_day() -> None:
    raw = red_week(person("ana", stay={"last_day": "fri"}))
    raw["previous"] = {"placements": [{"client": "ana", "cohort": "red", "slot": "am", "days": ["tue"]}]}
    schedule = joined(raw, seat("ana", "mon tue wed", last="fri"))
    found = place_of(edits.move(schedule, POLICY, "ana", "blue", (Day.TUE, Day.WED, Day.THU)), "ana")
    assert (found.start, found.last) == (Day.MON, Day.FRI)


def test_another_primary_alone() -> None:
    raw = red_week(person("ana", services=THERAPY), services=[service(primary=True)])
    schedule = joined(raw, seat("ana", "mon tue wed", primary="tom"))
    edited = edits.move(schedule, POLICY, "ana", primary="una")
    assert place_of(edited, "ana") == schedule.placements["ana"].model_copy(update={"primary": "una"})
    assert "Days not named" not in " ".join(edited.said)


# swap


def test_two_clients_change_cohorts() -> None:
    # Blue takes one: ben's seat there must count as free when ana's days are chosen.
    raw = red_week(person("ana"), person("ben", busy=[window("mon", "09:00", "10:00")]))
    raw["cohorts"][1]["members"]["max"] = 1
    schedule = joined(raw, seat("ana", "mon tue wed"), seat("ben", "wed thu fri", "blue", start="wed"))
    edited = edits.swap(schedule, POLICY, "ana", "ben")
    assert (place_of(edited, "ana").cohort, place_of(edited, "ben").cohort) == ("blue", "red")
    assert Day.MON not in place_of(edited, "ben").days
    assert held_to(schedule, edited) == set()


# drop


def test_a_dropped_client_keeps_the_assessment_only() -> None:
    ana = person("ana", services=THERAPY, intake={"assessment": "assess"})
    raw = red_week(ana, services=[service(), service("assess", counts=False)])
    visits = [session("assess", ["ana"], "mon", "08:00"), session("therapy", ["ana"], "tue", "12:00")]
    schedule = joined(raw, seat("ana", "mon tue wed"), sessions=visits)
    edited = edits.drop(schedule, "ana")
    assert edited.roster.placements == ()
    assert [one.service for one in edited.roster.sessions] == ["assess"]
    assert held_to(schedule, edited) == set()


def test_one_session_of_two_is_dropped() -> None:
    twice = ({"service": "therapy", "min_count": 2, "max_count": 2},)
    raw = red_week(person("ana", services=twice), services=[service()])
    visits = [session("therapy", ["ana"], "tue", start) for start in ("11:00", "12:00")]
    schedule = joined(raw, seat("ana", "mon tue wed"), sessions=visits)
    with pytest.raises(CannotReviseError, match=r"tue 11:00, tue 12:00.*--at"):
        edits.drop_session(schedule, "ana", "therapy", Day.TUE)
    edited = edits.drop_session(schedule, "ana", "therapy", Day.TUE, 11 * 60)
    assert [one.start for one in edited.roster.sessions] == [12 * 60]
    assert edited.words == "drop ana: the session of therapy on tue 11:00 with tom"


# seat


@pytest.mark.parametrize(
    ("stay", "start", "last"),
    [
        ({}, Day.TUE, Day.SUN),
        ({"earliest_start": "wed"}, Day.WED, Day.SUN),
        ({"latest_start": "wed", "last_day": "fri"}, Day.TUE, Day.FRI),
        ({"length_days": {"min": 1, "max": 3}}, Day.TUE, Day.THU),
    ],
)
def test_a_new_client_starts_as_the_stay_says(stay: Raw, start: Day, last: Day) -> None:
    schedule = joined(red_week(person("ana", stay=stay)))
    edited = edits.seat(schedule, POLICY, "ana", "red", (Day.TUE, Day.WED, Day.THU))
    found = place_of(edited, "ana")
    assert (found.start, found.last) == (start, last)
    assert held_to(schedule, edited) == set()


def test_a_referral_starts_after_the_assessment() -> None:
    ana = person("ana", intake={"assessment": "assess", "lag_days": 1})
    raw = red_week(ana, services=[service("assess", counts=False)])
    schedule = joined(raw, sessions=[session("assess", ["ana"], "tue", "08:00")])
    edited = edits.seat(schedule, POLICY, "ana", "red", (Day.MON, Day.TUE, Day.WED))
    assert place_of(edited, "ana").start == Day.WED
    assert held_to(schedule, edited) == set()


@pytest.mark.parametrize(
    ("more", "primary"),
    [({}, "una"), ({"preferences": {"clinicians": ["tom"]}}, "tom"), ({"excludes": ["una"]}, "tom")],
)
def test_a_primary_is_found(more: Raw, primary: str) -> None:
    # tom has a client already, una none.
    clients = (person("ana", services=THERAPY, **more), person("ben", services=THERAPY))
    raw = red_week(*clients, services=[service(primary=True)])
    schedule = joined(raw, seat("ben", "mon tue wed", primary="tom"))
    edited = edits.seat(schedule, POLICY, "ana", "red")
    assert place_of(edited, "ana").primary == primary
    assert "No session is arranged for ana by this: 1 x therapy to come." in edited.said


def test_a_client_who_needs_no_cohort_is_seated_without_one() -> None:
    schedule = joined(red_week(patient("ana"), services=[service()]))
    assert place_of(edits.seat(schedule, POLICY, "ana"), "ana").cohort is None
    with pytest.raises(CannotReviseError, match="needs no cohort"):
        edits.seat(schedule, POLICY, "ana", "red")


# What is refused

Edit = Callable[[Schedule], Edited]
REFUSED: dict[str, tuple[Edit, list[str]]] = {
    "unknown ids, all at once": (
        lambda s: edits.move(s, POLICY, "anna", "bleu", primary="tim"),
        ["did you mean 'ana'?", "did you mean 'blue'?", "did you mean 'tom'?"],
    ),
    "a closed cohort": (
        lambda s: edits.move(s, POLICY, "ana", "green"),
        ["green does not run in this roster (those that do: red, blue)", "pin"],
    ),
    "days without a meeting": (
        lambda s: edits.move(s, POLICY, "ana", "blue", (Day.MON, Day.SAT, Day.SUN)),
        ["blue meets on mon, tue, wed, thu, fri, not on sat, sun."],
    ),
    "there already": (lambda s: edits.move(s, POLICY, "ana", "red"), ["is in red (mon, tue, wed) already"]),
    "same days": (
        lambda s: edits.move(s, POLICY, "ana", days=(Day.MON, Day.TUE, Day.WED)),
        ["already; name other days"],
    ),
    "nothing": (lambda s: edits.move(s, POLICY, "ana"), ["--to, --days or --primary"]),
    "no place to move from": (lambda s: edits.move(s, POLICY, "cy", "red"), ["'seat' gives one"]),
    "nobody to swap with": (lambda s: edits.swap(s, POLICY, "ana", "ana"), ["name two clients"]),
    "one cohort": (lambda s: edits.swap(s, POLICY, "ana", "ben"), ["both in red"]),
    "no place to swap": (lambda s: edits.swap(s, POLICY, "ana", "cy"), ["cy has no place"]),
    "dropped already": (lambda s: edits.drop(s, "cy"), ["nothing to take away"]),
    "no service": (lambda s: edits.drop_session(s, "ana", "therapie"), ["did you mean 'therapy'?"]),
    "no session": (lambda s: edits.drop_session(s, "ana", "therapy"), ["has no session of therapy"]),
    "seated already": (lambda s: edits.seat(s, POLICY, "ana", "blue"), ["'move' changes it"]),
    "seated nowhere": (lambda s: edits.seat(s, POLICY, "cy"), ["--in"]),
    "too few days": (lambda s: edits.seat(s, POLICY, "cy", "red"), ["6 days", "--days"]),
    "an assessment alone": (lambda s: edits.seat(s, POLICY, "di", "red"), ["no prescription"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nonsense_is_refused(name: str) -> None:
    edit, words = REFUSED[name]
    raw = red_week(
        person("ana"), person("ben"), person("cy", days=(6,)), services=[service(), service("assess")]
    )
    raw["clients"].append(
        {"id": "di", "level": "iop", "intake": {"assessment": "assess", "assessment_only": True}}
    )
    schedule = joined(raw, seat("ana", "mon tue wed"), seat("ben", "mon tue wed"))
    with pytest.raises(CannotReviseError) as caught:
        edit(schedule)
    assert [one for one in words if one not in str(caught.value)] == []
