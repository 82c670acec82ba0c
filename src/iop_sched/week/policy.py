"""The policy: which rules are hard, soft or off, what each penalty weighs, and the tiers' order.

``RULES`` and ``PENALTIES`` are the two tables that everything else refers to by name.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from iop_sched.week.base import Frozen

Mode = Literal["hard", "soft", "off"]
Tier = Literal["kept", "placed", "dose", "continuity", "preference", "cost"]
TIERS: tuple[Tier, ...] = ("kept", "placed", "dose", "continuity", "preference", "cost")


@dataclass(frozen=True)
class RuleInfo:
    """What a policy may do with a rule."""

    family: str
    mode: Mode = "hard"
    modes: tuple[Mode, ...] = ("hard", "off")


_STARRED: tuple[Mode, ...] = ("hard", "soft", "off")
_PHYSICS: tuple[Mode, ...] = ("hard",)
_WISH: tuple[Mode, ...] = ("soft", "off")

RULES: dict[str, RuleInfo] = {
    "eligibility": RuleInfo("cohorts"),
    "cohort-size": RuleInfo("cohorts", "hard", _STARRED),
    "meeting-attendance": RuleInfo("cohorts", "hard", _STARRED),
    "meeting-held": RuleInfo("cohorts", "soft", _STARRED),
    "companions": RuleInfo("cohorts"),
    "max-moves": RuleInfo("cohorts"),
    "track": RuleInfo("tracks"),
    "stay": RuleInfo("tracks"),
    "intake": RuleInfo("tracks"),
    "weekly-hours": RuleInfo("dosage"),
    "program-day": RuleInfo("dosage"),
    "authorisation": RuleInfo("dosage", "soft", _STARRED),
    "group-share": RuleInfo("dosage", "soft", _STARRED),
    "client-time": RuleInfo("people's time", "hard", _PHYSICS),
    "clinician-time": RuleInfo("people's time", "hard", _PHYSICS),
    "clinician-load": RuleInfo("people's time", "hard", _STARRED),
    "facilitation": RuleInfo("people's time"),
    "care-team": RuleInfo("people's time"),
    "service-delivery": RuleInfo("services", "soft", _STARRED),
    "service-staff": RuleInfo("services"),
    "primary": RuleInfo("services", "hard", _STARRED),
    "service-timing": RuleInfo("services", "hard", _STARRED),
    "open-group": RuleInfo("services"),
    "rooms": RuleInfo("places", "hard", _PHYSICS),
    "supply": RuleInfo("places"),
    "pins": RuleInfo("will"),
    "continuity": RuleInfo("will", "soft", _WISH),
    "preferences": RuleInfo("will", "soft", _WISH),
    "balance": RuleInfo("will", "soft", _WISH),
    "cost": RuleInfo("will", "soft", _WISH),
}


@dataclass(frozen=True)
class Penalty:
    """One thing that costs: its rule (or the tier that owns it), tier, default weight, unit."""

    rule: str
    tier: Tier
    weight: int
    unit: str


PENALTIES: dict[str, Penalty] = {
    "kept": Penalty("kept", "kept", 1, "current client who loses their place"),
    "meeting-held": Penalty("meeting-held", "kept", 1, "meeting not held (times all current clients + 1)"),
    "placed": Penalty("placed", "placed", 1, "point of a client not placed"),
    "intake.unassessed": Penalty("intake", "placed", 1, "point of a referral not assessed"),
    "weekly-hours.short": Penalty("weekly-hours", "dose", 1, "minute below target"),
    "service-delivery.missing": Penalty("service-delivery", "dose", 1, "point of a missing service"),
    "continuity.cohort": Penalty("continuity", "continuity", 600, "client whose cohort changed"),
    "continuity.slot": Penalty("continuity", "continuity", 300, "client whose slot changed"),
    "continuity.primary": Penalty("continuity", "continuity", 600, "client whose primary changed"),
    "continuity.leader": Penalty("continuity", "continuity", 600, "cohort whose leader changed"),
    "continuity.day": Penalty("continuity", "continuity", 120, "weekday of a pattern lost"),
    "continuity.session": Penalty("continuity", "continuity", 1, "minute that a session moved"),
    "primary.cover": Penalty("primary", "continuity", 120, "session given by a covering clinician"),
    "primary.caseload": Penalty("primary", "continuity", 900, "client above a caseload"),
    "service-timing": Penalty("service-timing", "continuity", 240, "breach of spacing, spread or order"),
    "preferences.slot": Penalty("preferences", "preference", 60, "client in a slot not preferred"),
    "preferences.day": Penalty("preferences", "preference", 20, "weekday of a pattern not preferred"),
    "preferences.clinician": Penalty(
        "preferences", "preference", 20, "session without a preferred clinician"
    ),
    "preferences.compact": Penalty("preferences", "preference", 40, "day with sessions alone"),
    "stay.delay": Penalty("stay", "preference", 30, "day that a start is delayed"),
    "group-share": Penalty("group-share", "preference", 1, "minute outside the band"),
    "authorisation.hours": Penalty("authorisation", "cost", 1, "minute beyond the authorisation"),
    "authorisation.days": Penalty("authorisation", "cost", 180, "day beyond the authorisation"),
    "cohort-size.below": Penalty("cohort-size", "cost", 60, "member below a running cohort's least"),
    "cohort-size.above": Penalty("cohort-size", "cost", 600, "member above a cohort's most"),
    "meeting-attendance.below": Penalty("meeting-attendance", "cost", 10, "client below a block's least"),
    "meeting-attendance.above": Penalty("meeting-attendance", "cost", 300, "client above a block's most"),
    "clinician-load.minutes": Penalty("clinician-load", "cost", 5, "minute above a clinician's most"),
    "clinician-load.groups": Penalty("clinician-load", "cost", 120, "group above a clinician's most a day"),
    "balance.cohorts": Penalty("balance", "cost", 20, "member between largest and smallest cohort"),
    "balance.workload": Penalty(
        "balance", "cost", 10, "percent of contract above busy_at, busiest clinician"
    ),
    "cost.meeting": Penalty("cost", "cost", 60, "meeting held"),
    "cost.staff": Penalty("cost", "cost", 1, "staff minute scheduled"),
    "cost.overtime": Penalty("cost", "cost", 2, "minute beyond a contract"),
}


class Limits(Frozen):
    """Numbers that rules refer to."""

    max_moves: Annotated[
        int | None, Field(ge=0, description="most settled clients who may change cohort; none: no limit")
    ] = 3
    session_move_cap: Annotated[
        int, Field(ge=0, le=10080, description="most minutes counted for a moved session")
    ] = 240
    busy_at: Annotated[
        int, Field(ge=0, le=200, description="percent of contract above which load is unbalanced")
    ] = 80
    priority_points: Annotated[int, Field(ge=1, le=1000, description="points for each step of priority")] = 20
    waiting_points: Annotated[int, Field(ge=0, le=100, description="points for each day waited")] = 1
    waiting_cap: Annotated[int, Field(ge=0, le=1000, description="most points for waiting")] = 40


class Policy(Frozen):
    """What the director wants of the week; rules and weights not named keep their defaults."""

    name: Annotated[str, Field(max_length=60, description="name")] = "standard"
    description: Annotated[str, Field(max_length=400, description="what it is for")] = ""
    tiers: Annotated[tuple[Tier, ...], Field(description="order in which the tiers are solved")] = TIERS
    rules: Annotated[dict[str, Mode], Field(description="rule id to hard, soft or off")] = {}
    weights: Annotated[dict[str, int], Field(description="penalty name to weight")] = {}
    tier_weights: Annotated[
        dict[Tier, int], Field(description="weight of each tier under --objective weighted")
    ] = {
        "kept": 100_000,
        "placed": 1_000,
        "dose": 20,
        "continuity": 4,
        "preference": 2,
        "cost": 1,
    }
    limits: Annotated[Limits, Field(description="numbers that rules refer to")] = Limits()

    @model_validator(mode="after")
    def _names_are_known(self) -> Policy:
        if sorted(self.tiers) != sorted(TIERS):
            raise ValueError(f"tiers must name each of {', '.join(TIERS)} once")
        if set(self.tier_weights) != set(TIERS) or min(self.tier_weights.values()) < 0:
            raise ValueError(f"tier_weights must give each of {', '.join(TIERS)} a weight of 0 or more")
        for rule, mode in self.rules.items():
            if rule not in RULES:
                raise ValueError(f"rules: no rule is called {rule!r}")
            if mode not in RULES[rule].modes:
                raise ValueError(f"rules: {rule} can be {' or '.join(RULES[rule].modes)}, not {mode}")
        for name, weight in self.weights.items():
            if name not in PENALTIES:
                raise ValueError(f"weights: no penalty is called {name!r}")
            if not 0 <= weight <= 10_000:
                raise ValueError(f"weights: {name} must lie between 0 and 10000")
        return self

    def mode(self, rule: str) -> Mode:
        """Whether a rule is hard, soft or off."""
        return self.rules.get(rule, RULES[rule].mode)

    def weight(self, penalty: str) -> int:
        """Weight of a penalty, by its name in ``PENALTIES``."""
        return self.weights.get(penalty, PENALTIES[penalty].weight)


def policy_folder() -> Path:
    """The folder with the named policies: inside the installed package, or ``models/`` of a checkout."""
    packaged = Path(str(resources.files("iop_sched"))) / "models"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "models"


def policy_names() -> list[str]:
    """Names that ``--policy`` takes."""
    return sorted(path.stem for path in policy_folder().glob("*.toml"))


def load_policy(name_or_path: str) -> Policy:
    """A named policy, or one from a TOML file.

    Raises ``ValueError`` (a pydantic or TOML error among them) when it cannot be read.
    """
    named = policy_folder() / f"{name_or_path}.toml"
    path = named if named.is_file() else Path(name_or_path)
    if not path.is_file():
        raise ValueError(f"no policy {name_or_path!r}; there are {', '.join(policy_names())}, or give a path")
    return Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
