"""Every kind of change, by the word that a scenario file has in its field ``change``."""

from __future__ import annotations

from iop_sched.scenario import admissions, clients, clinicians, cohorts, pinning, places, policies, records
from iop_sched.scenario.change import Change

_CLASSES: tuple[type[Change], ...] = (
    clinicians.Out,
    clinicians.Back,
    clinicians.Works,
    clinicians.Extra,
    clinicians.WorkingHours,
    clinicians.Load,
    clinicians.Hire,
    clinicians.HireLike,
    clinicians.Leave,
    admissions.Admit,
    admissions.AdmitLike,
    admissions.Surge,
    admissions.AdmitTypical,
    clients.Discharge,
    clients.Pause,
    clients.Days,
    clients.OnWeekdays,
    clients.PrescribedHours,
    clients.ServiceCount,
    clients.Authorise,
    clients.Comes,
    clients.ComesToo,
    clients.Busy,
    clients.Free,
    clients.Absent,
    places.CloseDays,
    places.ReopenDays,
    places.CloseRoom,
    places.ChangeRoom,
    places.RoomLike,
    cohorts.OpenCohort,
    cohorts.AddCohort,
    cohorts.CloseCohort,
    cohorts.MoveCohort,
    cohorts.CohortSize,
    cohorts.Attendance,
    cohorts.NewSlot,
    cohorts.Offer,
    cohorts.MaxNewCohorts,
    policies.RuleMode,
    policies.Weight,
    policies.Limit,
    pinning.AddPin,
    pinning.PinPlace,
    pinning.Unpin,
    records.Records,
)

KINDS: dict[str, type[Change]] = {kind.model_fields["change"].default: kind for kind in _CLASSES}
