"""Any change of any kind for any week, by chance: what ``inverse`` must be able to undo."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from iop_sched.scenario.apply import apply
from iop_sched.scenario.change import Change
from iop_sched.scenario.kinds import KINDS
from iop_sched.scenario.scenario import Scenario
from iop_sched.week.places import Window
from iop_sched.week.policy import PENALTIES, RULES, Policy
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Day
from iop_sched.week.validating import validated

Data = dict[str, Any]


class Drawn:
    """One draw from a week: everything comes from ``rng``."""

    def __init__(self, rng: Random, week: ProgramWeek) -> None:
        self.rng, self.week = rng, week

    def one(self, items: str) -> str:
        return self.rng.choice(getattr(self.week, items)).id

    def current(self) -> str:
        return self.rng.choice(self.week.previous.placements).client

    def days(self) -> list[str]:
        return [day.code for day in sorted(self.rng.sample(list(Day)[:5], self.rng.randint(1, 3)))]

    def hours(self) -> Data:
        start = self.rng.randrange(8, 18)
        whole = {"days": self.days()}
        return self.rng.choice([whole, {**whole, "start": f"{start}:00", "end": f"{start + 2}:00"}, {}])

    def windows(self) -> list[Data]:
        return [{"days": self.days(), "start": "10:00", "end": "18:00"}]

    def copy(self, items: str, **more: Any) -> Data:
        record = self.rng.choice(getattr(self.week, items))
        return {**record.model_dump(mode="json"), "id": "brand-new", **more}

    def away(self) -> Data:
        """Somebody's hours of absence, or what is none."""
        for one in self.rng.sample(self.week.clinicians, len(self.week.clinicians)):
            if one.away:
                return {"clinician": one.id, **_of(one.away[0])}
        return {"clinician": self.one("clinicians"), **self.hours()}

    def busy(self) -> Data:
        """Some of a client's busy hours."""
        one = self.rng.choice([client for client in self.week.clients if client.busy])
        return {"client": one.id, **_of(one.busy[0])}

    def bound(self) -> str:
        """A client who can come at some hours only, where there is one."""
        return next((one.id for one in self.week.clients if one.available), self.week.clients[0].id)

    def rule(self) -> Data:
        rule = self.rng.choice(list(RULES))
        return {"rule": rule, "mode": self.rng.choice(RULES[rule].modes)}

    def slot_and_days(self) -> Data:
        return {"slot": self.one("slots"), **self.rng.choice([{}, {"days": self.days()}])}

    def candidate(self) -> str:
        return self.rng.choice([one.id for one in self.week.cohorts if one.status == "candidate"])

    def bounds(self) -> Data:
        return self.rng.choice([{"max": self.rng.randint(10, 14)}, {"min": 1, "max": 12}, {"min": 2}])

    def records(self) -> Data:
        """A list in another order, records exchanged, something of last week."""
        items = self.rng.choice(
            [name for name in ("sites", "clients", "services") if len(getattr(self.week, name)) > 1]
        )
        listed = getattr(self.week, items)
        moved = self.rng.choice(listed)
        session = self.rng.choice(self.week.previous.sessions).model_dump(mode="json")
        return {
            items: {
                "take_out": [moved.id],
                "put": [{"at": self.rng.randrange(len(listed)), "record": moved.model_dump(mode="json")}],
            },
            "sessions": {"take_out": [session]},
            "closures": {"put": [{"record": {"day": "sun"}}, {"record": {"day": "sun"}}]},
        }


DRAW: dict[str, Callable[[Drawn], Data]] = {
    "out": lambda at: {"clinician": at.one("clinicians"), **at.hours(), "why": "ill"},
    "back": lambda at: at.away(),
    "works": lambda at: {"clinician": at.one("clinicians"), **at.windows()[0]},
    "extra": lambda at: {"clinician": at.one("clinicians"), **at.windows()[0], "start": "05:00"},
    "working-hours": lambda at: {"clinician": at.one("clinicians"), "available": at.windows()},
    "load": lambda at: {"clinician": at.one("clinicians"), "caseload": None, "max_hours_week": 20},
    "hire": lambda at: {"clinician": at.copy("clinicians")},
    "hire-like": lambda at: {"clinician": "brand-new-too", "like": at.one("clinicians")},
    "leave": lambda at: {"clinician": at.one("clinicians")},
    "admit": lambda at: {"client": at.copy("clients")},
    "admit-like": lambda at: {"client": "brand-new-too", "like": at.one("clients")},
    "surge": lambda at: {"count": at.rng.randint(1, 4), "like": at.one("clients")},
    "admit-typical": lambda at: {"count": at.rng.randint(1, 4), "slot": at.one("slots")},
    "discharge": lambda at: {"client": at.one("clients"), **at.rng.choice([{}, {"last_day": "thu"}])},
    "pause": lambda at: {"client": at.current()},
    "days": lambda at: {"client": at.current(), "days": [2, 3], "step_down": True},
    "weekdays": lambda at: {"client": at.current(), "weekdays": ["mon", "tue", "wed", "thu", "fri"]},
    "hours": lambda at: {"client": at.current(), "max": 19.5},
    "service": lambda at: {"client": at.current(), "service": "individual", "count": at.rng.randint(0, 2)},
    "authorise": lambda at: {"client": at.current(), "days": 3, "last": "2027-01-01"},
    "available": lambda at: {"client": at.one("clients"), "available": at.windows()},
    "comes": lambda at: {"client": at.bound(), "days": ["sun"], "start": "05:00", "end": "06:00"},
    "busy": lambda at: {"client": at.one("clients"), **at.hours()},
    "free": lambda at: at.busy(),
    "absent": lambda at: {"client": at.one("clients"), **at.hours()},
    "close": lambda at: {"days": at.days(), "sites": at.rng.choice([[], [at.one("sites")]])},
    "reopen": lambda at: {"days": [one.day.code for one in at.week.closures[:1]] or ["mon"]},
    "close-room": lambda at: {"room": at.one("rooms"), **at.hours()},
    "room": lambda at: {"room": at.one("rooms"), "capacity": 20, "available": at.windows()},
    "room-like": lambda at: {"room": "brand-new", "like": at.one("rooms")},
    "open": lambda at: {"cohort": at.candidate()},
    "cohort": lambda at: {"cohort": at.copy("cohorts")},
    "close-cohort": lambda at: {"cohort": at.one("cohorts")},
    "move": lambda at: {"cohort": at.one("cohorts"), **at.slot_and_days()},
    "cohort-size": lambda at: at.bounds(),
    "attendance": lambda at: {"agenda": at.one("agendas"), **at.bounds()},
    "slot": lambda at: {"slot": "brand-new", "start": "10:00", "days": at.days(), "by_day": {"thu": "11:00"}},
    "offer": lambda at: {"cohort": at.candidate(), **at.slot_and_days()},
    "max-new-cohorts": lambda at: {"most": at.rng.choice([None, 0, 3])},
    "rule": lambda at: at.rule(),
    "weight": lambda at: {"penalty": at.rng.choice(list(PENALTIES)), "weight": at.rng.choice([None, 3, 77])},
    "limit": lambda at: {"limit": "max_moves", "value": at.rng.choice([None, 0, 9])},
    "pin": lambda at: {"pin": {"id": "brand-new", "place": {"client": at.one("clients")}}},
    "pin-place": lambda at: {"client": at.one("clients"), "cohort": at.one("cohorts"), "days": at.days()},
    "unpin": lambda at: {"pin": at.one("pins")},
    "records": lambda at: at.records(),
}  # fmt: skip


def drawn(kind: str, rng: Random, week: ProgramWeek) -> Change:
    """One change of a kind; whether the week takes it is another question."""
    made, faults = validated(KINDS[kind], {"change": kind, **DRAW[kind](Drawn(rng, week))})
    assert made is not None, (kind, faults)
    return made


def scenario(kinds: list[str], rng: Random, week: ProgramWeek, policy: Policy) -> Scenario:
    """A scenario of as many of these kinds, one after another, as the week takes within a few draws each."""
    found = Scenario("drawn", "", ())
    now = week
    for kind in kinds:
        for _ in range(6):
            longer = Scenario("drawn", "", (*found.changes, drawn(kind, rng, now)))
            try:
                now = apply(week, policy, [longer]).week
            except InputProblems:
                continue
            found = longer
            break
    return found


def _of(window: Window) -> Data:
    return {
        key: value for key, value in window.model_dump(mode="json").items() if key in ("days", "start", "end")
    }
