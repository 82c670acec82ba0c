"""Rule ``service-staff``: only those who may, and never somebody the client must not see."""

from __future__ import annotations

from typing import Any

import pytest

from builder import Raw, clinician, patient, service, services_raw, services_roster, session, window
from solving import best, broken, off

RULE = "service-staff"
TEAM = [{"roles": ["therapist"]}, {"roles": ["facilitator"]}]


def staffed(*staff: Raw, client: Raw | None = None, **of_service: Any) -> Raw:
    """``ana`` needs therapy once, from one of ``staff``."""
    payers = [{"id": "strict", "credentialed_only": True}, {"id": "easy"}]
    return services_raw(
        client or patient("ana"), services=[service(**of_service)], clinicians=list(staff), payers=payers
    )


def tom(**more: Any) -> Raw:
    return clinician("tom", "therapist", **more)


def by(*staff: tuple[int, str]) -> Raw:
    """Therapy for ``ana`` by (need, clinician)."""
    people = [{"need": need, "clinician": name} for need, name in staff]
    return services_roster("ana", session("therapy", ["ana"], "mon", "09:00", staff=people))


def test_one_therapist_obeys() -> None:
    assert broken(staffed(tom()), by((0, "tom"))) == set()


BREAKS = {
    "nobody": (staffed(tom()), by()),
    "two for one": (staffed(tom(), clinician("una", "therapist")), by((0, "tom"), (0, "una"))),
    "another role": (staffed(clinician("fay", "facilitator")), by((0, "fay"))),
    "no credential": (
        staffed(tom(), staff=[{"roles": ["therapist"], "credentials": ["phd"]}]),
        by((0, "tom")),
    ),
    "no modality": (staffed(tom(), staff=[{"roles": ["therapist"], "modalities": ["dbt"]}]), by((0, "tom"))),
    "one for two": (staffed(tom(roles=["therapist", "facilitator"]), staff=TEAM), by((0, "tom"), (1, "tom"))),
    "excluded": (staffed(tom(), client=patient("ana", excludes=["tom"])), by((0, "tom"))),
    "language": (staffed(tom(languages=["en"]), client=patient("ana", languages=["es"])), by((0, "tom"))),
    "payer": (staffed(tom(), client=patient("ana", payer="strict")), by((0, "tom"))),
    "site": (staffed(tom(sites=["south"])), by((0, "tom"))),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_wrong_staff_breaks(name: str) -> None:
    raw, decided = BREAKS[name]
    assert broken(raw, decided) == {RULE}


@pytest.mark.parametrize(("una_comes", "day"), [("mon", "mon"), ("sun", "sun"), ("mon sun", "sun")])
def test_the_session_is_when_somebody_who_may_is_there(una_comes: str, day: str) -> None:
    una = clinician("una", "therapist", available=[window(una_comes)])
    raw = staffed(tom(), una, client=patient("ana", excludes=["tom"]))
    if una_comes == "mon sun":
        raw["closures"] = [{"day": "mon"}]
    # una's one hour that is open is taken: nothing is missing, 60 staff minutes.
    found = best(raw)
    assert (found.values["dose"], found.values["cost"]) == (0, 60)
    assert [(s.day.code, s.start, s.staff[0].clinician) for s in found.sessions("therapy")] == [
        (day, 540, "una")
    ]
    # Off: the session has no staff, and costs none.
    assert best(raw, off(RULE)).values["cost"] == 0


@pytest.mark.parametrize("name", [name for name in BREAKS if name not in ("nobody", "two for one")])
def test_without_the_right_staff_the_session_is_missing(name: str) -> None:
    raw = BREAKS[name][0]
    # Nobody may give it at north: 60 points missing. (tom may give it at his own site.)
    assert best(raw).values["dose"] == (0 if name == "site" else 60)
    assert best(raw, off(RULE)).values["dose"] == 0


def test_staff_give_sessions_at_their_own_sites_or_online() -> None:
    raw = staffed(tom(sites=["south"]), client=patient("ana", sites=["north"]))
    # ana comes to north alone, tom to south alone.
    assert best(raw).values["dose"] == 60
    raw["clients"][0]["formats"] = ["in-person", "telehealth"]
    raw["services"][0]["telehealth"] = "allowed"
    assert [s.site for s in best(raw).sessions("therapy")] == [None]


@pytest.mark.parametrize(("payer", "lists", "dose"), [("strict", ["strict"], 0), ("easy", [], 0)])
def test_a_payer_asks_for_credentials_only_when_strict(payer: str, lists: list[str], dose: int) -> None:
    assert best(staffed(tom(payers=lists), client=patient("ana", payer=payer))).values["dose"] == dose


def test_two_needs_take_two_people() -> None:
    both = tom(roles=["therapist", "facilitator"])
    raw = staffed(both, clinician("fay", "facilitator"), staff=TEAM)
    found = best(raw)
    # Two people for 60 minutes each: tom as therapist, fay as facilitator.
    assert (found.values["dose"], found.values["cost"]) == (0, 120)
    assert {(s.need, s.clinician) for s in found.sessions("therapy")[0].staff} == {(0, "tom"), (1, "fay")}
    two = staffed(tom(), clinician("una", "therapist"), staff=[{"roles": ["therapist"], "count": 2}])
    assert best(two).values["cost"] == 120
    two["clinicians"].pop()
    assert best(two).values["dose"] == 60


def test_staff_of_an_open_group_suit_everybody_in_it() -> None:
    offering = {"id": "one", "day": "sat", "start": "10:00", "site": "north"}
    circle = service("circle", participants={"min": 1, "max": 3}, offerings=[offering])
    raw = services_raw(
        patient("ana", "circle"),
        patient("ben", "circle"),
        patient("cy", "circle", excludes=["tom"]),
        services=[circle],
    )
    # tom is the only one there: cy misses the circle, 60 points.
    found = best(raw)
    assert (found.values["dose"], found.sessions("circle")[0].clients) == (60, ("ana", "ben"))
    assert best(raw, off(RULE)).values["dose"] == 0
    raw["clinicians"].append(clinician("una", "therapist"))
    assert best(raw).sessions("circle")[0].staff[0].clinician == "una"
