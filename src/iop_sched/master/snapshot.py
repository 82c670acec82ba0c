"""The full model's constraints as a protocol buffer that Python reads fast."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from ortools.sat import cp_model_pb2
from ortools.sat.python import cp_model


def snapshot(cp: cp_model.CpModel) -> Any:
    """A copy of the model as a ``CpModelProto``.

    ``CpModel.proto`` says the same five times slower, as each of its fields is an object of OR-Tools' own.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.pb"
        if not cp.export_to_file(str(path)):
            raise RuntimeError("the model could not be written to a temporary file")
        return cp_model_pb2.CpModelProto.FromString(path.read_bytes())


def kind_of(constraint: Any) -> str:
    """The kind of a constraint: ``linear``, ``no_overlap`` …; empty for one without."""
    return constraint.WhichOneof("constraint") or ""


def pairs(domain: list[int]) -> list[tuple[int, int]]:
    """A flat domain as closed ranges."""
    return list(zip(domain[::2], domain[1::2], strict=True))
