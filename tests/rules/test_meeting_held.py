"""meeting-held: the group meets; if it truly cannot, that is dearer than anything else."""

from __future__ import annotations

from builder import WORKDAYS, Raw, block, clinician, group, person, seat, small_raw, small_roster
from iop_sched.week.policy import Policy
from solving import best, broken, off

RULE = "meeting-held"
HARD = Policy(rules={RULE: "hard"})


def led(*clients: Raw, away: str | None = None, days: tuple[str, ...] = WORKDAYS, **more: object) -> Raw:
    """Cohort ``red`` needs a leader, who may be away on a day."""
    agenda = {
        "id": "talk",
        "blocks": [block("talk", 0, 60, staff=[{"roles": ["facilitator"], "lead": True}])],
    }
    windows = [{"days": [away], "start": "08:00", "end": "12:00"}] if away else []
    fay = clinician("fay", "facilitator", away=windows)
    return small_raw(*clients, agendas=[agenda], cohorts=[group("red", days)], clinicians=[fay], **more)


def held(raw: Raw, *placements: Raw, without: str | None = None) -> Raw:
    """A roster in which fay leads every meeting but one."""
    decided = small_roster(raw, *placements)
    decided["cohorts"][0]["leader"] = "fay"
    staff = [{"block": "talk", "need": 0, "clinician": "fay"}]
    for meeting in decided["facilitation"]:
        meeting |= {"held": False} if meeting["day"] == without else {"staff": staff}
    return decided


def test_every_meeting_is_held() -> None:
    raw = led(person("ana"))
    assert broken(raw, held(raw, seat("ana", "mon tue wed")), HARD) == set()
    assert best(raw).values["kept"] == 0


def test_an_empty_cohort_meets_too() -> None:
    # Five meetings at 60 and five hours of fay at 1 a minute; without the rule nobody would bother.
    raw = led()
    assert best(raw).values["cost"] == 5 * 60 + 5 * 60
    assert best(raw, off(RULE)).values["cost"] == 0


def test_a_meeting_not_held_is_dearer_than_every_current_client() -> None:
    days = ["mon", "tue", "wed"]
    previous = {"placements": [{"client": name, "cohort": "red", "days": days} for name in ("ana", "ben")]}
    raw = led(person("ana"), person("ben"), away="tue", previous=previous)
    decided = held(raw, seat("ana", "mon tue wed"), seat("ben", "mon tue wed"), without="tue")
    assert broken(raw, decided) == set()
    assert broken(raw, decided, HARD) == {RULE}
    # Two current clients: 2 + 1 for the meeting of tue. Both keep their place.
    found = best(raw)
    assert (found.values["kept"], found.values["placed"]) == (3, 0)
    assert [meeting.day.code for meeting in found.roster.facilitation if not meeting.held] == ["tue"]
    assert best(raw, off(RULE)).values["kept"] == 0


def test_hard_is_infeasible_when_the_leader_is_away() -> None:
    raw = led(person("ana"), away="tue")
    assert best(raw, HARD).outcome == "INFEASIBLE"
    assert best(raw, off(RULE)).outcome == "OPTIMAL"
    assert best(led(person("ana")), HARD).values["kept"] == 0


def test_a_closed_day_has_no_meeting_to_hold() -> None:
    # Fay is away on the day that is closed: nothing is due, nothing costs, and hard holds.
    raw = led(person("ana"), away="tue", closures=[{"day": "tue"}])
    assert broken(raw, held(raw, seat("ana", "mon tue wed")), HARD) == set()
    assert best(raw, HARD).values["kept"] == 0


def test_first_and_last_day_of_the_week() -> None:
    # Nobody is current: 0 + 1 for each meeting that fay misses.
    for away in ("mon", "sun"):
        raw = led(person("ana"), away=away, days=("mon", "sat", "sun"))
        assert broken(raw, held(raw, without=away), HARD) == {RULE}
        assert best(raw).values["kept"] == 1
        assert best(raw, off(RULE)).values["kept"] == 0


def test_a_candidate_need_not_open() -> None:
    # The candidate would meet on tue without fay: it stays closed rather than miss a meeting at 1.
    raw = led(person("ana"), away="tue")
    raw["cohorts"][0]["status"] = "candidate"
    found = best(raw)
    assert (found.values["kept"], found.values["placed"]) == (0, 20)
    # Without the rule it opens.
    assert best(raw, off(RULE)).values["placed"] == 0
