"""Mutations of who is with whom, and of who changed cohort."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iop_sched.rules.wording import at
from mutations.case import Case, Mutation, shuffled
from mutations.cohorts import twins
from mutations.edit import add_twin, edit_previous, put

Found = Iterator[Mutation]


# companions


def kept_apart(case: Case, rng: Random) -> Found:
    """Two who share a cohort or an open group are to be kept apart."""
    tally = case.tally
    names = list(tally.clients)
    waived = case.overriding("companions")
    for one in shuffled(names, rng):
        for other in rng.sample(names, 8):
            if one == other or waived & {one, other}:
                continue
            cohorts = [tally.placements[name].cohort for name in (one, other) if name in tally.placements]
            both = len(cohorts) == 2 and cohorts[0] is not None and cohorts[0] == cohorts[1]
            who = f"{one}, {other}"
            found = [(who, "", 1)] * both
            for session in tally.sessions(one):
                if other in session.clients:
                    found.append((who, at(session.day, tally.interval(session)), 1))
            if found:
                week = put(case.week, apart=(*case.week.apart, (one, other)))
                yield case.mutation(f"{one} and {other} apart", found, week=week)


def kept_together(case: Case, rng: Random) -> Found:
    """Two in two cohorts are to be kept together."""
    waived = case.overriding("companions")
    for one, here in case.placed(rng):
        for other, there in case.placed(rng)[:5]:
            if here.cohort != there.cohort and not waived & {one.id, other.id}:
                week = put(case.week, together=(*case.week.together, (one.id, other.id)))
                yield case.mutation(
                    f"{one.id} and {other.id} together", [(f"{one.id}, {other.id}", "", 1)], week=week
                )


def unwanted_twin(case: Case, rng: Random) -> Found:
    """Somebody joins the very cohort from which they are to be kept."""
    eased = case.eased("seats")
    for client, cohort, start in twins(eased, rng):
        other = rng.choice(eased.tally.members(cohort))
        if other in eased.overriding("companions"):
            continue
        week, roster = add_twin(eased.week, eased.roster, client, start)
        week = put(week, apart=(*week.apart, (other, "twin")))
        yield eased.mutation(
            f"{other} and a twin of {client}", [(f"{other}, twin", "", 1)], week=week, roster=roster
        )


COMPANIONS = (kept_apart, kept_together, unwanted_twin)


# max-moves


def moved(case: Case, rng: Random) -> Found:
    """More people than may come from a cohort that was just like the one they are in."""
    tally, bases = case.tally, {}
    waived = case.overriding("max-moves")
    for _ in range(60):
        most, cohort = rng.randint(0, 4), rng.choice(list(tally.opened))
        staying = [
            name
            for name in tally.members(cohort)
            if name in tally.previous and tally.clients[name].prescription and name not in waived
        ]
        if len(staying) <= most:
            continue
        chosen = set(rng.sample(staying, rng.randint(most + 1, len(staying))))
        if (cohort, most) not in bases:
            bases[cohort, most] = _nobody_moved(case, cohort, most)
        base = bases[cohort, most]
        names = [client.id for client in base.week.clients if client.id in chosen]
        shown = ", ".join(names if len(names) <= 12 else [*names[:12], "…"])
        week = edit_previous(base.week, chosen, cohort="co-before")
        what = f"{shown} from a cohort like {cohort}, {most} may"
        yield base.mutation(what, [(shown, "", len(names) - most)], week=week)


def _nobody_moved(case: Case, cohort: str, most: int) -> Case:
    """A case with one more cohort to come from, in which whoever was elsewhere was in no cohort at all."""
    base, tally = case.eased("seats", "timing").limited(max_moves=most), case.tally
    like = put(tally.cohorts[cohort], id="co-before", status="candidate")
    week = put(base.week, cohorts=(*base.week.cohorts, like))
    elsewhere = {
        name
        for name, one in tally.previous.items()
        if name in tally.placements and one.cohort != tally.placements[name].cohort
    }
    return Case(case.name, edit_previous(week, elsewhere, cohort=None), base.roster, base.policy)


MAX_MOVES = (moved,)

KINDS = {"companions": COMPANIONS, "max-moves": MAX_MOVES}
