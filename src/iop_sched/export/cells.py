"""Text for a spreadsheet's cell: nothing in it is taken for a formula."""

from __future__ import annotations

from iop_sched.tables.cells import would_act
from iop_sched.week.visible import visible

LONGEST = 32_000
"""Characters; a spreadsheet's cell holds 32,767."""


def inert(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet program would calculate.

    Characters that cannot be seen are shown as such, and what is too long is cut.
    """
    shown = visible(text)
    return (f"'{shown}" if shown and would_act(shown) else shown)[:LONGEST]
