"""Files as program weeks, policies and names; all that is wrong with a file is said at once.

Every function raises ``InputProblems``, and nothing else, about what is in a file.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from iop_sched.week.care import LevelOfCare
from iop_sched.week.document import Document
from iop_sched.week.document import Path as Place
from iop_sched.week.places import Site
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek
from iop_sched.week.reading import read_document
from iop_sched.week.references import contradictions
from iop_sched.week.references.ids import repeated
from iop_sched.week.translating import Fault
from iop_sched.week.validating import Draft, drafted, validated


class _WeekDraft(ProgramWeek):
    """What could be read of a week: nothing is required of it."""

    program: Annotated[str, Field(max_length=120)] = "-"
    week_of: date = date(2024, 1, 1)
    sites: tuple[Site, ...] = ()
    levels: tuple[LevelOfCare, ...] = ()


def load_week(path: str | Path) -> ProgramWeek:
    """Read and check a program week from YAML or JSON; raises ``InputProblems`` with everything wrong in it."""
    document = read_document(path)
    week, faults = validated(ProgramWeek, document.data)
    repeats = list(repeated(document.data))
    if week is not None:
        found = [*repeats, *contradictions(week, document.data)]
    else:
        found = [*faults, *repeats, *_beside(document, faults)]
    if week is None or found:
        raise _problems(document, found)
    return week


def _beside(document: Document, faults: list[Fault]) -> list[Fault]:
    """What is wrong apart from ``faults``, in the parts of the file that they leave."""
    data: Any = document.data
    if any(fault.path == ("grid",) for fault in faults):
        data = {**data, "grid": 5}
    draft: Draft[_WeekDraft] | None = drafted(_WeekDraft, data)
    if draft is None:
        return []
    # Where something was left out, its absence must not be reported as well.
    spoilt: set[Place] = {fault.path[:end] for fault in faults for end in range(1, len(fault.path) + 1)}
    beside = []
    for fault in contradictions(draft.model, data):
        path = draft.in_file(fault.path)
        if path not in spoilt:
            beside.append(Fault(path, fault.what, fault.right, fault.of_key))
    return beside


def _problems(document: Document, faults: list[Fault]) -> InputProblems:
    return InputProblems(
        document.problem(fault.path, fault.what, fault.right, fault.of_key) for fault in dict.fromkeys(faults)
    )
