"""``iop-sched solve``: every ending, both streams, every option."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Cli, FakeSolve
from iop_sched.explain.unplaced import reasons_unplaced
from iop_sched.report import roster_file as module
from iop_sched.rules import Violation
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile
from report.harbour import outcome

pytestmark = pytest.mark.usefixtures("fake_solve")


def test_a_roster_goes_to_stdout_and_words_to_stderr(cli: Cli, week_file: Path) -> None:
    ran = cli("solve", week_file)
    assert ran.status == 0
    assert "9 of 12 clients placed" in ran.out
    assert "best roster within the limit" in ran.err
    assert "best roster within the limit" not in ran.out


def test_proven_is_said(cli: Cli, week_file: Path, fake_solve: FakeSolve) -> None:
    fake_solve.outcome = outcome(status="proven", seconds=3.2)
    ran = cli("solve", week_file)
    assert "Proven: no roster is better in any tier (3.2 s)." in ran.err
    assert "Proven: no roster is better." in ran.out


def test_quiet_leaves_results_only(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    ran = cli("solve", week_file, "--quiet", "--out", tmp_path / "kept.json")
    assert (ran.status, ran.err) == (0, "")
    assert "9 of 12" in ran.out


def test_json_is_the_roster_file(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    ran = cli("solve", week_file, "--json", "--out", kept)
    assert RosterFile.model_validate_json(ran.out) == RosterFile.model_validate_json(kept.read_text())
    assert ran.out == kept.read_text()
    parts = {"cohorts", "placements", "facilitation", "sessions", "team_meeting", "unplaced"}
    assert {"status", "tiers", "provenance", *parts} <= set(json.loads(ran.out))


def test_nothing_in_the_file_depends_on_the_clock(cli: Cli, week_file: Path, fake_solve: FakeSolve) -> None:
    first = cli("solve", week_file, "--json").out
    fake_solve.outcome = outcome(seconds=99.0, first_roster_seconds=7.0)
    assert cli("solve", week_file, "--json").out == first


def test_out_says_where(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    assert str(kept) in cli("solve", week_file, "--out", kept).err.replace("\n", "")
    assert cli("check", week_file, kept).status == 0


@pytest.mark.parametrize("out", ["missing/kept.json", ".", "week.yaml", "kept.txt"])
def test_out_that_cannot_be_is_refused_before_the_search(
    cli: Cli, week_file: Path, fake_solve: FakeSolve, out: str
) -> None:
    ran = cli("solve", week_file, "--out", week_file.parent / out)
    assert ran.status == 2
    assert fake_solve.asked == {}


def test_views_are_those_asked_for(cli: Cli, week_file: Path) -> None:
    ran = cli("solve", week_file, "--view", "rooms", "--view", "clinicians")
    assert "office-1" in ran.out
    assert "case-manager" in ran.out
    assert "How good it is" not in ran.out


def test_options_reach_the_solver(cli: Cli, week_file: Path, fake_solve: FakeSolve) -> None:
    options = "--time-limit 7 --workers 3 --seed 5 --deterministic --objective weighted"
    assert cli("solve", week_file, *options.split(), "--policy", "continuity-first").status == 0
    assert fake_solve.asked["options"] == SolveOptions(7, 3, 5, True, "weighted", "full")
    assert fake_solve.asked["policy"] != Policy()
    # stderr is no terminal here
    assert fake_solve.asked["on_progress"] is None


def test_settings_come_from_a_file(cli: Cli, week_file: Path, fake_solve: FakeSolve, tmp_path: Path) -> None:
    mine = tmp_path / "settings.toml"
    mine.write_text("[cpsat]\nsymmetry_level = 0\n")
    assert cli("solve", week_file, "--params", mine).status == 0
    assert fake_solve.asked["options"].settings.cpsat == {"symmetry_level": 0}
    assert cli("solve", week_file, "--params", mine, "--out", mine).status == 2
    mine.write_text("[cpsat]\nsymetry_level = 0\nnum_workers = 2\n")
    ran = cli("solve", week_file, "--params", mine)
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean 'symmetry_level'?" in ran.err
    assert "--workers" in ran.err


def test_a_policy_may_be_a_file(cli: Cli, week_file: Path, fake_solve: FakeSolve, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('name = "mine"\n[limits]\nmax_moves = 1\n')
    assert cli("solve", week_file, "--policy", mine).status == 0
    assert fake_solve.asked["policy"].limits.max_moves == 1


def test_previous_replaces_last_week(
    cli: Cli, week_file: Path, fake_solve: FakeSolve, roster_path: Path
) -> None:
    assert cli("solve", week_file, "--previous", roster_path).status == 0
    week: ProgramWeek = fake_solve.asked["week"]
    assert {one.client: one.cohort for one in week.previous.placements}["c06"] == "eve-2"


def test_names_are_printed(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.yaml"
    names.write_text("clients:\n  c01: Ann Berg\n")
    assert "Ann Berg" in cli("solve", week_file, "--names", names, "--view", "clients").out
    assert "Ann Berg" not in cli("solve", week_file, "--view", "clients").out


@pytest.mark.parametrize("other", [["--view", "week"], ["--names", "names.yaml"]])
def test_json_with_a_view_or_names_is_refused(cli: Cli, week_file: Path, other: list[str]) -> None:
    ran = cli("solve", week_file, "--json", *other)
    assert ran.status == 2
    assert "--json" in ran.err


ENDINGS: list[tuple[dict[str, Any], int, str]] = [
    (
        {"status": "infeasible", "conflict": ("max-moves", "pin:pin-1")},
        3,
        "- pin pin-1: c02 has a place in mor-1 (because: ",
    ),
    ({"status": "infeasible"}, 3, "a second, independent solve confirmed it"),
    ({"status": "infeasible"}, 3, "line by line: iop-sched explain "),
    ({"status": "unknown"}, 4, "--time-limit"),
    ({"status": "unknown", "interrupted": True}, 130, "nothing is kept"),
    (
        {"status": "defect", "defects": (Violation("rooms", "group-a", "mon", "two at once", 2),)},
        5,
        "rooms: group-a mon: two at once (by 2)",
    ),
]


@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize(("ending", "status", "words"), ENDINGS)
def test_no_roster_is_explained(
    cli: Cli,
    week_file: Path,
    fake_solve: FakeSolve,
    tmp_path: Path,
    ending: dict[str, Any],
    status: int,
    words: str,
    quiet: bool,
) -> None:
    fake_solve.outcome = Outcome(**ending)
    kept = tmp_path / "kept.json"
    ran = cli("solve", week_file, "--out", kept, *(["--quiet"] if quiet else []))
    assert ran.status == status
    assert ran.out == ""
    assert words in ran.err
    assert not kept.exists()


def test_a_defect_never_shows_its_roster(cli: Cli, week_file: Path, fake_solve: FakeSolve) -> None:
    fake_solve.outcome = outcome(status="defect", defects=(Violation("rooms", "group-a", "mon", "two", 1),))
    ran = cli("solve", week_file, "--json")
    assert (ran.status, ran.out) == (5, "")


def test_an_interruption_keeps_the_best(
    cli: Cli, week_file: Path, fake_solve: FakeSolve, tmp_path: Path
) -> None:
    fake_solve.outcome = outcome(interrupted=True, seconds=4.0)
    kept = tmp_path / "kept.json"
    ran = cli("solve", week_file, "--out", kept)
    assert ran.status == 130
    assert "9 of 12 clients placed" in ran.out
    assert "Interrupted after 4.0 s" in ran.err
    assert kept.exists()


def test_an_interruption_after_the_search_loses_nothing(
    cli: Cli, week_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*asked: Any) -> dict[str, str]:
        os.kill(os.getpid(), signal.SIGINT)
        return reasons_unplaced(*asked)

    monkeypatch.setattr(module, "reasons_unplaced", interrupted)
    kept = tmp_path / "kept.json"
    ran = cli("solve", week_file, "--out", kept)
    assert ran.status == 130
    assert "9 of 12 clients placed" in ran.out
    assert RosterFile.model_validate_json(kept.read_text()).unplaced


def test_staged_does_not_repeat_itself(cli: Cli, week_file: Path) -> None:
    ran = cli("solve", week_file, "--deterministic", "--strategy", "staged")
    assert ran.status == 2
    assert "--strategy full" in ran.err


def test_the_strategy_chosen_by_size_is_said(cli: Cli, week_file: Path) -> None:
    assert "Strategy: full, chosen by size." in cli("solve", week_file).err
    assert "Strategy" not in cli("solve", week_file, "--strategy", "staged").err


def test_a_hint_is_read_and_handed_on(
    cli: Cli, week_file: Path, tmp_path: Path, fake_solve: FakeSolve
) -> None:
    kept = tmp_path / "kept.json"
    cli("solve", week_file, "--out", kept)
    assert cli("solve", week_file, "--hint", kept).status == 0
    given = fake_solve.asked["options"].hint
    assert given.placements == RosterFile.model_validate_json(kept.read_text()).placements


def test_a_hint_that_is_not_there(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    ran = cli("solve", week_file, "--hint", tmp_path / "no.json")
    assert ran.status == 2
    assert "no.json" in ran.err
