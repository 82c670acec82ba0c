"""How ``iop-sched what-if`` ends: exit status, where files are, what to ask next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode

if TYPE_CHECKING:
    from iop_sched.what_if.case import Case
    from iop_sched.what_if.job import Answer, Status
    from iop_sched.what_if.keep import Folder
    from iop_sched.what_if.result import WhatIf


def explain_words(week: str, policy: str, previous: Path | None = None) -> str:
    """The command that says why a week is impossible."""
    words = ["iop-sched", "explain", week]
    if previous is not None:
        words += ["--previous", str(previous)]
    if policy != "standard":
        words += ["--policy", policy]
    return shlex.join(words)


def no_baseline(answer: Answer, explain: str, time_limit: float) -> ExitCode:
    """Say why there is nothing to compare cases with; ``explain`` is the command that says more."""
    if answer.status == "infeasible":
        say("No roster can exist for the unchanged week, so there is nothing to compare cases with.")
        say(f"Which facts of the file are behind it, line by line: {explain}")
    elif answer.interrupted:
        say("Interrupted before a roster of the unchanged week was found; no case was begun.")
    elif answer.status == "unknown":
        say(
            f"No roster of the unchanged week was found within {time_limit:g} s, so there is nothing to"
            " compare cases with. Give it longer (--time-limit 300), or name a --baseline."
        )
    else:
        say(f"The unchanged week could not be solved: {answer.error}")
    return _exit(answer.status, answer.interrupted)


def say_more(cases: Sequence[Case], found: WhatIf, folder: Folder | None, explain: str, quiet: bool) -> None:
    """What to ask about impossible cases, where files are, and whether all has been done.

    ``explain`` is the command that explains the unchanged week; it takes the options of a case as well.
    """
    for case, one in zip(cases, found.cases, strict=True):
        if one.status == "infeasible":
            say(f"Why {one.name} is impossible: {explain} {shlex.join(case.asked)}")
    if folder is not None:
        say(f"Rosters (NAME.json) and changed weeks (NAME.week.yaml) are in {folder.path}.", quiet=quiet)
    if found.interrupted:
        done = sum(not one.interrupted for one in found.cases)
        say(f"Interrupted: {done} of {len(found.cases)} cases had come to their end.")


def say_unproven(found: WhatIf, quiet: bool) -> None:
    """That another roster might change less, and how to look for it."""
    done = (one for one in found.cases if not one.interrupted)
    open_ = [one.name for one in done if one.least is not None and one.least.status != "proven"]
    if open_:
        say(
            f"Not proven to change least: {', '.join(open_)}. --prove searches on, to the limit.", quiet=quiet
        )


def status(found: WhatIf) -> ExitCode:
    """That of the case which went worst."""
    if found.interrupted:
        return ExitCode.INTERRUPTED
    return max((_exit(one.status, False) for one in found.cases), default=ExitCode.OK)


def _exit(status: Status, interrupted: bool) -> ExitCode:
    if interrupted:
        return ExitCode.INTERRUPTED
    if status in ("proven", "feasible"):
        return ExitCode.OK
    if status == "infeasible":
        return ExitCode.INFEASIBLE
    return ExitCode.NO_ROSTER if status == "unknown" else ExitCode.CONTRADICTION
