"""The brute-force oracle: every roster of a tiny week, measured by the specification.

It knows nothing of CP-SAT nor of the model's own filters. ``candidates`` lists every way to take one
decision, ``enumerate`` combines them, ``tally`` keeps the best rosters, with every rule and without each.

What is left out of the enumeration is left out because the specification says so: a part of a roster that
already breaks a hard rule breaks it in every roster with that part. Such parts are kept where the broken
rule is one of the ``focus`` rules, so that leaving the rule out has an effect; which makes the counts of
weeks whose optimum changes without a rule lower bounds. Of rules that are off, only what the catalogue
calls the usual form is enumerated.
"""

from __future__ import annotations

from oracle.search import TooMany, search
from oracle.tally import Tally

__all__ = ["Tally", "TooMany", "search"]
