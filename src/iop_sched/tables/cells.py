"""One cell: what it says, read forgivingly but never guessed, and how a value is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from iop_sched.tables.leaves import Kind, Leaf
from iop_sched.week.document import is_id
from iop_sched.week.nearest import nearest
from iop_sched.week.times import DAY_MINUTES, WEEK, clock
from iop_sched.week.visible import steers

MAX_TEXT = 32_767
"""Characters of a cell: what spreadsheet programs hold."""

Cell = str | float | int | bool | date | datetime | time | timedelta | None
"""A cell as it was read. Of a CSV file, all are text."""

UNVALUED = "#UNCALCULATED!"
"""Stands where a formula has no value: a program wrote the workbook that does not calculate."""

_ACTIVE = "=+-@\uff1d\uff0b\uff0d\uff20\t\0"
"""Begin a formula; the wide forms do where a spreadsheet program is set to Japanese or Chinese."""
_TRUE = frozenset(("yes", "y", "true", "x", "1"))
_FALSE = frozenset(("no", "n", "false", "0"))
_INT = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}([.,][0-9]{1,15})?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::00)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_OTHER_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\.?")
_NAMED_DATE = re.compile(
    r"(?:(\d{1,2})\.?[ -]([a-z]{3,9})\.?|([a-z]{3,9})\.? (\d{1,2})),?[ -](\d{4})", re.IGNORECASE
)
_ERROR = re.compile(r"#([A-Z]+[!?]|N/A|DIV/0!|[A-Z]+_[A-Z]+)|Err:\d{3}")
_HYPHENS = str.maketrans(dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}", "-"))
_PERCENT = re.compile(r"\d+([.,]\d+)?\s*%")
_CODES = [day.code for day in WEEK]
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS = {**{code: code for code in _CODES}, **dict(zip(_NAMES, _CODES, strict=True))}
_GROUPS = {"daily": _CODES, "weekdays": _CODES[:5], "weekend": _CODES[5:]}
_ONE_DAY = "write mon, tue, wed, thu, fri, sat or sun"
_MIDNIGHTS = (date(1899, 12, 31), date(1900, 1, 1))
"""Dates that spreadsheet programs make of 24:00."""


class CellError(Exception):
    """A cell that cannot be read: what is wrong with it, and what would be right."""

    def __init__(self, what: str, right: str) -> None:
        super().__init__(what)
        self.what, self.right = what, right


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing. ``'`` alone is an empty text, which is something."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_error(cell: Cell) -> bool:
    """Whether a cell holds the error that a formula came to, such as ``#REF!``, or ``UNVALUED``."""
    return isinstance(cell, str) and _ERROR.fullmatch(cell.strip()) is not None


def check_formula(cell: Cell) -> None:
    """Raise ``CellError`` where a formula came to an error or was never calculated."""
    if not is_error(cell):
        return
    if words_of(cell) == UNVALUED:
        what = "the formula in this cell has no value yet"
        raise CellError(
            what, "open and save the workbook in a spreadsheet program, or write the value itself"
        )
    what = f"the formula in this cell comes to the error {words_of(cell)}"
    raise CellError(what, "correct it, or write the value itself")


def words_of(cell: Cell) -> str:
    """A cell as words, the way it looks, without blanks around it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def read_cell(leaf: Leaf, cell: Cell) -> Any:
    """The value of a cell that is not blank, as the week's own file would have it.

    Raises ``CellError``. Values are repeated only where they have the form of an id.
    """
    check_formula(cell)
    return _READERS[leaf.kind](leaf, cell)


def plain_text(cell: str) -> str:
    """The text that ``harmless`` made a cell of; of any other cell, its text without blanks around it."""
    if cell.startswith("''"):
        return cell[2:]
    if cell.startswith("'") and would_act(cell[1:]):
        return cell[1:]
    return cell.strip()


def harmless(text: str) -> str:
    """Text as a cell that no spreadsheet program takes for a formula, and that ``plain_text`` restores.

    What could act, a blank at the beginning and an empty text get a ``'``; what would not come back as it
    is otherwise (a blank at the end, the words of an error) gets two.
    """
    if would_act(text):
        return f"'{text}"
    return text if plain_text(text) == text and not is_error(text) else f"''{text}"


def would_act(text: str) -> bool:
    """Whether a spreadsheet program would calculate a text, or take it for nothing."""
    return text == "" or text[0] in _ACTIVE or text[0].isspace()


def as_text(leaf: Leaf, value: Any) -> str:
    """A value of the week's file as the text of a cell."""
    if leaf.kind is Kind.DAYS:
        group = next((word for word, days in _GROUPS.items() if days == value), None)
        return group or ", ".join(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return harmless(str(value)) if leaf.kind is Kind.TEXT else str(value)


def _said(cell: Cell) -> str:
    """A cell in a message: itself where it has the form of an id, and else 'this'."""
    text = words_of(cell) if isinstance(cell, str) else ""
    return f'"{text}"' if is_id(text) else "this"


def _id(leaf: Leaf, cell: Cell) -> str:
    if isinstance(cell, (date, time, timedelta)):
        raise CellError("this is a date or a time, not an id", "format the cell as text and write the id")
    return words_of(cell).translate(_HYPHENS)


def _text(leaf: Leaf, cell: Cell) -> str:
    text = plain_text(cell) if isinstance(cell, str) else words_of(cell)
    text = text.replace("\r\n", "\n")
    if len(text) > MAX_TEXT:
        raise CellError("this text is too long", f"write {MAX_TEXT:,} characters at most")
    if steers(text):
        raise CellError("an invisible control character stands in this cell", "type the text anew")
    return text


def _parts(cell: Cell, right: str) -> list[str]:
    if isinstance(cell, (date, time, timedelta)):
        raise CellError("the spreadsheet made a date of this", f"format the cell as text; {right}")
    return [part for piece in re.split(r"[,;\n]", words_of(cell)) if (part := piece.strip())]


def _ids(leaf: Leaf, cell: Cell) -> list[str]:
    return [part.translate(_HYPHENS) for part in _parts(cell, "write ids with commas between")]


def _int(leaf: Leaf, cell: Cell) -> int:
    right = f"write {_listed(leaf.choices)}" if leaf.choices else "write a number such as 3"
    value = _number_in(cell)
    if (isinstance(cell, str) and _PERCENT.fullmatch(cell.strip())) or (value and 0 < value < 1):
        right += ", and percent without the sign, such as 50"
    if value is None or not float(value).is_integer():
        raise CellError("this is not a whole number", right)
    return int(value)


def _ints(leaf: Leaf, cell: Cell) -> list[int]:
    right = "write whole numbers with commas between, such as 3, 4"
    if isinstance(cell, float) and not cell.is_integer():
        what = "the spreadsheet took this for one number"
        raise CellError(what, f"format the cell as text and {right}")
    parts = [part for piece in _parts(cell, right) for part in piece.split()]
    if not all(_INT.fullmatch(part) for part in parts):
        raise CellError("this is not a list of whole numbers", right)
    return [int(part) for part in parts]


def _number(leaf: Leaf, cell: Cell) -> float:
    value = _number_in(cell)
    if value is None:
        raise CellError("this is not a number", "write a number such as 9 or 9.5")
    return value


def _number_in(cell: Cell) -> float | None:
    if isinstance(cell, (bool, date, time, timedelta)):
        return None
    if isinstance(cell, (int, float)):
        return cell if abs(cell) < 1e15 else None
    text = words_of(cell).replace("\N{MINUS SIGN}", "-")
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _yes_no(leaf: Leaf, cell: Cell) -> bool:
    text = words_of(cell).casefold()
    if text not in _TRUE and text not in _FALSE:
        raise CellError(f"{_said(cell)} is neither yes nor no", "write yes or no")
    return text in _TRUE


def _date(leaf: Leaf, cell: Cell) -> str:
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise CellError("this is a date with a time", "write the date alone, such as 2026-11-23")
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, str):
        raise CellError("this is a number, not a date", "format the cell as a date, or write 2026-11-23")
    return _date_in(cell.strip())


def _date_in(text: str) -> str:
    iso, other, named = _ISO.fullmatch(text), _OTHER_DATE.fullmatch(text), _NAMED_DATE.fullmatch(text)
    if iso:
        year, month, day = map(int, iso.groups())
    elif other:
        first, second, year = int(other[1]), int(other[3]), int(other[4])
        if first != second and first <= 12 and second <= 12:
            what = "this date can be read in two ways, month first or day first"
            raise CellError(what, "write the year first, then month and day, such as 2026-11-23")
        month, day = (first, second) if second > 12 else (second, first)
    elif named and (month := _month(named[2] or named[3])):
        day, year = int(named[1] or named[4]), int(named[5])
    else:
        raise CellError("this is not a date", "write the year first, such as 2026-11-23")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise CellError("there is no such date", "write the year first, such as 2026-11-23") from None


def _month(word: str) -> int:
    """A month by its name, or by what begins one and is three letters at least; 0 for any other word."""
    found = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word.casefold())]
    return found[0] if len(found) == 1 else 0


def _clock(leaf: Leaf, cell: Cell) -> str:
    minutes = _minutes(cell)
    if minutes is None and isinstance(cell, datetime):
        raise CellError("this is a date with a time", "write the time alone, such as 09:30")
    if minutes is None or not 0 <= minutes <= DAY_MINUTES:
        raise CellError("this is not a time of day", "write HH:MM between 00:00 and 24:00, such as 09:30")
    return clock(minutes)


def _minutes(cell: Cell) -> int | None:
    """Minutes after midnight; none for what is no time of day, to the minute."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, time):
        return _to_minute(cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6)
    if isinstance(cell, timedelta):
        return _to_minute(cell.total_seconds())
    if isinstance(cell, date):
        midnight = not isinstance(cell, datetime) or cell.time() == time()
        return DAY_MINUTES if midnight and date(cell.year, cell.month, cell.day) in _MIDNIGHTS else None
    if isinstance(cell, (int, float)):
        return _to_minute(cell * 86_400) if 0 <= cell <= 1 else None
    found = _CLOCK.fullmatch(cell.strip()) if cell is not None else None
    if found is None or (found[2] is None and found[3] is None):
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if found[3].lower() == "p" else 0)
    return hours * 60 + minutes if minutes < 60 else None


def _to_minute(seconds: float) -> int | None:
    """Whole minutes; half a second either way is what a fraction of a day cannot say exactly."""
    minutes = round(seconds / 60)
    return minutes if abs(seconds - 60 * minutes) <= 0.5 else None


def _day(leaf: Leaf, cell: Cell) -> str:
    found = _DAYS.get(words_of(cell).casefold())
    if found is None:
        raise CellError(f"{_said(cell)} is not a weekday", _ONE_DAY)
    return found


def _days(leaf: Leaf, cell: Cell) -> list[str]:
    text = ",".join(_parts(cell, "write weekdays with commas between")).translate(_HYPHENS)
    text = re.sub(r"\s*-\s*", "-", text)
    found: list[str] = []
    for written in re.split(r"[,\s/]+", text):
        word = written.casefold()
        first, dash, last = word.partition("-")
        if word in _GROUPS:
            found += _GROUPS[word]
        elif first in _DAYS and (not dash or last in _DAYS):
            start, end = _CODES.index(_DAYS[first]), _CODES.index(_DAYS[last if dash else first])
            if end < start:
                raise CellError("these weekdays run backwards", "write them in the order of the week")
            found += _CODES[start : end + 1]
        else:
            from_, _, to = written.partition("-")
            wrong = from_ if first not in _DAYS else to
            right = f"{_ONE_DAY}, with commas between, or mon-fri, daily, weekdays, weekend"
            raise CellError(f"{_said(wrong)} is not a weekday", right)
    return found


def _word(leaf: Leaf, cell: Cell) -> str:
    return _one_of(leaf.choices, words_of(cell))


def _words(leaf: Leaf, cell: Cell) -> list[str]:
    return [_one_of(leaf.choices, part) for part in _parts(cell, "write words with commas between")]


def _one_of(choices: Sequence[str], text: str) -> str:
    word = re.sub(r"[\s_]+", "-", text.casefold())
    word = _DAYS.get(word, word)
    if word in choices:
        return word
    close = nearest(word, choices)
    right = f"did you mean {close}?" if close else f"write {_listed(choices)}"
    raise CellError(f"{_said(text)} is not one of the words allowed here", right)


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


_READERS: dict[Kind, Callable[[Leaf, Cell], Any]] = {
    Kind.ID: _id,
    Kind.IDS: _ids,
    Kind.TEXT: _text,
    Kind.INT: _int,
    Kind.INTS: _ints,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.CLOCK: _clock,
    Kind.DAY: _day,
    Kind.DAYS: _days,
    Kind.WORD: _word,
    Kind.WORDS: _words,
}
