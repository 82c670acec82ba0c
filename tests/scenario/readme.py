"""The tables of ``instances/scenarios/README.md``; run as a script, it writes them anew."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from iop_sched.scenario.apply import apply
from iop_sched.scenario.forms import table
from iop_sched.scenario.kinds import KINDS
from iop_sched.scenario.load import load_scenario
from iop_sched.scenario.scenario import Scenario
from iop_sched.week.loading import load_week
from iop_sched.week.policy import Policy
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek

INSTANCES = Path(__file__).resolve().parents[2] / "instances"
README = INSTANCES / "scenarios" / "README.md"
FILES = sorted((INSTANCES / "scenarios").glob("*.yaml"))
PROGRAMS = {
    path.stem: path
    for path in [INSTANCES / "quickstart.yaml", *sorted((INSTANCES / "programs").glob("*.yaml"))]
}


@cache
def week(program: str) -> ProgramWeek:
    """An example week."""
    return load_week(PROGRAMS[program])


@cache
def scenario(path: Path) -> Scenario:
    """An example scenario."""
    return load_scenario(path)


@cache
def programs_of(path: Path) -> tuple[str, ...]:
    """The example weeks that a scenario can be applied to."""
    fit = []
    for program in PROGRAMS:
        try:
            apply(week(program), Policy(), [scenario(path)])
        except InputProblems:
            continue
        fit.append(program)
    return tuple(fit)


def scenarios() -> str:
    """File, what it tries, and the weeks it is for."""
    rows = ["| file | what is tried | for |", "|---|---|---|"]
    for path in FILES:
        fit = programs_of(path)
        weeks = "all" if len(fit) == len(PROGRAMS) else ", ".join(fit)
        rows.append(f"| [`{path.name}`]({path.name}) | {scenario(path).description} | {weeks} |")
    return "\n".join(rows)


def kinds() -> str:
    """Kind, fields, and the first paragraph of its class."""
    rows = ["| kind | fields | what it says |", "|---|---|---|"]
    for word, kind in KINDS.items():
        fields = [
            f"`{name}`" if field.is_required() else f"[`{name}`]"
            for name, field in kind.model_fields.items()
            if name != "change"
        ]
        said = " ".join((kind.__doc__ or "").split("\n\n")[0].split()).replace("``", "`")
        rows.append(f"| `{word}` | {', '.join(fields)} | {said} |")
    return "\n".join(rows)


TABLES = {"scenarios": scenarios, "forms": table, "kinds": kinds}


def filled(text: str) -> str:
    """The page with its tables made anew."""
    for name, make in TABLES.items():
        head, foot = f"<!-- {name}: made by tests/scenario/readme.py -->", f"<!-- end of {name} -->"
        between = re.compile(rf"{re.escape(head)}\n.*?{re.escape(foot)}", re.DOTALL)
        text = between.sub(f"{head}\n{make()}\n{foot}".replace("\\", r"\\"), text)
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
