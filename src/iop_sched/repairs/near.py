"""What would do while everybody else has what they have: found soon, as only one client's week is open.

It is looked for before all else. When the time runs out, these are the repairs that are told; when it does
not, they are known by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from iop_sched.repairs.candidate import Candidate
from iop_sched.repairs.trials import Trials, Works
from iop_sched.week.roster import Roster

SHARE = 0.5
"""Part of the time that it may take."""

GUESSES = 2
"""Candidates tried by what a roster with all of them has, before they are halved."""


class Near:
    """Single candidates tried in this way; ``most``: when so many work, dearer ones are left for later.

    ``found`` are those that work, each verified; the others of those ``looked_at`` do not, or not soon.
    """

    def __init__(self, trials: Trials, most: int) -> None:
        self.found: dict[Candidate, Works] = {}
        self.looked_at: set[Candidate] = set()
        self._trials, self._most = trials, most
        self._until = trials.seconds_left * (1 - SHARE)

    def look(self, candidates: Sequence[Candidate]) -> None:
        """The cheapest first, all of one cost at once and then by halves where that may be."""
        for level in _levels(candidates):
            easing = [one for one in level if one.eases]
            self._among(easing)
            for one in level:
                if not one.eases:
                    self._try(one)
            if len(self.found) >= self._most:
                return

    def _among(self, some: list[Candidate]) -> None:
        """Those that a roster with all of them points at, as long as one of these works; then by halves."""
        while len(some) > 1 and self._in_time and len(self.found) < self._most:
            roster = self._trials.near_together(some)
            if roster is None:
                self.looked_at.update(some)
                return
            if not self._guess(some, roster):
                left = [one for one in some if one not in self.looked_at]
                self._among(left[: len(left) // 2])
                self._among(left[len(left) // 2 :])
                return
            some = [one for one in some if one not in self.looked_at]
        if len(some) == 1 and len(self.found) < self._most:
            self._try(some[0])

    def _guess(self, some: list[Candidate], roster: Roster) -> bool:
        """Whether one of those works that are most about what is new for the client in a roster."""
        words = self._trials.new_words(roster)
        for one in sorted(some, key=lambda one: -len(one.words & words))[:GUESSES]:
            self._try(one)
            if one in self.found:
                return True
        return False

    def _try(self, one: Candidate) -> None:
        if self._in_time:
            works = self._trials.near(one)
            self.looked_at.add(one)
            if works is not None:
                self.found[one] = works

    @property
    def _in_time(self) -> bool:
        return self._trials.seconds_left > self._until


def _levels(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    ordered = sorted(candidates, key=lambda one: one.kind.points)
    for _, level in groupby(ordered, key=lambda one: one.kind.points):
        yield list(level)
