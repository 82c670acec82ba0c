"""Why a session that is prescribed does not take place: clinician by clinician, and time by time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from iop_sched.admit.others import Others
from iop_sched.admit.verified import measure
from iop_sched.rules.qualification import misfit, qualified
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.windows import on_day, touches, within
from iop_sched.week.care import Service
from iop_sched.week.people import Clinician
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster, Session, SessionStaff
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, Id, Interval, clock, overlap, subtract

TRIED = 12
"""How many free times of a clinician are tried in the whole roster, spread over the week."""

Time = tuple[Day, Interval]


@dataclass
class Clash:
    """A clinician at the times when the client could come: how many, and what is in the way at how many.

    ``busy`` counts by what the clinician does then; ``rules`` by the rule that a session would break, with
    one sentence each. ``unsuited`` says why the clinician cannot give it at all.
    """

    clinician: Id
    times: int = 0
    away: int = 0
    busy: Counter[str] = field(default_factory=Counter)
    free: int = 0
    tried: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, str] = field(default_factory=dict)
    unsuited: str | None = None


@dataclass(frozen=True)
class Missing:
    """A service of which sessions are missing, and each clinician qualified for the first of its needs."""

    service: Id
    number: int
    times: int
    clashes: tuple[Clash, ...]


def missing(week: ProgramWeek, roster: Roster, policy: Policy, client: Id) -> list[Missing]:
    """What a placed client misses, and why, the rest of the client's week being as it is.

    Open groups are not looked at: who gives them is not the question. Raises ``KeyError`` for an unknown
    client.
    """
    others = Others(week, roster, policy, client)
    schedule = Schedule(others.facts, roster)
    found = []
    for line, service in others.facts.prescribed(others.client):
        number = line.min_count - schedule.delivered(others.client, service.id)
        if number > 0 and not service.is_open_group:
            found.append(_Search(others, schedule, service).missing(number))
    return found


class _Search:
    """Looks for a time for one more session of a service."""

    def __init__(self, others: Others, schedule: Schedule, service: Service) -> None:
        self.others, self.schedule, self.service = others, schedule, service
        self.facts, self.client = others.facts, others.client

    def missing(self, number: int) -> Missing:
        times = list(self._times())
        clashes = [
            self._clash(clinician, times)
            for clinician in self.facts.week.clinicians
            if qualified(clinician, self.service.staff[0])
        ]
        return Missing(self.service.id, number, len(times), tuple(clashes))

    def _times(self) -> Iterator[Time]:
        """Starts on the grid at which the client is free and the service is given."""
        placement = self.schedule.placements[self.client.id]
        size = self.facts.occ(self.service.minutes)
        for day in WEEK:
            if day in self.facts.online_days and placement.start <= day <= placement.last:
                taken = list(self._taken(day))
                for start in range(0, DAY_MINUTES - size + 1, self.facts.week.grid):
                    interval = (start, start + size)
                    if self._may_be(day, interval) and not any(overlap(one, interval) for one in taken):
                        yield day, interval

    def _taken(self, day: Day) -> Iterator[Interval]:
        placement = self.schedule.placements[self.client.id]
        if placement.cohort is not None and day in self.schedule.attended_days(self.client):
            for _, interval in self.schedule.own_blocks(self.client, placement.cohort, day):
                yield interval
        for session in self.schedule.sessions_of(self.client):
            if session.day == day:
                yield self.schedule.session_interval(session)

    def _may_be(self, day: Day, interval: Interval) -> bool:
        client, family = self.client, self.client.family if self.service.family else None
        return (
            (not client.available or within(client.available, day, interval))
            and not touches(client.busy, day, interval)
            and not touches(client.absences, day, interval)
            and (not self.service.windows or within(self.service.windows, day, interval))
            and (family is None or not family.available or within(family.available, day, interval))
        )

    def _clash(self, clinician: Clinician, times: list[Time]) -> Clash:
        found = Clash(clinician.id, len(times), unsuited=misfit(self.facts, clinician, self.client))
        if found.unsuited is not None:
            return found
        left: list[Time] = []
        for day, interval in times:
            works = subtract(on_day(clinician.available, day), on_day(clinician.away, day))
            busy = [
                one
                for one in self.schedule.occupations_of(clinician.id)
                if one.day == day and overlap(one.interval, interval)
            ]
            if not any(start <= interval[0] and interval[1] <= end for start, end in works):
                found.away += 1
            elif busy:
                found.busy[_kind(busy[0].label)] += 1
            else:
                left.append((day, interval))
        found.free = len(left)
        # evenly over the week: what breaks at one time often breaks at the next one too
        for day, interval in left[:: max(1, -(-len(left) // TRIED))]:
            self._try(clinician, day, interval, found)
        return found

    def _try(self, clinician: Clinician, day: Day, interval: Interval, found: Clash) -> None:
        """Put one more session into the roster, at the place that breaks least, and note what it breaks."""
        found.tried += 1
        tries = [
            measure(self.facts, self._with(clinician, day, interval, place, room), self.others.policy)
            for place in self._places(clinician)
            for room in self._rooms(place)
        ]
        broken = min((one.violations for one in tries), key=len, default=())
        for rule, message in {one.rule: one.message for one in broken}.items():
            found.rules[rule] += 1
            found.sentences.setdefault(rule, f"{Day(day).code} {clock(interval[0])}: {message}")

    def _places(self, clinician: Clinician) -> list[Id | None]:
        places: list[Id | None] = []
        if self.service.telehealth != "never" and "telehealth" in self.client.formats:
            places.append(None)
        if self.service.telehealth != "only" and "in-person" in self.client.formats:
            places += [
                site
                for site in clinician.sites
                if (not self.service.sites or site in self.service.sites)
                and (not self.client.sites or site in self.client.sites)
            ]
        return places

    def _rooms(self, place: Id | None) -> list[Id | None]:
        if place is None or self.service.room_kind is None:
            return [None]
        return [
            room.id
            for room in self.facts.week.rooms
            if room.site == place and self.service.room_kind in room.kinds
        ]

    def _with(
        self, clinician: Clinician, day: Day, interval: Interval, place: Id | None, room: Id | None
    ) -> Roster:
        # Not validated: a clock time is read from text alone.
        session = Session.model_construct(
            service=self.service.id,
            clients=(self.client.id,),
            staff=(SessionStaff(need=0, clinician=clinician.id),),
            day=day,
            start=interval[0],
            site=place,
            room=room,
            offering=None,
        )
        roster = self.schedule.roster
        return roster.model_copy(update={"sessions": (*roster.sessions, session)})


def _kind(label: str) -> str:
    """What somebody does, without for whom: ``individual``, ``meetings``, ``care team a01``."""
    if label.startswith("care team "):
        return label
    return "meetings" if " of " in label else label.split(" for ")[0]
