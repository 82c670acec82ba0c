"""Every view says what a director must know, within the width, with ids whole."""

from __future__ import annotations

import re

import pytest

from iop_sched.explain.unplaced import reasons_unplaced
from iop_sched.report.views import VIEWS, client_view, clinician_view, render
from iop_sched.report.words import Labels
from iop_sched.rules import Schedule, evaluate
from iop_sched.rules.facts import Facts
from iop_sched.rules.tiers import empty_roster
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Unplaced
from iop_sched.week.roster import Roster
from report.harbour import EVALUATION, POLICY, ROSTER, SCHEDULE, WEEK, found_file, printed, raw_week

WIDTHS = (80, 160)
FACTS = {
    "summary": [
        "9 of 12 clients placed",
        "at most 90 more minutes",
        "at most 1 more client",
        "proven, if the tiers above stay",
        "29h and 3 days",
        "mor-1 on Fri: missed by c01",
        "c05: 1 x individual",
        "c02: 3h beyond the authorisation",
        "dentist week agreed with the payer",
        "insurance is pending",
        "14 of 14",
        "78%",
    ],
    "week": [
        "eve-1",
        "17:30-20:30",
        "NOT HELD",
        "lee*",
        "group-b",
        "staff training",
        "yoga",
        "2/4",
        "team",
    ],
    "cohorts": [
        "opens this",
        "candidate",
        "not opened",
        "100%",
        "steps down",
        "last day Wed",
        "was Mon Tue Thu",
    ],
    "clients": [
        "c09",
        "no cohort",
        "MISSING",
        "7h",
        "12h",
        "every cohort that fits is full: eve-1 (2/2)",
        "c11",
    ],
    "clinicians": ["4 of 4", "75%", "psychiatrist", "8h30", "20h"],
    "rooms": ["office-1", "assessment c11", "09:00-12:00", "yoga"],
}


def view(name: str, labels: Labels | None = None) -> object:
    return render(name, SCHEDULE, EVALUATION, found_file(), POLICY, labels or Labels())


def test_the_example_breaks_no_hard_rule() -> None:
    assert EVALUATION.violations == ()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", VIEWS)
def test_facts_are_visible_and_fit(name: str, width: int) -> None:
    text = printed(view(name), width)
    flat = " ".join(text.split())
    assert [fact for fact in FACTS[name] if fact not in flat] == []
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("name", VIEWS)
def test_overrides_and_their_reason_stand_on_every_view(name: str) -> None:
    assert "c02: weekly-hours set aside (pin-1)" in printed(view(name), 160)


@pytest.mark.parametrize("name", VIEWS)
def test_names_are_printed_only_when_given(name: str) -> None:
    labels = Labels({"c01": "Ann Berg", "lee": "Lee Marsh"})
    assert "Ann" not in printed(view(name), 160)
    assert "Ann Berg" in printed(view(name, labels), 160) or "Lee Marsh" in printed(view(name, labels), 160)


def test_the_week_is_a_grid_where_it_fits_and_a_list_elsewhere() -> None:
    assert re.search(r"Slot +Mon +Tue +Wed +Thu +Fri", printed(view("week"), 160))
    narrow = printed(view("week"), 60)
    assert re.search(r"Day +Time +Slot +Cohort", narrow)
    assert max(map(len, narrow.splitlines())) <= 60


def test_a_client_sees_their_own_week() -> None:
    text = printed(client_view(SCHEDULE, found_file(), "c02", Labels()), 80)
    assert re.search(r"Mon +09:00-10:30 +process, mor-1 +lee +group-a at main", text)
    assert re.search(r"Tue +12:00-13:00 +individual +mor +office-1 at main", text)
    assert "the meeting of mor-1 is NOT HELD" in text
    assert "weekly-hours set aside" in text


def test_a_client_does_not_see_who_else_is_in_the_group() -> None:
    text = printed(client_view(SCHEDULE, found_file(), "c08", Labels()), 80)
    assert "yoga" in text
    assert "c09" not in text


def test_lost_days_say_why() -> None:
    reasons = {"c03": "after the last day", "c04": "eve-1"}
    for client, words in reasons.items():
        assert words in printed(client_view(SCHEDULE, found_file(), client, Labels()), 80)


def test_an_unplaced_client_reads_why() -> None:
    text = printed(client_view(SCHEDULE, found_file(), "c10", Labels()), 80)
    assert "no place this week: the insurance is pending" in text
    assert "nothing is scheduled" in text


def test_a_clinician_sees_their_own_week() -> None:
    text = printed(clinician_view(SCHEDULE, found_file(), "kim", Labels()), 80)
    assert re.search(r"Fri +17:30-19:00 +process, eve-2 +2 clients +group-b at north", text)
    assert "away 08:00-12:00 (training)" in text
    assert "9h of 30h by contract" in text
    assert "care team" in printed(clinician_view(SCHEDULE, found_file(), "ada", Labels()), 80)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", VIEWS)
def test_long_ids_are_never_broken(name: str, width: int) -> None:
    """The longest ids a week may have: every one is 40 characters."""
    long = {
        old: f"{old}-".ljust(40, "x")
        for old in ("c01", "c12", "mor-1", "eve-1", "lee", "group-a", "office-1")
    }

    def lengthen(text: str) -> str:
        for old, new in long.items():
            text = text.replace(f'"{old}"', f'"{new}"')
        return text

    week = ProgramWeek.model_validate_json(lengthen(WEEK.model_dump_json()))
    roster = Roster.model_validate_json(lengthen(ROSTER.model_dump_json()))
    unplaced = tuple(
        Unplaced(client=client, reason=why) for client, why in reasons_unplaced(week, roster, POLICY).items()
    )
    file = found_file().model_copy(update={**dict(roster), "unplaced": unplaced})
    schedule = Schedule.of(week, roster)
    text = printed(render(name, schedule, evaluate(week, roster, POLICY), file, POLICY, Labels()), width)
    assert max(map(len, text.splitlines())) <= width
    pieces = re.findall(r"\S*x{3,}\S*", text)
    assert pieces
    assert all(any(new in piece for new in long.values()) for piece in pieces)


@pytest.mark.parametrize("name", VIEWS)
def test_a_week_without_cohorts_renders(name: str) -> None:
    raw = raw_week()
    for part in ("cohorts", "agendas", "slots", "care_teams", "apart", "pins", "previous"):
        raw.pop(part)
    raw["clients"] = [one for one in raw["clients"] if one["id"] in ("c09", "c08")]
    week = ProgramWeek.model_validate(raw)
    placements = [one for one in ROSTER.placements if one.client in ("c08", "c09")]
    sessions = [one for one in ROSTER.sessions if one.service == "yoga"]
    roster = Roster(placements=tuple(placements), sessions=tuple(sessions))
    file = found_file().model_copy(update={**dict(roster), "unplaced": ()})
    text = printed(
        render(name, Schedule.of(week, roster), evaluate(week, roster, POLICY), file, POLICY, Labels()), 80
    )
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("name", VIEWS)
def test_an_empty_roster_renders(name: str) -> None:
    roster = empty_roster(Facts(WEEK))
    file = found_file().model_copy(update=dict(roster))
    evaluation = evaluate(WEEK, roster, POLICY)
    assert printed(render(name, Schedule.of(WEEK, roster), evaluation, file, POLICY, Labels()), 80)


def test_an_unknown_view_is_refused() -> None:
    with pytest.raises(ValueError, match="there are summary, week"):
        view("weeks")
