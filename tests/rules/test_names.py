"""One name for a rule in the policy, the specification, the model, the tests and the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.cpsat import build
from iop_sched.rules import CHECKS
from iop_sched.week.policy import PENALTIES, RULES

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = (ROOT / "models" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_found_under_its_name(rule: str) -> None:
    name = rule.replace("-", "_")
    for file in (
        f"src/iop_sched/rules/{name}.py",
        f"src/iop_sched/cpsat/{name}.py",
        f"tests/rules/test_{name}.py",
    ):
        assert (ROOT / file).is_file(), file
    assert f"\n### {rule}\n" in CATALOGUE
    assert rule in CHECKS
    assert rule in build.RULES


def test_no_rule_has_a_second_name() -> None:
    assert set(CHECKS) == set(build.RULES) == set(RULES)
    headings = [line[4:] for line in CATALOGUE.splitlines() if line.startswith("### ")]
    assert sorted(headings) == sorted(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_the_catalogue_names_the_modes_default_first(rule: str) -> None:
    section = CATALOGUE.split(f"\n### {rule}\n", 1)[1].split("\n### ", 1)[0]
    modes = section.split("[", 1)[1].split("]", 1)[0].split(", ")
    assert modes[0] == RULES[rule].mode
    assert sorted(modes) == sorted(RULES[rule].modes)


@pytest.mark.parametrize("penalty", PENALTIES)
def test_the_catalogue_names_the_penalty(penalty: str) -> None:
    assert f"`{penalty}`" in CATALOGUE or f"| {penalty} |" in CATALOGUE
