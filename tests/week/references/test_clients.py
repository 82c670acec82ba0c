"""Clients: prescriptions, intakes, stays and authorisations that contradict themselves."""

from __future__ import annotations

import pytest

from week.texts import expect, problems, spoil

SECOND = "hours: {min: 9, target: 9, max: 10}\n    days: [3]"

CASES = [
    ("target: 12", "target: «16", "the target is not between min and max"),
    ("hours: {min: 9, target: 12, max: 15}", "hours: {min: «16, target: 16, max: 15}", "min is above max"),
    ("hours: {min: 9, target: 9, max: 10}", "hours: {min: 4, target: 5, max: «8}", "'step_down: true'"),
    ("hours: {min: 9, target: 9, max: 10}", "hours: {min: «21, target: 22, max: 25}", "write 20 or less"),
    (SECOND, "hours: {min: 9, target: 9, max: 10}\n    days: «[]", "names no days a week"),
    ("days: [3, 4]", "days: [«2, 4]", "only for stepping down"),
    ("days: [3, 4]", "days: [3, «6]", "level 'iop' has 3 to 5 days"),
    ("days: [3, 4]", "days: [3, «8]", "a week has 1 to 7 days"),
    ("days: [3, 4]", "days: [3, «3]", "this number stands twice"),
    ("days: [3, 4]", "days: [3, «4]\n    weekdays: [mon, tue, wed]", "fewer weekdays allowed"),
    ("min_count: 1, max_count: 2", "min_count: «3, max_count: 2", "min_count is above max_count"),
    ("max_count: 2}", "max_count: 2}\n    - {service: «individual}", "'individual' is prescribed already"),
    ("max_count: 2}", "max_count: 2}\n    - {service: «family-talk}", "is for clients with loved ones"),
    (
        "- id: c02\n",
        "- id: c02\n  stay: {earliest_start: thu, latest_start: «wed}\n",
        "before earliest_start",
    ),
    ("- id: c02\n", "- id: c02\n  stay: {earliest_start: thu, last_day: «wed}\n", "before earliest_start"),
    ("- id: c02\n", "- id: c02\n  stay: {length_days: {min: «0, max: 9}}\n", "a day at least"),
    ("last: 2026-03-31, hours: 60", "last: «2026-02-28, hours: 60", "before 'first'"),
    (
        "{first: 2026-03-01, last: 2026-03-31, hours: 60}",
        "«{first: 2026-03-01, last: 2026-03-31}",
        "hours or days",
    ),
    ("last: 2026-03-31, hours: 60}", "last: 2026-03-31, hours: 60, days: 3}", "name either hours or days"),
    ("intake: {assessment: assessment, assessment_only: true}", "priority: 2", "has no prescription"),
    ("{assessment: assessment, assessment_only: true}", "{assessment_only: «true}", "name the service"),
    ("- id: c02\n", "- id: c02\n  stay: {last_date: «2026-03-08}\n", "write the weekday in 'last_day'"),
    ("- id: c02\n", "- id: c02\n  stay: {last_day: fri, last_date: «2026-04-03}\n", "name one of the two"),
]


def step(monday: str, days: str = "[3]", hours: str = "{min: 9, target: 9, max: 10}", more: str = "") -> str:
    return f"\n    - {{week_of: {monday}, days: {days}, hours: {hours}{more}}}"


STEP_CASES = [
    (step("«2026-03-10"), "not a Monday"),
    (step("«2026-03-02"), "due already"),
    (step("2026-03-16") + step("«2026-03-16"), "set the steps in order"),
    (step("2026-03-16") + step("«2026-03-09"), "set the steps in order"),
    (step("2026-03-09", days="[«2]"), "only for stepping down"),
    (step("2026-03-09", days="[3, «3]"), "this number stands twice"),
    (step("2026-03-09", days="«[]"), "names no days a week"),
    (step("2026-03-09", hours="{min: «11, target: 11, max: 10}"), "min is above max"),
    (step("2026-03-09", hours="{min: 9, target: «11, max: 10}"), "not between min and max"),
    (step("2026-03-09", hours="{min: 6, target: 6, max: «7}"), "'step_down: true'"),
]


@pytest.mark.parametrize(("steps", "said"), STEP_CASES)
def test_a_step_is_checked_as_the_prescription_that_it_becomes(steps: str, said: str) -> None:
    expect([(SECOND, f"{SECOND}\n    steps:{steps}")], said)


def test_a_step_may_go_below_the_floor_where_it_says_so() -> None:
    two = step("2026-03-09", "[2]", "{min: 6, target: 6, max: 7}", ", step_down: true")
    assert problems(spoil((SECOND, f"{SECOND}\n    steps:{two}"))) == ()


def test_a_stay_may_end_on_a_later_date() -> None:
    assert problems(spoil(("- id: c02\n", "- id: c02\n  stay: {last_date: 2026-03-09}\n"))) == ()


@pytest.mark.parametrize(("old", "new", "said"), CASES)
def test_a_contradiction_is_reported(old: str, new: str, said: str) -> None:
    if "«" in new:
        expect([(old, new)], said)
        return
    (found,) = problems(spoil((old, new)))
    assert said in str(found)
    assert found.where.startswith("clients[")


def test_an_assessment_alone_has_no_prescription() -> None:
    text = spoil(("  excludes: [phil]", "  intake: {assessment: assessment, assessment_only: true}"))
    (found,) = problems(text)
    assert found.where == "clients[c02].prescription"


def test_an_assessment_is_not_prescribed_as_well() -> None:
    prescription = (
        "  intake: {assessment: assessment}\n  prescription:\n    hours: {min: 9, target: 9, max: 10}\n"
    )
    services = "    services: [{service: «assessment}]\n    days: [3]"
    whole = f"- id: c03\n  level: iop\n{prescription}{services}"
    expect(
        [("- id: c03\n  level: iop\n  intake: {assessment: assessment, assessment_only: true}", whole)],
        "is the client's assessment already",
    )


@pytest.mark.parametrize(
    ("flag", "prescription"),
    [
        ("step_down", "hours: {min: 2, target: 4, max: 6}\n    days: [1, 2]"),
        ("step_down", "hours: {min: 22, target: 22, max: 24}\n    days: [6]"),
        ("group_optional", "hours: {min: 2, target: 4, max: 6}"),
    ],
)
def test_stepping_down_and_going_without_a_group_leave_the_level_behind(flag: str, prescription: str) -> None:
    assert problems(spoil((SECOND, prescription), ("- id: c02\n", f"- id: c02\n  {flag}: true\n"))) == ()


def test_a_family_service_is_for_a_client_with_loved_ones() -> None:
    with_family = ("- id: c01\n  level", "- id: c01\n  family: {attendees: 2}\n  level")
    assert (
        problems(spoil(("max_count: 2}", "max_count: 2}\n    - {service: family-talk}"), with_family)) == ()
    )
