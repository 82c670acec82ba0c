"""A roster that is not well formed is told so, and measured no further."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from builder import Raw, meeting, placement
from iop_sched.rules import evaluate
from iop_sched.week.policy import Policy
from joined import schedule

MALFORMED: dict[str, Callable[[Raw, Raw], Any]] = {
    "unknown cohort": lambda _, decided: decided["cohorts"][0].update(cohort="nowhere"),
    "not an option": lambda _, decided: decided["cohorts"][0].update(slot="pm"),
    "cohort twice": lambda _, decided: decided["cohorts"].append(decided["cohorts"][0]),
    "unknown leader": lambda _, decided: decided["cohorts"][0].update(leader="zed"),
    "unknown client": lambda _, decided: decided["placements"][0].update(client="zed"),
    "client twice": lambda _, decided: decided["placements"].append(placement("ana")),
    "not open": lambda _, decided: decided["placements"][0].update(cohort="evening"),
    "no cohort": lambda _, decided: decided["placements"][0].update(cohort=None, days=[]),
    "group-optional in a cohort": lambda facts, _: facts["clients"][1].update(group_optional=True),
    "no prescription": lambda facts, _: facts["clients"][1].pop("prescription"),
    "meeting missing": lambda _, decided: decided["facilitation"].pop(),
    "meeting not due": lambda _, decided: decided["facilitation"].append(meeting("morning", "fri")),
    "meeting twice": lambda _, decided: decided["facilitation"].append(meeting("morning", "mon")),
    "staff not held": lambda _, decided: decided["facilitation"][0].update(held=False),
    "no such block": lambda _, decided: decided["facilitation"][0]["staff"][0].update(block="yoga"),
    "no such need": lambda _, decided: decided["facilitation"][0]["staff"][0].update(need=1),
    "unknown room": lambda _, decided: decided["facilitation"][0].update(room="attic"),
    "unknown service": lambda _, decided: decided["sessions"][0].update(service="yoga"),
    "off the grid": lambda _, decided: decided["sessions"][0].update(start="13:05"),
    "past midnight": lambda _, decided: decided["sessions"][0].update(start="23:15"),
    "two clients": lambda _, decided: decided["sessions"][0].update(clients=["ana", "ben"]),
    "no offerings": lambda _, decided: decided["sessions"][0].update(offering="first"),
    "no service need": lambda _, decided: decided["sessions"][0].update(
        staff=[{"need": 1, "clinician": "tom"}]
    ),
    "unknown team": lambda _, decided: decided.update(
        team_meeting=[{"team": "x", "day": "mon", "start": "09:00", "attendees": []}]
    ),
}


@pytest.mark.parametrize("flaw", MALFORMED)
def test_malformed_roster_gets_structure_violations_alone(flaw: str) -> None:
    found = schedule(MALFORMED[flaw])
    result = evaluate(found.facts.week, found.roster, Policy())
    assert {one.rule for one in result.violations} == {"structure"}
    assert result.terms == ()
    assert all(figure.value == 0 and figure.scale >= 1 for figure in result.tiers.values())
