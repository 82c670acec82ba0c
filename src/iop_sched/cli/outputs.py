"""Where a command writes, looked at before it works."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from iop_sched.cli.guard import BadInputError


def one_place(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same place, whatever is there; links that go round lead nowhere."""
    return os.path.realpath(one) == os.path.realpath(other)


def check_output(
    option: str, out: Path | None, inputs: Iterable[Path | None] = (), suffixes: tuple[str, ...] = ()
) -> None:
    """Raise ``BadInputError`` when ``out`` is no place for a file, an input, or ends wrongly.

    Without ``suffixes`` any ending will do.
    """
    if out is None:
        return
    if out.is_dir() or not out.parent.is_dir():
        raise BadInputError(
            f"{option} {out}: there is no such folder, or this is one. Name a file in an existing folder."
        )
    if any(given is not None and one_place(given, out) for given in inputs):
        raise BadInputError(f"{option} {out} would overwrite a file that is read here. Name another file.")
    if suffixes and out.suffix.lower() not in suffixes:
        raise BadInputError(f"{option} {out}: name a file that ends in {' or '.join(suffixes)}.")


def check_folder(option: str, folder: Path | None) -> None:
    """Raise ``BadInputError`` when ``folder`` can be no folder: a file is there, or no folder above it."""
    if folder is None or folder.is_dir():
        return
    if folder.exists() or not folder.parent.is_dir():
        raise BadInputError(
            f"{option} {folder}: no folder can be made there. Name one in an existing folder."
        )
