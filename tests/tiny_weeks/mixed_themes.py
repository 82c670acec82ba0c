"""Weeks in which several families of rules pull at the same decisions."""

from __future__ import annotations

from tiny_weeks.draft import DAYS, Draft, Raw, window


def beside_blocks(draft: Draft) -> None:
    """Sessions inside blocks that count as dosage, in rooms and at sites, with bands of every kind."""
    draft.about("client-time", "program-day", "weekly-hours", "group-share")
    draft.raw["sites"] = [{"id": "north", "travel": {"south": 30}}, {"id": "south"}]
    blocks = [
        draft.block("talk", 0, draft.pick(50, 60), supplies=draft.some(["chair"])),
        draft.block("yoga", 60, draft.pick(60, 90), may_leave=True, group_therapy=draft.chance(0.5)),
    ]
    draft.agenda("talk", *blocks)
    days = draft.days(1, 2)
    cohort = draft.cohort(days, room_kind=draft.pick(None, "hall"))
    draft.add(
        "rooms", {"id": "r1", "site": "north", "kinds": ["hall", "office"], "capacity": draft.pick(1, 2)}
    )
    draft.add("rooms", {"id": "r2", "site": draft.pick("north", "south"), "kinds": ["office"], "capacity": 1})
    draft.add("supplies", {"kind": "chair", "site": "north", "count": 1})
    draft.clinician(days=days[:1], start=draft.pick(540, 600), end=720, turnaround=draft.pick(0, 30))
    draft.service(
        "talk1", days, 600, draft.pick(2, 3, 4), minutes=draft.pick(30, 50), group_therapy=draft.chance(0.3)
    )
    draft.raw["services"][0] |= {
        "telehealth": draft.pick("never", "allowed"),
        "room_kind": draft.pick(None, "office"),
        "supplies": draft.some(["chair"]),
    }
    level = draft.raw["levels"][0]
    level["day_hours"] = {"min": draft.pick(0, 1, 1.5), "max": draft.pick(2, 2.5, 24)}
    if draft.chance(0.5):
        level["group_share"] = {"min": draft.pick(0, 60), "max": draft.pick(70, 100)}
    for number in range(draft.pick(1, 2)):
        services = [{"service": "talk1", "max_count": draft.pick(1, 2)}] if number == 0 else []
        least = draft.pick(0, 1.5, 2)
        client = draft.client([len(days)], services=services, hours=(least, 4, draft.pick(3, 4)))
        client["formats"] = ["in-person", "telehealth"]
        if draft.chance(0.5):
            draft.was(client, cohort)


def shared_places(draft: Draft) -> None:
    """Cohorts, an open group and a session that share clients, staff, a room and licensed places."""
    draft.about("rooms", "supply", "open-group", "companions")
    days = draft.days(1, 1)
    draft.agenda(
        "talk", draft.block("talk", 0, 60, attendance={"min": draft.pick(0, 2), "max": draft.pick(1, 2)})
    )
    draft.cohort(days, room_kind="hall")
    if draft.chance(0.5):
        draft.cohort(
            days, slot=draft.pick("am", "pm"), status="candidate", members={"min": draft.pick(1, 2), "max": 2}
        )
    draft.add("rooms", {"id": "r1", "site": "north", "kinds": ["hall"], "capacity": draft.pick(1, 2, 3)})
    draft.clinician(days=days, start=540, end=draft.pick(630, 660))
    draft.service("circle", days, 540, draft.pick(2, 3, 4), participants={"min": draft.pick(1, 2), "max": 3})
    draft.raw["services"][0] |= {"room_kind": "hall", "max_offerings": 1, "family": draft.chance(0.4)}
    if draft.chance(0.5):
        draft.raw["sites"][0]["census"] = draft.pick(1, 2)
    names = []
    for _ in range(draft.pick(2, 3)):
        client = draft.client([1], services=[{"service": "circle"}])
        names.append(client["id"])
        if draft.chance(0.3):
            client["family"] = {"attendees": 1}
        if draft.chance(0.5):
            client |= {"group_optional": True}
            client["prescription"]["days"] = []
    if draft.chance(0.5):
        draft.add("apart", draft.rng.sample(names, 2))


def first_week(draft: Draft) -> None:
    """Referrals with an assessment, an authorisation, a primary and an order of sessions."""
    draft.about("intake", "authorisation", "primary", "service-timing")
    days = draft.days(2, 3)
    draft.cohort(days)
    draft.clinician(
        days=draft.some(DAYS, 2, 3), start=480, end=draft.pick(540, 600), caseload=draft.pick(None, 0, 1)
    )
    if draft.chance(0.5):
        draft.clinician(days=days[:1], start=600, end=660, languages=draft.some(["en"]))
    draft.service("assess", DAYS, 480, draft.pick(2, 3), counts=False, primary=False)
    draft.service(
        "talk1",
        DAYS,
        draft.pick(540, 600),
        2,
        primary=draft.chance(0.7),
        telehealth=draft.pick("never", "allowed"),
    )
    if draft.chance(0.6):
        draft.raw["services"][1]["follows"] = {
            "block_kind": "talk",
            "min_days": draft.pick(0, 1),
            "max_days": draft.pick(1, 3),
        }
    for number in range(draft.pick(1, 2)):
        client = draft.client([1], services=[{"service": "talk1"}], hours=(0, 3, 40))
        client["formats"] = draft.pick(["in-person"], ["in-person", "telehealth"])
        if number == 0:
            client["intake"] = {
                "assessment": "assess",
                "lag_days": draft.pick(0, 0, 1),
                "deadline": draft.pick(*DAYS[2:]),
                "insurance": draft.pick("verified", *DAYS[:3]),
            }
            client["stay"] = {"earliest_start": draft.pick(*DAYS[:2]), "last_day": draft.pick(*DAYS[3:])}
        if draft.chance(0.6):
            given: Raw = {"first": f"2026-03-0{draft.pick(2, 3, 5)}", "last": "2026-03-08"}
            client["authorisation"] = given | draft.pick(
                {"hours": draft.pick(0, 1, 2)}, {"days": draft.pick(0, 1, 2)}
            )


def staff_week(draft: Draft) -> None:
    """One or two people wanted by a cohort, a care team, sessions and their own breaks."""
    draft.about("clinician-time", "clinician-load", "facilitation", "care-team")
    days = draft.days(1, 2)
    blocks = [draft.block("talk", 0, 60, staff=[{"roles": ["therapist"], "lead": draft.chance(0.6)}])]
    if draft.chance(0.5):
        blocks.append(draft.block("yoga", draft.pick(60, 90), 30, staff=[{"roles": ["therapist"]}]))
    if draft.chance(0.3):
        blocks[0]["ratio"] = 1
    draft.agenda("talk", *blocks)
    cohort = draft.cohort(days)
    for _ in range(draft.pick(1, 2)):
        person = draft.clinician(days=days, start=draft.pick(480, 540), end=draft.pick(660, 690, 720))
        person["turnaround"] = draft.pick(0, 0, 15, 30)
        if draft.chance(0.4):
            person["breaks"] = [{"minutes": 30, "start": "10:00", "end": draft.pick("11:00", "11:30")}]
        if draft.chance(0.4):
            person |= {
                "contract_hours": draft.pick(1, 2),
                draft.pick("max_hours_day", "max_hours_week"): draft.pick(1, 2),
            }
    if draft.chance(0.7):
        team = {
            "id": "team",
            "site": "north",
            "minutes": 30,
            "windows": [window(days, draft.pick(480, 600), 660)],
        }
        draft.add("care_teams", team | {"members": ["k1"], "quorum": [{"role": "therapist", "count": 1}]})
    draft.service("talk1", days, 600, draft.pick(2, 3), minutes=draft.pick(30, 60))
    if draft.chance(0.4):
        draft.raw["previous"]["leaders"].append(
            {"cohort": cohort["id"], "leader": draft.raw["clinicians"][-1]["id"]}
        )
    for number in range(draft.pick(1, 2)):
        client = draft.client([1], services=[{"service": "talk1"}] if number == 0 else [])
        if draft.chance(0.5):
            draft.was(client, cohort)
