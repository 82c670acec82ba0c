"""The short grammar: one table that parsing, help, completion and the documentation share.

Nothing heavy is imported here, so that ``--help`` stays quick.
"""

from __future__ import annotations

from iop_sched.scenario.form import Form

FORMS: tuple[Form, ...] = (
    Form(
        "out",
        "out <clinician:id> [<days:days>] [<hours:hours>]",
        "a clinician is away",
        "out t-ana thu 13:00-15:00",
    ),
    Form(
        "back",
        "back <clinician:id> [<days:days>] [<hours:hours>]",
        "an absent clinician is there after all",
        "back k-wade tue",
    ),
    Form(
        "works",
        "works <clinician:id> <days:days> <hours:hours>",
        "working hours on these days, in place of others",
        "works t-ana thu,fri 12:00-20:00",
    ),
    Form(
        "extra",
        "extra <clinician:id> <days:days> <hours:hours>",
        "working hours besides those there are",
        "extra t-ana thu 16:30-17:30",
    ),
    Form(
        "load",
        "caseload <clinician:id> <caseload:limit>",
        "most clients as their primary",
        "caseload t-ana 10",
    ),
    Form(
        "load",
        "week-hours <clinician:id> <max_hours_week:limit>",
        "most scheduled hours a week",
        "week-hours t-ana 28",
    ),
    Form(
        "hire-like",
        "hire <clinician:id> like <like:id>",
        "a clinician like another one joins",
        "hire t-new like t-ana",
    ),
    Form("leave", "leave <clinician:id>", "a clinician is not there any more", "leave c-dan"),
    Form(
        "admit-like",
        "admit <client:id> like <like:id>",
        "a new client like another one",
        "admit c99 like c12",
    ),
    Form(
        "admit-typical",
        "admit <count:count> <slot:id>",
        "typical new clients who want a slot",
        "admit 6 evening",
    ),
    Form(
        "surge",
        "surge <count:count> like <like:id>",
        "several new clients like another one",
        "surge 5 like c12",
    ),
    Form(
        "discharge",
        "discharge <client:id> [<last_day:day>]",
        "a client is gone, or leaves after a day",
        "discharge c12",
    ),
    Form("pause", "pause <client:id>", "no treatment this week; the place is kept", "pause c05"),
    Form("days", "days <client:id> <days:counts>", "days a week", "days c12 3,4"),
    Form(
        "days",
        "days <client:id> <days:counts> stepping down",
        "days a week, below the level's floor",
        "days c12 2 stepping down",
        {"step_down": True},
    ),
    Form(
        "weekdays",
        "weekdays <client:id> <weekdays:days>",
        "weekdays allowed for meetings",
        "weekdays c12 mon,wed,thu",
    ),
    Form(
        "hours",
        "hours <client:id> <target:number> [within <bounds:numbers>]",
        "hours a week aimed at",
        "hours c12 11 within 9..14",
    ),
    Form(
        "service",
        "service <client:id> <service:id> <count:count>",
        "sessions of a service; 0 takes it out",
        "service c12 individual 2",
    ),
    Form(
        "authorise",
        "authorise <client:id> <days:count> days [until <last:date>]",
        "treatment days that the payer agrees to",
        "authorise c02 3 days",
    ),
    Form(
        "authorise",
        "authorise <client:id> <hours:number> hours [until <last:date>]",
        "hours that the payer agrees to",
        "authorise c02 9 hours until 2026-03-06",
    ),
    Form(
        "available",
        "available <client:id> <days:days> [<hours:hours>]",
        "a client can come only then",
        "available c12 mon-thu 16:00-21:00",
    ),
    Form(
        "comes",
        "comes <client:id> <days:days> [<hours:hours>]",
        "a client can come then as well",
        "comes c12 fri 09:00-12:00",
    ),
    Form(
        "busy",
        "busy <client:id> <days:days> [<hours:hours>]",
        "something else to do then, every week",
        "busy c12 tue 08:00-12:00",
    ),
    Form(
        "free",
        "free <client:id> [<days:days>] [<hours:hours>]",
        "busy hours and absences fall away",
        "free c06 fri",
    ),
    Form(
        "absent",
        "absent <client:id> <days:days> [<hours:hours>]",
        "excused this week; the seat is kept",
        "absent c12 thu",
    ),
    Form(
        "close-room",
        "close room <room:id> [<days:days>] [<hours:hours>]",
        "a room cannot be used",
        "close room room-sky thu",
    ),
    Form(
        "close-cohort",
        "close cohort <cohort:id>",
        "a cohort meets no more, or cannot open",
        "close cohort co-morning",
    ),
    Form("close", "close <days:days> [at <sites:ids>]", "nothing takes place on a day", "close fri"),
    Form("reopen", "reopen <days:days> [at <sites:ids>]", "a closed day is open after all", "reopen fri"),
    Form("room-like", "room <room:id> like <like:id>", "one more room", "room room-new like room-sky"),
    Form("room", "room <room:id> capacity <capacity:count>", "seats of a room", "room room-sky capacity 10"),
    Form(
        "open",
        "open <cohort:id> [in <slot:id>] [on <days:days>]",
        "a candidate must open",
        "open co-afternoon on tue,wed,fri",
    ),
    Form(
        "move",
        "move <cohort:id> <slot:id> [<days:days>]",
        "a cohort meets in another slot",
        "move co-morning afternoon",
    ),
    Form(
        "cohort-size", "cohort-size <size:band> [<cohort:id>]", "members, least and most", "cohort-size 6..10"
    ),
    Form(
        "cohort-size",
        "cohort-size.min <min:count> [<cohort:id>]",
        "members at least",
        "cohort-size.min 3 co-afternoon",
    ),
    Form("cohort-size", "cohort-size.max <max:count> [<cohort:id>]", "members at most", "cohort-size.max 12"),
    Form(
        "attendance",
        "attendance <size:band> [<agenda:id>]",
        "clients in each block, least and most",
        "attendance 3..8",
    ),
    Form(
        "attendance",
        "attendance.min <min:count> [<agenda:id>]",
        "clients in each block at least",
        "attendance.min 2",
    ),
    Form(
        "attendance",
        "attendance.max <max:count> [<agenda:id>]",
        "clients in each block at most",
        "attendance.max 8",
    ),
    Form(
        "slot",
        "slot <slot:id> <start:clock> [<days:days>]",
        "a new slot, in which all candidates may open",
        "slot noon 12:00",
    ),
    Form(
        "offer",
        "offer <cohort:id> <slot:id> [<days:days>]",
        "a candidate may open in one more slot",
        "offer co-afternoon evening tue,wed,fri",
    ),
    Form(
        "max-new-cohorts", "max-new-cohorts <most:limit>", "how many candidates may open", "max-new-cohorts 1"
    ),
    Form("rule", "rule <rule:word> <mode:mode>", "a rule is hard, soft or off", "rule max-moves off"),
    Form(
        "weight",
        "weight <penalty:word> <weight:weight>",
        "what a penalty weighs",
        "weight continuity.cohort 900",
    ),
    Form("limit", "limit <limit:word> <value:limit>", "a number that rules refer to", "limit max_moves 5"),
    Form(
        "pin-place",
        "pin <client:id> in <cohort:id> [on <days:days>]",
        "a client's place is fixed",
        "pin c12 in co-evening on mon,wed,thu",
    ),
    Form("unpin", "unpin <pin:id>", "a pin holds no more", "unpin pin-c01-tuesday"),
)


def verbs() -> list[str]:
    """The first words, each once, in the order of the table."""
    return list(dict.fromkeys(form.verb for form in FORMS))


def complete_change(incomplete: str) -> list[str]:
    """Shell completion: the first words that begin so."""
    return [verb for verb in verbs() if verb.startswith(incomplete.lower())]


def help_text() -> str:
    """A line for each form: how it is written, and what it says."""
    wide = max(len(form.usage) for form in FORMS)
    lines = [f"  {form.usage.ljust(wide)}  {form.says}" for form in FORMS]
    return "\n".join(["Changes, in short words:", *lines])


def table() -> str:
    """The forms as a table for the documentation."""
    rows = [
        f"| `{form.usage.replace('|', chr(92) + '|')}` | {form.says} | `{form.example}` |" for form in FORMS
    ]
    return "\n".join(["| written | what it says | example |", "|---|---|---|", *rows])
