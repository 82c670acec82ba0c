"""A roster's view as an SVG picture, for documents.

python -m iop_sched.report.picture WEEK ROSTER.json VIEW PICTURE.svg

``instances/quickstart.svg`` is the view ``week`` of what ``iop-sched solve instances/quickstart.yaml
--deterministic --seed 1`` writes.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console

from iop_sched.report.views import render
from iop_sched.report.words import Labels
from iop_sched.rules import Schedule, evaluate
from iop_sched.week.files import read_roster
from iop_sched.week.loading import load_policy_file, load_week

WIDTH = 92


def picture(week_path: Path, roster_path: Path, view: str, target: Path) -> None:
    """Draw one view of a roster as the terminal shows it."""
    week, roster = load_week(week_path), read_roster(roster_path)
    policy = load_policy_file(roster.provenance.policy)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    evaluation = evaluate(week, roster, policy)
    console.print(render(view, Schedule.of(week, roster), evaluation, roster, policy, Labels()))
    # a fixed id, so that the same roster always gives the same bytes
    drawn = console.export_svg(title=f"iop-sched show {week_path.name} --view {view}", unique_id=view)
    # the template asks for fonts from the network; whoever looks at it has a monospaced font of their own
    target.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    picture(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
