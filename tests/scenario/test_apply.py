"""Scenarios applied: composition, contradictions, and where each problem is."""

from __future__ import annotations

import pytest

from iop_sched.scenario.apply import apply
from iop_sched.scenario.scenario import Origin, Scenario
from iop_sched.week.policy import Policy
from iop_sched.week.problems import InputProblems
from scenario.trying import WEEK, Written, change, refused, scenario, tried

PIN = {"id": "pin-c01-tuesday", "place": {"client": "c01"}}


def test_no_change_changes_nothing() -> None:
    assert apply(WEEK, Policy(), []).week is WEEK
    assert tried().week == WEEK


def test_one_after_another() -> None:
    first = scenario("admit c99 like c12", "rule max-moves off", "out t-ana thu")
    second = scenario("days c99 3,4", "weight cost.staff 2", "leave t-ana")
    left = apply(WEEK, Policy(), [first])
    both = apply(WEEK, Policy(), [first, second])
    then = apply(left.week, left.policy, [second])
    assert (both.week, both.policy) == (then.week, then.policy)
    assert both.sentences == (*left.sentences, *then.sentences)
    assert WEEK.clinicians[0].id == "t-ana"


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("out t-ana thu", "leave t-ana", "clinician t-ana"),
        ("out t-ana thu", "back t-ana thu", "clinician t-ana"),
        ("caseload t-ana 4", "caseload t-ana 5", "clinician t-ana"),
        ("works t-ana thu 9:00-12:00", "works t-ana wed,thu 9:00-13:00", "clinician t-ana"),
        ("days c12 3", "days c12 4", "client c12"),
        ("days c12 4", "discharge c12", "client c12"),
        ("pause c05", "absent c05 thu", "client c05"),
        ("service c12 individual 2", "service c12 individual 0", "client c12"),
        ("close cohort co-morning", "close cohort co-morning", "cohort co-morning"),
        ("open co-afternoon", "close cohort co-afternoon", "cohort co-afternoon"),
        ("move co-morning evening", "move co-morning afternoon", "cohort co-morning"),
        ("cohort-size 5..8", "cohort-size.max 9", "cohort size"),
        ("close fri", "reopen fri", "closure fri"),
        ("room room-sky capacity 9", "close room room-sky", "room room-sky"),
        ("rule max-moves off", "rule max-moves hard", "rule max-moves"),
        ("max-new-cohorts 1", "max-new-cohorts 2", "max-new-cohorts"),
        ("discharge c12", "admit c12 like c13", "client c12"),
        ("pin c12 in co-evening", "close cohort co-evening", "cohort co-evening"),
        ("admit c99 like c12", "discharge c99", "client c99"),
        ("admit c99 like c12", "admit c99 like c13", "client c99"),
        ("leave t-ben", "hire t-ben like t-ana", "clinician t-ben"),
        ("close room room-sky", "close room room-sky", "room room-sky"),
        ("close room room-sky thu", "close room room-sky thu", "room room-sky"),
        ("hours c12 10", "hours c12 11", "client c12"),
        ("out t-ana thu", "back t-ana thu 9:00-10:00", "clinician t-ana"),
        ("busy c12 thu 9:00-12:00", "free c12 thu 11:00-13:00", "client c12"),
        ("cohort-size.max 5 co-morning", "cohort-size.max 8", "cohort size"),
        ("open co-afternoon on mon,wed,thu", "move co-afternoon evening", "cohort co-afternoon"),
        ("unpin pin-c01-tuesday", {"change": "pin", "pin": PIN}, "pin pin-c01-tuesday"),
    ],
)
def test_contradictions(one: Written, other: Written, about: str) -> None:
    said = f"this contradicts change 1, which says something about {about} as well; keep one of the two"
    assert refused(one, other) == [said]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("out t-ana thu", "out t-ana fri"),
        ("out t-ana thu 9:00-10:00", "out t-ana thu 14:00-15:00"),
        ("out t-ana thu", "caseload t-ana 5"),
        ("cohort-size.min 3", "cohort-size.max 9"),
        ("admit c99 like c12", "days c99 3,4"),
        ("hire t-new like t-ana", "out t-new thu"),
        ("slot noon 12:00", "open co-afternoon in noon"),
        ("close thu", "close fri"),
        ("cohort-size.max 8", "cohort-size.max 5 co-morning"),
        ("out t-ana thu 9:00-12:00", "out t-ana thu 11:00-14:00"),
        ("discharge c12", "admit c99 like c13"),
        ("pin c12 in co-evening", "pin c14 in co-evening"),
    ],
)
def test_what_goes_together(one: Written, other: Written) -> None:
    assert len(tried(one, other).sentences) >= 2


def test_every_problem_where_its_change_was_written() -> None:
    made = tuple(map(change, ("close fri", "out t-anna", "discharge c77")))
    origins = tuple(Origin("s.yaml", line, 3, f"changes[{at}]") for at, line in enumerate((4, 5, 9)))
    with pytest.raises(InputProblems) as error:
        apply(WEEK, Policy(), [Scenario("s", "", made, origins)])
    assert str(error.value).splitlines() == [
        "s.yaml:5:3: changes #2: there is no clinician 't-anna'; did you mean 't-ana'?",
        "s.yaml:9:3: changes #3: there is no client 'c77'; did you mean 'c07'?",
    ]


def test_a_week_out_of_order_is_laid_to_the_change_that_made_it_so() -> None:
    written = ("close fri", "days c12 2", "admit c99 like c12", "days c13 7", "close mon")
    made = Scenario("s", "", tuple(map(change, written)))
    with pytest.raises(InputProblems) as error:
        apply(WEEK, Policy(), [made])
    assert [(one.where, one.what.partition(", prescription")[0]) for one in error.value.problems] == [
        ("changes[1]", "after this change, clients c12"),
        ("changes[3]", "after this change, clients c13"),
        ("changes[2]", "after this change, clients c99"),
    ]


def test_what_a_later_change_puts_in_order_is_in_order() -> None:
    early, late = {"change": "cohort-size", "max": 3}, {"change": "cohort-size", "min": 2}
    assert len(refused(early)) == 3
    assert {(one.members.min, one.members.max) for one in tried(early, late).week.cohorts} == {(2, 3)}
