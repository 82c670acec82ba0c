"""Timefold as a peer: what it is told, what comes back, and that its score is the specification's."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import roster, roster_raw, week, week_raw
from iop_sched.bench.contender import Event
from iop_sched.bench.hand_rule import hand_rule
from iop_sched.bench.peers import timefold_java
from iop_sched.bench.peers.timefold import EXPRESSED, Timefold, not_expressed
from iop_sched.bench.peers.timefold_plan import Plan
from iop_sched.bench.peers.timefold_problem import WEIGHTS, problem
from iop_sched.bench.peers.timefold_roster import from_numbers, to_numbers
from iop_sched.rules import evaluate
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.policy import PENALTIES, RULES, Policy, load_policy
from iop_sched.week.program import ProgramWeek
from strategies import draft

CORE = load_policy("peer-core")
OPTIONS = SolveOptions(time_limit=1.0, workers=1, seed=1, objective="weighted")
needs_java = pytest.mark.skipif(bool(timefold_java.missing()), reason=timefold_java.missing() or "-")


def tiny(seed: int) -> ProgramWeek:
    """A generated tiny week; its own policy is not used."""
    return draft(seed, 0)[1].finish()[0]


def test_it_states_every_rule_of_the_policy_for_peers() -> None:
    assert set(EXPRESSED) <= set(RULES)
    assert set(WEIGHTS) <= set(PENALTIES)
    assert not_expressed(CORE) == []


def test_what_it_cannot_state_is_refused_by_name() -> None:
    soft = CORE.model_copy(update={"rules": {**CORE.rules, "primary": "soft", "supply": "hard"}})
    assert not_expressed(soft) == ["primary", "supply"]
    assert "care-team" in not_expressed(Policy())
    found = Timefold("timefold", "tabu").run(week(week_raw()), soft, OPTIONS, lambda event: None)
    assert (found.roster, found.status) == (None, "failed")
    assert found.note.endswith("does not state primary, supply")


def test_wishes_may_be_off_and_then_weigh_nothing() -> None:
    plain = CORE.model_copy(update={"rules": {**CORE.rules, "cost": "off", "preferences": "off"}})
    assert not_expressed(plain) == []
    words = problem(Plan(week(week_raw()), plain)).split()
    start = words.index("weights") + 2
    weights = dict(zip(WEIGHTS, words[start : start + len(WEIGHTS)], strict=True))
    assert {weights[name] for name in WEIGHTS if name.startswith(("cost.", "preferences."))} == {"0"}
    assert weights["weekly-hours.short"] == "20"
    # one meeting not held is dearer than the places of all current clients
    current = len(Plan(week(week_raw()), plain).facts.current_treated)
    assert int(weights["meeting-held"]) == 100_000 * (current + 1)


def test_a_roster_comes_back_as_it_went() -> None:
    facts, given = week(week_raw()), roster(roster_raw())
    plan = Plan(facts, CORE)
    back = from_numbers(plan, to_numbers(plan, given))
    assert back.placements == given.placements
    assert back.sessions == given.sessions
    assert evaluate(facts, back, CORE) == evaluate(facts, given, CORE)


@pytest.mark.parametrize("seed", [*range(32), 48, 59, 61, 70])
def test_hand_made_rosters_come_back_with_their_value(seed: int) -> None:
    facts = tiny(seed)
    plan, made = Plan(facts, CORE), hand_rule(facts, CORE)
    # without intake and care-team there are no assessments and no team meetings to decide
    lines = {(line.client.id, line.service.id) for line in plan.lines}
    sessions = [s for s in made.sessions if all((client, s.service) in lines for client in s.clients)]
    given = made.model_copy(update={"sessions": tuple(sessions), "team_meeting": ()})
    back = evaluate(facts, from_numbers(plan, to_numbers(plan, given)), CORE)
    assert back.weighted == evaluate(facts, given, CORE).weighted
    assert back.holds == evaluate(facts, given, CORE).holds


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    jars = [tmp_path / "timefold-solver-core.jar"]
    monkeypatch.setattr(timefold_java, "jars", list)
    assert "iop-sched[timefold]" in timefold_java.missing()
    monkeypatch.setattr(timefold_java, "jars", lambda: jars)
    monkeypatch.setattr(timefold_java, "tool", lambda name: None)
    assert "JDK" in timefold_java.missing()
    monkeypatch.setattr(timefold_java, "tool", str)
    assert timefold_java.missing() == ""


@needs_java
@pytest.mark.parametrize("seed", [17, 21, 25])
def test_its_score_is_the_specifications(seed: int) -> None:
    # checked: after each move Timefold compares its score with one computed from nothing
    facts, events = tiny(seed), list[Event]()
    contender = Timefold("timefold", "late-acceptance", from_hand=True, checked=True)
    found = contender.run(facts, CORE, OPTIONS, events.append)
    assert found.status == "feasible", found.note
    assert found.roster is not None
    last = evaluate(facts, found.roster, CORE)
    assert last.holds
    assert last.weighted.value <= evaluate(facts, hand_rule(facts, CORE), CORE).weighted.value
    assert events[0].phase == "solve"
    assert [event.roster for event in events][-1] == found.roster


@needs_java
def test_it_builds_a_roster_of_its_own() -> None:
    facts = week(week_raw())
    found = Timefold("timefold", "tabu").run(facts, CORE, OPTIONS, lambda event: None)
    # a busy machine may leave it no time for a roster
    assert found.status in ("feasible", "unknown"), found.note
    assert found.roster is None or evaluate(facts, found.roster, CORE).holds


@needs_java
def test_a_failing_program_says_why() -> None:
    with pytest.raises(RuntimeError, match="no setting is called nonsense"):
        Timefold("timefold", "nonsense").run(week(week_raw()), CORE, OPTIONS, lambda event: None)
