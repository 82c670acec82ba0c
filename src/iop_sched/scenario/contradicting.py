"""Changes of one scenario that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iop_sched.scenario.change import ALL, Change, ChangeError, Key
from iop_sched.week.times import Interval, overlap


def check_consistent(changes: Sequence[Change], index: int) -> None:
    """Raises ``ChangeError`` when an earlier change settles what the one at ``index`` does.

    Hours that overlap are settled twice only by two kinds of change, such as out and back: being out twice
    is no contradiction. What holds of one and then of all is settled twice; of all and then of one is not.
    """
    for earlier in range(index):
        for key in _settled(changes[earlier], changes[index]):
            about = " ".join(str(part) for part in key[:2]).replace(ALL, "size")
            what = f"this contradicts change {earlier + 1}, which says something about {about} as well"
            raise ChangeError(what, "keep one of the two")


def contradicts(given: Sequence[Change], more: Sequence[Change]) -> bool:
    """Whether ``more`` changes could not follow those ``given`` in one scenario."""
    together = (*given, *more)
    try:
        for index in range(len(given), len(together)):
            check_consistent(together, index)
    except ChangeError:
        return True
    return False


def _settled(earlier: Change, later: Change) -> Iterator[Key]:
    """Keys of the later change for what the earlier one has settled."""
    alike = type(earlier) is type(later)
    for one in earlier.decides():
        for other in later.decides():
            if all(_same(*parts, alike) for parts in zip(one, other, strict=False)) or _general(one) == other:
                yield other


def _same(one: str | Interval, other: str | Interval, alike: bool) -> bool:
    if alike or isinstance(one, str) or isinstance(other, str):
        return one == other
    return overlap(one, other) > 0


def _general(key: Key) -> Key:
    """The key of what is settled for all."""
    return (key[0], ALL, *key[2:])
