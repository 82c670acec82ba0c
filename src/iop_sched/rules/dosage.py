"""What a placed client receives, day by day, in nominal minutes."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.rules.attendance import Attendance
from iop_sched.rules.roster_index import RosterIndex
from iop_sched.week.people import Client
from iop_sched.week.roster import Placement, Session
from iop_sched.week.times import Day, Interval


@dataclass(frozen=True)
class Dosage:
    """Figures of one client; tuples run from Monday to Sunday.

    ``blocks`` is B_d, ``sessions`` is S_d; ``services`` counts own counting blocks attended and all sessions;
    ``group`` is the part of the total that is group therapy; ``extra`` is Extra.
    """

    blocks: tuple[int, ...]
    sessions: tuple[int, ...]
    services: tuple[int, ...]
    group: int
    extra: int

    def on(self, day: Day) -> int:
        """B_d + S_d."""
        return self.blocks[day] + self.sessions[day]

    @property
    def block_minutes(self) -> int:
        """B."""
        return sum(self.blocks)

    @property
    def total(self) -> int:
        """Σ_d (B_d + S_d)."""
        return sum(self.blocks) + sum(self.sessions)


def inside(index: RosterIndex, session: Session, block: Interval) -> bool:
    """Whether a session lies inside a block of the same day whole."""
    start, end = index.session_interval(session)
    return block[0] <= start and end <= block[1]


def dosage(index: RosterIndex, attendance: Attendance, client: Client, placement: Placement) -> Dosage:
    """The figures of a placed client."""
    blocks, sessions, services = [0] * 7, [0] * 7, [0] * 7
    group = 0
    prescribed = {line.service for line, _ in index.facts.prescribed(client)}
    mine = index.sessions_of(client)
    for day in attendance.days[client.id] if placement.cohort is not None else ():
        today = [session for session in mine if session.day == day]
        for block, interval in index.own_blocks(client, placement.cohort or "", day):
            if not block.counts:
                continue
            left = sum(index.service(one).minutes for one in today if inside(index, one, interval))
            blocks[day] += block.minutes - left
            services[day] += 1
            group += (block.minutes - left) * block.group_therapy
    for session in mine:
        service = index.service(session)
        services[session.day] += 1
        if service.id in prescribed and service.counts:
            sessions[session.day] += service.minutes
            group += service.minutes * service.group_therapy
    return Dosage(tuple(blocks), tuple(sessions), tuple(services), group, _extra(index, client))


def _extra(index: RosterIndex, client: Client) -> int:
    """Minutes of dosage beyond the prescribed least numbers of sessions."""
    return sum(
        service.minutes * max(0, index.delivered(client, service.id) - line.min_count)
        for line, service in index.facts.prescribed(client)
        if service.counts
    )
