"""A change that may be a repair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from iop_sched.repairs.kinds import Kind
from iop_sched.scenario.change import Change
from iop_sched.scenario.grammar import parse_change
from iop_sched.week.times import WEEK


@dataclass(frozen=True)
class Candidate:
    """A change of the catalogue, written as ``--change`` takes it; some need two such changes, some none.

    ``eases``: as of its kind, unless this one is an exception.
    """

    kind: Kind
    texts: tuple[str, ...]
    exception: bool = False

    @property
    def eases(self) -> bool:
        """Whether it only ever adds possibilities."""
        return self.kind.eases and not self.exception

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes themselves."""
        return tuple(map(parse_change, self.texts))

    @cached_property
    def does(self) -> frozenset[str]:
        """The changes, what is said of several weekdays once for each."""
        return frozenset(one for text in self.texts for one in _by_day(text))

    @cached_property
    def words(self) -> frozenset[str]:
        """What the changes name."""
        return frozenset(word for text in self.texts for word in text.split())


def _by_day(text: str) -> Iterator[str]:
    """``free c1 mon,fri 8:00-9:00`` as ``free c1 mon 8:00-9:00`` and the same for friday."""
    words = text.split()
    for index, word in enumerate(words):
        days = word.split(",")
        if {day.code for day in WEEK}.issuperset(days):
            yield from (" ".join([*words[:index], day, *words[index + 1 :]]) for day in days)
            return
    yield text
