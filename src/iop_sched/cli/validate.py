"""``iop-sched validate``."""

from __future__ import annotations

import typer

from iop_sched.cli.guard import guarded
from iop_sched.cli.options import Instance


@guarded
def validate(instance: Instance) -> None:
    """List everything wrong with a program week.

    Each problem comes with its line and with what would be right. This looks at the file alone;
    whether a roster exists is for 'solve' to find out.

    \b
    Example:
      iop-sched validate week.yaml
    """
    from iop_sched.report.words import count
    from iop_sched.week.loading import load_week

    week = load_week(instance)
    parts = (
        count(len(week.clients), "client"),
        count(len(week.clinicians), "clinician"),
        count(len(week.cohorts), "cohort"),
        count(len(week.rooms), "room"),
        count(len(week.services), "service"),
        count(len(week.pins), "pin"),
    )
    typer.echo(f"{instance} is fine: {week.program}, week of {week.week_of}, with {', '.join(parts)}.")
