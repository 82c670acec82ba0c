"""A form to mark who missed what, a row for each meeting and session of a client; ``next-week`` reads it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import xlsxwriter

from iop_sched.export.cells import inert
from iop_sched.next_week.attended_table import FORM, MEETING
from iop_sched.report.words import Labels
from iop_sched.rules import Schedule
from iop_sched.week.people import Client
from iop_sched.week.times import Day, clock

Row = tuple[str, ...]

_WIDTHS = (24, 6, 12, 20, 8, 10)
"""Of the columns of a workbook, in characters."""


def form_rows(schedule: Schedule, labels: Labels) -> list[Row]:
    """The rows of the form, by client, in order of time; nothing is marked."""
    monday = schedule.facts.week.week_of
    return [
        (labels(client.id), day.code, (monday + timedelta(days=int(day))).isoformat(), what, clock(start), "")
        for client in schedule.facts.week.clients
        for (day, what), start in sorted(
            _starts(schedule, client).items(), key=lambda one: (one[0][0], one[1])
        )
    ]


def _starts(schedule: Schedule, client: Client) -> dict[tuple[Day, str], int]:
    """When a client's meetings and services begin, by day; of a service twice on a day, the first."""
    found: dict[tuple[Day, str], int] = {}
    for session in schedule.sessions_of(client):
        key = (session.day, session.service)
        found[key] = min(session.start, found.get(key, session.start))
    placement = schedule.placements.get(client.id)
    if placement is not None and placement.cohort is not None:
        for day in schedule.attended_days(client):
            blocks = schedule.own_blocks(client, placement.cohort, day)
            found[day, MEETING] = min(start for _, (start, _) in blocks)
    return found


def form_csv(rows: list[Row]) -> str:
    """The form as CSV: a byte-order mark for Excel, lines that end as Windows has them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FORM)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def form_workbook(rows: list[Row]) -> bytes:
    """The form as a workbook of one sheet, with a choice of yes or no under Missed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Attendance")
    bold = book.add_format({"bold": True, "bottom": 2, "bg_color": "#EEF1F4"})
    for column, (title, width) in enumerate(zip(FORM, _WIDTHS, strict=True)):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, inert(cell))
    last = max(1, len(rows))
    sheet.data_validation(
        1, len(FORM) - 1, last, len(FORM) - 1, {"validate": "list", "source": ["yes", "no"]}
    )
    sheet.autofilter(0, 0, last, len(FORM) - 1)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()
