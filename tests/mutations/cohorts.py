"""Mutations of who is in which cohort, how many, and whether it meets."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iop_sched.rules.wording import at
from iop_sched.week.base import Band
from iop_sched.week.times import WEEK, Day
from mutations.case import Case, Finding, Mutation, shuffled
from mutations.edit import add_site, add_twin, add_word, edit, edit_at, edit_block, edit_previous, put

Found = Iterator[Mutation]


# eligibility


def unserved_need(case: Case, rng: Random) -> Found:
    """A member has a need that the cohort does not serve."""
    for client, place in case.placed(rng):
        week = add_word(case.week, "needs", "rare")
        week = edit(week, "clients", client.id, needs=(*client.needs, "rare"))
        yield case.mutation(f"{client.id} needs more than {place.cohort} serves", [(client.id, "", 1)], week=week)


def required_need(case: Case, rng: Random) -> Found:
    """A cohort is only for people with a need that some members lack."""
    for cohort in shuffled(case.tally.opened, rng):
        members = case.tally.members(cohort)
        if not members:
            continue
        having = set(rng.sample(members, rng.randrange(len(members))))
        serves = case.tally.cohorts[cohort].serves
        week = add_word(case.week, "needs", "rare")
        week = edit(week, "cohorts", cohort, serves=(*serves, "rare"), requires=("rare",))
        for name in having:
            week = edit(week, "clients", name, needs=(*case.tally.clients[name].needs, "rare"))
        lacking = [name for name in members if name not in having]
        required = set(case.tally.cohorts[cohort].requires)
        if required <= {need for name in members for need in case.tally.clients[name].needs}:
            found = [(name, "", 1) for name in lacking]
            week = edit(week, "cohorts", cohort, requires=(*sorted(required), "rare"))
            yield case.mutation(f"{cohort} is for {sorted(having)} alone", found, week=week)


def other_population(case: Case, rng: Random) -> Found:
    """A member is of a population that the cohort does not admit."""
    for client, place in case.placed(rng):
        if case.tally.cohorts[place.cohort].populations:
            week = edit(add_word(case.week, "populations", "elders"), "clients", client.id, population="elders")
            yield case.mutation(f"{client.id} is an elder", [(client.id, "", 1)], week=week)


def level_not_admitted(case: Case, rng: Random) -> Found:
    """A cohort no longer admits a level of care."""
    for client, place in case.placed(rng):
        cohort = case.tally.cohorts[place.cohort]
        others = tuple(level for level in case.tally.levels if level != client.level)
        members = [case.tally.clients[name] for name in case.tally.members(cohort.id)]
        if others and all(one.level == client.level or one.level in others for one in members):
            found = [(one.id, "", 1) for one in members if one.level == client.level]
            week = edit(case.week, "cohorts", cohort.id, levels=others)
            yield case.mutation(f"{cohort.id} without {client.level}", found, week=week)


def wrong_format_or_site(case: Case, rng: Random) -> Found:
    """A member without sessions there takes another format, or cannot reach the cohort's site."""
    for client, place in case.placed(rng):
        cohort = case.tally.cohorts[place.cohort]
        sessions = case.tally.sessions(client.id)
        other = "telehealth" if cohort.format == "in-person" else "in-person"
        if all((one.site is None) == (other == "telehealth") for one in sessions):
            week = edit(case.week, "clients", client.id, formats=(other,))
            yield case.mutation(f"{client.id} takes {other} alone", [(client.id, "", 1)], week=week)
        if all(one.site is None for one in sessions):
            week = edit(add_site(case.week), "clients", client.id, sites=("elsewhere",))
            yield case.mutation(f"{client.id} reaches elsewhere alone", [(client.id, "", 1)], week=week)


def foreign_twin(case: Case, rng: Random) -> Found:
    """Somebody more joins a cohort that is not meant for them."""
    eased = case.eased("seats")
    for client, _, start in twins(eased, rng):
        week = add_word(eased.week, "needs", "rare")
        week, roster = add_twin(week, eased.roster, client, start, needs=("rare",))
        mine = eased.tally.clients[client]
        cohort = eased.tally.cohorts[eased.tally.placements[client].cohort]
        found = [("twin", "", 1)] * (1 + bool(set(cohort.requires) & set(mine.needs)))
        yield eased.mutation(f"a twin of {client} with a rare need", found, week=week, roster=roster)


def twins(case: Case, rng: Random) -> Iterator[tuple[str, str, Day]]:
    """Members whose blocks alone keep every hour rule: client, cohort and a day on which a twin may start."""
    tally = case.tally
    for client, place in case.placed(rng):
        level = tally.levels[client.level]
        due = [day for day in place.days if (place.cohort, day) in tally.meetings]
        due = [day for day in due if not tally.excused(client, place.cohort, day)]
        attended = [day for day in due if tally.meetings[place.cohort, day].held]
        if not due or client.step_down:
            continue
        blocks = {
            day: [block.minutes for block, _ in tally.own(client, place.cohort, day) if block.counts]
            for day in attended
        }
        band = level.services_per_day or Band(min=0, max=99)
        long_enough = all(
            level.day_hours.floor <= sum(lengths) <= level.day_hours.ceiling
            and band.min <= len(lengths) <= band.max
            for lengths in blocks.values()
        )
        total = sum(sum(lengths) for lengths in blocks.values())
        least = level.hours.floor * len(attended)
        if long_enough and total * len(place.days) >= least and total <= level.hours.ceiling:
            yield client.id, place.cohort, due[0]


ELIGIBILITY = (
    foreign_twin,
    unserved_need,
    required_need,
    other_population,
    level_not_admitted,
    wrong_format_or_site,
)


# cohort-size


def members_too_many(case: Case, rng: Random, rule_mode: str = "hard") -> Found:
    """One to five people more than the cohort may have."""
    base = case.eased("seats").under("cohort-size", rule_mode)
    for client, cohort, start in twins(base, rng):
        size = _counted(base, cohort)
        inherited = _inherited(base, cohort)
        excess = rng.randint(1, 5)
        spare = rng.randint(0, 2) if size >= inherited else 0
        cap = max(size + spare, inherited)
        week, roster = base.week, base.roster
        for number in range(cap + excess - size):
            week, roster = add_twin(week, roster, client, start, name=f"twin{number}")
        week = edit(week, "cohorts", cohort, members=Band(min=1, max=cap))
        what = f"{excess} more than {cap} in {cohort}, all like {client}"
        if rule_mode == "soft":
            below = max(0, base.tally.cohorts[cohort].members.min - len(base.tally.members(cohort)))
            terms = {("cohort-size.above", cohort, ""): excess, ("cohort-size.below", cohort, ""): -below}
            yield base.mutation(what, terms=terms, week=week, roster=roster)
        else:
            yield base.mutation(what, [(cohort, "", excess)], week=week, roster=roster)


def members_too_many_softly(case: Case, rng: Random) -> Found:
    """The same, at a price."""
    yield from members_too_many(case, rng, "soft")


def lower_cap(case: Case, rng: Random) -> Found:
    """A cohort may have fewer than it has; those who were there last week may stay."""
    eased = case.eased("timing")
    for cohort in shuffled(eased.tally.opened, rng):
        seats = put(eased.eased("seats").week, rooms=eased.week.rooms, sites=eased.week.sites)
        members = eased.tally.members(cohort)
        for cap in range(1, len(members)):
            inherited = _inherited(eased, cohort)
            gone = {one.client for one in eased.week.previous.placements if one.cohort == cohort}
            for forget in (False, True):
                week = edit(seats, "cohorts", cohort, members=Band(min=min(cap, 1), max=cap))
                if forget:
                    week, inherited = edit_previous(week, gone, cohort=None), 0
                excess = _counted(eased, cohort) - max(cap, inherited)
                if excess > 0 and _not_open_candidate(eased, cohort, cap):
                    what = f"{cohort} for {cap}{' without last week' if forget else ''}"
                    yield eased.mutation(what, [(cohort, "", excess)], week=week)


def too_few(case: Case, rng: Random) -> Found:
    """A new cohort opens with too few; a running one goes on with too few, at a price."""
    for cohort in shuffled(case.tally.opened, rng):
        size, old = len(case.tally.members(cohort)), case.tally.cohorts[cohort].members
        for short in range(1, 6):
            week = edit(case.week, "cohorts", cohort, members=Band(min=size + short, max=size + short + old.max))
            if case.tally.cohorts[cohort].status == "candidate":
                yield case.mutation(f"{cohort} opens {short} short", [(cohort, "", short)], week=week)
            else:
                terms = {("cohort-size.below", cohort, ""): short - max(0, old.min - size)}
                yield case.mutation(f"{cohort} runs {short} short", terms=terms, week=week)


def too_many_new(case: Case, rng: Random) -> Found:
    """More candidates open than may."""
    opened = sum(case.tally.cohorts[cohort].status == "candidate" for cohort in case.tally.opened)
    for most in range(opened):
        week = put(case.week, max_new_cohorts=most)
        yield case.mutation(f"{most} new cohorts", [("program", "", opened - most)], week=week)


def _counted(case: Case, cohort: str) -> int:
    return len(set(case.tally.members(cohort)) - case.overriding("cohort-size"))


def _inherited(case: Case, cohort: str) -> int:
    tally = case.tally
    return sum(one.cohort == cohort and tally.clients[one.client].prescription is not None
               for one in tally.previous.values())


def _not_open_candidate(case: Case, cohort: str, cap: int) -> bool:
    return cap >= 1 and case.tally.cohorts[cohort].status == "running"


COHORT_SIZE = (members_too_many, members_too_many_softly, lower_cap, too_few, too_many_new)


# meeting-attendance


def _bands(case: Case, rng: Random) -> Iterator[tuple[str, object, dict[tuple[str, Day], tuple[int, int]]]]:
    """Agenda, block, and for each meeting with the block how many are present and inherited."""
    tally = case.tally
    blocks = [(agenda, block) for agenda in case.week.agendas for block in agenda.blocks if block.attendance]
    for agenda, block in shuffled(blocks, rng):
        there = {}
        for meeting in tally.held:
            cohort = tally.cohorts[meeting.cohort]
            if cohort.agenda == agenda.id and meeting.day in (block.days or WEEK):
                before = sum(
                    one.cohort == cohort.id
                    and meeting.day in one.days
                    and tally.clients[one.client].prescription is not None
                    and tally.clients[one.client].level in (block.levels or tally.levels)
                    for one in case.week.previous.placements
                )
                present = len(tally.present(cohort.id, meeting.day, block))
                there[cohort.id, meeting.day] = (present, before)
        yield agenda.id, block, there


def _when(case: Case, cohort: str, block, day: Day) -> str:
    return at(day, case.tally.block_interval(cohort, block, day))


def room_for_fewer(case: Case, rng: Random, mode: str = "hard") -> Found:
    """A block is for fewer than attend it."""
    base = case.under("meeting-attendance", mode)
    waived = base.overriding("meeting-attendance")
    for agenda, block, there in _bands(base, rng):
        for most in range(1, max((present for present, _ in there.values()), default=0)):
            week = edit_block(base.week, agenda, block.id, attendance=Band(min=0, max=most))
            found: list[Finding] = []
            terms = {}
            for (cohort, day), (present, before) in there.items():
                counted = present - len(waived & set(base.tally.present(cohort, day, block)))
                excess = counted - max(most, before)
                who, when = f"{cohort} {block.id}", _when(base, cohort, block, day)
                below = max(0, block.attendance.min - present)
                terms["meeting-attendance.below", who, when] = -below
                if excess > 0:
                    found.append((who, when, excess))
                    terms["meeting-attendance.above", who, when] = excess
            if not found:
                continue
            what = f"{block.id} of {agenda} for {most}"
            if mode == "hard":
                yield base.mutation(what, found, week=week)
            else:
                yield base.mutation(what, terms=terms, week=week)


def room_for_fewer_softly(case: Case, rng: Random) -> Found:
    """The same, at a price."""
    yield from room_for_fewer(case, rng, "soft")


def meant_for_more(case: Case, rng: Random) -> Found:
    """A block is meant for more than attend it, which costs."""
    for agenda, block, there in _bands(case, rng):
        for least in range(block.attendance.min + 1, block.attendance.max + 4):
            band = Band(min=least, max=max(least, block.attendance.max))
            terms = {
                ("meeting-attendance.below", f"{cohort} {block.id}", _when(case, cohort, block, day)): max(
                    0, least - present
                )
                - max(0, block.attendance.min - present)
                for (cohort, day), (present, _) in there.items()
            }
            if any(terms.values()) and least <= block.attendance.max:
                week = edit_block(case.week, agenda, block.id, attendance=band)
                yield case.mutation(f"{block.id} of {agenda} for {least} at least", terms=terms, week=week)


def one_more_comes(case: Case, rng: Random) -> Found:
    """People join who fill a block beyond its most."""
    eased = case.eased("seats")
    for client, cohort, start in twins(eased, rng):
        model = eased.tally.clients[client]
        agenda = eased.tally.cohorts[cohort].agenda
        for name, block, there in _bands(eased, rng):
            if name != agenda or model.level not in (block.levels or eased.tally.levels):
                continue
            number = rng.randint(1, 4)
            cap = max(max(figures) for figures in there.values())
            week, roster = eased.week, eased.roster
            for twin in range(number):
                week, roster = add_twin(week, roster, client, start, name=f"twin{twin}")
            week = edit_block(week, agenda, block.id, attendance=Band(min=0, max=cap))
            days = eased.tally.placements[client].days
            found = [
                (f"{cohort} {block.id}", _when(eased, cohort, block, day), present + number - cap)
                for (where, day), (present, _) in there.items()
                if where == cohort
                and day in days
                and present + number > cap
                and not eased.tally.excused(model, cohort, day)
            ]
            if found and not eased.overriding("meeting-attendance"):
                what = f"{number} like {client} come to {block.id}"
                yield eased.mutation(what, found, week=week, roster=roster)


MEETING_ATTENDANCE = (room_for_fewer, room_for_fewer_softly, meant_for_more, one_more_comes)


# meeting-held


def cancelled(case: Case, rng: Random, mode: str = "soft") -> Found:
    """One to three meetings are not held."""
    base = case.eased("dosage", "timing", "pins").under("meeting-held", mode)
    tally = base.tally
    current = sum(tally.clients[name].prescription is not None for name in tally.previous)
    held = [number for number, one in enumerate(base.roster.facilitation) if one.held]
    for number in (1, 1, 2, 3) * 10:
        gone = sorted(rng.sample(held, min(number, len(held))))
        roster = base.roster
        for index in gone:
            roster = edit_at(roster, "facilitation", index, held=False, room=None, staff=())
        dear, found = {}, []
        for index in gone:
            meeting = base.roster.facilitation[index]
            when = at(meeting.day, tally.span(meeting.cohort, meeting.day))
            dear["meeting-held", meeting.cohort, when] = current + 1
            found.append((meeting.cohort, when, 1))
        what = f"meetings {gone} not held"
        if mode == "hard" and len(held) == len(base.roster.facilitation):
            yield base.mutation(what, found, dear, roster=roster)
        elif mode == "soft":
            yield base.mutation(what, terms=dear, roster=roster)


def cancelled_forbidden(case: Case, rng: Random) -> Found:
    """The same where it must not be."""
    yield from cancelled(case, rng, "hard")


MEETING_HELD = (cancelled, cancelled_forbidden)


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
                yield case.mutation(f"{one.id} and {other.id} together", [(f"{one.id}, {other.id}", "", 1)], week=week)


def unwanted_twin(case: Case, rng: Random) -> Found:
    """Somebody joins the very cohort from which they are to be kept."""
    eased = case.eased("seats")
    for client, cohort, start in twins(eased, rng):
        other = rng.choice(eased.tally.members(cohort))
        if other in eased.overriding("companions"):
            continue
        week, roster = add_twin(eased.week, eased.roster, client, start)
        week = put(week, apart=(*week.apart, (other, "twin")))
        yield eased.mutation(f"{other} and a twin of {client}", [(f"{other}, twin", "", 1)], week=week, roster=roster)


COMPANIONS = (kept_apart, kept_together, unwanted_twin)


# max-moves


def moved(case: Case, rng: Random) -> Found:
    """More people than may come from a cohort that was just like the one they are in."""
    tally = case.tally
    waived = case.overriding("max-moves")
    for _ in range(60):
        most = rng.randint(0, 4)
        base = case.eased("seats", "timing").limited(max_moves=most)
        cohort = rng.choice(list(tally.opened))
        staying = [
            name
            for name in tally.members(cohort)
            if name in tally.previous and tally.clients[name].prescription and name not in waived
        ]
        if len(staying) <= most:
            continue
        chosen = set(rng.sample(staying, rng.randint(most + 1, len(staying))))
        like = put(tally.cohorts[cohort], id="co-before", status="candidate")
        week = put(base.week, cohorts=(*base.week.cohorts, like))
        # Nobody else may count as moved: whoever was elsewhere was in no cohort at all.
        elsewhere = {
            name
            for name, one in tally.previous.items()
            if name in tally.placements and one.cohort != tally.placements[name].cohort
        }
        before = edit_previous(week, elsewhere, cohort=None)
        base = Case(case.name, before, base.roster, base.policy)
        names = [client.id for client in before.clients if client.id in chosen]
        shown = ", ".join(names if len(names) <= 12 else [*names[:12], "…"])
        week = edit_previous(before, chosen, cohort="co-before")
        what = f"{shown} from a cohort like {cohort}, {most} may"
        yield base.mutation(what, [(shown, "", len(names) - most)], week=week)


MAX_MOVES = (moved,)

KINDS = {
    "eligibility": ELIGIBILITY,
    "cohort-size": COHORT_SIZE,
    "meeting-attendance": MEETING_ATTENDANCE,
    "meeting-held": MEETING_HELD,
    "companions": COMPANIONS,
    "max-moves": MAX_MOVES,
}
