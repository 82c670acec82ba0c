"""Why a week is impossible, as text and as JSON: each part of a conflict with its line in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from iop_sched.explain.conflict import Conflict, Member
from iop_sched.report.conflict import conflict_lines, rule_words
from iop_sched.report.words import Labels, count
from iop_sched.week.document import Document, Path
from iop_sched.week.pins import Pin

if TYPE_CHECKING:
    from rich.console import RenderableType

    from iop_sched.explain.in_turn import Explanation, Lifted
    from iop_sched.week.program import ProgramWeek

MOST_LINES = 40
"""Facts shown of a conflict, which may be long when the time was short; JSON has them all."""


@dataclass(frozen=True)
class Sources:
    """Where the facts of a week were read; ``previous`` is the roster that took the place of its section."""

    week: ProgramWeek
    document: Document
    policy: str
    previous: str | None = None

    def place(self, path: Path, in_policy: bool) -> tuple[str, int | None]:
        """The file, and the line in it where there is one."""
        if in_policy:
            return self.policy, None
        if self.previous is not None and path[0] == "previous":
            return self.previous, None
        return self.document.file, self.document.position(path)[0]

    def row(self, member: Member) -> dict[str, Any]:
        """A member of a conflict: what it is, where it stands, what it says."""
        if isinstance(member, str):
            return {"rule": member, "says": rule_words().get(member, "")}
        if isinstance(member, Pin):
            path: Path = ("pins", self.week.pins.index(member))
            says = conflict_lines(self.week, [f"pin:{member.id}"])[0]
            return {"pin": member.id, **self._at(path, False), "says": says}
        at = self._at(member.path, member.in_policy)
        return {"fact": member.kind.name, **at, "says": member.says}

    def _at(self, path: Path, in_policy: bool) -> dict[str, Any]:
        file, line = self.place(path, in_policy)
        found = {"path": self.document.where(path), "file": file, "line": line}
        cell = None if line is None else self.document.cell(path)
        return found if cell is None else {**found, "cell": cell}


def explanation_json(found: Explanation, sources: Sources) -> dict[str, Any]:
    """Conflicts in the order in which they were found, and the week's verdict before and after."""
    return {
        "week": found.verdict,
        "conflicts": [_conflict_json(lifted, sources) for lifted in found.conflicts],
        "week_with_these_lifted": found.after,
        "solves": found.solves,
    }


def _conflict_json(lifted: Lifted, sources: Sources) -> dict[str, Any]:
    conflict = lifted.conflict
    return {
        "pins": [sources.row(pin) for pin in conflict.pins],
        "facts": [sources.row(fact) for fact in conflict.facts],
        "rules": [sources.row(rule) for rule in conflict.rules],
        "alone": conflict.alone,
        "not_known_to_be_needed": [sources.row(member) for member in conflict.unsettled],
        "verified": conflict.verified,
        "lifted": sources.row(lifted.member),
    }


def explanation_view(found: Explanation, sources: Sources, labels: Labels) -> RenderableType:
    """The conflicts of an impossible week, numbered, and what comes of lifting them."""
    parts: list[RenderableType] = [
        Text(f"{_head(found)} {sources.document.file}.", style="bold"),
    ]
    for number, lifted in enumerate(found.conflicts, start=1):
        parts += ["", Text(f"Conflict {number}: these cannot hold together.", style="bold")]
        parts.append(Padding(_rows(lifted.conflict, sources, labels), (0, 0, 0, 2)))
        parts.append(Text(_verified(lifted.conflict, sources, labels)))
        parts.append(Text(f"Lifted, to look further: {labels.text(_brief(lifted.member, sources))}."))
    parts += ["", Text(_end(found))]
    return Group(*parts)


def _head(found: Explanation) -> str:
    if found.explained:
        return "No roster can exist for"
    return "The solver says that this is impossible, and could not verify why:"


def _rows(conflict: Conflict, sources: Sources, labels: Labels) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    facts = conflict.facts[:MOST_LINES]
    members: list[Member] = [*conflict.pins, *facts, *conflict.rules]
    for member in members:
        row = sources.row(member)
        says = f"{row['rule']}: {row['says']}" if "rule" in row else labels.text(row["says"])
        table.add_row(_where(row, sources), Text(says))
    if more := len(conflict.facts) - len(facts):
        table.add_row("", Text(f"and {count(more, 'more fact')} (--json has them all)"))
    return table


def _where(row: dict[str, Any], sources: Sources) -> str:
    if "rule" in row:
        return "rule"
    if row["line"] is None:
        return "policy" if row["file"] == sources.policy else "last week"
    return str(row.get("cell", f"line {row['line']}"))


def _verified(conflict: Conflict, sources: Sources, labels: Labels) -> str:
    if conflict.verified:
        parts = len(conflict.members)
        if parts == 1:
            return "Verified by solving again: impossible by itself, possible without it."
        return f"Verified by solving again: impossible together, possible without any one of the {parts}."
    words = list(_unverified(conflict, sources, labels))
    return f"Not verified: {'; '.join(words)}."


def _unverified(conflict: Conflict, sources: Sources, labels: Labels) -> Iterator[str]:
    if conflict.alone != "infeasible":
        yield "that these are impossible together with all else left out"
    if len(conflict.unsettled) > 3:
        yield f"that each of {len(conflict.unsettled)} of them is needed"
    else:
        for member in conflict.unsettled:
            yield f"that this is needed: {labels.text(_brief(member, sources))}"


def _brief(member: Member, sources: Sources) -> str:
    if isinstance(member, Pin):
        return f"pin {member.id}"
    return f"rule {member}" if isinstance(member, str) else member.says


def _end(found: Explanation) -> str:
    number = len(found.conflicts)
    lifted = "With this lifted" if number == 1 else f"With these {number} lifted"
    if found.after == "feasible":
        return f"{lifted} the week is possible."
    if found.after == "infeasible":
        return f"{lifted} the week is still impossible."
    more = "" if found.interrupted else " Give it longer (--time-limit)."
    return f"Whether the week is possible {lifted.lower()} is not known.{more}"
