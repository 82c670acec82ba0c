"""``iop-sched show``."""

from __future__ import annotations

from typing import Annotated

import typer

from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import (
    Changes,
    Force,
    Instance,
    NamesFile,
    Previous,
    RecordedPolicy,
    RosterPath,
    Scenarios,
    View,
    Views,
)


@guarded
def show(
    instance: Instance,
    roster: RosterPath,
    view: Views = None,
    client: Annotated[
        str | None, typer.Option(metavar="ID", help="This client's own week.", show_default=False)
    ] = None,
    clinician: Annotated[
        str | None, typer.Option(metavar="ID", help="This clinician's own week.", show_default=False)
    ] = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
) -> None:
    """Look at a roster that was kept.

    The whole of it (--view), or one person's own week (--client, --clinician).

    \b
    Examples:
      iop-sched show week.yaml roster.json --view week
      iop-sched show week.yaml roster.json --client c17
    """
    from iop_sched.cli.files import read_labels, read_roster_of_week
    from iop_sched.cli.results import print_roster

    given = read_roster_of_week(instance, roster, previous, policy, force, scenario, change)
    labels = read_labels(names, given.week)
    if client is not None and client not in {one.id for one in given.week.clients}:
        raise BadInputError(f"There is no client {client} in {instance}. 'show --view clients' lists them.")
    if clinician is not None and clinician not in {one.id for one in given.week.clinicians}:
        raise BadInputError(
            f"There is no clinician {clinician} in {instance}. 'show --view clinicians' lists them."
        )
    alone = client is not None or clinician is not None
    views = view or ([] if alone else [View.summary])
    print_roster(given.week, given.policy, given.roster, views, labels, client, clinician)
