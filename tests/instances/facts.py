"""Where each fact stands in the example weeks: ``instances/facts.toml``, and the table made from it.

``python tests/instances/facts.py`` writes the tables of ``instances/README.md`` anew.
"""

from __future__ import annotations

import copy
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from iop_sched.week.document import Document, item_id
from iop_sched.week.reading import read_document

INSTANCES = Path(__file__).resolve().parents[2] / "instances"
README = INSTANCES / "README.md"

# The programs that each fact comes from, as PROGRAM_FACTS.md says; rows of payers and regulators name none.
PROGRAMS = {
    "S0": "integrative",
    "S1": "work-friendly",
    "S2": "assessment-first",
    "S3": "cohort-20h",
    "S4": "multi-location",
}
SOURCES = {
    "F1": "S1 S3 S4",
    "F2": "S0 S1 S2 S3 S4",
    "F3": "S0 S4",
    "F4": "S1 S3 S4",
    "F5": "S1 S3",
    "F6": "S3",
    "F7": "S0",
    "F8": "S0 S2 S3 S4",
    "F9": "S0 S3 S4",
    "F10": "S0 S1 S2",
    "F11": "S3 S4",
    "F12": "S3",
    "F13": "S0 S3 S4",
    "F14": "S0 S2 S4",
    "F15": "S0 S3",
    "F16": "S3",
    "F17": "S0 S1 S3 S4",
    "F18": "S0",
    "F19": "S4",
    "F20": "S3 S4",
    "F21": "S1 S3 S4",
    "F22": "S0 S2 S3",
    "F23": "S2",
    "F24": "S1 S2 S3",
    **{f"P{number}": "" for number in range(1, 9)},
}

Step = str | int


@dataclass(frozen=True)
class Fact:
    """One place of one fact. ``path`` can be deleted; ``also`` names other places of the same fact."""

    fact: str
    file: str
    path: str
    rule: str
    shows: str = "check"
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.fact} {self.file} {self.path}"


def load_facts() -> list[Fact]:
    """All entries of ``facts.toml``, in its order."""
    data = tomllib.loads((INSTANCES / "facts.toml").read_text(encoding="utf-8"))
    return [Fact(**{**entry, "also": tuple(entry.get("also", ()))}) for entry in data["facts"]]


def steps(data: Any, path: str) -> list[Step]:
    """``clients[c07].busy[0].start`` as keys and positions in ``data``.

    Brackets hold the id of a list's item, the item itself (a word), or its position. Raises ``KeyError``.
    """
    found: list[Step] = []
    value = data
    for part in path.replace("]", "").replace("[", ".[").split("."):
        step: Step = _position(value, part[1:], path) if part.startswith("[") else part
        try:
            value = value[step]
        except (KeyError, TypeError):
            raise KeyError(f"{path}: there is no {part}") from None
        found.append(step)
    return found


def _position(items: list[Any], name: str, path: str) -> int:
    for index, item in enumerate(items):
        if name == item_id(item) or (isinstance(item, str) and name == item):
            return index
    if name.isdecimal() and int(name) < len(items):
        return int(name)
    raise KeyError(f"{path}: there is no [{name}]")


def without(data: Any, path: str) -> Any:
    """A copy of ``data`` in which the entry at ``path`` is deleted."""
    left = copy.deepcopy(data)
    *parents, last = steps(left, path)
    value = left
    for step in parents:
        value = value[step]
    del value[last]
    return left


@cache
def document(file: str) -> Document:
    """An example week as plain data with positions."""
    return read_document(INSTANCES / file)


def line(file: str, path: str) -> int:
    """The line on which the entry at ``path`` begins."""
    found = document(file)
    place = steps(found.data, path)
    return found.position(place, of_key=isinstance(place[-1], str))[0]


def overview() -> str:
    """The table of the example weeks: how many people, cohorts and sessions prescribed."""
    rows = [
        "| file | program | clients | of these new | cohorts | clinicians | grid |",
        "|---|---|---|---|---|---|---|",
    ]
    for file in ("quickstart.yaml", *(f"programs/{name}.yaml" for name in PROGRAMS.values())):
        week = document(file).data
        current = {entry["client"] for entry in week["previous"]["placements"]}
        status = Counter(cohort.get("status", "running") for cohort in week["cohorts"])
        cohorts = f"{status['running']} + {status['candidate']} that may open"
        new = sum(client["id"] not in current for client in week["clients"])
        rows.append(
            f"| [`{file}`]({file}) | {week['program']} | {len(week['clients'])} | {new} | {cohorts} "
            f"| {len(week['clinicians'])} | {week['grid']} min |"
        )
    return "\n".join(rows)


def table() -> str:
    """The table of facts: file, field, line, rule."""
    rows = ["| fact | file | field | line | rule | also |", "|---|---|---|---|---|---|"]
    for fact in load_facts():
        also = ", ".join(f"`{path}` ({line(fact.file, path)})" for path in fact.also)
        at = line(fact.file, fact.path)
        rows.append(
            f"| {fact.fact} | [`{Path(fact.file).stem}`]({fact.file}#L{at}) | `{fact.path}` | {at} "
            f"| [{fact.rule}](../models/README.md#{fact.rule}) | {also} |"
        )
    return "\n".join(rows)


def infeasible() -> str:
    """The table of impossible weeks and their conflicts."""
    rows = ["| file | rules | pins | why |", "|---|---|---|---|"]
    for path in sorted((INSTANCES / "infeasible").glob("*.conflict.toml")):
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".conflict.toml")
        rules, pins = (", ".join(f"`{item}`" for item in entry[key]) for key in ("rules", "pins"))
        rows.append(f"| [`{name}`](infeasible/{name}.yaml) | {rules} | {pins} | {entry['why']} |")
    return "\n".join(rows)


TABLES = {"overview": overview, "facts": table, "infeasible": infeasible}


def filled(text: str) -> str:
    """``text`` with every generated table as it should be now."""
    for name, make in TABLES.items():
        begin, end = f"<!-- {name}: made by tests/instances/facts.py -->", f"<!-- end of {name} -->"
        before, rest = text.split(begin)
        after = rest.split(end)[1]
        text = f"{before}{begin}\n{make()}\n{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
