"""Which change a part of a changed week comes from."""

from __future__ import annotations

import pytest

from iop_sched.scenario.apply import apply
from iop_sched.scenario.load import load_scenarios
from iop_sched.scenario.trace import Trace
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from scenario.trying import WEEK


def traced(*texts: str) -> tuple[ProgramWeek, Trace]:
    scenarios = load_scenarios((), texts)
    return apply(WEEK, Policy(), scenarios).week, Trace(WEEK, Policy(), scenarios)


def clinician(week: ProgramWeek, id_: str) -> tuple[str, int]:
    return ("clinicians", [one.id for one in week.clinicians].index(id_))


def client(week: ProgramWeek, id_: str) -> tuple[str, int]:
    return ("clients", [one.id for one in week.clients].index(id_))


def test_what_a_change_adds_comes_from_it() -> None:
    week, trace = traced("out t-ben wed", "close fri")
    origin = trace.origin(("closures", len(week.closures) - 1))
    assert origin is not None
    assert origin.words == '--change "close fri"'


def test_what_changes_do_not_touch_is_found_where_it_was() -> None:
    week, trace = traced("discharge c01", "admit c99 like c12", "out t-ana thu")
    path = (*client(week, "c13"), "prescription", "hours", "max")
    assert trace.origin(path) is None
    assert trace.before(path) == (*client(WEEK, "c13"), "prescription", "hours", "max")
    assert trace.origin((*client(week, "c99"), "prescription", "hours", "max")) is not None
    assert trace.where(path) == "clients[c13].prescription.hours.max"


def test_the_last_change_that_made_it_so_is_told() -> None:
    week, trace = traced("cohort-size.max 8", "cohort-size.max 9 co-morning")
    said = {}
    for at, cohort in enumerate(week.cohorts):
        origin = trace.origin(("cohorts", at, "members", "max"))
        assert origin is not None
        said[cohort.id] = origin.text
        assert trace.origin(("cohorts", at, "members", "min")) is None
    assert said.pop("co-morning") == "cohort-size.max 9 co-morning"
    assert set(said.values()) == {"cohort-size.max 8"}


@pytest.mark.parametrize("text", ["out t-ana thu", "rule max-moves hard"])
def test_a_mode_or_limit_that_stays_comes_from_no_change(text: str) -> None:
    _, trace = traced(text)
    assert trace.origin_of_limit("max_moves") is None
    assert trace.origin_of_mode("max-moves") is None


def test_modes_and_limits_of_the_policy() -> None:
    _, trace = traced("rule cohort-size soft", "limit max_moves 1")
    limit, mode = trace.origin_of_limit("max_moves"), trace.origin_of_mode("cohort-size")
    assert limit is not None
    assert limit.text == "limit max_moves 1"
    assert mode is not None
    assert mode.text == "rule cohort-size soft"


def test_windows_which_have_no_id_are_told_apart() -> None:
    week, trace = traced("out t-ana thu", "out t-ana fri")
    at = clinician(week, "t-ana")
    away = [trace.origin((*at, "away", number)) for number in range(len(week.clinicians[at[1]].away))]
    assert [None if one is None else one.text for one in away][-2:] == ["out t-ana thu", "out t-ana fri"]


def test_without_changes_all_is_where_it_was() -> None:
    trace = Trace(WEEK, Policy())
    assert trace.origin(("clients", 3)) is None
    assert trace.before(("clients", 3)) == ("clients", 3)
