"""What a first roster may do without: nothing that a pin asks for; and what the master makes of pins."""

from __future__ import annotations

from random import Random

import pytest

from builder import block, clinician, group, small_raw
from builder import week as builder_week
from generate.made import made
from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Model
from iop_sched.master import decisions
from iop_sched.week.pins import CohortPin, Pin, PlacePin, SessionPin
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Day
from master.points import Chooser, master


@pytest.fixture(scope="module")
def week() -> ProgramWeek:
    return made(24, 1, "low", 1).week.model_copy(update={"pins": ()})


def pinned(week: ProgramWeek, pin: Pin) -> Model:
    return build(week.model_copy(update={"pins": (pin,)}), Policy())[0]


def others(model: Model, client: str) -> set[int]:
    """Individual sessions of a client with somebody else than the primary."""
    primary = model.facts.previous[client].primary
    return {
        literal.index
        for session in model.sessions_of(client)
        if not session.service.is_open_group and any(who == primary for *_, who in session.staff)
        for (*_, who), literal in session.staff.items()
        if who != primary
    }


def test_a_pinned_session_may_be_with_somebody_else_than_the_primary(week: ProgramWeek) -> None:
    free = build(week, Policy())[0]
    client = next(one for one in free.facts.previous if others(free, one))
    assert others(free, client) <= decisions.other_places(free)
    model = pinned(week, Pin(id="seen", session=SessionPin(client=client, service="individual")))
    assert not others(model, client) & decisions.other_places(model)


def test_a_pinned_client_may_change_cohort_and_days(week: ProgramWeek) -> None:
    free = build(week, Policy())[0]
    client = next(one for one in free.facts.previous if len(free.columns.get(one, [])) > 1)
    columns = {literal.index for _, literal in free.columns[client]}
    assert columns & decisions.other_places(free)
    model = pinned(week, Pin(id="placed", place=PlacePin(client=client)))
    assert not {literal.index for _, literal in model.columns[client]} & decisions.other_places(model)


def test_a_pinned_cohort_may_change_its_leader(week: ProgramWeek) -> None:
    cohort = week.previous.leaders[0].cohort
    free = build(week, Policy())[0]
    assert {lit.index for (of, _), lit in free.lead.items() if of == cohort} & decisions.unlike_last_week(
        free
    )
    model = pinned(week, Pin(id="led", cohort=CohortPin(cohort=cohort)))
    leads = {lit.index for (of, _), lit in model.lead.items() if of == cohort}
    assert not leads & decisions.unlike_last_week(model)


def test_the_master_has_those_pinned_in_a_block_and_nobody_else() -> None:
    raw = small_raw(cohorts=[group("red", ("mon", "sun"))])
    raw["agendas"][0]["blocks"] = [block("talk", 0, 60, staff=[{"roles": ["facilitator"], "lead": True}])]
    raw["clinicians"] = [clinician(name, "facilitator") for name in ("fay", "gil")]
    raw["previous"] = {"leaders": [{"cohort": "red", "leader": "fay"}]}
    staff = [{"block": "talk", "clinicians": ["gil"]}]
    raw["pins"] = [{"id": "p", "meeting": {"cohort": "red", "day": "mon", "staff": staff}}]
    found = master(builder_week(raw), Policy())
    fills = {who: literal.index for (*_, who), literal in found.model.staff.items()}
    leads = {(key.day, who): literal.index for (key, who), literal in found.model.leads.items()}
    assert set(fills) == {"fay", "gil"}
    assert set(leads) == {(Day.SUN, "fay"), (Day.SUN, "gil")}
    assert not set(fills.values()) & decisions.unlike_last_week(found.model)
    for wanted, gone in (("fay", "gil"), ("gil", "fay")):
        point = Chooser(found.linear).most({fills["fay"], leads[Day.SUN, wanted]}, Random(1))
        assert point is not None
        assert (point[fills["gil"]], point[fills["fay"]]) == (1, 0)
        assert (point[leads[Day.SUN, wanted]], point[leads[Day.SUN, gone]]) == (1, 0)
