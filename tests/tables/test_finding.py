"""Which sheet is which, and where its headers stand, however people leave a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.week.loading import load_week
from iop_sched.week.program import ProgramWeek
from tables.made import Cells, cells_of, put, said, sheet, write_csv, write_workbook
from week.texts import data

WEEK = ProgramWeek.model_validate(data())


@pytest.fixture
def cells() -> Cells:
    """A small week in order."""
    return cells_of(WEEK)


def test_a_remark_may_stand_above_the_headers_and_a_title_is_reported_alone(
    cells: Cells, tmp_path: Path
) -> None:
    cells["Clients"] = [["# as of Friday"], [], *cells["Clients"]]
    assert load_week(write_workbook(tmp_path / "week.xlsx", cells)) == WEEK
    cells["Clients"][0] = ["Clients of November"]
    assert said(write_workbook(tmp_path / "week.xlsx", cells)) == [
        "week.xlsx: sheet Clients, row 1: this row stands above the headers;"
        " move the headers to the top, and begin a title with '#'"
    ]


def test_headers_that_were_sorted_among_the_rows_lose_nobody_silently(cells: Cells, tmp_path: Path) -> None:
    cells["Clients"] = [cells["Clients"][1], cells["Clients"][0], *cells["Clients"][2:]]
    (first, *_) = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert first.startswith("week.xlsx: sheet Clients, row 1: this row stands above the headers")


@pytest.mark.parametrize("name", ["Patients", "Sheet1", "Clints"])
def test_a_renamed_sheet_is_known_by_its_headers(cells: Cells, tmp_path: Path, name: str) -> None:
    renamed = {name if one == "Clients" else one: rows for one, rows in cells.items()}
    put(cells, "Client hours", 2, "Client", "c99")
    assert said(write_workbook(tmp_path / "week.xlsx", renamed)) == [
        f"week.xlsx: there is no such sheet in a program week as '{name}';"
        " its headers are those of 'Clients': give it that name",
        "week.xlsx: sheet Client hours, cell A2: Client: 'c99' is not in the sheet 'Clients';"
        " write an id from there, or add it there",
    ]


def test_a_missing_sheet_is_known_by_its_name(cells: Cells, tmp_path: Path) -> None:
    del cells["Travel"]
    (found,) = said(write_workbook(tmp_path / "week.xlsx", {**cells, "Travle": [["how long?"]]}))
    assert found == "week.xlsx: there is no such sheet in a program week as 'Travle'; write 'Travel'"


def test_sheets_of_ones_own(cells: Cells, tmp_path: Path) -> None:
    own = {"notes on staff": [["anything"]], "Read me": [["hello"]], "Sheet2": [], "Tabelle3": [["", " "]]}
    assert load_week(write_workbook(tmp_path / "week.xlsx", {**cells, **own})) == WEEK
    for name, rows in {"Clients (2)": cells["Clients"], "Phones": [["c01", "555"]]}.items():
        found = said(write_workbook(tmp_path / "week.xlsx", {**cells, name: rows}))
        if name == "Clients (2)":
            assert found == ["week.xlsx: the sheet 'Clients' is here twice; keep one of the two"]
        else:
            (line,) = found
            assert "'Phones'; take it out, or begin its name with 'Notes' to keep it for yourself" in line


@pytest.mark.parametrize("header", ["# phone", "#Payer", "# payer"])
def test_columns_of_ones_own(cells: Cells, tmp_path: Path, header: str) -> None:
    """Even one that is named like a column of the sheet."""
    for number, row in enumerate(cells["Clients"]):
        row.insert(1, header if number == 0 else "555")
    assert load_week(write_workbook(tmp_path / "week.xlsx", cells)) == WEEK


def test_headers_that_were_commented_out(cells: Cells, tmp_path: Path) -> None:
    first, *others = cells["Clients"][0]
    cells["Clients"].insert(0, [f"# {first}", *others])
    assert load_week(write_workbook(tmp_path / "week.xlsx", cells)) == WEEK


def test_files_may_begin_with_the_workbooks_name(cells: Cells, tmp_path: Path) -> None:
    folder = write_csv(tmp_path / "week", cells)
    for file in list(folder.iterdir()):
        one = next(name for name in cells if sheet(name).file == file.name)
        file.rename(folder / f"spring-week-{one}.csv")
    (folder / "spring-week-Read me.csv").write_text("A program week\n", encoding="utf-8")
    assert load_week(folder) == WEEK


def test_a_title_does_not_hide_the_delimiter(cells: Cells, tmp_path: Path) -> None:
    cells["Rooms"].insert(0, ["# rooms, as of Friday, all sites, both floors, and the annex"])
    assert load_week(write_csv(tmp_path / "week", cells, ";")) == WEEK
