"""Parts of a week: valid weeks of their own, everything in exactly one, together a roster of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from builder import clinician, week, week_raw
from generate.made import made
from iop_sched.rules import evaluate
from iop_sched.sites.choosing import Choice, choose
from iop_sched.sites.groups import Group, groups
from iop_sched.sites.merge import merge
from iop_sched.sites.part import part
from iop_sched.sites.shares import shared_out, shares
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references import contradictions
from iop_sched.week.roster import Roster

SHAPES = ((60, 3, "high", 1), (60, 3, "medium", 2), (90, 4, "low", 3))


def parts(whole: ProgramWeek) -> tuple[list[Group], Choice, list[ProgramWeek]]:
    found = groups(whole, Policy())
    choice = choose(whole, found)
    shared = shares(whole, Policy(), found, choice)
    weeks = [part(whole, *one) for one in zip(found, choice.clients, shared, strict=True)]
    return found, choice, weeks


@pytest.mark.parametrize("shape", SHAPES)
def test_every_part_is_a_valid_week(shape: tuple[int, int, str, int]) -> None:
    for one in parts(made(*shape).week)[2]:
        data = one.model_dump(mode="json")
        assert ProgramWeek.model_validate(data) == one
        assert list(contradictions(one, data)) == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["clients", "cohorts", "clinicians", "rooms", "care_teams", "pins"])
def test_everything_is_in_exactly_one_part(shape: tuple[int, int, str, int], name: str) -> None:
    whole = made(*shape).week
    there = Counter(thing.id for one in parts(whole)[2] for thing in getattr(one, name))
    assert there == Counter(thing.id for thing in getattr(whole, name))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_parts_have_no_more_than_the_whole(shape: tuple[int, int, str, int]) -> None:
    whole = made(*shape).week.model_copy(update={"max_new_cohorts": 2})
    found, choice, weeks = parts(whole)
    shared = shares(whole, Policy(), found, choice)
    assert sum(one.max_new_cohorts or 0 for one in weeks) == 2
    assert sum(share.moves or 0 for share in shared) == 3
    for service in whole.services:
        if service.max_offerings:
            assert sum(share.placed_offerings[service.id] for share in shared) == service.max_offerings


def test_current_clients_stay_and_guests_reach_their_group() -> None:
    whole = made(60, 3, "medium", 2).week
    found, choice, _ = parts(whole)
    group = {client: found[number] for number, ids in enumerate(choice.clients) for client in ids}
    site = {cohort.id: cohort.site for cohort in whole.cohorts}
    for before in whole.previous.placements:
        if before.cohort is not None:
            assert site[before.cohort] in group[before.client]
    assert all(not one.sites or set(one.sites) & group[one.id] for one in whole.clients)
    assert not choice.leavers


def within(roster: Roster, whole: ProgramWeek, group: Group, clients: frozenset[str]) -> Roster:
    """What of a roster happens at a group of sites."""
    cohorts = {cohort.id for cohort in whole.cohorts if cohort.site in group}
    teams = {team.id for team in whole.care_teams if team.site in group}
    staff = {one.id for one in whole.clinicians if group & set(one.sites)}
    mine: Callable[[str | None], bool] = cohorts.__contains__
    givers = {session: session.staff[0].clinician for session in roster.sessions}
    sessions = [session for session in roster.sessions if givers[session] in staff]
    return Roster(
        cohorts=tuple(one for one in roster.cohorts if mine(one.cohort)),
        placements=tuple(
            one
            for one in roster.placements
            if mine(one.cohort) or (one.cohort is None and one.client in clients)
        ),
        facilitation=tuple(one for one in roster.facilitation if mine(one.cohort)),
        sessions=tuple(reversed(sessions)),
        team_meeting=tuple(one for one in roster.team_meeting if one.team in teams),
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_what_was_taken_apart_is_put_together(shape: tuple[int, int, str, int]) -> None:
    planted = made(*shape)
    found, choice, _ = parts(planted.week)
    rosters = [within(planted.roster, planted.week, *one) for one in zip(found, choice.clients, strict=True)]
    merged = merge(planted.week, rosters[::-1])
    assert evaluate(planted.week, merged, Policy()).holds
    for name in ("placements", "sessions", "cohorts", "team_meeting", "facilitation"):
        assert set(getattr(merged, name)) == set(getattr(planted.roster, name))
    order = {cohort.id: number for number, cohort in enumerate(planted.week.cohorts)}
    assert [one.cohort for one in merged.cohorts] == sorted(
        (one.cohort for one in merged.cohorts), key=order.__getitem__
    )
    keys = [(one.day, one.start, one.service, one.clients) for one in merged.sessions]
    assert keys == sorted(keys)


def test_a_clinician_joins_sites() -> None:
    raw = week_raw()
    assert len(groups(week(raw), Policy())) == 1  # they work at north and south
    for one in raw["clinicians"]:
        one["sites"] = ["north"]
    raw["care_teams"] = []
    assert len(groups(week(raw), Policy())) == 2
    raw["clinicians"].append(clinician("zoe", "facilitator", sites=["south", "north"]))
    assert len(groups(week(raw), Policy())) == 1


def test_pinned_staff_joins_sites() -> None:
    raw = week_raw()
    for one in raw["clinicians"]:
        one["sites"] = ["north"]
    raw["care_teams"], raw["clinicians"] = (
        [],
        [*raw["clinicians"], clinician("zoe", "facilitator", sites=["south"])],
    )
    raw["cohorts"][0]["format"] = "telehealth"
    assert len(groups(week(raw), Policy())) == 2
    staff = [{"block": "process", "clinicians": ["zoe"]}]
    raw["pins"] = [{"id": "p", "meeting": {"cohort": raw["cohorts"][0]["id"], "day": "mon", "staff": staff}}]
    assert len(groups(week(raw), Policy())) == 1


def test_a_policy_that_lets_people_go_anywhere_has_one_group() -> None:
    whole = made(60, 3, "medium", 2).week
    assert len(groups(whole, Policy(rules={"eligibility": "off"}))) == 1


def test_clients_kept_together_are_in_one_group() -> None:
    whole = made(60, 3, "medium", 2).week
    one, other = (
        next(client.id for client in whole.clients if client.sites == (site.id,))
        for site in (whole.sites[0], whole.sites[2])
    )
    whole = whole.model_copy(update={"together": (*whole.together, (one, other)), "apart": ()})
    found, choice, _ = parts(whole)
    assert len(found) == 2
    assert any({one, other} <= clients for clients in choice.clients)


@pytest.mark.parametrize(
    ("total", "needs", "expected"),
    [(3, [1, 1, 1], [1, 1, 1]), (2, [5, 1, 4], [1, 0, 1]), (1, [0, 0], [1, 0]), (0, [3, 4], [0, 0])],
)
def test_shares_are_whole_and_add_up(total: int, needs: list[int], expected: list[int]) -> None:
    assert shared_out(total, needs) == expected
