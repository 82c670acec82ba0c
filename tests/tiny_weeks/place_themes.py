"""Weeks about rooms, offices and licensed places."""

from __future__ import annotations

from tiny_weeks.draft import DAYS, Draft, Raw, window


def rooms(draft: Draft) -> None:
    """Too few seats, the wrong kind, closed hours, two uses at once."""
    draft.about("rooms")
    days = draft.days(1, 2)
    for number in range(draft.pick(1, 1, 2)):
        room: Raw = {
            "id": f"r{number + 1}",
            "site": "north",
            "kinds": draft.some(["hall", "office"], 1),
            "capacity": draft.pick(1, 1, 2, 3),
        }
        if draft.chance(0.3):
            room["available"] = [window(days, draft.pick(540, 570), 660)]
        draft.add("rooms", room)
    draft.cohort(days, room_kind="hall")
    if draft.chance(0.4):
        draft.cohort(days[:1], room_kind="hall", slot=draft.pick("am", "pm"))
    services: list[Raw] = []
    if draft.chance(0.6):
        draft.clinician(days=days[:1], start=540, end=660)
        draft.service(
            "talk1",
            days[:1],
            draft.pick(540, 570, 600),
            draft.pick(2, 3),
            room_kind=draft.pick("hall", "office"),
        )
        draft.raw["services"][0] |= {
            "telehealth": draft.pick("never", "never", "allowed"),
            "family": draft.chance(0.3),
        }
        if draft.chance(0.3):
            draft.raw["services"][0] |= {"participants": {"min": 1, "max": 3}, "max_offerings": 1}
        services = [{"service": "talk1"}]
    for number in range(draft.pick(1, 2, 2)):
        client = draft.client([1], services=services if number < 2 else [])
        client["formats"] = draft.pick(["in-person"], ["in-person", "telehealth"])
        if draft.chance(0.3):
            client["family"] = {"attendees": 1}
        if draft.chance(0.3):
            client |= {"group_optional": True}
            client["prescription"]["days"] = []


def supply(draft: Draft) -> None:
    """Licensed places and machines, shared by meetings and sessions."""
    draft.about("supply")
    days = draft.days(1, 2)
    kinds = draft.some(["chair"]) if draft.chance(0.8) else []
    draft.agenda("talk", draft.block("talk", 0, 60, supplies=kinds))
    draft.cohort(days)
    draft.clinician(days=days[:1], start=540, end=draft.pick(630, 660))
    if draft.chance(0.5):
        draft.clinician(days=days[:1], start=540, end=600)
    service = draft.service(
        "talk1", DAYS, 540, draft.pick(2, 3, 4), supplies=["chair"], minutes=draft.pick(30, 60)
    )
    service["telehealth"] = draft.pick("never", "never", "allowed")
    if draft.chance(0.7):
        draft.add("supplies", {"kind": "chair", "site": "north", "count": draft.pick(0, 1, 1, 2)})
    if draft.chance(0.5):
        draft.raw["sites"][0]["census"] = draft.pick(0, 1, 1, 2)
    for _ in range(draft.pick(1, 2, 2)):
        client = draft.client(
            [1],
            services=[{"service": "talk1"}],
            formats=draft.pick(["in-person"], ["in-person", "telehealth"]),
        )
        if draft.chance(0.5):
            client |= {"group_optional": True}
            client["prescription"]["days"] = []
