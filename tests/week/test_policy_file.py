"""Policies from files, with everything wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.week.loading import load_policy_file
from iop_sched.week.policy import load_policy, policy_names
from iop_sched.week.problems import InputProblems, Problem
from week.texts import marks


def problems(folder: Path, text: str) -> list[Problem]:
    path = folder / "p.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        load_policy_file(path)
    return list(caught.value.problems)


@pytest.mark.parametrize("name", policy_names())
def test_named_policies_load(name: str) -> None:
    assert load_policy_file(name) == load_policy(name)


def test_a_file_loads(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'name = "mine"\n[rules]\ntrack = "off"\n[weights]\n"continuity.day" = 3\n', encoding="utf-8"
    )
    policy = load_policy_file(str(path))
    assert (policy.mode("track"), policy.weight("continuity.day")) == ("off", 3)


def test_a_policy_that_is_not_there() -> None:
    with pytest.raises(InputProblems, match="no such policy") as caught:
        load_policy_file("no-such-policy")
    assert policy_names()[0] in str(caught.value)


def test_a_slip_in_a_policys_name() -> None:
    with pytest.raises(InputProblems, match=f"did you mean '{policy_names()[0]}'"):
        load_policy_file(policy_names()[0] + "x")


def test_every_unknown_name_is_reported_where_it_stands(tmp_path: Path) -> None:
    text, places = marks(
        'name = "p"\n«colour = 3\n[rules]\n«trak = "off"\n«rooms = "off"\ncost = «"never"\n'.replace(
            "cost = «", "«cost = "
        )
        + '[weights]\n«"continuity.dya" = 3\n«"cost.staff" = -1\n[limits]\n«max_move = 2\n'
    )
    found = problems(tmp_path, text)
    assert [(one.line, one.column) for one in found] == places
    said = [str(one) for one in found]
    for words, line in zip(
        [
            "no such field",
            "did you mean 'track'",
            "cannot be off; write hard",
            "'hard', 'soft' or 'off'",
            "did you mean 'continuity.day'",
            "write 0 to 10000",
            "write 'max_moves'",
        ],
        said,
        strict=True,
    ):
        assert words in line


@pytest.mark.parametrize("text", ["name = ", "[rules", "x" * 40, '{"name": "p"}', "a = " + "[" * 5000])
def test_what_is_not_toml(tmp_path: Path, text: str) -> None:
    (found,) = problems(tmp_path, text)
    assert "not TOML" in found.what


def test_tiers_that_are_not_all_there(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, 'tiers = ["kept"]\n')
    assert "tiers must name each of kept" in found.what


def test_a_folder_and_bytes_that_are_not_text(tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match="a folder"):
        load_policy_file(tmp_path)
    (tmp_path / "b.toml").write_bytes(b"\xff\x00")
    with pytest.raises(InputProblems, match="UTF-8"):
        load_policy_file(tmp_path / "b.toml")


@pytest.mark.parametrize(
    "text", ["d = 2026-01-01", "tiers = 3", "rules = 3", "weights = []", '[weights]\ncost = "x"']
)
def test_odd_values_are_problems(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text + "\n")
