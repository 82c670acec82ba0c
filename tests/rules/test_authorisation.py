"""authorisation: what goes beyond the payer's agreement is shown and costs; a policy can forbid it."""

from __future__ import annotations

import pytest

from builder import WORKDAYS, Raw, clinician, group, person, seat, small_raw, small_roster
from iop_sched.week.policy import Policy
from solving import best, broken, off

RULE = "authorisation"
HARD = Policy(rules={RULE: "hard"})
MEETINGS = 5 * 60
WEEK = (*WORKDAYS, "sat", "sun")


def ana(first: str = "2026-03-02", last: str = "2026-03-08", **more: object) -> Raw:
    """Ana, who was in red last week, with three meetings of 60 minutes; the week is 2 to 8 March."""
    given = {key: more.pop(key) for key in ("hours", "days") if key in more}
    client = person("ana", authorisation={"first": first, "last": last, **given}, **more)
    return small_raw(client, previous={"placements": [{"client": "ana", "cohort": "red"}]})


def tracks(raw: Raw, *days: int, floor: float = 0) -> Raw:
    """The week with other tracks to step down to, and another floor."""
    raw["clients"][0]["step_down"] = True
    raw["clients"][0]["prescription"] |= {"days": list(days), "hours": {"min": floor, "target": 3, "max": 40}}
    return raw


@pytest.mark.parametrize(("agreed", "excess"), [(3, 0), (2.75, 15), (2, 60), (0, 180)])
def test_minutes_beyond_the_agreed_hours_cost(agreed: float, excess: int) -> None:
    raw = ana(hours=agreed)
    decided = small_roster(raw, seat("ana", "mon tue wed"))
    assert broken(raw, decided) == set()
    assert broken(raw, decided, HARD) == ({RULE} if excess else set())
    # Three hours of meetings, at 1 a minute beyond; five meetings of the cohort at 60. Nobody loses a minute.
    found = best(raw)
    assert (found.values["dose"], found.values["cost"]) == (0, excess + MEETINGS)
    assert best(raw, off(RULE)).values["cost"] == MEETINGS


@pytest.mark.parametrize(("agreed", "excess"), [(3, 0), (2, 1), (0, 3)])
def test_days_beyond_the_agreed_days_cost(agreed: int, excess: int) -> None:
    raw = ana(days=agreed)
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed"))) == set()
    # At 180 a day.
    found = best(raw)
    assert (found.values["dose"], found.values["cost"]) == (0, 180 * excess + MEETINGS)
    assert best(raw, off(RULE)).values["cost"] == MEETINGS


@pytest.mark.parametrize(("unit", "each"), [("hours", 60), ("days", 180)])
@pytest.mark.parametrize(
    ("first", "last", "outside"),
    [
        ("2026-03-02", "2026-03-03", 1),  # mon and tue, both included
        ("2026-03-02", "2026-03-02", 2),  # the first day of the week alone
        ("2026-03-08", "2026-03-31", 2),  # the last day of the week alone
        ("2026-01-01", "2026-03-01", 3),  # until the sunday before
        ("2026-03-09", "2026-12-31", 3),  # from the monday after
        ("2026-03-06", "2026-03-08", 0),  # the weekend, from fri on
    ],
)
def test_only_covered_dates_are_agreed(unit: str, each: int, first: str, last: str, outside: int) -> None:
    # Twenty hours or seven days are plenty; on the dates covered there are so many of the three days at most.
    raw = ana(first, last, **{unit: 20 if unit == "hours" else 7}) | {"cohorts": [group("red", WEEK)]}
    assert best(raw).values["cost"] == each * outside + 7 * 60
    assert best(raw, off(RULE)).values["cost"] == 7 * 60


def test_hard_gives_fewer_days_but_never_below_the_floor() -> None:
    # Two hours are agreed: of tracks of two or three days she gets two, and 60 minutes are missing.
    raw = tracks(ana(hours=2), 2, 3)
    assert broken(raw, small_roster(raw, seat("ana", "mon tue")), HARD) == set()
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed")), HARD) == {RULE}
    assert best(raw, HARD).values["dose"] == 60
    assert best(raw).values["dose"] == best(raw, off(RULE)).values["dose"] == 0
    # With three days or nothing she loses her place; with a floor of three hours, all three are granted.
    assert best(tracks(ana(hours=2), 3), HARD).values["kept"] == 1
    found = best(tracks(ana(hours=2), 3, floor=3), HARD)
    assert (found.values["kept"], found.values["cost"]) == (0, 60 + MEETINGS)


def test_hard_days_never_go_below_the_fewest_of_the_tracks() -> None:
    raw = tracks(ana(days=1), 2, 3)
    assert broken(raw, small_roster(raw, seat("ana", "mon tue")), HARD) == set()
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed")), HARD) == {RULE}
    # Two days, one of them beyond: 60 minutes are missing, 180 are paid.
    found = best(raw, HARD)
    assert (found.values["dose"], found.values["cost"]) == (60, 180 + MEETINGS)
    assert best(raw).values["dose"] == 0


@pytest.mark.parametrize(("unit", "each"), [("hours", 60), ("days", 180)])
def test_a_closed_day_takes_nothing_from_the_authorisation(unit: str, each: int) -> None:
    # Two hours or days are agreed; tue of mon to wed is closed, and no other day can be hers.
    raw = ana(weekdays=("mon", "tue", "wed"), **{unit: 2})
    assert best(raw).values["cost"] == each + MEETINGS
    raw["closures"] = [{"day": "tue"}]
    assert best(raw).values["cost"] == 4 * 60
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed")), HARD) == set()


def session_only(day: str, **given: object) -> Raw:
    """Beside her meetings on mon to wed, ana has a session of 60 minutes on one day."""
    raw = ana(weekdays=("mon", "tue", "wed"), services=({"service": "talk"},), **given)
    at = [{"days": [day], "start": "12:00", "end": "13:00"}]
    one = {"id": "talk", "minutes": 60, "staff": [{"roles": ["therapist"]}], "sites": ["north"]}
    return raw | {"services": [one], "clinicians": [clinician("tom", "therapist", available=at)]}


@pytest.mark.parametrize(("day", "counts", "excess"), [("tue", True, 0), ("sun", True, 1), ("sun", False, 0)])
def test_a_day_with_dosage_is_a_day(day: str, counts: bool, excess: int) -> None:
    # Three days are agreed: a session on a meeting's day adds none, on another one, unless it is no dosage.
    raw = session_only(day, days=3)
    raw["services"][0]["counts"] = counts
    # Tom's hour costs 60.
    assert best(raw).values["cost"] == 180 * excess + MEETINGS + 60
    assert best(raw, off(RULE)).values["cost"] == MEETINGS + 60


def test_sessions_count_in_hours() -> None:
    # Four hours of dosage, three of them agreed; hard drops the session rather than the place.
    raw = session_only("tue", hours=3)
    assert best(raw).values["cost"] == 60 + MEETINGS + 60
    assert best(raw, HARD).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0


def test_a_day_left_whole_for_what_is_no_dosage_is_no_day() -> None:
    # Mon's meeting is left for a session that is no dosage: two days are treated, and two are agreed.
    raw = session_only("mon", days=2)
    raw["services"][0] |= {"counts": False, "missing_points": 120}
    raw["clinicians"][0]["available"] = [{"days": ["mon"], "start": "09:00", "end": "10:00"}]
    raw["agendas"][0]["blocks"][0]["may_leave"] = True
    found = best(raw)
    assert (found.values["dose"], found.values["cost"]) == (60, MEETINGS + 60)


def test_an_overriding_pin_permits_what_costs_all_the_same() -> None:
    pin = {"id": "p", "place": {"client": "ana"}, "overrides": [RULE], "reason": "appeal under way"}
    for given, cost in (({"hours": 2}, 60), ({"days": 2}, 180)):
        raw = tracks(ana(**given), 2, 3) | {"pins": [pin]}
        assert broken(raw, small_roster(raw, seat("ana", "mon tue wed")), HARD) == set()
        found = best(raw, HARD)
        assert (found.values["dose"], found.values["cost"]) == (0, cost + MEETINGS)


def test_who_is_not_placed_uses_nothing() -> None:
    raw = ana(hours=0, sites=("south",))
    found = best(raw)
    assert (found.values["kept"], found.values["cost"]) == (1, MEETINGS)
