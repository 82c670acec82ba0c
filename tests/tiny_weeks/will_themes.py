"""Weeks about what the director and the clients want, and about what it costs."""

from __future__ import annotations

from tiny_weeks.draft import DAYS, Draft, Raw


def _program(draft: Draft) -> None:
    """A cohort or two with a leader, a service, and current clients."""
    days = draft.days(1, 3)
    lead = [{"roles": ["therapist"], "lead": True}] if draft.chance(0.5) else []
    draft.agenda("talk", draft.block("talk", 0, 60, staff=lead))
    first = draft.cohort(days)
    second = draft.cohort(draft.days(1, 2), slot="pm", status=draft.pick("running", "candidate"))
    for _ in range(draft.pick(1, 2) if lead else 1):
        draft.clinician(contract_hours=draft.pick(None, None, 1, 2), start=480, end=900)
    draft.service(
        "talk1",
        draft.days(1, 2),
        draft.pick(600, 900),
        draft.pick(2, 3),
        telehealth=draft.pick("never", "allowed"),
    )
    if lead and draft.chance(0.5):
        draft.raw["previous"]["leaders"].append(
            {"cohort": first["id"], "leader": draft.pick("k1", draft.raw["clinicians"][-1]["id"])}
        )
    for number in range(draft.pick(1, 2)):
        services = [{"service": "talk1", "max_count": draft.pick(1, 1, 2)}] if number == 0 else []
        client = draft.client([draft.rng.randint(1, 2)], services=services)
        if draft.chance(0.7):
            draft.was(client, draft.pick(first, first, second))
        if services and draft.chance(0.5):
            for _ in range(draft.pick(1, 1, 2)):
                draft.had(client, "talk1", draft.pick(*DAYS), draft.pick(600, 660, 915))
        if services:
            client["formats"] = draft.pick(["in-person"], ["in-person", "telehealth"])


def pins(draft: Draft) -> None:
    """Decisions that go against what would be best, or against each other."""
    draft.about("pins")
    _program(draft)
    draft.modes["meeting-held"] = draft.pick("hard", "soft")
    cohorts, clients = draft.raw["cohorts"], draft.raw["clients"]
    for _ in range(draft.pick(1, 1, 2)):
        cohort = draft.pick(*cohorts)
        days = cohort["options"][0]["days"]
        kind = draft.pick("place", "session", "cohort", "meeting")
        if kind == "place":
            pin: Raw = {"client": draft.pick(*clients)["id"]}
            if draft.chance(0.7):
                pin["cohort"] = cohort["id"]
            if draft.chance(0.4):
                pin["days"] = draft.some(days, 1, 2)
            if draft.chance(0.3):
                pin["start"] = draft.pick(*days, "mon")
        elif kind == "session":
            pin = {"client": clients[0]["id"], "service": "talk1"}
            if draft.chance(0.6):
                pin["day"] = draft.pick(*draft.raw["services"][0]["windows"][0]["days"])
            if draft.chance(0.4):
                pin["start"] = draft.pick(draft.raw["services"][0]["windows"][0]["start"], "10:30")
            if draft.chance(0.3):
                pin["clinician"] = "k1"
        elif kind == "cohort":
            pin = {"cohort": cohorts[-1]["id"]}
            if cohorts[-1].get("status") == "candidate":
                pin["open"] = draft.chance(0.7)
            if pin.get("open", True) and draft.raw["agendas"][0]["blocks"][0]["staff"] and draft.chance(0.4):
                pin["leader"] = draft.raw["clinicians"][-1]["id"]
        else:
            pin = {"cohort": cohort["id"], "day": draft.pick(*days), "held": draft.chance(0.4)}
            if pin["held"] and draft.raw["agendas"][0]["blocks"][0]["staff"]:
                who = draft.pick(*draft.raw["clinicians"])["id"]
                pin["staff"] = [{"block": "talk", "clinicians": [who]}] if draft.chance(0.7) else []
        draft.pin(**{kind: pin})


def continuity(draft: Draft) -> None:
    """Last week's places, days, leaders and times."""
    draft.about("continuity")
    _program(draft)
    if draft.chance(0.4):
        draft.limits["session_move_cap"] = draft.pick(0, 60, 2000)
    if draft.chance(0.5):
        draft.modes["meeting-held"] = "hard"


def preferences(draft: Draft) -> None:
    """Wishes for slots, days, clinicians and compact days."""
    draft.about("preferences")
    _program(draft)
    if draft.chance(0.5):
        draft.modes["meeting-held"] = "hard"
    if len(draft.raw["clinicians"]) == 1:
        draft.clinician(start=600, end=960)
    for client in draft.raw["clients"]:
        client["preferences"] = {
            "slots": draft.some(["am", "pm"], 0, 1),
            "days": draft.days(1, 3) if draft.chance(0.6) else [],
            "clinicians": draft.some(["k1", "k2"], 0, 1),
            "compact": draft.chance(0.5),
        }


def balance(draft: Draft) -> None:
    """Cohorts of unlike size and clinicians of unlike load."""
    draft.about("balance", "cost")
    draft.agenda("talk", draft.block("talk", 0, 60, staff=[{"roles": ["therapist"]}]))
    days = draft.days(1, 2)
    draft.cohort(days[:1])
    draft.cohort(days, slot="pm", status=draft.pick("running", "candidate"))
    for _ in range(2):
        draft.clinician(contract_hours=draft.pick(None, 0, 1, 2, 3))
    draft.limits["busy_at"] = draft.pick(0, 30, 50, 80)
    for _ in range(draft.pick(1, 2, 3)):
        draft.client([1])
    if draft.chance(0.5):
        draft.modes["meeting-held"] = "hard"
