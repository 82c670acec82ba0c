"""Redaction: nobody's id, date or note is left, and the rules judge what is left as they judged the whole."""

from __future__ import annotations

import json

from iop_sched.export.redact import NO_DATE, redact
from iop_sched.next_week import advance
from iop_sched.rules import evaluate
from iop_sched.week.pins import MeetingPin, Pin, StaffPin
from iop_sched.week.places import Closure, Window
from iop_sched.week.times import Day
from report.harbour import EVALUATION, POLICY, WEEK, found_file

ROSTER = found_file()
HIDDEN = redact([(WEEK, ROSTER)])
PEOPLE = {one.id for one in (*WEEK.clients, *WEEK.clinicians)}


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (str(key), *texts(item))]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [str(value)]


def test_no_id_of_a_person_is_left() -> None:
    for model in HIDDEN.pairs[0]:
        words = {word for text in texts(json.loads(model.model_dump_json())) for word in text.split()}
        assert not words & PEOPLE
        assert PEOPLE & set(" ".join(texts(json.loads(WEEK.model_dump_json()))).split())


def test_pinned_staff_has_codes() -> None:
    staff = (StaffPin(block="process", clinicians=("lee", "kim")),)
    pin = Pin(id="who", meeting=MeetingPin(cohort="mor-1", day=Day.MON, staff=staff))
    hidden = redact([(WEEK.model_copy(update={"pins": (pin,)}), ROSTER)])
    meeting = hidden.pairs[0][0].pins[0].meeting
    assert meeting is not None
    codes = hidden.codes["clinicians"]
    assert meeting.people == [codes["lee"], codes["kim"]]


def test_the_rules_see_the_same_week() -> None:
    found = evaluate(*HIDDEN.pairs[0], POLICY)
    assert found.tiers == EVALUATION.tiers
    assert len(found.violations) == len(EVALUATION.violations)


def test_codes_are_all_different_and_do_not_follow_the_ids() -> None:
    for kind in ("clients", "clinicians"):
        codes = HIDDEN.codes[kind]
        assert len(set(codes.values())) == len(codes)
        assert [codes[one] for one in sorted(codes)] != sorted(codes.values())
    # another week draws another order; the same one the same, so that outputs fit together
    assert redact([(WEEK, ROSTER)]).codes == HIDDEN.codes
    later = WEEK.model_copy(update={"program": "Another"})
    assert redact([(later, ROSTER)]).codes != HIDDEN.codes


def test_people_stand_in_the_order_of_their_codes() -> None:
    ((week, roster),) = HIDDEN.pairs
    for ids in (
        [one.id for one in week.clients],
        [one.id for one in week.clinicians],
        [one.client for one in roster.placements],
        [one.client for one in roster.unplaced],
    ):
        assert ids == sorted(ids)
        assert len(ids) > 1


def test_dates_and_notes_are_gone() -> None:
    client = WEEK.clients[0]
    note = Window(days=("mon",), start="09:00", end="10:00", why="divorce hearing")  # type: ignore[arg-type]
    noted = client.model_copy(update={"busy": (*client.busy, note)})
    closed = Closure(day="sun", why="funeral of a client")  # type: ignore[arg-type]
    week = WEEK.model_copy(
        update={"clients": (noted, *WEEK.clients[1:]), "closures": (*WEEK.closures, closed)}
    )
    hidden = redact([(week, ROSTER)])
    ((shown, roster),) = hidden.pairs
    text = shown.model_dump_json() + roster.model_dump_json()
    for secret in ("divorce", "funeral", str(WEEK.week_of), str(WEEK.week_of.year), WEEK.program):
        assert secret in week.model_dump_json() + ROSTER.model_dump_json()
        assert secret not in text.replace(ROSTER.provenance.instance_sha256, "")
    assert shown.week_of == roster.week_of == NO_DATE
    assert NO_DATE.weekday() == WEEK.week_of.weekday() == 0


def test_a_person_has_one_code_in_all_weeks() -> None:
    later = advance(WEEK, ROSTER).week
    newcomer = WEEK.clients[0].model_copy(update={"id": "a-newcomer"})
    later = later.model_copy(update={"clients": (*later.clients[1:], newcomer)})
    hidden = redact([(WEEK, ROSTER), (later, ROSTER)])
    codes, by_code = hidden.codes["clients"], {code: id_ for id_, code in hidden.codes["clients"].items()}
    for (shown, _), week in zip(hidden.pairs, (WEEK, later), strict=True):
        assert {by_code[one.id] for one in shown.clients} == {one.id for one in week.clients}
        for one in shown.clients:
            whose = next(client for client in week.clients if client.id == by_code[one.id])
            assert (one.priority, one.level, one.waiting_days) == (
                whose.priority,
                whose.level,
                whose.waiting_days,
            )
    # whoever comes or goes is nowhere near the end or the beginning because of that
    assert len(set(codes.values())) == len(codes) == len(WEEK.clients) + 1
    assert [by_code[code] for code in sorted(by_code)] != sorted(codes)


def test_the_path_of_a_policy_is_left_out() -> None:
    def shown(policy: str) -> str:
        provenance = ROSTER.provenance.model_copy(update={"policy": policy})
        ((_, roster),) = redact([(WEEK, ROSTER.model_copy(update={"provenance": provenance}))]).pairs
        return roster.provenance.policy

    assert shown("standard") == "standard"
    assert "ann" not in shown("policies/ann-berg/mine.toml")
