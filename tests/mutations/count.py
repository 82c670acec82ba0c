"""Print, rule by rule, how many mutations there are, of which kinds, and how many break another rule as well.

Run it in the folder ``tests``; names of rules limit it to those:

    python -m mutations.count [--most 1000] [eligibility …]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from iop_sched.rules import evaluate
from mutations.case import cases
from mutations.generate import KINDS, mutations
from mutations.test_mutations import verdict


def main() -> None:
    """Count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--trust", action="store_true", help="go on after a failure")
    parser.add_argument("rules", nargs="*", default=list(KINDS))
    asked = parser.parse_args()
    for rule in asked.rules:
        count, started = Counter(), time.monotonic()
        instances = Counter()
        for mutation in mutations(rule, cases()):
            try:
                alone = verdict(rule, mutation)
            except AssertionError as error:
                if not asked.trust:
                    raise
                count["failed"] += 1
                if count["failed"] <= 4:
                    print("   FAILED", str(error)[:1500])
                continue
            if not alone:
                count["stray"] += 1
                if asked.trust and count["stray"] <= 4:
                    after = evaluate(mutation.week, mutation.roster, mutation.case.policy)
                    others = [one for one in after.violations if one.rule != rule]
                    print("   STRAY", mutation.case.name, mutation.what, others[:3])
                continue
            count["caught"] += 1
            instances[mutation.case.name] += 1
            if sum(count.values()) >= asked.most:
                break
        seconds = time.monotonic() - started
        print(f"{rule}: {dict(count)} {dict(instances)} {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
