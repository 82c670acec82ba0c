"""A client put into a cohort: on which days, from when to when, and which sessions can stay.

The rules themselves are asked, about the client alone: the roster is narrowed to the client's own place and
sessions, so that a large week is as quick as a small one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from iop_sched.rules import CHECKS, Schedule, Violation
from iop_sched.rules.wording import days as day_list
from iop_sched.rules.wording import moment
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement, Session
from iop_sched.week.times import WEEK, Day

PLACE_RULES = ("track", "stay", "intake", "client-time")
SESSION_RULES = ("stay", "client-time")
START_RULES = ("stay", "intake")


@dataclass(frozen=True)
class Settled:
    """A client's place; the client's sessions that cannot stay, and why; how often the place breaks rules."""

    placement: Placement
    lost: tuple[tuple[Session, str], ...]
    faults: int


class Settler:
    """Puts one client into cohorts of a roster."""

    def __init__(self, schedule: Schedule, policy: Policy, client: Client) -> None:
        self._schedule = schedule
        self._policy = policy
        self._client = client
        self._old = schedule.placements.get(client.id)
        self._sessions = tuple(schedule.sessions_of(client))
        self._before = set(self._broken(self._old, self._sessions, SESSION_RULES))

    def best(self, cohort: str, days: tuple[Day, ...]) -> list[Settled]:
        """The place on the days named; or, none named, on each pattern that is least against the rules.

        Nothing when the cohort meets on too few days for any pattern of the prescription.
        """
        found = [self._settled(cohort, pattern) for pattern in ([days] if days else self._patterns(cohort))]
        least = min((one.faults for one in found), default=0)
        return [one for one in found if one.faults == least]

    def _patterns(self, cohort: str) -> Iterator[tuple[Day, ...]]:
        prescription = self._client.prescription
        met = self._schedule.open_cohorts[cohort].days
        for number in dict.fromkeys(prescription.days if prescription is not None else ()):
            yield from combinations(met, number)

    def _settled(self, cohort: str | None, days: tuple[Day, ...]) -> Settled:
        place = self._starting(cohort, days)
        known = self._before | set(self._broken(place, (), SESSION_RULES))
        lost = tuple(
            (session, reason)
            for session in self._sessions
            if (reason := self._collision(place, session, known))
        )
        faults = sum(1 for _ in self._broken(place, self._assessment(), PLACE_RULES))
        return Settled(place, lost, faults)

    def without_cohort(self) -> Settled:
        """The place of a client who needs no cohort."""
        return self._settled(None, ())

    # First and last day

    def _starting(self, cohort: str | None, days: tuple[Day, ...]) -> Placement:
        """On the first day that *stay* and *intake* allow, the old one before others."""
        tried = [self._place(cohort, days, start) for start in self._starts(days)]
        for place in tried:
            if not any(self._broken(place, self._assessment(), START_RULES)):
                return place
        return tried[0]

    def _starts(self, days: tuple[Day, ...]) -> list[Day]:
        if self._schedule.facts.is_current(self._client):
            return [Day.MON]
        old = [self._old.start] if self._old is not None and (self._old.start in days or not days) else []
        return list(dict.fromkeys([*old, *(days or WEEK)]))

    def _place(self, cohort: str | None, days: tuple[Day, ...], start: Day) -> Placement:
        stay = self._client.stay
        last = Day.SUN if stay.last_day is None else stay.last_day
        if stay.length_days is not None and not self._schedule.facts.is_current(self._client):
            last = Day(max(start, min(last, start + stay.length_days.max - 1)))
        primary = self._old.primary if self._old is not None else None
        return Placement(
            client=self._client.id, cohort=cohort, days=days, start=start, last=last, primary=primary
        )

    # Sessions

    def _assessment(self) -> tuple[Session, ...]:
        found = self._schedule.assessment_session(self._client)
        return () if found is None else (found,)

    def _collision(self, place: Placement, session: Session, known: set[Violation]) -> str | None:
        """Why a session cannot stay: what the rules find only because of the new place."""
        for found in self._broken(place, (session,), SESSION_RULES):
            if found not in known:
                if found.rule == "stay":
                    return "it is outside the days of treatment"
                return f"it collides with {place.cohort or 'other times'}"
        return None

    # The rules

    def _broken(
        self, place: Placement | None, sessions: Iterable[Session], rules: Iterable[str]
    ) -> Iterator[Violation]:
        own = self._schedule.roster.model_copy(
            update={
                "placements": () if place is None else (place,),
                "sessions": tuple(self._alone(session) for session in sessions),
            }
        )
        narrowed = Schedule(self._schedule.facts, own)
        for rule in rules:
            if self._policy.mode(rule) != "off":
                for found in CHECKS[rule](narrowed, self._policy):
                    if isinstance(found, Violation) and found.who == self._client.id:
                        yield found

    def _alone(self, session: Session) -> Session:
        return session.model_copy(update={"clients": (self._client.id,)})


def said(session: Session) -> str:
    """``the session of therapy on tue 09:00 with lee``."""
    staff = ", ".join(entry.clinician for entry in session.staff)
    with_whom = f" with {staff}" if staff else ""
    return f"the session of {session.service} on {moment(session.day, session.start)}{with_whom}"


def placed(placement: Placement) -> str:
    """``co-evening (mon, wed, thu)``."""
    return f"{placement.cohort} ({day_list(placement.days)})" if placement.cohort else "no cohort"
