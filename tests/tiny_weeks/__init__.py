"""Themes of generated tiny weeks. Each fills a draft with what a few rules are about."""

from __future__ import annotations

from collections.abc import Callable

from tiny_weeks import (
    cohort_themes,
    dosage_themes,
    mixed_themes,
    place_themes,
    service_themes,
    time_themes,
    track_themes,
    will_themes,
)
from tiny_weeks.draft import Draft
from tiny_weeks.spice import spice

Theme = Callable[[Draft], None]

THEMES: dict[str, Theme] = {
    theme.__name__: theme
    for theme in (
        cohort_themes.eligibility,
        cohort_themes.cohort_size,
        cohort_themes.meeting_attendance,
        cohort_themes.companions,
        cohort_themes.max_moves,
        track_themes.track,
        track_themes.stay,
        track_themes.intake,
        dosage_themes.weekly_hours,
        dosage_themes.program_day,
        dosage_themes.authorisation,
        dosage_themes.group_share,
        time_themes.client_time,
        time_themes.clinician_time,
        time_themes.clinician_load,
        time_themes.facilitation,
        time_themes.care_team,
        service_themes.service_delivery,
        service_themes.service_staff,
        service_themes.primary,
        service_themes.service_timing,
        service_themes.open_group,
        place_themes.rooms,
        place_themes.supply,
        will_themes.pins,
        will_themes.continuity,
        will_themes.preferences,
        will_themes.balance,
        mixed_themes.beside_blocks,
        mixed_themes.shared_places,
        mixed_themes.first_week,
        mixed_themes.staff_week,
    )
}

TURNS = [
    *THEMES,
    "cohort_size",
    "meeting_attendance",
    "companions",
    "max_moves",
    "track",
    "program_day",
    "group_share",
    "clinician_load",
    "service_timing",
    "open_group",
]
"""Themes in the order in which seeds take them; those twice bite seldom."""

__all__ = ["THEMES", "TURNS", "Draft", "spice"]
