"""Roster files and hashes. Whatever interrupts a write, the file is the old one or the new one, whole."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.reading import read_document
from iop_sched.week.result import RosterFile
from iop_sched.week.validating import problems_of, validated

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
"""Permissions of new files and folders."""
PART_DIGITS = 12
"""Hexadecimal digits of the hash of a part: enough to see that it is another."""


def canonical_sha256(model: BaseModel) -> str:
    """SHA-256 of a model as JSON with sorted keys and no spaces, in hexadecimal."""
    return _sha256(model.model_dump(mode="json"))


def part_hashes(model: BaseModel) -> dict[str, str]:
    """The first hexadecimal digits of the SHA-256 of each field, as ``canonical_sha256`` would have them."""
    written = model.model_dump(mode="json")
    return {name: _sha256(written[name])[:PART_DIGITS] for name in written}


def _sha256(data: Any) -> str:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def write_roster(path: str | Path, roster: RosterFile) -> None:
    """Write a roster file, replacing an older one at once; raises ``OSError`` when it cannot."""
    write_text(path, json.dumps(roster.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n")


def write_text(path: str | Path, text: str) -> None:
    """Write a file as UTF-8; as ``write_bytes``."""
    write_bytes(path, text.encode())


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file, replacing an older one at once; raises ``OSError`` when it cannot.

    A new file is its owner's alone to read: most of what is written has people in it. An older one keeps
    the mode that it was given.
    """
    # Of a link, the file it leads to is written.
    target = Path(os.path.realpath(path))
    _sweep(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        with open(handle, "wb") as file:
            with suppress(FileNotFoundError):
                os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def make_folder(path: Path) -> None:
    """Make a folder where there is none, its owner's alone: names of files may be ids of clients.

    Folders above it that are not there are made, just as private. Raises ``OSError``.
    """
    # parents=True would make them for everybody to read
    if not path.parent.exists():
        make_folder(path.parent)
    path.mkdir(PRIVATE_FOLDER, exist_ok=True)


def read_roster(path: str | Path) -> RosterFile:
    """Read a roster file; raises ``InputProblems`` with everything wrong in it."""
    if Path(path).suffix.lower() in (".yaml", ".yml", ".xlsx", ".csv"):
        right = "name the file that 'solve --out' wrote, such as roster.json"
        raise InputProblems([Problem(str(path), 0, 0, "", "this is no roster", right)])
    document = read_document(path, json_only=True)
    roster, faults = validated(RosterFile, document.data)
    if roster is None:
        raise problems_of(document, faults)
    return roster


def _sweep(target: Path) -> None:
    """Remove what writes of ``target`` by killed processes left behind."""
    ours = re.compile(rf"\.{re.escape(target.name)}\.(\d+)\.tmp")
    with suppress(OSError):
        for entry in target.parent.iterdir():
            found = ours.fullmatch(entry.name)
            if found and not _lives(int(found[1])):
                entry.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    # On Windows, os.kill would end the process instead of asking for it.
    if os.name != "posix" or process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _sync_folder(folder: Path) -> None:
    # Without it the new name can be lost with the power; some systems cannot open a folder.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
