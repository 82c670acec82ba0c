"""From a week and its roster to the week after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iop_sched.next_week.affected import Affected
from iop_sched.next_week.attended import Attended
from iop_sched.next_week.clients import next_client
from iop_sched.next_week.concerns import affected
from iop_sched.next_week.this_week import ThisWeek
from iop_sched.scenario.apply import apply
from iop_sched.scenario.policies import POLICY_CHANGES
from iop_sched.scenario.scenario import Scenario
from iop_sched.week.care import Cohort, MeetingOption
from iop_sched.week.earlier import looking_back
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import OpenCohort, Roster
from iop_sched.week.times import Id

Pairs = tuple[tuple[Id, Id], ...]


@dataclass(frozen=True)
class NextWeek:
    """The week after, whom that concerns, and a sentence for each thing that scenarios changed in it."""

    week: ProgramWeek
    affected: Affected
    changes: tuple[str, ...] = ()


def advance(
    week: ProgramWeek,
    roster: Roster,
    attended: Attended | None = None,
    scenarios: Sequence[Scenario] = (),
    lasting: ProgramWeek | None = None,
) -> NextWeek:
    """The week after ``week``, in which ``roster`` was carried out as far as ``attended`` says (none: whole).

    The roster must be well formed (see ``rules.structure``). ``scenarios`` say what is known of the week
    after besides, and are applied to it. ``lasting`` is ``week`` without changes that were made for this week
    alone (``scenario.apply.lasting``): the week after is made from its records, with the same clients.
    Raises ``InputProblems`` when that cannot be done, and when the scenarios change the policy, which is not
    part of a week.
    """
    this = ThisWeek(week, roster, attended or Attended())
    records = week if lasting is None else lasting
    _check_weeks_alone(scenarios)
    coming = apply(_coming(this, records), Policy(), scenarios)
    return NextWeek(coming.week, affected(this, coming.week, records), coming.sentences)


def _check_weeks_alone(scenarios: Iterable[Scenario]) -> None:
    problems = [
        scenario.origin(index).problem(
            "this changes the policy, which is not part of next week's file",
            "leave it out here, and give it to solve with --change",
        )
        for scenario in scenarios
        for index, change in enumerate(scenario.changes)
        if isinstance(change, POLICY_CHANGES)
    ]
    if problems:
        raise InputProblems(problems)


def _coming(this: ThisWeek, week: ProgramWeek) -> ProgramWeek:
    clients = tuple(found for client in week.clients if (found := next_client(this, client)) is not None)
    opened = this.schedule.open_cohorts
    coming = week.model_copy(
        update={
            "week_of": this.next_monday,
            "closures": (),
            "cohorts": tuple(_cohort(cohort, opened.get(cohort.id)) for cohort in week.cohorts),
            "clinicians": tuple(one.model_copy(update={"away": ()}) for one in week.clinicians),
            "clients": clients,
            "apart": _pairs(week.apart, clients),
            "together": _pairs(week.together, clients),
            "pins": (),
        }
    )
    return looking_back(coming, _of_the_treated(this))


def _cohort(cohort: Cohort, opened: OpenCohort | None) -> Cohort:
    """A candidate that opened runs from now on, in the slot and on the days chosen."""
    if opened is None or cohort.status == "running":
        return cohort
    chosen = MeetingOption(slot=opened.slot, days=opened.days)
    return cohort.model_copy(update={"status": "running", "options": (chosen,)})


def _pairs(pairs: Pairs, clients: tuple[Client, ...]) -> Pairs:
    there = {client.id for client in clients}
    return tuple(pair for pair in pairs if set(pair) <= there)


def _of_the_treated(this: ThisWeek) -> Roster:
    """The roster without those who were to begin and did not."""
    return this.roster.model_copy(
        update={
            "placements": tuple(one for one in this.roster.placements if one.client in this.treated),
        }
    )
