"""authorisation: what goes beyond the payer's hours or days costs, or is forbidden when hard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from iop_sched.cpsat import dosage
from iop_sched.cpsat.model import Cost, Expr, Model
from iop_sched.week.base import minutes
from iop_sched.week.people import Client
from iop_sched.week.times import WEEK, Day

RULE = "authorisation"


def post(model: Model) -> Iterator[Cost]:
    """Excess in minutes or days, over what is covered on the covered dates."""
    for client in model.facts.treated:
        granted = client.authorisation
        if granted is None:
            continue
        assert client.prescription is not None
        dates = {day: model.facts.week.week_of + timedelta(days=int(day)) for day in WEEK}
        covered = [day for day in WEEK if granted.first <= dates[day] <= granted.last]
        if granted.days is None:
            amounts: dict[Day, Expr] = {d: dosage.minutes_on(model, client, d) for d in WEEK}
            limit, most = minutes(granted.hours or 0), dosage.most(model, client)
            yield from _excess(
                model, client, "hours", amounts, covered, limit, most, model.facts.floor(client)
            )
        else:
            amounts = {day: _treated_on(model, client, day) for day in WEEK}
            floor = min(client.prescription.days, default=0)
            yield from _excess(model, client, "days", amounts, covered, granted.days, 7, floor)


def _excess(
    model: Model,
    client: Client,
    unit: str,
    amounts: dict[Day, Expr],
    covered: list[Day],
    limit: int,
    most: int,
    floor: int,
) -> Iterator[Cost]:
    inside = sum(amounts[day] for day in covered)
    outside = sum(amounts[day] for day in WEEK if day not in covered)
    over = model.amount(most, f"{client.id} {unit} beyond authorisation")
    model.cp.add(over >= outside)
    model.cp.add(over >= outside + inside - limit)
    yield Cost(f"authorisation.{unit}", over, most)
    if model.soft(RULE) or model.facts.overridden(RULE, client.id):
        return
    within_limit = model.bool(f"{client.id} within authorisation")
    model.cp.add(outside <= 0).only_enforce_if(within_limit)
    model.cp.add(inside <= limit).only_enforce_if(within_limit)
    model.cp.add(inside + outside <= floor).only_enforce_if(~within_limit)


def _treated_on(model: Model, client: Client, day: Day) -> Expr:
    """1 on a day with counted minutes."""
    seats = [
        seat
        for key, seat in model.seats_of(client.id, day)
        if any(t.block.counts for t in model.facts.owned(client, key))
    ]
    sessions = [s for s in model.dosage_sessions(client) if (client.id, day) in s.joins_on]
    if not seats and not sessions:
        return 0
    treated = model.bool(f"{client.id} treated {day.code}")
    if _may_be_emptied(model, client, day):
        most = dosage.most_on(model, client, day)
        model.cp.add(dosage.minutes_on(model, client, day) <= most * treated)
        return treated
    for seat in seats:
        model.cp.add_implication(seat, treated)
    for session in sessions:
        model.cp.add(session.attends_on(client.id, day) <= treated)
    return treated


def _may_be_emptied(model: Model, client: Client, day: Day) -> bool:
    """Whether a session that is no dosage may take the place of all counted minutes of a day's blocks."""
    return any(
        inside.meeting.day == day and not model.facts.is_dosage(client, inside.session.service)
        for inside in model.inside_of(client.id)
    )
