"""From plain data to a model, with all that is wrong; and as much of the model as can be had anyway."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from iop_sched.week.document import Document, Fault, Path
from iop_sched.week.problems import InputProblems
from iop_sched.week.shape import fields_at
from iop_sched.week.translating import translate

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Draft(Generic[M]):
    """What remains of a file without the parts that are wrong, so that the rest can be checked as well.

    ``kept`` gives, for a list that lost items, the places in the file of those that remain.
    """

    model: M
    kept: dict[Path, list[int]]

    def in_file(self, path: Path) -> Path:
        """A path inside the draft as a path in the file."""
        return _in_file(path, self.kept)


def validated(model: type[M], data: Any) -> tuple[M | None, list[Fault]]:
    """The model, or what is wrong with the data.

    Strict as in JSON: ``"no"`` is not false and ``"3"`` is not 3, while dates are read from text.
    """
    try:
        return model.model_validate_json(json.dumps(data), strict=True), []
    except ValidationError as error:
        return None, _faults(model, data, error)


def problems_of(document: Document, faults: Iterable[Fault]) -> InputProblems:
    """Faults of a document's data, with their positions in the file, and what was found in reading it."""
    telling = [fault for fault in dict.fromkeys(faults) if not document.says_nothing(fault)]
    found = [document.problem(fault) for fault in telling]
    return InputProblems(dict.fromkeys([*document.problems, *found]))


def drafted(model: type[M], data: Any) -> Draft[M] | None:
    """The model without the parts of the data that are wrong; none when nothing is left."""
    left = json.loads(json.dumps(data))
    kept: dict[Path, list[int]] = {}
    while True:
        try:
            return Draft(model.model_validate_json(json.dumps(left), strict=True), kept)
        except ValidationError as error:
            paths = {_removed(left, one) for one in _errors(error)}
        if () in paths:
            return None
        for path in sorted(paths, key=_last_first, reverse=True):
            _remove(left, path, kept)


def _faults(model: type[BaseModel], data: Any, error: ValidationError) -> list[Fault]:
    faults: dict[tuple[Path, bool], Fault] = {}
    errors = [(one, _path(data, one)) for one in _errors(error)]
    around_errors = {path[:end] for _, path in errors for end in range(len(path))}
    for one, path in errors:
        if one["type"] == "too_short" and path in around_errors:
            continue  # Only too short because its items are wrong, which is reported.
        fault = translate(one, path, list(fields_at(model, path[:-1])))
        key = (path, fault.of_key)
        first = faults.get(key)
        # A value that may be one of two kinds is reported once for each of them.
        faults[key] = fault if first is None else _either(first, fault)
    return list(faults.values())


def _either(first: Fault, second: Fault) -> Fault:
    right = first.right if first.right == second.right else f"{first.right}, or {second.right}"
    return Fault(first.path, first.what, right, first.of_key)


def _errors(error: ValidationError) -> list[ErrorDetails]:
    return error.errors(include_url=False, include_input=False)


def _path(data: Any, error: ErrorDetails) -> Path:
    """The location without what pydantic adds for unions and keys; a missing field keeps its own name."""
    path: Path = ()
    value = data
    for step in error["loc"]:
        in_list = isinstance(value, list) and isinstance(step, int) and step < len(value)
        if in_list or (isinstance(value, dict) and step in value):
            value = value[step]
        elif error["type"] == "missing" and step == error["loc"][-1]:
            return (*path, step)
        else:
            break
        path = (*path, step)
    return path


def _removed(data: Any, error: ErrorDetails) -> Path:
    """What to leave out because of an error: the value itself, or whatever lacks something."""
    path = _path(data, error)
    return path[:-1] if error["type"] == "missing" else path


def _last_first(path: Path) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _remove(data: Any, path: Path, kept: dict[Path, list[int]]) -> None:
    around = data
    for step in path[:-1]:
        around = around[step]
    if isinstance(around, list):
        places = kept.setdefault(_in_file(path[:-1], kept), list(range(len(around))))
        del places[int(path[-1])]
    del around[path[-1]]


def _in_file(path: Path, kept: dict[Path, list[int]]) -> Path:
    found: Path = ()
    for step in path:
        places = kept.get(found)
        found = (*found, places[step] if places is not None and isinstance(step, int) else step)
    return found
