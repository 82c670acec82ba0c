"""A tiny week in the making: plain data, a policy, and the rules that it is about."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from iop_sched.week.policy import PENALTIES, RULES, TIERS, Policy
from iop_sched.week.program import ProgramWeek

Raw = dict[str, Any]
T = TypeVar("T")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def clock(minutes: int) -> str:
    """Minutes after midnight as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def window(days: Iterable[str], start: int, end: int, **more: Any) -> Raw:
    """A window from ``start`` to ``end``, in minutes after midnight."""
    return {"days": list(days), "start": clock(start), "end": clock(end), **more}


class Draft:
    """Lists to add to, with names and values that keep the week tiny unless told otherwise."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.focus: set[str] = set()
        self.modes: dict[str, str] = {}
        self.weights: dict[str, int] = {}
        self.limits: dict[str, int | None] = {}
        self.tiers = list(TIERS)
        self.raw: Raw = {
            "program": "tiny",
            "week_of": "2026-03-02",
            "grid": 30,
            "sites": [{"id": "north"}],
            "levels": [],
            "slots": [{"id": "am", "start": "09:00"}, {"id": "pm", "start": "13:00"}],
            "previous": {"placements": [], "leaders": [], "sessions": []},
        }
        for name in LISTS:
            self.raw.setdefault(name, [])
        self.level("iop")

    # Chance

    def chance(self, probability: float) -> bool:
        """True so often."""
        return self.rng.random() < probability

    def pick(self, *options: T) -> T:
        """One of the options."""
        return self.rng.choice(options)

    def some(self, options: Sequence[T], least: int = 0, most: int | None = None) -> list[T]:
        """Some of the options, in their order."""
        count = self.rng.randint(least, len(options) if most is None else min(most, len(options)))
        chosen = set(self.rng.sample(range(len(options)), count))
        return [option for index, option in enumerate(options) if index in chosen]

    def days(self, least: int, most: int) -> list[str]:
        """Some weekdays; weekends are as likely as any."""
        return self.some(DAYS, least, most)

    # Parts

    def level(self, name: str, **more: Any) -> Raw:
        """A level of care that bounds nothing."""
        bounds = {"hours": {"min": 0, "max": 168}, "day_hours": {"min": 0, "max": 24}}
        return self._add("levels", {"id": name, **bounds, "days": {"min": 0, "max": 7}, **more})

    def agenda(self, name: str, *blocks: Raw) -> str:
        """An agenda."""
        return str(self._add("agendas", {"id": name, "blocks": list(blocks)})["id"])

    def block(self, name: str = "talk", after: int = 0, minutes: int = 60, **more: Any) -> Raw:
        """A block that needs nobody."""
        return {"id": name, "kind": name, "after": after, "minutes": minutes, **more}

    def cohort(self, days: Sequence[str] | None = None, slot: str | None = None, **more: Any) -> Raw:
        """A running cohort; its agenda is one block of an hour unless another is named."""
        if "agenda" not in more and not any(agenda["id"] == "talk" for agenda in self.raw["agendas"]):
            self.agenda("talk", self.block())
        option = {"slot": slot or "am", "days": list(days or self.days(1, 2))}
        base = {
            "id": f"c{len(self.raw['cohorts']) + 1}",
            "site": "north",
            "levels": ["iop"],
            "members": {"min": 0, "max": 9},
            "options": [option],
            "agenda": "talk",
        }
        return self._add("cohorts", base | more)

    def clinician(
        self, *roles: str, days: Sequence[str] = DAYS, start: int = 480, end: int = 1080, **more: Any
    ) -> Raw:
        """Somebody at work from ``start`` to ``end`` on some days."""
        name = f"k{len(self.raw['clinicians']) + 1}"
        base = {
            "id": name,
            "roles": list(roles) or ["therapist"],
            "sites": [site["id"] for site in self.raw["sites"]],
            "available": [window(days, start, end)],
        }
        return self._add("clinicians", base | more)

    def service(self, name: str, days: Sequence[str], start: int = 600, cells: int = 3, **more: Any) -> Raw:
        """A service of an hour, given in a window of ``cells`` grid cells from ``start``."""
        base = {
            "id": name,
            "minutes": 60,
            "staff": [{"roles": ["therapist"]}],
            "windows": [window(days, start, start + cells * self.raw["grid"])],
        }
        return self._add("services", base | more)

    def client(self, days: Sequence[int] = (1,), **more: Any) -> Raw:
        """Somebody who steps down, so that few days are allowed."""
        hours = more.pop("hours", (0, self.pick(1, 2, 3), 40))
        prescription = {
            "hours": {"min": hours[0], "target": hours[1], "max": hours[2]},
            "days": list(days),
            "services": more.pop("services", []),
        }
        if weekdays := more.pop("weekdays", None):
            prescription["weekdays"] = weekdays
        base = {
            "id": f"p{len(self.raw['clients']) + 1}",
            "level": "iop",
            "priority": self.rng.randint(1, 3),
            "step_down": True,
            "prescription": prescription,
        }
        return self._add("clients", base | more)

    def was(self, client: Raw, cohort: Raw | None, **more: Any) -> Raw:
        """Where a client was last week: the cohort's slot and days unless told otherwise."""
        base: Raw = {"client": client["id"]}
        if cohort is not None:
            option = cohort["options"][0]
            base |= {
                "cohort": cohort["id"],
                "slot": option["slot"],
                "days": option["days"][: self.rng.randint(1, 3)],
            }
        entry = base | more
        self.raw["previous"]["placements"].append(entry)
        return entry

    def had(self, client: Raw, service: str, day: str, start: int) -> None:
        """A session that a client had last week."""
        self.raw["previous"]["sessions"].append(
            {"client": client["id"], "service": service, "day": day, "start": clock(start)}
        )

    def pin(self, **more: Any) -> Raw:
        """A pin."""
        if more.get("overrides"):
            more["reason"] = "agreed"
        return self._add("pins", {"id": f"pin{len(self.raw['pins']) + 1}", **more})

    def add(self, name: str, entry: Any) -> Any:
        """An entry of one of the week's lists."""
        return self._add(name, entry)

    def _add(self, name: str, entry: Any) -> Any:
        self.raw[name].append(entry)
        return entry

    # The end

    def about(self, *rules: str) -> None:
        """Name the rules that the week is about, and now and then choose their modes."""
        self.focus.update(rules)
        for rule in rules:
            if "soft" in RULES[rule].modes and "hard" in RULES[rule].modes and self.chance(0.4):
                self.modes[rule] = self.pick("hard", "soft")

    def finish(self) -> tuple[ProgramWeek, Policy]:
        """The typed week and policy."""
        assert set(self.weights) <= set(PENALTIES)
        policy = Policy.model_validate(
            {"tiers": self.tiers, "rules": self.modes, "weights": self.weights, "limits": self.limits}
        )
        return ProgramWeek.model_validate(self.raw), policy


LISTS = (
    "closures",
    "rooms",
    "supplies",
    "payers",
    "agendas",
    "cohorts",
    "services",
    "clinicians",
    "care_teams",
    "clients",
    "apart",
    "together",
    "pins",
)
