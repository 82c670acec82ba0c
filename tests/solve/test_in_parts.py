"""Solving in parts: when, what is put together, and what is left when something goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generate.made import made
from iop_sched.rules import evaluate
from iop_sched.rules.findings import Evaluation
from iop_sched.solve import in_parts, part_pool
from iop_sched.solve.outcome import Progress, SolveOptions
from iop_sched.solve.part_process import Ended, Job, News, PartJob, PartProcess
from iop_sched.solve.run import solve
from iop_sched.solve.settings import SolverSettings, StagedSettings
from iop_sched.week.pins import Pin, PlacePin
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek

STAGED = SolveOptions(15, workers=2, strategy="staged", objective="weighted")


@pytest.fixture(autouse=True)
def _small_weeks_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_parts, "MANY", 20)
    monkeypatch.setattr(part_pool, "STOPPING_SECONDS", 3.0)


@pytest.fixture(scope="module")
def three_sites() -> ProgramWeek:
    return made(60, 3, "medium", 2).week


def interrupt(*_: object) -> None:
    """What Ctrl-C does, at the moment of the first roster."""
    raise KeyboardInterrupt


def left_behind() -> list[str]:
    """Processes of this one that are still there."""
    found = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True, check=False
    )
    return [line for line in found.stdout.splitlines() if "iop_sched" in line]


def test_it_takes_the_staged_strategy_many_clients_and_groups(
    three_sites: ProgramWeek, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert in_parts.is_for(three_sites, Policy(), STAGED)
    assert not in_parts.is_for(three_sites, Policy(), replace(STAGED, strategy="full"))
    assert not in_parts.is_for(three_sites, Policy(), replace(STAGED, deterministic=True))
    left_out = SolverSettings(staged=StagedSettings(without=("parts",)))
    assert not in_parts.is_for(three_sites, Policy(), replace(STAGED, settings=left_out))
    # one site can be cut
    assert in_parts.is_for(made(60, 1, "low", 1).week, Policy(), STAGED)
    monkeypatch.setattr(in_parts, "MANY", 150)
    assert not in_parts.is_for(three_sites, Policy(), STAGED)
    assert not in_parts.is_for(made(60, 1, "low", 1).week, Policy(), STAGED)


def test_the_sections_of_one_site_make_a_roster_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_parts, "SECTIONS", (48,))
    one_site = made(96, 1, "medium", 1).week
    outcome = solve(one_site, Policy(), replace(STAGED, time_limit=30))
    assert outcome.status == "feasible"
    assert outcome.parameters["parts"] == 2
    assert outcome.roster is not None
    assert {session.site for session in outcome.roster.sessions} <= {"s01", None}
    assert evaluate(one_site, outcome.roster, Policy()).holds
    assert outcome.weighted is not None
    assert 0 <= outcome.weighted.bound <= outcome.weighted.value
    assert left_behind() == []


@pytest.mark.parametrize("objective", ["weighted", "lexicographic"])
def test_the_parts_make_a_roster_of_the_whole(three_sites: ProgramWeek, objective: str) -> None:
    found: list[Evaluation] = []
    told: list[Progress] = []
    options = replace(STAGED, objective=objective)  # type: ignore[arg-type]  # a literal
    outcome = solve(three_sites, Policy(), options, told.append, lambda _, value: found.append(value))
    assert outcome.status == "feasible"
    assert outcome.parameters["parts"] == 3
    assert outcome.roster is not None
    evaluation = evaluate(three_sites, outcome.roster, Policy())
    assert evaluation.holds
    assert evaluation == found[-1]
    assert [tier.value for tier in outcome.tiers] == [figure.value for figure in evaluation.tiers.values()]
    shown = [outcome.weighted] if outcome.weighted else outcome.tiers
    assert all(0 <= tier.bound <= tier.value for tier in shown if tier)
    assert told[-1].rosters >= 1
    assert outcome.seconds < options.time_limit + 5
    assert left_behind() == []


def test_an_interruption_keeps_the_best_roster(three_sites: ProgramWeek) -> None:
    started = time.monotonic()
    outcome = solve(three_sites, Policy(), replace(STAGED, time_limit=120), on_roster=interrupt)
    assert outcome.interrupted
    assert outcome.status == "feasible"
    assert outcome.roster is not None
    assert evaluate(three_sites, outcome.roster, Policy()).holds
    assert time.monotonic() - started < 60
    assert left_behind() == []


def test_a_hint_of_the_whole_week_serves_every_part(three_sites: ProgramWeek) -> None:
    hint = made(60, 3, "medium", 2).roster
    options = replace(STAGED, time_limit=60, hint=hint)
    outcome = solve(three_sites, Policy(), options, on_roster=interrupt)
    assert outcome.weighted is not None
    assert outcome.weighted.value <= evaluate(three_sites, hint, Policy()).weighted.value


def test_an_interruption_before_any_roster_is_reported(three_sites: ProgramWeek) -> None:
    def at_once(_: Progress) -> None:
        raise KeyboardInterrupt

    outcome = solve(three_sites, Policy(), replace(STAGED, time_limit=120), on_progress=at_once)
    assert outcome.interrupted
    assert outcome.status in ("unknown", "feasible")
    assert left_behind() == []


def test_a_child_that_dies_is_survived(three_sites: ProgramWeek, monkeypatch: pytest.MonkeyPatch) -> None:
    aims: list[str] = []

    class Mortal(PartProcess):
        def __init__(self, job: Job) -> None:
            super().__init__(job)
            aims.append(job.aim if isinstance(job, PartJob) else "bound")
            if len(aims) == 1:
                self._process.kill()

    monkeypatch.setattr(part_pool, "PartProcess", Mortal)
    options = replace(STAGED, time_limit=50)
    outcome = solve(three_sites, Policy(), options, on_roster=interrupt)
    assert outcome.status == "feasible"
    # the week has no roster before all parts have one
    assert aims[:4] == ["first", "first", "first", "any"]
    assert left_behind() == []


def test_time_is_shared_by_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_pool, "cores", lambda: 2)
    sizes = [50, 160, 60, 40, 50]
    parts: list[Any] = [
        part_pool.Part(SimpleNamespace(treated=range(size)), Policy(), frozenset())  # type: ignore[arg-type]
        for size in sizes
    ]
    pool = part_pool.Parts(SimpleNamespace(options=STAGED), parts, [])  # type: ignore[arg-type]
    until = time.monotonic() + 100
    waiting = sorted(parts, key=part_pool._turn)
    assert [len(part.week.treated) for part in waiting] == [40, 50, 50, 60, 160]
    for part in parts[1:]:
        part.roster = "found"
    waiting = sorted(parts, key=part_pool._turn)
    assert [len(part.week.treated) for part in waiting] == [50, 160, 60, 50, 40]
    begun = [pool._share(waiting, until)]
    assert begun == pytest.approx([200 * 50 / 360], abs=1)
    pool.running.append(SimpleNamespace(until=until - 10))  # type: ignore[arg-type]
    # of the 110 s that are left; nobody has more than there are
    assert pool._share(waiting[1:], until) == pytest.approx(110 * 160 / 310, abs=1)
    assert pool._share(waiting[1:2], until) == pytest.approx(100, abs=1)


def test_children_that_all_die_leave_no_roster(
    three_sites: ProgramWeek, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Mortal(PartProcess):
        def __init__(self, job: PartJob) -> None:
            super().__init__(job)
            self._process.kill()

    monkeypatch.setattr(part_pool, "PartProcess", Mortal)
    assert solve(three_sites, Policy(), replace(STAGED, time_limit=10)).status == "unknown"


def test_sections_without_a_roster_in_time_make_way_for_larger_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    class Silent(PartProcess):
        """Of the first sections none has a roster."""

        def news(self) -> list[News]:
            if len(tried) == 1:
                self.ended = True
                return [Ended("unknown")]
            return super().news()

    enter = part_pool.Parts.__enter__

    def noted(self: part_pool.Parts) -> part_pool.Parts:
        tried.append(len(self.parts))
        return enter(self)

    monkeypatch.setattr(in_parts, "SECTIONS", (40, 48))
    monkeypatch.setattr(part_pool, "PartProcess", Silent)
    monkeypatch.setattr(part_pool.Parts, "__enter__", noted)
    one_site = made(96, 1, "medium", 1).week
    outcome = solve(one_site, Policy(), replace(STAGED, time_limit=150), on_roster=interrupt)
    assert tried == [2, 2]
    assert outcome.roster is not None
    assert outcome.parameters["parts"] == 2


def test_a_part_that_cannot_be_sends_the_week_to_the_whole_solve(
    three_sites: ProgramWeek, monkeypatch: pytest.MonkeyPatch
) -> None:
    def infeasible(self: PartProcess) -> list[Ended]:
        self.ended = True
        return [Ended("infeasible")]

    monkeypatch.setattr(PartProcess, "news", infeasible)
    found = in_parts.solve(three_sites, Policy(), replace(STAGED, time_limit=40))
    assert isinstance(found, float)
    assert 0 < found < 40


def test_an_impossible_pin_sends_the_week_to_the_whole_solve(three_sites: ProgramWeek) -> None:
    client = next(one for one in three_sites.clients if one.prescription and len(one.sites) == 1)
    there = client.sites[0]
    cohort = next(one.id for one in three_sites.cohorts if one.site != there)
    pin = Pin(id="there", place=PlacePin(client=client.id, cohort=cohort))
    week = three_sites.model_copy(update={"pins": (*three_sites.pins, pin)})
    assert in_parts.is_for(week, Policy(), STAGED)
    found = in_parts.solve(week, Policy(), replace(STAGED, time_limit=60))
    assert isinstance(found, float)  # the whole solve says what cannot hold together
    assert found > 10
    assert left_behind() == []


def test_a_parent_that_dies_takes_the_children_along(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import sys, time\n"
        "from iop_sched.generate.build import generate\n"
        "from iop_sched.generate.settings import Settings\n"
        "from iop_sched.solve.outcome import SolveOptions\n"
        "from iop_sched.solve.part_process import PartJob, PartProcess\n"
        "from iop_sched.week.policy import Policy\n"
        "week = generate(Settings(clients=60, sites=1, seed=1)).week\n"
        "process = PartProcess(PartJob(week, Policy(), SolveOptions(120, workers=2), 'best'))\n"
        "print(process._process.pid, flush=True)\n"
        "time.sleep(120)\n"
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(2)
    parent.kill()
    parent.communicate()
    until = time.monotonic() + 20
    while _lives(child) and time.monotonic() < until:
        time.sleep(0.2)
    assert not _lives(child)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
