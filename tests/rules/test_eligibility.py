"""eligibility: a client joins only a cohort that is meant for people like them."""

from __future__ import annotations

import pytest

from builder import Raw, group, level, person, seat, small_raw, small_roster
from solving import best, broken, off

RULE = "eligibility"

MISMATCHES = [
    pytest.param({"levels": ["php"]}, {}, id="level"),
    pytest.param({"populations": ["teens"]}, {"population": "adults"}, id="population"),
    pytest.param({"populations": ["teens"]}, {}, id="no population"),
    pytest.param({"serves": ["trauma"]}, {"needs": ["trauma", "grief"]}, id="need not served"),
    pytest.param({"serves": ["trauma"], "requires": ["trauma"]}, {}, id="need required"),
    pytest.param({"language": "es"}, {"languages": ["en", "fr"]}, id="language"),
    pytest.param({"format": "telehealth"}, {}, id="format"),
    pytest.param({}, {"sites": ["south"]}, id="site"),
]

MATCHES = [
    pytest.param({"levels": ["php", "iop"]}, {}, id="level"),
    pytest.param({"populations": ["teens"]}, {"population": "teens"}, id="population"),
    pytest.param({}, {"population": "adults"}, id="any population"),
    pytest.param({"serves": ["trauma"], "requires": ["trauma"]}, {"needs": ["trauma"]}, id="need"),
    pytest.param({"language": "es"}, {"languages": ["en", "es"]}, id="language"),
    pytest.param({"language": "es"}, {}, id="any language"),
    pytest.param({}, {"languages": ["fr"]}, id="cohort of any language"),
    pytest.param({"format": "telehealth"}, {"formats": ["telehealth"]}, id="format"),
    pytest.param({}, {"sites": ["south", "north"]}, id="site"),
]


def one(cohort: Raw, client: Raw) -> Raw:
    """Cohort ``red`` and one client, both changed."""
    levels = [level("iop"), level("php")]
    return small_raw(person("ana", **client), levels=levels, cohorts=[group("red", **cohort)])


@pytest.mark.parametrize(("cohort", "client"), MATCHES)
def test_a_match_is_accepted(cohort: Raw, client: Raw) -> None:
    raw = one(cohort, client)
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed"))) == set()
    assert best(raw).values["placed"] == 0


@pytest.mark.parametrize(("cohort", "client"), MISMATCHES)
def test_a_mismatch_is_refused(cohort: Raw, client: Raw) -> None:
    raw = one(cohort, client)
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed"))) == {RULE}
    # Red is the only cohort: ana's 20 points and 180 minutes of target are lost, unless the rule is off.
    found = best(raw)
    assert (found.values["placed"], found.values["dose"]) == (20, 180)
    found = best(raw, off(RULE))
    assert (found.values["placed"], found.values["dose"]) == (0, 0)


def test_the_weekend_group_of_ones_own_kind_is_chosen() -> None:
    # Mon to fri is spanish; fri to sun is anybody's and 30 points dearer for each day of delay from mon.
    blue = group("blue", ("fri", "sat", "sun"))
    raw = small_raw(person("ana", languages=["en"]), cohorts=[group("red", language="es"), blue])
    found = best(raw)
    assert (found.placements["ana"].cohort, found.days("ana")) == ("blue", ["fri", "sat", "sun"])
    assert found.values["preference"] == 4 * 30
    # Without the rule she starts in red on mon.
    assert best(raw, off(RULE)).values["preference"] == 0


def test_a_current_client_who_no_longer_fits_loses_the_seat_unless_overridden() -> None:
    raw = one({"populations": ["teens"]}, {"population": "adults"})
    raw["previous"] = {"placements": [{"client": "ana", "cohort": "red", "days": ["mon", "tue", "wed"]}]}
    assert best(raw).values["kept"] == 1
    pin = {"id": "p", "place": {"client": "ana"}, "overrides": [RULE], "reason": "turns 18 on friday"}
    assert best(raw | {"pins": [pin]}).values["kept"] == 0
    assert broken(raw | {"pins": [pin]}, small_roster(raw, seat("ana", "mon tue wed"))) == set()


def test_a_closed_day_admits_nobody_else() -> None:
    # Two days remain open, on which a mismatch is a mismatch still.
    raw = one({"levels": ["php"]}, {}) | {"closures": [{"day": day} for day in ("mon", "tue", "wed")]}
    decided = small_roster(raw, seat("ana", "wed thu fri", start="thu"))
    assert broken(raw, decided) == {RULE}
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0
