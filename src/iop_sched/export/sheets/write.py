"""Printed sheets as HTML files that need no network, no script and no browser settings."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from iop_sched.export.appointments import appointments
from iop_sched.export.page.render import shown
from iop_sched.export.sheets.pages import Page, call_pages, client_pages, day_pages, sign_in_pages
from iop_sched.export.subject import Subject
from iop_sched.week.files import make_folder, write_text

NAMES = ("day-sheets", "sign-in-sheets", "client-pages", "call-sheet")
"""Names of the files, without their ending; the last one is written when changes are known."""


def write_sheets(subject: Subject, folder: Path) -> list[Path]:
    """Write day sheets, sign-in sheets, client pages and, if changes are known, a call sheet.

    Raises ``OSError``.
    """
    schedule, roster, labels = subject.schedule, subject.roster, subject.labels
    found = appointments(schedule)
    every = [
        day_pages(schedule, found, labels),
        sign_in_pages(schedule, found, labels),
        client_pages(schedule, found, labels),
    ]
    if subject.comparison is not None:
        every.append(call_pages(subject.comparison.difference, labels))
    make_folder(folder)
    written = []
    for name, pages in zip(NAMES, every, strict=False):
        path = folder / f"{name}.html"
        write_text(path, html(name.replace("-", " ").capitalize(), roster.program, pages))
        written.append(path)
    return written


def html(title: str, program: str, pages: Sequence[Page]) -> str:
    """Pages as one file, each beginning a new sheet of paper."""
    here = files("iop_sched.export.sheets")
    style = here.joinpath("sheet.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=PackageLoader("iop_sched.export.sheets", "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
    )
    return environment.get_template("sheet.html.jinja").render(
        title=f"{title}, {program}",
        program=program,
        pages=pages,
        style=Markup(style),  # a file of this package: all else is escaped
        style_hash=f"sha256-{digest}",
    )
