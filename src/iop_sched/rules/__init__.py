"""The specification: what each rule demands of a roster, and what each penalty amounts to.

``evaluate`` measures a roster, a ``Specification`` many of one week. They know nothing of any solver: every
figure is recomputed from the roster's decisions. One file holds one rule, named as in ``models/README.md``;
``CHECKS`` lists them.
"""

from __future__ import annotations

from iop_sched.rules.evaluate import Specification, evaluate
from iop_sched.rules.findings import Evaluation, Term, TierFigure, Violation
from iop_sched.rules.registry import CHECKS, Check
from iop_sched.rules.schedule import Schedule

__all__ = [
    "CHECKS",
    "Check",
    "Evaluation",
    "Schedule",
    "Specification",
    "Term",
    "TierFigure",
    "Violation",
    "evaluate",
]
