"""The parts of a workbook, taken out of the file with bounds on everything, before anything interprets them.

A workbook is a zip of XML. What a reader would allocate for it is decided by what stands in it: how large a
part becomes, how far out a cell lies, how often a long text is named. All that is looked at here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from iop_sched.tables.cells import UNVALUED
from iop_sched.tables.grid import MAX_COLUMNS, MAX_ROWS
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.reading import read_bytes

MAX_UNPACKED = 40_000_000
"""Bytes of all parts together."""
MAX_PARTS = 500
MAX_CELLS = 400_000
"""Cells with something in them, of all sheets."""
MAX_AREA = 3_000_000
"""Cells, empty ones too, of the rectangles that filled ones span, of all sheets."""
MAX_CHARACTERS = 40_000_000
"""Bytes of text in all cells, each text counted as often as it is named."""
MAX_MERGED = 20_000
"""Ranges of merged cells, of all sheets."""

MAX_UNVALUED = 10_000
"""Formulas without a value, of all sheets: so many need not be named one by one."""

_OLE = b"\xd0\xcf\x11\xe0"
# Never needed for what cells say, and where links, macros and pictures are.
_LEFT_OUT = re.compile(
    r"(xl/)?(media|drawings|embeddings|externallinks|printersettings|theme|charts|comments[^/]*|customxml|docprops"
    r"|activex|ctrlprops|querytables|pivotcache|pivottables|vbaproject[^/]*|webextensions|connections\.xml)(/|$|\.)",
    re.IGNORECASE,
)
_ATTRIBUTES = rb"""((?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>"""
_CELL = re.compile(rb"<(?:[\w.-]+:)?c" + _ATTRIBUTES)
_ROW = re.compile(rb"<(?:[\w.-]+:)?row" + _ATTRIBUTES)
_ANY_CELL = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)[\s/>]")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_SOME_PLACE = re.compile(rb"""\sr\s*=""")
_SHARED = re.compile(rb"""\st\s*=\s*["']s["']""")
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_INDEX = re.compile(rb"<(?:[\w.-]+:)?v>([0-9]{1,9})</")
_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell[\s/>]")
_TYPE = re.compile(rb"""\st\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_ALONE = re.compile(
    rb"<((?:[\w.-]+:)?)c" + _ATTRIBUTES + rb"\s*<(?:[\w.-]+:)?f(?:\s[^>]*?)?(?:/>|>[^<]*</(?:[\w.-]+:)?f>)"
    rb"\s*(?:<(?:[\w.-]+:)?v(?:\s[^>]*?)?(?:/>|>\s*</(?:[\w.-]+:)?v>)\s*)?</(?:[\w.-]+:)?c>"
)
"""A cell with a formula and nothing, or an empty value, beside it."""
_TEXT = re.compile(rb"<(?:[\w.-]+:)?si[\s>].*?</(?:[\w.-]+:)?si>|<(?:[\w.-]+:)?si\s*/>", re.DOTALL)


def unpack(path: str | Path) -> bytes:
    """A workbook with nothing in it but what its cells need, small enough to be read.

    A formula that was never calculated has the text ``UNVALUED`` as its value. Raises ``InputProblems``: not
    a workbook, protected, damaged, too large once unpacked, cells too far out, hardly a formula calculated.
    """
    name, raw = str(path), read_bytes(path)
    if raw.startswith(_OLE):
        what = "this workbook is protected by a password, or is of the old kind (.xls)"
        raise _problem(name, what, "save it as .xlsx without a password")
    if not raw.startswith(b"PK"):
        raise _problem(name, "this is not a workbook", "save it as .xlsx in a spreadsheet program")
    try:
        parts = dict(_parts(name, raw))
    except InputProblems:
        raise
    except Exception:  # zipfile and the decompressors raise a dozen kinds, none of which says more
        raise _damaged(name) from None
    _look_at(name, parts)
    calculating = (part for part in parts.values() if _FORMULA.search(part))
    unvalued = sum(_is_unvalued(cell) for part in calculating for cell in _ALONE.finditer(part))
    if unvalued > MAX_UNVALUED:
        what = f"more than {MAX_UNVALUED:,} formulas in this workbook have no value yet"
        raise _problem(name, what, "open it in a spreadsheet program, save it, and try again")
    return _packed(parts)


def _parts(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Parts by name, each no longer than it says it is, all of them bounded before the first is unpacked."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        entries = [one for one in archive.infolist() if not one.is_dir()]
        if any(one.flag_bits & 1 for one in entries):
            raise _problem(name, "this workbook is protected by a password", "save it without one")
        if len(entries) > 10 * MAX_PARTS:
            raise _problem(name, "this workbook has too many parts", "copy its sheets into a new one")
        kept = [one for one in entries if not _LEFT_OUT.match(one.filename)]
        if len(kept) > MAX_PARTS:
            raise _problem(name, "this workbook has too many parts", "copy its sheets into a new one")
        if sum(one.file_size for one in kept) > MAX_UNPACKED:
            limit = f"{MAX_UNPACKED // 1_000_000} MB are read; copy the filled cells into a new workbook"
            raise _problem(name, "this workbook is too large once unpacked", limit)
        for entry in kept:
            with archive.open(entry) as part:
                yield entry.filename, part.read(entry.file_size + 1)


@dataclass
class _Extent:
    """How much a reader would make of a part: filled cells, the area they span, texts they name."""

    cells: int = 0
    rows: int = 0
    columns: int = 0
    unplaced: int = 0
    texts: list[int] = field(default_factory=list)
    """Numbers of shared texts; -1 where it is not plain which."""

    @property
    def area(self) -> int:
        """Cells of the rectangle from A1; cells without an address could be anywhere."""
        return self.rows * (self.columns + self.unplaced)


def _look_at(name: str, parts: dict[str, bytes]) -> None:
    """Refuse what would make a reader allocate more than the parts are worth."""
    lengths = [len(found) for part in parts.values() for found in _TEXT.findall(part)]
    longest = max(lengths, default=0)
    cells = area = characters = merged = 0
    for part in parts.values():
        # A text of another encoding would be read differently than it is looked at.
        if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part or b"<!DOCTYPE" in part:
            raise _damaged(name)
        extent = _extent(name, part)
        cells, area = cells + extent.cells, area + extent.area
        characters += sum(lengths[one] if 0 <= one < len(lengths) else longest for one in extent.texts)
        if cells > MAX_CELLS or area > MAX_AREA or characters > MAX_CHARACTERS:
            what = "this workbook has too many cells, or cells too far out"
            raise _problem(name, what, "keep those of the program week, or copy them into a new workbook")
        merged += sum(1 for _ in _MERGED.finditer(part))
        if merged > MAX_MERGED:
            raise _problem(name, "this workbook has too many merged cells", "unmerge them")


def _extent(name: str, part: bytes) -> _Extent:
    """Count a part's rows and filled cells; raises ``InputProblems`` where some cannot be told."""
    seen = sum(1 for _ in _ROW.finditer(part))
    extent, furthest = _Extent(rows=seen), 0
    for cell in _CELL.finditer(part):
        seen += 1
        if cell[2]:
            continue
        extent.cells += 1
        places = _PLACE.findall(cell[1])
        if len(places) != len(_SOME_PLACE.findall(cell[1])):
            raise _damaged(name)
        extent.unplaced += not places
        for column, row_number in places:
            furthest = max(furthest, int(row_number[-9:]))
            extent.columns = max(extent.columns, _column(column))
        if _SHARED.search(cell[1]):
            shared = _INDEX.match(part, cell.end())
            extent.texts.append(int(shared[1]) if shared else -1)
    if seen != len(_ANY_CELL.findall(part)):
        raise _damaged(name)
    if extent.unplaced:
        named = (int(place[1][-9:]) for row in _ROW.finditer(part) for place in _PLACE.findall(row[1]))
        furthest = max(furthest, extent.rows, *named, 0)
    extent.rows = furthest
    if extent.rows > MAX_ROWS or extent.columns > MAX_COLUMNS:
        what = f"a cell lies beyond row {MAX_ROWS:,} or column {MAX_COLUMNS} of its sheet"
        raise _problem(name, what, "delete what is not needed, or copy the rest into a new workbook")
    return extent


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = 26 * number + letter - ord("A") + 1
    return number


def _packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a new workbook, in which nothing can be larger than it says.

    Errors of formulas and formulas without a value become texts: a reader would leave them out, and the
    cells would seem empty. Whoever reads the cell refuses it; in other cells it does no harm.
    """
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            valued = _ALONE.sub(_with_value, part) if _FORMULA.search(part) else part
            archive.writestr(
                zipfile.ZipInfo(name), _CELL.sub(_as_text, valued) if _ERROR.search(valued) else valued
            )
    return out.getvalue()


def _is_unvalued(cell: re.Match[bytes]) -> bool:
    """Whether nothing beside a formula is no value; of the type of a text, it is the empty one."""
    kind = _TYPE.search(cell[2])
    return not cell[3] and (kind is None or b"str" not in kind.groups())


def _with_value(cell: re.Match[bytes]) -> bytes:
    """A cell whose formula has no value, with one that says so."""
    if not _is_unvalued(cell):
        return cell[0]
    prefix, attributes = cell[1], cell[2]
    start = b"<%bc%b" % (prefix, _TYPE.sub(b"", attributes))
    return b'%b t="str"><%bv>%b</%bv></%bc>' % (start, prefix, UNVALUED.encode(), prefix, prefix)


def _as_text(cell: re.Match[bytes]) -> bytes:
    """A cell's opening tag, of a text where it was that of an error."""
    start, end = (at - cell.start() for at in cell.span(1))
    return cell[0][:start] + _ERROR.sub(b' t="str"', cell[1]) + cell[0][end:]


def _damaged(name: str) -> InputProblems:
    right = "open it in a spreadsheet program and save it as .xlsx again"
    return _problem(name, "this workbook is damaged or not a workbook", right)


def _problem(file: str, what: str, right: str) -> InputProblems:
    return InputProblems([Problem(file, 0, 0, "", what, right)])
