"""Files of attendance: what they say, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import person, roster, seat, session, week
from iop_sched.next_week import Attended, load_attended
from iop_sched.rules import Schedule
from iop_sched.week.problems import InputProblems
from iop_sched.week.times import Day
from next_week.turning import assessing_raw, placed
from week.texts import marks

RAW = assessing_raw(
    person("ana", services=({"service": "therapy"},)), person("ben"), person("cy", absences=[])
)
SCHEDULE = Schedule.of(
    week(RAW),
    roster(
        placed(
            RAW,
            seat("ana", "mon tue wed"),
            seat("ben", "thu fri mon"),
            sessions=(session("therapy", ["ana"], "tue", "13:00"),),
        )
    ),
)


def load(folder: Path, text: str) -> Attended:
    path = folder / "came.yaml"
    path.write_text(text, encoding="utf-8")
    return load_attended(path, SCHEDULE)


def test_days_and_what_was_missed(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        "week_of: 2026-03-02\nclients:\n"
        "- {client: ben, days: [mon, fri]}\n"
        "- {client: ana, missed: [{day: mon}, {day: tue, service: therapy}, {day: wed, meeting: true}]}\n",
    )
    assert [day for day in Day if found.missed("ben", day)] == [
        Day.TUE,
        Day.WED,
        Day.THU,
        Day.SAT,
        Day.SUN,
    ]
    assert [day for day in Day if found.missed("ana", day)] == [Day.MON, Day.WED]
    assert [day for day in Day if found.missed("ana", day, "therapy")] == [Day.MON, Day.TUE]
    assert not any(found.missed("cy", day) for day in Day)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{client: «bean, days: [mon]}", "did you mean 'ben'?"),
        ("«{client: ben}", "name either days or missed"),
        ("«{client: ben, days: [mon], missed: [{day: fri}]}", "name either days or missed"),
        ("{client: ben, days: [mon, «tue]}", "'ben' has nothing on tue in the roster; days with something"),
        ("{client: ben, missed: [«{day: sat}]}", "are mon, thu, fri"),
        ("{client: cy, days: [«mon]}", "take 'cy' out"),
        ("{client: ana, missed: [{day: mon, service: «therapy}]}", "'ana' has no 'therapy' on mon"),
        ("{client: ana, missed: [«{day: thu, meeting: true}]}", "'ana' has no meeting on thu"),
        ("{client: ana, missed: [«{day: tue, meeting: true, service: therapy}]}", "an entry of its own"),
        ("{client: ben, days: [mon]}\n- {client: «ben, days: [mon]}", "keep one entry"),
        ("{client: ben, days: [«monday]}", "not a weekday"),
        ("{client: ben, «dayz: [mon]}", "write 'days'"),
        ("{client: ana, missed: [{day: tue, service: «therpy}]}", "did you mean 'therapy'?"),
        ("{client: ana, missed: [{day: tue, service: «assess}]}", "on tue there is therapy, the meeting"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, entry: str, said: str) -> None:
    text, places = marks(f"week_of: 2026-03-02\nclients:\n- {entry}\n")
    with pytest.raises(InputProblems) as found:
        load(tmp_path, text)
    (problem,) = found.value.problems
    assert [(problem.line, problem.column)] == places
    assert said in str(problem)


def test_slips_and_what_does_not_fit_are_told_at_once(tmp_path: Path) -> None:
    text, places = marks(
        "week_of: 2026-03-02\nclients:\n"
        "- {client: ben, days: [mon, «tue, «monday]}\n- {client: «bean, days: [mon]}\n"
    )
    with pytest.raises(InputProblems) as found:
        load(tmp_path, text)
    assert [(one.line, one.column) for one in found.value.problems] == places


def test_attendance_of_another_week_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as found:
        load(tmp_path, "week_of: 2026-03-09\n")
    assert "came.yaml:1:10: week_of: this is not the week of the roster; write 2026-03-02" in str(found.value)
