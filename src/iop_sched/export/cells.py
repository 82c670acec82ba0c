"""Text for a spreadsheet's cell: nothing in it is taken for a formula."""

from __future__ import annotations

import re

from iop_sched.tables.cells import would_act

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LONGEST = 32_000
"""Characters; a spreadsheet's cell holds 32,767."""


def inert(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet program would calculate.

    Characters that no cell can hold are left out, and what is too long is cut.
    """
    shown = f"'{text}" if text and would_act(text) else text
    return _CONTROL.sub("", shown)[:LONGEST]
