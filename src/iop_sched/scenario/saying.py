"""What changes say when there are many of them: a file of held pins has one for every decision."""

from __future__ import annotations

import re
from collections.abc import Sequence

HOLDS = "Pin {} holds."
"""What a pin that is added says."""
HANDFUL = 5
"""Pins, or new clients, that are named one by one; of more, the first few are."""
_NAMED = 3
_PIN = re.compile(re.escape(HOLDS).replace(r"\{\}", "(.+)"))


def listed(ids: Sequence[str]) -> str:
    """``a, b and c``; of more than a handful the first few, and how many more."""
    if len(ids) > HANDFUL:
        return f"{', '.join(ids[:_NAMED])} and {len(ids) - _NAMED} more"
    *first, last = ids
    return f"{', '.join(first)} and {last}" if first else last


def condensed(sentences: Sequence[str]) -> list[str]:
    """The sentences of changes in their order, those of more than a handful of pins as one."""
    pins = [found[1] for one in sentences if (found := _PIN.fullmatch(one))]
    if len(pins) <= HANDFUL:
        return list(sentences)
    said = f"{len(pins)} pins hold: {listed(pins)}."
    first = next(at for at, one in enumerate(sentences) if _PIN.fullmatch(one))
    rest = [one for one in sentences[first:] if not _PIN.fullmatch(one)]
    return [*sentences[:first], said, *rest]
