"""``iop-sched export`` and ``--redact``: what is written, what is refused, and whom nobody learns about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from icalendar import Calendar

from cli.conftest import Cli, cli, roster_path, week_file
from report.harbour import ROSTER, WEEK

__all__ = ["cli", "roster_path", "week_file"]

PEOPLE = {one.id for one in (*WEEK.clients, *WEEK.clinicians)}


def test_everything_at_once(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    out = tmp_path / "out"
    where = (
        "--html",
        out / "r.html",
        "--xlsx",
        out / "r.xlsx",
        "--ics",
        out / "cal",
        "--csv",
        out / "csv",
        "--sheets",
        out / "print",
    )
    ran = cli("export", week_file, roster_path, *where, "--calendars", "rooms", "--compare", roster_path)
    assert ran.status == 0, ran.err
    assert {path.name for path in out.iterdir()} == {"r.html", "r.xlsx", "cal", "csv", "print"}
    assert (out / "print" / "call-sheet.html").is_file()
    assert {path.name for path in (out / "cal").iterdir()} == {"rooms"}
    used = {one.room for one in (*ROSTER.facilitation, *ROSTER.sessions)} - {None}
    assert {path.stem for path in (out / "cal" / "rooms").iterdir()} == used
    files = [path for path in out.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert ran.err.count("Wrote") == len(files) - len(used) + 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "There is nothing to write"),
        (("--csv", "{out}/csv", "--timezone", "America/Chicago"), "--timezone is for calendars"),
        (("--ics", "{out}/cal", "--timezone", "Chicago"), "Did you mean America/Chicago?"),
        (("--csv", "{out}/csv", "--compare", "{roster}"), "Add --html FILE or --sheets FOLDER"),
        (("--csv", "{out}/none/csv"), "no folder can be made there"),
        (("--xlsx", "{out}/r.xls"), "ends in .xlsx"),
        (("--xlsx", "{roster}"), "would overwrite a file that is read here"),
        (("--csv", "{out}/csv", "--redact", "--names", "{roster}"), "Choose one of them"),
        (("--attendance", "{out}/came.csv", "--redact"), "Make the form in a run of its own"),
    ],
)
def test_what_does_not_go_together(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    given = [one.format(out=tmp_path, roster=roster_path) for one in options]
    ran = cli("export", week_file, roster_path, *given)
    assert ran.status == 2
    assert words in " ".join(ran.err.split())


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
def test_marks_in_a_form_are_not_lost(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path, kind: str
) -> None:
    form = tmp_path / f"came{kind}"
    again = ("export", week_file, roster_path, "--attendance", form)
    assert cli(*again).status == 0
    assert cli(*again).status == 0  # an empty one may be made anew
    if kind == ".csv":
        lines = form.read_text(encoding="utf-8").splitlines()
        form.write_text("\n".join([*lines[:-1], lines[-1] + "x"]), encoding="utf-8")
    else:
        form.write_bytes(b"this is no form")
    before = form.read_bytes()
    ran = cli(*again)
    assert ran.status == 2
    assert "its marks would be lost" in " ".join(ran.err.split())
    assert form.read_bytes() == before


def test_redacted_files_name_nobody(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    ran = cli(
        *("export", week_file, roster_path, "--redact", "--csv", tmp_path / "csv", "--ics", tmp_path / "cal"),
        *("--calendars", "clients", "--sheets", tmp_path / "print", "--html", tmp_path / "csv.html"),
    )
    assert ran.status == 0, ran.err
    files = [path for folder in ("csv", "cal", "print") for path in (tmp_path / folder).rglob("*.*")]
    for path in (*files, tmp_path / "csv.html"):
        # marks only count people, in the order of their codes
        text = re.sub(r'data-(mark|about)="[^"]*"', "", path.read_text(encoding="utf-8"))
        words = set(re.findall(r"[\w-]+", text))
        assert not words & PEOPLE, path.name
        assert str(WEEK.week_of.year) not in words
        assert WEEK.program not in text
    codes = {path.stem for path in (tmp_path / "cal" / "clients").iterdir()}
    assert all(re.fullmatch(r"P\d+", code) for code in codes)
    days = {
        event.start.strftime("%a").lower()
        for path in (tmp_path / "cal" / "clients").iterdir()
        for event in Calendar.from_ical(path.read_bytes()).events
    }
    assert days <= {day.code for session in ROSTER.sessions for day in [session.day]} | {
        meeting.day.code for meeting in ROSTER.facilitation
    }


@pytest.mark.parametrize("view", ["summary", "week", "cohorts", "clients", "clinicians", "rooms"])
def test_redacted_views_name_nobody(cli: Cli, week_file: Path, roster_path: Path, view: str) -> None:
    plain = cli("show", week_file, roster_path, "--view", view)
    hidden = cli("show", week_file, roster_path, "--view", view, "--redact")
    assert hidden.status == 0, hidden.err
    words = set(re.findall(r"[\w-]+", hidden.out))
    assert not words & PEOPLE
    assert set(re.findall(r"[\w-]+", plain.out)) & PEOPLE
    assert str(WEEK.week_of.year) not in words


def test_a_redacted_week_of_one_client(cli: Cli, week_file: Path, roster_path: Path) -> None:
    client = ROSTER.placements[0].client
    ran = cli("show", week_file, roster_path, "--client", client, "--redact")
    assert ran.status == 0
    assert re.search(r"Week of client P\d+", ran.out)
    assert client not in re.findall(r"[\w-]+", ran.out)
