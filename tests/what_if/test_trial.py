"""The baseline first, then the cases: who is told of what, and what an interruption leaves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from iop_sched.fanout.fleet import Fleet
from iop_sched.what_if import run as running
from iop_sched.what_if.case import Case
from iop_sched.what_if.job import Answer, Job
from iop_sched.what_if.result import Baseline, CaseResult
from iop_sched.what_if.run import Work
from iop_sched.what_if.trial import Asked, NoBaselineError, try_cases
from what_if.tiny import BASELINE, POLICY, SETTINGS, WEEK, case, same_roster

CASES = [case("caseload tom 9"), case("close fri")]
GIVEN = Asked(WEEK, POLICY, "standard", BASELINE, "roster.json")
NOT_GIVEN = Asked(WEEK, POLICY, "standard")


@dataclass
class Ears:
    """Writes down what it is told; interrupts once it hears ``stop_at``."""

    stop_at: str = ""
    heard: list[str] = field(default_factory=list)

    def look(self, work: Work) -> None:
        """Time has passed."""

    def found_baseline(self, found: Baseline) -> None:
        self._hear("baseline")

    def found_case(self, case: Case, found: CaseResult, work: Work) -> None:
        self._hear(f"{case.name}: {found.status}")

    def _hear(self, words: str) -> None:
        self.heard.append(words)
        if words == self.stop_at:
            raise KeyboardInterrupt


@pytest.fixture
def fleet(monkeypatch: pytest.MonkeyPatch) -> Fleet:
    def perform(job: Job) -> Answer:
        if job.name == "baseline":
            return Answer(status="proven", roster=BASELINE, seconds=2.0)
        assert job.before is not None
        assert job.stay_close
        return same_roster("caseload tom 9") if job.name == "caseload tom 9" else Answer(status="infeasible")

    monkeypatch.setattr(running, "run_in_child", perform)
    return Fleet(ThreadPoolExecutor(max_workers=1), lambda: 1)


def test_a_roster_that_is_given_is_the_baseline(fleet: Fleet) -> None:
    ears = Ears()
    found = try_cases(GIVEN, CASES, SETTINGS, fleet, ears)
    assert (found.baseline.file, found.baseline.seconds) == ("roster.json", None)
    assert found.baseline.figures.placed == 3
    assert [one.status for one in found.cases] == ["feasible", "infeasible"]
    assert ears.heard == ["caseload tom 9: feasible", "close fri: infeasible"]
    assert not found.interrupted


def test_without_one_the_week_is_solved_first(fleet: Fleet) -> None:
    ears = Ears()
    found = try_cases(NOT_GIVEN, CASES, SETTINGS, fleet, ears)
    assert (found.baseline.file, found.baseline.seconds) == (None, 2.0)
    assert ears.heard[0] == "baseline"


def test_without_any_baseline_there_is_nothing_to_compare(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "run_in_child", lambda job: Answer(status="infeasible"))
    ears = Ears()
    with pytest.raises(NoBaselineError) as found:
        try_cases(NOT_GIVEN, CASES, SETTINGS, fleet, ears)
    assert found.value.answer.status == "infeasible"
    assert ears.heard == []


def test_an_interruption_keeps_the_case_it_came_after(fleet: Fleet) -> None:
    found = try_cases(GIVEN, CASES, SETTINGS, fleet, Ears(stop_at="caseload tom 9: feasible"))
    assert found.interrupted
    assert [one.status for one in found.cases] == ["feasible", "not-begun"]
    assert found.cases[0].comparison is not None


def test_json_has_every_figure_and_no_roster(fleet: Fleet) -> None:
    found = try_cases(GIVEN, CASES, SETTINGS, fleet, Ears())
    data = found.model_dump(mode="json")
    assert data["how"] == "stay-close"
    assert "roster" not in data["baseline"]
    assert "roster" not in data["cases"][0]
    assert data["cases"][0]["comparison"]["disruption"]["total"] == 0
