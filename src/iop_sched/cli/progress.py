"""A live line on stderr while a solve runs; nothing where stderr is not a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from iop_sched.solve.outcome import Progress


class Line:
    """The latest news, with a clock that runs on between them."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.started = time.monotonic()
        self.news: Progress | None = None

    def __call__(self, news: Progress) -> None:
        """Take note; called from any thread."""
        self.news = news

    def __rich__(self) -> Text:
        """Rendered several times a second."""
        from rich.text import Text

        seconds = time.monotonic() - self.started
        return Text(words(self.news, seconds, self.limit), overflow="ellipsis", no_wrap=True)


def words(news: Progress | None, seconds: float, limit: float) -> str:
    """Tier, value, bound, gap and time on one line."""
    clock = f"{seconds:.0f} s of {limit:g} s"
    if news is None:
        return f"Building the model, {clock} (Ctrl-C stops)"
    if news.value is None:
        return f"{news.tier}: no roster yet, {clock} (Ctrl-C stops)"
    gap = 100 * (news.value - news.bound) / news.scale
    standing = f"{news.tier}: value {news.value}, bound {news.bound}, gap {gap:.1f} %"
    found = f"{news.rosters} roster{'s' * (news.rosters != 1)}"
    return f"{standing}, {clock}, {found} (Ctrl-C keeps the best)"


@contextmanager
def progress_line(limit: float, quiet: bool) -> Iterator[Line | None]:
    """A line to hand to ``solve`` as ``on_progress``; None when nobody would see it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.live import Live

    line = Line(limit)
    with Live(line, console=Console(stderr=True), refresh_per_second=4, transient=True):
        yield line
