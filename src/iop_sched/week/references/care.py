"""Agendas, cohorts, sites and supplies that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from iop_sched.week.care import Agenda, Block, Cohort
from iop_sched.week.document import Fault, Path
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import DAY_MINUTES, WEEK, round_up


def check(week: ProgramWeek) -> Iterator[Fault]:
    """Faults of places, agendas and cohorts."""
    yield from _places(week)
    for index, agenda in enumerate(week.agendas):
        yield from _blocks(agenda, ("agendas", index, "blocks"), week.grid)
    for index, cohort in enumerate(week.cohorts):
        yield from _cohort(cohort, ("cohorts", index))
        yield from _past_midnight(week, cohort, ("cohorts", index))


def _places(week: ProgramWeek) -> Iterator[Fault]:
    for index, site in enumerate(week.sites):
        for other in site.travel:
            if other == site.id:
                what = "this is the way from a site to itself"
                yield Fault(("sites", index, "travel", other), what, "take it out", of_key=True)
    seen: set[tuple[str, str]] = set()
    for index, supply in enumerate(week.supplies):
        if (supply.kind, supply.site) in seen:
            what = f"'{supply.kind}' at '{supply.site}' is counted twice"
            yield Fault(("supplies", index), what, "keep one entry with the whole count")
        seen.add((supply.kind, supply.site))


def _blocks(agenda: Agenda, path: Path, grid: int) -> Iterator[Fault]:
    reported: set[str] = set()
    for day in WEEK:
        blocks = agenda.blocks_on(day)
        for one, other in pairwise(blocks):
            if other.after < one.after + round_up(one.minutes, grid) and other.id not in reported:
                reported.add(other.id)
                index = next(at for at, block in enumerate(agenda.blocks) if block is other)
                end = one.after + round_up(one.minutes, grid)
                what = f"on {day.code} this block starts before block '{one.id}' is over (on the grid)"
                yield Fault((*path, index, "after"), what, f"write {end} or more, or shorten '{one.id}'")
    for index, block in enumerate(agenda.blocks):
        yield from _leads(block, (*path, index, "staff"))


def _leads(block: Block, path: Path) -> Iterator[Fault]:
    leads = [index for index, need in enumerate(block.staff) if need.lead]
    for index in leads[1:]:
        what = "a block has one leader, and an earlier need has 'lead' already"
        yield Fault((*path, index, "lead"), what, "keep 'lead: true' on one need")
    for index in leads:
        if block.staff[index].count != 1:
            right = "write 'count: 1', and another need for the others"
            yield Fault((*path, index, "count"), "the leader is one person", right)


def _cohort(cohort: Cohort, path: Path) -> Iterator[Fault]:
    if cohort.status == "running" and len(cohort.options) > 1:
        what = "a running cohort has one slot with its days"
        yield Fault((*path, "options", 1), what, "keep one option, or write 'status: candidate'")
    seen: set[tuple[object, ...]] = set()
    for index, option in enumerate(cohort.options):
        if (option.slot, option.days) in seen:
            yield Fault((*path, "options", index), "this option stands twice", "name it once")
        seen.add((option.slot, option.days))
    if cohort.members.max < 1:
        yield Fault((*path, "members", "max"), "nobody could join", "write 1 or more")
    for index, need in enumerate(cohort.requires):
        if need not in cohort.serves:
            what = f"the cohort requires '{need}' but does not serve it, so that nobody could join"
            yield Fault((*path, "requires", index), what, "add it to 'serves' as well")


def _past_midnight(week: ProgramWeek, cohort: Cohort, path: Path) -> Iterator[Fault]:
    slots = {slot.id: slot for slot in week.slots}
    agenda = next((agenda for agenda in week.agendas if agenda.id == cohort.agenda), None)
    for index, option in enumerate(cohort.options):
        slot = slots.get(option.slot)
        if slot is None or agenda is None:
            continue
        for day in option.days:
            late = [
                block.id
                for block in agenda.blocks_on(day)
                if slot.start_on(day) + block.after + round_up(block.minutes, week.grid) > DAY_MINUTES
            ]
            if late:
                what = f"in slot '{slot.id}', block '{late[0]}' would run past midnight on {day.code}"
                yield Fault((*path, "options", index, "slot"), what, "choose an earlier slot or agenda")
                break
