"""Tables as spreadsheet programs and people write them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iop_sched.cli.app import app
from iop_sched.tables.explaining import example_week
from iop_sched.tables.reading import read_tables
from iop_sched.tables.saving import save_tables
from iop_sched.tables.sheets import SHEETS
from iop_sched.tables.writing import filled_sheets
from iop_sched.week.loading import load_week
from iop_sched.week.people import Client
from iop_sched.week.program import ProgramWeek
from mutations.case import instance
from tables.made import Cells, cells_of, put, said, sheet, write_csv, write_workbook
from week.texts import data

WEEK = ProgramWeek.model_validate(data())


@pytest.fixture
def cells() -> Cells:
    """A small week in order."""
    return cells_of(WEEK)


def sloppy(cells: Cells) -> Cells:
    """The same as people type it: blanks, blank rows, other capitals, days and times in other words."""
    found: Cells = {}
    for name, rows in cells.items():
        headers = [f" {header.upper()} " for header in rows[0]]
        body = [[f"{cell} " for cell in row] for row in rows[1:]]
        found[name] = [headers, [], *body, ["", " "], [""]]
    put(found, "Week", 3, "Monday of the week", "2026-3-2 ")
    put(found, "Slots", 3, "Start", "9:00 AM")
    put(found, "Client hours", 3, "Weekdays", "Monday; WED")
    put(found, "Clients", 3, "Authorised to", "31.03.2026")
    put(found, "Payers", 3, "Credentialed staff only", "X")
    put(found, "Clients", 3, "Days a week allowed", "3 4")
    return found


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["", "bom"])
def test_csv_typed_by_hand(cells: Cells, tmp_path: Path, delimiter: str, bom: bytes) -> None:
    folder = write_csv(tmp_path / "week", sloppy(cells), delimiter, lambda text: bom + text.encode())
    assert load_week(folder) == WEEK


def test_blanks_around_quotation_marks(cells: Cells, tmp_path: Path) -> None:
    folder = write_csv(tmp_path / "week", cells)
    rooms = 'Room,Site ,"Kinds" ,Seats\nhall, "north" ,"group, office"  ,"12" \nother,north,"group\t",8\n'
    (folder / "rooms.csv").write_text(rooms, encoding="utf-8")
    found = read_tables(folder).data["rooms"]
    assert [(one["id"], one["site"], one["kinds"], one["capacity"]) for one in found] == [
        ("hall", "north", ["group", "office"], 12),
        ("other", "north", ["group"], 8),
    ]
    (folder / "rooms.csv").write_text(rooms.replace('"12" ', '"12'), encoding="utf-8")
    assert "a quotation mark is not closed" in said(folder)[0]


def test_excel_names_the_delimiter(cells: Cells, tmp_path: Path) -> None:
    folder = write_csv(tmp_path / "week", cells, ";", lambda text: b"sep=;\n" + text.encode())
    assert load_week(folder) == WEEK
    put(cells, "Rooms", 2, "Seats", "many")
    folder = write_csv(tmp_path / "week", cells, ";", lambda text: b"sep=;\n" + text.encode())
    assert "rooms.csv: cell D3: Seats" in said(folder)[0]


def test_a_unit_may_be_left_out_of_a_header_and_columns_may_be_moved(cells: Cells, tmp_path: Path) -> None:
    cells["Clients"] = [list(reversed(row)) for row in cells["Clients"]]
    cells["Clients"][0] = [header.partition(" (")[0] for header in cells["Clients"][0]]
    assert load_week(write_csv(tmp_path / "week", cells)) == WEEK


def test_empty_columns_and_sheets_may_be_left_out(cells: Cells, tmp_path: Path) -> None:
    for name in [name for name, rows in cells.items() if len(rows) == 1]:
        del cells[name]
    for rows in cells.values():
        blank = [place for place in range(len(rows[0])) if not any(row[place] for row in rows[1:])]
        for row in rows:
            for place in reversed(blank):
                del row[place]
    assert load_week(write_csv(tmp_path / "week", cells)) == WEEK


def test_a_workbook_with_real_dates_times_and_numbers(cells: Cells, tmp_path: Path) -> None:
    typed: dict[str, list[list[object]]] = {name: [list(row) for row in rows] for name, rows in cells.items()}

    def place(name: str, title: str) -> int:
        return [column.title for column in sheet(name).columns].index(title)

    typed["Week"][1][0] = date(2026, 3, 2)
    typed["Slots"][1][place("Slots", "Start")] = time(9, 0)
    typed["Clients"][1][place("Clients", "Dose, target")] = 12
    typed["Payers"][1][1] = True
    typed["Client hours"][1][place("Client hours", "From")] = 14 / 24
    assert load_week(write_workbook(tmp_path / "week.xlsx", typed)) == WEEK


def test_the_template_is_waiting_to_be_filled(tmp_path: Path) -> None:
    save_tables(tmp_path / "week.xlsx", filled_sheets(None, example_week()))
    found = said(tmp_path / "week.xlsx")
    assert [one.partition(": ")[2].partition(":")[0] for one in found] == [
        "sheet Week, row 1",
        "sheet Sites, row 1",
        "sheet Levels of care, row 1",
    ]


def test_its_examples_are_a_program_that_can_be_solved(tmp_path: Path) -> None:
    save_tables(tmp_path / "week", filled_sheets(None, example_week()))
    files = list((tmp_path / "week").iterdir())
    for file in files:
        text = file.read_text(encoding="utf-8-sig")
        assert "# " in text, f"no example in {file.name}"
        file.write_text(text.replace("# ", ""), encoding="utf-8")
    assert load_week(tmp_path / "week") == example_week()
    ran = CliRunner().invoke(app, ["solve", str(tmp_path / "week"), "--quiet", "--time-limit", "60"])
    assert ran.exit_code == 0
    assert "2 of 3 clients placed" in ran.stdout  # two of them are kept apart


def test_a_template_from_a_week_shows_examples_where_the_week_has_nothing(tmp_path: Path) -> None:
    week = instance("quickstart")
    save_tables(tmp_path / "week", filled_sheets(week, example_week()))
    assert "# north" in (tmp_path / "week" / "travel.csv").read_text(encoding="utf-8-sig")
    assert "#" not in (tmp_path / "week" / "clients.csv").read_text(encoding="utf-8-sig")
    assert load_week(tmp_path / "week") == week


needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)
XLSX = "xlsx:Calc MS Excel 2007 XML"
SEMICOLONS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
"""Every sheet as a file of its own, in UTF-8, cells as they are shown."""


def saved_as(form: str, path: Path, folder: Path) -> Path:
    """A spreadsheet opened in LibreOffice and saved in another form; the folder it is in."""
    home = f"-env:UserInstallation=file://{path.parent}/profile"
    command = ["soffice", home, "--headless", "--convert-to", form, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


@needs_libreoffice
def test_a_workbook_survives_libreoffice(tmp_path: Path) -> None:
    week = instance("quickstart")
    save_tables(tmp_path / "week.xlsx", filled_sheets(week, example_week()))
    assert load_week(saved_as(XLSX, tmp_path / "week.xlsx", tmp_path / "saved") / "week.xlsx") == week
    ods = saved_as("ods", tmp_path / "week.xlsx", tmp_path / "open") / "week.ods"
    (line,) = said(ods)
    assert line.endswith("week.ods: this kind of spreadsheet is not read; save it as .xlsx")
    assert load_week(saved_as(XLSX, ods, tmp_path / "again") / "week.xlsx") == week


@needs_libreoffice
def test_csv_of_libreoffice_touched_by_hand(tmp_path: Path) -> None:
    week = instance("quickstart")
    save_tables(tmp_path / "week.xlsx", filled_sheets(week, example_week()))
    folder = saved_as(SEMICOLONS, tmp_path / "week.xlsx", tmp_path / "csv")
    assert len(list(folder.glob("week-*.csv"))) == len(SHEETS) + 1  # and the first sheet, which explains
    assert load_week(folder) == week
    (first, *_) = [one.isoformat() for client in week.clients if (one := date_of(client)) is not None]
    for file in folder.iterdir():
        rows = file.read_text(encoding="utf-8").replace("2026-03-02", "2 March 2026")
        rows = rows.replace(first, "5.3.2026")
        blanks = "".join(f"{row.replace(';', ' ;')}  \r\n" for row in rows.splitlines())
        file.write_bytes(f"\ufeff{blanks};;\r\n".encode())
    assert first == "2026-03-05"
    (line,) = said(folder)
    assert "week-Clients.csv: cell S3: Authorised to: this date can be read in two ways" in line
    clients = folder / "week-Clients.csv"
    clients.write_bytes(clients.read_bytes().replace(b"5.3.2026", b"5. Mar. 2026"))
    assert load_week(folder) == week


def date_of(client: Client) -> date | None:
    """The last day that is authorised."""
    return None if client.authorisation is None else client.authorisation.last
