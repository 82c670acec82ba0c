"""The layout holds every field of a week, each in one column."""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from iop_sched.tables.explaining import about_column
from iop_sched.tables.layout import ANY, Column, Role, Sheet, steps
from iop_sched.tables.leaves import Kind, leaf
from iop_sched.tables.sheets import NOT_IN_TABLES, SHEETS
from iop_sched.tables.workbook_out import source_of
from iop_sched.week.program import ProgramWeek
from tables.made import sheet


def fields(kind: Any, path: str = "") -> Iterator[str]:
    """Every plain field of a type, as an address: lists of models end in ``[]``, mappings are one field."""
    while get_origin(kind) in (Annotated, Union, types.UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    if isinstance(kind, type) and get_origin(kind) is None and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            yield from fields(field.annotation, f"{path}.{name}" if path else name)
        return
    if get_origin(kind) is tuple:
        inner = [list(fields(part, path + ANY)) for part in get_args(kind) if part is not Ellipsis]
        if inner[0] != [path + ANY]:
            yield from inner[0]
            return
    yield path


def held() -> Counter[str]:
    """How many columns hold each field; the entries of a mapping are one field."""
    found: Counter[str] = Counter()
    for one in SHEETS:
        for tag, address in one.addresses.items():
            seen = set()
            for column in one.columns:
                inside = column.path_in(tag)
                if column.role is not Role.FIELD or inside is None:
                    continue
                item = address if one.keyed or one.by_column or not address else address + ANY
                path = ".".join([item, *map(str, inside)]).strip(".")
                seen.add(path.replace(ANY + ".0", "").replace(ANY + ".1", ""))
            found.update(one for one in seen if not (sheet_forms(one) and found[one]))
    return found


def sheet_forms(path: str) -> bool:
    """Whether every form of a pin has the field."""
    return path in ("pins[].id", "pins[].overrides", "pins[].reason")


def test_every_field_of_a_week_has_one_column() -> None:
    found = held()
    starts = {name for name in found if name.startswith("slots[].by_day.")}
    assert len(starts) == 7
    found = Counter({name: times for name, times in found.items() if name not in starts})
    found["slots[].by_day"] = 1
    assert found == Counter(set(fields(ProgramWeek)) - set(NOT_IN_TABLES))


def test_what_has_no_column_is_a_field() -> None:
    assert set(NOT_IN_TABLES) < set(fields(ProgramWeek))


@pytest.mark.parametrize("one", SHEETS, ids=lambda one: one.name)
def test_headers_and_names_are_told_apart(one: Sheet) -> None:
    assert len({column.key for column in one.columns}) == len({column.title for column in one.columns})
    assert len({column.key for column in one.columns}) == len(one.columns)
    assert len(one.name) <= 31  # what a workbook allows
    assert len({other.key for other in SHEETS}) == len(SHEETS)


@pytest.mark.parametrize("one", SHEETS, ids=lambda one: one.name)
def test_a_column_with_several_fields_has_one_kind(one: Sheet) -> None:
    for column in one.columns:
        if not isinstance(column.path, str):
            alone = [Column(column.header, {tag: path}) for tag, path in column.path.items()]
            assert len({leaf(one, each).kind for each in alone}) == 1
            assert len({leaf(one, each).target for each in alone}) == 1


def test_every_column_says_what_belongs_into_it() -> None:
    for one in SHEETS:
        for column in one.columns:
            assert 15 < len(about_column(one, column)) < 400, column.header
    cohorts = sheet("Cohorts")
    told = {column.title: about_column(cohorts, column) for column in cohorts.columns}
    assert told["Status"].endswith("running, candidate. Empty means running.")
    assert told["Site"].endswith("Needed.")


@pytest.mark.parametrize(
    ("name", "title", "source"),
    [
        ("Rooms", "Site", ("Sites", 0)),
        ("Rooms", "Kinds", ("Words", 7)),
        ("Cohorts", "Agenda", ("Blocks", 0)),
        ("Blocks", "Agenda", None),
        ("Block staff", "Block", ("Blocks", 1)),
        ("Client hours", "Client", ("Clients", 0)),
        ("Travel", "To site", ("Sites", 0)),
        ("Other hours", "Which", None),
        ("Clients", "Client", None),
    ],
)
def test_ids_come_from_the_sheet_that_has_them(name: str, title: str, source: tuple[str, int] | None) -> None:
    column = next(one for one in sheet(name).columns if one.title == title)
    assert source_of(sheet(name), column) == source


def test_addresses() -> None:
    assert steps("clients[].family.available") == ("clients", ANY, "family", "available")
    assert steps("") == ()
    assert leaf(sheet("Step-downs"), sheet("Step-downs").columns[1]).kind is Kind.DATE
