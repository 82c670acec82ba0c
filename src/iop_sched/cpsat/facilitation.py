"""facilitation: every block has its staff, the same leader all week."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat import clinician_time
from iop_sched.cpsat.facts import MeetingKey, TimedBlock, speaks
from iop_sched.cpsat.meeting_attendance import owning, present
from iop_sched.cpsat.model import Cost, Expr, Literal, Model
from iop_sched.cpsat.occupations import block_literals
from iop_sched.week.care import StaffNeed
from iop_sched.week.people import Client, Clinician
from iop_sched.week.times import Id

RULE = "facilitation"


def declare(model: Model) -> None:
    """Leaders of cohorts, and staff of blocks."""
    if not model.active(RULE):
        return
    for cohort in model.facts.week.cohorts:
        needs = [need for block in model.facts.agendas[cohort.agenda].blocks for need in block.staff]
        if any(need.lead for need in needs):
            leaders = [model.bool(f"{c.id} leads {cohort.id}") for c in model.facts.week.clinicians]
            model.cp.add(sum(leaders) <= sum(model.open[cohort.id, o] for o in range(len(cohort.options))))
            for clinician, literal in zip(model.facts.week.clinicians, leaders, strict=True):
                model.lead[cohort.id, clinician.id] = literal
    for key in model.facts.meetings:
        _leader(model, key)
        for timed in model.facts.blocks(key):
            for index, need in enumerate(timed.block.staff):
                _need(model, key, timed, index, need)
            _one_need_each(model, key, timed)


def _leader(model: Model, key: MeetingKey) -> None:
    led = [
        (timed, need)
        for timed in model.facts.blocks(key)
        for number, need in enumerate(timed.block.staff)
        if model.facts.led(key, timed.block, number)
    ]
    if not led:
        return
    literals = []
    for clinician in model.facts.week.clinicians:
        if all(_may_work(model, key, timed, need, clinician) for timed, need in led):
            literal = model.bool(f"{clinician.id} leads {key.cohort}#{key.option} {key.day.code}")
            model.cp.add_implication(literal, model.lead[key.cohort, clinician.id])
            model.leads[key, clinician.id] = literal
            literals.append(literal)
    model.cp.add(sum(literals) == model.held[key])


def _need(model: Model, key: MeetingKey, timed: TimedBlock, index: int, need: StaffNeed) -> None:
    """Who fills a need; of one that the leader fills, who does so beside the leader."""
    count = need.count - model.facts.led(key, timed.block, index)
    if count == 0 and timed.block.ratio is None:
        return
    literals = []
    for clinician in model.facts.week.clinicians:
        if _may_work(model, key, timed, need, clinician):
            name = f"{clinician.id} in {key.cohort}#{key.option} {key.day.code} {timed.block.id} {index}"
            literal = model.bool(name)
            model.cp.add_implication(literal, model.held[key])
            model.staff[key, timed.block.id, index, clinician.id] = literal
            literals.append(literal)
    if timed.block.ratio is None:
        model.cp.add(sum(literals) == count * model.held[key])
    else:
        model.cp.add(sum(literals) >= count * model.held[key])


def _may_work(
    model: Model, key: MeetingKey, timed: TimedBlock, need: StaffNeed, clinician: Clinician
) -> bool:
    cohort = model.facts.cohorts[key.cohort]
    place = model.facts.meeting_place(cohort)
    return (
        model.facts.qualified(clinician, need)
        and (place is None or place in clinician.sites)
        and speaks(clinician.languages, (cohort.language,) if cohort.language else ())
        and clinician_time.admits(model, clinician, key.day, place, (timed.start, timed.end))
    )


def _one_need_each(model: Model, key: MeetingKey, timed: TimedBlock) -> None:
    for clinician in model.facts.clinicians:
        literals = block_literals(model, key, timed, clinician)
        if len(literals) > 1:
            model.cp.add_at_most_one(literals)


def post(model: Model) -> Iterator[Cost]:
    """Staff-to-client ratio, and somebody credentialed with each strict payer."""
    seats = present(model)
    for key in model.facts.meetings:
        for timed in model.facts.blocks(key):
            attending = owning(timed, seats[key])
            staff = {c: block_literals(model, key, timed, c) for c in model.facts.clinicians}
            if timed.block.ratio is not None:
                working: Expr = sum(lit for literals in staff.values() for lit in literals)
                model.cp.add(sum(lit for _, lit in attending) <= timed.block.ratio * working)
            if timed.block.staff:
                _credentialed(model, attending, staff)
    yield from ()


def _credentialed(
    model: Model, attending: list[tuple[Client, Literal]], staff: dict[Id, list[Literal]]
) -> None:
    for client, seat in attending:
        if model.facts.strict_payer(client):
            model.cp.add(
                seat
                <= sum(
                    lit
                    for clinician, literals in staff.items()
                    if client.payer in model.facts.clinicians[clinician].payers
                    for lit in literals
                )
            )
