"""Exit statuses, the same for every command."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the shell learns."""

    OK = 0
    VIOLATIONS = 1
    BAD_INPUT = 2
    INFEASIBLE = 3
    NO_ROSTER = 4
    CONTRADICTION = 5
    INTERRUPTED = 130
