"""What changes about clinicians and clients do to the week."""

from __future__ import annotations

import pytest

from iop_sched.week.places import Window
from iop_sched.week.references import contradictions
from iop_sched.week.times import Day
from scenario.trying import WEEK, client, clinician, pins, refused, tried, with_pins


def spans(windows: tuple[Window, ...], day: Day) -> list[tuple[int, int]]:
    return sorted(one.interval for one in windows if day in one.days)


def test_out_all_day_and_for_hours() -> None:
    day = tried("out t-ben thu")
    assert spans(clinician(day, "t-ben").away, Day.THU) == [(0, 1440)]
    assert spans(clinician(day, "t-ben").away, Day.WED) == []
    assert day.sentences[0] == "t-ben is out on thu."
    hours = tried("out t-ben thu 13:00-15:00")
    assert spans(clinician(hours, "t-ben").away, Day.THU) == [(780, 900)]
    assert hours.sentences == ("t-ben is out on thu 13:00-15:00.",)


def test_out_on_a_day_off_does_nothing() -> None:
    assert refused("out t-ana sun") == ["t-ana does not work on sun anyway; name days and hours of work"]
    assert refused("out t-ana thu 05:00-08:30", "out t-ana thu") == [
        "t-ana does not work on thu 05:00-08:30 anyway; name days and hours of work"
    ]


def test_a_care_team_meets_without_whom_it_cannot_have() -> None:
    [team] = tried("out t-ana thu").week.care_teams
    assert team == WEEK.care_teams[0], "tuesday is left"
    away = tried("out t-ana tue,thu")
    assert away.week.care_teams[0].members == ("t-ben",)
    assert "The care team meets without t-ana." in away.sentences
    [team] = tried("out t-ana tue,thu 12:00-13:30").week.care_teams
    assert team.members == ("t-ben",), "half an hour is left"
    [team] = tried("out t-ana tue,thu 12:00-13:00").week.care_teams
    assert team.members == ("t-ana", "t-ben"), "an hour is left"
    [team] = tried("out p-eva tue,thu").week.care_teams
    assert [quorum.role for quorum in team.quorum] == ["case-manager"]


def test_a_session_pinned_to_an_absence_falls_away() -> None:
    assert "pin-c01-tuesday" not in pins(tried("out t-ana tue"))
    assert "pin-c01-tuesday" in pins(tried("out t-ana thu"))
    assert "pin-c01-tuesday" in pins(tried("out t-ben tue"))
    assert "pin-c01-tuesday" in pins(tried("out t-ana tue 09:00-15:00")), "it may be at 15:00"
    at = {"client": "c02", "service": "individual", "day": "thu", "start": "13:00", "clinician": "t-ana"}
    timed = with_pins({"id": "timed", "session": at})
    assert "timed" not in pins(tried("out t-ana thu 13:30-15:00", on=timed))
    assert "timed" in pins(tried("out t-ana thu 14:00-15:00", on=timed))


def test_staff_pinned_to_an_absence_is_left_open_in_those_blocks() -> None:
    # co-evening meets on thursday from 17:30: process, skills and education of an hour each
    fixed = {"process": "t-ben", "skills": "c-dan", "education": "c-dan"}
    staff = [{"block": block, "clinicians": [who]} for block, who in fixed.items()]
    held = with_pins({"id": "who", "meeting": {"cohort": "co-evening", "day": "thu", "staff": staff}})

    def left(*written: str) -> list[str]:
        meeting = pins(tried(*written, on=held))["who"].meeting
        assert meeting is not None
        return [one.block for one in meeting.staff]

    day = tried("out c-dan thu", on=held)
    assert "Pin who fixes only the rest of what it named." in day.sentences
    assert list(contradictions(day.week, day.week.model_dump(mode="json"))) == []
    assert left("out c-dan thu") == left("leave c-dan") == ["process"]
    assert left("out c-dan thu 18:30-19:30") == ["process", "education"]
    assert left("out c-dan wed") == left("out t-ana thu") == list(fixed)


def test_back_gives_hours_of_an_absence() -> None:
    away = tried("out t-ben mon,thu").week
    back = clinician(tried("back t-ben thu 14:00-16:00", on=away), "t-ben")
    assert spans(back.away, Day.THU) == [(0, 840), (960, 1440)]
    assert spans(back.away, Day.MON) == [(0, 1440)]
    assert refused("back t-ben thu") == ["t-ben is not away on thu; name days and hours of absence"]


def test_works_replaces_the_hours_of_these_days_alone() -> None:
    ben = clinician(tried("works t-ben tue 09:00-12:00"), "t-ben")
    assert spans(ben.available, Day.TUE) == [(540, 720)]
    assert spans(ben.available, Day.FRI) == [(720, 1140)]
    hours = [{"days": ["sat"], "start": "10:00", "end": "14:00"}]
    ben = clinician(tried({"change": "working-hours", "clinician": "t-ben", "available": hours}), "t-ben")
    assert (spans(ben.available, Day.MON), spans(ben.available, Day.SAT)) == ([], [(600, 840)])


def test_load() -> None:
    ana = clinician(tried("caseload t-ana 10", "week-hours t-ana none"), "t-ana")
    assert (ana.caseload, ana.max_hours_week, ana.contract_hours) == (10, None, 32)
    assert refused({"change": "load", "clinician": "t-ana"}) == [
        "no limit is named; name one, such as 'caseload: 10'"
    ]


def test_hired_like_another_without_absences() -> None:
    away = tried("out t-ana thu").week
    new = clinician(tried("hire t-new like t-ana", on=away), "t-new")
    assert (new.roles, new.away) == (("therapist",), ())
    assert refused("hire T-ANA like t-ben")[0].startswith("there is a clinician 't-ana' already")


def test_a_leaver_is_named_nowhere() -> None:
    pinned = with_pins(
        {"id": "place", "place": {"client": "c12", "cohort": "co-evening", "primary": "t-ben"}},
        {"id": "leads", "cohort": {"cohort": "co-evening", "leader": "t-ben"}},
    )
    gone = tried("leave t-ben", on=pinned)
    assert "t-ben" not in gone.week.model_dump_json()
    place = pins(gone)["place"].place
    assert place is not None
    assert place.cohort == "co-evening"
    [c06] = [one for one in gone.week.previous.placements if one.client == "c06"]
    assert (c06.cohort, c06.primary) == ("co-evening", None)


def test_somebody_must_be_at_work() -> None:
    others = [f"leave {one.id}" for one in WEEK.clinicians[1:]]
    assert refused(*others, "out t-ana") == [
        "this leaves no clinician at work; leave somebody there, or close the days instead"
    ]
    assert len(tried(*others).week.clinicians) == 1


def test_somebody_must_be_there_who_can_lead() -> None:
    right = "at work, hire somebody first, or close the days instead"
    said = "this leaves nobody at work who can lead a group; leave {} " + right
    assert refused("leave t-ana", "out t-ben") == [said.format("t-ben")]
    everybody = {"change": "records", "clinicians": {"take_out": ["t-ana", "t-ben"]}}
    assert refused(everybody) == [said.format("one of t-ana, t-ben")]
    # on one day the groups fall out, which a roster can say; somebody hired may lead them
    assert len(tried("out t-ana thu", "out t-ben thu").sentences) >= 2
    assert tried("hire t-new like t-ana", "leave t-ana", "leave t-ben").week.clinicians


def test_discharged_from_everything() -> None:
    assert '"c02"' in WEEK.model_dump_json()
    gone = tried("discharge c02", "discharge c01")
    assert '"c02"' not in gone.week.model_dump_json()
    assert "Pin pin-c01-tuesday falls away with that." in gone.sentences
    last = client(tried("discharge c02 wed"), "c02")
    assert last.stay.last_day == Day.WED


def test_a_pause_keeps_the_place_and_misses_nothing() -> None:
    paused = tried("pause c01")
    one = client(paused, "c01")
    assert spans(one.absences, Day.SUN) == [(0, 1440)]
    assert one.prescription is not None
    assert (one.prescription.hours.min, one.prescription.hours.target) == (0, 0)
    own = one.prescription.services
    assert [(line.service, line.min_count, line.max_count) for line in own] == [("individual", 0, 1)]
    pin = pins(paused)["pause-c01"].place
    assert pin is not None
    assert pin.cohort == "co-morning"
    assert "pin-c01-tuesday" not in pins(paused)
    assert pins(tried("pause c11")).keys() == {"pin-c01-tuesday"}, "c11 has no cohort"
    assert refused("pause c12")[0].startswith("c12 is not in treatment yet")


def test_a_pause_and_a_place_elsewhere_contradict_each_other() -> None:
    for one in ("pin c05 in co-evening", "pin c05 in co-evening on mon,wed,thu"):
        assert refused(one, "pause c05") == [
            "pin place-c05 places c05 in co-evening, which is not the place to keep; take the pin out, or"
            " leave out the pause"
        ]
        assert "pin 'pause-c05' says otherwise" in refused("pause c05", one)[0]
    same = tried("pin c05 in co-morning", "pause c05")
    assert [name for name in pins(same) if "c05" in name] == ["place-c05"]


def test_prescription() -> None:
    changed = tried(
        "days c12 3,4", "hours c12 11 within 9..14", "service c12 yoga 1", "service c12 medication 0",
        "service c12 individual 2", "weekdays c12 mon-thu",
    )  # fmt: skip
    plan = client(changed, "c12").prescription
    assert plan is not None
    assert plan.days == (3, 4)
    assert (plan.hours.min, plan.hours.target, plan.hours.max) == (9, 11, 14)
    assert [(one.service, one.min_count, one.max_count) for one in plan.services] == [
        ("individual", 2, 2),
        ("yoga", 1, 1),
    ]
    assert plan.weekdays == (Day.MON, Day.TUE, Day.WED, Day.THU)


def test_two_days_need_a_step_down() -> None:
    [problem] = refused("days c12 2")
    assert problem.startswith("after this change, clients c12, prescription, days #1: fewer than 3 days")
    assert client(tried("days c12 2 stepping down"), "c12").step_down


def test_authorisation_keeps_its_dates() -> None:
    had = client(tried("authorise c02 3 days"), "c02").authorisation
    assert had is not None
    assert (str(had.first), str(had.last), had.days) == ("2026-02-02", "2026-03-05", 3)
    new = client(tried("authorise c03 9.5 hours"), "c03").authorisation
    assert new is not None
    assert (str(new.first), str(new.last), new.hours) == ("2026-03-02", "2026-03-08", 9.5)
    assert refused({"change": "authorise", "client": "c02"})[0].startswith("an authorisation is in hours")


def test_availability() -> None:
    assert spans(client(tried("available c12 mon-wed 16:00-21:00"), "c12").available, Day.TUE) == [
        (960, 1260)
    ]
    assert spans(client(tried("busy c12 tue 08:00-12:00"), "c12").busy, Day.TUE) == [(480, 720)]
    free = client(tried("free c06 fri"), "c06")
    assert (spans(free.busy, Day.FRI), spans(free.busy, Day.THU)) == ([], [(480, 1020)])
    assert refused("free c12") == ["c12 is free all week anyway; name hours that are busy or absent"]
    assert spans(client(tried("absent c12 thu"), "c12").absences, Day.THU) == [(0, 1440)]


def test_new_clients_like_another() -> None:
    changed = tried("surge 2 like c14", "admit c99 like c16", "admit c98 like c05")
    assert [one.id for one in changed.week.clients[16:]] == ["c14-like-1", "c14-like-2", "c99", "c98"]
    new, old = client(changed, "c14-like-2"), client(changed, "c14")
    assert new == old.model_copy(update={"id": new.id, "waiting_days": 0})
    assert client(changed, "c99").intake == client(changed, "c16").intake
    assert client(changed, "c98").stay.last_day is None
    again = tried("surge 1 like c14", on=changed.week)
    assert again.week.clients[-1].id == "c14-like-3"
    assert refused("admit c12 like c11") == ["there is a client 'c12' already; give the new one another id"]


def test_dates_of_later_weeks_are_one_persons() -> None:
    c12 = client(tried(), "c12")
    step = {"week_of": "2026-03-09", "hours": {"min": 9, "target": 9, "max": 12}, "days": [3]}
    raw = c12.model_dump(mode="json") | {"id": "c50", "stay": {"last_date": "2026-04-01"}}
    raw["prescription"]["steps"] = [step]
    later = tried({"change": "admit", "client": raw})
    new = client(tried("admit c51 like c50", on=later.week), "c51")
    assert (new.prescription, new.stay) == (c12.prescription, c12.stay)
    ends = client(tried("discharge c50 wed", on=later.week), "c50").stay
    assert (ends.last_day, ends.last_date) == (Day.WED, None)


def test_typical_clients_of_a_slot() -> None:
    changed = tried("admit 3 evening")
    new = changed.week.clients[16:]
    assert [one.id for one in new] == ["evening-new-1", "evening-new-2", "evening-new-3"]
    assert {one.preferences.slots for one in new} == {("evening",)}
    assert {one.busy for one in new} == {client(changed, "c06").busy}, "c06 and c07 are of the commonest kind"
    assert {one.priority for one in new} == {3}, "as often as 2 among those who wait, and before it"
    assert not {one.client for one in changed.week.previous.placements} & {one.id for one in new}


def test_nobody_is_typical_where_there_is_nobody() -> None:
    empty = WEEK.model_copy(
        update={"clients": (), "pins": (), "apart": (), "previous": type(WEEK.previous)()}
    )
    assert refused("admit 1 evening", on=empty)[0].startswith("nobody in this week is typical")


@pytest.mark.parametrize(
    "words", ["discharge c77", "pause c77", "days c77 3", "surge 2 like c77", "free c77"]
)
def test_unknown_client(words: str) -> None:
    assert refused(words)[0].startswith("there is no client 'c77'; did you mean 'c07'?")


def test_working_hours_besides() -> None:
    more = clinician(tried("extra t-ana thu 16:30-17:30"), "t-ana")
    assert spans(more.available, Day.THU) == [(510, 990), (990, 1050)]
    assert spans(more.available, Day.FRI) == [(510, 990)]
    assert refused("extra t-ana thu 09:00-10:00")[0].startswith("t-ana works on thu 09:00-10:00 anyway")
    assert refused("extra t-ana thu 16:30-17:30", "works t-ana thu 08:00-12:00")[0].startswith(
        "this contradicts change 1"
    )


def test_a_client_can_come_at_other_hours_too() -> None:
    bound = tried("available c12 mon-thu 16:00-21:00").week
    wider = client(tried("comes c12 fri 09:00-12:00", on=bound), "c12")
    assert spans(wider.available, Day.FRI) == [(540, 720)]
    assert spans(wider.available, Day.MON) == [(960, 1260)]
    for change in ("comes c12 mon 17:00-18:00", "comes c12 mon-thu 16:00-21:00"):
        assert "anyway" in refused(change, on=bound)[0]
    assert refused("comes c12 fri")[0].startswith("c12 can come on fri anyway")
