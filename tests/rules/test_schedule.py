"""The derived figures, at their edges, and every rule firing once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from builder import Raw, client, meeting, placement, roster, roster_raw, session, week, week_raw
from iop_sched.rules import CHECKS, Schedule, evaluate
from iop_sched.rules.service_timing import block_days, session_days
from iop_sched.week.policy import PENALTIES, RULES, TIERS, Policy
from iop_sched.week.times import Day

MON, TUE, WED, THU = Day.MON, Day.TUE, Day.WED, Day.THU


def schedule(change: Callable[[Raw, Raw], Any] | None = None) -> Schedule:
    facts, decided = week_raw(), roster_raw()
    if change is not None:
        change(facts, decided)
    return Schedule.of(week(facts), roster(decided))


def attended(found: Schedule, name: str) -> tuple[Day, ...]:
    return found.attended_days(found.facts.clients[name])


# Derived figures


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


# Every rule can fire


def _prescribe(facts: Raw, number: int, service: str, **more: Any) -> None:
    facts["clients"][number]["prescription"].setdefault("services", []).append({"service": service, **more})


def _circle(facts: Raw, decided: Raw) -> Any:
    for number in (0, 1):
        _prescribe(facts, number, "circle")
    decided["sessions"].append(session("circle", ["ana", "ben"], "thu", "15:00"))


def _moves(facts: Raw, decided: Raw) -> None:
    facts["cohorts"].append({**facts["cohorts"][0], "id": "old", "members": {"min": 0, "max": 12}})
    days = ["mon", "tue", "wed", "thu"]
    decided["cohorts"].append({"cohort": "old", "slot": "am", "days": days})
    decided["facilitation"] += [{"cohort": "old", "day": day, "held": False} for day in days]
    facts["clients"].append(client("dee"))
    decided["placements"].append(placement("dee"))
    facts["previous"] = {
        "placements": [{"client": name, "cohort": "old"} for name in ("ana", "ben", "cy", "dee")]
    }


def _care_team(facts: Raw, decided: Raw) -> None:
    facts["care_teams"] = [
        {
            "id": "team",
            "site": "north",
            "minutes": 60,
            "windows": [{"days": ["fri"], "start": "09:00", "end": "12:00"}],
        }
    ]


def _authorised(facts: Raw, decided: Raw) -> None:
    dates = {"first": "2026-03-02", "last": "2026-03-08"}
    facts["clients"][2]["authorisation"] = {**dates, "hours": 8}


def _intake(facts: Raw, decided: Raw) -> None:
    facts["clients"][1]["intake"] = {"assessment": "assess"}


BREAKING: dict[str, Callable[[Raw, Raw], Any]] = {
    "eligibility": lambda facts, _: facts["cohorts"][0].update(requires=["trauma"]),
    "cohort-size": lambda facts, _: facts["cohorts"][0].update(members={"min": 1, "max": 2}),
    "meeting-attendance": lambda facts, _: facts["agendas"][0]["blocks"][0].update(
        attendance={"min": 1, "max": 2}
    ),
    "meeting-held": lambda _, decided: decided["facilitation"].__setitem__(
        3, {"cohort": "morning", "day": "thu", "held": False}
    ),
    "companions": lambda facts, _: facts.update(apart=[("ana", "cy")]),
    "max-moves": _moves,
    "track": lambda _, decided: decided["placements"][1].update(days=["mon", "tue"]),
    "stay": lambda _, decided: decided["placements"][1].update(start="tue", last="fri"),
    "intake": _intake,
    "weekly-hours": lambda facts, _: facts["clients"][1]["prescription"]["hours"].update(min=9.25),
    "program-day": lambda facts, _: facts["levels"][0]["day_hours"].update(min=3.25),
    "authorisation": _authorised,
    "group-share": lambda facts, _: facts["levels"][0].update(group_share={"min": 60, "max": 70}),
    "client-time": lambda facts, _: facts["clients"][1].update(
        busy=[{"days": ["tue"], "start": "11:45", "end": "12:00"}]
    ),
    "clinician-time": lambda _, decided: decided["sessions"][0].update(start="19:15"),
    "clinician-load": lambda facts, _: facts["clinicians"][0].update(max_hours_day=2.75),
    "facilitation": lambda _, decided: decided["facilitation"][0].update(staff=[]),
    "care-team": _care_team,
    "service-delivery": lambda _, decided: decided.update(sessions=[]),
    "service-staff": lambda _, decided: decided["sessions"][0].update(
        staff=[{"need": 0, "clinician": "fay"}]
    ),
    "primary": lambda _, decided: decided["placements"][0].update(primary="fay"),
    "service-timing": lambda facts, _: facts["services"][0].update(follows={"block_kind": "movement"}),
    "open-group": lambda facts, decided: (
        facts["clients"][0].update(family={"attendees": 2}),
        _circle(facts, decided),
    ),
    "rooms": lambda facts, _: facts["rooms"][0].update(capacity=2),
    "supply": lambda facts, decided: (
        facts["supplies"][0].update(count=0),
        _circle(facts, decided),
    ),
    "pins": lambda facts, _: facts.update(pins=[{"id": "p", "place": {"client": "ana", "days": ["thu"]}}]),
    "continuity": lambda facts, _: facts.update(
        previous={"placements": [{"client": "ana", "cohort": "evening", "primary": "una"}]}
    ),
    "preferences": lambda facts, _: facts["clients"][1].update(preferences={"slots": ["pm"]}),
    "balance": lambda facts, _: facts["clinicians"][0].update(contract_hours=8),
    "cost": lambda facts, _: None,
}
HARDENED = ("meeting-held", "authorisation", "group-share", "service-delivery")


def test_registry_is_in_the_policy_order() -> None:
    assert list(CHECKS) == list(RULES) == list(BREAKING)


@pytest.mark.parametrize("rule", BREAKING)
def test_rule_fires_only_by_itself(rule: str) -> None:
    found = schedule(BREAKING[rule])
    policy = Policy(rules={name: "hard" for name in HARDENED if name == rule})
    result = evaluate(found.facts.week, found.roster, policy)
    paid = {PENALTIES[term.penalty].rule for term in result.terms}
    assert {one.rule for one in result.violations} == ({rule} if "hard" in RULES[rule].modes else set())
    assert "hard" in RULES[rule].modes or rule in paid
    left_out = evaluate(found.facts.week, found.roster, policy, without=frozenset({rule}))
    assert left_out.holds
    assert rule not in {PENALTIES[term.penalty].rule for term in left_out.terms}


STARRED = ["cohort-size", "meeting-attendance", "clinician-load", "service-timing"]


@pytest.mark.parametrize("rule", STARRED)
def test_soft_rule_pays_instead(rule: str) -> None:
    found = schedule(BREAKING[rule])
    result = evaluate(found.facts.week, found.roster, Policy(rules={rule: "soft"}))
    assert result.holds
    assert rule in {PENALTIES[term.penalty].rule for term in result.terms}


def test_soft_caseload_pays_and_covering_pays_in_every_mode() -> None:
    def burden(facts: Raw, decided: Raw) -> None:
        facts["clinicians"][2]["caseload"] = 0
        decided["placements"][0]["primary"] = "una"

    found = schedule(burden)
    hard = evaluate(found.facts.week, found.roster, Policy())
    soft = evaluate(found.facts.week, found.roster, Policy(rules={"primary": "soft"}))
    assert [one.rule for one in hard.violations] == ["primary"]
    assert [term.penalty for term in hard.terms if term.penalty.startswith("primary")] == ["primary.cover"]
    assert {"primary.cover", "primary.caseload"} <= {term.penalty for term in soft.terms}


OVERRIDABLE = {
    "eligibility": "ben",
    "cohort-size": "ben",
    "meeting-attendance": "ben",
    "companions": "ana",
    "track": "ben",
    "stay": "ben",
    "intake": "ben",
    "weekly-hours": "ben",
    "program-day": "ben",
    "authorisation": "cy",
    "max-moves": "ben",
    "service-timing": "ana",
    "client-time": "ben",
}


@pytest.mark.parametrize("rule", OVERRIDABLE)
def test_override_waives_the_rule_for_the_pinned_client(rule: str) -> None:
    name = OVERRIDABLE[rule]

    def waive(facts: Raw, decided: Raw) -> None:
        BREAKING[rule](facts, decided)
        pin = {"id": "w", "place": {"client": name}, "overrides": [rule], "reason": "asked"}
        facts["pins"] = [pin]

    found = schedule(waive)
    policy = Policy(rules={n: "hard" for n in HARDENED if n == rule})
    result = evaluate(found.facts.week, found.roster, policy)
    assert name not in {one.who for one in result.violations}
    if rule not in ("eligibility", "program-day"):
        assert result.holds, result.violations


def test_nobody_placed_is_at_stake_whole() -> None:
    found = schedule()
    raw = roster_raw()
    raw.update(placements=[], sessions=[])
    raw["cohorts"][0].pop("leader")
    raw["facilitation"] = [
        {"cohort": "morning", "day": day, "held": False} for day in ("mon", "tue", "wed", "thu")
    ]
    result = evaluate(found.facts.week, roster(raw), Policy())
    assert result.holds
    assert (result.tiers["dose"].value, result.tiers["placed"].value) == (1620, 60)
    assert result.tiers["dose"].scale == 1620
    assert result.weighted.value == result.weighted.scale
    assert list(result.tiers) == list(TIERS)


MALFORMED: dict[str, Callable[[Raw, Raw], Any]] = {
    "unknown cohort": lambda _, decided: decided["cohorts"][0].update(cohort="nowhere"),
    "not an option": lambda _, decided: decided["cohorts"][0].update(slot="pm"),
    "cohort twice": lambda _, decided: decided["cohorts"].append(decided["cohorts"][0]),
    "unknown leader": lambda _, decided: decided["cohorts"][0].update(leader="zed"),
    "unknown client": lambda _, decided: decided["placements"][0].update(client="zed"),
    "client twice": lambda _, decided: decided["placements"].append(placement("ana")),
    "not open": lambda _, decided: decided["placements"][0].update(cohort="evening"),
    "no cohort": lambda _, decided: decided["placements"][0].update(cohort=None, days=[]),
    "group-optional in a cohort": lambda facts, _: facts["clients"][1].update(group_optional=True),
    "no prescription": lambda facts, _: facts["clients"][1].pop("prescription"),
    "meeting missing": lambda _, decided: decided["facilitation"].pop(),
    "meeting not due": lambda _, decided: decided["facilitation"].append(meeting("morning", "fri")),
    "meeting twice": lambda _, decided: decided["facilitation"].append(meeting("morning", "mon")),
    "staff not held": lambda _, decided: decided["facilitation"][0].update(held=False),
    "no such block": lambda _, decided: decided["facilitation"][0]["staff"][0].update(block="yoga"),
    "no such need": lambda _, decided: decided["facilitation"][0]["staff"][0].update(need=1),
    "unknown room": lambda _, decided: decided["facilitation"][0].update(room="attic"),
    "unknown service": lambda _, decided: decided["sessions"][0].update(service="yoga"),
    "off the grid": lambda _, decided: decided["sessions"][0].update(start="13:05"),
    "past midnight": lambda _, decided: decided["sessions"][0].update(start="23:15"),
    "two clients": lambda _, decided: decided["sessions"][0].update(clients=["ana", "ben"]),
    "no offerings": lambda _, decided: decided["sessions"][0].update(offering="first"),
    "no service need": lambda _, decided: decided["sessions"][0].update(
        staff=[{"need": 1, "clinician": "tom"}]
    ),
    "unknown team": lambda _, decided: decided.update(
        team_meeting=[{"team": "x", "day": "mon", "start": "09:00", "attendees": []}]
    ),
}


@pytest.mark.parametrize("flaw", MALFORMED)
def test_malformed_roster_gets_structure_violations_alone(flaw: str) -> None:
    found = schedule(MALFORMED[flaw])
    result = evaluate(found.facts.week, found.roster, Policy())
    assert {one.rule for one in result.violations} == {"structure"}
    assert result.terms == ()
    assert all(figure.value == 0 and figure.scale >= 1 for figure in result.tiers.values())


def test_unknown_rule_is_refused() -> None:
    found = schedule()
    with pytest.raises(ValueError, match="no rule is called"):
        evaluate(found.facts.week, found.roster, Policy(), without=frozenset({"luck"}))
