"""What a change is: a typed record that makes another week, or another policy, of a week and a policy."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol, TypeVar

from iop_sched.week.base import Frozen
from iop_sched.week.nearest import nearest
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Interval

# What a change decides, from the general to the particular: ("clinician", "lee", "away", "thu", (540, 720)).
# Hours are minutes after midnight.
Key = tuple[str | Interval, ...]

ALL = "(all)"
"""In a key, in place of an id: each of a kind."""

_MOST_LISTED = 8


class ChangeError(Exception):
    """A change that cannot be made in this week; says what is wrong and what would be right."""

    def __init__(self, what: str, right: str = "") -> None:
        self.what, self.right = what, right
        super().__init__(f"{what}; {right}" if right else what)


@dataclass(frozen=True)
class Changed:
    """A week and a policy after some changes, and a plain sentence for each thing that was changed."""

    week: ProgramWeek
    policy: Policy
    sentences: tuple[str, ...] = ()

    def also(self, *sentences: str, **parts: Any) -> Changed:
        """The same with these parts of the week replaced, and these sentences added."""
        week = self.week.model_copy(update=parts) if parts else self.week
        return replace(self, week=week, sentences=(*self.sentences, *sentences))


class Change(Frozen):
    """One change. ``change`` is the word for its kind; the other fields say what is changed, by ids."""

    change: str

    of_one_week: ClassVar[bool] = False
    """Whether the change is over when the week is: next week is as if it had not been made."""

    def decides(self) -> Iterable[Key]:
        """What the change settles. Two changes of a scenario contradict each other when a key of one is
        the beginning of a key of the other; for hours, see ``contradicting``."""
        return ()

    @abstractmethod
    def apply(self, to: Changed) -> Changed:
        """The week and policy with this change; raises ``ChangeError``."""


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Named)


def found(items: Iterable[N], id_: str, what: str) -> N:
    """The one of this id; raises ``ChangeError`` with the nearest."""
    known = {item.id: item for item in items}
    if id_ in known:
        return known[id_]
    raise ChangeError(f"there is no {what} '{id_}'", meant(id_, known))


def meant(word: str, known: Iterable[str]) -> str:
    """Which of the known words ``word`` may stand for."""
    words = list(known)
    close = nearest(word, words)
    if close:
        return f"did you mean '{close}'?"
    if not words:
        return "there are none"
    return f"write {some_of(words)}"


def some_of(words: Sequence[str]) -> str:
    """One word, or the first of several."""
    more = f" and {len(words) - _MOST_LISTED} more" if len(words) > _MOST_LISTED else ""
    return words[0] if len(words) == 1 else f"one of {', '.join(words[:_MOST_LISTED])}{more}"


def is_new(items: Iterable[Named], id_: str, what: str) -> None:
    """Raises ``ChangeError`` when the id is taken, capitals aside."""
    for item in items:
        if item.id.casefold() == id_.casefold():
            raise ChangeError(f"there is a {what} '{item.id}' already", "give the new one another id")


def put(items: Sequence[N], new: N) -> tuple[N, ...]:
    """The items with the one of the same id replaced."""
    return tuple(new if item.id == new.id else item for item in items)


def drop(items: Sequence[N], id_: str) -> tuple[N, ...]:
    """The items without the one of this id."""
    return tuple(item for item in items if item.id != id_)
