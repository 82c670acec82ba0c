"""Halving finds a smallest part of something impossible, with few questions."""

from __future__ import annotations

from itertools import combinations

import pytest

from iop_sched.explain.shrink import shrink


def impossible_with(*conflicts: set[int]) -> tuple[list[list[int]], object]:
    """The questions asked, and a test that says no to whatever holds one of the conflicts whole."""
    asked: list[list[int]] = []

    def impossible(some: list[int]) -> bool:
        asked.append(some)
        return any(conflict <= set(some) for conflict in conflicts)

    return asked, impossible


@pytest.mark.parametrize("size", [1, 2, 3])
def test_each_conflict_is_found_whole(size: int) -> None:
    for conflict in combinations(range(7), size):
        _, impossible = impossible_with(set(conflict))
        assert shrink(range(7), impossible) == list(conflict)


def test_of_two_conflicts_the_one_with_the_first_parts_is_found() -> None:
    _, impossible = impossible_with({1, 6}, {2, 3})
    assert shrink(range(8), impossible) == [2, 3]
    _, impossible = impossible_with({0, 7}, {5, 6})
    assert shrink(range(8), impossible) == [5, 6]


def test_nothing_is_needed_of_what_is_impossible_by_itself() -> None:
    _, impossible = impossible_with(set())
    assert shrink(range(5), impossible) == []
    assert shrink([], impossible) == []


def test_few_questions_where_few_parts_matter() -> None:
    asked, impossible = impossible_with({3, 200})
    assert shrink(range(256), impossible) == [3, 200]
    assert len(asked) <= 2 * 2 * 8


def test_a_changed_mind_never_gives_something_possible() -> None:
    # two parts undo a third one: {0} is impossible, {0, 1, 2} is not, and all four are
    def impossible(some: list[int]) -> bool:
        return set(some) in ({0, 1, 2, 3}, {0, 1}, {1, 3})

    assert impossible(shrink(range(4), impossible))


def test_what_is_not_known_to_be_impossible_stays() -> None:
    # an answer that did not come in time is no reason to leave something out
    assert shrink(range(4), lambda some: False) == [0, 1, 2, 3]
