"""Solve the shipped instances and print the table of benchmarks/README.md.

    python benchmarks/programs.py --seconds 60 --seeds 1 2 3 --out benchmarks/results/programs.jsonl

One line of JSON a solve as it finishes, then a table of medians. One solve at a time, with the workers
that the command line uses. The hand rule (``iop_sched.bench.hand_rule``) is measured with --hand-rule.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from iop_sched.bench.hand_rule import hand_rule
from iop_sched.rules import evaluate
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.files import canonical_sha256
from iop_sched.week.loading import load_week
from iop_sched.week.policy import TIERS, load_policy

ROOT = Path(__file__).resolve().parents[1]
INSTANCES = [
    "quickstart.yaml",
    *(f"programs/{p.name}" for p in sorted((ROOT / "instances/programs").glob("*.yaml"))),
]
Row = dict[str, Any]


def main() -> None:
    """Run what the command line asks for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--instances", nargs="+", default=INSTANCES)
    parser.add_argument("--hand-rule", action="store_true", help="add the hand rule's tiers")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results/programs.jsonl")
    asked = parser.parse_args()
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    rows = []
    with asked.out.open("w", encoding="utf-8") as out:
        for row in _runs(asked):
            rows.append(row)
            out.write(json.dumps(row) + "\n")
            out.flush()
    print(_machine())
    print(table(rows))


def _runs(asked: argparse.Namespace) -> Iterator[Row]:
    policy = load_policy("standard")
    for name in asked.instances:
        started = time.monotonic()
        week = load_week(ROOT / "instances" / name)
        load_seconds = time.monotonic() - started
        base = {"instance": name, "clients": len(week.clients), "sha256": canonical_sha256(week)}
        if asked.hand_rule:
            figures = evaluate(week, hand_rule(week, policy), policy)
            tiers = {tier: figures.tiers[tier].value for tier in TIERS}
            broken = [violation.rule for violation in figures.violations]
            yield {**base, "method": "hand rule", "tiers": tiers, "violations": broken}
        for seed in asked.seeds:
            options = SolveOptions(time_limit=asked.seconds, workers=asked.workers, seed=seed)
            outcome = solve(week, policy, options)
            yield {
                **base,
                "method": "full",
                "seed": seed,
                "status": outcome.status,
                "load_seconds": round(load_seconds, 2),
                "first_seconds": outcome.first_roster_seconds,
                "seconds": round(outcome.seconds, 2),
                "parameters": outcome.parameters,
                "ortools": metadata.version("ortools"),
                "tiers": {tier.name: tier.model_dump(mode="json") for tier in outcome.tiers},
                "load_average": os.getloadavg()[0],
            }


def table(rows: list[Row]) -> str:
    """Medians over the seeds, as Markdown; a gap is in percent of what is at stake."""
    runs = pd.json_normalize([row for row in rows if row["method"] == "full"])
    hands = {row["instance"]: row["tiers"] for row in rows if row["method"] == "hand rule"}
    lines = []
    for name, group in runs.groupby("instance", sort=False):
        line = {
            "instance": name,
            "clients": group["clients"].iloc[0],
            "first roster, s": f"{group['first_seconds'].median():.1f}",
            "total, s": f"{group['seconds'].median():.1f}",
        }
        for tier in TIERS:
            line[tier] = _tier(group, tier)
        if name in hands:
            line["hand rule: kept, placed, dose"] = ", ".join(str(hands[name][tier]) for tier in TIERS[:3])
        lines.append(line)
    head = list(lines[0])
    body = [[str(line.get(title, "")) for title in head] for line in lines]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *body])


def _tier(group: pd.DataFrame, tier: str) -> str:
    proven = (group[f"tiers.{tier}.status"] == "proven").sum()
    text = f"{group[f'tiers.{tier}.value'].median():g}, proven {proven}/{len(group)}"
    return text if proven == len(group) else f"{text}, gap {group[f'tiers.{tier}.gap'].median():.2%}"


def _machine() -> str:
    versions = f"Python {platform.python_version()}, OR-Tools {metadata.version('ortools')}"
    return f"{os.cpu_count()} cores, {versions}, load average {os.getloadavg()[0]:.1f}\n"


if __name__ == "__main__":
    main()
