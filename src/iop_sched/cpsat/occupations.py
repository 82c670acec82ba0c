"""What may keep each clinician: blocks, sessions and care teams, day by day."""

from __future__ import annotations

from ortools.sat.python import cp_model

from iop_sched.cpsat.facts import MeetingKey, TimedBlock
from iop_sched.cpsat.model import Expr, Literal, Model, Occupation
from iop_sched.week.times import WEEK, Day, Id


def collect(model: Model) -> None:
    """Fill ``model.occupations`` from the staff variables that the rules declared."""
    for (key, clinician), literals in _by_meeting(model).items():
        place = model.facts.meeting_place(model.facts.cohorts[key.cohort])
        for timed, literal in literals:
            start, size = timed.start // model.facts.grid, model.facts.cells(timed.block.minutes)
            model.occupations[clinician, key.day].append(
                Occupation(start, size, place, literal, key, is_group=True)
            )
    for session in model.sessions:
        size = model.facts.cells(session.service.minutes)
        for (day, place, _, clinician), literal in session.staff.items():
            model.occupations[clinician, day].append(
                Occupation(session.start[day], size, place, literal, None, session.service.is_open_group)
            )
    for team in model.facts.week.care_teams:
        if team.id in model.teams:
            found = model.teams[team.id]
            size = model.facts.cells(team.minutes)
            for (clinician, day), literal in found.attends_on.items():
                model.occupations[clinician, day].append(
                    Occupation(found.start[day], size, team.site, literal, None, is_group=False)
                )


def _by_meeting(model: Model) -> dict[tuple[MeetingKey, Id], list[tuple[TimedBlock, Literal]]]:
    """For each meeting and clinician: the blocks worked in, in order of time, one literal a block."""
    found: dict[tuple[MeetingKey, Id], list[tuple[TimedBlock, Literal]]] = {}
    working = {(key, clinician) for key, _, _, clinician in model.staff} | set(model.leads)
    for key in model.facts.meetings:
        able = [clinician for clinician in model.facts.clinicians if (key, clinician) in working]
        for timed in model.facts.blocks(key):
            for clinician in able:
                literals = block_literals(model, key, timed, clinician)
                if literals:
                    one = model.any_of(
                        literals, f"{clinician} in {key.cohort} {key.day.code} {timed.block.id}"
                    )
                    found.setdefault((key, clinician), []).append((timed, one))
    return found


def block_literals(model: Model, key: MeetingKey, timed: TimedBlock, clinician: Id) -> list[Literal]:
    """The literals by which a clinician works in a block, as leader or otherwise."""
    literals = []
    for index in range(len(timed.block.staff)):
        if model.facts.led(key, timed.block, index):
            literals.append(model.leads.get((key, clinician)))
        literals.append(model.staff.get((key, timed.block.id, index, clinician)))
    return [literal for literal in literals if literal is not None]


def load(model: Model, clinician: Id, day: Day | None = None) -> Expr:
    """Scheduled minutes of a clinician on a day, or in the week."""
    days = WEEK if day is None else (day,)
    found = [o for d in days for o in model.occupations[clinician, d]]
    # one sum at once: a week of a clinician can have a thousand terms
    sizes = [o.size for o in found]
    return model.facts.grid * cp_model.LinearExpr.weighted_sum([o.literal for o in found], sizes)


def most_load(model: Model, clinician: Id, day: Day | None = None) -> int:
    """An upper bound on ``load``: the clinician's working minutes."""
    days = WEEK if day is None else (day,)
    person = model.facts.clinicians[clinician]
    if not model.active("clinician-time"):
        return 1440 * len(days)
    return sum(model.facts.working_minutes(person, d) for d in days)
