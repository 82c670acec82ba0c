"""Scenarios applied to a week and a policy."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from iop_sched.scenario.change import Changed, ChangeError
from iop_sched.scenario.contradicting import check_consistent
from iop_sched.scenario.scenario import Scenario
from iop_sched.scenario.staffing import check_staffed
from iop_sched.week.document import Document, Fault, Place
from iop_sched.week.policy import Policy
from iop_sched.week.problems import InputProblems, Problem, spoken
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references import contradictions
from iop_sched.week.references.ids import repeated
from iop_sched.week.validating import validated


def apply(week: ProgramWeek, policy: Policy, scenarios: Sequence[Scenario]) -> Changed:
    """Week and policy after all changes, and a sentence for each; nothing given is touched.

    Scenarios follow one another: ``apply(w, p, [a, b])`` is ``b`` applied to what ``a`` leaves. The week is
    in order after each of them, as a loaded file is. Raises ``InputProblems`` with everything wrong in the
    first scenario that cannot be applied, each problem where its change was written.
    """
    changed = Changed(week, policy)
    for scenario in scenarios:
        changed = _applied(changed, scenario)
    return changed


def lasting(week: ProgramWeek, policy: Policy, scenarios: Sequence[Scenario]) -> ProgramWeek:
    """The week with only those changes that last longer than a week; all of them must go together.

    A change that lasts may be about nothing without one that does not, such as hours that are free again
    after an absence: then it does nothing here.
    """
    changed = Changed(week, policy)
    for change in (change for scenario in scenarios for change in scenario.changes):
        if not change.of_one_week:
            with suppress(ChangeError):
                changed = change.apply(changed)
    return changed.week


def _applied(before: Changed, scenario: Scenario) -> Changed:
    problems: list[Problem] = []
    states = [before]
    for index, change in enumerate(scenario.changes):
        try:
            check_consistent(scenario.changes, index)
            after = change.apply(states[-1])
            check_staffed(states[-1].week, after.week)
            states.append(after)
        except ChangeError as error:
            problems.append(scenario.origin(index).problem(error.what, error.right))
    if problems:
        raise InputProblems(problems)
    week, faults = _in_order(states[-1].week)
    if week is None or faults:
        raise InputProblems(_named(states, faults, scenario))
    return Changed(week, states[-1].policy, states[-1].sentences)


def _in_order(week: ProgramWeek) -> tuple[ProgramWeek | None, list[Fault]]:
    """The week as a file with it would be loaded, and what is wrong with it."""
    data = week.model_dump(mode="json")
    loaded, faults = validated(ProgramWeek, data)
    found = [*faults, *repeated(data)]
    if loaded is not None:
        found += contradictions(loaded, data)
    return loaded, found


def _named(states: Sequence[Changed], faults: Sequence[Fault], scenario: Scenario) -> list[Problem]:
    """Faults of the last state, each with the first change after which it is there."""
    earlier = [{_said(state.week, fault) for fault in _in_order(state.week)[1]} for state in states[1:-1]]
    problems = []
    for fault in faults:
        said = _said(states[-1].week, fault)
        first = next((index for index, known in enumerate(earlier) if said in known), len(states) - 2)
        where, what, right = said
        problems.append(scenario.origin(max(first, 0)).problem(f"after this change, {where}: {what}", right))
    return problems


def _said(week: ProgramWeek, fault: Fault) -> tuple[str, str, str]:
    document = Document("", week.model_dump(mode="json"), Place((1, 1)))
    path = fault.path[:-1] if fault.own_word else fault.path
    return (spoken(document.where(path)), fault.what, fault.right)
