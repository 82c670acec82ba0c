"""The first roster of a week too large to be stumbled upon."""

from __future__ import annotations

from iop_sched.generate.build import generate
from iop_sched.generate.settings import Settings
from iop_sched.rules import evaluate
from iop_sched.rules.findings import Evaluation
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Roster


def test_ninety_six_clients_have_a_first_roster() -> None:
    """CP-SAT's feasibility jump finds it in three seconds; without it there was none after thirty."""
    week = generate(Settings(clients=96, seed=1)).week

    def interrupt(_: Roster, __: Evaluation) -> None:
        raise KeyboardInterrupt

    outcome = solve(week, Policy(), SolveOptions(time_limit=120, objective="weighted"), on_roster=interrupt)
    assert outcome.interrupted
    assert outcome.roster is not None
    assert evaluate(week, outcome.roster, Policy()).holds
