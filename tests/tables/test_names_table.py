"""A names file as a table: what people type and export is read, and what is wrong is said without a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from iop_sched.tables.names_table import save_names_table
from iop_sched.week.loading import load_names
from iop_sched.week.problems import InputProblems
from week.texts import WEEK, loaded

NAMES = {"c01": "Ada", "tess": "Dr. Tess, MD", "north": "North House"}


@pytest.fixture(scope="module")
def week():
    return loaded(WEEK)


def csv(folder: Path, text: str | bytes) -> Path:
    path = folder / "names.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def book(folder: Path, **sheets: list[list[object]]) -> Path:
    path = folder / "names.xlsx"
    with Workbook(path) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def said(path: Path, week: object) -> list[str]:
    with pytest.raises(InputProblems) as caught:
        load_names(path, week)  # type: ignore[arg-type]
    return [str(one).replace(f"{path.parent}/", "") for one in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        'Code,Name\nc01,Ada\ntess,"Dr. Tess, MD"\nnorth,North House\n',
        "Code;Name\r\nc01;Ada\r\ntess;Dr. Tess, MD\r\nnorth;North House\r\n",
        "\ufeffID\tName\nc01\tAda\ntess\tDr. Tess, MD\nnorth\tNorth House",
        "sep=;\nCode;Name\nc01;Ada\ntess;Dr. Tess, MD\nnorth;North House",
        '\n  name  , code \n  Ada  ,c01  \n"Dr. Tess, MD",tess,\nNorth House,north,,\n,,\n',
        "Code;Born;Name;Tel\nc01;1990-01-01;Ada;1\ntess;;Dr. Tess, MD;\nnorth;;North House;\n# c9;;B;\nc02;;",
    ],
)
def test_csv_as_people_make_it(tmp_path: Path, week: object, text: str) -> None:
    assert dict(load_names(csv(tmp_path, text), week)) == NAMES  # type: ignore[arg-type]


def test_a_workbook(tmp_path: Path, week: object) -> None:
    rows = [["What", "Name", "Code"], ["client", "Ada", "c01"], ["", "North House ", " north"]]
    path = book(
        tmp_path,
        Clients=rows,
        Staff=[["Code", "Name"], ["tess", "Dr. Tess, MD"]],
        Other=[["x", "y"]],
        Empty=[],
    )
    assert dict(load_names(path, week)) == NAMES  # type: ignore[arg-type]


def test_a_formula_is_its_value_and_what_only_looks_like_one_is_restored(tmp_path: Path) -> None:
    path = tmp_path / "names.xlsx"
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Code", "Name"])
        sheet.write_string(1, 0, "c01")
        sheet.write_formula(1, 1, '="A"&"da"', value="Ada")
        sheet.write_row(2, 0, ["c02", "'=1+1"])
        sheet.write_row(3, 0, ["c03", "'t Hooft"])
        sheet.write_row(4, 0, [7, 8.0])
    assert dict(load_names(path)) == {"c01": "Ada", "c02": "=1+1", "c03": "'t Hooft", "7": "8"}


def test_a_formula_that_came_to_nothing_is_no_name(tmp_path: Path) -> None:
    rows = [
        ["Code", "Name"],
        ["#REF!", "Ada"],
        ["c02", "#UNCALCULATED!"],
        ["c03", "#N/A"],
        ["#UNCALCULATED!"],
    ]
    found = [one.partition(";")[0] for one in said(book(tmp_path, People=rows), None)]
    assert found == [
        "names.xlsx: sheet People, cell A2: the formula in this cell comes to the error #REF!",
        "names.xlsx: sheet People, cell B3: the formula in this cell has no value yet",
        "names.xlsx: sheet People, cell B4: the formula in this cell comes to the error #N/A",
    ]


def test_everything_wrong_is_said_at_its_cell_without_a_name(tmp_path: Path, week: object) -> None:
    rows = [
        ["Code", "Name"],
        ["c001", "Ada"],
        ["", "Beatrice"],
        ["Cleo Clark", "c01"],
        ["Dora", "c01"],
        ["c01", "E" * 81],
        ["c01", "Fay"],
        ["c01", "Gina"],
    ]
    found = said(book(tmp_path, People=rows), week)
    expected = {
        "A2": "the week has nobody and nothing with this code; did you mean 'c01'?",
        "A3": "this cell is empty beside a name; write the code, or take the name out",
        "A4": "this is not a code; write letters, digits, '.', '_' and '-' without spaces, as in the program"
        " week",
        "A5": "the week has nobody and nothing with this code; write it as in the week, or take the row out",
        "B6": "this name is too long; write 80 characters at most",
        "A8": "this code has another name further up; give it one name, or leave one row out",
    }
    assert found == [f"names.xlsx: sheet People, cell {at}: {words}" for at, words in expected.items()]
    (line,) = said(csv(tmp_path, "Code;Name\nnobody-of-it;Ada\n"), week)
    assert line.startswith("names.csv: cell A2: ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no table with the columns 'Code' and 'Name'"),
        ("Ada,c01\n", "no table with the columns 'Code' and 'Name'"),
        ("Code,Nmae\nc01,Ada\n", "row 1: there is no column 'Name' beside 'Code'"),
        ("Code,# Name\nc01,Ada\n", "row 1: there is no column 'Name' beside 'Code'"),
        ("Code,Name,Name\nc01,Ada,B\n", "cell C1: this column is here twice"),
        (b"Code,Name\nc01,Ad\xe1\n", "names.csv:2:7: this is not UTF-8 text; save the file as UTF-8"),
        ('Code,Name\nc01,"Ada\n', "a quotation mark is not closed"),
        ("Code,Name\n" + "c01,Ada\n" * 20_001, "too large"),
    ],
    ids=lambda one: str(one)[:12],
)
def test_what_is_no_table_of_names(tmp_path: Path, week: object, text: str | bytes, words: str) -> None:
    (line,) = said(csv(tmp_path, text), week)
    assert words in line
    assert "Ada" not in line


def test_other_files(tmp_path: Path, week: object) -> None:
    (tmp_path / "names.ods").write_bytes(b"PK")
    assert said(tmp_path / "names.ods", week) == [
        "names.ods: this kind of spreadsheet is not read; save it as .xlsx or .csv"
    ]
    assert "this is a folder" in said(tmp_path, week)[0]
    assert "no such file" in said(tmp_path / "none.csv", week)[0]
    assert "no such file" in said(tmp_path / "none.xlsx", week)[0]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_what_is_written_to_be_filled_in_can_be_read(tmp_path: Path, week: object, ending: str) -> None:
    path = tmp_path / f"names{ending}"
    save_names_table(path, week)  # type: ignore[arg-type]
    assert dict(load_names(path, week)) == {}  # type: ignore[arg-type]
    assert path.stat().st_mode & 0o077 == 0
    save_names_table(path, None)
    assert dict(load_names(path, week)) == {}  # type: ignore[arg-type]


def test_a_filled_in_list(tmp_path: Path, week: object) -> None:
    path = tmp_path / "names.csv"
    save_names_table(path, week)  # type: ignore[arg-type]
    text = path.read_text(encoding="utf-8-sig")
    assert "c01,,client" in text
    filled = text.replace("c01,,", "c01,Ada,")
    assert dict(load_names(csv(tmp_path, filled), week)) == {"c01": "Ada"}  # type: ignore[arg-type]
