"""The example weeks load, their maps are complete and current, and nothing in them is out of order."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import facts
import pytest

from iop_sched.week.loading import load_week
from iop_sched.week.policy import RULES
from iop_sched.week.program import ProgramWeek

WEEKS = sorted(path for path in facts.INSTANCES.rglob("*.yaml") if "scenarios" not in path.parts)
PROGRAMS = sorted((facts.INSTANCES / "programs").glob("*.yaml"))
IMPOSSIBLE = sorted((facts.INSTANCES / "infeasible").glob("*.yaml"))
FACTS = facts.load_facts()


def name(path: Path) -> str:
    return path.relative_to(facts.INSTANCES).as_posix()


@pytest.mark.parametrize("path", WEEKS, ids=name)
def test_week_is_in_order(path: Path) -> None:
    week = load_week(path)
    assert week.clients
    assert "&" not in path.read_text(encoding="utf-8")


def test_programs_have_thirty_to_seventy_clients() -> None:
    assert {path.stem for path in PROGRAMS} == set(facts.PROGRAMS.values())
    for path in PROGRAMS:
        assert 30 <= len(load_week(path).clients) <= 70, path.stem


@pytest.mark.parametrize("path", [facts.INSTANCES / "quickstart.yaml", *PROGRAMS], ids=name)
def test_previous_roster_names_what_exists(path: Path) -> None:
    week = load_week(path)
    options = {(c.id, o.slot): set(o.days) for c in week.cohorts if c.status == "running" for o in c.options}
    led = {leader.cohort for leader in week.previous.leaders}
    assert led == {cohort.id for cohort in week.cohorts if cohort.status == "running"}
    for placement in week.previous.placements:
        if placement.cohort is not None and placement.slot is not None:
            assert set(placement.days) <= options[placement.cohort, placement.slot], placement.client


@pytest.mark.parametrize("path", IMPOSSIBLE, ids=name)
def test_impossible_week_has_its_conflict(path: Path) -> None:
    entry = tomllib.loads(path.with_suffix(".conflict.toml").read_text(encoding="utf-8"))
    pins = {pin.id for pin in load_week(path).pins}
    assert set(entry) == {"rules", "pins", "facts", "why"}
    assert set(entry["rules"]) <= set(RULES)
    assert set(entry["pins"]) <= pins
    assert entry["rules"]
    assert entry["why"].endswith(".")


def test_impossible_weeks_are_impossible_for_different_reasons() -> None:
    conflicts = {
        tuple(tomllib.loads(path.with_suffix(".conflict.toml").read_text(encoding="utf-8"))["rules"])
        for path in IMPOSSIBLE
    }
    assert len(conflicts) >= 8


@pytest.mark.parametrize("fact", facts.SOURCES)
def test_every_fact_stands_in_each_of_its_programs(fact: str) -> None:
    found = {Path(entry.file).stem for entry in FACTS if entry.fact == fact}
    assert found
    assert {facts.PROGRAMS[source] for source in facts.SOURCES[fact].split()} <= found


@pytest.mark.parametrize("fact", FACTS, ids=str)
def test_entry_of_a_fact_can_be_deleted(fact: facts.Fact, tmp_path: Path) -> None:
    assert fact.rule in RULES
    assert fact.shows in ("check", "optimum")
    left = tmp_path / "left.json"
    left.write_text(json.dumps(facts.without(facts.document(fact.file).data, fact.path)), encoding="utf-8")
    week: ProgramWeek = load_week(left)
    assert week != load_week(facts.INSTANCES / fact.file)


def test_tables_are_current() -> None:
    text = facts.README.read_text(encoding="utf-8")
    assert facts.filled(text) == text, "run: python tests/instances/facts.py"
