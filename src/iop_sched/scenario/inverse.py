"""What undoes a scenario."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.scenario.apply import apply
from iop_sched.scenario.change import Change
from iop_sched.scenario.cohorts import MaxNewCohorts
from iop_sched.scenario.policies import Limit, RuleMode, Weight
from iop_sched.scenario.records import difference
from iop_sched.scenario.scenario import Scenario
from iop_sched.week.policy import Limits, Policy
from iop_sched.week.program import ProgramWeek


def inverse(week: ProgramWeek, policy: Policy, scenario: Scenario) -> Scenario:
    """The scenario that makes ``week`` and ``policy`` again of what ``scenario`` makes of them.

    It puts whole records back where they stood. Raises ``InputProblems`` when ``scenario`` cannot be applied.
    """
    changed = apply(week, policy, [scenario])
    changes = (*_week_changes(changed.week, week), *_policy_changes(changed.policy, policy))
    return Scenario(f"undo {scenario.name}", f"Undoes {scenario.name}.", changes)


def _week_changes(now: ProgramWeek, then: ProgramWeek) -> Iterator[Change]:
    records = difference(now, then)
    if records is not None:
        yield records
    if now.max_new_cohorts != then.max_new_cohorts:
        yield MaxNewCohorts(most=then.max_new_cohorts)


def _policy_changes(now: Policy, then: Policy) -> Iterator[Change]:
    for rule in sorted({*now.rules, *then.rules}):
        if now.rules.get(rule) != then.rules.get(rule):
            yield RuleMode(rule=rule, mode=then.rules.get(rule, "default"))
    for penalty in sorted({*now.weights, *then.weights}):
        if now.weights.get(penalty) != then.weights.get(penalty):
            yield Weight(penalty=penalty, weight=then.weights.get(penalty))
    for name in Limits.model_fields:
        if getattr(now.limits, name) != getattr(then.limits, name):
            yield Limit(limit=name, value=getattr(then.limits, name))
