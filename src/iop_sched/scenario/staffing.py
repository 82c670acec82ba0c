"""Who is left at work after a change."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sched.rules.qualification import qualified
from iop_sched.scenario.change import ChangeError, some_of
from iop_sched.scenario.windows import working
from iop_sched.week.people import Clinician
from iop_sched.week.program import ProgramWeek


def check_staffed(before: ProgramWeek, after: ProgramWeek) -> None:
    """Raises ``ChangeError`` when nobody is left who is at work this week, or who could lead a group."""
    there, left = _at_work(before), _at_work(after)
    if there and not left:
        raise ChangeError(
            "this leaves no clinician at work", "leave somebody there, or close the days instead"
        )
    if _leading(before, there) and not _leading(after, left):
        who = some_of(_leading(before, there))
        right = f"leave {who} at work, hire somebody first, or close the days instead"
        raise ChangeError("this leaves nobody at work who can lead a group", right)


def _at_work(week: ProgramWeek) -> list[Clinician]:
    """Clinicians with any hours of work this week."""
    return [one for one in week.clinicians if any(working(one.available, one.away))]


def _leading(week: ProgramWeek, clinicians: Iterable[Clinician]) -> list[str]:
    """Ids of those who could lead a group; everybody where no group needs a leader."""
    needs = [need for agenda in week.agendas for block in agenda.blocks for need in block.staff if need.lead]
    return [one.id for one in clinicians if not needs or any(qualified(one, need) for need in needs)]
