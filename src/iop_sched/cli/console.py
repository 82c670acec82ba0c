"""Where things are written: results to stdout, everything else to stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from iop_sched.week.visible import visible, visible_json

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def say(words: str, *, quiet: bool = False) -> None:
    """A message beside the result; nothing in it steers the terminal."""
    if not quiet:
        typer.echo(visible(words), err=True)


def _console() -> Console:
    from rich.console import Console

    class Pipe(Console):
        """Leaves a closed pipe to the caller instead of ending the process with status 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Pipe(file=sys.stdout, highlight=False, markup=False, emoji=False)


def show(view: RenderableType) -> None:
    """A view on stdout: coloured on a terminal, plain when piped, as wide as the terminal or COLUMNS.

    What stands in it may come from anywhere: nothing of that steers the terminal.
    """
    console, inert = _console(), _inert(view)
    if console.is_terminal:
        console.print(inert)
        return
    with console.capture() as captured:
        console.print(inert)
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _inert(view: RenderableType) -> RenderableType:
    from rich.console import ConsoleOptions, RenderResult
    from rich.segment import Segment

    class Inert:
        def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
            for text, style, control in console.render(view, options):
                yield Segment(text if control else visible(text), style, control)

    return Inert()


def show_text(text: str) -> None:
    """Text on stdout, as it is but for what cannot be seen."""
    _write(visible(text))


def show_json(text: str) -> None:
    """JSON on stdout, with escapes for what cannot be seen."""
    _write(visible_json(text))


def _write(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
