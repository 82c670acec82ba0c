"""Harbour House among people who mean harm: names, notes and words that try to be more than text.

Everything exists twice: with hostile texts, and with plain ones in the same places. What a reader makes of an
output must have the same shape for both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner
from xlsxwriter import Workbook

from iop_sched.cli.app import app
from iop_sched.report.roster_file import roster_file
from iop_sched.solve.outcome import SolveOptions
from iop_sched.tables.saving import save_week
from iop_sched.week.files import write_roster
from iop_sched.week.loading import load_policy_file
from iop_sched.week.names import KINDS
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import HandEdit, RosterFile, Unplaced
from iop_sched.week.roster import Roster
from report.harbour import ROSTER, outcome, raw_week

MARK = "quine"
"""In every hostile name and note."""

NAMES = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "[bold red]x[/] [link=http://example.org]y",
    "\x1b[2J\x1b[1;1H\x1b]0;title\x07\x9b31m",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200fa\u061c",
    "\u200bm\u200da\u2060r\u200cy\ufeff\u00ad\u180e",
    "\U0001f469\u200d\u2695\ufe0f Zoë \U0001f3f3\ufe0f\u200d\U0001f308",
    "one\nBEGIN:VEVENT\r\nSUMMARY:two\rthree\tfour\u2028five\x85six",
    "'\"><img src=x onerror=alert(1)> javascript:alert(1)",
    "{{ 7*7 }}{% raw %}${7*7}%s{0}`id`$HOME",
    "@SUM(1)*cmd|' /C calc'!A0",
    "\x1b=1+1",
    "\uff1d1+1",
    "\t=1+1",
    '&Z&P;,\\n&amp;"',
    "</style></title><!-- ",
    "\u0623\u062d\u0645\u062f",
    "x" * 70,
)
"""Names as a spreadsheet may hold them; none is longer than a name may be."""

NOTES = tuple(
    one for one in NAMES if not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", one)
)
NOTES += ("+first\n=second\n\nOverrides in force", "y" * 10_000)
"""Texts that a program week may hold: files with anything else in a value are refused."""


@dataclass(frozen=True)
class Files:
    """A week, two rosters of it, and what else commands read."""

    folder: Path
    week: Path
    roster: Path
    other: Path
    names: Path
    scenario: Path
    caller: Path


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Both streams."""
        return self.out + self.err


def run(*arguments: object, **env: str) -> Ran:
    """Run ``iop-sched`` with these arguments."""
    done = CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": "100", **env})
    return Ran(done.exit_code, done.stdout, done.stderr)


def made(folder: Path, hostile: bool) -> Files:
    """All files, in a folder; hostile or plain."""
    folder.mkdir()
    names, notes = _texts(NAMES, hostile), _texts(NOTES, hostile)
    week = _week(notes)
    other = "=1+1 [bold]<b>\x1b\u200f.json" if hostile else "other.json"
    files = Files(
        folder,
        *(folder / name for name in ("week.yaml", "roster.json", other, "names.xlsx")),
        *(folder / name for name in ("scenario.yaml", "caller.yaml")),
    )
    save_week(files.week, week)
    write_roster(files.roster, _roster(week, ROSTER, notes))
    write_roster(files.other, _roster(week, _changed(), notes))
    write_names(files.names, week, names)
    save_week(folder / "week.json", week)
    case = f"[bold]{MARK}[/] =1+1 \u200f" if hostile else "plain"
    files.scenario.write_text(
        f'name: "{case}"\ndescription: "{case}"\nchanges: ["out lee thu"]\n', encoding="utf-8"
    )
    note = next(notes) if not hostile else NOTES[0] + MARK
    files.caller.write_text(
        'id: caller\nlevel: iop\nbusy: [{days: weekdays, start: "13:00", end: "22:00", why: "'
        + note
        + '"}]\n'
        "prescription: {hours: {min: 9, target: 9, max: 15}, days: [3], services: [{service: individual}]}\n",
        encoding="utf-8",
    )
    return files


def write_names(path: Path, week: ProgramWeek, names: Iterator[str]) -> None:
    """A name for every id that can have one."""
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        rows = [("Code", "Name"), *((one.id, next(names)) for kind in KINDS for one in getattr(week, kind))]
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)


def _texts(hostile: Iterable[str], wanted: bool) -> Iterator[str]:
    texts = tuple(hostile)
    while True:
        yield from (f"{one}{MARK}" if wanted else f"plain {number}" for number, one in enumerate(texts))


def _week(notes: Iterator[str]) -> ProgramWeek:
    raw = raw_week()
    raw["program"] = next(notes)
    for one in (*raw["closures"], *_windows(raw)):
        one["why"] = next(notes)
    for pin in raw["pins"]:
        pin["reason"] = next(notes)
    return ProgramWeek.model_validate(raw)


def _windows(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kind, field in (
        ("clinicians", "available"),
        ("clinicians", "away"),
        ("clients", "busy"),
        ("clients", "absences"),
    ):
        for one in raw[kind]:
            yield from one.get(field, ())


def _changed() -> Roster:
    """Another roster: a client without a place, a session that is gone, another time."""
    first, *rest = ROSTER.sessions
    moved = first.model_copy(update={"start": first.start + 15})
    gone = ROSTER.placements[-1].client
    sessions = tuple(one for one in (moved, *rest) if gone not in one.clients)
    return ROSTER.model_copy(update={"placements": ROSTER.placements[:-1], "sessions": sessions})


def _roster(week: ProgramWeek, roster: Roster, notes: Iterator[str]) -> RosterFile:
    file = roster_file(week, load_policy_file("standard"), "standard", outcome(roster=roster), SolveOptions())
    # the program's own words, in a file that may come from anybody
    reasons = tuple(Unplaced(client=one.client, reason=_foreign(next(notes))) for one in file.unplaced)
    edits = (HandEdit(words=_foreign(next(notes)), from_sha256="0" * 64),)
    provenance = file.provenance.model_copy(update={"edited": edits})
    return file.model_copy(update={"unplaced": reasons, "provenance": provenance})


def _foreign(text: str) -> str:
    return text.replace(MARK, "")


def unseen(text: str) -> set[str]:
    """Characters of a text that cannot be seen, or steer whatever shows it; joiners of pictures aside."""
    joined = re.sub("(?<=[^\x00-\x7f])\u200d(?=[^\x00-\x7f])", "", text)
    return {
        one
        for one in joined
        if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and one != "\n"
    }


def people(week: ProgramWeek) -> set[str]:
    """Ids of clients and clinicians."""
    return {one.id for one in (*week.clients, *week.clinicians)}
