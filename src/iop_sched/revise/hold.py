"""Decisions of a roster as pins for the next solve, and what no pin can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from iop_sched.revise.asking import CannotReviseError, client_fault, clinician_fault, require, unknown
from iop_sched.revise.pinning import PinIds, made, pin_faults, says_already, with_pins
from iop_sched.rules import Schedule
from iop_sched.rules.wording import many
from iop_sched.week.pins import Pin
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Meeting, Placement, Session, TeamMeeting
from iop_sched.week.times import Day, clock


@dataclass(frozen=True)
class Wanted:
    """Whose decisions are held; ``before``: everything on earlier days; ``everything``: the whole roster."""

    clients: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()
    clinicians: tuple[str, ...] = ()
    before: Day | None = None
    everything: bool = False


@dataclass(frozen=True)
class Held:
    """New pins that a week can take, and sentences about what they cannot hold."""

    pins: tuple[Pin, ...]
    not_held: tuple[str, ...]


def hold(schedule: Schedule, wanted: Wanted, reason: str) -> Held:
    """Pins for what is wanted.

    What a pin of the week says already is not repeated, and what one contradicts is not held, and said so.
    Raises ``CannotReviseError`` for unknown ids, or when nothing is asked for.
    """
    _require_known(schedule, wanted)
    week = schedule.facts.week
    maker = _Maker(schedule, wanted, PinIds(pin.id for pin in week.pins), reason)
    maker.add()
    new = [pin for pin in maker.pins.values() if not says_already(week, pin)]
    contradicted = dict(_contradicted(week, new))
    said = [f"{new[index].id} is left out: {words}" for index, words in contradicted.items()]
    pins = tuple(pin for index, pin in enumerate(new) if index not in contradicted)
    return Held(pins, tuple(dict.fromkeys([*said, *maker.not_held])))


def _require_known(schedule: Schedule, wanted: Wanted) -> None:
    if not (wanted.clients or wanted.cohorts or wanted.clinicians or wanted.everything):
        if wanted.before is None:
            reason = "Say what is held: --client, --cohort, --clinician, --before, or --all."
            raise CannotReviseError([reason])
        if wanted.before == Day.MON:
            raise CannotReviseError(["Nothing comes before mon; name a later day."])
    known = schedule.facts.cohorts
    require(
        [
            *(client_fault(schedule, one) for one in wanted.clients),
            *(clinician_fault(schedule, one) for one in wanted.clinicians),
            *(unknown("cohort", one, known) for one in wanted.cohorts if one not in known),
        ]
    )


def _contradicted(week: ProgramWeek, new: list[Pin]) -> Iterator[tuple[int, str]]:
    """Which of the new pins the week cannot take, and why."""
    for index, words in pin_faults(with_pins(week, new)):
        if index >= len(week.pins):
            yield index - len(week.pins), words
            continue
        # An old pin may need a cohort of which a new one says that it does not open.
        old = week.pins[index].place or week.pins[index].meeting
        for number, pin in enumerate(new):
            if old is not None and pin.cohort is not None and pin.cohort.cohort == old.cohort:
                yield number, f"pin '{week.pins[index].id}' says otherwise"


@dataclass
class _Maker:
    """Collects pins, each decision once."""

    schedule: Schedule
    wanted: Wanted
    ids: PinIds
    reason: str
    pins: dict[tuple[object, ...], Pin] = field(default_factory=dict)
    not_held: list[str] = field(default_factory=list)

    def add(self) -> None:
        wanted = self.wanted
        if wanted.everything:
            self._everything()
        for cohort in wanted.cohorts:
            self._cohort(cohort)
            for placement in self.schedule.members.get(cohort, ()):
                self._place(placement)
        for client in wanted.clients:
            self._client(client)
        for clinician in wanted.clinicians:
            self._clinician(clinician)
        if wanted.before is not None:
            self._before(wanted.before)

    # What is wanted

    def _everything(self) -> None:
        for cohort in self.schedule.facts.cohorts:
            self._cohort(cohort)
        for placement in self.schedule.roster.placements:
            self._place(placement)
        for session in self.schedule.roster.sessions:
            self._session(session)
        for team in self.schedule.roster.team_meeting:
            self._team(team)
        self._say_unplaced("could still be given a place")
        self.not_held.append(
            "Where sessions are, and who comes to a care team beside its members: no pin can say that."
        )

    def _client(self, client: str) -> None:
        placement = self.schedule.placements.get(client)
        if placement is not None:
            self._place(placement)
        elif self.schedule.facts.clients[client].prescription is not None:
            self.not_held.append(f"{client} has no place, and no pin can say that it stays so.")
        for session in self.schedule.sessions_of(self.schedule.facts.clients[client]):
            self._session(session, client)

    def _clinician(self, clinician: str) -> None:
        led = [one.cohort for one in self.schedule.roster.cohorts if one.leader == clinician]
        for cohort in led:
            self._cohort(cohort)
        for session in self.schedule.roster.sessions:
            if clinician in {entry.clinician for entry in session.staff}:
                self._session(session, clinician=clinician)
        for team in self.schedule.roster.team_meeting:
            if clinician in team.attendees:
                self._team(team)
        for meeting in self.schedule.held:
            if meeting.cohort not in led and clinician in {entry.clinician for entry in meeting.staff}:
                self._meeting(meeting)

    def _before(self, before: Day) -> None:
        """What has happened by then, with those who led and worked.

        Leaders of cohorts are left open: one who is away later could not be replaced.
        """
        for opened in self.schedule.roster.cohorts:
            self._cohort(opened.cohort, leader=False, before=before)
        for placement in self.schedule.roster.placements:
            self._place(placement, primary=self._has_seen_primary(placement, before))
        for session in self.schedule.roster.sessions:
            if session.day < before:
                self._session(session)
        for team in self.schedule.roster.team_meeting:
            if team.day < before:
                self._team(team)
        later = sum(session.day >= before for session in self.schedule.roster.sessions)
        if later:
            words = f"{many(later, 'session')} from {before.code} on could be put before {before.code}"
            self.not_held.append(f"{words}: no pin can say that nothing else takes place.")
        self.not_held.append(
            f"Who leads a cohort from {before.code} on is left open, so that somebody who is away can be"
            " replaced; add --cohort for those that keep their leader."
        )
        self._say_unplaced(f"could be given a place before {before.code}")

    def _has_seen_primary(self, placement: Placement, before: Day) -> bool:
        own = self.schedule.sessions_of(self.schedule.facts.clients[placement.client])
        return any(
            session.day < before and placement.primary in {entry.clinician for entry in session.staff}
            for session in own
        )

    def _say_unplaced(self, could: str) -> None:
        waiting = [one.id for one in self.schedule.facts.treated if one.id not in self.schedule.placements]
        if waiting:
            words = f"{', '.join(waiting)} without a place {could}"
            self.not_held.append(f"{words}: no pin can say that a client has none.")

    # Single decisions

    def _keep(self, key: tuple[object, ...], words: Iterable[str], subject: str, **fields: object) -> None:
        """A pin for a decision, unless it has one: what names most of it comes first (see ``add``)."""
        if key not in self.pins:
            self.pins[key] = made(self.ids.new("hold", *words), subject, fields, self.reason)

    def _place(self, placement: Placement, primary: bool = True) -> None:
        client = self.schedule.facts.clients[placement.client]
        self._keep(
            ("place", client.id),
            (client.id,),
            "place",
            client=client.id,
            cohort=placement.cohort,
            days=[day.code for day in placement.days],
            start=None if self.schedule.facts.is_current(client) else placement.start.code,
            primary=placement.primary if primary else None,
        )

    def _session(self, session: Session, client: str | None = None, clinician: str | None = None) -> None:
        for who in session.clients if client is None else (client,):
            for entry in session.staff:
                if clinician in (None, entry.clinician):
                    moment = (session.day.code, clock(session.start))
                    self._keep(
                        ("session", who, session.service, *moment, entry.clinician),
                        (who, session.service, session.day.code),
                        "session",
                        client=who,
                        service=session.service,
                        day=moment[0],
                        start=moment[1],
                        clinician=entry.clinician,
                    )

    def _cohort(self, cohort: str, leader: bool = True, before: Day | None = None) -> None:
        opened = self.schedule.open_cohorts.get(cohort)
        if opened is None:
            self._keep(("cohort", cohort), (cohort,), "cohort", cohort=cohort, open=False)
            return
        self._keep(
            ("cohort", cohort),
            (cohort,),
            "cohort",
            cohort=cohort,
            slot=opened.slot,
            days=[day.code for day in opened.days],
            leader=opened.leader if leader else None,
        )
        for meeting in self.schedule.roster.facilitation:
            if meeting.cohort == cohort and (before is None or meeting.day < before):
                self._meeting(meeting)

    def _meeting(self, meeting: Meeting) -> None:
        self._keep(
            ("meeting", meeting.cohort, meeting.day),
            (meeting.cohort, meeting.day.code),
            "meeting",
            cohort=meeting.cohort,
            day=meeting.day.code,
            held=meeting.held,
            room=meeting.room,
            staff=self._staff(meeting),
        )

    def _staff(self, meeting: Meeting) -> list[dict[str, object]]:
        """Who works in it; if only some clinicians' weeks are held, the needs that these fill.

        A need is held with all who fill it: a pin cannot name some of them.
        """
        filling: dict[tuple[str, int], list[str]] = {}
        for entry in meeting.staff:
            filling.setdefault((entry.block, entry.need), []).append(entry.clinician)
        wanted, own = self.wanted, set(self.wanted.clinicians)
        early = wanted.before is not None and meeting.day < wanted.before
        whole = wanted.everything or early or meeting.cohort in wanted.cohorts
        return [
            {"block": block, "need": need, "clinicians": people}
            for (block, need), people in filling.items()
            if whole or own & set(people)
        ]

    def _team(self, team: TeamMeeting) -> None:
        self._keep(
            ("team", team.team),
            (team.team,),
            "team",
            team=team.team,
            day=team.day.code,
            start=clock(team.start),
        )
