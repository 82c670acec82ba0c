"""What is pinned of a client whose time or treatment changes: it stays as far as it can still be."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from iop_sched.cpsat.build import build
from iop_sched.scenario.change import Changed
from iop_sched.week.pins import PlacePin
from scenario.trying import WEEK, Written, client, pins, refused, tried, with_pins

# c01 comes on four days, and co-morning meets on four: those of this pin
HELD = {
    "id": "held",
    "place": {"client": "c01", "cohort": "co-morning", "days": ["mon", "tue", "thu", "fri"]},
}
# c12 is new
STARTS = {"id": "starts", "place": {"client": "c12", "cohort": "co-evening", "start": "wed"}}
ON = with_pins(HELD, STARTS)
TUESDAY = "pin-c01-tuesday"


def place(changed: Changed, pin: str) -> PlacePin | None:
    """What a pin fixes of a place; none when it fell away."""
    return pins(changed)[pin].place if pin in pins(changed) else None


@pytest.mark.parametrize("change", ["absent c01 tue", "discharge c01 mon"])
def test_a_roster_can_exist(change: str) -> None:
    changed = tried(change)
    assert changed.sentences[1:] == (f"Pin {TUESDAY} falls away with that.",)
    model, _ = build(changed.week, changed.policy)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.stop_after_first_solution = True
    assert solver.solve(model.cp) in (cp_model.FEASIBLE, cp_model.OPTIMAL)


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ("absent c01 tue", False),
        ("absent c01 wed", True),
        ("absent c02 tue", True),
        ("absent c01 tue 14:00-15:00", True),  # before the group, and after 15:00, there is time
        ("busy c01 tue 12:00-24:00", False),  # the group is until 12:00
        ("busy c01 tue 14:00-15:00", True),
        ("available c01 mon-fri 08:00-12:00", False),
        ("available c01 mon-fri 08:00-18:00", True),
        ("available c01 mon-fri 16:00-20:00", False),  # t-ana has gone
        ("discharge c01 mon", False),
        ("discharge c01 tue", True),
        ("weekdays c01 mon-thu", False),  # there are no four days to come on
        ("hours c01 11 within 9..15", True),
    ],
)
def test_a_session_that_cannot_be_is_pinned_no_more(change: str, stays: bool) -> None:
    changed = tried(change)
    assert (TUESDAY in pins(changed)) == stays
    assert (f"Pin {TUESDAY} falls away with that." in changed.sentences) == (not stays)


def test_a_time_decides_about_a_session_pinned_to_it() -> None:
    at = {"client": "c02", "service": "individual", "day": "thu", "start": "13:00"}
    timed = with_pins({"id": "timed", "session": at})
    assert "timed" not in pins(tried("absent c02 thu 13:30-14:00", on=timed))
    assert "timed" in pins(tried("absent c02 thu 15:00-16:00", on=timed))
    some_day = with_pins({"id": "some", "session": {"client": "c02", "service": "individual"}})
    assert "some" in pins(tried("absent c02 mon-thu", on=some_day))
    assert "some" not in pins(tried("absent c02 mon-fri", on=some_day)), "nobody works at the weekend"
    shut = tried("close fri", on=some_day).week
    assert "some" not in pins(tried("absent c02 mon-thu", on=shut))


def test_days_that_cannot_be_are_open_and_the_cohort_stays() -> None:
    changed = tried("days c01 3", on=ON)
    assert place(changed, "held") == PlacePin(client="c01", cohort="co-morning")
    assert "Pin held fixes only the rest of what it named." in changed.sentences
    fewer = tried("days c01 3,4").week.model_copy(update={"pins": ON.pins})
    for change in ("busy c01 tue", "weekdays c01 mon,wed,thu,fri", "available c01 mon,thu,fri"):
        assert place(tried(change, on=fewer), "held") == PlacePin(client="c01", cohort="co-morning")
    # an absence excuses a day of the pattern, and so does the end of the treatment
    for change in ("absent c01 tue", "absent c01 mon-fri", "discharge c01 mon", "pause c01"):
        assert place(tried(change, on=ON), "held") == ON.pins[1].place


def test_a_cohort_that_cannot_be_is_pinned_no_more() -> None:
    changed = tried("busy c01 tue", on=ON)
    assert place(changed, "held") is None
    assert "Pin held falls away with that." in changed.sentences
    assert place(changed, "starts") == ON.pins[2].place


@pytest.mark.parametrize("change", ["absent c12 wed", "discharge c12 tue"])
def test_a_start_that_cannot_be_is_open(change: str) -> None:
    changed = tried(change, on=ON)
    assert place(changed, "starts") == PlacePin(client="c12", cohort="co-evening")
    assert place(tried("absent c12 thu", on=ON), "starts") == ON.pins[2].place
    assert place(tried("absent c12 mon-thu", on=ON), "starts") is None


def test_what_could_not_be_before_is_left_to_the_director() -> None:
    busy = client(tried("busy c01 tue"), "c01").busy
    bound = tuple(one.model_copy(update={"busy": busy}) if one.id == "c01" else one for one in WEEK.clients)
    against = WEEK.model_copy(update={"clients": bound})
    assert TUESDAY in pins(tried("absent c01 tue", on=against))


def test_rules_that_a_pin_sets_aside_make_nothing_fall() -> None:
    free = {**HELD, "overrides": ["client-time", "track", "stay"], "reason": "agreed"}
    week = with_pins(free)
    for change in ("busy c01 tue", "absent c01 tue", "discharge c01 mon", "days c01 3"):
        assert pins(tried(change, on=week)) == {pin.id: pin for pin in week.pins}


def test_what_an_earlier_change_names_wrongly_is_said() -> None:
    cohort = WEEK.cohorts[0].model_dump(mode="json") | {"id": "co-new", "agenda": "plain"}
    pin: Written = {"change": "pin", "pin": {"id": "p1", "session": {"client": "c01", "service": "yogga"}}}
    [one, other] = refused({"change": "cohort", "cohort": cohort}, pin, "absent c01 tue")
    assert "there is no agenda 'plain'" in one
    assert "there is no service 'yogga'" in other
