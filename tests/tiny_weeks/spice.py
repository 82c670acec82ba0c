"""What may be added to any week: closed days, last week, wishes, pins, and other policies."""

from __future__ import annotations

from iop_sched.week.policy import PENALTIES, RULES
from tiny_weeks.draft import Draft


def spice(draft: Draft) -> None:
    """A few of these, seldom many."""
    for one in (
        _closed,
        _previous,
        _wish,
        _absent,
        _modes,
        _weights,
        _tiers,
        _overridden,
        _slot_by_day,
        _grid,
    ):
        if draft.chance(0.15):
            one(draft)


def _closed(draft: Draft) -> None:
    if not draft.raw["closures"]:
        draft.add("closures", {"day": draft.pick(*draft.days(2, 4)), "sites": draft.some(["north"])})


def _previous(draft: Draft) -> None:
    known = {entry["client"] for entry in draft.raw["previous"]["placements"]}
    for client in draft.raw["clients"]:
        if client["id"] not in known and draft.chance(0.5):
            cohort = draft.pick(*draft.raw["cohorts"]) if draft.raw["cohorts"] else None
            draft.was(client, None if client.get("group_optional") else cohort)


def _wish(draft: Draft) -> None:
    client = draft.pick(*draft.raw["clients"])
    client["preferences"] = {
        "days": draft.days(1, 2),
        "slots": draft.some(["am", "pm"], 0, 1),
        "compact": draft.chance(0.5),
    }


def _absent(draft: Draft) -> None:
    client = draft.pick(*draft.raw["clients"])
    client["absences"] = [{"days": draft.days(1, 3), "start": "08:00", "end": draft.pick("09:30", "12:00")}]


def _modes(draft: Draft) -> None:
    for rule in draft.rng.sample(sorted(RULES), 5):
        if rule not in draft.focus:
            draft.modes[rule] = draft.pick(*RULES[rule].modes)


def _weights(draft: Draft) -> None:
    for penalty in draft.rng.sample(sorted(PENALTIES), 6):
        draft.weights[penalty] = draft.pick(0, 1, 50, 700)


def _tiers(draft: Draft) -> None:
    draft.rng.shuffle(draft.tiers)


def _overridden(draft: Draft) -> None:
    rules = [
        "eligibility",
        "cohort-size",
        "meeting-attendance",
        "companions",
        "max-moves",
        "track",
        "stay",
        "intake",
        "weekly-hours",
        "program-day",
        "authorisation",
        "service-timing",
        "client-time",
    ]
    treated = [client for client in draft.raw["clients"] if client.get("prescription")]
    if treated:
        client = draft.pick(*treated)
        draft.pin(place={"client": client["id"]}, overrides=draft.rng.sample(rules, 2))


def _slot_by_day(draft: Draft) -> None:
    draft.raw["slots"][0]["by_day"] = {day: draft.pick("08:30", "09:30") for day in draft.days(1, 3)}


def _grid(draft: Draft) -> None:
    draft.raw["grid"] = 15
