"""``move``, ``swap``, ``drop``, ``seat`` and ``pin`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli
from cli.test_help import PROBE
from iop_sched.report.roster_file import roster_file
from iop_sched.scenario.apply import apply
from iop_sched.scenario.grammar import parse_change
from iop_sched.scenario.scenario import Scenario
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.files import canonical_sha256, read_roster, write_roster
from iop_sched.week.loading import load_policy_file
from iop_sched.week.reading import read_document
from report.harbour import POLICY, ROSTER, WEEK, outcome

COMMANDS = ("move", "swap", "drop", "seat", "pin")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_and_imports_nothing_heavy(cli: Cli, command: str) -> None:
    import subprocess
    import sys

    assert f"iop-sched {command} week.yaml roster.json" in cli(command, "--help").out
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stderr.strip() == "[]"


# Changes


def test_without_out_nothing_is_written(cli: Cli, week_file: Path, roster_path: Path) -> None:
    before = sorted(week_file.parent.iterdir())
    ran = cli("drop", week_file, roster_path, "c02", "--session", "psychiatry")
    assert ran.status == 0
    assert ran.err == "Nothing is written; add --out EDITED.json to keep this.\n"
    assert "c02 loses the session of psychiatry on tue 13:00 with ada." in ran.out
    assert "Every hard rule holds; worse than before in dose, by 30" in " ".join(ran.out.split())
    assert sorted(week_file.parent.iterdir()) == before


def test_a_change_that_holds_is_a_roster_like_any_other(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "edited.json"
    ran = cli("drop", week_file, roster_path, "c02", "--session", "psychiatry", "--out", out)
    assert (ran.status, ran.err) == (0, f"The changed roster is in {out}.\n")
    assert cli("check", week_file, out).status == 0
    shown = cli("show", week_file, out)
    assert (shown.status, shown.err) == (0, "")
    assert "changed by hand" in shown.out
    assert canonical_sha256(read_roster(roster_path))[:12] in shown.out


def test_a_change_that_breaks_rules_is_written_and_shown_as_broken(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "edited.json"
    ran = cli("seat", week_file, roster_path, "c12", "--in", "eve-1", "--days", "mon,tue,thu", "--out", out)
    assert ran.status == 1
    assert "cohort-size: eve-1: eve-1 has 3 members; at most 2 may be in it (by 1)" in ran.out
    checked = cli("check", week_file, out)
    assert checked.status == 1
    assert checked.out.splitlines()[-1] == "1 violation."
    shown = cli("show", week_file, out)
    assert shown.status == 0
    assert "BREAKS hard rules" in shown.out
    again = cli("drop", week_file, out, "c12")
    assert again.status == 0
    assert "No longer broken" in again.out


def test_a_swap(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("swap", week_file, roster_path, "c01", "c06")
    assert ran.status == 1
    assert "c01 moves from mor-1" in ran.out
    assert "c06 moves from eve-2" in ran.out
    assert "client-time: c06" in ran.out


def test_changes_for_programs(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("drop", week_file, roster_path, "c09", "--json")
    found = json.loads(ran.out)
    assert (found["change"], found["holds"], ran.status) == ("drop c09", False, 1)
    assert [one["rule"] for one in found["broken"]] == ["open-group"]
    assert found["tiers"][1] == {"tier": "placed", "before": 88, "after": 108, "difference": 20}
    assert {"tier": "placed", "penalty": "placed", "who": "c09", "difference": 20} in found["costs"]


def test_names_are_printed(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.yaml"
    names.write_text("clients:\n  c09: Cyd Moss\n")
    assert "c09 Cyd Moss loses the place." in cli("drop", week_file, roster_path, "c09", "--names", names).out


@pytest.mark.parametrize("width", [80, 160])
def test_views_fit(cli: Cli, week_file: Path, roster_path: Path, width: int) -> None:
    ran = cli("swap", week_file, roster_path, "c01", "c06", env={"COLUMNS": str(width)})
    assert max(map(len, ran.out.splitlines())) <= width


# Overrides


def test_an_override_is_printed_as_a_pin(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "edited.json"
    seat = ["seat", week_file, roster_path, "c12", "--in", "eve-1", "--override", "cohort-size"]
    ran = cli(*seat, "--because", "the owner agreed", "--out", out)
    assert ran.status == 0
    assert "Set aside by the override" in ran.out
    pin = next(line for line in ran.err.splitlines() if line.startswith("  - {id: override-c12, "))
    assert cli("check", week_file, out).status == 2
    edit(week_file, "\nprevious:", f"\n{pin}\nprevious:")
    assert cli("check", week_file, out).status == 0
    for view in ("summary", "week", "rooms"):
        assert "c12: cohort-size set aside (override-c12), because: the owner agreed" in " ".join(
            cli("show", week_file, out, "--view", view).out.split()
        )


def test_an_override_is_added_to_a_scenario(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    out, pins = tmp_path / "edited.json", tmp_path / "pins.yaml"
    seat = ["seat", week_file, roster_path, "c12", "--in", "eve-1", "--override", "cohort-size"]
    cli(*seat, "--because", "agreed", "--pins", pins)
    assert not pins.exists()
    for _ in range(2):
        assert cli(*seat, "--because", "agreed", "--pins", pins, "--out", out).status == 0
    found = [one["pin"] for one in read_document(pins).data["changes"]]
    assert [one["id"] for one in found] == ["override-c12", "override-c12-2"]
    assert found[0]["overrides"] == ["cohort-size"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--override", "cohort-sise", "--because", "x"], "did you mean 'cohort-size'?"),
        (["--override", "rooms", "--because", "x"], "There is no rule that can be set aside 'rooms'"),
        (["--override", "cohort-size"], "--because"),
        (["--override", "cohort-size", "--because", "  "], "--because"),
        (["--override", "cohort-size", "--because", "x" * 201], "at most 200"),
        (["--because", "x"], "--override RULE"),
    ],
)
def test_an_override_that_is_wrong(
    cli: Cli, week_file: Path, roster_path: Path, more: list[str], words: str
) -> None:
    ran = cli("seat", week_file, roster_path, "c12", "--in", "eve-1", *more)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


def test_a_file_that_is_no_scenario_is_found_before_anything_is_written(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    out, pins = tmp_path / "edited.json", tmp_path / "pins.yaml"
    pins.write_text("changes: many\n")
    seat = ["seat", week_file, roster_path, "c12", "--in", "eve-1", "--override", "cohort-size"]
    ran = cli(*seat, "--because", "agreed", "--pins", pins, "--out", out)
    assert (ran.status, ran.out, out.exists()) == (2, "", False)
    assert "this is no scenario file" in ran.err


def test_days_are_chosen_with_the_rule_set_aside(cli: Cli, week_file: Path, roster_path: Path) -> None:
    # c01 is at work from 13:00 on: with that set aside, evenings break nothing of the client's own.
    move = ["move", week_file, roster_path, "c01", "--to", "eve-2"]
    assert cli(*move).status == 1
    ran = cli(*move, "--override", "client-time", "--because", "the employer agreed")
    assert ran.status == 0
    assert "Set aside by the override" in ran.out


def test_an_override_against_a_pin_of_the_week(cli: Cli, week_file: Path, roster_path: Path) -> None:
    move = ["move", week_file, roster_path, "c02", "--to", "eve-2", "--days", "mon,wed,fri"]
    ran = cli(*move, "--override", "track", "--because", "x")
    assert ran.status == 2
    assert "pin 'pin-1' says otherwise" in ran.err
    plain = cli(*move)
    assert plain.status == 1
    assert "pins: pin-1" in plain.out


# Holding


def test_pins_are_printed_or_written(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "held.yaml"
    printed = cli("pin", week_file, roster_path, "--before", "wed")
    assert printed.status == 0
    assert printed.out.startswith("name: held\ndescription: all before wed; held from roster.json (")
    assert "Not held: " in printed.err
    ran = cli("pin", week_file, roster_path, "--before", "wed", "--out", out)
    assert (ran.status, ran.out) == (0, "")
    data = read_document(out).data
    assert data["changes"] == read_text(printed.out, tmp_path)["changes"]
    assert f"{len(data['changes'])} pins in {out}." in ran.err


def read_text(text: str, folder: Path) -> dict[str, list[object]]:
    path = folder / "printed.yaml"
    path.write_text(text, encoding="utf-8")
    return dict(read_document(path).data)


def test_holding_a_broken_roster_warns(cli: Cli, week_file: Path, roster_path: Path) -> None:
    edit(roster_path, '"group-b"', '"office-1"')
    assert "this roster breaks rules" in cli("pin", week_file, roster_path, "--all").err


# What is refused


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["move", "c02", "--to", "eve2"], "did you mean 'eve-2'?"),
        (["move", "c99", "--to", "eve-2"], "There is no client 'c99'"),
        (["move", "c02", "--to", "tele-1"], "tele-1 does not run in this roster"),
        (["move", "c02", "--to", "eve-2", "--days", "mon,sat"], "not on sat."),
        (["move", "c02", "--to", "eve-2", "--days", "mon,monday"], "not a weekday"),
        (["move", "c02", "--to", "eve-2", "--days", "mon,mon"], "a day stands twice"),
        (["move", "c02", "--days", ","], "names no day"),
        (["move", "c02", "--to", "mor-1"], "already"),
        (["swap", "c02", "c02"], "name two clients"),
        (["drop", "c02", "--day", "tue"], "--session"),
        (["drop", "c02", "--session", "individual", "--day", "tus"], "tus: not a weekday"),
        (["drop", "c02", "--session", "individual", "--at", "noon"], "noon: not a time"),
        (["seat", "c12"], "--in"),
        (["pin"], "--client"),
        (["pin", "--before", "weds"], "--before weds"),
        (["pin", "--cohort", "mor-2"], "did you mean 'mor-1'?"),
    ],
)
def test_mistakes_exit_with_2(
    cli: Cli, week_file: Path, roster_path: Path, arguments: list[str], words: str
) -> None:
    command, *rest = arguments
    ran = cli(command, week_file, roster_path, *rest)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["drop", "pin"])
@pytest.mark.parametrize("target", ["roster.json", "week.yaml", "none/out.json", ".", "out.txt"])
def test_no_input_is_overwritten(
    cli: Cli, week_file: Path, roster_path: Path, command: str, target: str
) -> None:
    before = (week_file.read_bytes(), roster_path.read_bytes())
    arguments = {"drop": ["c09"], "pin": ["--all"]}[command]
    ran = cli(command, week_file, roster_path, *arguments, "--out", week_file.parent / target)
    assert (ran.status, ran.out) == (2, "")
    assert "--out" in ran.err
    assert (week_file.read_bytes(), roster_path.read_bytes()) == before


@pytest.mark.parametrize("arguments", [["drop", "c09"], ["pin", "--all"]])
def test_a_stale_roster_is_refused_unless_told_otherwise(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path, arguments: list[str]
) -> None:
    edit(week_file, "program: Harbour House", "program: Harbor House")
    command, *rest = arguments
    ran = cli(command, week_file, roster_path, *rest)
    assert (ran.status, ran.out) == (2, "")
    assert "was not made from" in ran.err
    assert "Warning:" in cli(command, week_file, roster_path, *rest, "--force").err


def test_a_stale_roster_becomes_one_of_the_week(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    edit(week_file, "program: Harbour House", "program: Harbor House")
    out = tmp_path / "edited.json"
    drop = ["drop", week_file, roster_path, "c02", "--session", "psychiatry"]
    assert cli(*drop, "--force", "--out", out).status == 0
    assert cli("check", week_file, out).status == 0
    assert {tier.bound for tier in read_roster(out).tiers} == {0}


def test_a_roster_of_another_week_altogether(cli: Cli, roster_path: Path) -> None:
    ran = cli("drop", "instances/quickstart.yaml", roster_path, "c09", "--force")
    assert ran.status == 2
    assert "The roster does not belong to this week." in ran.err


def test_a_roster_of_a_changed_week_is_changed_in_that_week(
    cli: Cli, week_file: Path, tmp_path: Path
) -> None:
    text = "busy c01 sun 09:00-12:00"
    changed = apply(WEEK, POLICY, [Scenario(text, "", (parse_change(text),))]).week
    path, edited, held = (tmp_path / name for name in ("changed.json", "edited.json", "held.yaml"))
    standard = load_policy_file("standard")
    file = roster_file(changed, standard, "standard", outcome(roster=ROSTER), SolveOptions())
    write_roster(path, file)
    assert cli("drop", week_file, path, "c01").status == 2
    ran = cli("drop", week_file, path, "c01", "--change", text, "--out", edited)
    assert ran.status in (0, 1), ran.err
    assert cli("show", week_file, edited, "--change", text).status == 0
    assert cli("show", week_file, edited).status == 2
    assert cli("pin", week_file, path, "--all", "--out", held).status == 2
    assert cli("pin", week_file, path, "--all", "--out", held, "--change", text).status == 0
    assert cli("validate", week_file, "--change", text, "--scenario", held).status == 0
    ran = cli("what-if", week_file, "--baseline", path, "--change", "close fri")
    assert ran.status == 2
    assert "iop-sched convert" in ran.err
