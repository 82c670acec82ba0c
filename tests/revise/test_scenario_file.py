"""Pins as a scenario file: read back they are the same, and a file that is there keeps its remarks."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.revise.pinning import made
from iop_sched.revise.scenario_file import appended, pin_ids, pin_lines, scenario_text
from iop_sched.scenario.load import load_scenario
from iop_sched.scenario.pinning import AddPin
from iop_sched.week.pins import Pin
from iop_sched.week.problems import InputProblems
from iop_sched.week.reading import read_document
from iop_sched.week.validating import validated

STAFF = [{"block": "yes", "clinicians": ["1e5", "t-ana"]}, {"block": "b", "need": 1, "clinicians": ["007"]}]
PINS = [
    made("hold-c01", "place", {"client": "007", "cohort": "true", "days": ["mon", "wed"]}, "a: b # c"),
    made("p2", "session", {"client": "1e5", "service": "null", "day": "tue", "start": "09:30"}, "“so”"),
    made("p3", "meeting", {"cohort": "off", "day": "fri", "held": False}, "it's [not]"),
    made("p5", "meeting", {"cohort": "no", "day": "fri", "staff": STAFF}, "who: was there"),
    made("p4", "place", {"client": "c02"}, "agreed", overrides=["weekly-hours"]),
]


def read(path: Path) -> list[Pin]:
    found = []
    for change in read_document(path).data["changes"]:
        assert list(change) == ["change", "pin"]
        pin, faults = validated(Pin, change["pin"])
        assert faults == []
        assert pin is not None
        found.append(pin)
    return found


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "held.yaml"
    path.write_text(scenario_text("held", "before wed: kept", PINS), encoding="utf-8")
    document = read_document(path).data
    assert (document["name"], document["description"]) == ("held", "before wed: kept")
    assert read(path) == PINS
    assert pin_ids(path) == [pin.id for pin in PINS]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3 + len(PINS)
    changes = load_scenario(path).changes
    assert [change.pin for change in changes if isinstance(change, AddPin)] == PINS


def test_a_time_is_in_quotation_marks() -> None:
    assert 'start: "09:30"' in pin_lines(PINS)


@pytest.mark.parametrize("changes", ["changes: []", "changes:\n  - out: {clinician: lee} # away", ""])
def test_pins_are_added_to_a_file_that_is_there(tmp_path: Path, changes: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"# my own remark\nname: mine\n{changes}\n", encoding="utf-8")
    before = read_document(path).data.get("changes", [])
    path.write_text(appended(path, PINS[:2]), encoding="utf-8")
    path.write_text(appended(path, PINS[2:]), encoding="utf-8")
    data = read_document(path).data
    assert data["changes"][: len(before)] == before
    assert [one["pin"]["id"] for one in data["changes"][len(before) :]] == [pin.id for pin in PINS]
    text = path.read_text(encoding="utf-8")
    assert "# my own remark" in text
    assert ("# away" in text) == ("away" in changes)


@pytest.mark.parametrize("text", ["- one\n", "changes: 3\n", "changes: [\n"])
def test_another_file_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems):
        appended(path, PINS)
