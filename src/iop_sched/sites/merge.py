"""One roster from those of the parts."""

from __future__ import annotations

from collections.abc import Sequence

from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


def merge(week: ProgramWeek, rosters: Sequence[Roster]) -> Roster:
    """The rosters of all groups as one, in the order in which a solve of the whole week lists them."""
    cohorts = {cohort.id: number for number, cohort in enumerate(week.cohorts)}
    clients = {client.id: number for number, client in enumerate(week.clients)}
    teams = {team.id: number for number, team in enumerate(week.care_teams)}
    return Roster(
        cohorts=tuple(
            sorted((one for roster in rosters for one in roster.cohorts), key=lambda one: cohorts[one.cohort])
        ),
        placements=tuple(
            sorted(
                (one for roster in rosters for one in roster.placements), key=lambda one: clients[one.client]
            )
        ),
        # the meetings of a cohort are all in one roster, and in order there
        facilitation=tuple(
            sorted(
                (one for roster in rosters for one in roster.facilitation),
                key=lambda one: cohorts[one.cohort],
            )
        ),
        sessions=tuple(
            sorted(
                (one for roster in rosters for one in roster.sessions),
                key=lambda one: (one.day, one.start, one.service, one.clients),
            )
        ),
        team_meeting=tuple(
            sorted(
                (one for roster in rosters for one in roster.team_meeting), key=lambda one: teams[one.team]
            )
        ),
    )
