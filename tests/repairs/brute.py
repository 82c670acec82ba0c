"""Repairs of tiny weeks by brute force: every roster of a changed week, measured by the specification."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from unittest.mock import patch

from iop_sched.repairs.candidate import Candidate
from iop_sched.repairs.question import Question
from iop_sched.rules import Evaluation, evaluate
from iop_sched.scenario.apply import apply
from iop_sched.scenario.change import Changed
from iop_sched.scenario.scenario import Scenario
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references import contradictions
from iop_sched.week.roster import Roster
from oracle import Tally, TooMany, search

MOST = 4000


class _Found(Exception):  # noqa: N818 - not an error
    """A roster that has what is wanted: no other need be looked at."""


_WORD = re.compile(r"'([^']+)' is not among the words of vocabulary\.(\w+)")


def with_words(week: ProgramWeek) -> ProgramWeek:
    """The week with the words that it uses in its vocabulary: scenarios want a week that is in order."""
    words: dict[str, set[str]] = defaultdict(set)
    for fault in contradictions(week, week.model_dump(mode="json")):
        if found := _WORD.match(fault.what):
            words[found[2]].add(found[1])
    more = {name: (*getattr(week.vocabulary, name), *sorted(new)) for name, new in words.items()}
    return week.model_copy(update={"vocabulary": week.vocabulary.model_copy(update=more)})


def after(question: Question, candidates: Sequence[Candidate]) -> Changed | None:
    """The week with the changes; none when it does not take them."""
    changes = tuple(change for one in candidates for change in one.changes)
    try:
        return apply(question.week, question.policy, [Scenario("tried", "", changes)])
    except InputProblems:
        return None


def has_it(question: Question, changed: Changed, roster: Roster) -> bool:
    """Whether a roster keeps every rule of the changed week and has what is wanted, counted from rosters."""
    if not _placed(roster) >= _to_be_placed(question):
        return False
    measured = evaluate(changed.week, roster, changed.policy)
    if not measured.holds:
        return False
    return question.roster is None or not list(_lacking(question, question.roster, measured, roster))


def _placed(roster: Roster) -> set[str]:
    return {placement.client for placement in roster.placements}


def _to_be_placed(question: Question) -> set[str]:
    """Whoever has a place, and the client whom it is about."""
    if question.roster is None:
        return set()
    return _placed(question.roster) | {question.clients[0]}


def _lacking(question: Question, before: Roster, now: Evaluation, roster: Roster) -> Iterator[str]:
    """What a roster with everybody placed lacks all the same of what was asked."""
    week, client = question.week, question.clients[0]
    then = evaluate(week, before, question.policy)
    own = sum(term.cost for term in then.terms if (term.penalty, term.who) == ("placed", client))
    if now.tiers["kept"].value > then.tiers["kept"].value:
        yield "kept"
    if now.tiers["placed"].value > then.tiers["placed"].value - own:
        yield "placed"
    if question.about == "place":
        return
    had, has = _attended(before), _attended(roster)
    for one in week.treated:
        for line in one.prescription.services if one.prescription and one.id in _placed(before) else ():
            all_of_it = (one.id, line.service) == (client, question.service)
            least = line.min_count if all_of_it else min(line.min_count, had[one.id, line.service])
            if has[one.id, line.service] < least:
                yield f"{line.service} of {one.id}"
    for who, minutes in _short(now).items():
        most = 0 if (question.about, who) == ("hours", client) else _short(then).get(who, 0)
        if who in _placed(before) and minutes > most:
            yield f"hours of {who}"


def _attended(roster: Roster) -> Counter[tuple[str, str]]:
    """Sessions by client and service."""
    return Counter((client, one.service) for one in roster.sessions for client in one.clients)


def _short(measured: Evaluation) -> dict[str, int]:
    return {term.who: term.amount for term in measured.terms if term.penalty == "weekly-hours.short"}


def works(question: Question, candidates: Sequence[Candidate], most: int = MOST) -> bool | None:
    """Whether some roster of the changed week has what is wanted; none when there are too many to tell."""
    changed = after(question, candidates)
    if changed is None:
        return False

    class Looking(Tally):
        def record(self, roster: Roster, broken: frozenset[str], *rest: Any) -> None:
            if not broken and has_it(question, changed, roster):
                raise _Found

    # the package has a function of the module's name
    with patch.object(sys.modules[search.__module__], "Tally", Looking):
        try:
            search(changed.week, changed.policy, (), most)
        except _Found:
            return True
        except TooMany:
            return None
    return False
