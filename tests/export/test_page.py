"""The page says what the roster says, and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree.ElementTree import Element

import builder
from export.reading import first, lanes, made_page, of_class, read, said, section, subject
from generate.made import made
from iop_sched.compare.comparison import compare
from iop_sched.export.page.build import page
from iop_sched.export.page.model import Seats
from iop_sched.export.subject import Subject
from iop_sched.generate.planted import roster_file
from iop_sched.report.words import Labels
from iop_sched.rules.facts import Facts
from iop_sched.rules.tiers import empty_roster
from iop_sched.week.places import Closure
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile
from iop_sched.week.roster import Roster, Session
from iop_sched.week.times import Day, clock
from report.harbour import POLICY, ROSTER, SCHEDULE, WEEK, found_file, raw_week

# The agenda of every cohort: two blocks of 90 minutes.
SLOT_START = {"morning": 9 * 60, "evening": 17 * 60 + 30}
BLOCK_AFTER = {"process": 0, "skills": 90}
Entries = dict[str, list[tuple[str, str, str]]]


def span(start: int, length: int) -> str:
    return f"{clock(start)}–{clock(start + length)}"


def name(day: Day) -> str:
    return Day(day).code.capitalize()


def session_entry(session: Session) -> tuple[str, str, str]:
    length = {"psychiatry": 30, "assessment": 90}.get(session.service, 60)
    return (name(session.day), span(session.start, length), session.service)


def meeting_start(cohort: str) -> int:
    return SLOT_START[next(one.slot for one in ROSTER.cohorts if one.cohort == cohort)]


def ordered(found: Entries, ids: list[str]) -> Entries:
    return {id_: sorted(found[id_]) for id_ in ids}


def test_a_closed_day_is_said_where_heads_of_days_are_not_seen() -> None:
    closed = Closure(day="thu", why="snow")  # type: ignore[arg-type]
    week = WEEK.model_copy(update={"closures": (closed,)})
    (line,) = of_class(section(read(made_page(subject(week))), "week"), "closures")
    assert said(line) == "Thu 6 March closed: snow"


# All of the roster, and nothing else


def test_every_clients_week() -> None:
    expected: Entries = defaultdict(list)
    for session in ROSTER.sessions:
        for client in session.clients:
            expected[client].append(session_entry(session))
    for meeting in SCHEDULE.held:
        for client in SCHEDULE.attendance.attending(meeting):
            when = span(meeting_start(meeting.cohort), 180)
            expected[client.id].append((name(meeting.day), when, meeting.cohort))
    shown = lanes(read(made_page()), "clients")
    placed = {one.client for one in ROSTER.placements}
    assert set(shown) == placed | {"c11"}
    assert shown == ordered(expected, list(shown))


def test_every_clinicians_week() -> None:
    expected: Entries = defaultdict(list)
    for session in ROSTER.sessions:
        for entry in session.staff:
            expected[entry.clinician].append(session_entry(session))
    for meeting in SCHEDULE.held:
        blocks = defaultdict(list)
        for entry in meeting.staff:
            blocks[entry.clinician].append(BLOCK_AFTER[entry.block])
        for clinician, after in blocks.items():
            when = span(meeting_start(meeting.cohort) + min(after), max(after) - min(after) + 90)
            expected[clinician].append((name(meeting.day), when, meeting.cohort))
    for team in ROSTER.team_meeting:
        for clinician in team.attendees:
            expected[clinician].append((name(team.day), span(team.start, 60), "care team"))
    shown = lanes(read(made_page()), "clinicians")
    assert shown == ordered(expected, [one.id for one in WEEK.clinicians])


def test_every_rooms_week() -> None:
    expected: Entries = defaultdict(list)
    for session in ROSTER.sessions:
        if session.room is not None:
            expected[session.room].append(session_entry(session))
    for meeting in SCHEDULE.held:
        if meeting.room is not None:
            when = span(meeting_start(meeting.cohort), 180)
            expected[meeting.room].append((name(meeting.day), when, meeting.cohort))
    assert lanes(read(made_page()), "rooms") == ordered(expected, [one.id for one in WEEK.rooms])


def test_the_strip_has_a_bar_for_every_line_below_it() -> None:
    for cell in read(made_page()).iterfind(".//td"):
        bars = [(one.get("x"), one.get("width")) for one in of_class(cell, "bar")]
        times = [re.findall(r"(\d\d):(\d\d)", said(one)) for one in cell.findall(".//li/b")]
        minutes = [[int(hour) * 60 + int(minute) for hour, minute in one] for one in times]
        assert bars == [(str(start), str(end - start)) for start, end in minutes]


def test_the_grid_has_every_meeting_and_gathering_on_its_day() -> None:
    shown = []
    for row in section(read(made_page()), "week").findall(".//tbody/tr"):
        for cell in row.findall("td"):
            for card in of_class(cell, "card"):
                words = [said(next(of_class(card, one))) for one in ("name", "people")]
                shown.append((said(next(of_class(row, "slot"))), cell.get("data-day", ""), *words))
    expected = []
    for one in ROSTER.facilitation:
        most = SCHEDULE.facts.cohorts[one.cohort].members.max
        here = f"{len(SCHEDULE.attendance.attending(one))} of {most} here" if one.held else "NOT HELD"
        expected.append((SCHEDULE.open_cohorts[one.cohort].slot, name(one.day), one.cohort, here))
    expected += [
        ("Open groups", name(one.day), one.service, f"{len(one.clients)} of 4 here")
        for one in ROSTER.sessions
        if one.service == "yoga"
    ]
    expected += [
        ("Care teams", name(one.day), one.team, f"{len(one.attendees)} attend") for one in ROSTER.team_meeting
    ]
    assert sorted(shown) == sorted(expected)


def test_cohorts_have_their_members_and_who_comes_when() -> None:
    shown = {}
    for card in section(read(made_page()), "cohorts").iterfind(".//article"):
        rows = card.findall(".//tbody/tr")
        shown[said(first(card, "h3"))] = {
            (row[0].text or ""): [
                cell.get("class", "").replace("dot", "").strip() for cell in of_class(row, "dot")
            ]
            for row in rows
        }
    assert shown["mor-1"] == {who: ["in", "in", "out"] for who in ("c01", "c02", "c03")}
    for opened in ROSTER.cohorts:
        members = [one for one in ROSTER.placements if one.cohort == opened.cohort]
        assert set(shown[opened.cohort]) == {one.client for one in members}
        for one in members:
            marks = dict(zip(opened.days, shown[opened.cohort][one.client], strict=True))
            attended = SCHEDULE.attended_days(SCHEDULE.facts.clients[one.client])
            assert tuple(day for day in opened.days if marks[day] == "in") == attended
            assert {day for day in opened.days if marks[day]} == set(one.days)


def test_who_waits_and_why_and_what_needs_attention() -> None:
    text = said(section(read(made_page()), "waiting"))
    for words in (
        "c10",
        "the insurance is pending",
        "every cohort that fits is full: eve-1 (2/2)",
        "mor-1 on Fri: missed by c01",
        "c05: 1 x individual",
        "c02: 3h beyond the authorisation",
        "weekly-hours set aside (pin-1), because: dentist week agreed with the payer",
        "c11",
    ):
        assert words in text


def test_tiers_with_value_bound_and_proof_or_gap() -> None:
    rows = {
        said(row[0]): row for row in section(read(made_page()), "quality").findall(".//table[1]/tbody/tr")
    }
    for tier in found_file().tiers:
        cells = [said(cell) for cell in rows[tier.name]]
        assert cells[2:5] == [str(tier.value), str(tier.bound), tier.status]
    assert "at most 90 more minutes" in said(rows["dose"])
    assert "proven, if the tiers above stay" in said(rows["placed"])


def test_overtime_is_grave_and_more_care_than_the_target_is_not() -> None:
    short = WEEK.model_copy(
        update={
            "clinicians": tuple(
                one.model_copy(update={"contract_hours": 0.5}) if one.id == "lee" else one
                for one in WEEK.clinicians
            )
        }
    )
    found = {kind.id: kind.lanes for kind in page(subject(short)).lanes}
    assert [one.name for one in found["clinicians"] if one.meter.grave] == ["lee"]
    assert not any(one.meter.grave for one in found["clients"])
    assert all(0 <= one.meter.width <= 100 for kind in found.values() for one in kind)


def test_seats_are_filled_free_and_beyond() -> None:
    seats = Seats(taken=3, most=2)
    assert [part.count("M") for part in (seats.filled, seats.free, seats.beyond)] == [2, 0, 1]
    seats = Seats(taken=1, most=4)
    assert [part.count("M") for part in (seats.filled, seats.free, seats.beyond)] == [1, 3, 0]


def test_a_roster_that_breaks_rules_does_not_say_that_it_holds() -> None:
    raw = ROSTER.model_dump(mode="json")
    next(one for one in raw["facilitation"] if one["room"] == "group-b")["room"] = "office-1"
    file = found_file().model_copy(update=dict(Roster.model_validate(raw)))
    tree = read(made_page(subject(roster=file)))
    assert "BREAKS hard rules" in said(next(of_class(tree, "standing")))
    assert "Broken rules" in said(section(tree, "waiting"))
    assert "rooms: " in said(section(tree, "waiting"))


def test_names_are_printed_only_when_given() -> None:
    assert "Ann Berg" not in made_page()
    assert made_page(subject(c01="Ann Berg")).count("c01 Ann Berg") > 3


# What changed


def compared(before: Roster, after: RosterFile) -> Element:
    found = compare(WEEK, POLICY, before, after)
    return read(made_page(Subject(WEEK, after, POLICY, Labels(), found)))


def test_nothing_changed() -> None:
    changes = section(compared(ROSTER, found_file()), "changes")
    assert said(changes).endswith("What changed The two rosters are the same: no decision differs.")
    assert changes.findall(".//li") == []


def test_what_changed_since_the_other_roster() -> None:
    raw = ROSTER.model_dump(mode="json")
    raw["placements"] = [one for one in raw["placements"] if one["client"] != "c06"]
    moved = next(one for one in raw["sessions"] if one["clients"] == ["c01"])
    moved["start"] = "12:00"
    tree = compared(Roster.model_validate(raw), found_file())
    lines = [said(one) for one in section(tree, "changes").findall(".//li")]
    assert any(one.startswith("c06: gets a place in eve-2") for one in lines)
    assert any(one.startswith("c01: individual Tue 12:00 moves to Tue 11:00") for one in lines)
    flagged = [
        said(row[0]) for row in section(tree, "clients").findall(".//tbody/tr") if "changed" in said(row[0])
    ]
    assert [one.split()[0] for one in flagged] == ["c01", "c06"]


def test_somebody_who_has_left_the_program_is_still_in_what_changed() -> None:
    clients = tuple(one for one in WEEK.clients if one.id != "c06")
    week = WEEK.model_copy(update={"clients": clients, "apart": ()})
    raw = ROSTER.model_dump(mode="json")
    raw["placements"] = [one for one in raw["placements"] if one["client"] != "c06"]
    file = found_file().model_copy(update=dict(Roster.model_validate(raw)))
    found = compare(WEEK, POLICY, ROSTER, file, week)
    changes = section(read(made_page(Subject(week, file, POLICY, Labels(), found))), "changes")
    assert any(said(one).startswith("c06: loses the place in eve-2") for one in changes.findall(".//li"))


def test_without_another_roster_there_is_no_such_view() -> None:
    assert read(made_page()).find(".//section[@id='changes']") is None


# Weeks that lack something


def test_an_empty_roster() -> None:
    file = found_file().model_copy(update=dict(empty_roster(Facts(WEEK))))
    tree = read(made_page(subject(roster=file)))
    assert lanes(tree, "clinicians") == {one.id: [] for one in WEEK.clinicians}
    assert tree.find(".//section[@id='clients']") is None


def test_a_week_without_cohorts() -> None:
    raw = raw_week()
    for part in ("cohorts", "agendas", "slots", "care_teams", "apart", "pins", "previous", "rooms"):
        raw.pop(part)
    raw["clients"] = [one for one in raw["clients"] if one["id"] in ("c08", "c09")]
    week = ProgramWeek.model_validate(raw)
    roster = Roster(placements=tuple(one for one in ROSTER.placements if one.client in ("c08", "c09")))
    file = found_file().model_copy(update={**dict(roster), "unplaced": ()})
    tree = read(made_page(subject(week, file)))
    assert "No cohort meets this week" in said(section(tree, "week"))
    assert "Nobody waits" in said(section(tree, "waiting"))


def test_a_meeting_in_which_a_level_of_care_has_no_block() -> None:
    raw = builder.week_raw()
    for block in raw["agendas"][0]["blocks"]:
        block["levels"] = ["php"]
    roster = builder.roster(builder.roster_raw())
    file = found_file().model_copy(update={**dict(roster), "unplaced": ()})
    shown = lanes(read(made_page(subject(builder.week(raw), file))), "clients")
    assert shown["ben"] == []
    assert shown["cy"][0] == ("Mon", "09:00–13:00", "morning")


def test_a_large_week_stays_small() -> None:
    found = made(192, 1, "low", 1)
    file = roster_file(found.week, found.roster, POLICY, 1)
    text = made_page(subject(found.week, file))
    assert len(lanes(read(text), "clients")) >= len(found.roster.placements) > 100
    assert len(text.encode()) < 3_000_000
