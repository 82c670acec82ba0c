"""A minimal conflict of an impossible week: pins, facts and rules that cannot hold together.

First the pins, with all rules; then the rules, with those pins; then the facts that those rules read, with
those rules and pins alone. Rules that are no part of the conflict are left out of the model, facts that are
no part of it are taken away. At the end all is asked once more: the conflict is impossible by itself, with
every client of the week, and without presolve; and it is possible when any one of its members is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iop_sched.explain.facts import Fact, Scope, facts_behind
from iop_sched.explain.shrink import shrink
from iop_sched.explain.trials import Parts, Trials
from iop_sched.solve.infeasible import Verdict
from iop_sched.week.pins import Pin
from iop_sched.week.policy import RULES

Member = str | Pin | Fact
"""A rule by its id, a pin, or a fact."""


@dataclass(frozen=True)
class Conflict:
    """What cannot hold together, and what re-solving said of it.

    ``alone``: the conflict by itself, every other rule, pin and fact left out. ``unsettled``: members without
    which it is not known to be possible, as the time ran out.
    """

    rules: tuple[str, ...]
    pins: tuple[Pin, ...]
    facts: tuple[Fact, ...]
    alone: Verdict
    unsettled: tuple[Member, ...] = ()

    @property
    def members(self) -> tuple[Member, ...]:
        """Pins, facts, rules."""
        return (*self.pins, *self.facts, *self.rules)

    @property
    def verified(self) -> bool:
        """Whether it was shown to be impossible by itself, and possible without any one member."""
        return self.alone == "infeasible" and not self.unsettled


def find_conflict(trials: Trials, rules: Sequence[str], pins: Sequence[Pin]) -> Conflict:
    """A conflict of a week that is impossible under these rules and pins.

    It is minimal and verified unless the time runs out; ``verified`` tells.
    """
    found = _search(trials, rules, pins)
    if found.alone == "feasible" and not trials.everybody:
        # the clients left out would have made it possible
        trials.everybody = True
        found = _search(trials, rules, pins)
    return found


def _search(trials: Trials, rules: Sequence[str], pins: Sequence[Pin]) -> Conflict:
    # the later ones first, as ``solve`` leaves out the first that it can
    pins = shrink(pins[::-1], lambda some: trials.impossible(_parts(rules, some)))[::-1]
    rules = shrink(rules[::-1], lambda some: trials.impossible(_parts(some, pins)))[::-1]
    scope = Scope(trials.week, trials.policy, rules, pins, trials.clients(pins, rules))
    listed = [
        fact for fact in facts_behind(scope) if fact.path not in {lifted.path for lifted in trials.lifted}
    ]
    facts = shrink(listed, lambda some: trials.impossible(_parts(rules, pins, _rest(listed, some))))
    found = _settled(trials, [*pins, *facts, *rules], listed)
    if found.alone == "feasible" and trials.everybody:
        # a fact that gave freedom where it should have taken some: the facts stay as they are
        return _settled(trials, [*pins, *rules], [])
    return found


def _settled(trials: Trials, members: list[Member], listed: list[Fact]) -> Conflict:
    """The members, less those that turn out not to be needed, with what re-solving says of them."""
    unsettled: list[Member] = []
    for member in members:
        rest = [one for one in members if one is not member]
        verdict = trials.verdict(_alone(rest, listed), everybody=trials.everybody)
        if verdict == "infeasible":
            return _settled(trials, rest, listed)
        if verdict == "unknown":
            unsettled.append(member)
    parts = _alone(members, listed)
    alone = trials.verdict(parts, everybody=True)
    if alone == "infeasible":
        # a wrong status is on record, and a second opinion of everybody at once may take very long
        alone = trials.verdict(parts, everybody=trials.everybody, presolve=False)
    return Conflict(
        tuple(one for one in RULES if one in members),
        tuple(one for one in members if isinstance(one, Pin)),
        tuple(one for one in members if isinstance(one, Fact)),
        alone,
        tuple(unsettled),
    )


def _alone(members: Sequence[Member], listed: Sequence[Fact]) -> Parts:
    """Nothing but the members, of the rules, pins and facts ``listed``."""
    rules = [one for one in members if isinstance(one, str)]
    pins = [one for one in members if isinstance(one, Pin)]
    return _parts(rules, pins, _rest(listed, [one for one in members if isinstance(one, Fact)]))


def _rest(listed: Sequence[Fact], some: Sequence[Fact]) -> list[Fact]:
    kept = {fact.path for fact in some}
    return [fact for fact in listed if fact.path not in kept]


def _parts(rules: Sequence[str], pins: Sequence[Pin], away: Sequence[Fact] = ()) -> Parts:
    return Parts(frozenset(rules), frozenset(pin.id for pin in pins), tuple(away))
