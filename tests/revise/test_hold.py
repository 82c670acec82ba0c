"""Pins from a roster: the week takes them, the roster keeps them, and what they cannot say is said."""

from __future__ import annotations

import pytest

from builder import Raw, group, person, roster, seat, small_raw, small_roster, week
from iop_sched.revise import edits
from iop_sched.revise.asking import CannotReviseError
from iop_sched.revise.hold import Held, Wanted, hold
from iop_sched.revise.pinning import PinIds, pin_faults, with_pins
from iop_sched.rules import Schedule, evaluate
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.loading import load_week
from iop_sched.week.pins import Pin
from iop_sched.week.places import Window
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references import contradictions
from iop_sched.week.times import Day
from report.harbour import POLICY, SCHEDULE, WEEK

ALL = Wanted(everything=True)


def held(wanted: Wanted, schedule: Schedule = SCHEDULE) -> Held:
    return hold(schedule, wanted, "held from roster.json (abc)")


def by_id(found: Held) -> dict[str, Raw]:
    return {pin.id: pin.model_dump(mode="json", exclude_defaults=True) for pin in found.pins}


@pytest.mark.parametrize(
    "wanted",
    [
        ALL,
        Wanted(before=Day.WED),
        Wanted(before=Day.SUN, everything=True),
        Wanted(clients=("c02", "c08", "c11")),
        Wanted(cohorts=("mor-1", "tele-1")),
        Wanted(clinicians=("lee", "ada", "joe")),
    ],
)
def test_the_week_takes_them_and_the_roster_keeps_them(wanted: Wanted) -> None:
    found = held(wanted)
    assert len({pin.id.casefold() for pin in (*WEEK.pins, *found.pins)}) == len(WEEK.pins) + len(found.pins)
    pinned = with_pins(WEEK, found.pins)
    assert [Pin.model_validate_json(pin.model_dump_json()) for pin in found.pins] == list(found.pins)
    assert list(contradictions(pinned, pinned.model_dump(mode="json"))) == []
    assert evaluate(pinned, SCHEDULE.roster, POLICY).violations == ()


def test_a_client() -> None:
    assert by_id(held(Wanted(clients=("c07", "c08")))) == {
        "hold-c07": {
            "id": "hold-c07",
            "place": {"client": "c07", "cohort": "eve-2", "days": ["mon", "wed", "fri"], "start": "mon"},
            "reason": "held from roster.json (abc)",
        },
        "hold-c07-family-tue": {
            "id": "hold-c07-family-tue",
            "session": {
                "client": "c07",
                "service": "family",
                "day": "tue",
                "start": "17:00",
                "clinician": "mor",
            },
            "reason": "held from roster.json (abc)",
        },
        "hold-c08": {
            "id": "hold-c08",
            "place": {"client": "c08", "primary": "lee"},
            "reason": "held from roster.json (abc)",
        },
        "hold-c08-yoga-sat": {
            "id": "hold-c08-yoga-sat",
            "session": {
                "client": "c08",
                "service": "yoga",
                "day": "sat",
                "start": "10:00",
                "clinician": "joe",
            },
            "reason": "held from roster.json (abc)",
        },
        "hold-c08-individual-wed": {
            "id": "hold-c08-individual-wed",
            "session": {
                "client": "c08",
                "service": "individual",
                "day": "wed",
                "start": "13:00",
                "clinician": "lee",
            },
            "reason": "held from roster.json (abc)",
        },
    }


def test_a_cohort_with_its_members() -> None:
    found = held(Wanted(cohorts=("mor-1", "tele-1")))
    pins = {pin.id: pin for pin in found.pins}
    assert set(pins) == {
        *("hold-mor-1", "hold-mor-1-mon", "hold-mor-1-wed", "hold-mor-1-fri"),
        *("hold-c01", "hold-c02", "hold-c03", "hold-tele-1"),
    }
    cohort, friday, closed = (
        pins["hold-mor-1"].cohort,
        pins["hold-mor-1-fri"].meeting,
        pins["hold-tele-1"].cohort,
    )
    assert cohort is not None
    assert (cohort.slot, cohort.leader, cohort.days) == ("morning", "lee", (Day.MON, Day.WED, Day.FRI))
    assert friday is not None
    assert not friday.held
    assert closed is not None
    assert not closed.open


def test_a_clinicians_week() -> None:
    found = held(Wanted(clinicians=("mor",)))
    assert {pin.session.client for pin in found.pins if pin.session} == {"c02", "c03", "c04", "c07", "c11"}
    assert {pin.cohort for pin in found.pins} == {None}
    assert found.not_held == (
        "mor works in meetings of mor-1, eve-1 other than as leader: no pin can say that.",
    )
    led = held(Wanted(clinicians=("lee",)))
    assert {pin.cohort.cohort for pin in led.pins if pin.cohort} == {"mor-1", "eve-1"}
    assert {pin.team.day for pin in led.pins if pin.team} == {Day.TUE}


def test_everything_before_a_day() -> None:
    found = held(Wanted(before=Day.TUE))
    assert {pin.meeting.day for pin in found.pins if pin.meeting} == {Day.MON}
    assert {pin.session.client for pin in found.pins if pin.session} == {"c11"}
    assert {pin.cohort.leader for pin in found.pins if pin.cohort} == {None}
    assert [pin for pin in found.pins if pin.team] == []
    said = " ".join(found.not_held)
    assert "8 sessions from tue on could be put before tue" in said
    assert "c10, c12, c13 without a place could be given a place before tue" in said
    # With the cohort, its leader is held as well, in one pin.
    more = held(Wanted(before=Day.TUE, cohorts=("mor-1",)))
    assert [pin.cohort.leader for pin in more.pins if pin.cohort and pin.cohort.cohort == "mor-1"] == ["lee"]


def test_what_the_week_says_already_is_not_repeated() -> None:
    first = held(ALL)
    again = held(ALL, Schedule.of(with_pins(WEEK, first.pins), SCHEDULE.roster))
    assert again.pins == ()


def test_what_the_week_says_otherwise_is_left_out() -> None:
    after = edits.move(SCHEDULE, POLICY, "c02", "eve-2", (Day.MON, Day.WED, Day.FRI))
    found = held(Wanted(clients=("c02", "c03")), Schedule.of(WEEK, after.roster))
    assert "hold-c02 is left out: pin 'pin-1' says otherwise about the same place" in found.not_held
    assert pin_faults(with_pins(WEEK, found.pins)) == []
    assert "hold-c03" in by_id(found)


def test_a_cohort_that_a_pin_needs_is_not_held_closed() -> None:
    raw = small_raw(person("ana"), cohorts=[group("red"), group("blue", status="candidate")])
    raw["pins"] = [{"id": "p", "place": {"client": "ana", "cohort": "blue"}}]
    schedule = Schedule.of(week(raw), roster(small_roster(raw, seat("ana", "mon tue wed"))))
    found = held(Wanted(cohorts=("blue",)), schedule)
    assert (found.pins, found.not_held) == ((), ("hold-blue is left out: pin 'p' says otherwise",))


def test_ids_are_free_and_short() -> None:
    ids = PinIds(["Hold-c01"])
    long = "x" * 40
    assert [ids.new("hold", "c01"), ids.new("hold", "c01"), ids.new("hold", long), ids.new("hold", long)] == [
        "hold-c01-2",
        "hold-c01-3",
        f"hold-{'x' * 35}",
        f"hold-{'x' * 33}-2",
    ]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(), ["--client", "--all"]),
        (Wanted(before=Day.MON), ["Nothing comes before mon"]),
        (
            Wanted(clients=("c99",), cohorts=("mor1",), clinicians=("leo",)),
            ["no client 'c99'", "did you mean 'mor-1'?", "did you mean 'lee'?"],
        ),
    ],
)
def test_nonsense_is_refused(wanted: Wanted, words: list[str]) -> None:
    with pytest.raises(CannotReviseError) as caught:
        held(wanted)
    assert [one for one in words if one not in str(caught.value)] == []


def test_a_solve_after_wednesday_keeps_what_was_before() -> None:
    program = load_week("instances/quickstart.yaml")
    options = SolveOptions(time_limit=600, workers=2)
    first = solve(program, Policy(), options).roster
    assert first is not None
    schedule = Schedule.of(program, first)
    found = held(Wanted(before=Day.WED), schedule)
    absent = _without(with_pins(program, found.pins), "c-dan", "wed")
    second = solve(absent, Policy(), options).roster
    assert second is not None
    assert not [one for one in evaluate(absent, second, Policy()).violations if one.rule == "pins"]
    early = [one for one in first.sessions if one.day < Day.WED]
    assert early
    times = {(one.clients, one.service, one.day, one.start) for one in second.sessions}
    assert [one for one in early if (one.clients, one.service, one.day, one.start) not in times] == []
    assert {(one.client, one.cohort, one.days) for one in first.placements} <= {
        (one.client, one.cohort, one.days) for one in second.placements
    }


def _without(program: ProgramWeek, clinician: str, day: str) -> ProgramWeek:
    """The week with a clinician away for a day."""
    away = Window.model_validate({"days": [day], "start": "00:00", "end": "24:00"})
    clinicians = tuple(
        one.model_copy(update={"away": (*one.away, away)}) if one.id == clinician else one
        for one in program.clinicians
    )
    return program.model_copy(update={"clinicians": clinicians})
