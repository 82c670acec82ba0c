"""One run in this process: load, run the contender, verify every roster, and say what came of it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from iop_sched.bench import machine
from iop_sched.bench.contender import Finished, every_value
from iop_sched.bench.job import Job
from iop_sched.bench.peers import contender
from iop_sched.bench.row import Curve, Figure, Row, RowStatus
from iop_sched.bench.trace import Recorder, all_reached, changes, primal_integral, reached
from iop_sched.rules import evaluate
from iop_sched.rules.findings import Evaluation
from iop_sched.week.loading import load_week
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import TierStatus

MOST_WORDS = 500


def now() -> str:
    """Date and time, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def measure(job: Job) -> Row:
    """Run a job; whatever it raises becomes the row's error."""
    started, load_before = now(), machine.load()
    try:
        row = _measured(job, started)
    except Exception as error:  # a contender may raise anything, and a failed run is a row too
        words = str(error) if isinstance(error, InputProblems) else f"{type(error).__name__}: {error}"
        row = job.row(started, "failed", error=words[:MOST_WORDS])
    return row.model_copy(
        update={
            "machine": machine.machine(load_before),
            "memory_mb": machine.peak_mb(),
            "memory_children_mb": machine.peak_children_mb(),
        }
    )


def _measured(job: Job, started: str) -> Row:
    clock = time.monotonic()
    week = _load(job)
    loaded = time.monotonic()
    chosen = contender(job.contender)
    options = job.options()
    recorder = Recorder()
    finished = chosen.run(week, job.policy_facts, options, recorder)
    seconds = recorder.seconds()
    build = min(recorder.phases.get("solve", 0.0), seconds)
    checking = time.monotonic()
    final = None if finished.roster is None else evaluate(week, finished.roster, job.policy_facts)
    phases = {
        "load": loaded - clock,
        "build": build,
        "solve": seconds - build,
        "check": time.monotonic() - checking,
    }
    found = _Found(job, week, recorder, finished, final, seconds)
    return found.row(started, {name: round(spent, 4) for name, spent in phases.items()})


def _load(job: Job) -> ProgramWeek:
    """The week from a file, as every command reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"week{job.suffix}"
        path.write_text(job.text, encoding="utf-8")
        return load_week(path)


@dataclass
class _Found:
    """What a contender handed back, and what it is worth."""

    job: Job
    week: ProgramWeek
    recorder: Recorder
    finished: Finished
    final: Evaluation | None
    seconds: float

    def row(self, started: str, phases: dict[str, float]) -> Row:
        about: dict[str, object] = {
            "seconds": round(self.seconds, 3),
            "phases": phases,
            "note": self.finished.note,
            "parameters": dict(self.finished.parameters),
        }
        fault = self._fault()
        if fault or self.final is None:
            broken = (*(self.final.violations if self.final else ()), *self.finished.defects)
            return self.job.row(
                started,
                "failed" if fault else self.finished.status,
                error=fault,
                violations=tuple(sorted({violation.rule for violation in broken})),
                tier_values=every_value(self.final) if self.final else {},
                **about,
            )
        seen, rejected = self._verified()
        figures = self._figures(seen, self.final)
        return self.job.row(
            started,
            self._status(figures),
            rejected=rejected,
            rosters=len(seen),
            first_seconds=round(seen[0][0], 3),
            figures=figures,
            tier_values=every_value(self.final),
            reached=all_reached(figure.reached for figure in figures.values()),
            primal_integral=sum(figure.primal_integral for figure in figures.values()) / len(figures),
            **about,
        )

    def _fault(self) -> str:
        """Why the run does not count."""
        if self.finished.status == "failed":
            return self.finished.note or "the contender failed"
        if self.final is None:
            claims = self.finished.status in ("proven", "feasible")
            return f"the contender says {self.finished.status} and has no roster" if claims else ""
        if not self.final.holds:
            return f"the roster breaks {len(self.final.violations)} hard rules"
        for name in self._names():
            value, bound = self.final.figure(name).value, self._bound(name)
            if bound is not None and bound > value:
                return f"{name}: the bound {bound} is above the verified value {value}"
        return ""

    def _names(self) -> tuple[str, ...]:
        return ("weighted",) if self.job.objective == "weighted" else self.job.policy_facts.tiers

    def _bound(self, name: str) -> int | None:
        """The last bound: of the result, else of the events; what is proven is its own bound."""
        if self.finished.status == "proven" and self.final is not None:
            return self.finished.bounds.get(name, self.final.figure(name).value)
        if name == "weighted" and self.finished.bound is not None:
            return self.finished.bound
        curve = self.recorder.bounds(name)
        return self.finished.bounds.get(name, curve[-1][1] if curve else None)

    def _verified(self) -> tuple[list[tuple[float, dict[str, int]]], int]:
        """The values of each roster on the way that holds, the final one last; and how many do not hold."""
        seen: list[tuple[float, dict[str, int]]] = list(self.recorder.claims)
        rejected = 0
        for moment, roster in self.recorder.rosters:
            found = evaluate(self.week, roster, self.job.policy_facts)
            if found.holds:
                seen.append((moment, self._values(found)))
            else:
                rejected += 1
        seen.sort(key=lambda one: one[0])
        assert self.final is not None
        last = self._values(self.final)
        if not seen or any(seen[-1][1].get(name) != value for name, value in last.items()):
            seen.append((self.seconds, last))
        return seen, rejected

    def _values(self, found: Evaluation) -> dict[str, int]:
        return {name: found.figure(name).value for name in self._names()}

    def _figures(self, seen: list[tuple[float, dict[str, int]]], final: Evaluation) -> dict[str, Figure]:
        figures: dict[str, Figure] = {}
        earlier_open = False
        for name in self._names():
            values = changes((moment, known[name]) for moment, known in seen if name in known)
            one = self._figure(name, values, final, earlier_open)
            earlier_open = earlier_open or one.status != "proven"
            figures[name] = one
        return figures

    def _figure(self, name: str, values: Curve, final: Evaluation, earlier_open: bool) -> Figure:
        value, scale, bound = final.figure(name).value, final.figure(name).scale, self._bound(name)
        bounds = self.recorder.bounds(name)
        if bound is not None and (not bounds or bounds[-1][1] < bound):
            bounds = (*bounds, (round(self.seconds, 3), bound))
        proven: TierStatus = "conditional" if earlier_open else "proven"
        end = self.seconds if value == bound or self.job.deterministic else self.job.time_limit
        return Figure(
            value=value,
            bound=bound,
            status=proven if value == bound else "open",
            scale=scale,
            gap=None if bound is None else (value - bound) / scale,
            values=values,
            bounds=bounds,
            reached=reached(values, bounds, scale),
            primal_integral=round(primal_integral(values, bound or 0, scale, end), 4),
        )

    def _status(self, figures: dict[str, Figure]) -> RowStatus:
        """``proven`` when every figure is, whoever says so."""
        every: Iterable[Figure] = figures.values()
        return "proven" if all(one.status == "proven" for one in every) else "feasible"
