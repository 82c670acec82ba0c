"""What HiGHS and SCIP say of value and bound while they work: lines of their logs.

Logs round. A bound is lowered by what rounding may have added; values are whole numbers, so the nearest is
meant as long as all of its digits are shown.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

HIGHS_LINE = re.compile(
    r"^ ?[A-Za-z]? +\d+ +\d+ +\d+ +[\d.]+% +(?P<bound>\S+) +(?P<value>\S+) +(?:Large|inf|[\d.]+%) "
)
SCIP_LINE = re.compile(r"^.?.?[\d.]+[a-z] ?\|.*\| *(?P<bound>\S+) *\| *(?P<value>\S+) *\|[^|]*\|[^|]*$")


class Told(NamedTuple):
    """A value reached and a bound, as far as a line has them."""

    value: int | None
    bound: int | None


def told_by_highs(line: str) -> Told | None:
    """A line of HiGHS's table; its solutions cannot be had before the end, so values count."""
    found = HIGHS_LINE.match(line)
    return Told(_value(found["value"]), _bound(found["bound"])) if found else None


def told_by_scip(line: str) -> Told | None:
    """A line of SCIP's table; each of its solutions is shown anyway, so the bound alone is news."""
    found = SCIP_LINE.match(line)
    return Told(None, _bound(found["bound"])) if found else None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _value(text: str) -> int | None:
    number = _number(text)
    return None if number is None else round(number)


def _bound(text: str) -> int | None:
    number = _number(text)
    if number is None:
        return None
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # else it would not be finite
    return math.ceil(number - Decimal(5).scaleb(exponent - 1))
