"""``--scenario`` and ``--change``: the week that a command works on is the changed one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli, FakeSolve
from iop_sched.cli.completion import complete_change
from iop_sched.scenario.apply import apply
from iop_sched.scenario.load import load_scenarios
from iop_sched.week.files import canonical_sha256
from iop_sched.week.policy import Policy
from report.harbour import WEEK

CHANGE = "caseload kim 9"
RULE = "rule max-moves off"


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "rule.yaml"
    path.write_text(f"changes: [{RULE}]\n", encoding="utf-8")
    return path


def test_validate_says_what_is_changed(cli: Cli, week_file: Path, scenario: Path) -> None:
    ran = cli("validate", week_file, "--scenario", scenario, "--change", "surge 2 like c01")
    assert (ran.status, ran.err) == (0, "")
    first, second, last = ran.out.splitlines()
    assert (first, second) == (
        "Rule max-moves is off.",
        "c01-like-1 and c01-like-2 are admitted, like c01.",
    )
    assert f"with {len(WEEK.clients) + 2} clients" in last


@pytest.mark.parametrize("command", ["validate", "solve"])
def test_bad_changes_end_with_2(cli: Cli, week_file: Path, tmp_path: Path, command: str) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("changes:\n- oot lee\n", encoding="utf-8")
    ran = cli(command, week_file, "--scenario", bad, "--change", "close fry")
    assert (ran.status, ran.out) == (2, "")
    assert f"{bad}:2:3: changes #1: there is no change 'oot'; did you mean 'out'?" in ran.err
    assert "--change 1: 'fry' stands where" in ran.err
    ran = cli(command, week_file, "--change", "close fri", "--change", "pause c999")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("--change 2: there is no client 'c999'")


def test_solve_gets_the_changed_week_and_policy(
    cli: Cli, week_file: Path, scenario: Path, fake_solve: FakeSolve
) -> None:
    ran = cli("solve", week_file, "--scenario", scenario, "--change", CHANGE, "--json")
    assert ran.status == 0
    assert "Rule max-moves is off." in ran.err
    asked = fake_solve.asked
    changed = apply(WEEK, Policy(), load_scenarios([scenario], [CHANGE]))
    assert asked["week"] == changed.week != WEEK
    assert asked["policy"].mode("max-moves") == "off"
    found = json.loads(ran.out)["provenance"]
    assert found["instance_sha256"] == canonical_sha256(changed.week)
    assert found["policy_sha256"] == canonical_sha256(asked["policy"])
    assert cli("solve", week_file, "--change", CHANGE, "--json", "--quiet").err == ""


def test_the_roster_of_a_changed_week_is_known_by_the_same_changes(
    cli: Cli, week_file: Path, scenario: Path, tmp_path: Path, fake_solve: FakeSolve
) -> None:
    out = tmp_path / "changed.json"
    changes = ("--scenario", scenario, "--change", CHANGE)
    assert cli("solve", week_file, *changes, "--out", out, "--quiet").status == 0
    for command in ("check", "show"):
        assert cli(command, week_file, out, *changes).status == 0
        stale = cli(command, week_file, out)
        assert stale.status == 2
        assert "--change" in stale.err
        half = cli(command, week_file, out, "--change", CHANGE)
        assert half.status == 2
        assert "policy" in half.err


def test_questions_about_the_roster_of_a_changed_week(
    cli: Cli, week_file: Path, scenario: Path, tmp_path: Path, fake_solve: FakeSolve
) -> None:
    out = tmp_path / "changed.json"
    changes = ("--scenario", scenario, "--change", CHANGE)
    assert cli("solve", week_file, *changes, "--out", out, "--quiet").status == 0
    coming = ("--out", tmp_path / "next.yaml")
    for command, more, status in (
        ("compare", (out,), 0),
        ("admit", ("--client", "c13"), 3),
        ("explain", ("--client", "c01"), 0),
        ("next-week", coming, 0),
    ):
        assert cli(command, week_file, out, *more, *changes).status == status
        stale = cli(command, week_file, out, *more)
        assert (stale.status, "--change" in stale.err) == (2, True)
    assert "caseload: 9" in (tmp_path / "next.yaml").read_text(encoding="utf-8")


def test_the_scenario_is_not_written_over(cli: Cli, week_file: Path, scenario: Path) -> None:
    ran = cli("solve", week_file, "--scenario", scenario, "--out", scenario)
    assert ran.status == 2
    assert "would overwrite" in ran.err


def test_help_lists_every_change(cli: Cli, week_file: Path) -> None:
    ran = cli("validate", week_file, "--change", "help")
    assert ran.status == 0
    assert "out CLINICIAN [DAYS] [HH:MM-HH:MM]" in ran.out
    assert "is fine" not in ran.out


@pytest.mark.parametrize(
    "command", ["solve", "validate", "show", "check", "compare", "admit", "explain", "next-week"]
)
def test_the_options_are_listed(cli: Cli, command: str) -> None:
    text = cli(command, "--help").out
    assert "--scenario" in text
    assert "--change" in text


def test_changes_complete_in_the_shell() -> None:
    assert complete_change("adm") == ["admit"]
