"""pins: what the director decided stays."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Cost, Literal, Model
from iop_sched.week.pins import CohortPin, MeetingPin, Pin, PlacePin, SessionPin, StaffPin, TeamPin

RULE = "pins"


def post(model: Model) -> Iterator[Cost]:
    """Each pin, one by one; ``pin:ID`` in ``without`` leaves one out.

    What a pin says about staff or rooms is asked only as long as the rule that knows of them is not left out:
    a model with fewer rules would otherwise allow less.
    """
    for pin in model.facts.week.pins:
        if f"pin:{pin.id}" not in model.without:
            _pin(model, pin)
    yield from ()


def _pin(model: Model, pin: Pin) -> None:
    if pin.place:
        _place(model, pin.place)
    if pin.session:
        _session(model, pin, pin.session)
    if pin.cohort:
        _cohort(model, pin.cohort)
    if pin.meeting:
        _meeting(model, pin.meeting)
    if pin.team:
        _team(model, pin.team)


def _place(model: Model, pin: PlacePin) -> None:
    fitting = [
        literal
        for column, literal in model.columns.get(pin.client, [])
        if pin.cohort in (None, column.cohort)
        and (not pin.days or pin.days == column.days)
        and pin.start in (None, column.start)
    ]
    model.cp.add_bool_or(fitting)
    if pin.primary is not None and "primary" not in model.without:
        _one(model, [model.primary.get((pin.client, pin.primary))])


def _session(model: Model, pin: Pin, wanted: SessionPin) -> None:
    if _is_left_out(model, wanted):
        return
    matches = []
    for session in model.sessions_of(wanted.client, wanted.service):
        for day, start in session.start.items():
            if wanted.day not in (None, day) or (wanted.start or 0) % model.facts.grid:
                continue
            match = model.bool(f"pin {pin.id} {session.key} {day.code}")
            model.cp.add(match <= session.attends_on(wanted.client, day))
            if wanted.start is not None:
                model.cp.add(start == wanted.start // model.facts.grid).only_enforce_if(match)
            if wanted.clinician is not None and "service-staff" not in model.without:
                model.cp.add(match <= session.given_by(wanted.clinician))
            matches.append(match)
    model.cp.add_bool_or(matches)


def _is_left_out(model: Model, wanted: SessionPin) -> bool:
    """Whether it is about an assessment, in a model that leaves out the rule that brings these in."""
    intake = model.facts.clients[wanted.client].intake
    assessed = intake is not None and intake.assessment == wanted.service
    return assessed and "intake" in model.without and not model.sessions_of(wanted.client, wanted.service)


def _cohort(model: Model, pin: CohortPin) -> None:
    cohort = model.facts.cohorts[pin.cohort]
    options = [model.open[cohort.id, o] for o in range(len(cohort.options))]
    if not pin.open:
        model.cp.add(sum(options) == 0)
        return
    fitting = [
        literal
        for option, literal in zip(cohort.options, options, strict=True)
        if pin.slot in (None, option.slot) and (not pin.days or set(pin.days) == set(option.days))
    ]
    model.cp.add_bool_or(fitting)
    if pin.leader is not None and "facilitation" not in model.without:
        _one(model, [model.lead.get((cohort.id, pin.leader))])


def _meeting(model: Model, pin: MeetingPin) -> None:
    cohort = model.facts.cohorts[pin.cohort]
    keys = [MeetingKey(cohort.id, option, pin.day) for option in range(len(cohort.options))]
    keys = [key for key in keys if key in model.held]
    # the cohort follows an option with a meeting due that day
    _one(model, [model.open[key.cohort, key.option] for key in keys])
    held = [model.held[key] for key in keys]
    if not pin.held:
        model.cp.add(sum(held) == 0)
        return
    _one(model, list(held))
    if pin.room is not None and "rooms" not in model.without:
        _one(model, [model.room.get((key, pin.room)) for key in keys])
    if "facilitation" not in model.without:
        for key in keys:
            for fixed in pin.staff:
                _staff(model, key, fixed)


def _staff(model: Model, key: MeetingKey, fixed: StaffPin) -> None:
    """Those named work in the block if the meeting is held, and nobody else fills the need."""
    held = model.held[key]
    for who in model.facts.clinicians:
        fills = model.staff.get((key, fixed.block, fixed.need, who))
        if fills is None and who in fixed.clinicians:
            model.cp.add(held == 0)
        elif fills is not None:
            model.cp.add(fills == (held if who in fixed.clinicians else 0))


def _team(model: Model, pin: TeamPin) -> None:
    if "care-team" in model.without:
        return
    team = model.teams.get(pin.team)
    _one(model, [team.on.get(pin.day) if team else None])
    if team and pin.start is not None and pin.day in team.start:
        if pin.start % model.facts.grid:
            model.cp.add_bool_or([])
        else:
            model.cp.add(team.start[pin.day] == pin.start // model.facts.grid)


def _one(model: Model, literals: list[Literal | None]) -> None:
    """At least one holds; those that do not exist cannot."""
    model.cp.add_bool_or([literal for literal in literals if literal is not None])
