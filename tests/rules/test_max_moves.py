"""max-moves: no more than three settled clients change cohort in one week."""

from __future__ import annotations

import pytest

from builder import WORKDAYS, Raw, block, group, person, seat, small_raw, small_roster
from iop_sched.week.policy import Limits, Policy
from solving import best, broken, off

RULE = "max-moves"
NAMES = ("ana", "ben", "cy", "dee")
DAYS = "mon tue wed"


def drawn(count: int, cohort: str = "red", red: Raw | None = None, **more: object) -> Raw:
    """Clients who were in ``cohort`` and need the longer meetings of ``blue``: 360 minutes instead of 180."""
    clients = [person(name, hours=(0, 6, 40), **more) for name in NAMES[:count]]
    previous = [{"client": client["id"], "cohort": cohort, "days": DAYS.split()} for client in clients]
    days = (*WORKDAYS, "sat", "sun")
    return small_raw(
        *clients,
        agendas=[
            {"id": "talk", "blocks": [block("talk", 0, 60)]},
            {"id": "long", "blocks": [block("l", 0, 120)]},
        ],
        cohorts=[
            group("red", **(red or {})),
            group("blue", days, agenda="long", levels=["iop", "php"], slot="pm"),
        ],
        previous={"placements": previous},
    )


def at_most(moves: int | None) -> Policy:
    return Policy(limits=Limits(max_moves=moves))


def moved(raw: Raw, *names: str) -> Raw:
    """A roster with some clients in blue, the others in red."""
    return small_roster(
        raw, *(seat(c["id"], DAYS, "blue" if c["id"] in names else "red") for c in raw["clients"])
    )


def test_three_may_move_but_not_four() -> None:
    raw = drawn(4)
    assert broken(raw, moved(raw, "ana", "ben", "cy")) == set()
    assert broken(raw, moved(raw, *NAMES)) == {RULE}
    assert broken(raw, moved(raw, *NAMES), at_most(None)) == set()
    # Each client who stays in red lacks 180 minutes.
    assert best(raw).values["dose"] == 180
    assert best(raw, off(RULE)).values["dose"] == 0


@pytest.mark.parametrize(("limit", "dose"), [(0, 360), (1, 180), (2, 0), (None, 0)])
def test_the_limit_is_the_policys(limit: int | None, dose: int) -> None:
    # Of two clients, each who stays in red lacks 180 minutes.
    assert best(drawn(2), at_most(limit)).values["dose"] == dose


BUSY = {"busy": [{"days": ["mon", "tue", "wed"], "start": "09:30", "end": "10:00"}]}
UNSETTLED = [
    pytest.param({"cohort": "gone"}, id="the cohort is gone"),
    pytest.param({"red": {"populations": ["teens"]}}, id="not eligible"),
    pytest.param({"weekdays": ("fri", "sat", "sun")}, id="weekend only"),
    pytest.param(BUSY, id="two free days are no track of three"),
]


@pytest.mark.parametrize("change", UNSETTLED)
def test_who_cannot_stay_may_go(change: Raw) -> None:
    raw = drawn(1, **change)
    # Ana is not settled, so that even no move at all lets her go: she keeps her place and her hours.
    found = best(raw, at_most(0))
    assert (found.values["kept"], found.values["dose"]) == (0, 0)
    days = "fri sat sun" if "weekdays" in change else DAYS
    assert broken(raw, small_roster(raw, seat("ana", days, "blue")), at_most(0)) == set()


def test_a_closed_week_unsettles_nobody() -> None:
    # Red's site is closed all week: the seat is kept, the hours (360) are lost.
    raw = drawn(1, red={"site": "south"})
    raw["closures"] = [{"day": day, "sites": ["south"]} for day in WORKDAYS]
    assert best(raw, at_most(0)).values["dose"] == 360
    assert best(raw, off(RULE)).values["dose"] == 0


def test_other_hours_rules_do_not_unsettle() -> None:
    # Red is too short a day for the level, so ana cannot stay; settled she is, and may not move: she is out.
    raw = drawn(1)
    raw["levels"][0]["day_hours"]["min"] = 2
    assert best(raw, at_most(0)).values["kept"] == 1
    assert best(raw, off(RULE)).values["kept"] == 0


def test_new_clients_and_overriding_pins_are_not_moves() -> None:
    raw = drawn(1)
    raw["previous"] = {}
    assert best(raw, at_most(0)).values["dose"] == 0
    pin = {"id": "p", "place": {"client": "ana"}, "overrides": [RULE], "reason": "asked for it"}
    raw = drawn(1) | {"pins": [pin]}
    assert best(raw, at_most(0)).values["dose"] == 0
    assert broken(raw, moved(raw, "ana"), at_most(0)) == set()


def test_settled_depends_on_the_rules_in_force() -> None:
    # With track off any free day is a pattern, so that the busy client could stay, and may not move.
    limits = Limits(max_moves=0)
    raw = drawn(1, **BUSY)
    assert best(raw, Policy(limits=limits, rules={"track": "off"})).values["dose"] == 360 - 2 * 60
    assert best(raw, Policy(limits=limits)).values["dose"] == 0
    # With eligibility off an adult could stay with the teens.
    raw = drawn(1, red={"populations": ["teens"]})
    assert best(raw, Policy(limits=limits, rules={"eligibility": "off"})).values["dose"] == 180


def test_from_sunday_to_monday_the_gap_counts() -> None:
    # Last week ended on mon: six days lie before this mon, where five may, and more before any other day.
    raw = drawn(1, red={"options": [{"slot": "am", "days": ["mon", "tue", "wed"]}]})
    raw["previous"]["placements"][0]["days"] = ["mon"]
    raw["levels"][0]["max_days_between"] = 5
    # No pattern fits, in red or in blue.
    assert best(raw, at_most(0)).values["kept"] == 1
    # From tue it is five days: she could stay in red, and so may not move.
    raw["previous"]["placements"][0]["days"] = ["tue"]
    assert best(raw, at_most(0)).values["dose"] == 180
    assert best(raw, off(RULE)).values["dose"] == 0
