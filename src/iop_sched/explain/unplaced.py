"""Why a client has no place: every cohort is tried, and the smallest obstacle is named in a sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from iop_sched.explain.joining import Joining, Pattern
from iop_sched.rules.client_time import pattern_clashes
from iop_sched.rules.eligibility import mismatches
from iop_sched.rules.facts import Facts
from iop_sched.rules.qualification import qualified_for, suits
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.track import misfits
from iop_sched.week.care import Cohort, MeetingOption
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


class Stage(IntEnum):
    """How far a client gets in a cohort; the further, the smaller the obstacle."""

    ELIGIBILITY = 0
    DAYS = 1
    HOURS = 2
    START = 3
    NOT_OPENED = 4
    FULL = 5
    ROSTER = 6
    NOTHING = 7


FIRST_WORDS = {
    Stage.ELIGIBILITY: "no cohort admits this client: {}",
    Stage.DAYS: "no cohort meets on enough allowed days: {}",
    Stage.HOURS: "work, school or family hours collide with every cohort that could be joined: {}",
    Stage.START: "no day to start on: {}",
    Stage.NOT_OPENED: "the only cohorts that fit are not opened: {}",
    Stage.FULL: "every cohort that fits is full: {}",
    Stage.ROSTER: "a seat is free, but not as the roster stands: {}",
    Stage.NOTHING: "no single obstacle found in {}: staff, rooms or sessions did not work out, or the search"
    " has not got there yet",
}
OTHER_WORDS = {
    Stage.ELIGIBILITY: "not eligible for",
    Stage.DAYS: "too few allowed days in",
    Stage.HOURS: "work, school or family collide with",
    Stage.START: "no day to start on in",
    Stage.NOT_OPENED: "not opened:",
    Stage.FULL: "full:",
    Stage.ROSTER: "does not fit as the roster stands:",
}


@dataclass(frozen=True)
class Obstacle:
    """The first thing in a client's way to a cohort."""

    stage: Stage
    cohort: str
    detail: str


def reason_unplaced(week: ProgramWeek, roster: Roster, policy: Policy, client_id: str) -> str:
    """What kept one client out, in a sentence. Raises ``KeyError`` for an unknown client."""
    schedule = Schedule.of(week, roster)
    return _Reasons(schedule, policy).of(schedule.facts.clients[client_id])


def reasons_unplaced(week: ProgramWeek, roster: Roster, policy: Policy) -> dict[str, str]:
    """The reason for each client with a prescription and no place, in the week's order."""
    schedule = Schedule.of(week, roster)
    reasons = _Reasons(schedule, policy)
    placed = schedule.placements
    return {client.id: reasons.of(client) for client in schedule.facts.treated if client.id not in placed}


def obstacles(week: ProgramWeek, roster: Roster, policy: Policy, client_id: str) -> str | list[Obstacle]:
    """What is in one client's way to each cohort, in the week's order; or why no cohort comes into question.

    An assessment that the roster does not have yet is no obstacle. Raises ``KeyError`` for an unknown client.
    """
    schedule = Schedule.of(week, roster)
    reasons, client = _Reasons(schedule, policy), schedule.facts.clients[client_id]
    first = reasons.first(client)
    if first is not None:
        return first
    return [reasons.best(client, cohort) for cohort in week.cohorts]


class _Reasons:
    """Looks for obstacles in one roster."""

    def __init__(self, schedule: Schedule, policy: Policy) -> None:
        self.schedule = schedule
        self.facts: Facts = schedule.facts
        self.policy = policy
        self.caseloads = Counter(one.primary for one in schedule.roster.placements)
        self.pins = schedule.facts.week.pins if policy.mode("pins") != "off" else ()
        self.joining = Joining(schedule, policy)
        self.fitting: dict[tuple[str, str, Pattern], int] = {}

    def of(self, client: Client) -> str:
        """The sentence for one client."""
        first = self._unassessed(client) or self.first(client)
        if first is not None:
            return first
        return sentence(self.best(client, cohort) for cohort in self.facts.week.cohorts)

    # Before any cohort

    def first(self, client: Client) -> str | None:
        """What keeps a client out of every cohort alike, or nothing."""
        if client.prescription is None:
            return "no treatment is prescribed this week"
        reason = self._gate(client) or self._no_primary(client)
        if reason is not None:
            return reason
        if client.group_optional:
            return "needs no cohort, but the hours, sessions or other rules of the client did not work out"
        return None if self.facts.week.cohorts else "the week has no cohort"

    def _gate(self, client: Client) -> str | None:
        intake = client.intake
        if intake is None or not self._holds(client, "intake"):
            return None
        if intake.assessment_only:
            return "wants the assessment only, and no place this week"
        return "the insurance is pending" if intake.insurance == "pending" else None

    def _unassessed(self, client: Client) -> str | None:
        """An assessment that is not in the roster, where nothing before it is in the way."""
        intake = client.intake
        if client.prescription is None or intake is None or not self._holds(client, "intake"):
            return None
        if self._gate(client) is not None or intake.assessment is None:
            return None
        if self.schedule.assessment_session(client) is not None:
            return None
        return f"no assessment could be scheduled by the deadline, {intake.deadline.code}"

    def _no_primary(self, client: Client) -> str | None:
        services = self.facts.primary_services(client)
        if not services or self.policy.mode("primary") == "off":
            return None
        suiting = [
            one.id
            for one in self.facts.week.clinicians
            if suits(self.facts, one, client) and all(qualified_for(one, service) for service in services)
        ]
        if not suiting:
            return f"no clinician who suits this client may give {services[0].id}"
        if self.policy.mode("primary") == "soft" or any(map(self._has_room, suiting)):
            return None
        loads = ", ".join(f"{one} ({self.caseloads[one]}/{self._caseload(one)})" for one in suiting)
        return f"every therapist who suits has a full caseload: {loads}"

    def _caseload(self, clinician: str) -> int | None:
        caseload = self.facts.clinicians[clinician].caseload
        if caseload is None:
            return None
        return max(caseload, self.facts.inherited_caseload.get(clinician, 0))

    def _has_room(self, clinician: str) -> bool:
        caseload = self._caseload(clinician)
        return caseload is None or self.caseloads[clinician] < caseload

    # One cohort

    def _holds(self, client: Client, rule: str) -> bool:
        return self.policy.mode(rule) != "off" and not self.facts.overridden(client.id, rule)

    def best(self, client: Client, cohort: Cohort) -> Obstacle:
        """The smallest obstacle in a cohort, over its options."""
        opened = self.schedule.open_cohorts.get(cohort.id)
        options = cohort.options if opened is None else (MeetingOption(slot=opened.slot, days=opened.days),)
        found = (self._obstacle(client, cohort, option, opened is not None) for option in options)
        return max(found, key=lambda obstacle: obstacle.stage)

    def _obstacle(self, client: Client, cohort: Cohort, option: MeetingOption, is_open: bool) -> Obstacle:
        fitting = self._fitting(client, cohort, option)
        if isinstance(fitting, Obstacle):
            return fitting
        if not is_open:
            return Obstacle(Stage.NOT_OPENED, cohort.id, self._why_not_opened(cohort, option))
        full = self._full(client, cohort)
        if full:
            return Obstacle(Stage.FULL, cohort.id, full)
        placements = [found for days in fitting if (found := self.joining.placement(client, cohort, days))]
        if not placements:
            return Obstacle(Stage.START, cohort.id, "no meeting within the admission window")
        broken = self.joining.least_broken(placements)
        if broken:
            return Obstacle(Stage.ROSTER, cohort.id, f"{broken[0].rule}: {broken[0].message}")
        return Obstacle(Stage.NOTHING, cohort.id, "")

    def _fitting(self, client: Client, cohort: Cohort, option: MeetingOption) -> list[Pattern] | Obstacle:
        """Patterns that suit the client by cohort, days and hours; or the first obstacle."""
        if self._holds(client, "eligibility"):
            for reason in mismatches(client, cohort):
                return Obstacle(Stage.ELIGIBILITY, cohort.id, reason)
        allowed = list(self._allowed(client, cohort, option))
        if not allowed:
            return Obstacle(Stage.DAYS, cohort.id, self._too_few_days(client, cohort, option))
        if not self._holds(client, "client-time"):
            return allowed
        taken = {
            day for day, _, _ in pattern_clashes(self.facts, client, cohort.id, option.slot, option.days)
        }
        free = [days for days in allowed if taken.isdisjoint(days)]
        if not free:
            left = [day.code for day in option.days if day not in taken]
            return Obstacle(
                Stage.HOURS, cohort.id, f"free on {', '.join(left)} only" if left else "every day"
            )
        return free

    def _allowed(self, client: Client, cohort: Cohort, option: MeetingOption) -> Iterator[Pattern]:
        sizes = client.prescription.days if client.prescription is not None else ()
        if not self._holds(client, "track"):
            sizes = tuple(range(1, len(option.days) + 1))
        for size in sizes:
            for days in combinations(option.days, size):
                if not self._holds(client, "track") or not any(
                    misfits(self.facts, client, cohort.id, option, days)
                ):
                    yield days

    def _too_few_days(self, client: Client, cohort: Cohort, option: MeetingOption) -> str:
        prescription = client.prescription
        if prescription is None or not prescription.days:
            return "no number of days is prescribed"
        fewest = min(prescription.days)
        days = [day for day in option.days if day in prescription.weekdays]
        days = [day for day in days if self.facts.own_blocks(client, cohort.id, day)]
        if len(days) < fewest:
            return f"{len(days)} of the {fewest} needed"
        pattern = tuple(days[:fewest])
        return next(misfits(self.facts, client, cohort.id, option, pattern), "days do not fit the track")

    def _why_not_opened(self, cohort: Cohort, option: MeetingOption) -> str:
        if any(pin.cohort and pin.cohort.cohort == cohort.id and not pin.cohort.open for pin in self.pins):
            return "kept closed by a pin"
        most = self.facts.week.max_new_cohorts
        candidates = [one for one in self.schedule.open_cohorts if self._is_candidate(one)]
        if most is not None and len(candidates) >= most:
            return f"no more than {most} new may open"
        key = (cohort.id, option.slot, tuple(option.days))
        if key not in self.fitting:
            self.fitting[key] = sum(
                not isinstance(self._fitting(client, cohort, option), Obstacle)
                for client in self.facts.treated
                if client.id not in self.schedule.placements and not client.group_optional
            )
        fit, least = self.fitting[key], cohort.members.min
        if fit < least:
            return f"needs {least} to open, and only {fit} without a place fit{'s' * (fit == 1)}"
        return f"needs {least} to open; {fit} without a place fit, but staff, rooms or other rules may not"

    def _is_candidate(self, cohort: str) -> bool:
        return self.facts.cohorts[cohort].status == "candidate"

    def _full(self, client: Client, cohort: Cohort) -> str | None:
        if self.policy.mode("cohort-size") != "hard" or self.facts.overridden(client.id, "cohort-size"):
            return None
        members = self.schedule.members[cohort.id]
        counted = sum(not self.facts.overridden(one.client, "cohort-size") for one in members)
        cap = max(cohort.members.max, len(self.facts.inherited_members.get(cohort.id, ())))
        return f"{counted}/{cap}" if counted >= cap else None


def sentence(obstacles: Iterable[Obstacle]) -> str:
    """The smallest obstacle with its cohorts, then in brief what the other cohorts lack."""
    by_stage: dict[Stage, list[Obstacle]] = defaultdict(list)
    for obstacle in obstacles:
        by_stage[obstacle.stage].append(obstacle)
    best, *others = sorted(by_stage, reverse=True)
    words = [FIRST_WORDS[best].format(", ".join(map(_with_detail, by_stage[best])))]
    for stage in others:
        cohorts = ", ".join(obstacle.cohort for obstacle in by_stage[stage])
        words.append(f"{OTHER_WORDS[stage]} {cohorts}")
    return "; ".join(words)


def _with_detail(obstacle: Obstacle) -> str:
    return f"{obstacle.cohort} ({obstacle.detail})" if obstacle.detail else obstacle.cohort
