"""Days at risk and authorisations at their edges."""

from __future__ import annotations

from typing import Any

import pytest

from builder import Raw, roster, roster_raw, session, week, week_raw
from iop_sched.rules import Schedule, authorisation
from iop_sched.upward.billing import billable, endings, risks
from iop_sched.upward.build import week_report
from iop_sched.upward.use import room_use
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek


def with_ana(**more: Any) -> Raw:
    """Ana has 3 h on mon, 3 h 50 on tue and 3 h on wed; her level's day floor is 2 h."""
    raw = week_raw()
    raw["clients"][0].update(more)
    return raw


def joined(raw: Raw, decided: Raw | None = None) -> Schedule:
    return Schedule.of(week(raw), roster(decided or roster_raw()))


def agreed(last: str = "2026-12-31", first: str = "2026-01-01", **units: float) -> Raw:
    return {"first": first, "last": last, **units}


@pytest.mark.parametrize(
    ("given", "beyond"),
    [
        (agreed(hours=10), []),
        (agreed(hours=9.75), ["wed"]),
        (agreed(hours=5), ["tue", "wed"]),
        (agreed(hours=3), ["tue", "wed"]),
        (agreed(hours=0), ["mon", "tue", "wed"]),
        (agreed(days=3), []),
        (agreed(days=2), ["wed"]),
        (agreed(first="2026-03-03", days=9), ["mon"]),
        (agreed(last="2026-03-03", hours=90), ["wed"]),
        (agreed(first="2026-03-03", days=1), ["mon", "wed"]),
        (None, []),
    ],
)
def test_days_beyond_the_authorisation_are_the_last_ones(given: Raw | None, beyond: list[str]) -> None:
    schedule = joined(with_ana(authorisation=given))
    ana = schedule.facts.clients["ana"]
    found = risks(schedule, ana)
    assert [day.code for day in found.unauthorised] == beyond
    paid = [day.code for day in billable(schedule, ana, found)]
    assert sorted([*paid, *beyond]) == ["mon", "tue", "wed"]
    # the rule sees as much
    charged = [term for term in authorisation.check(schedule, Policy()) if term.who == "ana"]
    assert bool(charged) == bool(beyond)
    if given is not None and "days" in given:
        assert sum(term.amount for term in charged) == len(beyond)  # type: ignore[union-attr]


def test_a_day_below_the_floor_is_not_billable() -> None:
    raw = with_ana()
    raw["levels"][0]["day_hours"]["min"] = 3.5
    schedule = joined(raw)
    ana = schedule.facts.clients["ana"]
    found = risks(schedule, ana)
    assert [day.code for day in found.short] == ["mon", "wed"]
    assert [day.code for day in billable(schedule, ana, found)] == ["tue"]


def test_a_day_with_too_few_services_is_not_billable() -> None:
    raw = with_ana()
    raw["levels"][0]["services_per_day"] = {"min": 3, "max": 5}
    schedule = joined(raw)
    # two blocks a day, and on tuesday a session
    found = risks(schedule, schedule.facts.clients["ana"])
    assert [day.code for day in found.short] == ["mon", "wed"]


def test_a_day_alone_with_sessions_is_no_program_day() -> None:
    decided = roster_raw()
    decided["sessions"] = [session("individual", ["ana"], "fri", "13:00")]
    schedule = joined(with_ana(authorisation=agreed(days=3)), decided)
    ana = schedule.facts.clients["ana"]
    found = risks(schedule, ana)
    # a treatment day that the authorisation does not reach, and three program days that it does
    assert [day.code for day in found.unauthorised] == ["fri"]
    assert len(billable(schedule, ana, found)) == 3


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (agreed(last="2026-03-01", hours=90), "ended"),
        (agreed(last="2026-03-02", hours=90), "ends"),
        # the fourteenth day, and the one after it
        (agreed(last="2026-03-15", hours=90), "ends"),
        (agreed(last="2026-03-16", hours=90), None),
        # 9 h 50 use 10 h, as a quarter begun is used
        (agreed(hours=10), "used up"),
        (agreed(hours=20), "runs out"),
        (agreed(hours=20.25), None),
        (agreed(days=3), "used up"),
        (agreed(days=6), "runs out"),
        (agreed(days=7), None),
    ],
)
def test_authorisations_running_out(given: Raw, why: str | None) -> None:
    found = endings(joined(with_ana(authorisation=given)))
    assert [(one.client, one.why) for one in found] == ([("ana", why)] if why else [])


def test_the_authorisation_of_somebody_who_waits_runs_out_by_its_date_alone() -> None:
    decided = roster_raw()
    decided["placements"] = [one for one in decided["placements"] if one["client"] != "ana"]
    decided["sessions"] = []
    assert endings(joined(with_ana(authorisation=agreed(hours=3)), decided)) == []
    (found,) = endings(joined(with_ana(authorisation=agreed(last="2026-03-08", hours=3)), decided))
    assert (found.why, found.used, found.left) == ("ends", 0, 3)


# Rooms


def test_a_room_is_open_in_its_own_hours_on_open_days() -> None:
    raw = week_raw()
    raw["rooms"][0]["available"] = [{"days": "weekdays", "start": "08:00", "end": "18:00"}]
    raw["closures"] = [{"day": "fri", "sites": ["north"]}]
    (hall,) = room_use(joined(raw))
    # four meetings from 9:00 to 13:00, the block of level php among them
    assert (hall.used_minutes, hall.open_minutes) == (4 * 4 * 60, 4 * 10 * 60)


def test_two_uses_at_once_count_once() -> None:
    decided = roster_raw()
    decided["sessions"].append(session("assess", ["ben"], "mon", "12:30", room="hall"))
    (hall,) = room_use(joined(week_raw(), decided))
    assert hall.used_minutes == 4 * 4 * 60 + 30


def test_a_week_with_nothing_in_it() -> None:
    bare: ProgramWeek = week({**week_raw(), "clients": [], "rooms": [], "clinicians": []})
    found = week_report(bare, roster({}), "empty")
    assert (found.levels, found.rooms, found.at_risk, found.endings) == ((), (), (), ())
    assert found.waitlist.median_days is None
