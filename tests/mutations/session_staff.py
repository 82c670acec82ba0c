"""Mutations of who gives a session, and of a client's primary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from iop_sched.rules.wording import at
from iop_sched.week.roster import Session, SessionStaff
from mutations.case import Case, Mutation
from mutations.edit import add_site, add_word, edit, edit_at, edit_placement, edit_previous, put, stand_in
from mutations.moving import restaffed

Found = Iterator[Mutation]


def _who(session: Session) -> str:
    return ", ".join(session.clients)


def _when(case: Case, session: Session) -> str:
    return at(session.day, case.tally.interval(session))


# service-staff


def _all(case: Case, rng: Random) -> list[tuple[int, Session, SessionStaff]]:
    found = [
        (number, session, entry)
        for number, session in enumerate(case.roster.sessions)
        for entry in session.staff
    ]
    rng.shuffle(found)
    return found


def wrong_person(case: Case, rng: Random) -> Found:
    """A session is given by a person who lacks a role, the site, a language, or the payer's approval."""
    eased = case.eased("pins", "payers")
    for number, session, entry in _all(eased, rng):
        speaking = [eased.tally.clients[name].languages for name in session.clients]
        kinds = [({"roles": ("visitor",)}, 1), ({"languages": ("norse",)}, sum(map(bool, speaking)))]
        if session.site is not None:
            kinds.append(({"sites": ("elsewhere",)}, 1))
        changes, reasons = rng.choice(kinds)
        week = add_site(add_word(add_word(eased.week, "roles", "visitor"), "languages", "norse"))
        week, name = stand_in(week, entry.clinician, **changes)
        staff = tuple(put(one, clinician=name) if one is entry else one for one in session.staff)
        roster = edit_at(eased.roster, "sessions", number, staff=staff)
        found = [(_who(session), _when(eased, session), 1)] * reasons
        if found:
            yield eased.mutation(
                f"{changes} for {entry.clinician} in {number}", found, week=week, roster=roster
            )


def nobody_or_two(case: Case, rng: Random) -> Found:
    """A session lacks somebody, has somebody twice, or has one more than it needs."""
    eased = case.eased("pins", "payers")
    for number, session, entry in _all(eased, rng):
        week, name = stand_in(eased.week, entry.clinician)
        without = tuple(one for one in session.staff if one is not entry)
        staff, reasons, what = rng.choice(
            [
                (without, 1, "without"),
                ((*session.staff, entry), 2, "twice with"),
                ((*session.staff, put(entry, clinician=name)), 1, "with another beside"),
            ]
        )
        roster = edit_at(eased.roster, "sessions", number, staff=staff)
        found = [(_who(session), _when(eased, session), 1)] * reasons
        yield eased.mutation(f"session {number} {what} {entry.clinician}", found, week=week, roster=roster)


def must_not_meet(case: Case, rng: Random) -> Found:
    """A client must not be seen by somebody who gives a session, or the payer has not approved them."""
    for _number, session, entry in _all(case, rng):
        for name in session.clients:
            client = case.tally.clients[name]
            primary = case.tally.placements[name].primary if name in case.tally.placements else None
            if primary == entry.clinician or entry.clinician in client.preferences.clinicians:
                continue
            both = [
                one
                for one in case.tally.sessions(name)
                if entry.clinician in [giver.clinician for giver in one.staff]
            ]
            found = [(_who(one), _when(case, one), 1) for one in both]
            week = edit(case.week, "clients", name, excludes=(*client.excludes, entry.clinician))
            yield case.mutation(f"{name} must not see {entry.clinician}", found, week=week)
            payer = put(case.week.payers[0], id="strict", credentialed_only=True)
            week = put(case.week, payers=(*case.week.payers, payer))
            for one in week.clinicians:
                if one.id != entry.clinician:
                    week = edit(week, "clinicians", one.id, payers=(*one.payers, "strict"))
            place = case.tally.placements.get(name)
            blocks = place is not None and place.cohort is not None
            if (not blocks and client.payer is None) or not _alone_in_a_block(case, name, entry.clinician):
                week = edit(week, "clients", name, payer="strict")
                yield case.mutation(f"{entry.clinician} is not approved for {name}", found, week=week)


def _alone_in_a_block(case: Case, client: str, clinician: str) -> bool:
    place = case.tally.placements.get(client)
    if place is None or place.cohort is None:
        return False
    meetings = [case.tally.meetings[place.cohort, day] for day in case.tally.attended(client)]
    return any(
        {one.clinician for one in meeting.staff if one.block == block} == {clinician}
        for meeting in meetings
        for block in {one.block for one in meeting.staff}
    )


SERVICE_STAFF = (wrong_person, nobody_or_two, must_not_meet)


# primary


def _needing(case: Case, client: str) -> list[str]:
    prescription = case.tally.clients[client].prescription
    lines = prescription.services if prescription is not None else ()
    return [one.service for one in lines if case.tally.services[one.service].primary]


def no_primary(case: Case, rng: Random) -> Found:
    """A client has no primary and needs one, or has one and needs none."""
    eased = case.eased("pins", "staff")
    for client, _ in eased.placed(rng) + eased.placed(rng, in_cohort=False):
        if _needing(eased, client.id):
            roster = edit_placement(eased.roster, client.id, primary=None)
            yield eased.mutation(f"{client.id} without a primary", [(client.id, "", 1)], roster=roster)
        else:
            name = rng.choice(eased.week.clinicians).id
            roster = edit_placement(eased.roster, client.id, primary=name)
            yield eased.mutation(f"{client.id} with {name}", [(client.id, "", 1)], roster=roster)


def wrong_primary(case: Case, rng: Random) -> Found:
    """A client's primary cannot give the services, or must not see the client."""
    eased = case.eased("pins", "payers")
    for client, place in eased.placed(rng) + eased.placed(rng, in_cohort=False):
        needing = _needing(eased, client.id)
        if place.primary is None:
            continue
        week = add_word(eased.week, "roles", "visitor")
        week, name = stand_in(week, place.primary, roles=("visitor",))
        roster = edit_placement(eased.roster, client.id, primary=name)
        found = [(client.id, "", 1)] * len(needing)
        yield eased.mutation(f"{client.id} with a visitor", found, week=week, roster=roster)
        week, name = stand_in(eased.week, place.primary)
        roster = edit_placement(eased.roster, client.id, primary=name)
        week = edit(week, "clients", client.id, excludes=(*client.excludes, name))
        yield eased.mutation(f"{client.id} excludes", [(client.id, "", 1)], week=week, roster=roster)


def caseload_too_large(case: Case, rng: Random, mode: str = "hard") -> Found:
    """A clinician is the primary of more than may be, last week's aside."""
    base = case.under("primary", mode)
    carried = Counter(one.primary for one in base.roster.placements)
    for clinician in rng.sample(base.week.clinicians, len(base.week.clinicians)):
        mine = {name for name, one in base.tally.previous.items() if one.primary == clinician.id}
        for most in range(carried[clinician.id]):
            kept = set(rng.sample(sorted(mine), rng.randint(0, len(mine))))
            week = edit_previous(base.week, mine - kept, primary=None)
            week = edit(week, "clinicians", clinician.id, caseload=most)
            inherited = sum(base.tally.clients[name].prescription is not None for name in kept)
            excess = carried[clinician.id] - max(most, inherited)
            old = sum(base.tally.clients[name].prescription is not None for name in mine)
            was = 0 if clinician.caseload is None else carried[clinician.id] - max(clinician.caseload, old)
            if excess <= 0 or was > 0:
                continue
            what = f"{clinician.id} for {most}, {sorted(kept)} from last week"
            if mode == "hard":
                yield base.mutation(what, [(clinician.id, "", excess)], week=week)
            else:
                terms = {("primary.caseload", clinician.id, ""): excess}
                yield base.mutation(what, terms=terms, week=week)


def caseload_too_large_softly(case: Case, rng: Random) -> Found:
    """The same, at a price."""
    yield from caseload_too_large(case, rng, "soft")


def one_client_more(case: Case, rng: Random) -> Found:
    """Clients are given to a stand-in who may carry fewer."""
    eased = case.eased("pins", "payers")
    for _client, place in eased.placed(rng):
        if place.primary is None:
            continue
        alike = [one.client for one in eased.roster.placements if one.primary == place.primary]
        chosen = rng.sample(alike, rng.randint(1, len(alike)))
        most = rng.randrange(len(chosen))
        week, name = stand_in(eased.week, place.primary, caseload=most)
        roster = eased.roster
        for one in chosen:
            roster = edit_placement(roster, one, primary=name)
        found = [(name, "", len(chosen) - most)]
        what = f"{sorted(chosen)} to one who carries {most}"
        yield eased.mutation(what, found, week=week, roster=roster)


def covered(case: Case, rng: Random) -> Found:
    """A session is given by another than the primary, or by the primary after all: covering costs."""
    eased = case.eased("pins", "payers")
    for number, session in eased.sessions(rng):
        (name,) = session.clients
        place = eased.tally.placements.get(name)
        if place is None or session.service not in _needing(eased, name):
            continue
        by_primary = place.primary in [entry.clinician for entry in session.staff]
        week, roster = restaffed(eased.week, eased.roster, number)
        if by_primary:
            terms = {("primary.cover", name, _when(eased, session)): 1}
            yield eased.mutation(f"session {number} covered", terms=terms, week=week, roster=roster)


PRIMARY = (
    no_primary,
    wrong_primary,
    caseload_too_large,
    caseload_too_large_softly,
    one_client_more,
    covered,
)

KINDS = {"service-staff": SERVICE_STAFF, "primary": PRIMARY}
