"""group-share: 60 to 70 % of the hours are group therapy."""

from __future__ import annotations

import pytest

from builder import Raw, block, clinician, group, level, person, seat, session, small_raw, small_roster
from iop_sched.week.policy import Policy
from solving import best, broken, off

RULE = "group-share"
HARD = Policy(rules={RULE: "hard"})


def ana(
    least: int = 60, most: int = 70, tom: str = "daily 12:00-20:00", count: int = 0, **talk: object
) -> Raw:
    """Ana has three meetings of 60 minutes of group therapy, and ``count`` sessions of 60 minutes without."""
    days, hours = tom.split()
    start, end = hours.split("-")
    at = [{"days": days if days == "daily" else [days], "start": start, "end": end}]
    one = {"id": "talk", "minutes": 60, "staff": [{"roles": ["therapist"]}], "sites": ["north"]}
    lines = ({"service": "talk", "min_count": count, "max_count": count},) if count else ()
    return small_raw(
        person("ana", services=lines),
        levels=[level("iop", group_share={"min": least, "max": most})],
        services=[{**one, **talk}],
        clinicians=[clinician("tom", "therapist", available=at)],
        previous={"placements": [{"client": "ana", "cohort": "red"}]},
    )


def roster(raw: Raw, count: int) -> Raw:
    """Ana on mon to wed, with a session after each of so many meetings."""
    sessions = [session("talk", ["ana"], day, "12:00") for day in ("mon", "tue", "wed")[:count]]
    return small_roster(raw, seat("ana", "mon tue wed"), sessions=sessions)


@pytest.mark.parametrize(
    ("count", "outside"),
    [
        (0, 54),  # 100 x 180 - 70 x 180 = 5400
        (1, 12),  # 100 x 180 - 70 x 240 = 1200
        (2, 0),  # 180 of 300 minutes are the least, 60 %
        (3, 36),  # 60 x 360 - 100 x 180 = 3600
    ],
)
def test_minutes_outside_the_band_cost(count: int, outside: int) -> None:
    raw = ana(count=count)
    assert broken(raw, roster(raw, count)) == set()
    assert broken(raw, roster(raw, count), HARD) == ({RULE} if outside else set())
    assert best(raw).values["preference"] == outside
    assert best(raw, off(RULE)).values["preference"] == 0


@pytest.mark.parametrize(
    ("minutes", "outside"),
    [
        (50, 19),  # 18000 - 70 x 230 = 1900
        (55, 16),  # 18000 - 70 x 235 = 1550, rounded up
    ],
)
def test_nominal_minutes_count_and_are_rounded_up(minutes: int, outside: int) -> None:
    assert best(ana(count=1, minutes=minutes)).values["preference"] == outside


def test_extra_sessions_are_given_for_the_share() -> None:
    # One session is needed, and a second one brings 180 of 300 minutes to 60 %.
    raw = ana(count=1)
    raw["clients"][0]["prescription"]["services"][0]["max_count"] = 3
    found = best(raw)
    assert (found.values["preference"], len(found.sessions("talk"))) == (0, 2)
    # Without the rule one is enough, and cheaper.
    assert len(best(raw, off(RULE)).sessions("talk")) == 1


def test_hard_drops_a_session_or_a_place() -> None:
    # With three sessions 50 % are group therapy: the third is not given, and its 60 points are missing.
    raw = ana(count=3)
    assert best(raw, HARD).values["dose"] == 60
    assert best(raw).values["dose"] == best(raw, off(RULE)).values["dose"] == 0
    # With meetings alone it is 100 %: no place.
    assert best(ana(), HARD).values["kept"] == 1
    assert best(ana(), off(RULE)).values["kept"] == 0


def test_blocks_and_sessions_are_group_therapy_as_marked() -> None:
    # Lectures of 180 minutes and no group therapy: 60 % are missing.
    raw = ana()
    raw["agendas"] = [{"id": "talk", "blocks": [block("talk", 0, 60, group_therapy=False)]}]
    assert best(raw).values["preference"] == 108
    # Three sessions of group therapy beside them: 180 of 360 minutes, 36 of the least missing.
    raw = ana(count=3, group_therapy=True) | {"agendas": raw["agendas"]}
    assert best(raw).values["preference"] == 36
    # Lunch is no dosage at all: 60 of group therapy and 0 more a day, all of it group therapy.
    lunch = block("lunch", 60, 60, counts=False)
    raw = ana() | {"agendas": [{"id": "talk", "blocks": [block("talk", 0, 60), lunch]}]}
    assert best(raw).values["preference"] == 54
    # Nor is a service that does not count.
    assert best(ana(count=2, counts=False)).values["preference"] == 54


@pytest.mark.parametrize("day", ["mon", "sat", "sun"])
def test_a_session_inside_a_block_is_taken_off_it(day: str) -> None:
    # Tom has time during her long block alone: 3 x 120 - 60 minutes of group therapy and 60 without.
    raw = ana(tom=f"{day} 09:00-11:00", count=1)
    raw["agendas"] = [{"id": "talk", "blocks": [block("talk", 0, 120, may_leave=True)]}]
    raw["cohorts"] = [group("red", ("mon", "sat", "sun"))]
    # 100 x 300 - 70 x 360 = 4800.
    found = best(raw)
    assert (found.values["dose"], found.values["preference"]) == (0, 48)
    assert best(raw, off(RULE)).values["preference"] == 0


@pytest.mark.parametrize("closed", ["mon", "sun"])
def test_a_closed_day_is_no_dosage(closed: str) -> None:
    # Two meetings and a session on tue: 120 of 180 minutes are 67 %, within the band.
    raw = ana(tom="tue 12:00-13:00", count=1) | {"closures": [{"day": closed}]}
    raw["cohorts"] = [group("red", ("mon", "tue", "sun"))]
    assert best(raw).values["preference"] == 0
    # Were all three days open: 12, as above.
    assert best(raw | {"closures": []}).values["preference"] == 12


def test_only_clients_with_a_cohort_and_a_band() -> None:
    line = {"service": "talk"}
    alone = person("ana", days=(), services=(line,), hours=(0, 1, 40), group_optional=True)
    raw = ana() | {"clients": [alone]}
    decided = small_roster(raw, seat("ana", "", None), sessions=[session("talk", ["ana"], "mon", "12:00")])
    assert broken(raw, decided, HARD) == set()
    assert best(raw).values["preference"] == 0
    raw = ana() | {"levels": [level("iop")]}
    assert broken(raw, roster(raw, 0), HARD) == set()
    # Nor does it cost anybody who is not placed.
    raw = ana()
    raw["clients"][0]["sites"] = ["south"]
    found = best(raw)
    assert (found.values["kept"], found.values["preference"]) == (1, 0)
