"""On tiny weeks: every repair works, and brute force over the whole catalogue finds no cheaper one."""

from __future__ import annotations

from itertools import combinations

import pytest

from iop_sched.repairs.catalogue import catalogue
from iop_sched.repairs.question import Question, questions, to_be_possible
from iop_sched.repairs.search import Repairs, points, repairs
from iop_sched.rules.schedule import Schedule
from repairs.brute import after, has_it, with_words, works
from repairs.test_search import SECONDS, asked, full
from strategies import draft, tiny_week

FEW = 8
"""Changes of a week of which all pairs are tried, although none works."""

# Drafts of generated weeks that are impossible as they come; one takes a pair, one has no repair
IMPOSSIBLE = [(5, 0), (16, 0), (24, 0), (49, 1), (61, 0), (66, 0)]
WAITING = [0, 3, 7, 11]

# Seeds, one of their rosters, a client who misses sessions or hours in it, and what the cheapest repair costs
MISSING_SESSIONS = [
    (139, 2, "p1", 0),  # nothing need change but the roster
    (13, 0, "p1", 3),  # an hour more of somebody, or somebody more
    (97, 2, "p1", 3),
    (41, 0, "p1", 3),  # the client's own time
    (34, 1, "p2", 4),  # a closed day
    (21, 0, "p3", 6),  # a pair
    (17, 0, "p1", None),  # nothing helps
]
MISSING_HOURS = [
    (12, 1, "p1", 0),
    (13, 2, "p1", 0),
    (74, 1, "p1", 2),  # a member more
    (77, 1, "p2", 2),
    (83, 2, "p3", 3),
    (2, 0, "p3", 6),  # pairs
    (83, 0, "p3", 12),
    (2, 0, "p1", None),  # nothing helps
    (4, 0, "p1", None),
]


def wrong_with(found: Repairs) -> list[str]:
    """What brute force says against a search; nothing when it agrees."""
    question = found.question
    assert (found.not_known, found.not_tried, found.left_out) == ((), (), 0)
    problems = []
    for repair in found.found:
        changed = after(question, repair.candidates)
        if changed is None or not has_it(question, changed, repair.works.roster):
            problems.append(f"{repair.texts} does not work")
        elif works(question, repair.candidates) is not True:
            problems.append(f"{repair.texts}: no roster of the changed week has what is wanted")
    listed = [(one,) for one in catalogue(question)]
    # where nothing works, all pairs of a longer list would take too long
    listable = found.found or len(listed) <= FEW
    pairs = [*combinations(catalogue(question), 2)] if found.pairs and listable else []
    for some in (*listed, *pairs):
        if (not found.found or points(some) < found.found[0].points) and works(question, some) is not False:
            problems.append(f"{[one.texts for one in some]} may work, and costs {points(some)}")
    return problems


@pytest.mark.parametrize(("seed", "number"), IMPOSSIBLE)
def test_of_impossible_weeks(seed: int, number: int) -> None:
    program, policy = draft(seed, number)[1].finish()
    assert wrong_with(repairs(to_be_possible(with_words(program), policy), SECONDS)) == []


@pytest.mark.parametrize("seed", WAITING)
def test_of_clients_who_wait(seed: int) -> None:
    tiny = tiny_week(seed, 150)
    roster = tiny.tally.best_roster
    assert roster is not None
    placed = Schedule.of(tiny.week, roster).placements
    waiting = next(client.id for client in tiny.week.treated if client.id not in placed)
    (question,) = questions(with_words(tiny.week), tiny.policy, roster, waiting)
    assert wrong_with(repairs(question, SECONDS)) == []


def lacking(seed: int, number: int, client: str) -> Question:
    """What a client lacks in a roster of a generated week: its best one (0), or another that holds."""
    tiny = tiny_week(seed, 60)
    best = tiny.tally.best_roster
    rosters = [best, *(roster for roster in tiny.tally.accepted if roster != best)]
    roster = rosters[number]
    assert roster is not None
    return questions(with_words(tiny.week), tiny.policy, roster, client)[0]


@pytest.mark.parametrize(
    ("about", "seed", "number", "client", "least"),
    [*(("sessions", *one) for one in MISSING_SESSIONS), *(("hours", *one) for one in MISSING_HOURS)],
)
def test_of_what_is_missing(about: str, seed: int, number: int, client: str, least: int | None) -> None:
    question = lacking(seed, number, client)
    assert question.about == about
    found = repairs(question, SECONDS)
    assert (found.found[0].points if found.found else None) == least
    assert wrong_with(found) == []


def test_all_of_the_least_cost_are_found() -> None:
    # three days only: few enough rosters to look at all
    raw, decided = full()
    days = ["mon", "tue", "wed"]
    for listed in (raw["cohorts"][0]["options"], decided["cohorts"]):
        listed[0]["days"] = days
    decided["facilitation"] = [one for one in decided["facilitation"] if one["day"] in days]
    question = asked(raw, decided)
    found = repairs(question, SECONDS)
    assert wrong_with(found) == []
    first = found.found[0].points
    same = {one.texts for one in catalogue(question) if one.kind.points == first and works(question, [one])}
    assert {repair.texts for repair in found.found if repair.points == first} == same
