"""A scenario: some changes under a name, and where each was written."""

from __future__ import annotations

from dataclasses import dataclass, field

from iop_sched.scenario.change import Change
from iop_sched.week.problems import Problem


@dataclass(frozen=True)
class Origin:
    """Where a change was written: a file with line and column (from 1), or an option (both 0)."""

    file: str
    line: int = 0
    column: int = 0
    where: str = ""

    def problem(self, what: str, right: str) -> Problem:
        """Something wrong with the change."""
        return Problem(self.file, self.line, self.column, self.where, what, right)


@dataclass(frozen=True)
class Scenario:
    """Changes that are made one after another, and tried together.

    ``origins`` has one entry for each change, or none for changes that were not written by anybody.
    """

    name: str
    description: str
    changes: tuple[Change, ...]
    origins: tuple[Origin, ...] = field(default=(), compare=False)

    def origin(self, index: int) -> Origin:
        """Where the change at ``index`` was written."""
        return self.origins[index] if self.origins else Origin(self.name, where=f"changes[{index}]")
