"""Workbook, tables and printed sheets: what stands in them."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from iop_sched.compare.difference import differences
from iop_sched.export.appointments import appointments
from iop_sched.export.cells import inert
from iop_sched.export.sheets.pages import call_pages, client_pages, day_pages, sign_in_pages
from iop_sched.export.sheets.write import html
from iop_sched.export.subject import Subject
from iop_sched.export.tables import TABLES, tables
from iop_sched.export.workbook import VIEWS, workbook
from iop_sched.report.words import Labels
from iop_sched.week.roster import Roster
from report.harbour import POLICY, ROSTER, SCHEDULE, WEEK, found_file

FILE = found_file()
FOUND = appointments(SCHEDULE)


def book(labels: Labels) -> bytes:
    return workbook(Subject(WEEK, FILE, POLICY, labels))


# Workbook


def test_a_sheet_a_view() -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(book(Labels())))
    assert found.sheet_names == list(VIEWS)
    clients = found.get_sheet_by_name("Clients").to_python()
    rows = {row[0]: row for row in clients}
    for client, placement in SCHEDULE.placed:
        assert rows[client.id][1] == (placement.cohort or "no cohort needed")
        # lengths are numbers of hours, so that they can be summed
        assert rows[client.id][4] == pytest.approx(SCHEDULE.dosage(client).total / 60)
    unplaced = found.get_sheet_by_name("Unplaced").to_python()
    assert {one.client for one in FILE.unplaced} <= {row[0] for row in unplaced}


def test_the_workbook_is_made_to_be_printed() -> None:
    with zipfile.ZipFile(io.BytesIO(book(Labels()))) as file:
        sheets = [file.read(f"xl/worksheets/sheet{at}.xml").decode() for at in range(1, len(VIEWS) + 1)]
        names = file.read("xl/workbook.xml").decode()
    for sheet in sheets:
        assert 'orientation="landscape"' in sheet
        assert 'fitToHeight="0"' in sheet
        assert "<pane " in sheet
    assert names.count("_xlnm.Print_Area") == len(VIEWS)
    assert names.count("_xlnm.Print_Titles") == len(VIEWS)


def columns_printed(file: zipfile.ZipFile, name: str) -> list[float]:
    """Widths of the columns of a sheet that are printed."""
    names = file.read("xl/workbook.xml").decode()
    area = re.search(rf'Print_Area"[^>]*>{name}!\$A\$1:\$([A-Z])\$', names)
    assert area is not None
    sheet = file.read(f"xl/worksheets/sheet{1 + list(VIEWS).index(name)}.xml").decode()
    found = [0.0] * (ord(area[1]) - ord("A") + 1)
    for first, last, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet):
        found[int(first) - 1 : int(last)] = [float(width)] * (int(last) - int(first) + 1)
    return found


def test_no_line_is_cut_on_paper() -> None:
    nobody_waits = FILE.model_copy(update={"unplaced": (), "program": "A program"})
    with zipfile.ZipFile(io.BytesIO(workbook(Subject(WEEK, nobody_waits, POLICY, Labels())))) as file:
        for name in VIEWS:
            # the title is printed larger than the text that widths are told in
            assert sum(columns_printed(file, name)) >= 14 / 11 * len("A program, week of Monday 2 March 2026")


def test_a_long_line_is_wrapped() -> None:
    long = FILE.model_copy(update={"program": "A program of many words " * 5})
    with zipfile.ZipFile(io.BytesIO(workbook(Subject(WEEK, long, POLICY, Labels())))) as file:
        narrow = [name for name in VIEWS if sum(columns_printed(file, name)) < 14 / 11 * 120]
        assert {"Week", "Unplaced"} <= set(narrow)
        for name in narrow:
            sheet = file.read(f"xl/worksheets/sheet{1 + list(VIEWS).index(name)}.xml").decode()
            last = chr(ord("A") + len(columns_printed(file, name)) - 1)
            assert f'<mergeCell ref="A1:{last}1"/>' in sheet
            assert float(re.findall(r'<row r="1"[^>]* ht="([\d.]+)"', sheet)[0]) >= 30


def test_a_small_table_does_not_widen_the_one_above() -> None:
    why = max((found for one in FILE.unplaced for found in [reasons(one.client)]), key=len)
    with zipfile.ZipFile(io.BytesIO(book(Labels()))) as file:
        assert len(why) > 30 > columns_printed(file, "Clients")[1]


def reasons(client: str) -> str:
    """Why a client has no place, as the workbook says it under the list of clients."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book(Labels()))).get_sheet_by_name("Clients")
    return next(row[1] for row in reversed(sheet.to_python()) if row[0] == client)


def test_remarks_are_no_formulas_and_look_like_none() -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(book(Labels())))
    cells = [str(cell) for name in VIEWS for row in found.get_sheet_by_name(name).to_python() for cell in row]
    assert any(cell.startswith("• ") for cell in cells)
    # a cohort without members has a dash before how many there should be
    assert all(cell.startswith("'- (") for cell in cells if cell.startswith("'"))


def test_a_length_fits_its_column() -> None:
    with zipfile.ZipFile(io.BytesIO(book(Labels()))) as file:
        hours = columns_printed(file, "Clients")[4]
    longest = max(SCHEDULE.dosage(client).total / 60 for client, _ in SCHEDULE.placed)
    assert hours >= len(f"{longest:.2f} h") + 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx", "\uff1d1"])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert inert(text).startswith("'")
    assert "\0" not in inert(text)
    assert inert(f"a{text}")[0] == "a"


# Tables


def test_tables_are_tidy() -> None:
    found = tables(SCHEDULE, FILE, Labels())
    assert list(found) == list(TABLES)
    assert len(found["attendance"]) == sum(len(one.clients) for one in FOUND)
    assert len(found["sessions"]) == len(FOUND)
    assert found["clients"]["client"].is_unique
    placed = found["clients"][found["clients"]["placed"]]
    assert len(placed) == len(ROSTER.placements)
    assert placed["scheduled hours"].sum() == pytest.approx(
        sum(SCHEDULE.dosage(client).total for client, _ in SCHEDULE.placed) / 60
    )
    missing = {client.id: sum(n for _, n in SCHEDULE.missing(client)) for client, _ in SCHEDULE.placed}
    assert dict(zip(placed["client"], placed["missing sessions"], strict=True)) == missing
    # what somebody pivots agrees with the rules
    hours = found["sessions"].assign(who=found["sessions"]["clinicians"].str.split(", ")).explode("who")
    for clinician, given in hours[hours["who"] != ""].groupby("who")["hours"].sum().items():
        assert given <= sum(SCHEDULE.loads[str(clinician)]) / 60


def test_an_empty_roster_has_all_columns() -> None:
    from iop_sched.rules import Schedule

    empty = Schedule.of(WEEK, Roster())
    found = tables(empty, FILE.model_copy(update={"placements": (), "sessions": ()}), Labels())
    assert list(found["attendance"].columns) == list(TABLES["attendance"][0])
    assert isinstance(found["attendance"], pd.DataFrame)
    assert found["attendance"].empty


# Printed sheets


def test_the_front_desk_sees_everybody_who_comes() -> None:
    pages = day_pages(SCHEDULE, FOUND, Labels())
    for page in pages:
        arrivals, running = page.tables
        assert arrivals.rows or running.rows
    listed = sum(len(page.tables[1].rows) for page in pages)
    assert listed == len(FOUND)
    visits = {(one.day, one.site, client) for one in FOUND for client in one.clients}
    assert sum(len(page.tables[0].rows) for page in pages) == len(visits)


def test_a_sign_in_sheet_for_each_meeting() -> None:
    pages = sign_in_pages(SCHEDULE, FOUND, Labels())
    assert '<th scope="col" class="pen signature">Signature</th>' in html("Sign in", "A program", pages)
    groups = [one for one in FOUND if one.kind == "session" and len(one.clients) > 1]
    assert len(pages) == len(SCHEDULE.held) + len(groups)
    names = [{row[0] for row in page.tables[0].rows} for page in pages[: len(SCHEDULE.held)]]
    order = sorted(SCHEDULE.held, key=lambda one: (one.day, one.cohort))
    assert names == [{client.id for client in SCHEDULE.attendance.attending(one)} for one in order]


def test_a_clients_page_names_no_other_client() -> None:
    everybody = {client.id for client in WEEK.clients}
    pages = client_pages(SCHEDULE, FOUND, Labels())
    assert {page.title.removeprefix("Week of ") for page in pages} >= set(SCHEDULE.placements)
    for page in pages:
        words = set(re.findall(r"[\w-]+", " ".join((page.title, *page.under, str(page.tables)))))
        assert words & everybody == {page.title.removeprefix("Week of ")}


def test_the_call_sheet_names_those_for_whom_something_changed() -> None:
    (nothing,) = call_pages(differences(ROSTER, ROSTER), Labels())
    assert nothing.tables == ()
    assert "nobody needs to be called" in nothing.under[0]
    first, *rest = ROSTER.sessions
    later = ROSTER.model_copy(
        update={"sessions": (first.model_copy(update={"start": first.start + 15}), *rest)}
    )
    (page,) = call_pages(differences(ROSTER, later), Labels())
    clients = next(table for table in page.tables if table.title == "Clients")
    assert [row[0].split()[0].rstrip(":,") for row in clients.rows] == list(first.clients)
    assert {"Told by", "When"} == set(clients.fill)


def test_a_page_needs_nothing_from_outside() -> None:
    text = html("Title", "Program", day_pages(SCHEDULE, FOUND, Labels()))
    style = re.search(r"<style>(.*?)</style>", text, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text.replace("&#39;", "'")
    assert not re.search(r"(src|href)=|url\(|@import", text)
