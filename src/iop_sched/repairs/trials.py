"""Candidates tried: the week is changed, what is wanted is asked of its model, and the roster is checked."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

from iop_sched.compare.disruption import disruption
from iop_sched.cpsat import assign, extract, tiers
from iop_sched.cpsat import disruption as measure
from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Expr, Model
from iop_sched.repairs.candidate import Candidate
from iop_sched.repairs.question import Question
from iop_sched.rules import evaluate
from iop_sched.rules.findings import Evaluation, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.scenario.apply import apply
from iop_sched.scenario.change import Changed, ChangeError
from iop_sched.scenario.scenario import Scenario
from iop_sched.solve.incumbent import DefectError
from iop_sched.solve.search import Found, run
from iop_sched.solve.start import fix
from iop_sched.solve.touched import Touched
from iop_sched.week.policy import Tier
from iop_sched.week.problems import InputProblems
from iop_sched.week.roster import Roster

Verdict = Literal["works", "does not", "not known", "not possible"]
"""``not possible``: the week does not take the change, which is no candidate then."""

MOST_SECONDS = 20.0
"""Of one trial."""

SHARE = 0.2
"""Part of the time left that one trial may take."""

LEAST_SECONDS = 0.5


_TIERS: tuple[Tier, ...] = ("kept", "placed", "dose")


@dataclass(frozen=True)
class Works:
    """A roster that has what is wanted, verified.

    ``disturbs``: disruption of the roster that there is; without one, the tiers kept and placed. ``least``:
    no roster of the changed week disturbs less.
    """

    changed: Changed
    roster: Roster
    disturbs: tuple[int, ...]
    least: bool


class Trials:
    """Trials of one question within ``seconds``; ``on_solve`` is told the number of each solve."""

    def __init__(self, question: Question, seconds: float, on_solve: Callable[[int], None]) -> None:
        self.question = question
        self.solves = 0
        self._until = time.monotonic() + seconds
        self._on_solve = on_solve

    @property
    def seconds_left(self) -> float:
        """Seconds until the limit; 0 when it is over."""
        return max(0.0, self._until - time.monotonic())

    def together(self, candidates: Sequence[Candidate]) -> tuple[Verdict, list[Candidate]]:
        """Whether all of them together would do, and those of them that the week took."""
        question = self.question
        changed, taken = self._all_at_once(candidates)
        if changed is None:
            return "not known", []
        model, _, _ = self._model(changed)
        hint = {} if question.roster is None else assign.hint(model, question.roster)
        found = self._solve(model.cp, hint, self._share())
        if found.status == "INFEASIBLE":
            return "does not", taken
        return "works" if found.values is not None else "not known", taken

    def _all_at_once(self, candidates: Sequence[Candidate]) -> tuple[Changed | None, list[Candidate]]:
        """The week with all that it takes of them; none when it is not in order then."""
        changed, taken = Changed(self.question.week, self.question.policy), []
        for one in candidates:
            try:
                # the week is looked at once, at the end: that takes longer than a change
                for change in one.changes:
                    changed = change.apply(changed)
                taken.append(one)
            except ChangeError:
                continue
        try:
            return apply(changed.week, changed.policy, [_scenario([])]), taken
        except InputProblems:
            return None, []

    def near_together(self, candidates: Sequence[Candidate]) -> Roster | None:
        """A roster with all of them in which everybody else has what they have; none when none is found."""
        changed, _ = self._all_at_once(candidates)
        if changed is None:
            return None
        model, objective, _ = self._model(changed)
        near = self._near(model, objective)
        return None if near is None else extract.roster(model, near.value)

    def new_words(self, roster: Roster) -> set[str]:
        """Cohort, clinicians and days of what the client has in a roster and not in the one there is."""
        before, client = self.question.roster, self.question.client
        words: set[str] = set()
        for place in roster.placements:
            if place.client == client and (before is None or place not in before.placements):
                words |= {str(place.cohort), str(place.primary), *(day.code for day in place.days)}
        for session in roster.sessions:
            if client in session.clients and (before is None or session not in before.sessions):
                words |= {session.day.code, *(entry.clinician for entry in session.staff)}
        return words

    def near(self, candidate: Candidate) -> Works | None:
        """A roster with one candidate in which everybody else has what they have; none when none is found.

        Raises ``DefectError`` as ``alone`` does.
        """
        changed = self._changed([candidate])
        if changed is None:
            return None
        model, objective, dose = self._model(changed)
        near = self._near(model, objective)
        if near is None:
            return None
        return self._filled(model, objective, dose, self._checked(model, changed, near))

    def alone(
        self, candidates: Sequence[Candidate], below: int | None = None, nothing_near: bool = False
    ) -> Verdict | Works:
        """One candidate, or a few at once; ``below``: only a roster that disturbs less is wanted.

        ``nothing_near``: it was tried already whether everybody else can have what they have. Raises
        ``DefectError`` when a roster breaks a rule or has not what was asked for.
        """
        changed = self._changed(candidates)
        if changed is None:
            return "not possible"
        model, objective, dose = self._model(changed)
        if below is not None:
            model.cp.add(objective - below < 0)
        until = time.monotonic() + self._share()
        near = None if nothing_near else self._near(model, objective)
        best = None if near is None else self._checked(model, changed, near)
        if best is not None and best.disturbs == (0,):
            return self._filled(model, objective, dose, best)
        model.cp.minimize(objective)
        hint = dict(enumerate(near.values)) if near is not None and near.values is not None else {}
        if not hint and self.question.roster is not None:
            hint = assign.hint(model, self.question.roster)
        found = self._solve(model.cp, hint, max(LEAST_SECONDS, until - time.monotonic()))
        if found.values is None:
            # nothing near is no answer, and what is near stays one
            if best is None:
                return "does not" if found.status == "INFEASIBLE" else "not known"
        else:
            best = self._checked(model, changed, found, least=found.status == "OPTIMAL")
        return self._filled(model, objective, dose, best)

    def _changed(self, candidates: Sequence[Candidate]) -> Changed | None:
        try:
            return apply(self.question.week, self.question.policy, [_scenario(candidates)])
        except InputProblems:
            return None

    def _share(self) -> float:
        return max(LEAST_SECONDS, min(MOST_SECONDS, self.seconds_left * SHARE))

    def _model(self, changed: Changed) -> tuple[Model, Expr, Expr]:
        """The model in which what is wanted is asked for, how much a roster disturbs, and its dose."""
        model, costs = build(changed.week, changed.policy)
        self.question.demand.hold(model, costs)
        kept, placed, dose = (tiers.tier(changed.policy, name, costs) for name in _TIERS)
        if self.question.roster is not None:
            return model, measure.objective(model, self.question.roster).expr, dose.expr
        return model, (placed.upper + 1) * kept.expr + placed.expr, dose.expr

    def _near(self, model: Model, objective: Expr) -> Found | None:
        """A roster in which everybody else has what they have, if there is one."""
        if self.question.roster is None:
            return None
        return self._for_client(model, model.cp.clone(), self.question.roster, objective)

    def _filled(self, model: Model, objective: Expr, dose: Expr, best: Works) -> Works:
        """With as much treatment for the client as there is, everybody else as in ``best``."""
        if self.question.roster is None:
            return best
        cp = model.cp.clone()
        cp.add(objective - best.disturbs[0] <= 0)
        found = self._for_client(model, cp, best.roster, dose)
        return best if found is None else self._checked(model, best.changed, found, best.least)

    def _for_client(
        self, model: Model, cp: cp_model.CpModel, roster: Roster, objective: Expr
    ) -> Found | None:
        """The best for an objective when only the client's own week is open."""
        client = self.question.client
        if client is None:
            return None
        free = Touched({client}, {client}, set(), set()).variables(model)
        cp.minimize(objective)
        fix(cp, {index: at for index, at in assign.hint(model, roster).items() if index not in free})
        found = self._solve(cp, {}, self._share() / 3)
        return None if found.values is None else found

    def _solve(self, cp: cp_model.CpModel, hint: Mapping[int, int], seconds: float) -> Found:
        self.solves += 1
        self._on_solve(self.solves)
        for index, value in hint.items():
            cp.add_hint(cp.get_int_var_from_proto_index(index), value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False
        solver.parameters.max_time_in_seconds = seconds
        found = run(cp, solver, on_solution=lambda _: None, on_tick=lambda _: None)
        if found.interrupted:
            raise KeyboardInterrupt
        if found.status == "MODEL_INVALID":
            raise RuntimeError(f"the solver calls the model invalid: {cp.validate()}")
        return found

    def _checked(self, model: Model, changed: Changed, found: Found, least: bool = False) -> Works:
        roster = extract.roster(model, found.value)
        measured = evaluate(changed.week, roster, changed.policy)
        if not measured.holds:
            raise DefectError(measured.violations)
        if not self.question.demand.met(Schedule.of(changed.week, roster), measured):
            raise DefectError((Violation("repairs", "", "", "the roster has not what was asked for"),))
        disturbs = self._disturbs(changed, roster, measured)
        return Works(changed, roster, disturbs, least or disturbs == (0,))

    def _disturbs(self, changed: Changed, roster: Roster, measured: Evaluation) -> tuple[int, ...]:
        if self.question.roster is not None:
            return (disruption(self.question.roster, roster, changed.week).total,)
        return (measured.tiers["kept"].value, measured.tiers["placed"].value)


def _scenario(candidates: Sequence[Candidate]) -> Scenario:
    return Scenario("repair", "", tuple(change for one in candidates for change in one.changes))
