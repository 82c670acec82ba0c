"""Which cohorts a site has, when they meet, and whom they are for."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.generate.draft import Group, Site
from iop_sched.generate.settings import SPARE_SEATS, Tightness

MEAN_SIZE = 9.2
Days = tuple[int, ...]

DAYS: dict[str, tuple[Days, ...]] = {
    "morning": ((0, 1, 3, 4), (0, 1, 2, 3), (0, 2, 3, 4)),
    "afternoon": ((0, 1, 2, 3), (0, 1, 3, 4), (0, 2, 3, 4)),
    "evening": ((0, 1, 3), (0, 1, 2, 3), (0, 2, 3)),
}
"""Weekdays on which cohorts of a slot meet; Monday and Thursday always among them."""


@dataclass(frozen=True)
class Theme:
    """A kind of cohort."""

    name: str
    slot: str
    agenda: str = "half-day"
    requires: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    language: str | None = None
    online: bool = False


THEMES = (
    Theme("day", "morning", "day-program", populations=("adults",)),
    Theme("evening", "evening", "staffed"),
    Theme("afternoon", "afternoon"),
    Theme("co-occurring", "morning", requires=("substance-use",)),
    Theme("young", "evening", populations=("young-adults",)),
    Theme("spanish", "afternoon", language="spanish"),
    Theme("day", "morning", "day-program", populations=("adults",)),
    Theme("online", "evening", "online", online=True),
)
"""The kinds in the order in which a growing site gets them, again and again."""

CANDIDATE = 2
"""The place in ``THEMES`` of the cohort that is new this week."""


def draw_cohorts(site: Site, seats: int) -> None:
    """Cohorts for ``seats`` people, and candidates that the planted roster leaves shut."""
    number = max(2, round(seats / MEAN_SIZE))
    for place in range(number):
        theme = THEMES[place % len(THEMES)]
        if theme.online and not site.alone:
            theme = THEMES[1]
        group = _cohort(site, theme)
        group.running = place % len(THEMES) != CANDIDATE
        group.spare = _spare(site, place)
        _options(site, group)
    for _ in range(1 + number // 8):
        group = _cohort(site, site.dice.pick((THEMES[1], THEMES[2])))
        group.running = group.opens = False
        _options(site, group)


def _cohort(site: Site, theme: Theme) -> Group:
    days = (0, 1, 2, 3, 4) if theme.name == "day" else site.dice.pick(DAYS[theme.slot])
    group = Group(
        id=site.ids.next("g"),
        site=site.id,
        theme=theme.name,
        slot=theme.slot,
        days=days,
        agenda=theme.agenda,
        grid=site.grid,
        requires=list(theme.requires),
        populations=list(theme.populations),
        language=theme.language,
        online=theme.online,
    )
    if theme.name == "day":
        group.levels.append("php")
    if theme.requires or theme.slot == "evening":
        group.serves.append("substance-use")
    site.groups.append(group)
    return group


def _spare(site: Site, place: int) -> int:
    spare = SPARE_SEATS[site.settings.seats]
    return spare if site.settings.seats != Tightness.medium or place % 3 == 1 else 0


def _options(site: Site, group: Group) -> None:
    """A running cohort has its slot and days; a candidate has others to choose among."""
    group.options = [(group.slot, group.days)]
    if not group.running:
        others = [(slot, days) for slot in ("afternoon", "evening") for days in DAYS[slot]]
        found = [option for option in others if option != group.options[0]]
        group.options = site.dice.shuffled([*group.options, *site.dice.some(found, 2)])
