"""Printing a roster, from a solve or from a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from iop_sched.cli.console import say, show, show_json
from iop_sched.cli.guard import BadInputError

if TYPE_CHECKING:
    from iop_sched.cli.options import View
    from iop_sched.report.words import Labels
    from iop_sched.week.policy import Policy
    from iop_sched.week.program import ProgramWeek
    from iop_sched.week.result import RosterFile


def print_roster(
    week: ProgramWeek,
    policy: Policy,
    roster: RosterFile,
    views: Sequence[View] | None,
    labels: Labels,
    client: str | None = None,
    clinician: str | None = None,
) -> None:
    """Views on stdout, then persons' own weeks; without views (None), the roster file itself.

    Raises ``BadInputError`` when the roster does not belong to the week at all.
    """
    from iop_sched.report.views import client_view, clinician_view, render
    from iop_sched.rules import Schedule, evaluate

    if views is None:
        show_json(json.dumps(roster.model_dump(mode="json"), indent=1, ensure_ascii=False))
        return
    evaluation = evaluate(week, roster, policy)
    wrong = [one.message for one in evaluation.violations if one.rule == "structure"]
    if wrong:
        raise BadInputError(
            "\n".join([*wrong, "The roster does not belong to this week; it cannot be shown."])
        )
    if evaluation.violations:
        say("Warning: this roster breaks rules. 'iop-sched check' lists them.")
    schedule = Schedule.of(week, roster)
    for view in views:
        show(render(view.value, schedule, evaluation, roster, policy, labels))
    if client is not None:
        show(client_view(schedule, roster, client, labels))
    if clinician is not None:
        show(clinician_view(schedule, roster, clinician, labels))
