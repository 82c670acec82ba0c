"""What is the same in every synthetic week: words, levels of care, slots, agendas, services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Raw = dict[str, Any]

WEEK_OF = "2026-09-07"

VOCABULARY: Raw = {
    "roles": ["therapist", "counselor", "psychiatrist", "psychiatric-nurse", "case-manager", "body-worker"],
    "credentials": ["emdr-certified"],
    "modalities": ["cbt", "dbt", "act", "emdr", "yoga", "neurofeedback"],
    "populations": ["adults", "young-adults"],
    "needs": ["trauma", "substance-use"],
    "languages": ["english", "spanish"],
    "block_kinds": ["process", "skills", "psychoeducation", "movement", "meal"],
    "room_kinds": ["group", "family"],
    "supplies": ["office", "neurofeedback-chair"],
}

PAYERS: list[Raw] = [{"id": "blue"}, {"id": "state"}, {"id": "guild", "credentialed_only": True}]

LEVELS: list[Raw] = [
    {
        "id": "iop",
        "hours": {"min": 9, "max": 20},
        "day_hours": {"min": 3, "max": 5},
        "days": {"min": 3, "max": 5},
        "services_per_day": {"min": 3, "max": 5},
        "service_only_days": 2,
        "group_share": {"min": 60, "max": 70},
    },
    {
        "id": "iop-state",
        "hours": {"min": 9, "max": 19},
        "day_hours": {"min": 3, "max": 5},
        "days": {"min": 3, "max": 5},
        "max_days_between": 3,
        "service_only_days": 1,
        "group_share": {"min": 60, "max": 70},
    },
    {
        "id": "php",
        "hours": {"min": 20, "max": 30},
        "day_hours": {"min": 4, "max": 6.5},
        "days": {"min": 5, "max": 5},
        "services_per_day": {"min": 4, "max": 7},
        "group_share": {"min": 55, "max": 70},
    },
    {
        "id": "aftercare",
        "hours": {"min": 0, "max": 6},
        "day_hours": {"min": 0, "max": 3},
        "days": {"min": 1, "max": 3},
    },
]

SLOTS = {"morning": 9 * 60, "afternoon": 13 * 60 + 30, "evening": 17 * 60 + 30}
MEETING_MINUTES = 210
"""Clock minutes of a meeting, PHP's afternoon aside."""


@dataclass(frozen=True)
class BlockPlan:
    """A block as the planted roster needs it: times in minutes after the slot's start, on the grid."""

    id: str
    kind: str
    after: int
    minutes: int
    staff: tuple[Raw, ...]
    php: bool = False
    counts: bool = True
    group: bool = True
    may_leave: bool = False
    bounds: bool = False
    ratio: int | None = None

    def raw(self, most: int) -> Raw:
        """The block of a file, with ``most`` clients attending where it is bounded."""
        found: Raw = {"id": self.id, "kind": self.kind, "after": self.after, "minutes": self.minutes}
        if self.php:
            found["levels"] = ["php"]
        if self.bounds:
            found["attendance"] = {"min": 5, "max": most}
        if self.ratio is not None:
            found["ratio"] = self.ratio
        if self.staff:
            found["staff"] = list(self.staff)
        for name, value, usual in (
            ("group_therapy", self.group, True),
            ("counts", self.counts, True),
            ("may_leave", self.may_leave, False),
        ):
            if value != usual:
                found[name] = value
        return found


_LEADER: Raw = {"roles": ["therapist"], "lead": True}
_SKILLS: Raw = {"roles": ["counselor", "therapist"], "modalities": ["dbt"]}
_CLASS: Raw = {"roles": ["counselor", "case-manager"]}
_PROCESS = BlockPlan("process", "process", 0, 75, (_LEADER,), bounds=True)
_HALF_DAY = (
    _PROCESS,
    BlockPlan("skills", "skills", 90, 60, (_SKILLS,), bounds=True),
    BlockPlan("class", "psychoeducation", 150, 60, (_CLASS,), group=False),
)
_STAFFED = (
    _PROCESS,
    BlockPlan("skills", "skills", 90, 60, (_SKILLS,), bounds=True, ratio=8),
    BlockPlan("class", "psychoeducation", 150, 60, (_CLASS,), group=False),
)
_DAY = (
    *_HALF_DAY,
    BlockPlan("lunch", "meal", 210, 45, (), php=True, counts=False, group=False, may_leave=True),
    BlockPlan("php-skills", "skills", 270, 60, (_SKILLS,), php=True),
    BlockPlan(
        "movement",
        "movement",
        330,
        45,
        ({"roles": ["body-worker"], "modalities": ["yoga"]},),
        php=True,
        group=False,
    ),
)
AGENDAS: dict[str, tuple[BlockPlan, ...]] = {
    "day-program": _DAY,
    "half-day": _HALF_DAY,
    "staffed": _STAFFED,
    "online": _HALF_DAY,
}


@dataclass(frozen=True)
class ServicePlan:
    """A service. ``needs`` are its staff needs; ``extra`` goes to the file as it is."""

    id: str
    minutes: int
    needs: tuple[Raw, ...]
    extra: Raw
    group: bool = False

    @property
    def counts(self) -> bool:
        """Whether its minutes are dosage."""
        return bool(self.extra.get("counts", True))

    @property
    def room_kind(self) -> str | None:
        """Kind of room it needs in person."""
        kind: str | None = self.extra.get("room_kind")
        return kind

    @property
    def online(self) -> bool:
        """Whether it may be online."""
        return "telehealth" in self.extra

    @property
    def supplies(self) -> list[str]:
        """Kinds of supply that it uses in person."""
        return list(self.extra.get("supplies", ()))


_OFFICE = {"supplies": ["office"]}
_ONLINE = {"telehealth": "allowed"}
_EMDR: Raw = {"roles": ["therapist"], "credentials": ["emdr-certified"], "modalities": ["emdr"]}
_PRESCRIBER: Raw = {"roles": ["psychiatrist", "psychiatric-nurse"]}

SERVICES: dict[str, ServicePlan] = {
    plan.id: plan
    for plan in (
        ServicePlan(
            "individual",
            60,
            ({"roles": ["therapist"]},),
            {
                **_OFFICE,
                **_ONLINE,
                "primary": True,
                "spacing_days": 2,
                "follows": {"block_kind": "process", "min_days": 1, "max_days": 3},
            },
        ),
        ServicePlan(
            "support",
            60,
            ({"roles": ["therapist"]},),
            {**_OFFICE, **_ONLINE, "primary": True, "spacing_days": 1},
        ),
        ServicePlan("emdr", 60, (_EMDR,), {**_OFFICE, "at_most": {"count": 1, "days": 3}}),
        ServicePlan(
            "psych-eval", 60, ({"roles": ["psychiatrist"]},), {**_OFFICE, **_ONLINE, "missing_points": 120}
        ),
        ServicePlan("medication", 30, (_PRESCRIBER,), {**_OFFICE, **_ONLINE}),
        ServicePlan(
            "review", 30, ({"roles": ["therapist"]}, {"roles": ["case-manager"]}), {**_OFFICE, **_ONLINE}
        ),
        ServicePlan(
            "family-session", 60, ({"roles": ["therapist"]},), {"room_kind": "family", "family": True}
        ),
        ServicePlan("case-management", 30, ({"roles": ["case-manager"]},), dict(_ONLINE)),
        ServicePlan(
            "discharge-planning",
            45,
            ({"roles": ["case-manager"]},),
            {**_OFFICE, "follows": {"service": "individual", "min_days": 0, "max_days": 6}},
        ),
        ServicePlan(
            "neurofeedback",
            45,
            ({"roles": ["body-worker"], "modalities": ["neurofeedback"]},),
            {
                "supplies": ["neurofeedback-chair"],
                "windows": [{"days": "weekdays", "start": "08:30", "end": "20:00"}],
            },
        ),
        ServicePlan(
            "assessment",
            90,
            ({"roles": ["case-manager", "therapist"]},),
            {**_OFFICE, **_ONLINE, "counts": False},
        ),
        ServicePlan(
            "family-education",
            90,
            ({"roles": ["counselor", "case-manager"]},),
            {"participants": {"min": 4, "max": 16}, "room_kind": "group", "family": True},
            group=True,
        ),
        ServicePlan(
            "alumni",
            90,
            ({"roles": ["therapist", "counselor"]},),
            {"participants": {"min": 3, "max": 12}, "room_kind": "group", "group_therapy": True},
            group=True,
        ),
        ServicePlan(
            "yoga",
            60,
            ({"roles": ["body-worker"], "modalities": ["yoga"]},),
            {"participants": {"min": 3, "max": 10}, "room_kind": "group"},
            group=True,
        ),
    )
}
