"""How a rule charges a penalty."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term
from iop_sched.week.policy import Policy


def pay(policy: Policy, penalty: str, who: str, amount: int, when: str = "") -> Iterator[Term]:
    """The term for ``amount`` of a penalty; nothing when the amount is not above 0."""
    if amount > 0:
        yield Term(penalty, who, amount, policy.weight(penalty), when)
