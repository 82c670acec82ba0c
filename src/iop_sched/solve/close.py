"""Staying close: the roster of a changed week that disturbs a given one least, and is best among those.

Mostly it is proven in a second or two that no roster of the week disturbs less. Where it is not, the director
has her answer none the less, with the bound there is, unless she asks for the proof. What a search has added
for others, only because it costs nothing, is taken back; what the change touches, and what was new in the
roster found, is then decided as well as the tiers ask. The steps are those of ``close_search``.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace

from iop_sched.cpsat.disruption import NAME
from iop_sched.rules import Specification
from iop_sched.rules.findings import Evaluation
from iop_sched.solve import parameters
from iop_sched.solve.close_search import CloseSearch
from iop_sched.solve.grades import graded, result
from iop_sched.solve.incumbent import DefectError
from iop_sched.solve.nearness import Nearness
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.solve.run import without_roster
from iop_sched.solve.state import OnProgress, OnRoster
from iop_sched.solve.touched import Touched, own
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import TierResult
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id


@dataclass(frozen=True)
class Closest:
    """What staying close came to.

    ``changes`` is the disruption with a bound on that of any roster of the week; none without a roster. The
    bounds of the outcome's tiers hold for any roster of the week too, but none above 0 is looked for.
    """

    outcome: Outcome
    changes: TierResult | None = None


def solve_close(
    week: ProgramWeek,
    policy: Policy,
    before: Roster,
    newcomers: Collection[Id],
    options: SolveOptions,
    on_progress: OnProgress | None = None,
    *,
    base: ProgramWeek | None = None,
    additions: bool = False,
    prove: bool = False,
    on_roster: OnRoster | None = None,
) -> Closest:
    """The roster that disturbs ``before`` least, within the limit; every one is checked by the specification.

    ``newcomers`` are new to the week: they are to have a place as if they had had one. ``base`` is the week
    of ``before``: of whom the changed week says something else than that, the change touches as well. When
    there is nobody such, ``before`` keeps the rules and nobody is left out, nothing forces a change, and it
    comes back as it is. Otherwise what the change touches is decided as well as it can be without disturbing
    more, and nobody else is given a day or a session more but for that. It comes back when a moment's search
    of the whole week has brought nothing better; to ``prove`` that nothing disturbs less, or to find what
    does, nearly all the time is spent, as it is when there is no roster yet.

    What is new disturbs nothing. With ``additions`` the rest of the time goes to whatever makes the tiers
    better without disturbing more, anywhere in the week, even when nothing forces a change.

    Raises ``RuntimeError`` when the solver calls the model invalid, which is a defect of this program.
    """
    started = time.monotonic()
    nearness = Nearness(week, before, _without_place(week, before, newcomers))
    specification = Specification(week, policy)
    asked = Touched() if base is None else own(base, week)
    as_it_is = None
    if not nearness.newcomers and not additions and asked.nothing:
        as_it_is = nearness.of(before, specification.evaluate(before))
        if as_it_is.holds:
            found = Outcome("feasible", before, seconds=time.monotonic() - started)
            return _closest(found, as_it_is, policy, options)
    search = CloseSearch(nearness, specification, options, started, asked, as_it_is, additions, prove)
    state, incumbent = search.state, search.incumbent
    state.on_progress, incumbent.on_roster = on_progress, on_roster
    status = "UNKNOWN"
    try:
        status = search.solve()
    except KeyboardInterrupt:
        # between two runs of the solver; within one, the run itself reports it
        state.interrupted = True
    except DefectError as defect:
        return Closest(Outcome("defect", defects=defect.violations, parameters=_record(options)))
    if incumbent.roster is None or incumbent.evaluation is None:
        return Closest(without_roster(state, status))
    found = Outcome(
        "feasible",
        incumbent.roster,
        seconds=time.monotonic() - started,
        first_roster_seconds=incumbent.first_seconds,
        interrupted=state.interrupted,
    )
    return _closest(found, incumbent.evaluation, policy, options, state.bounds.get(NAME, 0))


def _without_place(week: ProgramWeek, before: Roster, newcomers: Collection[Id]) -> list[Id]:
    had_place = {placement.client for placement in before.placements}
    return [client.id for client in week.treated if client.id in newcomers and client.id not in had_place]


def _closest(
    found: Outcome, evaluation: Evaluation, policy: Policy, options: SolveOptions, bound: int = 0
) -> Closest:
    """What was found, with what it is worth.

    The bounds of the tiers that the searches came to are of rosters that change no more than this one: they
    are left out.
    """
    status, values, whole = graded(evaluation, policy, options.objective == "weighted", {}, ())
    outcome = replace(found, status=status, tiers=values, weighted=whole, parameters=_record(options))
    return Closest(outcome, result(evaluation, NAME, {NAME: bound}, ()))


def _record(options: SolveOptions) -> dict[str, str | int | float | bool]:
    return parameters.record(options) | {"strategy": "stay-close"}
