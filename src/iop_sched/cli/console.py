"""Where things are written: results to stdout, everything else to stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def say(words: str, *, quiet: bool = False) -> None:
    """A message beside the result."""
    if not quiet:
        typer.echo(words, err=True)


def _console() -> Console:
    from rich.console import Console

    class Pipe(Console):
        """Leaves a closed pipe to the caller instead of ending the process with status 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Pipe(file=sys.stdout, highlight=False, markup=False, emoji=False)


def show(view: RenderableType) -> None:
    """A view on stdout: coloured on a terminal, plain when piped, as wide as the terminal or COLUMNS."""
    console = _console()
    if console.is_terminal:
        console.print(view)
        return
    with console.capture() as captured:
        console.print(view)
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def show_text(text: str) -> None:
    """Machine-readable text on stdout, as it is."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
