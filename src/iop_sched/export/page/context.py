"""What all parts of the page share: its columns, its colours, its marks, and who changed."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.export.page.marks import Marks
from iop_sched.export.subject import Subject
from iop_sched.report.words import Labels
from iop_sched.rules import Schedule
from iop_sched.week.times import WEEK, Day

TONES = 8
"""So many slots have a colour of their own; the next one begins again."""


@dataclass(frozen=True)
class Context:
    """A subject on its way to the page; ``days`` are the columns, ``tones`` the colour of each slot."""

    subject: Subject
    marks: Marks
    days: tuple[Day, ...]
    tones: dict[str, str]
    changed_clients: frozenset[str]
    changed_clinicians: frozenset[str]
    changed_cohorts: frozenset[str]

    @property
    def schedule(self) -> Schedule:
        """Week and roster joined."""
        return self.subject.schedule

    @property
    def labels(self) -> Labels:
        """How ids are printed."""
        return self.subject.labels

    def tone(self, cohort: str) -> str:
        """The colour of an open cohort: that of its slot."""
        return self.tones[self.schedule.open_cohorts[cohort].slot]

    def where(self, site: str | None, room: str | None) -> str:
        """A room, else a site, else ``online``; a week with one site does not name it."""
        if site is None:
            return "online"
        if room is not None:
            return self.labels(room)
        return "no room" if len(self.subject.week.sites) == 1 else self.labels(site)


def context(subject: Subject) -> Context:
    """The shared parts for one page."""
    week, found = subject.week, subject.comparison
    slots = sorted(week.slots, key=lambda one: (one.start, one.id))
    return Context(
        subject=subject,
        marks=Marks(week),
        days=_columns(subject.schedule),
        tones={slot.id: f"s{number % TONES}" for number, slot in enumerate(slots)},
        changed_clients=frozenset(one.client for one in found.clients) if found else frozenset(),
        changed_clinicians=frozenset(one.clinician for one in found.clinicians) if found else frozenset(),
        changed_cohorts=frozenset(one.cohort for one in found.cohorts) if found else frozenset(),
    )


def _columns(schedule: Schedule) -> tuple[Day, ...]:
    """Monday to Friday, and days of the weekend on which there is something."""
    roster = schedule.roster
    used = {one.day for one in roster.facilitation} | {one.day for one in roster.sessions}
    used |= {one.day for one in roster.team_meeting}
    return tuple(day for day in WEEK if day < Day.SAT or day in used)
