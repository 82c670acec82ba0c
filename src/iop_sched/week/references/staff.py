"""Clinicians and care teams that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.week.document import Fault, Path
from iop_sched.week.people import Clinician
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import overlap, round_up


def check(week: ProgramWeek) -> Iterator[Fault]:
    """Faults of clinicians' hours and breaks, and of care teams."""
    for index, clinician in enumerate(week.clinicians):
        path = ("clinicians", index)
        yield from _hours(clinician, path)
        yield from _breaks(clinician, path, week.grid)
    for index, team in enumerate(week.care_teams):
        roles = [quorum.role for quorum in team.quorum]
        for place, role in enumerate(roles):
            if role in roles[:place]:
                what = f"'{role}' has a quorum already"
                yield Fault(("care_teams", index, "quorum", place), what, "keep one entry with the count")


def _hours(clinician: Clinician, path: Path) -> Iterator[Fault]:
    for index, one in enumerate(clinician.available):
        for other in clinician.available[:index]:
            both = set(one.days) & set(other.days)
            if both and one.site == other.site and overlap(one.interval, other.interval):
                what = f"these hours overlap earlier ones on {min(both).code}"
                yield Fault((*path, "available", index), what, "make one window of them, or correct one")
                break
    for index, window in enumerate(clinician.available):
        if window.site is not None and window.site not in clinician.sites:
            what = f"'{window.site}' is not among the clinician's sites"
            yield Fault((*path, "available", index, "site"), what, "add it to the clinician's sites")


def _breaks(clinician: Clinician, path: Path, grid: int) -> Iterator[Fault]:
    for index, pause in enumerate(clinician.breaks):
        at = (*path, "breaks", index)
        if round_up(pause.start, grid) + pause.minutes > pause.end:
            what = f"no start on the grid leaves {pause.minutes} minutes between start and end"
            yield Fault((*at, "end"), what, "write a later end, or fewer minutes")
        if any(overlap((pause.start, pause.end), (one.start, one.end)) for one in clinician.breaks[:index]):
            yield Fault(at, "this break overlaps an earlier one", "set them apart")
