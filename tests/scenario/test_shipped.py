"""The scenario files that come with the program, and their documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iop_sched.scenario.apply import apply
from iop_sched.scenario.inverse import inverse
from iop_sched.week.policy import Policy
from scenario.readme import (
    FILES,
    FOLDER,
    INSTANCES,
    README,
    STORIES,
    filled,
    programs_of,
    scenario,
    tries,
    week,
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_each_applies_where_the_readme_says(path: Path) -> None:
    programs = programs_of(path)
    assert programs
    assert scenario(path).description.endswith(".")
    for program in programs:
        changed = apply(week(program), Policy(), [scenario(path)])
        assert len(changed.sentences) >= len(scenario(path).changes)
        back = apply(changed.week, changed.policy, [inverse(week(program), Policy(), scenario(path))])
        assert (back.week, back.policy) == (week(program), Policy())


def test_ten_stories_are_told_of_two_programs_each() -> None:
    assert len(STORIES) == 10
    for name, paths in STORIES.items():
        assert {"quickstart", "work-friendly"} <= tries(name).keys()
        assert len({(scenario(path).name, scenario(path).description) for path in paths}) == 1


def test_the_readme_is_current() -> None:
    text = README.read_text(encoding="utf-8")
    assert filled(text) == text, "run python tests/scenario/readme.py"
    for named in re.findall(r"instances/[\w/-]+\.yaml", text.replace("PROGRAM", "quickstart")):
        assert (INSTANCES.parent / named).exists()
