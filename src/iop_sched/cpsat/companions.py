"""companions: pairs kept apart, pairs kept together."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.model import Cost, Expr, Model
from iop_sched.week.times import Id

RULE = "companions"


def post(model: Model) -> Iterator[Cost]:
    """Apart: not one cohort, not one session. Together: not two cohorts."""
    for one, other in model.facts.week.apart:
        if not _waived(model, one, other):
            for cohort in model.facts.cohorts:
                model.cp.add(_in(model, one, cohort) + _in(model, other, cohort) <= 1)
            for session in model.sessions_of(one):
                if other in session.joins:
                    model.cp.add_at_most_one(session.joins[one], session.joins[other])
    for one, other in model.facts.week.together:
        if not _waived(model, one, other):
            for cohort in model.facts.cohorts:
                elsewhere = [c for c in model.facts.cohorts if c != cohort]
                away = sum(_in(model, other, c) for c in elsewhere)
                model.cp.add(_in(model, one, cohort) + away <= 1)
    yield from ()


def _waived(model: Model, one: Id, other: Id) -> bool:
    return model.facts.overridden(RULE, one) or model.facts.overridden(RULE, other)


def _in(model: Model, client: Id, cohort: Id) -> Expr:
    return sum(lit for column, lit in model.columns.get(client, []) if column.cohort == cohort)
