"""Weeks about who is in which cohort."""

from __future__ import annotations

from tiny_weeks.draft import Draft, Raw


def _two_cohorts(draft: Draft, **more: object) -> tuple[Raw, Raw]:
    first = draft.cohort(slot="am", **more)
    second = draft.cohort(slot=draft.pick("am", "pm"), **more)
    return first, second


def eligibility(draft: Draft) -> None:
    """Clients and cohorts that match in some ways and not in others."""
    draft.about("eligibility")
    draft.level("php")
    for cohort in _two_cohorts(draft)[: draft.pick(1, 2)]:
        trait = draft.pick("levels", "populations", "serves", "requires", "language", "format", "sites")
        if trait == "levels":
            cohort["levels"] = [draft.pick("iop", "php")]
        elif trait == "populations":
            cohort["populations"] = [draft.pick("adults", "teens")]
        elif trait in ("serves", "requires"):
            cohort["serves"] = ["phase2"]
            cohort["requires"] = ["phase2"] if trait == "requires" else []
        elif trait == "language":
            cohort["language"] = draft.pick("en", "es")
        elif trait == "format":
            cohort["format"] = "telehealth"
        else:
            draft.raw["sites"] = [{"id": "north"}, {"id": "south"}]
            cohort["site"] = "south"
    for _ in range(draft.pick(1, 2, 3)):
        client = draft.client(
            level=draft.pick("iop", "iop", "php"),
            population=draft.pick("adults", "teens", None),
            needs=draft.some(["phase2"]),
            languages=draft.some(["en", "es"], 0, 1),
            formats=draft.pick(["in-person"], ["telehealth"], ["in-person", "telehealth"]),
            sites=draft.some(["north"]),
        )
        if draft.chance(0.4):
            draft.was(client, draft.raw["cohorts"][0])


def cohort_size(draft: Draft) -> None:
    """More clients than seats, inherited ones, candidates that need members."""
    draft.about("cohort-size")
    first = draft.cohort(draft.days(1, 1), members={"min": draft.pick(0, 1, 2), "max": draft.pick(1, 1, 2)})
    clients = [draft.client() for _ in range(draft.pick(2, 3, 3))]
    if draft.chance(0.7):
        least = draft.pick(1, 2, 3)
        options = [{"slot": "pm", "days": draft.days(1, 2)}]
        if draft.chance(0.4):
            options.append({"slot": "am", "days": draft.days(1, 1)})
        draft.cohort(
            status="candidate",
            members={"min": least, "max": draft.pick(least, 3)},
            options=options,
        )
        if draft.chance(0.5):
            draft.raw["max_new_cohorts"] = draft.pick(0, 1)
    for client in clients:
        if draft.chance(0.3):
            draft.was(client, first)
    if draft.chance(0.3):
        draft.pin(place={"client": clients[0]["id"]}, overrides=["cohort-size"])


def meeting_attendance(draft: Draft) -> None:
    """Few seats in a block, owned by one level or by all."""
    draft.about("meeting-attendance")
    draft.level("php")
    band = {"min": draft.pick(0, 1, 2), "max": draft.pick(1, 1, 2)}
    blocks = [draft.block("talk", 0, attendance=band, levels=draft.pick([], ["php"], ["iop"]))]
    if draft.chance(0.5):
        blocks.append(draft.block("late", 60, 30, attendance={"min": 0, "max": draft.pick(1, 2)}))
    draft.agenda("banded", *blocks)
    days = draft.days(1, 3)
    first = draft.cohort(days, agenda="banded", levels=["iop", "php"])
    for _ in range(draft.pick(2, 3)):
        client = draft.client([draft.rng.randint(1, len(days))], level=draft.pick("iop", "php"))
        if draft.chance(0.4):
            draft.was(client, first)
        if draft.chance(0.15):
            draft.pin(place={"client": client["id"]}, overrides=["meeting-attendance"])


def companions(draft: Draft) -> None:
    """Pairs kept apart or together, in cohorts and in open groups."""
    draft.about("companions")
    cohorts = _two_cohorts(draft)
    if draft.chance(0.4):
        draft.raw["cohorts"].pop()
    group = draft.chance(0.4)
    if group:
        draft.clinician()
        draft.service(
            "circle",
            draft.days(1, 1),
            900,
            2,
            participants={"min": 1, "max": 3},
            max_offerings=draft.pick(1, 2),
        )
    prescribed = [{"service": "circle"}] if group else []
    clients = [
        draft.client(services=prescribed, preferences={"slots": draft.some(["am", "pm"], 0, 1)})
        for _ in range(draft.pick(2, 3))
    ]
    names = [client["id"] for client in clients]
    for _ in range(draft.pick(1, 1, 2)):
        draft.add(draft.pick("apart", "apart", "together"), draft.rng.sample(names, 2))
    for client in clients:
        if draft.chance(0.4):
            draft.was(client, draft.pick(*cohorts) if len(draft.raw["cohorts"]) > 1 else cohorts[0])
    if draft.chance(0.2):
        draft.pin(place={"client": names[0]}, overrides=["companions"])


def max_moves(draft: Draft) -> None:
    """Settled clients who would be better off, or whose cohort would, if they moved."""
    draft.about("max-moves")
    draft.limits["max_moves"] = draft.pick(0, 0, 1)
    draft.agenda("talk", draft.block())
    draft.agenda("long", draft.block("talk", 0, draft.pick(60, 90, 120, 120)))
    days = draft.days(1, 2)
    old = draft.cohort(days, agenda="talk")
    draft.cohort(days if draft.chance(0.5) else draft.days(1, 2), slot="pm", agenda="long")
    if draft.chance(0.3):
        old["members"]["max"] = 0
    clients = [
        draft.client([1], preferences={"slots": draft.some(["am", "pm"], 0, 1)})
        for _ in range(draft.pick(1, 2, 3))
    ]
    for client in clients:
        client["prescription"]["hours"]["target"] = draft.pick(1, 3, 3)
        if draft.chance(0.85):
            draft.was(client, old)
        if draft.chance(0.15):
            client["busy"] = [{"days": days[:1], "start": "09:00", "end": "10:00"}]
        if draft.chance(0.1):
            client["needs"] = ["phase2"]
    if draft.chance(0.2):
        draft.pin(place={"client": clients[0]["id"]}, overrides=["max-moves"])
    if draft.chance(0.3):
        draft.modes[draft.pick("continuity", "eligibility", "track")] = "off"
