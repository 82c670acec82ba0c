"""Cases beside the baseline: what is counted, against what, and what is refused."""

from __future__ import annotations

from builder import roster, roster_raw
from iop_sched.what_if.job import Answer
from iop_sched.what_if.result import CaseResult, judged
from what_if.tiny import BASELINE, POLICY, ROSTER, WEEK, case, kept, same_roster


def result(answer: Answer, *changes: str) -> CaseResult:
    return judged(case(*changes), answer, WEEK, POLICY, BASELINE)


def test_nothing_changes_where_nothing_has_to() -> None:
    found = result(same_roster("caseload tom 9"), "caseload tom 9")
    assert found.status == "feasible"
    assert found.comparison is not None
    assert found.comparison.difference.nothing
    assert found.comparison.disruption.total == 0
    assert found.changes is not None
    assert (found.changes.lost, found.changes.moved, found.changes.other_times) == ((), (), 0)
    assert not found.new_policy


def test_changes_are_counted_against_the_baseline() -> None:
    raw = roster_raw()
    raw["placements"][0]["days"] = ["mon", "tue", "thu"]
    raw["placements"].pop(1)
    raw["sessions"][0].update(start="14:00")
    week = case("caseload tom 9").changed.week
    found = result(Answer(status="feasible", roster=kept(week, roster(raw))), "caseload tom 9")
    assert found.changes is not None
    assert found.changes.lost == ("ben",)
    assert found.changes.other_days == ("ana",)
    assert found.changes.moved == ()
    assert found.changes.other_times == 1
    assert [one.client for one in found.waiting] == ["ben"]


def test_who_is_gone_from_the_week_has_not_lost_a_place() -> None:
    raw = roster_raw()
    raw["placements"].pop(1)
    week = case("discharge ben").changed.week
    found = result(Answer(status="feasible", roster=kept(week, roster(raw))), "discharge ben")
    assert found.status == "feasible"
    assert found.changes is not None
    assert found.changes.lost == ()


def test_a_roster_that_breaks_a_rule_of_the_changed_week_is_never_shown() -> None:
    # it kept every rule of the week as it was
    week = case("out fay mon").changed.week
    found = result(Answer(status="feasible", roster=kept(week, ROSTER)), "out fay mon")
    assert (found.status, found.roster, found.comparison) == ("defect", None, None)
    assert "breaks rules" in found.error


def test_another_policy_is_told_and_figures_stay_comparable() -> None:
    changes = ("weight cost.meeting 0",)
    found = result(same_roster(*changes), *changes)
    assert found.new_policy
    assert found.comparison is not None
    # the four meetings are cheaper under the case's own policy
    cost = next(tier for tier in found.tiers if tier.name == "cost")
    assert cost.value == found.comparison.after.tiers["cost"] - 4 * POLICY.weight("cost.meeting")
    assert found.comparison.figures == ()


def test_a_case_without_a_roster_keeps_its_reason() -> None:
    found = result(Answer(status="crashed", error="SIGABRT", seconds=2.0), "close fri")
    assert (found.status, found.error, found.seconds) == ("crashed", "SIGABRT", 2.0)
    assert found.sentences
