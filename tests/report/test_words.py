"""Names follow ids in sentences."""

from __future__ import annotations

import pytest

from iop_sched.report.words import Labels

LABELS = Labels({"c01": "Ada", "J.D.": "Jo\nDee", "K-": "Kim", "c02": ""})


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("J.D. waits for K-", "J.D. Jo Dee waits for K- Kim"),
        ("missed by c01.", "missed by c01 Ada."),
        ("missed by J.D..", "missed by J.D. Jo Dee."),
        ("c02 and  c03", "c02 and c03"),
    ],
)
def test_every_known_id_of_a_sentence_is_followed_by_its_name(sentence: str, said: str) -> None:
    assert LABELS.text(sentence) == said
