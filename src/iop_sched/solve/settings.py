"""Settings of the solver that a study varies and a settings file keeps: TOML in and out.

    [cpsat]
    linearization_level = 2

    [staged]
    without = []

What has an option of its own (time limit, workers, seed) is not a setting.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from iop_sched.solve import cpsat_parameters
from iop_sched.week.base import Frozen
from iop_sched.week.document import Fault
from iop_sched.week.document import Path as Place
from iop_sched.week.files import write_text
from iop_sched.week.policy_file import read_toml
from iop_sched.week.reading import read_text
from iop_sched.week.validating import problems_of, validated

IDEAS = {
    "quick-start": "a first roster much like last week's, before anything else",
    "guide": "a roster by the weighted sum before the tiers are taken one by one",
    "windows": "the rows that no-overlap implies for cell sets of a day",
    "meetings": "the master's rows that take other people's meetings into account",
    "support": "a first MIP over what the linear relaxation uses",
    "moves": "the master's columns for a session near its old time",
    "redundant": "windows, meetings and moves in CP-SAT's model too",
    "branching": "which cohorts open settled in the relaxation, and what follows for the rest",
    "rounding": "what the relaxation is sure of held, the first time",
    "cuts": "decisions without a timetable, kept out of the master from then on",
    "destructive": "rosters close to the bound refuted step by step, in a small week",
    "hand-over": "a week of medium size left to CP-SAT once the master has been followed",
    "provers": "CP-SAT's max_lp and neighbourhoods, a worker a core, in place of its usual portfolio",
    "alone": "a small week's tiers left to CP-SAT, without the master",
    "parts": "a large week taken apart",
}
"""What the staged strategy can leave out, to see what it is worth."""

Idea = Literal[
    "quick-start",
    "guide",
    "windows",
    "meetings",
    "moves",
    "redundant",
    "support",
    "branching",
    "rounding",
    "cuts",
    "destructive",
    "hand-over",
    "provers",
    "alone",
    "parts",
]


class StagedSettings(Frozen):
    """Options of the staged strategy."""

    without: Annotated[
        tuple[Idea, ...], Field(description=f"ideas left out, for ablation: {', '.join(IDEAS)}")
    ] = ()

    def record(self) -> dict[str, str | int | float | bool]:
        """What a roster file keeps: what is not the default."""
        return {"staged.without": ", ".join(self.without)} if self.without else {}


class SolverSettings(Frozen):
    """How the solver searches; nothing in it changes which rosters are good."""

    cpsat: Annotated[dict[str, Any], Field(description="CP-SAT parameters by name")] = {}
    staged: Annotated[StagedSettings, Field(description="options of the staged strategy")] = StagedSettings()

    @model_validator(mode="after")
    def _parameters_exist(self) -> SolverSettings:
        found = list(cpsat_parameters.faults(self.cpsat)) if self.cpsat else []
        if found:
            words = (f"{'.'.join(map(str, one.path))}: {one.what}; {one.right}" for one in found)
            raise ValueError("\n".join(words))
        return self

    def record(self) -> dict[str, str | int | float | bool]:
        """What a roster file keeps of these settings: nothing when all are as usual."""
        return {**cpsat_parameters.record(self.cpsat), **self.staged.record()}


def settings_faults(data: Any, path: Place = ()) -> Iterator[Fault]:
    """Everything wrong with settings as plain data; ``path`` is where they stand in their file."""
    if not isinstance(data, dict):
        yield Fault(path, "this is no table of settings", "write [cpsat] and [staged] below it")
        return
    table = data.get("cpsat", {})
    if isinstance(table, dict):
        yield from cpsat_parameters.faults(table, (*path, "cpsat"))
        data = {**data, "cpsat": {}}
    _, others = validated(SolverSettings, data)
    for fault in others:
        yield Fault((*path, *fault.path), fault.what, fault.right, fault.of_key, fault.own_word)


def load_settings(path: str | Path) -> SolverSettings:
    """Read a settings file; raises ``InputProblems`` with all that is wrong in it."""
    document = read_toml(str(path), read_text(path))
    found = list(settings_faults(document.data))
    if found:
        raise problems_of(document, found)
    return SolverSettings.model_validate(document.data)


def to_toml(settings: SolverSettings, comment: str = "") -> str:
    """Settings as the text of a settings file, below a comment."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    tables = {"cpsat": settings.cpsat, "staged": settings.staged.model_dump(exclude_defaults=True)}
    for name, table in tables.items():
        if table:
            lines += ["", f"[{name}]"]
            lines += [f"{key} = {_toml(value)}" for key, value in sorted(table.items())]
    return "\n".join(lines).lstrip("\n") + "\n"


def write_settings(path: str | Path, settings: SolverSettings, comment: str = "") -> None:
    """Write a settings file; raises ``OSError`` when it cannot."""
    write_text(path, to_toml(settings, comment) or "\n")


def _toml(value: Any) -> str:
    """A value in TOML, which writes texts, numbers and truth values as JSON does."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False)
