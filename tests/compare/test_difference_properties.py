"""What holds of any two rosters, tried on real ones."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from compare.hand import disturbed, shuffled
from iop_sched.compare.changes import Difference
from iop_sched.compare.comparison import Comparison, compare
from iop_sched.compare.difference import differences
from iop_sched.compare.disruption import disruption
from iop_sched.compare.views import client_views
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.roster import Roster
from iop_sched.week.times import Day
from mutations.case import STANDARD, Case, cases, instance
from mutations.edit import drop_at, edit_at, put

CASES = {case.name: case for case in cases()}
TURNED = {
    "gained": "lost",
    "opened": "closed",
    "added": "dropped",
    "new": "gone",
    "held": "not-held",
}
TURNED |= {after: before for before, after in TURNED.items()}


def pair(case: Case, seed: int) -> tuple[Roster, Roster]:
    """Two rosters of a week that differ in up to fifteen decisions from a third one."""
    rng = Random(f"{case.name} {seed}")
    return disturbed(case.roster, rng, rng.randint(0, 15)), disturbed(case.roster, rng, rng.randint(0, 15))


def counted(difference: Difference, turn: bool = False) -> Counter[tuple[str, ...]]:
    """How often each set of aspects stands under each head; ``turn``: as the reverse would say it."""
    return Counter(
        (head, *(TURNED.get(one, one) if turn else one for one in change.what))
        for head in ("clients", "cohorts", "meetings", "sessions", "teams")
        for change in getattr(difference, head)
    )


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("seed", range(8))
def test_there_and_back(name: str, seed: int) -> None:
    before, after = pair(CASES[name], seed)
    there, back = differences(before, after), differences(after, before)
    assert counted(there) == counted(back, turn=True)
    assert there.unchanged == back.unchanged
    # everybody either changes or does not
    named = {one.client for roster in (before, after) for one in roster.placements}
    named |= {client for roster in (before, after) for one in roster.sessions for client in one.clients}
    assert there.unchanged + len(client_views(there)) == len(named)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("seed", range(4))
def test_order_does_not_matter(name: str, seed: int) -> None:
    before, after = pair(CASES[name], seed)
    rng = Random(seed)
    assert differences(before, shuffled(before, rng)).nothing
    assert disruption(before, shuffled(before, rng)).total == 0
    mixed = differences(shuffled(before, rng), shuffled(after, rng))
    assert counted(mixed) == counted(differences(before, after))
    assert disruption(shuffled(before, rng), shuffled(after, rng)).total == disruption(before, after).total


@pytest.mark.parametrize("name", CASES)
def test_no_more_changes_than_were_made(name: str) -> None:
    case = CASES[name]
    for seed in range(10):
        once = disturbed(case.roster, Random(seed), 1)
        difference = differences(case.roster, once)
        # one decision is one change, but a client who is dropped leaves sessions too
        dropped = {one.client for one in difference.clients if "lost" in one.what}
        others = [one for one in difference.sessions if not dropped & one.clients]
        heads = (difference.clients, difference.cohorts, difference.meetings, others)
        assert sum(map(len, heads)) <= 1
        assert difference.nothing == (once == case.roster)


@pytest.mark.parametrize("name", CASES)
def test_each_session_of_a_real_roster_costs_what_the_table_says(name: str) -> None:
    case = CASES[name]
    often = Counter((one.service, one.clients) for one in case.roster.sessions)
    for number in Random(name).sample(range(len(case.roster.sessions)), 12):
        one = case.roster.sessions[number]
        if case.tally.services[one.service].is_open_group or often[one.service, one.clients] > 1:
            continue
        changes = {
            200: {"day": Day((one.day + 1) % 7), "start": one.start},
            100: {"start": one.start + case.week.grid},
            120 * len(one.staff): {"staff": tuple(put(entry, clinician="x") for entry in one.staff)},
        }
        for points, change in changes.items():
            after = edit_at(case.roster, "sessions", number, **change)
            assert disruption(case.roster, after, case.week).total == points
        assert disruption(case.roster, drop_at(case.roster, "sessions", number), case.week).total == 400


@pytest.mark.parametrize("name", CASES)
def test_what_is_new_disturbs_nobody(name: str) -> None:
    """Taking things out of BEFORE alone leaves AFTER with nothing but new things."""
    case, rng = CASES[name], Random(1)
    whole = case.roster
    fewer = whole.model_copy(
        update={
            "placements": tuple(rng.sample(whole.placements, len(whole.placements) // 2)),
            "sessions": tuple(rng.sample(whole.sessions, len(whole.sessions) // 2)),
            "facilitation": tuple(rng.sample(whole.facilitation, len(whole.facilitation) // 2)),
            "cohorts": whole.cohorts[1:],
            "team_meeting": (),
        }
    )
    assert disruption(fewer, whole, case.week).total == 0
    assert disruption(whole, fewer, case.week).total > 0


@pytest.mark.parametrize("name", CASES)
def test_a_comparison_survives_json(name: str) -> None:
    case = CASES[name]
    before, after = pair(case, 3)
    found = compare(case.week, case.policy, before, after)
    assert found.figures
    assert Comparison.model_validate_json(found.model_dump_json()) == found
    same = compare(case.week, case.policy, before, before)
    assert (same.figures, same.clients, same.clinicians, same.cohorts) == ((), (), (), ())
    assert same.disruption.total == 0


def test_two_solves_of_a_week() -> None:
    """Another seed finds another roster; whatever it is, it is compared with the first without a rest."""
    week = instance("quickstart")
    options = SolveOptions(workers=1, seed=7, deterministic=True, time_limit=20)
    found = solve(week, STANDARD, options).roster
    assert found is not None
    kept = CASES["quickstart"].roster
    there, back = differences(kept, found), differences(found, kept)
    assert counted(there) == counted(back, turn=True)
    compared = compare(week, STANDARD, kept, found)
    # both are optimal: every tier is the same
    assert compared.before.tiers == compared.after.tiers
