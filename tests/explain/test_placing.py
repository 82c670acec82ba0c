"""One client's place: what else it could be, and what is in the way."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from iop_sched.admit.offers import BrokenRosterError
from iop_sched.explain.placing import Placing, placing
from iop_sched.report.placing import placing_json, placing_view
from iop_sched.report.words import Labels
from report.harbour import POLICY, ROSTER, WEEK


def told(client: str) -> Placing:
    return placing(WEEK, ROSTER, POLICY, client)


def lines(found: Placing) -> list[str]:
    out = StringIO()
    Console(file=out, width=100).print(placing_view(found, Labels()))
    return [line.strip() for line in out.getvalue().splitlines()]


def text(found: Placing, labels: Labels | None = None) -> str:
    out = StringIO()
    Console(file=out, width=100).print(placing_view(found, labels or Labels()))
    return " ".join(out.getvalue().split())


def test_a_full_cohort_would_take_the_client_if_it_were_larger() -> None:
    found = told("c12")
    words = text(found)
    assert "c12 has no place, and with everybody else as they are no cohort can give one." in words
    assert "eve-1: full: 2/2" in words
    assert "eve-1 could take this client if cohort-size gave way: eve-1 has 3 members; at most 2" in words
    assert "mor-1: work, school or family hours collide: every day" in words
    data = placing_json(found)
    assert data["offers"] == []
    (full,) = [one for one in data["refused"] if one["cohort"] == "eve-1"]
    assert full["gives_way"][0]["rules"] == ["cohort-size"]


def test_a_gate_is_said_once_for_all_cohorts() -> None:
    assert [way.refusal.reason for way in told("c10").ways] == ["the insurance is pending"]


def test_the_place_of_a_placed_client_is_among_the_alternatives() -> None:
    for client in ("c01", "c04"):
        found = told(client)
        assert found.placement is not None
        same = [one for one in found.offers if one.placement and one.placement.days == found.placement.days]
        own = [one for one in same if one.placement and one.placement.cohort == found.placement.cohort]
        (kept,) = own
        # planned anew, the client's own sessions are at least as good as they were
        tiers = POLICY.tiers
        assert tuple(kept.change[tier] for tier in tiers) <= tuple(found.now[tier] for tier in tiers)


def test_the_place_that_a_client_has_is_marked_and_not_counted() -> None:
    found = told("c03")
    assert found.placement is not None
    row = next(line for line in lines(found) if line.startswith("(now)"))
    assert found.placement.cohort is not None
    assert found.placement.cohort in row
    assert sum(line.startswith("(now)") for line in lines(found)) == 2, "a row of places, and one of costs"
    assert len(found.desk.timetables) == 5
    assert "4 other places would keep every rule" in text(found)


def test_without_another_place_or_time_there_is_nothing_to_list() -> None:
    found = told("c09")
    assert "no other places would keep every rule." in text(found)
    assert not any(line.startswith("Places") for line in lines(found))


def test_companions_are_named_where_a_seat_is_free() -> None:
    words = text(told("c04"))
    assert "eve-2 could take this client if companions gave way: c04 and c06 are both in eve-2" in words


def test_names_are_printed_beside_ids() -> None:
    assert "c12 Anna has no place" in text(told("c12"), Labels({"c12": "Anna"}))


def test_a_broken_roster_explains_nothing() -> None:
    broken = ROSTER.model_copy(update={"facilitation": ()})
    with pytest.raises(BrokenRosterError):
        placing(WEEK, broken, POLICY, "c12")


def test_an_unknown_client() -> None:
    with pytest.raises(KeyError):
        told("nobody")
