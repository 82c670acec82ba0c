"""Files as program weeks: everything wrong at once, nothing echoed, JSON as YAML."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from iop_sched.week.names import NamesFile
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile
from week.texts import WEEK, as_json, data, expect, loaded, problems, spoil

SPOILT = [
    ("grid: 15", "gird: 15"),
    ("payer: blue", "payer: bleu"),
    ('end: "16:00"', 'end: "13:00"'),
    ("days: [3, 4]", "days: [3, nine]"),
    ("- id: c02\n", "- id: c01\n"),
    ("after: 90", "after: 95"),
    ("roles: [psychiatrist]\n  sites", "roles: [psychiatris]\n  sites"),
    ("hours: {min: 9, target: 9, max: 10}", "hours: {min: 9, target: 99, max: 10}"),
    ("week_of: 2026-03-02", "week_of: 2026-03-03"),
]


def test_the_week_is_in_order() -> None:
    week = loaded(WEEK)
    assert week.week_of == date(2026, 3, 2)
    assert [client.id for client in week.clients] == ["c01", "c02", "c03"]


def test_faults_of_form_and_of_sense_are_reported_together() -> None:
    found = "\n".join(map(str, problems(spoil(*SPOILT))))
    for words in (
        "write 'grid'",
        "did you mean 'blue'",
        "ends before it starts",
        "not a whole number",
        "the id 'c01' is given to an earlier one",
        "off the week's grid",
        "did you mean 'psychiatrist'",
        "target is not between",
        "not a Monday",
    ):
        assert words in found, words


def test_a_client_with_one_wrong_field_is_checked_in_all_others() -> None:
    changes = [
        ("payer: blue", "payer: «bleu"),
        ('end: "16:00"', 'end: «"13:00"'),
        ("why: job", "why: «[job]"),
        ("days: [3, 4]", "days: [«three, «6]"),
    ]
    said = ["did you mean 'blue'", "ends before it starts", "not a text", "not a whole number", "3 to 5 days"]
    expect(changes, *said)


def test_what_was_left_out_for_a_fault_is_not_said_to_be_missing() -> None:
    (found,) = problems(spoil(("hours: {min: 9, target: 9, max: 10}", "hours: {min: 9, target: 9}")))
    assert "'max' is missing" in found.what


def test_ids_of_a_part_with_a_fault_are_still_known() -> None:
    (found,) = problems(spoil(("- id: tess\n", "- id: tess\n  turnround: 5\n")))
    assert found.right == "write 'turnaround'"


def test_a_list_that_cannot_be_read_makes_no_id_unknown() -> None:
    text = spoil(("payers:\n- {id: blue, credentialed_only: true}", "payers: blue"))
    (found,) = problems(text)
    assert found.where == "payers"


def test_places_in_the_file_survive_what_is_left_out_before_them() -> None:
    changes = [
        ('{days: [mon, tue], start: "08:00", end', "{days: [mon, tue], start: «noon, end"),
        ('start: "12:00", end: "17:00"}', 'start: "12:00", end: «"11:00"}'),
    ]
    expect(changes, "not a time of day", "ends before it starts")


def test_json_gives_the_same_week_and_the_same_problems() -> None:
    assert loaded(as_json(WEEK), "week.json") == loaded(WEEK)
    text = spoil(*SPOILT)
    from_yaml, from_json = problems(text), problems(as_json(text), "week.json")
    assert {(one.where, one.what, one.right) for one in from_yaml} == {
        (one.where, one.what, one.right) for one in from_json
    }
    for one in from_json:
        assert one.line > 1
    wrong = next(one for one in from_json if "bleu" in one.what)
    assert as_json(text).split("\n")[wrong.line - 1][wrong.column - 1 :].startswith('"bleu"')


def test_a_week_written_as_json_is_read_as_the_same_week() -> None:
    week = loaded(WEEK)
    assert loaded(week.model_dump_json(), "week.json") == week
    assert loaded(json.dumps(week.model_dump(mode="json"), indent=2), "week.json") == week


SECRET = "Jane Doe has PTSD; phone 555-0100"
CLIENT_LINES = [line for line in WEEK.split("clients:")[1].split("apart:")[0].split("\n") if ":" in line]


@pytest.mark.parametrize("line", sorted(set(CLIENT_LINES)))
def test_no_value_of_a_client_is_repeated(line: str) -> None:
    key = line[: line.index(":") + 1]
    for value in (SECRET, [SECRET], {SECRET: SECRET}, {"start": SECRET, "id": SECRET}):
        found = problems(WEEK.replace(line, f"{key} {json.dumps(value)}", 1))
        said = "\n".join(map(str, found)) + repr(found)
        assert "Jane" not in said
        assert "555" not in said


@pytest.mark.parametrize("key", [SECRET, "Jane"])
def test_nor_is_a_key_that_is_no_field(key: str) -> None:
    found = problems(spoil(("- id: c02\n", f'- id: c02\n  "{key}": 1\n')))
    assert len(found) == 1
    assert "Jane" not in str(found[0])


def test_the_models_own_errors_repeat_no_value_either() -> None:
    with pytest.raises(ValueError, match="prescription") as caught:
        ProgramWeek.model_validate(
            {**data(), "clients": [{"id": "c1", "level": "iop", "prescription": SECRET}]}
        )
    assert "Jane" not in str(caught.value)


REPLACEMENTS = st.sampled_from(
    [
        None,
        True,
        3,
        -1,
        10**17,
        2.5,
        "",
        "x",
        "mon",
        "09:00",
        "24:00",
        [],
        {},
        [[]],
        [None],
        {"id": "c01"},
        "2026-03-02",
    ]
)


@settings(deadline=None)
@given(draw=st.data())
def test_a_week_with_any_part_replaced_or_removed_gives_a_week_or_problems(draw: st.DataObject) -> None:
    tree = data()
    for _ in range(draw.draw(st.integers(1, 4))):
        around = tree
        while True:
            keys = list(around) if isinstance(around, dict) else list(range(len(around)))
            key = draw.draw(st.sampled_from(keys))
            if isinstance(around[key], (dict, list)) and around[key] and draw.draw(st.integers(0, 5)):
                around = around[key]
                continue
            break
        if draw.draw(st.booleans()):
            around[key] = deepcopy(draw.draw(REPLACEMENTS))
        elif len(around) > 1:
            del around[key]
    for problem in problems(json.dumps(tree), "week.json"):
        assert problem.line >= 1
        assert problem.what
        assert problem.right


@pytest.mark.parametrize("kind", [ProgramWeek, RosterFile, Policy, NamesFile])
def test_every_field_is_described(kind: type[BaseModel]) -> None:
    schema = kind.model_json_schema()
    for name, shape in {**schema.get("$defs", {}), kind.__name__: schema}.items():
        if "properties" in shape:
            assert shape.get("description"), f"{name} has no docstring"
        for field, described in shape.get("properties", {}).items():
            assert described.get("description"), f"{name}.{field} is not described"
