"""All rules, in the order in which a policy lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iop_sched.rules import (
    authorisation,
    balance,
    care_team,
    client_time,
    clinician_load,
    clinician_time,
    cohort_size,
    companions,
    continuity,
    cost,
    eligibility,
    facilitation,
    group_share,
    intake,
    max_moves,
    meeting_attendance,
    meeting_held,
    open_group,
    pins,
    preferences,
    primary,
    program_day,
    rooms,
    service_delivery,
    service_staff,
    service_timing,
    stay,
    supply,
    track,
    weekly_hours,
)
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.week.policy import Policy

Check = Callable[[Schedule, Policy], Iterator[Violation | Term]]

CHECKS: dict[str, Check] = {
    eligibility.RULE: eligibility.check,
    cohort_size.RULE: cohort_size.check,
    meeting_attendance.RULE: meeting_attendance.check,
    meeting_held.RULE: meeting_held.check,
    companions.RULE: companions.check,
    max_moves.RULE: max_moves.check,
    track.RULE: track.check,
    stay.RULE: stay.check,
    intake.RULE: intake.check,
    weekly_hours.RULE: weekly_hours.check,
    program_day.RULE: program_day.check,
    authorisation.RULE: authorisation.check,
    group_share.RULE: group_share.check,
    client_time.RULE: client_time.check,
    clinician_time.RULE: clinician_time.check,
    clinician_load.RULE: clinician_load.check,
    facilitation.RULE: facilitation.check,
    care_team.RULE: care_team.check,
    service_delivery.RULE: service_delivery.check,
    service_staff.RULE: service_staff.check,
    primary.RULE: primary.check,
    service_timing.RULE: service_timing.check,
    open_group.RULE: open_group.check,
    rooms.RULE: rooms.check,
    supply.RULE: supply.check,
    pins.RULE: pins.check,
    continuity.RULE: continuity.check,
    preferences.RULE: preferences.check,
    balance.RULE: balance.check,
    cost.RULE: cost.check,
}
