"""A bound from seats alone: who could be placed if only places were scarce.

The week is taken without sessions and staff, and the model without the rules about them. It is built by
``cpsat.build`` like any other, with fewer rules and fewer variables: what is left of each rule is implied by
the full model, so that each of its rosters is a solution here, at no higher cost in *kept* and *placed*.
``KEPT`` says so rule by rule; every other rule is left out.
"""

from __future__ import annotations

from collections.abc import Collection

from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Model
from iop_sched.week.people import Client
from iop_sched.week.pins import Pin
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

KEPT: dict[str, str] = {
    "eligibility": "Filters places, and asks for facts of client and cohort alone.",
    "cohort-size": "Sums places of the week: the same rows.",
    "meeting-attendance": "Sums who attends a meeting that is held: the same rows.",
    "companions": "Pairs in cohorts: the same rows; those about sessions have no sessions.",
    "max-moves": "Sums places of the week: the same rows.",
    "track": "Filters places, and asks for facts of client and cohort alone.",
    "stay": "Filters places by first and last day: the same; its rows are about sessions.",
    "intake": "Filters places by insurance; an assessment is taken to be done, and none costs anything.",
    "client-time": "Filters places by hours; its rows are about sessions.",
    "supply": "The census counts who is in a meeting; sessions would only add to it. No supply is scarce.",
    "pins": "Places and cohorts alone, without primaries and leaders.",
}
"""The rules that are left, and why what is left of each holds in every roster."""


def seats(week: ProgramWeek, policy: Policy, pinned: Collection[Id] | None = None) -> Model:
    """The model of places alone. Pins of other clients than ``pinned``, if it is given, are not asked for."""
    without = {f"pin:{pin.id}" for pin in week.pins if not _is_about_places(pin, pinned)}
    return build(_stripped(week), policy, frozenset({*RULES.keys() - KEPT.keys(), *without}))[0]


def _is_about_places(pin: Pin, pinned: Collection[Id] | None) -> bool:
    if pin.place is not None:
        return pinned is None or pin.place.client in pinned
    return pin.cohort is not None


def _stripped(week: ProgramWeek) -> ProgramWeek:
    """The week without sessions and staff; pins stay, for the rules that they set aside."""
    return week.model_copy(
        update={
            "rooms": (),
            "supplies": (),
            "agendas": tuple(
                agenda.model_copy(
                    update={
                        "blocks": tuple(
                            block.model_copy(update={"staff": (), "supplies": ()}) for block in agenda.blocks
                        )
                    }
                )
                for agenda in week.agendas
            ),
            "clinicians": (),
            "care_teams": (),
            "services": (),
            "clients": tuple(_client(client) for client in week.clients),
            "pins": tuple(_pin(pin) for pin in week.pins),
            "previous": week.previous.model_copy(update={"leaders": (), "sessions": ()}),
        }
    )


def _client(client: Client) -> Client:
    """A client with nothing prescribed but hours."""
    update: dict[str, object] = {}
    if client.prescription is not None:
        update["prescription"] = client.prescription.model_copy(update={"services": ()})
    if client.intake is not None:
        update["intake"] = client.intake.model_copy(update={"assessment": None})
    return client.model_copy(update=update)


def _pin(pin: Pin) -> Pin:
    """A pin without the clinicians it names."""
    update: dict[str, object] = {}
    if pin.place is not None:
        update["place"] = pin.place.model_copy(update={"primary": None})
    if pin.cohort is not None:
        update["cohort"] = pin.cohort.model_copy(update={"leader": None})
    return pin.model_copy(update=update)
