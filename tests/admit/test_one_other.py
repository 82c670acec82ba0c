"""Places for which one other client changes: those of brute force, and nobody else changes."""

from __future__ import annotations

import random

from admit.brute import every_exchange
from admit.test_offers import THERAPY, _session, desk, with_therapist
from builder import (
    Raw,
    clinician,
    group,
    patient,
    person,
    seat,
    service,
    small_raw,
    small_roster,
    week,
    window,
)
from iop_sched.admit.offers import Desk, Offer
from iop_sched.admit.one_other import OneOther, with_one_other
from iop_sched.admit.others import without_client
from iop_sched.compare.difference import differences
from iop_sched.report.admission import one_other_view
from iop_sched.report.words import Labels
from iop_sched.rules import evaluate
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from report.harbour import printed

SEEDS = 8
MOST = 10_000
HARD = Policy.model_validate({"rules": {"service-delivery": "hard"}})
Key = tuple[str, str | None]


def search(one: Desk, seconds: float = 60.0) -> OneOther:
    return with_one_other(one, seconds, lambda *_: None)


def drawn(seed: int) -> tuple[ProgramWeek, Roster]:
    """Two cohorts with few seats, one therapist with few hours, one open group; ``new`` waits."""
    rng = random.Random(seed)
    late = [window("mon tue wed", "12:30", "20:00")]
    work = {"ann": [], "bob": rng.choice(([], [window("mon tue wed", "08:00", "12:00")], late)), "new": late}
    wanted: list[tuple[Raw, ...]] = [(), (THERAPY,), ({"service": "circle", "min_count": 0, "max_count": 1},)]
    clients = [
        person(
            name,
            weekdays=("mon", "tue", "wed"),
            services=rng.choice(wanted),
            busy=work[name],
            preferences={"slots": ["am"]},
            stay={"latest_start": "mon"},
        )
        for name in ("ann", "bob", "new")
    ]
    hours = [window("mon", "10:00", "12:00"), window("tue", "13:00", "14:00")]
    circle = service("circle", participants={"min": 1, "max": 2}, max_offerings=1)
    raw = small_raw(
        *clients,
        cohorts=[
            group("red", members={"min": 0, "max": 2 if work["bob"] == late else 1}),
            group("blue", slot="pm", members={"min": 0, "max": rng.choice((1, 2))}),
        ],
        services=[service(), circle],
        clinicians=[clinician("tom", "therapist", available=hours)],
    )
    whole = week(raw)
    before = whole.model_copy(update={"clients": whole.clients[:2]})
    found = solve(before, HARD, SolveOptions(workers=1, strategy="full")).roster
    assert found is not None
    return whole, found


def compared(seed: int) -> tuple[int, list[str]]:
    """How many places brute force found that need one other client, and what is not as it has them."""
    whole, before = drawn(seed)
    one = Desk(whole, before, HARD, "new")
    offers = search(one).offers
    least: dict[Key, tuple[int, ...]] = {}
    for other in whole.clients[:2]:
        if _has_anything(one, other.id):
            least |= _least(one, other)
    problems = [f"seed {seed}: {words}" for offer in offers for words in _wrong(one, offer)]
    mine = {_key(offer): _values(one, offer) for offer in offers}
    if mine != least:
        problems.append(f"seed {seed}: {mine} is not {least}")
    if [values[0] for values in mine.values()] != sorted(values[0] for values in mine.values()):
        problems.append(f"seed {seed}: not in order")
    return len(least), problems


def _least(one: Desk, other: Client) -> dict[Key, tuple[int, ...]]:
    """By brute force: the least disruption, and at that the best tiers, for each cohort."""
    client = one.others.client
    taken = {(place.cohort, tuple(place.days)) for found in one.timetables if (place := found.placement)}
    found = every_exchange(one.week, one.others.roster, one.policy, client, other, MOST)
    least: dict[Key, tuple[int, ...]] = {}
    for place, values in found.items():
        if place not in taken:
            key = (other.id, place[0])
            least[key] = min(values, least.get(key, values))
    return least


def _has_anything(one: Desk, client: str) -> bool:
    before = one.others.roster
    return before != without_client(before, client)


def _key(offer: Offer) -> Key:
    assert offer.moved is not None
    return offer.moved.view.client, offer.placement.cohort if offer.placement else None


def _values(one: Desk, offer: Offer) -> tuple[int, ...]:
    assert offer.moved is not None
    tiers = [offer.change[tier] + one.waiting.tiers[tier] for tier in one.policy.tiers]
    return offer.moved.disruption.total, *tiers


def _wrong(one: Desk, offer: Offer) -> list[str]:
    found = evaluate(one.week, offer.roster, one.policy)
    wrong = [violation.message for violation in found.violations]
    assert offer.moved is not None
    both = (one.others.client.id, offer.moved.view.client)
    before, after = one.others.roster, offer.roster
    for client in both:
        before, after = without_client(before, client), without_client(after, client)
    if not differences(before, after).nothing:
        wrong.append("a third person changes")
    return wrong


def full() -> tuple[Raw, Raw]:
    """``new`` can only come in the morning, where ``old`` has the only seat."""
    work = [{"days": "daily", "start": "12:00", "end": "20:00"}]
    raw = small_raw(
        person("old"),
        person("new", weekdays=("mon", "tue", "wed"), busy=work),
        cohorts=[group("red", members={"min": 0, "max": 1}), group("blue", slot="pm")],
    )
    return raw, small_roster(raw, seat("old", "mon tue wed"))


def test_a_member_makes_room_by_moving_to_another_cohort() -> None:
    one = desk(*full())
    assert one.timetables == []
    found = search(one)
    assert (found.tried, found.candidates) == (1, 1)
    (offer,) = found.offers
    assert _key(offer) == ("old", "red")
    assert offer.moved is not None
    assert offer.moved.view.place is not None
    # the same days: a cohort changed is 600 points, and nothing besides
    assert (offer.moved.view.place.what, offer.moved.disruption.total) == (("cohort",), 600)
    assert {(one.client, one.cohort) for one in offer.roster.placements} == {("old", "blue"), ("new", "red")}


def test_nothing_is_tried_without_time() -> None:
    one = desk(*full())
    found = search(one, seconds=0.0)
    assert found == OneOther((), 0, 1)
    text = printed(one_other_view(one, found, 8, Labels()), 160)
    assert "The time was enough to try 0 of 1 client (--time-limit)." in text


def test_another_session_time_makes_room() -> None:
    # tom works on mondays from 8:00 to 10:00; old has him at 8:30, which leaves nobody else a whole hour
    raw = with_therapist(
        person("old", services=(THERAPY,)),
        person("new", weekdays=("mon", "wed", "thu"), services=(THERAPY,)),
        cohorts=[group("red", slot="pm")],
    )
    decided = small_roster(raw, seat("old", "mon tue wed"), sessions=[_session("old", "08:30")])
    one = desk(raw, decided, policy=HARD)
    assert one.timetables == []
    (offer,) = search(one).offers
    # a session on its day at another start: 100 points
    assert offer.moved is not None
    assert (offer.moved.view.client, offer.moved.disruption.total) == ("old", 100)
    assert sorted(one.start for one in offer.roster.sessions) == [480, 540]


def test_a_place_that_is_free_is_not_looked_for() -> None:
    raw, decided = full()
    raw["cohorts"][0]["members"]["max"] = 2
    found = search(desk(raw, decided))
    # the only pattern is free: nothing is left to look for
    assert found == OneOther((), 0, 0)


def test_who_attends_a_full_open_group_may_go_to_another_of_its_offerings() -> None:
    circle = service(
        "circle",
        participants={"min": 1, "max": 2},
        offerings=[
            {"id": "early", "day": "mon", "start": "08:00", "site": "north"},
            {"id": "late", "day": "mon", "start": "16:00", "site": "north"},
        ],
    )
    work = [{"days": "daily", "start": "12:00", "end": "20:00"}]
    raw = small_raw(
        patient("old", "circle"),
        patient("third", "circle", busy=work),
        patient("new", "circle", busy=work),
        cohorts=[],
        services=[circle],
        clinicians=[clinician("tom", "therapist")],
    )
    held = {**_session("old", "08:00"), "service": "circle", "offering": "early"}
    held["clients"] = ["old", "third"]
    decided = {"placements": [seat("old", "", None), seat("third", "", None)], "sessions": [held]}
    (offer,) = search(desk(raw, decided, policy=HARD)).offers
    assert [(one.offering, one.clients) for one in offer.roster.sessions] == [
        ("early", ("third", "new")),
        ("late", ("old",)),
    ]


def test_offers_are_those_of_brute_force() -> None:
    found = [compared(seed) for seed in range(SEEDS)]
    assert [problem for _, problems in found for problem in problems] == []
    assert sum(places for places, _ in found) >= SEEDS // 2
