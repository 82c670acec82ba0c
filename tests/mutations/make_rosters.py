"""Solve the instances again and keep their rosters for the mutation tests.

Run it after an instance has changed, in the folder ``tests``; names of instances limit it to those:

    python -m mutations.make_rosters [--seconds 60] [quickstart integrative …]
"""

from __future__ import annotations

import argparse

from iop_sched.rules import evaluate
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.policy import Policy
from mutations.case import INSTANCES, instance, roster_path


def main() -> None:
    """Write one roster an instance; any verified one will do, proven or not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("names", nargs="*", default=list(INSTANCES))
    asked = parser.parse_args()
    for name in asked.names:
        week, policy = instance(name), Policy()
        options = SolveOptions(time_limit=asked.seconds, workers=asked.workers)
        outcome = solve(week, policy, options)
        if outcome.roster is None:
            raise SystemExit(f"{name}: {outcome.status}, {outcome.defects or outcome.conflict}")
        assert evaluate(week, outcome.roster, policy).holds
        roster_path(name).write_text(outcome.roster.model_dump_json(indent=1) + "\n", encoding="utf-8")
        print(f"{name}: {outcome.status} in {outcome.seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
