"""Where a command writes, looked at before it works."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from iop_sched.cli.guard import BadInputError


def check_output(
    option: str, out: Path | None, inputs: Iterable[Path | None], suffixes: tuple[str, ...]
) -> None:
    """Raise ``BadInputError`` when ``out`` is no place for a file, an input, or ends wrongly."""
    if out is None:
        return
    if out.is_dir() or not out.parent.is_dir():
        raise BadInputError(
            f"{option} {out}: there is no such folder, or this is one. Name a file in an existing folder."
        )
    if any(given is not None and given.resolve() == out.resolve() for given in inputs):
        raise BadInputError(f"{option} {out} would overwrite a file that is read here. Name another file.")
    if out.suffix.lower() not in suffixes:
        raise BadInputError(f"{option} {out}: name a file that ends in {' or '.join(suffixes)}.")
