"""A study as a TOML file says it: weeks × policies × objectives × contenders × settings × seeds × limits."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from iop_sched.bench.peers import CONTENDERS, contender
from iop_sched.solve.settings import SolverSettings, settings_faults
from iop_sched.week.base import Frozen
from iop_sched.week.document import Fault
from iop_sched.week.loading import load_policy_file
from iop_sched.week.nearest import nearest
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.policy_file import read_toml
from iop_sched.week.problems import InputProblems
from iop_sched.week.reading import read_text
from iop_sched.week.result import Objective
from iop_sched.week.validating import problems_of, validated

USUAL = "usual"


class Generated(Frozen):
    """A week that ``iop-sched generate`` makes; the runner keeps it beside the rows."""

    clients: Annotated[int, Field(ge=1, le=5000, description="clients")]
    sites: Annotated[int, Field(ge=1, le=100, description="sites")] = 1
    tightness: Annotated[
        Literal["low", "medium", "high"], Field(description="how scarce staff, seats and rooms are")
    ] = "medium"
    seed: Annotated[int, Field(ge=0, description="seed of the generator")] = 1

    @property
    def name(self) -> str:
        """Its name in rows and as a file."""
        return f"{self.clients}-clients-{self.sites}-sites-{self.tightness}-{self.seed}"


class Study(Frozen):
    """What is compared. Every list is crossed with every other; what makes no difference is run once."""

    name: Annotated[str, Field(min_length=1, max_length=60, description="name of the study")]
    about: Annotated[str, Field(max_length=1000, description="what it asks")] = ""
    instances: Annotated[
        tuple[str, ...], Field(description="program weeks: paths from the study's folder, * allowed")
    ] = ()
    generated: Annotated[tuple[Generated, ...], Field(description="weeks that the runner generates")] = ()
    policies: Annotated[tuple[str, ...], Field(min_length=1, description="named policies or paths")] = (
        "standard",
    )
    without_rules: Annotated[
        tuple[str, ...], Field(description="rules: each policy is run with all rules, and once without each")
    ] = ()
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1, description="objectives")] = (
        "weighted",
    )
    contenders: Annotated[tuple[str, ...], Field(min_length=1, description="strategies and peers")]
    workers: Annotated[
        tuple[Annotated[int, Field(ge=1, le=256)], ...], Field(min_length=1, description="search threads")
    ] = (8,)
    seeds: Annotated[
        tuple[Annotated[int, Field(ge=0, le=2**31 - 1)], ...], Field(min_length=1, description="seeds")
    ] = (1, 2, 3)
    time_limits: Annotated[
        tuple[Annotated[float, Field(gt=0, le=86_400)], ...],
        Field(min_length=1, description="seconds, deterministic ones under 'deterministic'"),
    ] = (60.0,)
    deterministic: Annotated[bool, Field(description="as solve --deterministic: one worker")] = False
    settings: Annotated[dict[str, SolverSettings], Field(description="solver settings by name")] = {
        USUAL: SolverSettings()
    }


def load_study(path: str | Path) -> Study:
    """Read a study; raises ``InputProblems`` with every mistake in it and in the policies it names."""
    document = read_toml(str(path), read_text(path))
    data = document.data
    found = list(_settings(data))
    study, faults = validated(Study, _without_settings(data))
    found += faults
    found += _repeated(data)
    found += _beside(data, Path(path).parent)
    if study is None or found:
        raise problems_of(document, found)
    problems = [one for name in study.policies for one in _policy_problems(name, Path(path).parent)]
    if problems:
        raise InputProblems(problems)
    settings = data.get("settings") or {USUAL: {}}
    return study.model_copy(
        update={"settings": {name: SolverSettings.model_validate(one) for name, one in settings.items()}}
    )


def _without_settings(data: Any) -> Any:
    return {key: value for key, value in data.items() if key != "settings"}


def _settings(data: dict[str, Any]) -> Iterator[Fault]:
    tables = data.get("settings", {})
    if not isinstance(tables, dict):
        yield Fault(("settings",), "these are no named settings", "write [settings.NAME.cpsat] tables")
        return
    for name, table in tables.items():
        yield from settings_faults(table, ("settings", name))


def _items(data: dict[str, Any], key: str) -> list[str]:
    """The texts in a list of the file; none where it is something else, which is reported elsewhere."""
    found = data.get(key)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _repeated(data: dict[str, Any]) -> Iterator[Fault]:
    for key, value in data.items():
        if isinstance(value, list) and any(one in value[:at] for at, one in enumerate(value)):
            yield Fault((key,), "something stands here twice", "write each once")


def _beside(data: dict[str, Any], folder: Path) -> Iterator[Fault]:
    """What no field can tell by itself: files, contenders, and what these cannot do."""
    if not data.get("instances") and not data.get("generated"):
        yield Fault(("instances",), "no week to solve is named", "write instances = [...] or [[generated]]")
    for pattern in _items(data, "instances"):
        if not week_files(folder, pattern):
            yield Fault(("instances",), f"there is no file {pattern}", f"paths begin in {folder}")
    asked = _items(data, "objectives") or ["weighted"]
    objectives = [one for one in asked if one in get_args(Objective)]
    for name in _items(data, "without_rules"):
        if name not in RULES:
            yield Fault(("without_rules",), f"there is no rule {name}", _meant(name, RULES))
        elif "off" not in RULES[name].modes:
            yield Fault(("without_rules",), f"{name} cannot be off", "the model cannot do without it")
    for name in _items(data, "contenders"):
        if name not in CONTENDERS:
            yield Fault(("contenders",), f"there is no contender {name}", _meant(name, CONTENDERS))
            continue
        yield from _cannot(name, objectives)


def _meant(name: str, known: Collection[str]) -> str:
    close = nearest(name, known)
    return f"did you mean '{close}'?" if close else f"write {', '.join(known)}"


def _cannot(name: str, objectives: list[str]) -> Iterator[Fault]:
    try:
        chosen = contender(name)
    except ImportError:
        return  # what it needs is not installed, which matters only when the study is run
    for objective in objectives:
        if objective not in chosen.objectives:
            able = " or ".join(chosen.objectives)
            yield Fault(("contenders",), f"{name} cannot minimise {objective}", f"it can do {able}")


def require_contenders(study: Study, path: str | Path) -> None:
    """Raises ``InputProblems`` about contenders that cannot run here, with what to install."""
    document = read_toml(str(path), read_text(path))
    found = []
    for name in study.contenders:
        try:
            missing = contender(name).missing()
        except ImportError as error:
            missing = f"install what it needs ({error.name})"
        if missing:
            found.append(Fault(("contenders",), f"{name} cannot run here", missing))
    if found:
        raise problems_of(document, found)


def week_files(folder: Path, pattern: str) -> list[Path]:
    """The files that an entry of ``instances`` means, in order."""
    return [Path(name) for name in sorted(glob.glob(os.path.join(folder, pattern))) if os.path.isfile(name)]


def without(policy: Policy, rule: str) -> Policy:
    """A policy with a rule off."""
    return policy.model_copy(update={"rules": {**policy.rules, rule: "off"}})


def policy_path(name: str, folder: Path) -> str:
    """A named policy as it is, a path as one from the study's folder."""
    path = folder / name
    return str(path) if path.suffix == ".toml" and path.is_file() else name


def _policy_problems(name: str, folder: Path) -> Iterator[Any]:
    try:
        load_policy_file(policy_path(name, folder))
    except InputProblems as error:
        yield from error.problems
