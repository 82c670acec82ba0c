"""A fact of a program week as something that can be taken away, in the direction of freedom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from iop_sched.week.document import Path

Raw = dict[str, Any]
ANY_TIME: list[Raw] = [{"days": "daily", "start": "00:00", "end": "24:00"}]
MANY = 999
"""More than any week has of anything that is counted."""


@dataclass(frozen=True)
class Draft:
    """A week and the limits of its policy as plain data, to be changed; ``None`` in a list is taken out."""

    week: Raw
    limits: Raw


Relax = Callable[[Draft], None]


@dataclass(frozen=True)
class Kind:
    """What facts of one kind have in common.

    ``rules`` read it; where none is named it is a matter of form, which counts whatever rules there are.
    ``ease``: how easily a director would change it; 1 is a choice of the program, 5 is given from outside.
    """

    name: str
    rules: tuple[str, ...]
    ease: int


@dataclass(frozen=True)
class Fact:
    """Something that the week says at ``path``, in a sentence.

    ``relax`` takes it away: afterwards every roster that was possible still is. ``in_policy``: the path is
    one of the policy, not of the week.
    """

    kind: Kind
    path: Path
    says: str
    relax: Relax
    in_policy: bool = False


def put(path: Path, value: Any) -> Relax:
    """Another value at a path of the week; ``None`` takes an item of a list out."""

    def relax(draft: Draft) -> None:
        place: Any = draft.week
        for step in path[:-1]:
            place = place[step]
            if place is None:  # taken away by another fact
                return
        place[path[-1]] = value

    return relax


def without_none(value: Any) -> Any:
    """Plain data without the items that were taken out of its lists."""
    if isinstance(value, list):
        return [without_none(item) for item in value if item is not None]
    if isinstance(value, dict):
        return {key: without_none(item) for key, item in value.items()}
    return value
