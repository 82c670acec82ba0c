"""What a roster adds for those whom a change does not touch: by hand, and as an expression of the model."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from compare.hand import Edit, disturbed, edited, place, put_in, session, take_out
from cpsat.held import least
from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Model
from iop_sched.solve.gains import by_client, gained, objective
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Roster
from report.harbour import ROSTER, WEEK
from strategies import tiny_week
from tiny_weeks import TURNS

ALL = {client.id for client in WEEK.clients}

BY_HAND: dict[str, tuple[list[Edit], int]] = {
    "nothing": ([], 0),
    "two days": ([put_in(place, "c06", days=["mon"])], 2),
    "a first primary": ([put_in(place, "c01", primary=None)], 1),
    "another primary": ([put_in(place, "c01", primary="kim")], 0),
    "a session": ([take_out("sessions", session, "family", "c07")], 1),
    "a session at another time": ([put_in(session, "family", "c07", day="wed")], 0),
    "a group session for two": ([take_out("sessions", session, "yoga", "c08")], 2),
    "a place": ([take_out("placements", place, "c06")], 0),
    "other days": ([put_in(place, "c06", days=["mon", "tue"])], 0),
    "another cohort, and a session": (
        [put_in(place, "c07", cohort="eve-1"), take_out("sessions", session, "family", "c07")],
        0,
    ),
}
"""What was otherwise before Harbour House's roster, and how much its clients have gained since."""


@pytest.fixture(scope="module")
def harbour() -> Model:
    return build(WEEK, Policy())[0]


def modelled(model: Model, before: Roster, after: Roster, clients: set[str]) -> int:
    """The expression's least value with every decision held at what ``after`` says."""
    return least(model, after, lambda held: objective(held, before, clients))


@pytest.mark.parametrize("name", BY_HAND)
def test_by_hand(harbour: Model, name: str) -> None:
    edits, expected = BY_HAND[name]
    before = edited(*edits)
    assert gained(before, ROSTER, ALL) == expected
    assert modelled(harbour, before, ROSTER, ALL) == expected
    assert gained(before, ROSTER, ()) == 0


def test_whose_they_are() -> None:
    before = edited(put_in(place, "c06", days=["mon"]), take_out("sessions", session, "yoga", "c08"))
    assert by_client(before, ROSTER, ALL) == {"c06": 2, "c08": 1, "c09": 1}
    assert by_client(before, ROSTER, {"c06"}) == {"c06": 2}
    assert not by_client(ROSTER, before, ALL)


@pytest.mark.parametrize("seed", range(8))
def test_much_at_once(harbour: Model, seed: int) -> None:
    rng = Random(seed)
    before = disturbed(ROSTER, rng, 12)
    clients = set(rng.sample(sorted(ALL), 8))
    assert modelled(harbour, before, ROSTER, clients) == gained(before, ROSTER, clients)


@pytest.mark.parametrize("theme", ["primary", "open_group", "service_delivery"])
def test_two_rosters_of_a_week(theme: str) -> None:
    tiny = tiny_week(TURNS.index(theme))
    model, _ = build(tiny.week, tiny.policy)
    clients = {client.id for client in tiny.week.clients}
    for before, after in product(tiny.tally.accepted[:8], repeat=2):
        assert modelled(model, before, after, clients) == gained(before, after, clients)
