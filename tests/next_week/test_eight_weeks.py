"""Eight weeks in a row on each program.

Each week's file is read without a problem, each roster holds, and what must hold from week to week does. The
first roster is the solver's, kept with the tests; the later ones are made by the hand rule, which is quick
and good enough to have happened. The quickstart is solved each week as well. To each week belong plans that
the files do not have: steps, last dates, authorisations, and days missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from iop_sched.bench.hand_rule import hand_rule
from iop_sched.next_week import Attended, advance
from iop_sched.next_week.attended import ClientWeek, scheduled
from iop_sched.rules import Schedule, evaluate
from iop_sched.rules.facts import Facts
from iop_sched.rules.max_moves import settled
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.loading import load_week
from iop_sched.week.people import Authorisation, Client, Step, TargetBand
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from iop_sched.week.times import WEEK
from iop_sched.week.week_text import week_text
from mutations.case import INSTANCES, instance, roster_path
from next_week.invariants import Turn

WEEKS = 8
POLICY = Policy()
Maker = Callable[[ProgramWeek], Roster]


def solved(week: ProgramWeek) -> Roster:
    """A roster of the solver's, the same each time."""
    found = solve(week, POLICY, SolveOptions(2, workers=1, deterministic=True, strategy="full"))
    assert found.roster is not None
    return found.roster


def by_hand(week: ProgramWeek) -> Roster:
    """A roster of the hand rule's."""
    return hand_rule(week, POLICY)


def planned(week: ProgramWeek) -> ProgramWeek:
    """The week with plans: of those in treatment, a third each steps down, leaves, is paid by units.

    Nobody steps down to days too few for the level of care: n days a week leave 7 - n between them.
    """
    before = {placement.client for placement in week.previous.placements}
    clients = list(week.clients)
    for number, client in enumerate(clients):
        if client.id in before and client.prescription is not None:
            clients[number] = (_stepping, _leaving, _authorised)[number % 3](client, week, number)
    return week.model_copy(update={"clients": tuple(clients)})


def _stepping(client: Client, week: ProgramWeek, number: int) -> Client:
    prescription = client.prescription
    assert prescription is not None
    most = next(level for level in week.levels if level.id == client.level).max_days_between
    fewest = next(days for days in range(2, 8) if most is None or most * days >= 7 - days)
    fewer = range(max(prescription.days, default=0) - 1, fewest - 1, -1)
    steps = tuple(
        Step(
            week_of=week.week_of + timedelta(days=7 * (1 + number % 2 + 2 * place)),
            hours=TargetBand(min=0, target=3 * days, max=max(3 * days, prescription.hours.max)),
            days=(days,),
            step_down=True,
        )
        for place, days in enumerate(fewer)
    )
    return client.model_copy(update={"prescription": prescription.model_copy(update={"steps": steps})})


def _leaving(client: Client, week: ProgramWeek, number: int) -> Client:
    if client.stay.last_day is not None:
        return client
    last = week.week_of + timedelta(days=7 + number)
    return client.model_copy(update={"stay": client.stay.model_copy(update={"last_date": last})})


def _authorised(client: Client, week: ProgramWeek, number: int) -> Client:
    units = {"days": 12} if number % 2 else {"hours": 40.0}
    last = week.week_of + timedelta(days=20 + number)
    agreed = client.authorisation or Authorisation(first=week.week_of, last=last, **units)
    return client.model_copy(update={"authorisation": agreed})


def missing(week: ProgramWeek, roster: Roster, number: int) -> Attended:
    """Every seventh client with a place missed the last day with anything."""
    schedule = Schedule.of(week, roster)
    entries = []
    for client, _ in schedule.placed[number::7]:
        days = [day for day in WEEK if scheduled(schedule, client.id, day)]
        entries.append(ClientWeek(client=client.id, days=tuple(days[:-1])))
    return Attended(tuple(entries))


@dataclass
class Seen:
    """What the weeks so far have had."""

    gone: set[str] = field(default_factory=set)
    turns: int = 0
    step_downs: int = 0
    discharges: int = 0


@pytest.mark.parametrize(
    ("name", "maker"), [*((name, by_hand) for name in INSTANCES), ("quickstart", solved)]
)
def test_eight_weeks_in_a_row(name: str, maker: Maker, tmp_path: Path) -> None:
    week, seen = planned(instance(name)), Seen()
    roster = Roster.model_validate_json(roster_path(name).read_text(encoding="utf-8"))
    for number in range(WEEKS):
        if number:
            roster = maker(week)
        assert evaluate(week, roster, POLICY).violations == ()
        if number and maker is solved:
            _kept(week, roster)
        week = _turned(week, roster, number, seen, tmp_path / "next.yaml")
    assert week.week_of == instance(name).week_of + timedelta(days=7 * WEEKS)
    assert seen.turns == WEEKS
    assert seen.step_downs >= 2
    assert seen.discharges >= 3


def _kept(week: ProgramWeek, roster: Roster) -> None:
    """Nobody in treatment loses a place, and who could stay in a cohort does: no week brought a change."""
    places = {placement.client: placement.cohort for placement in roster.placements}
    facts = Facts(week)
    for client in facts.current_treated:
        assert client.id in places
        if settled(facts, POLICY, client):
            assert places[client.id] == facts.previous[client.id].cohort


def _turned(week: ProgramWeek, roster: Roster, number: int, seen: Seen, path: Path) -> ProgramWeek:
    attended = missing(week, roster, number)
    found = advance(week, roster, attended)
    text = week_text(found.week)
    if not number:
        assert week_text(advance(week, roster, attended).week) == text
    path.write_text(text, encoding="utf-8")
    coming = load_week(path)
    assert coming == found.week
    Turn(week, roster, attended, found).check()
    there = {client.id for client in coming.clients}
    assert not seen.gone & there
    seen.gone |= {client.id for client in week.clients} - there
    seen.turns += 1
    seen.step_downs += sum(one.due for one in found.affected.step_downs)
    seen.discharges += len(found.affected.left)
    return coming
