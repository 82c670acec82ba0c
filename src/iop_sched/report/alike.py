"""Violations that differ in block and time alone, as one line: what a long change by hand breaks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from iop_sched.report.findings import line
from iop_sched.report.words import Labels
from iop_sched.rules import Violation
from iop_sched.week.times import WEEK

_BLOCK = re.compile(r"\bblock (\S+)")
_TIME = re.compile(r"(\w{3}) (\d\d:\d\d)-(\d\d:\d\d)")
_ORDER = [day.code for day in WEEK]


def lines(violations: Sequence[Violation], labels: Labels) -> list[str]:
    """One line for those of a rule that say the same of the same client, cohort or clinician."""
    groups: dict[tuple[str, str, str, int], list[Violation]] = defaultdict(list)
    for one in violations:
        groups[one.rule, _whom(one), _BLOCK.sub("block", one.message), one.amount].append(one)
    return [
        line(group[0], labels) if len(group) == 1 else _joined(group, labels) for group in groups.values()
    ]


def _whom(one: Violation) -> str:
    return one.who.partition(" ")[0]


def _joined(group: list[Violation], labels: Labels) -> str:
    one = group[0]
    parts = list(dict.fromkeys(found.who.partition(" ")[2] for found in group))
    inside = ", ".join(part for part in parts if part)
    who = f"{labels.text(_whom(one))} {inside}," if inside else labels.text(_whom(one))
    blocks = list(dict.fromkeys(name for found in group for name in _BLOCK.findall(found.message)))
    word = "block" if len(blocks) == 1 else "blocks"
    message = _BLOCK.sub(lambda _: f"{word} {', '.join(blocks)}", one.message, count=1)
    when = _times([found.when for found in group])
    subject = f"{who} {when}" if when else who.removesuffix(",")
    times = f"by {one.amount}, {len(group)} times"
    return f"{one.rule}: {subject}: {labels.text(message)} ({times})"


def _times(whens: Sequence[str]) -> str:
    """``mon, wed 09:00-12:00``: stretches of a day joined, days with the same stretches together."""
    days: dict[str, list[tuple[str, str]]] = defaultdict(list)
    others = []
    for when in dict.fromkeys(whens):
        found = _TIME.fullmatch(when)
        if found:
            days[found[1]].append((found[2], found[3]))
        elif when:
            others.append(when)
    alike: dict[str, list[str]] = defaultdict(list)
    for day in sorted(days, key=_ORDER.index):
        alike[" and ".join(f"{start}-{end}" for start, end in _stretches(days[day]))].append(day)
    return ", ".join([*(f"{', '.join(those)} {stretch}" for stretch, those in alike.items()), *others])


def _stretches(times: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for start, end in sorted(times):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
