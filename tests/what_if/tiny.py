"""The tiny week of ``builder`` as a week to be changed, its roster as a baseline, and jobs about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from builder import roster, roster_raw, week, week_raw
from iop_sched.report.roster_file import roster_file
from iop_sched.rules import evaluate
from iop_sched.solve.grades import graded
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.week.loading import load_policy_file
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile
from iop_sched.week.roster import Roster
from iop_sched.week.week_text import week_text
from iop_sched.what_if.case import Case, load_cases
from iop_sched.what_if.job import Answer, Job, Settings, case_job

POLICY = load_policy_file("standard")
VOCABULARY = {
    "roles": ["facilitator", "therapist"],
    "block_kinds": ["process", "skills", "late"],
    "room_kinds": ["group"],
    "supplies": ["office"],
}
WEEK = week(week_raw() | {"vocabulary": VOCABULARY})
ROSTER = roster(roster_raw())
SETTINGS = Settings(time_limit=300.0, workers=1)


def kept(of: ProgramWeek, found: Roster, policy: Policy = POLICY) -> RosterFile:
    """The roster file of a solve that found this roster, and no bound but 0."""
    status, tiers, _ = graded(evaluate(of, found, policy), policy, False, {}, ())
    outcome = Outcome(status, roster=found, tiers=tiers, parameters={"seed": 0})
    return roster_file(of, policy, "standard", outcome, SolveOptions())


BASELINE = kept(WEEK, ROSTER)


def case(*changes: str) -> Case:
    """The tiny week with these changes."""
    return load_cases(WEEK, POLICY, (), changes, ())[0]


def job(*changes: str, **more: Any) -> Job:
    """What a case asks for."""
    found = case_job(case(*changes), WEEK, ROSTER, "standard", SETTINGS)
    return found.model_copy(update=more)


def same_roster(*changes: str) -> Answer:
    """The answer that nothing has to be changed for the case."""
    changed = case(*changes).changed
    return Answer(status="feasible", roster=kept(changed.week, ROSTER, changed.policy), seconds=1.0)


def write_week(folder: Path) -> Path:
    """The tiny week as a file."""
    path = folder / "week.yaml"
    path.write_text(week_text(WEEK), encoding="utf-8")
    return path
