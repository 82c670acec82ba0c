"""Every part of a model with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel

from iop_sched.week.document import Path

P = TypeVar("P", bound=BaseModel)


def walk(model: BaseModel, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """``model`` and every model inside it."""
    yield path, model
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from walk(value, (*path, name))
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for index, item in enumerate(value):
                yield from walk(item, (*path, name, index))


def parts_of(model: BaseModel, kind: type[P]) -> Iterator[tuple[Path, P]]:
    """Every part of one type."""
    for path, part in walk(model):
        if isinstance(part, kind):
            yield path, part
