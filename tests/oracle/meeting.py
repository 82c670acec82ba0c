"""Every way to hold a meeting, and to let a care team meet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from iop_sched.week.care import Block, CareTeam
from iop_sched.week.roster import BlockStaff, Meeting, OpenCohort, TeamMeeting
from iop_sched.week.times import DAY_MINUTES, WEEK, Day
from oracle.judge import Judge, make
from oracle.placing import Few

UNARY = ("facilitation", "clinician-time", "rooms", "meeting-held")


def meetings(judge: Judge, opened: OpenCohort, day: Day) -> list[Meeting]:
    """Not held, and held in every room with every staff."""
    few, found = Few(judge), []
    for meeting in _all(judge, opened, day):
        if few.passes(judge.broken(UNARY, make([opened], meetings=[meeting]))):
            found.append(meeting)
    return found


def _all(judge: Judge, opened: OpenCohort, day: Day) -> Iterator[Meeting]:
    yield Meeting(cohort=opened.cohort, day=day, held=False)
    blocks = judge.facts.blocks_on(opened.cohort, day)
    rooms: list[str | None] = [None]
    if judge.facts.cohorts[opened.cohort].room_kind is not None:
        rooms += [room.id for room in judge.week.rooms]
    for staff in product(*(list(_block_staff(judge, block, opened, day)) for block in blocks)):
        entries = tuple(entry for block in staff for entry in block)
        for room in rooms:
            yield Meeting(cohort=opened.cohort, day=day, held=True, room=room, staff=entries)


def _block_staff(
    judge: Judge, block: Block, opened: OpenCohort, day: Day
) -> Iterator[tuple[BlockStaff, ...]]:
    """Everybody who could fill the needs of a block; more than asked where there is a ratio."""
    if "facilitation" not in judge.active:
        yield ()
        return
    people = [clinician.id for clinician in judge.week.clinicians]
    choices = []
    for number, need in enumerate(block.staff):
        sizes = (
            range(need.count, len(people) + 1)
            if block.ratio is not None
            else range(need.count, need.count + 1)
        )
        teams = [team for size in sizes for team in combinations(people, size)]
        if need.lead and not _is_pinned(judge, opened.cohort, day, block.id, number):
            teams = [team for team in teams if opened.leader in team]
        if judge.may_break("facilitation"):
            teams.append(())
        choices.append([[BlockStaff(block=block.id, need=number, clinician=one) for one in t] for t in teams])
    for chosen in product(*choices):
        yield tuple(entry for team in chosen for entry in team)


def _is_pinned(judge: Judge, cohort: str, day: Day, block: str, need: int) -> bool:
    """Whether a pin says who fills a need, so that it need not be the leader."""
    pinned = [pin.meeting for pin in judge.week.pins if pin.meeting is not None]
    about = [one for one in pinned if (one.cohort, one.day) == (cohort, day)]
    return any((fixed.block, fixed.need) == (block, need) for one in about for fixed in one.staff)


def team_meetings(judge: Judge, team: CareTeam) -> list[TeamMeeting | None]:
    """Every time and every set of people; none at all is a way to break the rule."""
    if "care-team" not in judge.active:
        return [None]
    found: list[TeamMeeting | None] = [None] if judge.may_break("care-team") else []
    people = [clinician.id for clinician in judge.week.clinicians]
    sets = [chosen for size in range(1, len(people) + 1) for chosen in combinations(people, size)]
    few = Few(judge)
    for day in WEEK:
        for start in range(0, DAY_MINUTES, judge.week.grid):
            if not _in_some_window(team, day, start) and not judge.may_break("care-team"):
                continue
            for attendees in sets:
                meeting = TeamMeeting.model_construct(team=team.id, day=day, start=start, attendees=attendees)
                if few.passes(_broken_by_team(judge, team, meeting)):
                    found.append(meeting)
    return found


def _in_some_window(team: CareTeam, day: Day, start: int) -> bool:
    return any(day in window.days and window.start <= start < window.end for window in team.windows)


def _broken_by_team(judge: Judge, team: CareTeam, meeting: TeamMeeting) -> frozenset[str]:
    """Rules that this meeting breaks by itself; other teams' absence is not its fault."""
    alone = judge.alone(team.id)
    return alone.broken(("care-team", "clinician-time"), make(teams=[meeting]))
