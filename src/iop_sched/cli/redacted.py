"""What a command shows under ``--redact``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sched.cli.guard import BadInputError

if TYPE_CHECKING:
    from iop_sched.cli.files import RosterOfWeek
    from iop_sched.export.redact import Codes
    from iop_sched.report.words import Labels
    from iop_sched.solve.outcome import Outcome
    from iop_sched.week.program import ProgramWeek
    from iop_sched.week.result import RosterFile


def without_names(redact: bool, names: Path | None) -> None:
    """Raise ``BadInputError`` when names are asked for and hidden at once."""
    if redact and names is not None:
        raise BadInputError("--redact leaves out what --names would put in. Choose one of them.")


def hidden(week: ProgramWeek, roster: RosterFile) -> tuple[ProgramWeek, RosterFile, Labels]:
    """A week and its roster without people, and labels that print no date."""
    from iop_sched.export.redact import redact
    from iop_sched.report.words import Labels

    ((week, roster),) = redact([(week, roster)]).pairs
    return week, roster, Labels(dates=False)


def hidden_ending(week: ProgramWeek, outcome: Outcome) -> tuple[ProgramWeek, Outcome]:
    """A week without people, and what came of a solve that has no roster to show."""
    from iop_sched.export.redact import redact_week
    from iop_sched.report.conflict import PIN

    found = redact_week(week)
    pins = {f"{PIN}{id_}": f"{PIN}{code}" for id_, code in found.codes["pins"].items()}
    conflict = tuple(pins.get(part, part) for part in outcome.conflict)
    defects = tuple(
        replace(one, who=found.words(one.who), message=found.words(one.message)) for one in outcome.defects
    )
    return found.week, replace(outcome, conflict=conflict, defects=defects)


def redacted(given: Sequence[RosterOfWeek]) -> tuple[list[RosterOfWeek], Labels, Codes]:
    """Weeks and their rosters without people, labels that print no date, and each person's code."""
    from iop_sched.export.redact import redact
    from iop_sched.report.words import Labels

    hidden = redact([(one.week, one.roster) for one in given])
    shown = [
        replace(one, week=week, roster=roster)
        for one, (week, roster) in zip(given, hidden.pairs, strict=True)
    ]
    return shown, Labels(dates=False), hidden.codes
