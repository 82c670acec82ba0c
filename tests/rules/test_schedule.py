"""The derived figures, at their edges."""

from __future__ import annotations

import pytest

from builder import Raw, meeting, session
from iop_sched.rules import Schedule, evaluate
from iop_sched.rules.service_timing import block_days, session_days
from iop_sched.week.policy import Policy
from iop_sched.week.times import Day
from joined import schedule

MON, TUE, WED, THU = Day.MON, Day.TUE, Day.WED, Day.THU


def attended(found: Schedule, name: str) -> tuple[Day, ...]:
    return found.attended_days(found.facts.clients[name])


def test_base_roster_breaks_nothing_and_its_figures_are_right() -> None:
    found = schedule()
    result = evaluate(found.facts.week, found.roster, Policy())
    assert result.holds, result.violations
    ana = found.dosage(found.facts.clients["ana"])
    assert (ana.blocks[:4], ana.sessions[TUE], ana.total) == ((180, 180, 180, 0), 50, 590)
    assert ana.services[:3] == (2, 3, 2)
    # Short: ana 540 - 50 needed - 540 < 0, ben 540 - 540, cy 540 - 720 < 0: nobody.
    assert result.tiers["dose"].value == 0
    # Scale, with nobody placed: ana 540 - 50 + 50 points for the session, ben 540, cy 540.
    assert result.tiers["dose"].scale == 1620
    # fay 4 x 180, tom 60 (50 rounded up to the grid of 15), 4 meetings at 60.
    assert result.tiers["cost"].value == 4 * 60 + 4 * 180 + 60


def test_closed_day_is_not_due_but_keeps_the_seat() -> None:
    def close_tuesday(facts: Raw, decided: Raw) -> None:
        facts["closures"] = [{"day": "tue", "sites": ["north"]}]
        decided["facilitation"] = [
            meeting("morning", day, held=True, room="hall") for day in ("mon", "wed", "thu")
        ]
        decided["sessions"] = []

    found = schedule(close_tuesday)
    assert found.due_days("morning") == (MON, WED, THU)
    assert attended(found, "ben") == (MON, WED)
    assert TUE in found.facts.open_days("south")
    assert TUE in found.facts.open_days(None)
    # 360 + 0 needed is below the floor of 360 for three days; two of three days ask for 240 only.
    result = evaluate(found.facts.week, found.roster, Policy())
    assert not [one for one in result.violations if one.rule == "weekly-hours"]


def test_closure_everywhere_closes_online_too() -> None:
    found = schedule(lambda facts, _: facts.update(closures=[{"day": "sun"}]))
    assert Day.SUN not in found.facts.open_days(None)
    assert Day.SUN not in found.facts.open_days("south")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("12:00", "13:00", (MON, TUE, WED)),  # half-open: the last own block ends at 12:00
        ("11:45", "13:00", (MON, WED)),
        ("08:00", "09:00", (MON, TUE, WED)),
        ("08:00", "09:15", (MON, WED)),
    ],
)
def test_absence_excuses_when_it_touches_an_own_block(start: str, end: str, days: tuple[Day, ...]) -> None:
    absence = [{"days": ["tue"], "start": start, "end": end}]
    found = schedule(lambda facts, _: facts["clients"][1].update(absences=absence))
    assert attended(found, "ben") == days
    # cy, who stays on until 13:00, would be excused by the first one too.
    late = schedule(lambda facts, _: facts["clients"][2].update(absences=absence))
    assert attended(late, "cy") == ((MON, WED) if start != "08:00" or end != "09:00" else (MON, TUE, WED))


def test_midweek_start_and_discharge_bound_attended_days() -> None:
    found = schedule(lambda _, decided: decided["placements"][1].update(start="tue", last="tue"))
    assert attended(found, "ben") == (TUE,)


def test_meeting_not_held_is_not_attended() -> None:
    def cancel(_: Raw, decided: Raw) -> None:
        decided["facilitation"][0] = {"cohort": "morning", "day": "mon", "held": False}

    found = schedule(cancel)
    assert attended(found, "ben") == (TUE, WED)
    result = evaluate(found.facts.week, found.roster, Policy())
    assert (result.tiers["kept"].value, result.tiers["kept"].scale) == (1, 1)


def test_php_stays_on_for_the_late_block() -> None:
    found = schedule()
    cy, ben = found.facts.clients["cy"], found.facts.clients["ben"]
    assert [block.id for block, _ in found.own_blocks(cy, "morning", MON)] == ["process", "skills", "late"]
    assert found.dosage(cy).block_minutes == 3 * 240
    assert found.dosage(ben).block_minutes == 3 * 180
    monday = found.meetings["morning", MON]
    late = found.facts.blocks_on("morning", MON)[2]
    assert [one.id for one in found.attendance.present(monday, late)] == ["cy"]
    assert found.span(monday) == (540, 780)


@pytest.mark.parametrize(("day", "blocks", "total"), [("mon", 190, 720), ("thu", 240, 770)])
def test_session_inside_a_block_counts_its_minutes_once(day: str, blocks: int, total: int) -> None:
    def prescribe(facts: Raw, decided: Raw) -> None:
        facts["clients"][2]["prescription"]["services"] = [{"service": "individual"}]
        decided["placements"][2]["primary"] = "tom"
        decided["sessions"] = [session("individual", ["cy"], day, "12:00")]

    found = schedule(prescribe)
    figures = found.dosage(found.facts.clients["cy"])
    assert (figures.blocks[MON], figures.total) == (blocks, total)


def test_rounding_to_the_grid() -> None:
    found = schedule()
    assert found.session_interval(found.roster.sessions[0]) == (780, 840)
    assert found.facts.occ(60) == 60
    assert found.loads["tom"] == (0, 60, 0, 0, 0, 0, 0)


def test_week_boundary_numbers_last_week_before_monday() -> None:
    def remember(facts: Raw, _: Raw) -> None:
        facts["previous"] = {
            "placements": [{"client": "ana", "cohort": "morning", "days": ["wed", "thu"]}],
            "sessions": [{"client": "ana", "service": "individual", "day": "sun", "start": "10:00"}],
        }

    found = schedule(remember)
    ana = found.facts.clients["ana"]
    assert session_days(found, ana, "individual") == [-1, 1]
    assert block_days(found, ana, "process") == {-5, -4, 0, 1, 2}
    assert block_days(found, ana, "late") == set()


@pytest.mark.parametrize(("spacing", "breaches"), [(2, 0), (3, 1)])
def test_spacing_looks_across_the_week_boundary(spacing: int, breaches: int) -> None:
    def remember(facts: Raw, _: Raw) -> None:
        facts["services"][0]["spacing_days"] = spacing
        facts["previous"] = {
            "sessions": [{"client": "ana", "service": "individual", "day": "sun", "start": "10:00"}]
        }

    found = schedule(remember)
    result = evaluate(found.facts.week, found.roster, Policy())
    assert len([one for one in result.violations if one.rule == "service-timing"]) == breaches


def test_loved_ones_take_seats_and_travel_goes_both_ways() -> None:
    def invite(facts: Raw, decided: Raw) -> None:
        facts["clients"][0]["family"] = {"attendees": 2}
        decided["sessions"].append(session("circle", ["ana", "ben"], "thu", "15:00"))

    found = schedule(invite)
    assert [found.people(one) for one in found.roster.sessions] == [1, 4]
    assert found.facts.travel("north", "south") == found.facts.travel("south", "north") == 30
    assert found.facts.travel("north", None) == 0


def test_inherited_numbers_count_only_treated_clients_of_this_week() -> None:
    previous = [
        {"client": name, "cohort": "morning", "primary": "tom"} for name in ("ana", "ben", "gone", "dee")
    ]

    def remember(facts: Raw, _: Raw) -> None:
        facts["previous"] = {"placements": previous}
        facts["clients"].append({"id": "dee", "level": "iop"})

    found = schedule(remember)
    assert [one.id for one in found.facts.inherited_members["morning"]] == ["ana", "ben"]
    assert found.facts.inherited_caseload == {"tom": 2}
