"""Files as program weeks, policies and names; all that is wrong with a file is said at once.

Every function raises ``InputProblems``, and nothing else, about what is in a file.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from iop_sched.week.care import LevelOfCare
from iop_sched.week.document import Document, Fault
from iop_sched.week.document import Path as Place
from iop_sched.week.earlier import looking_back
from iop_sched.week.files import read_roster
from iop_sched.week.names import KINDS, Names, NamesFile, names_faults
from iop_sched.week.nearest import nearest
from iop_sched.week.places import Site
from iop_sched.week.policy import Policy, policy_folder, policy_names
from iop_sched.week.policy_file import policy_faults, read_toml
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.program import ProgramWeek
from iop_sched.week.reading import is_tables, read_document, read_text
from iop_sched.week.references import contradictions
from iop_sched.week.references.ids import repeated
from iop_sched.week.result import RosterFile
from iop_sched.week.validating import Draft, drafted, problems_of, validated


class _WeekDraft(ProgramWeek):
    """What could be read of a week: nothing is required of it."""

    program: Annotated[str, Field(max_length=120)] = "-"
    week_of: date = date(2024, 1, 1)
    sites: tuple[Site, ...] = ()
    levels: tuple[LevelOfCare, ...] = ()


def load_week(path: str | Path) -> ProgramWeek:
    """Read and check a program week: YAML, JSON, a workbook or a folder of CSV files.

    Raises ``InputProblems`` with all that is wrong.
    """
    document = read_week_document(path)
    week, faults = validated(ProgramWeek, document.data)
    repeats = list(repeated(document.data))
    if week is not None:
        found = [*repeats, *contradictions(week, document.data)]
    else:
        found = [*faults, *repeats, *_beside(document, faults)]
    if week is None or found or document.problems:
        raise problems_of(document, found)
    return week


def read_week_document(path: str | Path) -> Document:
    """The data of a program week's file, whichever kind it is, with where each part stands.

    Raises ``InputProblems`` when the file cannot be read at all.
    """
    if is_tables(path):
        from iop_sched.tables.reading import read_tables

        return read_tables(path)
    return read_document(path)


def _beside(document: Document, faults: list[Fault]) -> list[Fault]:
    """What is wrong apart from ``faults``, in the parts of the file that they leave."""
    data: Any = document.data
    if any(fault.path == ("grid",) for fault in faults):
        data = {**data, "grid": 5}
    draft: Draft[_WeekDraft] | None = drafted(_WeekDraft, data)
    if draft is None:
        return []
    # Where something was left out, its absence must not be reported as well.
    spoilt: set[Place] = {fault.path[:end] for fault in faults for end in range(1, len(fault.path) + 1)}
    beside = []
    for fault in contradictions(draft.model, data):
        path = draft.in_file(fault.path)
        if path not in spoilt:
            beside.append(replace(fault, path=path))
    return beside


def load_week_with_previous(path: str | Path, previous: RosterFile | str | Path | None) -> ProgramWeek:
    """A program week that looks back on a roster (or on the file of one) instead of its own ``previous``.

    Clients, cohorts, slots, clinicians and services that no longer exist are left out of it.
    """
    week = load_week(path)
    if previous is None:
        return week
    return looking_back(week, previous if isinstance(previous, RosterFile) else read_roster(previous))


def load_names(path: str | Path, week: ProgramWeek | None = None) -> Names:
    """Display names: YAML, JSON, or a table as a workbook or a CSV file.

    Raises ``InputProblems`` with all that is wrong; given the week, also about ids that it does not have. No
    name is repeated, nor what stands where an id should and may be one.
    """
    if is_tables(path) and not os.path.isdir(path):
        from iop_sched.tables.names_table import read_names_table

        return Names(read_names_table(path, week))
    try:
        document = read_document(path)
        file, faults = validated(NamesFile, document.data)
        if file is not None:
            faults = list(names_faults(file, week))
        if file is None or faults:
            raise problems_of(document, faults)
    except InputProblems as error:
        known = set() if week is None else {one.id for kind in KINDS for one in getattr(week, kind)}
        raise InputProblems(_without_names(one, known) for one in error.problems) from None
    return Names(file.by_id)


def _without_names(problem: Problem, known: Collection[str]) -> Problem:
    """A problem of a names file whose place is told by an id of the week, or by the kind alone."""
    kind, _, id_ = problem.where.partition(".")
    return problem if id_ in known else replace(problem, where=kind)


def load_policy_file(name_or_path: str | Path) -> Policy:
    """A named policy, or one from a TOML file; raises ``InputProblems``."""
    named = policy_folder() / f"{name_or_path}.toml"
    if not os.path.isfile(named) and not os.path.exists(name_or_path):
        close = nearest(str(name_or_path), policy_names())
        right = f"did you mean '{close}'?" if close else f"write {', '.join(policy_names())}, or a path"
        raise InputProblems([Problem(str(name_or_path), 0, 0, "", "there is no such policy or file", right)])
    path = named if os.path.isfile(named) else Path(name_or_path)
    document = read_toml(str(path), read_text(path))
    named_faults = list(policy_faults(document.data))
    policy, faults = validated(Policy, document.data)
    if named_faults:
        # The policy's own validator stops at the first of them.
        faults = [*named_faults, *(fault for fault in faults if fault.path)]
    if policy is None or faults:
        raise problems_of(document, faults)
    return policy
