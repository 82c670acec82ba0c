"""Weeks about the days on which a client comes, and when treatment begins."""

from __future__ import annotations

from tiny_weeks.draft import DAYS, Draft


def track(draft: Draft) -> None:
    """Numbers of days, weekdays, and gaps, also since last week and into the next."""
    draft.about("track")
    level = draft.raw["levels"][0]
    level["days"] = {"min": draft.pick(0, 3), "max": draft.pick(3, 7)}
    if draft.chance(0.6):
        level["max_days_between"] = draft.rng.randint(0, 5)
    days = draft.days(2, 4)
    blocks = [draft.block()]
    if draft.chance(0.2):
        blocks[0]["days"] = days[1:]
    draft.agenda("talk", *blocks)
    cohort = draft.cohort(days)
    if draft.chance(0.3):
        draft.cohort(draft.days(1, 3), slot="pm")
    for _ in range(draft.pick(1, 1, 2)):
        steps = draft.chance(0.6)
        counts = draft.some([1, 2, 3], 1, 2) if steps else [3]
        client = draft.client(counts, step_down=steps, hours=(0, draft.pick(1, 2, 4), 40))
        if draft.chance(0.3):
            client["prescription"]["weekdays"] = draft.some(DAYS, 3, 6)
        if draft.chance(0.5):
            draft.was(client, cohort)
        if draft.chance(0.2):
            client["busy"] = [{"days": draft.some(days, 1), "start": "08:00", "end": "18:00"}]
        if draft.chance(0.15):
            client["stay"] = {"last_day": draft.pick(*DAYS)}
        if draft.chance(0.1):
            draft.pin(place={"client": client["id"]}, overrides=["track"])


def stay(draft: Draft) -> None:
    """Admission windows, discharges and lengths of stay."""
    draft.about("stay")
    cohort = draft.cohort(draft.days(2, 3))
    if draft.chance(0.3):
        draft.add("closures", {"day": draft.pick(*cohort["options"][0]["days"])})
    services = []
    if draft.chance(0.4):
        draft.clinician(days=draft.days(2, 3))
        draft.service("talk1", DAYS, 840, draft.pick(2, 3))
        services = [{"service": "talk1"}]
    for number in range(draft.pick(1, 1, 2)):
        client = draft.client(draft.some([1, 2], 1), services=services if number == 0 else [])
        first = draft.rng.randint(0, 4)
        bounds = {"earliest_start": DAYS[first], "latest_start": DAYS[draft.rng.randint(first, 6)]}
        if draft.chance(0.5):
            bounds["last_day"] = DAYS[draft.rng.randint(first, 6)]
        if draft.chance(0.4):
            shortest = draft.rng.randint(1, 4)
            bounds["length_days"] = {"min": shortest, "max": draft.rng.randint(shortest, 5)}
        client["stay"] = bounds
        if draft.chance(0.2):
            draft.was(client, cohort)
            client["stay"] = {"last_day": draft.pick(*DAYS)} if draft.chance(0.7) else {}
        if draft.chance(0.2):
            client["absences"] = [{"days": draft.days(1, 2), "start": "08:00", "end": "18:00"}]
        if draft.chance(0.15):
            draft.pin(place={"client": client["id"]}, overrides=["stay"])


def intake(draft: Draft) -> None:
    """Assessments and insurance before treatment."""
    draft.about("intake")
    days = draft.days(2, 3)
    if draft.chance(0.8):
        draft.cohort(days)
    draft.clinician(days=draft.some(DAYS, 2, 3), start=480, end=draft.pick(540, 600, 660))
    draft.service("assess", DAYS, draft.pick(480, 540), draft.pick(2, 3, 4), counts=draft.chance(0.3))
    services = []
    if draft.chance(0.5):
        draft.service("talk1", DAYS, 540, draft.pick(2, 4))
        services = [{"service": "talk1", "min_count": draft.pick(0, 1)}]
    for _ in range(draft.pick(1, 1, 2)):
        client = draft.client([1], services=services, waiting_days=draft.pick(0, 5, 50))
        intake = {
            "deadline": draft.pick(*DAYS[1:]),
            "lag_days": draft.pick(0, 0, 1, 2),
            "assessment_only": draft.chance(0.2),
            "insurance": draft.pick("verified", "verified", "pending", *DAYS[:4]),
        }
        if draft.chance(0.8):
            intake["assessment"] = "assess"
        client["intake"] = intake
        if intake["assessment_only"] and draft.chance(0.5):
            client["prescription"] = None
        elif draft.chance(0.3):
            client |= {"group_optional": True}
            client["prescription"]["days"] = []
        if draft.chance(0.15) and client["prescription"]:
            draft.pin(place={"client": client["id"]}, overrides=["intake"])
