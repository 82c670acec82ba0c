"""What a change of the week must do to its optimum, whatever the optimum is.

Other names and another order of the lists change no tier. One more clinician, room or seat is never worse
in kept, placed and dose, in this order; a tighter cap is never better there. Claims are made of proven
optima only.

Each seed is one more week: the quickstart with some people gone and less time for others, and a small week of
``builder``. For more of them than the few of every day:

    IOP_SCHED_METAMORPHIC=60 python -m pytest tests/test_metamorphic.py -n 2
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from builder import Raw, client, clinician, week_raw
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.loading import load_week
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek

SEEDS = range(int(os.environ.get("IOP_SCHED_METAMORPHIC", "3")))
OPTIONS = SolveOptions(time_limit=600, workers=2)
FIRST = ("kept", "placed", "dose")
PLAIN = Policy(
    rules=dict.fromkeys(
        ("continuity", "preferences", "balance", "cost", "group-share", "authorisation"), "off"
    )
)
"""Leaves the later tiers with little to do: they take no part in the comparisons of the first three."""

Values = tuple[int, ...]
IMPOSSIBLE: Values = (10**9,)
"""Worse than any."""


# Weeks


@cache
def quickstart() -> Raw:
    """The quickstart, as plain data."""
    path = Path(__file__).resolve().parents[1] / "instances" / "quickstart.yaml"
    return load_week(path).model_dump(mode="json")


def fewer_people(seed: int) -> Raw:
    """The quickstart without some clients, and with less time for some of those who are left."""
    raw, rng = deepcopy(quickstart()), Random(seed)
    if seed == 0:
        return raw
    gone = {one["id"] for one in rng.sample(raw["clients"], rng.randint(2, 6))}
    raw["clients"] = [one for one in raw["clients"] if one["id"] not in gone]
    raw["apart"] = [pair for pair in raw["apart"] if gone.isdisjoint(pair)]
    raw["pins"] = [pin for pin in raw["pins"] if pin["session"]["client"] not in gone]
    for part in ("placements", "sessions"):
        raw["previous"][part] = [one for one in raw["previous"][part] if one["client"] not in gone]
    pinned = {pin["session"]["client"] for pin in raw["pins"]}
    for one in rng.sample([one for one in raw["clients"] if one["id"] not in pinned], 3):
        day = rng.choice(["mon", "tue", "wed", "thu", "fri"])
        one["busy"].append({"days": [day], "start": "09:00", "end": "12:00"})
    someone = rng.choice([one for one in raw["clinicians"] if one["roles"] == ["counselor"]])
    day = rng.choice(["mon", "tue", "wed", "thu", "fri"])
    someone["away"].append({"days": [day], "start": "08:00", "end": rng.choice(["12:00", "21:00"])})
    raw["sites"][0]["census"] = rng.randint(7, 14)
    return raw


def small(seed: int) -> Raw:
    """The week of ``builder`` with more clients than seats, than therapists' hours and than offices."""
    raw, rng = week_raw(), Random(seed)
    raw["cohorts"][0]["members"] = {"min": 2, "max": rng.randint(3, 5)}
    raw["cohorts"][1]["members"] = {"min": rng.randint(1, 2), "max": rng.randint(2, 4)}
    raw["cohorts"][1]["options"][0]["slot"] = rng.choice(["am", "am", "pm"])
    individual, circle, _ = raw["services"]
    individual |= {"supplies": ["office"], "telehealth": "never"}
    circle["participants"] = {"min": 2, "max": rng.randint(3, 5)}
    for place in range(rng.randint(3, 6)):
        one = client(f"c{place}", priority=rng.randint(1, 5), waiting_days=rng.randint(0, 30))
        wanted = ["circle", "individual"][: rng.randint(1, 2)]
        one["prescription"]["services"] = [{"service": service} for service in wanted]
        hours = {"days": "weekdays", "start": "09:00", "end": rng.choice(["12:00", "16:00"])}
        one["busy"] = [hours] * (rng.random() < 0.25)
        raw["clients"].append(one)
    if rng.random() < 0.8:
        raw["clinicians"].append(clinician("gus", "facilitator", max_hours_week=rng.randint(8, 14)))
    for one in raw["clinicians"][1:3]:
        one |= {"caseload": rng.randint(1, 4), "max_hours_week": rng.randint(2, 5)}
        one["available"] = [{"days": ["tue", "wed"], "start": "12:00", "end": f"{rng.randint(14, 16)}:00"}]
    raw["sites"][0]["census"] = rng.randint(5, 9)
    placed = {"cohort": "morning", "slot": "am", "days": ["mon", "tue", "wed"]}
    ana = {"client": "ana", "primary": "tom", **placed}
    raw["previous"] = {"placements": [ana, {"client": "cy", **placed}]}
    return ProgramWeek.model_validate(raw).model_dump(mode="json")


WEEKS = [*((fewer_people, seed) for seed in SEEDS), *((small, seed) for seed in SEEDS)]
of_each_week = pytest.mark.parametrize(
    ("make", "seed"), WEEKS, ids=[f"{make.__name__}-{seed}" for make, seed in WEEKS]
)


# Optima


def optimum(raw: Raw, policy: Policy) -> dict[str, int] | None:
    """The proven optimum of every tier; none when the week is impossible. Asserts that there is a proof."""
    outcome = solve(ProgramWeek.model_validate(raw), policy, OPTIONS)
    assert outcome.status in ("proven", "infeasible"), outcome
    return {tier.name: tier.value for tier in outcome.tiers} if outcome.roster is not None else None


def first_tiers(raw: Raw) -> Values:
    """Kept, placed and dose at the optimum."""
    found = optimum(raw, PLAIN)
    return IMPOSSIBLE if found is None else tuple(found[name] for name in FIRST)


@cache
def at_first(make: Callable[[int], Raw], seed: int) -> Values:
    """Kept, placed and dose of a week as it is."""
    found = first_tiers(make(seed))
    assert found != IMPOSSIBLE, "a week to compare with must have a roster"
    return found


# Other names and another order

AS_WRITTEN = {
    "program", "week_of", "why", "reason", "status", "format", "formats", "telehealth", "insurance",
    "overrides", "day", "days", "weekdays", "start", "end", "first", "last", "by_day", "deadline",
    "earliest_start", "latest_start", "last_day",
}  # fmt: skip


def names(value: Any, key: str = "") -> Iterator[str]:
    """Every string that is an id or a word of the vocabulary."""
    if key in AS_WRITTEN:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part, inner in value.items():
            yield from [part] * (key == "travel")
            yield from names(inner, part)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner, key)


def renamed(value: Any, new: dict[str, str], rng: Random, key: str = "") -> Any:
    """The same week with other names, and its lists in another order."""
    if key in AS_WRITTEN:
        return value
    if isinstance(value, str):
        return new[value]
    if isinstance(value, dict):
        named = {(new[part] if key == "travel" else part): part for part in value}
        return {name: renamed(value[part], new, rng, part) for name, part in named.items()}
    if isinstance(value, list):
        return [renamed(one, new, rng, key) for one in rng.sample(value, len(value))]
    return value


@of_each_week
def test_other_names_and_another_order_change_no_tier(make: Callable[[int], Raw], seed: int) -> None:
    raw, rng = make(seed), Random(f"names {seed}")
    old = sorted(set(names(raw)))
    new = [f"n{number}" for number in rng.sample(range(1000), len(old))]
    other = renamed(raw, dict(zip(old, new, strict=True)), rng)
    assert optimum(other, Policy()) == optimum(raw, Policy())


# More is never worse


def another_clinician(raw: Raw, rng: Random) -> None:
    """One more clinician, like another."""
    raw["clinicians"].append({**rng.choice(raw["clinicians"]), "id": "another"})


def another_room(raw: Raw, rng: Random) -> None:
    """One more room, like another."""
    raw["rooms"].append({**rng.choice(raw["rooms"]), "id": "another"})


def another_seat(raw: Raw, rng: Random) -> None:
    """One more seat in every cohort, block and room."""
    for cohort in raw["cohorts"]:
        cohort["members"]["max"] += 1
    for agenda in raw["agendas"]:
        for block in agenda["blocks"]:
            if block["attendance"]:
                block["attendance"]["max"] += 1
    for room in raw["rooms"]:
        room["capacity"] += 1


@of_each_week
@pytest.mark.parametrize("more", [another_clinician, another_room, another_seat])
def test_more_is_never_worse(
    make: Callable[[int], Raw], seed: int, more: Callable[[Raw, Random], None]
) -> None:
    raw = deepcopy(make(seed))
    more(raw, Random(f"more {seed}"))
    assert first_tiers(raw) <= at_first(make, seed)


# Tighter is never better


def smaller_cohorts(raw: Raw, rng: Random) -> None:
    """One seat less in every cohort."""
    for cohort in raw["cohorts"]:
        cohort["members"]["max"] -= cohort["members"]["max"] > cohort["members"]["min"]


def smaller_licence(raw: Raw, rng: Random) -> None:
    """Fewer clients on site."""
    for site in raw["sites"]:
        site["census"] = max(0, (site["census"] or 12) - rng.randint(1, 5))


def smaller_caseloads(raw: Raw, rng: Random) -> None:
    """Every clinician is the primary of fewer."""
    for one in raw["clinicians"]:
        one["caseload"] = max(0, (one["caseload"] or 6) - rng.randint(1, 5))


def fewer_hours(raw: Raw, rng: Random) -> None:
    """Every clinician works fewer hours."""
    for one in raw["clinicians"]:
        one["max_hours_week"] = max(1, (one["max_hours_week"] or 20) - rng.randint(1, 8))


def smaller_groups(raw: Raw, rng: Random) -> None:
    """Open groups have fewer seats."""
    for service in raw["services"]:
        if service["participants"]["max"] > 1:
            low, high = service["participants"].values()
            service["participants"]["max"] = max(low, 2, high - rng.randint(1, 6))


def fewer_supplies(raw: Raw, rng: Random) -> None:
    """One office or machine of each kind less."""
    for supply in raw["supplies"]:
        supply["count"] = max(0, supply["count"] - 1)


@of_each_week
@pytest.mark.parametrize(
    "tighter",
    [smaller_cohorts, smaller_licence, smaller_caseloads, fewer_hours, smaller_groups, fewer_supplies],
)
def test_tighter_is_never_better(
    make: Callable[[int], Raw], seed: int, tighter: Callable[[Raw, Random], None]
) -> None:
    raw = deepcopy(make(seed))
    tighter(raw, Random(f"tighter {seed}"))
    assert first_tiers(raw) >= at_first(make, seed)
