"""What an offer says, what refuses one, and what is left as it was."""

from __future__ import annotations

import pytest

from builder import (
    Raw,
    clinician,
    group,
    patient,
    person,
    roster,
    seat,
    service,
    small_raw,
    small_roster,
    week,
)
from iop_sched.admit.model import BY_CONSTRUCTION, POSTED
from iop_sched.admit.offers import BrokenRosterError, Desk
from iop_sched.admit.refusals import giving_way, refusals
from iop_sched.admit.seats import TRIED
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.roster import Roster

THERAPY = {"service": "therapy"}


def desk(raw: Raw, decided: Raw, client: str = "new", policy: Policy | None = None) -> Desk:
    return Desk(week(raw), roster(decided), policy or Policy(), client)


def place_of(one: Desk) -> list[tuple[str | None, str]]:
    """Cohort and days of every offer, in order."""
    offers = [one.offer(timetable) for timetable in one.timetables]
    return [
        (offer.placement.cohort, " ".join(day.code for day in offer.placement.days))
        for offer in offers
        if offer.placement is not None
    ]


def with_therapist(*clients: Raw, **more: Raw) -> Raw:
    """``red`` and a therapist who works from 8:00 to 10:00 on mondays alone."""
    hours = [{"days": ["mon"], "start": "08:00", "end": "10:00"}]
    tom = clinician("tom", "therapist") | {"available": hours}
    return small_raw(*clients, services=[service()], clinicians=[tom], **more)


def test_every_rule_is_kept_in_one_way_or_another() -> None:
    assert set(BY_CONSTRUCTION) | set(TRIED) | set(POSTED) == set(RULES)


def test_every_pattern_of_every_cohort_with_a_seat() -> None:
    raw = small_raw(
        person("old"),
        person("new", weekdays=("mon", "tue", "wed", "thu")),
        cohorts=[group("red", members={"min": 0, "max": 1}), group("blue")],
    )
    found = desk(raw, small_roster(raw, seat("old", "mon tue wed")))
    assert sorted(place_of(found)) == [
        ("blue", "mon tue thu"),
        ("blue", "mon tue wed"),
        ("blue", "mon wed thu"),
        ("blue", "tue wed thu"),
    ]
    # the pattern without monday starts a day later, which a delayed start costs
    assert place_of(found)[-1] == ("blue", "tue wed thu")
    assert [(one.cohort, one.reason) for one in refusals(found)] == [("red", "full: 1/1")]


def test_the_change_is_counted_from_waiting_and_the_rest_of_the_roster_stays() -> None:
    raw = with_therapist(
        person("old", services=(THERAPY,)), person("new", hours=(0, 4, 40), services=(THERAPY,))
    )
    others = small_roster(raw, seat("old", "mon tue wed"), sessions=[_session("old", "08:00")])
    offer = desk(raw, others).offer(desk(raw, others).timetables[0])
    # the therapist has one hour on monday left, which is when the group meets: the session is missing
    assert offer.missing == {"therapy": 1}
    assert offer.minutes == 180
    # placed: 20 points. Dose: three of the four hours' 180 minutes that three days give
    assert (offer.change["placed"], offer.change["dose"]) == (-20, -180)
    assert offer.roster.sessions == Roster.model_validate(others).sessions
    assert {one.client for one in offer.roster.placements} == {"old", "new"}


def _session(client: str, start: str) -> Raw:
    staff = [{"need": 0, "clinician": "tom"}]
    return {
        "service": "therapy",
        "clients": [client],
        "staff": staff,
        "day": "mon",
        "start": start,
        "site": "north",
    }


def test_a_session_is_found_in_an_hour_that_is_left() -> None:
    raw = with_therapist(
        person("old", services=(THERAPY,)),
        person("new", weekdays=("mon", "wed", "thu"), services=(THERAPY,)),
    )
    raw["cohorts"] = [group("red", slot="pm")]
    others = small_roster(raw, seat("old", "mon tue wed"), sessions=[_session("old", "08:30")])
    # 8:30 to 9:30 is taken, so that no whole hour is left
    assert desk(raw, others).offer(desk(raw, others).timetables[0]).missing == {"therapy": 1}
    others["sessions"] = [_session("old", "08:00")]
    (found,) = desk(raw, others).offer(desk(raw, others).timetables[0]).sessions
    assert (found.day.code, found.start, found.staff[0].clinician) == ("mon", 540, "tom")


def test_an_open_group_with_a_seat_is_joined_and_a_full_one_is_not() -> None:
    circle = service("circle", participants={"min": 1, "max": 2}, max_offerings=1)
    clients = [patient("old", "circle"), patient("new", "circle")]
    raw = small_raw(*clients, cohorts=[], services=[circle], clinicians=[clinician("tom", "therapist")])
    held = {**_session("old", "12:00"), "service": "circle"}
    decided = {"placements": [seat("old", "", None)], "sessions": [held]}
    found = desk(raw, decided)
    offer = found.offer(found.timetables[0])
    assert [one.service for one in offer.joined] == ["circle"]
    assert offer.roster.sessions[0].clients == ("old", "new")
    raw["clients"].append(patient("third", "circle"))
    decided = {
        "placements": [seat("old", "", None), seat("third", "", None)],
        "sessions": [{**held, "clients": ["old", "third"]}],
    }
    found = desk(raw, decided)
    assert found.offer(found.timetables[0]).missing == {"circle": 1}


def test_the_weighted_sum_ranks_as_the_roster_was_made() -> None:
    # a start on tuesday costs 30 points of preference; coming on tuesday is not preferred, 20 points
    raw = small_raw(person("new", days=(3,), preferences={"days": ["mon", "wed", "thu", "fri"]}))
    found = Desk(week(raw), roster(small_roster(raw)), Policy(), "new", "weighted")
    offers = [found.offer(one) for one in found.timetables]
    assert [offer.weighted for offer in offers] == sorted(offer.weighted for offer in offers)
    assert len({offer.weighted for offer in offers}) > 1


def test_a_roster_that_breaks_rules_is_refused() -> None:
    raw = small_raw(person("old"), person("new"))
    with pytest.raises(BrokenRosterError) as caught:
        desk(raw, small_roster(raw, seat("old", "mon")))
    assert {one.rule for one in caught.value.violations} == {"track"}


def test_a_rule_gives_way_only_when_it_alone_is_the_reason() -> None:
    full = group("red", members={"min": 0, "max": 1})
    raw = small_raw(person("old"), person("new"), cohorts=[full])
    decided = small_roster(raw, seat("old", "mon tue wed"))
    (only,) = giving_way(desk(raw, decided), "red")
    assert only.rules == ("cohort-size",)
    assert [one.message for one in only.broken] == ["red has 2 members; at most 1 may be in it"]
    # kept apart as well: two rules are in the way, and neither alone
    raw["apart"] = [["old", "new"]]
    (both,) = giving_way(desk(raw, decided), "red")
    assert set(both.rules) == {"cohort-size", "companions"}
    # and away all week: a third
    raw["clients"][1]["busy"] = [{"days": "daily", "start": "00:00", "end": "24:00"}]
    assert giving_way(desk(raw, decided), "red") == []


def test_a_licensed_place_that_is_taken_refuses() -> None:
    raw = small_raw(person("old"), person("new", weekdays=("mon", "tue", "wed")))
    raw["sites"][0]["census"] = 1
    found = desk(raw, small_roster(raw, seat("old", "mon tue wed")))
    assert found.timetables == []
    (refused,) = refusals(found)
    assert refused.reason.startswith("a seat is free, but supply: 2 clients on site at north")
