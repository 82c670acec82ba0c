"""Weeks about people's time: clients', clinicians', leaders' and the care team's."""

from __future__ import annotations

from tiny_weeks.draft import DAYS, Draft, Raw, window


def _two_sites(draft: Draft) -> None:
    draft.raw["sites"] = [{"id": "north", "travel": {"south": draft.pick(20, 30, 60)}}, {"id": "south"}]


def client_time(draft: Draft) -> None:
    """Work hours, absences, sessions beside and inside blocks, and the way between two sites."""
    draft.about("client-time")
    if draft.chance(0.5):
        _two_sites(draft)
    blocks = [
        draft.block("talk", 0, 60),
        draft.block("yoga", 60, draft.pick(60, 90), may_leave=draft.chance(0.6)),
    ]
    draft.agenda("talk", *blocks)
    days = draft.days(1, 2)
    draft.cohort(days, format=draft.pick("in-person", "in-person", "telehealth"))
    draft.clinician(days=draft.some(days, 1), start=draft.pick(540, 600), end=draft.pick(690, 720))
    more: Raw = {"telehealth": draft.pick("never", "allowed"), "minutes": draft.pick(30, 50)}
    if draft.chance(0.7):
        more["sites"] = [draft.raw["sites"][-1]["id"]]
    draft.service("talk1", days, 600, draft.pick(2, 3, 5), **more)
    family = draft.chance(0.2)
    draft.raw["services"][0]["family"] = family
    for number in range(draft.pick(1, 1, 2)):
        services = [{"service": "talk1", "max_count": draft.pick(1, 1, 2)}] if number == 0 else []
        client = draft.client([draft.rng.randint(1, len(days))], services=services)
        client["formats"] = ["in-person", "telehealth"]
        if draft.chance(0.3):
            client["available"] = [window(days, 540, draft.pick(630, 660, 690, 780))]
        if draft.chance(0.3):
            client["busy"] = [window(draft.some(days, 1), draft.pick(540, 600, 660), 720)]
        if draft.chance(0.2):
            client["absences"] = [window(days[:1], draft.pick(540, 660), 720)]
        if family:
            client["family"] = {
                "attendees": 1,
                "available": [window(days, 600, 660)] if draft.chance(0.7) else [],
            }
        if draft.chance(0.1):
            draft.pin(place={"client": client["id"]}, overrides=["client-time"])


def clinician_time(draft: Draft) -> None:
    """Hours at sites, turnaround, travel, breaks and notes of the one who is wanted everywhere."""
    draft.about("clinician-time")
    _two_sites(draft)
    draft.agenda("talk", draft.block("talk", 0, 60, staff=[{"roles": ["therapist"]}]))
    if draft.chance(0.4):
        draft.raw["agendas"][0]["blocks"].append(
            draft.block("yoga", draft.pick(60, 90), 30, staff=[{"roles": ["therapist"]}])
        )
    days = draft.days(1, 2)
    draft.cohort(days)
    for number in range(draft.pick(1, 1, 2)):
        person = draft.clinician(start=draft.pick(480, 540), end=draft.pick(660, 720, 780))
        if number == 0:
            _busy_person(draft, person, days)
    draft.service("talk1", days, draft.pick(480, 600), draft.pick(3, 4), minutes=draft.pick(30, 60))
    draft.raw["services"][0] |= {
        "sites": [draft.pick("north", "south")],
        "telehealth": draft.pick("never", "allowed"),
    }
    for number in range(draft.pick(1, 2)):
        services = [{"service": "talk1"}] if number == 0 or draft.chance(0.5) else []
        client = draft.client(
            [1], services=services, formats=draft.pick(["in-person"], ["in-person", "telehealth"])
        )
        if draft.chance(0.3):
            client |= {"group_optional": True}
            client["prescription"]["days"] = []


def _busy_person(draft: Draft, person: Raw, days: list[str]) -> None:
    kind = draft.pick("windows", "away", "turnaround", "break", "admin", "travel")
    if kind == "windows":
        person["available"] = [
            window(days, 540, 600, site="north"),
            window(days, 600, 690, site=draft.pick("north", "south")),
        ]
    elif kind == "away":
        person["away"] = [window(draft.some(days, 1), draft.pick(540, 600), 660)]
    elif kind == "turnaround":
        person["turnaround"] = draft.pick(10, 30)
    elif kind == "break":
        start = draft.pick(570, 600, 615)
        person["breaks"] = [
            {"minutes": draft.pick(20, 30), "start": f"{start // 60:02d}:{start % 60:02d}", "end": "11:00"}
        ]
        person["turnaround"] = draft.pick(0, 0, 30)
    elif kind == "admin":
        person["available"] = [window(days, 540, 720)]
        person["admin_hours"] = draft.pick(1, 2, 3)


def clinician_load(draft: Draft) -> None:
    """More work than one person may carry."""
    draft.about("clinician-load")
    draft.agenda("talk", draft.block("talk", 0, 60, staff=[{"roles": ["therapist"]}]))
    days = draft.days(1, 2)
    draft.cohort(days)
    if draft.chance(0.4):
        draft.cohort(days[:1], slot="pm")
    for number in range(draft.pick(1, 2)):
        person = draft.clinician(days=days, start=540, end=draft.pick(720, 840))
        if number == 0 or draft.chance(0.7):
            kind = draft.pick("max_hours_day", "max_hours_week", "max_groups_day")
            person[kind] = draft.pick(0, 0, 1) if kind == "max_groups_day" else draft.pick(0.5, 1, 1, 1.5)
    draft.service("talk1", days[:1], 630, draft.pick(2, 3), minutes=draft.pick(30, 60))
    if draft.chance(0.3):
        draft.raw["services"][0] |= {"participants": {"min": 1, "max": 2}, "max_offerings": 1}
    for _ in range(draft.pick(1, 2)):
        draft.client([1], services=[{"service": "talk1"}], hours=(0, 4, 40))


def facilitation(draft: Draft) -> None:
    """Leaders and staff who can, may and speak the language, and enough of them."""
    draft.about("facilitation", "meeting-held")
    draft.add("payers", {"id": "strict", "credentialed_only": True})
    needs: list[Raw] = [{"roles": ["facilitator"], "lead": draft.chance(0.7)}]
    if draft.chance(0.4):
        needs.append(
            {"roles": [draft.pick("facilitator", "therapist")], "credentials": draft.some(["nurse"])}
        )
    block = draft.block("talk", 0, 60, staff=needs)
    if draft.chance(0.2):
        needs[-1]["count"] = 2
    if draft.chance(0.4):
        block["ratio"] = draft.pick(1, 2)
    blocks = [block]
    if draft.chance(0.3):
        blocks.append(
            draft.block("skills", 60, 30, staff=[{"roles": ["facilitator"], "lead": draft.chance(0.5)}])
        )
    draft.agenda("staffed", *blocks)
    days = draft.days(1, 2)
    cohort = draft.cohort(days, agenda="staffed", language=draft.pick(None, None, "es"))
    online = draft.chance(0.2)
    if online:
        cohort["format"] = "telehealth"
    for _ in range(draft.pick(1, 2, 2, 3)):
        draft.clinician(
            *draft.pick(["facilitator"], ["facilitator", "therapist"], ["therapist"]),
            days=draft.some(days, 1) if draft.chance(0.3) else DAYS,
            credentials=draft.some(["nurse"]),
            languages=draft.some(["es", "en"], 0, 1),
            payers=draft.some(["strict"]),
        )
    if draft.chance(0.3):
        draft.raw["previous"]["leaders"].append({"cohort": cohort["id"], "leader": "k1"})
    for _ in range(draft.pick(1, 2)):
        client = draft.client([1], payer=draft.pick(None, None, "strict"))
        client["formats"] = ["telehealth"] if online else ["in-person"]
        if draft.chance(0.5):
            draft.was(client, cohort)
    if draft.chance(0.4):
        _pinned_staff(draft, cohort, draft.pick(*blocks))


def _pinned_staff(draft: Draft, cohort: Raw, block: Raw) -> None:
    """Somebody who could fill a need is to fill it on one day, the leader or another."""
    number = draft.rng.randrange(len(block["staff"]))
    need = block["staff"][number]
    able = [
        one["id"]
        for one in draft.raw["clinicians"]
        if set(need["roles"]) & set(one["roles"])
        and set(need.get("credentials", ())) <= set(one["credentials"])
    ]
    count = need.get("count", 1) + (draft.chance(0.3) if "ratio" in block else 0)
    if len(able) >= count:
        draft.about("pins")
        staff = {"block": block["id"], "need": number, "clinicians": draft.rng.sample(able, count)}
        day = draft.pick(*cohort["options"][0]["days"])
        draft.pin(meeting={"cohort": cohort["id"], "day": day, "staff": [staff]})


def care_team(draft: Draft) -> None:
    """A meeting of the staff that competes with their work."""
    draft.about("care-team")
    if draft.chance(0.4):
        _two_sites(draft)
    days = draft.days(1, 2)
    draft.agenda("talk", draft.block("talk", 0, 60, staff=[{"roles": ["therapist"]}]))
    if draft.chance(0.6):
        draft.cohort(days[:1])
    for number in range(draft.pick(1, 2, 2)):
        draft.clinician(
            draft.pick("therapist", "doctor") if number else "therapist",
            days=days,
            start=540,
            end=draft.pick(600, 660),
            turnaround=draft.pick(0, 0, 30),
        )
    people = [person["id"] for person in draft.raw["clinicians"]]
    quorum = [{"role": draft.pick("therapist", "doctor"), "count": 1}] if draft.chance(0.7) else []
    draft.add(
        "care_teams",
        {
            "id": "team",
            "site": draft.raw["sites"][-1]["id"],
            "minutes": draft.pick(30, 45, 60),
            "windows": [window(days, 540, draft.pick(570, 600, 660))],
            "members": draft.some(people, 0 if quorum else 1),
            "quorum": quorum,
        },
    )
    if draft.chance(0.2):
        draft.add("closures", {"day": draft.pick(*days), "sites": draft.some([draft.raw["sites"][-1]["id"]])})
    if draft.chance(0.2):
        draft.pin(team={"team": "team", "day": draft.pick(*days)})
    draft.service("talk1", days, 540, draft.pick(2, 4), minutes=30)
    for _ in range(draft.pick(1, 2)):
        client = draft.client([1], services=[{"service": "talk1"}])
        if draft.chance(0.5):
            client |= {"group_optional": True}
            client["prescription"]["days"] = []
