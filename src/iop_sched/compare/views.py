"""A difference seen by each client, each clinician and each cohort: only those for whom something changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from iop_sched.compare.changes import (
    ClientChange,
    CohortChange,
    Difference,
    MeetingAspect,
    MeetingChange,
    PlaceAspect,
    SessionChange,
    TeamAspect,
    TeamChange,
    attending,
    givers,
    those,
)
from iop_sched.compare.matching import session_aspects
from iop_sched.week.base import Frozen
from iop_sched.week.roster import Meeting, Session, TeamMeeting
from iop_sched.week.times import Id, Weekday

Ids = tuple[Id, ...]
FELT: frozenset[MeetingAspect] = frozenset({"held", "not-held", "gone", "time"})
"""What of a meeting changes a client's week; another room or facilitator does not."""
STAY: frozenset[PlaceAspect] = frozenset({"days", "start", "last"})
WorkAspect = Literal["gained", "lost", "blocks", "time", "room"]


class ClientView(Frozen):
    """What changes for a client. In ``sessions`` no other client is named."""

    client: Annotated[Id, Field(description="id of the client")]
    place: Annotated[ClientChange | None, Field(description="the client's place")] = None
    meetings: Annotated[
        tuple[MeetingChange, ...], Field(description="own meetings held, not held, no longer due, moved")
    ] = ()
    sessions: Annotated[tuple[SessionChange, ...], Field(description="own sessions")] = ()


class WorkChange(Frozen):
    """A meeting in a clinician's week: gained, lost, or other blocks, another time or room."""

    cohort: Annotated[Id, Field(description="id of the cohort")]
    day: Annotated[Weekday, Field(description="weekday")]
    blocks_before: Annotated[Ids, Field(description="blocks worked in before")]
    blocks_after: Annotated[Ids, Field(description="blocks worked in after")]
    what: Annotated[tuple[WorkAspect, ...], Field(min_length=1, description="what changed")]
    change: Annotated[MeetingChange, Field(description="the meeting")]


class ClinicianView(Frozen):
    """What changes in a clinician's week."""

    clinician: Annotated[Id, Field(description="id of the clinician")]
    leads: Annotated[Ids, Field(description="cohorts newly led")] = ()
    leads_no_more: Annotated[Ids, Field(description="cohorts no longer led")] = ()
    primary_of: Annotated[Ids, Field(description="clients newly theirs as primary")] = ()
    primary_no_more: Annotated[Ids, Field(description="clients no longer theirs as primary")] = ()
    meetings: Annotated[tuple[WorkChange, ...], Field(description="meetings gained, lost, changed")] = ()
    sessions: Annotated[
        tuple[SessionChange, ...], Field(description="sessions: added is gained, dropped is lost")
    ] = ()
    teams: Annotated[tuple[TeamChange, ...], Field(description="care team meetings")] = ()


class CohortView(Frozen):
    """What changes in a cohort."""

    cohort: Annotated[Id, Field(description="id of the cohort")]
    change: Annotated[CohortChange | None, Field(description="open, slot, days, leader")] = None
    joined: Annotated[Ids, Field(description="clients who join")] = ()
    left: Annotated[Ids, Field(description="clients who leave")] = ()
    days: Annotated[
        tuple[ClientChange, ...],
        Field(description="clients who stay, on other days or for longer or shorter"),
    ] = ()
    meetings: Annotated[tuple[MeetingChange, ...], Field(description="its meetings")] = ()


# Clients


def client_views(difference: Difference) -> tuple[ClientView, ...]:
    """Clients whose place, meetings or sessions change, by id.

    A client's meeting changes when it is newly held or not held, is no longer due, or is at another time.
    """
    places = {change.client: change for change in difference.clients}
    meetings: dict[str, list[MeetingChange]] = defaultdict(list)
    sessions: dict[str, list[SessionChange]] = defaultdict(list)
    for meeting in difference.meetings:
        for client in meeting.clients if FELT.intersection(meeting.what) else ():
            meetings[client].append(meeting)
    for session in difference.sessions:
        for client in session.clients:
            sessions[client] += _seen(
                session, *(_own(one, client) for one in (session.before, session.after))
            )
    return tuple(
        ClientView(
            client=client,
            place=places.get(client),
            meetings=tuple(meetings[client]),
            sessions=tuple(sessions[client]),
        )
        for client in sorted(places.keys() | meetings.keys() | sessions.keys())
        if client in places or meetings[client] or sessions[client]
    )


def _own(session: Session | None, client: str) -> Session | None:
    """A session with this client alone, or none when the client does not attend it."""
    if session is None or client not in attending(session):
        return None
    return session.model_copy(update={"clients": (client,)})


def _seen(change: SessionChange, before: Session | None, after: Session | None) -> Iterator[SessionChange]:
    what = session_aspects(before, after)
    if what:
        yield SessionChange(service=change.service, before=before, after=after, what=what)


# Clinicians


def clinician_views(difference: Difference) -> tuple[ClinicianView, ...]:
    """Clinicians for whom something changes, by id."""
    views = (_clinician_view(difference, clinician) for clinician in sorted(_clinicians(difference)))
    return tuple(view for view in views if view != ClinicianView(clinician=view.clinician))


def _clinicians(difference: Difference) -> set[str]:
    """Everybody who works in anything that changes."""
    leaders = {one.leader for change in difference.cohorts for one in (change.before, change.after) if one}
    own = {one.primary for change in difference.clients for one in (change.before, change.after) if one}
    return {one for one in leaders | own if one is not None}.union(
        *(_blocks(one).keys() for change in difference.meetings for one in (change.before, change.after)),
        *(givers(one) for change in difference.sessions for one in (change.before, change.after)),
        *(_attendees(one) for change in difference.teams for one in (change.before, change.after)),
    )


def _clinician_view(difference: Difference, clinician: str) -> ClinicianView:
    led_before = {one.cohort for one in difference.cohorts if one.before and one.before.leader == clinician}
    led_after = {one.cohort for one in difference.cohorts if one.after and one.after.leader == clinician}
    own_before = {one.client for one in difference.clients if one.before and one.before.primary == clinician}
    own_after = {one.client for one in difference.clients if one.after and one.after.primary == clinician}
    return ClinicianView(
        clinician=clinician,
        leads=tuple(sorted(led_after - led_before)),
        leads_no_more=tuple(sorted(led_before - led_after)),
        primary_of=tuple(sorted(own_after - own_before)),
        primary_no_more=tuple(sorted(own_before - own_after)),
        meetings=tuple(work for change in difference.meetings for work in _work(change, clinician)),
        sessions=tuple(
            seen
            for change in difference.sessions
            for seen in _seen(change, _given(change.before, clinician), _given(change.after, clinician))
        ),
        teams=tuple(seen for change in difference.teams for seen in _team(change, clinician)),
    )


def _work(change: MeetingChange, clinician: str) -> Iterator[WorkChange]:
    before = _blocks(change.before).get(clinician, ())
    after = _blocks(change.after).get(clinician, ())
    both = bool(before and after)
    what: tuple[WorkAspect, ...] = those(
        {
            "gained": not before and bool(after),
            "lost": not after and bool(before),
            "blocks": both and before != after,
            "time": both and "time" in change.what,
            "room": both and "room" in change.what,
        }
    )
    if what:
        yield WorkChange(
            cohort=change.cohort,
            day=change.day,
            blocks_before=before,
            blocks_after=after,
            what=what,
            change=change,
        )


def _blocks(meeting: Meeting | None) -> dict[str, Ids]:
    """Blocks worked in, by clinician."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in meeting.staff if meeting is not None else ():
        found[entry.clinician].add(entry.block)
    return {clinician: tuple(sorted(blocks)) for clinician, blocks in found.items()}


def _given(session: Session | None, clinician: str) -> Session | None:
    """A session as this clinician gives it, whoever else does; none when they do not."""
    if session is None or clinician not in givers(session):
        return None
    return session.model_copy(
        update={"staff": tuple(entry for entry in session.staff if entry.clinician == clinician)}
    )


def _attendees(meeting: TeamMeeting | None) -> frozenset[str]:
    return frozenset() if meeting is None else frozenset(meeting.attendees)


def _team(change: TeamChange, clinician: str) -> Iterator[TeamChange]:
    before = change.before if clinician in _attendees(change.before) else None
    after = change.after if clinician in _attendees(change.after) else None
    both = before is not None and after is not None
    what: tuple[TeamAspect, ...] = those(
        {
            "new": before is None and after is not None,
            "gone": after is None and before is not None,
            "day": both and "day" in change.what,
            "start": both and "start" in change.what,
        }
    )
    if what:
        yield TeamChange(team=change.team, before=before, after=after, what=what)


# Cohorts


def cohort_views(difference: Difference) -> tuple[CohortView, ...]:
    """Cohorts in which something changes, by id."""
    opened = {change.cohort: change for change in difference.cohorts}
    meetings: dict[str, list[MeetingChange]] = defaultdict(list)
    joined: dict[str, list[str]] = defaultdict(list)
    left: dict[str, list[str]] = defaultdict(list)
    days: dict[str, list[ClientChange]] = defaultdict(list)
    for meeting in difference.meetings:
        meetings[meeting.cohort].append(meeting)
    for client in difference.clients:
        was, now = (one.cohort if one else None for one in (client.before, client.after))
        if was is not None and was != now:
            left[was].append(client.client)
        if now is not None and was != now:
            joined[now].append(client.client)
        if now is not None and was == now and STAY.intersection(client.what):
            days[now].append(client)
    names = opened.keys() | meetings.keys() | joined.keys() | left.keys() | days.keys()
    return tuple(
        CohortView(
            cohort=cohort,
            change=opened.get(cohort),
            joined=tuple(joined[cohort]),
            left=tuple(left[cohort]),
            days=tuple(days[cohort]),
            meetings=tuple(meetings[cohort]),
        )
        for cohort in sorted(names)
    )
