"""Weeks about sessions: given, by whom, when, and together with whom."""

from __future__ import annotations

from tiny_weeks.draft import DAYS, Draft, Raw, window


def _lone(draft: Draft, **more: object) -> Raw:
    """A client who needs no cohort."""
    return draft.client([], group_optional=True, **more)


def service_delivery(draft: Draft) -> None:
    """Places, formats, windows and numbers of sessions."""
    draft.about("service-delivery")
    if draft.chance(0.5):
        draft.raw["sites"] = [{"id": "north"}, {"id": "south"}]
    days = draft.days(1, 3)
    draft.clinician(days=days, start=600, end=draft.pick(660, 690), sites=["north"])
    if draft.chance(0.5):
        draft.clinician(days=days[:1], start=600, end=690, sites=[draft.raw["sites"][-1]["id"]])
    more: Raw = {"telehealth": draft.pick("never", "allowed", "only"), "missing_points": draft.pick(None, 10)}
    if draft.chance(0.4):
        more["sites"] = [draft.raw["sites"][-1]["id"]]
    draft.service("talk1", draft.some(DAYS, 3), 600, draft.pick(2, 3), **more)
    if draft.chance(0.3):
        draft.add("closures", {"day": days[0], "sites": draft.some(["north"])})
    if draft.chance(0.4):
        draft.cohort(days[:1])
    for _ in range(draft.pick(1, 2, 2)):
        least = draft.pick(0, 1, 1, 2)
        services = [{"service": "talk1", "min_count": least, "max_count": max(least, 1)}]
        client = _lone(draft, services=services, formats=draft.some(["in-person", "telehealth"], 1))
        if draft.raw["cohorts"] and draft.chance(0.5):
            client["group_optional"] = False
            client["prescription"]["days"] = [1]
        if draft.chance(0.2):
            client["sites"] = ["north"]


def service_staff(draft: Draft) -> None:
    """Who may give a session, and whom a client must not see."""
    draft.about("service-staff")
    draft.add("payers", {"id": "strict", "credentialed_only": True})
    days = draft.days(1, 2)
    for _ in range(draft.pick(1, 2, 2)):
        draft.clinician(
            *draft.pick(["therapist"], ["doctor"], ["therapist", "doctor"]),
            days=days,
            start=600,
            end=660,
            credentials=draft.some(["nurse"]),
            modalities=draft.some(["emdr"]),
            languages=draft.some(["en", "es"], 0, 1),
            payers=draft.some(["strict"]),
        )
    needs: list[Raw] = [
        {"roles": ["therapist"], "credentials": draft.some(["nurse"]), "modalities": draft.some(["emdr"])}
    ]
    if draft.chance(0.3):
        needs.append({"roles": ["doctor"]})
    elif draft.chance(0.3):
        needs[0]["count"] = 2
    draft.service("talk1", DAYS, 600, 2, staff=needs)
    if draft.chance(0.3):
        draft.raw["services"][0] |= {"participants": {"min": 1, "max": 2}, "max_offerings": draft.pick(1, 2)}
    for _ in range(draft.pick(1, 2, 2)):
        _lone(
            draft,
            services=[{"service": "talk1"}],
            payer=draft.pick(None, "strict"),
            languages=draft.some(["en", "es"], 0, 1),
            excludes=draft.some(["k1"]),
        )


def primary(draft: Draft) -> None:
    """Caseloads, colleagues who cover, and primaries of last week."""
    draft.about("primary")
    days = draft.days(1, 2)
    for _ in range(draft.pick(1, 2, 2)):
        draft.clinician(
            draft.pick("therapist", "therapist", "doctor"),
            days=draft.some(days, 1),
            start=600,
            end=draft.pick(660, 690),
            caseload=draft.pick(None, 0, 1, 1),
            languages=draft.some(["en", "es"], 0, 1) if draft.chance(0.3) else [],
        )
    draft.service(
        "talk1", DAYS, 600, draft.pick(2, 3), primary=True, staff=[{"roles": ["therapist", "doctor"]}]
    )
    if draft.chance(0.3):
        draft.raw["services"][0] |= {"participants": {"min": 1, "max": 2}, "max_offerings": 1}
    if draft.chance(0.2):
        draft.service("talk2", days[:1], 840, 2, primary=True, staff=[{"roles": ["doctor"]}])
    for _ in range(draft.pick(1, 2, 2, 3)):
        services = [{"service": one["id"]} for one in draft.raw["services"][: draft.pick(1, 2)]]
        client = _lone(draft, services=services, excludes=draft.some(["k1"]) if draft.chance(0.3) else [])
        if draft.chance(0.6):
            draft.was(client, None, primary=draft.pick(*draft.raw["clinicians"])["id"])
        if draft.chance(0.2):
            draft.pin(place={"client": client["id"], "primary": "k1"})


def service_timing(draft: Draft) -> None:
    """Spacing, runs of days and order, over the boundary of the week too."""
    draft.about("service-timing")
    kind = draft.pick("spacing", "at_most", "block", "service")
    days = draft.days(2, 3)
    person = draft.clinician(days=days, start=600, end=draft.pick(660, 690))
    cells = 3 if person["available"][0]["end"] == "11:30" and len(days) == 2 else 2
    service = draft.service("talk1", DAYS, 600, cells, minutes=draft.pick(30, 60) if cells == 2 else 60)
    most = draft.pick(1, 2, 2)
    services = [{"service": "talk1", "min_count": draft.pick(0, most, most), "max_count": most}]
    in_cohort = kind == "block" or draft.chance(0.2)
    if kind == "spacing":
        service["spacing_days"] = draft.rng.randint(1, 5)
    elif kind == "at_most":
        service["at_most"] = {"count": draft.pick(1, 1, 2), "days": draft.rng.randint(3, 7)}
    else:
        least = draft.pick(0, 1, 1, 2)
        follows: Raw = {"min_days": least, "max_days": draft.rng.randint(least, min(6, least + 2))}
        if kind == "block":
            follows["block_kind"] = "talk"
        else:
            draft.service("talk2", draft.days(2, 3), 840, 2, minutes=60)
            person["available"].append(window(days, 840, 900))
            services.append({"service": "talk2"})
            follows["service"] = draft.pick("talk2", "talk2", "talk1")
        service["follows"] = follows
    if in_cohort:
        cohort = draft.cohort(draft.days(1, 2))
        draft.modes["meeting-held"] = draft.pick("hard", "soft")
        client = draft.client([1], services=services)
    else:
        client = _lone(draft, services=services)
    if draft.chance(0.6):
        draft.was(client, cohort if in_cohort else None)
    for _ in range(draft.pick(0, 1, 1, 2)):
        draft.had(client, draft.pick(*services)["service"], draft.pick(*DAYS[3:]), 600)
    if draft.chance(0.1):
        draft.pin(place={"client": client["id"]}, overrides=["service-timing"])


def open_group(draft: Draft) -> None:
    """Groups that need people and have few seats, at fixed times or where they fit."""
    draft.about("open-group")
    days = draft.days(1, 2)
    for _ in range(draft.pick(1, 2)):
        draft.clinician(days=days, start=600, end=draft.pick(660, 690))
    least = draft.pick(1, 1, 2, 3)
    service = draft.service(
        "circle", DAYS, 600, draft.pick(2, 3), participants={"min": least, "max": draft.pick(2, 2, 2, 3)}
    )
    service["participants"]["max"] = max(least, 2, service["participants"]["max"])
    service["family"] = draft.chance(0.3)
    service["telehealth"] = draft.pick("never", "never", "allowed")
    if draft.chance(0.5):
        service["offerings"] = [
            {
                "id": f"o{n}",
                "day": draft.pick(*days),
                "start": draft.pick("10:00", "10:30"),
                "site": draft.pick("north", "north", None),
            }
            for n in range(draft.pick(1, 2))
        ]
        if draft.chance(0.5):
            service["windows"] = []
    else:
        service["max_offerings"] = draft.pick(0, 1, 1)
    for _ in range(draft.pick(2, 3, 3)):
        least = draft.pick(0, 1, 1)
        client = _lone(
            draft, services=[{"service": "circle", "min_count": least, "max_count": draft.pick(1, 2)}]
        )
        client["formats"] = draft.pick(["in-person"], ["in-person", "telehealth"])
        if service["family"] and draft.chance(0.6):
            client["family"] = {"attendees": draft.pick(1, 2)}
        if draft.chance(0.2):
            client["busy"] = [window(days[:1], 600, draft.pick(630, 660))]
        if draft.chance(0.3):
            client["preferences"] = {"days": days[:1]}
