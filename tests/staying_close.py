"""A small week by hand for staying close: tom gives therapy to ana on Tuesday and to ben on Wednesday.

Una is there on Tuesdays only.
"""

from __future__ import annotations

from builder import clinician, patient, roster, services_raw, services_roster, session, week, window
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.program import ProgramWeek

OPTIONS = SolveOptions(time_limit=300, workers=1)

BEFORE = roster(
    services_roster(
        "ana ben",
        session("therapy", ["ana"], "tue", "10:00"),
        session("therapy", ["ben"], "wed", "10:00"),
    )
)
TOM_OUT = [window("wed", "00:00", "24:00")]


def small(*names: str, away: list[dict[str, object]] | None = None, **more: object) -> ProgramWeek:
    """The week with these clients, and tom away or not."""
    tom = clinician("tom", "therapist", away=away or [])
    una = clinician("una", "therapist", available=[window("tue", "08:00", "20:00")])
    return week(services_raw(*(patient(name) for name in names), clinicians=[tom, una], **more))
