"""A comparison says in sentences what changed and for whom, within the width, and nothing else."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console, RenderableType

from compare.hand import Edit, Raw, add, cohort, edited, meeting, place, put_in, session, staff, take_out
from iop_sched.compare.comparison import compare
from iop_sched.compare.difference import differences
from iop_sched.compare.views import clinician_views
from iop_sched.report.change_words import clinician_words
from iop_sched.report.difference import PARTS, Part, headline, render
from iop_sched.report.words import Labels
from iop_sched.week.care import team_called
from iop_sched.week.roster import Roster
from report.harbour import POLICY, ROSTER, WEEK, printed

C12 = {"client": "c12", "cohort": "eve-1", "days": ["mon", "thu"], "start": "mon", "last": "sun"}


def stand_in(data: Raw) -> None:
    for day in ("mon", "tue"):
        for entry in meeting(data, "eve-1", day)["staff"]:
            entry["clinician"] = "kim"


def swap(data: Raw) -> None:
    data["team_meeting"][0].update(start="15:00", attendees=["lee", "kim"])


def view(after: Roster, labels: Labels | None = None, parts: tuple[Part, ...] = PARTS) -> RenderableType:
    found = compare(WEEK, POLICY, ROSTER, after)
    return render(
        found.difference, found.before, found.after, labels or Labels(), parts, disruption=found.disruption
    )


def lines(*edits: Edit) -> list[str]:
    """The bullets of a view, each in one line."""
    text = printed(view(edited(*edits)), 400)
    return [line.removeprefix("- ").rstrip() for line in text.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        (
            [put_in(place, "c06", cohort="eve-1", days=["mon", "thu"], start="tue", primary="kim")],
            "c06: moves from eve-2 to eve-1; on Mon Thu instead of Mon Wed Fri; from Tue instead of Mon;"
            " primary kim instead of nobody",
        ),
        ([take_out("placements", place, "c06")], "c06: loses the place in eve-2, Mon Wed Fri"),
        ([take_out("placements", place, "c09")], "c09: loses the place without a cohort"),
        ([add("placements", C12)], "c12: gets a place in eve-1, Mon Thu, from Mon"),
        ([add("placements", C12)], "eve-1: joined by c12"),
        ([put_in(place, "c06", last="wed")], "eve-2: c06 until Wed instead of Sun"),
        (
            [put_in(session, "individual", "c01", day="wed", start="14:00", staff=[staff("kim")])],
            "c01: individual Tue 11:00 moves to Wed 14:00, with kim instead of lee",
        ),
        (
            [put_in(session, "individual", "c01", site=None, room=None)],
            "lee: individual Tue 11:00 for c01 is online instead of in office-1 at main",
        ),
        (
            [put_in(session, "yoga", "c08", clients=["c08", "c01"])],
            "joe: yoga Sat 10:00 for c08 joined by c01, left by c09",
        ),
        (
            [put_in(session, "yoga", "c08", clients=["c08", "c01"])],
            "c01: gets yoga Sat 10:00 with joe (in group-a at main)",
        ),
        (
            [put_in(session, "yoga", "c08", clients=["c08", "c01"])],
            "c09: no longer has yoga Sat 10:00 with joe",
        ),
        (
            [put_in(meeting, "mor-1", "wed", held=False, room=None, staff=[])],
            "mor-1: Wed is not held: missed by c01, c02, c03",
        ),
        (
            [put_in(meeting, "mor-1", "wed", held=False, room=None, staff=[])],
            "c01, c02, c03: mor-1 Wed is not held",
        ),
        (
            [put_in(meeting, "mor-1", "wed", held=False, room=None, staff=[])],
            "lee: no longer works in mor-1 Wed (process, skills)",
        ),
        ([put_in(meeting, "mor-1", "fri", held=True)], "mor-1: Fri is held after all"),
        ([stand_in], "eve-1: Mon Tue process, skills by kim instead of lee"),
        ([stand_in], "kim: now works in eve-1 Mon Tue (process, skills)"),
        (
            [
                put_in(meeting, "eve-2", "mon", room="group-a"),
                put_in(meeting, "eve-2", "wed", room="group-a"),
            ],
            "eve-2: Mon Wed is in group-a instead of group-b",
        ),
        ([put_in(cohort, "mor-1", leader="kim")], "mor-1: led by kim instead of lee"),
        ([put_in(cohort, "mor-1", leader="kim")], "kim: leads mor-1"),
        ([put_in(cohort, "mor-1", leader="kim")], "lee: no longer leads mor-1"),
        ([put_in(place, "c01", primary="kim")], "kim: becomes primary of c01"),
        ([swap], "care team meets Tue 15:00 instead of Tue 14:00, with kim, without ada: lee, kim"),
    ],
)
def test_what_is_said(edits: list[Edit], said: str) -> None:
    assert said in lines(*edits)


def test_a_care_team_is_told_once_and_to_each_clinician_in_a_list_of_their_own() -> None:
    assert [line for line in lines(swap) if "care team" in line] == [
        "care team meets Tue 15:00 instead of Tue 14:00, with kim, without ada: lee, kim"
    ]
    views = clinician_views(differences(ROSTER, edited(swap)))
    assert [clinician_words(view, Labels()) for view in views] == [
        "ada: care team no longer meets Tue 14:00",
        "kim: care team now meets Tue 15:00",
        "lee: care team meets Tue 15:00 instead of Tue 14:00",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [("team", "care team"), ("team-north", "care team-north"), ("blue", "care team blue"), ("Care", "Care")],
)
def test_a_care_team_is_not_called_so_twice(name: str, said: str) -> None:
    assert team_called(name) == said


def test_a_cohort_that_closes_is_not_told_meeting_by_meeting() -> None:
    def close(data: Raw) -> None:
        data["cohorts"] = [one for one in data["cohorts"] if one["cohort"] != "eve-2"]
        data["facilitation"] = [one for one in data["facilitation"] if one["cohort"] != "eve-2"]
        data["placements"] = [one for one in data["placements"] if one["cohort"] != "eve-2"]

    said = [line for line in lines(close) if line.startswith("eve-2")]
    assert said == ["eve-2: closes (was evening, Mon Wed Thu Fri); left by c06, c07"]


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([], "The two rosters are the same: no decision differs."),
        (
            [stand_in],
            "No client changes, 10 stay as they are; nobody loses a place. 2 clinicians and 1 cohort change.",
        ),
        (
            [put_in(session, "yoga", "c08", clients=["c08"])],
            "1 client changes, 9 do not; nobody loses a place. 1 clinician changes too.",
        ),
        (
            [take_out("placements", place, "c06"), add("placements", C12)],
            "2 clients change, 9 do not; c06 loses a place, c12 gets one. 2 cohorts change too.",
        ),
        (
            [take_out("placements", place, name) for name in ("c01", "c02", "c03", "c06")],
            "4 clients change, 6 do not; 4 clients lose a place. 2 clinicians and 2 cohorts change too.",
        ),
    ],
)
def test_the_headline(edits: list[Edit], said: str) -> None:
    assert headline(compare(WEEK, POLICY, ROSTER, edited(*edits)).difference, Labels()) == said


def test_only_figures_that_differ_with_a_judgement_in_words() -> None:
    text = " ".join(printed(view(edited(take_out("placements", place, "c06"))), 120).split())
    assert "clients placed 9 8 worse by 1" in text
    assert "hours below target" in text
    assert "worse by 9h" in text
    assert "meetings held" not in text
    assert "disturbed by 2000 points" in text


def test_better_and_worse_are_coloured_too() -> None:
    stream = StringIO()
    console = Console(file=stream, width=120, force_terminal=True, color_system="standard", highlight=False)
    console.print(view(edited(take_out("placements", place, "c06"))))
    assert "\x1b[31mworse by 1" in stream.getvalue()
    assert "\x1b[32m" in stream.getvalue()


def test_figures_may_differ_where_no_decision_does() -> None:
    """What-if looks at one roster in two weeks."""
    found = compare(WEEK, POLICY, ROSTER, ROSTER)
    richer = found.after.model_copy(update={"waiting": 5})
    text = printed(render(found.difference, found.before, richer, Labels()), 80)
    assert "no decision differs" in text
    assert "worse by 2" in text


@pytest.mark.parametrize("width", [60, 80, 160])
def test_it_fits(width: int) -> None:
    after = edited(
        stand_in,
        swap,
        take_out("placements", place, "c06"),
        put_in(session, "individual", "c01", day="wed", start="14:00", staff=[staff("kim")], room="group-a"),
    )
    text = printed(view(after), width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    assert "\x1b" not in text


def test_parts_can_be_left_out() -> None:
    text = printed(view(edited(stand_in), parts=("clinicians",)), 100)
    assert "Clinicians" in text
    assert "Cohorts" not in text
    assert text.startswith("No client changes")


def test_names_stand_beside_ids() -> None:
    labels = Labels({"c06": "Ann Berg", "kim": "Kim {x}"})
    text = printed(view(edited(take_out("placements", place, "c06"), stand_in), labels), 200)
    assert "c06 Ann Berg: loses the place" in text
    assert "c06 Ann Berg loses a place" in text
    assert "by kim Kim {x} instead of lee" in text
