"""What a block or a service asks of its staff."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.explain.facts.fact import Draft, Fact, Kind, Relax, put
from iop_sched.explain.facts.words import need_of
from iop_sched.rules.qualification import qualified
from iop_sched.week.care import StaffNeed
from iop_sched.week.document import Path
from iop_sched.week.program import ProgramWeek


def needs(week: ProgramWeek, name: str, need: StaffNeed, path: Path, kind: Kind) -> Iterator[Fact]:
    """Who is qualified, and how many there must be; taken away, anybody will do, and one is enough."""
    able = [clinician.id for clinician in week.clinicians if qualified(clinician, need)]
    if len(able) < len(week.clinicians):
        says = f"{name} needs {need_of(need)} (qualified: {', '.join(able) or 'nobody'})"
        yield Fact(kind, path, says, _anybody(week, path))
    if need.count > 1:
        at = (*path, "count")
        yield Fact(kind, at, f"{name} needs {need.count} people: {need_of(need)}", put(at, 1))


def _anybody(week: ProgramWeek, path: Path) -> Relax:
    roles = sorted({role for clinician in week.clinicians for role in clinician.roles})

    def relax(draft: Draft) -> None:
        for name, value in (("roles", roles), ("credentials", []), ("modalities", [])):
            put((*path, name), value)(draft)

    return relax
