"""Changes of a roster by hand: ``move``, ``swap``, ``drop``, ``drop_session``, ``seat``.

Each makes the change and what must follow from it, and no more: the rules say afterwards what it breaks.
Each raises ``CannotReviseError`` where what is asked for makes no sense.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iop_sched.revise.asking import (
    CannotReviseError,
    client_fault,
    client_of,
    clinician_fault,
    cohort_fault,
    placement_of,
    require,
    unknown,
)
from iop_sched.revise.primaries import likely_primary
from iop_sched.revise.settling import Settled, Settler, placed, said
from iop_sched.rules import Schedule, evaluate
from iop_sched.rules.facts import assessment
from iop_sched.rules.wording import days as day_list
from iop_sched.rules.wording import many, moment
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement, Roster, Session
from iop_sched.week.times import Day

Days = tuple[Day, ...]


@dataclass(frozen=True)
class Edited:
    """A roster after a change: the change in a few words, and a sentence for each thing that was done."""

    roster: Roster
    words: str
    said: tuple[str, ...]


def move(
    schedule: Schedule,
    policy: Policy,
    client: str,
    cohort: str | None = None,
    days: Days = (),
    primary: str | None = None,
) -> Edited:
    """Another cohort, other days, another primary, as far as named; what is not named follows or stays.

    Days that are not named are those of the prescription's patterns that break least and then cost least.
    """
    require(
        [client_fault(schedule, client), cohort_fault(schedule, cohort), clinician_fault(schedule, primary)]
    )
    old = placement_of(schedule, client)
    target = cohort or old.cohort or ""
    require([_not_met(schedule, target, days), _nothing_asked(old, cohort, days, primary)])
    if target == old.cohort and not days:
        days = old.days
    found = _candidates(schedule, policy, client, target, days)
    found = [_with_primary(one, primary or old.primary) for one in found]
    settled = _best(schedule, policy, schedule.roster, found)
    words = f"move {client} from {placed(old)} to {placed(settled.placement)}"
    if primary is not None and primary != old.primary:
        words += f", primary {primary}"
    return Edited(apply(schedule.roster, settled), words, _story(schedule, [settled], chosen=not days))


def swap(schedule: Schedule, policy: Policy, one: str, other: str) -> Edited:
    """Two clients change cohorts; each comes on the days that break least and then cost least."""
    require([client_fault(schedule, one), client_fault(schedule, other)])
    if one == other:
        raise CannotReviseError([f"{one} cannot change places with {one}; name two clients."])
    first, second = placement_of(schedule, one), placement_of(schedule, other)
    if first.cohort == second.cohort:
        reason = f"{one} and {other} are both in {first.cohort}; 'move {one} --days …' changes days."
        raise CannotReviseError([reason])
    # The seat that the other leaves must be free when the days of the first are chosen.
    roster = schedule.roster.model_copy(
        update={"placements": tuple(place for place in schedule.roster.placements if place.client != other)}
    )
    settled = []
    for client, cohort in ((one, second.cohort or ""), (other, first.cohort or "")):
        found = _candidates(schedule, policy, client, cohort, ())
        settled.append(_best(schedule, policy, roster, found))
        roster = apply(roster, settled[-1])
    words = f"swap {one} in {placed(first)} with {other} in {placed(second)}"
    return Edited(roster, words, _story(schedule, settled, chosen=True))


def seat(
    schedule: Schedule,
    policy: Policy,
    client: str,
    cohort: str | None = None,
    days: Days = (),
    primary: str | None = None,
) -> Edited:
    """A place for a client who has none; no session is arranged."""
    require(
        [client_fault(schedule, client), cohort_fault(schedule, cohort), clinician_fault(schedule, primary)]
    )
    facts = client_of(schedule, client)
    has = schedule.placements.get(client)
    if has is not None:
        where = placed(has)
        raise CannotReviseError([f"{client} has a place already, in {where}; 'move' changes it."])
    if facts.prescription is None:
        raise CannotReviseError([f"{client} has no prescription this week, and so can have no place."])
    if facts.group_optional:
        if cohort is not None or days:
            raise CannotReviseError([f"{client} needs no cohort; leave out --in and --days."])
        found = [Settler(schedule, policy, facts).without_cohort()]
    else:
        if cohort is None:
            raise CannotReviseError([f"Name the cohort for {client} with --in."])
        require([_not_met(schedule, cohort, days)])
        found = _candidates(schedule, policy, client, cohort, days)
    chosen = primary or likely_primary(schedule, facts)
    settled = _best(schedule, policy, schedule.roster, [_with_primary(one, chosen) for one in found])
    story = _story(schedule, [settled], chosen=not days and cohort is not None)
    words = f"seat {client} in {placed(settled.placement)}"
    return Edited(apply(schedule.roster, settled), words, (*story, *_wanting(schedule, client)))


def drop(schedule: Schedule, client: str) -> Edited:
    """A client loses the place and every session but the assessment."""
    facts = client_of(schedule, client)
    old = schedule.placements.get(client)
    if old is None:
        raise CannotReviseError([f"{client} has no place in this roster; there is nothing to take away."])
    lost = [one for one in schedule.sessions_of(facts) if one.service != assessment(facts)]
    roster = _without_sessions(schedule.roster, client, lost)
    placements = tuple(one for one in roster.placements if one.client != client)
    story = [f"{client} loses the place in {placed(old)}."] if old.cohort else [f"{client} loses the place."]
    story += [f"{client} loses {said(one)}." for one in lost]
    words = f"drop {client} from {placed(old)}" if old.cohort else f"drop {client}"
    return Edited(roster.model_copy(update={"placements": placements}), words, tuple(story))


def drop_session(
    schedule: Schedule, client: str, service: str, day: Day | None = None, start: int | None = None
) -> Edited:
    """A client loses one session of a service; ``start`` is in minutes after midnight."""
    facts = client_of(schedule, client)
    if service not in schedule.facts.services:
        raise CannotReviseError([unknown("service", service, schedule.facts.services)])
    own = schedule.sessions_of(facts, service)
    found = [one for one in own if day in (None, one.day) and start in (None, one.start)]
    if len(found) != 1:
        times = ", ".join(moment(one.day, one.start) for one in own)
        if not own:
            raise CannotReviseError([f"{client} has no session of {service} in this roster."])
        if not found:
            raise CannotReviseError([f"{client} has no such session of {service}; there is {times}."])
        reason = f"{client} has {many(len(found), 'session')} of {service} ({times}); add --day, or --at."
        raise CannotReviseError([reason])
    roster = _without_sessions(schedule.roster, client, found)
    return Edited(roster, f"drop {client}: {said(found[0])}", (f"{client} loses {said(found[0])}.",))


# Faults of what was asked


def _not_met(schedule: Schedule, cohort: str, days: Days) -> str | None:
    met = schedule.open_cohorts[cohort].days
    wrong = set(days) - set(met)
    return f"{cohort} meets on {day_list(met)}, not on {day_list(wrong)}." if wrong else None


def _nothing_asked(old: Placement, cohort: str | None, days: Days, primary: str | None) -> str | None:
    if cohort is None and not days and primary is None:
        return f"Say what changes for {old.client}: --to, --days or --primary."
    if cohort in (None, old.cohort) and days in ((), old.days) and primary in (None, old.primary):
        return f"{old.client} is in {placed(old)} already; name other days, or another cohort."
    return None


# Choosing


def _candidates(schedule: Schedule, policy: Policy, client: str, cohort: str, days: Days) -> list[Settled]:
    facts = schedule.facts.clients[client]
    found = Settler(schedule, policy, facts).best(cohort, days)
    if not found:
        allowed = facts.prescription.days if facts.prescription is not None else ()
        met = schedule.open_cohorts[cohort].days
        raise CannotReviseError(
            [
                f"{client} is to come on {' or '.join(map(str, allowed)) or 'no'} days, and {cohort} meets"
                f" on {day_list(met)}; name the days with --days to have it all the same."
            ]
        )
    return found


def _with_primary(settled: Settled, primary: str | None) -> Settled:
    placement = settled.placement.model_copy(update={"primary": primary})
    return Settled(placement, settled.lost, settled.faults)


def _best(schedule: Schedule, policy: Policy, roster: Roster, choices: list[Settled]) -> Settled:
    """The choice that breaks least, and then costs least, tier after tier; the first of equals."""

    def worth(choice: Settled) -> tuple[int, ...]:
        found = evaluate(schedule.facts.week, apply(roster, choice), policy)
        return (len(found.violations), *(found.tiers[tier].value for tier in policy.tiers))

    return choices[0] if len(choices) == 1 else min(choices, key=worth)


# Doing


def apply(roster: Roster, settled: Settled) -> Roster:
    """The roster with this place, and without the sessions that cannot stay."""
    place = settled.placement
    roster = _without_sessions(roster, place.client, [session for session, _ in settled.lost])
    if place.client in {one.client for one in roster.placements}:
        placements = tuple(place if one.client == place.client else one for one in roster.placements)
    else:
        placements = (*roster.placements, place)
    return roster.model_copy(update={"placements": placements})


def _without_sessions(roster: Roster, client: str, lost: Iterable[Session]) -> Roster:
    """A session that the client alone attended is gone; a group goes on without the client."""
    gone = [(one.service, one.day, one.start) for one in lost]
    kept: list[Session] = []
    for session in roster.sessions:
        if client not in session.clients or (session.service, session.day, session.start) not in gone:
            kept.append(session)
            continue
        others = tuple(one for one in session.clients if one != client)
        if others:
            kept.append(session.model_copy(update={"clients": others}))
    return roster.model_copy(update={"sessions": tuple(kept)})


# Saying


def _story(schedule: Schedule, settled: Iterable[Settled], chosen: bool) -> tuple[str, ...]:
    lines: list[str] = []
    for one in settled:
        lines += _settled_lines(schedule, one)
    if chosen:
        lines.append("Days not named were chosen to break least, and then to cost least.")
    return tuple(lines)


def _settled_lines(schedule: Schedule, settled: Settled) -> list[str]:
    place = settled.placement
    client, old = place.client, schedule.placements.get(place.client)
    if old is None:
        lines = [f"{client} gets a place in {placed(place)}, from {place.start.code} on."]
        if place.primary is not None:
            lines.append(f"{client} has {place.primary} as primary.")
    else:
        lines = []
        if (old.cohort, old.days) != (place.cohort, place.days):
            lines.append(f"{client} moves from {placed(old)} to {placed(place)}.")
        if old.start != place.start:
            lines.append(f"{client} starts on {place.start.code}, not on {old.start.code}.")
        if old.last != place.last:
            lines.append(f"{client}'s last day is {place.last.code}, not {old.last.code}.")
        if old.primary != place.primary:
            lines.append(
                f"{client} has {place.primary} as primary, not {old.primary or 'none'}; sessions stay with"
                " whoever gives them."
            )
    return lines + [f"{client} loses {said(session)}: {reason}." for session, reason in settled.lost]


def _wanting(schedule: Schedule, client: str) -> list[str]:
    """Services that a newly seated client has no session of."""
    facts = schedule.facts.clients[client]
    wanting = [
        f"{missing} x {service.id}"
        for line, service in schedule.facts.prescribed(facts)
        if (missing := line.min_count - schedule.delivered(facts, service.id)) > 0
    ]
    return [f"No session is arranged for {client} by this: {', '.join(wanting)} to come."] if wanting else []
