"""Timefold Solver as a contender: local search in Java, told by numbers what it may decide.

``benchmarks/README.md`` says how it is set up and what it cannot express. Its clock begins when the problem
reaches the running virtual machine: neither that machine's start, told in the note, nor the hand rule counts.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from iop_sched.bench.contender import Event, Finished, OnEvent
from iop_sched.bench.hand_rule import hand_rule
from iop_sched.bench.peers import timefold_java
from iop_sched.bench.peers.timefold_plan import Plan
from iop_sched.bench.peers.timefold_problem import problem
from iop_sched.bench.peers.timefold_roster import from_numbers, to_numbers
from iop_sched.rules import evaluate
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective
from iop_sched.week.roster import Roster

EXPRESSED = {
    **dict.fromkeys(
        ("eligibility", "track", "stay", "weekly-hours", "client-time", "clinician-time"), "hard"
    ),
    **dict.fromkeys(("facilitation", "service-staff", "rooms", "cohort-size", "meeting-attendance"), "hard"),
    **dict.fromkeys(("clinician-load", "primary"), "hard"),
    **dict.fromkeys(("meeting-held", "service-delivery", "continuity", "preferences", "cost"), "soft"),
}
"""Rules that the Java side knows, in the only mode it knows them in. Every other rule must be off."""
WISHES = ("continuity", "preferences", "cost")
"""Rules of ``EXPRESSED`` that may be off as well: then their weights are 0."""


def not_expressed(policy: Policy) -> list[str]:
    """Rules that the policy wants and this peer cannot state, or not in that mode."""
    return [
        rule
        for rule in RULES
        if policy.mode(rule) != EXPRESSED.get(rule, "off")
        and not (rule in WISHES and policy.mode(rule) == "off")
    ]


@dataclass(frozen=True)
class Timefold:
    """One setting of the local search; ``from_hand``: it begins with the hand rule's roster.

    ``checked``: Timefold compares each score with one computed from nothing; slow, for tests.
    """

    name: str
    setting: str
    from_hand: bool = False
    checked: bool = False
    objectives: tuple[Objective, ...] = ("weighted",)
    takes_settings: bool = False
    repeats: bool = False

    def missing(self) -> str:
        """The extra, or a JDK."""
        return timefold_java.missing()

    def run(self, week: ProgramWeek, policy: Policy, options: SolveOptions, on_event: OnEvent) -> Finished:
        """Write the problem, search until the limit, read the rosters."""
        unknown = not_expressed(policy)
        if unknown:
            return Finished(None, None, "failed", f"Timefold's model does not state {', '.join(unknown)}")
        class_path = timefold_java.class_path()
        hand = hand_rule(week, policy) if self.from_hand else None
        began = time.monotonic()
        plan = Plan(week, policy)
        start = [] if hand is None else to_numbers(plan, hand)
        text = f"{problem(plan)} start {' '.join(map(str, [len(start), *start]))}\n"
        spent = time.monotonic() - began
        on_event(Event(phase="solve", seconds=spent))
        found = _Found(plan, spent, on_event)
        left = max(0.1, options.time_limit - spent)
        found.read(_lines(self._command(class_path, left, options), text))
        return self._finished(found, week, policy)

    def _command(self, class_path: str, seconds: float, options: SolveOptions) -> list[str]:
        solvers = max(1, min(options.workers, os.cpu_count() or 1))
        return [
            timefold_java.tool("java") or "java",
            "-cp",
            class_path,
            "peer.Main",
            str(int(seconds * 1000)),
            self.setting,
            str(options.seed),
            str(solvers),
            "checked" if self.checked else "fast",
        ]

    def _finished(self, found: _Found, week: ProgramWeek, policy: Policy) -> Finished:
        note = f"JVM start {found.jvm_start:.2f} s, not counted; {found.moves} moves"
        parameters: dict[str, str | bool] = {"setting": self.setting, "from_hand": self.from_hand}
        if found.roster is None:
            return Finished(None, None, "unknown", note, parameters=parameters)
        value = evaluate(week, found.roster, policy).weighted.value
        if value != found.value:
            note = f"Timefold says {found.value}, the rules say {value}"
            return Finished(found.roster, None, "failed", note, parameters=parameters)
        return Finished(found.roster, None, "feasible", note, parameters=parameters)


@dataclass
class _Found:
    """What the Java side has said so far; ``before``: seconds of the run before its clock began."""

    plan: Plan
    before: float
    on_event: OnEvent
    roster: Roster | None = None
    value: int | None = None
    jvm_start: float = 0.0
    moves: int = 0

    def read(self, lines: Iterator[str]) -> None:
        """Take in every line; raises ``ValueError`` for one that means nothing."""
        spawned = time.monotonic()
        for line in lines:
            word, *numbers = line.split()
            figures = [int(number) for number in numbers]
            if word == "started":
                self.jvm_start = time.monotonic() - spawned
            elif word == "roster":
                self.value = figures[1]
                self.roster = from_numbers(self.plan, figures[2:])
                self.on_event(Event(roster=self.roster, seconds=self.before + figures[0] / 1000))
            elif word == "done":
                self.moves = figures[1]
            else:
                raise ValueError(f"Timefold says {line[:80]!r}")


def _lines(command: list[str], text: str) -> Iterator[str]:
    """Run the program with ``text`` as its input; raises ``RuntimeError`` when it fails."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin
        assert process.stdout
        said: list[str] = []
        ear = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
        ear.start()
        try:
            with contextlib.suppress(BrokenPipeError):  # what it says on stderr tells more
                process.stdin.write(text)
                process.stdin.close()
            yield from process.stdout
        finally:
            if process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(5)
                process.kill()
        ear.join(5)
        if process.returncode:
            raise RuntimeError(f"Timefold's program failed: {''.join(said)[-300:].strip()}")


LATE = Timefold("timefold-late", "late-acceptance")
TABU = Timefold("timefold-tabu", "tabu")
