"""One change tried with several values: ``cohort-size.max=8..14``."""

from __future__ import annotations

import re

from iop_sched.scenario.grammar import parse_change
from iop_sched.scenario.scenario import Origin, Scenario
from iop_sched.week.problems import InputProblems, Problem

MOST_VALUES = 100

_VALUES = re.compile(r"\s*=\s*([^\s=]+)")
_RANGE = re.compile(r"([0-9]{1,6})\.\.([0-9]{1,6})(?:/([0-9]{1,6}))?")


def sweep(text: str) -> list[Scenario]:
    """A scenario for each value after the equals sign: ``8..14``, ``8..14/2`` (every second), ``3,5,off``.

    The rest is a change in short words. Raises ``InputProblems``.
    """
    origin = Origin(f"--sweep {text[:80]}")
    found = _VALUES.findall(text)
    if len(found) != 1:
        what = "a sweep names the values of one thing" if found else "there are no values to try"
        right = "write a change with '=' before its values, such as cohort-size.max=8..14"
        raise InputProblems([origin.problem(what, right)])
    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for value in _values(found[0], origin):
        name = _VALUES.sub(f"={value}", text).strip()
        try:
            scenarios.append(Scenario(name, "", (parse_change(name, origin),), (Origin(f"--sweep {name}"),)))
        except InputProblems as error:
            problems += error.problems
    if problems:
        # The same mistake is in every value.
        raise InputProblems(dict.fromkeys(problems))
    return scenarios


def _values(text: str, origin: Origin) -> list[str]:
    bounds = _RANGE.fullmatch(text)
    if bounds is None:
        values = text.split(",")
        if all(values) and ".." not in text:
            return list(dict.fromkeys(values))
        raise InputProblems([origin.problem("these are no values", "write 8..14, 8..14/2 or 8,10,14")])
    least, most, step = int(bounds[1]), int(bounds[2]), int(bounds[3] or 1)
    values = [str(value) for value in range(least, most + 1, step or 1)]
    if not values or not step or len(values) > MOST_VALUES:
        right = f"write the smaller number first, a step of 1 or more, and {MOST_VALUES} values at most"
        raise InputProblems([origin.problem("this range has no values, or too many", right)])
    return values
