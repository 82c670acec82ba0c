"""Merged cells are reported where a value would be lost, and left alone elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.tables.explaining import example_week
from iop_sched.tables.grid import Grid
from iop_sched.tables.merged import merged_problems
from iop_sched.tables.saving import save_tables
from iop_sched.tables.workbook import read_workbook
from iop_sched.tables.writing import filled_sheets
from iop_sched.week.loading import load_names, load_week
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek
from tables.made import Cells, cells_of, put, said, write_workbook
from week.texts import data

WEEK = ProgramWeek.model_validate(data())
WORDS = (
    "these cells are merged, and only the first of them has the value;"
    " unmerge them and repeat the value in each cell"
)


@pytest.fixture
def cells() -> Cells:
    """A small week in order."""
    return cells_of(WEEK)


def test_a_payer_of_several_clients_is_not_lost(cells: Cells, tmp_path: Path) -> None:
    for row in range(3, len(cells["Clients"]) + 1):
        put(cells, "Clients", row, "Payer", "")
    last = len(cells["Clients"])
    assert last >= 3
    merged = {"Clients": [f"E2:E{last}"], "Rooms": ["A2:B2"]}
    lines = said(write_workbook(tmp_path / "week.xlsx", cells, merged))
    assert f"week.xlsx: sheet Clients, cells E2:E{last}: {WORDS}" in lines
    assert f"week.xlsx: sheet Rooms, cells A2:B2: {WORDS}" in lines


def test_merged_cells_that_hide_nothing(cells: Cells, tmp_path: Path) -> None:
    for name in ("Clients", "Rooms"):
        cells[name] = [["# as of Friday"], *cells[name]]
    for row in cells["Rooms"]:
        row.append("")
    cells["Rooms"][1][-1] = "# mine"
    cells["Rooms"][2][-1] = "told by phone"
    put(cells, "Rooms", 3, "Site", cells["Rooms"][2][1])
    wide = len(cells["Rooms"][1])
    own = chr(ord("A") + wide - 1)
    merged = {
        "Clients": ["A1:E1", "E80:E90"],
        "Rooms": ["A1:C1", f"{own}3:{own}9"],
        "Notes": ["A1:C9"],
    }
    whole = {**cells, "Notes": [["mine"]]}
    assert load_week(write_workbook(tmp_path / "week.xlsx", whole, merged)) == WEEK


def test_own_templates_have_none(tmp_path: Path) -> None:
    save_tables(tmp_path / "week.xlsx", filled_sheets(WEEK, example_week()))
    assert not [grid.sheet for grid in read_workbook(tmp_path / "week.xlsx") if grid.merged]


@pytest.mark.parametrize(
    ("merged", "spots"),
    [
        (((1, 0), (2, 0)), ["sheet S, cells A2:A3"]),
        (((2, 1), (1, 0)), ["sheet S, cells A2:B3"]),
        (((1, 0), (1_048_575, 0)), ["sheet S, cells A2:A1048576"]),
        (((0, 0), (1, 0)), ["sheet S, cells A1:A2"]),
        (((1, 0), (1, 0)), []),
        (((0, 0), (0, 1)), []),
        (((1, 1), (1, 2)), []),
        (((2, 0), (3, 0)), []),
        (((1, 1), (2, 1)), []),
        (((9, 0), (12, 0)), []),
    ],
    ids=str,
)
def test_a_range(merged: tuple[tuple[int, int], tuple[int, int]], spots: list[str]) -> None:
    rows = [["a", "b", "# c"], ["1", "", "x"], ["2", "3", ""], ["", "", ""]]
    grid = Grid("f.xlsx", "S", "S", rows, [merged, merged])
    assert [one.spot for one in merged_problems(grid, 1, (1, 2), (1, 0))] == spots


def test_names(tmp_path: Path) -> None:
    rows = [["Code", "Name", "Tel"], ["c01", "Ada", 5], ["c02"]]
    path = write_workbook(tmp_path / "names.xlsx", {"Names": rows}, {"Names": ["C2:C3"]})
    assert dict(load_names(path)) == {"c01": "Ada"}
    path = write_workbook(tmp_path / "names.xlsx", {"Names": rows}, {"Names": ["B2:B3"]})
    with pytest.raises(InputProblems, match="sheet Names, cells B2:B3: these cells are merged"):
        load_names(path)
