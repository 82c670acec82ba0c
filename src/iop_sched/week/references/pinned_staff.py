"""Pins of who works in a meeting: blocks, needs and people that go together."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.week.care import Block, Cohort, StaffNeed
from iop_sched.week.document import Fault, Path
from iop_sched.week.nearest import nearest
from iop_sched.week.people import Clinician
from iop_sched.week.pins import MeetingPin, StaffPin
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Day, Id


def check(week: ProgramWeek) -> Iterator[Fault]:
    """Faults of each pin's staff, and of pins that name different people for one need.

    That somebody is away then, or in two meetings at once, makes the week impossible and is none of this.
    """
    people = {clinician.id: clinician for clinician in week.clinicians}
    said: dict[tuple[Id, Day, Id, int], tuple[frozenset[Id], str]] = {}
    working: dict[tuple[Id, Day, Id, Id], tuple[int, str]] = {}
    for index, pin in enumerate(week.pins):
        meeting = pin.meeting
        for number, fixed in enumerate(meeting.staff if meeting else ()):
            assert meeting is not None
            path = ("pins", index, "meeting", "staff", number)
            yield from _fits(week, meeting, fixed, path, people)
            key = (meeting.cohort, meeting.day, fixed.block, fixed.need)
            named, by = said.setdefault(key, (frozenset(fixed.clinicians), pin.id))
            if named != frozenset(fixed.clinicians):
                what = f"pin '{by}' says otherwise about the same need"
                yield Fault((*path, "clinicians"), what, "name the same people, or keep one of the two")
            for place, who in enumerate(dict.fromkeys(fixed.clinicians)):
                need, by = working.setdefault((*key[:3], who), (fixed.need, pin.id))
                if need != fixed.need:
                    what = f"pin '{by}' has '{who}' fill need {need} of the same block"
                    yield Fault((*path, "clinicians", place), what, "one person fills one need of a block")


def _fits(
    week: ProgramWeek, meeting: MeetingPin, fixed: StaffPin, path: Path, people: dict[Id, Clinician]
) -> Iterator[Fault]:
    cohort = next((one for one in week.cohorts if one.id == meeting.cohort), None)
    agenda = next((one for one in week.agendas if cohort and one.id == cohort.agenda), None)
    if cohort is None or agenda is None:
        return
    blocks = {block.id: block for block in agenda.blocks_on(meeting.day)}
    if fixed.block not in blocks:
        what = f"'{meeting.cohort}' has no block '{fixed.block}' on {meeting.day.code}"
        close = nearest(fixed.block, blocks)
        right = f"did you mean '{close}'?" if close else f"write one of {', '.join(blocks) or 'none'}"
        yield Fault((*path, "block"), what, right)
        return
    block = blocks[fixed.block]
    if fixed.need >= len(block.staff):
        what = f"block '{block.id}' has no staff need {fixed.need}"
        last = len(block.staff) - 1
        right = f"write 0 to {last}, the first being 0" if block.staff else "take it out: it needs nobody"
        yield Fault((*path, "need"), what, right)
        return
    yield from _number(block, block.staff[fixed.need], fixed, path)
    for place, who in enumerate(fixed.clinicians):
        if who in people and (why := _unfit(people[who], block.staff[fixed.need], cohort)):
            what = f"'{who}' cannot fill need {fixed.need} of block '{block.id}': {why}"
            able = [one.id for one in people.values() if not _unfit(one, block.staff[fixed.need], cohort)]
            right = f"who can: {', '.join(able[:8])}" if able else "nobody here can; see the block's staff"
            yield Fault((*path, "clinicians", place), what, right)


def _number(block: Block, need: StaffNeed, fixed: StaffPin, path: Path) -> Iterator[Fault]:
    """A need is filled by those named alone, so they must be as many as it asks for."""
    named = len(fixed.clinicians)
    if named < need.count or (named > need.count and block.ratio is None):
        least = "at least " if block.ratio is not None else ""
        what = f"need {fixed.need} of block '{block.id}' asks for {least}{need.count}, not {named}"
        yield Fault((*path, "clinicians"), what, "name all who fill it, and nobody else")


def _unfit(person: Clinician, need: StaffNeed, cohort: Cohort) -> str | None:
    """Why nothing could let a clinician fill a need in a cohort's meeting; none when it may be."""
    if not set(need.roles) & set(person.roles):
        return f"it is for {' or '.join(need.roles)}"
    had = {*person.credentials, *person.modalities}
    if lacking := [one for one in (*need.credentials, *need.modalities) if one not in had]:
        return f"it asks for {', '.join(lacking)}"
    if cohort.format == "in-person" and cohort.site not in person.sites:
        return f"'{cohort.site}' is none of their sites"
    if cohort.language and person.languages and cohort.language not in person.languages:
        return f"the cohort speaks {cohort.language}"
    return None
