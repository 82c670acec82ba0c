"""Care teams when somebody, or a day, is missing.

A care team must meet, with all of its members and its quorum. Were nothing done about it, the commonest
change of all, a clinician out on the day of the team, would make the week impossible.
"""

from __future__ import annotations

from functools import partial

from iop_sched.scenario.change import Changed
from iop_sched.scenario.falling import falling
from iop_sched.scenario.windows import working
from iop_sched.week.care import CareTeam, Quorum, team_called
from iop_sched.week.people import Clinician
from iop_sched.week.pins import Pin
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import intersect


def meeting_without(changed: Changed, before: ProgramWeek, missing: Clinician) -> Changed:
    """Teams meet without a clinician who is gone, or who could have attended and now can at no time.

    ``missing`` is the clinician's record as it was before.
    """
    clinicians = {one.id: one for one in changed.week.clinicians}
    now = clinicians.get(missing.id)
    for team in before.care_teams:
        if now is not None and (_can_attend(now, team) or not _can_attend(missing, team)):
            continue
        new = team.model_copy(
            update={
                "members": tuple(one for one in team.members if one != missing.id),
                "quorum": tuple(
                    left
                    for quorum in team.quorum
                    if (left := _possible(quorum, team, changed.week, before, missing)) is not None
                ),
            }
        )
        if new != team:
            teams = tuple(new if one.id == team.id else one for one in changed.week.care_teams)
            changed = changed.also(
                f"The {team_called(team.id)} meets without {missing.id}.", care_teams=teams
            )
    return changed


def not_meeting(changed: Changed) -> Changed:
    """The week without care teams whose windows are all on closed days, nor pins of their meetings."""
    for team in changed.week.care_teams:
        closed = {one.day for one in changed.week.closures if not one.sites or team.site in one.sites}
        if all(set(window.days) <= closed for window in team.windows):
            teams = tuple(one for one in changed.week.care_teams if one.id != team.id)
            changed = changed.also(f"The {team_called(team.id)} does not meet this week.", care_teams=teams)
            changed = falling(changed, partial(_is_of, team.id))
    return changed


def _is_of(team: str, pin: Pin) -> bool:
    return pin.team is not None and pin.team.team == team


def _possible(
    quorum: Quorum, team: CareTeam, week: ProgramWeek, before: ProgramWeek, missing: Clinician
) -> Quorum | None:
    """The quorum, lowered to those who can attend when only the missing one made it possible."""
    if quorum.role not in missing.roles or _number(quorum, team, before) < quorum.count:
        return quorum
    able = _number(quorum, team, week)
    if able >= quorum.count:
        return quorum
    return Quorum(role=quorum.role, count=able) if able else None


def _number(quorum: Quorum, team: CareTeam, week: ProgramWeek) -> int:
    return sum(quorum.role in one.roles and _can_attend(one, team) for one in week.clinicians)


def _can_attend(clinician: Clinician, team: CareTeam) -> bool:
    """Whether some working hours inside the team's windows are long enough for the meeting."""
    hours = working(clinician.available, clinician.away)
    return any(
        end - start >= team.minutes
        for window in team.windows
        for day in window.days
        for start, end in intersect(
            [window.interval],
            [one.interval for one in hours if day in one.days and one.site in (None, team.site)],
        )
    )
