"""Why a prescribed session is missing, told for each clinician."""

from __future__ import annotations

from admit.test_offers import THERAPY, _session, with_therapist
from builder import Raw, clinician, person, roster, seat, small_roster, week
from iop_sched.admit.missing import Missing, missing
from iop_sched.report.placing import missing_lines
from iop_sched.week.policy import Policy


def why(raw: Raw, decided: Raw) -> Missing:
    (found,) = missing(week(raw), roster(decided), Policy(), "new")
    return found


def two() -> Raw:
    return with_therapist(
        person("old", services=(THERAPY,)),
        person("new", services=(THERAPY,), available=[{"days": ["mon"], "start": "08:00", "end": "11:00"}]),
        cohorts=[],
    )


def test_away_busy_and_rules_are_counted() -> None:
    raw = two()
    for client in raw["clients"]:
        client |= {"group_optional": True}
    decided = {
        "placements": [seat("old", "", None), seat("new", "", None)],
        "sessions": [_session("old", "08:30")],
    }
    found = why(raw, decided)
    # mondays from 8:00 to 11:00: starts 8:00, 8:30, 9:00 (while tom has old until 9:30), 9:30, 10:00
    (clash,) = found.clashes
    assert (found.times, clash.away, sum(clash.busy.values()), clash.free) == (5, 2, 3, 0)
    assert clash.busy == {"therapy": 3}
    lines = list(missing_lines(found))
    assert lines[0] == "the client could come at 5 times of the week (starts on the grid)"
    assert lines[1] == "tom: does not work at 2 of these, is busy at 3 (therapy at 3)"


def test_a_free_time_names_the_rule_that_forbids_it() -> None:
    raw = two()
    for client in raw["clients"]:
        client |= {"group_optional": True}
    raw["clinicians"] = [clinician("tom", "therapist", max_hours_week=1), clinician("una", "counselor")]
    decided = {
        "placements": [seat("old", "", None), seat("new", "", None)],
        "sessions": [_session("old", "16:00")],
    }
    (clash,) = why(raw, decided).clashes
    assert (clash.clinician, clash.free) == ("tom", 5)
    assert set(clash.rules) == {"clinician-load"}
    assert clash.sentences["clinician-load"] == "mon 08:00: tom has 2 h; at most 1 h a week"


def test_excluded_clinicians_are_said_to_be() -> None:
    raw = two()
    raw["clients"][1] |= {"group_optional": True, "excludes": ["tom"]}
    raw["clients"][0] |= {"group_optional": True}
    decided = {"placements": [seat("new", "", None)]}
    (clash,) = why(raw, decided).clashes
    assert clash.unsuited == "new must not be seen by tom"


def test_attended_blocks_take_the_clients_time() -> None:
    raw = two()
    raw["cohorts"] = with_therapist()["cohorts"]
    raw["clients"][1]["prescription"]["days"] = [1]
    raw["clients"][1]["step_down"] = True
    decided = small_roster(raw, seat("new", "mon"))
    # of the five starts, 8:30, 9:00 and 9:30 touch the group from 9:00 to 10:00
    assert why(raw, decided).times == 2
