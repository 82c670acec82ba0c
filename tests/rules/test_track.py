"""track: a client comes on as many days as prescribed, on days the cohort meets, not too far apart."""

from __future__ import annotations

import pytest

from builder import Raw, block, group, level, person, seat, small_raw, small_roster
from solving import best, broken, off

RULE = "track"
WEEKEND = ("mon", "thu", "sun")


def three(
    client: Raw | None = None,
    of_level: Raw | None = None,
    days: tuple[str, ...] = ("mon", "tue", "wed"),
    only: tuple[str, ...] = (),
    before: str = "",
    **more: object,
) -> Raw:
    """Ana and a cohort on three days; ``only``: the days with a block; ``before``: her days last week."""
    previous = {"placements": [{"client": "ana", "cohort": "red", "days": before.split()}]} if before else {}
    return small_raw(
        person("ana", **(client or {})),
        levels=[level("iop", **(of_level or {}))],
        agendas=[{"id": "talk", "blocks": [block("talk", 0, 60, days=list(only))]}],
        cohorts=[group("red", days)],
        previous=previous,
        **more,
    )


OBEYED = [
    pytest.param({}, id="three of three"),
    pytest.param({"client": {"days": (2, 3)}}, id="one of the tracks"),
    pytest.param({"client": {"weekdays": ("mon", "tue", "wed", "sun")}}, id="weekdays"),
    pytest.param({"of_level": {"days": {"min": 3, "max": 3}}}, id="level's days"),
    pytest.param({"of_level": {"days": {"min": 4, "max": 5}}, "client": {"step_down": True}}, id="step-down"),
    pytest.param({"of_level": {"max_days_between": 0}, "before": "sun"}, id="no gap"),
    pytest.param({"days": WEEKEND, "of_level": {"max_days_between": 2}}, id="gaps of two"),
    pytest.param({"of_level": {"max_days_between": 5}, "before": "mon tue"}, id="five since tuesday"),
    pytest.param({"of_level": {"max_days_between": 0}, "before": "wed sun"}, id="none since sunday"),
    pytest.param({"closures": [{"day": "tue"}]}, id="a closed day keeps its seat"),
]

BROKEN = [
    pytest.param({"client": {"days": (4,)}}, id="too few"),
    pytest.param({"client": {"days": (1, 2)}}, id="too many"),
    pytest.param({"client": {"weekdays": ("mon", "wed")}}, id="weekdays"),
    pytest.param({"of_level": {"days": {"min": 4, "max": 5}}}, id="fewer than the level's"),
    pytest.param({"of_level": {"days": {"min": 1, "max": 2}}}, id="more than the level's"),
    pytest.param({"days": WEEKEND, "of_level": {"max_days_between": 1}}, id="gaps of two"),
    pytest.param({"of_level": {"max_days_between": 4}, "before": "mon tue"}, id="five since tuesday"),
    pytest.param({"of_level": {"max_days_between": 5}, "before": "mon"}, id="six since monday"),
    pytest.param({"only": ("mon", "tue")}, id="a day without a block"),
]


def pattern(case: Raw) -> str:
    return " ".join(case.get("days", ("mon", "tue", "wed")))


@pytest.mark.parametrize("case", OBEYED)
def test_a_fitting_pattern_is_accepted(case: Raw) -> None:
    raw = three(**case)
    assert broken(raw, small_roster(raw, seat("ana", pattern(case)))) == set()
    assert best(raw).values["placed"] == 0


@pytest.mark.parametrize("case", BROKEN)
def test_any_other_is_refused(case: Raw) -> None:
    raw = three(**case)
    decided = small_roster(raw, seat("ana", pattern(case)))
    decided["facilitation"] = [m for m in decided["facilitation"] if m["day"] in case.get("only", m["day"])]
    assert broken(raw, decided) == {RULE}
    # The cohort's three days are no track for ana: 20 points. Without the rule she comes on some of them.
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0


@pytest.mark.parametrize(("step_down", "placed"), [(False, 20), (True, 0)])
def test_two_days_are_for_stepping_down(step_down: bool, placed: int) -> None:
    raw = three({"days": (2,), "step_down": step_down})
    assert broken(raw, small_roster(raw, seat("ana", "mon wed"))) == ({RULE} if placed else set())
    assert best(raw).values["placed"] == placed
    assert best(raw, off(RULE)).values["placed"] == 0


def test_a_day_on_which_the_cohort_does_not_meet() -> None:
    raw = three()
    assert broken(raw, small_roster(raw, seat("ana", "mon tue sun"))) == {RULE}


def test_as_many_days_as_the_target_needs() -> None:
    # Three hours are aimed at: three days of one hour do, and so do four.
    raw = three({"days": (3, 4)}, days=("mon", "tue", "wed", "thu"), before="fri")
    found = best(raw)
    assert (found.values["dose"], len(found.days("ana")) >= 3) == (0, True)
    # Four hours take four days; with three days alone, 60 minutes are missing.
    raw["clients"][0] = person("ana", days=(3, 4), hours=(0, 4, 40))
    assert best(raw).days("ana") == ["mon", "tue", "wed", "thu"]
    raw["clients"][0] = person("ana", days=(3,), hours=(0, 4, 40))
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0


def test_a_lost_day_is_lost() -> None:
    # Tue is closed and stays in the pattern: two meetings of 60 minutes of an aim of 180.
    raw = three(closures=[{"day": "tue"}])
    found = best(raw)
    assert (found.days("ana"), found.values["dose"]) == (["mon", "tue", "wed"], 60)


def test_an_overriding_pin_waives_it() -> None:
    pin = {"id": "p", "place": {"client": "ana"}, "overrides": [RULE], "reason": "school camp"}
    raw = three({"days": (4,)}, pins=[pin])
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed"))) == set()
    assert best(raw).values["placed"] == 0


# The way into next week

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
MIDWEEK = ("wed", "thu", "fri")
AWAY = {"busy": [{"days": ["mon", "tue"], "start": "08:00", "end": "12:00"}]}
STAYS = {"length_days": {"min": 1, "max": 3}}


def five(client: Raw | None = None, before: str = "", most: int = 3, **more: Raw) -> Raw:
    """Ana, three days of a cohort that meets on five, with at most ``most`` days between two of hers."""
    return three(client, {"max_days_between": most}, WEEKDAYS, before=before, **more)


GOES_ON = [
    pytest.param({}, "mon tue thu", id="thursday to monday"),
    pytest.param({}, "wed thu fri", id="other days next week"),
    pytest.param({"most": 4}, "mon tue wed", id="four days may be"),
    pytest.param({"most": 4, "client": {"weekdays": MIDWEEK}}, "wed thu fri", id="just so"),
    pytest.param({"client": {"stay": {"last_day": "sun"}}}, "mon tue wed", id="leaves"),
    pytest.param({"closures": [{"day": "mon"}]}, "tue wed fri", id="monday is closed this week alone"),
    # she was there on Sunday, and no three days of hers can follow themselves
    pytest.param({"client": {"weekdays": MIDWEEK}, "before": "sun"}, "wed thu fri", id="no choice helps"),
]

STOPS = [
    pytest.param({}, "mon tue wed", id="wednesday to monday"),
    pytest.param({"most": 2}, "mon wed thu", id="thursday to monday"),
    pytest.param({"before": "fri"}, "mon tue wed", id="of a current client"),
    pytest.param({"client": {"weekdays": MIDWEEK}}, "wed thu fri", id="friday to wednesday"),
    pytest.param({"client": AWAY}, "wed thu fri", id="at work on monday and tuesday"),
    pytest.param(
        {"client": {"weekdays": ("mon", *MIDWEEK[:2], "sat")}, "most": 2}, "mon wed thu", id="no friday"
    ),
]


@pytest.mark.parametrize(("case", "days"), GOES_ON)
def test_days_that_next_weeks_can_follow(case: Raw, days: str) -> None:
    raw = five(**case)
    first = days.split()[0] if not case.get("before") else "mon"
    assert broken(raw, small_roster(raw, seat("ana", days, start=first))) == set()
    assert best(raw).values["placed"] == 0


@pytest.mark.parametrize(("case", "days"), STOPS)
def test_days_after_which_the_next_are_too_far(case: Raw, days: str) -> None:
    raw = five(**case)
    first = days.split()[0] if not case.get("before") else "mon"
    assert broken(raw, small_roster(raw, seat("ana", days, start=first))) == {RULE}
    # those whose week has no better days get no place; the others get one
    stuck = bool(case.get("client"))
    assert best(raw).values["placed"] == (20 if stuck else 0)
    assert best(raw, off(RULE)).values["placed"] == 0


def test_a_stay_that_ends_has_no_next_week() -> None:
    raw = five({"stay": STAYS})
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed", last="wed"))) == set()
    raw = five({"stay": {"last_day": "wed"}}, before="fri")
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed", last="wed"))) == set()
    assert best(raw).values["dose"] == 0


def test_the_way_on_is_worth_a_day_she_likes_less() -> None:
    # Of mon, tue, wed the last must be given up for thu or fri, which she does not prefer: 20.
    raw = five({"preferences": {"days": ["mon", "tue", "wed"]}}, before="sun")
    assert best(raw).values["preference"] == 20
    assert best(raw, off(RULE)).values["preference"] == 0


def test_hours_set_aside_do_not_bar_the_way() -> None:
    pin = {"id": "p", "place": {"client": "ana"}, "overrides": ["client-time"], "reason": "leave"}
    raw = five(AWAY, pins=[pin])
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri", start="wed"))) == set()
    assert best(raw).values["placed"] == 0
