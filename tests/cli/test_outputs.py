"""Where ``export`` and ``report`` write: never over a week, and never two outputs over one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Cli
from iop_sched.export.tables import TABLES
from iop_sched.export.upward.tables import COLUMNS


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def week_folder(cli: Cli, week_file: Path, tmp_path: Path) -> Path:
    """The week as a folder of CSV files."""
    folder = tmp_path / "wcsv"
    assert cli("convert", week_file, folder).status == 0
    return folder


def renamed(folder: Path, how: str) -> None:
    """Give the files the names that somebody types, or that LibreOffice writes."""
    for path in list(folder.iterdir()):
        path.rename(folder / how.format(path.stem.capitalize()))


def refused(cli: Cli, kept: Path, *arguments: object) -> str:
    """What a command says that writes nothing at all into the folder ``kept``."""
    before = contents(kept)
    ran = cli(*arguments)
    assert ran.status == 2
    assert contents(kept) == before
    return " ".join(ran.err.split())


# A week


@pytest.mark.parametrize("command", ["export", "report"])
def test_tables_do_not_replace_the_week_that_is_read(
    cli: Cli, tmp_path: Path, week_folder: Path, roster_path: Path, command: str
) -> None:
    said = refused(cli, tmp_path, command, week_folder, roster_path, "--csv", week_folder)
    assert "wcsv is read here. Name another folder." in said


@pytest.mark.parametrize("how", ["{}.csv", "{}.CSV", "harbour-{}.csv"])
@pytest.mark.parametrize("command", ["export", "report"])
def test_tables_do_not_go_among_the_files_of_another_week(
    cli: Cli, tmp_path: Path, week_file: Path, week_folder: Path, roster_path: Path, command: str, how: str
) -> None:
    renamed(week_folder, how)
    said = refused(cli, tmp_path, command, week_file, roster_path, "--csv", week_folder)
    assert "is the folder of a program week" in said
    assert "Name another folder." in said


@pytest.mark.parametrize("name", ["clients.csv", "came.csv"])
def test_nor_does_the_attendance_form(
    cli: Cli, tmp_path: Path, week_folder: Path, roster_path: Path, name: str
) -> None:
    said = refused(cli, tmp_path, "export", week_folder, roster_path, "--attendance", week_folder / name)
    assert "is the folder of a program week" in said


def test_printed_sheets_do_not_go_into_the_folder_that_is_read(
    cli: Cli, tmp_path: Path, week_folder: Path, roster_path: Path
) -> None:
    said = refused(cli, tmp_path, "export", week_folder, roster_path, "--sheets", week_folder)
    assert "is read here" in said


def test_a_table_of_somebodys_own_is_not_replaced(
    cli: Cli, tmp_path: Path, week_file: Path, roster_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "clients.csv").write_text("Client,Payer\nc01,acme\n", encoding="utf-8")
    form = tmp_path / "mine" / "attendance.csv"
    assert cli("export", week_file, roster_path, "--attendance", form).status == 0
    said = refused(
        *(cli, tmp_path, "export", week_file, roster_path),
        *("--csv", tmp_path / "mine", "--xlsx", tmp_path / "r.xlsx"),
    )
    assert "would replace attendance.csv, clients.csv" in said


def test_tables_of_an_earlier_export_are_replaced(
    cli: Cli, tmp_path: Path, week_file: Path, roster_path: Path
) -> None:
    folder = tmp_path / "tables"
    for command in ("export", "export", "report", "report", "export"):
        ran = cli(command, week_file, roster_path, "--csv", folder)
        assert ran.status == 0, ran.err
    assert {path.stem for path in folder.iterdir()} == {*TABLES, *COLUMNS}
    # saved again by a spreadsheet program
    table = folder / "cohorts.csv"
    written = table.read_text(encoding="utf-8")
    table.write_text(written.replace(",", ";"), encoding="utf-8-sig")
    assert cli("export", week_file, roster_path, "--csv", folder).status == 0
    assert table.read_text(encoding="utf-8") == written


# Two outputs


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("export", ("--xlsx", "{out}/same.xlsx", "--attendance", "{out}/same.xlsx"), "same.xlsx"),
        ("export", ("--xlsx", "{out}/same.xlsx", "--attendance", "{out}/link.xlsx"), "link.xlsx"),
        ("export", ("--xlsx", "{out}/same.xlsx", "--ics", "{out}/same.xlsx"), "same.xlsx"),
        ("export", ("--html", "{out}/print/day-sheets.html", "--sheets", "{out}/print"), "day-sheets.html"),
        ("export", ("--html", "{out}/print/call-sheet.html", "--sheets", "{out}/print"), "call-sheet.html"),
        ("export", ("--attendance", "{out}/print/attendance.csv", "--csv", "{out}/print"), "attendance.csv"),
        ("report", ("--html", "{out}/same.html", "--csv", "{out}/same.html"), "same.html"),
    ],
)
def test_two_outputs_are_not_one(
    cli: Cli,
    tmp_path: Path,
    week_file: Path,
    roster_path: Path,
    command: str,
    options: tuple[str, ...],
    words: str,
) -> None:
    (tmp_path / "out" / "print").mkdir(parents=True)
    (tmp_path / "out" / "link.xlsx").symlink_to(tmp_path / "out" / "same.xlsx")
    given = [one.format(out=tmp_path / "out") for one in options]
    said = refused(cli, tmp_path, command, week_file, roster_path, *given)
    assert "would both write" in said
    assert f"{words}. Name another place for one of them." in said


def test_folders_may_be_one(cli: Cli, tmp_path: Path, week_file: Path, roster_path: Path) -> None:
    """Nothing in them has the name of anything else, and all are written again."""
    kinds = ("--ics", "--sheets", "--csv")
    alone = [one for kind in kinds for one in (kind, tmp_path / f"alone{kind}")]
    together = [one for kind in kinds for one in (kind, tmp_path / "all")]
    for where in (alone, together, together):
        ran = cli("export", week_file, roster_path, *where)
        assert ran.status == 0, ran.err
    names = [name for kind in kinds for name in contents(tmp_path / f"alone{kind}")]
    assert sorted(contents(tmp_path / "all")) == sorted(names)
