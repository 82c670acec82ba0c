"""The word that was probably meant."""

from __future__ import annotations

from iop_sched.week.nearest import nearest


def test_the_nearest_word_is_found_capitals_aside() -> None:
    assert nearest("MORNNING", ["evening", "morning"]) == "morning"


def test_nothing_near_is_nothing() -> None:
    assert nearest("xyz", ["evening", "morning"]) is None
    assert nearest("xyz", []) is None
