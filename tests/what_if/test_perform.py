"""One job in this process: close or from scratch, impossible, interrupted, or gone wrong."""

from __future__ import annotations

import time

import pytest

from iop_sched.rules import Violation, evaluate
from iop_sched.solve import run as solve_run
from iop_sched.solve.outcome import Outcome
from iop_sched.week.files import canonical_sha256
from iop_sched.week.roster import Roster
from iop_sched.what_if import perform as performing
from iop_sched.what_if.child import Interruptible
from iop_sched.what_if.job import Answer, Job, baseline_job
from iop_sched.what_if.perform import perform
from what_if.tiny import POLICY, ROSTER, SETTINGS, WEEK, job


def decisions(answer: Answer) -> Roster:
    assert answer.roster is not None
    return Roster.model_validate(answer.roster.model_dump(include=set(Roster.model_fields)))


def test_staying_close_changes_only_what_the_case_forces() -> None:
    asked = job("out tom tue")
    answer = perform(asked)
    assert answer.status == "feasible"
    found = decisions(answer)
    assert evaluate(asked.week, found, asked.policy).holds
    # another therapist covers ana's hour (120 points; another day would be 200), and nothing else changes
    assert found.placements == ROSTER.placements
    assert found.facilitation == ROSTER.facilitation
    assert [entry.clinician for one in found.sessions for entry in one.staff] == ["una"]
    assert answer.least is not None
    assert (answer.least.value, answer.least.status) == (120, "proven")


def test_what_a_case_makes_room_for_is_found_though_nothing_is_forced() -> None:
    """Two are at most in a group, and ben waits; with one seat more he gets it, and nobody is touched."""
    others = tuple(one for one in ROSTER.placements if one.client != "ben")
    without_ben = ROSTER.model_copy(update={"placements": others})
    for change, placed in (("cohort-size.max 2", 2), ("cohort-size.max 3", 3)):
        answer = perform(job(change, before=without_ben))
        found = decisions(answer)
        assert len(found.placements) == placed
        assert set(without_ben.placements) <= set(found.placements)
        assert answer.least is not None
        assert answer.least.value == 0


def test_what_is_asked_for_one_client_is_done_for_that_client_alone() -> None:
    """Ben waits, and there is room for him; it is ana who is to have one more hour."""
    others = tuple(one for one in ROSTER.placements if one.client != "ben")
    without_ben = ROSTER.model_copy(update={"placements": others})
    asked = job("service ana individual 2", before=without_ben)
    assert evaluate(asked.week, without_ben, asked.policy).holds, "nothing is forced"
    found = decisions(perform(asked))
    assert found.placements == without_ben.placements
    assert found.facilitation == without_ben.facilitation
    own = [one for one in found.sessions if one.clients == ("ana",) and one.service == "individual"]
    assert len(own) == 2
    assert set(without_ben.sessions) <= set(found.sessions)


def test_a_newcomer_gets_a_place() -> None:
    asked = job("surge 1 like ben")
    assert asked.newcomers == ("ben-like-1",)
    assert "ben-like-1" in {one.client for one in decisions(perform(asked)).placements}


def test_from_scratch_finds_the_best_roster_of_the_changed_week_and_policy() -> None:
    asked = job("out tom tue", "weight cost.meeting 0", stay_close=False)
    answer = perform(asked)
    assert answer.status == "proven"
    assert answer.least is None
    assert evaluate(asked.week, decisions(answer), asked.policy).holds
    assert answer.roster is not None
    provenance = answer.roster.provenance
    assert provenance.instance_sha256 == canonical_sha256(asked.week) != canonical_sha256(WEEK)
    assert provenance.policy_sha256 == canonical_sha256(asked.policy) != canonical_sha256(POLICY)


def test_the_baseline_is_the_best_roster_of_the_week_as_it_is() -> None:
    answer = perform(baseline_job(WEEK, POLICY, "standard", SETTINGS))
    assert answer.status == "proven"
    assert answer.roster is not None
    assert answer.roster.provenance.instance_sha256 == canonical_sha256(WEEK)


@pytest.mark.parametrize("close", [True, False])
def test_an_impossible_week_is_called_so(close: bool) -> None:
    # ana cannot be in a cohort that meets while she is at work
    answer = perform(job("busy ana daily 08:00-13:00", "pin ana in morning", stay_close=close))
    assert (answer.status, answer.roster) == ("infeasible", None)


def outcome_of(found: Outcome, monkeypatch: pytest.MonkeyPatch) -> Answer:
    monkeypatch.setattr(solve_run, "solve", lambda week, policy, options: found)
    return perform(job("close fri", stay_close=False))


def test_a_defect_says_which_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Outcome("defect", defects=(Violation("rooms", "hall", "mon", "it is taken", 2),))
    answer = outcome_of(broken, monkeypatch)
    assert (answer.status, answer.error) == ("defect", "rooms: hall mon: it is taken (by 2)")


def test_an_interrupted_search_gives_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Outcome("feasible", roster=ROSTER, interrupted=True, parameters={"seed": 0})
    monkeypatch.setattr(solve_run, "solve", lambda week, policy, options: found)
    answer = perform(job("caseload tom 9", stay_close=False))
    assert (answer.status, answer.interrupted, decisions(answer)) == ("feasible", True, ROSTER)


def test_the_word_to_stop_may_come_at_any_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    search = Interruptible()

    def solve(*_: object) -> Outcome:
        search.stop()
        for _ in range(1000):
            time.sleep(0.01)
        raise AssertionError

    monkeypatch.setattr(solve_run, "solve", solve)
    # while it searches, and before it does
    for _ in range(2):
        answer = perform(job("close fri", stay_close=False), search)
        assert (answer.status, answer.interrupted) == ("unknown", True)
    # after it has found a roster
    late = Interruptible()
    found = Outcome("feasible", roster=ROSTER, parameters={"seed": 0})
    monkeypatch.setattr(solve_run, "solve", lambda week, policy, options: found)
    answer = perform(job("caseload tom 9", stay_close=False), late)
    late.stop()
    assert answer.status == "feasible"


def raising(error: BaseException) -> object:
    def solve(*_: object, **__: object) -> Outcome:
        raise error

    return solve


def test_an_interruption_before_the_search_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performing, "solve_close", raising(KeyboardInterrupt()))
    answer = perform(job("close fri"))
    assert (answer.status, answer.interrupted, answer.roster) == ("unknown", True, None)


def test_what_a_case_raises_is_named_and_no_value_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performing, "solve_close", raising(ValueError("ana is 41")))
    monkeypatch.delenv("IOP_SCHED_DEBUG", raising=False)
    answer = perform(job("close fri"))
    assert answer.status == "failed"
    assert "ValueError" in answer.error
    assert "41" not in answer.error
    monkeypatch.setenv("IOP_SCHED_DEBUG", "1")
    assert "Traceback" in perform(job("close fri")).error


def test_jobs_and_answers_travel_as_json() -> None:
    asked = job("surge 1 like ben", "weight cost.meeting 0")
    assert Job.model_validate_json(asked.model_dump_json()) == asked
    answer = Answer(status="crashed", error="SIGABRT", seconds=1.5)
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
