"""A fact taken away gives freedom: a roster that held before holds afterwards."""

from __future__ import annotations

import pytest

from explain.again import taken_away
from iop_sched.explain.facts import Fact, Scope, facts_behind
from iop_sched.report.words import span
from iop_sched.rules import evaluate
from iop_sched.week.policy import RULES
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import clock
from report.harbour import POLICY, ROSTER, raw_week

RAW = raw_week()
RAW["clinicians"][0]["max_hours_week"] = 60
WEEK = ProgramWeek.model_validate(RAW)
NOT_WITH_LAST_WEEK = {"stay", "meeting-attendance", "meeting-held"}
SCOPES = [
    Scope(WEEK, POLICY, rules, WEEK.pins, {client.id for client in WEEK.clients})
    for rules in (set(RULES) - {"pins"}, set(RULES) - {"pins"} - NOT_WITH_LAST_WEEK)
]
FACTS = {fact.path: fact for scope in SCOPES for fact in facts_behind(scope)}

# What the roster then says too much of: a room or an attendee that is not needed any more, the assessment, an
# offering with an id; or not enough: meetings that a closed day spared. The last day moves to Sunday.
FORM = {
    ("client's intake", "service-delivery"),
    ("room of a cohort", "rooms"),
    ("room of a service", "rooms"),
    ("times of an open group", "structure"),
    ("care team", "care-team"),
    ("client's stay", "stay"),
    ("closure", "structure"),
}


def test_the_roster_holds() -> None:
    assert evaluate(WEEK, ROSTER, POLICY).holds


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: ".".join(map(str, fact.path)))
def test_what_was_possible_still_is(fact: Fact) -> None:
    week, policy = taken_away(WEEK, POLICY, [fact])
    broken = {(fact.kind.name, one.rule) for one in evaluate(week, ROSTER, policy).violations}
    assert broken <= FORM


def test_every_fact_changes_something_and_is_said_once() -> None:
    assert [fact.says for fact in FACTS.values() if taken_away(WEEK, POLICY, [fact]) == (WEEK, POLICY)] == []
    sentences = [fact.says for fact in FACTS.values()]
    assert len(sentences) == len(set(sentences)) > 100


def test_all_can_be_taken_away_at_once() -> None:
    week, policy = taken_away(WEEK, POLICY, FACTS.values())
    assert policy.limits.max_moves is None
    assert [client.busy for client in week.clients if client.busy] == []
    assert {span(*window.interval) for one in week.clinicians for window in one.available} == {
        f"{clock(0)}-{clock(1440)}"
    }


def test_each_rule_that_can_be_hard_has_facts() -> None:
    read = {rule for fact in FACTS.values() for rule in fact.kind.rules}
    wishes = {rule for rule, info in RULES.items() if "hard" not in info.modes}
    # a meeting that must be held is asked for by the policy alone
    assert set(RULES) - wishes - read == {"pins", "meeting-held"}
