"""Help is quick, complete and readable."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from cli.conftest import Cli

COMMANDS = (
    "solve",
    "check",
    "show",
    "compare",
    "report",
    "export",
    "validate",
    "template",
    "convert",
    "schema",
    "generate",
    "bench",
    "tune",
    "next-week",
    "admit",
    "pin",
    "move",
    "swap",
    "drop",
    "seat",
    "explain",
    "export",
    "what-if",
)
HEAVY = "('ortools', 'pandas', 'rich', 'ruamel', 'jinja2')"
PROBE = f"""
import sys
from iop_sched.cli.app import main
sys.argv = ['iop-sched', *sys.argv[1:]]
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)])
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stderr.strip() == "[]"
    assert ran.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(cli: Cli, command: str) -> None:
    ran = cli(command, "--help")
    assert ran.status == 0
    assert "Example" in ran.out
    assert f"iop-sched {command}" in ran.out


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (
            "solve",
            "--previous --policy --time-limit --workers --seed --deterministic --objective --params --out"
            " --view --names --redact --json --quiet",
        ),
        ("check", "--previous --policy --names --redact --force --json"),
        ("tune", "--out --policy --time-limit --budget --workers --objective --quiet"),
        ("next-week", "--out --attended --previous --policy --names --force --json --quiet"),
        (
            "report",
            "--week --html --csv --json --redact --previous --policy --names --scenario --change --force",
        ),
        ("compare", "--view --previous --policy --names --redact --force --json"),
        ("explain", "--client --previous --policy --time-limit --names --force --json --quiet"),
        (
            "what-if",
            "--baseline --scenario --change --sweep --stay-close --from-scratch --additions --prove"
            " --time-limit --jobs --cluster --workers --seed --objective --out-dir --previous --policy"
            " --names --all --force --json --quiet",
        ),
        ("show", "--view --client --clinician --previous --policy --names --redact --force"),
        ("admit", "--client --most --take --out --week-out --previous --policy --names --force --json"),
    ],
)
def test_every_option_is_listed(cli: Cli, command: str, options: str) -> None:
    text = cli(command, "--help").out
    assert [option for option in options.split() if option not in text] == []


GROUPS = ("Plan a week", "Ask and compare", "Change by hand", "Files", "Study solvers")


def test_every_command_is_in_a_group_and_on_one_line(cli: Cli) -> None:
    text = cli("--help", env={"COLUMNS": "80"}).out
    assert max(map(len, text.splitlines())) <= 80
    groups = dict(part.split(":\n", 1) for part in text.split("\n\n") if part.split(":\n")[0] in GROUPS)
    assert tuple(groups) == GROUPS
    lines = [line.split(maxsplit=1) for rows in groups.values() for line in rows.splitlines()]
    assert {name for name, _ in lines} == set(COMMANDS)
    assert [says for _, says in lines if not says.endswith(".") or says.endswith("..")] == []


def test_studies_have_two_commands(cli: Cli) -> None:
    assert cli("bench", "--help").out.count("iop-sched bench") >= 2
    run, report = cli("bench", "run", "--help").out, cli("bench", "report", "--help").out
    assert [option for option in ("--out", "--jobs", "--cluster", "--quiet") if option not in run] == []
    assert "--html" in report


def test_no_command_shows_help(cli: Cli) -> None:
    assert "solve" in cli().out + cli().err


def test_exit_statuses_are_documented(cli: Cli) -> None:
    text = " ".join(cli("--help").out.split())
    for status in ("0 a roster", "1 violations", "2 bad input", "3 impossible", "4 no roster", "5 an", "130"):
        assert status in text


def test_version(cli: Cli) -> None:
    assert cli("--version").out.startswith("iop-sched ")


def test_schema_is_json(cli: Cli) -> None:
    ran = cli("schema")
    assert ran.status == 0
    assert "clients" in json.loads(ran.out)["properties"]


def test_policies_and_views_complete_in_the_shell() -> None:
    from iop_sched.cli.completion import complete_policy

    assert complete_policy("st") == ["standard"]
    assert len(complete_policy("")) >= 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["solve"],
        ["solve", "week.yaml", "--view", "weeks"],
        ["solve", "week.yaml", "--time-limit", "0"],
        ["solve", "week.yaml", "--workers", "many"],
        ["solve", "week.yaml", "--seed", "-1"],
        ["solve", "week.yaml", "--objective", "best"],
        ["dance"],
        ["solve", "week.yaml", "--fast"],
    ],
)
def test_usage_errors_exit_with_2(cli: Cli, arguments: list[str]) -> None:
    ran = cli(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_a_word_that_an_option_does_not_know(cli: Cli) -> None:
    for command in (("show", "week", "roster"), ("compare", "week", "one", "other")):
        ran = cli(*command, "--view", "foo")
        assert (ran.status, ran.out) == (2, "")
        assert "Invalid value for '--view': 'foo' is not one of" in ran.err
