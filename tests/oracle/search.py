"""Combining the parts: every roster of a tiny week."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from iop_sched.rules.facts import assessment
from iop_sched.rules.structure import check_structure
from iop_sched.rules.tiers import place_terms
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Roster, TeamMeeting
from oracle.judge import Found, Judge, make
from oracle.meeting import meetings, team_meetings
from oracle.placing import cohort_choices, placements
from oracle.services import Sessions, individual, open_group
from oracle.tally import SAMPLE, Tally

LEANED_ON = ("eligibility", "track", "client-time")
"""Rules by whose mode max-moves tells who is settled."""

OF_MEETINGS = ("clinician-time", "clinician-load", "rooms", "supply", "facilitation", "meeting-held")
OF_PLACEMENTS = ("eligibility", "track", "client-time", "stay", "companions", "max-moves", "primary")
OF_BOTH = ("facilitation", "meeting-attendance", "rooms", "supply")
OF_SESSIONS = ("client-time", "clinician-time", "clinician-load", "rooms", "supply", "stay", "companions")
"""Rules asked about parts of rosters: what breaks one of them stays broken whatever is added."""

AFTER_PLACEMENTS = ("eligibility", "cohort-size", "max-moves", "track")
AFTER_MEETINGS = ("facilitation", "meeting-attendance", "meeting-held")
AT_LAST = tuple(rule for rule in RULES if rule not in (*AFTER_PLACEMENTS, *AFTER_MEETINGS))


class TooMany(Exception):  # noqa: N818 - not an error
    """More rosters than are worth enumerating."""


@dataclass(frozen=True)
class _Service:
    """The sessions that a service can have; for one client, or for whoever joins an open group."""

    client: str | None
    is_assessment: bool
    choices: list[Sessions]


def search(
    week: ProgramWeek, policy: Policy, focus: Collection[str], most: int = 30_000, sample: int = SAMPLE
) -> Tally:
    """Measure every roster, and keep a ``sample``. Raises ``TooMany`` when there are more than ``most``."""
    judge = Judge(week, policy, focus)
    tally = Tally(policy, random.Random(0), sample)
    services, teams = list(_services(judge)), [team_meetings(judge, team) for team in week.care_teams]
    left = most
    for opened in cohort_choices(judge):
        held = _meetings(judge, opened, most)
        placed = _placements(judge, opened, most)
        for chosen in placed:
            lists = [_for(judge, chosen, service) for service in services]
            size = len(held)
            for choices in (*lists, *teams):
                size *= len(choices)
            left -= size
            if left < 0:
                raise TooMany
        for chosen in placed:
            lists = [_for(judge, chosen, service) for service in services]
            _whole(judge, tally, opened, chosen, held, lists, teams)
    return tally


def _services(judge: Judge) -> Iterator[_Service]:
    for client in judge.week.clients:
        service = assessment(client)
        if service is not None and "intake" in judge.active:
            yield _Service(client.id, True, individual(judge, client, judge.facts.services[service], 1))
        for line, prescribed in judge.facts.prescribed(client):
            if not prescribed.is_open_group:
                yield _Service(client.id, False, individual(judge, client, prescribed, line.max_count))
    for service in judge.week.services:
        if service.is_open_group:
            yield _Service(None, False, open_group(judge, service))


def _for(judge: Judge, placed: tuple[Placement, ...], service: _Service) -> list[Sessions]:
    """Choices without sessions for the unplaced; with them, if the rule against it is in focus."""
    if service.is_assessment or judge.may_break("service-delivery"):
        return service.choices
    names = {placement.client for placement in placed}
    return [chosen for chosen in service.choices if all(set(one.clients) <= names for one in chosen)]


def _meetings(judge: Judge, opened: tuple[OpenCohort, ...], most: int) -> list[tuple[Meeting, ...]]:
    """What can be held and by whom, as far as it can be told without clients and services."""
    lists = [
        meetings(judge, cohort, day)
        for cohort in opened
        for day in judge.facts.due_days(judge.facts.cohorts[cohort.cohort], cohort.days)
    ]
    found: list[tuple[Meeting, ...]] = [()]
    for choices in lists:
        if len(found) * len(choices) > most:
            raise TooMany
        found = [
            (*before, meeting)
            for before in found
            for meeting in choices
            if not before or judge.keeps(OF_MEETINGS, make(opened, meetings=(*before, meeting)))
        ]
    return found


def _placements(judge: Judge, opened: tuple[OpenCohort, ...], most: int) -> list[tuple[Placement, ...]]:
    found: list[tuple[Placement, ...]] = [()]
    for client in judge.week.clients:
        choices = placements(judge, client, opened)
        if len(found) * len(choices) > most:
            raise TooMany
        found = [
            (*before, one) if one else before
            for before in found
            for one in choices
            if not one or judge.keeps(OF_PLACEMENTS, make(opened, (*before, one)))
        ]
    return [placed for placed in found if judge.keeps((*OF_PLACEMENTS, "cohort-size"), make(opened, placed))]


def _whole(
    judge: Judge,
    tally: Tally,
    opened: tuple[OpenCohort, ...],
    placed: tuple[Placement, ...],
    held: list[tuple[Meeting, ...]],
    lists: list[list[Sessions]],
    teams: list[list[TeamMeeting | None]],
) -> None:
    """Every roster with these cohorts and places."""
    base = judge.schedule(make(opened, placed))
    broken, terms = judge.findings(AFTER_PLACEMENTS, base)
    early = broken, [*place_terms(base, judge.policy), *terms]
    leaning = {rule: judge.moves_without(rule, base) for rule in LEANED_ON if rule in judge.active}
    for meeting in held:
        both = make(opened, placed, meeting)
        if not judge.keeps(OF_BOTH, both):
            continue
        broken, terms = judge.findings(AFTER_MEETINGS, judge.schedule(both))
        so_far = early[0] + broken, early[1] + terms
        for sessions in _sessions(judge, both, lists):
            for team in _products(teams):
                roster = make(opened, placed, meeting, sessions, [one for one in team if one])
                _record(judge, tally, roster, so_far, leaning)


def _sessions(judge: Judge, both: Roster, lists: list[list[Sessions]]) -> list[Sessions]:
    """Every way to give all services together."""
    found: list[Sessions] = [()]
    for number, choices in enumerate(lists):
        extended = [(*before, *chosen) for before in found for chosen in choices]
        if number < len(lists) - 1:
            extended = [
                some
                for some in extended
                if judge.keeps(OF_SESSIONS, both.model_copy(update={"sessions": some}))
            ]
        found = extended
    return found


def _products(teams: list[list[TeamMeeting | None]]) -> Iterable[tuple[TeamMeeting | None, ...]]:
    found: list[tuple[TeamMeeting | None, ...]] = [()]
    for choices in teams:
        found = [(*before, one) for before in found for one in choices]
    return found


def _record(judge: Judge, tally: Tally, roster: Roster, so_far: Found, leaning: dict[str, bool]) -> None:
    schedule = judge.schedule(roster)
    violations, terms = judge.findings(AT_LAST, schedule)
    violations = so_far[0] + violations
    if tally.rosters % 97 == 0:
        wrong = list(check_structure(judge.facts, roster))
        assert not wrong, wrong
    broken = frozenset(violation.rule for violation in violations)
    tally.record(roster, broken, len(violations), so_far[1] + terms, leaning)
