"""What changes for a client, a clinician, a cohort or a care team, as sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from iop_sched.compare.changes import (
    ClientChange,
    CohortChange,
    MeetingChange,
    SessionChange,
    TeamChange,
    givers,
)
from iop_sched.compare.views import ClientView, ClinicianView, CohortView, WorkChange
from iop_sched.report.words import Labels, day_name, day_names
from iop_sched.week.care import team_called
from iop_sched.week.roster import Placement, Session, TeamMeeting
from iop_sched.week.times import Day, clock

Said = Iterator[str]


def client_lines(views: Iterable[ClientView], labels: Labels) -> list[str]:
    """``c07: moves from eve-1 to mor-1; individual Tue 13:00 moves to Wed 14:00, with lee instead of kim``.

    Clients of whom the same is to be said share a line.
    """
    clients: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for view in views:
        place = () if view.place is None else _place(view.place, labels)
        meetings = _meetings_attended(view.meetings, labels)
        sessions = (words for change in view.sessions for words in _session(change, labels))
        clients[*place, *meetings, *sessions].append(view.client)
    return [_line(labels.list(who), *words) for words, who in clients.items()]


def clinician_words(view: ClinicianView, labels: Labels) -> str:
    """``kim: gains mor-1 Wed (process); no longer gives individual for c07 Tue 13:00``."""
    return _line(labels(view.clinician), _what_of(view, labels))


def _what_of(view: ClinicianView, labels: Labels) -> str:
    return "; ".join(
        (
            *_listed("leads ", view.leads, labels),
            *_listed("no longer leads ", view.leads_no_more, labels),
            *_work(view.meetings, labels),
            *(words for change in view.sessions for words in _given(change, labels)),
            *(team_words(change, labels) for change in view.teams),
            *_listed("becomes primary of ", view.primary_of, labels),
            *_listed("is no longer primary of ", view.primary_no_more, labels),
        )
    )


def clinician_lines(views: Iterable[ClinicianView], labels: Labels) -> list[str]:
    """As ``client_lines``; what changes in care teams is left to ``team_lines``."""
    clinicians: dict[str, list[str]] = defaultdict(list)
    for view in views:
        rest = view.model_copy(update={"teams": ()})
        if rest != ClinicianView(clinician=view.clinician):
            clinicians[_what_of(rest, labels)].append(view.clinician)
    return [_line(labels.list(who), words) for words, who in clinicians.items()]


def cohort_words(view: CohortView, labels: Labels) -> str:
    """``eve-2: opens: evening, Mon Wed, led by kim; joined by c01, c02``."""
    return _line(
        labels(view.cohort),
        *(_cohort(view.change, labels) if view.change is not None else ()),
        *_listed("joined by ", view.joined, labels),
        *_listed("left by ", view.left, labels),
        *(f"{labels(change.client)} {', '.join(_treatment(change))}" for change in view.days),
        *_cohort_meetings(view, labels),
    )


def team_words(change: TeamChange, labels: Labels) -> str:
    """``care team meets Tue 14:00 instead of Tue 13:00``."""
    name, before, after = team_called(labels(change.team)), change.before, change.after
    if before is None or after is None:
        one = before or after
        return f"{name} {'now' if before is None else 'no longer'} meets {_team_time(one)}"
    moved = _team_time(before) != _team_time(after)
    words = [f"{_team_time(after)} instead of {_team_time(before)}"] if moved else []
    joined, left = set(after.attendees) - set(before.attendees), set(before.attendees) - set(after.attendees)
    if "attendees" in change.what:
        words += _listed("with ", sorted(joined), labels)
        words += _listed("without ", sorted(left), labels)
    return f"{name} meets {', '.join(words)}"


def team_lines(changes: Iterable[TeamChange], labels: Labels) -> list[str]:
    """Each with everybody who comes, or came, where that is not the same time as before."""
    lines = []
    for change in changes:
        one = change.after or change.before
        moved = _team_time(change.before) != _team_time(change.after)
        who = f": {labels.list(one.attendees)}" if one is not None and moved else ""
        lines.append(team_words(change, labels) + who)
    return lines


def _team_time(meeting: TeamMeeting | None) -> str:
    return "" if meeting is None else f"{day_name(meeting.day)} {clock(meeting.start)}"


def _line(who: str, *parts: str) -> str:
    return f"{who}: {'; '.join(parts)}"


def _listed(lead: str, ids: Iterable[str], labels: Labels) -> list[str]:
    found = list(ids)
    return [lead + labels.list(found)] if found else []


def _instead(after: str, before: str) -> str:
    return f"{after} instead of {before}"


# Places


def _place(change: ClientChange, labels: Labels) -> Said:
    before, after = change.before, change.after
    if before is None and after is not None:
        yield f"gets a place{_seat(after, labels)}, from {day_name(after.start)}"
    elif after is None and before is not None:
        yield f"loses the place{_seat(before, labels)}"
    elif before is not None and after is not None:
        if "cohort" in change.what:
            old, new = (labels(one.cohort, none="no cohort") for one in (before, after))
            yield f"moves from {old} to {new}"
        yield from _treatment(change)
        if "primary" in change.what:
            old, new = (labels(one.primary, none="nobody") for one in (before, after))
            yield f"primary {_instead(new, old)}"


def _seat(place: Placement, labels: Labels) -> str:
    if place.cohort is None:
        return " without a cohort"
    return f" in {labels(place.cohort)}, {day_names(place.days)}"


def _treatment(change: ClientChange) -> Said:
    """Days of the pattern, first and last day, as far as they changed."""
    before, after = change.before, change.after
    if before is None or after is None:
        return
    if "days" in change.what:
        yield f"on {_instead(day_names(after.days, none='no day'), day_names(before.days, none='no day'))}"
    if "start" in change.what:
        yield f"from {_instead(day_name(after.start), day_name(before.start))}"
    if "last" in change.what:
        yield f"until {_instead(day_name(after.last), day_name(before.last))}"


# Meetings


def _by_day(found: Iterable[tuple[str, Day, str]]) -> Said:
    """What is said before and after the day, once with all days on which the same is said."""
    days: dict[tuple[str, str], list[Day]] = defaultdict(list)
    for lead, day, words in found:
        days[lead, words].append(day)
    for (lead, words), on in days.items():
        yield f"{lead}{day_names(sorted(on))} {words}"


def _meetings_attended(meetings: Iterable[MeetingChange], labels: Labels) -> Said:
    yield from _by_day((f"{labels(one.cohort)} ", one.day, _fate(one)) for one in meetings)


def _fate(change: MeetingChange) -> str:
    """Whether a meeting takes place, or when."""
    if "time" in change.what:
        return _slots(change)
    if "gone" in change.what:
        return "is no longer due"
    return "is held after all" if "held" in change.what else "is not held"


def _slots(change: MeetingChange) -> str:
    return f"is {_instead(change.slot_after or '-', change.slot_before or '-')}"


def _rooms(change: MeetingChange, labels: Labels) -> str:
    before, after = (
        labels(one.room if one else None, none="no room") for one in (change.before, change.after)
    )
    return f"is in {_instead(after, before)}"


def _cohort_meetings(view: CohortView, labels: Labels) -> Said:
    """Meetings as far as the cohort's own slot and days do not say it."""
    own = () if view.change is None else view.change.what
    other_days = not {"opened", "closed", "days"}.isdisjoint(own)
    fates, rooms, staff = [], [], []
    for one in view.meetings:
        implied = other_days and (one.before is None or one.after is None) and "not-held" not in one.what
        if not implied and not {"held", "not-held", "gone"}.isdisjoint(one.what):
            missing = (
                f": missed by {labels.list(one.clients)}" if one.clients and "held" not in one.what else ""
            )
            fates.append(("", one.day, _fate(one) + missing))
        if "room" in one.what:
            rooms.append(("", one.day, _rooms(one, labels)))
        staff += [("", one.day, words) for words in _staff(one, labels)]
    yield from _by_day((*fates, *rooms, *staff))


def _staff(change: MeetingChange, labels: Labels) -> Said:
    """``process, skills by mor instead of lee``, for a meeting that is held in both rosters."""
    if "staff" not in change.what:
        return
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for block, need in sorted({(one.block, one.need) for one in (*change.staff_gone, *change.staff_new)}):
        gone, new = (
            labels.list((one.clinician for one in side if (one.block, one.need) == (block, need)), none="")
            for side in (change.staff_gone, change.staff_new)
        )
        blocks[gone, new].append(block)
    for (gone, new), names in blocks.items():
        who = f"by {_instead(new, gone)}" if gone and new else f"with {new} too" if new else f"without {gone}"
        yield f"{', '.join(names)} {who}"


def _work(meetings: Iterable[WorkChange], labels: Labels) -> Said:
    """Meetings in a clinician's week."""
    said = []
    for one in meetings:
        before, after, name = ", ".join(one.blocks_before), ", ".join(one.blocks_after), labels(one.cohort)
        if "gained" in one.what:
            said.append((f"now works in {name} ", one.day, f"({after})"))
        elif "lost" in one.what:
            said.append((f"no longer works in {name} ", one.day, f"({before})"))
        else:
            if "blocks" in one.what:
                said.append((f"{name} ", one.day, _instead(after, before)))
            if "time" in one.what:
                said.append((f"{name} ", one.day, _slots(one.change)))
            if "room" in one.what:
                said.append((f"{name} ", one.day, _rooms(one.change, labels)))
    yield from _by_day(said)


def _cohort(change: CohortChange, labels: Labels) -> Said:
    before, after = change.before, change.after
    if before is None and after is not None:
        led = "" if after.leader is None else f", led by {labels(after.leader)}"
        yield f"opens: {after.slot}, {day_names(after.days)}{led}"
    elif after is None and before is not None:
        yield f"closes (was {before.slot}, {day_names(before.days)})"
    elif before is not None and after is not None:
        if "slot" in change.what:
            yield f"is {_instead(after.slot, before.slot)}"
        if "days" in change.what:
            yield f"meets on {_instead(day_names(after.days), day_names(before.days))}"
        if "leader" in change.what:
            old, new = (labels(one.leader, none="nobody") for one in (before, after))
            yield f"led by {_instead(new, old)}"


# Sessions


def _session(change: SessionChange, labels: Labels) -> Said:
    """A session in a client's week."""
    before, after = change.before, change.after
    if before is None and after is not None:
        yield f"gets {_named(after, labels)} with {_givers(after, labels)} ({_where(after, labels)})"
    elif after is None and before is not None:
        yield f"no longer has {_named(before, labels)} with {_givers(before, labels)}"
    elif before is not None and after is not None:
        words = _changes(before, after, labels)
        if "staff" in change.what:
            words.append(f"with {_instead(_givers(after, labels), _givers(before, labels))}")
        yield f"{_named(before, labels)} {', '.join(words)}"


def _given(change: SessionChange, labels: Labels) -> Said:
    """A session in a clinician's week."""
    before, after = change.before, change.after
    if before is None and after is not None:
        yield f"now gives {_named(after, labels)} for {labels.list(after.clients)}"
    elif after is None and before is not None:
        yield f"no longer gives {_named(before, labels)} for {labels.list(before.clients)}"
    elif before is not None and after is not None:
        same = [client for client in before.clients if client in after.clients]
        words = _changes(before, after, labels)
        words += _listed("joined by ", change.joined, labels) + _listed("left by ", change.left, labels)
        yield f"{_named(before, labels)} for {labels.list(same)} {', '.join(words)}"


def _changes(before: Session, after: Session, labels: Labels) -> list[str]:
    """When and where, as far as it changed."""
    words = []
    if (before.day, before.start) != (after.day, after.start):
        words.append(f"moves to {_when(after)}")
    if (before.site, before.room) != (after.site, after.room):
        words.append(f"is {_instead(_where(after, labels), _where(before, labels))}")
    return words


def _named(session: Session, labels: Labels) -> str:
    return f"{labels(session.service)} {_when(session)}"


def _when(session: Session) -> str:
    return f"{day_name(session.day)} {clock(session.start)}"


def _givers(session: Session, labels: Labels) -> str:
    return labels.list(sorted(givers(session)), none="nobody")


def _where(session: Session, labels: Labels) -> str:
    if session.site is None:
        return "online"
    at = f"at {labels(session.site)}"
    return f"in {labels(session.room)} {at}" if session.room is not None else at
