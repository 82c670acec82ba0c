"""A minimal part of something impossible, by halving: few questions where few parts matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def shrink(parts: Sequence[T], impossible: Callable[[list[T]], bool]) -> list[T]:
    """A part of ``parts``, which are impossible, that is so too and from which nothing can be left out.

    When k of n parts are left, ``impossible`` is asked about 2k log(n/k) times (QuickXplain); of several such
    parts, one with the first of ``parts`` is found. It should not change its mind when parts are added: where
    it does, what is found need not be minimal, but is impossible, or all of ``parts``.
    """
    if not parts or impossible([]):
        return []
    chosen = set(
        _needed([], False, list(range(len(parts))), lambda some: impossible([parts[i] for i in some]))
    )
    found = [part for index, part in enumerate(parts) if index in chosen]
    return found if impossible(found) else list(parts)


def _needed(
    beside: list[int], added: bool, parts: list[int], impossible: Callable[[list[int]], bool]
) -> list[int]:
    """What of ``parts`` is needed beside ``beside``, to which something was ``added`` since it was asked."""
    if added and impossible(sorted(beside)):
        return []
    if len(parts) == 1:
        return parts
    first, second = parts[: len(parts) // 2], parts[len(parts) // 2 :]
    of_second = _needed([*beside, *first], True, second, impossible)
    of_first = _needed([*beside, *of_second], bool(of_second), first, impossible)
    return [*of_first, *of_second]
