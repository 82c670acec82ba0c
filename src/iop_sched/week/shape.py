"""The fields that a type has at some path inside it."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from iop_sched.week.document import Path


def fields_at(model: type[BaseModel], path: Path) -> Mapping[str, FieldInfo]:
    """Fields of the model at ``path`` inside ``model``; none where no model is."""
    kind: Any = model
    for step in path:
        kind = _inside(_core(kind), step)
    kind = _core(kind)
    return kind.model_fields if _is_model(kind) else {}


def _inside(kind: Any, step: str | int) -> Any:
    if _is_model(kind):
        field = kind.model_fields.get(step)
        return field.annotation if field is not None else None
    arguments = get_args(kind)
    if get_origin(kind) is tuple and isinstance(step, int) and arguments:
        return arguments[0]
    if get_origin(kind) is dict and len(arguments) == 2:
        return arguments[1]
    return None


def _core(kind: Any) -> Any:
    """Without ``Annotated`` and without "or none"."""
    while get_origin(kind) in (Annotated, Union, types.UnionType):
        kind = next((part for part in get_args(kind) if part is not type(None)), None)
    return kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
