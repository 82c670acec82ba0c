"""Cohorts, leaders and sessions of next week."""

from __future__ import annotations

from datetime import date

from builder import group, person, seat, session
from iop_sched.week.times import Day
from next_week.turning import assessing_raw, current, placed, turned

OPTIONS = [{"slot": "am", "days": ["mon", "tue"]}, {"slot": "pm", "days": ["mon", "wed", "fri"]}]


def test_a_candidate_that_opened_runs_as_it_opened() -> None:
    candidates = [group(name, status="candidate", options=OPTIONS) for name in ("green", "blue")]
    raw = assessing_raw(person("ana"), cohorts=[group("red"), *candidates])
    decided = placed(raw, seat("ana", "mon wed fri", cohort="green"))
    decided["cohorts"][0]["leader"] = "tom"
    decided["cohorts"].append({"cohort": "green", **OPTIONS[1], "leader": "tom"})
    decided["facilitation"] += [{"cohort": "green", "day": day} for day in ("mon", "wed", "fri")]
    found = turned(raw, decided)
    red, green, blue = found.week.cohorts
    assert (red.status, green.status, blue.status) == ("running", "running", "candidate")
    assert [(one.slot, one.days) for one in green.options] == [("pm", (Day.MON, Day.WED, Day.FRI))]
    assert len(blue.options) == 2
    assert [(one.cohort, one.leader) for one in found.week.previous.leaders] == [
        ("red", "tom"),
        ("green", "tom"),
    ]
    assert found.affected.opened == ("green",)
    assert [(one.cohort, one.members) for one in found.affected.fill] == [("red", 0), ("green", 1)]


def test_the_roster_is_last_weeks() -> None:
    raw = assessing_raw(person("ana", services=({"service": "therapy"},)), previous=current("ana"))
    decided = placed(
        raw,
        seat("ana", "mon tue thu", primary="tom"),
        sessions=(session("therapy", ["ana"], "wed", "13:00"),),
    )
    found = turned(raw, decided)
    assert found.week.week_of == date(2026, 3, 9)
    (placement,) = found.week.previous.placements
    assert (placement.primary, placement.days) == ("tom", (Day.MON, Day.TUE, Day.THU))
    (talk,) = found.week.previous.sessions
    assert (talk.client, talk.service, talk.day, talk.start) == ("ana", "therapy", Day.WED, 13 * 60)
