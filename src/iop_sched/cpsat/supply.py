"""supply: only so many offices, machines and licensed places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from iop_sched.cpsat.model import Cost, Literal, Model
from iop_sched.cpsat.separate import Timed
from iop_sched.week.times import WEEK, Day, Id

RULE = "supply"


def post(model: Model) -> Iterator[Cost]:
    """Uses of each kind at each site at any moment, and clients on site each day."""
    counts: Counter[tuple[Id, Id]] = Counter()
    for supply in model.facts.week.supplies:
        counts[supply.site, supply.kind] += supply.count
    for (where, kind, _), uses in _uses(model).items():
        count = counts[where, kind]
        if count == 0:
            # no room for any interval at all, nor for the spare one of a first roster
            for use in uses:
                model.cp.add(use.literal == 0)
        elif len(uses) > count:
            cumulative = model.cp.add_cumulative([t.interval(model) for t in uses], [1] * len(uses), count)
            model.cumulatives.append(cumulative.index)
    for site in model.facts.week.sites:
        if site.census is not None:
            for day in WEEK:
                _census(model, site.id, day, site.census)
    yield from ()


def _uses(model: Model) -> dict[tuple[Id, Id, Day], list[Timed]]:
    uses: dict[tuple[Id, Id, Day], list[Timed]] = defaultdict(list)
    grid = model.facts.grid
    for key, held in model.held.items():
        cohort = model.facts.cohorts[key.cohort]
        if cohort.format == "in-person":
            for timed in model.facts.blocks(key):
                size = (timed.end - timed.start) // grid
                name = f"{key.cohort}#{key.option} {key.day.code} {timed.block.id}"
                for kind in timed.block.supplies:
                    uses[cohort.site, kind, key.day].append(
                        Timed(name, timed.start // grid, size, None, held)
                    )
    for session in model.sessions:
        size = model.facts.cells(session.service.minutes)
        for (day, place), mode in session.mode.items():
            if place is not None:
                for kind in session.service.supplies:
                    name = f"{session.key} {day.code} uses {kind}"
                    uses[place, kind, day].append(Timed(name, session.start[day], size, None, mode))
    return uses


def _census(model: Model, site: Id, day: Day, census: int) -> None:
    """Clients on the site that day: in a meeting there, or in a session there."""
    there = []
    for client in model.facts.week.clients:
        literals = _on_site(model, client.id, site, day)
        if literals:
            on_site = literals[0]
            if len(literals) > 1:
                on_site = model.bool(f"{client.id} at {site} {day.code}")
                for literal in literals:
                    model.cp.add_implication(literal, on_site)
            there.append(on_site)
    if len(there) > census:
        model.cp.add(sum(there) <= census)


def _on_site(model: Model, client: Id, site: Id, day: Day) -> list[Literal]:
    seats = [
        literal
        for key, literal in model.seats_of(client, day)
        if model.facts.meeting_place(model.facts.cohorts[key.cohort]) == site
    ]
    sessions = [
        literal
        for session in model.sessions_of(client)
        for place, literal in session.joins_on.get((client, day), {}).items()
        if place == site
    ]
    return seats + sessions
