"""What changes about places, cohorts, pins and the policy do to week and policy."""

from __future__ import annotations

import pytest

from iop_sched.scenario.change import Changed
from iop_sched.week.care import Cohort
from iop_sched.week.times import Day
from scenario.readme import week
from scenario.trying import WEEK, pins, refused, tried, with_pins


def cohort(changed: Changed, id_: str) -> Cohort:
    return next(one for one in changed.week.cohorts if one.id == id_)


def test_closed_and_open_again() -> None:
    closed = tried("close tue,fri")
    assert [(one.day, one.sites) for one in closed.week.closures] == [(Day.TUE, ()), (Day.FRI, ())]
    assert "pin-c01-tuesday" not in pins(closed)
    assert tried("reopen tue,fri", on=closed.week).week.closures == ()
    assert refused("close fri", on=closed.week) == ["fri is closed already; name another day"]
    assert refused("reopen wed", on=closed.week) == ["wed is not closed; name a day that is closed"]


def test_closed_at_some_sites() -> None:
    sites = week("multi-location")
    closed = tried("close thu at north,south", on=sites).week
    assert closed.closures[-1].sites == ("north", "south")
    assert refused("close thu at north", on=closed) == ["thu is closed already; name another day"]
    assert tried("close thu", on=closed).week.closures[-1].sites == ()
    left = tried("reopen thu at north", on=closed).week.closures[-1]
    assert left.sites == ("south",)
    everywhere = tried("close mon", on=sites).week
    assert tried("reopen mon at east", on=everywhere).week.closures[-1].sites == ("north", "south")
    assert refused("close thu at nord")[0].startswith("there is no site 'nord'")


def test_a_care_team_without_an_open_day_does_not_meet() -> None:
    pinned = with_pins({"id": "team-thu", "team": {"team": "team", "day": "thu"}})
    one_left = tried("close thu", on=pinned)
    assert (len(one_left.week.care_teams), "team-thu" in pins(one_left)) == (1, False)
    none_left = tried("close tue,thu", on=pinned)
    assert (none_left.week.care_teams, "team-thu" in pins(none_left)) == ((), False)


def test_a_start_pinned_to_a_closed_day_becomes_open() -> None:
    pinned = with_pins({"id": "start", "place": {"client": "c12", "cohort": "co-evening", "start": "wed"}})
    place = pins(tried("close wed", on=pinned))["start"].place
    assert place is not None
    assert (place.cohort, place.start) == ("co-evening", None)


def test_a_room_closed_in_part_or_whole() -> None:
    pinned = with_pins(
        {"id": "in-sky", "meeting": {"cohort": "co-morning", "day": "thu", "room": "room-sky"}}
    )
    part = tried("close room room-sky thu 09:00-10:00", on=pinned)
    [sky] = [one for one in part.week.rooms if one.id == "room-sky"]
    assert [one.interval for one in sky.available if Day.THU in one.days] == [(0, 540), (600, 1440)]
    assert "in-sky" not in pins(part)
    assert "in-sky" in pins(tried("close room room-sky thu 12:00-20:00", on=pinned)), "the meeting is over"
    assert "in-sky" in pins(tried("close room room-sky tue", on=pinned))
    whole = tried("close room room-sky", on=pinned)
    assert [one.id for one in whole.week.rooms] == ["room-river"]
    assert "in-sky" not in pins(whole)
    weekdays = tried("close room room-sky weekend", on=pinned).week
    assert "in-sky" not in pins(tried("close room room-sky weekdays", on=weekdays)), "nothing is left"
    assert refused("close room room-sky thu", on=tried("close room room-sky thu").week)[0].startswith(
        "room-sky cannot be used on thu anyway"
    )


def test_one_more_room() -> None:
    rooms = tried("room room-new like room-sky").week.rooms
    sky = next(one for one in rooms if one.id == "room-sky")
    assert rooms[-1] == sky.model_copy(update={"id": "room-new"})
    assert refused("room ROOM-SKY like room-river")[0].startswith("there is a room 'room-sky' already")


def test_room_changed() -> None:
    [river, _] = tried("room room-river capacity 12").week.rooms
    assert (river.capacity, river.kinds) == (12, ("group",))
    assert refused({"change": "room", "room": "room-river"}) == [
        "nothing to change is named; name capacity, kinds or available"
    ]


def test_a_candidate_must_open() -> None:
    pin = pins(tried("open co-afternoon on tue,wed,fri"))["open-co-afternoon"].cohort
    assert pin is not None
    assert (pin.open, pin.days) == (True, (Day.TUE, Day.WED, Day.FRI))
    assert refused("open co-morning") == ["co-morning is running already; name a candidate"]
    assert refused("open co-afternoon in evening")[0].startswith("co-afternoon has no such slot and days")
    opened = tried("open co-afternoon").week
    assert refused("open co-afternoon", on=opened)[0].startswith(
        "pin open-co-afternoon says that co-afternoon opens already"
    )
    shut = with_pins({"id": "shut", "cohort": {"cohort": "co-afternoon", "open": False}})
    assert refused("open co-afternoon", on=shut) == [
        "pin shut says that co-afternoon does not open; write 'unpin shut' first"
    ]


def test_a_closed_cohort_is_named_nowhere() -> None:
    pinned = with_pins(
        {"id": "place", "place": {"client": "c12", "cohort": "co-morning"}},
        {"id": "leads", "cohort": {"cohort": "co-morning", "leader": "t-ana"}},
        {"id": "held", "meeting": {"cohort": "co-morning", "day": "thu"}},
    )
    closed = tried("close cohort co-morning", on=pinned)
    assert "co-morning" not in closed.week.model_dump_json()
    assert pins(closed).keys() == {"pin-c01-tuesday"}
    c01 = closed.week.previous.placements[0]
    assert (c01.cohort, c01.slot, len(c01.days), c01.primary) == (None, "morning", 4, "t-ana")


def test_moved_with_what_was_pinned() -> None:
    pinned = with_pins(
        {"id": "slot", "cohort": {"cohort": "co-morning", "slot": "morning", "leader": "t-ana"}},
        {"id": "days", "place": {"client": "c12", "cohort": "co-morning", "days": ["mon", "tue", "fri"]}},
        {"id": "fri", "meeting": {"cohort": "co-morning", "day": "fri"}},
        {"id": "thu", "meeting": {"cohort": "co-morning", "day": "thu"}},
    )
    moved = tried("move co-morning afternoon mon,tue,thu", on=pinned)
    [option] = cohort(moved, "co-morning").options
    assert (option.slot, option.days) == ("afternoon", (Day.MON, Day.TUE, Day.THU))
    slot, days = pins(moved)["slot"].cohort, pins(moved)["days"].place
    assert slot is not None
    assert (slot.slot, slot.leader) == (None, "t-ana")
    assert days is not None
    assert (days.cohort, days.days) == ("co-morning", ())
    assert pins(moved).keys() == {"pin-c01-tuesday", "slot", "days", "thu"}
    assert refused("move co-morning morning") == [
        "co-morning meets then already; name another slot or other days"
    ]


def test_sizes() -> None:
    sizes = {one.id: (one.members.min, one.members.max) for one in tried("cohort-size 5..10").week.cohorts}
    assert sizes == dict.fromkeys(("co-morning", "co-evening", "co-afternoon"), (5, 10))
    one = tried("cohort-size.max=9 co-evening")
    assert (cohort(one, "co-evening").members.max, cohort(one, "co-morning").members.max) == (9, 6)
    assert len(refused("cohort-size.max 3")) == 3, "each of the cohorts wants four"
    assert refused("cohort-size.max 3 co-evening") == [
        "after this change, cohorts co-evening, members, min: min is above max; exchange them, or correct one"
    ]
    blocks = tried("attendance.max 8").week.agendas[0].blocks
    assert {(one.attendance.min, one.attendance.max) for one in blocks if one.attendance} == {(3, 8)}


def test_slots() -> None:
    new = tried("slot noon 12:00 mon,wed,fri")
    assert new.week.slots[-1].start_on(Day.WED) == 720
    assert [(one.slot, one.days) for one in cohort(new, "co-afternoon").options][-1] == (
        "noon",
        (Day.MON, Day.WED, Day.FRI),
    )
    assert len(cohort(new, "co-morning").options) == 1
    offered = cohort(tried("offer co-afternoon evening"), "co-afternoon").options[-1]
    assert (offered.slot, offered.days) == ("evening", (Day.MON, Day.WED, Day.THU))
    assert refused("offer co-morning evening") == [
        "co-morning is running; write 'move co-morning evening', or name a candidate"
    ]
    assert refused("slot noon 12:10") == [
        "after this change, slots noon, start: this start is off the week's grid of 30 minutes;"
        " write a time ending in :00, :30"
    ]


def test_a_cohort_added() -> None:
    record = cohort(tried(), "co-evening").model_dump(mode="json") | {"id": "co-late", "status": "candidate"}
    added = tried({"change": "cohort", "cohort": record}, "max-new-cohorts 1")
    assert (added.week.cohorts[-1].id, added.week.max_new_cohorts) == ("co-late", 1)
    assert refused({"change": "cohort", "cohort": record | {"agenda": "none"}})[0].startswith(
        "after this change, cohorts co-late, agenda: there is no agenda 'none'"
    )


def test_policy() -> None:
    changed = tried("rule max-moves off", "weight continuity.cohort 900", "limit max_moves none")
    assert changed.week == WEEK
    assert changed.policy.mode("max-moves") == "off"
    assert changed.policy.weight("continuity.cohort") == 900
    assert changed.policy.limits.max_moves is None
    assert refused("rule rooms off") == ["rooms cannot be off; write hard"]
    assert refused("limit busy_at 500") == ["busy_at: this number is too large; write 200 or less"]
    assert refused("limit busy_at none")[0].startswith("busy_at: this is not a whole number")
    assert tried("rule max-moves default", "weight continuity.cohort default").policy == tried().policy


def test_pins() -> None:
    assert pins(tried("unpin pin-c01-tuesday")) == {}
    place = pins(tried("pin c12 in co-evening on mon,wed,thu"))["place-c12"].place
    assert place is not None
    assert (place.cohort, len(place.days)) == ("co-evening", 3)
    record = {"id": "pin-c01-tuesday", "place": {"client": "c12"}}
    assert refused({"change": "pin", "pin": record})[0].startswith("there is a pin 'pin-c01-tuesday' already")
    twice = tried("pin c12 in co-evening").week
    assert refused("pin c12 in co-morning", on=twice)[0].startswith(
        "after this change, pins place-c12-2, place, cohort: pin 'place-c12' says otherwise"
    )


@pytest.mark.parametrize("words", ["attendance 0..0", "attendance.max 0", "attendance.max 0 three-hours"])
def test_somebody_must_be_able_to_attend(words: str) -> None:
    assert refused(words) == ["nobody could attend; write 1 or more for the most"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("close room room-skye", "there is no room 'room-skye'; did you mean 'room-sky'?"),
        ("open co-afternon", "there is no cohort 'co-afternon'; did you mean 'co-afternoon'?"),
        ("move co-morning evning", "there is no slot 'evning'; did you mean 'evening'?"),
        ("unpin pin-c01", "there is no pin 'pin-c01'; did you mean 'pin-c01-tuesday'?"),
        ("attendance.max 8 three-hour", "there is no agenda 'three-hour'; did you mean 'three-hours'?"),
        ("out t-anna", "there is no clinician 't-anna'; did you mean 't-ana'?"),
        ("service c12 indivdual 1", "there is no service 'indivdual'; did you mean 'individual'?"),
    ],
)
def test_unknown_ids_have_a_suggestion(words: str, said: str) -> None:
    assert refused(words) == [said]
