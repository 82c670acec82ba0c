"""The file of a roster that was changed by hand: what it breaks and costs, how good it is, its provenance."""

from __future__ import annotations

import pytest

from iop_sched.report.findings import check_roster
from iop_sched.report.views import VIEWS, render
from iop_sched.report.words import Labels
from iop_sched.revise import edits
from iop_sched.revise.edited_file import edited_file
from iop_sched.revise.edits import Edited
from iop_sched.revise.effect import effect_of
from iop_sched.revise.pinning import PinIds, overriding_pin, with_pins
from iop_sched.rules import Schedule, evaluate
from iop_sched.week.files import canonical_sha256
from iop_sched.week.result import RosterFile
from iop_sched.week.times import Day
from report.harbour import POLICY, SCHEDULE, WEEK, found_file, printed

BASE = found_file()


def written(edited: Edited, base: RosterFile = BASE) -> RosterFile:
    evaluation = evaluate(WEEK, edited.roster, POLICY)
    return edited_file(base, WEEK, POLICY, edited.roster, edited.words, evaluation)


def full() -> Edited:
    """c12 in eve-1, which has two members and takes two."""
    return edits.seat(SCHEDULE, POLICY, "c12", "eve-1", (Day.MON, Day.TUE, Day.THU))


def dropped() -> Edited:
    """c06 is new, and one of two members of a new cohort that needs two."""
    return edits.drop(SCHEDULE, "c06")


# Effect


def test_what_a_change_breaks_and_costs() -> None:
    effect = effect_of(WEEK, BASE, full().roster, POLICY)
    assert {one.rule for one in effect.broken} == {"cohort-size"}
    assert (effect.mended, effect.waived, effect.after.holds) == ((), (), False)
    by_tier = {one.tier: one.difference for one in effect.tiers}
    # c12: priority 2 at 20 points each; 9 hours.
    assert (by_tier["kept"], by_tier["placed"], by_tier["dose"]) == (0, -40, -540)
    for tier, difference in by_tier.items():
        assert sum(one.difference for one in effect.costs if one.tier == tier) == difference


def test_what_a_change_mends() -> None:
    after = Schedule.of(WEEK, full().roster)
    effect = effect_of(WEEK, after.roster, edits.drop(after, "c12").roster, POLICY)
    assert ({one.rule for one in effect.mended}, effect.broken) == ({"cohort-size"}, ())


def test_an_override_sets_aside_what_it_names() -> None:
    edited = full()
    place = next(one for one in edited.roster.placements if one.client == "c12")
    pin = overriding_pin(WEEK, place, ["cohort-size"], "the owner agreed", PinIds([]))
    effect = effect_of(WEEK, BASE, edited.roster, POLICY, with_pins(WEEK, [pin]))
    assert ({one.rule for one in effect.waived}, effect.broken) == ({"cohort-size"}, ())
    assert effect.after.holds


# Provenance


def test_a_roster_from_a_solve_says_nothing_of_edits() -> None:
    assert "edited" not in BASE.model_dump_json()
    assert RosterFile.model_validate_json(BASE.model_dump_json(), strict=True) == BASE


def test_changes_form_a_chain() -> None:
    first = written(dropped())
    second = written(edits.drop(Schedule.of(WEEK, first), "c09"), first)
    assert [one.words for one in second.provenance.edited] == [
        "drop c06 from eve-2 (mon, wed, fri)",
        "drop c09",
    ]
    hashes = [one.from_sha256 for one in second.provenance.edited]
    assert hashes == [canonical_sha256(BASE), canonical_sha256(first)]
    assert RosterFile.model_validate_json(second.model_dump_json(), strict=True) == second
    reasons = {one.client: one.reason for one in second.unplaced}
    assert all(reasons[client].startswith("taken out by hand; ") for client in ("c06", "c09"))
    assert reasons["c10"] == "the insurance is pending"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_so(view: str) -> None:
    file = written(full())
    schedule = Schedule.of(WEEK, file)
    for width in (80, 160):
        shown = printed(render(view, schedule, evaluate(WEEK, file, POLICY), file, POLICY, Labels()), width)
        text = " ".join(shown.split())
        assert "changed by hand" in text
        assert f"seat c12 in eve-1 (mon, tue, thu) (from roster {canonical_sha256(BASE)[:12]})" in text


# How good it is


def test_a_roster_that_holds_passes_check() -> None:
    file = written(edits.drop_session(SCHEDULE, "c02", "psychiatry"))
    assert (file.status, check_roster(WEEK, file, POLICY).violations) == ("feasible", ())


def test_bounds_are_kept_down_to_the_first_tier_that_is_worse() -> None:
    file = written(edits.drop_session(SCHEDULE, "c02", "psychiatry"))
    old, new = ({tier.name: tier for tier in one.tiers} for one in (BASE, file))
    # Dose is worse by the session: its own bound still holds, those after it are about another dose.
    assert new["dose"].value > old["dose"].value
    assert [new[tier].bound == old[tier].bound for tier in ("kept", "placed", "dose")] == [True] * 3
    assert [new[tier].bound for tier in ("continuity", "preference", "cost")] == [0, 0, 0]


def test_a_roster_that_breaks_rules_may_be_below_a_bound() -> None:
    file = written(full())
    placed = next(tier for tier in file.tiers if tier.name == "placed")
    # The bound of placed was met before; with c12 in, 40 points fewer are lost.
    assert (placed.bound - placed.value, placed.status) == (40, "open")
    assert placed.gap < 0
    assert {tier.status for tier in file.tiers} == {"open"}
    found = check_roster(WEEK, file, POLICY)
    assert {one.rule for one in found.violations} == {"cohort-size"}
    summary = printed(
        render("summary", Schedule.of(WEEK, file), evaluate(WEEK, file, POLICY), file, POLICY, Labels()),
        160,
    )
    assert "below the bound, as rules are broken" in summary
    assert "it BREAKS hard rules" in summary


def test_a_bound_of_another_week_is_not_kept() -> None:
    other = WEEK.model_copy(update={"program": "Harbor House"})
    file = edited_file(BASE, other, POLICY, BASE, "nothing", evaluate(other, BASE, POLICY))
    assert {tier.bound for tier in file.tiers} == {0}
    assert file.provenance.instance_sha256 == canonical_sha256(other)


def test_broken_is_no_word_for_a_roster_that_holds() -> None:
    found = check_roster(WEEK, BASE.model_copy(update={"status": "broken"}), POLICY)
    assert [one.message for one in found.violations] == ["recorded as broken, and every hard rule holds"]
