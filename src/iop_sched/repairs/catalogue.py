"""Every change of the catalogue that can be proposed for a question, from the facts of its week."""

from __future__ import annotations

from iop_sched.repairs import of_clients, of_program, of_staff
from iop_sched.repairs.candidate import Candidate
from iop_sched.repairs.question import Question


def catalogue(question: Question) -> list[Candidate]:
    """The cheapest first; of equal ones, those first that are about what the reasons name."""
    found = [
        *of_program.places(question),
        *of_program.decisions(question),
        *of_program.cohorts(question),
        *of_program.rooms(question),
        *of_staff.staff(question),
        *of_clients.needs(question),
    ]
    known = list({one.texts: one for one in found}.values())
    return sorted(known, key=lambda one: (one.kind.points, question.named.isdisjoint(one.words), one.texts))
