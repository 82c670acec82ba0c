"""The week that is over: who was treated, how much of it was attended, whose stay has ended."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from iop_sched.next_week.attended import Attended
from iop_sched.rules import Schedule
from iop_sched.week.base import minutes
from iop_sched.week.people import Authorisation, Client
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster, Session
from iop_sched.week.times import WEEK, Day

QUARTER = 15


class ThisWeek:
    """A week with its roster, and who came. The roster must be well formed."""

    def __init__(self, week: ProgramWeek, roster: Roster, attended: Attended) -> None:
        self.week = week
        self.roster = roster
        self.attended = attended
        self.schedule = Schedule.of(week, roster)
        self.next_monday = week.week_of + timedelta(days=7)

    def date_of(self, day: Day) -> date:
        """The date of a weekday of this week."""
        return self.week.week_of + timedelta(days=int(day))

    # Who was treated

    def assessed(self, client: Client) -> Session | None:
        """The session that assessed the client; none when there was none, or it was missed."""
        session = self.schedule.assessment_session(client)
        if session is None or self.attended.missed(client.id, session.day, session.service):
            return None
        return session

    def missed_assessment(self, client: Client) -> bool:
        """Whether the assessment was scheduled, and the client did not come."""
        return self.schedule.assessment_session(client) is not None and self.assessed(client) is None

    @cached_property
    def treated(self) -> frozenset[str]:
        """Placed clients. Who missed the assessment before treatment could not begin it."""
        clients = self.schedule.facts.clients
        return frozenset(
            name for name in self.schedule.placements if not self.missed_assessment(clients[name])
        )

    # What was attended

    def scheduled(self, client: Client) -> tuple[int, ...]:
        """Minutes of dosage of a placed client, from Monday to Sunday."""
        figures = self.schedule.dosage(client)
        return tuple(figures.on(day) for day in WEEK)

    def received(self, client: Client) -> tuple[int, ...]:
        """Those of the scheduled minutes that a placed client attended."""
        figures = self.schedule.dosage(client)
        blocks = [0 if self.attended.missed(client.id, day) else figures.blocks[day] for day in WEEK]
        sessions = list(figures.sessions)
        prescribed = self.schedule.facts.prescribed(client)
        counted = {service.id: service.minutes for _, service in prescribed if service.counts}
        for session in self.schedule.sessions_of(client):
            if self.attended.missed(client.id, session.day, session.service):
                sessions[session.day] -= counted.get(session.service, 0)
        return tuple(blocks[day] + sessions[day] for day in WEEK)

    def left(self, client: Client) -> Authorisation | None:
        """The authorisation without the units that this week used.

        Days with anything attended, or hours attended, on dates covered; of hours, a quarter begun is used.
        """
        agreed = client.authorisation
        if agreed is None or client.id not in self.treated:
            return agreed
        received = self.received(client)
        covered = [received[day] for day in WEEK if agreed.first <= self.date_of(day) <= agreed.last]
        if agreed.hours is not None:
            quarters = -(-sum(covered) // QUARTER)
            hours = max(0, minutes(agreed.hours) - quarters * QUARTER) / 60
            return agreed.model_copy(update={"hours": hours})
        days = max(0, (agreed.days or 0) - sum(found > 0 for found in covered))
        return agreed.model_copy(update={"days": days})

    # Stays

    def last_date(self, client: Client) -> date | None:
        """The last date of a stay; none while it has none.

        Of a treated client, what the roster did; of another one, what the week says: nothing has begun that
        a length could be counted from.
        """
        placement = self.schedule.placements.get(client.id)
        stay = client.stay
        if placement is None or client.id not in self.treated:
            return None if stay.last_day is None else self.date_of(stay.last_day)
        if placement.last < Day.SUN or stay.last_day == Day.SUN:
            return self.date_of(placement.last)
        ends = [] if stay.last_date is None else [stay.last_date]
        if stay.length_days is not None and not self.schedule.facts.is_current(client):
            ends.append(self.date_of(placement.start) + timedelta(days=stay.length_days.max - 1))
        return min(ends, default=None)

    def discharged(self, client: Client) -> bool:
        """Whether a stay has ended. That of somebody new without a place has not begun."""
        last = self.last_date(client)
        begun = client.id in self.treated or self.schedule.facts.is_current(client)
        return begun and last is not None and last < self.next_monday
