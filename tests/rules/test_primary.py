"""Rule ``primary``: a client's own therapist, with a caseload that can be borne."""

from __future__ import annotations

from typing import Any

import pytest

from builder import Raw, clinician, patient, seat, service, services_raw, session, window
from solving import best, broken, off, soft

RULE = "primary"


def primary_week(*clients: Raw, staff: tuple[Raw, ...] = (), **more: Any) -> Raw:
    """Therapy is given by the client's primary: ``tom``, or whoever is on the staff."""
    people = staff or (clinician("tom", "therapist"),)
    return services_raw(*clients, services=[service(primary=True)], clinicians=list(people), **more)


def tom(**more: Any) -> Raw:
    return clinician("tom", "therapist", **more)


def una(**more: Any) -> Raw:
    return clinician("una", "therapist", **more)


def cared(name: str, primary: str | None) -> Raw:
    return seat(name, "", None, primary=primary)


def test_a_primary_who_gives_the_session_obeys() -> None:
    decided = {
        "placements": [cared("ana", "tom")],
        "sessions": [session("therapy", ["ana"], "mon", "09:00")],
    }
    assert broken(primary_week(patient("ana")), decided) == set()


BREAKS = {
    "none": (primary_week(patient("ana")), None),
    "needless": (services_raw(patient("ana")), "tom"),
    "excluded": (primary_week(patient("ana", excludes=["tom"])), "tom"),
    "language": (
        primary_week(patient("ana", languages=["es"]), staff=(tom(languages=["en"]),)),
        "tom",
    ),
    "not qualified": (primary_week(patient("ana"), staff=(tom(), clinician("fay", "facilitator"))), "fay"),
    "caseload": (primary_week(patient("ana"), staff=(tom(caseload=0),)), "tom"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_wrong_primary_breaks(name: str) -> None:
    raw, primary = BREAKS[name]
    assert broken(raw, {"placements": [cared("ana", primary)]}) == {RULE}


def test_a_full_caseload_keeps_a_client_out() -> None:
    raw = primary_week(patient("ana"), patient("ben"), staff=(tom(caseload=1),))
    # One of two has a place; the other costs 20 points, and 60 for the missing session.
    found = best(raw).values
    assert (found["placed"], found["dose"]) == (20, 60)
    assert best(raw, off(RULE)).values["placed"] == 0
    # Soft: both are placed, one client above the caseload at 900.
    eased = best(raw, soft(RULE)).values
    assert (eased["placed"], eased["continuity"]) == (0, 900)


def test_a_caseload_inherited_from_last_week_may_stay() -> None:
    raw = primary_week(*(patient(name) for name in ("ana", "ben", "cy")), staff=(tom(caseload=1),))
    raw["previous"] = {"placements": [{"client": name, "primary": "tom"} for name in ("ana", "ben")]}
    # Two came with tom, so two may stay; cy, who is new, may not join them.
    found = best(raw)
    assert (found.values["kept"], found.values["placed"]) == (0, 20)
    assert set(found.placements) == {"ana", "ben"}


@pytest.mark.parametrize(("tom_comes", "una_comes"), [("mon", "sun"), ("sun", "mon")])
def test_a_colleague_covers_when_the_primary_is_away(tom_comes: str, una_comes: str) -> None:
    client = patient("ana", busy=[window(tom_comes)])
    staff = (tom(available=[window(tom_comes)]), una(available=[window(una_comes)], caseload=0))
    raw = primary_week(client, staff=staff)
    # tom is the primary, as una carries nobody; ana is busy when he comes, so una covers, at 120.
    found = best(raw)
    assert (found.values["dose"], found.values["continuity"]) == (0, 120)
    assert found.placements["ana"].primary == "tom"
    assert [(s.day.code, s.staff[0].clinician) for s in found.sessions("therapy")] == [(una_comes, "una")]
    # Off: nobody is primary, and nothing is paid.
    alone = best(raw, off(RULE))
    assert (alone.values["continuity"], alone.placements["ana"].primary) == (0, None)


def test_a_closed_day_takes_the_primary_away() -> None:
    staff = (tom(available=[window("mon")]), una(available=[window("sat")], caseload=0))
    raw = primary_week(patient("ana"), staff=staff)
    assert best(raw).values["continuity"] == 0
    raw["closures"] = [{"day": "mon"}]
    # una covers on saturday.
    assert best(raw).values["continuity"] == 120
    assert best(raw, off(RULE)).values["continuity"] == 0


def test_each_session_covered_costs() -> None:
    twice = patient("ana", {"service": "therapy", "min_count": 2, "max_count": 2}, excludes=["tom"])
    staff = (
        tom(),
        una(available=[window("mon sun")]),
        clinician("zoe", "therapist", away=[window("daily", "00:00", "24:00")]),
    )
    raw = primary_week(twice, staff=staff)
    # una suits and gives both.
    assert best(raw).values["continuity"] == 0
    raw["clinicians"][1]["caseload"] = 0
    # zoe, who is away all week, is the primary: una covers twice at 120.
    assert best(raw).values["continuity"] == 240


def test_a_primary_is_qualified_for_each_of_the_client_s_own_services() -> None:
    nursing = service("nursing", staff=[{"roles": ["nurse"]}], primary=True)
    raw = primary_week(patient("ana", "therapy", "nursing"))
    raw["services"].append(nursing)
    raw["clinicians"].append(clinician("nia", "nurse"))
    # Nobody is both therapist and nurse: no primary, no place.
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0
    raw["clinicians"].append(clinician("both", "nurse") | {"roles": ["nurse", "therapist"]})
    found = best(raw)
    assert (found.values["placed"], found.placements["ana"].primary) == (0, "both")
    # The one primary gives both services, so nobody covers.
    assert found.values["continuity"] == 0


def test_who_needs_no_primary_has_none() -> None:
    raw = primary_week(patient("ana", "other"))
    raw["services"].append(service("other"))
    assert best(raw).placements["ana"].primary is None
