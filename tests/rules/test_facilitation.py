"""Rule ``facilitation``: every block has its staff, the same leader all week."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from builder import Raw, block, clinician, group, person, seat, small_raw, small_roster, window
from solving import best, broken, off

RULE = "facilitation"
LEAD = {"roles": ["facilitator"], "lead": True}
HELPER = {"roles": ["facilitator"]}


def weekend(*staff: Raw, need: Raw = LEAD, clients: tuple[str, ...] = ("ana",), **of_block: Any) -> Raw:
    """``red`` meets monday, saturday and sunday, and each client comes on all three.

    A meeting held costs 60, and 60 for each of its staff. One not held costs 1 in *kept* (nobody is current),
    and 60 points of dose for each client.
    """
    return small_raw(
        *(person(name) for name in clients),
        agendas=[{"id": "talk", "blocks": [block("talk", 0, 60, staff=[need], **of_block)]}],
        cohorts=[group("red", ("mon", "sat", "sun"))],
        payers=[{"id": "strict", "credentialed_only": True}],
        clinicians=list(staff),
    )


def fay(days: str = "daily", **more: Any) -> Raw:
    """A facilitator who works on the days named."""
    return clinician("fay", "facilitator", available=[window(days, "08:00", "20:00")], **more)


def gil(days: str = "daily", **more: Any) -> Raw:
    """Another one."""
    return clinician("gil", "facilitator", available=[window(days, "08:00", "20:00")], **more)


def led(raw: Raw, *names: str) -> Raw:
    """Every meeting staffed by those named, the first of whom leads; all clients come."""
    decided = small_roster(raw, *(seat(client["id"], "mon sat sun") for client in raw["clients"]))
    decided["cohorts"][0]["leader"] = names[0]
    for meeting in decided["facilitation"]:
        meeting["staff"] = [{"block": "talk", "need": 0, "clinician": name} for name in names]
    return decided


def test_one_leader_all_week_obeys() -> None:
    raw = weekend(fay())
    assert broken(raw, led(raw, "fay")) == set()


BREAKS: dict[str, tuple[Raw, Callable[[Raw], Any]]] = {
    "sunday has nobody": (weekend(fay()), lambda r: r["facilitation"][2].update(staff=[])),
    "no leader": (weekend(fay()), lambda r: r["cohorts"][0].update(leader=None)),
    "monday is led by another": (
        weekend(fay(), gil()),
        lambda r: r["facilitation"][0]["staff"][0].update(clinician="gil"),
    ),
    "one too many": (
        weekend(fay(), gil()),
        lambda r: r["facilitation"][0]["staff"].append({"block": "talk", "need": 0, "clinician": "gil"}),
    ),
    "not qualified": (weekend(fay(), need=LEAD | {"credentials": ["phd"]}), lambda r: None),
    "another site": (weekend(fay(sites=["south"])), lambda r: None),
    "ratio": (weekend(fay(), clients=("ana", "ben"), ratio=1), lambda r: None),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_fault_in_one_block_breaks(name: str) -> None:
    raw, change = BREAKS[name]
    decided = led(raw, "fay")
    change(decided)
    assert broken(raw, decided) == {RULE}


@pytest.mark.parametrize("days", ["mon sat", "sat sun"])
def test_a_meeting_without_staff_is_not_held(days: str) -> None:
    raw = weekend(fay(days))
    # fay is not there on the first or the last day of the week: one meeting of 60 minutes is lost,
    # the other two cost 60 and 60 staff minutes each.
    held = best(raw).values
    assert (held["kept"], held["dose"], held["cost"]) == (1, 60, 2 * 120)
    # Off: all three are held without staff.
    alone = best(raw, off(RULE)).values
    assert (alone["kept"], alone["dose"], alone["cost"]) == (0, 0, 3 * 60)


def test_a_closed_day_needs_no_staff() -> None:
    raw = weekend(fay("mon sat"))
    raw["closures"] = [{"day": "sun", "sites": ["north"]}]
    # No meeting is due on sunday, so none is missed; its minutes are.
    found = best(raw).values
    assert (found["kept"], found["dose"]) == (0, 60)


def test_the_leader_is_the_same_all_week() -> None:
    raw = weekend(fay("mon sat"), gil("sat sun"))
    # Together they are there every day, but either leads two meetings at most.
    assert best(raw).values["kept"] == 1
    raw["agendas"][0]["blocks"][0]["staff"] = [HELPER]
    assert best(raw).values["kept"] == 0


@pytest.mark.parametrize("leader", [True, False])
def test_a_ratio_bounds_the_clients_in_the_room(leader: bool) -> None:
    need = LEAD if leader else HELPER
    raw = weekend(fay(), gil(), need=need, clients=("ana", "ben", "cy"), ratio=1)
    # Two staff carry two clients; the third (20 points) has no place. 3 meetings, each with two staff.
    found = best(raw).values
    assert (found["placed"], found["cost"]) == (20, 3 * 60 + 6 * 60)
    assert best(raw, off(RULE)).values["placed"] == 0


def test_a_leader_is_one_of_two_where_two_are_needed() -> None:
    raw = weekend(fay("mon sat"), gil(), need=LEAD | {"count": 2})
    # On sunday gil is alone, so there is no meeting.
    found = best(raw)
    assert (found.values["kept"], found.values["cost"]) == (1, 2 * 60 + 4 * 60)
    held = {(entry.clinician, m.day.code) for m in found.roster.facilitation for entry in m.staff}
    assert held == {(name, day) for name in ("fay", "gil") for day in ("mon", "sat")}


def test_somebody_lists_the_payer_of_each_client() -> None:
    raw = weekend(fay(), gil(payers=["strict"]), clients=("ana", "ben"))
    raw["clients"][0]["payer"] = "strict"
    found = best(raw)
    assert (found.values["placed"], found.roster.cohorts[0].leader) == (0, "gil")
    raw["clinicians"].pop()
    # Nobody suits ana's payer, so she (20 points) has no place.
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0


@pytest.mark.parametrize(
    ("cohort", "staff"),
    [({"language": "es"}, {"languages": ["en"]}), ({}, {"sites": ["south"]})],
)
def test_staff_speak_the_cohort_s_language_and_work_at_its_site(cohort: Raw, staff: Raw) -> None:
    raw = weekend(fay(**staff))
    raw["cohorts"][0].update(cohort)
    # Nobody may lead: none of the three meetings is held.
    assert best(raw).values["kept"] == 3
    assert best(raw, off(RULE)).values["kept"] == 0
