"""Generated tiny weeks: small enough for a brute-force oracle to enumerate every roster.

A seed gives one week, always the same. Themes take turns, so that a run of seeds covers every rule; drafts
with too many rosters, or next to none, are thrown away, and the next one of the same seed is tried.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from oracle import Tally, TooMany, search
from tiny_weeks import THEMES, TURNS, Draft, spice

LEAST_ROSTERS = 12
MOST_ROSTERS = 3000
DRAFTS = 400


@dataclass(frozen=True)
class TinyWeek:
    """A week, its policy, the rules that it is about, and what the oracle found."""

    seed: int
    theme: str
    week: ProgramWeek
    policy: Policy
    focus: frozenset[str]
    tally: Tally


def draft(seed: int, number: int) -> tuple[str, Draft]:
    """One draft of a seed, with its theme."""
    rng = random.Random(f"{seed}/{number}")
    name = TURNS[seed % len(TURNS)]
    found = Draft(rng)
    THEMES[name](found)
    spice(found)
    return name, found


def tiny_week(seed: int, most: int = MOST_ROSTERS) -> TinyWeek:
    """The first draft of a seed that has rosters to choose among, and at most ``most``."""
    for number in range(DRAFTS):
        name, found = draft(seed, number)
        week, policy = found.finish()
        try:
            tally = search(week, policy, found.focus, most)
        except TooMany:
            continue
        if tally.rosters < LEAST_ROSTERS:
            continue
        return TinyWeek(seed, name, week, policy, frozenset(found.focus), tally)
    raise LookupError(f"seed {seed}: no draft of {name} is tiny enough")
