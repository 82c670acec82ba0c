"""Ids: each names something that exists, and each names one thing only."""

from __future__ import annotations

import json

import pytest

from iop_sched.week.program import ProgramWeek
from iop_sched.week.references.ids import TARGETS
from week.texts import WEEK, expect, marks, problems, spoil

UNKNOWN = [
    ("travel: {south: 20}", "travel: {«sooth: 20}", "there is no site 'sooth'; did you mean 'south'?"),
    ("sites: [south]}", "sites: [«sowth]}", "no site 'sowth'; did you mean 'south'"),
    ("{id: hall, site: north", "{id: hall, site: «nord", "no site 'nord'"),
    (
        "kinds: [group], cap",
        "kinds: [«groop], cap",
        "'groop' is not among the words of vocabulary.room_kinds",
    ),
    ("{kind: office", "{kind: «offices", "vocabulary.supplies; did you mean 'office'"),
    ("office, site: north", "office, site: «xyz", "add it to sites, or write one of north, south"),
    ("- {roles: [therapist], lead", "- {roles: [«terapist], lead", "did you mean 'therapist'"),
    ("credentials: [lcsw]}]", "credentials: [«lcws]}]", "vocabulary.credentials; did you mean 'lcsw'"),
    ("kind: skills", "kind: «skill", "vocabulary.block_kinds; did you mean 'skills'"),
    ("    levels: [iop]", "    levels: [«iopp]", "no level of care 'iopp'"),
    ("options: [{slot: am,", "options: [{slot: «ma,", "no slot 'ma'"),
    ("status: candidate\n  site: south", "status: candidate\n  site: «soth", "no site 'soth'"),
    ("serves: [trauma]", "serves: [«traumas]", "vocabulary.needs; did you mean 'trauma'"),
    ("  room_kind: group", "  room_kind: «studio", "vocabulary.room_kinds"),
    ('tue, start: "14:00", site: north', 'tue, start: "14:00", site: «norht', "did you mean 'north'"),
    ("{block_kind: process}", "{block_kind: «proces}", "did you mean 'process'"),
    (
        "{block_kind: process}",
        "{service: «individuals}",
        "no service 'individuals'; did you mean 'individual'",
    ),
    ("roles: [psychiatrist]\n  sites", "roles: [«psychiatry]\n  sites", "vocabulary.roles"),
    ("sites: [north, south]", "sites: [north, south, «west]", "no site 'west'"),
    ("members: [tess]", "members: [«bess]", "no clinician 'bess'; did you mean 'tess'"),
    ("quorum: [{role: psychiatrist}]", "quorum: [{role: «psychatrist}]", "did you mean 'psychiatrist'"),
    ("payer: blue", "payer: «bleu", "no payer 'bleu'"),
    ("population: adults", "population: «adult", "vocabulary.populations; did you mean 'adults'"),
    ("  needs: [trauma]\n", "  needs: [trauma, «phase-3]\n", "did you mean 'phase-2'"),
    ("languages: [en]", "languages: [«fr]", "vocabulary.languages, or write one of en, es"),
    ("{service: individual, min_count", "{service: «Individual, min_count", "did you mean 'individual'"),
    ("{slots: [am]", "{slots: [«pm]", "no slot 'pm'"),
    ("clinicians: [tess]", "clinicians: [«tes]", "no clinician 'tes'"),
    ("excludes: [phil]", "excludes: [«fill]", "no clinician 'fill'"),
    ("assessment: assessment,", "assessment: «assesment,", "did you mean 'assessment'"),
    ("- [c01, c02]", "- [c01, «c22]", "no client 'c22'"),
    ("together: []", "together: [[«c09, c01]]", "no client 'c09'"),
    ("place: {client: c01, cohort: red", "place: {client: c01, cohort: «rad", "no cohort 'rad'"),
    ("cohort: {cohort: blue", "cohort: {cohort: «bleu", "no cohort 'bleu'; did you mean 'blue'"),
    ("room: hall", "room: «hal", "no room 'hal'"),
    ("team: {team: team", "team: {team: «teams", "no care team 'teams'"),
    ("- {client: c01, cohort: red, slot", "- {client: «c1, cohort: red, slot", "no client 'c1'"),
    ("leader: tess", "leader: «tom", "no clinician 'tom'"),
    ("service: individual, day", "service: «group-talk, day", "no service 'group-talk'"),
]


@pytest.mark.parametrize(("old", "new", "said"), UNKNOWN)
def test_an_unknown_id_is_reported_where_it_stands_with_what_was_meant(old: str, new: str, said: str) -> None:
    expect([(old, new)], said)


def test_an_unknown_agenda_is_reported_for_each_cohort() -> None:
    changed = WEEK.replace("agenda: plain", "agenda: plane")
    found = problems(changed)
    assert ["did you mean 'plain'" in one.right for one in found] == [True, True]
    assert [one.where for one in found] == ["cohorts[red].agenda", "cohorts[blue].agenda"]


REPEATED = [
    ("- id: south", "- id: «north", "the id 'north' is given to an earlier one of sites"),
    ("- id: late", "- id: «Am", "the id 'Am' differs from 'am' in capitals alone"),
    ("- id: second", "- id: «first", "the id 'first' is given to an earlier one of blocks"),
    ("{id: thursday", "{id: «tuesday", "earlier one of offerings"),
    ("- id: c02\n", "- id: «C01\n", "differs from 'c01' in capitals alone"),
    ("- id: opens", "- id: «stays", "earlier one of pins"),
    ("roles: [therapist, psychiatrist]", "roles: [therapist, psychiatrist, «therapist]", "stands twice"),
]


@pytest.mark.parametrize(("old", "new", "said"), REPEATED)
def test_an_id_that_stands_twice_is_reported_at_its_second_place(old: str, new: str, said: str) -> None:
    text = (
        WEEK.replace("travel: {south: 20}", "travel: {}").replace("c02]", "c03]") if "south" in old else WEEK
    )
    spoilt, places = marks(text.replace(old, new))
    found = [one for one in problems(spoilt) if said in str(one)]
    assert [(one.line, one.column) for one in found] == places


def test_the_third_of_three_equal_ids_is_reported_as_well() -> None:
    more = '- id: am\n  start: "10:00"\n- id: am\n  start: "11:00"\nagendas:'
    found = problems(spoil(("agendas:", more)))
    assert [one.where for one in found] == ["slots[am].id", "slots[am].id"]


def _fields_of_ids() -> set[str]:
    schema = ProgramWeek.model_json_schema()
    models = {**schema["$defs"], "ProgramWeek": schema}
    return {
        f"{model}.{name}"
        for model, shape in models.items()
        for name, field in shape.get("properties", {}).items()
        if "[A-Za-z0-9][A-Za-z0-9._-]*$" in json.dumps(field) and name != "id" and model != "Vocabulary"
    }


def test_every_field_that_holds_an_id_is_looked_up() -> None:
    # a block is one of the meeting's own, which pinned_staff looks up
    assert _fields_of_ids() - {"StaffPin.block"} == set(TARGETS)
