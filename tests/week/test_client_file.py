"""A file with one more client: the record alone or in a list, and all that is wrong with it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import week, week_raw
from iop_sched.week.client_file import week_with_client
from iop_sched.week.problems import InputProblems

WEEK = week(week_raw())
CALLER = """\
id: caller
level: iop
busy: [{days: weekdays, start: "13:00", end: "22:00"}]
prescription: {hours: {min: 9, target: 9, max: 15}, days: [3]}
"""


def indented(text: str, by: str = "    ") -> str:
    return text.replace("\n", f"\n{by}").rstrip(" ")


def read(tmp_path: Path, text: str) -> list[str]:
    """What is wrong with a file, or nothing."""
    path = tmp_path / "caller.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        joined, added = week_with_client(WEEK, path)
    except InputProblems as error:
        return [str(one).removeprefix(f"{path}:") for one in error.problems]
    assert [one.id for one in joined.clients] == ["ana", "ben", "cy", "caller"]
    assert (joined.clients[-1], added.busy[0].start) == (added, 780)
    return []


@pytest.mark.parametrize("text", [CALLER, f"clients:\n  - {indented(CALLER)}", f"- {indented(CALLER, '  ')}"])
def test_alone_or_as_the_only_one_of_a_list(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("clients: [{id: a}, {id: b}]", "1:10: clients: there are 2 clients here; write one, whom to admit"),
        ("clients: []", "1:10: clients: there is no client here; write one, whom to admit"),
        ("[]", "1:1: there is no client here; write one, whom to admit"),
        ("3", "1:1: this is not a mapping with named fields; write"),
    ],
)
def test_one_client_and_no_more(tmp_path: Path, text: str, said: str) -> None:
    [found] = read(tmp_path, text)
    assert found.startswith(said)


def test_everything_wrong_at_once(tmp_path: Path) -> None:
    wrong = CALLER.replace("caller", "ana").replace("iop", "iopp").replace("22:00", "12:00")
    found = read(tmp_path, wrong)
    assert [one.partition(";")[0] for one in found] == [
        "1:5: id: a client of the week has this id already",
        "2:8: level: there is no level of care 'iopp'",
        "3:46: busy #1, end: this window ends before it starts",
    ]
    listed = read(tmp_path, f"clients:\n  - {indented(wrong)}")
    assert [one.partition(":")[0] for one in listed] == ["2", "3", "4"]
    assert "3:12: clients ana, level: there is no level of care 'iopp'" in listed[1]


def test_what_can_be_read_is_checked_beside_what_cannot(tmp_path: Path) -> None:
    wrong = CALLER.replace("caller", "ANA").replace("22:00", "12:00") + "prio: 3\npayer: nobody\n"
    found = read(tmp_path, wrong.replace("level: iop", "level: 3"))
    assert [one.partition(";")[0] for one in found] == [
        "1:5: id: this id differs from 'ana' in capitals alone",
        "2:8: level: this is not a text",
        "3:46: busy #1, end: this window ends before it starts",
        "5:1: there is no such field",
        "6:8: payer: there is no payer 'nobody'",
    ]


def test_a_field_that_stands_twice(tmp_path: Path) -> None:
    assert read(tmp_path, CALLER + "id: other\n") != []
