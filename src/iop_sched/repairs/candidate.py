"""A change that may be a repair."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from iop_sched.repairs.kinds import Kind
from iop_sched.scenario.change import Change
from iop_sched.scenario.grammar import parse_change


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
    def words(self) -> frozenset[str]:
        """What the changes name."""
        return frozenset(word for text in self.texts for word in text.split())
