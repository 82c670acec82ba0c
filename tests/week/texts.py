"""A small week in order, and a way to spoil it and to say where the spoilt place is."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from iop_sched.week.loading import load_week
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.program import ProgramWeek
from iop_sched.week.yaml_text import read_yaml

MARK = "«"

WEEK = """\
format: 1
program: Texts
week_of: 2026-03-02
grid: 15
vocabulary:
  roles: [therapist, psychiatrist]
  credentials: [lcsw]
  modalities: [cbt]
  populations: [adults]
  needs: [trauma, phase-2]
  languages: [en, es]
  block_kinds: [process, skills]
  room_kinds: [group]
  supplies: [office]
sites:
- id: north
  travel: {south: 20}
- id: south
closures:
- {day: fri, sites: [south]}
rooms:
- {id: hall, site: north, kinds: [group], capacity: 12}
supplies:
- {kind: office, site: north, count: 2}
payers:
- {id: blue, credentialed_only: true}
levels:
- id: iop
  hours: {min: 9, max: 20}
  day_hours: {min: 3, max: 5}
  days: {min: 3, max: 5}
  group_share: {min: 60, max: 70}
slots:
- id: am
  start: "09:00"
  by_day: {sat: "10:00"}
- id: late
  start: "22:00"
agendas:
- id: plain
  blocks:
  - id: first
    kind: process
    after: 0
    minutes: 80
    staff:
    - {roles: [therapist], lead: true}
    attendance: {min: 6, max: 12}
  - id: second
    kind: skills
    after: 90
    minutes: 90
    levels: [iop]
cohorts:
- id: red
  site: north
  levels: [iop]
  serves: [trauma]
  members: {min: 8, max: 12}
  options: [{slot: am, days: [mon, tue, thu]}]
  agenda: plain
  room_kind: group
- id: blue
  status: candidate
  site: south
  levels: [iop]
  members: {min: 4, max: 12}
  options:
  - {slot: am, days: [mon, tue, wed]}
  - {slot: am, days: [mon, wed, fri]}
  agenda: plain
services:
- id: individual
  minutes: 50
  staff: [{roles: [therapist], credentials: [lcsw]}]
  telehealth: allowed
- id: yoga
  minutes: 60
  participants: {min: 2, max: 10}
  staff: [{roles: [therapist]}]
  offerings:
  - {id: tuesday, day: tue, start: "14:00", site: north}
  - {id: thursday, day: thu, start: "14:00", site: north}
- id: family-talk
  minutes: 60
  staff: [{roles: [therapist]}]
  family: true
  follows: {block_kind: process}
- id: assessment
  minutes: 90
  staff: [{roles: [psychiatrist]}]
  counts: false
clinicians:
- id: tess
  roles: [therapist]
  credentials: [lcsw]
  sites: [north, south]
  available:
  - {days: weekdays, start: "08:00", end: "17:00", site: north}
  breaks:
  - {minutes: 30, start: "12:00", end: "13:00"}
  - {minutes: 15, start: "15:00", end: "15:30"}
- id: phil
  roles: [psychiatrist]
  sites: [north]
  available:
  - {days: [mon, tue], start: "08:00", end: "12:00"}
  - {days: [tue, wed], start: "12:00", end: "17:00"}
care_teams:
- id: team
  site: north
  minutes: 60
  windows: [{days: [wed], start: "12:00", end: "15:00"}]
  members: [tess]
  quorum: [{role: psychiatrist}]
clients:
- id: c01
  level: iop
  payer: blue
  population: adults
  needs: [trauma]
  languages: [en]
  sites: [north]
  busy:
  - days: [mon, wed]
    start: "14:00"
    end: "16:00"
    why: job
  prescription:
    hours: {min: 9, target: 12, max: 15}
    days: [3, 4]
    services:
    - {service: individual, min_count: 1, max_count: 2}
  authorisation: {first: 2026-03-01, last: 2026-03-31, hours: 60}
  stay: {earliest_start: tue, latest_start: thu}
  preferences: {slots: [am], clinicians: [tess]}
- id: c02
  level: iop
  prescription:
    hours: {min: 9, target: 9, max: 10}
    days: [3]
  excludes: [phil]
- id: c03
  level: iop
  intake: {assessment: assessment, assessment_only: true}
apart:
- [c01, c02]
together: []
pins:
- id: stays
  place: {client: c01, cohort: red, days: [mon, tue, thu]}
  overrides: [track]
  reason: agreed
- id: opens
  cohort: {cohort: blue, open: false}
- id: meets
  meeting: {cohort: red, day: mon, room: hall}
- id: convenes
  team: {team: team, day: wed, start: "13:00"}
previous:
  placements:
  - {client: c01, cohort: red, slot: am, days: [mon, tue, thu], primary: tess}
  leaders:
  - {cohort: red, leader: tess}
  sessions:
  - {client: c01, service: individual, day: tue, start: "13:10"}
"""


def spoil(*changes: tuple[str, str], text: str = WEEK) -> str:
    """``text`` with each first part, which occurs once, replaced by the second."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    return text


def marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the line and column that each of them stood before."""
    places, lines = [], []
    for number, line in enumerate(text.split("\n"), 1):
        while MARK in line:
            places.append((number, line.index(MARK) + 1))
            line = line.replace(MARK, "", 1)
        lines.append(line)
    return "\n".join(lines), places


def problems(text: str | bytes, name: str = "week.yaml") -> tuple[Problem, ...]:
    """What is wrong with a text as a file; nothing when it is in order."""
    try:
        loaded(text, name)
    except InputProblems as found:
        return found.problems
    return ()


def loaded(text: str | bytes, name: str = "week.yaml") -> ProgramWeek:
    """The week that a text holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return load_week(path)


def data(text: str = WEEK) -> Any:
    """The plain data of a YAML text, to be changed at will."""
    return json.loads(_as_json(text))


@cache
def _as_json(text: str) -> str:
    return json.dumps(read_yaml("week.yaml", text).data)


def as_json(text: str) -> str:
    """The same data as JSON, one value a line."""
    return json.dumps(data(text), indent=1)


def expect(changes: list[tuple[str, str]], *said: str) -> None:
    """Spoil the week and see exactly the marked problems, each saying its part, in the order of the file."""
    text, places = marks(spoil(*changes))
    found = problems(text)
    assert [(one.line, one.column) for one in found] == places, "\n".join(map(str, found))
    for problem, words in zip(found, said, strict=True):
        assert words in str(problem), str(problem)
        assert problem.right, f"no remedy: {problem}"
