"""care-team: the team meets every week, and whoever is named is there."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat import clinician_time
from iop_sched.cpsat.facts import on_day
from iop_sched.cpsat.model import Cost, Model, TeamVars
from iop_sched.cpsat.starts import Starts, common, domain
from iop_sched.week.care import CareTeam
from iop_sched.week.people import Clinician
from iop_sched.week.times import WEEK, Day

RULE = "care-team"


def declare(model: Model) -> None:
    """When each team meets, and who attends."""
    if model.active(RULE):
        for team in model.facts.week.care_teams:
            model.teams[team.id] = _team(model, team)


def _team(model: Model, team: CareTeam) -> TeamVars:
    variables = TeamVars({}, {}, {}, {})
    people = [c for c in model.facts.week.clinicians if _may_attend(team, c)]
    for clinician in people:
        variables.attends[clinician.id] = model.bool(f"{clinician.id} attends {team.id}")
    for day in WEEK:
        starts = _starts(model, team, day)
        if starts and model.facts.is_open(team.site, day):
            on = model.bool(f"{team.id} {day.code}")
            start = model.cp.new_int_var_from_domain(domain(starts), f"start {team.id} {day.code}")
            variables.on[day], variables.start[day] = on, start
            for clinician in people:
                _attends_on(model, team, variables, clinician, day)
    for clinician in people:
        days = [lit for (who, _), lit in variables.attends_on.items() if who == clinician.id]
        model.cp.add(sum(days) == variables.attends[clinician.id])
    model.cp.add(sum(variables.on.values()) == 1)
    return variables


def _starts(model: Model, team: CareTeam, day: Day) -> Starts:
    """Start cells within one window: two that touch are two, as the team chose them."""
    windows = on_day(team.windows, day)
    return [cells for window in windows for cells in model.facts.starts([window], team.minutes)]


def _attends_on(model: Model, team: CareTeam, variables: TeamVars, clinician: Clinician, day: int) -> None:
    weekday = WEEK[day]
    free = clinician_time.free(model, clinician, weekday, team.site)
    offered = _starts(model, team, weekday)
    fits = common(offered, model.facts.starts(free, team.minutes))
    if not fits:
        return
    literal = model.bool(f"{clinician.id} attends {team.id} {weekday.code}")
    model.cp.add_implication(literal, variables.on[weekday])
    if fits != offered:
        in_hours = model.cp.add_linear_expression_in_domain(variables.start[weekday], domain(fits))
        in_hours.only_enforce_if(literal)
    variables.attends_on[clinician.id, weekday] = literal


def _may_attend(team: CareTeam, clinician: Clinician) -> bool:
    wanted = {quorum.role for quorum in team.quorum}
    return team.site in clinician.sites and (
        clinician.id in team.members or bool(wanted & set(clinician.roles))
    )


def post(model: Model) -> Iterator[Cost]:
    """All members attend, and each quorum is met."""
    for team in model.facts.week.care_teams:
        attends = model.teams[team.id].attends
        for member in team.members:
            if member in attends:
                model.cp.add(attends[member] == 1)
            else:
                model.cp.add_bool_or([])
        for quorum in team.quorum:
            there = [lit for who, lit in attends.items() if quorum.role in model.facts.clinicians[who].roles]
            model.cp.add(sum(there) >= quorum.count)
    yield from ()
