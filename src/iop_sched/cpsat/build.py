"""Building the full model from a program week and a policy.

``RULES`` reads like the catalogue: one module a rule, of the rule's name, with a ``post`` that adds its
constraints and yields its penalties. Some rules also declare variables, or say which placements,
sessions and staff are worth a variable at all.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

from ortools.sat.python import cp_model

from iop_sched.cpsat import (
    authorisation,
    balance,
    care_team,
    client_time,
    clinician_load,
    clinician_time,
    cohort_size,
    columns,
    companions,
    continuity,
    cost,
    facilitation,
    group_share,
    intake,
    max_moves,
    meeting_attendance,
    meeting_held,
    meetings,
    occupations,
    open_group,
    pins,
    preferences,
    primary,
    program_day,
    rooms,
    service_delivery,
    service_staff,
    service_timing,
    sessions,
    stay,
    supply,
    tiers,
    weekly_hours,
)
from iop_sched.cpsat.facts import Facts
from iop_sched.cpsat.model import Cost, Model
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek

Post = Callable[[Model], Iterator[Cost]]


def _declared_elsewhere(_: Model) -> Iterator[Cost]:
    """For rules that only say which placements exist (see ``columns``)."""
    yield from ()


RULES: dict[str, Post] = {
    "eligibility": _declared_elsewhere,
    "cohort-size": cohort_size.post,
    "meeting-attendance": meeting_attendance.post,
    "meeting-held": meeting_held.post,
    "companions": companions.post,
    "max-moves": max_moves.post,
    "track": _declared_elsewhere,
    "stay": stay.post,
    "intake": intake.post,
    # client-time stands before dosage, whose minutes depend on sessions inside blocks
    "client-time": client_time.post,
    "weekly-hours": weekly_hours.post,
    "program-day": program_day.post,
    "authorisation": authorisation.post,
    "group-share": group_share.post,
    "clinician-time": clinician_time.post,
    "clinician-load": clinician_load.post,
    "facilitation": facilitation.post,
    "care-team": care_team.post,
    "service-delivery": service_delivery.post,
    "service-staff": service_staff.post,
    "primary": primary.post,
    "service-timing": service_timing.post,
    "open-group": open_group.post,
    "rooms": rooms.post,
    "supply": supply.post,
    "pins": pins.post,
    "continuity": continuity.post,
    "preferences": preferences.post,
    "balance": balance.post,
    "cost": cost.post,
}


def build(
    week: ProgramWeek, policy: Policy, without: frozenset[str] = frozenset()
) -> tuple[Model, list[Cost]]:
    """The full model and its penalties.

    ``without`` leaves rules out by id, and pins by ``pin:ID``: the model is then weaker than the catalogue.
    """
    collects = gc.isenabled()
    # nearly all that is made here stays: looking for what does not took a fifth of the time
    gc.disable()
    try:
        return _built(Model(cp_model.CpModel(), Facts(week), policy, without))
    finally:
        if collects:
            gc.enable()


def _built(model: Model) -> tuple[Model, list[Cost]]:
    columns.declare(model)
    meetings.declare(model)
    facilitation.declare(model)
    rooms.declare_meetings(model)
    sessions.declare(model)
    primary.declare(model)
    care_team.declare(model)
    occupations.collect(model)
    costs = list(tiers.post(model))
    for rule, post in RULES.items():
        if model.active(rule):
            costs.extend(post(model))
    return model, costs
