"""Rule ``open-group``: a group runs only with enough people, and has only so many seats."""

from __future__ import annotations

from typing import Any

import pytest

from builder import Raw, clinician, patient, service, services_raw, services_roster, session
from solving import best, broken, off

RULE = "open-group"
EVERYBODY = ("ana", "ben", "cy", "dan")


def offering(name: str = "one", day: str = "sat", start: str = "10:00") -> Raw:
    return {"id": name, "day": day, "start": start, "site": "north"}


def circle_week(names: tuple[str, ...], *offerings: Raw, family: int = 0, **of_service: Any) -> Raw:
    """Each of ``names`` needs the circle once; it has two or three people. ``family``: loved ones of each."""
    more: Raw = {"family": {"attendees": family}} if family else {}
    circle = service(
        "circle",
        **{"participants": {"min": 2, "max": 3}, "offerings": list(offerings), "family": True, **of_service},
    )
    return services_raw(*(patient(name, "circle", **more) for name in names), services=[circle])


def held(names: tuple[str, ...], *times: str, day: str = "sat", name: str | None = "one") -> Raw:
    """All of ``names`` in the circle at each of the times."""
    sessions = [session("circle", list(names), day, time, offering=name) for time in times]
    return services_roster(" ".join(names), *sessions)


def test_the_fewest_people_obey() -> None:
    assert broken(circle_week(("ana", "ben"), offering()), held(("ana", "ben"), "10:00")) == set()


PAIR = ("ana", "ben")
BREAKS = {
    "too few": (circle_week(("ana",), offering()), held(("ana",), "10:00")),
    "too many": (circle_week(EVERYBODY, offering()), held(EVERYBODY, "10:00")),
    "loved ones": (circle_week(PAIR, offering(), family=1), held(PAIR, "10:00")),
    "another time": (circle_week(PAIR, offering()), held(PAIR, "11:00")),
    "another day": (circle_week(PAIR, offering()), held(PAIR, "10:00", day="sun")),
    "no offering": (circle_week(PAIR, offering()), held(PAIR, "10:00", name=None)),
    "more than the most": (
        circle_week(PAIR, max_offerings=0),
        held(PAIR, "10:00", name=None),
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_fault_breaks(name: str) -> None:
    raw, decided = BREAKS[name]
    assert broken(raw, decided) == {RULE}


def test_an_offering_given_twice_breaks() -> None:
    raw = circle_week(EVERYBODY, offering())
    raw["clinicians"].append(clinician("una", "therapist"))
    two = [
        session("circle", names, "sat", "10:00", offering="one", staff=[{"need": 0, "clinician": staff}])
        for names, staff in ((["ana", "ben"], "tom"), (["cy", "dan"], "una"))
    ]
    assert broken(raw, services_roster("ana ben cy dan", *two)) == {RULE}


@pytest.mark.parametrize("day", ["mon", "sat", "sun"])
def test_one_seat_too_few(day: str) -> None:
    raw = circle_week(EVERYBODY, offering(day=day))
    # Three of four have a seat; the fourth misses 60 points.
    found = best(raw)
    assert found.values["dose"] == 60
    assert [(s.day.code, s.start, len(s.clients)) for s in found.sessions("circle")] == [(day, 600, 3)]
    assert best(raw, off(RULE)).values["dose"] == 0


@pytest.mark.parametrize("day", ["mon", "sun"])
def test_one_person_is_not_a_group(day: str) -> None:
    raw = circle_week(("ana",), offering(day=day))
    assert best(raw).values["dose"] == 60
    alone = best(raw, off(RULE))
    assert (alone.values["dose"], len(alone.sessions("circle"))) == (0, 1)


@pytest.mark.parametrize(("names", "family", "dose"), [(("ana",), 1, 0), (PAIR, 1, 60), (("ana",), 3, 60)])
def test_loved_ones_take_seats(names: tuple[str, ...], family: int, dose: int) -> None:
    raw = circle_week(names, offering(), family=family)
    # People: 1 + 1 = 2 will do; (1 + 1) x 2 = 4 are one too many, so one client misses it; so are 1 + 3.
    assert best(raw).values["dose"] == dose
    raw["services"][0]["family"] = False
    # Without loved ones, a client alone is too few and two are enough.
    assert best(raw).values["dose"] == (60 if len(names) == 1 else 0)


def test_four_people_fill_two_offerings() -> None:
    raw = circle_week(EVERYBODY, offering(), offering("two", "sun"))
    found = best(raw)
    # Each client is in one, so two people are in each; 60 staff minutes a session.
    assert (found.values["dose"], found.values["cost"]) == (0, 120)
    assert [len(s.clients) for s in found.sessions("circle")] == [2, 2]
    raw["closures"] = [{"day": "sun", "sites": ["north"]}]
    # Sunday is closed: three seats for four.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0


@pytest.mark.parametrize(("most", "dose"), [(0, 240), (1, 60), (2, 0)])
def test_as_many_sessions_as_may_be_placed(most: int, dose: int) -> None:
    raw = circle_week(EVERYBODY, max_offerings=most)
    # No session, one with three of the four, or two with two each: 60 points for each who misses it.
    found = best(raw)
    assert (found.values["dose"], len(found.sessions("circle"))) == (dose, most)


def test_a_group_that_would_be_too_small_does_not_run() -> None:
    raw = circle_week(PAIR, offering())
    raw["clients"][1]["busy"] = [{"days": ["sat"], "start": "09:00", "end": "12:00"}]
    # ben cannot come, so ana alone would be too few: both miss it.
    assert best(raw).values["dose"] == 120
    assert best(raw, off(RULE)).values["dose"] == 60
