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
FOLDER = INSTANCES / "scenarios"
FILES = sorted(FOLDER.rglob("*.yaml"))
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


def story(path: Path) -> str:
    """What a file tells: its own name, or that of its folder, which has one file for each program."""
    return path.stem if path.parent == FOLDER else path.parent.name


STORIES = {name: [path for path in FILES if story(path) == name] for name in sorted(map(story, FILES))}


def tries(name: str) -> dict[str, Path]:
    """The example weeks on which a story can be tried, and with which file."""
    return {program: path for path in STORIES[name] for program in programs_of(path)}


@cache
def programs_of(path: Path) -> tuple[str, ...]:
    """The example weeks that a scenario is for: that of its name, or else all that it can be applied to."""
    if path.parent != FOLDER:
        return (path.stem,)
    fit = []
    for program in PROGRAMS:
        try:
            apply(week(program), Policy(), [scenario(path)])
        except InputProblems:
            continue
        fit.append(program)
    return tuple(fit)


def scenarios() -> str:
    """Story, what it tries, the weeks it is for, and the option that tries it."""
    rows = ["| scenario | what is tried | for | option |", "|---|---|---|---|"]
    for name, paths in STORIES.items():
        fit = ", ".join(
            program if path.parent == FOLDER else f"[{program}]({name}/{path.name})"
            for program, path in tries(name).items()
        )
        own = paths[0].parent == FOLDER
        file, option = (f"{name}.yaml", f"{name}.yaml") if own else (f"{name}/", f"{name}/PROGRAM.yaml")
        fit = "all" if fit == ", ".join(PROGRAMS) else fit
        said = scenario(paths[0]).description
        rows.append(f"| [`{file}`]({file}) | {said} | {fit} | `--scenario instances/scenarios/{option}` |")
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
