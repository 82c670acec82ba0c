"""Where a week is written as tables, looked at before anything is."""

from __future__ import annotations

from pathlib import Path

from iop_sched.cli.guard import BadInputError
from iop_sched.cli.outputs import one_place


def check_week_out(out: Path, instance: Path | None, texts: bool, overwrite: bool) -> None:
    """Raise ``BadInputError`` when ``out`` is no place for a week; ``texts``: it may be YAML or JSON, too.

    What is there already may be a week that somebody has typed in: only with ``overwrite`` does it go.
    """
    from iop_sched.tables.saving import TEXTS, WORKBOOK, is_folder, strangers

    endings = (WORKBOOK, *TEXTS) if texts else (WORKBOOK,)
    if not out.parent.is_dir():
        raise BadInputError(f"{out}: there is no folder {out.parent}. Name a place in an existing one.")
    if instance is not None and one_place(out, instance):
        raise BadInputError(f"{out} is the file that is read here. Name another one.")
    if is_folder(out):
        others = strangers(out) if out.is_dir() else []
        if out.is_file():
            raise BadInputError(f"{out} is a file. Name a folder for the CSV files, or add an ending.")
        if others:
            raise BadInputError(
                f"{out}: this folder has other files in it ({others[0]} …). Name a new one for the CSV."
            )
    elif out.suffix.lower() not in endings:
        raise BadInputError(
            f"{out}: name a file that ends in {', '.join(endings)}, or a folder for CSV files."
        )
    if out.exists() and not overwrite:
        raise BadInputError(f"{out} exists. Name another one, or add --overwrite to replace it.")
