"""Which change a part of a changed week comes from, and where the rest stood in the week before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from iop_sched.scenario.change import Changed
from iop_sched.scenario.scenario import Origin, Scenario
from iop_sched.week.document import Document, Path, Place, item_id
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek

_NOTHING = object()


@dataclass(frozen=True)
class _Step:
    """The week, as plain data, and the policy after a change; ``origin`` is where it was written."""

    week: Any
    policy: Policy
    origin: Origin | None = None


class Trace:
    """A week after each of the changes of some scenarios, which ``apply`` has found to be in order.

    Paths are those of the week after all of them; ``scenarios`` may be none.
    """

    def __init__(self, week: ProgramWeek, policy: Policy, scenarios: Sequence[Scenario] = ()) -> None:
        self.scenarios = tuple(scenarios)
        self._steps = list(_steps(week, policy, self.scenarios))

    def origin(self, path: Path) -> Origin | None:
        """Where the change was written that made it say at ``path`` what it says; none: no change did."""
        said = _at(self._last.week, path)
        return self._since(lambda step: _at(step.week, _there(self._last.week, step.week, path)) == said)

    def origin_of_limit(self, name: str) -> Origin | None:
        """The same for a limit of the policy."""
        said = getattr(self._last.policy.limits, name)
        return self._since(lambda step: bool(getattr(step.policy.limits, name) == said))

    def origin_of_mode(self, rule: str) -> Origin | None:
        """The same for whether a rule is hard, soft or off."""
        said = self._last.policy.mode(rule)
        return self._since(lambda step: step.policy.mode(rule) == said)

    def before(self, path: Path) -> Path:
        """Where in the week before all changes that stood which no change has made."""
        return _there(self._last.week, self._steps[0].week, path) or path

    def where(self, path: Path) -> str:
        """``path`` as text, with ids."""
        return Document("", self._last.week, Place((1, 1))).where(path)

    @property
    def _last(self) -> _Step:
        return self._steps[-1]

    def _since(self, holds: Callable[[_Step], bool]) -> Origin | None:
        """The origin of the first step from which on it holds to the end."""
        first = self._last
        for step in reversed(self._steps):
            if not holds(step):
                break
            first = step
        return first.origin


def _steps(week: ProgramWeek, policy: Policy, scenarios: Sequence[Scenario]) -> Iterator[_Step]:
    changed = Changed(week, policy)
    yield _Step(week.model_dump(mode="json"), policy)
    for scenario in scenarios:
        for index, change in enumerate(scenario.changes):
            changed = change.apply(changed)
            yield _Step(changed.week.model_dump(mode="json"), changed.policy, scenario.origin(index))


def _at(data: Any, path: Path | None) -> Any:
    """The value at a path; ``_NOTHING`` where there is none."""
    if path is None:
        return _NOTHING
    for step in path:
        if not _has(data, step):
            return _NOTHING
        data = data[step]
    return data


def _there(data: Any, other: Any, path: Path) -> Path | None:
    """The path in ``other`` of what stands at ``path`` in ``data``; none when it is not there."""
    found: list[str | int] = []
    for step in path:
        if not _has(data, step):
            return None
        there = _same_item(data, other, step) if isinstance(step, int) else step
        if there is None or not _has(other, there):
            return None
        found.append(there)
        data, other = data[step], other[there]
    return tuple(found)


def _has(data: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(data, list) and step < len(data)
    return isinstance(data, dict) and step in data


def _same_item(items: list[Any], others: Any, index: int) -> int | None:
    """The place in another list of the item of this id; of one without an id of its own, of its equal."""
    if not isinstance(others, list):
        return None
    item = items[index]
    name = item_id(item)
    if name is not None and sum(item_id(one) == name for one in items) == 1:
        return next((at for at, one in enumerate(others) if item_id(one) == name), None)
    equal = [at for at, one in enumerate(others) if one == item]
    number = items[:index].count(item)
    return equal[number] if number < len(equal) else None
