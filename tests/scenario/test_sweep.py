"""Sweeps: one change with several values."""

from __future__ import annotations

import pytest

from iop_sched.scenario.sweep import sweep
from iop_sched.week.problems import InputProblems
from scenario.trying import change


def test_a_range_has_both_ends() -> None:
    found = sweep("cohort-size.max=8..14")
    assert [one.name for one in found] == [f"cohort-size.max={value}" for value in range(8, 15)]
    assert [one.changes for one in found] == [(change(f"cohort-size.max {value}"),) for value in range(8, 15)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("cohort-size.max=8..14/2", [f"cohort-size.max={n}" for n in (8, 10, 12, 14)]),
        ("attendance.max=8..13/4 plain", ["attendance.max=8 plain", "attendance.max=12 plain"]),
        ("limit max_moves = 0,3,none", ["limit max_moves=0", "limit max_moves=3", "limit max_moves=none"]),
        ("rule max-moves=hard,off", ["rule max-moves=hard", "rule max-moves=off"]),
        ("admit=1..2 evening", ["admit=1 evening", "admit=2 evening"]),
        ("close=mon,fri", ["close=mon", "close=fri"]),
        ("caseload t-ana=5", ["caseload t-ana=5"]),
    ],
)  # fmt: skip
def test_values(text: str, names: list[str]) -> None:
    assert [one.name for one in sweep(text)] == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cohort-size.max", "there are no values to try; write a change with '='"),
        ("cohort-size.max=1=2", "a sweep names the values of one thing"),
        ("cohort-size.max=9..8", "this range has no values, or too many"),
        ("cohort-size.max=8..9/0", "this range has no values, or too many"),
        ("cohort-size.max=0..1000", "this range has no values, or too many"),
        ("cohort-size.max=8..", "these are no values; write 8..14"),
        ("cohort-size.max=8,,9", "these are no values; write 8..14"),
        ("cohort-siz.max=8..9", "there is no change 'cohort-siz.max'; did you mean 'cohort-size.max'?"),
    ],
)
def test_mistakes(text: str, said: str) -> None:
    with pytest.raises(InputProblems) as error:
        sweep(text)
    assert str(error.value).startswith(f"--sweep {text}: {said}")
    assert len(error.value.problems) == 1
