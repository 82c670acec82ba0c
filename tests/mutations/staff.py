"""Mutations of who runs a cohort's blocks, and of the care team's meeting."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iop_sched.rules.wording import at
from iop_sched.week.care import Block, Quorum
from iop_sched.week.people import Client
from iop_sched.week.places import Window
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import BlockStaff, Meeting, Roster
from iop_sched.week.times import WEEK, Day
from mutations.case import Case, Finding, Mutation, shuffled
from mutations.edit import ALWAYS, add_site, add_word, edit, edit_at, edit_block, put, stand_in

Found = Iterator[Mutation]


# facilitation


def _entries(case: Case, rng: Random) -> Iterator[tuple[int, Meeting, int, BlockStaff, Block]]:
    """Staff entries of held meetings: number of the meeting, meeting, number of the entry, entry, block."""
    entries = [
        (number, meeting, place, entry)
        for number, meeting in enumerate(case.roster.facilitation)
        for place, entry in enumerate(meeting.staff)
    ]
    for number, meeting, place, entry in shuffled(entries, rng):
        blocks = {block.id: block for block in case.tally.blocks(meeting.cohort, meeting.day)}
        yield number, meeting, place, entry, blocks[entry.block]


def _staffed(roster: Roster, number: int, staff: tuple[BlockStaff, ...]) -> Roster:
    return edit_at(roster, "facilitation", number, staff=staff)


def _findings(case: Case, meeting: Meeting, block: Block, number: int) -> list[Finding]:
    when = at(meeting.day, case.tally.block_interval(meeting.cohort, block, meeting.day))
    return [(meeting.cohort, when, 1)] * number


def nobody_there(case: Case, rng: Random) -> Found:
    """Somebody is missing from a block."""
    eased = case.eased("payers")
    for number, meeting, place, entry, block in _entries(eased, rng):
        need = block.staff[entry.need]
        others = sum(one.block == block.id and one.need == entry.need for one in meeting.staff) - 1
        staff = meeting.staff[:place] + meeting.staff[place + 1 :]
        leads = need.lead and eased.tally.opened[meeting.cohort].leader == entry.clinician
        people = {one.clinician for one in staff if one.block == block.id}
        present = len(eased.tally.present(meeting.cohort, meeting.day, block))
        few = block.ratio is not None and len(people) * block.ratio < present
        reasons = (others < need.count) + leads + few
        if reasons:
            roster = _staffed(eased.roster, number, staff)
            what = f"{entry.clinician} misses {block.id} {need.roles} of {meeting.cohort} {meeting.day.code}"
            yield eased.mutation(what, _findings(eased, meeting, block, reasons), roster=roster)


def wrong_person(case: Case, rng: Random) -> Found:
    """Somebody is replaced by a person who lacks a role, a language or the site, or does not lead."""
    eased = case.eased("payers")
    for number, meeting, place, entry, block in _entries(eased, rng):
        cohort, need = eased.tally.cohorts[meeting.cohort], block.staff[entry.need]
        leads = need.lead and eased.tally.opened[meeting.cohort].leader == entry.clinician
        site = cohort.format == "in-person"
        reason, changes = rng.choice(
            [
                (1, {"roles": ("visitor",)}),
                (site, {"sites": ("elsewhere",)}),
                (cohort.language is not None, {"languages": ("norse",)}),
                (0, {}),
            ]
        )
        if reason + leads:
            week, name = stand_in(_wider(eased.week), entry.clinician, **changes)
            staff = _replaced(meeting.staff, place, name)
            roster = _staffed(eased.roster, number, staff)
            what = (
                f"{changes} instead of {entry.clinician}, {block.id} of {meeting.cohort} {meeting.day.code}"
            )
            yield eased.mutation(
                what, _findings(eased, meeting, block, reason + leads), week=week, roster=roster
            )


def _wider(week: ProgramWeek) -> ProgramWeek:
    """A week with words and a place for strangers."""
    return add_site(add_word(add_word(week, "roles", "visitor"), "languages", "norse"))


def _replaced(staff: tuple[BlockStaff, ...], place: int, name: str) -> tuple[BlockStaff, ...]:
    return (*staff[:place], put(staff[place], clinician=name), *staff[place + 1 :])


def one_too_many(case: Case, rng: Random) -> Found:
    """In a block without a ratio there is one person more than needed, or one twice."""
    for number, meeting, _place, entry, block in _entries(case, rng):
        if block.ratio is not None:
            continue
        week, name = stand_in(case.week, entry.clinician)
        roster = _staffed(case.roster, number, (*meeting.staff, put(entry, clinician=name)))
        what = f"{entry.clinician} and another in {block.id} of {meeting.cohort} {meeting.day.code}"
        yield case.mutation(what, _findings(case, meeting, block, 1), week=week, roster=roster)
        roster = _staffed(case.roster, number, (*meeting.staff, entry))
        what = f"{entry.clinician} twice in {block.id} of {meeting.cohort} {meeting.day.code}"
        yield case.mutation(what, _findings(case, meeting, block, 2), roster=roster)


def another_leader(case: Case, rng: Random) -> Found:
    """The cohort's leader is another, or nobody, and does not lead what the leader leads."""
    case = case.eased("pins")
    for number, opened in enumerate(case.roster.cohorts):
        if opened.leader is None:
            continue
        for leader in (None, *rng.sample([one.id for one in case.week.clinicians], 4)):
            found = []
            for meeting in case.tally.held:
                if meeting.cohort == opened.cohort and leader != opened.leader:
                    for block in case.tally.blocks(meeting.cohort, meeting.day):
                        leads = sum(need.lead for need in block.staff)
                        found += _findings(case, meeting, block, leads)
            roster = edit_at(case.roster, "cohorts", number, leader=leader)
            if found:
                yield case.mutation(f"{leader} leads {opened.cohort}", found, roster=roster)


def too_few_for_so_many(case: Case, rng: Random) -> Found:
    """There must be more staff for those present."""
    tally = case.tally
    blocks = [(agenda, block) for agenda in case.week.agendas for block in agenda.blocks]
    for agenda, block in shuffled(blocks, rng):
        for ratio in range(1, 9):
            found = []
            for meeting in tally.held:
                if tally.cohorts[meeting.cohort].agenda != agenda.id or meeting.day not in (
                    block.days or WEEK
                ):
                    continue
                people = len({one.clinician for one in meeting.staff if one.block == block.id})
                if people * ratio < len(tally.present(meeting.cohort, meeting.day, block)):
                    found += _findings(case, meeting, block, 1)
            if found:
                week = edit_block(case.week, agenda.id, block.id, ratio=ratio)
                yield case.mutation(f"{block.id} of {agenda.id} one to {ratio}", found, week=week)


def payer_not_served(case: Case, rng: Random) -> Found:
    """A client's payer wants staff of its own in every block, and they are only in the client's sessions."""
    tally = case.tally
    for client, place in case.placed(rng):
        week = _strict_payer(case, client)
        found = []
        listed = {one.id for one in week.clinicians if "strict" in one.payers}
        for day in tally.attended(client.id):
            meeting = tally.meetings[place.cohort, day]
            for block, _ in tally.own(client, place.cohort, day):
                people = {one.clinician for one in meeting.staff if one.block == block.id}
                if block.staff and not people & listed:
                    found += _findings(case, meeting, block, 1)
        if found:
            yield case.mutation(f"{client.id} has a strict payer", found, week=week)


def _strict_payer(case: Case, client: Client) -> ProgramWeek:
    tally = case.tally
    own = {entry.clinician for one in tally.sessions(client.id) for entry in one.staff}
    own |= {tally.placements[client.id].primary, *client.preferences.clinicians}
    payer = put(case.week.payers[0], id="strict", credentialed_only=True)
    week = put(case.week, payers=(*case.week.payers, payer))
    week = edit(week, "clients", client.id, payer="strict")
    for one in week.clinicians:
        if one.id in own:
            week = edit(week, "clinicians", one.id, payers=(*one.payers, "strict"))
    return week


FACILITATION = (
    nobody_there,
    wrong_person,
    one_too_many,
    another_leader,
    too_few_for_so_many,
    payer_not_served,
)


# care-team


def _when(case: Case, number: int) -> str:
    meeting = case.roster.team_meeting[number]
    team = next(one for one in case.week.care_teams if one.id == meeting.team)
    return at(meeting.day, (meeting.start, meeting.start + case.tally.occ(team.minutes)))


def member_missing(case: Case, rng: Random) -> Found:
    """Somebody who should attend does not, or nobody does."""
    case = case.eased("pins")
    for number, meeting in enumerate(case.roster.team_meeting):
        team = next(one for one in case.week.care_teams if one.id == meeting.team)
        for gone in meeting.attendees:
            left = tuple(one for one in meeting.attendees if one != gone)
            reasons = gone in team.members
            for quorum in team.quorum:
                count = sum(quorum.role in case.tally.clinicians[name].roles for name in left)
                reasons += count < quorum.count
            roster = edit_at(case.roster, "team_meeting", number, attendees=left)
            if reasons:
                found = [(team.id, _when(case, number), 1)] * reasons
                yield case.mutation(f"{team.id} without {gone}", found, roster=roster)
        left = tuple(one for place, one in enumerate(case.roster.team_meeting) if place != number)
        roster = put(case.roster, team_meeting=left)
        yield case.mutation(f"{team.id} does not meet", [(team.id, "", 1)], roster=roster)


def more_members(case: Case, rng: Random) -> Found:
    """The team asks for people who are not there: by name, or for more of a role."""
    for number, meeting in enumerate(case.roster.team_meeting):
        team = next(one for one in case.week.care_teams if one.id == meeting.team)
        found = [(team.id, _when(case, number), 1)]
        for clinician in shuffled(case.tally.clinicians, rng):
            if clinician not in meeting.attendees:
                week = edit(case.week, "care_teams", team.id, members=(*team.members, clinician))
                yield case.mutation(f"{team.id} wants {clinician}", found, week=week)
        for role in sorted({role for one in case.week.clinicians for role in one.roles}):
            present = sum(role in case.tally.clinicians[name].roles for name in meeting.attendees)
            for count in (present + 1, present + 2, present + 3):
                wanted = tuple(one for one in team.quorum if one.role != role)
                asked = any(one.role == role for one in team.quorum)
                allowed = {*(one.role for one in wanted), role} if asked or count else set()
                if all(
                    name in team.members or allowed & set(case.tally.clinicians[name].roles)
                    for name in meeting.attendees
                ):
                    quorum = (*wanted, Quorum(role=role, count=count))
                    week = edit(case.week, "care_teams", team.id, quorum=quorum)
                    yield case.mutation(f"{team.id} wants {count} {role}", found, week=week)


def stranger_attends(case: Case, rng: Random) -> Found:
    """Somebody attends whom the team does not ask for, or who does not work there."""
    for number, meeting in enumerate(case.roster.team_meeting):
        team = next(one for one in case.week.care_teams if one.id == meeting.team)
        found = [(team.id, _when(case, number), 1)]
        for clinician in shuffled(case.week.clinicians, rng):
            asked = {quorum.role for quorum in team.quorum} & set(clinician.roles)
            for changes in ({"roles": ("visitor",)}, {"sites": ("elsewhere",)}):
                known = {"sites": tuple(dict.fromkeys((*clinician.sites, team.site)))} | changes
                if "sites" in changes and not asked:
                    continue
                week, name = stand_in(_wider(case.week), clinician.id, **known)
                attendees = (*meeting.attendees, name)
                roster = edit_at(case.roster, "team_meeting", number, attendees=attendees)
                what = f"one like {clinician.id} but {changes} joins {team.id}"
                yield case.mutation(what, found, week=week, roster=roster)


def outside_its_windows(case: Case, rng: Random) -> Found:
    """The team no longer meets at that time, not in one stretch, or not on that day."""
    grid = case.week.grid
    for number, meeting in enumerate(case.roster.team_meeting):
        team = next(one for one in case.week.care_teams if one.id == meeting.team)
        found = [(team.id, _when(case, number), 1)]
        end = meeting.start + case.tally.occ(team.minutes)
        for cut in range(meeting.start + grid, end, grid):
            whole = _window(meeting.day, 0, 1440)
            for what, windows in {
                "until": (put(whole, end=cut),),
                "from": (put(whole, start=cut),),
                "not at": (put(whole, end=cut), put(whole, start=cut)),
            }.items():
                week = edit(case.week, "care_teams", team.id, windows=windows)
                yield case.mutation(f"{team.id} meets {what} {cut}", found, week=week)
        for day in WEEK:
            if day != meeting.day:
                week = edit(case.week, "care_teams", team.id, windows=(_window(day, 0, 1440),))
                yield case.mutation(f"{team.id} meets on {day.code}", found, week=week)


def _window(day: Day, start: int, end: int) -> Window:
    return put(ALWAYS, days=(day,), start=start, end=end)


CARE_TEAM = (member_missing, more_members, stranger_attends, outside_its_windows)

KINDS = {"facilitation": FACILITATION, "care-team": CARE_TEAM}
