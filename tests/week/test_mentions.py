"""Ids are found in sentences, whatever they and the sentences end in, and nothing else is."""

from __future__ import annotations

import pytest

from iop_sched.week.mentions import replace_ids

CODES = {"c01": "P1", "J.D.": "P2", "J.D": "P3", "k-": "P4", "place-c01": "pin-1", "a_": "P5"}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("c01 waits", "P1 waits"),
        ("missed by c01.", "missed by P1."),
        ("is it c01? (c01) c01's c01: c01;c01/c01, c01...", "is it P1? (P1) P1's P1: P1;P1/P1, P1..."),
        ("J.D. waits", "P2 waits"),
        ("missed by J.D..", "missed by P2."),
        ("J.D, J.D's", "P3, P3's"),
        ("J.D.", "P2"),
        ("k- waits, with k-.", "P4 waits, with P4."),
        ("a_ and a_.", "P5 and P5."),
        ("pin place-c01: no", "pin pin-1: no"),
        ("c011 c01-a a-c01 xc01 c01.5 J.D.E k J", "c011 c01-a a-c01 xc01 c01.5 J.D.E k J"),
        ("", ""),
    ],
)
def test_whole_words_are_replaced(sentence: str, said: str) -> None:
    assert replace_ids(sentence, CODES) == said
