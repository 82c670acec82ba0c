"""The figures of Harbour House, derived by hand from ``harbour.yaml`` and ``harbour.json``."""

from __future__ import annotations

from datetime import date

from iop_sched.upward.build import week_report
from iop_sched.upward.model import AtRisk, CohortFill, Ending, Share, Waitlist
from iop_sched.week.times import Day
from report.harbour import ROSTER, WEEK

FOUND = week_report(WEEK, ROSTER, "this week")
HOUR = 60


def test_rooms() -> None:
    # group-a: mor-1 Mon Wed and eve-1 Mon Tue Thu, 3 h each, and yoga; group-b: eve-2 Mon Wed Fri; office-1:
    # five sessions of an hour, psychiatry (30 min) and the assessment (90 min). No room has hours of its own:
    # main is staffed from 8 to 21 on weekdays and from 9 to 17 at the weekend; north, closed on Thursday,
    # from 8 to 21 on four days.
    main, north = (5 * 13 + 2 * 8) * HOUR, 4 * 13 * HOUR
    assert [(one.room, one.site, one.used_minutes, one.open_minutes) for one in FOUND.rooms] == [
        ("group-a", "main", 16 * HOUR, main),
        ("group-b", "north", 9 * HOUR, north),
        ("office-1", "main", 7 * HOUR, main),
    ]


def test_clinicians() -> None:
    # lee: 4.5 h of mor-1 and 7.5 h of eve-1, as mor works in a block of each; two sessions; the care team
    lee, kim, _, ada, _ = FOUND.clinicians
    assert (lee.groups, lee.sessions) == (5, 2)
    assert (lee.scheduled_minutes, lee.base_minutes) == (15 * HOUR, 20 * HOUR)
    # away on Wednesday morning, 4 h
    assert kim.available_minutes == (5 * 13 - 4) * HOUR
    # without a contract, working hours are what counts: psychiatry and the care team, of an afternoon
    assert (ada.scheduled_minutes, ada.contract_minutes, ada.base_minutes) == (90, None, 4 * HOUR)
    assert [one.overtime_minutes for one in FOUND.clinicians] == [0] * 5


def test_fill_and_waitlist() -> None:
    assert FOUND.cohorts[0] == CohortFill(
        cohort="mor-1", site="main", members=3, least=3, most=4, held=2, due=3
    )
    assert [(one.members, one.most) for one in FOUND.cohorts] == [(3, 4), (2, 2), (2, 3)]
    # c10 has waited 8 days, c12 and c13 none; c11 wants an assessment alone and does not wait for a place
    assert FOUND.waitlist == Waitlist(clients=3, median_days=0, longest_days=8)


def test_hours_and_group_share() -> None:
    (iop,) = FOUND.levels
    assert (iop.clients, iop.placed) == (12, 9)
    assert iop.prescribed_minutes == (12 + 10 + 10 + 10 + 8 + 10 + 10 + 2 + 1 + 9 + 9 + 9) * HOUR
    assert iop.prescribed_to_placed_minutes == 73 * HOUR
    assert (iop.authorised_minutes, iop.authorised_days) == (29 * HOUR, 3)
    # meetings 6 + 6 + 6 + 9 + 6 + 9 + 9, individual of c01 to c04, family of c07; c08 and c09 need no cohort
    assert iop.group_minutes == 51 * HOUR
    assert iop.counted_minutes == 56 * HOUR
    assert iop.scheduled_minutes == (56 + 2 + 1) * HOUR
    # c05 and c06 have nothing but groups, above 95 %
    assert iop.outside_share == 2


def test_what_was_kept() -> None:
    kept = FOUND.continuity
    assert (kept.places, kept.cohorts) == (Share(part=6, of=6), Share(part=5, of=5))
    # c05 has another primary, eve-1 another leader, c01's session another time
    assert kept.primaries == Share(part=5, of=6)
    assert kept.leaders == Share(part=1, of=2)
    assert kept.sessions == Share(part=0, of=1)


def test_days() -> None:
    (iop,) = FOUND.levels
    # mor-1 is not held on Friday: c01, c02 and c03 lose a day of three
    assert (iop.pattern_days, iop.program_days, iop.lost_days) == (20, 17, 3)
    assert (iop.short_days, iop.unauthorised_days, iop.billable_days) == (0, 1, 16)
    lost = {"short": (), "lost": (Day.FRI,)}
    assert FOUND.at_risk == (
        AtRisk(client="c01", unauthorised=(), **lost),
        # authorised until Tuesday
        AtRisk(client="c02", unauthorised=(Day.WED,), **lost),
        AtRisk(client="c03", unauthorised=(), **lost),
    )


def test_authorisations() -> None:
    # c02: 3 h on Monday and 1 h on Tuesday of 9; c03: Mon, Tue and Wed of 3 days; c01 uses 7 h of 20
    assert FOUND.endings == (
        Ending(
            client="c02",
            why="ends",
            last=date(2025, 3, 4),
            last_in_days=1,
            unit="hours",
            agreed=9,
            used=4,
            left=5,
        ),
        Ending(
            client="c03",
            why="used up",
            last=date(2025, 3, 31),
            last_in_days=28,
            unit="days",
            agreed=3,
            used=3,
            left=0,
        ),
    )


def test_dates_can_be_left_out() -> None:
    hidden = week_report(WEEK, ROSTER, "week 1", dates=False)
    assert "2025" not in hidden.model_dump_json()
    assert [one.last_in_days for one in hidden.endings] == [1, 28]
