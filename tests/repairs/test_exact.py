"""On tiny weeks: every repair works, and brute force over the whole catalogue finds no cheaper one."""

from __future__ import annotations

import pytest

from iop_sched.repairs.catalogue import catalogue
from iop_sched.repairs.question import Question, questions, to_be_possible
from iop_sched.repairs.search import Repairs, repairs
from iop_sched.rules.schedule import Schedule
from repairs.brute import after, has_it, with_words, works
from strategies import tiny_week

SECONDS = 600.0
IMPOSSIBLE: list[int] = []
WAITING: list[int] = []


def wrong_with(found: Repairs) -> list[str]:
    """What brute force says against a search of single changes; nothing when it agrees."""
    question = found.question
    assert (found.not_known, found.not_tried) == ((), ())
    said = {repair.texts for repair in found.found if len(repair.candidates) == 1}
    dearest = max((repair.points for repair in found.found), default=None)
    problems = []
    for repair in found.found:
        changed = after(question, repair.candidates)
        if changed is None or not has_it(question, changed, repair.works.roster):
            problems.append(f"{repair.texts} does not work")
    for candidate in catalogue(question):
        if found.pairs or dearest is None or candidate.kind.points <= dearest:
            really = works(question, [candidate])
            if really and candidate.texts not in said:
                problems.append(f"{candidate.texts} works and was not found")
    return problems


@pytest.mark.parametrize("seed", IMPOSSIBLE)
def test_of_impossible_weeks(seed: int) -> None:
    tiny = tiny_week(seed, 150)
    assert tiny.tally.best is None
    found = repairs(to_be_possible(with_words(tiny.week), tiny.policy), SECONDS)
    assert wrong_with(found) == []


def about(seed: int) -> Question:
    """The first client without a place in the best roster of a seed."""
    tiny = tiny_week(seed, 150)
    roster = tiny.tally.best_roster
    assert roster is not None
    placed = Schedule.of(tiny.week, roster).placements
    waiting = next(client.id for client in tiny.week.treated if client.id not in placed)
    (question,) = questions(with_words(tiny.week), tiny.policy, roster, waiting)
    return question


@pytest.mark.parametrize("seed", WAITING)
def test_of_clients_who_wait(seed: int) -> None:
    assert wrong_with(repairs(about(seed), SECONDS)) == []
