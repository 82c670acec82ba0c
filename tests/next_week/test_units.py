"""Authorised units that a week uses, and hours below the floor."""

from __future__ import annotations

from typing import Any

import pytest

from builder import person, seat, service, session
from iop_sched.next_week import NextWeek
from next_week.turning import assessing_raw, client_of, current, placed, turned

MARCH = {"first": "2026-03-01", "last": "2026-03-31"}


def used(agreed: dict[str, Any], *came: dict[str, Any], minutes: int = 60) -> NextWeek:
    """``ana`` has an hour in red on mon, tue and wed, and therapy on tue after it and on thu."""
    line = {"service": "therapy", "min_count": 2, "max_count": 2}
    ana = person("ana", hours=(4, 4, 40), services=(line,), authorisation=agreed)
    raw = assessing_raw(
        ana, services=[service("therapy", minutes=minutes), service("assess")], previous=current("ana")
    )
    talks = tuple(session("therapy", ["ana"], day, "13:00") for day in ("tue", "thu"))
    return turned(raw, placed(raw, seat("ana", "mon tue wed"), sessions=talks), *came)


@pytest.mark.parametrize(
    ("agreed", "came", "left"),
    [
        # mon, tue, wed, thu have something: four days, five hours
        ({**MARCH, "days": 10}, (), 6),
        ({**MARCH, "hours": 20}, (), 15),
        ({**MARCH, "days": 3}, (), 0),
        ({**MARCH, "hours": 4.5}, (), 0),
        ({"first": "2026-03-03", "last": "2026-03-04", "days": 10}, (), 8),
        ({"first": "2026-03-03", "last": "2026-03-04", "hours": 20}, (), 17),
        ({"first": "2026-03-09", "last": "2026-03-31", "days": 10}, (), 10),
        ({"first": "2026-02-01", "last": "2026-03-01", "hours": 5}, (), 5),
        # two days attended; what else there was is missed
        ({**MARCH, "days": 10}, ({"client": "ana", "days": ["mon", "tue"]},), 8),
        ({**MARCH, "hours": 20}, ({"client": "ana", "days": ["mon", "tue"]},), 17),
        ({**MARCH, "days": 10}, ({"client": "ana", "days": []},), 10),
        # one thing missed of two on tuesday: the day is used, the hour is not
        ({**MARCH, "days": 10}, ({"client": "ana", "missed": [{"day": "tue", "meeting": True}]},), 6),
        ({**MARCH, "hours": 20}, ({"client": "ana", "missed": [{"day": "tue", "meeting": True}]},), 16),
        ({**MARCH, "hours": 20}, ({"client": "ana", "missed": [{"day": "tue", "service": "therapy"}]},), 16),
        ({**MARCH, "days": 10}, ({"client": "ana", "missed": [{"day": "tue"}]},), 7),
    ],
)
def test_what_was_attended_on_covered_dates_is_used(
    agreed: dict[str, Any], came: tuple[dict[str, Any], ...], left: float
) -> None:
    ana = client_of(used(agreed, *came))
    assert ana is not None
    found = ana.authorisation
    assert found is not None
    assert (found.hours if "hours" in agreed else found.days) == left
    assert (found.first.isoformat(), found.last.isoformat()) == (agreed["first"], agreed["last"])


def test_a_quarter_of_an_hour_begun_is_used() -> None:
    # three hours and twice 50 minutes are 280 minutes: 19 quarters
    ana = client_of(used({**MARCH, "hours": 20}, minutes=50))
    assert ana is not None
    assert ana.authorisation is not None
    assert ana.authorisation.hours == 15.25


def test_who_has_no_place_uses_nothing() -> None:
    raw = assessing_raw(person("ana", authorisation={**MARCH, "days": 5}))
    ana = client_of(turned(raw, placed(raw)))
    assert ana is not None
    assert ana.authorisation is not None
    assert ana.authorisation.days == 5


@pytest.mark.parametrize(
    ("agreed", "why"),
    [
        ({"first": "2026-03-01", "last": "2026-03-08", "days": 20}, "ended"),
        ({**MARCH, "days": 4}, "used up"),
        ({"first": "2026-03-01", "last": "2026-03-09", "days": 20}, "ends"),
        ({"first": "2026-03-01", "last": "2026-03-16", "days": 20}, "ends"),
        ({"first": "2026-03-01", "last": "2026-03-17", "days": 20}, None),
        # a week takes three days, or the four hours aimed at
        ({**MARCH, "days": 7}, "runs out"),
        ({**MARCH, "days": 8}, None),
        ({**MARCH, "hours": 9}, "runs out"),
        ({**MARCH, "hours": 9.25}, None),
    ],
)
def test_authorisations_that_end_are_told(agreed: dict[str, Any], why: str | None) -> None:
    found = used(agreed).affected.authorisations
    assert [one.why for one in found] == ([] if why is None else [why])


@pytest.mark.parametrize(
    ("came", "found"),
    [
        # five hours are scheduled, four prescribed
        ((), []),
        (({"client": "ana", "missed": [{"day": "wed"}]},), []),
        (({"client": "ana", "days": ["mon", "tue"]},), [(240, 300, 180, 2, 3)]),
        (({"client": "ana", "missed": [{"day": "mon"}, {"day": "thu"}]},), [(240, 300, 180, 2, 3)]),
    ],
)
def test_who_is_below_the_floor_is_told(
    came: tuple[dict[str, Any], ...], found: list[tuple[int, ...]]
) -> None:
    below = used({**MARCH, "days": 30}, *came).affected.below_floor
    assert [
        (one.floor, one.scheduled, one.attended, one.attended_days, one.pattern_days) for one in below
    ] == found
