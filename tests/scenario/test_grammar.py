"""Changes in short words: what is read, and what is said about mistakes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from iop_sched.scenario.forms import FORMS, complete_change, help_text
from iop_sched.scenario.grammar import parse_change
from iop_sched.scenario.kinds import KINDS
from iop_sched.scenario.scenario import Origin
from iop_sched.week.problems import InputProblems
from iop_sched.week.times import WEEK, Day


def fields(words: str) -> dict[str, Any]:
    change = parse_change(words)
    return {name: getattr(change, name) for name in change.model_fields_set}


def problem(words: str) -> str:
    with pytest.raises(InputProblems) as error:
        parse_change(words)
    return str(error.value)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.usage)
def test_every_form_has_an_example_that_means_it(form: Any) -> None:
    change = parse_change(form.example)
    assert change.change == form.change
    kind = KINDS[form.change]
    assert {
        name for name, field in kind.model_fields.items() if field.is_required()
    } <= change.model_fields_set


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("out lee", {"clinician": "lee"}),
        ("out lee thu", {"clinician": "lee", "days": (Day.THU,)}),
        ("out lee thu 13:00-15:00", {"clinician": "lee", "days": (Day.THU,), "start": 780, "end": 900}),
        ("OUT lee 9:00 - 15:00", {"clinician": "lee", "start": 540, "end": 900}),
        ("out lee mon, wed fri", {"clinician": "lee", "days": (Day.MON, Day.WED, Day.FRI)}),
        ("back lee tue-thu", {"clinician": "lee", "days": (Day.TUE, Day.WED, Day.THU)}),
        ("close weekdays", {"days": WEEK[:5]}),
        ("close fri at north,south", {"days": (Day.FRI,), "sites": ("north", "south")}),
        ("close room r2 thu", {"room": "r2", "days": (Day.THU,)}),
        ("cohort-size 6 .. 10", {"min": 6, "max": 10}),
        ("cohort-size.max=12", {"max": 12}),
        ("cohort-size.max = 12 co-a", {"max": 12, "cohort": "co-a"}),
        ("hours c1 10.5 within 9..12.25", {"client": "c1", "target": 10.5, "min": 9, "max": 12.25}),
        ("days c1 2 stepping down", {"client": "c1", "days": (2,), "step_down": True}),
        ("authorise c1 3 days until 2026-03-05", {"client": "c1", "days": 3, "last": date(2026, 3, 5)}),
        ("authorise c1 3 hours", {"client": "c1", "hours": 3}),
        ("open co-a in am on mon,tue", {"cohort": "co-a", "slot": "am", "days": (Day.MON, Day.TUE)}),
        ("open co-a on mon,tue", {"cohort": "co-a", "days": (Day.MON, Day.TUE)}),
        ("max-new-cohorts none", {"most": None}),
        ("weight cost.staff default", {"penalty": "cost.staff", "weight": None}),
    ],
)
def test_read(words: str, read: dict[str, Any]) -> None:
    found = fields(words)
    del found["change"]
    assert found == read


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("oot lee", "there is no change 'oot'; did you mean 'out'?"),
        ("closed fri", "there is no change 'closed'; did you mean 'close'?"),
        ("zzz", "this is no change; write one of out, back,"),
        ("", "a change is missing; write one such as 'out t-ana"),
        ("out " + "x" * 300, "this is too long for a change; write one"),
        ("out lee thur", "'thur' stands where weekdays (thu; mon,wed; mon-thu) or hours (13:00-15:00) should;"
         " did you mean 'thu'? write 'out CLINICIAN [DAYS] [HH:MM-HH:MM]', such as 'out t-ana"),
        ("close romo r2", "'romo' stands where 'room' or 'cohort' or weekdays (thu; mon,wed; mon-thu) should;"
         " did you mean 'room'? write 'close room ROOM"),
        ("close room", "an id is missing at the end; write 'close room ROOM [DAYS] [HH:MM-HH:MM]', such as"),
        ("out lee thu 25:00-26:00", "word 4 stands where hours (13:00-15:00) should"),
        ("close fri-mon", "'fri-mon' stands where"),
        ("close fri now", "'now' stands where 'at' should"),
        ("unpin p1 p2", "'p2' is too much; write 'unpin PIN'"),
        ("cohort-size 6-10", "'6-10' stands where a range (6..10) should"),
        ("admit six evening", "'evening' stands where 'like' should"),
        ("surge 0 like c1", "count: this number is too small; write 1 or more"),
        ("rule max-move off", "rule: there is no rule 'max-move'; did you mean 'max-moves'?"),
        ("weight continuity.cohor 3", "penalty: there is no penalty 'continuity.cohor'; did you mean"),
        ("limit max_move 3", "limit: there is no limit 'max_move'; did you mean 'max_moves'?"),
        ("rule max-moves of", "'of' stands where hard, soft, off or default should"),
        ("out lee thu thu", "days: a day stands twice; name each day once"),
    ],
)  # fmt: skip
def test_mistakes(words: str, said: str) -> None:
    assert problem(words).startswith(f"--change: {said}")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((day, day[:3]) for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")),
        ("Sunday", "sun"), ("tues", "tue"), ("weds", "wed"), ("thur", "thu"), ("thurs", "thu"),
        ("wensday", "wed"), ("monday,thurs", "mon,thu"), ("monday-thursday", "mon-thu"),
        ("thu-fry", "thu-fri"), ("weekday", "weekdays"),
    ],
)  # fmt: skip
def test_days_written_in_full_are_understood(written: str, meant: str) -> None:
    for words in ("out t-ana", "close", "close room r1", "absent c1", "works t-ana"):
        assert f"; did you mean '{meant}'? write '" in problem(f"{words} {written}")


@pytest.mark.parametrize("written", ["fri-mon", "thursday-monday", "soon", "r-2", "13:00", "mon,", "-"])
def test_other_words_are_no_days(written: str) -> None:
    assert "did you mean" not in problem(f"out t-ana {written}")


@pytest.mark.parametrize(
    "words",
    ["out lee thu", "back lee thu", "extra lee thu", "available c1 thu", "comes c1 thu", "busy c1 thu",
     "free c1 thu", "absent c1 thu", "close room r1 thu"],
)  # fmt: skip
def test_hours_end_after_they_start(words: str) -> None:
    right = "; write a later end; time past midnight is a window of the next day"
    assert problem(f"{words} 15:00-13:00") == f"--change: end: this window ends before it starts{right}"
    assert problem(f"{words} 15:00-15:00") == f"--change: end: this window ends when it starts{right}"
    assert problem(f"{words} 24:00-24:00").startswith("--change: start: nothing can start at 24:00; write")
    assert fields(f"{words} 23:00-24:00")["end"] == 1440


def test_words_of_another_kind_are_not_repeated() -> None:
    assert "secret" not in problem("out lee «secret»")


def test_the_origin_is_named() -> None:
    with pytest.raises(InputProblems, match=r"^week.yaml:7:3: changes #2: there is no change 'oot'"):
        parse_change("oot lee", Origin("week.yaml", 7, 3, "changes[1]"))


def test_help_and_completion_come_from_the_table() -> None:
    assert complete_change("cohort") == ["cohort-size", "cohort-size.min", "cohort-size.max"]
    assert complete_change("OU") == ["out"]
    assert complete_change("zzz") == []
    text = help_text()
    assert "  out CLINICIAN [DAYS] [HH:MM-HH:MM]  " in text
    assert all(form.usage in text and form.says in text for form in FORMS)
    assert all(len(line) <= 100 for line in text.splitlines())
