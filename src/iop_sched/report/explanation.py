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
from iop_sched.explain.facts import Fact
from iop_sched.report.conflict import conflict_lines, rule_words
from iop_sched.report.words import Labels, count
from iop_sched.scenario.scenario import Origin
from iop_sched.week.document import Document, Path
from iop_sched.week.pins import Pin

if TYPE_CHECKING:
    from rich.console import RenderableType

    from iop_sched.explain.in_turn import Explanation, Lifted
    from iop_sched.scenario.trace import Trace
    from iop_sched.week.program import ProgramWeek

MOST_LINES = 40
"""Facts shown of a conflict, which may be long when the time was short; JSON has them all."""


@dataclass(frozen=True)
class Sources:
    """Where the facts of a week were read.

    ``week`` is the week after all changes, whose ``trace`` knows where they were written; ``previous`` is the
    roster that took the place of the section.
    """

    week: ProgramWeek
    document: Document
    policy: str
    trace: Trace
    previous: str | None = None

    @property
    def given(self) -> str:
        """``week.yaml with snow-day.yaml and --change "close fri"``: the week, and what changes it."""
        origins = (one.origin(at) for one in self.trace.scenarios for at in range(len(one.changes)))
        named = list(dict.fromkeys(one.file if one.line else one.words for one in origins))
        return f"{self.document.file} with {' and '.join(named)}" if named else self.document.file

    def origin(self, member: Member) -> Origin | None:
        """Where the change was written that put a member of a conflict there; none: it is not by a change."""
        if isinstance(member, str):
            return self.trace.origin_of_mode(member)
        if isinstance(member, Fact) and member.in_policy:
            return self.trace.origin_of_limit(str(member.path[-1]))
        return self.trace.origin(self._path(member))

    def row(self, member: Member) -> dict[str, Any]:
        """A member of a conflict: what it is, where it stands, what it says."""
        origin = self.origin(member)
        written = {} if origin is None else _written(origin)
        if isinstance(member, str):
            return {"rule": member, "says": rule_words().get(member, ""), **written}
        path = self._path(member)
        at = {"path": self.trace.where(path), **written} if written else self._read(member, path)
        if isinstance(member, Pin):
            return {"pin": member.id, **at, "says": conflict_lines(self.week, [f"pin:{member.id}"])[0]}
        return {"fact": member.kind.name, **at, "says": member.says}

    def _path(self, member: Pin | Fact) -> Path:
        return ("pins", self.week.pins.index(member)) if isinstance(member, Pin) else member.path

    def _read(self, member: Pin | Fact, path: Path) -> dict[str, Any]:
        """File and line of what no change has made; the policy and last week's roster have no lines."""
        if isinstance(member, Fact) and member.in_policy:
            return {"path": self.document.where(path), "file": self.policy, "line": None}
        path = self.trace.before(path)
        where = self.document.where(path)
        if self.previous is not None and path[0] == "previous":
            return {"path": where, "file": self.previous, "line": None}
        found = {"path": where, "file": self.document.file, "line": self.document.position(path)[0]}
        cell = self.document.cell(path)
        return found if cell is None else {**found, "cell": cell}


def _written(origin: Origin) -> dict[str, Any]:
    if origin.line:
        return {"file": origin.file, "line": origin.line, "change": origin.where}
    return {"file": None, "line": None, "change": origin.text}


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
        Text(f"{_head(found)} {sources.given}.", style="bold"),
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
        origin = sources.origin(member)
        by = "" if origin is None else f" (by {origin.words})"
        table.add_row(_where(row, sources), Text(says + by))
    if more := len(conflict.facts) - len(facts):
        table.add_row("", Text(f"and {count(more, 'more fact')} (--json has them all)"))
    return table


def _where(row: dict[str, Any], sources: Sources) -> str:
    if "rule" in row:
        return "rule"
    if "change" in row:
        return "changed"
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
