"""Cases: the weeks that are tried, from scenario files, changes in short words, and sweeps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from iop_sched.scenario.apply import apply
from iop_sched.scenario.change import Changed
from iop_sched.scenario.load import load_scenario, load_scenarios
from iop_sched.scenario.scenario import Scenario
from iop_sched.scenario.sweep import sweep
from iop_sched.week.policy import Policy
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

Words = TypeVar("Words")

MOST_LETTERS = 60
"""Of a case's name in the name of a file."""

_NO_LETTERS = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True)
class Case:
    """A changed week and policy. ``asked`` are the options with which other commands get the same week.

    ``name`` is what the reader sees, ``file`` what files of the case are called; both are unique.
    """

    name: str
    file: str
    description: str
    asked: tuple[str, ...]
    changed: Changed

    def newcomers(self, week: ProgramWeek) -> tuple[Id, ...]:
        """Clients whom the unchanged ``week`` does not have."""
        known = {client.id for client in week.clients}
        return tuple(client.id for client in self.changed.week.clients if client.id not in known)


@dataclass(frozen=True)
class _Asked:
    """One case before its changes are made."""

    scenario: Scenario
    options: tuple[str, ...]


def load_cases(
    week: ProgramWeek,
    policy: Policy,
    scenarios: Sequence[Path],
    changes: Sequence[str],
    sweeps: Sequence[str],
) -> list[Case]:
    """A case for each scenario file, one for all changes together, and one for each value of each sweep.

    A sweep's values are combined with the changes, and not with other sweeps. Raises ``InputProblems`` with
    all that is wrong in what can be read, or else with all that cannot be applied.
    """
    asked = _asked(scenarios, changes, sweeps)
    problems: list[Problem] = []
    found: list[tuple[_Asked, Changed]] = []
    for one in asked:
        try:
            found.append((one, apply(week, policy, [one.scenario])))
        except InputProblems as error:
            problems += error.problems
    if problems:
        # a change that cannot be made is in every case of a sweep
        raise InputProblems(dict.fromkeys(problems))
    names = unique([one.scenario.name for one, _ in found], " ({})")
    files = unique([_file(name) for name in names], "-{}")
    return [
        Case(name, file, one.scenario.description, one.options, changed)
        for name, file, (one, changed) in zip(names, files, found, strict=True)
    ]


def _asked(scenarios: Sequence[Path], changes: Sequence[str], sweeps: Sequence[str]) -> list[_Asked]:
    problems: list[Problem] = []

    def read(load: Callable[[Words], list[Scenario]], words: Words) -> list[Scenario]:
        try:
            return load(words)
        except InputProblems as error:
            problems.extend(error.problems)
            return []

    files = [(path, read(lambda path: [load_scenario(path)], path)) for path in scenarios]
    words = read(lambda texts: load_scenarios((), texts), changes)
    values = [one for text in sweeps for one in read(sweep, text)]
    if problems:
        raise InputProblems(problems)
    options = tuple(word for text in changes for word in ("--change", text))
    return [
        *(_Asked(one, ("--scenario", str(path))) for path, found in files for one in found),
        *(_Asked(one, options) for one in words),
        *(_Asked(_both(words, one), (*options, "--change", one.name)) for one in values),
    ]


def _both(words: Sequence[Scenario], value: Scenario) -> Scenario:
    """All changes and one value of a sweep, as one scenario."""
    every = (*words, value)
    return replace(
        value,
        name=", ".join(one.name for one in every),
        changes=tuple(change for one in every for change in one.changes),
        origins=tuple(origin for one in every for origin in one.origins),
    )


def _file(name: str) -> str:
    return _NO_LETTERS.sub("-", name.lower())[:MOST_LETTERS].strip("-.") or "case"


def unique(names: Iterable[str], suffix: str) -> list[str]:
    """The names, with a number where one comes again."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for name in names:
        seen[name] += 1
        tried = name if seen[name] == 1 else name + suffix.format(seen[name])
        while tried in found:
            seen[name] += 1
            tried = name + suffix.format(seen[name])
        found.append(tried)
    return found
