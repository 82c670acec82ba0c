"""What is known of cohorts and their agendas: whom they admit, how many, when they meet, who runs them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from iop_sched.explain.facts.fact import MANY, Draft, Fact, Kind, Raw, Relax, put
from iop_sched.explain.facts.inherited import inherited_members, or_inherited
from iop_sched.explain.facts.scope import Scope
from iop_sched.explain.facts.staffing import needs
from iop_sched.explain.facts.words import counted, days_of
from iop_sched.week.care import Block, Cohort, MeetingOption
from iop_sched.week.document import Path
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, clock, round_up

ADMITS = Kind("whom a cohort admits", ("eligibility",), 2)
LANGUAGE = Kind("language of a cohort", ("eligibility", "facilitation"), 3)
SIZE = Kind("size of a cohort", ("cohort-size",), 1)
TIMES = Kind("when a cohort meets", (), 2)
ATTENDANCE = Kind("size of a block", ("meeting-attendance",), 1)
STAFF = Kind("staff of a block", ("facilitation",), 3)
ROOM = Kind("room of a cohort", ("rooms",), 3)
SUPPLIES = Kind("supplies of a block", ("supply",), 3)

EVERY = 360
"""Minutes between the other starts that a cohort is given when it need not meet when it does."""


def facts(scope: Scope) -> Iterator[Fact]:
    """Facts of the scope's cohorts, then of their agendas."""
    week = scope.week
    inherited = inherited_members(week)
    about = {cohort.id for cohort in scope.cohorts}
    for index, cohort in enumerate(week.cohorts):
        if cohort.id in about:
            path: Path = ("cohorts", index)
            yield from _admits(week, cohort, path)
            yield from _size(cohort, path, inherited[cohort.id])
            if cohort.room_kind is not None and cohort.format == "in-person":
                at: Path = (*path, "room_kind")
                yield Fact(ROOM, at, f"{cohort.id} needs a room of kind {cohort.room_kind}", put(at, None))
            yield from _times(scope, cohort, path)
    if week.max_new_cohorts is not None:
        at = ("max_new_cohorts",)
        says = f"{counted(week.max_new_cohorts, 'candidate cohort')} may open at most"
        yield Fact(SIZE, at, says, put(at, None))
    yield from _agendas(scope)


def _admits(week: ProgramWeek, cohort: Cohort, path: Path) -> Iterator[Fact]:
    levels = [level.id for level in week.levels]
    if set(levels) - set(cohort.levels):
        at: Path = (*path, "levels")
        yield Fact(ADMITS, at, f"{cohort.id} admits the level {' or '.join(cohort.levels)}", put(at, levels))
    if cohort.populations:
        at = (*path, "populations")
        yield Fact(ADMITS, at, f"{cohort.id} admits {' or '.join(cohort.populations)}", put(at, []))
    needs = {need for client in week.clients for need in client.needs}
    if needs - set(cohort.serves):
        at = (*path, "serves")
        says = f"{cohort.id} serves {', '.join(cohort.serves) or 'no special needs'}"
        yield Fact(ADMITS, at, says, put(at, sorted(needs | set(cohort.serves))))
    if cohort.requires:
        at = (*path, "requires")
        yield Fact(ADMITS, at, f"{cohort.id} is for clients with {', '.join(cohort.requires)}", put(at, []))
    if cohort.language:
        at = (*path, "language")
        yield Fact(LANGUAGE, at, f"{cohort.id} is held in {cohort.language}", put(at, None))


def _size(cohort: Cohort, path: Path, inherited: int) -> Iterator[Fact]:
    at: Path = (*path, "members", "max")
    more = or_inherited(cohort.members.max, inherited)
    says = f"{cohort.id} takes {counted(cohort.members.max, 'member')} at most{more}"
    yield Fact(SIZE, at, says, put(at, MANY))
    if cohort.status == "candidate" and cohort.members.min:
        at = (*path, "members", "min")
        says = f"{cohort.id} opens with {counted(cohort.members.min, 'member')} at least"
        yield Fact(SIZE, at, says, put(at, 0))


def _times(scope: Scope, cohort: Cohort, path: Path) -> Iterator[Fact]:
    """When a cohort meets, where that matters; taken away, it may meet at other times, or not at all."""
    if not scope.reads_times(cohort):
        return
    days = WEEK if "track" in scope.rules else scope.pinned_cohorts.get(cohort.id, ())
    options = ", or ".join(_when(scope.week, option) for option in cohort.options)
    relax = _any_times(scope.week, cohort, path, days)
    if cohort.status == "candidate":
        yield Fact(TIMES, (*path, "options"), f"{cohort.id} may meet {options}", relax)
    else:
        yield Fact(TIMES, (*path, "options", 0), f"{cohort.id} meets {options}", relax)


def _when(week: ProgramWeek, option: MeetingOption) -> str:
    slot = next(slot for slot in week.slots if slot.id == option.slot)
    starts = " or ".join(sorted({clock(slot.start_on(day)) for day in option.days}))
    return f"{days_of(option.days)} at {starts}"


def _any_times(week: ProgramWeek, cohort: Cohort, path: Path, days: Collection[Day]) -> Relax:
    options, slots = _other_options(week, cohort, days)

    def relax(draft: Draft) -> None:
        raw = draft.week["cohorts"][path[1]]
        raw["options"] = [*raw["options"], *options]
        have = {slot["id"] for slot in draft.week["slots"]}
        draft.week["slots"] += [slot for slot in slots if slot["id"] not in have]
        if cohort.status == "running":
            raw["status"] = "candidate"
            raw["members"]["min"] = 0
            if draft.week["max_new_cohorts"] is not None:
                draft.week["max_new_cohorts"] += 1

    return relax


def _other_options(week: ProgramWeek, cohort: Cohort, named: Collection[Day]) -> tuple[list[Raw], list[Raw]]:
    """Its days at other times of the day, and those days and the days named at its own time."""
    agenda = next(agenda for agenda in week.agendas if agenda.id == cohort.agenda)
    length = max(block.after + round_up(block.minutes, week.grid) for block in agenda.blocks)
    slots: list[Raw] = [
        {"id": f"at.{start}", "start": clock(start)} for start in range(0, DAY_MINUTES - length + 1, EVERY)
    ]
    options: list[Raw] = []
    for option in cohort.options:
        days = [day.code for day in option.days]
        options += [{"slot": slot["id"], "days": days} for slot in slots]
        if more := [day.code for day in named if day not in option.days]:
            options.append({"slot": option.slot, "days": [*days, *more]})
    return options, slots


def _agendas(scope: Scope) -> Iterator[Fact]:
    used = {cohort.agenda for cohort in scope.cohorts}
    agendas = {cohort.id: cohort.agenda for cohort in scope.week.cohorts}
    pinned = {
        (agendas[pin.meeting.cohort], one.block, one.need)
        for pin in scope.week.pins
        if pin.meeting is not None
        for one in pin.meeting.staff
    }
    for index, agenda in enumerate(scope.week.agendas):
        if agenda.id in used:
            for number, block in enumerate(agenda.blocks):
                path: Path = ("agendas", index, "blocks", number)
                held = {need for of, name, need in pinned if (of, name) == (agenda.id, block.id)}
                yield from _block(scope.week, f"{block.id} of agenda {agenda.id}", block, path, held)


def _block(week: ProgramWeek, name: str, block: Block, path: Path, pinned: Collection[int]) -> Iterator[Fact]:
    """``pinned``: needs for which a pin names people: to ask for fewer would contradict it."""
    if block.attendance is not None:
        at: Path = (*path, "attendance", "max")
        says = f"{name} takes {counted(block.attendance.max, 'client')} at most"
        yield Fact(ATTENDANCE, at, says, put(at, MANY))
    if block.ratio is not None:
        at = (*path, "ratio")
        says = f"{name} has {counted(block.ratio, 'client')} a staff member at most"
        yield Fact(STAFF, at, says, put(at, MANY if pinned else None))
    if block.supplies:
        at = (*path, "supplies")
        yield Fact(SUPPLIES, at, f"{name} uses {', '.join(block.supplies)}", put(at, []))
    for number, need in enumerate(block.staff):
        for fact in needs(week, name, need, (*path, "staff", number), STAFF):
            if number not in pinned or fact.path[-1] != "count":
                yield fact
        if need.lead and not any(pin.cohort and pin.cohort.leader for pin in week.pins):
            at = (*path, "staff", number, "lead")
            yield Fact(STAFF, at, f"{name} is led by the same person all week", put(at, False))
