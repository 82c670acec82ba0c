"""A conflict is told in the words of the catalogue, and of the pins."""

from __future__ import annotations

from typing import Any

import pytest

from iop_sched.report.conflict import conflict_lines, rule_words
from iop_sched.week.policy import RULES
from iop_sched.week.program import ProgramWeek
from report.harbour import WEEK, raw_week

STAFF = [
    {"block": "process", "clinicians": ["lee"]},
    {"block": "skills", "need": 1, "clinicians": ["kim", "mor"]},
]


def test_every_rule_has_a_sentence() -> None:
    assert set(RULES) <= set(rule_words())


def test_a_rule_and_a_pin() -> None:
    assert conflict_lines(WEEK, ["max-moves", "pin:pin-1", "something else"]) == [
        "rule max-moves: No more than three settled clients change cohort in one week.",
        "pin pin-1: c02 has a place in mor-1 (because: dentist week agreed with the payer)",
        "something else",
    ]


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        (
            {"place": {"client": "c01", "days": ["mon", "wed"], "start": "mon", "primary": "lee"}},
            "c01 has a place on Mon Wed from Mon with primary lee",
        ),
        (
            {
                "session": {
                    "client": "c01",
                    "service": "individual",
                    "day": "tue",
                    "start": "09:00",
                    "clinician": "lee",
                }
            },
            "c01 has individual on Tue at 09:00 with lee",
        ),
        ({"cohort": {"cohort": "eve-2", "open": False}}, "eve-2 is not open"),
        (
            {"cohort": {"cohort": "eve-2", "slot": "evening", "leader": "kim"}},
            "eve-2 is open in the evening led by kim",
        ),
        (
            {"meeting": {"cohort": "eve-1", "day": "tue", "held": False}},
            "the meeting of eve-1 on Tue is not held",
        ),
        (
            {"meeting": {"cohort": "mor-1", "day": "mon", "room": "group-a", "staff": STAFF}},
            "the meeting of mor-1 on Mon is held in group-a, lee in process, kim, mor in skills (need 1)",
        ),
        ({"team": {"team": "team", "day": "thu", "start": "13:00"}}, "team meets on Thu at 13:00"),
    ],
)
def test_what_a_pin_fixes(pin: dict[str, Any], words: str) -> None:
    raw = raw_week() | {"pins": [{"id": "p", **pin}]}
    assert conflict_lines(ProgramWeek.model_validate(raw), ["pin:p"]) == [f"pin p: {words}"]
