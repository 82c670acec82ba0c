"""Figures of Harbour House counted by hand, and what a change of them is called."""

from __future__ import annotations

import pytest

from compare.hand import edited, meeting, place, put_in, raw, session, staff, take_out
from iop_sched.compare.figures import ROWS, Figures, changed, figures
from iop_sched.week.policy import TIERS
from iop_sched.week.roster import Roster
from report.harbour import EVALUATION, POLICY, ROSTER, WEEK

BEFORE = figures(WEEK, POLICY, ROSTER)


def rows(after: Roster) -> dict[str, tuple[int, int, str]]:
    """The rows that differ from the roster as it is, tiers and their sum aside."""
    return {
        one.name: (one.before, one.after, one.verdict)
        for one in changed(BEFORE, figures(WEEK, POLICY, after))
        if one.unit != "points"
    }


def test_the_figures_by_hand() -> None:
    # Nine of twelve have a place. Eight meetings of 180 staff minutes are held, mor-1's on friday is not.
    # Sessions take 540 minutes (seven of 60, one of 30, one of 90), the care team twice 60.
    # c05 has no individual session; c01's was at 10:00 last week and is at 11:00.
    assert BEFORE.model_dump(exclude={"tiers", "weighted", "short_minutes"}) == {
        "broken": 0,
        "placed": 9,
        "waiting": 3,
        "missing": 1,
        "moved": 0,
        "days_lost": 0,
        "times_changed": 1,
        "held": 8,
        "not_held": 1,
        "scheduled_minutes": 8 * 180 + 540 + 120,
        "overtime_minutes": 0,
    }
    assert BEFORE.tiers == {tier: EVALUATION.tiers[tier].value for tier in TIERS}
    assert BEFORE.weighted == EVALUATION.weighted.value


def test_hours_below_target_are_those_of_the_dose() -> None:
    # the tier has besides them the missing session of c05, 60 points
    assert BEFORE.short_minutes == BEFORE.tiers["dose"] - 60


def test_a_place_lost() -> None:
    # nine hours of meetings are missing, and one hour was missing before; eve-2 is below its least of two
    assert rows(edited(take_out("placements", place, "c06"))) == {
        "broken": (0, 1, "worse"),
        "placed": (9, 8, "worse"),
        "waiting": (3, 4, "worse"),
        "short_minutes": (BEFORE.short_minutes, BEFORE.short_minutes + 540, "worse"),
    }


def test_a_move() -> None:
    after = rows(edited(put_in(place, "c01", cohort="eve-1", days=["mon", "tue", "thu"])))
    assert (after["moved"], after["days_lost"]) == ((0, 1, "worse"), (0, 2, "worse"))


def test_a_session_back_at_its_old_time() -> None:
    assert rows(edited(put_in(session, "individual", "c01", start="10:00"))) == {
        "times_changed": (1, 0, "better")
    }


def test_a_session_dropped() -> None:
    after = rows(edited(take_out("sessions", session, "individual", "c03")))
    assert after["missing"] == (1, 2, "worse")
    # fewer hours of clinicians are neither better nor worse
    assert after["scheduled_minutes"] == (2100, 2040, "less")


def test_overtime() -> None:
    # lee has 15 hours of 20 by contract, until lee does every block
    def all_to_lee(data: dict) -> None:
        for one in data["facilitation"]:
            for entry in one["staff"]:
                entry["clinician"] = "lee"

    after = figures(WEEK, POLICY, edited(all_to_lee))
    # eight meetings of 180, two sessions and the team
    assert after.overtime_minutes == 8 * 180 + 120 + 60 - 20 * 60


def test_a_meeting_not_held() -> None:
    after = rows(edited(put_in(meeting, "eve-2", "wed", held=False, room=None, staff=[])))
    assert (after["held"], after["not_held"]) == ((8, 7, "less"), (1, 2, "worse"))


def test_nothing_changes_by_itself() -> None:
    assert changed(BEFORE, figures(WEEK, POLICY, edited())) == ()


def test_there_is_a_row_for_every_figure() -> None:
    named = {*Figures.model_fields, *(f"tier {tier}" for tier in TIERS)} - {"tiers"}
    assert named == set(ROWS)


def test_a_roster_of_another_week_has_no_figures() -> None:
    data = raw()
    data["sessions"][0]["staff"] = [staff("nobody")]
    data["placements"][0]["client"] = "c99"
    with pytest.raises(ValueError, match=r"no client is called c99\n.*no clinician is called nobody"):
        figures(WEEK, POLICY, Roster.model_validate(data))
