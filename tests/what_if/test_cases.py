"""Which cases the options ask for, what they are called, and what is said of bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.scenario.apply import apply
from iop_sched.scenario.load import load_scenarios
from iop_sched.week.problems import InputProblems
from iop_sched.what_if.case import Case, load_cases, unique
from what_if.tiny import POLICY, WEEK


def scenario(folder: Path, name: str, *changes: str) -> Path:
    path = folder / f"{name}.yaml"
    lines = "".join(f"  - {change}\n" for change in changes)
    path.write_text(f"name: {name}\ndescription: About {name}.\nchanges:\n{lines}", encoding="utf-8")
    return path


def loaded(
    scenarios: tuple[Path, ...] = (), changes: tuple[str, ...] = (), sweeps: tuple[str, ...] = ()
) -> list[Case]:
    return load_cases(WEEK, POLICY, scenarios, changes, sweeps)


def test_each_file_is_a_case_all_changes_are_one_and_each_value_of_a_sweep_is_one(tmp_path: Path) -> None:
    first, second = (
        scenario(tmp_path, "one", "absent ana thu", "discharge ben"),
        scenario(tmp_path, "two", "close fri"),
    )
    found = loaded((first, second), ("out tom thu", "discharge cy"), ("cohort-size.max=8..9",))
    names = [one.name for one in found]
    assert names == [
        "one",
        "two",
        "out tom thu, discharge cy",
        "out tom thu, discharge cy, cohort-size.max=8",
        "out tom thu, discharge cy, cohort-size.max=9",
    ]
    assert found[0].description == "About one."
    assert len(found[0].changed.sentences) == 2
    # a sweep has the changes too, and no scenario file
    assert [len(one.changed.sentences) for one in found[3:]] == [3, 3]
    assert {cohort.members.max for cohort in found[4].changed.week.cohorts} == {9}


def test_sweeps_are_not_crossed() -> None:
    found = loaded(sweeps=("cohort-size.max=8,9", "limit max_moves=0..1"))
    assert [one.name for one in found] == [
        "cohort-size.max=8",
        "cohort-size.max=9",
        "limit max_moves=0",
        "limit max_moves=1",
    ]


def test_other_commands_get_the_same_week_with_the_options_of_a_case() -> None:
    for one in loaded(changes=("out tom thu",), sweeps=("cohort-size.max=8",)):
        assert set(one.asked[::2]) == {"--change"}
        again = apply(WEEK, POLICY, load_scenarios((), one.asked[1::2]))
        assert (again.week, again.policy) == (one.changed.week, one.changed.policy)


def test_newcomers_are_those_whom_the_week_did_not_have() -> None:
    assert loaded(changes=("surge 2 like ana",))[0].newcomers(WEEK) == ("ana-like-1", "ana-like-2")
    assert loaded(changes=("discharge ana",))[0].newcomers(WEEK) == ()


def test_names_and_files_are_unique(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    found = loaded(
        (scenario(tmp_path, "Snow day!", "close thu"), scenario(tmp_path / "b", "Snow day!", "close fri"))
    )
    assert [one.name for one in found] == ["Snow day!", "Snow day! (2)"]
    assert [one.file for one in found] == ["snow-day", "snow-day-2"]
    assert unique(["a", "a", "a-2", "a"], "-{}") == ["a", "a-2", "a-2-2", "a-3"]
    # a name without a letter that a file could have
    assert loaded((scenario(tmp_path, "雪", "close thu"),))[0].file == "case"


def test_all_that_cannot_be_read_is_said_at_once(tmp_path: Path) -> None:
    bad = scenario(tmp_path, "bad", "oot tom")
    with pytest.raises(InputProblems) as found:
        loaded((bad,), ("close fry",), ("cohort-size.max",))
    said = sorted(str(problem) for problem in found.value.problems)
    assert len(said) == 3
    assert said[0].startswith("--change 1: 'fry'")
    assert said[1].startswith("--sweep cohort-size.max: there are no values")
    assert said[2].startswith(f"{bad}:4:5: changes #1: there is no change 'oot'; did you mean 'out'?")


def test_a_change_that_cannot_be_made_is_said_once_though_each_value_has_it(tmp_path: Path) -> None:
    bad = scenario(tmp_path, "bad", "pause annie")
    with pytest.raises(InputProblems) as found:
        loaded((bad,), ("pause bem",), ("cohort-size.max=8..10",))
    said = sorted(str(problem) for problem in found.value.problems)
    assert len(said) == 2
    assert said[0].startswith("--change 1: there is no client 'bem'; did you mean 'ben'?")
    assert "there is no client 'annie'" in said[1]


def test_a_value_that_contradicts_a_change_is_refused() -> None:
    with pytest.raises(InputProblems, match="contradicts"):
        loaded(changes=("cohort-size.max 8",), sweeps=("cohort-size.max=9..10",))
