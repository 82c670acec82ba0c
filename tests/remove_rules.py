"""Remove each rule from the model, and list the tests that miss it.

    python tests/remove_rules.py [RULE ...]

Runs ``tests/rules/test_<rule>.py`` once a rule, with a model that lacks it (see ``solving.REMOVED``) and a
specification that does not. Exit status 1 when the removal of a rule fails no test.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from iop_sched.week.policy import RULES

ROOT = Path(__file__).resolve().parent.parent
FAILED = re.compile(r"^FAILED \S+?::(.+?)(?: - .*)?$", re.MULTILINE)


def failing(rule: str) -> list[str]:
    """Tests of a rule that fail when the model lacks it; a file that does not run at all fails none."""
    file = ROOT / "tests" / "rules" / f"test_{rule.replace('-', '_')}.py"
    command = [sys.executable, "-m", "pytest", str(file), "-p", "no:cacheprovider", "--tb=no", "-rf"]
    environment = {**os.environ, "IOP_SCHED_REMOVE_RULE": rule}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return FAILED.findall(run.stdout) if run.returncode == 1 else []


def main(rules: list[str]) -> int:
    """Report on ``rules``; 1 when one of them is not missed, 2 when one is not known."""
    unknown = sorted(set(rules) - set(RULES))
    if unknown:
        print(f"no rule is called {', '.join(unknown)}", file=sys.stderr)
        return 2
    unmissed = []
    for rule in rules:
        missed_by = failing(rule)
        print(f"{rule}: {len(missed_by)} fail" if missed_by else f"{rule}: NO TEST FAILS")
        for test in missed_by:
            print(f"    {test}")
        unmissed += [] if missed_by else [rule]
    if unmissed:
        print(f"not missed by any test: {', '.join(unmissed)}", file=sys.stderr)
    return 1 if unmissed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(RULES)))
