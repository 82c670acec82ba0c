"""Facts and roster joined: who is where, which meetings are due, when and where everything is."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from iop_sched.rules.facts import Facts, assessment
from iop_sched.week.care import Block, Service
from iop_sched.week.people import Client
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Roster, Session
from iop_sched.week.times import Day, Interval

MeetingKey = tuple[str, Day]


class RosterIndex:
    """Lookups in a well-formed roster (see ``structure``)."""

    def __init__(self, facts: Facts, roster: Roster) -> None:
        self.facts = facts
        self.roster = roster

    # Cohorts and meetings

    @cached_property
    def open_cohorts(self) -> dict[str, OpenCohort]:
        """Open cohorts by id."""
        return {opened.cohort: opened for opened in self.roster.cohorts}

    @cached_property
    def _due(self) -> dict[str, tuple[Day, ...]]:
        cohorts = self.facts.cohorts
        return {
            opened.cohort: self.facts.due_days(cohorts[opened.cohort], opened.days)
            for opened in self.roster.cohorts
        }

    def due_days(self, cohort: str) -> tuple[Day, ...]:
        """Days on which a meeting of an open cohort is due."""
        return self._due[cohort]

    @cached_property
    def meetings(self) -> dict[MeetingKey, Meeting]:
        """Due meetings, held or not, by cohort and day."""
        return {(meeting.cohort, meeting.day): meeting for meeting in self.roster.facilitation}

    @cached_property
    def held(self) -> list[Meeting]:
        """Meetings that are held."""
        return [meeting for meeting in self.roster.facilitation if meeting.held]

    def block_interval(self, cohort: str, block: Block, day: Day) -> Interval:
        """Minutes of the day that a block of an open cohort occupies."""
        return self.facts.block_interval(self.open_cohorts[cohort].slot, block, day)

    def span(self, meeting: Meeting) -> Interval:
        """From the start of a meeting's first block to the latest end of its blocks."""
        intervals = [
            self.block_interval(meeting.cohort, block, meeting.day)
            for block in self.facts.blocks_on(meeting.cohort, meeting.day)
        ]
        return (intervals[0][0], max(end for _, end in intervals))

    # Placements

    @cached_property
    def placements(self) -> dict[str, Placement]:
        """Placements by client."""
        return {placement.client: placement for placement in self.roster.placements}

    @cached_property
    def members(self) -> dict[str, list[Placement]]:
        """Placements by open cohort."""
        found: dict[str, list[Placement]] = {cohort: [] for cohort in self.open_cohorts}
        for placement in self.roster.placements:
            if placement.cohort is not None:
                found[placement.cohort].append(placement)
        return found

    @cached_property
    def placed(self) -> list[tuple[Client, Placement]]:
        """Placed clients with their placements, in the week's order of clients."""
        return [
            (client, self.placements[client.id])
            for client in self.facts.week.clients
            if client.id in self.placements
        ]

    def own_blocks(self, client: Client, cohort: str, day: Day) -> list[tuple[Block, Interval]]:
        """Own blocks of a day, with the minutes they occupy, in order of time."""
        return [
            (block, self.block_interval(cohort, block, day))
            for block in self.facts.own_blocks(client, cohort, day)
        ]

    # Sessions

    @cached_property
    def sessions(self) -> dict[str, list[Session]]:
        """Sessions by client, in order of time."""
        found = defaultdict(list)
        for session in sorted(self.roster.sessions, key=lambda one: (one.day, one.start)):
            for client in session.clients:
                found[client].append(session)
        return dict(found)

    def sessions_of(self, client: Client, service: str | None = None) -> list[Session]:
        """Sessions of a client in order of time, of one service if it is named."""
        found = self.sessions.get(client.id, [])
        return found if service is None else [session for session in found if session.service == service]

    def service(self, session: Session) -> Service:
        """The service that a session gives."""
        return self.facts.services[session.service]

    def session_interval(self, session: Session) -> Interval:
        """Minutes of the day that a session occupies."""
        return (session.start, session.start + self.facts.occ(self.service(session).minutes))

    def people(self, session: Session) -> int:
        """Clients of a session, and the loved ones who come to it when its service is a family one."""
        if not self.service(session).family:
            return len(session.clients)
        families = (self.facts.clients[client].family for client in session.clients)
        return len(session.clients) + sum(family.attendees for family in families if family is not None)

    def assessment_session(self, client: Client) -> Session | None:
        """The (first) session that assesses a client with an assessment to come."""
        service = assessment(client)
        found = self.sessions_of(client, service) if service is not None else []
        return found[0] if found else None

    def delivered(self, client: Client, service: str) -> int:
        """How many sessions of a service the client has."""
        return len(self.sessions_of(client, service))

    def missing(self, client: Client) -> list[tuple[Service, int]]:
        """Prescribed services of which the client has too few sessions, and how many are missing."""
        short = [
            (service, line.min_count - self.delivered(client, service.id))
            for line, service in self.facts.prescribed(client)
        ]
        return [(service, number) for service, number in short if number > 0]
