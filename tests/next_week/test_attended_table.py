"""Attendance as a table: what is read, and what is wrong with it, cell by cell."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from iop_sched.export.attendance_form import form_csv, form_rows, form_workbook
from iop_sched.next_week import Attended, load_attended
from iop_sched.report.words import Labels
from iop_sched.week.problems import InputProblems
from iop_sched.week.times import Day
from next_week.test_attended import SCHEDULE

ROWS = [
    ("ana", "mon", "2026-03-02", "meeting", "09:00", ""),
    ("ana", "tue", "2026-03-03", "meeting", "09:00", ""),
    ("ana", "tue", "2026-03-03", "therapy", "13:00", ""),
    ("ana", "wed", "2026-03-04", "meeting", "09:00", ""),
    ("ben", "mon", "2026-03-02", "meeting", "09:00", ""),
    ("ben", "thu", "2026-03-05", "meeting", "09:00", ""),
    ("ben", "fri", "2026-03-06", "meeting", "09:00", ""),
]


def load(folder: Path, text: str) -> Attended:
    path = folder / "came.csv"
    path.write_text(text, encoding="utf-8")
    return load_attended(path, SCHEDULE)


def missed(found: Attended) -> dict[str, list[str]]:
    """Days of the meetings missed, then those of the sessions of therapy."""
    return {
        name: [day.code for day in Day if found.missed(name, day)]
        + [f"therapy {day.code}" for day in Day if found.missed(name, day, "therapy")]
        for name in ("ana", "ben")
    }


def test_the_form_has_a_row_for_all_that_was_to_be() -> None:
    assert form_rows(SCHEDULE, Labels()) == ROWS


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_form_without_a_mark_says_that_everybody_came(tmp_path: Path, ending: str) -> None:
    path, rows = tmp_path / f"came.{ending}", form_rows(SCHEDULE, Labels({"ana": "=Ana Example"}))
    if ending == "csv":
        path.write_text(form_csv(rows), encoding="utf-8")
    else:
        path.write_bytes(form_workbook(rows))
    assert load_attended(path, SCHEDULE).entries == ()


def test_marks_are_what_was_missed(tmp_path: Path) -> None:
    rows = form_csv(form_rows(SCHEDULE, Labels({"ana": "Ana Example"}))).splitlines()
    rows[3] += "x"
    rows[4] += "YES"
    rows[5] += "no"
    found = load(tmp_path, "\n".join(rows))
    assert missed(found) == {"ana": ["wed", "therapy tue"], "ben": []}


@pytest.mark.parametrize(
    "text",
    [
        "client,day\nana,mon\nben,Friday\n",
        "Client;Date\nana;2026-03-02\nben;2026-03-06\n",
        "\ufeffWhat,Day,Client\n,mon,ana\nmeeting,fri,ben\n,,\n",
    ],
)
def test_rows_typed_by_hand(tmp_path: Path, text: str) -> None:
    found = missed(load(tmp_path, text))
    assert (found["ana"][:1], found["ben"][:1]) == (["mon"], ["fri"])


def test_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "came.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Came")
        sheet.write_row(0, 0, ("Client", "Day", "What", "Start"))
        sheet.write_row(1, 0, ("ben", "mon"))
        sheet.write_row(2, 0, ("ben", "thu"))
        sheet.merge_range("C2:C3", "meeting")
        sheet.merge_range("D2:D3", "09:00")
    with pytest.raises(InputProblems) as caught:
        load_attended(path, SCHEDULE)
    (found,) = caught.value.problems
    assert found.spot == "sheet Came, cells C2:C3"


def test_a_workbook_with_dates(tmp_path: Path) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, date = book.add_worksheet(), book.add_format({"num_format": "d mmm yyyy"})
        sheet.write_row(0, 0, ("Client", "Date"))
        sheet.write_string(1, 0, "ben")
        sheet.write_number(1, 1, 46086, date)  # 5 March 2026
    path = tmp_path / "came.xlsx"
    path.write_bytes(out.getvalue())
    found = load_attended(path, SCHEDULE)
    assert missed(found) == {"ana": [], "ben": ["thu", "therapy thu"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("client,day\nbean,mon\n", ["cell A2: there is no client 'bean'; did you mean 'ben'?"]),
        ("client,day\nben,tue\n", ["cell B2: 'ben' has nothing on tue in the roster; days with something"]),
        ("client,day,what\nana,tue,therpy\n", ["cell C2", "did you mean 'therapy'?"]),
        ("client,day\nben,mo\n,mon\n", ['cell B2: "mo" is not a weekday', "cell A3: there is no client"]),
        ("client,date\nben,2026-03-09\n", ["cell B2: this date is not in the week", "2026-03-02"]),
        ("client,day,date\nben,mon,2026-03-06\n", ["cell B2: this is not the weekday of the date, fri"]),
        ("client,day,date\nben,,\n", ["cell B2: there is no day in this row"]),
        ("client,day,missed\nben,mon,maybe\n", ['cell C2: "maybe" is neither yes nor no']),
        ("client,day\nben,mon\nben,mon\n", ["row 3: this stands in the table already"]),
        (
            "client,day,mised\nben,mon,\n",
            ["cell C1: this column is not one of attendance; did you mean Missed"],
        ),
        ("client,day,came\nben,mon,no\n", ["cell C1: this column is not one of attendance; write one of"]),
        ("client,day,day\nben,mon,\n", ["cell C1: this column stands here twice"]),
        ("client,what\nben,\n", ["row 1: there is no column that says the day; add a column Day or Date"]),
        ("name,day\nben,mon\n", ["there is no column 'Client'"]),
        ("client,day\nben,mo\ncat,mon\nben,tue\n", ["cell B2", "cell A3", "cell B4"]),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(tmp_path: Path, text: str, said: list[str]) -> None:
    with pytest.raises(InputProblems) as found:
        load(tmp_path, text)
    assert [part for part in said if part not in str(found.value)] == []


@pytest.mark.parametrize("name", ["came.ods", "folder.csv"])
def test_other_kinds_are_not_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "folder.csv":
        path.mkdir()
    else:
        path.write_bytes(b"PK")
    with pytest.raises(InputProblems):
        load_attended(path, SCHEDULE)
