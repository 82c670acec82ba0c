"""What of a roster another week can read, and what of it the change touches."""

from __future__ import annotations

import pytest

from compare.hand import add, cohort, edited, meeting, place, put_in, session
from iop_sched.compare.difference import differences
from iop_sched.cpsat.build import build
from iop_sched.rules import evaluate
from iop_sched.rules.structure import STRUCTURE
from iop_sched.scenario.apply import apply
from iop_sched.scenario.grammar import parse_change
from iop_sched.scenario.scenario import Scenario
from iop_sched.solve.touched import Touched, added, otherwise, own, readable, touched
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Roster
from iop_sched.week.times import Day
from report.harbour import ROSTER, WEEK


def after(change: str) -> tuple[Roster, Touched]:
    """What Harbour House can read of its roster after a change, and what the change touches."""
    changed = apply(WEEK, Policy(), [Scenario(change, "", (parse_change(change),))])
    model, _ = build(changed.week, changed.policy)
    left = readable(model, ROSTER)
    broken = evaluate(changed.week, left, changed.policy).violations
    assert not any(one.rule == STRUCTURE for one in broken)
    known = {client.id for client in WEEK.clients}
    newcomers = [client.id for client in changed.week.treated if client.id not in known]
    return left, touched(model, ROSTER, left, broken, newcomers)


def test_a_roster_of_the_week_is_read_as_it_is() -> None:
    model, _ = build(WEEK, Policy())
    left = readable(model, ROSTER)
    assert differences(ROSTER, left).nothing
    assert touched(model, ROSTER, left, (), ()) == Touched(set(), set(), set(), set())


def test_nothing_is_left_on_a_closed_day() -> None:
    left, what = after("close tue")
    assert Day.TUE not in {one.day for one in (*left.facilitation, *left.sessions, *left.team_meeting)}
    lost = {client for one in ROSTER.sessions if one.day == Day.TUE for client in one.clients}
    assert lost <= set(what.sessions)
    assert "eve-1" in what.cohorts
    assert what.teams == {"team"}


@pytest.mark.parametrize(
    ("change", "cohorts", "sessions"),
    [
        # kim leads eve-2 on its three days, and gives no session
        ("out kim wed", {"eve-2"}, set()),
        # joe gives yoga alone
        ("out joe sat", set(), {"c08", "c09"}),
        # mor gives five sessions and works in two cohorts
        ("leave mor", {"mor-1", "eve-1"}, {"c02", "c03", "c04", "c07", "c11"}),
        ("close room group-b mon", {"eve-2"}, set()),
    ],
)
def test_whoever_is_with_what_is_gone(change: str, cohorts: set[str], sessions: set[str]) -> None:
    _, what = after(change)
    assert what.cohorts == cohorts
    assert sessions <= set(what.sessions)
    assert what.teams == set()


def test_a_client_who_cannot_come_may_need_another_place() -> None:
    assert after("busy c05 mon 17:00-21:00")[1].places == {"c05"}


def test_clients_of_a_cohort_that_is_too_full_may_have_to_leave() -> None:
    _, what = after("cohort-size 1..1 eve-2")
    assert {"c06", "c07"} <= set(what.places)


def test_a_newcomer_may_have_any_place() -> None:
    assert after("admit new like c05")[1].places == {"new"}


@pytest.mark.parametrize(
    ("changes", "clients", "cohorts"),
    [
        (["service c05 individual 2"], {"c05"}, set()),
        (["unpin pin-1"], {"c02"}, set()),
        (["cohort-size 1..9 eve-2"], set(), {"eve-2"}),
        # who comes is a newcomer, who goes is nobody any more, and a clinician touches what he breaks
        (["admit new like c05", "discharge c02", "out joe sat"], set(), set()),
    ],
)
def test_of_whom_the_week_says_something_else(
    changes: list[str], clients: set[str], cohorts: set[str]
) -> None:
    scenario = Scenario("changes", "", tuple(parse_change(one) for one in changes))
    changed = apply(WEEK, Policy(), [scenario]).week
    assert own(WEEK, changed) == Touched(clients, clients, cohorts, set())
    assert own(WEEK, WEEK).nothing


def test_what_was_not_there_before_is_added() -> None:
    assert added(ROSTER, ROSTER).nothing
    after = edited(
        put_in(place, "c06", days=["mon", "wed"]),
        put_in(cohort, "eve-1", leader="kim"),
        put_in(cohort, "eve-2", days=["mon", "wed"]),
        add("cohorts", {"cohort": "new", "slot": "evening", "days": ["fri"]}),
    )
    assert added(ROSTER, after) == Touched({"c06"}, {"c06"}, {"eve-2", "new"})


def test_what_another_roster_has_otherwise() -> None:
    model, _ = build(WEEK, Policy())
    assert otherwise(model, ROSTER, ROSTER, ()).nothing
    assert otherwise(model, ROSTER, ROSTER, ["c99"]) == Touched({"c99"}, {"c99"}, set(), set())
    after = edited(
        put_in(place, "c06", days=["mon", "wed"]),
        put_in(session, "family", "c07", day="wed"),
        put_in(meeting, "eve-2", "mon", room="group-a"),
    )
    assert otherwise(model, ROSTER, after, ()) == Touched({"c06"}, {"c06", "c07"}, {"eve-2"}, set())
    more = edited(
        add("placements", {"client": "c12", "cohort": None, "days": ["fri"], "start": "mon", "last": "sun"}),
        add("cohorts", {"cohort": "new", "slot": "evening", "days": ["fri"]}),
    )
    assert otherwise(model, ROSTER, more, ()) == Touched({"c12"}, {"c12"}, {"new"}, set())


def test_the_variables_are_of_what_is_touched_alone() -> None:
    model, _ = build(WEEK, Policy())
    own = Touched({"c06"}, {"c06"}, {"eve-2"}, {"team"}).variables(model)
    names = {model.cp.proto.variables[index].name for index in own}
    assert {name.split()[1].strip(":") for name in names if name.startswith("place ")} == {"c06"}
    assert {name.split()[1] for name in names if name.startswith("held ")} >= {"eve-2#0"}
    assert not any("mor-1" in name for name in names if not name.startswith("place "))
