"""The table of the rules says what the master's rows say, constraint by constraint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from generate.made import made
from iop_sched.cpsat import build as building
from iop_sched.cpsat import service_delivery
from iop_sched.cpsat.model import Cost, Model
from iop_sched.master.linear import Linear
from iop_sched.master.snapshot import kind_of, pairs, snapshot
from iop_sched.master.table import TABLE, Filter, Statement
from iop_sched.master.translate import asks_for_starts, start_columns
from iop_sched.master.windows import Windows
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.program import ProgramWeek

Span = tuple[str, int, int]

HARD = Policy(rules={"meeting-held": "hard", "service-delivery": "hard"})


def rich() -> ProgramWeek:
    """A generated week in which every rule is at stake; besides, a start is pinned, an open group may
    be had twice, and a service is given in a window."""
    planted = made(24, 1, "high", 1)
    raw, groups = deepcopy(planted.raw), {"yoga", "alumni", "family-education"}
    own = next(session for session in planted.roster.sessions if session.service not in groups)
    start = f"{own.start // 60:02}:{own.start % 60:02}"
    wanted = {"client": own.clients[0], "service": own.service, "day": own.day.code, "start": start}
    raw["pins"].append({"id": "start", "session": wanted})
    services = {service["id"]: service for service in raw["services"]}
    services["yoga"]["max_offerings"] = 2
    services["review"]["windows"] = [{"days": "weekdays", "start": "10:00", "end": "12:00"}]
    for client in raw["clients"]:
        for line in client.get("prescription", {}).get("services", ()):
            if line["service"] == "yoga":
                line.update(min_count=1, max_count=2)
    return ProgramWeek.model_validate(raw)


@dataclass(frozen=True)
class Traced:
    """A model, and which of its constraints each rule posted."""

    model: Model
    proto: Any
    posted: dict[str, list[Any]]


def _recording(rule: str, call: Callable[..., Any], spans: list[Span]) -> Callable[..., Any]:
    """The same function, noting the constraints that it adds."""

    def record(model: Model, *rest: Any) -> Any:
        first = len(model.cp.proto.constraints)
        found = call(model, *rest)
        if isinstance(found, Iterator):
            found = iter(list(found))
        spans.append((rule, first, len(model.cp.proto.constraints)))
        return found

    return record


def _declaring(rule: str) -> Iterator[tuple[Any, str]]:
    """Functions of a rule's file that add constraints while variables are declared."""
    module = import_module(f"iop_sched.cpsat.{rule.replace('-', '_')}")
    for name in vars(module):
        if name.startswith("declare") and getattr(module, name).__module__ == module.__name__:
            yield module, name
    if module is service_delivery:
        yield module, "_extra"  # other rules ask for it first


@cache
def traced() -> Traced:
    """The rich week's model."""
    spans: list[Span] = []
    with pytest.MonkeyPatch.context() as patch:
        for rule, post in building.RULES.items():
            patch.setitem(building.RULES, rule, _recording(rule, post, spans))
            for module, name in list(_declaring(rule)):
                patch.setattr(module, name, _recording(rule, getattr(module, name), spans))
        model, _ = building.build(rich(), HARD)
    proto = snapshot(model.cp)
    posted: dict[str, list[Any]] = defaultdict(list)
    for index, constraint in enumerate(proto.constraints):
        around = [(last - first, rule) for rule, first, last in spans if first <= index < last]
        if around:
            posted[min(around)[1]].append(constraint)
    return Traced(model, proto, posted)


def _only_literals(constraint: Any) -> bool:
    """Whether a maximum is one of literals, which has exact rows."""
    return all(list(expr.coeffs) == [1] and not expr.offset for expr in constraint.lin_max.exprs)


def _statement(rule: str) -> Statement:
    """What the rows make of the constraints that a rule posts."""
    found = traced()
    starts = start_columns(found.proto)
    own = found.posted[rule]
    kept = [one for one in own if not asks_for_starts(one, starts)]
    exact = [one for one in kept if kind_of(one) != "lin_max" or _only_literals(one)]
    if len(exact) == len(own):
        return Statement.exact
    return Statement.relaxed if kept else Statement.timetable


def test_every_rule_is_in_the_table_in_order() -> None:
    assert list(TABLE) == list(building.RULES)
    assert set(TABLE) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_the_rows_state_as_much_of_a_rule_as_the_table_says(rule: str) -> None:
    assert _statement(rule) == TABLE[rule].statement


def test_rules_without_a_constraint_are_those_of_filters_and_of_penalties() -> None:
    silent = {rule for rule in RULES if not traced().posted[rule]}
    assert silent == {"eligibility", "track"}


@pytest.mark.parametrize("rule", RULES)
def test_windows_are_of_the_rules_that_the_table_says(rule: str) -> None:
    found = traced()

    def rows(model: Model) -> int:
        linear = Linear([], [])
        Windows(model, found.proto, linear).add()
        return len(linear.rows)

    without = replace(found.model, without=frozenset({rule}))
    assert (rows(without) < rows(found.model)) == TABLE[rule].windows


def _declared(without: frozenset[str]) -> dict[Filter, set[object]]:
    """What there is to choose from, before any rule has posted."""
    with pytest.MonkeyPatch.context() as patch:
        for rule in building.RULES:
            patch.setitem(building.RULES, rule, _nothing)
        model, _ = building.build(rich(), HARD, without)
    people = (
        {(session.key, *key) for session in model.sessions for key in session.staff},
        {(key, who) for key, who in model.leads},
        set(model.staff),
        {(team, *key) for team, variables in model.teams.items() for key in variables.attends_on},
        set(model.primary),
    )
    starts = {
        (session.key, day, cell)
        for session in model.sessions
        for day, start in session.start.items()
        for first, last in pairs(list(start.proto.domain))
        for cell in range(first, last + 1)
    }
    return {
        Filter.places: {column for columns in model.columns.values() for column, _ in columns},
        Filter.starts: set(starts),
        Filter.staff: set().union(*people),
    }


def _nothing(_: Model) -> Iterator[Cost]:
    yield from ()


@cache
def _all_declared() -> dict[Filter, set[object]]:
    return _declared(frozenset())


@pytest.mark.parametrize("rule", RULES)
def test_without_a_rule_that_filters_there_is_more_to_choose_from(rule: str) -> None:
    more, usual = _declared(frozenset({rule})), _all_declared()
    assert {kind for kind in Filter if more[kind] - usual[kind]} == TABLE[rule].filters


@pytest.mark.parametrize("rule", RULES)
def test_the_reason_is_a_sentence(rule: str) -> None:
    why = TABLE[rule].why
    assert why[0].isupper()
    assert why.endswith(".")
    assert ". " not in why
