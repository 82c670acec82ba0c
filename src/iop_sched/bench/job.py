"""A job: everything one run needs, so that it can be sent to another process or machine."""

from __future__ import annotations

import hashlib
import json

from pydantic import Field

from iop_sched.bench.machine import versions
from iop_sched.bench.row import Row, RowStatus, Run
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.settings import SolverSettings
from iop_sched.week.policy import Policy

GRACE = 120.0
"""Seconds that a run may stay beyond twice its limit: loading, building and checking are not searching."""


class Job(Run):
    """What was asked, with what it needs: ``text`` is the instance's file, ``suffix`` its ending."""

    study: str
    suffix: str
    text: str = Field(repr=False)
    policy_facts: Policy = Field(repr=False)
    solver: SolverSettings = SolverSettings()

    @property
    def key(self) -> str:
        """A hash of what was asked and of the versions: a run of another version is another run."""
        asked = self.model_dump(mode="json", include=set(Run.model_fields) - {"instance", "policy"})
        found = versions()
        text = json.dumps([asked, found.iop_sched, found.ortools], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def hard_limit(self) -> float:
        """Seconds after which the run's process is ended."""
        return 2 * self.time_limit + GRACE

    def options(self) -> SolveOptions:
        """The options of the run."""
        return SolveOptions(
            time_limit=self.time_limit,
            workers=self.workers,
            seed=self.seed,
            deterministic=self.deterministic,
            objective=self.objective,
            settings=self.solver,
        )

    def row(self, started: str, status: RowStatus, **found: object) -> Row:
        """The row of this job."""
        asked = {name: getattr(self, name) for name in Run.model_fields}
        return Row.model_validate(
            {
                **asked,
                "key": self.key,
                "study": self.study,
                "started": started,
                "versions": versions(),
                "status": status,
                **found,
            }
        )
