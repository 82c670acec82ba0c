"""``iop-sched what-if``: what it asks for, what it prints and keeps, and every ending."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cli.conftest import Cli
from iop_sched.fanout import fleet
from iop_sched.week.files import write_roster
from iop_sched.week.result import TierResult
from iop_sched.what_if import run as running
from iop_sched.what_if.job import Answer, Job
from what_if import fakes
from what_if.tiny import BASELINE, ROSTER, kept, write_week


@pytest.fixture
def tiny_file(tmp_path: Path) -> Path:
    return write_week(tmp_path)


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    path = tmp_path / "roster.json"
    write_roster(path, BASELINE)
    return path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """No process is started: each case does what its name says, and is noted."""
    jobs: list[Job] = []

    def perform(job: Job) -> Answer:
        jobs.append(job)
        if job.name == "crash":
            return Answer(status="crashed", error="the process ended with SIGABRT")
        if job.name == "interrupt":
            raise KeyboardInterrupt
        if job.before is None:
            return Answer(status="proven", roster=BASELINE, seconds=2.0)
        return fakes.perform(job)

    monkeypatch.setattr(running, "run_in_child", perform)
    return jobs


def scenario(folder: Path, name: str, change: str = "caseload tom 9") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {name}\nchanges: [{change}]\n", encoding="utf-8")
    return path


def test_a_table_then_who_is_affected(cli: Cli, tiny_file: Path, baseline: Path, asked: list[Job]) -> None:
    ran = cli("what-if", tiny_file, "--baseline", baseline, "--change", "caseload tom 9")
    assert (ran.status, len(asked)) == (0, 1)
    assert "baseline" in ran.out
    assert "caseload tom 9" in ran.out
    assert "no decision differs" in ran.out
    assert "1 of 1  caseload tom 9: 3 placed, 0 waiting" in ran.err


def test_without_a_baseline_the_week_is_solved_first(cli: Cli, tiny_file: Path, asked: list[Job]) -> None:
    ran = cli("what-if", tiny_file, "--change", "caseload tom 9")
    assert ran.status == 0
    assert [job.name for job in asked] == ["baseline", "caseload tom 9"]
    assert "No --baseline is given: the unchanged week is solved first." in ran.err
    assert "1 of 2  baseline: 3 placed, 0 waiting" in ran.err


def test_options_reach_every_case(cli: Cli, tiny_file: Path, baseline: Path, asked: list[Job]) -> None:
    options = "--from-scratch --time-limit 7 --workers 3 --seed 5 --objective weighted"
    cli("what-if", tiny_file, "--baseline", baseline, "--sweep", "caseload tom=8..9", *options.split())
    assert [job.name for job in asked] == ["caseload tom=8", "caseload tom=9"]
    for job in asked:
        assert (job.stay_close, job.time_limit, job.workers, job.seed) == (False, 7.0, 3, 5)
        assert (job.objective, job.before) == ("weighted", ROSTER)


def test_json_is_everything(cli: Cli, tiny_file: Path, baseline: Path, asked: list[Job]) -> None:
    ran = cli("what-if", tiny_file, "--baseline", baseline, "--change", "caseload tom 9", "--json", "--quiet")
    assert (ran.status, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert found["baseline"]["file"] == str(baseline)
    assert found["cases"][0]["asked"] == ["--change", "caseload tom 9"]
    assert found["cases"][0]["comparison"]["after"]["placed"] == 3


def test_what_is_kept_can_be_checked(cli: Cli, tiny_file: Path, tmp_path: Path, asked: list[Job]) -> None:
    out = tmp_path / "tried"
    snow = scenario(tmp_path, "impossible", "close fri")
    ran = cli("what-if", tiny_file, "--scenario", snow, "--change", "caseload tom 9", "--out-dir", out)
    assert ran.status == 3
    files = sorted(path.name for path in out.iterdir())
    assert files == [
        "baseline.json",
        "caseload-tom-9.json",
        "caseload-tom-9.week.yaml",
        "impossible.week.yaml",
    ]
    assert f"iop-sched explain {tiny_file} --scenario {snow}\n" in ran.err
    kept_roster, kept_week = out / "caseload-tom-9.json", out / "caseload-tom-9.week.yaml"
    assert cli("check", kept_week, kept_roster).status == 0
    assert cli("check", tiny_file, kept_roster, "--change", "caseload tom 9").status == 0
    assert cli("check", tiny_file, out / "baseline.json").status == 0


def test_the_worst_case_decides_the_exit_status(
    cli: Cli, tiny_file: Path, tmp_path: Path, baseline: Path, asked: list[Job]
) -> None:
    found = {}
    for name in ("same", "impossible", "unknown", "crash", "broken"):
        one = scenario(tmp_path, name)
        again = scenario(tmp_path, "same")
        ran = cli("what-if", tiny_file, "--baseline", baseline, "--scenario", again, "--scenario", one)
        found[name] = ran.status
        assert "3 placed" in ran.err  # the other one is there all the same
    assert found == {"same": 0, "impossible": 3, "unknown": 4, "crash": 5, "broken": 5}


def test_an_impossible_case_says_what_to_ask_next(
    cli: Cli, tiny_file: Path, tmp_path: Path, baseline: Path, asked: list[Job]
) -> None:
    closed = scenario(tmp_path, "impossible", "close fri")
    ran = cli("what-if", tiny_file, "--baseline", baseline, "--scenario", closed)
    assert "No roster can exist for this week" in ran.out
    assert f"impossible is impossible: iop-sched explain {tiny_file} --scenario {closed}\n" in ran.err


def test_an_interruption_shows_what_there_is(tiny_file: Path, tmp_path: Path, baseline: Path) -> None:
    """Of three cases the first is done, the second ends with its best roster, the third does not begin."""
    import psutil

    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(fakes.TESTS)!r})\n"
            "from what_if import fakes; from iop_sched.what_if import spawn\n"
            "from iop_sched.what_if import run\n"
            "spawn.COMMAND, run.STOP_SECONDS = fakes.COMMAND, 100.0\n"
            "from iop_sched.cli.app import main; main()",
            *("what-if", str(tiny_file), "--baseline", str(baseline), "--jobs", "1"),
            *(
                word
                for name in ("same", "waits", "never")
                for word in ("--scenario", str(scenario(tmp_path, name)))
            ),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"COLUMNS": "170"},
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    assert first.startswith("1 of 3  same: 3 placed"), first
    while not psutil.Process(process.pid).children():
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "2 of 3  waits: " in err
    assert "Interrupted: 1 of 3 cases had come to their end." in err

    def row(name: str) -> list[str]:
        return next(line.split() for line in out.splitlines() if line.startswith(f"{name} "))

    assert (row("same")[1], row("waits")[1]) == ("3", "3")
    assert row("never")[-3:] == ["not", "begun", "-"]
    assert "Interrupted: this is the best roster so far." in out


def test_a_week_without_a_roster_has_nothing_to_compare(
    cli: Cli, tiny_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {
        "infeasible": (3, "iop-sched explain"),
        "unknown": (4, "--time-limit 300"),
        "crashed": (5, "SIGABRT"),
    }
    for status, (code, words) in said.items():
        answer = Answer.model_validate({"status": status, "error": "SIGABRT"})
        monkeypatch.setattr(running, "run_in_child", lambda job, answer=answer: answer)
        ran = cli("what-if", tiny_file, "--change", "caseload tom 9")
        assert (ran.status, ran.out) == (code, "")
        assert words in ran.err


# what is refused


def test_no_change_is_no_question(cli: Cli, tiny_file: Path, asked: list[Job]) -> None:
    ran = cli("what-if", tiny_file)
    assert (ran.status, ran.out, asked) == (2, "", [])
    assert "--scenario" in ran.err
    assert "--sweep" in ran.err


def test_bad_scenarios_are_refused_with_their_lines(
    cli: Cli, tiny_file: Path, tmp_path: Path, baseline: Path, asked: list[Job]
) -> None:
    unknown, contradictory = scenario(tmp_path, "a", "pause annna"), tmp_path / "b.yaml"
    contradictory.write_text("changes:\n- out tom thu\n- leave tom\n", encoding="utf-8")
    nobody = tmp_path / "c.yaml"
    nobody.write_text("changes:\n- leave tom\n- leave una\n- leave fay\n", encoding="utf-8")
    files = [word for path in (unknown, contradictory, nobody) for word in ("--scenario", path)]
    ran = cli("what-if", tiny_file, "--baseline", baseline, *files)
    assert (ran.status, ran.out, asked) == (2, "", [])
    assert f"{unknown}:2:" in ran.err
    assert "did you mean 'ana'?" in ran.err
    assert f"{contradictory}:3:3: changes #2: this contradicts change 1" in ran.err
    assert f"{nobody}:4:3: changes #3: this leaves no clinician at work" in ran.err


def test_a_stale_baseline_is_refused(cli: Cli, tiny_file: Path, baseline: Path, asked: list[Job]) -> None:
    tiny_file.write_text(tiny_file.read_text().replace("capacity: 12", "capacity: 11"), encoding="utf-8")
    command = ("what-if", tiny_file, "--baseline", baseline, "--change", "caseload tom 9")
    ran = cli(*command)
    assert (ran.status, asked) == (2, [])
    assert "was not made from" in ran.err
    ran = cli(*command, "--force")
    assert ran.status == 0
    assert "Warning:" in ran.err


def test_a_baseline_that_breaks_rules_is_told(
    cli: Cli, tiny_file: Path, tmp_path: Path, asked: list[Job]
) -> None:
    raw = ROSTER.model_dump(mode="json")
    raw["sessions"][0]["start"] = "10:00"  # in the middle of her group
    path = tmp_path / "broken.json"
    from iop_sched.week.roster import Roster
    from what_if.tiny import WEEK

    write_roster(path, kept(WEEK, Roster.model_validate(raw)))
    ran = cli("what-if", tiny_file, "--baseline", path, "--change", "caseload tom 9")
    assert f"Warning: {path} breaks hard rules (client-time" in ran.err
    assert "breaks rules" in ran.out


@pytest.mark.parametrize("out", ["roster.json", "nowhere/tried"])
def test_a_folder_that_cannot_be_is_refused_before_the_search(
    cli: Cli, tiny_file: Path, baseline: Path, asked: list[Job], out: str
) -> None:
    ran = cli("what-if", tiny_file, "--change", "close fri", "--out-dir", tiny_file.parent / out)
    assert (ran.status, asked) == (2, [])
    assert "--out-dir" in ran.err


def test_nothing_that_is_read_is_written_over(cli: Cli, tiny_file: Path, asked: list[Job]) -> None:
    mine = tiny_file.with_name("close-fri.json")
    write_roster(mine, BASELINE)
    ran = cli(
        *("what-if", tiny_file, "--baseline", mine, "--change", "close fri", "--out-dir", tiny_file.parent)
    )
    assert (ran.status, asked) == (2, [])
    assert "is read here" in ran.err
    # a baseline that an earlier run has kept there is only read
    again = tiny_file.with_name("baseline.json")
    write_roster(again, BASELINE)
    ran = cli(
        *("what-if", tiny_file, "--baseline", again, "--out-dir", tiny_file.parent),
        *("--change", "caseload tom 9"),
    )
    assert ran.status == 0


def test_a_proof_is_asked_for_or_offered(
    cli: Cli, tiny_file: Path, baseline: Path, asked: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("what-if", tiny_file, "--baseline", baseline, "--change", "caseload tom 9")
    assert "--prove" not in cli(*command).err
    bare = fakes.perform

    def unproven(job: Job) -> Answer:
        least = TierResult(name="changes", value=40, bound=0, status="open", scale=100, gap=0.4)
        return bare(job).model_copy(update={"least": least})

    monkeypatch.setattr(fakes, "perform", unproven)
    run = cli(*command)
    assert "Not proven to change least: caseload tom 9. --prove searches on" in run.err
    assert "--prove" not in cli(*command, "--prove").err
    assert "--prove" not in cli(*command, "--quiet").err
    assert [job.prove for job in asked] == [False, False, True, False]
    run = cli(*command, "--prove", "--from-scratch")
    assert run.status == 2
    assert "--prove is for --stay-close" in run.err


def test_additions_are_to_what_stays(cli: Cli, tiny_file: Path, baseline: Path, asked: list[Job]) -> None:
    command = ("what-if", tiny_file, "--baseline", baseline, "--change", "caseload tom 9", "--additions")
    assert cli(*command, "--from-scratch").status == 2
    assert cli(*command).status == 0
    assert [job.additions for job in asked] == [True]


def test_jobs_and_a_cluster_are_two_things(
    cli: Cli, tiny_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("what-if", tiny_file, "--change", "close fri", "--cluster", "tcp://127.0.0.1:1")
    assert cli(*command, "--jobs", "2").status == 2
    monkeypatch.setattr(fleet, "CONNECT_SECONDS", 1)
    ran = cli(*command)
    assert ran.status == 2
    assert "--cluster tcp://127.0.0.1:1: there is no scheduler" in ran.err
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install 'iop-sched[cluster]'" in cli(*command).err


def test_as_many_cases_at_a_time_as_every_second_core(
    cli: Cli, tiny_file: Path, baseline: Path, asked: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setattr(fleet, "local", lambda jobs: seen.append(jobs) or threading.Lock())
    for cores in (1, 2, 8):
        monkeypatch.setattr(fleet, "cores", lambda cores=cores: cores)
        cli("what-if", tiny_file, "--baseline", baseline, "--change", "close fri")
    assert seen == [1, 1, 4]
