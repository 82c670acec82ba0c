"""What ``next-week`` prints: whom the turn of the week concerns."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from rich.console import Group, RenderableType

from iop_sched.next_week import NextWeek
from iop_sched.next_week.affected import (
    Affected,
    Authorised,
    BelowFloor,
    Fill,
    Opening,
    Passed,
    TooFew,
    Waiting,
)
from iop_sched.report.sheet import Sheet, bullets, paragraph, section
from iop_sched.report.words import Labels, count, day_name, day_names, hours
from iop_sched.scenario.saying import condensed
from iop_sched.week.times import Day

Row = tuple[str, ...]

_PASSED = {
    "assessment": "was to be assessed by {}; any day of next week will do now",
    "assessment missed": "missed the assessment on {}; it is still to come",
    "start": "was to start by {}; any day of next week will do now",
    "last day": "has no place, and was to end on {}; the last day is gone from the file",
}
_SHORTAGE = {
    "ended": "has ended",
    "used up": "nothing is left of it",
    "ends": "ends soon",
    "runs out": "runs out next week",
}


def next_week_view(found: NextWeek, labels: Labels) -> RenderableType:
    """Sections for those who are concerned; what concerns nobody is left out."""
    who = found.affected
    return Group(
        paragraph(_opening(found)),
        paragraph(""),
        *_list("Changed in the new week", [labels.text(one) for one in condensed(found.changes)]),
        *_list("Began and left", _moves(who, labels)),
        *_stranded(who, labels),
        *_table(
            "Authorisations",
            ("Client", "What", "Until", ">Left", ">A week takes"),
            [_authorised(one, labels) for one in who.authorisations],
        ),
        *_table(
            "Below the floor this week",
            ("Client", ">Floor", ">Scheduled", ">Attended", "Days attended"),
            [_below(one, labels) for one in who.below_floor],
        ),
        *_table(
            "Step-downs",
            ("Client", "From", "Days a week", "In next week's file"),
            [
                (
                    labels(one.client),
                    _date(one.on),
                    f"{_tracks(one.before)} to {_tracks(one.after)}",
                    _yes(one.due),
                )
                for one in who.step_downs
            ],
        ),
        *_table(
            "Seats on Monday",
            ("Cohort", ">Members", ">Least", ">Most", ">Free"),
            [_fill(one, labels) for one in who.fill],
        ),
        *_table(
            "Too few, if nobody joins",
            ("Cohort", "From", "Then", ">Least", "By then"),
            [_too_few(one, labels) for one in who.too_few],
        ),
        *_table(
            "Seats that open",
            ("Cohort", "From", "What", "By"),
            [_seat(one, labels) for one in who.openings],
        ),
        *_table(
            "Waiting",
            ("Client", ">Priority", ">Days", "For"),
            [_waiting(one, labels) for one in who.waiting],
        ),
        *_list("Deadlines passed", [_passed(one, labels) for one in who.passed]),
        *_list("Of this week only, not in next week's file", _dropped(who, labels)),
    )


def as_json(found: NextWeek) -> dict[str, object]:
    """The same for a program: dates as YYYY-MM-DD, weekdays as in files, floors and attendance in minutes."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {name: plain(item) for name, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(item) for item in value]
        if isinstance(value, Day):
            return value.code
        return value.isoformat() if isinstance(value, date) else value

    listed = {name: plain(value) for name, value in asdict(found.affected).items()}
    return {
        "program": found.week.program,
        "week_of": found.week.week_of.isoformat(),
        "changes": list(found.changes),
        **listed,
    }


def _opening(found: NextWeek) -> str:
    clients, who = len(found.week.clients), found.affected
    return (
        f"{found.week.program}, week of {found.week.week_of}: {count(clients, 'client')},"
        f" {clients - len(who.waiting)} in treatment and {len(who.waiting)} waiting."
    )


def _moves(who: Affected, labels: Labels) -> list[str]:
    lines = [f"{labels.list(who.began)} began this week: no longer new"] if who.began else []
    for one in who.left:
        if one.why == "discharged":
            lines.append(f"{labels(one.client)} left: discharged on {_date(one.on)}")
        else:
            lines.append(f"{labels(one.client)} left: assessed on {_date(one.on)}, and wanted no more")
    lines += [f"{labels(cohort)} opened, and runs from now on" for cohort in who.opened]
    return lines


def _authorised(one: Authorised, labels: Labels) -> Row:
    short = "h" if one.unit == "hours" else " d"
    return (
        labels(one.client),
        _SHORTAGE[one.why],
        _date(one.last),
        f"{one.left:g}{short}",
        f"{one.needs:g}{short}",
    )


def _below(one: BelowFloor, labels: Labels) -> Row:
    of = f"{one.attended_days} of {one.pattern_days}" if one.pattern_days else "-"
    return (labels(one.client), hours(one.floor), hours(one.scheduled), hours(one.attended), of)


def _fill(one: Fill, labels: Labels) -> Row:
    free = max(0, one.most - one.members)
    return (labels(one.cohort), str(one.members), str(one.least), str(one.most), str(free))


def _too_few(one: TooFew, labels: Labels) -> Row:
    then = f"{one.there:g} at {one.block}, on average" if one.block else count(int(one.there), "member")
    gone = [f"{labels.list(one.leave)} left"] if one.leave else []
    gone += [f"{labels.list(one.step_down)} stepped down"] if one.step_down else []
    return (labels(one.cohort), _date(one.on), then, str(one.least), "; ".join(gone) or "as things stand")


def _seat(one: Opening, labels: Labels) -> Row:
    what = "a seat" if one.why == "discharge" else f"{count(one.days, 'day')} a week"
    who = f"{labels(one.client)} {'leaves' if one.why == 'discharge' else 'steps down'}"
    return (labels(one.cohort), _date(one.on), what, who)


def _waiting(one: Waiting, labels: Labels) -> Row:
    lost = ", having lost the old one" if one.lost_place else ""
    return (labels(one.client), str(one.priority), str(one.days), f"{one.what}{lost}")


def _passed(one: Passed, labels: Labels) -> str:
    return f"{labels(one.client)} {_PASSED[one.what].format(_date(one.on))}"


def _stranded(who: Affected, labels: Labels) -> list[RenderableType]:
    if not who.stranded:
        return []
    lines = []
    for one in who.stranded:
        where = f" in {labels(one.cohort)}" if one.cohort is not None else ""
        lines.append(f"{labels(one.client)}{where}: {one.why}")
    help_ = "Other days or hours in next week's file help, or a pin that overrides the rule, with a reason."
    return [section("No place in any cohort next week", bullets(lines), paragraph(help_))]


def _dropped(who: Affected, labels: Labels) -> list[str]:
    gone = who.dropped
    lines = []
    if gone.closed:
        lines.append(f"closures on {day_names(gone.closed)}")
    if gone.absent:
        lines.append(f"absences of {labels.list(gone.absent)}")
    if gone.away:
        lines.append(f"time away of {labels.list(gone.away)}: write it down again if it is of every week")
    if gone.pins:
        lines.append(f"pins: {', '.join(gone.pins)}")
    if gone.rooms:
        lines.append(f"hours in which rooms were closed: {labels.list(gone.rooms)}")
    if gone.teams:
        lines.append(f"care teams that met otherwise, or not: {labels.list(gone.teams)}")
    if gone.prescriptions:
        lines.append(f"pauses of {labels.list(gone.prescriptions)}: the prescription is what it was")
    for one in who.waived:
        rules = ", ".join(one.rules)
        lines.append(
            f"{labels(one.client)} has a place while {one.pin} sets aside {rules}: pin again if it must"
        )
    return lines


def _tracks(days: tuple[int, ...]) -> str:
    return " or ".join(map(str, days)) or "0"


def _date(when: date) -> str:
    return f"{day_name(Day(when.weekday()))} {when.isoformat()}"


def _yes(value: bool) -> str:
    return "yes" if value else "later"


def _table(title: str, titles: Row, rows: list[Row]) -> list[RenderableType]:
    return [section(title, Sheet(titles, rows))] if rows else []


def _list(title: str, lines: list[str]) -> list[RenderableType]:
    return [section(title, bullets(lines))] if lines else []
