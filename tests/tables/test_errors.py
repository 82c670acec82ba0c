"""What is wrong with tables is said by sheet and cell, in their words, all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.tables.grid import letters
from iop_sched.week.program import ProgramWeek
from tables.made import Cells, add, cells_of, put, said, sheet, write_csv, write_workbook
from week.texts import data


@pytest.fixture
def cells() -> Cells:
    """A small week in order."""
    return cells_of(ProgramWeek.model_validate(data()))


def test_the_cells_are_in_order(cells: Cells, tmp_path: Path) -> None:
    assert said(write_workbook(tmp_path / "week.xlsx", cells)) == []


def test_everything_is_said_at_once_with_sheet_and_cell(cells: Cells, tmp_path: Path) -> None:
    put(cells, "Week", 2, "Grid", "20")
    put(cells, "Client hours", 2, "Weekdays", "mon, Thurs")
    put(cells, "Clients", 2, "Payer", "bleu")
    put(cells, "Clients", 3, "Level of care", "")
    put(cells, "Clients", 3, "Dose, target", "nine")
    put(cells, "Client services", 2, "Client", "c011")
    put(cells, "Services", 2, "Length", "52")
    put(cells, "Pins", 2, "Time", "09:00")
    assert said(write_workbook(tmp_path / "week.xlsx", cells)) == [
        "week.xlsx: sheet Week, cell C2: Grid: this is not one of the words allowed here; write 5, 15 or 30",
        "week.xlsx: sheet Services, cell B2: Length: this is not a multiple of 5 minutes;"
        " round it to 5 minutes",
        "week.xlsx: sheet Clients, cell E2: Payer: there is no payer 'bleu'; did you mean 'blue'?",
        "week.xlsx: sheet Clients, cell B3: Level of care: this cell is empty, and must not be; fill it in",
        "week.xlsx: sheet Clients, cell G3: Dose, target: this is not a number;"
        " write a number such as 9 or 9.5",
        "week.xlsx: sheet Client services, cell A2: Client: 'c011' is not in the sheet 'Clients';"
        " did you mean 'c01'?",
        'week.xlsx: sheet Client hours, cell C2: Weekdays: "Thurs" is not a weekday; write mon, tue, wed,'
        " thu, fri, sat or sun, with commas between, or mon-fri, daily, weekdays, weekend",
        "week.xlsx: sheet Pins, cell K2: Time: a row with 'place' has no 'Time'; empty this cell",
    ]


def test_a_csv_file_is_named_in_place_of_the_sheet(cells: Cells, tmp_path: Path) -> None:
    put(cells, "Rooms", 2, "Seats", "many")
    (found,) = said(write_csv(tmp_path / "week", cells))
    assert found == "week/rooms.csv: cell D2: Seats: this is not a whole number; write a number such as 3"


@pytest.mark.parametrize(
    ("name", "row", "title", "value", "words"),
    [
        ("Clients", 2, "Client", "c 01", "cell A2: Client: this is not an id"),
        ("Clients", 3, "Client", "c01", "cell A3: Client: the id 'c01' is given to an earlier one"),
        ("Clients", 3, "Needs no cohort", "often", 'cell K3: Needs no cohort: "often" is neither yes nor no'),
        ("Clients", 2, "Authorised to", "", "cell S2: Authorised to: this cell is empty, and must not be"),
        ("Clients", 2, "Authorised days left", "3", "name either hours or days"),
        (
            "Clients",
            2,
            "Dose, least",
            "-1",
            "cell F2: Dose, least: this number is too small; write 0 or more",
        ),
        ("Clients", 2, "Dose, most", "5", "cell F2: Dose, least: the least is above the most; exchange them"),
        ("Clients", 3, "Days a week allowed", "", "'Needs no cohort': yes"),
        (
            "Clients",
            2,
            "Starts on or after",
            "fri",
            "Starts on or before: this is before 'Starts on or after'",
        ),
        (
            "Client services",
            2,
            "Sessions prescribed",
            "3",
            "'Sessions prescribed' is above 'Sessions allowed'",
        ),
        ("Cohorts", 2, "Site", "nord", "cell C2: Site: there is no site 'nord'; did you mean 'north'?"),
        ("Cohorts", 2, "Members, most", "", "cell G2: Members, most: this cell is empty, and must not be"),
        (
            "Blocks",
            3,
            "Agenda",
            "",
            "cell A3: Agenda: this cell is empty: the row must say what it belongs to; write the id in every"
            " row; of merged cells, only the first has it",
        ),
        ("Blocks", 3, "Begins", "40", "cell D3: Begins: "),
        (
            "Travel",
            2,
            "To site",
            "west",
            "cell B2: To site: there is no site 'west'; add it to the sheet 'Sites'",
        ),
        ("Travel", 2, "Travel", "far", "cell C2: Travel: this is not a whole number"),
        ("Slots", 2, "Start on Sat", "noon", "cell H2: Start on Sat: this is not a time of day"),
        ("Slots", 2, "Start on Sat", "10:07", "cell H2: Start on Sat: this start is off the week's grid"),
        ("Words", 2, "Roles", "", "among the words of the sheet Words, column 'Roles'; add it there"),
        ("Words", 3, "Needs", "phase 2", "cell E3: Needs: this is not an id"),
        (
            "Week",
            2,
            "Monday of the week",
            "03/02/2026",
            "cell A2: Monday of the week: this date can be read in two",
        ),
        (
            "Week",
            2,
            "Monday of the week",
            "2026-03-03",
            "cell A2: Monday of the week: this date is not a Monday",
        ),
        ("Words", 2, "Roles", "#REF!", "cell A2: Roles: the formula in this cell comes to the error #REF!"),
        ("Pins", 3, "Fixes", "#REF!", "cell B3: Fixes: the formula in this cell comes to the error #REF!"),
        ("Week", 2, "Program", "", "cell B2: Program: this cell is empty"),
        ("Clinician hours", 2, "What", "", "cell B2: What: this cell is empty"),
        ("Clinician hours", 2, "What", "always", "cell B2: What: this is not one of the words"),
        ("Clinician hours", 2, "From", "18:00", "cell E2: Until: this window ends before it starts"),
        (
            "Other hours",
            2,
            "Which",
            "tema",
            "cell B2: Which: 'tema' is not in the sheet 'Care teams'; did you mean 'team'",
        ),
        ("Pins", 3, "Fixes", "meeting", "cell J3: Weekday: this cell is empty"),
        ("Pins", 2, "Reason", "", "add 'Reason': …"),
        ("Pins", 2, "Rules set aside", "trak", "did you mean track?"),
        ("Pairs", 2, "Other client", "", "cell B2: Other client: this cell is empty"),
        ("Pairs", 2, "Other client", "c01", "this is a client with itself"),
        ("Last week", 2, "Slot", "pm", "cell C2: Slot: there is no slot 'pm'"),
    ],
)
def test_a_mistake(
    cells: Cells, tmp_path: Path, name: str, row: int, title: str, value: str, words: str
) -> None:
    put(cells, name, row, title, value)
    found = said(write_csv(tmp_path / "week", cells))
    assert any(words in one for one in found), found
    assert all(one.count("; ") for one in found), found


def test_a_part_without_rows_is_named_where_it_is_missed(cells: Cells, tmp_path: Path) -> None:
    del cells["Clinician hours"][1]  # tess has one row, phil two
    (found,) = said(write_csv(tmp_path / "week", cells))
    assert found == (
        "week/clinicians.csv: cell A2: Clinician: this has no row with 'available' in 'Clinician hours';"
        " add one for it to the sheet 'Clinician hours'"
    )


def test_sheets_that_must_be_there(cells: Cells, tmp_path: Path) -> None:
    del cells["Sites"]
    del cells["Levels of care"][1:]
    found = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert found[0] == "week.xlsx: there is no sheet 'Sites'; add it; see 'template'"
    assert any(one.startswith("week.xlsx: sheet Levels of care, row 1: no rows follow") for one in found)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Pair", "there is no column 'Pair' in the sheet 'Clients'; write 'Payer'"),
        (
            "Shoe size",
            "there is no such column in the sheet 'Clients'; take the column out, begin its header with '#'"
            " to keep it for yourself, or write 'Payer'",
        ),
    ],
)
def test_an_unknown_column(cells: Cells, tmp_path: Path, header: str, words: str) -> None:
    place = [column.title for column in sheet("Clients").columns].index("Payer")
    cells["Clients"][0][place] = header
    (found,) = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert found.startswith(f"week.xlsx: sheet Clients, cell E1: {words}")


def test_a_header_that_is_a_failed_formula(cells: Cells, tmp_path: Path) -> None:
    cells["Clients"][0].append("#UNCALCULATED!")
    (found,) = said(write_csv(tmp_path / "week", cells))
    assert "the formula in this cell has no value yet; open and save" in found


@pytest.mark.parametrize(
    ("name", "title", "header", "right"),
    [
        ("Clients", "Waiting", "Waiting (weeks)", "Waiting (days)"),
        ("Clients", "Waiting", "waiting (days) (weeks)", "Waiting (days)"),
        ("Clients", "Dose, least", "Dose, least (%)", "Dose, least (hours/week)"),
        ("Clinicians", "Groups a day, most", "Groups a day, most (hours)", "Groups a day, most"),
        ("Clinicians", "Languages", "Languages (empty: none)", "Languages (empty: all)"),
    ],
)
def test_another_unit(cells: Cells, tmp_path: Path, name: str, title: str, header: str, right: str) -> None:
    place = [column.title for column in sheet(name).columns].index(title)
    cells[name][0][place] = header
    (found,) = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert found == (
        f"week.xlsx: sheet {name}, cell {letters(place)}1: what stands in brackets is not the unit of the"
        f" column '{title}'; write '{right}', and the values below as it says"
    )


def test_the_same_unit_in_other_letters_none_or_a_remark(cells: Cells, tmp_path: Path) -> None:
    headers = {
        "Waiting (days)": "WAITING ( Days )",
        "Dose, least (hours/week)": "Dose, least (Hours / week)",
        "Dose, most (hours/week)": "Dose, most ()",
        "Dose, target (hours/week)": "Dose, target (hours)",
        "Payer": "Payer (of the first kind)",
    }
    cells["Clients"][0] = [headers.pop(one, one) for one in cells["Clients"][0]]
    assert not headers
    assert said(write_workbook(tmp_path / "week.xlsx", cells)) == []


def test_a_needed_column_is_missed_once(cells: Cells, tmp_path: Path) -> None:
    for row in cells["Clients"]:
        del row[1]
    (found,) = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert found == (
        "week.xlsx: sheet Clients, row 1: there is no column 'Level of care';"
        " add a column with the header 'Level of care'"
    )


def test_cells_beside_the_table(cells: Cells, tmp_path: Path) -> None:
    cells["Sites"][1].append("42")
    cells["Week"].append(cells["Week"][1])
    found = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert (
        "week.xlsx: sheet Sites, cell C2: this cell stands in a column without a header; move or empty it"
        in found
    )
    assert "week.xlsx: sheet Week, row 3: this sheet has one row; take this one out" in found
    cells["Clients"] = [[*row, "", "x"] for row in cells["Clients"]]
    cells["Clients"][0][-1] = ""
    found = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert sum("sheet Clients" in line and "without a header" in line for line in found) == 1


def test_remarks_are_not_read(cells: Cells, tmp_path: Path) -> None:
    add(cells, "Clients", Client="# c99", Level_of_care="nonsense")
    add(cells, "Rooms", Site=" # later")
    assert said(write_workbook(tmp_path / "week.xlsx", cells)) == []


def test_a_column_of_a_part_is_missed_once(cells: Cells, tmp_path: Path) -> None:
    place = [column.title for column in sheet("Clients").columns].index("Dose, least")
    for row in cells["Clients"]:
        del row[place]
    (found,) = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert found == (
        "week.xlsx: sheet Clients, row 1: there is no column 'Dose, least';"
        " add a column with the header 'Dose, least (hours/week)'"
    )


def test_a_sheet_that_rows_belong_to_is_missed_once(cells: Cells, tmp_path: Path) -> None:
    cells["Client services"].append(cells["Client services"][1])
    del cells["Clients"]
    found = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert found.count("week.xlsx: there is no sheet 'Clients'; add it; see 'template'") == 1
    assert not any("Client services" in line or "Client hours" in line for line in found)


def test_a_mapping_needs_its_values(cells: Cells, tmp_path: Path) -> None:
    for row in cells["Travel"]:
        del row[2]
    (found,) = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert found.startswith("week.xlsx: sheet Travel, row 1: there is no column 'Travel'; add a column")


def test_nobody_is_named(cells: Cells, tmp_path: Path) -> None:
    put(cells, "Client hours", 2, "Client", "Anna Q. Public")
    put(cells, "Client services", 2, "Service", "Anna Q. Public")
    put(cells, "Pins", 2, "Fixes", "Anna Q. Public")
    cells["Clients"][0][3] = "Anna Q. Public"
    found = said(write_workbook(tmp_path / "week.xlsx", cells))
    assert len(found) == 4
    assert not any("Public" in line for line in found)
