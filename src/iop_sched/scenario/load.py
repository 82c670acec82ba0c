"""Scenario files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from iop_sched.scenario.change import Change, meant
from iop_sched.scenario.grammar import parse_change
from iop_sched.scenario.kinds import KINDS
from iop_sched.scenario.scenario import Origin, Scenario
from iop_sched.week.base import Frozen
from iop_sched.week.document import Document, Fault
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.reading import read_document
from iop_sched.week.validating import problems_of, validated
from iop_sched.week.visible import on_one_line


class ScenarioFile(Frozen):
    """What a scenario file holds; each change is a mapping with a field ``change``, or in short words."""

    name: Annotated[str | None, Field(max_length=60, description="name; none: that of the file")] = None
    description: Annotated[str, Field(max_length=400, description="what is tried, for the reader")] = ""
    changes: Annotated[tuple[Any, ...], Field(min_length=1, description="changes, one after another")]


def load_scenario(path: str | Path) -> Scenario:
    """Read a scenario, YAML or JSON; raises ``InputProblems`` with all that is wrong, line by line."""
    document = read_document(path)
    file, faults = validated(ScenarioFile, document.data)
    problems = list(problems_of(document, faults).problems)
    changes, origins = [], []
    for index, data in enumerate(_listed(document.data)):
        try:
            changes.append(_change(document, index, data))
            origins.append(_origin(document, index))
        except InputProblems as error:
            problems += error.problems
    if file is None or problems:
        raise InputProblems(problems)
    return Scenario(
        on_one_line(file.name or Path(path).stem), file.description, tuple(changes), tuple(origins)
    )


def load_scenarios(files: Iterable[Path], texts: Sequence[str]) -> list[Scenario]:
    """Scenario files, and after them the changes of ``texts``, in short words, as one more scenario.

    Raises ``InputProblems`` with all that is wrong in any of them.
    """
    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for path in files:
        try:
            scenarios.append(load_scenario(path))
        except InputProblems as error:
            problems += error.problems
    changes: list[Change] = []
    origins = tuple(Origin(f"--change {number}", text=text) for number, text in enumerate(texts, start=1))
    for text, origin in zip(texts, origins, strict=True):
        try:
            changes.append(parse_change(text, origin))
        except InputProblems as error:
            problems += error.problems
    if problems:
        raise InputProblems(problems)
    if changes:
        scenarios.append(Scenario(", ".join(texts), "", tuple(changes), origins))
    return scenarios


def _listed(data: Any) -> list[Any]:
    listed = data.get("changes") if isinstance(data, dict) else None
    return listed if isinstance(listed, list) else []


def _origin(document: Document, index: int) -> Origin:
    path = ("changes", index)
    return Origin(document.file, *document.position(path), document.where(path))


def _change(document: Document, index: int, data: Any) -> Change:
    path = ("changes", index)
    if isinstance(data, str):
        return parse_change(data, _origin(document, index))
    if not isinstance(data, dict):
        right = "write it in short words, such as 'close fri', or as 'change: close' with its fields"
        raise problems_of(document, [Fault(path, "this is no change", right)])
    word = data.get("change")
    if word is None:
        right = f"add 'change: …' with one of {', '.join(KINDS)}"
        raise problems_of(document, [Fault(path, "'change' is missing", right)])
    kind = KINDS.get(word) if isinstance(word, str) else None
    if kind is None:
        right = meant(word, KINDS) if isinstance(word, str) else f"write one of {', '.join(KINDS)}"
        raise problems_of(document, [Fault((*path, "change"), "there is no such change", right)])
    change, faults = validated(kind, data)
    if change is None:
        raise problems_of(document, [replace(fault, path=(*path, *fault.path)) for fault in faults])
    return change
