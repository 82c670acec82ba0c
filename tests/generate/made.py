"""Generated weeks that several tests look at, each made once."""

from __future__ import annotations

from functools import cache

from iop_sched.generate.build import Generated, generate
from iop_sched.generate.settings import Settings, Tightness


@cache
def made(clients: int, sites: int, tight: str, seed: int) -> Generated:
    """A week that is equally tight in staff, seats and rooms."""
    how = Tightness(tight)
    return generate(Settings(clients, sites, seed, how, how, how))


WEEKS = (
    (24, 1, "low", 1),
    (24, 1, "medium", 2),
    (24, 1, "high", 3),
    (48, 1, "medium", 1),
    (60, 3, "high", 1),
    (96, 1, "high", 2),
)
