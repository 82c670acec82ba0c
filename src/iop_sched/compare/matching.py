"""Which session of one roster is which session of another, and what changed between the two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from iop_sched.compare.assignment import assign
from iop_sched.compare.changes import SessionAspect, attending, givers, those
from iop_sched.week.roster import Session
from iop_sched.week.times import WEEK_MINUTES, week_minute

Pair = tuple[Session | None, Session | None]
Key = tuple[str, str, tuple[str, ...]]

_ALONE = 10**15
"""Dearer than any pair that may stand: these two sessions are not the same one."""


def matched(before: Iterable[Session], after: Iterable[Session]) -> Iterator[Pair]:
    """Every session of either roster once, with the one that it was or became, or None.

    A service is shared, an open group, when a session of it in either roster has an offering or several
    clients. Partners are looked for among

    - the sessions of a service for the same client, unless it is shared;
    - the sessions of the same offering of a shared service;
    - the sessions of a shared service that have no offering.

    Among these the partners are chosen so that as many pairs as possible are formed, and then (an assignment
    problem) the fewest things change in all: day, start, site, room, each clinician, each client; then so
    that the fewest sessions change; then so that they move by the fewest minutes. For shared services time
    comes before all this, and sessions at different times without a common client are not the same one.
    """
    old, new = tuple(before), tuple(after)
    shared = {one.service for one in (*old, *new) if one.offering is not None or len(one.clients) > 1}
    groups: dict[Key, tuple[list[Session], list[Session]]] = defaultdict(lambda: ([], []))
    for side, sessions in enumerate((old, new)):
        for session in sorted(sessions, key=_order):
            groups[_key(session, shared)][side].append(session)
    for key in sorted(groups):
        yield from _pairs(*groups[key], shared=key[0] in shared)


def session_aspects(before: Session | None, after: Session | None) -> tuple[SessionAspect, ...]:
    """What changed between a session and what it became; nothing for two that are none."""
    if before is None or after is None:
        return () if before is after else ("added",) if before is None else ("dropped",)
    return those(
        {
            "day": before.day != after.day,
            "start": before.start != after.start,
            "staff": givers(before) != givers(after),
            "site": before.site != after.site,
            "room": before.room != after.room,
            "clients": attending(before) != attending(after),
        }
    )


def _key(session: Session, shared: set[str]) -> Key:
    if session.service in shared:
        return (session.service, session.offering or "", ())
    return (session.service, "", tuple(sorted(session.clients)))


def _order(session: Session) -> tuple[object, ...]:
    return (
        session.day,
        session.start,
        session.service,
        sorted(session.clients),
        sorted(givers(session)),
        session.site or "",
        session.room or "",
    )


def _pairs(before: list[Session], after: list[Session], shared: bool) -> Iterator[Pair]:
    turned = len(before) > len(after)
    rows, columns = (after, before) if turned else (before, after)
    costs = [[_cost(row, column, shared) for column in columns] for row in rows]
    taken = set()
    for row, column in enumerate(assign(costs)):
        if costs[row][column] < _ALONE:
            taken.add(column)
            yield (columns[column], rows[row]) if turned else (rows[row], columns[column])
        else:
            yield (None, rows[row]) if turned else (rows[row], None)
    for column, session in enumerate(columns):
        if column not in taken:
            yield (session, None) if turned else (None, session)


def _cost(one: Session, other: Session, shared: bool) -> int:
    what = session_aspects(one, other)
    moved = ("day" in what) + ("start" in what)
    if shared and moved and attending(one).isdisjoint(attending(other)):
        return _ALONE
    people = max(len(givers(one) - givers(other)), len(givers(other) - givers(one)))
    others = len(attending(one) ^ attending(other))
    changes = moved * (1000 if shared else 1) + people + others + ("site" in what) + ("room" in what)
    minutes = abs(week_minute(one.day, one.start) - week_minute(other.day, other.start))
    return (changes * 100 + bool(what)) * 100 * WEEK_MINUTES + minutes
