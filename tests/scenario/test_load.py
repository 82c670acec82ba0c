"""Scenario files: what is read, and what is wrong with them, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.scenario.load import load_scenario, load_scenarios
from iop_sched.week.problems import InputProblems
from scenario.trying import change

TEXT = """\
description: two ways to say it
changes:
- close fri   # in short words
- change: out
  clinician: t-ana
  days: [thu]
  why: flu
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "holiday.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(tmp_path: Path, text: str) -> list[str]:
    path = write(tmp_path, text)
    with pytest.raises(InputProblems) as error:
        load_scenario(path)
    return [str(one).removeprefix(f"{path}:") for one in error.value.problems]


def test_both_ways(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)
    found = load_scenario(path)
    assert (found.name, found.description) == ("holiday", "two ways to say it")
    mapping = {"change": "out", "clinician": "t-ana", "days": ["thu"], "why": "flu"}
    assert found.changes == (change("close fri"), change(mapping))
    assert [(one.file, one.line) for one in found.origins] == [(str(path), 3), (str(path), 4)]


def test_hours_that_end_before_they_start_have_their_line(tmp_path: Path) -> None:
    found = problems(tmp_path, TEXT + '  start: "15:00"\n  end: "13:00"\n')
    [said] = found
    assert said.startswith("9:8: changes #2, end: this window ends before it starts; write a later end")


def test_everything_wrong_at_once(tmp_path: Path) -> None:
    text = """\
nam: x
changes:
- close fry
- {change: out, clinican: t-ana, days: [thu]}
- {change: oot}
- {clinician: t-ana}
- 3
- {change: hours, client: c12, target: 10.1}
- {change: admit, client: {id: c99, levle: iop}}
"""
    found = problems(tmp_path, text)
    assert [one.partition(": ")[0].partition(":")[0] for one in found] == [*"1344", *"56789", "9"]
    said = "\n".join(found)
    for words in (
        "1:1: there is no such field; write 'name'",
        "3:3: changes #1: 'fry' stands where",
        "there is no such field; write 'clinician'",
        "'clinician' is missing; add 'clinician: …'",
        "there is no such change; did you mean 'out'?",
        "'change' is missing; add 'change: …' with one of out,",
        "this is no change; write it in short words",
        "target: this is not a multiple",
        "there is no such field; write 'level'",
        "'level' is missing",
    ):
        assert words in said, words


@pytest.mark.parametrize(
    "text", ["changes: []\n", "changes: close fri\n", "name: x\n", "- close fri\n", "3\n"]
)
def test_no_changes(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text)


def test_files_come_before_short_words(tmp_path: Path) -> None:
    found = load_scenarios([write(tmp_path, TEXT)], ["close mon", "out t-ben"])
    assert [one.name for one in found] == ["holiday", "close mon, out t-ben"]
    assert [one.file for one in found[1].origins] == ["--change 1", "--change 2"]
    assert load_scenarios([], []) == []


def test_all_files_and_words_are_looked_at(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as error:
        load_scenarios(
            [tmp_path / "none.yaml", write(tmp_path, "changes: [oot]\n")], ["close fry", "bck lee"]
        )
    assert len(error.value.problems) == 4
    assert "--change 2: there is no change 'bck'; did you mean 'back'?" in str(error.value)
