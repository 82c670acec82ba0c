"""Changes of the policy: a rule's mode, a penalty's weight, a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from iop_sched.scenario.change import Change, Changed, ChangeError, Key, meant
from iop_sched.week.policy import PENALTIES, RULES, Limits, Policy
from iop_sched.week.policy_file import MOST_WEIGHT


def _one_of(known: Iterable[str], what: str) -> AfterValidator:
    names = list(known)

    def check(name: str) -> str:
        if name not in names:
            raise ValueError(f"there is no {what} '{name}'; {meant(name, names)}")
        return name

    return AfterValidator(check)


class RuleMode(Change):
    """A rule is hard, soft or off, or as it is by default."""

    change: Literal["rule"] = "rule"
    rule: Annotated[str, Field(max_length=40, description="name of the rule"), _one_of(RULES, "rule")]
    mode: Annotated[Literal["hard", "soft", "off", "default"], Field(description="what it is to be")]

    def decides(self) -> Iterator[Key]:
        yield ("rule", self.rule)

    def apply(self, to: Changed) -> Changed:
        modes = RULES[self.rule].modes
        if self.mode != "default" and self.mode not in modes:
            right = f"write {' or '.join(modes)}"
            raise ChangeError(f"{self.rule} cannot be {self.mode}", right)
        rules = {**to.policy.rules, self.rule: self.mode}
        if self.mode == "default":
            del rules[self.rule]
        return _with(to, f"Rule {self.rule} is {rules.get(self.rule, RULES[self.rule].mode)}.", rules=rules)


class Weight(Change):
    """What a penalty weighs; ``null`` means as it does by default."""

    change: Literal["weight"] = "weight"
    penalty: Annotated[
        str, Field(max_length=40, description="name of the penalty"), _one_of(PENALTIES, "penalty")
    ]
    weight: Annotated[
        int | None, Field(ge=0, le=MOST_WEIGHT, description="weight; null: the penalty's default")
    ]

    def decides(self) -> Iterator[Key]:
        yield ("weight", self.penalty)

    def apply(self, to: Changed) -> Changed:
        weights = {name: weight for name, weight in to.policy.weights.items() if name != self.penalty}
        if self.weight is not None:
            weights[self.penalty] = self.weight
        now = PENALTIES[self.penalty].weight if self.weight is None else self.weight
        return _with(to, f"{self.penalty} weighs {now}.", weights=weights)


class Limit(Change):
    """A number that rules refer to; ``null`` means no limit, where there can be none."""

    change: Literal["limit"] = "limit"
    limit: Annotated[
        str, Field(max_length=40, description="name of the limit"), _one_of(Limits.model_fields, "limit")
    ]
    value: Annotated[int | None, Field(description="its value; null: no limit")]

    def decides(self) -> Iterator[Key]:
        yield ("limit", self.limit)

    def apply(self, to: Changed) -> Changed:
        from iop_sched.week.validating import validated

        data = {**to.policy.limits.model_dump(mode="json"), self.limit: self.value}
        limits, faults = validated(Limits, data)
        if limits is None:
            raise ChangeError(f"{self.limit}: {faults[0].what}", faults[0].right)
        now = "without limit" if self.value is None else str(self.value)
        return _with(to, f"Limit {self.limit} is {now}.", limits=limits)


def _with(to: Changed, said: str, **parts: Any) -> Changed:
    policy: Policy = to.policy.model_copy(update=parts)
    return Changed(to.week, policy, (*to.sentences, said))


POLICY_CHANGES = (RuleMode, Weight, Limit)
"""Changes of the policy alone, which leave the week as it is."""
