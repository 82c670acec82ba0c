"""Staying close to a roster: never further from it than need be, and not at all without need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeVar

import pytest

from builder import patient, window
from iop_sched.compare.disruption import POINTS, disruption
from iop_sched.rules import evaluate
from iop_sched.solve import close_search
from iop_sched.solve.close import Closest, solve_close
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.state import State
from iop_sched.week.people import Client
from iop_sched.week.places import Closure, Window
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from iop_sched.week.times import Day
from oracle import TooMany, search
from report.harbour import ROSTER, WEEK
from staying_close import BEFORE, OPTIONS, TOM_OUT, small
from strategies import TinyWeek, tiny_week
from tiny_weeks import TURNS

Thing = TypeVar("Thing", str, Day, tuple[str, Day])

# Against brute force: every legal roster of a changed tiny week

SEEDS = [
    # the first week about staff of meetings has no roster
    TURNS.index("facilitation") + len(TURNS),
    *(
        TURNS.index(theme)
        for theme in (
            "cohort_size",
            "service_staff",
            "primary",
            "open_group",
            "rooms",
            "service_delivery",
        )
    ),
]
MOST = 4000
EVERY = 10**6


@dataclass(frozen=True)
class Case:
    """A changed week, all of its legal rosters, and the roster that it had before."""

    change: str
    week: ProgramWeek
    policy: Policy
    legal: list[Roster]
    before: Roster
    newcomers: list[str]

    def points(self, roster: Roster) -> int:
        placed = {one.client for one in roster.placements}
        waiting = sum(client not in placed for client in self.newcomers)
        return disruption(self.before, roster, self.week).total + POINTS["place-lost"] * waiting

    def tiers(self, roster: Roster) -> list[int]:
        found = evaluate(self.week, roster, self.policy)
        return [found.tiers[name].value for name in self.policy.tiers]


def cases(seed: int) -> Iterator[Case]:
    """A clinician out, a day closed, a client more, as far as the tiny week has such."""
    tiny = tiny_week(seed)
    before = tiny.tally.best_roster
    assert before is not None
    for change, after in changed(tiny, before):
        try:
            tally = search(after, tiny.policy, (), MOST, sample=EVERY)
        except TooMany:
            continue
        newcomers = [client.id for client in after.treated if client.id == "new"]
        yield Case(change, after, tiny.policy, tally.accepted, before, newcomers)


def changed(tiny: TinyWeek, before: Roster) -> Iterator[tuple[str, ProgramWeek]]:
    """What each change makes of a tiny week, which has no vocabulary and so cannot be given scenarios."""
    week, rng = tiny.week, Random(tiny.seed)
    parts = [*(one for one in before.facilitation if one.held), *before.sessions]
    for who, day in draw(rng, {(entry.clinician, one.day) for one in parts for entry in one.staff}):
        all_day = Window.model_validate(window(day.code, "00:00", "24:00"))
        clinicians = (
            one.model_copy(update={"away": (*one.away, all_day)}) if one.id == who else one
            for one in week.clinicians
        )
        yield f"out {who} {day.code}", week.model_copy(update={"clinicians": tuple(clinicians)})
    for day in draw(rng, {one.day for one in parts}):
        closures = (*week.closures, Closure(day=day))
        yield f"close {day.code}", week.model_copy(update={"closures": closures})
    for client in draw(rng, {client.id for client in week.treated}):
        new = next(one for one in week.clients if one.id == client).model_copy(update={"id": "new"})
        yield f"admit new like {client}", week.model_copy(update={"clients": (*week.clients, new)})


def draw(rng: Random, things: set[Thing]) -> list[Thing]:
    """One of the things, if there is any."""
    return rng.sample(sorted(things), min(1, len(things)))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_closer_and_nothing_as_close_is_better(seed: int) -> None:
    found_any = False
    for case in cases(seed):
        found_any = True
        asked = (case.week, case.policy, case.before, case.newcomers, OPTIONS)
        if not case.legal:
            assert solve_close(*asked).outcome.status == "infeasible", case.change
            continue
        least = min(case.points(one) for one in case.legal)
        found = solve_close(*asked)
        assert closest(found, case) == (least, least, "proven"), case.change
        best = min(case.tiers(one) for one in case.legal if case.points(one) == least)
        found = solve_close(*asked, additions=True)
        assert closest(found, case) == (least, least, "proven"), case.change
        assert [tier.value for tier in found.outcome.tiers] == best, case.change
    assert found_any


def closest(found: Closest, case: Case) -> tuple[int, int, str]:
    """Value, bound and status of the changes, after they and the tiers have been measured anew."""
    assert found.outcome.roster is not None
    assert found.changes is not None
    assert evaluate(case.week, found.outcome.roster, case.policy).holds
    assert found.changes.value == case.points(found.outcome.roster)
    assert [tier.value for tier in found.outcome.tiers] == case.tiers(found.outcome.roster)
    return found.changes.value, found.changes.bound, found.changes.status


# No change


def no_search(*_: object, **__: object) -> None:
    raise AssertionError("there is nothing to search for")


@pytest.mark.parametrize("objective", ["lexicographic", "weighted"])
def test_no_change_changes_nothing(monkeypatch: pytest.MonkeyPatch, objective: str) -> None:
    monkeypatch.setattr(close_search, "build", no_search)
    options = SolveOptions(objective=objective)  # type: ignore[arg-type]  # a literal
    found = solve_close(WEEK, Policy(), ROSTER, [], options)
    assert found.outcome.roster is ROSTER
    assert found.outcome.status == "feasible"
    values = {tier.name: tier.value for tier in found.outcome.tiers}
    measured = evaluate(WEEK, ROSTER, Policy())
    assert values == {name: figure.value for name, figure in measured.tiers.items()}
    assert {tier.bound for tier in found.outcome.tiers} == {0}
    assert (found.outcome.weighted is not None) == (objective == "weighted")
    assert found.changes is not None
    assert (found.changes.value, found.changes.bound, found.changes.status) == (0, 0, "proven")


def test_a_newcomer_with_a_place_is_nobody_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(close_search, "build", no_search)
    found = solve_close(WEEK, Policy(), ROSTER, ["c01", "nobody"], SolveOptions())
    assert found.outcome.roster is ROSTER


# The small week: tom is out on wednesday, or somebody comes or leaves


def test_who_is_out_is_missed_by_nobody_else() -> None:
    found = solve_close(small("ana", "ben", away=TOM_OUT), Policy(), BEFORE, [], OPTIONS)
    assert found.outcome.roster is not None
    assert found.changes is not None
    sessions = {one.clients[0]: one for one in found.outcome.roster.sessions}
    assert sessions["ana"] == BEFORE.sessions[0]
    # another day with tom: 200; una would be 120 more, no session at all 400
    assert sessions["ben"].staff == BEFORE.sessions[1].staff
    assert (found.changes.value, found.changes.bound, found.changes.status) == (200, 200, "proven")
    assert found.outcome.parameters["strategy"] == "stay-close"


def test_who_leaves_takes_nothing_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(State, "search", no_search)
    found = solve_close(small("ben"), Policy(), BEFORE, [], OPTIONS)
    assert found.outcome.roster is not None
    assert found.changes is not None
    assert found.outcome.roster.sessions == BEFORE.sessions[1:]
    assert (found.changes.value, found.changes.status) == (0, "proven")


def test_a_newcomer_gets_a_place_and_sessions() -> None:
    found = solve_close(small("ana", "ben", "cy"), Policy(), BEFORE, ["cy"], OPTIONS)
    assert found.outcome.roster is not None
    assert found.changes is not None
    assert set(BEFORE.sessions) < set(found.outcome.roster.sessions)
    assert {one.clients for one in found.outcome.roster.sessions} == {("ana",), ("ben",), ("cy",)}
    assert found.changes.value == 0


def test_what_was_missing_is_added_when_asked_for() -> None:
    before = BEFORE.model_copy(update={"sessions": BEFORE.sessions[:1]})
    asked = (small("ana", "ben"), Policy(), before, [], OPTIONS)
    assert solve_close(*asked).outcome.roster is before
    found = solve_close(*asked, additions=True)
    assert found.outcome.roster is not None
    assert found.changes is not None
    assert before.sessions[0] in found.outcome.roster.sessions
    assert len(found.outcome.roster.sessions) == 2
    assert found.changes.value == 0


def test_who_is_prescribed_more_gets_it_and_nobody_else_does() -> None:
    """Ana is to have a second session; ben, who has had none, is not asked about."""
    before = BEFORE.model_copy(update={"sessions": BEFORE.sessions[:1]})
    base = small("ana", "ben")
    twice = Client.model_validate(patient("ana", {"service": "therapy", "min_count": 2, "max_count": 2}))
    changed = base.model_copy(update={"clients": (twice, *base.clients[1:])})
    assert solve_close(changed, Policy(), before, [], OPTIONS).outcome.roster is before
    found = solve_close(changed, Policy(), before, [], OPTIONS, base=base)
    assert found.outcome.roster is not None
    assert found.changes is not None
    sessions = found.outcome.roster.sessions
    assert [one.clients for one in sessions] == [("ana",), ("ana",)]
    assert (before.sessions[0].day, before.sessions[0].start) in {(one.day, one.start) for one in sessions}
    assert (found.changes.value, found.changes.status) == (0, "proven")


def test_the_same_week_is_no_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(close_search, "build", no_search)
    assert solve_close(WEEK, Policy(), ROSTER, [], OPTIONS, base=WEEK).outcome.roster is ROSTER


def test_who_is_not_touched_gains_nothing() -> None:
    """Tom is out on Wednesday and has to change ben's session; ana's missing one is not asked about."""
    before = BEFORE.model_copy(update={"sessions": BEFORE.sessions[1:]})
    found = solve_close(small("ana", "ben", away=TOM_OUT), Policy(), before, [], OPTIONS)
    assert found.outcome.roster is not None
    assert found.changes is not None
    assert [one.clients for one in found.outcome.roster.sessions] == [("ben",)]
    assert (found.changes.value, found.changes.status) == (200, "proven")


@pytest.mark.parametrize("prove", [False, True])
def test_impossible_is_not_unknown(prove: bool) -> None:
    pin = {"id": "pin", "session": {"client": "ben", "service": "therapy", "day": "wed"}}
    pinned = small("ana", "ben", away=TOM_OUT, pins=[pin])
    found = solve_close(pinned, Policy(), BEFORE, [], OPTIONS, prove=prove)
    assert (found.outcome.status, found.changes) == ("infeasible", None)
    assert "pin:pin" in found.outcome.conflict
    found = solve_close(pinned, Policy(), BEFORE, [], SolveOptions(time_limit=0, workers=1), prove=prove)
    assert (found.outcome.status, found.changes) == ("unknown", None)
