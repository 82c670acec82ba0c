"""Where a command writes, looked at before it works."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
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
    if out.suffix.lower() == ".csv":
        _no_week(f"{option} {out}", out.parent)


def check_folder(option: str, folder: Path | None, inputs: Iterable[Path | None] = ()) -> None:
    """Raise ``BadInputError`` when ``folder`` can be no folder to write to.

    A file is there, or no folder above it, or it is an input.
    """
    if folder is None:
        return
    if not folder.is_dir() and (folder.exists() or not folder.parent.is_dir()):
        raise BadInputError(
            f"{option} {folder}: no folder can be made there. Name one in an existing folder."
        )
    if any(given is not None and one_place(given, folder) for given in inputs):
        raise BadInputError(f"{option} {folder} is read here. Name another folder.")


def check_tables(option: str, folder: Path | None, names: Iterable[str]) -> None:
    """Raise ``BadInputError`` when tables with these names of files would take something from a folder.

    It is the folder of a week, or has files with these names that are no such tables.
    """
    from iop_sched.export.table_files import is_table

    if folder is None or not folder.is_dir():
        return
    _no_week(f"{option} {folder}", folder)
    others = [name for name in names if (folder / name).exists() and not is_table(folder / name)]
    if others:
        raise BadInputError(
            f"{option} {folder} would replace {', '.join(others)}, which no 'export' or 'report' of this"
            " version wrote. Name another folder."
        )


def check_apart(
    files: Mapping[str, Path | None], folders: Mapping[str, tuple[Path | None, Iterable[str]]]
) -> None:
    """Raise ``BadInputError`` when two outputs are one, so that the first would be lost.

    Both by option; ``folders``: with the names of the files that are written there. Folders may be the same:
    what goes into them ends differently.
    """
    named = {f"{option} {path}": path for option, path in files.items() if path is not None}
    taken = list(named.items())
    for option, (folder, names) in folders.items():
        if folder is not None:
            taken += [(f"{option} {folder}", place) for place in (folder, *(folder / one for one in names))]
    for words, path in named.items():
        for others, place in taken:
            if others != words and one_place(path, place):
                raise BadInputError(
                    f"{words} and {others} would both write {place}. Name another place for one of them."
                )


def _no_week(words: str, folder: Path) -> None:
    from iop_sched.tables.csv_folder import holds_week

    if holds_week(folder):
        raise BadInputError(
            f"{words}: {folder} is the folder of a program week; another CSV file would spoil it."
            " Name another folder."
        )
