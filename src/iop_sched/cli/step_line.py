"""A live line on stderr while steps are taken whose number is not known; nothing where it is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from iop_sched.week.visible import visible


@contextmanager
def step_line(quiet: bool) -> Iterator[Callable[[str], None]]:
    """What to call with each step's words."""
    if quiet or not sys.stderr.isatty():
        yield lambda words: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True, highlight=False).status("Beginning (Ctrl-C stops)") as status:
        yield lambda words: status.update(Text(f"{visible(words)} (Ctrl-C stops)"))
