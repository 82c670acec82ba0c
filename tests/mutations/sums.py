"""Mutations of how alike cohorts are, of how work is shared, and of what the week costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from mutations.case import Case, Key, Mutation, shuffled
from mutations.cohorts import twins
from mutations.edit import add_twin, drop_at, edit, edit_at
from mutations.moving import restaffed
from mutations.tally import Tally

Found = Iterator[Mutation]


def _contract(week: ProgramWeek, clinician: str) -> int:
    hours = next(one for one in week.clinicians if one.id == clinician).contract_hours
    return round((hours or 0) * 60)


def _loads(week: ProgramWeek, roster: Roster) -> dict[str, int]:
    tally = Tally(week, roster)
    return {one.id: tally.load(one.id) for one in week.clinicians}


def _balance(case: Case, week: ProgramWeek, roster: Roster) -> Counter[Key]:
    """What balance counts: the spread of sizes, and the busiest of those with a contract."""
    sizes = Counter(one.cohort for one in roster.placements if one.cohort is not None)
    spread = [sizes[one.cohort] for one in roster.cohorts]
    found = Counter({("balance.cohorts", "cohorts", ""): max(spread) - min(spread)})
    busy = []
    for place, (name, load) in enumerate(_loads(week, roster).items()):
        contract = _contract(week, name)
        if contract:
            busy.append((-(-100 * load // contract), -place, name))
    if busy:
        percent, _, name = max(busy)
        found["balance.workload", name, ""] = max(0, percent - case.policy.limits.busy_at)
    return found


def _cost(case: Case, week: ProgramWeek, roster: Roster) -> Counter[Key]:
    """What the week costs: meetings, minutes, and those beyond contracts."""
    found = Counter(("cost.meeting", one.cohort, "") for one in roster.facilitation if one.held)
    for name, load in _loads(week, roster).items():
        found["cost.staff", name, ""] += load
        contract = next(one for one in week.clinicians if one.id == name).contract_hours
        if contract is not None:
            found["cost.overtime", name, ""] += max(0, load - _contract(week, name))
    return found


def _changed(case: Case, what: str, count, week: ProgramWeek, roster: Roster) -> Mutation | None:
    change = count(case, week, roster)
    change.subtract(count(case, case.week, case.roster))
    terms = {key: amount for key, amount in change.items() if amount}
    return case.mutation(what, terms=terms, week=week, roster=roster) if terms else None


# Both


def _contracts(case: Case, rng: Random, count) -> Found:
    for clinician in shuffled(case.week.clinicians, rng):
        load = case.tally.load(clinician.id)
        for _ in range(3):
            hours = rng.randint(load // 60, load // 12 + 8) / 4
            week = edit(case.week, "clinicians", clinician.id, contract_hours=hours)
            if mutation := _changed(case, f"{clinician.id} for {hours} h", count, week, case.roster):
                yield mutation


def _other_staff(case: Case, rng: Random, count) -> Found:
    eased = case.eased("pins", "payers", "dosage", "timing")
    for number, session in eased.sessions(rng):
        week, roster = restaffed(eased.week, eased.roster, number)
        what = f"session {number} by others"
        if mutation := _changed(eased, what, count, week, roster):
            yield mutation
        client = eased.tally.clients[session.clients[0]]
        if client.intake is None:
            roster = drop_at(eased.roster, "sessions", number)
            if mutation := _changed(eased, f"session {number} not given", count, eased.week, roster):
                yield mutation


def _not_held(case: Case, rng: Random, count) -> Found:
    eased = case.eased("pins", "dosage", "timing")
    for number, meeting in shuffled(enumerate(eased.roster.facilitation), rng):
        if meeting.held:
            roster = edit_at(eased.roster, "facilitation", number, held=False, room=None, staff=())
            what = f"{meeting.cohort} not held on {meeting.day.code}"
            if mutation := _changed(eased, what, count, eased.week, roster):
                yield mutation


# balance


def larger_cohort(case: Case, rng: Random) -> Found:
    """A cohort grows."""
    eased = case.eased("seats")
    for client, cohort, start in twins(eased, rng):
        more = rng.randint(1, 6)
        week, roster = eased.week, eased.roster
        for number in range(more):
            week, roster = add_twin(week, roster, client, start, name=f"twin{number}")
        if mutation := _changed(eased, f"{more} like {client} in {cohort}", _balance, week, roster):
            yield mutation


def busier(case: Case, rng: Random) -> Found:
    """A clinician's contract is over fewer hours, or more."""
    yield from _contracts(case, rng, _balance)


def less_busy(case: Case, rng: Random) -> Found:
    """The busiest clinician loses a session or a meeting."""
    yield from _other_staff(case, rng, _balance)
    yield from _not_held(case, rng, _balance)


BALANCE = (larger_cohort, busier, less_busy)


# cost


def other_contract(case: Case, rng: Random) -> Found:
    """A clinician's contract is over fewer hours, or more."""
    yield from _contracts(case, rng, _cost)


def other_staff(case: Case, rng: Random) -> Found:
    """A session is given by others, or not at all."""
    yield from _other_staff(case, rng, _cost)


def meeting_not_held(case: Case, rng: Random) -> Found:
    """A meeting is not held."""
    yield from _not_held(case, rng, _cost)


COST = (other_contract, other_staff, meeting_not_held)

KINDS = {"balance": BALANCE, "cost": COST}
