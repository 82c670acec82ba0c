"""What a column holds, from the types of the week: kind, words, default, where its ids come from."""

from __future__ import annotations

import types
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo

from iop_sched.tables.layout import ANY, Column, Role, Sheet, steps
from iop_sched.week.document import Path
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references.ids import TARGETS
from iop_sched.week.times import Day, parse_clock


class Kind(Enum):
    """How a cell is read and written; the value says so to a reader."""

    ID = "an id: letters, digits, '.', '_' and '-', no spaces"
    IDS = "one id, or several with commas between"
    TEXT = "any text"
    INT = "a whole number"
    INTS = "whole numbers with commas between, such as 3, 4"
    NUMBER = "a number, in quarters: 9, 9.25, 9.5"
    YES_NO = "yes or no"
    DATE = "a date, such as 2026-11-23"
    CLOCK = "a time, such as 09:30"
    DAY = "mon, tue, wed, thu, fri, sat or sun"
    DAYS = "weekdays such as mon, wed or mon-thu, or daily, weekdays, weekend"
    WORD = "one of the words of the list"
    WORDS = "one of the words of the list, or several with commas between"


LISTS = (Kind.IDS, Kind.INTS, Kind.DAYS, Kind.WORDS)


@dataclass(frozen=True)
class Leaf:
    """A field of the week as a column shows it.

    ``choices`` are the words of a drop-down; ``target`` names the list that ids come from
    (``vocabulary.roles``). ``required``: no item is without it. ``optional_part``: it belongs to a part of
    the item that may be missing as a whole, so that its presence has to show.
    """

    kind: Kind
    help: str
    required: bool
    optional_part: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    target: str | None = None


@dataclass(frozen=True)
class _Found:
    """A type inside the week, with the field it was reached by."""

    kind: Any
    metadata: tuple[Any, ...] = ()
    owner: str = ""
    field: FieldInfo | None = None
    required: bool = True
    optional_part: bool = False


def leaf(sheet: Sheet, column: Column) -> Leaf:
    """What a column of a sheet holds; of a column with several fields, what the first one says."""
    return _leaf(_where(sheet, column))


def _where(sheet: Sheet, column: Column) -> Path | None:
    """The path of the column's field in the week, with ``ANY`` for the items of lists."""
    if column.role is Role.TAG:
        return None
    tag = next(iter(sheet.addresses)) if isinstance(column.path, str) else next(iter(column.path))
    address = steps(sheet.addresses[tag])
    if column.role is Role.PARENT:
        depth = [place for place, step in enumerate(address) if step == ANY][sheet.parents.index(column)]
        return (*address[: depth + 1], "id")
    if sheet.by_column or not address:
        return (*address, *(column.path_in(tag) or ()))
    if column.role is Role.KEY:
        return address
    return (*address, ANY, *(column.path_in(tag) or ()))


@cache
def _leaf(where: Path | None) -> Leaf:
    if where is None:
        return Leaf(Kind.WORD, "", True)
    found = _Found(ProgramWeek)
    for step in where:
        found = _inside(found, step)
    target = TARGETS.get(found.owner)
    if get_origin(found.kind) is dict:  # of a mapping, the column of its keys
        return Leaf(Kind.ID, _help(found), True, target=target)
    kind, choices = _kind(found.kind, found.metadata)
    field = found.field
    of_mapping = field is not None and get_origin(field.annotation) is dict
    in_pair = isinstance(where[-1], int)
    needed = field is None or field.is_required() or in_pair or where[-1] == ANY
    return Leaf(
        kind,
        _help(found),
        found.required and needed,
        found.optional_part,
        None if field is None or needed or of_mapping else field.get_default(),
        choices,
        None if of_mapping else target,
    )


def _help(found: _Found) -> str:
    return (found.field.description or "") if found.field is not None else ""


def _inside(found: _Found, step: str | int) -> _Found:
    kind, _ = _bare(found.kind, found.metadata)
    if isinstance(kind, type) and get_origin(kind) is None and issubclass(kind, BaseModel):
        field = kind.model_fields[str(step)]
        inner, more = _bare(field.annotation, tuple(field.metadata))
        around = found.field is not None and not found.field.is_required() and found.owner != ""
        return _Found(
            inner,
            more,
            f"{kind.__name__}.{step}",
            field,
            found.required and not around,
            found.optional_part or (around and found.field is not None and found.field.default is None),
        )
    arguments = get_args(kind)
    of_values = get_origin(kind) is dict
    inner, more = _bare(arguments[1 if of_values else 0], ())
    # an item of a list is complete in itself, however optional the list is
    is_part = isinstance(inner, type) and get_origin(inner) is None and issubclass(inner, BaseModel)
    return _Found(inner, more, "" if is_part else found.owner, None if is_part else found.field)


def _bare(kind: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Without ``Annotated`` (whose metadata is kept) and without "or none"."""
    while True:
        if get_origin(kind) is Annotated:
            kind, metadata = kind.__origin__, (*kind.__metadata__, *metadata)
        elif get_origin(kind) in (Union, types.UnionType):
            parts = [part for part in get_args(kind) if part is not type(None)]
            if len(parts) != 1:
                return kind, metadata
            kind = parts[0]
        else:
            return kind, metadata


def _kind(kind: Any, metadata: Iterable[Any]) -> tuple[Kind, tuple[str, ...]]:
    """The kind of a plain field, and its words where it has a list of them."""
    if get_origin(kind) is tuple:
        inner, more = _bare(get_args(kind)[0], ())
        one, choices = _kind(inner, more)
        return {Kind.ID: Kind.IDS, Kind.INT: Kind.INTS, Kind.DAY: Kind.DAYS, Kind.WORD: Kind.WORDS}[
            one
        ], choices
    if get_origin(kind) is Literal:
        words = get_args(kind)
        whole = all(isinstance(word, int) for word in words)
        return Kind.INT if whole else Kind.WORD, tuple(map(str, words))
    if get_origin(kind) in (Union, types.UnionType):
        parts = [_kind(*_bare(part, ())) for part in get_args(kind)]
        return Kind.WORD, tuple(word for _, words in parts for word in words)
    if kind is Day:
        return Kind.DAY, tuple(day.code for day in Day)
    if kind is int:
        clock = any(isinstance(one, BeforeValidator) and one.func is parse_clock for one in metadata)
        return (Kind.CLOCK if clock else Kind.INT), ()
    if kind is str:
        is_id = any(isinstance(one, StringConstraints) and one.pattern for one in metadata)
        return (Kind.ID if is_id else Kind.TEXT), ()
    return {float: Kind.NUMBER, bool: Kind.YES_NO, date: Kind.DATE}[kind], ()
