"""``iop-sched validate``."""

from __future__ import annotations

from iop_sched.cli.guard import guarded
from iop_sched.cli.options import Changes, Instance, Scenarios


@guarded
def validate(instance: Instance, scenario: Scenarios = None, change: Changes = None) -> None:
    """List everything wrong with a program week.

    Each problem comes with its line and with what would be right. This looks at the file alone;
    whether a roster exists is for 'solve' to find out. With --scenario or --change, it says what they
    change, or what is wrong with them.

    \b
    Examples:
      iop-sched validate week.yaml
      iop-sched validate week.yaml --scenario snow-day.yaml --change "out t-ana thu"
    """
    from iop_sched.cli.console import show_text
    from iop_sched.cli.files import changed
    from iop_sched.report.words import count
    from iop_sched.scenario.saying import condensed
    from iop_sched.week.loading import load_week
    from iop_sched.week.policy import Policy

    now = changed(load_week(instance), Policy(), scenario, change)
    week = now.week
    parts = (
        count(len(week.clients), "client"),
        count(len(week.clinicians), "clinician"),
        count(len(week.cohorts), "cohort"),
        count(len(week.rooms), "room"),
        count(len(week.services), "service"),
        count(len(week.pins), "pin"),
    )
    for sentence in condensed(now.sentences):
        show_text(sentence)
    show_text(f"{instance} is fine: {week.program}, week of {week.week_of}, with {', '.join(parts)}.")
