"""Rule ``care-team``: the team meets every week, and whoever is named is there."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.windows import on_day
from iop_sched.rules.wording import at, names
from iop_sched.week.care import CareTeam
from iop_sched.week.policy import Policy
from iop_sched.week.roster import TeamMeeting
from iop_sched.week.times import Interval

RULE = "care-team"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Each care team meets once, in one of its windows, with all members and quorums."""
    facts = schedule.facts
    for team in facts.week.care_teams:
        meetings = [meeting for meeting in schedule.roster.team_meeting if meeting.team == team.id]
        if len(meetings) != 1:
            message = f"care team {team.id} meets {len(meetings)} times; once a week is due"
            yield Violation(RULE, team.id, "", message, abs(len(meetings) - 1))
        for meeting in meetings:
            interval = (meeting.start, meeting.start + facts.occ(team.minutes))
            for reason in (*_time(facts, team, meeting, interval), *_people(facts, team, meeting)):
                yield Violation(RULE, team.id, at(meeting.day, interval), f"care team {team.id}: {reason}")


def _time(facts: Facts, team: CareTeam, meeting: TeamMeeting, interval: Interval) -> Iterator[str]:
    # One window must hold the meeting: two that touch are two, as the team chose them.
    windows = on_day(team.windows, meeting.day)
    if not any(start <= interval[0] and interval[1] <= end for start, end in windows):
        yield "meets outside its windows"
    if meeting.day not in facts.open_days(team.site):
        yield f"meets on a day that {team.site} is closed"
    if meeting.start % facts.week.grid:
        yield f"starts off the grid of {facts.week.grid} min"


def _people(facts: Facts, team: CareTeam, meeting: TeamMeeting) -> Iterator[str]:
    missing = [member for member in team.members if member not in meeting.attendees]
    if missing:
        yield f"{names(missing)} must attend"
    people = [facts.clinicians[person] for person in meeting.attendees]
    for quorum in team.quorum:
        count = sum(quorum.role in person.roles for person in people)
        if count < quorum.count:
            yield f"{count} attend as {quorum.role}; at least {quorum.count} must"
    wanted = {quorum.role for quorum in team.quorum}
    for person in people:
        if person.id not in team.members and wanted.isdisjoint(person.roles):
            yield f"{person.id} is neither a member nor of a role it asks for"
        if team.site not in person.sites:
            yield f"{person.id} does not work at {team.site}"
