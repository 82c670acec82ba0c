"""What a synthetic week is to be like."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LEAST_PER_SITE = 20
MOST_PER_SITE = 600
MOST_SITES = 40


class Tightness(StrEnum):
    """How scarce something is."""

    low = "low"
    medium = "medium"
    high = "high"


WORK = {Tightness.low: 0.70, Tightness.medium: 0.88, Tightness.high: 0.96}
"""Part of a clinician's most hours that the planted roster uses."""

WAITING = {Tightness.low: 0.0, Tightness.medium: 0.06, Tightness.high: 0.14}
"""Part of all clients who want a seat and get none in the planted roster."""

SPARE_SEATS = {Tightness.low: 2, Tightness.medium: 1, Tightness.high: 0}
"""Seats that the planted roster leaves free in a cohort (medium: in every third one)."""


@dataclass(frozen=True)
class Settings:
    """All that a week depends on. Shares are parts of 1; raises ``ValueError`` with what would be right."""

    clients: int
    sites: int = 1
    seed: int = 1
    staff: Tightness = Tightness.medium
    seats: Tightness = Tightness.medium
    rooms: Tightness = Tightness.medium
    jobs: float = 0.45
    school: float = 0.10
    services: float = 1.0
    same: float = 0.85
    waiting: float | None = None
    admissions: float = 0.15
    grid: int = 30

    def __post_init__(self) -> None:
        if not 1 <= self.sites <= MOST_SITES:
            raise ValueError(f"{self.sites} sites cannot be made; write 1 to {MOST_SITES}")
        least, most = LEAST_PER_SITE * self.sites, MOST_PER_SITE * self.sites
        if not least <= self.clients <= most:
            sites = "one site" if self.sites == 1 else f"{self.sites} sites"
            raise ValueError(
                f"{self.clients} clients on {sites} make no program; write {least} to {most} clients,"
                f" {LEAST_PER_SITE} to {MOST_PER_SITE} for each site"
            )
        if self.seed < 0:
            raise ValueError("a seed is 0 or more")
        if self.grid not in (15, 30):
            raise ValueError(f"a grid of {self.grid} minutes is not made; write 15 or 30")
        _shares(self)

    @property
    def waiting_share(self) -> float:
        """Part of all clients who wait and get no seat in the planted roster."""
        return WAITING[self.seats] if self.waiting is None else self.waiting

    @property
    def name(self) -> str:
        """The week's name, with what it was drawn from."""
        sites = "1 site" if self.sites == 1 else f"{self.sites} sites"
        tight = f"{self.staff} staff, {self.seats} seats, {self.rooms} rooms"
        if self.staff == self.seats == self.rooms:
            tight = f"{self.staff} tightness"
        return f"Synthetic week, {self.clients} clients, {sites}, {tight}, seed {self.seed}"


def _shares(settings: Settings) -> None:
    # written so that what is no number is refused, too
    if not (settings.jobs >= 0 and settings.school >= 0 and settings.jobs + settings.school <= 1):
        raise ValueError("jobs and school are shares of the clients; write 0 to 1, together at most 1")
    for name, most in (("services", 2.0), ("same", 1.0), ("admissions", 0.5), ("waiting", 0.4)):
        value = getattr(settings, name)
        if value is not None and not 0 <= value <= most:
            raise ValueError(f"{name} of {value:g} cannot be made; write 0 to {most:g}")
