"""The scenario files that come with the program, and their documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.scenario.apply import apply
from iop_sched.scenario.inverse import inverse
from iop_sched.week.policy import Policy
from scenario.readme import FILES, README, filled, programs_of, scenario, week


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_applies_where_the_readme_says(path: Path) -> None:
    programs = programs_of(path)
    assert programs
    assert scenario(path).description.endswith(".")
    for program in programs:
        changed = apply(week(program), Policy(), [scenario(path)])
        assert len(changed.sentences) >= len(scenario(path).changes)
        back = apply(changed.week, changed.policy, [inverse(week(program), Policy(), scenario(path))])
        assert (back.week, back.policy) == (week(program), Policy())


def test_there_are_ten_and_two_programs_can_try_most() -> None:
    assert len(FILES) == 10
    for program in ("work-friendly", "cohort-20h"):
        assert sum(program in programs_of(path) for path in FILES) >= 7


def test_the_readme_is_current() -> None:
    text = README.read_text(encoding="utf-8")
    assert filled(text) == text, "run python tests/scenario/readme.py"
