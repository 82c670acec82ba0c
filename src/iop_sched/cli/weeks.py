"""Reading rosters of several program weeks, each matched to the week that it was made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sched.cli.guard import BadInputError

if TYPE_CHECKING:
    from iop_sched.cli.files import RosterOfWeek

Read = Callable[[Path, Sequence[Path]], "list[RosterOfWeek]"]


def read_by_week(
    instances: Sequence[Path], rosters: Sequence[Path], read: Read
) -> list[tuple[Path, RosterOfWeek]]:
    """Each roster's path with its week, in the order of the weeks' dates, then as given.

    A roster goes to the program week whose hash it records; failing that, to the one with its date, and then
    to the first, where ``read`` refuses it as stale. Raises ``BadInputError`` when ``read`` does for some
    week, with what it says about all of them, and for a week without a roster.
    """
    found: list[tuple[Path, RosterOfWeek]] = []
    wrong: list[str] = []
    for instance, mine in _matched(instances, rosters).items():
        if not mine:
            wrong.append(
                f"{instance}: no roster of this program week is named. Add it, or leave the week out."
            )
            continue
        try:
            found += zip(mine, read(instance, mine), strict=True)
        except BadInputError as error:
            wrong.append(str(error))
    if wrong:
        raise BadInputError("\n".join(wrong))
    order = {path: number for number, path in enumerate(rosters)}
    return sorted(found, key=lambda one: (one[1].week.week_of, order[one[0]]))


def _matched(instances: Sequence[Path], rosters: Sequence[Path]) -> dict[Path, list[Path]]:
    found: dict[Path, list[Path]] = {instance: [] for instance in instances}
    if len(found) == 1:
        return {instances[0]: list(rosters)}
    from iop_sched.week.files import canonical_sha256, read_roster
    from iop_sched.week.loading import load_week

    weeks = {instance: load_week(instance) for instance in found}
    hashes = {canonical_sha256(week): instance for instance, week in reversed(weeks.items())}
    dates = {week.week_of: instance for instance, week in reversed(weeks.items())}
    for path in rosters:
        roster = read_roster(path)
        by_date = dates.get(roster.week_of, instances[0])
        found[hashes.get(roster.provenance.instance_sha256, by_date)].append(path)
    return found
