"""What it would take: single changes, pairs, and what is said when the time is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import Raw, clinician, person, seat, service, session, small_raw, small_roster, week, window
from builder import roster as typed
from instances.facts import INSTANCES
from iop_sched.repairs import kinds
from iop_sched.repairs.catalogue import catalogue
from iop_sched.repairs.demand import Demand
from iop_sched.repairs.kinds import KINDS
from iop_sched.repairs.question import Question, questions, to_be_possible
from iop_sched.repairs.search import Repairs, repairs
from iop_sched.repairs.trials import Trials
from iop_sched.week.loading import load_policy_file, load_week
from iop_sched.week.policy import Policy
from repairs.brute import after, has_it, with_words

STANDARD = load_policy_file("standard")
SECONDS = 3600.0


def texts(found: Repairs) -> list[tuple[str, ...]]:
    return [repair.texts for repair in found.found]


def asked(raw: Raw, decided: Raw, client: str = "ana") -> Question:
    (question,) = questions(with_words(week(raw)), STANDARD, typed(decided), client)
    return question


def pinned(raw: Raw, *clients: str) -> Raw:
    return raw | {"pins": [{"id": f"pin-{name}", "place": {"client": name}} for name in clients]}


# Impossible weeks


@pytest.mark.parametrize(
    "path", sorted((INSTANCES / "infeasible").glob("*.yaml")), ids=lambda path: path.stem
)
def test_each_impossible_week_has_a_repair(path: Path) -> None:
    found = repairs(to_be_possible(load_week(path), STANDARD), SECONDS)
    assert found.found
    assert found.cheapest_is_certain
    for repair in found.found:
        changed = after(found.question, repair.candidates)
        assert changed is not None
        assert has_it(found.question, changed, repair.works.roster)


def test_two_conflicts_take_a_pair() -> None:
    # neither pin can hold, and each by itself makes the week impossible
    busy = [window("daily", "00:00", "24:00", why="away")]
    ana, ben = person("ana", busy=busy), person("ben", intake={"insurance": "pending"})
    found = repairs(
        to_be_possible(with_words(week(pinned(small_raw(ana, ben), "ana", "ben"))), STANDARD), SECONDS
    )
    assert found.pairs
    assert texts(found) == [("unpin pin-ana", "unpin pin-ben")]
    assert found.found[0].points == 2 * kinds.UNPIN.points


# Clients without a place


def full(**more: object) -> tuple[Raw, Raw]:
    """``ben`` has the one seat of ``red``; ``ana`` waits. Three meetings of an hour meet the target."""
    raw = small_raw(person("ana"), person("ben"), **more)
    raw["cohorts"][0]["members"] = {"min": 0, "max": 1}
    return raw, small_roster(raw, seat("ben", "mon tue wed"))


def test_a_seat_more_and_nobody_else_changes() -> None:
    found = repairs(asked(*full()), SECONDS)
    assert texts(found) == [("cohort-size.max 2 red",)]
    (repair,) = found.found
    assert repair.works.disturbs == (0,)
    assert repair.says == ("red has at most 2 members.",)
    assert found.cheapest_is_certain


def test_others_make_room_where_that_is_enough() -> None:
    raw, decided = full()
    raw["cohorts"].append(
        {**raw["cohorts"][0], "id": "blue", "options": [{"slot": "pm", "days": ["mon", "tue", "wed"]}]}
    )
    raw["clients"][0]["busy"] = [window("daily", "13:00", "20:00")]
    decided = small_roster(raw, seat("ben", "mon tue wed"))
    found = repairs(asked(raw, decided), SECONDS)
    # ben could be in blue as well: dearer changes are told only where they disturb less than his move
    assert texts(found) == [("pin ana in red",), ("cohort-size.max 2 red",)]
    assert [repair.works.disturbs[0] > 0 for repair in found.found] == [True, False]
    placed = {one.client: one.cohort for one in found.found[0].works.roster.placements}
    assert placed == {"ana": "red", "ben": "blue"}


def test_nobody_loses_a_place_for_it() -> None:
    # one client in the house a day, and both begin on monday
    raw, decided = full()
    raw["cohorts"][0]["members"] = {"min": 0, "max": 9}
    raw["sites"][0]["census"] = 1
    for client in raw["clients"]:
        client["prescription"]["weekdays"] = ["mon", "tue", "wed"]
        client["stay"] = {"latest_start": "mon"}
    found = repairs(asked(raw, decided), SECONDS)
    assert (found.found, found.pairs, found.cheapest_is_certain) == ((), True, True)


def opening() -> tuple[Raw, Raw]:
    """A candidate for two that is not open, beside the full group."""
    raw, decided = full()
    new = {**raw["cohorts"][0], "id": "new", "status": "candidate", "members": {"min": 2, "max": 4}}
    raw["cohorts"].append(new)
    return raw, decided


def test_a_candidate_opens_for_both_or_with_one_member_fewer() -> None:
    found = repairs(asked(*opening()), SECONDS)
    works = {repair.texts[0]: repair.works for repair in found.found}
    assert list(works) == ["cohort-size.max 2 red", "cohort-size.min 1 new", "pin ana in new"]
    assert [one.disturbs[0] > 0 for one in works.values()] == [False, False, True], "ben moves along"


# Sessions and hours


def short_of_therapy(**more: object) -> tuple[Raw, Raw]:
    """``tom`` works for one hour on monday and gives it to ``ben``; ``ana`` is to have therapy too."""
    line = ({"service": "therapy"},)
    raw = small_raw(
        person("ana", services=line),
        person("ben", services=line),
        services=[service()],
        clinicians=[clinician("tom", "therapist", available=[window("mon", "13:00", "14:00")])],
        **more,
    )
    given = session("therapy", ["ben"], "mon", "13:00")
    places = (seat("ana", "mon tue wed"), seat("ben", "mon tue wed"))
    return raw, small_roster(raw, *places, sessions=[given])


def test_an_hour_more_gives_the_missing_session() -> None:
    raw, decided = short_of_therapy()
    question = asked(raw, decided)
    assert (question.about, question.service) == ("sessions", "therapy")
    found = repairs(question, SECONDS)
    assert texts(found) == [
        ("extra tom mon 12:00-13:00",),
        ("extra tom mon 14:00-15:00",),
        ("hire tom-2 like tom",),
    ]
    for repair in found.found:
        assert repair.works.disturbs == (0,)
        attended = {client for one in repair.works.roster.sessions for client in one.clients}
        assert attended == {"ana", "ben"}, "ben keeps his"


def test_who_has_everything_is_asked_nothing() -> None:
    raw, decided = short_of_therapy()
    assert questions(with_words(week(raw)), STANDARD, typed(decided), "ben") == []


def test_hours_that_are_missing() -> None:
    # two days of an hour each, and three hours are aimed at
    raw = small_raw(person("ana", weekdays=("mon", "tue", "wed")))
    raw["clients"][0]["absences"] = [window("wed")]
    question = asked(raw, small_roster(raw, seat("ana", "mon tue wed")))
    assert (question.about, question.demand.short) == ("hours", {"ana": 0})
    found = repairs(question, SECONDS)
    assert ("free ana wed 09:00-10:00",) in texts(found)


# What is not known


def test_without_time_nothing_is_claimed() -> None:
    found = repairs(asked(*full()), 0.0)
    assert (found.found, found.tried, found.cheapest_is_certain) == ((), 0, False)
    assert len(found.not_tried) == len(catalogue(found.question))


def test_a_trial_that_takes_too_long_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Trials, "together", lambda *_: ("not known", []))
    monkeypatch.setattr(Trials, "alone", lambda *_: "not known")
    found = repairs(
        to_be_possible(load_week(INSTANCES / "infeasible" / "at-work-then.yaml"), STANDARD), SECONDS
    )
    assert (found.found, found.tried, found.not_tried, found.cheapest_is_certain) == ((), 0, (), False)
    assert len(found.not_known) >= len(catalogue(found.question))


def test_ctrl_c_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    path = INSTANCES / "infeasible" / "three-for-two-seats.yaml"
    really, calls = Trials.alone, []

    def interrupted(self: Trials, *arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return really(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Trials, "alone", interrupted)
    found = repairs(to_be_possible(load_week(path), STANDARD), SECONDS)
    assert found.interrupted
    assert texts(found) == [("cohort-size.max 3 co-one",)]
    assert found.not_tried


def test_what_disturbs_nobody_is_found_first_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Trials, "alone", interrupted)
    found = repairs(asked(*short_of_therapy()), SECONDS)
    assert found.interrupted
    assert texts(found) == [
        ("extra tom mon 12:00-13:00",),
        ("extra tom mon 14:00-15:00",),
        ("hire tom-2 like tom",),
    ]


def test_a_needless_part_is_left_out() -> None:
    # fuller blocks are enough, so that the same with a member more is no other repair
    raw, decided = full()
    raw["agendas"][0]["blocks"][0]["attendance"] = {"min": 0, "max": 1}
    raw["cohorts"][0]["members"] = {"min": 0, "max": 2}
    for client in raw["clients"]:
        client["prescription"]["weekdays"] = ["mon", "tue", "wed"]
    found = repairs(asked(raw, decided), SECONDS)
    assert ("attendance.max 2 talk",) in texts(found)
    assert all(len(repair.texts) == 1 for repair in found.found)


# The catalogue


def test_every_kind_is_proposed_and_can_be_read() -> None:
    hard = Policy(rules={"service-delivery": "hard", "authorisation": "hard"})
    raw, decided = opening()
    raw["clients"][0]["prescription"]["weekdays"] = ["mon", "tue", "wed"]
    asking = [asked(raw, decided), asked(*short_of_therapy())]
    for name in ("programs/cohort-20h.yaml", "programs/integrative.yaml", "quickstart.yaml"):
        program = load_week(INSTANCES / name)
        everybody = tuple(client.id for client in program.clients)
        asking.append(Question("week", program, hard, Demand(), everybody))
    found = [candidate for question in asking for candidate in catalogue(question)]
    assert {candidate.kind for candidate in found} == set(KINDS)
    assert all(candidate.changes for candidate in found if candidate.kind is not kinds.AS_IT_IS)
    assert [kind.points for kind in KINDS] == sorted(kind.points for kind in KINDS)
