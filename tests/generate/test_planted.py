"""The planted roster: it holds, keeps everybody, and is what both implementations of the rules accept."""

from __future__ import annotations

import pytest

from accepts import accepts
from generate.made import WEEKS, made
from iop_sched.generate.build import generate
from iop_sched.generate.settings import Settings, Tightness
from iop_sched.rules import evaluate
from iop_sched.week.policy import Policy, load_policy
from iop_sched.week.references import contradictions
from iop_sched.week.references.ids import repeated

POLICY = Policy()
EDGES: dict[str, dict[str, float]] = {
    "nobody works": {"jobs": 0, "school": 0},
    "all work": {"jobs": 1, "school": 0},
    "all go to school": {"jobs": 0, "school": 1},
    "individual sessions only": {"services": 0},
    "many services": {"services": 2},
    "last week was another": {"same": 0},
    "last week was the same": {"same": 1},
    "nobody waits": {"waiting": 0},
    "a long waitlist": {"waiting": 0.4},
    "nobody is new": {"admissions": 0},
    "half are new": {"admissions": 0.5},
    "quarters of an hour": {"grid": 15},
}


@pytest.mark.parametrize("week", WEEKS, ids=str)
def test_it_obeys_every_hard_rule(week: tuple[int, int, str, int]) -> None:
    found = made(*week)
    assert evaluate(found.week, found.roster, POLICY).violations == ()
    assert list(contradictions(found.week, found.raw)) == []
    assert list(repeated(found.raw)) == []


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("tight", Tightness)
def test_it_does_so_with_any_seed(tight: Tightness, seed: int) -> None:
    found = generate(Settings(24, 1, seed, tight, tight, tight))
    assert evaluate(found.week, found.roster, POLICY).violations == ()
    assert list(contradictions(found.week, found.raw)) == []


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("sites", [1, 2])
def test_it_does_so_at_the_edges_of_every_setting(edge: str, sites: int) -> None:
    settings = Settings(25 * sites, sites, 3, **EDGES[edge])  # type: ignore[arg-type]
    found = generate(settings)
    assert evaluate(found.week, found.roster, POLICY).violations == ()
    assert list(contradictions(found.week, found.raw)) == []


@pytest.mark.parametrize("week", WEEKS, ids=str)
def test_nobody_in_treatment_loses_a_place_and_no_meeting_is_missing(
    week: tuple[int, int, str, int],
) -> None:
    found = made(*week)
    assert evaluate(found.week, found.roster, POLICY).tiers["kept"].value == 0
    placed = {placement.client for placement in found.roster.placements}
    assert {before.client for before in found.week.previous.placements} <= placed


@pytest.mark.parametrize(
    ("tight", "least", "most"), [("low", 0.95, 1), ("medium", 0.9, 1), ("high", 0.8, 0.9)]
)
def test_it_places_most_and_when_seats_are_scarce_not_all(tight: str, least: float, most: float) -> None:
    found = made(96, 1, tight, 1)
    wanting = [client for client in found.week.clients if client.prescription is not None]
    assert least <= len(found.roster.placements) / len(wanting) <= most


@pytest.mark.parametrize("week", WEEKS, ids=str)
def test_it_gives_most_sessions(week: tuple[int, int, str, int]) -> None:
    found = made(*week)
    placed = {placement.client for placement in found.roster.placements}
    asked = sum(
        line.min_count
        for client in found.week.clients
        if client.prescription is not None and client.id in placed
        for line in client.prescription.services
    )
    assert found.missing <= 0.12 * asked


@pytest.mark.parametrize("tight", Tightness)
def test_the_full_model_accepts_it(tight: Tightness) -> None:
    found = made(24, 1, tight.value, 1)
    assert accepts(found.week, POLICY, found.roster)


def test_the_model_of_peer_core_accepts_what_it_has_of_it() -> None:
    # Without care-team and intake, the model makes no team meeting and no assessment.
    found = made(24, 1, "high", 1)
    sessions = [session for session in found.roster.sessions if session.service != "assessment"]
    core = found.roster.model_copy(update={"team_meeting": (), "sessions": tuple(sessions)})
    policy = load_policy("peer-core")
    assert accepts(found.week, policy, core)
    assert evaluate(found.week, found.roster, policy).violations == ()
