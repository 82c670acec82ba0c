"""The roster of Harbour House as plain data, to be changed by hand in one place; and real ones, at random."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from iop_sched.week.roster import Roster
from iop_sched.week.times import WEEK
from mutations.edit import drop_at, edit_at, put
from report.harbour import HERE

Raw = dict[str, Any]
Edit = Callable[[Raw], object]


def raw() -> Raw:
    """The roster as it is."""
    return dict(json.loads((HERE / "harbour.json").read_text(encoding="utf-8")))


def edited(*edits: Edit) -> Roster:
    """The roster after some edits."""
    data = raw()
    for edit in edits:
        edit(data)
    return Roster.model_validate(data)


def cohort(data: Raw, name: str) -> Raw:
    """An open cohort."""
    return _one(data["cohorts"], cohort=name)


def place(data: Raw, client: str) -> Raw:
    """A client's placement."""
    return _one(data["placements"], client=client)


def meeting(data: Raw, name: str, day: str) -> Raw:
    """A meeting."""
    return _one(data["facilitation"], cohort=name, day=day)


def session(data: Raw, service: str, client: str) -> Raw:
    """The session of a service that a client attends."""
    return next(one for one in data["sessions"] if one["service"] == service and client in one["clients"])


def put_in(find: Callable[..., Raw], *which: str, **changes: Any) -> Edit:
    """Change fields of what ``find`` finds."""
    return lambda data: find(data, *which).update(changes)


def take_out(lists: str, find: Callable[..., Raw], *which: str) -> Edit:
    """Take what ``find`` finds out of its list."""
    return lambda data: data[lists].remove(find(data, *which))


def add(lists: str, item: Raw) -> Edit:
    """Add to a list."""
    return lambda data: data[lists].append(item)


def staff(clinician: str, need: int = 0) -> Raw:
    """Somebody who gives a session."""
    return {"need": need, "clinician": clinician}


def _one(items: list[Raw], **which: str) -> Raw:
    return next(one for one in items if which.items() <= one.items())


# Real rosters


def disturbed(roster: Roster, rng: Random, times: int) -> Roster:
    """A copy with some decisions changed at random; it may break rules, but is well formed."""
    for _ in range(times):
        roster = rng.choice(DISTURBANCES)(roster, rng)
    return roster


def shuffled(roster: Roster, rng: Random) -> Roster:
    """The same decisions in another order."""

    def mixed(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(rng.sample(items, len(items)))

    return put(
        roster,
        cohorts=mixed(roster.cohorts),
        placements=mixed(roster.placements),
        facilitation=mixed(tuple(put(one, staff=mixed(one.staff)) for one in roster.facilitation)),
        sessions=mixed(
            tuple(put(one, staff=mixed(one.staff), clients=mixed(one.clients)) for one in roster.sessions)
        ),
        team_meeting=mixed(tuple(put(one, attendees=mixed(one.attendees)) for one in roster.team_meeting)),
    )


def _drop_client(roster: Roster, rng: Random) -> Roster:
    number = rng.randrange(len(roster.placements))
    client = roster.placements[number].client
    sessions = []
    for one in roster.sessions:
        rest = tuple(other for other in one.clients if other != client)
        sessions += [put(one, clients=rest)] if rest else []
    return put(drop_at(roster, "placements", number), sessions=tuple(sessions))


def _other_days(roster: Roster, rng: Random) -> Roster:
    number = rng.randrange(len(roster.placements))
    days = roster.placements[number].days
    return edit_at(roster, "placements", number, days=days[1:], start=rng.choice(WEEK[:2]))


def _other_primary(roster: Roster, rng: Random) -> Roster:
    number = rng.randrange(len(roster.placements))
    return edit_at(roster, "placements", number, primary=_somebody(roster, rng))


def _not_held(roster: Roster, rng: Random) -> Roster:
    number = rng.randrange(len(roster.facilitation))
    return edit_at(roster, "facilitation", number, held=False, room=None, staff=())


def _other_facilitator(roster: Roster, rng: Random) -> Roster:
    number = rng.randrange(len(roster.facilitation))
    found = roster.facilitation[number].staff
    return edit_at(
        roster,
        "facilitation",
        number,
        staff=tuple(put(one, clinician=_somebody(roster, rng)) for one in found),
    )


def _move_session(roster: Roster, rng: Random) -> Roster:
    number = rng.randrange(len(roster.sessions))
    return edit_at(roster, "sessions", number, day=rng.choice(WEEK), start=60 * rng.randrange(8, 18))


def _drop_session(roster: Roster, rng: Random) -> Roster:
    return drop_at(roster, "sessions", rng.randrange(len(roster.sessions)))


def _other_giver(roster: Roster, rng: Random) -> Roster:
    number = rng.randrange(len(roster.sessions))
    (first, *rest) = roster.sessions[number].staff
    return edit_at(roster, "sessions", number, staff=(put(first, clinician=_somebody(roster, rng)), *rest))


def _other_leader(roster: Roster, rng: Random) -> Roster:
    return edit_at(roster, "cohorts", rng.randrange(len(roster.cohorts)), leader=_somebody(roster, rng))


def _somebody(roster: Roster, rng: Random) -> str:
    return rng.choice(sorted({one.clinician for session in roster.sessions for one in session.staff}))


DISTURBANCES = (
    _drop_client,
    _other_days,
    _other_primary,
    _not_held,
    _other_facilitator,
    _move_session,
    _drop_session,
    _other_giver,
    _other_leader,
)
