"""Hostile names, notes and words go through every output, and come out as text and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook
from rich.cells import cell_len
from xlsxwriter import Workbook

from iop_sched.solve import run as solve_run
from iop_sched.week.loading import load_names, load_week
from iop_sched.what_if import run as running
from iop_sched.what_if.perform import perform
from privacy.hostile import MARK, NAMES, NOTES, Files, Ran, made, people, run, unseen
from report.harbour import outcome

VIEWS = ("summary", "week", "cohorts", "clients", "clinicians", "rooms")
ALL_VIEWS = [word for view in VIEWS for word in ("--view", view)]
PRINTED = {
    "show": ["show", "{week}", "{roster}", *ALL_VIEWS, "--client", "c13", "--clinician", "kim"],
    "solve": ["solve", "{week}", *ALL_VIEWS],
    "check": ["check", "{week}", "{other}", "--force"],
    "compare": ["compare", "{week}", "{roster}", "{other}"],
    "explain": ["explain", "{week}", "{roster}", "--client", "c13", "--no-repairs"],
    "admit": ["admit", "{week}", "{roster}", "--client", "{caller}"],
    "what-if": [
        "what-if",
        "{week}",
        "--baseline",
        "{roster}",
        "--scenario",
        "{scenario}",
        "--time-limit",
        "60",
    ],
    "next-week": [
        "next-week",
        "{week}",
        "{roster}",
        "--out",
        "{folder}/next.yaml",
        "--changes",
        "{scenario}",
    ],
    "report": ["report", "{week}", "{roster}"],
    "drop": ["drop", "{week}", "{roster}", "c06"],
}
JSON = {"check", "compare", "explain", "admit", "what-if", "next-week", "report", "drop"}
EXPORTS = ("--html", "page.html", "--xlsx", "book.xlsx", "--ics", "ics", "--sheets", "sheets", "--csv", "csv")
WHOSE = ("--calendars", "clinicians", "--calendars", "clients", "--calendars", "rooms")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return made(tmp_path_factory.mktemp("hostile") / "week", True)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return made(tmp_path_factory.mktemp("plain") / "week", False)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is solved for ``solve``, and cases of ``what-if`` start no process."""
    monkeypatch.setattr(solve_run, "solve", lambda *_: outcome())
    monkeypatch.setattr(running, "run_in_child", perform)


def asked(
    command: list[str], files: Files, *more: object, status: tuple[int, ...] = (0, 1), **env: str
) -> Ran:
    """Run a command of the table with these files."""
    places = {name: str(path) for name, path in vars(files).items()}
    ran = run(*(word.format(**places) for word in command), *more, **env)
    assert ran.status in status, ran.err
    return ran


def test_what_is_hostile_is_read_as_it_is(hostile: Files) -> None:
    found = {re.sub(r"\s", "", one) for one in load_names(hostile.names).values()}
    assert found == {re.sub(r"\s", "", f"{one}{MARK}") for one in NAMES}
    week = load_week(hostile.week)
    windows = [one for client in week.clients for one in (*client.busy, *client.absences)]
    said = (
        {one.why for one in (*week.closures, *windows)} | {one.reason for one in week.pins} | {week.program}
    )
    assert said - {None} <= {f"{one}{MARK}" for one in NOTES}
    assert len(said) > 8


# What is printed


@pytest.mark.parametrize("columns", [80, 160])
@pytest.mark.parametrize("command", PRINTED)
def test_nothing_printed_steers_the_terminal(hostile: Files, command: str, columns: int) -> None:
    ran = asked(PRINTED[command], hostile, "--names", hostile.names, COLUMNS=str(columns))
    assert unseen(ran.all) == set()
    assert MARK in ran.all
    assert command == "check" or max(map(cell_len, ran.out.splitlines())) <= columns
    # a line break in a name or a note begins no line
    assert not re.search(r"^\s*(BEGIN:VEVENT|=second)", ran.all, re.MULTILINE)


def test_markup_stays_text(hostile: Files) -> None:
    ran = asked(PRINTED["show"], hostile, "--names", hostile.names, COLUMNS="160")
    assert "[bold red]x[/] [link=http://example.org]y" in ran.out
    assert "�[2J�[1;1H�]0;title��31m" in ran.out
    assert "�npp.exe� �x� �a�".replace("npp", "gnp") in ran.out


@pytest.mark.parametrize("command", ["show", "what-if", "compare"])
def test_a_terminal_gets_colours_alone(hostile: Files, command: str) -> None:
    ran = asked(PRINTED[command], hostile, "--names", hostile.names, FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b[" in ran.out
    assert unseen(re.sub(r"\x1b\[[0-9;]*m", "", ran.out)) == set()
    assert "\x1b]8" not in ran.out


@pytest.mark.parametrize("command", sorted(JSON))
def test_json_says_the_same_with_escapes(hostile: Files, command: str) -> None:
    ran = asked(PRINTED[command], hostile, "--json")
    json.loads(ran.out)
    assert unseen(ran.all) == set()


def test_the_roster_as_json_is_the_roster(hostile: Files) -> None:
    ran = run("solve", hostile.week, "--json")
    assert json.loads(ran.out)["program"] == load_week(hostile.week).program


# Files


class Seen(HTMLParser):
    """Tags with the names of their attributes in order, and what is said between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, ...]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.shape.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page_shape(raw: bytes) -> object:
    """Elements and attributes; the text must hold nothing unseen, and a guard that lets nothing in."""
    text = raw.decode()
    assert unseen(text) == set()
    assert "default-src 'none'" in text.replace("&#39;", "'")
    return Seen(text).shape


def book_shape(raw: bytes) -> object:
    """Kinds of cells; no formula, no link, nothing unseen, no cell too long."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        parts = [file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))]
    assert not any("<f>" in part or "<f " in part or "hyperlink" in part for part in parts)
    assert not any("_x00" in part for part in parts)
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    texts = [cell for rows in sheets.values() for row in rows for cell in row if isinstance(cell, str)]
    assert unseen("".join(texts)) == set()
    assert not [
        text for text in texts if text[:1] in set("=+-@\t\uff1d") and text != "-" and text[:2] != "- "
    ]
    assert max(map(len, texts)) <= 32_767
    return {name: [[type(cell).__name__ for cell in row] for row in rows] for name, rows in sheets.items()}


def calendar_shape(raw: bytes) -> object:
    """Components with the names of their properties; lines as RFC 5545 has them."""
    assert raw.endswith(b"\r\n")
    lines = raw[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line or len(line) > 75 for line in lines)
    assert unseen(raw.decode().replace("\r\n ", "").replace("\r\n", "\n")) == set()
    return [(one.name, sorted(one)) for one in Calendar.from_ical(raw).walk()]


def table_shape(raw: bytes) -> object:
    """Rows and columns; no cell that a spreadsheet program would calculate."""
    text = raw.decode()
    assert unseen(text) == set()
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert not [cell for row in rows for cell in row if re.match("[=+@\t\uff1d]|-[^0-9]", cell)]
    return [len(row) for row in rows]


SHAPES = {".html": page_shape, ".xlsx": book_shape, ".ics": calendar_shape, ".csv": table_shape}


def exported(files: Files, folder: Path, *more: object) -> dict[str, bytes]:
    """Every export and report of a week, by the file's path below ``folder``."""
    folder.mkdir()
    places = [folder / word if "--" not in word else word for word in EXPORTS]
    ran = run("export", files.week, files.roster, *places, *WHOSE, "--compare", files.other, *more)
    assert ran.status == 0, ran.err
    assert unseen(ran.all) == set()
    report = ("--html", folder / "report.html", "--csv", folder / "report", "--names", files.names)
    ran = run(
        "report", files.week, files.roster, files.other, *more, *report[: 4 if "--redact" in more else 6]
    )
    assert ran.status == 0, ran.err
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_file_has_the_shape_it_has_with_plain_names(
    hostile: Files, plain: Files, tmp_path: Path
) -> None:
    ours = exported(hostile, tmp_path / "hostile", "--names", hostile.names)
    theirs = exported(plain, tmp_path / "plain", "--names", plain.names)
    assert set(ours) == set(theirs)
    assert {Path(name).suffix for name in ours} == set(SHAPES)
    for name, raw in ours.items():
        shape = SHAPES[Path(name).suffix]
        assert shape(raw) == shape(theirs[name]), name
    everything = "".join(raw.decode() for name, raw in ours.items() if not name.endswith((".xlsx", ".ics")))
    assert everything.count(MARK) > 500
    pages = [Seen(raw.decode()).words for name, raw in ours.items() if name.endswith(".html")]
    assert all(any("<script>alert(1)</script>" in word for word in words) for words in pages)
    for path in tmp_path.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0 or path.is_dir()


def test_a_calendar_reads_back_what_was_meant(hostile: Files, tmp_path: Path) -> None:
    run("export", hostile.week, hostile.roster, "--ics", tmp_path / "ics", "--names", hostile.names)
    names = load_names(hostile.names)
    found = Calendar.from_ical((tmp_path / "ics" / "clinicians" / "lee.ics").read_bytes())
    said = " ".join(f"{one['SUMMARY']} {one['LOCATION']} {one['DESCRIPTION']}" for one in found.events)
    whole = [name for name in names.values() if not unseen(name)]
    assert sum(name in said for name in whole) > 3


# Redacted


@pytest.mark.parametrize("command", ["show", "solve", "check", "compare", "report"])
def test_nothing_of_anybody_is_printed_redacted(hostile: Files, command: str) -> None:
    ran = asked(PRINTED[command], hostile, "--redact", COLUMNS="160")
    assert unseen(ran.all) == set()
    nobody(ran.out, hostile)


@pytest.mark.parametrize("command", [["solve", "{week}"], PRINTED["check"], PRINTED["compare"]])
def test_nothing_of_anybody_is_in_redacted_json(hostile: Files, command: list[str]) -> None:
    ran = asked(command, hostile, "--redact", "--json")
    json.loads(ran.out)
    nobody(ran.out, hostile)


def test_nothing_of_anybody_is_in_a_redacted_file(hostile: Files, tmp_path: Path) -> None:
    for name, raw in exported(hostile, tmp_path / "out", "--redact").items():
        nobody(name, hostile)
        SHAPES[Path(name).suffix](raw)
        if name.endswith(".xlsx"):
            book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
            rows = [row for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python()]
            nobody(str(rows), hostile)
        elif name.endswith(".html"):
            nobody(" ".join(Seen(raw.decode()).words), hostile)
        else:
            nobody(raw.decode().replace("\r\n ", ""), hostile)


def nobody(text: str, files: Files) -> None:
    """No id of a person, no note, no name of the program, no date of the week."""
    week = load_week(files.week)
    assert MARK not in text
    assert not people(week) & set(re.findall(r"[\w-]+", text))
    assert str(week.week_of.year) not in text
    assert week.week_of.strftime("%d %B") not in text


# A name that is none


@pytest.mark.parametrize("ending", [".yaml", ".json", ".csv", ".xlsx"])
def test_a_name_of_ten_thousand_characters_is_refused_and_not_repeated(
    hostile: Files, tmp_path: Path, ending: str
) -> None:
    path, name = tmp_path / f"names{ending}", "z" * 10_000
    if ending == ".xlsx":
        with Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Code", "Name"])
            sheet.write_row(1, 0, ["c01", name])
    elif ending == ".csv":
        path.write_text(f"Code;Name\nc01;{name}\n", encoding="utf-8")
    else:
        path.write_text(json.dumps({"clients": {"c01": name}}), encoding="utf-8")
    ran = run("show", hostile.week, hostile.roster, "--names", path)
    assert (ran.status, ran.out) == (2, "")
    assert "too long; write 80 characters at most" in ran.err
    assert "zzz" not in ran.err


@pytest.mark.parametrize("command", PRINTED)
def test_every_command_says_where_a_names_file_is_wrong(hostile: Files, tmp_path: Path, command: str) -> None:
    path = tmp_path / "names.csv"
    path.write_text("Code;Name\nWilhelmina;c01\nc01;Wilhelmina\nc01;Mina\n", encoding="utf-8")
    ran = asked(PRINTED[command], hostile, "--names", path, status=(2,))
    assert f"{path}: cell A2: the week has nobody and nothing with this code" in ran.err
    assert f"{path}: cell A4: this code has another name further up" in ran.err
    assert not re.search(
        "wilhelmina|mina", ran.all.split(str(path), 1)[1].replace(str(path), ""), re.IGNORECASE
    )
