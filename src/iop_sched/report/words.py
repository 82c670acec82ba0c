"""How days, times, hours, counts and ids are written in every view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iop_sched.week.mentions import replace_ids
from iop_sched.week.times import Day, clock
from iop_sched.week.visible import on_one_line


class Labels:
    """Ids as they are printed: alone, or followed by a display name when a names file was given.

    Names are printed on one line, with nothing in them that cannot be seen. ``dates`` says whether the date
    of the week is printed too.
    """

    def __init__(self, names: Mapping[str, str] | None = None, dates: bool = True) -> None:
        shown = {id_: on_one_line(name) for id_, name in (names or {}).items()}
        self._named = {id_: f"{id_} {name}" for id_, name in shown.items() if name}
        self.dates = dates

    def __call__(self, id_: str | None, none: str = "-") -> str:
        """The id with its name, or ``none`` where there is no id."""
        return none if id_ is None else self._named.get(id_, id_)

    def list(self, ids: Iterable[str], none: str = "-") -> str:
        """Several ids, with commas."""
        return ", ".join(self(id_) for id_ in ids) or none

    def text(self, sentence: str) -> str:
        """A sentence, on one line, in which every known id is followed by its name."""
        return replace_ids(on_one_line(sentence), self._named)


def day_name(day: Day) -> str:
    """``Mon`` … ``Sun``."""
    return Day(day).code.capitalize()


def day_names(days: Iterable[Day], none: str = "-") -> str:
    """``Mon Wed Fri``."""
    return " ".join(day_name(day) for day in days) or none


def span(start: int, end: int) -> str:
    """``17:30-20:30``, from minutes after midnight."""
    return f"{clock(start)}-{clock(end)}"


def hours(minutes: int) -> str:
    """``9h``, ``9h30`` or ``45min``: no spaces, so that a table never breaks a length in two."""
    whole, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    if not whole:
        return f"{sign}{rest}min" if rest else "0h"
    return f"{sign}{whole}h{rest:02d}" if rest else f"{sign}{whole}h"


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 client``, ``3 clients``, ``no clients``."""
    word = one if number == 1 else many or f"{one}s"
    return f"{number or 'no'} {word}"


def share(part: int, whole: int) -> str:
    """``7 of 9``, or a dash when there is nothing to count."""
    return f"{part} of {whole}" if whole else "-"


def percent(part: int, whole: int) -> str:
    """``92%``, or a dash when there is nothing to count."""
    return f"{round(100 * part / whole)}%" if whole else "-"
