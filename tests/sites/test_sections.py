"""A large site cut into sections: everything in one of them, nothing torn that holds together."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from ortools.sat.python import cp_model

from generate.made import made
from iop_sched.cpsat.facts import Facts
from iop_sched.sites import sections as cutting
from iop_sched.sites.groups import groups
from iop_sched.sites.sections import Sections, sections
from iop_sched.sites.splitting import Split, split
from iop_sched.week.pins import CohortPin, MeetingPin, Pin, PlacePin, StaffPin
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references import contradictions
from iop_sched.week.roster import Roster, Session

SITE = "s01"


@pytest.fixture(scope="module")
def week() -> ProgramWeek:
    return made(96, 1, "medium", 1).week


@pytest.fixture(scope="module")
def cut(week: ProgramWeek) -> Sections:
    found = sections(week, Policy(), SITE, 2)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def halves(week: ProgramWeek, cut: Sections) -> Split:
    return split(Split(week, {}), SITE, cut)


def test_everything_is_in_one_section(week: ProgramWeek, cut: Sections) -> None:
    assert cut.cohorts.keys() == {cohort.id for cohort in week.cohorts}
    assert cut.clinicians.keys() == {person.id for person in week.clinicians}
    assert cut.rooms.keys() == {room.id for room in week.rooms}
    assert cut.teams.keys() == {team.id for team in week.care_teams}
    assert len(cut.offerings) == sum(len(service.offerings) for service in week.services)
    for things in (cut.cohorts, cut.clinicians, cut.rooms):
        assert set(things.values()) == {0, 1}


def test_all_meetings_can_be_held_in_sections_of_like_size(week: ProgramWeek, cut: Sections) -> None:
    assert cut.missing == 0
    seats = Counter[int]()
    for cohort in week.cohorts:
        seats[cut.cohorts[cohort.id]] += cohort.members.max if cohort.status == "running" else 0
    assert min(seats.values()) >= 0.6 * sum(seats.values()) / 2


def test_of_a_short_time_limit_the_cut_takes_a_part(
    week: ProgramWeek, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[float] = []
    solve = cutting._Search.solve

    def noted(self: cutting._Search, seconds: float, *rest: Any) -> cp_model.CpSolver | None:
        taken.append(seconds)
        return solve(self, seconds, *rest)

    monkeypatch.setattr(cutting._Search, "solve", noted)
    assert sections(week, Policy(), SITE, 2, limit=10) is not None
    assert taken[0] == 1


def test_meetings_that_nobody_can_lead_are_missing(week: ProgramWeek) -> None:
    gone = tuple(person.model_copy(update={"roles": ("visitor",)}) for person in week.clinicians)
    teams = tuple(team.model_copy(update={"quorum": ()}) for team in week.care_teams)
    found = sections(week.model_copy(update={"clinicians": gone, "care_teams": teams}), Policy(), SITE, 2)
    assert found is not None
    assert found.missing == 1


def test_a_care_team_and_its_members_stay_together(week: ProgramWeek, cut: Sections) -> None:
    for team in week.care_teams:
        assert {cut.clinicians[member] for member in team.members} <= {cut.teams[team.id]}
        for quorum in team.quorum:
            there = [p for p in week.clinicians if cut.clinicians[p.id] == cut.teams[team.id]]
            assert sum(quorum.role in person.roles for person in there) >= quorum.count


def test_most_clients_stay_with_their_primaries_and_cohorts_with_their_leaders(
    week: ProgramWeek, cut: Sections
) -> None:
    kept = [
        cut.cohorts[one.cohort] == cut.clinicians[one.primary]
        for one in week.previous.placements
        if one.cohort and one.primary
    ]
    led = [cut.cohorts[one.cohort] == cut.clinicians[one.leader] for one in week.previous.leaders]
    assert sum(kept) >= 0.8 * len(kept)
    assert sum(led) >= 0.8 * len(led)


def test_the_week_of_sections_is_valid_and_falls_apart(week: ProgramWeek, halves: Split) -> None:
    data = halves.week.model_dump(mode="json")
    assert ProgramWeek.model_validate(data) == halves.week
    assert list(contradictions(halves.week, data)) == []
    assert groups(halves.week, Policy()) == [frozenset({"s01.1"}), frozenset({"s01.2"})]


def test_counts_of_the_site_are_shared_out(week: ProgramWeek, halves: Split) -> None:
    def supplies(of: ProgramWeek) -> Counter[str]:
        found: Counter[str] = Counter()
        for supply in of.supplies:
            found[supply.kind] += supply.count
        return found

    assert supplies(halves.week) == supplies(week)
    assert sum(site.census or 0 for site in halves.week.sites) == week.sites[0].census


def test_sessions_get_their_site_back(halves: Split) -> None:
    def session(site: str | None) -> Session:
        return Session(service="talk", clients=("ana",), staff=(), day="mon", start="09:00", site=site)

    joined = halves.rejoin(Roster(sessions=(session("s01.2"), session(None))))
    assert [one.site for one in joined.sessions] == [SITE, None]


def test_pins_and_companions_hold_sections_together(week: ProgramWeek, cut: Sections) -> None:
    apart = {number: [c for c, at in cut.cohorts.items() if at == number] for number in (0, 1)}
    leader = next(person for person, at in cut.clinicians.items() if at == 1)
    home = {one.client: one.cohort for one in week.previous.placements}
    one = next(client for client, cohort in home.items() if cohort in apart[0])
    other = next(client for client, cohort in home.items() if cohort in apart[1])
    pins = (
        Pin(id="led", cohort=CohortPin(cohort=apart[0][0], leader=leader)),
        Pin(id="seen", place=PlacePin(client=one, primary=leader)),
    )
    found = sections(week.model_copy(update={"pins": pins, "together": ((one, other),)}), Policy(), SITE, 2)
    assert found is not None
    assert found.cohorts[apart[0][0]] == found.clinicians[leader]
    assert found.cohorts[home[one]] == found.clinicians[leader] == found.cohorts[home[other]]


def test_pinned_staff_is_in_the_section_of_its_meeting(week: ProgramWeek, cut: Sections) -> None:
    agendas = {agenda.id: agenda for agenda in week.agendas}
    running = [one for one in week.cohorts if one.status == "running"]
    facts = Facts(week)
    # somebody of the other section who could fill a need
    cohort, day, block, who = next(
        (cohort, day, block, person)
        for cohort in running
        for day in cohort.options[0].days
        for block in agendas[cohort.agenda].blocks_on(day)
        for person in week.clinicians
        if block.staff
        and cut.clinicians[person.id] != cut.cohorts[cohort.id]
        and facts.qualified(person, block.staff[0])
    )
    staff = (StaffPin(block=block.id, clinicians=(who.id,)),)
    pin = Pin(id="works", meeting=MeetingPin(cohort=cohort.id, day=day.code, staff=staff))
    found = sections(week.model_copy(update={"pins": (pin,)}), Policy(), SITE, 2)
    assert found is not None
    assert found.cohorts[cohort.id] == found.clinicians[who.id]


def test_one_care_team_cannot_be_cut(week: ProgramWeek) -> None:
    everybody = tuple(person.id for person in week.clinicians)
    team = week.care_teams[0].model_copy(update={"members": everybody})
    whole = week.model_copy(update={"care_teams": (team,)})
    found = sections(whole, Policy(), SITE, 2)
    # everybody is in one section, so the meetings of the other have nobody
    assert found is not None
    assert found.missing > 0.3
