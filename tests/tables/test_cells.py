"""Cells as people write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iop_sched.tables.cells import Cell, CellError, as_text, harmless, is_blank, plain_text, read_cell
from iop_sched.tables.leaves import Kind, Leaf

READ = [
    (Kind.CLOCK, "9:30", "09:30"),
    (Kind.CLOCK, " 09:30 ", "09:30"),
    (Kind.CLOCK, "9.30 am", "09:30"),
    (Kind.CLOCK, "9:30 P.M.", "21:30"),
    (Kind.CLOCK, "9 am", "09:00"),
    (Kind.CLOCK, "12 am", "00:00"),
    (Kind.CLOCK, "12:15pm", "12:15"),
    (Kind.CLOCK, "17:30:00", "17:30"),
    (Kind.CLOCK, "24:00", "24:00"),
    (Kind.CLOCK, 0.3958333333333333, "09:30"),
    (Kind.CLOCK, 1.0, "24:00"),
    (Kind.CLOCK, time(9, 30), "09:30"),
    (Kind.CLOCK, time(9, 29, 59, 999_999), "09:30"),
    (Kind.CLOCK, timedelta(days=1), "24:00"),
    (Kind.CLOCK, date(1900, 1, 1), "24:00"),
    (Kind.DATE, "2026-11-23", "2026-11-23"),
    (Kind.DATE, "2026-1-3", "2026-01-03"),
    (Kind.DATE, "11/23/2026", "2026-11-23"),
    (Kind.DATE, "23.11.2026", "2026-11-23"),
    (Kind.DATE, "4/4/2026", "2026-04-04"),
    (Kind.DATE, "2026-11-23 00:00:00", "2026-11-23"),
    (Kind.DATE, "23 November 2026", "2026-11-23"),
    (Kind.DATE, "23. Nov. 2026", "2026-11-23"),
    (Kind.DATE, "23-Nov-2026", "2026-11-23"),
    (Kind.DATE, "Nov 23, 2026", "2026-11-23"),
    (Kind.DATE, datetime(2026, 11, 23), "2026-11-23"),
    (Kind.DATE, date(2026, 11, 23), "2026-11-23"),
    (Kind.YES_NO, "Yes", True),
    (Kind.YES_NO, "no", False),
    (Kind.YES_NO, "TRUE", True),
    (Kind.YES_NO, "x", True),
    (Kind.YES_NO, False, False),
    (Kind.YES_NO, 1.0, True),
    (Kind.INT, "3", 3),
    (Kind.INT, 3.0, 3),
    (Kind.INT, "3,0", 3),
    (Kind.NUMBER, "10,5", 10.5),
    (Kind.NUMBER, "9", 9.0),
    (Kind.INTS, "3, 4", [3, 4]),
    (Kind.INTS, "3 4;5", [3, 4, 5]),
    (Kind.INTS, 3.0, [3]),
    (Kind.DAY, "Mon", "mon"),
    (Kind.DAY, "thursday ", "thu"),
    (Kind.DAYS, "mon, Wed;fri", ["mon", "wed", "fri"]),
    (Kind.DAYS, "mon - wed", ["mon", "tue", "wed"]),
    (Kind.DAYS, "mon\u2014wed", ["mon", "tue", "wed"]),
    (Kind.DAYS, "weekdays", ["mon", "tue", "wed", "thu", "fri"]),
    (Kind.DAYS, "mon/tue", ["mon", "tue"]),
    (Kind.ID, 7.0, "7"),
    (Kind.ID, " c07 ", "c07"),
    (Kind.ID, "t\u2011ana", "t-ana"),
    (Kind.IDS, "t\u2010ana, t\u2013ben", ["t-ana", "t-ben"]),
    (Kind.IDS, "cbt,dbt\nyoga;", ["cbt", "dbt", "yoga"]),
    (Kind.TEXT, 12.0, "12"),
    (Kind.TEXT, "'=1+1", "=1+1"),
    (Kind.TEXT, "'tis so ", "'tis so"),
    (Kind.TEXT, "' =", " ="),
    (Kind.WORD, "In person", "in-person"),
    (Kind.WORDS, "telehealth, In-Person", ["telehealth", "in-person"]),
]
REFUSED = [
    (Kind.CLOCK, "25:00", "not a time of day"),
    (Kind.CLOCK, "9", "HH:MM"),
    (Kind.CLOCK, 9.3, "HH:MM"),
    (Kind.CLOCK, "13 pm", "not a time of day"),
    (Kind.CLOCK, "9:60", "not a time of day"),
    (Kind.CLOCK, time(9, 30, 20), "not a time of day"),
    (Kind.CLOCK, date(2026, 3, 2), "not a time of day"),
    (Kind.CLOCK, True, "not a time of day"),
    (Kind.CLOCK, datetime(2026, 3, 2, 9, 30), "write the time alone"),
    (Kind.CLOCK, "#VALUE!", "comes to the error #VALUE!; correct it"),
    (Kind.DATE, "03/04/2026", "two ways"),
    (Kind.DATE, "3.4.2026", "year first"),
    (Kind.DATE, "23.11.26", "not a date"),
    (Kind.DATE, "23-Nov-26", "not a date"),
    (Kind.DATE, "ju 23, 2026", "not a date"),
    (Kind.DATE, "Brumaire 2, 2026", "not a date"),
    (Kind.DATE, "2026-02-30", "no such date"),
    (Kind.DATE, "13/13/2026", "no such date"),
    (Kind.DATE, 46349.0, "format the cell as a date"),
    (Kind.DATE, datetime(2026, 11, 23, 9), "the date alone"),
    (Kind.YES_NO, "maybe", '"maybe" is neither yes nor no'),
    (Kind.YES_NO, 2.0, "write yes or no"),
    (Kind.INT, "3.5", "not a whole number"),
    (Kind.INT, "three", "not a whole number"),
    (Kind.INT, "50 %", "percent without the sign, such as 50"),
    (Kind.INT, 0.5, "percent without the sign, such as 50"),
    (Kind.INT, "Err:502", "comes to the error Err:502"),
    (Kind.INT, date(1900, 1, 3), "not a whole number"),
    (Kind.INT, "9" * 30, "not a whole number"),
    (Kind.NUMBER, "nan", "not a number"),
    (Kind.NUMBER, float("inf"), "not a number"),
    (Kind.NUMBER, "1e5", "not a number"),
    (Kind.INTS, 3.4, "format the cell as text"),
    (Kind.INTS, date(2026, 3, 4), "format the cell as text"),
    (Kind.INTS, "three", "3, 4"),
    (Kind.DAY, "Thurs", '"Thurs" is not a weekday; write mon, tue, wed, thu, fri, sat or sun'),
    (Kind.DAY, "John Smith", "this is not a weekday"),
    (Kind.DAYS, "mon, Thurs", '"Thurs" is not a weekday'),
    (Kind.DAYS, "fri-mon", "order of the week"),
    (Kind.ID, date(2026, 3, 2), "not an id"),
    (Kind.IDS, time(9, 30), "format the cell as text"),
    (Kind.WORD, "telehelth", "did you mean telehealth?"),
    (Kind.WORD, "by letter", "write in-person or telehealth"),
    (Kind.TEXT, "x" * 40_000, "too long"),
    (Kind.TEXT, "#N/A", "comes to the error #N/A"),
]


def leaf(kind: Kind) -> Leaf:
    """A field of this kind."""
    return Leaf(
        kind, "", False, choices=("in-person", "telehealth") if kind in (Kind.WORD, Kind.WORDS) else ()
    )


@pytest.mark.parametrize(("kind", "cell", "value"), READ, ids=str)
def test_it_is_read(kind: Kind, cell: Cell, value: Any) -> None:
    assert read_cell(leaf(kind), cell) == value


@pytest.mark.parametrize(("kind", "cell", "words"), REFUSED, ids=lambda one: str(one)[:20])
def test_it_is_refused_with_what_would_be_right(kind: Kind, cell: Cell, words: str) -> None:
    with pytest.raises(CellError) as found:
        read_cell(leaf(kind), cell)
    assert words in f"{found.value.what}; {found.value.right}"
    assert found.value.right


def test_only_what_has_the_form_of_an_id_is_repeated() -> None:
    for kind in (Kind.DAY, Kind.DAYS, Kind.YES_NO, Kind.WORD, Kind.WORDS, Kind.CLOCK, Kind.DATE, Kind.NUMBER):
        with pytest.raises(CellError) as found:
            read_cell(leaf(kind), "Anna Q. Public")
        assert "Public" not in f"{found.value.what} {found.value.right}"


@settings(max_examples=60)
@given(st.text(max_size=30) | st.text("='+-@\t 'a", max_size=8))
def test_a_text_is_no_formula_and_comes_back(text: str) -> None:
    cell = harmless(text)
    assert cell[0] not in "=+-@\t\0"
    assert not is_blank(cell)
    assert plain_text(cell) == text


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.DAYS, ["mon", "tue", "wed", "thu", "fri"], "weekdays"),
        (Kind.DAYS, ["mon", "fri"], "mon, fri"),
        (Kind.NUMBER, 9.25, "9.25"),
        (Kind.NUMBER, 9.0, "9"),
        (Kind.YES_NO, False, "no"),
        (Kind.TEXT, "@home", "'@home"),
    ],
)
def test_it_is_written_for_people(kind: Kind, value: Any, text: str) -> None:
    assert as_text(leaf(kind), value) == text
    assert read_cell(leaf(kind), text) == value
