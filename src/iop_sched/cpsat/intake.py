"""intake: first the insurance, then the assessment, then treatment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from iop_sched.cpsat.model import Column, Cost, Literal, Model, SessionVars
from iop_sched.week.people import Client, Intake
from iop_sched.week.times import Day, Id

RULE = "intake"


def admits_start(model: Model, client: Client, start: Day) -> bool:
    """Whether treatment may start on a day: insurance, and no place for an assessment alone."""
    intake = client.intake
    if intake is None or not model.active(RULE) or model.facts.overridden(RULE, client.id):
        return True
    return not intake.assessment_only and intake.insurance != "pending" and insured(intake, start)


def admits_session(model: Model, client: Client, service: Id, day: Day) -> bool:
    """Whether an appointment may be on a day: insurance, and the assessment's deadline."""
    intake = client.intake
    if intake is None or not model.active(RULE) or model.facts.overridden(RULE, client.id):
        return True
    late = service == intake.assessment and day > intake.deadline
    return intake.insurance != "pending" and insured(intake, day) and not late


def insured(intake: Intake, day: Day) -> bool:
    """Whether insurance is verified by that day."""
    return not isinstance(intake.insurance, Day) or day >= intake.insurance


def points(model: Model, client: Client) -> int:
    """Points of a client, for a place or an assessment."""
    limits = model.policy.limits
    waiting = min(limits.waiting_cap, limits.waiting_points * client.waiting_days)
    return limits.priority_points * client.priority + waiting


def post(model: Model) -> Iterator[Cost]:
    """Treatment needs the assessment and comes after it; a missing assessment costs points."""
    for client in model.facts.week.clients:
        intake = client.intake
        if intake is None or intake.assessment is None:
            continue
        found = model.sessions_of(client.id, intake.assessment)
        held = sum(session.present for session in found)
        yield Cost("intake.unassessed", points(model, client) * (1 - held), points(model, client))
        if model.facts.overridden(RULE, client.id):
            continue
        if client.id in model.placed:
            model.cp.add(model.placed[client.id] <= held)
        for session in found:
            _before_treatment(model, client, intake, session)
            _before_sessions(model, client, session)


def _before_treatment(model: Model, client: Client, intake: Intake, assessment: SessionVars) -> None:
    """The first scheduled meeting comes after the assessment, and ``lag_days`` after its day."""
    columns = model.columns.get(client.id, [])
    for day, on in assessment.on.items():
        too_early = [lit for column, lit in columns if column.start < day + intake.lag_days]
        if too_early:
            model.cp.add(sum(too_early) + on <= 1)
        if intake.lag_days == 0:
            for first, literals in _first_cells(model, client, columns, day).items():
                end = assessment.start[day] + model.facts.cells(assessment.service.minutes)
                chosen = model.any_of(literals, f"{client.id} starts {day.code} at cell {first}")
                model.cp.add(end <= first).only_enforce_if(on, chosen)


def _first_cells(
    model: Model, client: Client, columns: list[tuple[Column, Literal]], day: Day
) -> dict[int, list[Literal]]:
    """Start cell of the first meeting, for columns that start on ``day``."""
    first: dict[int, list[Literal]] = defaultdict(list)
    for column, literal in columns:
        if column.start == day and column.cohort is not None:
            own = model.facts.owned(client, column.meeting(day))
            if own and day in column.scheduled:
                first[own[0].start // model.facts.grid].append(literal)
    return first


def _before_sessions(model: Model, client: Client, assessment: SessionVars) -> None:
    """The client's other sessions come after the assessment."""
    size = model.facts.cells(assessment.service.minutes)
    for session in model.sessions_of(client.id):
        if session is assessment:
            continue
        for day, on in assessment.on.items():
            for other in session.on:
                attends = session.attends_on(client.id, other)
                if other < day:
                    model.cp.add(attends + on <= 1)
                elif other == day:
                    both = model.bool(f"{client.id} assessed and {session.key} {day.code}")
                    model.cp.add(both >= attends + on - 1)
                    model.cp.add(assessment.start[day] + size <= session.start[day]).only_enforce_if(both)
