"""HiGHS and SCIP as peers: rosters that hold, bounds that are whole, lines of logs that are understood."""

from __future__ import annotations

import pytest

from builder import week, week_raw
from iop_sched.bench.contender import Event, Finished
from iop_sched.bench.peers import contender
from iop_sched.bench.peers.milp import Milp, whole_bound
from iop_sched.bench.peers.milp_log import Told, told_by_highs, told_by_scip
from iop_sched.rules import evaluate
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.policy import load_policy
from strategies import tiny_week

NAMES = ("highs", "highs-heuristics", "scip", "scip-feasibility")
OPTIONS = SolveOptions(time_limit=300.0, workers=2, seed=1, objective="weighted")


@pytest.mark.parametrize("name", NAMES)
def test_it_proves_the_oracles_optimum(name: str) -> None:
    for seed in (0, 5, 10, 15):
        tiny = tiny_week(seed)
        found = contender(name).run(tiny.week, tiny.policy, OPTIONS, lambda event: None)
        if tiny.tally.best is None:
            assert (found.status, found.roster) == ("infeasible", None)
        else:
            assert found.roster is not None
            assert evaluate(tiny.week, found.roster, tiny.policy).holds
            assert (found.status, found.bound) == ("proven", tiny.tally.best_weighted)
            assert found.bounds == {"weighted": tiny.tally.best_weighted}


@pytest.mark.parametrize("name", NAMES)
def test_what_it_tells_on_the_way_holds(name: str) -> None:
    core, events = load_policy("peer-core"), list[Event]()
    found: Finished = contender(name).run(week(week_raw()), core, OPTIONS, events.append)
    assert found.roster is not None
    assert found.note.startswith("not counted: build ")
    assert events[0].phase == "solve"
    rosters = [event.roster for event in events if event.roster is not None]
    assert rosters[-1] == found.roster
    assert all(evaluate(week(week_raw()), roster, core).holds for roster in rosters)
    best = evaluate(week(week_raw()), found.roster, core).weighted.value
    assert all(event.bounds.get("weighted", best) <= best for event in events)
    assert all(event.values.get("weighted", best) >= best for event in events)


def test_threads_are_never_set() -> None:
    for name in NAMES:
        one = contender(name)
        assert isinstance(one, Milp)
        chosen = one.parameters(OPTIONS)
        assert (chosen.threads, chosen.relative_gap_tolerance) == (None, 0.0)


def test_a_bound_is_rounded_up_unless_it_is_a_whole_number_give_or_take() -> None:
    assert [whole_bound(bound) for bound in (53_942.2, 53_943.0, 53_943.000_000_5)] == [53_943] * 3
    assert whole_bound(float("-inf")) is None


HIGHS_LINES = {
    " S       0       0         0   0.00%   -inf            20219550           Large        0      0      "
    "0         0     0.5s": Told(20_219_550, None),
    " R       0       0         0   0.00%   53942.4675898   58210              7.33%        0      0      "
    "0        22     1.0s": Told(58_210, 53_943),
    "         1       0         1 100.00%   54460           54460              0.00%     1195     12   "
    "9004     16711     8.9s": Told(54_460, 54_460),
    "         0       0         0   0.00%   53943.5         inf                  inf        6      6      "
    "2      1001     0.3s": Told(None, 53_944),
    "18.3% inactive integer columns, restarting": None,
    "        Nodes      |    B&B Tree     |            Objective Bounds              |": None,
}


@pytest.mark.parametrize("line", HIGHS_LINES)
def test_lines_of_highs(line: str) -> None:
    assert told_by_highs(line) == HIGHS_LINES[line]


SCIP_LINES = {
    "p 0.0s|     1 |     0 |     0 |     - |   locks|   0 |  60 |  20 |  20 |   0 |  0 |   0 |   0 | "
    "1.567000e+03 | 3.370000e+02 | 364.99%| unknown": Told(None, 1567),
    " 12.1s|     1 |     0 |    24 |     - |  1950k |   0 |  60 |  20 |  20 |   0 |  0 |   0 |   0 | "
    "2.258291e+07 |      --      |    Inf | unknown": Told(None, 22_582_905),
    " time | node  | left  |LP iter|LP it/n|mem/heur|mdpt |vars |cons |rows |cuts |sepa|confs|strbr|  "
    "dualbound   | primalbound  |  gap   | compl. ": None,
    "presolving:": None,
}


@pytest.mark.parametrize("line", SCIP_LINES)
def test_lines_of_scip_lower_the_bound_by_what_is_not_shown(line: str) -> None:
    assert told_by_scip(line) == SCIP_LINES[line]
