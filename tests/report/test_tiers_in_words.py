"""What is still possible at best, in the unit of each tier."""

from __future__ import annotations

import pytest

from iop_sched.report.tiers import absolute
from iop_sched.week.policy import Policy
from iop_sched.week.result import TierResult, TierStatus


def tier(name: str, left: int, status: TierStatus = "open", scale: int = 10) -> TierResult:
    return TierResult(name=name, value=100 + left, bound=100, status=status, scale=scale, gap=left / scale)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (tier("kept", 0, "proven"), "proven"),
        (tier("kept", 0, "conditional"), "proven, if the tiers above stay"),
        (tier("kept", 1), "at most 1 more client"),
        (tier("kept", 3), "at most 3 more clients"),
        # 11 is what a meeting not held costs when 10 clients are current: no number of clients
        (tier("kept", 11), "at most 11 points better"),
        (tier("dose", 1), "at most 1 more minute"),
        (tier("dose", 90), "at most 90 more minutes"),
        (tier("placed", 45), "at most 45 points better"),
        (tier("cost", 1), "at most 1 point better"),
    ],
)
def test_absolute(given: TierResult, words: str) -> None:
    assert absolute(given, Policy()) == words


def test_a_heavier_minute_leaves_fewer_of_them() -> None:
    policy = Policy(weights={"weekly-hours.short": 3, "service-delivery.missing": 5})
    assert absolute(tier("dose", 90), policy) == "at most 30 more minutes"
