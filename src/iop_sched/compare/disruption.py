"""How much one roster disturbs another: one integer, the sum of its parts.

Only what BEFORE had can be disturbed. What is new in AFTER (a client now placed, one more session, a cohort
that opens) costs nothing, so the measure is not symmetric; ``disruption(a, a)`` is 0.

=================  ======  =================================================================================
part               points  for each
=================  ======  =================================================================================
place-lost           2000  client with a place in BEFORE and none in AFTER
cohort                600  client with a place in both, who was in a cohort and is in another one or in none
day                   120  weekday of such a client's old pattern that is not in the new one
span                   60  such a client whose first day, last day or both differ
primary               600  such a client who had a primary, and has another one or none
cohort-closed        1000  cohort open in BEFORE and not in AFTER
cohort-moved          600  cohort open in both, whose slot, days or both differ
leader                600  cohort open in both that had a leader, and has another one or none
meeting-lost         3000  meeting due and not held in AFTER: one held in BEFORE, or on a day that is new to a
                           cohort open in BEFORE
meeting-room           30  meeting held in both that had a room, and has another one or none
block-staff            60  (block, need, clinician) of BEFORE, of a meeting held in both, that is gone
session-dropped       400  session less than BEFORE had, δ
session-day           200  session no longer on its day, but not dropped
session-start         100  session still on its day, but not at its start
session-staff         120  clinician that a session which is not dropped no longer has
session-site           60  session no longer at its site (online counts as one), but not dropped
session-room           20  session no longer in its room, but not dropped
group-client          100  client who no longer attends an open group on a day
team                  100  care team meeting of BEFORE that is not at its day and start in AFTER
=================  ======  =================================================================================

Who counts
    Parts of a client count while the client has a prescription in ``after_week``; a session of a client,
    while ``after_week`` prescribes the service to the client or has it as the client's assessment to come; a
    session of an open group, while somebody who attended it counts so. Without ``after_week`` everything
    counts. Everything else counts whatever ``after_week`` still has. A lost place costs once; the sessions
    lost with it cost besides.

Sessions
    Sessions are not matched one by one: they are counted, in groups of sessions that can stand for each
    other. A group ``g`` is (client, service), or for an open group (service, offering), all sessions without
    an offering together. A service is an open group if ``after_week`` says so; where it does not know the
    service, if in BEFORE a session of it has an offering or several clients. So the groups do not depend on
    AFTER.

    With ``n`` and ``m`` the sessions of ``g`` that count in BEFORE, and all those in AFTER, and ``lost(x)`` =
    Σ over the values ``v`` of ``x`` of max(0, number in BEFORE with ``v`` − number in AFTER with ``v``)::

        δ               = max(0, n − m)
        session-dropped = δ
        session-day     = lost(day) − δ
        session-start   = lost(day and start) − lost(day)
        session-staff   = max(0, lost(clinician) − k δ)   k: most clinicians of one session of g in BEFORE
        session-site    = lost(site) − δ                  online is a site
        session-room    = max(0, lost(room) − δ)          no room is not a room
        group-client    = Σ over clients who count and days of
                          max(0, times the client attended g on the day in BEFORE − in AFTER)

    So two sessions of a group that only swap their clinicians disturb nothing. A clinician counts once in a
    session, whatever needs they fill. ``group-client`` is of open groups alone; clients of one that is
    dropped or moved to another day count too, as each of them has another week.

    All of this is linear in the decisions of a model. Numbers of AFTER are sums of literals: a session is on
    a day, at a day and start, given by a clinician, at a site, in a room, attended by a client. Each max is a
    variable bounded from below; but for δ, which must be exact, as its points in all may be below 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Annotated

from pydantic import Field

from iop_sched.compare.changes import givers
from iop_sched.week.base import Frozen
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster, Session

POINTS: dict[str, int] = {
    "place-lost": 2000,
    "cohort": 600,
    "day": 120,
    "span": 60,
    "primary": 600,
    "cohort-closed": 1000,
    "cohort-moved": 600,
    "leader": 600,
    "meeting-lost": 3000,
    "meeting-room": 30,
    "block-staff": 60,
    "session-dropped": 400,
    "session-day": 200,
    "session-start": 100,
    "session-staff": 120,
    "session-site": 60,
    "session-room": 20,
    "group-client": 100,
    "team": 100,
}
"""What each part weighs."""


class Part(Frozen):
    """One thing disturbed: ``amount`` (above 0) times the points of ``what``."""

    what: Annotated[str, Field(description="a key of POINTS")]
    who: Annotated[str, Field(description="ids of what is disturbed")]
    amount: Annotated[int, Field(ge=1, description="how often")]

    @property
    def cost(self) -> int:
        """Amount times points."""
        return self.amount * POINTS[self.what]


class Disruption(Frozen):
    """The sum in points, and what makes it up."""

    total: Annotated[int, Field(ge=0, description="points")]
    parts: Annotated[tuple[Part, ...], Field(description="what is disturbed")] = ()


def disruption(before: Roster, after: Roster, after_week: ProgramWeek | None = None) -> Disruption:
    """How much ``after`` disturbs what ``before`` had; defined at the head of this module.

    ``after_week`` is the week of ``after``, and says who still counts.
    """
    wanted = Wanted(before, after_week)
    found = (
        *_places(before, after, wanted),
        *_cohorts(before, after),
        *_meetings(before, after),
        *_sessions(before, after, wanted),
        *_attendance(before, after, wanted),
        *_teams(before, after),
    )
    parts = tuple(Part(what=what, who=who, amount=amount) for what, who, amount in found if amount > 0)
    return Disruption(total=sum(part.cost for part in parts), parts=parts)


Found = Iterator[tuple[str, str, int]]
Group = tuple[str, str]
"""(service, client), or (service, offering or nothing) of an open group."""


class Wanted:
    """Who and what the week of AFTER still knows."""

    def __init__(self, before: Roster, week: ProgramWeek | None) -> None:
        self._clients = None if week is None else {client.id: client for client in week.clients}
        self._shared = {
            one.service for one in before.sessions if one.offering is not None or len(one.clients) > 1
        }
        for service in week.services if week is not None else ():
            (self._shared.add if service.is_open_group else self._shared.discard)(service.id)

    def place(self, client: str) -> bool:
        """Whether the client is still to be treated."""
        if self._clients is None:
            return True
        return client in self._clients and self._clients[client].prescription is not None

    def session(self, client: str, service: str) -> bool:
        """Whether the client is still to have the service."""
        if self._clients is None:
            return True
        found = self._clients.get(client)
        if found is None:
            return False
        lines = found.prescription.services if found.prescription is not None else ()
        assessed = found.intake is not None and found.intake.assessment == service
        return assessed or any(line.service == service for line in lines)

    def shared(self, service: str) -> bool:
        """Whether the service is an open group."""
        return service in self._shared

    def group(self, service: str, clients: Iterable[str], offering: str | None) -> Group:
        """The sessions that can stand for one of this service, for these clients, of this offering."""
        return (service, (offering or "") if self.shared(service) else " ".join(sorted(clients)))

    def counts(self, session: Session) -> bool:
        """Whether anybody who attends the session is still to have it."""
        return any(self.session(client, session.service) for client in session.clients)


def _places(before: Roster, after: Roster, wanted: Wanted) -> Found:
    now = {placement.client: placement for placement in after.placements}
    for old in before.placements:
        if not wanted.place(old.client):
            continue
        new = now.get(old.client)
        if new is None:
            yield "place-lost", old.client, 1
            continue
        yield "cohort", old.client, int(old.cohort not in (None, new.cohort))
        yield "day", old.client, len(set(old.days) - set(new.days))
        yield "span", old.client, int((old.start, old.last) != (new.start, new.last))
        yield "primary", old.client, int(old.primary not in (None, new.primary))


def _cohorts(before: Roster, after: Roster) -> Found:
    now = {opened.cohort: opened for opened in after.cohorts}
    for old in before.cohorts:
        new = now.get(old.cohort)
        if new is None:
            yield "cohort-closed", old.cohort, 1
            continue
        yield "cohort-moved", old.cohort, int((old.slot, set(old.days)) != (new.slot, set(new.days)))
        yield "leader", old.cohort, int(old.leader not in (None, new.leader))


def _meetings(before: Roster, after: Roster) -> Found:
    opened = {one.cohort for one in before.cohorts}
    was = {(meeting.cohort, meeting.day): meeting for meeting in before.facilitation}
    for new in after.facilitation:
        old = was.get((new.cohort, new.day))
        who = f"{new.cohort} {new.day.code}"
        if not new.held:
            yield "meeting-lost", who, int(new.cohort in opened if old is None else old.held)
        elif old is not None and old.held:
            yield "meeting-room", who, int(old.room not in (None, new.room))
            yield "block-staff", who, len(set(old.staff) - set(new.staff))


def _teams(before: Roster, after: Roster) -> Found:
    now = {(one.team, one.day, one.start) for one in after.team_meeting}
    for old in before.team_meeting:
        yield "team", old.team, int((old.team, old.day, old.start) not in now)


# Sessions


def _sessions(before: Roster, after: Roster, wanted: Wanted) -> Found:
    old = grouped((one for one in before.sessions if wanted.counts(one)), wanted)
    new = grouped(after.sessions, wanted)
    for group, had in old.items():
        for what, amount in _group(had, new.get(group, [])):
            yield what, " ".join(part for part in group if part), amount


def grouped(sessions: Iterable[Session], wanted: Wanted) -> dict[Group, list[Session]]:
    """Sessions that can stand for each other, together."""
    found: dict[Group, list[Session]] = defaultdict(list)
    for session in sessions:
        found[wanted.group(session.service, session.clients, session.offering)].append(session)
    return found


def _group(had: list[Session], has: list[Session]) -> Iterator[tuple[str, int]]:
    """The parts of the sessions of one group, before and after."""
    dropped = max(0, len(had) - len(has))
    days = _lost(had, has, lambda one: [one.day])
    most = max(len(givers(one)) for one in had)
    yield "session-dropped", dropped
    yield "session-day", days - dropped
    yield "session-start", _lost(had, has, lambda one: [(one.day, one.start)]) - days
    yield "session-staff", _lost(had, has, givers) - most * dropped
    yield "session-site", _lost(had, has, lambda one: [one.site]) - dropped
    yield "session-room", _lost(had, has, lambda one: [one.room] if one.room else []) - dropped


def _lost(had: list[Session], has: list[Session], values: Callable[[Session], Iterable[Hashable]]) -> int:
    """Σ over values of max(0, sessions that had the value − sessions that have it)."""
    return (_count(had, values) - _count(has, values)).total()


def _count(sessions: list[Session], values: Callable[[Session], Iterable[Hashable]]) -> Counter[Hashable]:
    return Counter(value for session in sessions for value in values(session))


def _attendance(before: Roster, after: Roster, wanted: Wanted) -> Found:
    has = attended(after, wanted)
    lost: Counter[tuple[str, str]] = Counter()
    for key, number in (attended(before, wanted) - has).items():
        lost[key[0], key[1]] += number
    for (client, service), number in sorted(lost.items()):
        if wanted.session(client, service):
            yield "group-client", f"{client} {service}", number


def attended(roster: Roster, wanted: Wanted) -> Counter[tuple[str, str, str, int]]:
    """How often each client attends an open group on a day."""
    return Counter(
        (client, *wanted.group(one.service, one.clients, one.offering), int(one.day))
        for one in roster.sessions
        if wanted.shared(one.service)
        for client in one.clients
    )
