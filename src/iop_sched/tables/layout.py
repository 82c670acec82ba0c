"""How a program week is laid out in sheets: what a sheet and a column are.

A sheet holds the items of one list of the week, a row each. Its *address* says which list, with ``[]`` for
"the item that the row names": ``clients[].prescription.services`` has a column that names the client. Some
sheets hold several lists, told apart by a *tag*: a row of client hours is a time the client is ``busy``, or
``absent``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from iop_sched.week.document import Path

ANY = "[]"
"""The step of an address that stands for an item named by the row."""

_UNIT = re.compile(r"\([^)]*\)")


class Role(Enum):
    """What the cells of a column do."""

    FIELD = "field"
    PARENT = "parent"
    """Names the item around, in the order of the address."""
    TAG = "tag"
    """Says which list the row belongs to, or which form its item has."""
    KEY = "key"
    """The key of a mapping; the row's field is its value."""


@dataclass(frozen=True)
class Column:
    """A column: its header with the unit, and the field of the item that it holds.

    ``path`` has dots between steps; where it differs by tag, it is a mapping, and the column belongs to
    those tags alone. ``shown``: written even where it says no more than leaving it empty would.
    """

    header: str
    path: str | Mapping[str, str] = ""
    role: Role = Role.FIELD
    shown: bool = False

    @property
    def title(self) -> str:
        """The header without its unit."""
        return _UNIT.sub("", self.header).strip()

    @property
    def key(self) -> str:
        """What tells headers apart: capitals, blanks, punctuation and units aside."""
        return plain(self.header)

    def path_in(self, tag: str) -> Path | None:
        """The field's path inside the item; none when a row with this tag has no such field."""
        path = self.path if isinstance(self.path, str) else self.path.get(tag)
        return None if path is None else steps(path)


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook, or a CSV file.

    ``addresses`` gives the list by tag; the tag is empty where a sheet has none. ``forms``: the tag is also
    the name of the part of the item that the fields belong to. ``by_column``: no rows; each column is a list.
    """

    name: str
    about: str
    addresses: Mapping[str, str]
    columns: tuple[Column, ...]
    forms: bool = False
    by_column: bool = False

    @property
    def key(self) -> str:
        """What tells sheets apart: capitals, blanks and punctuation aside."""
        return plain(self.name)

    @property
    def file(self) -> str:
        """The name of its CSV file."""
        return f"{self.name.lower().replace(' ', '-')}.csv"

    @property
    def parents(self) -> tuple[Column, ...]:
        """The columns that name the items around, outermost first."""
        return tuple(column for column in self.columns if column.role is Role.PARENT)

    @property
    def tag(self) -> Column | None:
        """The column that tells lists or forms apart."""
        return next((column for column in self.columns if column.role is Role.TAG), None)

    @property
    def keyed(self) -> bool:
        """Whether the rows are the entries of a mapping."""
        return any(column.role is Role.KEY for column in self.columns)

    def tags_at(self, address: Path) -> tuple[str, ...]:
        """The tags whose rows belong to the list at ``address``."""
        return tuple(tag for tag, own in self.addresses.items() if steps(own) == address)


def plain(words: str) -> str:
    """A header or name as it is compared: units, capitals, blanks and punctuation aside."""
    return " ".join(re.findall(r"\w+", _UNIT.sub(" ", words).casefold()))


def unit(header: str) -> str:
    """What stands in a header's brackets, capitals and blanks aside; empty where nothing does."""
    inside = ("".join(one[1:-1].casefold().split()) for one in _UNIT.findall(header))
    return ", ".join(filter(None, inside))


def steps(address: str) -> Path:
    """``clients[].busy`` as steps; numbers are places in a pair."""
    found: list[str | int] = []
    for part in address.split(".") if address else ():
        name = part.removesuffix(ANY)
        found.append(int(name) if name.isdecimal() else name)
        if part != name:
            found.append(ANY)
    return tuple(found)
