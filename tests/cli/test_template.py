"""``template``: a workbook to fill in."""

from __future__ import annotations

import zipfile
from pathlib import Path

from python_calamine import CalamineWorkbook

from cli.conftest import Cli
from iop_sched.tables.sheets import SHEETS
from iop_sched.week.loading import load_week


def test_a_workbook_with_steps_examples_notes_and_drop_downs(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    ran = cli("template", path)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == f"{path} is ready. Fill it in, save it, and run: iop-sched validate {path}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    workbook = CalamineWorkbook.from_path(path)
    assert workbook.sheet_names == ["Read me", *(sheet.name for sheet in SHEETS)]
    steps = [row[0] for row in workbook.get_sheet_by_name("Read me").to_python()]
    assert {"1  Look around", "5  Check", "6  Solve", *(sheet.name for sheet in SHEETS)} <= set(steps)
    for sheet in SHEETS:
        headers, example, *_ = workbook.get_sheet_by_name(sheet.name).to_python()
        assert headers == [column.header for column in sheet.columns]
        assert next(cell for cell in example if cell).startswith("# ")
    with zipfile.ZipFile(path) as archive:
        number = 2 + [sheet.name for sheet in SHEETS].index("Clients")
        clients = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
        notes = sum(name.startswith("xl/comments") for name in archive.namelist())
    assert notes == len(SHEETS)
    assert "'Levels of care'!$A$3:$A$" in clients  # below the example
    assert '"yes,no"' in clients


def test_from_a_week(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    ran = cli("template", tmp_path / "new.xlsx", "--from", week_file, "--quiet")
    assert (ran.status, ran.err) == (0, "")
    assert load_week(tmp_path / "new.xlsx") == load_week(week_file)


def test_as_csv_files(cli: Cli, tmp_path: Path) -> None:
    assert cli("template", tmp_path / "week").status == 0
    assert sorted(one.name for one in (tmp_path / "week").iterdir()) == sorted(sheet.file for sheet in SHEETS)


def test_no_place_for_a_template(cli: Cli, tmp_path: Path) -> None:
    ran = cli("template", tmp_path / "week.yaml")
    assert ran.status == 2
    assert "name a file that ends in .xlsx, or a folder for CSV files" in ran.err


def test_a_list_for_names(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    ran = cli("template", path, "--names", "--from", week_file)
    assert (ran.status, ran.out) == (0, "")
    assert f"add --names {path} to a command" in ran.err
    path.write_text(path.read_text(encoding="utf-8-sig").replace("c01,,", "c01,Ann Berg,"), encoding="utf-8")
    assert "c01 Ann Berg" in cli("show", week_file, roster_path, "--view", "clients", "--names", path).out
    assert "add --overwrite" in cli("template", path, "--names").err
    assert "ends in .xlsx or .csv" in cli("template", tmp_path / "names.yaml", "--names").err
