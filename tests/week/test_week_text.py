"""A week as text is read as the same week."""

from __future__ import annotations

import json

import pytest

from builder import person, small_raw
from iop_sched.week.files import canonical_sha256
from iop_sched.week.program import ProgramWeek
from iop_sched.week.week_text import week_text
from mutations.case import INSTANCES, instance
from week.texts import data, loaded

AWKWARD = (
    "null",
    "true",
    "12",
    "1e5",
    "07:30",
    "2026-13-99",
    "2026-03-02",
    "a: b",
    "# no",
    "- x",
    "it's",
    "Zoë",
    "~",
)


@pytest.mark.parametrize("name", INSTANCES)
def test_yaml_and_json_are_read_as_the_week_they_were_written_from(name: str) -> None:
    week = instance(name)
    assert loaded(week_text(week)) == week
    assert loaded(week_text(week, as_json=True), "week.json") == week


@pytest.mark.parametrize("words", AWKWARD)
def test_a_text_stays_a_text(words: str) -> None:
    raw = data()
    raw["program"] = words
    week = ProgramWeek.model_validate(raw)
    assert loaded(week_text(week)).program == words


def test_it_is_written_for_people() -> None:
    raw = small_raw(person("ana", busy=[{"days": "weekdays", "start": "08:00", "end": "09:00"}]))
    text = week_text(ProgramWeek.model_validate(raw), remark="First.\nSecond.")
    assert text.startswith("# First.\n# Second.\nformat: 1\nprogram: test\nweek_of: 2026-03-02\ngrid: 30\n\n")
    assert '    busy: [{days: weekdays, start: "08:00", end: "09:00"}]\n' in text
    assert "    prescription: {hours: {min: 0, max: 40, target: 3}, days: [3]}\n" in text
    assert "null" not in text
    assert max(map(len, text.splitlines())) <= 120


def test_json_has_no_remark() -> None:
    week = ProgramWeek.model_validate(small_raw(person("ana")))
    assert list(json.loads(week_text(week, as_json=True, remark="no")))[:2] == ["format", "program"]


def test_plans_and_pinned_staff_count_in_the_hash_and_their_absence_does_not() -> None:
    raw = data()
    bare = ProgramWeek.model_validate(raw)
    assert canonical_sha256(bare) == "e532e2c0ec7c494ef42be56fb1781f5c3faf6449c2e159ee886ffb551749d960"
    raw["clients"][1]["stay"] = {"last_date": "2026-04-03"}
    dated = ProgramWeek.model_validate(raw)
    band = {"min": 9, "target": 9, "max": 10}
    raw["clients"][1]["prescription"]["steps"] = [{"week_of": "2026-03-09", "days": [3], "hours": band}]
    stepping = ProgramWeek.model_validate(raw)
    raw["pins"][2]["meeting"]["staff"] = [{"block": "first", "clinicians": ["tess"]}]
    staffed = ProgramWeek.model_validate(raw)
    assert len({canonical_sha256(week) for week in (bare, dated, stepping, staffed)}) == 4
    assert loaded(week_text(stepping)) == stepping
