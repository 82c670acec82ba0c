"""Running, interrupting and resuming studies, here and on a cluster."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bench.conftest import job, study_text
from cli.conftest import Cli, cli
from iop_sched.bench.job import Job
from iop_sched.bench.row import Row
from iop_sched.bench.rows import open_rows
from iop_sched.bench.runner import State, run_study
from iop_sched.fanout import fleet
from iop_sched.fanout.fleet import Fleet, FleetError

__all__ = ["cli"]
COMMAND = [sys.executable, "-m", "iop_sched", "bench"]
SLOW = {"contenders": '["full"]', "seeds": "[1, 2, 3, 4]", "time_limits": "[20.0]", "workers": "[1]"}


def run(jobs: list[Job], path: Path, ready: AbstractContextManager[Fleet] | None = None) -> list[Row]:
    seen: list[Row] = []
    with open_rows(path) as rows, ready or fleet.local(1) as found:
        run_study(jobs, None, rows, found, lambda state, row: seen.append(row) if row else None)
    return seen


@pytest.mark.usefixtures("fake_contenders")
def test_failures_do_not_end_a_study_and_nothing_is_run_twice(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    jobs = [job("fake-crash"), job("fake-raises"), job("fake-sure")]
    assert [row.status for row in run(jobs, path)] == ["crashed", "failed", "proven"]
    assert [row.status for row in run([*jobs, job("fake-good")], path)] == ["feasible"]
    assert len(path.read_text().splitlines()) == 4


@pytest.mark.usefixtures("fake_contenders")
def test_several_at_a_time(tmp_path: Path) -> None:
    jobs = [job("fake-sure", seed=seed) for seed in range(4)]
    widths: list[int] = []
    with open_rows(tmp_path / "rows.jsonl") as rows, fleet.local(2) as two:
        run_study(jobs, None, rows, two, lambda state, row: widths.append(len(state.running)))
        assert {row.seed for row in rows.rows} == {0, 1, 2, 3}
    assert max(widths) == 2


@pytest.mark.usefixtures("fake_contenders")
def test_an_interruption_keeps_what_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    jobs = [job("fake-sure"), job("fake-hangs")]

    def interrupt(state: State, row: Row | None) -> None:
        if state.done == 1 and row is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), open_rows(path) as rows, fleet.local(1) as one:
        run_study(jobs, None, rows, one, interrupt)
    assert [json.loads(line)["status"] for line in path.read_text().splitlines()] == ["proven"]


def test_the_time_left_is_that_of_like_runs() -> None:
    fast = job("full", time_limit=100.0)
    done = fast.row("now", "proven", seconds=10.0)
    known = State(2, [done], [job("full", time_limit=100.0, seed=2)])
    assert known.seconds_left() == 12.0
    other = State(2, [done], [job("full", time_limit=200.0)])
    assert other.seconds_left() == 22.0
    assert State(1, [], [fast, fast], width=2).seconds_left() == 102.0


@pytest.mark.usefixtures("fake_contenders")
def test_an_interruption_while_a_row_is_written_keeps_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows.jsonl"
    written = os.fsync

    def interrupted(handle: int) -> None:
        written(handle)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(os, "fsync", interrupted)
    with open_rows(path) as rows, fleet.local(1) as one:
        with pytest.raises(KeyboardInterrupt):
            run_study([job("fake-sure"), job("fake-good")], None, rows, one, lambda *_: None)
        assert len(rows.rows) == 1
    assert [json.loads(line)["status"] for line in path.read_text().splitlines()] == ["proven"]


@pytest.mark.usefixtures("fake_contenders")
def test_the_calibration_is_in_every_row(tmp_path: Path) -> None:
    with open_rows(tmp_path / "rows.jsonl") as rows, fleet.local(1) as one:
        run_study([job("fake-sure"), job("fake-raises")], job("fake-sure"), rows, one, lambda *_: None)
        first, second = rows.rows
    assert first.calibration is not None
    assert first.calibration == second.calibration


# the command


def rows_in(path: Path) -> list[dict[str, object]]:
    text = path.read_text() if path.exists() else ""
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def start(study: Path, out: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, str(study), "--out", str(out)], stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def wait_for_rows(process: subprocess.Popen[str], out: Path, number: int) -> None:
    while len(rows_in(out)) < number:
        assert process.poll() is None, process.stderr
        time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_study_goes_on(tmp_path: Path, how: signal.Signals) -> None:
    study, out = tmp_path / "study.toml", tmp_path / "rows.jsonl"
    study.write_text(study_text(**SLOW))
    process = start(study, out)
    wait_for_rows(process, out, 1)
    os.kill(process.pid, how)
    _, err = process.communicate(timeout=60)
    before = out.read_text()
    kept = len(rows_in(out))
    assert 1 <= kept < 4
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert f"Interrupted: {kept} of 4 rows" in err
    with out.open("a") as file:
        file.write('{"instance": "cut sho')
    again = subprocess.run(
        [*COMMAND, str(study), "--out", str(out)], capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr
    assert f"{kept} of 4 runs are in" in again.stderr
    assert out.read_text().startswith(before)
    assert sorted(row["seed"] for row in rows_in(out)) == [1, 2, 3, 4]  # type: ignore[type-var]
    assert {row["status"] for row in rows_in(out)} == {"proven"}


def test_no_solver_outlives_its_study(tmp_path: Path) -> None:
    import psutil

    study, out = tmp_path / "study.toml", tmp_path / "rows.jsonl"
    study.write_text(study_text(**SLOW))
    process = start(study, out)
    wait_for_rows(process, out, 1)
    children: list[psutil.Process] = []
    while not children:
        children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    gone, alive = psutil.wait_procs(children, timeout=20)
    assert (len(gone), alive) == (len(children), [])


# the cluster


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    jobs = [job("full", seed=seed, time_limit=20.0) for seed in range(4)]
    killed: list[int] = []
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None
        ) as local,
        open_rows(tmp_path / "rows.jsonl") as rows,
        fleet.cluster(local.scheduler_address) as two,
    ):
        assert two.width() == 2

        def kill_one(state: State, row: Row | None) -> None:
            if row is not None and not killed:
                killed.append(next(iter(local.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        run_study(jobs, job("hand-rule"), rows, two, kill_one)
        assert killed
        assert sorted(row.seed for row in rows.rows) == [0, 1, 2, 3]
        assert {row.status for row in rows.rows} == {"proven"}
        assert all(row.calibration for row in rows.rows)


def test_without_the_extra(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    study = tmp_path / "study.toml"
    study.write_text(study_text())
    ran = cli("bench", study, "--out", tmp_path / "rows.jsonl", "--cluster", "tcp://127.0.0.1:1")
    assert ran.status == 2
    assert "pip install 'iop-sched[cluster]'" in ran.err


def test_no_scheduler_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(fleet, "CONNECT_SECONDS", 1)
    with pytest.raises(FleetError, match="no scheduler"), fleet.cluster("tcp://127.0.0.1:1"):
        pass
