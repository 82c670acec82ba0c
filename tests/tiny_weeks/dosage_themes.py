"""Weeks about hours: of the week, of a day, authorised ones, and those of group therapy."""

from __future__ import annotations

from tiny_weeks.draft import DAYS, Draft, Raw, window


def _treated(draft: Draft, clients: int) -> list[Raw]:
    """Clients in a cohort of two to three days with two blocks, with sessions beside it or inside it."""
    blocks = [draft.block("talk", 0, draft.pick(60, 60, 50, 90), group_therapy=draft.chance(0.8))]
    if draft.chance(0.6):
        blocks.append(
            draft.block(
                "yoga",
                90,
                60,
                counts=draft.chance(0.8),
                group_therapy=draft.chance(0.5),
                may_leave=draft.chance(0.6),
            )
        )
    draft.agenda("talk", *blocks)
    days = draft.days(2, 3)
    draft.cohort(days)
    draft.clinician(
        days=draft.some(days, 1, 2) if draft.chance(0.7) else draft.days(1, 2), start=600, end=780
    )
    cells = draft.pick(2, 3, 4)
    draft.service(
        "talk1",
        DAYS,
        draft.pick(600, 630, 660),
        cells,
        minutes=draft.pick(30, 50, 60),
        counts=draft.chance(0.85),
    )
    if draft.chance(0.3):
        draft.raw["services"][0]["group_therapy"] = True
    found = []
    for _ in range(clients):
        least = draft.pick(0, 1, 1)
        services = [{"service": "talk1", "min_count": least, "max_count": max(1, least + draft.pick(0, 1))}]
        found.append(draft.client(draft.some([1, 2, 3][: len(days)], 1), services=services))
    if draft.chance(0.3):
        found[0] |= {"group_optional": True}
        found[0]["prescription"]["days"] = []
    if draft.chance(0.25):
        found[0]["absences"] = [window(days[:1], 540, 570)]
    return found


def weekly_hours(draft: Draft) -> None:
    """Floors and ceilings near what the days can give."""
    draft.about("weekly-hours")
    for client in _treated(draft, draft.pick(1, 1, 2)):
        least = draft.pick(0, 1, 1.5, 2, 2.5, 3)
        most = draft.pick(1, 1.5, 2, 3, 4)
        least = min(least, most)
        client["prescription"]["hours"] = {"min": least, "target": draft.pick(least, most), "max": most}
        client["step_down"] = draft.chance(0.8)
        if not client["step_down"] and not client.get("group_optional"):
            client["prescription"]["days"] = [3]
        if draft.chance(0.1):
            draft.pin(place={"client": client["id"]}, overrides=["weekly-hours"])
    if draft.chance(0.3):
        draft.raw["levels"][0]["hours"] = {"min": draft.pick(1, 2, 3), "max": draft.pick(3, 4)}
    if draft.chance(0.5):
        draft.modes["meeting-held"] = "hard"


def program_day(draft: Draft) -> None:
    """Days too short, too long, too full, or with sessions alone."""
    draft.about("program-day")
    clients = _treated(draft, draft.pick(1, 1, 2))
    level = draft.raw["levels"][0]
    kind = draft.pick("least", "most", "services", "alone")
    if kind == "least":
        level["day_hours"] = {"min": draft.pick(1, 1.5, 2), "max": 24}
    elif kind == "most":
        level["day_hours"] = {"min": 0, "max": draft.pick(0.5, 1, 1.5, 2)}
    elif kind == "services":
        least = draft.pick(0, 1, 2, 3)
        level["services_per_day"] = {"min": least, "max": draft.pick(max(1, least), least + 1)}
    else:
        level["service_only_days"] = draft.pick(0, 0, 1)
    if draft.chance(0.1):
        draft.pin(place={"client": clients[0]["id"]}, overrides=["program-day"])


def authorisation(draft: Draft) -> None:
    """Hours or days that run out, or dates that do not cover the week."""
    draft.about("authorisation")
    draft.modes["authorisation"] = draft.pick("soft", "hard", "hard")
    for client in _treated(draft, draft.pick(1, 1, 2)):
        first = draft.rng.randint(-3, 4)
        given: Raw = {"first": _date(first), "last": _date(draft.rng.randint(max(first, 0), 8))}
        if draft.chance(0.5):
            given["hours"] = draft.pick(0, 0.5, 1, 1.5, 2, 3)
        else:
            given["days"] = draft.pick(0, 1, 1, 2)
        client["authorisation"] = given
        if draft.chance(0.5):
            least = draft.pick(0, 1, 2)
            client["prescription"]["hours"] |= {"min": least, "target": 4}
        if draft.chance(0.1):
            draft.pin(place={"client": client["id"]}, overrides=["authorisation"])


def _date(day: int) -> str:
    return f"2026-03-{2 + day:02d}" if day >= -1 else f"2026-02-{28 + 2 + day:02d}"


def group_share(draft: Draft) -> None:
    """Bands that a session or a block upsets."""
    draft.about("group-share")
    draft.modes["group-share"] = draft.pick("soft", "hard")
    _treated(draft, draft.pick(1, 1, 2))
    least = draft.pick(0, 30, 50, 60, 67)
    draft.raw["levels"][0]["group_share"] = {"min": least, "max": draft.pick(70, 80, 99, 100)}
