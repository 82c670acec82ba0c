"""View ``rooms``: what each room is used for, day by day."""

from __future__ import annotations

from collections import defaultdict

from rich.console import RenderableType

from iop_sched.report.sheet import Sheet, WhereItFits, section
from iop_sched.report.words import Labels, day_name, hours, span
from iop_sched.rules import Schedule
from iop_sched.week.times import WEEK, Day, Interval

Use = tuple[Interval, str]


def rooms_view(schedule: Schedule, labels: Labels) -> RenderableType:
    """A grid of rooms and days, or a list of room and day where the grid does not fit."""
    uses = _uses(schedule, labels)
    days = [day for day in WEEK if day < Day.SAT or any(used == day for _, used in uses)]
    wide, narrow = [], []
    for room in schedule.facts.week.rooms:
        busy = sum(end - start for day in days for (start, end), _ in uses.get((room.id, day), ()))
        name = labels(room.id)
        lines = {
            day: [f"{span(*when)}\n{what}" for when, what in uses.get((room.id, day), ())] for day in days
        }
        head = f"{name}\n{room.site}\n{room.capacity} seats\n{hours(busy)} in use"
        wide.append([head, *("\n".join(lines[day]) or "." for day in days)])
        if not busy:
            narrow.append((name, room.site, str(room.capacity), "-", "not used", "-"))
        for day in days:
            for when, what in uses.get((room.id, day), ()):
                narrow.append((name, room.site, str(room.capacity), day_name(day), span(*when), what))
    return section(
        "Rooms",
        WhereItFits(
            Sheet(("Room", *map(day_name, days)), wide, none="the week has no rooms", ruled=True),
            Sheet(("Room", "Site", ">Seats", "Day", "Time", "Used by"), narrow, none="the week has no rooms"),
        ),
    )


def _uses(schedule: Schedule, labels: Labels) -> dict[tuple[str, Day], list[Use]]:
    found: dict[tuple[str, Day], list[Use]] = defaultdict(list)
    for meeting in schedule.held:
        if meeting.room is not None:
            found[meeting.room, meeting.day].append((schedule.span(meeting), labels(meeting.cohort)))
    for session in schedule.roster.sessions:
        if session.room is not None:
            one = not schedule.service(session).is_open_group
            what = f"{session.service} {labels(session.clients[0])}" if one else labels(session.service)
            found[session.room, session.day].append((schedule.session_interval(session), what))
    for uses in found.values():
        uses.sort()
    return dict(found)
