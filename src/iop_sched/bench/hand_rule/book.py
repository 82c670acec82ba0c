"""The roster under construction: what has been decided, and who is taken when."""

from __future__ import annotations

from collections import defaultdict

from iop_sched.rules.facts import Facts
from iop_sched.rules.windows import touches, within
from iop_sched.week.people import Client
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Roster, Session, TeamMeeting
from iop_sched.week.times import Day, Id, Interval, overlap

Step = OpenCohort | Meeting | TeamMeeting | Placement | Session
"""One decision: a cohort's or a meeting's entry as it shall be, or a new entry of the other kinds."""


def taken(roster: Roster, step: Step) -> Roster:
    """The roster with one step taken."""
    if isinstance(step, OpenCohort):
        cohorts = tuple(step if one.cohort == step.cohort else one for one in roster.cohorts)
        return roster.model_copy(update={"cohorts": cohorts})
    if isinstance(step, Meeting):
        key = (step.cohort, step.day)
        meetings = tuple(step if (one.cohort, one.day) == key else one for one in roster.facilitation)
        return roster.model_copy(update={"facilitation": meetings})
    if isinstance(step, TeamMeeting):
        return roster.model_copy(update={"team_meeting": (*roster.team_meeting, step)})
    if isinstance(step, Placement):
        return roster.model_copy(update={"placements": (*roster.placements, step)})
    return roster.model_copy(update={"sessions": (*roster.sessions, step)})


class Book:
    """A roster with its placements, its sessions and everybody's taken time at hand."""

    def __init__(self, facts: Facts, roster: Roster) -> None:
        self.facts, self.roster = facts, roster
        self.cohorts: dict[Id, OpenCohort] = {}
        self.placements: dict[Id, Placement] = {}
        self.sessions: dict[Id, list[Session]] = defaultdict(list)
        self.there: dict[tuple[Id | None, Day], set[Id]] = defaultdict(set)
        """Clients whom a session or a pattern brings to a site; a meeting may yet be missed."""
        self._taken: dict[tuple[Id, Day], list[Interval]] = defaultdict(list)
        for cohort in roster.cohorts:
            self._note(cohort)
        steps: tuple[Step, ...] = (*roster.facilitation, *roster.team_meeting)
        for step in (*steps, *roster.placements, *roster.sessions):
            self._note(step)

    def take(self, step: Step) -> None:
        """Write a step down. A meeting's entry may be replaced only while it is not held."""
        self.roster = taken(self.roster, step)
        self._note(step)

    def _note(self, step: Step) -> None:
        if isinstance(step, OpenCohort):
            self.cohorts[step.cohort] = step
        elif isinstance(step, Placement):
            self.placements[step.client] = step
            if step.cohort is not None:
                for day in step.days:
                    self.there[self.facts.place(step.cohort), day].add(step.client)
        elif isinstance(step, Meeting):
            self._note_meeting(step)
        elif isinstance(step, TeamMeeting):
            minutes = self.facts.occ(self.facts.teams[step.team].minutes)
            for clinician in step.attendees:
                self._taken[clinician, step.day].append((step.start, step.start + minutes))
        else:
            self.there[step.site, step.day].update(step.clients)
            for client in step.clients:
                self.sessions[client].append(step)
            for entry in step.staff:
                self._taken[entry.clinician, step.day].append(self.interval(step))

    def _note_meeting(self, meeting: Meeting) -> None:
        blocks = {block.id: block for block in self.facts.blocks_on(meeting.cohort, meeting.day)}
        slot = self.cohorts[meeting.cohort].slot
        for entry in meeting.staff:
            interval = self.facts.block_interval(slot, blocks[entry.block], meeting.day)
            self._taken[entry.clinician, meeting.day].append(interval)

    def interval(self, session: Session) -> Interval:
        """Minutes of the day that a session occupies."""
        minutes = self.facts.services[session.service].minutes
        return (session.start, session.start + self.facts.occ(minutes))

    # -- who is free -------------------------------------------------------------------------------

    def works(self, clinician: Id, day: Day, interval: Interval, site: Id | None) -> bool:
        """Whether a clinician is there, at the site, and has nothing else to do."""
        if any(overlap(one, interval) for one in self._taken.get((clinician, day), ())):
            return False
        person = self.facts.clinicians[clinician]
        hours = [window for window in person.available if site is None or window.site in (None, site)]
        return within(hours, day, interval) and not touches(person.away, day, interval)

    def can_come(self, client: Client, day: Day, interval: Interval) -> bool:
        """Whether a client has the time: no session then, and no block that may not be left."""
        if client.available and not within(client.available, day, interval):
            return False
        if touches((*client.busy, *client.absences), day, interval):
            return False
        sessions = [self.interval(one) for one in self.sessions.get(client.id, ()) if one.day == day]
        return not any(overlap(one, interval) for one in sessions + self._blocks(client, day))

    def _blocks(self, client: Client, day: Day) -> list[Interval]:
        """Blocks of the day that the client attends and may not leave."""
        placement = self.placements.get(client.id)
        if placement is None or placement.cohort is None or day not in placement.days:
            return []
        slot = self.cohorts[placement.cohort].slot
        return [
            self.facts.block_interval(slot, block, day)
            for block in self.facts.own_blocks(client, placement.cohort, day)
            if not block.may_leave
        ]
