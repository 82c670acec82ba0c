"""A scenario: some changes under a name, and where each was written."""

from __future__ import annotations

from dataclasses import dataclass, field

from iop_sched.scenario.change import Change
from iop_sched.week.problems import Problem


@dataclass(frozen=True)
class Origin:
    """Where a change was written: a file with line and column (from 1), or an option (both 0), its text."""

    file: str
    line: int = 0
    column: int = 0
    where: str = ""
    text: str = ""

    @property
    def words(self) -> str:
        """``snow-day.yaml, line 7``; or the option as it was given."""
        if self.line:
            return f"{self.file}, line {self.line}"
        return f'--change "{self.text}"' if self.text else self.file

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

    @property
    def in_short_words(self) -> bool:
        """Whether it is made of options, not read from a file."""
        return any(origin.text for origin in self.origins)

    def origin(self, index: int) -> Origin:
        """Where the change at ``index`` was written."""
        return self.origins[index] if self.origins else Origin(self.name, where=f"changes[{index}]")
