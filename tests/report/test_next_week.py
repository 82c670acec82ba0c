"""What next-week prints, within the width, with ids whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from iop_sched.next_week import Attended, NextWeek, advance
from iop_sched.next_week.affected import Stranded, TooFew
from iop_sched.next_week.attended import ClientWeek
from iop_sched.report.next_week import as_json, next_week_view
from iop_sched.report.words import Labels
from iop_sched.week.people import Client, Step, TargetBand
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Day
from report.harbour import ROSTER, WEEK, printed

FACTS = (
    "Harbour House, week of 2025-03-10: 11 clients, 8 in treatment and 3 waiting.",
    "c03 left: discharged on Wed 2025-03-05",
    "c11 left: assessed on",
    "has ended",
    "Below the floor this week",
    "3 to 2",
    "Mon 2025-03-17",
    "Seats on Monday",
    "c03 leaves",
    "c04 steps down",
    "insurance",
    "closures on Thu",
    "absences of c02",
    "c02 has a place while pin-1 sets aside weekly-hours",
)


def planned() -> ProgramWeek:
    """Harbour House, where ``c04`` steps down in two weeks."""
    step = Step(
        week_of=date(2025, 3, 17), days=(2,), hours=TargetBand(min=6, target=8, max=12), step_down=True
    )

    def change(client: Client) -> Client:
        if client.id != "c04" or client.prescription is None:
            return client
        return client.model_copy(
            update={"prescription": client.prescription.model_copy(update={"steps": (step,)})}
        )

    return WEEK.model_copy(update={"clients": tuple(map(change, WEEK.clients))})


def found() -> NextWeek:
    return advance(planned(), ROSTER, Attended((ClientWeek(client="c01", days=(Day.MON,)),)))


@pytest.mark.parametrize("width", [80, 160])
def test_facts_are_visible_and_fit(width: int) -> None:
    text = printed(next_week_view(found(), Labels()), width)
    flat = " ".join(text.split())
    assert [fact for fact in FACTS if fact not in flat] == []
    assert max(map(len, text.splitlines())) <= width


def test_names_stand_beside_ids() -> None:
    text = printed(next_week_view(found(), Labels({"c03": "Ada Example"})), 160)
    assert "c03 Ada Example left" in text


def test_what_concerns_nobody_is_left_out() -> None:
    text = printed(next_week_view(advance(WEEK, ROSTER), Labels()), 80)
    assert "Step-downs" not in text
    assert "Deadlines passed" not in text


def test_json_has_every_list() -> None:
    told = as_json(found())
    assert told["step_downs"] == [
        {"client": "c04", "on": "2025-03-17", "due": False, "before": [3], "after": [2]}
    ]
    assert set(told) >= {"authorisations", "below_floor", "fill", "openings", "waiting", "passed", "waived"}


def test_who_cannot_keep_a_place_is_named_with_a_way_out() -> None:
    one = Stranded("c01", "mor-1", "4 days between last week's wed and mon; at most 3 may be")
    view = next_week_view(replace(found(), affected=replace(found().affected, stranded=(one,))), Labels())
    text = " ".join(printed(view, 80).split())
    assert "c01 in mor-1: 4 days between last week's wed and mon; at most 3 may be" in text
    assert "pin that overrides the rule" in text


@pytest.mark.parametrize("width", [80, 160])
def test_too_few_members_are_told_with_who_left(width: int) -> None:
    text = printed(next_week_view(found(), Labels()), width)
    assert ["mor-1", "Mon", "2025-03-10", "2", "members", "3", "c03", "left"] in [
        line.split() for line in text.splitlines()
    ]
    assert ["mor-1", "2", "3", "4", "2"] in [line.split() for line in text.splitlines()]
    few = TooFew("mor-1", date(2025, 3, 17), "process", 1.5, 2, ("c03",), ("c01", "c02"))
    view = next_week_view(replace(found(), affected=replace(found().affected, too_few=(few,))), Labels())
    flat = " ".join(printed(view, 160).split())
    assert "1.5 at process, on average 2 c03 left; c01, c02 stepped down" in flat
