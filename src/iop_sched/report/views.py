"""The views by name. What every roster must say stands under each: overrides in force, changes by hand."""

from __future__ import annotations

from rich.console import Group, RenderableType

from iop_sched.report.clients import clients_view
from iop_sched.report.clinicians import clinicians_view
from iop_sched.report.cohorts import cohorts_view
from iop_sched.report.figures import overrides
from iop_sched.report.person import client_week, clinician_week
from iop_sched.report.rooms import rooms_view
from iop_sched.report.sheet import bullets, paragraph, section
from iop_sched.report.summary import summary_view
from iop_sched.report.week import week_view
from iop_sched.report.words import Labels
from iop_sched.rules import Evaluation, Schedule
from iop_sched.week.policy import Policy
from iop_sched.week.result import RosterFile

VIEWS = ("summary", "week", "cohorts", "clients", "clinicians", "rooms")


def render(
    view: str, schedule: Schedule, evaluation: Evaluation, roster: RosterFile, policy: Policy, labels: Labels
) -> RenderableType:
    """A view by its name; raises ``ValueError`` for an unknown one."""
    if view == "summary":
        body = summary_view(schedule, evaluation, roster, policy, labels)
    elif view == "clients":
        body = clients_view(schedule, roster.unplaced, labels)
    else:
        simple = {
            "week": week_view,
            "cohorts": cohorts_view,
            "clinicians": clinicians_view,
            "rooms": rooms_view,
        }
        if view not in simple:
            raise ValueError(f"no view is called {view!r}; there are {', '.join(VIEWS)}")
        body = simple[view](schedule, labels)
    return Group(_title(roster), paragraph(""), body, *_overrides(schedule, labels), *_edits(roster, labels))


def client_view(schedule: Schedule, roster: RosterFile, client: str, labels: Labels) -> RenderableType:
    """A client's own week."""
    reason = next((one.reason for one in roster.unplaced if one.client == client), None)
    body = client_week(schedule, client, reason, labels)
    return Group(_title(roster), paragraph(""), body, *_overrides(schedule, labels, client))


def clinician_view(schedule: Schedule, roster: RosterFile, clinician: str, labels: Labels) -> RenderableType:
    """A clinician's own week."""
    return Group(_title(roster), paragraph(""), clinician_week(schedule, clinician, labels))


def _title(roster: RosterFile) -> RenderableType:
    by_hand = ", changed by hand" if roster.provenance.edited else ""
    return paragraph(f"{roster.program}, week of {roster.week_of:%A %d %B %Y}{by_hand}", style="bold")


def _overrides(schedule: Schedule, labels: Labels, client: str | None = None) -> list[RenderableType]:
    lines = overrides(schedule, labels, client)
    return [section("Overrides in force", bullets(lines))] if lines else []


def _edits(roster: RosterFile, labels: Labels) -> list[RenderableType]:
    lines = [
        f"{labels.text(edit.words)} (from roster {edit.from_sha256[:12]})"
        for edit in roster.provenance.edited
    ]
    return [section("Changed by hand", bullets(lines), note="the first change first")] if lines else []
