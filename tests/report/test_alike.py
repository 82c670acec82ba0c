"""Violations that say the same are one line; those that do not stay apart."""

from __future__ import annotations

from iop_sched.report.alike import lines
from iop_sched.report.findings import line
from iop_sched.report.words import Labels
from iop_sched.rules import Violation

LABELS = Labels({"c06": "Ada Example"})


def busy(day: str, time: str, block: str, who: str = "c06") -> Violation:
    message = f"{who} in red: the client is busy during block {block}"
    return Violation("client-time", who, f"{day} {time}", message, 1)


def crowded(block: str, day: str, time: str, amount: int = 1) -> Violation:
    return Violation("meeting-attendance", f"red {block}", f"{day} {time}", "too many attend", amount)


def test_blocks_one_after_another_are_a_stretch_of_each_day() -> None:
    found = [
        busy(day, time, block)
        for day in ("mon", "thu", "tue")
        for time, block in (("09:00-10:00", "talk"), ("10:00-11:30", "skills"), ("12:00-13:00", "class"))
    ]
    assert lines(found, LABELS) == [
        "client-time: c06 Ada Example mon, tue, thu 09:00-11:30 and 12:00-13:00: c06 Ada Example in red:"
        " the client is busy during blocks talk, skills, class (by 1, 9 times)"
    ]


def test_days_with_other_times_stand_apart() -> None:
    found = [crowded("talk", "wed", "09:00-10:00"), crowded("talk", "mon", "11:00-12:00")]
    assert lines(found, LABELS) == [
        "meeting-attendance: red talk, mon 11:00-12:00, wed 09:00-10:00: too many attend (by 1, 2 times)"
    ]


def test_other_people_amounts_and_words_are_lines_of_their_own() -> None:
    found = [
        busy("mon", "09:00-10:00", "talk"),
        busy("mon", "09:00-10:00", "talk", "c07"),
        crowded("talk", "mon", "09:00-10:00"),
        crowded("talk", "tue", "09:00-10:00", 2),
        Violation("track", "c06", "mon, tue", "too few", 1),
    ]
    assert lines(found, LABELS) == [line(one, LABELS) for one in found]


def test_what_has_no_time_of_day() -> None:
    found = [Violation("track", "c06", when, "too few", 1) for when in ("mon, tue", "")]
    assert lines(found, Labels()) == ["track: c06 mon, tue: too few (by 1, 2 times)"]
    whole = [Violation("rooms", f"red {block}", "", "no room", 1) for block in ("talk", "class")]
    assert lines(whole, Labels()) == ["rooms: red talk, class: no room (by 1, 2 times)"]
