"""Cohorts, leaders and sessions of next week."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from builder import WORKDAYS, group, person, roster, seat, session, week
from iop_sched.next_week import advance
from iop_sched.week.times import Day
from next_week.turning import assessing_raw, current, placed, turned
from scenario.trying import scenario
from solving import broken

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


FAR = "4 days between last week's wed and mon; at most 3 may be"


@pytest.mark.parametrize(
    ("days", "most", "weekdays", "why"),
    [
        # from wednesday to monday, four days lie between
        ("mon tue wed", 3, None, FAR),
        ("mon tue wed", 4, None, None),
        ("mon tue thu", 3, None, None),
        ("mon tue thu", 3, ("tue", "wed", "thu"), FAR.replace("wed", "thu").replace("mon", "tue")),
        ("mon tue wed", None, None, None),
    ],
)
def test_days_too_far_from_any_of_next_week_are_told(
    days: str, most: int | None, weekdays: tuple[str, ...] | None, why: str | None
) -> None:
    raw = assessing_raw(person("ana", weekdays=weekdays), previous=current("ana", days="wed thu fri"))
    raw["levels"][0]["max_days_between"] = most
    found = turned(raw, placed(raw, seat("ana", days)))
    told = [(one.client, one.cohort, one.why) for one in found.affected.stranded]
    assert told == ([] if why is None else [("ana", "red", why)])
    # and the rules say the same: no pattern of next week is possible
    again = found.week.model_dump(mode="json")
    patterns = [seat("ana", " ".join(three)) for three in combinations(weekdays or WORKDAYS, 3)]
    held = [one for one in patterns if "track" not in broken(again, placed(again, one))]
    assert bool(held) == (why is None)


def test_a_step_to_fewer_days_than_the_level_allows_is_told() -> None:
    # With at most two days between two of treatment, two days a week cannot go round a week of seven.
    ana = person("ana", days=(3,))
    ana["prescription"]["steps"] = [
        {
            "week_of": "2026-03-09",
            "hours": {"min": 0, "target": 2, "max": 40},
            "days": [2],
            "step_down": True,
        }
    ]
    raw = assessing_raw(ana, previous=current("ana", days="mon wed fri"))
    raw["levels"][0]["max_days_between"] = 2
    raw["clients"].append(person("ben", days=(3,)))
    found = turned(raw, placed(raw, seat("ana", "mon wed fri"), seat("ben", "mon wed fri")))
    # the week of the step can be: mon and thu; the one after cannot
    assert found.affected.stranded == ()
    after = turned(
        found.week.model_dump(mode="json"),
        placed(found.week.model_dump(mode="json"), seat("ana", "mon thu"), seat("ben", "mon wed fri")),
    )
    assert [one.client for one in after.affected.stranded] == ["ana"]


def test_no_cohort_is_there_any_more() -> None:
    raw = assessing_raw(person("ana"), previous=current("ana"))
    raw["cohorts"].append(group("green", status="candidate", levels=["other"]))
    raw["levels"].append({**raw["levels"][0], "id": "other"})
    decided = placed(raw, seat("ana", "mon tue wed"))
    found = advance(week(raw), roster(decided), scenarios=[scenario("close cohort red")])
    assert [(one.client, one.cohort) for one in found.affected.stranded] == [("ana", None)]
