"""Reading rosters of several program weeks, each matched to the week that it was made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sched.cli.guard import BadInputError

if TYPE_CHECKING:
    from iop_sched.cli.files import RosterOfWeek
    from iop_sched.week.program import ProgramWeek
    from iop_sched.week.result import RosterFile

Read = Callable[[Path, Sequence[Path], Path | None], "list[RosterOfWeek]"]
"""Reads rosters of a week, which looks back on a roster (a path) or on what its file says."""


def read_by_week(
    instances: Sequence[Path], rosters: Sequence[Path], previous: Path | None, read: Read
) -> list[tuple[Path, RosterOfWeek]]:
    """Each roster's path with its week, in the order of the weeks' dates, then as given.

    A roster goes to the program week whose hash it records; failing that, to the one with its date, and then
    to the first, where ``read`` refuses it as stale. Of several weeks, one may have been solved looking back
    on another one's roster, or on ``previous``: it is read in the same way. Raises ``BadInputError`` when
    ``read`` does for some week, with what it says about all of them, and for a week without a roster.
    """
    found: list[tuple[Path, RosterOfWeek]] = []
    wrong: list[str] = []
    matched = _matched(instances, rosters, previous)
    wrong += [
        f"{instance}: no roster of this program week is named. Add it, or leave the week out."
        for instance in dict.fromkeys(instances)
        if all(instance != week for week, _ in matched)
    ]
    for (instance, back), mine in matched.items():
        try:
            found += zip(mine, read(instance, mine, back), strict=True)
        except BadInputError as error:
            wrong.append(str(error))
    if wrong:
        raise BadInputError("\n".join(wrong))
    order = {path: number for number, path in enumerate(rosters)}
    return sorted(found, key=lambda one: (one[1].week.week_of, order[one[0]]))


def _matched(
    instances: Sequence[Path], rosters: Sequence[Path], previous: Path | None
) -> dict[tuple[Path, Path | None], list[Path]]:
    """The rosters of each week and of what it looks back on: a roster's path, or None for the week's own."""
    if len(set(instances)) == 1:
        return {(instances[0], previous): list(rosters)}
    from iop_sched.week.files import canonical_sha256, read_roster
    from iop_sched.week.loading import load_week

    weeks = {instance: load_week(instance) for instance in dict.fromkeys(instances)}
    hashes = {canonical_sha256(week): instance for instance, week in reversed(weeks.items())}
    dates = {week.week_of: instance for instance, week in reversed(weeks.items())}
    read = {path: read_roster(path) for path in rosters}
    earlier = {**read, **({previous: read_roster(previous)} if previous else {})}
    found: dict[tuple[Path, Path | None], list[Path]] = {}
    for path, roster in read.items():
        instance = hashes.get(roster.provenance.instance_sha256)
        back = None
        if instance is None:
            instance = dates.get(roster.week_of, instances[0])
            back = _looked_back_on(weeks[instance], roster, earlier)
        found.setdefault((instance, back), []).append(path)
    return found


def _looked_back_on(week: ProgramWeek, roster: RosterFile, earlier: Mapping[Path, RosterFile]) -> Path | None:
    """Which roster the week looked back on when this one was made; None if it is none of them."""
    from iop_sched.week.earlier import looking_back
    from iop_sched.week.files import canonical_sha256

    made_from = roster.provenance.instance_sha256
    for path, before in earlier.items():
        if before is not roster and canonical_sha256(looking_back(week, before)) == made_from:
            return path
    return None
