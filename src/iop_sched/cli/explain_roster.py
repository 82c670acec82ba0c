"""The part of ``iop-sched explain`` that is about a roster and the clients in it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError

if TYPE_CHECKING:
    from iop_sched.rules import Schedule


def explain_roster(
    instance: Path,
    roster: Path,
    client: str | None = None,
    previous: Path | None = None,
    policy: str | None = None,
    names: Path | None = None,
    force: bool = False,
    as_json: bool = False,
    quiet: bool = False,
    repair_seconds: float | None = None,
    scenarios: Sequence[Path] | None = None,
    changes: Sequence[str] | None = None,
) -> None:
    """Print why a client is placed or not; without one, of every client who is unplaced or misses a session.

    With ``repair_seconds``, for all of them together, also what it would take. Raises ``BadInputError`` for
    an unknown client, and for a roster that is stale or breaks rules.
    """
    from iop_sched.admit.offers import BrokenRosterError
    from iop_sched.cli.console import show, show_json
    from iop_sched.cli.explain_repairs import answers
    from iop_sched.cli.files import read_labels, read_roster_of_week
    from iop_sched.cli.step_line import step_line
    from iop_sched.explain.placing import placing
    from iop_sched.repairs.question import questions
    from iop_sched.report.placing import placing_json, placing_view
    from iop_sched.report.repairs import repairs_json, repairs_view
    from iop_sched.rules import Schedule
    from iop_sched.scenario.load import load_scenarios
    from iop_sched.week.nearest import nearest

    given = read_roster_of_week(instance, roster, previous, policy, force, scenarios, changes)
    ids = [one.id for one in given.week.clients]
    if client is not None and client not in ids:
        close = nearest(client, ids)
        hint = f" Did you mean {close}?" if close else " 'show --view clients' lists them."
        raise BadInputError(f"There is no client {client} in {instance}.{hint}")
    labels = read_labels(names, given.week)
    wanted = [client] if client is not None else _puzzling(Schedule.of(given.week, given.roster))
    made = load_scenarios(scenarios or (), changes or ())
    until = time.monotonic() + (repair_seconds or 0.0)
    found, explained, interrupted = [], 0, False
    for number, one in enumerate(wanted):
        try:
            with step_line(quiet) as line:
                line(f"Looking at every place for {one}")
                answer = placing(given.week, given.roster, given.policy, one, given.roster.objective)
        except BrokenRosterError as error:
            raise BadInputError(
                f"{roster} breaks rules as it is, so that nothing said about it would hold."
                " 'iop-sched check' lists them."
            ) from error
        except KeyboardInterrupt:
            break
        explained += 1
        if not as_json:
            show(placing_view(answer, labels))
        repaired = []
        if repair_seconds is not None:
            asked = questions(given.week, given.policy, given.roster, one)
            left = max(0.0, until - time.monotonic()) / (len(wanted) - number)
            with step_line(quiet) as line:
                repaired = list(answers(asked, left, line))
            interrupted = any(repairs.interrupted for repairs in repaired)
        if as_json:
            taking = [repairs_json(repairs) for repairs in repaired]
            found.append({**placing_json(answer), "what_would_it_take": taking})
        for repairs in repaired if not as_json else ():
            show(repairs_view(repairs, labels, made))
        if interrupted:
            break
    if as_json:
        show_json(json.dumps(found, indent=2, ensure_ascii=False))
    elif not wanted:
        say("Every client who wants a place has one, with every session prescribed.")
    if explained < len(wanted) and not interrupted:
        say(f"Interrupted after {explained} of {len(wanted)} clients.")
        raise typer.Exit(ExitCode.INTERRUPTED)
    if interrupted:
        say("Interrupted: not every change was tried.")
        raise typer.Exit(ExitCode.INTERRUPTED)


def _puzzling(schedule: Schedule) -> list[str]:
    """Clients without a place, and those who miss a session."""
    facts = schedule.facts
    return [
        client.id
        for client in facts.treated
        if client.id not in schedule.placements
        or any(schedule.delivered(client, one.id) < line.min_count for line, one in facts.prescribed(client))
    ]
