"""Short marks for people, cohorts and sites, by which the filter finds what is about whom.

A mark says nothing about the id it stands for, so that no id, whatever is in it, needs quoting, and an id
that a client shares with a room cannot be mistaken for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from iop_sched.week.program import ProgramWeek


class Marks:
    """The marks of a week: ``c0`` … for clients, ``k`` clinicians, ``g`` cohorts, ``s`` sites."""

    def __init__(self, week: ProgramWeek) -> None:
        self._client = {one.id: f"c{number}" for number, one in enumerate(week.clients)}
        self._clinician = {one.id: f"k{number}" for number, one in enumerate(week.clinicians)}
        self._cohort = {one.id: f"g{number}" for number, one in enumerate(week.cohorts)}
        self._site = {one.id: f"s{number}" for number, one in enumerate(week.sites)}

    def client(self, id_: str) -> str:
        """Mark of one client; raises ``KeyError`` for an unknown one."""
        return self._client[id_]

    def clinician(self, id_: str) -> str:
        """Mark of one clinician; raises ``KeyError`` for an unknown one."""
        return self._clinician[id_]

    def cohort(self, id_: str) -> str:
        """Mark of one cohort; raises ``KeyError`` for an unknown one."""
        return self._cohort[id_]

    def site(self, id_: str) -> str:
        """Mark of one site; raises ``KeyError`` for an unknown one."""
        return self._site[id_]

    def about(
        self,
        clients: Iterable[str] = (),
        clinicians: Iterable[str | None] = (),
        cohorts: Iterable[str | None] = (),
        sites: Iterable[str | None] = (),
    ) -> str:
        """The marks of all of these, each once, with spaces.

        None has no mark, nor has what the week does not know: somebody in a roster it is compared with.
        """
        found = (
            marks.get(one)
            for marks, ids in (
                (self._client, clients),
                (self._clinician, clinicians),
                (self._cohort, cohorts),
                (self._site, sites),
            )
            for one in ids
            if one is not None
        )
        return " ".join(dict.fromkeys(mark for mark in found if mark is not None))
