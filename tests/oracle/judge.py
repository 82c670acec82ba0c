"""Asking the specification about rosters, whole or in part."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from iop_sched.rules.evaluate import leave_out
from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.registry import CHECKS
from iop_sched.rules.schedule import Schedule
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Roster, Session, TeamMeeting

Found = tuple[list[Violation], list[Term]]


def make(
    cohorts: Iterable[OpenCohort] = (),
    placements: Iterable[Placement] = (),
    meetings: Iterable[Meeting] = (),
    sessions: Iterable[Session] = (),
    teams: Iterable[TeamMeeting] = (),
) -> Roster:
    """A roster put together from parts, without validating them again."""
    return Roster.model_construct(
        cohorts=tuple(cohorts),
        placements=tuple(placements),
        facilitation=tuple(meetings),
        sessions=tuple(sessions),
        team_meeting=tuple(teams),
    )


class Judge:
    """The rules of one week under one policy, and the rules in ``focus`` that parts of rosters may break."""

    def __init__(self, week: ProgramWeek, policy: Policy, focus: Collection[str]) -> None:
        self.week, self.policy, self.focus = week, policy, frozenset(focus)
        self.facts = Facts(week)
        self.active = {rule for rule in RULES if policy.mode(rule) != "off"}
        self._alone: dict[str, Judge] = {}
        self.lenient = policy.model_copy(update={"rules": {**policy.rules, "service-delivery": "soft"}})

    def alone(self, team: str) -> Judge:
        """The same judge for the week with one care team."""
        if team not in self._alone:
            only = tuple(one for one in self.week.care_teams if one.id == team)
            week = self.week.model_copy(update={"care_teams": only})
            self._alone[team] = Judge(week, self.policy, self.focus)
        return self._alone[team]

    def schedule(self, roster: Roster) -> Schedule:
        """The roster joined with the week."""
        return Schedule(self.facts, roster)

    def findings(self, rules: Iterable[str], schedule: Schedule, policy: Policy | None = None) -> Found:
        """Violations and terms of some rules; rules that are off find nothing."""
        violations: list[Violation] = []
        terms: list[Term] = []
        for rule in rules:
            if rule in self.active:
                for finding in CHECKS[rule](schedule, policy or self.policy):
                    if isinstance(finding, Violation):
                        violations.append(finding)
                    else:
                        terms.append(finding)
        return violations, terms

    def broken(self, rules: Iterable[str], roster: Roster, policy: Policy | None = None) -> frozenset[str]:
        """Which of some rules a roster, or a part of one, breaks."""
        violations, _ = self.findings(rules, self.schedule(roster), policy)
        return frozenset(violation.rule for violation in violations)

    def may_break(self, rule: str) -> bool:
        """Whether parts that break a rule are wanted; when it is off, only the usual form is."""
        return rule in self.focus and rule in self.active

    def worth_keeping(self, broken: frozenset[str]) -> bool:
        """Whether a part is legal, or breaks one rule alone that is in focus."""
        return not broken or (len(broken) == 1 and broken <= self.focus)

    def keeps(self, rules: Iterable[str], roster: Roster) -> bool:
        """Whether a part with this roster is worth keeping."""
        return self.worth_keeping(self.broken(rules, roster))

    def moves_without(self, rule: str, schedule: Schedule) -> bool:
        """Whether max-moves breaks when ``rule``, on which it leans, is left out."""
        if "max-moves" not in self.active:
            return False
        policy = leave_out(self.policy, frozenset({rule}))
        return any(True for _ in CHECKS["max-moves"](schedule, policy))
