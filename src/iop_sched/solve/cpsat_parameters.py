"""CP-SAT's parameters by name: what may be set, what a value must be, and setting them.

The names, types and ranges are those of the installed solver: its own field descriptors and its own check.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from iop_sched.week.document import Fault, Path
from iop_sched.week.nearest import nearest

if TYPE_CHECKING:
    from google.protobuf.descriptor import Descriptor, FieldDescriptor
    from ortools.sat.python import cp_model

SUBSOLVERS = "subsolver_params"
_LIMIT = "use --time-limit"
_LOG = "the program follows the search itself"
_CRASH = "leave it out: CP-SAT's local search can end the whole program where all uses of a supply are fixed"
_MEANING = "leave it out: with it, the solver's answers would not mean what the program says they mean"

OWNED: dict[str, str] = {
    "num_workers": "use --workers",
    "num_search_workers": "use --workers",
    "random_seed": "use --seed",
    "max_time_in_seconds": _LIMIT,
    "max_deterministic_time": _LIMIT,
    "max_num_deterministic_batches": _LIMIT,
    "catch_sigint_signal": "the program listens to Ctrl-C itself",
    "log_search_progress": _LOG,
    "log_subsolver_statistics": _LOG,
    "log_prefix": _LOG,
    "log_to_stdout": _LOG,
    "log_to_response": _LOG,
    "use_feasibility_jump": _CRASH,
    "num_violation_ls": _CRASH,
    "use_ls_only": _CRASH,
    "absolute_gap_limit": _MEANING,
    "relative_gap_limit": _MEANING,
    "enumerate_all_solutions": _MEANING,
    "stop_after_first_solution": _MEANING,
    "stop_after_presolve": _MEANING,
    "stop_after_root_propagation": _MEANING,
    "fix_variables_to_their_hinted_value": _MEANING,
}
"""Parameters that the program sets or that it relies on, and what to do in their place."""


def faults(table: Mapping[str, Any], path: Path = ("cpsat",)) -> Iterator[Fault]:
    """Everything wrong with a table of parameters; ``path`` is where the table stands."""
    known = _fields()
    sound: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            yield Fault((*path, name), "CP-SAT has no parameter of this name", _meant(name), of_key=True)
        elif name in OWNED:
            yield Fault((*path, name), "the program sets this itself", OWNED[name], of_key=True)
        elif name == SUBSOLVERS:
            found = list(_subsolver_faults(value, (*path, name)))
            yield from found
            if not found:
                sound[name] = value
        elif not _fits(known[name], value):
            yield Fault((*path, name), "this parameter takes other values", _right(known[name]))
        else:
            sound[name] = value
    yield from _refused(sound, path)


def _subsolver_faults(value: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        yield Fault(path, "this parameter takes other values", "write a list of tables of parameters")
        return
    for number, one in enumerate(value):
        yield from faults(one, (*path, number))


def _refused(table: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    """What the solver itself says of each value, on a model without variables."""
    shared = {name: table[name] for name in table if name == SUBSOLVERS}
    found = False
    for name, value in table.items():
        words = _verdict({**shared, name: value})
        if words:
            found = True
            yield Fault((*path, name), "the solver refuses this value", words)
        if words and name == SUBSOLVERS:
            return
    words = "" if found or not table else _verdict(table)
    if words:
        yield Fault(path, "the solver refuses these values together", words)


def _verdict(table: Mapping[str, Any]) -> str:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    apply(solver, table)
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_time_in_seconds = 1
    status = solver.status_name(solver.solve(cp_model.CpModel()))
    return solver.response_proto.solution_info.rstrip(". ") if status == "MODEL_INVALID" else ""


def apply(solver: cp_model.CpSolver, table: Mapping[str, Any]) -> None:
    """Set parameters, which must have been found without fault."""
    from google.protobuf import json_format, text_format
    from ortools.sat import sat_parameters_pb2

    message = json_format.ParseDict(dict(table), sat_parameters_pb2.SatParameters())
    solver.parameters.merge_text_format(text_format.MessageToString(message))


def record(table: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    """Parameters as a roster file keeps them: ``cpsat.NAME`` to a plain value, lists as JSON text."""
    return {
        f"cpsat.{name}": json.dumps(value) if isinstance(value, (list, tuple)) else value
        for name, value in sorted(table.items())
    }


def _descriptor() -> Descriptor:
    from ortools.sat import sat_parameters_pb2

    found: Descriptor = sat_parameters_pb2.SatParameters.DESCRIPTOR
    return found


def _fields() -> dict[str, FieldDescriptor]:
    return {field.name: field for field in _descriptor().fields}


def _meant(name: str) -> str:
    close = nearest(name, [known for known in _fields() if known not in OWNED])
    return f"did you mean '{close}'?" if close else "see sat_parameters.proto of OR-Tools for the names"


def _fits(field: FieldDescriptor, value: Any) -> bool:
    if not field.is_repeated:
        return _is_one(field, value)
    return isinstance(value, (list, tuple)) and all(_is_one(field, one) for one in value)


def _is_one(field: FieldDescriptor, value: Any) -> bool:
    if field.cpp_type == field.CPPTYPE_BOOL:
        return isinstance(value, bool)
    if field.cpp_type == field.CPPTYPE_ENUM:
        return isinstance(value, str) and value in field.enum_type.values_by_name
    if field.cpp_type == field.CPPTYPE_STRING:
        return isinstance(value, str)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if field.cpp_type == field.CPPTYPE_DOUBLE:
        return math.isfinite(value)
    return isinstance(value, int) and abs(value) < 2 ** (31 if field.cpp_type == field.CPPTYPE_INT32 else 63)


def _right(field: FieldDescriptor) -> str:
    if field.cpp_type == field.CPPTYPE_ENUM:
        one = f"one of {', '.join(field.enum_type.values_by_name)}"
    else:
        one = {
            field.CPPTYPE_BOOL: "true or false",
            field.CPPTYPE_STRING: "a text",
            field.CPPTYPE_DOUBLE: "a number",
        }.get(field.cpp_type, "a whole number")
    return f"write a list, each {one}" if field.is_repeated else f"write {one}"
