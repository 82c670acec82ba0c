"""What the shell is offered when somebody presses the key, from files named earlier on the line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Cli

Offered = Callable[..., list[str]]
COMMAND = "import sys; sys.argv[0] = 'iop-sched'; from iop_sched.cli.app import main; main()"


def pressed(*words: object) -> dict[str, str]:
    """What bash asks with, when the last of these words is being written."""
    line = ["iop-sched", *(str(one) or "''" for one in words)]
    return {
        "_IOP_SCHED_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(line),
        "COMP_CWORD": str(len(line) - 1),
    }


@pytest.fixture
def offered(cli: Cli) -> Offered:
    def ask(*words: object) -> list[str]:
        ran = cli(env=pressed(*words))
        assert (ran.status, ran.err) == (0, "")
        return ran.out.split()

    return ask


PLACED = {"c01", "c02", "c03", "c04", "c05", "c06", "c07", "c08", "c09"}
WAITING = {"c10", "c12", "c13"}  # c11 wants an assessment and no place


@pytest.mark.parametrize(
    ("before", "after", "ids"),
    [
        (["explain"], ["--client", ""], {*PLACED, *WAITING, "c11"}),
        (["explain"], ["--client", "c1"], {"c10", "c11", "c12", "c13"}),
        (["explain"], ["--force", "--client", "c13"], {"c13"}),
        (["show"], ["--view", "week", "--client", "c1"], {"c10", "c11", "c12", "c13"}),
        (["show"], ["--clinician", ""], {"lee", "kim", "mor", "ada", "joe"}),
        (["admit"], ["--client", ""], WAITING),
        (["seat"], [""], WAITING),
        (["move"], [""], PLACED),
        (["move"], ["c01", "--to", "eve"], {"eve-1", "eve-2"}),
        (["move"], ["c01", "--primary", "k"], {"kim"}),
        (["move"], ["c01", "--override", "cohort"], {"cohort-size"}),
        (["swap"], ["c01", "c02"], {"c02"}),
        (["drop"], ["c01", "--session", "ind"], {"individual"}),
        (["pin"], ["--client", "c01", "--client", "c1"], set()),
        (["pin"], ["--cohort", "m"], {"mor-1"}),
        (["pin"], ["--clinician", "a"], {"ada"}),
    ],
)
def test_ids_come_from_the_files_named_before(
    offered: Offered,
    week_file: Path,
    roster_path: Path,
    before: list[str],
    after: list[str],
    ids: set[str],
) -> None:
    assert set(offered(*before, week_file, roster_path, *after)) == ids


def test_options_may_stand_between_the_files(offered: Offered, week_file: Path, roster_path: Path) -> None:
    between = ("--policy", "standard", week_file, "--force", roster_path)
    assert offered("explain", *between, "--client", "c13") == ["c13"]


def test_a_week_may_be_json(offered: Offered, tmp_path: Path) -> None:
    week = tmp_path / "week.json"
    week.write_text(json.dumps({"clients": [{"id": "c2"}, {"id": "c1"}, {"id": 3}]}), encoding="utf-8")
    assert offered("explain", week, "roster.json", "--client", "c") == ["c2", "c1"]


@pytest.mark.parametrize("text", ["", "clients: [", "clients: 3", "clients: [c1]", "cohorts: []", "[]"])
def test_a_file_with_something_wrong_offers_nothing(offered: Offered, tmp_path: Path, text: str) -> None:
    week = tmp_path / "week.yaml"
    week.write_text(text, encoding="utf-8")
    assert offered("explain", week, "roster.json", "--client", "c") == []


def test_files_not_named_offer_nothing(offered: Offered, week_file: Path, tmp_path: Path) -> None:
    assert offered("explain", "--client", "c") == []
    assert offered("explain", tmp_path / "none.yaml", "--client", "c") == []
    assert offered("move", week_file, tmp_path / "none.json", "c") == []


def test_policies_and_changes(offered: Offered, week_file: Path) -> None:
    assert offered("solve", week_file, "--policy", "sh") == ["short-staffed"]
    assert offered("solve", week_file, "--change", "adm") == ["admit"]


def test_the_installed_command_completes(week_file: Path) -> None:
    asked = pressed("explain", week_file, "roster.json", "--client", "c13")
    ran = subprocess.run(
        [sys.executable, "-c", COMMAND],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (ran.stdout.strip(), ran.stderr) == ("c13", "")
