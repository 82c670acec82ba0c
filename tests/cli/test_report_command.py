"""``report``: tables, page, tidy tables and JSON, over one week or several; and what is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from cli.conftest import Cli
from iop_sched.bench.hand_rule import hand_rule
from iop_sched.next_week import advance
from iop_sched.report.roster_file import roster_file
from iop_sched.solve.outcome import SolveOptions
from iop_sched.upward.model import WeekReport
from iop_sched.week.files import write_roster, write_text
from iop_sched.week.loading import load_policy_file, load_week, load_week_with_previous
from iop_sched.week.week_text import week_text
from report.harbour import POLICY, ROSTER, WEEK, outcome

SECTIONS = (
    "At a glance",
    "Rooms",
    "Clinicians",
    "Fill",
    "Waitlist",
    "Hours a week",
    "Group share",
    "Kept from last week",
    "Program days",
    "Days at risk",
    "Authorisations running out",
)


@pytest.fixture
def next_week(tmp_path: Path) -> tuple[Path, Path]:
    """The week after Harbour House's, and a roster for it."""
    week, path = tmp_path / "next.yaml", tmp_path / "next.json"
    write_text(week, week_text(advance(WEEK, ROSTER).week))
    found = outcome(roster=hand_rule(load_week(week), POLICY))
    file = roster_file(load_week(week), load_policy_file("standard"), "standard", found, SolveOptions())
    write_roster(path, file)
    return week, path


@pytest.fixture
def other(roster_path: Path) -> Path:
    """Another roster of the first week: nobody gets yoga."""
    data = json.loads(roster_path.read_text(encoding="utf-8"))
    data["sessions"] = [one for one in data["sessions"] if one["service"] != "yoga"]
    path = roster_path.with_name("other.json")
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize("columns", [80, 160])
def test_a_week_in_tables(cli: Cli, week_file: Path, roster_path: Path, columns: int) -> None:
    ran = cli("report", week_file, roster_path, env={"COLUMNS": str(columns)})
    assert ran.status == 0
    lines = ran.out.splitlines()
    heads = [line for before, line in zip(["", *lines], lines, strict=False) if line and not before]
    assert [head.split("  ")[0] for head in heads] == list(SECTIONS)
    assert max(map(len, lines)) <= columns
    assert "\x1b" not in ran.out
    squeezed = " ".join(ran.out.split())
    assert "lee 5 2 15h 20h 65h 75% -" in squeezed
    assert "c02 ends 2025-03-04 4 of 9 hours 5 hours" in squeezed


def test_several_weeks_in_any_order(
    cli: Cli, week_file: Path, roster_path: Path, next_week: tuple[Path, Path]
) -> None:
    later, its_roster = next_week
    ran = cli("report", later, "--week", week_file, roster_path, its_roster, "--json")
    assert ran.status == 0
    weeks = [WeekReport.model_validate_json(json.dumps(one)) for one in json.loads(ran.out)["weeks"]]
    assert [one.label for one in weeks] == ["week of 2025-03-03", "week of 2025-03-10"]
    # those who were placed are no longer waiting, the others have waited a week more
    assert weeks[0].waitlist.longest_days == 8
    assert weeks[1].waitlist.longest_days == 15
    text = cli("report", week_file, roster_path, its_roster, "--week", later).out
    assert "In all" in text
    # 8 of 9 meetings in the first week
    due = [sum(one.due for one in week.cohorts) for week in weeks]
    assert f"of {sum(due)} (" in next(line for line in text.splitlines() if line.startswith("Meetings held"))


@pytest.mark.parametrize("named", ["among the rosters", "as --previous"])
def test_a_week_that_looked_back_on_another_ones_roster(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path, named: str
) -> None:
    days = timedelta(days=7)
    plain = WEEK.model_copy(update={"week_of": WEEK.week_of + days})
    later, its_roster = tmp_path / "later.yaml", tmp_path / "later.json"
    write_text(later, week_text(plain))
    back = load_week_with_previous(later, roster_path)
    assert back.previous != load_week(later).previous
    found = outcome(roster=hand_rule(back, POLICY))
    policy = load_policy_file("standard")
    write_roster(its_roster, roster_file(back, policy, "standard", found, SolveOptions()))
    first, earlier = week_file, roster_path
    if named == "as --previous":
        other = tmp_path / "other.json"
        write_roster(other, roster_file(WEEK, policy, "standard", outcome(roster=ROSTER), SolveOptions()))
        ran = cli("report", first, other, its_roster, "--week", later, "--previous", earlier, "--json")
    else:
        ran = cli("report", first, earlier, its_roster, "--week", later, "--json")
    assert ran.status == 0, ran.err
    weeks = [WeekReport.model_validate_json(json.dumps(one)) for one in json.loads(ran.out)["weeks"]]
    assert [one.label for one in weeks] == ["week of 2025-03-03", "week of 2025-03-10"]
    alone = json.loads(cli("report", later, its_roster, "--previous", earlier, "--json").out)["weeks"][0]
    assert WeekReport.model_validate_json(json.dumps(alone)).continuity == weeks[1].continuity
    # nothing says on which roster it looked back: it is not guessed
    lost = cli("report", first, "--week", later, its_roster)
    assert lost.status == 2
    assert "name that one with --previous" in lost.err


def test_rosters_of_one_week_side_by_side(cli: Cli, week_file: Path, roster_path: Path, other: Path) -> None:
    ran = cli("report", week_file, roster_path, other, env={"COLUMNS": "160"})
    assert ran.status == 0
    assert "week of 2025-03-03, roster" in ran.out
    assert "week of 2025-03-03, other" in ran.out
    # two rosters of a week are alternatives: there is nothing to add up
    assert "In all" not in ran.out
    redacted = cli("report", week_file, roster_path, other, "--redact", env={"COLUMNS": "160"})
    assert "week 1, roster 2" in redacted.out
    assert "In all" not in redacted.out
    (sessions,) = [line.split() for line in ran.out.splitlines() if line.startswith("Sessions ")]
    assert sessions == ["Sessions", "9", "8"]


def test_files(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    page, tables = tmp_path / "report.html", tmp_path / "tables"
    ran = cli("report", week_file, roster_path, "--html", page, "--csv", tables)
    assert (ran.status, ran.out) == (0, "")
    assert f"Wrote {page}." in ran.err
    assert "Harbour House" in page.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o077 == 0
    assert set(pd.read_csv(tables / "figures.csv")["week of"]) == {"2025-03-03"}


def test_redacted(
    cli: Cli,
    week_file: Path,
    roster_path: Path,
    next_week: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    later, its_roster = next_week
    page, tables = tmp_path / "report.html", tmp_path / "tables"
    given = ("report", week_file, roster_path, its_roster, "--week", later, "--redact")
    written = cli(*given, "--html", page, "--csv", tables, "--json")
    texts = [cli(*given).out, written.out, page.read_text(encoding="utf-8")]
    texts += [path.read_text(encoding="utf-8") for path in sorted(tables.iterdir())]
    ids = {one.id for one in (*WEEK.clients, *WEEK.clinicians)}
    for text in texts:
        words = set(text.replace('"', " ").replace("<", " ").replace(">", " ").replace(",", " ").split())
        assert not words & ids
        assert "2025-" not in text
        assert "2001-" not in text
        assert "Harbour House" not in text
    assert "week 1" in texts[0]
    assert "week 2" in texts[0]
    assert "1 day after Monday" in texts[0]
    assert cli(*given, "--names", week_file).status == 2


def test_names_of_either_week(
    cli: Cli, week_file: Path, roster_path: Path, next_week: tuple[Path, Path], tmp_path: Path
) -> None:
    names = tmp_path / "names.yaml"
    # c03 leaves after the first week
    names.write_text("clients:\n  c03: Ann Berg\nrooms:\n  group-a: Blue Room\n")
    later, its_roster = next_week
    ran = cli("report", later, its_roster, roster_path, "--week", week_file, "--names", names)
    assert ran.status == 0
    assert "c03 Ann Berg" in ran.out
    assert "group-a Blue Room" in ran.out
    assert "Ann Berg" not in cli("report", week_file, roster_path).out


# What is refused


def test_a_stale_roster(cli: Cli, week_file: Path, roster_path: Path, next_week: tuple[Path, Path]) -> None:
    later, its_roster = next_week
    text = week_file.read_text(encoding="utf-8")
    week_file.write_text(text.replace("program: Harbour House", "program: Harbor House"), encoding="utf-8")
    for more in ((), (its_roster, "--week", later)):
        ran = cli("report", week_file, roster_path, *more)
        assert (ran.status, ran.out) == (2, "")
        # found by its date, and named with the week that it no longer belongs to
        assert f"{roster_path} was not made from {week_file}" in ran.err
        assert f"{its_roster} was not" not in ran.err
        forced = cli("report", week_file, roster_path, *more, "--force")
        assert forced.status == 0
        assert "Warning" in forced.err


def test_a_roster_that_has_no_place_in_the_week(cli: Cli, week_file: Path, roster_path: Path) -> None:
    data = json.loads(roster_path.read_text(encoding="utf-8"))
    data["placements"][0]["client"] = "c99"
    roster_path.write_text(json.dumps(data), encoding="utf-8")
    ran = cli("report", week_file, roster_path)
    assert (ran.status, ran.out) == (2, "")
    assert "no client is called c99" in ran.err


def test_a_week_without_a_roster(
    cli: Cli, week_file: Path, roster_path: Path, next_week: tuple[Path, Path]
) -> None:
    ran = cli("report", week_file, roster_path, "--week", next_week[0])
    assert (ran.status, ran.out) == (2, "")
    assert f"{next_week[0]}: no roster" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("{roster}", "--html", "{week}"), "would overwrite"),
        (("{roster}", "--html", "report.txt"), ".html"),
        (("{roster}", "--csv", "{week}"), "no folder"),
        (("{roster}", "{roster}"), "Named twice"),
        (("{roster}", "--week", "{week}", "--change", "out lee"), "several"),
        (("none.json",), "none.json"),
    ],
)
def test_bad_arguments(
    cli: Cli, week_file: Path, roster_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    given = [one.format(week=week_file, roster=roster_path) for one in arguments]
    ran = cli("report", week_file, *given)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_codes_are_the_same_whichever_week_is_named_first(
    cli: Cli, week_file: Path, roster_path: Path, next_week: tuple[Path, Path], tmp_path: Path
) -> None:
    later, its_roster = next_week
    one = cli("report", later, "--week", week_file, roster_path, its_roster, "--redact", "--json")
    other = cli("report", week_file, "--week", later, its_roster, roster_path, "--redact", "--json")
    assert one.status == 0
    assert one.out == other.out
    weeks = json.loads(one.out)["weeks"]
    clients = [{row["client"] for row in week["endings"]} for week in weeks]
    assert clients[0] & clients[1]
    assert all(code.startswith("P") for codes in clients for code in codes)
