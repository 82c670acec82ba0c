"""``check``, ``show`` and ``validate``, and what happens to bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli
from iop_sched.solve import run as solve_run
from report.harbour import WEEK


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# validate


def test_a_file_in_order(cli: Cli, week_file: Path) -> None:
    ran = cli("validate", week_file)
    assert (ran.status, ran.err) == (0, "")
    assert f"is fine: Harbour House, week of 2025-03-03, with {len(WEEK.clients)} clients" in ran.out


def test_every_problem_on_a_line_and_then_how_many(cli: Cli, week_file: Path) -> None:
    edit(week_file, "{id: c09, level: iop", "{id: c09, level: iopp")
    edit(week_file, 'start: "15:00", end: "20:00"', 'start: "20:00", end: "15:00"')
    ran = cli("validate", week_file)
    assert (ran.status, ran.out) == (2, "")
    *problems, last = ran.err.splitlines()
    assert len(problems) == 2
    assert all(one.startswith(f"{week_file}:") for one in problems)
    assert last.startswith("2 problems found. Correct")


@pytest.mark.parametrize("command", ["validate", "solve"])
def test_a_file_that_is_not_there(cli: Cli, tmp_path: Path, command: str) -> None:
    ran = cli(command, tmp_path / "none.yaml")
    assert (ran.status, ran.out) == (2, "")
    assert "none.yaml" in ran.err


# check


def test_all_well(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("check", week_file, roster_path)
    assert (ran.status, ran.err) == (0, "")
    assert "Every hard rule holds" in ran.out
    assert "2460" in ran.out


def test_a_violation_has_a_line(cli: Cli, week_file: Path, roster_path: Path) -> None:
    edit(roster_path, '"group-b"', '"office-1"')
    ran = cli("check", week_file, roster_path)
    assert ran.status == 1
    assert ran.out.startswith("rooms: ")
    assert ran.out.splitlines()[-1].endswith("violations.")


def test_an_unknown_id_is_a_violation(cli: Cli, week_file: Path, roster_path: Path) -> None:
    edit(roster_path, '"group-b"', '"group-z"')
    ran = cli("check", week_file, roster_path)
    assert ran.status == 1
    assert "structure: group-z: no room is called group-z" in ran.out


def test_a_wrong_record_is_a_violation(cli: Cli, week_file: Path, roster_path: Path) -> None:
    edit(roster_path, "2460", "2461")
    ran = cli("check", week_file, roster_path)
    assert ran.status == 1
    assert "record: dose: recorded value 2461, recomputed 2460 (by 1)" in ran.out


def test_check_for_programs(cli: Cli, week_file: Path, roster_path: Path) -> None:
    well = json.loads(cli("check", week_file, roster_path, "--json").out)
    assert (well["holds"], well["violations"]) == (True, [])
    assert well["tiers"][2] == {"tier": "dose", "recorded": 2460, "recomputed": 2460}
    edit(roster_path, "2460", "2461")
    ran = cli("check", week_file, roster_path, "--json")
    assert ran.status == 1
    assert set(json.loads(ran.out)["violations"][0]) == {"rule", "who", "when", "message", "amount"}


def test_check_prints_names(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.yaml"
    names.write_text("clients:\n  c13: Cyd Moss\n")
    edit(roster_path, '"client": "c09"', '"client": "c13"')
    assert "c13 Cyd Moss" in cli("check", week_file, roster_path, "--names", names).out
    assert "Cyd Moss" not in cli("check", week_file, roster_path).out


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_stale_roster_is_refused_unless_told_otherwise(
    cli: Cli, week_file: Path, roster_path: Path, command: str
) -> None:
    edit(week_file, "program: Harbour House", "program: Harbor House")
    ran = cli(command, week_file, roster_path)
    assert (ran.status, ran.out) == (2, "")
    assert "was not made from" in ran.err
    assert "--force" in ran.err
    forced = cli(command, week_file, roster_path, "--force")
    assert forced.status == 0
    assert "Warning:" in forced.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("program: Harbour House", "program: Harbor House", "name of the program week changed since"),
        ("id: group-a", "id: group-z", "rooms of the program week"),
        ("contract_hours: 20", "contract_hours: 21", "clinicians of the program week"),
    ],
)
def test_what_made_a_roster_stale_is_said(
    cli: Cli, week_file: Path, roster_path: Path, old: str, new: str, said: str
) -> None:
    edit(week_file, old, new)
    ran = cli("show", week_file, roster_path)
    assert said in " ".join(ran.err.split())


def test_several_parts_and_older_rosters(cli: Cli, week_file: Path, roster_path: Path) -> None:
    changes = ("--change", "out lee thu", "--change", "close fri")
    both = cli("show", week_file, roster_path, *changes)
    assert "closures and clinicians of the program week changed since" in " ".join(both.err.split())
    # a roster of an older version does not say what its week was made of
    data = json.loads(roster_path.read_text(encoding="utf-8"))
    del data["provenance"]["instance_parts"]
    roster_path.write_text(json.dumps(data), encoding="utf-8")
    old = cli("show", week_file, roster_path, *changes)
    assert "the program week has changed since, or the roster looked back" in " ".join(old.err.split())


@pytest.mark.parametrize("command", ["check", "show"])
def test_another_policy_is_refused(cli: Cli, week_file: Path, roster_path: Path, command: str) -> None:
    ran = cli(command, week_file, roster_path, "--policy", "continuity-first")
    assert ran.status == 2
    assert "policy" in ran.err


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_policy_that_is_gone_can_be_named(
    cli: Cli, week_file: Path, roster_path: Path, command: str
) -> None:
    edit(roster_path, '"policy": "standard"', '"policy": "gone.toml"')
    ran = cli(command, week_file, roster_path)
    assert ran.status == 2
    assert "--policy" in ran.err
    assert cli(command, week_file, roster_path, "--policy", "standard").status == 0


@pytest.mark.parametrize("command", ["check", "show"])
def test_another_last_week_makes_a_roster_stale(
    cli: Cli, week_file: Path, roster_path: Path, command: str
) -> None:
    ran = cli(command, week_file, roster_path, "--previous", roster_path)
    assert ran.status == 2
    assert "it looked back on another previous roster; name that one with --previous" in " ".join(
        ran.err.split()
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"status": "proven"}'])
def test_a_roster_that_is_none(cli: Cli, week_file: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    ran = cli("check", week_file, path)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err


# show


def test_summary_unless_told_otherwise(cli: Cli, week_file: Path, roster_path: Path) -> None:
    assert "How good it is" in cli("show", week_file, roster_path).out


@pytest.mark.parametrize("view", ["summary", "week", "cohorts", "clients", "clinicians", "rooms"])
def test_every_view(cli: Cli, week_file: Path, roster_path: Path, view: str) -> None:
    ran = cli("show", week_file, roster_path, "--view", view)
    assert (ran.status, ran.err) == (0, "")
    assert "Harbour House" in ran.out


def test_one_persons_week(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("show", week_file, roster_path, "--client", "c01", "--clinician", "kim")
    assert "Week of client c01" in ran.out
    assert "Week of clinician kim" in ran.out
    assert "How good it is" not in ran.out


@pytest.mark.parametrize("option", ["--client", "--clinician"])
def test_an_unknown_person(cli: Cli, week_file: Path, roster_path: Path, option: str) -> None:
    ran = cli("show", week_file, roster_path, option, "nobody")
    assert (ran.status, ran.out) == (2, "")
    assert "nobody" in ran.err


def test_show_prints_names(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.yaml"
    names.write_text("clients:\n  c01: Ann Berg\n")
    assert "c01 Ann Berg" in cli("show", week_file, roster_path, "--view", "clients", "--names", names).out


def test_a_roster_of_another_week_is_not_shown(cli: Cli, week_file: Path, roster_path: Path) -> None:
    edit(roster_path, '"group-b"', '"group-z"')
    ran = cli("show", week_file, roster_path)
    assert (ran.status, ran.out) == (2, "")
    assert "no room is called group-z" in ran.err


def test_a_roster_that_breaks_rules_is_shown_with_a_warning(
    cli: Cli, week_file: Path, roster_path: Path
) -> None:
    edit(roster_path, '"group-b"', '"office-1"')
    ran = cli("show", week_file, roster_path)
    assert ran.status == 0
    assert "Warning: this roster breaks rules" in ran.err


@pytest.mark.parametrize("columns", [80, 160])
def test_piped_output_is_plain_and_fits(cli: Cli, week_file: Path, roster_path: Path, columns: int) -> None:
    out = cli("show", week_file, roster_path, "--view", "week", env={"COLUMNS": str(columns)}).out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= columns
    assert all(line == line.rstrip() for line in out.splitlines())


# the unexpected


def test_no_traceback_ever(cli: Cli, week_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret of c01")

    monkeypatch.setattr(solve_run, "solve", fail)
    ran = cli("solve", week_file)
    assert (ran.status, ran.out) == (5, "")
    assert "ZeroDivisionError" in ran.err
    assert "IOP_SCHED_DEBUG" in ran.err
    assert "secret" not in ran.err
    assert "Traceback" not in ran.err


def test_ctrl_c_outside_the_search(cli: Cli, week_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(solve_run, "solve", stop)
    ran = cli("solve", week_file)
    assert (ran.status, ran.err) == (130, "Strategy: full, chosen by size.\nInterrupted.\n")
