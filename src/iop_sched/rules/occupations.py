"""What clinicians do: blocks worked in, sessions given, care teams attended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from iop_sched.rules.roster_index import MeetingKey, RosterIndex
from iop_sched.week.times import Day, Interval


@dataclass(frozen=True)
class Occupation:
    """One thing a clinician does. ``group`` tells meetings and open-group sessions apart, none is neither."""

    day: Day
    interval: Interval
    site: str | None
    label: str
    meeting: MeetingKey | None = None
    group: str | None = None

    @property
    def minutes(self) -> int:
        """Length, in whole cells of the grid."""
        return self.interval[1] - self.interval[0]


def occupations(index: RosterIndex) -> dict[str, list[Occupation]]:
    """Occupations by clinician, in order of time; somebody named twice in one is in it once."""
    found: dict[str, list[Occupation]] = defaultdict(list)
    _meetings(index, found)
    _sessions(index, found)
    _teams(index, found)
    for mine in found.values():
        mine.sort(key=lambda one: (one.day, one.interval, one.label))
    return dict(found)


def _meetings(index: RosterIndex, found: dict[str, list[Occupation]]) -> None:
    for meeting in index.held:
        blocks = {block.id: block for block in index.facts.blocks_on(meeting.cohort, meeting.day)}
        for block_id, clinician in sorted({(entry.block, entry.clinician) for entry in meeting.staff}):
            found[clinician].append(
                Occupation(
                    day=meeting.day,
                    interval=index.block_interval(meeting.cohort, blocks[block_id], meeting.day),
                    site=index.facts.place(meeting.cohort),
                    label=f"{block_id} of {meeting.cohort}",
                    meeting=(meeting.cohort, meeting.day),
                    group=f"meeting {meeting.cohort}",
                )
            )


def _sessions(index: RosterIndex, found: dict[str, list[Occupation]]) -> None:
    for number, session in enumerate(index.roster.sessions):
        group = f"session {number}" if index.service(session).is_open_group else None
        clients = ", ".join(session.clients)
        for clinician in sorted({entry.clinician for entry in session.staff}):
            found[clinician].append(
                Occupation(
                    day=session.day,
                    interval=index.session_interval(session),
                    site=session.site,
                    label=f"{session.service} for {clients}",
                    group=group,
                )
            )


def _teams(index: RosterIndex, found: dict[str, list[Occupation]]) -> None:
    for meeting in index.roster.team_meeting:
        team = index.facts.teams[meeting.team]
        for clinician in meeting.attendees:
            found[clinician].append(
                Occupation(
                    day=meeting.day,
                    interval=(meeting.start, meeting.start + index.facts.occ(team.minutes)),
                    site=team.site,
                    label=f"care team {team.id}",
                )
            )
